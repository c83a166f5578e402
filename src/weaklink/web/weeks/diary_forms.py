"""Diary forms: one frozen struct each, and the entries they tell."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Annotated, get_args

import msgspec
from starlette.datastructures import FormData

from weaklink.case.diary import (
    MOST_TEXT,
    AnyEntry,
    Morning,
    Note,
    Rescreened,
    RunDone,
    Stretched,
    Walked,
    When,
)
from weaklink.quantities import Message, Side
from weaklink.running.return_to_running import STEPS
from weaklink.web.asking.where_page import PlaceGroup, place_groups
from weaklink.web.course.followed import Followed
from weaklink.web.course.told_form import MOST_KM, Minutes, Stamp, ToldForm, between, stamp_of, up_to
from weaklink.web.visit.forms import Choice
from weaklink.web.visit.typed_form import FieldRule, Pain, read_form

WHEN: tuple[When, ...] = get_args(When)
FreeWords = Annotated[str, msgspec.Meta(max_length=MOST_TEXT)]


class MorningForm(msgspec.Struct, frozen=True, kw_only=True):
    """A morning: pain moving about, minutes of stiffness, pain at night and at rest."""

    pain: Pain
    stiff_min: Annotated[int, msgspec.Meta(ge=0, le=600)] = 0
    night: Pain | None = None
    rest: Pain | None = None
    date: datetime.date | None = None


class RunForm(msgspec.Struct, frozen=True, kw_only=True):
    """A run; its distance in the runner's own unit."""

    distance: float
    minutes: Minutes | None = None
    pain: Pain | None = None
    step: Annotated[int, msgspec.Meta(ge=0, le=len(STEPS))] = 0
    limped: bool = False
    date: datetime.date | None = None
    text: FreeWords = ""


class WalkForm(msgspec.Struct, frozen=True, kw_only=True):
    """A brisk walk."""

    minutes: Annotated[float, msgspec.Meta(ge=1, le=6000)]
    pain: Pain
    limped: bool = False
    date: datetime.date | None = None


class StretchForm(msgspec.Struct, frozen=True, kw_only=True):
    """The stretches of a day, and when they were."""

    exercise: tuple[str, ...] = ()
    when: When


class NoteForm(msgspec.Struct, frozen=True, kw_only=True):
    """Free words."""

    text: FreeWords = ""


class PlaceForm(msgspec.Struct, frozen=True, kw_only=True):
    """A new place that hurts, as "site:side"."""

    place: str


def _morning(here: Followed, form: FormData) -> ToldForm:
    read = read_form(form, MorningForm, here.seen.wording, {"date": up_to(here.today)})
    said, stamp = read.value, stamp_of(here, form)
    if said is None:
        return ToldForm(read)
    entry = Morning(
        id=stamp.id,
        at=stamp.at,
        date=said.date or here.today,
        pain=said.pain,
        stiff_min=said.stiff_min,
        night=said.night,
        rest=said.rest,
    )
    return ToldForm(read, (entry,))


def _run(here: Followed, form: FormData) -> ToldForm:
    rules = {"date": up_to(here.today), "distance": between(0.1, MOST_KM / here.km_per_unit)}
    read, stamp = read_form(form, RunForm, here.seen.wording, rules), stamp_of(here, form)
    said = read.value
    if said is None:
        return ToldForm(read)
    run = RunDone(
        id=stamp.id,
        at=stamp.at,
        date=said.date or here.today,
        km=round(said.distance * here.km_per_unit, 3),
        minutes=said.minutes,
        pain=said.pain,
        step=said.step,
        limped=said.limped,
    )
    text = said.text.strip()
    return ToldForm(read, (run, _noted(stamp.part("note"), text)) if text else (run,))


def _walk(here: Followed, form: FormData) -> ToldForm:
    read = read_form(form, WalkForm, here.seen.wording, {"date": up_to(here.today)})
    said, stamp = read.value, stamp_of(here, form)
    if said is None:
        return ToldForm(read)
    entry = Walked(
        id=stamp.id,
        at=stamp.at,
        date=said.date or here.today,
        minutes=said.minutes,
        pain=said.pain,
        limped=said.limped,
    )
    return ToldForm(read, (entry,))


def _stretch(here: Followed, form: FormData) -> ToldForm:
    known = {stretch.id for stretch in stretches(here)}
    rules = {
        "exercise": FieldRule(Message("weeks.stretch-wanted"), lambda names: bool(known & set(names))),
        "when": FieldRule(Message("weeks.when-wanted")),
    }
    read, stamp = read_form(form, StretchForm, here.seen.wording, rules), stamp_of(here, form)
    if read.value is None:
        return ToldForm(read)
    ticked = [name for name in dict.fromkeys(read.value.exercise) if name in known]
    return ToldForm(read, tuple(_stretched(stamp.part(name), name, read.value.when) for name in ticked))


def _stretched(stamp: Stamp, exercise: str, when: When) -> AnyEntry:
    return Stretched(id=stamp.id, at=stamp.at, exercise=exercise, when=when)


def _note(here: Followed, form: FormData) -> ToldForm:
    read, stamp = read_form(form, NoteForm, here.seen.wording), stamp_of(here, form)
    if not read.said.get("text", "").strip():
        read = read.but({"text": here.seen.wording.word("weeks.note-wanted")})
    return ToldForm(read) if read.value is None else ToldForm(read, (_noted(stamp, read.value.text.strip()),))


def _noted(stamp: Stamp, text: str) -> Note:
    return Note(id=stamp.id, at=stamp.at, text=text)


def _place(here: Followed, form: FormData) -> ToldForm:
    known = {place.value for group in untold_places(here) for place in group.places}
    rules = {"place": FieldRule(Message("weeks.place-wanted"), lambda place: place in known)}
    read, stamp = read_form(form, PlaceForm, here.seen.wording, rules), stamp_of(here, form)
    if read.value is None:
        return ToldForm(read)
    site, _, said = read.value.place.partition(":")
    side = msgspec.convert(said, Side)
    return ToldForm(read, (Rescreened(id=stamp.id, at=stamp.at, new_places=((site, side),)),))


FORMS: dict[str, Callable[[Followed, FormData], ToldForm]] = {
    "morning": _morning,
    "run": _run,
    "walk": _walk,
    "stretch": _stretch,
    "place": _place,
    "note": _note,
}


# --- what there is to choose from --------------------------------------------------------------------------


def stretches(here: Followed) -> list[Choice]:
    """Every stretch of the plan, around runs and after moves, each once; none once it is closed."""
    if here.closed:
        return []
    weeks = here.training.plan.weeks
    after_moves = [i for week in weeks for s in week.sessions for i in s.items if i.kind == "stretch"]
    around_runs = [item for week in weeks for item in week.run_day_stretches]
    exercises = here.seen.house.library.exercises
    names = dict.fromkeys(item.id for item in (*around_runs, *after_moves))
    return [Choice(name, exercises[name].name) for name in names]


def untold_places(here: Followed) -> list[PlaceGroup]:
    """Places by body part that were not told yet."""
    told = {f"{place.site}:{place.side}" for place in here.following.given.pain_at}
    groups = [
        msgspec.structs.replace(group, places=tuple(p for p in group.places if p.value not in told))
        for group in place_groups(here.seen, set())
    ]
    return [group for group in groups if group.places]
