"""Running a clinical story: the case file through the whole chain, and what it expects compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from tests.cases.plan_checks import PLAN_CHECKS
from weaklink.care.answer import answer
from weaklink.care.begin import assess
from weaklink.case.assessment import Assessment
from weaklink.case.case_file import Case, read_case
from weaklink.case.plan import Plan
from weaklink.library.reading import Library
from weaklink.library.wording import shipped_wording
from weaklink.quantities import TIERS
from weaklink.training.dose.phased import followed, phased
from weaklink.training.plan.planning import plan_from
from weaklink.training.programme.foothold import Foothold

FOLDER = Path(__file__).resolve().parent
TAGS = {"ANY_PLYO": "impact", "ANY_PRONE": "prone", "ANY_SUPINE": "supine"}
KEYS = {
    "tier", "tier_at_most", "allows", "rules", "conditions_top3", "weak", "not_weak", "plan_any", "plan_not",
    "plan_none", "next_test", "leads", "guards", "unasked", "contradicts", "max_level", "heading", "conflict",
    "not_likely", "sides", "conditions_not_first", "phase", "gates_open",
    *PLAN_CHECKS,
}  # fmt: skip


def case_files() -> list[Path]:
    """Every story of the folder."""
    return sorted(FOLDER.rglob("*.toml"))


def planned(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Every item of the answer's plan."""
    weeks = (document["plan"] or {"weeks": []})["weeks"]
    sessions = [session for week in weeks for session in week["sessions"]]
    stretches = [item for week in weeks for item in week.get("run_day_stretches", [])]
    return [item for session in sessions for item in session["items"]] + stretches


def complaints(case: Case, library: Library) -> list[str]:
    """What a case expected and did not find; empty when it passes."""
    document = answer(_in_phase(assess(case.given, library), case, library), shipped_wording())
    unknown = set(case.expect) - KEYS
    found = [f"unknown expectation {key}" for key in sorted(unknown)]
    for key, expected in case.expect.items():
        if key in CHECKS and not CHECKS[key](expected, document, library):
            found.append(f"{key}: expected {expected}; found {_brief(key, document)}")
    return found + _invariants(document, library)


def _in_phase(found: Assessment, case: Case, library: Library) -> Assessment:
    """The answer with the plan of the phase a story is about, as if it had come that far."""
    phase = case.expect.get("phase")
    if phase is None or found.plan is None:
        return found
    assert found.plan.follows is not None, "no programme is followed"
    gates = tuple(case.expect.get("gates_open", ()))
    foothold = Foothold(programme=found.plan.follows.programme, phase=phase, since=3, week=3, open=gates)
    base = followed(case.given, library, found.disposition, found.differential)
    plan = plan_from(phased(base, foothold))
    assert isinstance(plan, Plan), f"no plan in the phase {phase}"
    return msgspec.structs.replace(found, plan=plan)


def _brief(key: str, document: dict[str, Any]) -> object:
    if key in PLAN_CHECKS and document["plan"]:
        return [
            (week["number"], session["day"], session["minutes"], [_short(item) for item in session["items"]])
            for week in document["plan"]["weeks"]
            if week["number"] in (1, 3)
            for session in week["sessions"][:2]
        ]
    if key in PLAN_CHECKS or key.startswith("plan") or key == "max_level":
        return sorted({item["id"] for item in planned(document)}) or f"refused: {document['plan_refused']}"
    if key.startswith("conditions"):
        return [entry["id"] for entry in document["conditions"][:5]]
    if key in ("weak", "not_weak", "leads", "not_likely", "sides"):
        return [(h["area"], h["side"], h["verdict"]) for h in document["hypotheses"][:8]]
    if key == "next_test":
        return document["next_test"]
    disposition = document["disposition"]
    return {**disposition, "rules": [rule["id"] for rule in disposition["rules"]]}


def _short(item: dict[str, Any]) -> str:
    numbers = [f"{name} {item[name]}" for name in ("sets", "reps", "hold_s", "rir") if name in item]
    return " ".join([item["id"], *numbers])


def _invariants(document: dict[str, Any], library: Library) -> list[str]:
    """What must hold of every answer, whatever a case expects."""
    found = []
    if document["disposition"]["allows"] == "nothing":
        text = repr({**document, "disposition": None})
        named = [exercise for exercise in library.exercises if f"'{exercise}'" in text]
        found += [f"a referral names the exercise {exercise}" for exercise in named]
    if (document["plan"] is None) != bool(document["plan_refused"] or document["conflict"]):
        found.append("a plan is missing without a refusal, or refused and there")
    return found


