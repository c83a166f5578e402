"""One day for a whole run of the tests: near midnight their clocks show the hour of a place further west.

Many a test says "today" more than once: what a fixture wrote late in the evening would be yesterday's when the
test reads it. The servers and browsers a test starts inherit the zone.
"""

from __future__ import annotations

import datetime
import os
import time

EVENING = 22  # the first hour too near to midnight: the longest run takes less than two
FURTHER_WEST = datetime.timedelta(hours=8)


def zone_of_the_day(now: datetime.datetime) -> str | None:
    """The zone (as in the variable TZ) in which this moment is far from midnight; none if it is here already.

    `now` has the offset of the place; the date stays the same.
    """
    offset = now.utcoffset()
    if now.hour < EVENING or offset is None:
        return None
    minutes = round((FURTHER_WEST - offset) / datetime.timedelta(minutes=1))
    # POSIX counts westwards: what is added to the local time gives UTC.
    sign = "-" if minutes < 0 else ""
    return f"<west>{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02}"


def keep_one_day() -> None:
    """Let this process and all it starts live in a zone that is far from midnight."""
    zone = zone_of_the_day(datetime.datetime.now().astimezone())
    if zone is not None and hasattr(time, "tzset"):
        os.environ["TZ"] = zone
        time.tzset()
