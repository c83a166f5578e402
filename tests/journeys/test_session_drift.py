"""The clock of the session against a clock outside the browser, in real time, with the page hidden for half of it.

Two minutes here; `make soak` lets it run for thirty (`WEAKLINK_DRIFT_S`).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import msgspec
import pytest

from tests.api.runner_in_training import in_training, novice_with_a_sore_kneecap
from tests.browser import browser_missing
from tests.in_process import at_a_port
from tests.journeys.bare_page import BarePage, bare_browser
from tests.journeys.training_days import TODAY, week_days

REAL_S = float(os.environ.get("WEAKLINK_DRIFT_S", "120"))
MOST_MS = 50
TRIES, EVERY_S = 5, 1.0
# What the page would show now, and how much of it is left, by the session's own clock.
LOOK = """(() => {
  const { session, pack, moments } = weaklinkSession;
  const { since, held_ms, before_ms } = session.clock;
  const left = since + held_ms + pack.before_s[session.state.place.before] * 1000 + before_ms - moments.now();
  return [left, Number(document.querySelector('[data-part="count"]').textContent), document.visibilityState];
})()"""
START = """(async () => {
  await weaklinkSession.event({type: "none-of-these"});
  await weaklinkSession.event({type: "start", pain: 0, places: []});
})()"""
TEN_MORE = "document.querySelector('[data-screen=work] [data-do=more-time]').click()"


class Look(msgspec.Struct, frozen=True):
    """One look: when it began and ended outside [s], what was left [ms], the number shown, if it was seen."""

    began: float
    ended: float
    left_ms: float
    shown: int
    seen: bool

    @property
    def whole_ms(self) -> tuple[float, float]:
        """Left and passed together, at least and at most: the page was read somewhere within the look."""
        return self.left_ms + self.began * 1000, self.left_ms + self.ended * 1000


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BarePage]:
    """A session that gets ready for its first set, for long enough for the whole test."""
    missing = browser_missing()
    if missing:
        pytest.skip(f"NOT TESTED HERE: {missing}")
    with in_training(tmp_path_factory.mktemp("data"), TODAY) as runner:
        runner.says(novice_with_a_sore_kneecap(runner.house.library, days=week_days()))
        with at_a_port(runner.house) as address, bare_browser(tmp_path_factory.mktemp("profile")) as browser:
            found = BarePage(browser, f"{address}/session?anyway=1")
            found.wait("globalThis.weaklinkSession?.screens.shown === 'questions'")
            found.evaluate(START)
            found.wait("weaklinkSession.screens.shown === 'work' && weaklinkSession.session.clock !== null")
            tens = round(REAL_S / 10) + 12  # two minutes to spare on a slow machine
            for _ in range(tens):
                found.evaluate(TEN_MORE)
            found.wait(f"weaklinkSession.session.clock.before_ms === {tens * 10_000}")
            yield found


def look(page: BarePage) -> Look:
    """The shortest look of several."""
    taken = []
    for _ in range(TRIES):
        began = time.monotonic()
        left, shown, state = page.evaluate(LOOK)
        taken.append(Look(began, time.monotonic(), left, shown, state == "visible"))
    return min(taken, key=lambda one: one.ended - one.began)


def looks(page: BarePage, seconds: float) -> list[Look]:
    found, end = [look(page)], time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(EVERY_S)
        found.append(look(page))
    return found


def changes(page: BarePage, count: int) -> list[float]:
    """How late [ms] the shown number was when it changed, by the clock outside, up to the same unknown for all."""
    found: list[float] = []
    before = look(page).shown
    while len(found) < count:
        shown = int(page.evaluate("document.querySelector('[data-part=count]').textContent"))
        if shown != before:
            found.append(time.monotonic() * 1000 + shown * 1000)
            before = shown
    return found


def test_the_time_left_never_drifts_from_a_clock_outside_hidden_or_seen(page: BarePage) -> None:
    first_changes = changes(page, 9)
    quarter = REAL_S / 4
    front = looks(page, quarter)
    other = BarePage(page.browser, "about:blank")
    other.to_front()
    page.wait("document.visibilityState === 'hidden'")
    hidden = looks(page, 2 * quarter)
    page.to_front()
    page.wait("document.visibilityState === 'visible'")
    again = looks(page, quarter)
    last_changes = changes(page, 9)
    assert look(page).left_ms > 0  # it was the same countdown to the end

    everything = [*front, *hidden, *again]
    assert [one.seen for one in everything] == [True] * len(front) + [False] * len(hidden) + [True] * len(
        again
    )
    assert everything[-1].ended - everything[0].began >= REAL_S
    # Left and passed together are always the same, whatever the page was doing.
    wholes = [one.whole_ms for one in everything]
    worst = max(0.0, max(least for least, _ in wholes) - min(most for _, most in wholes))
    unsure = max(most - least for least, most in wholes)
    shown = min(last_changes) - min(first_changes)  # seen too late at times, never too early
    print(
        f"\n{REAL_S:g} s with {len(hidden)} looks while hidden: drift {worst:.1f} ms, shown {shown:+.1f} ms"
    )
    print(f"a look took up to {unsure:.1f} ms")
    assert worst <= MOST_MS
    assert abs(shown) <= MOST_MS
    for one in (*front[1:], *again[1:]):
        assert -MOST_MS <= one.shown * 1000 - one.left_ms < 2000  # a whole second, and a frame
    assert min(one.left_ms for one in everything) > 0
