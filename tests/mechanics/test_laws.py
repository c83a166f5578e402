"""The laws: what holds for every muscle, load and body, whatever the numbers are.

Load sharing on the shipped packs and on drawn ones; falling and swinging on our own kinematics and on the
model that the packs are made of (extra `body`).
"""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.searches import search
from weaklink.body.muscles import UNITS, unit_indices
from weaklink.body.names import LEG_UNITS
from weaklink.body.scaling import BodySize
from weaklink.body.skeleton import skeleton_of
from weaklink.body.weakness import Weakness
from weaklink.library.packs import load_pack, pack_at
from weaklink.mechanics import redistribution
from weaklink.mechanics.effort import CUBIC, QUADRATIC, SIXTH_POWER, Effort
from weaklink.mechanics.load_pack import LoadPack, scaled
from weaklink.mechanics.muscle_forces import share_load
from weaklink.mechanics.variants import VARIANTS, Variant, moment_arms, optimal_force
from weaklink.movement.kinematics import place
from weaklink.movement.pace import GRAVITY_M_S2

Array = npt.NDArray[np.float64]
MOTIONS = ("running", "single-leg-stance")
EFFORTS = (QUADRATIC, CUBIC, SIXTH_POWER)
variants = st.sampled_from(VARIANTS)
motions = st.sampled_from(MOTIONS)
muscles = st.sampled_from(sorted(UNITS))
shares = st.floats(0.3, 1.0)


def strength_of(pack: LoadPack, variant: Variant) -> Array:
    """Moment of every fully active unit [N·m], (n_frames, 6, 40)."""
    return moment_arms(pack.right, variant) * optimal_force(pack.right, variant)[:, None]


@given(motions, variants)
@settings(max_examples=12, deadline=None)
def test_no_load_no_force(motion: str, variant: Variant) -> None:
    pack = load_pack(motion)
    found = share_load(strength_of(pack, variant), np.zeros_like(pack.right.moments), variant.effort)

    assert not found.activations.any()
    assert not found.reserves.any()


@given(motions, variants, st.dictionaries(muscles, shares, min_size=0, max_size=4))
@settings(max_examples=25, deadline=None)
def test_arms_times_forces_and_reserves_are_the_moments_however_weak(
    motion: str, variant: Variant, weak: dict[str, float]
) -> None:
    load = load_pack(motion).right
    force = optimal_force(load, variant).copy()
    for muscle, share in weak.items():
        force[:, unit_indices(muscle)] *= share
    arms = moment_arms(load, variant)
    found = share_load(arms * force[:, None], load.moments, variant.effort)
    carried = np.einsum("pdn,pn->pd", arms, found.activations * force) + found.reserves

    assert np.abs(carried - load.moments).max() <= 1e-4
    assert found.residual.max() <= 1e-6
    assert found.activations.min() >= 0
    assert found.activations.max() <= 1


@given(st.integers(0, len(LEG_UNITS) - 1), variants, shares)
@search(6, 20)
def test_a_single_weakened_unit_never_gives_more_in_any_frame(
    unit: int, variant: Variant, share: float
) -> None:
    load = load_pack("running").right
    strength = strength_of(load_pack("running"), variant)
    weak = strength.copy()
    weak[:, :, unit] *= share
    before = share_load(strength, load.moments, variant.effort).activations[:, unit]
    after = share_load(weak, load.moments, variant.effort).activations[:, unit]

    assert (share * after <= before + 1e-6).all()


@pytest.mark.slow
@given(muscles, st.floats(0.5, 0.95))
@search(3, 8)
def test_mirrored_sides_are_equal(muscle: str, share: float) -> None:
    right, left = (
        redistribution(load_pack("running"), [Weakness(muscle=muscle, strength=share, side=side)])[0]
        for side in ("right", "left")
    )

    assert right.muscles == left.muscles
    assert right.structures == left.structures
    assert right.shortfalls == left.shortfalls


@given(st.floats(40, 120), st.floats(1.5, 2.0))
@search(6, 20)
def test_moments_grow_with_mass_and_height_and_forces_with_mass(mass: float, height: float) -> None:
    pack = load_pack("running")
    found = scaled(pack, BodySize(mass_kg=mass, height_m=height))
    heavier, taller = mass / pack.body.mass_kg, height / pack.body.height_m

    assert np.allclose(found.right.moments, heavier * taller * pack.right.moments)
    assert np.allclose(found.right.rigid_force, heavier * pack.right.rigid_force)
    assert np.allclose(found.right.arms, taller * pack.right.arms)
    assert found.period_s == pytest.approx(pack.period_s * taller**0.5)


def test_a_faster_run_asks_for_more_and_its_own_pace_for_the_same() -> None:
    base = load_pack("running")
    slow, same, fast = (pack_at("running", speed_m_s=speed).right.moments for speed in (3.0, 4.0, 5.0))
    stance = slice(8, 28)

    assert np.abs(same - base.right.moments).max() <= 0.01 * np.abs(base.right.moments).max()
    assert np.abs(slow[stance]).max() < np.abs(same[stance]).max() < np.abs(fast[stance]).max()
    assert np.abs(slow[50:90]).max() < np.abs(fast[50:90]).max()


