"""The JSON Schema of case file and answer, made from the library so that it never lags behind."""

from __future__ import annotations

from typing import Any, get_args

from weaklink.care.as_told import answerable
from weaklink.case.case_file import MAX_STORY, possible_answers
from weaklink.case.diary import diary_schema
from weaklink.case.given import Sex
from weaklink.case.lifting import LEGS_LIFTED
from weaklink.case.load import BAND_COLOURS, MARKED_IN, MOST_KG, OWNED_KINDS
from weaklink.case.prescription import (
    AGREED,
    HELD_KINDS,
    LIMITS,
    MOST_AGREED,
    MOST_MOVES,
    MOST_NAME,
    NAMED,
)
from weaklink.case.prescription import SIDES as PRESCRIBED_SIDES
from weaklink.library.reading import Library
from weaklink.library.records import ClinicalTest, Equipment, PainSituation, Question
from weaklink.quantities import ALLOWS, LEVELS, TIERS, WEEKDAYS, Side, Verdict, WeakLinkKind
from weaklink.training.plan.plan_document import plan_schema

Schema = dict[str, Any]
PAIN: Schema = {"type": "integer", "minimum": 0, "maximum": 10}
SIDES = ["right", "left", "both", "not-said"]


def case_schema(library: Library) -> Schema:
    """The schema of a case file; the answer's stands under $defs/answer."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "weaklink case",
        "description": f"Case file and answer, knowledge edition {library.edition}",
        "type": "object",
        "required": ["given"],
        "additionalProperties": False,
        "properties": {
            "story": {"type": "string", "maxLength": MAX_STORY},
            "statements": {"type": "array", "items": {"type": "string"}},
            "given": given_schema(library),
            "expect": {"type": "object", "description": "checked by the case runner, ignored by assess"},
            "course": {"type": "object", "description": "how weeks go; read by course, ignored by assess"},
        },
        "$defs": {"answer": answer_schema(), **plan_schema()["$defs"]},
    }


def given_schema(library: Library) -> Schema:
    """The schema of [given]."""
    return {
        "type": "object",
        "required": ["age"],
        "additionalProperties": False,
        "properties": {
            **_runner_keys(),
            "prescribed": _prescribed(library),
            "pain_at": _pain_at(sorted(library.regions)),
            "pain": _closed(dict.fromkeys(get_args(PainSituation), PAIN)),
            "pain_at_start": _closed(dict.fromkeys(get_args(PainSituation), PAIN)),
            "answers": _closed({question.id: _answer(question) for question in library.questions.values()}),
            "tests": _closed({test.id: _test(test) for test in library.clinical_tests.values()}),
        },
    }


def _runner_keys() -> Schema:
    days = {"type": "array", "items": {"enum": list(WEEKDAYS)}}
    count = {"type": "integer", "minimum": 1, "maximum": 20}
    return {
        "age": {"type": "integer", "minimum": 10, "maximum": 100},
        "sex": {"enum": list(get_args(Sex))},
        "level": {"enum": list(LEVELS)},
        "km_per_week": {"type": "number", "minimum": 0, "maximum": 500},
        "since_days": {"type": "integer", "minimum": 0, "maximum": 36500},
        "equipment": {"type": "array", "items": {"enum": list(get_args(Equipment))}},
        "mass_kg": {"type": "number", "minimum": 20, "maximum": 300},
        "owns": {"type": "array", "items": _owned()},
        "lifts": _lifts(),
        "programme": {"type": "boolean"},
        "minutes": {"type": "integer", "minimum": 5, "maximum": 90},
        "days": {"oneOf": [{**days, "minItems": 1}, {"type": "integer", "minimum": 1, "maximum": 7}]},
        "hard_runs": days,
        "wish": _closed({"areas": count, "rounds": count}),
        "load": _closed(
            {
                name: {"type": "number", "minimum": 0, "maximum": 10_000}
                for name in ("longest_run_30d_km", "longest_run_before_pain_km", "spike_percent")
            }
        ),
        "country": {"type": "string", "pattern": "^([A-Za-z]{2})?$"},
        "story": {"type": "string", "maxLength": MAX_STORY},
    }


def _owned() -> Schema:
    one = {"type": "number", "minimum": 0.5, "maximum": MOST_KG}
    kg = {"oneOf": [one, {"type": "array", "items": one}]}
    any_of_it = {"kg": kg, "marked_in": {"enum": list(MARKED_IN)}}
    colours = {"type": "array", "items": {"enum": list(BAND_COLOURS)}}
    others = [kind for kind in OWNED_KINDS if kind != "band"]
    band = _closed({"kind": {"enum": ["band"]}, "colours": colours, **any_of_it})
    # Nothing else has a colour.
    other = _closed({"kind": {"enum": others}, "colours": {**colours, "maxItems": 0}, **any_of_it})
    return {"oneOf": [{**one, "required": ["kind"]} for one in (band, other)]}


def _prescribed(library: Library) -> Schema:
    """The moves of the physiotherapist: one of ours, or one in own words that says what it trains."""
    text = {"type": "string", "maxLength": MOST_NAME}
    days = {"type": "array", "items": {"enum": list(WEEKDAYS)}, "minItems": 1}
    about = {"type": "string", "pattern": f"^{AGREED.pattern}$"}
    shared = {
        **{
            name: {"type": "integer", "minimum": low, "maximum": high} for name, (low, high) in LIMITS.items()
        },
        "side": {"enum": list(PRESCRIBED_SIDES)},
        "load": _held(),
        "days": days,
        "by": text,
        "agreed": {"type": "array", "items": about, "maxItems": MOST_AGREED},
    }
    ours = _closed({"move": {"enum": sorted(library.exercises)}, **shared})
    areas = {"type": "array", "items": {"enum": sorted(library.areas)}}
    named = {**text, "pattern": NAMED.pattern}
    own = _closed({"named": named, "areas": areas, "jumps": {"type": "boolean"}, **shared})
    dose = {"anyOf": [{"required": ["reps"]}, {"required": ["hold_s"]}]}
    either = [
        {**ours, **dose, "required": ["move", "sets", "days"]},
        {**own, **dose, "required": ["named", "areas", "sets", "days"]},
    ]
    return {"type": "array", "items": {"oneOf": either}, "maxItems": MOST_MOVES}


def _held() -> Schema:
    """What is held: nothing, a band with its colour, or something with its kilograms."""
    kg = {"kg": {"type": "number", "minimum": 0.5, "maximum": MOST_KG}}
    heavy = [kind for kind in HELD_KINDS if kind not in ("none", "band")]
    ways: list[Schema] = [
        {"kind": {"enum": ["none"]}},
        {"kind": {"enum": ["band"]}, "colour": {"enum": list(BAND_COLOURS)}, **kg},
        {"kind": {"enum": heavy}, **kg},
    ]
    return {"oneOf": [{**_closed(way), "required": ["kind"]} for way in ways]}


def _lifts() -> Schema:
    kg = {"type": "number", "minimum": 1, "maximum": MOST_KG}
    return _closed({"legs": {"enum": list(LEGS_LIFTED)}, "squat_kg": kg, "deadlift_kg": kg})


def _pain_at(sites: list[str]) -> Schema:
    place = _closed({"site": {"enum": sites}, "side": {"enum": SIDES}})
    return {"type": "array", "items": {"oneOf": [{"enum": sites}, {**place, "required": ["site"]}]}}


def _closed(properties: Schema) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _answer(question: Question) -> Schema:
    if question.kind != "number":
        return {"enum": possible_answers(question), "description": question.text}
    limits = {"minimum": question.min, "maximum": question.max}
    number = {"type": "number", **{key: value for key, value in limits.items() if value is not None}}
    return {"oneOf": [number, {"const": "unsure"}], "description": question.text}


def _test(test: ClinicalTest) -> Schema:
    result = _result(test)
    by_side = _closed(dict.fromkeys([*SIDES, "none"], result))
    return {"anyOf": [result, {**by_side, "minProperties": 1}], "description": f"{test.name} ({test.unit})"}


def _result(test: ClinicalTest) -> Schema:
    if test.value == "pain-at-levels":
        return {**_closed({**dict.fromkeys(test.levels, PAIN), "pain": PAIN}), "minProperties": 1}
    if test.value == "option":
        plain: Schema = {"enum": [option.id for option in test.options]}
    else:
        kind = "integer" if test.whole else "number"
        plain = {"anyOf": [{"type": kind, "minimum": test.min, "maximum": test.max}, {"const": "unable"}]}
    return {"anyOf": [plain, {**_closed({"value": plain, "pain": PAIN}), "minProperties": 1}]}


def answer_schema() -> Schema:
    """The schema of the answer; the plan's own parts stand under $defs of the whole."""
    text_list = {"type": "array", "items": {"type": "string"}}
    verdict = {"enum": list(get_args(Verdict))}
    side = {"enum": list(get_args(Side))}
    text = {"type": "string"}
    rule = _closed({"id": text, "tier": {"enum": list(TIERS)}, "because": text, "contradicts": text_list})
    hypothesis = _closed(
        {
            "area": text,
            "side": side,
            "kind": {"enum": list(get_args(WeakLinkKind))},
            "verdict": verdict,
            "for": text_list,
            "against": text_list,
            "claims": text_list,
        }
    )
    return _closed(
        {
            "disposition": _closed(
                {
                    "tier": {"enum": list(TIERS)},
                    "allows": {"enum": list(ALLOWS)},
                    "rules": {"type": "array", "items": rule},
                    "unasked": text_list,
                    "guards": text_list,
                }
            ),
            "hypotheses": {"type": "array", "items": hypothesis},
            "conditions": {
                "type": "array",
                "items": _closed({"id": {"type": "string"}, "verdict": verdict, "side": side}),
            },
            "next_test": {
                "anyOf": [{"type": "null"}, _closed({"id": {"type": "string"}, "why": {"type": "string"}})]
            },
            "plan": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/PlanDocument"}]},
            "plan_refused": text_list,
            "conflict": {
                "anyOf": [{"type": "null"}, _closed({"conflicts": text_list, "nearest": text_list})]
            },
            "edition": {"type": "string"},
        }
    )


def entry_schemas(library: Library) -> Schema:
    """The schemas of diary entries by name, with the ids a library knows; `DiaryEntry` is any of them."""
    whole = diary_schema()
    shapes: Schema = whole["$defs"]
    asked = shapes["Rescreened"]["properties"]
    asked["answers"]["propertyNames"] = {"enum": sorted(answerable(library))}
    asked["new_places"]["items"]["prefixItems"][0] = {"enum": sorted(library.regions)}
    shapes["Tested"]["properties"]["tests"] = given_schema(library)["properties"]["tests"]
    return {
        **shapes,
        "DiaryEntry": {key: part for key, part in whole.items() if key in ("anyOf", "discriminator")},
    }
