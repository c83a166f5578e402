"""The weeks of a course up to a day, as one value: what was given, the plan, and what was told since."""

from __future__ import annotations

import datetime
from functools import cached_property

import msgspec

from weaklink.case.diary import AnyEntry
from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.training.course.rungs import training_days
from weaklink.training.plan.plan_document import PlanDocument


class Weeks(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A course up to `today`. `entries` are what the diary says, oldest first; `given` is from the start."""

    given: Given
    plan: PlanDocument
    entries: tuple[AnyEntry, ...]
    library: Library
    began: datetime.date
    today: datetime.date

    @property
    def days(self) -> frozenset[int]:
        """Weekdays with a session, Monday is 0."""
        return training_days(self.plan)

    @cached_property
    def told(self) -> tuple[AnyEntry, ...]:
        """What was told since the course began."""
        return tuple(entry for entry in self.entries if self.began <= entry.day)

    def until(self, today: datetime.date) -> Weeks:
        """The same up to another day."""
        return msgspec.structs.replace(self, today=today)
