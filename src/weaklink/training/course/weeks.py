"""The weeks of a course up to a day, as one value: what was given, and the plan."""

from __future__ import annotations

import datetime

import msgspec

from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.training.course.rungs import training_days
from weaklink.training.plan.plan_document import PlanDocument


class Weeks(msgspec.Struct, frozen=True, kw_only=True):
    """A course up to `today`. `given` is from the start."""

    given: Given
    plan: PlanDocument
    library: Library
    began: datetime.date
    today: datetime.date

    @property
    def days(self) -> frozenset[int]:
        """Weekdays with a session, Monday is 0."""
        return training_days(self.plan)

    def until(self, today: datetime.date) -> Weeks:
        """The same up to another day."""
        return msgspec.structs.replace(self, today=today)
