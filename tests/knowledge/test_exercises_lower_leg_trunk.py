"""Facts about calf, foot, trunk, upper back, stretches and drills that matter to the person who does them."""

from __future__ import annotations

import pytest

from weaklink.library.reading import Library
from weaklink.library.records import ALWAYS_THERE, Exercise

BONE_STRESS = {"tibial-bsi", "navicular-bsi", "femoral-neck-bsi", "sacral-bsi"}
SORE = (
    "achilles-mid",
    "achilles-insertional",
    "calf-strain",
    "plantar-heel-pain",
    "tib-post-tendinopathy",
    "mtss",
    "patellofemoral-pain",
    "itbs",
    "gtps",
)
TRUNK_AND_LOWER_LEG = {
    "calf-gastroc",
    "calf-soleus",
    "tib-post",
    "tib-ant",
    "foot-intrinsics",
    "core-anterior",
    "core-lateral",
    "core-posterior",
    "upper-back",
}
STRETCHES = [
    "calf-stretch",
    "hamstring-stretch",
    "hip-flexor-stretch",
    "itb-tfl-stretch",
    "piriformis-stretch",
    "plantar-fascia-stretch",
    "quad-stretch",
    "soleus-stretch",
    "tib-post-stretch",
]
DRILLS = [
    "cadence-drill",
    "hip-hinge-drill",
    "marching-drill",
    "single-leg-balance",
    "tall-posture-drill",
    "tandem-stance",
    "thoracic-extension-roll",
]


def of_this_part(library: Library) -> list[Exercise]:
    """Exercises whose main area is below the knee or in the trunk, with all stretches and drills here."""
    named = {*STRETCHES, *DRILLS}
    return [
        exercise
        for exercise in library.exercises.values()
        if exercise.id in named or TRUNK_AND_LOWER_LEG.intersection(exercise.areas[:1])
    ]


@pytest.mark.parametrize(
    ("exercise", "condition"),
    [
        ("itb-tfl-stretch", "gtps"),
        ("piriformis-stretch", "gtps"),
        ("piriformis-stretch", "fai-hip-oa"),
        ("piriformis-stretch", "pht"),
        ("hamstring-stretch", "pht"),
        ("hamstring-stretch", "hamstring-strain"),
        ("hamstring-stretch", "lumbar-radiculopathy"),
        ("tib-post-stretch", "tib-post-tendinopathy"),
        ("tib-post-stretch", "achilles-insertional"),
        ("tib-post-stretch", "navicular-bsi"),
        ("calf-stretch", "achilles-insertional"),
        ("calf-stretch", "calf-strain"),
        ("soleus-stretch", "achilles-insertional"),
        ("quad-stretch", "osgood-schlatter"),
        ("hip-flexor-stretch", "hip-flexor-tendinopathy"),
        ("heel-raise-step-deficit", "achilles-insertional"),
        ("single-leg-calf-raise", "tibial-bsi"),
        ("farmers-carry-tiptoe", "plantar-heel-pain"),
        ("side-plank", "gtps"),
        ("superman-prone", "low-back-pain"),
        ("bent-over-row", "low-back-pain"),
        ("bent-over-row", "pht"),
        ("toe-raise-wall", "cecs"),
    ],
)
def test_what_squeezes_or_strains_the_sore_part_is_never_given(
    library: Library, exercise: str, condition: str
) -> None:
    assert condition in library.exercises[exercise].never_in


@pytest.mark.parametrize("stretch", STRETCHES)
def test_no_stretch_pulls_on_a_hip_or_pelvis_bone_under_stress(library: Library, stretch: str) -> None:
    assert {"femoral-neck-bsi", "sacral-bsi"} <= set(library.exercises[stretch].never_in)


@pytest.mark.parametrize(
    ("exercise", "condition", "week"),
    [
        ("single-leg-heel-raise-ball", "tib-post-tendinopathy", 6),
        ("back-extension", "low-back-pain", 6),
        ("farmers-carry-tiptoe", "calf-strain", 3),
    ],
)
def test_what_strains_the_sore_part_comes_late_and_with_a_cap(
    library: Library, exercise: str, condition: str, week: int
) -> None:
    later = {step.when: step for step in library.exercises[exercise].later_in}

    assert later[condition].from_week >= week
    assert "pain" in later[condition].cap


