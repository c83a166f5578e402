"""Statements kept: what the articles ask for, held against the rules themselves and not against one story."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import numpy as np
import pytest

from tests.care.diarist import Diarist
from tests.training.virtual_runners import ACHILLES, HIP, KNEE, WELL, World
from weaklink.body.muscles import UNITS
from weaklink.care.answer import answer
from weaklink.care.begin import assess
from weaklink.case.assessment import Assessment
from weaklink.case.case_file import read_given
from weaklink.library.movements import movement_of
from weaklink.library.reading import Library, shipped_library
from weaklink.library.records import ALWAYS_THERE
from weaklink.library.wording import shipped_wording
from weaklink.movement.kinematics import place
from weaklink.movement.repetition import Repetition, repetition
from weaklink.quantities import LEVELS
from weaklink.reasoning.explanation import explain
from weaklink.training.dose.training_state import Performed, SlotState
from weaklink.training.progression.next_dose import next_dose

LIBRARY, SAY = shipped_library(), shipped_wording()
MESSAGES = files("weaklink") / "locale" / "en" / "messages"
KNEE_AND_FOOT = tuple(
    site for site in sorted(LIBRARY.regions)
    if site.startswith(("knee-", "ankle-", "heel-", "achilles-")) or site in ("arch", "forefoot", "midfoot-dorsal")
)  # fmt: skip


@pytest.fixture(scope="module")
def world(library: Library) -> World:
    return World(library, SAY)


def at(site: str, side: str = "right") -> list[Any]:
    return [{"site": site, "side": side}] if LIBRARY.regions[site].sided else [site]


def assessed(**said: Any) -> Assessment:
    return assess(read_given({"age": 33, **said}, LIBRARY, assume_unanswered_no=True), LIBRARY, "greedy")


def belief(found: Assessment, area: str) -> float:
    return max((h.belief for h in found.differential.hypotheses if h.area == area), default=0.0)


def chains(site: str, area: str) -> str:
    """Everything a runner reads about the way from a weak area to a painful place."""
    given = read_given({"age": 33, "pain_at": at(site)}, LIBRARY, assume_unanswered_no=True)
    found = explain(given, LIBRARY, assess(given, LIBRARY, "greedy").differential).chains
    said = [SAY.say(m) for c in found if c.area == area for m in (c.weak, *c.steps, c.pain)]
    return " ".join(said).lower()


# --- who is taken in, and what comes first -----------------------------------------------------------------


@pytest.mark.statement("S1")
@pytest.mark.parametrize("site", ["knee-anterior", "knee-lateral", "achilles-mid"])
def test_how_long_one_has_run_changes_the_plan_and_never_the_judgement(site: str) -> None:
    found = [assessed(level=level, pain_at=at(site), pain={"run": 3}) for level in LEVELS]

    assert len({(one.disposition.tier, one.disposition.allows) for one in found}) == 1
    assert all(one.plan is not None for one in found)
    assert len({tuple(c.id for c in one.differential.conditions[:3]) for one in found}) == 1


@pytest.mark.statement("S2")
def test_the_chain_of_consequences_is_told_as_an_idea(library: Library) -> None:
    fact = library.facts["consequence"]

    for part in ("harder to run well", "change how you move", "pain in other places", "second injury"):
        assert part in fact.says
    assert "design-decisions" in {cited.cite for cited in fact.sources}


@pytest.mark.statement("S5")
@pytest.mark.parametrize("site", sorted(LIBRARY.regions))
def test_a_plan_with_nothing_but_the_home_exists_wherever_training_is_allowed(site: str) -> None:
    found = assessed(level="regular", since_days=30, pain_at=at(site), pain={"run": 2}, equipment=[])
    if found.disposition.refers:
        assert found.plan is None
        return
    document = answer(found, SAY)
    sessions = [session for week in document["plan"]["weeks"] for session in week["sessions"]]
    moves = {i["id"] for s in sessions for i in s["items"] if i["kind"] != "load-advice"}

    assert moves
    assert set().union(*(LIBRARY.exercises[name].needs for name in moves)) <= ALWAYS_THERE
    advice = {i["id"] for s in sessions for i in s["items"] if i["kind"] == "load-advice"}
    bones = {c.id for c in found.differential.conditions if LIBRARY.conditions[c.id].pain_profile == "bone"}
    # Running stays, unless a bone is not ruled out yet or impact is not allowed.
    assert "no-running" not in advice or bones or found.disposition.allows == "no-impact"


@pytest.mark.statement("S8")
@pytest.mark.parametrize("site", KNEE_AND_FOOT)
def test_knee_and_foot_pain_lead_to_a_strength_test_before_a_full_plan(site: str) -> None:
    found = assessed(level="regular", since_days=30, pain_at=at(site), pain={"run": 2})
    test = found.next_test

    assert test is not None
    assert LIBRARY.clinical_tests[test.id].areas
    assert LIBRARY.clinical_tests[test.id].performed_by == "self"
    assert found.plan is not None
    assert found.plan.heading in ("before-your-tests", "while-you-wait")


@pytest.mark.statement("S42", "S30", "S52")
@pytest.mark.parametrize(
    ("site", "area"),
    [("ankle-medial", "tib-post"), ("knee-anterior", "quads"), ("heel-plantar", "calf-gastroc")],
)
def test_a_place_alone_puts_its_area_first(site: str, area: str) -> None:
    strength = [
        h for h in assessed(level="regular", pain_at=at(site)).differential.hypotheses if h.kind == "strength"
    ]

    assert strength[0].area == area


# --- visible signs, looked for by oneself -------------------------------------------------------------------


@pytest.mark.statement("S17", "S20", "S21", "S40", "S41", "S56", "S58", "S75")
@pytest.mark.parametrize(
    ("question", "said", "site", "area"),
    [
        ("knee-cave-in", "right", "knee-anterior", "glute-med"),
        ("knee-cave-in", "right", "back-lower", "glute-med"),
        ("pelvic-drop", "right", "knee-lateral", "glute-med"),
        ("pelvic-drop", "right", "back-lower", "glute-med"),
        ("arched-back", "yes", "back-lower", "core-anterior"),
        ("hunched-back", "yes", "back-upper", "upper-back"),
        ("hunched-back", "yes", "neck", "upper-back"),
        ("arch-dropping", "right", "ankle-medial", "tib-post"),
        ("ankle-rolls-in", "right", "knee-medial", "tib-post"),
        ("ankle-sprain", "repeated", "ankle-medial", "tib-post"),
        ("weight-gain", "yes", "ankle-medial", "tib-post"),
    ],
)
def test_a_sign_one_can_see_is_asked_where_it_matters_and_raises_its_area(
    question: str, said: str, site: str, area: str
) -> None:
    without = assessed(pain_at=at(site), answers={question: "no"})
    seen = assessed(pain_at=at(site), answers={question: said})

    assert belief(seen, area) > belief(without, area)
    record = LIBRARY.questions[question]
    assert not record.sites or site in record.sites
    if record.kind_of_link is not None and record.statements[0] in ("S17", "S20", "S40", "S56", "S58"):
        assert record.help, "how to look is said"


@pytest.mark.statement("S40", "S17", "S20")
def test_signs_of_one_leg_are_asked_for_each_side() -> None:
    for question in ("arch-dropping", "ankle-rolls-in", "knee-cave-in", "pelvic-drop"):
        assert {o.id for o in LIBRARY.questions[question].options} >= {"right", "left", "both", "no"}


# --- the way from the weak part to the pain, as it is read ----------------------------------------------------


@pytest.mark.statement("S14", "S15", "S16", "S17", "S43", "S48", "S51", "S52", "S56", "S59")
@pytest.mark.parametrize(
    ("site", "area", "words"),
    [
        ("knee-lateral", "glute-med", ("band",)),
        ("hip-lateral", "glute-med", ()),
        ("buttock", "glute-med", ("piriformis",)),
        ("knee-posterior", "tib-post", ("calf",)),
        ("shin-medial", "calf-soleus", ("shin",)),
        ("heel-plantar", "calf-gastroc", ("band under the foot", "overstretched")),
        ("back-lower", "core-anterior", ("back",)),
        ("back-upper", "upper-back", ()),
    ],
)
def test_the_path_is_told_from_the_weak_part_to_the_place(
    site: str, area: str, words: tuple[str, ...]
) -> None:
    told = chains(site, area)

    assert told
    for word in words:
        assert word in told


@pytest.mark.statement("S15")
def test_pain_in_the_buttock_asks_for_the_nerve_before_the_muscle() -> None:
    question = LIBRARY.questions["leg-tingling"]
    tingling = assessed(pain_at=at("buttock"), answers={"leg-tingling": "yes"})
    quiet = assessed(pain_at=at("buttock"), answers={"leg-tingling": "no"})

    def nerve(found: Assessment) -> float:
        return max(
            (c.belief for c in found.differential.conditions if c.id == "lumbar-radiculopathy"), default=0
        )

    assert not question.sites  # asked wherever it hurts
    assert nerve(tingling) > nerve(quiet)


# --- the body ------------------------------------------------------------------------------------------------


@pytest.mark.statement("S12", "S39", "S47")
@pytest.mark.parametrize(
    "muscle",
    ["gluteus-medius", "gluteus-minimus", "tensor-fasciae-latae", "tibialis-posterior", "semitendinosus"],
)
def test_the_muscles_of_the_articles_are_in_the_body_model(muscle: str) -> None:
    assert UNITS[muscle]
    assert LIBRARY.muscles[muscle].action
    assert LIBRARY.muscles[muscle].in_running


@cache
def moving(exercise: str) -> Repetition:
    return repetition(movement_of(exercise, LIBRARY))


def angles(exercise: str, coordinate: str) -> Any:
    found = moving(exercise)
    return np.degrees(found.coordinates[:, found.skeleton.coordinates.index(coordinate)])


def ball(exercise: str, name: str) -> Any:
    """Where a ball of the body is in every phase [m], (n_phases, 3)."""
    found = moving(exercise)
    return place(found.skeleton, found.coordinates).balls[:, found.skeleton.balls.index(name)]


@pytest.mark.slow
@pytest.mark.statement("S23", "S75")
def test_the_clamshell_as_it_is_drawn_opens_at_the_hip_with_a_still_pelvis_and_feet_together() -> None:
    heels = np.linalg.norm(ball("clamshell", "heel_r") - ball("clamshell", "heel_l"), axis=1)

    for coordinate in ("pelvis_tilt", "pelvis_list", "pelvis_rotation"):
        assert np.ptp(angles("clamshell", coordinate)) < 1
    assert np.ptp(angles("clamshell", "hip_rotation_r")) > 20
    assert np.ptp(heels) < 0.02
    assert "two to three seconds" in " ".join(LIBRARY.exercises["clamshell"].steps)


@pytest.mark.statement("S33", "S75")
def test_the_straight_leg_raise_as_it_is_drawn_keeps_its_knee_straight_and_stays_below_the_other() -> None:
    assert np.abs(angles("straight-leg-raise", "knee_angle_r")).max() < 3
    lifted = ball("straight-leg-raise", "knee_r")[:, 1]
    assert lifted.max() > lifted.min() + 0.1
    assert lifted.max() <= ball("straight-leg-raise", "knee_l")[:, 1].max() + 0.02
    assert len(LIBRARY.exercises["straight-leg-raise"].steps) >= 4


# --- doses that follow the runner ---------------------------------------------------------------------------


@pytest.mark.statement("S25")
def test_the_clamshell_grows_slowly_and_leads_on_from_twenty(world: World) -> None:
    """More repetitions train endurance; where a harder move is open, it is offered from 20."""
    seen, last = clamshells(world, next_rung=True)

    assert seen == sorted(seen)
    assert seen[-1] == 20
    assert last == "sidelying-hip-abduction"


@pytest.mark.statement("S25")
def test_the_clamshell_grows_to_fifty_where_no_harder_move_is_open(world: World) -> None:
    seen, last = clamshells(world, next_rung=False)

    assert seen == sorted(seen)
    assert seen[-1] == 50
    assert last == "clamshell"


def clamshells(world: World, *, next_rung: bool) -> tuple[list[int], str]:
    """The repetitions of easy sessions of clamshells, and the exercise they end with."""
    found = Diarist(world, HIP).day(0).following
    clamshell = found.rungs["clamshell"]
    alone = msgspec.structs.replace(clamshell, harder="", reps=(10, 50))
    ladder = {**found.rungs, "clamshell": clamshell if next_rung else alone}
    state, seen = SlotState(exercise="clamshell", sets=1, reps=10), [10]
    for day in range(0, 80, 2):
        easy = Performed(day=day, completed=1.0, rir=4)
        state = next_dose(state, easy, ladder, found.setting.limits.profile).state
        if state.exercise != "clamshell":
            break
        seen.append(state.reps or 0)
    return seen, state.exercise


@pytest.mark.statement("S65")
@pytest.mark.parametrize(("rir", "grows"), [(0, False), (1, False), (2, True), (3, True), (5, True)])
def test_the_next_dose_leads_to_two_in_reserve(rir: int, grows: bool, world: World) -> None:
    runner = Diarist(world)
    before = dict(runner.doses(0))
    runner.trains(0, pain=0, rir=rir)
    after = runner.doses(2)
    moves = runner.day(2).following.course.sessions[0].moves
    # A drill is for control, and keeps more in reserve than strength does.
    strength = [m for m in moves if LIBRARY.exercises[m.exercise].kind == "exercise"]
    trained = {m.slot for m in strength if before[m.slot].reps}

    def grew(slot: str) -> bool:
        """More repetitions, or the next rung at once."""
        old, new = before[slot], after[slot]
        return new.exercise != old.exercise or (new.reps or 0) > (old.reps or 0)

    assert trained
    assert {grew(slot) for slot in trained} == {grows}


@pytest.mark.statement("S37")
def test_the_wall_squat_that_hurt_is_offered_again_a_week_later_and_not_before(world: World) -> None:
    runner = Diarist(world)
    runner.trains(0, 2, 4, 7, 9, 11, pain=0, rir=2)
    assert "wall-squat" in runner.moves(14).values()
    runner.trains(14, pain=0, rir=2, hurts=("wall-squat",))

    assert "wall-squat" not in runner.moves(16).values()
    runner.trains(16, 18, pain=0, rir=2)
    assert "wall-squat" not in runner.moves(20).values()
    assert "wall-squat" in runner.moves(21).values()


@pytest.mark.statement("S74", "S37", "S71")
@pytest.mark.parametrize("story", [KNEE, ACHILLES, HIP, WELL], ids=["knee", "achilles", "hip", "well"])
def test_no_answer_to_red_pain_lets_a_move_go_on(story: dict[str, Any], world: World) -> None:
    runner = Diarist(world, story)
    for _ in range(2):
        pack = runner.day(1).pack
        assert pack is not None
        for item in pack.items:
            for rung in item.rungs if item.kind != "stretch" else ():
                assert rung.red.do in ("swap", "stop", "refer"), rung.exercise
                assert rung.hurts.do in ("swap", "stop", "refer"), rung.exercise
                assert rung.red.says
                assert rung.hurts.says
    pushing = ("push through", "keep going", "work through", "bite your teeth", "ignore")
    messages = tomllib.loads((MESSAGES / "training.toml").read_text(encoding="utf-8"))
    said = [line for name, line in messages.items() if name.startswith("training.rule-")]
    assert said
    assert not [line for line in said if any(word in line.lower() for word in pushing)]


@pytest.mark.statement("S11")
@pytest.mark.parametrize("minutes", [20, 30, 45])
@pytest.mark.parametrize(
    "site", ["knee-anterior", "achilles-mid", "back-lower", "hip-lateral", "ankle-medial"]
)
def test_a_full_plan_holds_strength_stretch_and_drill_or_says_which_is_missing(
    site: str, minutes: int
) -> None:
    heels = {"sl-heel-raise-reps": {"right": 12, "left": 24}}
    tests = {"prone-plank-hold": 30} if site == "back-lower" else heels
    found = answer(
        assessed(level="regular", pain_at=at(site), pain={"run": 2}, minutes=minutes, tests=tests), SAY
    )
    plan = found["plan"]
    week = plan["weeks"][-1]
    items = [i for s in week["sessions"] for i in s["items"]] + list(week.get("run_day_stretches", []))
    kinds = {item["kind"] for item in items}
    missing = {"exercise", "stretch", "drill"} - kinds

    assert plan["heading"] == "full"
    said = " ".join([*plan["notes"], *(one["because"] for one in plan["left_out"])])
    assert all(f"No {kind}" in said for kind in missing)
