"""The load of exercises: laws of statics, what carries a body, and orders that EMG studies published."""

from __future__ import annotations

import importlib.util
import sys

import msgspec
import numpy as np
import pytest

from weaklink.body.names import LEG_COORDINATES, on_side
from weaklink.body.skeleton import skeleton_of
from weaklink.library.baked_movements import baked_movement
from weaklink.library.exercise_loads import find_load
from weaklink.library.load_claims import emg_orders
from weaklink.library.load_summary import LITTLE, shipped_summaries
from weaklink.library.reading import shipped_library
from weaklink.mechanics import leg_geometry
from weaklink.mechanics.exercise_load import BODY, MUSCLES, ExerciseLoad, exercise_load
from weaklink.mechanics.leg_geometry import MissingExtraError, arms_and_lengths, leg_model
from weaklink.mechanics.support import Carried, carried, needed_moments
from weaklink.mechanics.touching import FRICTION, GRAVITY_M_S2, cone
from weaklink.movement.baked import Baked, Solution, other_side
from weaklink.movement.format import Keyframe, Movement
from weaklink.movement.kinematics import place

needs_body = pytest.mark.skipif(
    importlib.util.find_spec("mujoco") is None or importlib.util.find_spec("scipy") is None,
    reason="the extra `body` is not installed: no load is computed",
)
LIBRARY = shipped_library()
SKELETON = skeleton_of()
LEG = [SKELETON.coordinate(on_side(stem, "right")) for stem in LEG_COORDINATES]


def baked(name: str) -> Baked:
    found = baked_movement(name, LIBRARY)
    assert found is not None, f"{name} is not baked: python -m tools.bake_movements"
    return found


def held_up(name: str, mass_kg: float = 75.0) -> tuple[Baked, Carried]:
    movement = baked(name)
    return movement, carried(movement.movement, movement.solution, SKELETON, mass_kg)


def shipped(name: str) -> ExerciseLoad:
    found = find_load(baked(name))
    assert found is not None, f"{name} is not loaded: python -m tools.exercise_loads"
    return found


def peak(name: str, muscle: str, side: str = "right", what: str = "activations") -> float:
    load = shipped(name)
    effort = load.right if side == "right" else load.left
    values: float = getattr(effort, what)[load.carried, MUSCLES.index(muscle)].max()
    return values


@needs_body
@pytest.mark.parametrize("name", ["plank", "side-plank", "wall-squat", "clamshell", "bridge-double"])
def test_the_ground_carries_the_whole_weight(name: str) -> None:
    movement, found = held_up(name)
    held = movement.keyframes[-1]

    assert found.root_force[held] < 1e-4
    assert found.ground[held, 1] == pytest.approx(75 * GRAVITY_M_S2, rel=0.02)  # and slow inertia


@needs_body
def test_a_lifted_leg_asks_its_hip_for_its_weight_times_its_distance() -> None:
    movement, found = held_up("straight-leg-raise")
    held = movement.keyframes[1] + 1  # held still
    placed = place(SKELETON, movement.coordinates[held])
    parts = [SKELETON.segments.index(name + "_r") for name in ("thigh", "shank", "foot", "toes")]
    centres = placed.joints[0, parts] + np.einsum(
        "nij,nj->ni", placed.rotations[0, parts], SKELETON.centres[parts]
    )
    away = centres[:, 0] - placed.joints[0, parts[0], 0]
    mass = 75 * SKELETON.mass_shares[parts] / SKELETON.mass_shares.sum()

    assert found.moments[held, LEG[0]] == pytest.approx(GRAVITY_M_S2 * mass @ away, rel=0.03)
    assert np.abs(found.moments[held, LEG[1]]) < 2


@needs_body
def test_a_free_leg_of_twice_the_mass_asks_for_twice_the_moment() -> None:
    (movement, one), (_, two) = held_up("straight-leg-raise", 60.0), held_up("straight-leg-raise", 120.0)
    held = movement.keyframes[1]

    assert two.moments[held, LEG] == pytest.approx(2 * one.moments[held, LEG], rel=1e-6, abs=1e-6)