@pytest.mark.parametrize("hop", ["pogo-hop", "single-leg-hop"])
def test_hops_wait_until_bone_tendon_and_joint_are_quiet(library: Library, hop: str) -> None:
    found = library.exercises[hop]
    later = {step.when: step for step in found.later_in}

    assert {*BONE_STRESS, "achilles-rupture", "cecs"} <= set(found.never_in)
    assert found.level == 6
    assert "impact" in found.tags
    assert found.gate in library.gates
    for condition in SORE:
        assert condition in found.never_in or "after the door" in later[condition].cap, condition


def test_jumping_is_withheld_in_pregnancy_after_birth_and_with_thin_bones(library: Library) -> None:
    for hop in ("pogo-hop", "single-leg-hop"):
        assert {"pregnant", "postpartum", "osteoporosis"} <= set(library.exercises[hop].never_in)


def test_a_recently_injected_tendon_gets_no_heavy_load(library: Library) -> None:
    heavy = [e for e in of_this_part(library) if e.dose in {"alf", "hsr", "fasc", "ply"}]
    calf_heavy = [*heavy, library.exercises["seated-heel-raise-heavy"]]

    assert heavy
    assert [e.id for e in calf_heavy if "steroid-injection" not in e.never_in] == []


def test_thin_bones_are_not_bent_backwards_over_a_roller_or_off_the_floor(library: Library) -> None:
    for exercise in ("superman-prone", "thoracic-extension-roll", "back-extension"):
        assert "osteoporosis" in library.exercises[exercise].never_in


def test_quad_stretch_stays_mild_when_the_kneecap_hurts(library: Library) -> None:
    later = {step.when: step for step in library.exercises["quad-stretch"].later_in}

    # S38 asks for it while the thigh is trained; the deep bend is what can irritate.
    assert later["patellofemoral-pain"].from_week == 1
    assert "mild" in later["patellofemoral-pain"].cap


def test_wall_squat_with_heel_raise_is_capped_at_45_degrees_for_the_kneecap(library: Library) -> None:
    caps = {step.when: step.cap for step in library.exercises["wall-squat-heel-raise"].later_in}

    assert "45 degrees" in caps["patellofemoral-pain"]


@pytest.mark.statement("S44")
def test_heel_raise_squeezes_a_ball_and_starts_with_hands_on_the_wall(library: Library) -> None:
    found = library.exercises["tennis-ball-heel-raise"]

    assert {"ball", "wall"} == set(found.needs)
    assert any("Squeeze the ball gently" in step for step in found.steps)
    assert "hands on it" in found.position
    assert found.areas == ["tib-post", "calf-gastroc"]
    assert "double-heel-raise" in found.easier


@pytest.mark.statement("S45")
def test_ball_heel_raise_is_10_to_20_repetitions_or_burn(library: Library) -> None:
    found = library.exercises["tennis-ball-heel-raise"]

    assert found.own_dose is not None
    assert found.own_dose.reps == (10, 20)
    assert "burns" in found.article_dose
    assert any("burns" in step for step in found.steps)


@pytest.mark.statement("S46")
def test_the_30_second_stretch_follows_the_ball_heel_raise(library: Library) -> None:
    stretch = library.exercises[library.exercises["tennis-ball-heel-raise"].followed_by]

    assert stretch.id == "tib-post-stretch"
    assert stretch.own_dose is not None
    assert stretch.own_dose.hold_s == (30, 30)
    assert "outer edge" in stretch.position


@pytest.mark.statement("S26")
@pytest.mark.parametrize("stretch", ["itb-tfl-stretch", "piriformis-stretch"])
def test_hip_stretches_say_that_their_dose_is_not_the_article_s(library: Library, stretch: str) -> None:
    found = library.exercises[stretch]

    assert found.kind == "stretch"
    assert found.article == "A"
    assert found.article_dose == ""
    assert "gives no dose" in found.note


@pytest.mark.statement("S38")
@pytest.mark.parametrize(
    ("stretch", "area"), [("hamstring-stretch", "hamstrings"), ("quad-stretch", "quads")]
)
def test_thigh_stretches_need_only_what_is_at_hand_on_a_run_day(
    library: Library, stretch: str, area: str
) -> None:
    found = library.exercises[stretch]

    assert found.stretches == [area]
    assert set(found.needs) <= ALWAYS_THERE
    assert "standing" in found.tags


@pytest.mark.statement("S53")
def test_calf_raises_on_one_leg_come_straight_and_bent(library: Library) -> None:
    straight, bent = (
        library.exercises["single-leg-calf-raise"],
        library.exercises["single-leg-calf-raise-bent"],
    )

    assert straight.sided
    assert bent.sided
    assert straight.areas[0] == "calf-gastroc"
    assert bent.areas[0] == "calf-soleus"
    assert "bent" in bent.position


