"""The safe first moves two statements ask for: which exercise comes first for whom."""

from __future__ import annotations

from weaklink.case.given import Given
from weaklink.training.dose.restrictions import pain_in

KNEECAP = "knee-anterior"
WALL_SQUAT_TEST = "wall-squat-pain"
STRAIGHT_LEG_RAISE = "straight-leg-raise"
WALL_SQUAT = "wall-squat"


def wall_squat_hurts(given: Given) -> bool:
    """Whether the wall squat test hurt at any knee bend."""
    return any(pain_in(result) > 0 for result in given.tests.get(WALL_SQUAT_TEST, {}).values())


def first_move(given: Given) -> str:
    """The exercise that goes first if it may be given; empty if none is preferred.

    S32: a novice with a sore kneecap starts with the straight leg raise. S35: a seasoned runner whose wall
    squat does not hurt starts with the wall squat, unless the kneecap hurts and nobody tried it.
    """
    kneecap = KNEECAP in given.sites
    if kneecap and given.level in ("planning", "novice"):
        return STRAIGHT_LEG_RAISE
    tried = WALL_SQUAT_TEST in given.tests
    if given.level == "seasoned" and not wall_squat_hurts(given) and (tried or not given.pain_at):
        return WALL_SQUAT
    return ""
