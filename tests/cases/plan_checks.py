"""What a story may expect of the plan in detail: doses, order, days, time, kinds, what grows, what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from weaklink.library.reading import Library

Document = dict[str, Any]
WAITING_WEEKS = (1, 2)  # before the two green sessions
LATER_WEEKS = (3, 4)


def weeks(document: Document) -> list[dict[str, Any]]:
    """The weeks of the plan; none without one."""
    return document["plan"]["weeks"] if document["plan"] else []


def sessions(document: Document) -> list[dict[str, Any]]:
    """Every session of every week."""
    return [session for week in weeks(document) for session in week["sessions"]]


def moves(session: dict[str, Any]) -> list[dict[str, Any]]:
    """The items of a session without the advice on running."""
    return [item for item in session["items"] if item["kind"] != "load-advice"]


def in_weeks(document: Document, numbers: tuple[int, ...]) -> set[str]:
    """The ids given in some weeks, stretches around runs included."""
    chosen = [week for week in weeks(document) if week["number"] in numbers]
    inside = {item["id"] for week in chosen for session in week["sessions"] for item in session["items"]}
    return inside | {item["id"] for week in chosen for item in week.get("run_day_stretches", [])}


def _first(expected: str | list[str], document: Document, library: Library) -> bool:
    wanted = [expected] if isinstance(expected, str) else expected
    return bool(sessions(document)) and moves(sessions(document)[0])[0]["id"] in wanted


def _dose(expected: dict[str, dict[str, list[int]]], document: Document, library: Library) -> bool:
    given = [item for session in sessions(document) for item in moves(session)]
    return all(
        (found := [item for item in given if item["id"] == key])
        and all(_within(item, limits) for item in found)
        for key, limits in expected.items()
    )


def _within(item: dict[str, Any], limits: dict[str, list[int]]) -> bool:
    return all(name in item and low <= item[name] <= high for name, (low, high) in limits.items())


def _grows(expected: list[str], document: Document, library: Library) -> bool:
    """Repetitions or hold of the last week with the exercise are above those of the first."""
    return all((numbers := list(_numbers(key, document))) and numbers[-1] > numbers[0] for key in expected)


def _numbers(key: str, document: Document) -> Iterator[int]:
    for session in sessions(document):
        yield from (
            item.get("reps") or item.get("hold_s") or 0 for item in moves(session) if item["id"] == key
        )


def _groups(expected: int, document: Document, library: Library) -> bool:
    """So many of the seven prevention groups are in each session of the first week."""
    first = weeks(document)[0]["sessions"] if weeks(document) else []
    return bool(first) and all(len(_groups_of(session, library)) >= expected for session in first)


def _groups_of(session: dict[str, Any], library: Library) -> set[str]:
    main = [library.exercises[item["id"]].areas[0] for item in moves(session) if item["kind"] == "exercise"]
    return {group for area in main if (group := library.areas[area].prevention_group)}


def _follows(expected: dict[str, str], document: Document, library: Library) -> bool:
    """Directly after the exercise comes the other, wherever it stands."""
    pairs = [
        (before["id"], after["id"])
        for session in sessions(document)
        for before, after in zip(moves(session), [*moves(session)[1:], {"id": ""}], strict=True)
    ]
    return all(
        {after for before, after in pairs if before == key} == {wanted} for key, wanted in expected.items()
    )


def _run_stretches(expected: dict[str, list[str]], document: Document, library: Library) -> bool:
    """Before and after runs, in every week."""
    return bool(weeks(document)) and all(
        set(wanted) <= {item["id"] for item in week["run_day_stretches"] if item["when"] == when}
        for week in weeks(document)
        for when, wanted in expected.items()
    )


def _kinds(expected: list[str], document: Document, library: Library) -> bool:
    given = [item for session in sessions(document) for item in session["items"]]
    stretches = [item for week in weeks(document) for item in week.get("run_day_stretches", [])]
    return set(expected) <= {item["kind"] for item in [*given, *stretches]}


def _advice(expected: str, document: Document, library: Library) -> bool:
    advice = {
        item["id"]
        for session in sessions(document)
        for item in session["items"]
        if item["kind"] == "load-advice"
    }
    return advice == {expected}


PLAN_CHECKS: dict[str, Callable[[Any, Document, Library], bool]] = {
    "first": _first,
    "dose": _dose,
    "grows": _grows,
    "groups": _groups,
    "follows": _follows,
    "run_stretches": _run_stretches,
    "kinds": _kinds,
    "running": _advice,
    "week_1_not": lambda e, d, _: bool(weeks(d)) and not set(e) & in_weeks(d, WAITING_WEEKS),
    "later_any": lambda e, d, _: all(set(group) & in_weeks(d, LATER_WEEKS) for group in e),
    "left_out": lambda e, d, _: bool(d["plan"]) and set(e) <= {one["id"] for one in d["plan"]["left_out"]},
    "sessions": lambda e, d, _: (
        bool(weeks(d)) and all(e[0] <= len(week["sessions"]) <= e[1] for week in weeks(d))
    ),
    "days": lambda e, d, _: bool(sessions(d)) and {session["day"] for session in sessions(d)} <= set(e),
    "minutes_at_most": lambda e, d, _: bool(sessions(d)) and all(s["minutes"] <= e for s in sessions(d)),
    "moves_at_most": lambda e, d, _: all(
        sum(item["kind"] == "exercise" for item in moves(session)) <= e for session in sessions(d)
    ),
    "pain_profile": lambda e, d, _: bool(d["plan"]) and d["plan"]["pain_profile"] == e,
}
