"""The Chromium of this machine, driven by Playwright; nothing is downloaded."""

from __future__ import annotations

import importlib.util
import shutil

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# The same with three dimensions, drawn by the processor: what a machine without a graphics card has.
SOFTWARE_GL = [
    *(flag for flag in FLAGS if flag != "--disable-gpu"),
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]


def chromium_path() -> str | None:
    """Where Chromium is, if it is."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def browser_missing() -> str:
    """Why browser tests cannot run here; empty when they can."""
    if importlib.util.find_spec("playwright") is None:
        return "Playwright is not installed: no page is tested in a browser"
    return "" if chromium_path() else "no Chromium was found: no page is tested in a browser"
