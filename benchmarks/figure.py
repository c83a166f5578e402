"""The moving figure in a software renderer on two cores: frames, sizes on the wire, first paint.

The renderer is SwiftShader, inside Chromium: no graphics card takes part. Frames follow each other as
fast as they are drawn: a median says what one frame takes, not how often the screen is refreshed.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from tests.browser import SOFTWARE_GL, browser_missing, chromium_path

from benchmarks.installed import ROOT
from benchmarks.row import Missing, Plain, Row
from benchmarks.serving import free_port, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

WIDTH, HEIGHT = 390, 520
FRAMES = 90
UNBOUND = ["--disable-frame-rate-limit", "--disable-gpu-vsync"]
# The largest files and the fullest pictures: two weights, a wall, a ball, the whole trunk lit.
MOVEMENTS = (
    "bulgarian-split-squat",
    "heel-raise-step-deficit",
    "goblet-squat",
    "bent-over-row",
    "side-plank-abduction",
    "wall-squat",
    "bird-dog",
    "clamshell-banded",
)
LARGEN = """([width, height]) => {
  const stage = document.querySelector('[data-stage]');
  const size = {width: `${width}px`, height: `${height}px`, maxHeight: 'none', aspectRatio: 'auto'};
  Object.assign(stage.style, size);
}"""
# One pixel is read back in every frame, so that a frame counts only when it has been drawn to its end.
COUNT = """(frames) => new Promise((done) => {
  const gl = document.querySelector('.live-canvas').getContext('webgl2');
  const pixel = new Uint8Array(4);
  const passed = [];
  let last = 0;
  const step = () => {
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
    const now = performance.now();
    if (last) passed.push(now - last);
    last = now;
    if (passed.length < frames) requestAnimationFrame(step); else done(passed);
  };
  requestAnimationFrame(step);
})"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


class Seen(NamedTuple):
    """One movement in a fresh page."""

    frame_ms: float
    first_paint_ms: float
    script_bytes: int
    body_bytes: int
    movement_bytes: int


def rows() -> Iterator[Row | Missing | Plain]:
    """Medians of the slowest movement, the largest files, the first paint."""
    lacking = browser_missing()
    if lacking:
        yield Missing("moving figure", lacking)
        return
    folder, port = tempfile.mkdtemp(prefix="weaklink-bench-figure-"), free_port()
    command = [sys.executable, "-m", "weaklink", "up", "--data", folder, "--port", str(port)]
    with serving(command, port, cwd=ROOT) as server:
        found = _all(server.address)
    shutil.rmtree(folder, ignore_errors=True)
    slowest = max(found, key=lambda name: found[name].frame_ms)
    middle = statistics.median(one.frame_ms for one in found.values())
    yield Row(f"frame, slowest movement ({slowest})", found[slowest].frame_ms, "ms", "target", 33)
    yield Plain(f"frame, median of {len(found)} movements", middle, "ms")
    yield Row(
        "first paint, still picture", max(one.first_paint_ms for one in found.values()), "ms", "target", 2500
    )
    for what, field, most in (("script", 2, 150), ("body", 3, 70), ("largest movement", 4, 60)):
        size = max(one[field] for one in found.values()) / 1000
        yield Row(f"figure, {what}, compressed", size, "kB", "target", most)


def _all(address: str) -> dict[str, Seen]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = [*SOFTWARE_GL, *UNBOUND]
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        found = {name: _seen(browser, f"{address}/exercises/{name}") for name in MOVEMENTS}
        browser.close()
    return found


def _seen(browser: Browser, address: str) -> Seen:
    done: list[Request] = []
    context = browser.new_context(viewport={"width": WIDTH, "height": 844})
    page = context.new_page()
    page.on("requestfinished", lambda request: done.append(request))
    page.goto(address)
    page.locator("figure.is-live").wait_for(timeout=60_000)
    page.evaluate(LARGEN, [WIDTH, HEIGHT])
    _play(page)
    page.evaluate(COUNT, 20)
    passed = page.evaluate(COUNT, FRAMES)
    first_paint = float(page.evaluate(PAINTED))
    sizes = {request.url: int(request.sizes()["responseBodySize"]) for request in done}
    context.close()
    script = _sum(sizes, "/js/figure/") + _sum(sizes, "/vendor/three")
    return Seen(
        statistics.median(passed), first_paint, script, _sum(sizes, "body.glb"), _sum(sizes, "/movements/")
    )


def _play(page: Page) -> None:
    """The figure in sight, and moving."""
    page.locator("[data-stage]").scroll_into_view_if_needed()
    playing = page.locator('[data-when="paused"]')
    if playing.is_visible():
        page.locator("[data-play]").click()


def _sum(sizes: dict[str, int], part: str) -> int:
    return sum(size for url, size in sizes.items() if part in url)
