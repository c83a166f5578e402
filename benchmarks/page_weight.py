"""What a phone loads for the first page with an empty cache, counted in Chromium."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator

from tests.browser import FLAGS, browser_missing, chromium_path

from benchmarks.installed import ROOT
from benchmarks.row import Missing, Row
from benchmarks.serving import free_port, serving


def rows() -> Iterator[Row | Missing]:
    """Bytes and requests of the start page."""
    lacking = browser_missing()
    if lacking:
        yield Missing("cold first page", lacking)
        return
    folder, port = tempfile.mkdtemp(prefix="weaklink-bench-page-"), free_port()
    command = [sys.executable, "-m", "weaklink", "up", "--data", folder, "--port", str(port)]
    with serving(command, port, cwd=ROOT) as server:
        kilobytes, requests = _cold(server.address)
    shutil.rmtree(folder, ignore_errors=True)
    yield Row("cold first page, weight", kilobytes, "kB", "target", 300)
    yield Row("cold first page, requests", requests, "requests", "target", 15)


def _cold(address: str) -> tuple[float, int]:
    from playwright.sync_api import Request, sync_playwright

    done: list[Request] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.on("requestfinished", lambda request: done.append(request))
        page.goto(f"{address}/", wait_until="networkidle")
        sizes = [request.sizes() for request in done]
        browser.close()
    total = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    return total / 1000, len(done)
