"""Re-test: how it is now in our own words, and the home tests once more. The start stays what it was."""

from __future__ import annotations

import uuid
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from weaklink.care.finish import reports
from weaklink.care.keeping_diary import read_entries
from weaklink.library.records import ClinicalTest
from weaklink.reasoning.guards import true_guards
from weaklink.reasoning.triggers import any_holds
from weaklink.web.course.followed import Followed, followed, keep_and_go_on
from weaklink.web.visit.posted import Posted
from weaklink.web.visit.visit import Visit

ACTIVITIES = (1, 2, 3)
MOST_NAME = 120
FOR_RUNNING = ("sl-stance-30s", "one-leg-sts-30s", "sl-heel-raise-reps")
MOST_KM = 500


def report_fields(here: Followed, posted: Posted | None) -> dict[str, Any]:
    """What the report's form shows: what was sent, or the activities named the first time."""
    told = reports(here.entries)
    names = list(told[0].activities) if told else []
    values = {f"activity_{n}": name for n, name in zip(ACTIVITIES, names, strict=False)}
    if posted is not None:
        values = {name: str(posted.form.get(name, "")) for name in posted.form}
    return {"values": values, "first": not told, "named": bool(names)}


def read_report(here: Followed, posted: Posted) -> dict[str, Any]:
    """How it is now, from its form."""
    km = posted.number("weekly", 0, MOST_KM / here.km_per_unit, whole=False)
    said = {
        "pain_worst": posted.whole("pain_worst", 0, 10),
        "change": posted.whole("change", -5, 5),
        "weekly_km": None if km is None else round(km * here.km_per_unit, 2),
        "activities": _activities(here, posted) or None,
    }
    found = {name: value for name, value in said.items() if value is not None}
    if not found and not posted.errors:
        posted.errors["pain_worst"] = here.seen.wording.word("weeks.report-wanted")
    return {"kind": "reported", "id": posted.id, **found}


def _activities(here: Followed, posted: Posted) -> dict[str, int]:
    found = {}
    for number in ACTIVITIES:
        name = posted.text(f"activity_{number}", MOST_NAME)
        now = posted.whole(f"activity_{number}_now", 0, 10, needed=bool(name))
        if name and now is not None:
            found[name] = now
        elif now is not None:
            posted.errors[f"activity_{number}"] = here.seen.wording.word("weeks.activity-wanted")
    return found


def retests(here: Followed) -> list[ClinicalTest]:
    """The counted tests to do again: those of the start, and those the way back to running asks for."""
    given, library = here.following.given, here.seen.house.library
    guards = true_guards(given, library)
    names = dict.fromkeys((*here.training.given.tests, *FOR_RUNNING))
    tests = (library.clinical_tests[name] for name in names)
    return [
        t for t in tests
        if t.value == "number" and t.performed_by == "self" and not any_holds(t.not_when, given, guards)
    ]  # fmt: skip


def sides_of(test: ClinicalTest) -> tuple[str, ...]:
    """The sides a test is done on."""
    return ("right", "left") if test.sided else ("none",)


def retest_fields(here: Followed, posted: Posted | None) -> list[dict[str, Any]]:
    """Each test with how it goes, what it was at the start, and what was sent."""
    word = here.seen.wording.word
    found = []
    for test in retests(here):
        start = here.training.given.tests.get(test.id, {})
        sides = [
            {
                "id": side,
                "name": word(f"word.{side}"),
                "field": f"{test.id}.{side}",
                "start": _shown(start, side),
                "value": str(posted.form.get(f"{test.id}.{side}", "")) if posted is not None else "",
                "pain": str(posted.form.get(f"{test.id}.{side}.pain", "")) if posted is not None else "",
            }
            for side in sides_of(test)
        ]
        found.append({"id": test.id, "name": test.name, "unit": here.seen.wording.unit(test.unit),
                      "steps": test.steps, "stop": test.stop, "sides": sides, "most": f"{test.max:g}",
                      "start": bool(start)})  # fmt: skip
    return found


def _shown(start: Any, side: str) -> str:
    value = start[side].value if side in start else None
    return "" if value is None else f"{value:g}"


def read_retest(here: Followed, posted: Posted) -> dict[str, Any]:
    """Tests done again, from their form; left empty is not done."""
    tests: dict[str, dict[str, dict[str, float]]] = {}
    for test in retests(here):
        for side in sides_of(test):
            field = f"{test.id}.{side}"
            value = posted.number(field, test.min, test.max, whole=test.whole)
            pain = posted.whole(f"{field}.pain", 0, 10)
            if value is not None:
                tests.setdefault(test.id, {})[side] = {"value": value} | (
                    {} if pain is None else {"pain": pain}
                )
    if not tests and not posted.errors:
        posted.errors["tests"] = here.seen.wording.word("weeks.tests-wanted")
    return {"kind": "tested", "id": posted.id, "tests": tests}


# --- one test at a time, on its own page -------------------------------------------------------------------


def in_training(seen: Visit) -> bool:
    """Whether sessions were begun: from then on a test is one done again, and goes into the diary."""
    return any(entry.kind == "session-begun" for entry in seen.diary)


async def tell_result(request: Request, seen: Visit, test: str, said: dict[str, Any]) -> Response:
    """Keep one test's result in the diary; sent twice on one day it is kept once.

    Raises: DiaryError naming the key that cannot be read.
    """
    here = await followed(request)
    if isinstance(here, Response):
        return here
    now = seen.house.clock.now().astimezone()
    name = f"{here.training.episode_id} {now.date()} {test} {sorted(said.items())}"
    entry = {
        "kind": "tested",
        "id": str(uuid.uuid5(uuid.NAMESPACE_OID, name)),
        "at": now.isoformat(),
        "tests": {test: said},
    }
    entries = read_entries([entry], seen.house.library)
    return await keep_and_go_on(request, here, entries, "/progress")
