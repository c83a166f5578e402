"""The safe first moves two statements ask for: which exercise comes first for whom (S32, S35)."""

from __future__ import annotations

from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.library.records import FirstFor
from weaklink.training.dose.restrictions import LATER_FROM_WEEK
from weaklink.training.dose.setting import Setting


def first_move(given: Given, library: Library) -> str:
    """The exercise that goes first if it may be given, the first in id order; empty if none is preferred."""
    wanted = (
        exercise.id
        for exercise in library.exercises.values()
        if exercise.first_for is not None and _opens(exercise.first_for, given)
    )
    return next(wanted, "")


def opening_move(plan: Setting, week: int) -> str:
    """The same for a plan's week: a programme's own moves lead from the third week on."""
    gone = plan.programme is not None and week >= LATER_FROM_WEEK
    return "" if gone else first_move(plan.given, plan.library)


def _opens(first: FirstFor, given: Given) -> bool:
    here = not first.sites or not given.sites.isdisjoint(first.sites)
    return given.level in first.levels and here and _is_painless(first.painless_in, given)


def _is_painless(test: str, given: Given) -> bool:
    """Whether a test did not hurt on any side; nobody has to try it where nothing hurts."""
    results = given.tests.get(test, {}).values()
    tried = test in given.tests or not given.pain_at
    return not test or (tried and not any(result.worst_pain > 0 for result in results))
