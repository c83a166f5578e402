"""A slider move of the what-if page in Chromium: from the input event to new words and a recoloured body.

The quick variants are in it: the number that shows and most of its range, with style and layout of the page.
The two high exponents follow when no other move waits, and are timed apart.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.browser import FLAGS, browser_missing, chromium_path
from tests.server import serving

from benchmarks.row import HEAD, Missing, Plain, Row, percentile

MOVES = 60
WARM_UP = 20
TARGET_MS = 16.0
PHONE = {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"}

# One move: the slider jumps, the page asks and answers, and the next frame is painted.
MOVE = """async (percent) => {
  const slider = document.querySelector(".group.is-chosen input");
  const page = document.querySelector("main");
  const whole = String(Number(page.dataset.answered ?? 0) + 1);
  performance.clearMeasures("what-if move");
  slider.value = String(percent);
  const began = performance.now();
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  while (!performance.getEntriesByName("what-if move").length) await new Promise((go) => setTimeout(go, 0));
  const answered = performance.now();
  document.body.getBoundingClientRect();
  const move = performance.getEntriesByName("what-if move")[0].duration + performance.now() - answered;
  while (page.dataset.answered !== whole) await new Promise((go) => setTimeout(go, 1));
  return [move, performance.now() - began];
}"""


def moves(count: int = MOVES) -> list[tuple[float, float]]:
    """Milliseconds of each move, and until the whole range stands."""
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        page = browser.new_context(**PHONE).new_page()  # type: ignore[arg-type]
        page.goto(f"{address}/what-if")
        page.wait_for_selector("main[data-answered]")
        found = [_moved(page, 30 + (index * 35) % 65) for index in range(WARM_UP + count)]
        browser.close()
    return found[WARM_UP:]


def _moved(page: Any, percent: int) -> tuple[float, float]:
    move, whole = page.evaluate(MOVE, percent)
    return float(move), float(whole)


def rows() -> Iterator[Row | Plain | Missing]:
    """The median and the slowest twentieth of a move."""
    lacking = browser_missing()
    if lacking:
        yield Missing("what-if slider move", lacking)
        return
    found = moves()
    quick, whole = [move for move, _ in found], [all_six for _, all_six in found]
    yield Row("what-if slider move, median", statistics.median(quick), "ms", "target", TARGET_MS)
    yield Row("what-if slider move, 95 %", percentile(quick, 0.95), "ms", "target", TARGET_MS)
    yield Plain("what-if, range over all six versions, median", statistics.median(whole), "ms")


if __name__ == "__main__":
    print(HEAD)
    for row in rows():
        print(row.line())
