"""What triage decided: how urgent, what is allowed until then, and by which rules."""

from __future__ import annotations

import msgspec

from weaklink.quantities import Allows, Message, Tier


class FiredRule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule that holds for this runner. `id` is a red flag, guard, condition or test id."""

    id: str
    tier: Tier
    allows: Allows
    because: Message
    contradicts: tuple[str, ...] = ()  # answers it overrides: "you also said no to ..."


class Disposition(msgspec.Struct, frozen=True, kw_only=True):
    """The strictest of all fired rules; always there, never none."""

    tier: Tier
    allows: Allows
    rules: tuple[FiredRule, ...] = ()
    unasked: tuple[str, ...] = ()  # red flags that still have to be answered before a plan
    guards: tuple[str, ...] = ()  # ids of the guards that hold

    @property
    def refers(self) -> bool:
        """Whether the chain ends here: nothing to train, someone to see."""
        return self.allows == Allows.NOTHING


def is_stricter(found: Disposition, now: Disposition) -> bool:
    """Whether one disposition is more urgent, or allows less, than another."""
    return found.tier < now.tier or found.allows < now.allows
