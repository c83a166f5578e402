"""The leg model: poses, moment arms, inverse dynamics and contact, through MuJoCo.

Needs the packages mujoco and myo-sim (Apache-2.0), the extra `body`; imported only where they are used.
Frames as in OpenSim: x forward, y up, z to the right; gravity along -y.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import mujoco  # type: ignore[import-untyped]
import myo_sim  # type: ignore[import-untyped]
import numpy as np
import numpy.typing as npt

from weaklink.body.names import LEG_COORDINATES, LEG_UNITS, LEGS, Leg, on_side
from weaklink.mechanics.leg_spec import (
    Size,
    with_contact_slides,
    with_knee_centre,
    with_side_bending,
    with_size,
)
from weaklink.mechanics.muscle_curves import force_at_length, force_at_speed

Array = npt.NDArray[np.float64]
GRAVITY = 9.80665
# Three force axes per joint: names of the joints that carry them; those starting with "contact" are added.
CONTACT_AXES = {
    "hip": ("contact_hip_0", "contact_hip_1", "contact_hip_2"),
    "knee": ("knee_angle_translation1", "knee_angle_translation2", "contact_knee_0"),
    "ankle": ("contact_ankle_0", "contact_ankle_1", "contact_ankle_2"),
    "kneecap": ("knee_angle_beta_translation1", "knee_angle_beta_translation2"),
}


class Coupling(NamedTuple):
    """One joint that follows another by a polynomial, as the knee's sliding follows its bending."""

    dependent: int
    leader: int
    offset: float
    leader_offset: float
    polynomial: Array  # highest power first


class Motion(NamedTuple):
    """Positions, velocities and accelerations of every frame, in the model's own order."""

    positions: Array  # (n_frames, nq)
    velocities: Array  # (n_frames, nv)
    accelerations: Array  # (n_frames, nv)


class Push(NamedTuple):
    """Outside forces on the feet: per leg, force [N], point [m] and free moment [N·m], each (n_frames, 3)."""

    force: dict[Leg, Array]
    point: dict[Leg, Array]
    moment: dict[Leg, Array]


