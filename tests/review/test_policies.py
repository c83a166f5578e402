"""Policies in the records: what a rule waits for is there once, and makes sense where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from weaklink.library.reading import Library, shipped_library
from weaklink.library.records import Record
from weaklink.library.wording import catalogue
from weaklink.review.policies import check_policies

LIBRARY = shipped_library()


def changed(kind: str, record_id: str, **fields: Any) -> Library:
    known: Mapping[str, Record] = LIBRARY.of_kind(kind)
    records = {**known, record_id: msgspec.structs.replace(known[record_id], **fields)}
    return msgspec.structs.replace(LIBRARY, **{kind.replace("-", "_"): records})


def test_the_shipped_policies_are_whole() -> None:
    assert check_policies(LIBRARY, catalogue()) == ()


@pytest.mark.parametrize(
    ("kind", "record_id", "fields", "says"),
    [
        ("red-flags", "child-hip", {"noticed": None}, 'no record says noticed = "limp"'),
        ("red-flags", "dvt", {"noticed": "limp"}, '"child-hip" says noticed = "limp" as well'),
        (
            "clinical-tests",
            "sl-stance-30s",
            {"before_running": None},
            'no record says before_running = "stance"',
        ),
        ("areas", "glute-med", {"simulated": False}, "no record says what_if_first"),
        ("facts", "single-run-110-percent", {"told": None}, 'no record says told = "load-advice"'),
        ("questions", "night-pain-positional", {"when": []}, 'needs decides = "detail"'),
        ("questions", "pregnancy-weeks", {"unit": "months"}, 'the unit is "months"'),
        ("questions", "recent-load-increase", {"kind_of_link": None}, 'needs kind_of_link = "load"'),
        ("questions", "own-routine", {"plan_note": "typo"}, 'no message "training.note-typo"'),
        ("disagreements", "d4", {"areas": []}, 'are named with touches = "areas"'),
        ("disagreements", "d1", {"conditions": ["gtps"]}, 'are named with touches = "conditions"'),
    ],
)
def test_a_policy_that_no_rule_could_follow_is_named(
    kind: str, record_id: str, fields: dict[str, Any], says: str
) -> None:
    problems = check_policies(changed(kind, record_id, **fields), catalogue())

    assert any(says in problem.message for problem in problems), problems


def test_a_lift_that_shows_no_area_strong_is_named() -> None:
    areas = {
        name: msgspec.structs.replace(area, lifted_by=[lift for lift in area.lifted_by if lift != "squat"])
        for name, area in LIBRARY.areas.items()
    }
    problems = check_policies(msgspec.structs.replace(LIBRARY, areas=areas), catalogue())

    assert [problem.message for problem in problems] == ['no record says lifted_by = ["squat"]; one has to']
