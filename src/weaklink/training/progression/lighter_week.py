"""The lighter week: fewer sets for a week, every few weeks or after bad ones."""

from __future__ import annotations

import math

import msgspec

from weaklink.quantities import Message
from weaklink.training.dose.training_state import Decision, SlotState

EVERY_WEEKS = 6  # consensus says 4 to 8, from memory; the middle is design
BAD_WEEKS = 2
KEPT = 0.6  # 30 to 50 % fewer sets, from memory; 40 % is design


def lighter_week(state: SlotState, weeks_since_last: int, bad_weeks: int) -> Decision | None:
    """The same move with fewer sets for one week, or None if no lighter week is due.

    Args:
        weeks_since_last: full weeks since the start or since the last lighter week.
        bad_weeks: weeks in a row with more bad sessions than good ones.
    """
    if bad_weeks >= BAD_WEEKS:
        rule = "lighter-week-bad"
    elif weeks_since_last >= EVERY_WEEKS:
        rule = "lighter-week"
    else:
        return None
    lighter = msgspec.structs.replace(state, sets=max(1, math.floor(state.sets * KEPT)))
    because = Message(f"training.rule-{rule}", {"exercise": state.exercise})
    return Decision(state=lighter, action="regress", rule=rule, because=because)