def _plan_not(expected: list[str], document: dict[str, Any], library: Library) -> bool:
    items = planned(document)
    ids = {item["id"] for item in items}
    if "ANY_EXERCISE" in expected and any(item["kind"] != "load-advice" for item in items):
        return False
    if "ANY_STRETCH" in expected and any(item["kind"] == "stretch" for item in items):
        return False
    tags = {TAGS[name] for name in expected if name in TAGS}
    tagged = [library.exercises[item] for item in ids if item in library.exercises]
    if any(tags & set(exercise.tags) for exercise in tagged):
        return False
    if "ANY_PLYO" in expected and any(exercise.level >= 6 for exercise in tagged):
        return False
    return not ids & set(expected)


def _weak(expected: list[str], document: dict[str, Any], library: Library) -> bool:
    flagged = {h["area"] for h in document["hypotheses"] if h["verdict"] in ("likely", "possible")}
    return set(expected) <= flagged


def _likely(areas: list[str], document: dict[str, Any]) -> set[str]:
    return {h["area"] for h in document["hypotheses"] if h["verdict"] == "likely"} & set(areas)


def _sides(expected: dict[str, str], document: dict[str, Any], library: Library) -> bool:
    """Each area is flagged, and on no other side."""
    flagged = [h for h in document["hypotheses"] if h["verdict"] in ("likely", "possible")]
    return all({h["side"] for h in flagged if h["area"] == area} == {side} for area, side in expected.items())


def _not_weak(expected: list[str], document: dict[str, Any], library: Library) -> bool:
    strength = [h for h in document["hypotheses"] if h["kind"] == "strength"]
    flagged = {h["area"] for h in strength if h["verdict"] in ("likely", "possible")}
    return not flagged if expected == ["ANY"] else not flagged & set(expected)


def _max_level(expected: int, document: dict[str, Any], library: Library) -> bool:
    ids = {item["id"] for item in planned(document)} & set(library.exercises)
    return all(library.exercises[item].level <= expected for item in ids)


def _plan_any(expected: list[list[str]], document: dict[str, Any], library: Library) -> bool:
    ids = {item["id"] for item in planned(document)}
    return all(ids & set(group) for group in expected)


CHECKS: dict[str, Any] = {
    "tier": lambda e, d, _: TIERS.index(d["disposition"]["tier"]) <= TIERS.index(e),
    "tier_at_most": lambda e, d, _: TIERS.index(d["disposition"]["tier"]) >= TIERS.index(e),
    "allows": lambda e, d, _: d["disposition"]["allows"] == e,
    "rules": lambda e, d, _: set(e) <= {rule["id"] for rule in d["disposition"]["rules"]},
    "contradicts": lambda e, d, _: (
        set(e) <= {c for rule in d["disposition"]["rules"] for c in rule.get("contradicts", [])}
    ),
    "guards": lambda e, d, _: set(e) <= set(d["disposition"]["guards"]),
    "unasked": lambda e, d, _: set(e) <= set(d["disposition"]["unasked"]),
    "conditions_top3": lambda e, d, _: set(e) <= {entry["id"] for entry in d["conditions"][:3]},
    "weak": _weak,
    "not_weak": _not_weak,
    "leads": lambda e, d, _: (
        bool(d["hypotheses"]) and d["hypotheses"][0]["area"] in ([e] if isinstance(e, str) else e)
    ),
    "not_likely": lambda e, d, _: not _likely(e, d),
    "sides": _sides,
    "conditions_not_first": lambda e, d, _: not d["conditions"] or d["conditions"][0]["id"] not in e,
    "plan_any": _plan_any,
    "plan_not": _plan_not,
    "plan_none": lambda e, d, _: (d["plan"] is None) == e,
    "max_level": _max_level,
    "heading": lambda e, d, _: bool(d["plan"]) and d["plan"]["heading"] == e,
    "conflict": lambda e, d, _: (d["conflict"] is not None) == e,
    "next_test": lambda e, d, _: (
        bool(d["next_test"]) and d["next_test"]["id"] in ([e] if isinstance(e, str) else e)
    ),
    **PLAN_CHECKS,
}


def read(path: Path, library: Library) -> Case:
    """A story from its file."""
    return read_case(path.read_text(encoding="utf-8"), library)
