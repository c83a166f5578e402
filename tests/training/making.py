"""Small hand-made knowledge and runners for the tests of the training chapter."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

from weaklink.case.disposition import Disposition, FiredRule
from weaklink.case.given import Given, PainPlace, Result, RunningLoad
from weaklink.case.hypothesis import Differential, Hypothesis, RankedCondition
from weaklink.library.reading import KINDS, Library
from weaklink.library.records import (
    Area,
    ClinicalTest,
    Condition,
    Dose,
    Exercise,
    FirstFor,
    GradedClaim,
    Guard,
    Later,
    Prescription,
    Question,
    Region,
    WeakLink,
)
from weaklink.quantities import WEEKDAYS, Allows, Message, Tier

RECORD: dict[str, Any] = {"status": "draft", "last_checked": datetime.date(2026, 11, 20)}

SELF_MANAGE = Disposition(tier="self-manage", allows="all")
PREVENTION = Disposition(tier="prevention", allows="all")
WAITING = Disposition(tier="see-professional", allows="restricted")
NOTHING_KNOWN = Differential(hypotheses=(), conditions=())


def exercise(name: str, area: str, level: int = 1, **parts: Any) -> Exercise:
    """An exercise with only what the planner looks at."""
    filled: dict[str, Any] = {
        "id": name,
        "name": name.replace("-", " "),
        "kind": "exercise",
        "areas": [area] if area else [],
        "level": level,
        "position": "Stand.",
        "steps": ["Move."],
        "cues": [],
        "cheats": [],
        "stop_if": ["Pain."],
        "dose": "end",
        "sided": False,
        "easier": ["stop"],
        "why": "It helps.",
        "seconds_per_rep": 4.0,
    }
    return Exercise(**{**RECORD, **filled, **parts})


def area(name: str, group: Any) -> Area:
    return Area(
        id=name,
        name=name,
        common_names=[name],
        muscles=[f"{name}-muscle"],
        role=".",
        prevention_group=group,
        **RECORD,
    )


def condition(name: str, profile: str = "joint", **parts: Any) -> Condition:
    return Condition(
        id=name, name=name, sites=["knee-anterior"], tier="self-manage", share="common",
        pain_profile=profile, **{**RECORD, **parts},
    )  # fmt: skip


def guard(name: str, **parts: Any) -> Guard:
    return Guard(id=name, name=name, true_when=[], because="It counts.", effect=[], **{**RECORD, **parts})


def dose(name: str, **numbers: Any) -> Dose:
    return Dose(id=name, name=name, basis="design", gives=Prescription(**numbers), **RECORD)


DOSES = (
    dose("end", sets=(2, 3), reps=(12, 25), rest_s=60, rir=2, per_week=(2, 3)),
    dose("iso", sets=(5, 5), hold_s=(30, 45), rest_s=120, per_week=(3, 7)),
    dose("motor", sets=(2, 3), reps=(8, 12), hold_s=(3, 10), rest_s=30, rir=4, per_week=(3, 7)),
    dose("heavy", sets=(3, 4), reps=(4, 8), rest_s=150, per_week=(2, 2), load="heavy"),
    dose("stretch", sets=(2, 3), hold_s=(30, 30), per_week=(3, 7)),
)
AREAS = (
    area("glute-med", "gluteals"),
    area("quads", "quadriceps"),
    area("hamstrings", "hamstrings"),
    area("calf-gastroc", "calf"),
    area("tib-post", "tibialis-posterior"),
    area("core-anterior", "core"),
    area("upper-back", "upper-back"),
    area("hip-rotators", None),
    area("nowhere", None),
)
AROUND_RUNS: dict[str, Any] = {
    "around_runs": ["before-run", "after-run"],
    "around_runs_with": ["quads"],
    "around_runs_sites": ["knee-anterior", "thigh-anterior", "thigh-posterior"],
}
LATER_KNEE = Later(when="patellofemoral-pain", cap="no deeper than 45 degrees")
EXERCISES = (
    exercise("glute-hold", "glute-med", 0, harder="clamshell", dose="iso", sided=True),
    exercise(
        "clamshell", "glute-med", 1, areas=["glute-med", "hip-rotators"], sided=True, article="A",
        easier=["glute-hold"], harder="side-lift", leave_at=20,
        own_dose=Prescription(sets=(1, 2), reps=(10, 50)), never_in=["gtps"],
    ),
    exercise("side-lift", "glute-med", 2, harder="band-walk", sided=True, easier=["clamshell"]),
    exercise("band-walk", "glute-med", 3, needs=["band"], article="B", easier=["side-lift"],
             harder="step-drop", substitutes={"band": "side-lift"}),
    exercise("step-drop", "glute-med", 4, needs=["step"], easier=["band-walk"], sided=True),
    exercise("lateral-bound", "glute-med", 6, tags=["impact"], easier=["step-drop"]),
    exercise("quad-set", "quads", 0, harder="straight-leg-raise", dose="iso", sided=True),
    exercise("straight-leg-raise", "quads", 1, sided=True, article="A", easier=["quad-set"], tags=["supine"],
             harder="sit-to-stand", own_dose=Prescription(sets=(3, 4), reps=(10, 20)),
             first_for=FirstFor(levels=["planning", "novice"], sites=["knee-anterior"])),
    exercise("sit-to-stand", "quads", 2, easier=["straight-leg-raise"]),
    exercise("wall-squat", "quads", 3, article="A", easier=["straight-leg-raise"], later_in=[LATER_KNEE],
             harder="leg-press", own_dose=Prescription(sets=(1, 2), reps=(10, 20), hold_s=(5, 10)), seconds_per_rep=11.0,
             first_for=FirstFor(levels=["seasoned"], painless_in="wall-squat-pain")),
    exercise("leg-press", "quads", 4, needs=["machine"], dose="heavy", easier=["wall-squat"]),
    exercise("heel-dig", "hamstrings", 0, harder="long-bridge", dose="iso", sided=True),
    exercise("long-bridge", "hamstrings", 2, easier=["heel-dig"]),
    exercise("seated-raise", "calf-gastroc", 1, harder="heel-raise"),
    exercise("heel-raise", "calf-gastroc", 2, harder="one-leg-raise", easier=["seated-raise"]),
    exercise("one-leg-raise", "calf-gastroc", 4, easier=["heel-raise"], sided=True, article="B",
             never_in=["calf"]),
    exercise("short-foot", "tib-post", 1, harder="ball-raise", dose="motor", sided=True),
    exercise("ball-raise", "tib-post", 2, needs=["ball"], article="A", followed_by="foot-stretch",
             easier=["short-foot"]),
    exercise("bird-dog", "core-anterior", 1, harder="plank", dose="motor"),
    exercise("plank", "core-anterior", 3, easier=["bird-dog"],
             own_dose=Prescription(reps=(1, 1), hold_s=(20, 45))),
    exercise("wall-slide", "upper-back", 1, harder="pull", dose="motor"),
    exercise("pull", "upper-back", 2, needs=["bar"], article="B", easier=["wall-slide"]),
    exercise("old-move", "quads", 1, status="retired", article="A"),
    exercise("hopeless", "quads", 1, easier=[], article="A"),
    exercise("hop-drill", "", 1, kind="drill", dose="motor", tags=["impact"], areas=["calf-gastroc"]),
    exercise("balance", "", 1, kind="drill", dose="motor"),
    exercise("hamstring-stretch", "", 1, kind="stretch", dose="stretch", stretches=["hamstrings"],
             never_in=["pht"], sided=True, article="A", **AROUND_RUNS),
    exercise("quad-stretch", "", 1, kind="stretch", dose="stretch", stretches=["quads-muscle"], sided=True,
             article="A", **AROUND_RUNS),
    exercise("foot-stretch", "", 1, kind="stretch", dose="stretch", never_in=["tib-post-tendinopathy"],
             sided=True),
)  # fmt: skip
CONDITIONS = (
    condition("patellofemoral-pain", running="Easy flat runs may go on."),
    condition("gtps", "tendon-compressed"),
    condition("tibial-bsi", "bone"),
    condition("achilles-mid", "tendon"),
    condition("pht", "tendon"),
)
GUARDS = (
    guard("minor", max_level=3, min_rir=3),
    guard("postpartum", max_level=1, forbids_running=True, forbids_tags=["impact", "supine"]),
)
TESTS = (
    ClinicalTest(
        id="wall-squat-pain", name="wall squat", areas=["quads"], performed_by="self", value="pain-at-levels",
        better="none", steps=[], stop=[], minutes=3, unit="", **RECORD,
    ),
    ClinicalTest(
        id="heel-raises", name="heel raises", areas=["calf-gastroc"], performed_by="self", value="number",
        better="higher", steps=[], stop=[], minutes=3, unit="reps", **RECORD,
    ),
)  # fmt: skip
CLAIM = GradedClaim(grade="limited", says=".", mark="read", sources=["neal-2019"])
WEAK_LINK = WeakLink(
    id="quads--knee-anterior", area="quads", site="knee-anterior", chain=[], predicts=CLAIM, present=CLAIM,
    helps=CLAIM, against="No study tested this.", **RECORD,
)  # fmt: skip
REGIONS = tuple(
    Region(id=name, name=name, common_names=[name], figure_region="knee", views=["front"], **RECORD)
    for name in ("knee-anterior", "calf", "hip-lateral", "ischial")
)
NOTED = tuple(
    Question(id=name, kind="yes-no", text="?", decides="runner", plan_note=note, **RECORD)
    for name, note in (("follows-physio", "follows-physio"), ("own-routine", "weave-in"))
)
QUESTION = Question(
    id="knee-cave-in", kind="choice", text="?", decides="finding", areas=["glute-med"], **RECORD
)


def library(*exercises: Exercise, **kinds: Any) -> Library:
    """A library of the records above; `exercises` replaces the exercises."""
    records: dict[str, Any] = {
        **dict.fromkeys((kind.replace("-", "_") for kind in KINDS), ()),
        "doses": DOSES,
        "areas": AREAS,
        "regions": REGIONS,
        "conditions": CONDITIONS,
        "guards": GUARDS,
        "clinical_tests": TESTS,
        "questions": (QUESTION, *NOTED),
        "weak_links": (WEAK_LINK,),
        "exercises": exercises or EXERCISES,
        **kinds,
    }
    return Library(
        edition="test", **{name: {r.id: r for r in sorted(group, key=lambda r: r.id)} for name, group in records.items()}
    )  # fmt: skip


LIBRARY = library()


def hypothesis(area: str, side: str = "right", verdict: str = "likely", **parts: Any) -> Hypothesis:
    """A weak area on a side."""
    filled: dict[str, Any] = {"kind": "strength", **parts}
    return Hypothesis(area=area, side=side, verdict=verdict, **filled)  # type: ignore[arg-type]


def differential(
    *hypotheses: Hypothesis, conditions: dict[str, str] | None = None, **parts: Any
) -> Differential:
    """Hypotheses in order, and conditions by verdict."""
    ranked = tuple(RankedCondition(id=i, side="right", verdict=v) for i, v in (conditions or {}).items())  # type: ignore[arg-type]
    return Differential(hypotheses=hypotheses, conditions=ranked, **parts)


def refused(tier: Tier = "within-week", allows: Allows = "nothing") -> Disposition:
    """A disposition whose one rule decides."""
    rule = FiredRule(id="night-rest-pain", tier=tier, allows=allows, because=Message("x"))
    return Disposition(tier=tier, allows=allows, rules=(rule,))


def sore_knee(**parts: Any) -> Given:
    """A novice with a sore right kneecap whose heel raises were counted."""
    filled: dict[str, Any] = {
        "age": 24,
        "sex": "female",
        "level": "novice",
        "pain_at": (PainPlace("knee-anterior", "right"),),
        "pain": {"run": 4},
        "tests": {"heel-raises": {"right": Result(value=11), "left": Result(value=18)}},
        "minutes": 20,
        "days": ("mon", "wed", "fri"),
    }
    return Given(**{**filled, **parts})


KNEE = differential(
    hypothesis("quads", claims=("quads--knee-anterior",)),
    hypothesis("glute-med", verdict="possible"),
    conditions={"patellofemoral-pain": "likely"},
)


def healthy(**parts: Any) -> Given:
    """Someone without pain who starts to run."""
    filled: dict[str, Any] = {"age": 29, "level": "planning", "minutes": 25, "days": 2}
    return Given(**{**filled, **parts})


# --- strategies -----------------------------------------------------------------------------------------

SITES = ("knee-anterior", "calf", "hip-lateral", "ischial")
SIDES = ("right", "left", "both", "not-said")
EQUIPMENT = ("band", "ball", "machine", "weight", "belt", "box", "swiss-ball", "bench", "bar", "roller")


@st.composite
def runners(draw: st.DrawFn, sites: tuple[str, ...] = SITES) -> Given:
    """Any runner: age, level, pain, days, hard runs, equipment, time."""
    tested = draw(st.booleans())
    tests = {"heel-raises": {"right": Result(value=11, pain=draw(st.integers(0, 8)))}} if tested else {}
    days = st.one_of(
        st.integers(1, 7), st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True).map(tuple)
    )
    return Given(
        age=draw(st.integers(10, 90)),
        level=draw(st.sampled_from(("planning", "novice", "regular", "seasoned"))),
        pain_at=tuple(
            PainPlace(site, draw(st.sampled_from(SIDES)))
            for site in draw(st.lists(st.sampled_from(sites), unique=True, max_size=2))
        ),
        tests=tests,
        equipment=draw(st.frozensets(st.sampled_from(EQUIPMENT))),
        minutes=draw(st.integers(5, 90)),
        days=draw(days),
        hard_runs=tuple(draw(st.lists(st.sampled_from(WEEKDAYS), unique=True, max_size=3))),
        load=draw(st.none() | st.builds(RunningLoad, longest_run_30d_km=st.floats(1, 40))),
    )


VERDICTS = ("likely", "possible", "unlikely", "cannot-tell")


@st.composite
def differentials(draw: st.DrawFn, areas: tuple[str, ...], conditions: tuple[str, ...]) -> Differential:
    """Any ranking over these areas and conditions."""
    hypotheses = tuple(
        hypothesis(
            name, draw(st.sampled_from(("right", "left", "both", "none"))), draw(st.sampled_from(VERDICTS))
        )
        for name in draw(st.lists(st.sampled_from(areas), max_size=5))
    )
    ranked = {
        name: draw(st.sampled_from(VERDICTS))
        for name in draw(st.sets(st.sampled_from(conditions), max_size=3))
    }
    return differential(*hypotheses, conditions=ranked, no_deficit=draw(st.integers(0, 5)) == 0)


@st.composite
def dispositions(draw: st.DrawFn, guards: tuple[str, ...]) -> Disposition:
    """Any disposition that allows something."""
    allows = draw(st.sampled_from(("no-impact", "restricted", "all")))
    tier = "self-manage" if allows == "all" else "see-professional"
    held = tuple(sorted(draw(st.sets(st.sampled_from(guards), max_size=2))))
    return Disposition(tier=tier, allows=allows, guards=held)  # type: ignore[arg-type]