@needs_body
def test_a_body_in_free_fall_asks_no_joint_for_anything() -> None:
    times = np.linspace(0, 0.4, 9)
    coordinates = np.tile(SKELETON.standing, (len(times), 1))
    coordinates[:, SKELETON.coordinate("pelvis_ty")] += 5 - GRAVITY_M_S2 * times**2 / 2
    falling = Movement(id="falling", travels=True, keyframes=(Keyframe(name="up"), Keyframe(name="down")))
    found = carried(falling, Solution(times, coordinates, np.array([0, 8]), 0.4), SKELETON, 75.0)

    assert np.abs(found.moments[1:-1]).max() < 1e-3
    assert found.root_force[1:-1].max() < 1e-4


def test_standing_upright_needs_the_weight_and_nothing_sideways() -> None:
    mass = 75 * SKELETON.mass_shares / SKELETON.mass_shares.sum()
    weight = mass[:, None] * np.array([0.0, -GRAVITY_M_S2, 0.0])
    needed = needed_moments(SKELETON, SKELETON.standing, place(SKELETON, SKELETON.standing), weight, [])

    assert needed[SKELETON.coordinate("pelvis_ty")] == pytest.approx(75 * GRAVITY_M_S2)
    assert needed[SKELETON.coordinate("pelvis_list")] == pytest.approx(0, abs=1e-6)


@pytest.mark.slow
@needs_body
@pytest.mark.parametrize("name", ["clamshell", "split-squat"])
def test_the_other_side_is_the_mirror_image(name: str) -> None:
    movement = baked(name)
    load, mirror = (exercise_load(one.movement, one.solution) for one in (movement, other_side(movement)))

    assert mirror.left.activations == pytest.approx(load.right.activations, abs=0.01)
    assert mirror.right.activations == pytest.approx(load.left.activations, abs=0.01)
    assert mirror.lumbar == pytest.approx(load.lumbar * (1, -1, -1), abs=0.5)


@needs_body
def test_moment_arms_are_how_lengths_change() -> None:
    angles = np.deg2rad([[40.0, -10.0, 5.0, 60.0, 5.0, 3.0]])
    arms, _ = arms_and_lengths(leg_model(), angles)
    for place_, step in enumerate(1e-5 * np.eye(6)):
        _, longer = arms_and_lengths(leg_model(), angles + step)
        _, shorter = arms_and_lengths(leg_model(), angles - step)
        assert arms[0, place_] == pytest.approx((shorter - longer)[0] / 2e-5, abs=2e-4)


def test_friction_stays_in_its_cone() -> None:
    normal = np.array([0.6, 0.8, 0.0])
    edges = cone(normal, FRICTION)
    along = edges @ normal
    aside = np.linalg.norm(edges - along[:, None] * normal, axis=1)

    assert (along > 0).all()
    assert (aside <= FRICTION * along + 1e-9).all()
    assert cone(normal, 0.0) == pytest.approx(normal[None])


@needs_body
def test_without_its_strap_a_nordic_would_fall() -> None:
    movement = baked("nordic-hamstring")
    loose = msgspec.structs.replace(movement.movement, held=())
    tied, free = (carried(one, movement.solution, SKELETON, 75.0) for one in (movement.movement, loose))

    assert tied.root_moment.max() < 1e-3
    assert free.root_moment.max() > 0.1


@needs_body
def test_a_band_around_the_thighs_makes_a_clamshell_harder() -> None:
    movement = baked("clamshell-banded")
    without = msgspec.structs.replace(movement.movement, held=())
    top = movement.keyframes[-1]
    banded, plain = (
        carried(one, movement.solution, SKELETON, 75.0).moments[top, LEG[1]]
        for one in (movement.movement, without)
    )

    assert banded < plain - 5  # abduction is negative


@needs_body
def test_the_model_finds_what_is_in_the_pack() -> None:
    movement = baked("sidelying-hip-abduction")
    again, kept = exercise_load(movement.movement, movement.solution), shipped("sidelying-hip-abduction")

    assert kept.right.activations == pytest.approx(again.right.activations, abs=0.01)
    assert kept.right.moments == pytest.approx(again.right.moments, abs=0.2)
    assert again.residual <= 1e-6


