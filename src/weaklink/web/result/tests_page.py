"""Tests: the home tests, now or later, one on a screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.referral import option_words
from weaklink.case.assessment import Assessment
from weaklink.case.case_file import CaseError
from weaklink.case.diary import DiaryError
from weaklink.case.given import Result
from weaklink.case.values import Table, in_range
from weaklink.library.records import ClinicalTest, Option
from weaklink.library.wording import Wording, spoken_name
from weaklink.quantities import Message, Side
from weaklink.reasoning.battery import MOST as BATTERY
from weaklink.reasoning.battery import battery
from weaklink.reasoning.examination import offered
from weaklink.web.course.retest import in_training, tell_result
from weaklink.web.result.put_off import REASONS, Because, because_words, put_off, put_off_with
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.changing import change, note
from weaklink.web.visit.forms import Choice, IntakePlace
from weaklink.web.visit.typed_form import FormReading, Pain, accepted, number_or_said, read_form
from weaklink.web.visit.visit import Visit, form_of, show, visit


class TestEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One test of the list; `says` is its result in words when it is done, or why it was put off."""

    id: str
    url: str
    name: str
    area: str
    minutes: str
    needs: str
    state: Literal["todo", "done", "skipped"]
    says: str
    first: bool  # would change the ranking most


class TestsPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the list of the tests shows."""

    back: str
    tests: list[TestEntry]
    left: int
    total: str
    start_url: str
    others: list[TestEntry]  # every other home test that is safe here, whatever it would settle
    stop: list[str]
    order: str  # which side first, and how often


class TestForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the buttons of a test say."""

    action: Literal["keep", "skip"] = "keep"
    because: Because | None = None  # why it is put off


class TestSideForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the form says of one side; which value is right, and which levels there are, the test says."""

    value: str = ""
    option: str = ""
    unable: bool = False
    pain: Pain | None = None


class TestShown(msgspec.Struct, frozen=True, kw_only=True):
    """The test of a page in words."""

    id: str
    name: str
    purpose: str
    minutes: str
    needs: str
    steps: list[str]
    counts: str
    stop: list[str]
    error: str
    value: str
    unit: str
    unit_words: str
    rep_s: int | None
    within_s: int | None
    low: float
    high: float
    whole: bool
    options: list[Option]
    levels: list[Choice]


class SideShown(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a test with what is kept; `start` is its result before training, in words."""

    id: Side
    start: str
    name: str
    value: str
    option: str
    pain: int | None
    pain_at: Mapping[str, int]
    unable: bool


class TestPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of one test shows."""

    back: str
    test: TestShown
    described: str
    sides: list[SideShown]
    reasons: list[Choice]  # why it may be put off
    errors: dict[str, str]
    step: IntakePlace


async def tests_page(request: Request) -> Response:
    """GET /tests."""
    seen = visit(request)
    found = await assessment_of(seen)
    if found is None or found.disposition.refers or seen.leads_to != "/result":
        return RedirectResponse(seen.leads_to, status_code=303)
    first = found.next_test.id if found.next_test else ""
    skipped = put_off(seen)
    wanted = _wanted(seen, found)
    entries = [_entry(seen, test, first, skipped) for test in wanted]
    entries.sort(key=lambda entry: (not entry.first, entry.state != "todo"))
    todo = [entry for entry in entries if entry.state == "todo"]
    left = {entry.id for entry in todo}
    minutes = sum(test.minutes for test in wanted if test.id in left)
    others = [test for test in offered(found.given, seen.house.library) if test not in wanted]
    page = TestsPage(
        back="/result",
        tests=entries,
        others=[_entry(seen, test, first, skipped) for test in others],
        left=len(todo),
        total=seen.wording.word("result.about-minutes", minutes=max(1, round(minutes))),
        start_url=todo[0].url if todo else "",
        stop=[seen.wording.word(f"tests.stop.{number}") for number in (1, 2)],
        order=seen.wording.word("tests.order"),
    )
    return show(request, "result/tests.html", page)


def _wanted(seen: Visit, found: Assessment) -> list[ClinicalTest]:
    """The tests already done, the one that tells most, and the few others worth a quarter of an hour."""
    library = seen.house.library
    # A test that was put off stays in the list, and keeps no other out of it.
    done = [library.clinical_tests[name] for name in (*found.given.tests, *sorted(put_off(seen)))]
    first = [library.clinical_tests[found.next_test.id]] if found.next_test else []
    others = battery(found.given, library, found.differential, frozenset(put_off(seen)))
    return list({test.id: test for test in (*done, *first, *others)}.values())


def _entry(seen: Visit, test: ClinicalTest, first: str, skipped: Mapping[str, str]) -> TestEntry:
    assert seen.given is not None
    results = seen.given.tests.get(test.id, {})
    areas = [spoken_name(seen.house.library.areas[area]) for area in test.areas[:2]]
    said = [
        f"{seen.wording.word(f'word.{side}')} {_said(test, result, seen.wording)}".strip()
        for side, result in results.items()
    ]
    return TestEntry(
        id=test.id,
        url=f"/tests/{test.id}",
        name=test.name,
        area=", ".join(areas),
        minutes=seen.wording.word("result.about-minutes", minutes=max(1, round(test.minutes))),
        needs=", ".join(seen.wording.word(f"equipment.{thing}") for thing in test.needs),
        state="done" if results else "skipped" if test.id in skipped else "todo",
        says=_with_unit("; ".join(said), test, results, seen.wording)
        if results
        else because_words(skipped.get(test.id, ""), seen),
        first=test.id == first,
    )


def _with_unit(said: str, test: ClinicalTest, results: Mapping[Side, Result], wording: Wording) -> str:
    counted = any(result.value is not None and not result.option for result in results.values())
    return f"{said} ({wording.unit(test.unit)})" if counted and test.unit else said


def _said(test: ClinicalTest, result: Result, wording: Wording) -> str:
    option = option_words(test, result, wording)
    value = "" if result.value is None or option else f"{result.value:g}"
    return option or value or ", ".join(f"{pain}/10" for pain in result.pain_at.values())


async def test_page(request: Request) -> Response:
    """GET /tests/{test}."""
    seen = visit(request)
    test = _test(seen)
    found = await assessment_of(seen)
    if found is None or found.disposition.refers:
        return RedirectResponse(seen.leads_to, status_code=303)
    return _page(seen, test, {})


async def keep_result(request: Request) -> Response:
    """POST /tests/{test}."""
    form = await form_of(request)
    seen = visit(request)
    test = _test(seen)
    pressed = accepted(read_form(form, TestForm, seen.wording))
    if pressed.action == "skip" or pressed.because is not None:
        seen = await note(seen, put_off_with(seen, test.id, pressed.because or ""))
        return RedirectResponse(await _next_address(seen), status_code=303)
    sent = {side: _sent(form, side, seen.wording) for side in _sides(test)}
    errors: dict[str, str] = {side: says for side, read in sent.items() for says in read.errors.values()}
    if errors:
        return _page(seen, test, errors, 422)
    said = _results(form, test, sent)
    if not said:
        return _page(seen, test, {"screen": seen.wording.word("tests.nothing")}, 422)
    again = in_training(seen) and seen.given is not None and test.id in seen.given.tests
    try:
        # What was measured at the start stays, for the comparison.
        if not again:
            seen = await change(seen, lambda table: _with_result(table, test.id, said), because="tests")
        if in_training(seen):
            return await tell_result(request, seen, test.id, said)
    except (CaseError, DiaryError) as error:
        key = str(error).partition(":")[0]
        side = next((side for side in _sides(test) if f".{side}" in key), "screen")
        return _page(seen, test, {side: seen.wording.say(_expected(test, key))}, 422)
    leads_to = seen.leads_to if seen.leads_to != "/result" else await _next_address(seen)
    return RedirectResponse(leads_to, status_code=303)


async def _next_address(seen: Visit) -> str:
    """The next test of those worth doing, at once; the result when none is left or a referral came of it."""
    found = await assessment_of(seen)
    if found is None or found.disposition.refers or in_training(seen):
        return seen.leads_to
    aside = {*found.given.tests, *put_off(seen)}
    left = [test.id for test in _wanted(seen, found) if test.id not in aside]
    return f"/tests/{left[0]}" if left else "/result"


def _with_result(table: Table, test: str, said: Mapping[str, Table]) -> Table:
    return {**table, "tests": {**table.get("tests", {}), test: said}}


def _expected(test: ClinicalTest, key: str) -> Message:
    if test.value == "pain-at-levels" or key.endswith(".pain"):
        return in_range(0, 10, whole=True)
    if test.value == "number":
        return in_range(test.min, test.max, whole=test.whole)
    return Message("form.choice")


def _test(seen: Visit) -> ClinicalTest:
    test = seen.house.library.clinical_tests.get(seen.request.path_params["test"])
    if test is None:
        raise HTTPException(404, "There is no such test.")
    return test


def _sides(test: ClinicalTest) -> tuple[Side, ...]:
    return ("right", "left") if test.sided else ("none",)


def _sent(form: FormData, side: Side, wording: Wording) -> FormReading[TestSideForm]:
    """The fields of one side: `value.right` is the right one's `value`."""
    end = f".{side}"
    fields = [(name.removesuffix(end), value) for name, value in form.multi_items() if name.endswith(end)]
    return read_form(FormData(fields), TestSideForm, wording)


