"""What matters clinically in the exercises of hip, thigh, hamstrings and groin."""

import itertools

import pytest

from weaklink.library.reading import KNOWLEDGE, read_record
from weaklink.library.records import Exercise

EXERCISES: dict[str, Exercise] = {
    path.stem: read_record(path, Exercise) for path in sorted((KNOWLEDGE / "exercises").glob("*.toml"))
}
AT_HOME = {"mat", "wall", "chair", "towel", "step"}
LADDERS = {
    "glute-med": (
        "supine-abduction-isometric clamshell sidelying-hip-abduction clamshell-banded standing-banded-clamshell "
        "lateral-band-walk hip-hitch lateral-step-down single-leg-squat side-plank-abduction lateral-bound "
        "standing-abduction-hold hip-hitch-hold side-slide standing-band-abduction"
    ),
    "glute-max": (
        "glute-set bridge-double quadruped-hip-extension bridge-march single-leg-glute-bridge step-up hip-thrust "
        "split-squat bulgarian-split-squat trap-bar-deadlift bounding offset-bridge offset-squat"
    ),
    "quads": (
        "quad-set straight-leg-raise terminal-knee-extension sit-to-stand wall-squat spanish-squat goblet-squat "
        "step-down leg-press-single leg-extension-90-45 single-leg-decline-squat reverse-nordic"
    ),
    "hamstrings": (
        "hamstring-heel-dig bridge-long-lever sliding-leg-curl-eccentric romanian-deadlift "
        "single-leg-romanian-deadlift single-leg-long-lever-bridge nordic-hamstring a-skip"
    ),
    "groin": (
        "supine-march banded-hip-flexion ball-squeeze copenhagen-short copenhagen-long hip-flexion-hold "
        "ball-squeeze-feet side-lying-adduction standing-band-adduction copenhagen-supported"
    ),
}
OURS = sorted(itertools.chain.from_iterable(ladder.split() for ladder in LADDERS.values()))
BONE_STRESS = ("femoral-neck-bsi", "navicular-bsi", "sacral-bsi", "tibial-bsi")
SORE_TENDONS = (
    "achilles-insertional", "achilles-mid", "gtps", "patellar-tendinopathy", "pht", "plantar-heel-pain",
    "tib-post-tendinopathy",
)  # fmt: skip
KNEECAP = "patellofemoral-pain"


def cap(exercise_id: str, when: str) -> str:
    """The cap of an exercise that is allowed later, or "" where it is not limited so."""
    return next((later.cap for later in EXERCISES[exercise_id].later_in if later.when == when), "")


def limit(exercise_id: str, when: str) -> int:
    """0 allowed, 1 allowed later with a cap, 2 never."""
    if when in EXERCISES[exercise_id].never_in:
        return 2
    return 1 if cap(exercise_id, when) else 0


def behind_a_door(exercise_id: str, when: str) -> bool:
    """Never given, or only weeks later, with a cap and after what a gate asks for."""
    return limit(exercise_id, when) == 2 or bool(EXERCISES[exercise_id].gate and cap(exercise_id, when))


def says(exercise: Exercise, *words: str) -> bool:
    told = " ".join([exercise.position, *exercise.steps, *exercise.cues, *exercise.cheats, *exercise.stop_if])
    return all(word in told.lower() for word in words)


def ways_down(exercise_id: str) -> set[str]:
    """Every exercise an exercise can fall back to, itself left out, "stop" included."""
    below = set(EXERCISES[exercise_id].easier)
    for easier in list(below - {"stop"}):
        below |= ways_down(easier)
    return below


@pytest.mark.parametrize("exercise_id", OURS)
def test_each_way_down_ends_on_stop_and_never_comes_back(exercise_id: str) -> None:
    below = ways_down(exercise_id)

    assert "stop" in below
    assert exercise_id not in below


@pytest.mark.parametrize("exercise_id", OURS)
def test_the_way_down_is_never_harder(exercise_id: str) -> None:
    for easier in set(EXERCISES[exercise_id].easier) - {"stop"}:
        assert EXERCISES[easier].level <= EXERCISES[exercise_id].level