def test_side_lying_abduction_loads_gluteus_medius_more_than_the_clamshell() -> None:
    """The order of distefano-2009, in every variant of the model."""
    values = {
        name: [emg.value for emg in LIBRARY.exercises[name].emg if emg.source == "distefano-2009"]
        for name in ("sidelying-hip-abduction", "clamshell")
    }
    assert "81" in values["sidelying-hip-abduction"][0]
    assert "40" in values["clamshell"][0]

    least = peak("sidelying-hip-abduction", "gluteus-medius", what="low")
    assert least > peak("clamshell", "gluteus-medius", what="high")


@pytest.mark.parametrize(
    ("harder", "easier", "muscle"),
    [
        ("single-leg-calf-raise", "double-heel-raise", "gastrocnemius"),
        ("single-leg-squat", "wall-squat", "vastus-lateralis"),
        ("single-leg-glute-bridge", "bridge-double", "gluteus-maximus"),
        ("copenhagen-long", "copenhagen-short", "adductor-longus"),
        ("nordic-hamstring", "bridge-double", "semimembranosus"),
        ("clamshell-banded", "clamshell", "gluteus-medius"),
    ],
)
def test_a_harder_exercise_loads_more(harder: str, easier: str, muscle: str) -> None:
    assert peak(harder, muscle) > 1.2 * peak(easier, muscle)


def test_the_lower_hip_holds_a_side_plank() -> None:
    assert peak("side-plank", "gluteus-medius", "left") > 2 * peak("side-plank", "gluteus-medius", "right")


@pytest.mark.parametrize(("name", "sign"), [("plank", -1), ("romanian-deadlift", 1), ("superman-prone", 1)])
def test_the_trunk_is_held_by_its_front_in_a_plank_and_by_its_back_in_a_lift(name: str, sign: int) -> None:
    largest = max(shipped(name).lumbar[:, 0], key=abs)

    assert sign * largest > 50  # newton-metres, bending back positive
    assert np.abs(shipped(name).lumbar[:, 1:]).max() < 5


def test_who_lies_down_rests() -> None:
    load = shipped("ankle-pump")

    assert max(load.right.activations.max(), load.left.activations.max()) < LITTLE


def test_the_vasti_rest_in_a_straight_leg_raise_because_co_contraction_is_invisible() -> None:
    assert all(peak("straight-leg-raise", f"vastus-{name}") < LITTLE for name in ("lateralis", "medialis"))
    record = LIBRARY.exercises["straight-leg-raise"]
    assert "quads" in record.load_explained
    assert "vastus-medialis" in [emg.muscle for emg in record.emg]


def test_stretches_lengthen_what_they_are_for() -> None:
    loads = shipped_summaries(LIBRARY)
    first = {name: loads[name].lengthened[0].muscle for name in ("hamstring-stretch", "calf-stretch")}

    assert first == {"hamstring-stretch": "biceps-femoris", "calf-stretch": "gastrocnemius"}
    assert loads["soleus-stretch"].lengthened[0].muscle == "soleus"


def test_most_pairs_of_one_study_stand_in_its_order() -> None:
    orders = {(one.source, one.muscle): one for one in emg_orders(LIBRARY, shipped_summaries(LIBRARY))}
    gluteals = orders["distefano-2009", "gluteus-medius"]

    assert gluteals.pairs >= 6
    assert gluteals.same / gluteals.pairs >= 0.7


def test_every_load_ships_and_is_optimal() -> None:
    loads = shipped_summaries(LIBRARY)

    assert set(loads) == set(LIBRARY.movements)
    stale = [name for name, load in loads.items() if load.why == "not-computed"]
    assert not stale, f"run `python -m tools.exercise_loads`: the pack lacks {', '.join(stale)}"
    assert max(load.residual for load in loads.values()) <= 1e-6
    assert BODY.mass_kg == 75


def test_without_the_extra_one_line_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    anew = leg_geometry.leg_model.__wrapped__  # nothing kept, and what is kept stays for others
    monkeypatch.setitem(sys.modules, "mujoco", None)
    monkeypatch.delitem(sys.modules, "weaklink.mechanics.leg_model", raising=False)
    monkeypatch.delitem(sys.modules, "weaklink.mechanics.leg_spec", raising=False)
    with pytest.raises(MissingExtraError, match=r"extra body .*pip install 'weaklink\[body\]'"):
        anew()
