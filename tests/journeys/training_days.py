"""The days of a journey: today, the days of the week with it, and those before it on which somebody trained."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from tests.api.runner_in_training import RunnerInTraining
from weaklink.quantities import WEEKDAYS

TODAY = datetime.datetime.now().astimezone().date()
BEFORE = (14, 11, 7)  # days ago: three sessions in the first two weeks, then the third week begins
START = TODAY - datetime.timedelta(days=BEFORE[0])


def week_days(from_today: Iterable[int] = (0, 2, 4)) -> list[str]:
    """Days of the week so many days from today, in the order of a week."""
    return sorted({WEEKDAYS[(TODAY.weekday() + n) % 7] for n in from_today}, key=WEEKDAYS.index)


def three_green_sessions(runner: RunnerInTraining) -> None:
    """Trains since the start; then it is the day of the fourth."""
    for ago in BEFORE:
        runner.train(TODAY - datetime.timedelta(days=ago))
    runner.clock.day = TODAY
