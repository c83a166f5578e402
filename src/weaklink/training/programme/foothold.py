"""Where a runner stands in a programme: the phase, since when, and the gates that are open."""

from __future__ import annotations

import msgspec


class Foothold(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place in a programme. Weeks are those of the course, from 1.

    `wide`: the week of this phase that counts for how far a move may go; it waits for two green weeks.
    """

    programme: str
    phase: str
    since: int = 1
    week: int = 1
    wide: int = 1
    open: tuple[str, ...] = ()  # gates

    @property
    def weeks_in(self) -> int:
        """The week of this phase, from 1."""
        return max(1, self.week - self.since + 1)
