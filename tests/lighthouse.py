"""Lighthouse on this machine's Chromium: installed once into the build folder, then asked page by page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tests.browser import FLAGS, chromium_path
from tests.web.states import PAGES, STATES

VERSION = "12.8.2"
ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / f"lighthouse-{VERSION}"  # git ignores it
SCRIPT = Path(__file__).with_suffix(".mjs")
INSTALL_S = 240
FULLEST = ("planned", "trained")  # a page that shows itself in these is looked at in the later one


class Report(NamedTuple):
    """What Lighthouse says about one page. `scores`: 0 to 100 by category; `failed`: what took points away."""

    address: str
    scores: dict[str, int]
    failed: list[dict[str, Any]]

    @property
    def lines(self) -> list[str]:
        """What took points away, a line each."""
        return [
            f"{one['category']} {one['id']} {one['says']} {' | '.join(one['where'])}" for one in self.failed
        ]


def pages_once() -> list[tuple[str, str]]:
    """Every route once, in the fullest state it shows itself in: state and address, state by state."""
    fullest = sorted(PAGES, key=lambda page: FULLEST.index(page[0]) if page[0] in FULLEST else -1)
    by_route = {route: (state, path) for state, path, route in fullest}
    order = list(STATES)
    return sorted(by_route.values(), key=lambda page: order.index(page[0]))


def lighthouse_missing() -> str:
    """Why Lighthouse cannot run here; empty when it can. Installs it on the first call."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            return f"{program} is not installed: Lighthouse looks at no page"
    if chromium_path() is None:
        return "no Chromium was found: Lighthouse looks at no page"
    return "" if FOLDER.is_dir() else _install()


def _install() -> str:
    FOLDER.parent.mkdir(exist_ok=True)
    # Made beside its place and then moved, so that two runs at once never see half of it.
    made = Path(tempfile.mkdtemp(prefix="lighthouse-", dir=FOLDER.parent))
    command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", "."]
    try:
        done = subprocess.run(
            [*command, f"lighthouse@{VERSION}"],
            cwd=made,
            capture_output=True,
            text=True,
            timeout=INSTALL_S,
            check=False,
        )
        if done.returncode:
            return f"npm could not install lighthouse@{VERSION}: {' '.join(done.stderr.split())[-200:]}"
        if not FOLDER.is_dir():
            made.rename(FOLDER)
    except subprocess.TimeoutExpired:
        return f"npm did not install lighthouse@{VERSION} in {INSTALL_S} s"
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return ""


class Lighthouse:
    """One Chromium with one Lighthouse, asked about one page after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def look(self, address: str) -> Report:
        """The report on one page.

        Raises: AssertionError when Lighthouse could not read the page or was led elsewhere.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{address}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"Lighthouse ended at {address}"
        said = json.loads(line)
        assert not said["error"], (address, said["error"])
        assert said["at"] == address, (address, said["at"])
        return Report(address, said["scores"], said["failed"])


@contextmanager
def lighthouse(how: Literal["quick", "whole"]) -> Iterator[Lighthouse]:
    """A running Lighthouse. quick: what does not depend on time; whole: performance too, on a slow phone."""
    # What does not depend on time needs no body that moves, drawn by the processor.
    flags = [*FLAGS, "--force-prefers-reduced-motion"] if how == "quick" else FLAGS
    command = ["node", str(SCRIPT), str(FOLDER), str(chromium_path()), how, *flags]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "NO_UPDATE_NOTIFIER": "1"},
    )
    try:
        yield Lighthouse(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
