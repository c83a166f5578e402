"""The ladders as a strength coach would climb them: what comes next, and that it ends with a weight."""

from __future__ import annotations

import pytest

from weaklink.library.ladders import ways_up
from weaklink.library.reading import shipped_library

EXERCISES = shipped_library().exercises

CLIMBS = [
    "double-heel-raise single-leg-calf-raise single-leg-calf-raise-step standing-calf-machine",
    "seated-heel-raise seated-heel-raise-weight double-heel-raise-bent single-leg-calf-raise-bent"
    " seated-heel-raise-heavy",
    "supine-abduction-isometric clamshell sidelying-hip-abduction hip-hitch standing-band-abduction"
    " lateral-step-down single-leg-squat",
    "glute-set bridge-double bridge-march single-leg-glute-bridge hip-thrust single-leg-hip-thrust",
    "quad-set straight-leg-raise sit-to-stand goblet-squat back-squat",
    "leg-press-double leg-press-single",
    "step-up reverse-lunge split-squat bulgarian-split-squat",
    "kettlebell-deadlift romanian-deadlift single-leg-romanian-deadlift trap-bar-deadlift",
    "hamstring-heel-dig bridge-long-lever long-lever-bridge-hold sliding-leg-curl-eccentric"
    " single-leg-long-lever-bridge nordic-hamstring",
    "band-row dumbbell-row bent-over-row inverted-row",
    "plank-knees plank plank-dynamic stir-the-pot",
    "side-plank-knees side-plank side-plank-abduction",
    "ball-squeeze ball-squeeze-feet side-lying-adduction standing-band-adduction copenhagen-supported"
    " copenhagen-short copenhagen-long",
    "toe-raise-wall weighted-toe-raise",
    "inversion-band tennis-ball-heel-raise heel-raise-toes-in single-leg-heel-raise-ball",
    "pogo-hop single-leg-pogo single-leg-hop lateral-bound bounding",
]


@pytest.mark.parametrize("climb", CLIMBS, ids=[climb.split()[0] for climb in CLIMBS])
def test_a_ladder_is_climbed_in_this_order(climb: str) -> None:
    """New rungs may come in between; none of these is left out, and none comes before another."""
    first, *above = climb.split()
    climbed = list(ways_up(EXERCISES[first], EXERCISES))

    assert [name for name in climbed if name in above] == above


@pytest.mark.parametrize("climb", CLIMBS, ids=[climb.split()[0] for climb in CLIMBS])
def test_the_last_rung_below_the_hops_takes_a_weight(climb: str) -> None:
    last = EXERCISES[climb.split()[-1]]

    assert last.weighted is not None or last.level == 6


@pytest.mark.parametrize(
    ("away", "start"),
    [
        ("heel-raise-toes-in", "double-heel-raise"),
        ("farmers-carry-tiptoe", "single-leg-calf-raise"),
        ("farmers-carry-tiptoe", "side-plank"),
        ("quadruped-hip-extension", "bridge-double"),
        ("wall-squat-heel-raise", "wall-squat"),
    ],
)
def test_no_ladder_turns_off_into_something_else(away: str, start: str) -> None:
    assert away not in ways_up(EXERCISES[start], EXERCISES)


def test_no_ladder_of_strength_leads_into_hops() -> None:
    below = [
        exercise for exercise in EXERCISES.values() if exercise.level < 6 and "impact" not in exercise.tags
    ]

    assert not [e.id for e in below if e.harder and EXERCISES[e.harder].level == 6]


def test_what_is_lifted_on_one_leg_begins_no_heavier_than_on_two() -> None:
    for one, two in (
        ("single-leg-romanian-deadlift", "romanian-deadlift"),
        ("single-leg-glute-bridge", "hip-thrust"),
        ("split-squat", "trap-bar-deadlift"),
    ):
        lighter, heavier = EXERCISES[one].weighted, EXERCISES[two].weighted
        assert lighter is not None
        assert heavier is not None
        assert all(a <= b for a, b in zip(lighter.begin, heavier.begin, strict=True))


def test_the_weighted_heel_raise_is_kept_from_the_same_people() -> None:
    raised = EXERCISES["single-leg-calf-raise-weighted"]

    assert {"minor", "steroid-injection", "achilles-rupture", "tibial-bsi"} <= set(raised.never_in)
    assert {later.when: later.from_week for later in raised.later_in} == {
        "calf-strain": 6, "tib-post-tendinopathy": 6, "achilles-insertional": 3, "pregnant": 3, "osteoporosis": 3,
    }  # fmt: skip


def test_what_is_done_with_the_body_alone_begins_so_unless_the_area_is_strong() -> None:
    needed = {"weight", "machine", "band", "heavy-band"}
    begin_loaded = {
        exercise.id: exercise.weighted.begin[0]
        for exercise in EXERCISES.values()
        if exercise.weighted is not None
        and needed.isdisjoint(exercise.needs)
        and exercise.weighted.begin[1] > 0
        and exercise.dose != "iso"  # a tendon is held against a weight from the first day
    }

    assert begin_loaded.keys() <= {
        "step-up",
        "heel-raise-step-deficit",
        "single-leg-calf-raise-step",
        "reverse-lunge",
    }
    assert set(begin_loaded.values()) == {0}