@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([*EFFORTS, Effort(lowest=0.01)]),
)
@settings(max_examples=25, deadline=None)
def test_no_other_choice_costs_less(seed: int, effort: Effort) -> None:
    """Optimality by force: any other activations with the reserves they need cost at least as much."""
    from weaklink.mechanics.effort import cost

    numbers = np.random.default_rng(seed)
    strength = numbers.normal(0, 30, (1, 3, 8)) * (numbers.random((1, 3, 8)) < 0.6)
    moments = numbers.normal(0, 60, (1, 3))
    found = share_load(strength, moments, effort)

    def price(activation: Array) -> float:
        reserve = moments[0] - strength[0] @ activation
        return float(cost(activation, effort).sum() + effort.reserve_weight * (reserve @ reserve) / 2)

    best = price(found.activations[0])
    others = np.clip(found.activations[0] + numbers.normal(0, 0.05, (40, 8)), effort.lowest, 1)
    assert all(price(other) >= best - 1e-6 * (1 + best) for other in others)


@given(st.floats(0.1, 0.9))
@search(4, 10)
def test_weakness_never_makes_the_whole_effort_smaller(share: float) -> None:
    from weaklink.mechanics.effort import cost

    load = load_pack("running").right
    strength = strength_of(load_pack("running"), VARIANTS[0])
    weak = strength.copy()
    weak[:, :, unit_indices("gluteus-medius")] *= share
    prices = []
    for one in (strength, weak):
        found = share_load(one, load.moments)
        prices.append(cost(found.activations, QUADRATIC).sum(axis=1) + 0.5 * (found.reserves**2).sum(axis=1))

    assert (prices[1] >= prices[0] - 1e-7).all()


def test_structures_are_linear_in_the_forces_they_carry() -> None:
    from weaklink.mechanics.contact import structure_loads

    load = load_pack("running").right
    resting = msgspec.structs.replace(load, contact_net=np.zeros_like(load.contact_net))
    frames = np.arange(20)
    force = np.random.default_rng(7).random((20, len(LEG_UNITS))) * 500
    once, twice = (structure_loads(resting, frames, factor * force) for factor in (1, 2))

    for name in once:
        assert np.allclose(2 * once[name], twice[name])
        assert not structure_loads(resting, frames, 0 * force)[name].any()


BODY = skeleton_of()
ROOT = [BODY.coordinate(name) for name in ("pelvis_tx", "pelvis_ty", "pelvis_tz")]
angles = st.lists(st.floats(-0.6, 0.6), min_size=len(BODY.coordinates), max_size=len(BODY.coordinates))


@given(angles, st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1)))
@settings(max_examples=30, deadline=None)
def test_a_body_in_free_fall_keeps_its_energy_and_momentum(
    pose: list[float], start: tuple[float, float, float]
) -> None:
    """Thrown with a fixed pose: every part falls with g, so momentum and energy are those of its mass centre."""
    times = np.linspace(0, 0.5, 11)
    fallen = np.tile(np.array(pose), (11, 1))
    throw = np.array([start[0], start[1], start[2]])
    fallen[:, ROOT] = throw * times[:, None] - np.array([0, 0.5 * GRAVITY_M_S2, 0]) * times[:, None] ** 2
    centre = place(BODY, fallen).mass_centre
    speed = np.diff(centre, axis=0) / np.diff(times)[:, None]
    middle = (times[1:] + times[:-1]) / 2

    assert np.allclose(speed[:, [0, 2]], throw[[0, 2]], atol=1e-9)
    assert np.allclose(speed[:, 1], throw[1] - GRAVITY_M_S2 * middle, atol=1e-9)
    height = np.interp(middle, times, centre[:, 1]) - GRAVITY_M_S2 * (times[1] - times[0]) ** 2 / -8
    energy = 0.5 * (speed**2).sum(axis=1) + GRAVITY_M_S2 * height
    assert np.ptp(energy) <= 1e-6