@pytest.mark.parametrize("exercise_id", OURS)
def test_what_is_allowed_has_an_easier_way_that_is_allowed_too(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]
    known = {w for other in EXERCISES.values() for w in (*other.never_in, *(x.when for x in other.later_in))}
    if exercise.easier == ["stop"]:
        return
    for when in sorted(known):
        found = min(limit(easier, when) for easier in exercise.easier)

        assert found <= limit(exercise_id, when) or limit(exercise_id, when) == 2, when


@pytest.mark.parametrize("exercise_id", OURS)
def test_never_and_later_are_not_both_said(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]

    assert not set(exercise.never_in) & {later.when for later in exercise.later_in}
    assert all(later.from_week >= 3 for later in exercise.later_in)


@pytest.mark.statement("S75")
@pytest.mark.parametrize("exercise_id", OURS)
def test_each_exercise_says_how_to_do_it_well_and_what_to_do_about_a_cheat(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]

    assert 3 <= len(exercise.steps) <= 6
    assert len(exercise.cues) >= 2
    assert all(": " in cheat for cheat in exercise.cheats)
    assert exercise.cheats


@pytest.mark.statement("S71")
@pytest.mark.parametrize("exercise_id", OURS)
def test_each_exercise_stops_for_sharp_pain_and_for_pain_above_the_limit(exercise_id: str) -> None:
    stop_if = " ".join(EXERCISES[exercise_id].stop_if).lower()

    assert "sharp" in stop_if
    assert "above the limit" in stop_if
    assert len(EXERCISES[exercise_id].stop_if) >= 3


@pytest.mark.statement("S22", "S23")
def test_clamshell_keeps_back_and_heels_on_the_wall_and_lowers_slowly() -> None:
    clamshell = EXERCISES["clamshell"]

    assert says(clamshell, "back and heels", "wall", "right angle", "feet together", "trunk still", "slowly")
    assert clamshell.needs == ["mat", "wall"]


@pytest.mark.statement("S24", "S25")
def test_clamshell_is_10_to_50_per_side_until_it_burns_then_moves_on() -> None:
    clamshell = EXERCISES["clamshell"]
    above = [i for i, other in EXERCISES.items() if "clamshell" in other.easier]

    assert clamshell.own_dose is not None
    assert clamshell.own_dose.reps == (10, 50)
    assert clamshell.sided
    assert says(clamshell, "burns")
    assert "50 on each side" in clamshell.article_dose
    assert above == ["clamshell-banded", "sidelying-hip-abduction"]
    assert (clamshell.harder, clamshell.leave_at) == ("sidelying-hip-abduction", 20)


@pytest.mark.statement("S27", "S28", "S29")
def test_the_hip_moves_of_the_magazine_are_there_with_what_they_need() -> None:
    bridge, standing, walk = (
        EXERCISES[i] for i in ("single-leg-glute-bridge", "standing-banded-clamshell", "lateral-band-walk")
    )

    assert bridge.sided
    assert standing.needs == walk.needs == ["band"]
    assert "clamshell-banded" in standing.easier
    assert "free floor" in walk.position


@pytest.mark.statement("S31")
def test_no_exercise_picks_out_the_inner_part_of_the_thigh() -> None:
    for exercise_id in OURS:
        exercise = EXERCISES[exercise_id]
        named = " ".join([exercise.name, *exercise.common_names, *exercise.areas, *exercise.steps]).lower()

        assert "vmo" not in named
        assert "vastus" not in named


@pytest.mark.statement("S32", "S33", "S34")
def test_straight_leg_raise_keeps_the_knee_straight_and_no_higher_than_the_other() -> None:
    raise_ = EXERCISES["straight-leg-raise"]

    assert raise_.level == 1
    assert raise_.own_dose is not None
    assert (raise_.own_dose.reps, raise_.own_dose.sets) == ((10, 20), (3, 4))
    assert says(raise_, "no higher than the other knee", "fully straight", "thigh still tight")


