"""Doses in words: "3 × 10 each side", "2 × 30 s", minutes rounded as a person would say them."""

from __future__ import annotations

from weaklink.case.plan import Item, PrescribedItem
from weaklink.library.wording import Wording
from weaklink.training.dose.load_words import load_message
from weaklink.training.dose.training_state import SlotState
from weaklink.training.plan.plan_document import ItemDocument, PrescribedItemDocument

AnyItem = Item | ItemDocument | PrescribedItem | PrescribedItemDocument


def dose_words(item: AnyItem, wording: Wording) -> str:
    """The dose of one item, short."""
    parts = [part for part in (_amount(item, wording), _side(item, wording)) if part]
    return ", ".join(part for part in (" ".join(parts), _load(item, wording)) if part)


def slot_words(state: SlotState, wording: Wording) -> str:
    """The dose at which a runner stands with one move, short."""
    return ", ".join(part for part in (_amount(state, wording), _load(state, wording)) if part)


def _load(item: AnyItem | SlotState, wording: Wording) -> str:
    """What to hold, e.g. "rucksack, 5 kg"; nothing for nothing."""
    if item.load is None or item.load.kind == "none":
        return ""
    said = wording.say(load_message(item.load))
    return said[:1].lower() + said[1:]


def _amount(item: AnyItem | SlotState, wording: Wording) -> str:
    seconds = wording.word("dose.seconds")
    hold = f"{item.hold_s} {seconds}" if item.hold_s else ""
    sets = str(item.sets or 1)
    if item.reps and hold:
        return (
            f"{sets} × {item.reps} ({wording.word('dose.hold')} {hold})"
            if item.reps > 1
            else f"{sets} × {hold}"
        )
    if item.reps or hold:
        return f"{sets} × {item.reps or hold}"
    return ""


def _side(item: AnyItem, wording: Wording) -> str:
    if item.side == "both":
        return wording.word("dose.each-side")
    return wording.word(f"word.{item.side}") if item.side in ("right", "left") else ""


def detail_words(item: Item, wording: Wording) -> list[str]:
    """What else the dose holds, one short sentence each."""
    word = wording.word
    said = {
        "tempo": item.tempo,
        "rir": item.rir,
        "rest": item.rest_s,
        "load": item.how_heavy,
    }
    return [word(f"dose.{name}", value=value) for name, value in said.items() if value]


def minutes_words(seconds: int, wording: Wording) -> str:
    """Whole minutes, at least one."""
    return wording.amount(max(1, round(seconds / 60)), "min")
