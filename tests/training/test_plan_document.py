"""The plan document: its shape, its schema, and what changed between two versions."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from tests.training.making import KNEE, LIBRARY, NOTHING_KNOWN, PREVENTION, SELF_MANAGE, healthy, sore_knee
from weaklink.library.reading import shipped_library
from weaklink.library.wording import shipped_wording
from weaklink.training.plan.plan_changes import PlanChange, plan_changes
from weaklink.training.plan.plan_document import PlanDocument, plan_document, plan_schema
from weaklink.training.plan.planning import make_plan

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "plan.schema.json"
SHIPPED = shipped_library()


def plan_for(given, disposition=SELF_MANAGE, found=KNEE, known=LIBRARY):
    return make_plan(given, known, disposition, found, "greedy")


def document():
    return plan_document(plan_for(sore_knee(), known=SHIPPED), shipped_wording().say)


def test_the_document_has_the_shape_of_the_contract():
    session = document()["weeks"][0]["sessions"][0]
    move = next(item for item in session["items"] if item["kind"] == "exercise")

    assert document()["format"] == "weaklink-plan/1"
    assert set(session) == {"day", "minutes", "items"}
    assert {"kind", "id", "side", "sets", "reps", "rir", "rest_s", "easier", "because", "source"} <= set(move)
    assert all(isinstance(sentence, str) and sentence for sentence in move["because"])


def test_parts_a_dose_does_not_have_are_absent():
    advice = document()["weeks"][0]["sessions"][0]["items"][0]

    assert advice["kind"] == "load-advice"
    assert not {"sets", "reps", "hold_s", "tempo"} & set(advice)


def test_the_document_is_json_and_keeps_its_own_schema():
    text = json.dumps(document())

    assert msgspec.to_builtins(msgspec.json.decode(text, type=PlanDocument)) == document()


def test_the_published_schema_is_the_one_the_code_makes():
    assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) == plan_schema()


def test_the_schema_names_every_kind_of_item():
    item = plan_schema()["$defs"]["ItemDocument"]["properties"]["kind"]

    assert sorted(item["enum"]) == ["drill", "exercise", "load-advice", "stretch"]


def test_equal_plans_have_no_changes():
    assert plan_changes(plan_for(sore_knee()), plan_for(sore_knee())) == ()


def test_moves_that_came_and_went_and_changed_numbers_are_listed():
    short, long = plan_for(sore_knee(minutes=15)), plan_for(sore_knee(minutes=45))
    found = plan_changes(short, long)
    back = plan_changes(long, short)

    assert {change.what for change in found} == {"added", "changed"}
    assert {(c.week, c.day, c.id) for c in found if c.what == "added"} == {
        (c.week, c.day, c.id) for c in back if c.what == "removed"
    }
    assert sorted(found) == list(found)


def test_a_changed_number_names_its_field_and_both_values():
    plan = plan_for(sore_knee())
    week = plan.weeks[0]
    move = msgspec.structs.replace(week.sessions[0].items[1], reps=12, hold_s=5)
    session = msgspec.structs.replace(week.sessions[0], items=(week.sessions[0].items[0], move))
    session = msgspec.structs.replace(session, items=(*session.items, *week.sessions[0].items[2:]))
    changed = msgspec.structs.replace(week, sessions=(session, *week.sessions[1:]))
    after = msgspec.structs.replace(plan, weeks=(changed, *plan.weeks[1:]))
    name = "straight-leg-raise"

    assert plan_changes(plan, after) == (
        PlanChange(week=1, day="mon", what="changed", id=name, field="hold_s", before="", after="5"),
        PlanChange(week=1, day="mon", what="changed", id=name, field="reps", before="10", after="12"),
    )


def test_prevention_plans_can_be_written_too():
    plan = plan_for(healthy(), PREVENTION, NOTHING_KNOWN, SHIPPED)

    assert plan_document(plan, shipped_wording().say)["heading"] == "prevention"
