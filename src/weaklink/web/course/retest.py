"""Re-test: how it is now in our own words, and the home tests once more. The start stays what it was."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Annotated

import msgspec
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from weaklink.care.running_checks import running_checks
from weaklink.case.diary import DiaryError, Reported, Tested, entry_document
from weaklink.case.given import Result
from weaklink.case.values import in_range
from weaklink.library.records import ClinicalTest
from weaklink.quantities import Side
from weaklink.reasoning.guards import true_guards
from weaklink.reasoning.triggers import any_holds
from weaklink.web.course.followed import Followed, followed, keep_and_go_on
from weaklink.web.course.sent_entries import reader_of
from weaklink.web.course.told_form import MOST_KM, FormPart, ToldForm, between, read_part, stamp_of
from weaklink.web.visit.typed_form import FormReading, Pain, read_form
from weaklink.web.visit.visit import Visit

ACTIVITIES = (1, 2, 3)


class ReportForm(msgspec.Struct, frozen=True, kw_only=True):
    """How it is now: worst pain, change since the start, and running in a week in the runner's own unit."""

    pain_worst: Pain | None = None
    change: Annotated[int, msgspec.Meta(ge=-5, le=5)] | None = None
    weekly: float | None = None


class ActivityForm(msgspec.Struct, frozen=True, kw_only=True):
    """One activity of one's own, and how well it goes now."""

    name: Annotated[str, msgspec.Meta(max_length=120)] = ""
    now: Pain | None = None


class RetestForm(msgspec.Struct, frozen=True):
    """Tests done again; each side of each is read as a part of its own."""


class SideForm(msgspec.Struct, frozen=True, omit_defaults=True):
    """One side of one test done again."""

    value: float | None = None
    pain: Pain | None = None


class ReportFields(msgspec.Struct, frozen=True):
    """What the report's form shows; `named`: the activities were named before."""

    values: dict[str, str]
    first: bool
    named: bool