@pytest.mark.statement("S35", "S36")
def test_wall_squat_is_small_held_and_over_the_ankles() -> None:
    squat = EXERCISES["wall-squat"]

    assert squat.own_dose is not None
    assert (squat.own_dose.hold_s, squat.own_dose.reps) == ((5, 10), (10, 20))
    assert says(squat, "30 cm", "above its ankle", "no more than 45 degrees")


@pytest.mark.statement("S37", "S74")
def test_kneecap_pain_in_the_wall_squat_falls_back_to_the_straight_leg_raise() -> None:
    squat = EXERCISES["wall-squat"]

    assert squat.easier[0] == "straight-leg-raise"
    assert "do not push through" in squat.stop_if[0]


@pytest.mark.statement("S74")
def test_no_thigh_exercise_asks_to_go_on_with_kneecap_pain() -> None:
    for exercise_id in LADDERS["quads"].split():
        assert "kneecap" in " ".join(EXERCISES[exercise_id].stop_if).lower(), exercise_id


@pytest.mark.parametrize(
    "exercise_id",
    ["wall-squat", "lateral-step-down", "step-down", "split-squat", "single-leg-squat", "goblet-squat"],
)
def test_kneecap_pain_bends_no_deeper_than_45_degrees_and_only_later(exercise_id: str) -> None:
    assert "no deeper than 45 degrees" in cap(exercise_id, KNEECAP)


@pytest.mark.parametrize(
    "exercise_id", ["single-leg-decline-squat", "reverse-nordic", "bulgarian-split-squat", "spanish-squat"]
)
def test_kneecap_pain_never_gets_deep_moves(exercise_id: str) -> None:
    assert KNEECAP in EXERCISES[exercise_id].never_in


@pytest.mark.parametrize("exercise_id", ["lateral-bound", "bounding", "a-skip"])
def test_kneecap_pain_gets_springy_moves_only_behind_a_door(exercise_id: str) -> None:
    assert behind_a_door(exercise_id, KNEECAP)


def test_kneecap_pain_still_has_three_thigh_moves_from_the_first_day() -> None:
    free = [i for i in LADDERS["quads"].split() if limit(i, KNEECAP) == 0 and EXERCISES[i].level <= 2]

    assert free == ["quad-set", "straight-leg-raise", "terminal-knee-extension", "sit-to-stand"]


def test_outer_hip_tendon_pain_gets_no_clamshell_and_crosses_no_midline() -> None:
    for exercise_id in ("clamshell", "clamshell-banded", "side-plank-abduction", "copenhagen-long"):
        assert "gtps" in EXERCISES[exercise_id].never_in
    assert "never drops below level" in cap("hip-hitch", "gtps")
    assert "never closer than hip width" in cap("lateral-band-walk", "gtps")


def test_outer_hip_tendon_pain_starts_with_holds_and_bridges() -> None:
    for exercise_id in ("supine-abduction-isometric", "glute-set", "bridge-double"):
        assert limit(exercise_id, "gtps") == 0


def later_week(exercise_id: str, when: str) -> int:
    """The week from which it may be given; 0 where it is not limited so."""
    return next((later.from_week for later in EXERCISES[exercise_id].later_in if later.when == when), 0)


def test_sit_bone_pain_gets_deep_and_fast_hamstring_work_late_and_capped() -> None:
    assert "pht" in EXERCISES["trap-bar-deadlift"].never_in
    assert later_week("single-leg-romanian-deadlift", "pht") >= 6
    assert later_week("nordic-hamstring", "pht") >= 10
    assert "no further than halfway" in cap("nordic-hamstring", "pht")
    assert behind_a_door("bounding", "pht")
    assert later_week("bounding", "pht") >= 10
    assert "short range" in cap("romanian-deadlift", "pht")
    for exercise_id in ("hamstring-heel-dig", "bridge-long-lever"):
        assert limit(exercise_id, "pht") == 0


