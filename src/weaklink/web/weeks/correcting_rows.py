"""Correcting rows: the sets of a session as rows of a form, and what is read back from them."""

from __future__ import annotations

from typing import Annotated

import msgspec
from starlette.datastructures import FormData

from weaklink.case.diary import Corrected, Count, Reserve, Seconds
from weaklink.case.load import MOST_KG, Load
from weaklink.case.prescribed_move import name_of
from weaklink.web.course.followed import Followed
from weaklink.web.course.told_form import FormPart, Stamp, read_part
from weaklink.web.course.told_sets import ToldSet
from weaklink.web.visit.typed_form import FormReading, Pain

FIELDS = ("done", "reps", "hold_s", "kg", "rir", "pain")


class SetForm(msgspec.Struct, frozen=True, kw_only=True):
    """One set as its row says it."""

    done: bool = False
    reps: Count | None = None
    hold_s: Seconds | None = None
    kg: Annotated[float, msgspec.Meta(ge=0, le=MOST_KG)] | None = None
    rir: Reserve | None = None
    pain: Pain | None = None


class SetRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row: the end of its fields' names, its words, and what stands in it. `was`: all of that as shown.

    `held`: whether seconds are counted; `heavy`: whether kilograms are asked; `effort`: whether reserve is.
    """

    key: str
    name: str
    held: bool
    heavy: bool
    effort: bool
    values: dict[str, str]
    was: str


class MoveRows(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one move."""

    name: str
    sets: list[SetRow]


def move_rows(here: Followed, told: list[ToldSet], form: FormData | None = None) -> list[MoveRows]:
    """The sets move by move, with what a form said instead where there is one."""
    found: dict[tuple[str, str], MoveRows] = {}
    theirs = here.seen.given.prescribed if here.seen.given is not None else ()
    for one in told:
        exercise = here.seen.house.library.exercises.get(one.exercise)
        name = exercise.name if exercise is not None else name_of(one.exercise, theirs)
        rows = found.setdefault((one.slot, one.exercise), MoveRows(name=name, sets=[]))
        rows.sets.append(_row(here, one, form))
    return list(found.values())


def _row(here: Followed, one: ToldSet, form: FormData | None) -> SetRow:
    word, key = here.seen.wording.word, key_of(one)
    side = word(f"word.{one.side}") if one.side in ("right", "left") else ""
    shown = _shown(one)
    return SetRow(
        key=key,
        name=", ".join(part for part in (word("weeks.set", number=one.set), side) if part),
        held=one.hold_s is not None or (one.asked is not None and one.asked.hold_s is not None),
        heavy=_load(one) is not None,
        effort=one.left_s is None,
        values=shown if form is None else {name: str(form.get(f"{name} {key}", "")) for name in FIELDS},
        was=_joined(shown),
    )


def key_of(one: ToldSet) -> str:
    """What the fields of a row end in."""
    return f"{one.slot}.{one.exercise}.{one.side}.{one.set}"


def _shown(one: ToldSet) -> dict[str, str]:
    """What stands in a row before anybody changes it; a set that was not done as it was asked for."""
    asked, load = one.asked, _load(one)
    reps = one.reps if one.done or asked is None else asked.reps
    hold_s = one.hold_s if one.done or asked is None else asked.hold_s
    kg = load.kg if load is not None else None
    numbers = {"reps": reps, "hold_s": hold_s, "kg": kg, "rir": one.rir, "pain": one.pain}
    said = {name: "" if number is None else f"{number:g}" for name, number in numbers.items()}
    return {"done": "1" if one.done else "", **said}


def _load(one: ToldSet) -> Load | None:
    """The weight of a set whose kilograms can be said."""
    load = one.load or (one.asked.load if one.asked is not None else None)
    return load if load is not None and load.kg is not None else None


def _joined(values: dict[str, str]) -> str:
    return "|".join(values[name] for name in FIELDS)


def read_row(here: Followed, form: FormData, one: ToldSet) -> FormReading[SetForm]:
    """A row as it was sent; what is wrong stands beside its fields."""
    key = key_of(one)
    return read_part(form, SetForm, here.seen.wording, FormPart({name: f"{name} {key}" for name in FIELDS}))


def is_changed(form: FormData, one: ToldSet) -> bool:
    """Whether somebody changed a row since it was shown."""
    key = key_of(one)
    said = {name: str(form.get(f"{name} {key}", "")).strip() for name in FIELDS}
    return f"was {key}" in form and _joined(said) != str(form[f"was {key}"])


def corrected(session: str, one: ToldSet, said: SetForm, stamp: Stamp) -> Corrected:
    """What a row says of its set. What it does not ask stays as it was told."""
    load = _load(one)
    return Corrected(
        id=stamp.id,
        at=stamp.at,
        session=session,
        slot=one.slot,
        exercise=one.exercise,
        side=one.side,
        set=one.set,
        done=said.done,
        reps=said.reps,
        hold_s=said.hold_s,
        load=one.load if load is None else _weight(load, said.kg),
        rir=said.rir,
        left_s=one.left_s,
        pain=said.pain,
    )


def _weight(load: Load, kg: float | None) -> Load | None:
    return None if kg is None else Load(kind=load.kind, kg=kg)
