"""The API: the contract's shapes, problems that name the key, and the same answer as the command line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import pytest

from tests.web.visitor import at_home
from weaklink.care.schema import case_schema
from weaklink.library.reading import Library

KNEE: dict[str, Any] = {
    "age": 33,
    "sex": "female",
    "level": "novice",
    "since_days": 21,
    "pain_at": [{"site": "knee-anterior", "side": "right"}],
    "pain": {"run": 4, "stairs": 3, "night": 0, "rest": 0},
    "tests": {
        "sl-heel-raise-reps": {"right": 11, "left": 18},
        "straight-leg-raise-reps": {"right": 9, "left": 16},
    },
    "days": ["mon", "wed", "fri"],
    "minutes": 15,
}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The application in this process."""
    with at_home(tmp_path_factory.mktemp("data")) as visitor:
        yield visitor.client


@pytest.fixture(scope="module")
def answers_no(library: Library) -> dict[str, str]:
    """No to every safety question."""
    return {
        question.id: "no"
        for question in library.questions.values()
        if question.decides in ("red-flag", "guard") and question.kind == "yes-no"
    }


@pytest.fixture(scope="module")
def valid(library: Library) -> jsonschema_rs.Validator:
    """Whether an answer has the published shape."""
    schema = case_schema(library)
    return jsonschema_rs.validator_for({"$ref": "#/$defs/answer", "$defs": schema["$defs"]})


def assess(api: httpx.Client, given: dict[str, Any]) -> dict[str, Any]:
    response = api.post("/api/v1/assessments", json={"given": given})
    assert response.status_code == 200, response.text
    document: dict[str, Any] = response.json()
    return document


CASES: dict[str, dict[str, Any]] = {
    "bare": {"age": 20},
    "knee": KNEE,
    "night": {"age": 33, "pain_at": ["shin-medial"], "pain": {"night": 3}},
    "numb": {"age": 33, "pain_at": ["back-lower"], "answers": {"cauda-equina": "yes"}},
    "swollen": {"age": 33, "pain_at": ["knee-anterior"], "answers": {"knee-swelling": "yes"}},
    "wish": {"age": 33, "minutes": 10, "wish": {"areas": 7, "rounds": 3}},
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("asked", [False, True])
def test_every_answer_has_the_published_shape(
    api: httpx.Client, valid: jsonschema_rs.Validator, answers_no: dict[str, str], name: str, asked: bool
) -> None:
    given = CASES[name]
    if asked:
        given = {**given, "answers": {**answers_no, **given.get("answers", {})}}

    document = assess(api, given)

    assert [error.message for error in valid.iter_errors(document)] == []
    for key in ("disposition", "hypotheses", "conditions", "next_test", "plan", "plan_refused", "edition"):
        assert key in document
    assert (document["plan"] is None) == bool(document["plan_refused"] or document["conflict"])


def test_unasked_safety_questions_block_a_plan(
    api: httpx.Client, answers_no: dict[str, str], library: Library
) -> None:
    open_ = assess(api, KNEE)
    closed = assess(api, {**KNEE, "answers": answers_no})

    always = {flag.id for flag in library.red_flags.values() if flag.asked == "always" and not flag.when}
    assert always <= set(open_["disposition"]["unasked"])
    assert set(open_["disposition"]["unasked"]) <= set(open_["plan_refused"])
    assert open_["plan"] is None
    assert closed["disposition"]["unasked"] == []
    assert closed["plan"]["weeks"]


def test_a_plan_is_refused_with_the_ids_of_the_rules(api: httpx.Client, answers_no: dict[str, str]) -> None:
    unasked = api.post("/api/v1/plans", json={"given": KNEE})
    night = api.post(
        "/api/v1/plans",
        json={"given": {**KNEE, "pain": {"night": 3}, "answers": {**answers_no, "night-rest-pain": "yes"}}},
    )
    wish = api.post("/api/v1/plans", json={"given": {**CASES["wish"], "answers": answers_no}})

    for response in (unasked, night, wish):
        assert response.status_code == 409
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["detail"]
    assert "cauda-equina" in unasked.json()["rules"]
    assert night.json()["rules"] == ["night-rest-pain"]
    assert wish.json()["rules"] == []


def test_a_plan_has_the_open_format(api: httpx.Client, answers_no: dict[str, str], library: Library) -> None:
    response = api.post("/api/v1/plans", json={"given": {**KNEE, "answers": answers_no}})
    schema = case_schema(library)

    assert response.status_code == 200
    validator = jsonschema_rs.validator_for({"$ref": "#/$defs/PlanDocument", "$defs": schema["$defs"]})
    assert [error.message for error in validator.iter_errors(response.json())] == []
    assert response.json()["edition"] == library.edition


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({}, "given.age"),
        ({"age": "33"}, "given.age"),
        ({"age": 9}, "given.age"),
        ({"age": 33, "agee": 1}, "given"),
        ({"age": 33, "pain_at": ["kneee"]}, "given.pain_at[0]"),
        ({"age": 33, "pain_at": [{"site": "knee-anterior", "side": "up"}]}, "given.pain_at[0].side"),
        ({"age": 33, "pain": {"run": 11}}, "given.pain.run"),
        ({"age": 33, "pain": {"run": True}}, "given.pain.run"),
        ({"age": 33, "answers": {"night-rest-pain": "maybe"}}, "given.answers.night-rest-pain"),
        ({"age": 33, "tests": {"sl-heel-raise-reps": {"right": -1}}}, "given.tests.sl-heel-raise-reps.right"),
        ({"age": 33, "days": []}, "given.days"),
    ],
)
def test_a_problem_names_the_key_and_what_was_found(
    api: httpx.Client, given: dict[str, Any], key: str
) -> None:
    for address in ("/api/v1/assessments", "/api/v1/plans", "/api/v1/next-question"):
        response = api.post(address, json={"given": given})

        assert response.status_code == 422
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["key"] == key
        assert response.json()["detail"].count("\n") == 0


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"given": 3}', '{"given": {"age": 33}, "more": 1}'])
def test_a_body_of_another_shape_is_a_problem_too(api: httpx.Client, body: str) -> None:
    response = api.post("/api/v1/assessments", content=body, headers={"content-type": "application/json"})

    assert response.status_code == 422
    assert response.json()["title"]
    assert response.json()["key"].startswith("body")


