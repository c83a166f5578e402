"""Pictures of moves: none is missing, each stands on the floor, each has words."""

from __future__ import annotations

import math

import pytest

from weaklink.library.reading import shipped_library
from weaklink.web import moves
from weaklink.web.mannequin import LENGTHS

LIBRARY = shipped_library()
MOVES = moves.known_moves()


@pytest.mark.statement("S67")
def test_no_exercise_and_no_test_is_without_a_picture():
    missing = (set(LIBRARY.exercises) | set(LIBRARY.clinical_tests)) - set(MOVES)

    assert missing == set()


@pytest.mark.parametrize("move_id", MOVES)
def test_a_picture_has_a_figure_and_words(move_id):
    drawn = moves.move_figure(move_id, "what it shows")

    assert drawn.startswith("<svg ")
    assert 'aria-label="what it shows"' in drawn
    assert "style" not in drawn
    assert "nan" not in drawn
    assert moves.move_words(move_id).endswith((".", "?"))


@pytest.mark.parametrize("move_id", MOVES)
def test_nothing_sinks_into_the_floor_and_limbs_keep_their_length(move_id):
    move = moves._read(move_id)
    for own in (move.start, move.end):
        joints = moves._figure(move, own).joints

        assert min(y for _, y in joints.values()) > -0.01
        assert math.dist(joints["pelvis"], joints["chest"]) <= LENGTHS["trunk"] + 1e-9
        assert math.dist(joints["near-hip"], joints["near-knee"]) <= LENGTHS["thigh"] + 1e-9


def test_a_decoration_is_hidden_from_readers():
    assert 'aria-hidden="true"' in moves.move_figure("clamshell", "")