@pytest.mark.parametrize("when", ["lumbar-radiculopathy", "hip-flexor-tendinopathy"])
def test_leg_raises_are_withheld_from_a_sore_nerve_and_a_sore_hip_flexor(when: str) -> None:
    assert when in EXERCISES["straight-leg-raise"].never_in


def test_low_back_pain_gets_heavy_deadlifts_after_six_weeks_and_from_blocks() -> None:
    assert later_week("trap-bar-deadlift", "low-back-pain") >= 6
    assert "on blocks" in cap("trap-bar-deadlift", "low-back-pain")
    assert cap("romanian-deadlift", "low-back-pain")


@pytest.mark.parametrize("exercise_id", [i for i in OURS if EXERCISES[i].level == 6])
def test_jumps_are_never_for_bones_and_guards_and_wait_at_a_door_for_tendons(exercise_id: str) -> None:
    jump = EXERCISES[exercise_id]

    assert "impact" in jump.tags
    assert jump.gate
    assert set(BONE_STRESS) <= set(jump.never_in)
    assert all(behind_a_door(exercise_id, tendon) for tendon in SORE_TENDONS)
    assert {"pregnant", "postpartum", "osteoporosis", "minor", "steroid-injection"} <= set(jump.never_in)


@pytest.mark.parametrize("exercise_id", OURS)
def test_standing_on_one_leg_is_never_for_bone_stress(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]
    if {"single-leg", "standing"} <= set(exercise.tags):
        assert set(BONE_STRESS) <= set(exercise.never_in)


@pytest.mark.parametrize("exercise_id", OURS)
def test_heavy_doses_are_never_for_a_fresh_injection_or_a_pregnancy(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]
    if exercise.dose in {"hvy", "hsr", "ply"}:
        assert {"steroid-injection", "pregnant", "postpartum"} <= set(exercise.never_in)


def test_a_young_runner_gets_no_maximal_lowering_of_one_joint() -> None:
    for exercise_id in ("nordic-hamstring", "reverse-nordic", "single-leg-decline-squat"):
        assert "minor" in EXERCISES[exercise_id].never_in


@pytest.mark.statement("S50")
def test_hamstrings_have_the_magazines_deadlift_and_enough_others_at_home() -> None:
    choices = [
        i for i in OURS if EXERCISES[i].areas[0] == "hamstrings" and set(EXERCISES[i].needs) <= AT_HOME
    ]

    assert EXERCISES["single-leg-romanian-deadlift"].article == "B"
    assert EXERCISES["single-leg-romanian-deadlift"].sided
    assert {"hamstring-heel-dig", "bridge-long-lever", "single-leg-long-lever-bridge"} <= set(choices)


@pytest.mark.statement("S5")
@pytest.mark.parametrize(
    "area", ["glute-med", "glute-max", "quads", "hamstrings", "hip-flexors", "adductors"]
)
def test_each_area_can_be_trained_with_nothing_but_the_home(area: str) -> None:
    assert [i for i in OURS if area in EXERCISES[i].areas and set(EXERCISES[i].needs) <= AT_HOME]


@pytest.mark.parametrize("exercise_id", OURS)
def test_what_needs_bought_equipment_names_a_replacement_that_trains_a_shared_area(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]
    bought = set(exercise.needs) - AT_HOME

    assert bought <= set(exercise.substitutes)
    for replacement in exercise.substitutes.values():
        assert set(EXERCISES[replacement].areas) & set(exercise.areas)


@pytest.mark.parametrize("exercise_id", OURS)
def test_muscle_activity_is_shown_with_its_source_and_its_limit(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]
    if exercise.emg:
        assert "compared within one study" in exercise.note
        assert {emg.source for emg in exercise.emg} <= {source.cite for source in exercise.sources}


@pytest.mark.parametrize("exercise_id", OURS)
def test_every_exercise_is_an_unreviewed_draft_with_a_source(exercise_id: str) -> None:
    exercise = EXERCISES[exercise_id]

    assert exercise.status == "draft"
    assert exercise.sources
    assert {source.cite for source in exercise.sources} <= {
        path.stem for path in (KNOWLEDGE / "sources").glob("*.toml")
    }