@given(st.floats(0.05, 0.4))
@settings(max_examples=5, deadline=None)
def test_a_leg_that_swings_like_a_pendulum_keeps_its_energy(amplitude: float) -> None:
    """Hung at the hip, stiff, let go: the pose's own mass and inertia give a steady total of energy."""
    column = BODY.coordinate("hip_flexion_r")
    parts = [BODY.segments.index(name + "_r") for name in ("thigh", "shank", "foot", "toes")]

    def centres(angle: Array) -> Array:
        hung = np.tile(BODY.standing, (len(angle), 1))
        hung[:, column] = angle
        placed = place(BODY, hung)
        turned = np.einsum("nsij,sj->nsi", placed.rotations[:, parts], BODY.centres[parts])
        return placed.joints[:, parts] + turned

    mass = BODY.mass_shares[parts]
    step = 1e-4
    slope = (centres(np.array([step])) - centres(np.array([-step])))[0] / (2 * step)
    inertia = float((mass[:, None] * slope**2).sum())  # about the hip, of the point masses
    angle, speed, energies = amplitude, 0.0, []
    pull = GRAVITY_M_S2 * mass

    def moment(at: float) -> float:
        ahead, behind = centres(np.array([at + step])), centres(np.array([at - step]))
        return float(-(pull * (ahead - behind)[0, :, 1]).sum() / (2 * step))

    for _ in range(60):
        speed += 0.005 * moment(angle) / inertia / 2
        angle += 0.005 * speed
        speed += 0.005 * moment(angle) / inertia / 2
        energies.append(0.5 * inertia * speed**2 + float((pull * centres(np.array([angle]))[0, :, 1]).sum()))

    swing = float((pull * (centres(np.array([amplitude])) - centres(np.zeros(1)))[0, :, 1]).sum())
    assert np.ptp(energies) <= 0.02 * abs(swing) + 1e-9
    assert abs(angle) <= amplitude * 1.2


@pytest.fixture(scope="module")
def leg_model() -> Any:
    pytest.importorskip("mujoco", reason="the extra body is not installed: the model's energy is NOT TESTED")
    pytest.importorskip("myo_sim", reason="the extra body is not installed: the model's energy is NOT TESTED")
    from weaklink.mechanics.leg_geometry import leg_model

    return leg_model()  # the one that others use as well: only its scratch data change


def test_the_model_falls_with_g_and_needs_no_force_for_it(leg_model: Any) -> None:
    import mujoco

    model, data = leg_model.model, leg_model.data
    data.qpos[:], data.qvel[:], data.qacc[:] = model.qpos0, 0.0, 0.0
    data.qacc[1] = -GRAVITY_M_S2
    mujoco.mj_inverse(model, data)
    fall = data.qfrc_inverse.copy()
    data.qacc[:] = 0
    mujoco.mj_inverse(model, data)
    weight = data.qfrc_inverse[1]

    assert weight == pytest.approx(leg_model.mass_kg * GRAVITY_M_S2, rel=1e-6)
    assert np.abs(fall).max() <= 1e-6 * weight


def test_the_models_inverse_dynamics_pays_for_its_energy(leg_model: Any) -> None:
    """Power of the generalised forces is the rate of kinetic and potential energy, along a smooth motion."""
    import mujoco

    model, data = leg_model.model, leg_model.data
    names = [f"{stem}_{side}" for stem in ("hip_flexion", "hip_adduction", "knee_angle") for side in "rl"]
    swings = np.linspace(0.2, 0.4, len(names))
    times = np.arange(0, 0.4, 0.002)
    turns = 2 * np.pi * 1.5
    coordinates = {
        name: 0.5 * ("knee" in name) + swing * np.sin(turns * times + phase)
        for phase, (name, swing) in enumerate(zip(names, swings, strict=True))
    }
    still = {
        f"pelvis_{name}": np.zeros_like(times) for name in ("tilt", "list", "rotation", "tx", "ty", "tz")
    }
    motion = leg_model.motion(coordinates | still, None)
    speed = np.gradient(motion.positions[:, 7:], times, axis=0, edge_order=2)
    energies, powers = [], []
    for frame in range(len(times)):
        data.qpos[:] = motion.positions[frame]
        data.qvel[:] = 0
        data.qvel[6:] = speed[frame]
        data.qacc[:] = 0
        data.qacc[6:] = np.gradient(speed, times, axis=0, edge_order=2)[frame]
        mujoco.mj_inverse(model, data)
        powers.append(float(data.qfrc_inverse[6:] @ speed[frame]))
        mujoco.mj_fwdPosition(model, data)
        mujoco.mj_energyPos(model, data)
        mujoco.mj_fwdVelocity(model, data)
        mujoco.mj_energyVel(model, data)
        energies.append(float(data.energy.sum()))
    inside = slice(5, -5)
    rate = np.gradient(np.array(energies), times)[inside]

    assert np.abs(rate - np.array(powers)[inside]).max() <= 0.02 * np.abs(rate).max()


def test_the_models_pendulum_swings_as_its_mass_and_inertia_say(leg_model: Any) -> None:
    """The stiff right leg about its hip: moment of gravity over acceleration is one inertia at every angle."""
    import mujoco

    model, data = leg_model.model, leg_model.data
    joint = model.joint("hip_flexion_r").id
    place_, dof = model.jnt_qposadr[joint], model.jnt_dofadr[joint]
    inertias = []
    for angle in (-0.4, 0.0, 0.4, 0.8):
        data.qpos[:], data.qvel[:], data.qacc[:] = model.qpos0, 0, 0
        data.qpos[place_] = angle
        mujoco.mj_inverse(model, data)
        still = data.qfrc_inverse[dof]
        data.qacc[dof] = 3.0
        mujoco.mj_inverse(model, data)
        inertias.append((data.qfrc_inverse[dof] - still) / 3.0)

    assert inertias[0] > 0
    assert np.ptp(inertias) <= 1e-6 * inertias[0]
