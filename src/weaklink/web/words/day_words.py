"""Day words: a day as somebody says it on another day."""

from __future__ import annotations

import datetime

from weaklink.library.wording import Wording
from weaklink.quantities import WEEKDAYS

DAYS_NAMED = 7


def said_day(day: datetime.date, today: datetime.date, wording: Wording) -> str:
    """Today, yesterday, the weekday within a week, else the date."""
    ago = (today - day).days
    if ago in (0, 1):
        return wording.word("weeks.today" if ago == 0 else "weeks.yesterday")
    return wording.word(f"word.{WEEKDAYS[day.weekday()]}") if 0 < ago < DAYS_NAMED else day.isoformat()
