"""Dose changes: which next doses are others now than they were before something was told, in words."""

from __future__ import annotations

from collections.abc import Mapping

import anyio.to_thread
import msgspec

from weaklink.care.keeping_diary import where_it_leads
from weaklink.library.wording import Wording
from weaklink.quantities import Message
from weaklink.training.dose.training_state import SlotState
from weaklink.web.course.training import Training
from weaklink.web.words.dose_words import slot_words

Doses = Mapping[str, SlotState]  # by slot


class OtherDose(msgspec.Struct, frozen=True, kw_only=True):
    """A next dose that is another one now, and the sentence that says so."""

    slot: str
    exercise: str
    says: str


async def doses_of(found: Training | None) -> Doses:
    """The next dose of every slot; none where nothing may be trained."""
    if found is None:
        return {}
    leads = await anyio.to_thread.run_sync(where_it_leads, found.course(found.server_day()))
    return {} if leads.refused else leads.course.doses


def dose_changes(before: Doses, after: Doses, wording: Wording) -> list[OtherDose]:
    """What is another dose now, in the order of the plan."""
    changed = {
        slot: state for slot, state in after.items() if slot in before and _asks(before[slot]) != _asks(state)
    }
    return [
        OtherDose(
            slot=slot,
            exercise=state.exercise,
            says=wording.say(
                Message("weeks.dose-now", {"exercise": state.exercise, "dose": slot_words(state, wording)})
            ),
        )
        for slot, state in changed.items()
    ]


def _asks(state: SlotState) -> tuple[object, ...]:
    return (state.exercise, state.sets, state.reps, state.hold_s, state.load)
