"""Lifting: what somebody says of the weights they lift."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from weaklink.library.records import GreatLift

LegsLifted = Literal["never", "now-and-then", "weekly", "twice-a-week"]
LEGS_LIFTED: tuple[LegsLifted, ...] = get_args(LegsLifted)
REGULARLY: frozenset[LegsLifted] = frozenset({"weekly", "twice-a-week"})


class Lifting(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How often weights were lifted for the legs in the last six months, and about how much.

    Kilograms are all that is held, for five to eight repetitions; None was not said or is never lifted.
    """

    legs: LegsLifted | None = None
    squat_kg: float | None = None
    deadlift_kg: float | None = None

    @property
    def is_regular(self) -> bool:
        """Whether legs were trained with weights at least once a week."""
        return self.legs in REGULARLY

    @property
    def lifts(self) -> dict[GreatLift, float]:
        """The kilograms of each lift that was said."""
        said: dict[GreatLift, float | None] = {"squat": self.squat_kg, "deadlift": self.deadlift_kg}
        return {lift: kg for lift, kg in said.items() if kg is not None}
