"""Held back: why a move of the physiotherapist waits here, and whether asking them is enough.

Nothing of ours loosens by a prescription. What our limits do not allow is shown with its reason and asked
about. Where a guard holds, a bone is in doubt or a professional has to look first, asking is not enough.
"""

from __future__ import annotations

import msgspec

from weaklink.case.prescribed_move import PrescribedMove
from weaklink.library.records import Exercise
from weaklink.quantities import Message
from weaklink.training.dose.restrictions import behind_gate, never, too_early, too_hard
from weaklink.training.dose.setting import Setting

NAMED = ("condition", "guard", "site", "tag", "gate")


class Waits(msgspec.Struct, frozen=True, kw_only=True):
    """Why a move waits. `about` names each reason: what was agreed counts for these alone.

    `asks`: it is given once the physiotherapist knows of them and still wants it.
    """

    because: tuple[Message, ...]
    about: tuple[str, ...]
    asks: bool


def held_back(move: PrescribedMove, setting: Setting, week: int) -> Waits | None:
    """Why a move is not given in a week; None where it is."""
    exercise = setting.library.exercises.get(move.move)
    why = _own_words(move, setting) if exercise is None else _ours(exercise, setting, week)
    asks = setting.unguarded
    open_ = tuple(one for one in why if not (asks and _about(one) in move.agreed))
    return Waits(because=open_, about=tuple(map(_about, open_)), asks=asks) if open_ else None


def _ours(exercise: Exercise, setting: Setting, week: int) -> tuple[Message, ...]:
    """What our limits say against an exercise. What is at hand, and an easier way, are theirs to know."""
    limits, library = setting.limits, setting.library
    if exercise.status == "retired":
        return (Message("training.withheld-retired", {"exercise": exercise.id}),)
    found = (
        never(exercise, limits, library),
        behind_gate(exercise, limits),
        too_early(exercise, limits, library, week),
        too_hard(exercise, limits, week),
    )
    return tuple(one for one in found if one is not None)


def _own_words(move: PrescribedMove, setting: Setting) -> tuple[Message, ...]:
    """What speaks against a move nobody here can judge: anything that asks for care, and jumps in pain."""
    limits = setting.limits
    values: dict[str, str | int | float] = {"exercise": move.named}
    if limits.heading == "while-you-wait":
        return (Message("prescribed.waits-to-be-seen", values),)
    if limits.profile.id == "bone" or _guards_ask_more(setting) or limits.forbids_tags - {"impact"}:
        return (Message("prescribed.waits-for-care", values),)
    if move.jumps is not False and (limits.gated or "impact" in limits.forbids_tags):
        return (Message("prescribed.waits-jumps" if move.jumps else "prescribed.waits-unsaid", values),)
    return ()


def _guards_ask_more(setting: Setting) -> bool:
    """Whether a true guard limits how hard a move may be: nobody knows that of own words."""
    guards = (setting.library.guards.get(name) for name in setting.disposition.guards)
    return any(guard is not None and guard.max_level is not None for guard in guards)


def _about(why: Message) -> str:
    kind = why.id.rpartition(".")[2].removeprefix("withheld-")
    named = (str(why.values[name]) for name in NAMED if name in why.values)
    return "-".join((kind, *named))