@contextmanager
def _quiet() -> Iterator[None]:
    """Reading myo-sim warns that a model made of parts may not be saved well; nothing is saved here."""
    listen = getattr(mujoco, "set_mju_user_warning", None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if listen:
            listen(lambda _: None)
        try:
            yield
        finally:
            if listen:
                listen(None)


@functools.cache
def _as_it_comes() -> Any:
    """The model of myo-sim, read once: copies cost a hundredth of putting it together again."""
    return myo_sim.load_spec("myolegs")


class LegModel:
    """Both legs with pelvis and a passive trunk, 80 muscle units, and virtual slides that measure contact."""

    def __init__(self, size: Size | None = None, *, corrected: bool = True) -> None:
        with _quiet():
            plain = _as_it_comes().copy().compile()
            spec = with_contact_slides(_as_it_comes().copy())
            spec = with_side_bending(with_knee_centre(spec) if corrected else spec, plain)
            self.model = spec.compile() if size is None else with_size(spec, plain, size)
        self.model.opt.gravity[:] = (0, -GRAVITY, 0)
        self.model.opt.disableflags |= (
            mujoco.mjtDisableBit.mjDSBL_CONTACT
            | mujoco.mjtDisableBit.mjDSBL_CONSTRAINT
            | mujoco.mjtDisableBit.mjDSBL_SPRING
            | mujoco.mjtDisableBit.mjDSBL_DAMPER
        )
        self.data = mujoco.MjData(self.model)
        self.couplings = list(couplings(self.model))
        self._index_couplings()
        self.pelvis_in_root = self._pelvis_in_root()
        self.units_of = {leg: self.units(leg) for leg in LEGS}
        self.dofs_of = {leg: self.dofs(leg) for leg in LEGS}

    def _index_couplings(self) -> None:
        """Where leaders and followers stand, and the polynomials between them, as arrays."""
        found = self.couplings
        self.leads = self.model.jnt_qposadr[[one.leader for one in found]]
        self.lead_offsets = np.array([one.leader_offset for one in found])
        self.powers = np.array([one.polynomial for one in found]).T
        self.followers = self.model.jnt_dofadr[[one.dependent for one in found]]
        self.to_leader = np.zeros((len(found), self.model.nv))
        self.to_leader[np.arange(len(found)), self.model.jnt_dofadr[[one.leader for one in found]]] = 1.0

    def _pelvis_in_root(self) -> Array:
        """How the pelvis stands in the frame of the body that moves freely."""
        self.data.qpos[3:7] = (1, 0, 0, 0)
        mujoco.mj_kinematics(self.model, self.data)
        turn: Array = self.data.xmat[self.model.body("pelvis").id].reshape(3, 3).copy()
        return turn

    @property
    def mass_kg(self) -> float:
        """The mass of the whole body."""
        return float(self.model.body_mass.sum())

    def dof(self, joint: str) -> int:
        """Where a joint's velocity stands."""
        return int(self.model.jnt_dofadr[self.model.joint(joint).id])

    def dofs(self, leg: Leg) -> list[int]:
        """Where the six balanced coordinates of a leg stand."""
        return [self.dof(on_side(stem, leg)) for stem in LEG_COORDINATES]

    def motion(self, coordinates: dict[str, Array], period_s: float | None) -> Motion:
        """The model's motion for one cycle of coordinates [rad, m]; without a period, a pose held still."""
        frames = len(next(iter(coordinates.values())))
        rate = derivative(period_s)
        position = np.tile(self.model.qpos0, (frames, 1))
        velocity, acceleration = np.zeros((2, frames, self.model.nv))
        self._root(coordinates, rate, position, velocity, acceleration)
        for name, values in coordinates.items():
            joint = mujoco.mj_name2id(self.model, mujoco.mjtObj.mjOBJ_JOINT, name)
            if joint >= 0:
                dof = self.model.jnt_dofadr[joint]
                position[:, self.model.jnt_qposadr[joint]] = values
                velocity[:, dof], acceleration[:, dof] = rate(values), rate(rate(values))
        for coupling in self.couplings:
            self._follow(coupling, position, velocity, acceleration)
        return Motion(position, velocity, acceleration)

    def _root(
        self, coordinates: dict[str, Array], rate: Any, position: Array, velocity: Array, acceleration: Array
    ) -> None:
        """The pelvis: place in the world; turned by tilt about z, list about x, then rotation about y."""
        place = np.stack([coordinates[f"pelvis_{axis}"] for axis in ("tx", "ty", "tz")], axis=1)
        turn = pelvis_to_world(*(coordinates[f"pelvis_{name}"] for name in ("tilt", "list", "rotation")))
        turn = turn @ self.pelvis_in_root.T
        position[:, :3] = place
        for frame, matrix in enumerate(turn):
            mujoco.mju_mat2Quat(position[frame, 3:7], matrix.ravel())
        spin = unskew(np.einsum("fji,fjk->fik", turn, rate(turn)))
        velocity[:, :3], acceleration[:, :3] = rate(place), rate(rate(place))
        velocity[:, 3:6], acceleration[:, 3:6] = spin, rate(spin)

    def _follow(self, coupling: Coupling, position: Array, velocity: Array, acceleration: Array) -> None:
        """Place, speed and acceleration of a joint that follows another."""
        qpos, dof = self.model.jnt_qposadr, self.model.jnt_dofadr
        lead, own = dof[coupling.leader], dof[coupling.dependent]
        bend = position[:, qpos[coupling.leader]] - coupling.leader_offset
        first = np.polyder(coupling.polynomial)
        slope, bow = np.polyval(first, bend), np.polyval(np.polyder(first), bend)
        position[:, qpos[coupling.dependent]] = coupling.offset + np.polyval(coupling.polynomial, bend)
        velocity[:, own] = slope * velocity[:, lead]
        acceleration[:, own] = slope * acceleration[:, lead] + bow * velocity[:, lead] ** 2

    def pose(self, positions: Array, velocities: Array) -> None:
        """Set one frame and compute places and tendons."""
        self.data.qpos[:], self.data.qvel[:] = positions, velocities
        mujoco.mj_fwdPosition(self.model, self.data)

    def moments(self, motion: Motion, push: Push) -> Array:
        """Generalised forces that the motion needs beyond gravity and push, shape (n_frames, nv)."""
        found = np.zeros_like(motion.velocities)
        for frame in range(len(found)):
            self.data.qpos[:], self.data.qvel[:] = motion.positions[frame], motion.velocities[frame]
            self.data.qacc[:] = motion.accelerations[frame]
            mujoco.mj_inverse(self.model, self.data)
            found[frame] = self.data.qfrc_inverse - self._pushed(frame, push)
        return found

    def _pushed(self, frame: int, push: Push) -> Array:
        """What the push does along every coordinate."""
        total = np.zeros(self.model.nv)
        for leg in LEGS:
            if leg in push.force and push.force[leg][frame].any():
                body = self.model.body(on_side("calcn", leg)).id
                mujoco.mj_applyFT(
                    self.model, self.data, push.force[leg][frame], push.moment[leg][frame],
                    push.point[leg][frame], body, total,
                )  # fmt: skip
        return total

    def tendon_slopes(self) -> Array:
        """Change of each unit's length with each coordinate at the present pose, (2 · n_units, nv)."""
        dense = np.zeros((self.model.ntendon, self.model.nv))
        source = self.data if hasattr(self.data, "ten_J_rowadr") else self.model
        rows = np.repeat(np.arange(self.model.ntendon), source.ten_J_rownnz)
        dense[rows, np.ravel(source.ten_J_colind)] = np.ravel(self.data.ten_J)
        slopes: Array = dense[self.model.actuator_trnid[:, 0]]
        return slopes

    def projected(self, along: Array, positions: Array) -> Array:
        """Generalised forces (…, nv) with those of following joints carried over to their leaders."""
        bend = positions[self.leads] - self.lead_offsets
        slope = ((4 * self.powers[0] * bend + 3 * self.powers[1]) * bend + 2 * self.powers[2]) * bend
        slope += self.powers[3]
        carried: Array = along + (along[..., self.followers] * slope) @ self.to_leader
        return carried

    def units(self, leg: Leg) -> list[int]:
        """Where the units of a leg stand among the actuators."""
        return [self.model.actuator(on_side(stem, leg)).id for stem in LEG_UNITS]

    def most_force(self, leg: Leg) -> Array:
        """The greatest isometric force of each unit [N]."""
        return np.array([self.model.actuator_gainprm[unit, 2] for unit in self.units(leg)])

    def active_force(self, lengths: Array, speeds: Array) -> Array:
        """Force of fully active units at lengths [m] and lengthening speeds [m/s], rigid tendons [N].

        All units of both legs, (n_frames, 2 · n_units); the curves are those of MuJoCo's muscle, whose own
        function takes one unit at a time.
        """
        first, last, most, _, shortest, longest, fastest, _, eccentric = self.model.actuator_gainprm[:, :9].T
        begin, end = self.model.actuator_lengthrange.T
        optimal = (end - begin) / (last - first)
        length = first + (lengths - begin) / optimal
        speed = speeds / (optimal * fastest)
        force: Array = most * force_at_length(length, shortest, longest) * force_at_speed(speed, eccentric)
        return force


def couplings(model: Any) -> Any:
    """The joints that follow others."""
    for number in range(model.neq):
        if model.eq_type[number] == mujoco.mjtEq.mjEQ_JOINT:
            own, lead = int(model.eq_obj1id[number]), int(model.eq_obj2id[number])
            offset, lead_offset = (float(model.qpos0[model.jnt_qposadr[joint]]) for joint in (own, lead))
            yield Coupling(own, lead, offset, lead_offset, model.eq_data[number, :5][::-1].copy())


def pelvis_to_world(tilt: Array, list_: Array, rotation: Array) -> Array:
    """Turning matrices of the pelvis, (n_frames, 3, 3)."""
    return about("z", tilt) @ about("x", list_) @ about("y", rotation)


def about(axis: str, angle: Array) -> Array:
    """Turning matrices about one axis, (n_frames, 3, 3)."""
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = np.tile(np.eye(3), (len(angle), 1, 1))
    matrix[:, first, first] = matrix[:, second, second] = np.cos(angle)
    matrix[:, second, first] = np.sin(angle)
    matrix[:, first, second] = -np.sin(angle)
    return matrix


def unskew(matrices: Array) -> Array:
    """The vectors of skew matrices, (n_frames, 3)."""
    return np.stack([matrices[:, 2, 1], matrices[:, 0, 2], matrices[:, 1, 0]], axis=1)


def derivative(period_s: float | None) -> Any:
    """A function giving the rate of change of one cycle sampled evenly, exact for its harmonics."""

    def rate(values: Array) -> Array:
        if period_s is None:
            return np.zeros_like(values)
        count = len(values)
        order = np.fft.fftfreq(count, 1 / count)
        if count % 2 == 0:
            order[count // 2] = 0
        shape = (-1,) + (1,) * (values.ndim - 1)
        turned = np.fft.fft(values, axis=0) * (2j * np.pi / period_s * order).reshape(shape)
        return np.real(np.fft.ifft(turned, axis=0))

    return rate
