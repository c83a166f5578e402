"""A move of the runner's own strength routine, in their own words or by our name."""

from __future__ import annotations

import msgspec

from weaklink.quantities import Weekday


class OwnMove(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One move of one's own. `exercise` is the id of a move we know, empty for any other."""

    name: str
    exercise: str = ""
    sets: int = 3
    reps: int | None = None
    hold_s: int | None = None


Routine = dict[Weekday, tuple[OwnMove, ...]]