@pytest.mark.statement("S54")
def test_carry_and_wall_squat_heel_raise_have_their_own_time_under_load(library: Library) -> None:
    carry, squat = library.exercises["farmers-carry"], library.exercises["wall-squat-heel-raise"]

    assert carry.own_dose is not None
    assert carry.own_dose.hold_s is not None
    assert carry.own_dose.load
    assert squat.own_dose is not None
    assert squat.own_dose.hold_s is not None


@pytest.mark.statement("S57")
def test_bird_dog_dead_bug_with_ball_and_still_and_moving_planks_are_there(library: Library) -> None:
    core = [library.exercises[i] for i in ("bird-dog", "dead-bug-stability-ball", "plank", "plank-dynamic")]
    timed = library.exercises["plank"].own_dose

    assert [e.article for e in core] == ["B"] * 4
    assert timed is not None
    assert timed.hold_s is not None


@pytest.mark.statement("S60")
def test_a_band_takes_the_place_of_the_cable_machine(library: Library) -> None:
    cable = library.exercises["cable-row"]

    assert cable.substitutes["machine"] == "band-row"
    assert library.exercises["band-row"].needs == ["band"]
    assert library.exercises["bent-over-row"].article == "B"


@pytest.mark.statement("S75")
def test_every_way_the_body_escapes_says_what_to_do_instead(library: Library) -> None:
    silent = [(e.id, cheat) for e in of_this_part(library) for cheat in e.cheats if ": " not in cheat]

    assert silent == []
    assert [e.id for e in of_this_part(library) if len(e.cheats) < 2] == []


def test_every_exercise_stops_at_sharp_pain_and_at_the_limit_of_the_plan(library: Library) -> None:
    for exercise in of_this_part(library):
        assert any("sharp" in line.lower() for line in exercise.stop_if), exercise.id
        assert any("limit" in line.lower() for line in exercise.stop_if), exercise.id
        assert len(exercise.stop_if) >= 3, exercise.id


@pytest.mark.statement("S11")
def test_every_full_plan_can_hold_a_drill_and_a_stretch(library: Library) -> None:
    easy = [library.exercises[i] for i in DRILLS if library.exercises[i].level <= 1]
    at_hand = [e for e in easy if set(e.needs) <= ALWAYS_THERE]

    assert [e.id for e in at_hand if not e.never_in]
    assert {library.exercises[i].kind for i in DRILLS} == {"drill"}
    assert {library.exercises[i].kind for i in STRETCHES} == {"stretch"}


def test_a_quicker_step_is_not_the_first_idea_for_achilles_calf_or_sole(library: Library) -> None:
    drill = library.exercises["cadence-drill"]
    later = {step.when: step.from_week for step in drill.later_in}

    assert "calf-strain" in drill.never_in
    assert all(later[i] >= 6 for i in ("achilles-mid", "achilles-insertional", "plantar-heel-pain"))
    assert {source.cite for source in drill.sources} >= {"heiderscheit-2011", "anderson-2022"}


def test_each_painful_calf_or_foot_problem_keeps_something_gentle_to_do(library: Library) -> None:
    """Withholding must not leave a runner without any calf or foot work."""
    for condition in (
        "achilles-mid",
        "achilles-insertional",
        "plantar-heel-pain",
        "mtss",
        "tib-post-tendinopathy",
    ):
        left = [
            e.id
            for e in of_this_part(library)
            if e.level <= 2
            and set(e.areas) & {"calf-gastroc", "calf-soleus", "tib-post", "foot-intrinsics"}
            and condition not in {*e.never_in, *(step.when for step in e.later_in)}
        ]

        assert len(left) >= 4, condition


def test_low_back_pain_keeps_front_side_and_back_of_the_trunk_in_training(library: Library) -> None:
    for exercise in ("bird-dog", "dead-bug", "plank-knees", "side-plank-knees"):
        found = library.exercises[exercise]

        assert "low-back-pain" not in {*found.never_in, *(step.when for step in found.later_in)}


def test_measured_muscle_activity_keeps_its_source_and_its_mark(library: Library) -> None:
    side_plank = library.exercises["side-plank"]

    assert [(line.muscle, line.mark) for line in side_plank.emg[:2]] == [
        ("gluteus-medius", "memory"),
        ("external-oblique", "memory"),
    ]
    assert all(line.source in library.sources for e in of_this_part(library) for line in e.emg)