def _results(
    form: FormData, test: ClinicalTest, sent: Mapping[Side, FormReading[TestSideForm]]
) -> dict[str, Table]:
    """The results by side as a case file writes them; a side of which nothing was said is left out."""
    found: dict[str, Table] = {}
    for side, read in sent.items():
        said = accepted(read)
        felt = {} if said.pain is None else {"pain": said.pain}
        told = _levels(form, test, side) if test.value == "pain-at-levels" else _value(said, test)
        # Pain alone is no result, but for a test of pain.
        if told or (felt and test.value == "pain-at-levels"):
            found[side] = told | felt
    return found


def _levels(form: FormData, test: ClinicalTest, side: Side) -> Table:
    sent = {level: str(form.get(f"pain_at.{side}.{level}", "")) for level in test.levels}
    return {level: number_or_said(text) for level, text in sent.items() if text}


def _value(said: TestSideForm, test: ClinicalTest) -> Table:
    if said.unable:
        return {"value": "unable"}
    text = said.option if test.value == "option" else said.value
    if not text:
        return {}
    return {"value": text if test.value == "option" else number_or_said(text)}


def _page(seen: Visit, test: ClinicalTest, errors: dict[str, str], status: int = 200) -> Response:
    page = TestPage(
        back="/tests",
        test=_shown(seen, test),
        described=seen.wording.word("tests.described", name=test.name),
        sides=[_side(seen, test, side) for side in _sides(test)],
        reasons=[Choice(why, because_words(why, seen).capitalize()) for why in REASONS],
        errors=errors,
        step=_step(seen, test),
    )
    return show(seen.request, "result/test.html", page, status)


def _shown(seen: Visit, test: ClinicalTest) -> TestShown:
    word = seen.wording.word
    areas = [spoken_name(seen.house.library.areas[area]) for area in test.areas]
    return TestShown(
        id=test.id,
        name=test.name,
        purpose=word("tests.purpose", areas=", ".join(areas)) if areas else "",
        minutes=word("result.about-minutes", minutes=max(1, round(test.minutes))),
        needs=", ".join(word(f"equipment.{thing}") for thing in test.needs),
        steps=test.steps,
        counts=test.counts,
        stop=test.stop,
        error=test.error,
        value=test.value,
        unit=test.unit,
        unit_words=seen.wording.unit(test.unit),
        rep_s=test.rep_s,
        within_s=test.within_s,
        low=test.min,
        high=test.max,
        whole=test.whole,
        options=test.options,
        levels=[Choice(level, word(f"level.{level}")) for level in test.levels],
    )


def _step(seen: Visit, test: ClinicalTest) -> IntakePlace:
    """Which test this is, of those done and this one."""
    done = [name for name in (seen.given.tests if seen.given else {}) if name != test.id]
    return IntakePlace(seen.wording.word("page.tests"), len(done) + 1, max(len(done) + 1, BATTERY))


def _side(seen: Visit, test: ClinicalTest, side: Side) -> SideShown:
    kept = seen.given.tests.get(test.id, {}) if seen.given else {}
    start = kept.get(side, Result())
    # Done again, it is counted afresh: an old number in the field would invite to leave it.
    result = Result() if in_training(seen) else start
    return SideShown(
        id=side,
        start=_said(test, start, seen.wording) if in_training(seen) else "",
        name=seen.wording.word(f"word.{side}").capitalize(),
        value="" if result.value is None or result.option else f"{result.value:g}",
        option=result.option or "",
        pain=result.pain,
        pain_at=result.pain_at,
        unable=result.option == "unable" and test.value == "number",
    )
