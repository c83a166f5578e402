"""The tests' own clock: far from midnight, the same date, in every process a test starts."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import time

import pytest

from tests.day import EVENING, zone_of_the_day

PRINTS = "import datetime; print(datetime.datetime.now().astimezone().isoformat())"


@pytest.mark.parametrize("offset", [-11, -3.5, 0, 1, 5.75, 14])
@pytest.mark.parametrize("hour", range(24))
def test_a_run_begins_two_hours_before_midnight_at_the_latest(hour: int, offset: float) -> None:
    zone = datetime.timezone(datetime.timedelta(hours=offset))
    now = datetime.datetime(2026, 11, 30, hour, 59, tzinfo=zone)
    west = zone_of_the_day(now)
    if west is None:
        assert hour < EVENING
        return
    there = subprocess_time(now, west)
    assert (there.date(), there.hour) == (now.date(), hour - 8)


def subprocess_time(moment: datetime.datetime, zone: str) -> datetime.datetime:
    """The clock a process in this zone shows at the moment."""
    prints = f"import datetime; print(datetime.datetime.fromtimestamp({moment.timestamp()}).isoformat())"
    said = subprocess.run(
        [sys.executable, "-c", prints], env={**os.environ, "TZ": zone}, capture_output=True, check=True
    )
    return datetime.datetime.fromisoformat(said.stdout.decode().strip())


def test_this_run_and_what_it_starts_tell_the_same_hour() -> None:
    said = subprocess.run([sys.executable, "-c", PRINTS], capture_output=True, check=True)
    there = datetime.datetime.fromisoformat(said.stdout.decode().strip())
    here = datetime.datetime.now().astimezone()
    assert there.utcoffset() == here.utcoffset() == datetime.timedelta(seconds=time.localtime().tm_gmtoff)