class RetestSide(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a test to do again: its field, what it was at the start, and what was sent."""

    id: str
    name: str
    field: str
    start: str
    value: str
    pain: str


class RetestFields(msgspec.Struct, frozen=True, kw_only=True):
    """A test to do again, how it goes, and its sides."""

    id: str
    name: str
    unit: str
    steps: list[str]
    stop: list[str]
    sides: list[RetestSide]
    most: str
    start: bool


def report_fields(here: Followed, said: Mapping[str, str] | None) -> ReportFields:
    """What the report's form shows: what was sent, or the activities named the first time."""
    told = here.past.reports
    names = list(told[0].activities) if told else []
    known = {f"activity_{n}": name for n, name in zip(ACTIVITIES, names, strict=False)}
    return ReportFields(known if said is None else dict(said), first=not told, named=bool(names))


def read_report(here: Followed, form: FormData) -> ToldForm:
    """How it is now, from its form."""
    rules = {"weekly": between(0, MOST_KM / here.km_per_unit)}
    read = read_form(form, ReportForm, here.seen.wording, rules)
    activities, wrong = _activities(here, form)
    read, stamp = read.but(wrong), stamp_of(here, form)
    said = read.value
    if said == ReportForm() and not activities:
        read = read.but({"pain_worst": here.seen.wording.word("weeks.report-wanted")})
    if said is None or read.errors:
        return ToldForm(read)
    entry = Reported(
        id=stamp.id,
        at=stamp.at,
        pain_worst=said.pain_worst,
        change=said.change,
        weekly_km=None if said.weekly is None else round(said.weekly * here.km_per_unit, 2),
        activities=activities,
    )
    return ToldForm(read, (entry,))


def _activities(here: Followed, form: FormData) -> tuple[dict[str, int], dict[str, str]]:
    """How well each named activity goes, and what is wrong by field."""
    found: dict[str, int] = {}
    wrong: dict[str, str] = {}
    for number in ACTIVITIES:
        names = {"name": f"activity_{number}", "now": f"activity_{number}_now"}
        read = read_part(form, ActivityForm, here.seen.wording, FormPart(names))
        wrong |= read.errors
        name, now = (read.value.name.strip(), read.value.now) if read.value is not None else ("", None)
        if name and now is not None:
            found[name] = now
        elif name:
            wrong[names["now"]] = here.seen.wording.say(in_range(0, 10, whole=True))
        elif now is not None:
            wrong[names["name"]] = here.seen.wording.word("weeks.activity-wanted")
    return found, wrong


def retests(here: Followed) -> list[ClinicalTest]:
    """The counted tests to do again: those of the start, and those the way back to running asks for."""
    given, library = here.following.given, here.seen.house.library
    guards = true_guards(given, library)
    began = {name: library.clinical_tests[name] for name in here.training.given.tests}
    tests = {**began, **{test.id: test for test in running_checks(library).values()}}.values()
    return [
        t for t in tests
        if t.value == "number" and t.performed_by == "self" and not any_holds(t.not_when, given, guards)
    ]  # fmt: skip


def sides_of(test: ClinicalTest) -> tuple[Side, ...]:
    """The sides a test is done on."""
    return ("right", "left") if test.sided else ("none",)


def retest_fields(here: Followed, said: Mapping[str, str]) -> list[RetestFields]:
    """Each test with how it goes, what it was at the start, and what was sent."""
    return [_retest_fields(here, test, said) for test in retests(here)]


def _retest_fields(here: Followed, test: ClinicalTest, said: Mapping[str, str]) -> RetestFields:
    start = here.training.given.tests.get(test.id, {})
    sides = [
        RetestSide(
            id=side,
            name=here.seen.wording.word(f"word.{side}"),
            field=f"{test.id}.{side}",
            start=_shown(start, side),
            value=said.get(f"{test.id}.{side}", ""),
            pain=said.get(f"{test.id}.{side}.pain", ""),
        )
        for side in sides_of(test)
    ]
    return RetestFields(
        id=test.id,
        name=test.name,
        unit=here.seen.wording.unit(test.unit),
        steps=test.steps,
        stop=test.stop,
        sides=sides,
        most=f"{test.max:g}",
        start=bool(start),
    )


def _shown(start: Mapping[Side, Result], side: Side) -> str:
    value = start[side].value if side in start else None
    return "" if value is None else f"{value:g}"


def read_retest(here: Followed, form: FormData) -> ToldForm:
    """Tests done again, from their form; left empty is not done."""
    read, stamp = read_form(form, RetestForm, here.seen.wording), stamp_of(here, form)
    tests: dict[str, dict[str, SideForm]] = {}
    wrong: dict[str, str] = {}
    for test in retests(here):
        for side in sides_of(test):
            one = _side(here, form, test, side)
            wrong |= one.errors
            if one.value is not None and one.value.value is not None:
                tests.setdefault(test.id, {})[side] = one.value
    if not tests and not wrong:
        wrong["tests"] = here.seen.wording.word("weeks.tests-wanted")
    told = Tested(id=stamp.id, at=stamp.at, tests=msgspec.to_builtins(tests))
    return ToldForm(read.but(wrong), () if wrong else (told,))


def _side(here: Followed, form: FormData, test: ClinicalTest, side: Side) -> FormReading[SideForm]:
    field = f"{test.id}.{side}"
    names = {"value": field, "pain": f"{field}.pain"}
    rules = {"value": between(test.min, test.max, whole=test.whole)}
    return read_part(form, SideForm, here.seen.wording, FormPart(names, rules))


# --- one test at a time, on its own page -------------------------------------------------------------------


def in_training(seen: Visit) -> bool:
    """Whether sessions were begun: from then on a test is one done again, and goes into the diary."""
    return seen.diary.past.first_session is not None


async def tell_result(request: Request, seen: Visit, test: str, said: Mapping[str, object]) -> Response:
    """Keep one test's result in the diary; sent twice on one day it is kept once.

    `said`: each side's result, in the shape of a case file.
    Raises: DiaryError naming the key that cannot be read.
    """
    here = await followed(request)
    if isinstance(here, Response):
        return here
    now = seen.house.clock.now().astimezone()
    name = f"{here.training.episode_id} {now.date()} {test} {sorted(said.items())}"
    told = Tested(id=str(uuid.uuid5(uuid.NAMESPACE_OID, name)), at=now, tests={test: dict(said)})
    entries = reader_of(seen).read([{**entry_document(told), "episode": here.training.episode_id}])
    for one in entries.refused:
        raise DiaryError(one.why, one.reason)
    return await keep_and_go_on(request, entries, "/progress")
