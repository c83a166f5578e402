"""Tests: the home tests, now or later, one on a screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.referral import option_words
from weaklink.case.assessment import Assessment
from weaklink.case.case_file import CaseError
from weaklink.case.diary import DiaryError
from weaklink.case.given import Result
from weaklink.case.values import in_range
from weaklink.library.records import ClinicalTest
from weaklink.library.wording import Wording, spoken_name
from weaklink.quantities import Message, Side
from weaklink.reasoning.battery import MOST as BATTERY
from weaklink.reasoning.battery import battery
from weaklink.web.course.retest import in_training, tell_result
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.changing import change, note
from weaklink.web.visit.forms import number_or_text
from weaklink.web.visit.visit import Visit, form_of, show, visit


async def tests_page(request: Request) -> Response:
    """GET /tests."""
    seen = visit(request)
    found = await assessment_of(seen)
    if found is None or found.disposition.refers or seen.leads_to != "/result":
        return RedirectResponse(seen.leads_to, status_code=303)
    first = found.next_test.id if found.next_test else ""
    skipped = set(seen.episode.steps.get("skipped", [])) if seen.episode else set()
    wanted = _wanted(seen, found)
    entries = [_entry(seen, test, first, skipped) for test in wanted]
    entries.sort(key=lambda entry: (not entry["first"], entry["state"] != "todo"))
    todo = [entry for entry in entries if entry["state"] == "todo"]
    left = {entry["id"] for entry in todo}
    minutes = sum(test.minutes for test in wanted if test.id in left)
    context = {
        "back": "/result",
        "tests": entries,
        "left": len(todo),
        "total": seen.wording.word("result.about-minutes", minutes=max(1, round(minutes))),
        "start_url": todo[0]["url"] if todo else "",
        "stop": [seen.wording.word(f"tests.stop.{number}") for number in (1, 2, 3)],
    }
    return show(request, "result/tests.html", context)


def _wanted(seen: Visit, found: Assessment) -> list[ClinicalTest]:
    """The tests already done, the one that tells most, and the few others worth a quarter of an hour."""
    library = seen.house.library
    done = [library.clinical_tests[name] for name in found.given.tests]
    first = [library.clinical_tests[found.next_test.id]] if found.next_test else []
    others = battery(found.given, library, found.differential)
    return list({test.id: test for test in (*done, *first, *others)}.values())


def _entry(seen: Visit, test: ClinicalTest, first: str, skipped: set[str]) -> dict[str, Any]:
    assert seen.given is not None
    results = seen.given.tests.get(test.id, {})
    areas = [spoken_name(seen.house.library.areas[area]) for area in test.areas[:2]]
    state = "done" if results else "skipped" if test.id in skipped else "todo"
    said = [
        f"{seen.wording.word(f'word.{side}')} {_said(test, result, seen.wording)}".strip()
        for side, result in results.items()
    ]
    return {
        "id": test.id,
        "url": f"/tests/{test.id}",
        "name": test.name,
        "area": ", ".join(areas),
        "minutes": seen.wording.word("result.about-minutes", minutes=max(1, round(test.minutes))),
        "needs": ", ".join(seen.wording.word(f"equipment.{thing}") for thing in test.needs),
        "state": state,
        "says": _with_unit("; ".join(said), test, results, seen.wording),
        "first": test.id == first,
    }


def _with_unit(said: str, test: ClinicalTest, results: Mapping[Any, Result], wording: Wording) -> str:
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
    if form.get("action") == "skip":
        skipped = sorted({*(seen.episode.steps.get("skipped", []) if seen.episode else []), test.id})
        await note(seen, {"skipped": skipped})
        return RedirectResponse("/tests", status_code=303)
    said: dict[str, Any] = {
        side: result for side in _sides(test) if (result := _result(form, test, side)) is not None
    }
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
    return RedirectResponse(seen.leads_to, status_code=303)


def _with_result(table: dict[str, Any], test: str, said: dict[str, Any]) -> dict[str, Any]:
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


def _result(form: FormData, test: ClinicalTest, side: str) -> dict[str, Any] | None:
    pain = form.get(f"pain.{side}")
    felt = {"pain": number_or_text(pain)} if pain not in (None, "") else {}
    if test.value == "pain-at-levels":
        levels = {level: form.get(f"pain_at.{side}.{level}") for level in test.levels}
        told = {level: number_or_text(raw) for level, raw in levels.items() if raw not in (None, "")}
        return {**told, **felt} or None
    raw = form.get(f"option.{side}") if test.value == "option" else form.get(f"value.{side}")
    if form.get(f"unable.{side}"):
        raw = "unable"
    if raw in (None, ""):
        return None
    value = str(raw) if test.value == "option" or raw == "unable" else number_or_text(raw)
    return {"value": value, **felt}


def _page(seen: Visit, test: ClinicalTest, errors: dict[str, str], status: int = 200) -> Response:
    word = seen.wording.word
    areas = [spoken_name(seen.house.library.areas[area]) for area in test.areas]
    document = {
        "id": test.id,
        "name": test.name,
        "purpose": word("tests.purpose", areas=", ".join(areas)) if areas else "",
        "minutes": word("result.about-minutes", minutes=max(1, round(test.minutes))),
        "needs": ", ".join(word(f"equipment.{thing}") for thing in test.needs),
        "steps": test.steps,
        "counts": test.counts,
        "stop": test.stop,
        "error": test.error,
        "value": test.value,
        "unit": test.unit,
        "unit_words": seen.wording.unit(test.unit),
        "low": test.min,
        "high": test.max,
        "whole": test.whole,
        "sided": test.sided,
        "options": [{"id": option.id, "text": option.text} for option in test.options],
        "levels": [{"id": level, "name": word(f"level.{level}")} for level in test.levels],
    }
    context = {
        "back": "/tests",
        "test": document,
        "described": word("tests.described", name=test.name),
        "sides": [_side(seen, test, side) for side in _sides(test)],
        "errors": errors,
        "step": _step(seen, test),
    }
    return show(seen.request, "result/test.html", context, status)


def _step(seen: Visit, test: ClinicalTest) -> dict[str, Any]:
    """Which test this is, of those done and this one."""
    done = [name for name in (seen.given.tests if seen.given else {}) if name != test.id]
    return {
        "name": seen.wording.word("page.tests"),
        "number": len(done) + 1,
        "most": max(len(done) + 1, BATTERY),
    }


def _side(seen: Visit, test: ClinicalTest, side: Side) -> dict[str, Any]:
    kept = seen.given.tests.get(test.id, {}) if seen.given else {}
    start = kept.get(side, Result())
    # Done again, it is counted afresh: an old number in the field would invite to leave it.
    result = Result() if in_training(seen) else start
    return {
        "id": side,
        "start": _said(test, start, seen.wording) if in_training(seen) else "",
        "name": seen.wording.word(f"word.{side}").capitalize(),
        "value": "" if result.value is None or result.option else f"{result.value:g}",
        "option": result.option or "",
        "pain": result.pain,
        "pain_at": result.pain_at,
        "unable": result.option == "unable" and test.value == "number",
    }
