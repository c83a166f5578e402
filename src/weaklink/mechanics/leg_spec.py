"""What is changed in the leg model as it comes: the knee's centre, slides that measure contact, size.

Needs the package mujoco; imported only where geometry is computed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import mujoco  # type: ignore[import-untyped]
import numpy as np
import numpy.typing as npt

from weaklink.body.names import LEGS, on_side

Array = npt.NDArray[np.float64]
# Where the shin turns, in its own frame of the right leg [m]: the child frame of the knee in Rajagopal2016
# (rajagopal-2016). The model as it comes turns it about its origin, and hamstring arms are 8 mm too long.
KNEE_CENTRE = (-0.00809, -0.00353, -0.00148)
CONTACT_BODIES = {"hip": "femur", "knee": "tibia", "ankle": "talus"}


class Size(NamedTuple):
    """How a runner differs from the model as it comes: factors per segment, and the whole mass."""

    mass_kg: float
    segments: dict[str, tuple[float, float, float]]  # "pelvis", "femur", "tibia", "foot"


def with_contact_slides(spec: Any) -> Any:
    """The model with slides that never move: the force along them is what the joint surfaces carry."""
    for leg in LEGS:
        for joint, name in CONTACT_BODIES.items():
            body = spec.body(on_side(name, leg))
            for number, axis in enumerate(free_axes(joint, body)):
                slide = body.add_joint()
                slide.name = on_side(f"contact_{joint}_{number}", leg)
                slide.type = mujoco.mjtJoint.mjJNT_SLIDE
                slide.axis = axis
                slide.limited = mujoco.mjtLimited.mjLIMITED_FALSE
    return spec


def with_side_bending(spec: Any, plain: Any) -> Any:
    """The model with a trunk that bends sideways at the lowest lumbar joint, positive to the right."""
    data = mujoco.MjData(plain)
    mujoco.mj_kinematics(plain, data)
    trunk, pelvis = (data.xmat[plain.body(name).id].reshape(3, 3) for name in ("lumbar5", "pelvis"))
    joint = spec.body("lumbar5").add_joint()
    joint.name, joint.type = "lumbar_bending", mujoco.mjtJoint.mjJNT_HINGE
    joint.axis = trunk.T @ pelvis @ np.array((1.0, 0.0, 0.0))
    joint.limited = mujoco.mjtLimited.mjLIMITED_FALSE
    return spec


def with_knee_centre(spec: Any) -> Any:
    """The model with its knee turning where Rajagopal2016 has it."""
    for leg in LEGS:
        side = np.array((1, 1, 1 if leg == "right" else -1))
        for joint in spec.body(on_side("tibia", leg)).joints:
            if joint.type == mujoco.mjtJoint.mjJNT_HINGE:
                joint.pos = np.array(KNEE_CENTRE) * side
    return spec


def with_size(spec: Any, plain: Any, size: Size) -> Any:
    """The compiled model with segments of a runner's size; muscle lengths keep their place on the curve."""
    for body in spec.bodies:
        body.mass *= size.mass_kg / plain.body_mass.sum()
        body.inertia = np.array(body.inertia) * size.mass_kg / plain.body_mass.sum()
    for segment, factors in size.segments.items():
        for body in bodies_of(spec, segment):
            stretch(body, np.array(factors))
    stretch_couplings(spec, np.array(size.segments["femur"]))
    model = spec.compile()
    before, after = tendon_lengths(plain), tendon_lengths(model)
    model.actuator_lengthrange[:] *= (after / before)[model.actuator_trnid[:, 0], None]
    return model


def bodies_of(spec: Any, segment: str) -> list[Any]:
    """The bodies a segment is made of, on both sides."""
    names = {"foot": ("talus", "calcn", "toes"), "femur": ("femur",), "tibia": ("tibia",)}.get(segment)
    wanted = [segment] if names is None else [on_side(name, leg) for name in names for leg in LEGS]
    return [spec.body(name) for name in wanted]


def stretch(body: Any, factors: Array) -> None:
    """Move all that is fixed to a body outwards, and thicken what muscles wrap around."""
    for site in body.sites:
        site.pos = np.array(site.pos) * factors
    for geom in body.geoms:
        geom.pos = np.array(geom.pos) * factors
        geom.size = np.array(geom.size) * factors.mean()
    body.ipos = np.array(body.ipos) * factors
    body.inertia = np.array(body.inertia) * factors.mean() ** 2
    for joint in body.joints:
        joint.pos = np.array(joint.pos) * factors
    for child in body.bodies:
        child.pos = np.array(child.pos) * factors


def stretch_couplings(spec: Any, factors: Array) -> None:
    """Let the sliding of knee and kneecap grow with the thigh."""
    for equality in spec.equalities:
        if "translation" in equality.name1:
            equality.data = np.array(equality.data) * factors.mean()


def tendon_lengths(model: Any) -> Array:
    """The length of every tendon in the model's own rest pose [m]."""
    data = mujoco.MjData(model)
    mujoco.mj_fwdPosition(model, data)
    lengths: Array = data.ten_length.copy()
    return lengths


def free_axes(joint: str, body: Any) -> Array:
    """Axes along which the body cannot slide yet; a body may have six coordinates, and the tibia has five."""
    if joint != "knee":
        return np.eye(3)
    sliding = [np.array(one.axis) for one in body.joints if one.type == mujoco.mjtJoint.mjJNT_SLIDE]
    return np.cross(sliding[1], sliding[0])[None]
