"""Stills: the same each time, small, in tokens; the working muscle is seen; both sides are alike."""

from __future__ import annotations

import re

import pytest

from weaklink.figure.still import MOST_BYTES, pose_at, second_camera, start_and_end, still
from weaklink.figure.visibility import best_share
from weaklink.library.baked_movements import baked_movement
from weaklink.library.figures import human
from weaklink.library.reading import shipped_library
from weaklink.library.working import working_muscles
from weaklink.movement.baked import Baked, other_side

LIBRARY = shipped_library()
WOMAN = human("woman")
WHOLE = sorted(name for name, record in LIBRARY.movements.items() if not record.same_as)
SEEN = 0.25  # of a working muscle, at least, in the first view


def baked(name: str) -> Baked:
    found = baked_movement(name, LIBRARY)
    assert found is not None
    return found


def drawn(found: Baked) -> str:
    return still(found, WOMAN, working_muscles(found.id, LIBRARY, found.side)).drawing


@pytest.mark.slow
@pytest.mark.parametrize("name", ["clamshell", "goblet-squat"])
def test_a_still_is_the_same_each_time_and_in_tokens_alone(name: str) -> None:
    first = drawn(baked(name))

    assert first == drawn(baked(name))
    assert len(first.encode()) <= MOST_BYTES
    assert not re.search(r"#|rgb|style|url\(|class|nan", first)
    assert "var(--strong)" in first


@pytest.mark.slow
def test_upright_bodies_stand_in_pairs_and_lying_ones_over_their_start() -> None:
    for name, paired in (("goblet-squat", True), ("straight-leg-raise", False)):
        found = baked(name)
        assert still(found, WOMAN, {}).paired is paired


def test_a_hold_is_drawn_once_and_without_an_arrow() -> None:
    found = baked("plank")

    assert len(set(start_and_end(found))) == 1
    assert 'stroke-width="2"' not in drawn(found)


@pytest.mark.slow
def test_a_smaller_limit_makes_a_coarser_picture() -> None:
    found = baked("bird-dog")
    camera = second_camera(found.movement)
    fine, coarse = (still(found, WOMAN, {}, camera, limit) for limit in (50_000, 5_000))

    assert len(coarse.drawing.encode()) < len(fine.drawing.encode())


@pytest.mark.parametrize("name", WHOLE)
def test_the_first_view_shows_a_working_muscle(name: str) -> None:
    found = baked(name)
    lit = working_muscles(name, LIBRARY, found.side)
    end = pose_at(found, WOMAN, lit, start_and_end(found)[-1])

    assert best_share(end, found.view) >= SEEN


def test_the_other_side_shows_as_much_from_its_own_camera() -> None:
    one = baked("sidelying-hip-abduction")
    other = other_side(one)
    shares = [
        best_share(
            pose_at(each, WOMAN, working_muscles(each.id, LIBRARY, each.side), each.keyframes[-1]), each.view
        )
        for each in (one, other)
    ]

    assert other.side == "left"
    assert shares[0] == pytest.approx(shares[1], abs=0.05)
