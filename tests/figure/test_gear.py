"""Gear of the gym: what is held has the same corners in every pose, and lies where a body could hold it."""

from __future__ import annotations

import numpy as np
import pytest

from weaklink.body.skeleton import Skeleton, skeleton_of
from weaklink.figure.props import Prop, props_held
from weaklink.library.baked_movements import baked_movement
from weaklink.library.reading import shipped_library
from weaklink.movement.baked import Baked
from weaklink.movement.kinematics import place

LIBRARY = shipped_library()
SKELETON: Skeleton = skeleton_of()
AT_HAND_M = 0.07


def baked(name: str) -> Baked:
    found = baked_movement(name, LIBRARY)
    assert found is not None
    return found


def held_in(found: Baked) -> list[list[Prop]]:
    return [props_held(found.movement, SKELETON, found.coordinates[mark]) for mark in found.keyframes]


def ball_at(found: Baked, mark: int, name: str) -> np.ndarray:
    at: np.ndarray = place(SKELETON, found.coordinates[[mark]]).balls[0, SKELETON.ball(name)]
    return at


@pytest.mark.parametrize(
    "name",
    ["back-squat", "hack-squat", "kettlebell-deadlift", "leg-press-double", "spanish-squat-dynamic"],
)
def test_what_is_held_has_the_same_corners_in_every_pose(name: str) -> None:
    shapes = {tuple(prop.vertices.shape for prop in props) for props in held_in(baked(name))}

    assert len(shapes) == 1


@pytest.mark.parametrize("side", ["r", "l"])
def test_the_hands_are_on_the_barbell(side: str) -> None:
    found = baked("back-squat")
    for mark, props in zip(found.keyframes, held_in(found), strict=True):
        along = props[0].vertices
        first, last = along[along[:, 2].argmin()], along[along[:, 2].argmax()]
        fist = (ball_at(found, mark, f"knuckle_out_{side}") + ball_at(found, mark, f"palm_heel_{side}")) / 2
        way = (last - first) / np.linalg.norm(last - first)
        off = (fist - first) - way * float((fist - first) @ way)

        assert np.linalg.norm(off) < AT_HAND_M


def test_a_kettlebell_stands_on_its_block_and_swings_behind_the_knees() -> None:
    lifted, swung = baked("kettlebell-deadlift"), baked("kettlebell-swing")
    top = next(thing.high[1] for thing in lifted.movement.things if thing.name == "block")

    assert held_in(lifted)[0][-1].vertices[:, 1].min() == pytest.approx(top, abs=0.03)
    knee = ball_at(swung, swung.keyframes[0], "knee_r")
    assert held_in(swung)[0][-1].vertices[:, 0].mean() < knee[0]


def test_a_sling_goes_round_the_back_of_both_knees() -> None:
    found = baked("spanish-squat-dynamic")
    for mark, (sling,) in zip(found.keyframes, held_in(found), strict=True):
        for side in ("r", "l"):
            assert sling.vertices[:, 0].min() < ball_at(found, mark, f"knee_{side}")[0] - 0.04