@pytest.mark.slow
def test_the_api_and_the_command_line_answer_alike(
    api: httpx.Client, answers_no: dict[str, str], tmp_path: Path
) -> None:
    case = tmp_path / "case.toml"
    case.write_text(toml({**KNEE, "answers": answers_no}), encoding="utf-8")

    command = [sys.executable, "-m", "weaklink", "assess", str(case), "--json"]
    printed = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout

    assert assess(api, {**KNEE, "answers": answers_no}) == json.loads(printed)


def toml(given: dict[str, Any]) -> str:
    """A case file of plain values and tables; JSON writes inline values the same way, but for the colon."""
    lines = ["[given]"]
    lines += [f"{key} = {inline(value)}" for key, value in given.items()]
    return "\n".join(lines)


def inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {inline(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return json.dumps(value)


def test_questions_come_one_screen_at_a_time_until_enough_is_known(
    api: httpx.Client, library: Library
) -> None:
    given: dict[str, Any] = {"age": 33, "pain_at": ["knee-anterior"], "pain": {"run": 4}, "answers": {}}
    screens = []
    while True:
        step = api.post("/api/v1/next-question", json={"given": given}).json()
        if step["screen"] is None:
            break
        screens.append(step["screen"])
        assert step["questions"]
        assert step["number"] <= step["at_most"]
        for question in step["questions"]:
            given["answers"][question["id"]] = "no" if "no" in question["answers"] else "unsure"

    assert screens[0] == "first-checks"
    assert len(screens) == len(set(screens))
    assert len(screens) <= 12


def test_the_knowledge_can_be_read_record_by_record(api: httpx.Client, library: Library) -> None:
    found = api.get("/api/v1/knowledge/weak-links/quads--knee-anterior")
    missing = api.get("/api/v1/knowledge/weak-links/quads--moon")
    secret = api.get("/api/v1/knowledge/doses/x")

    assert found.json()["against"] == library.weak_links["quads--knee-anterior"].against
    assert missing.status_code == secret.status_code == 404
    assert missing.headers["content-type"] == "application/problem+json"
    assert api.get("/api/v1/schema").json() == json.loads(json.dumps(case_schema(library)))
    assert {entry["id"] for entry in api.get("/api/v1/questions").json()} == set(library.questions)
    assert {entry["id"] for entry in api.get("/api/v1/clinical-tests").json()} <= set(library.clinical_tests)


def test_what_nobody_serves_is_a_problem_as_well(api: httpx.Client) -> None:
    for response, status in ((api.get("/api/v1/nothing"), 404), (api.get("/api/v1/plans"), 405)):
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"


def test_no_number_is_too_long_or_too_odd(api: httpx.Client) -> None:
    for number in ("1" + "0" * 400, "1e400", "-1e400", "NaN", "0.5"):
        body = f'{{"given": {{"age": 33, "tests": {{"sl-heel-raise-reps": {{"right": {number}}}}}}}}}'
        response = api.post("/api/v1/assessments", content=body, headers={"content-type": "application/json"})

        assert response.status_code == 422, number


def test_every_reference_in_the_description_leads_somewhere(api: httpx.Client) -> None:
    text = api.get("/api/v1/openapi.json").text
    document = json.loads(text)

    named = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert named == set(document["components"]["schemas"])


def test_parts_that_do_not_go_together_are_a_conflict_that_names_them(api: httpx.Client) -> None:
    clam = {"move": "clamshell", "sets": 3, "reps": 12, "days": ["mon"]}
    for address in ("/api/v1/assessments", "/api/v1/plans", "/api/v1/next-question"):
        twice = api.post(address, json={"given": {"age": 33, "prescribed": [clam, clam]}})
        wrong = api.post(address, json={"given": {"age": 33, "prescribed": [{**clam, "sets": 0}]}})

        assert (twice.status_code, twice.json()["key"]) == (409, "given.prescribed")
        assert "twice on mon" in twice.json()["detail"]
        assert (wrong.status_code, wrong.json()["key"]) == (422, "given.prescribed[0].sets")
