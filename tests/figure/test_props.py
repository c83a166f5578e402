"""What lies on the body: a dumbbell across a thigh, the pad of a machine on a shoulder."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from weaklink.body.skeleton import skeleton_of
from weaklink.figure.props import BEHIND_M, PAD_M, Prop, props_held
from weaklink.library.baked_movements import baked_movement
from weaklink.library.reading import shipped_library
from weaklink.movement.kinematics import place


def _drawn(name: str) -> tuple[list[Prop], dict[str, npt.NDArray[np.float64]]]:
    """What is held in the first phase, and where the balls of flesh are in it."""
    baked, skeleton = baked_movement(name, shipped_library()), skeleton_of()
    assert baked is not None
    pose = baked.coordinates[0]
    balls = place(skeleton, pose).balls[0]
    return props_held(baked.movement, skeleton, pose), dict(zip(skeleton.balls, balls, strict=True))


def test_a_weight_on_one_thigh_lies_across_it() -> None:
    props, balls = _drawn("seated-heel-raise-weight")
    points = np.vstack([prop.vertices for prop in props])
    size = np.ptp(points, axis=0)
    assert {prop.kind for prop in props} == {"weight"}
    assert size[2] > 1.5 * size[0]
    assert points[:, 1].min() > balls["thigh_lower_r"][1]


def test_a_bar_on_one_shoulder_is_a_pad_that_reaches_forward() -> None:
    props, balls = _drawn("standing-calf-machine")
    shoulders = [balls["shoulder_r"], balls["shoulder_l"]]
    assert len(props) == len(shoulders)
    for prop, shoulder in zip(props, shoulders, strict=True):
        low, high = prop.vertices.min(axis=0), prop.vertices.max(axis=0)
        assert low[1] > shoulder[1]
        assert np.isclose(low[0], shoulder[0] - BEHIND_M, atol=PAD_M)
        assert high[0] - shoulder[0] > 2 * BEHIND_M
