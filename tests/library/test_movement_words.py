"""Every word of a movement file counts: a misspelt part, coordinate or thing is named with file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.small import Change, small_library
from weaklink.body.skeleton import skeleton_of
from weaklink.library.checking import check_library
from weaklink.library.movements import movement_of
from weaklink.library.reading import KNOWLEDGE, Library, shipped_library
from weaklink.library.unreadable import unreadable
from weaklink.movement.task import contacts_of

CLAMSHELL = "movements/clamshell"
WORDS: list[tuple[str, Change, str]] = [
    (CLAMSHELL, ("view =", 'without = ["hip_x"]\nview ='), "without"),
    (CLAMSHELL, ("view =", 'without = ["skull"]\nview ='), "without"),
    (CLAMSHELL, ("view =", 'contacts = [{ parts = ["heal_r"] }]\nview ='), "contacts.parts"),
    (CLAMSHELL, ("view =", 'contacts = [{ parts = ["heel_r"], on = "wal" }]\nview ='), "contacts.on"),
    (CLAMSHELL, ("view =", 'at_limit = ["hip_rotation_r"]\nview ='), "at_limit"),
    (CLAMSHELL, ("view =", "angles = { hip_flexoin = 3 }\nview ="), "angles"),
    (CLAMSHELL, ("view =", 'free = ["hip_flexoin"]\nview ='), "free"),
    (CLAMSHELL, ("view =", 'held = [{ kind = "band", at = ["kne_r", "knee_l"] }]\nview ='), "held.at"),
    (CLAMSHELL, ("view =", 'held = [{ kind = "band", at = ["knee_r"], to = "door" }]\nview ='), "held.to"),
    (CLAMSHELL, ('["heel_r", "heel_l"]', '["foot_r", "heel_l"]'), "aims"),
    (CLAMSHELL, ("hold_s = 1", 'hold_s = 1\nwithout = ["foot_r"]'), "keyframes.top knee lifted.without"),
    (CLAMSHELL, ("hip_rotation_r = -32", "hip_rotaton_r = -32"), "keyframes.top knee lifted.angles"),
    (CLAMSHELL, ('posture = "side-lying"', 'posture = "side-liyng"'), "posture"),
    ("postures/side-lying", ('"shoulder_l"] }', '"sholder_l"] }'), "contacts.parts"),
    ("postures/side-lying", ("pelvis_tilt = 90", "pelvis_tlit = 90"), "angles"),
    ("postures/side-lying", ('put = "wrist_l"', 'put = "writs_l"'), "aims"),
]


@pytest.mark.parametrize(("name", "change", "field"), WORDS, ids=[f"{f}:{c[1][:28]}" for _, c, f in WORDS])
def test_a_word_the_body_does_not_know_is_named_with_file_and_key(
    tmp_path: Path, name: str, change: Change, field: str
) -> None:
    problems = check_library(small_library(tmp_path, {name: change}))

    assert (f"knowledge/{name}.toml", field) in {(problem.file, problem.field) for problem in problems}


def test_the_nearest_right_word_is_named(tmp_path: Path) -> None:
    library = small_library(tmp_path, {CLAMSHELL: ("view =", 'without = ["sholder_l"]\nview =')})
    (problem,) = check_library(library)

    assert 'no part "sholder_l"; nearest: shoulder_l' in str(problem)


def touching(library: Library) -> set[str]:
    movement = movement_of("clamshell", library)
    body = skeleton_of()
    return {body.balls[ball] for ball in contacts_of(movement, movement.keyframes[0], body)}


def test_a_movement_may_lift_the_heel_of_a_foot_its_posture_puts_down(tmp_path: Path) -> None:
    changes: dict[str, Change] = {"postures/side-lying": ('parts = ["hip_l",', 'parts = ["foot_r", "hip_l",')}
    whole = small_library(tmp_path / "whole", changes)
    lifted = small_library(
        tmp_path / "lifted", {**changes, CLAMSHELL: ("view =", 'without = ["heel_r"]\nview =')}
    )

    assert check_library(lifted) == ()
    assert touching(whole) - touching(lifted) == {"heel_r"}


def test_what_stands_beside_same_as_is_never_read_and_said_so(tmp_path: Path) -> None:
    same = 'status = "draft"\nlast_checked = 2026-11-20\nsame_as = "clamshell"\nfeet = true\n'
    problems = check_library(small_library(tmp_path, {"movements/band-walk": same}))

    assert [(problem.file, problem.field) for problem in problems] == [
        ("knowledge/movements/band-walk.toml", "feet")
    ]


def test_every_file_that_cannot_be_read_is_named_not_the_first_only(tmp_path: Path) -> None:
    small_library(tmp_path)
    for name, (old, new) in {
        CLAMSHELL: ("hold_s = 1", "hold_sec = 1"),
        "exercises/clamshell": ("level = 1", 'level = 1\nlevle = "x"'),
    }.items():
        path = tmp_path / "knowledge" / f"{name}.toml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    problems = unreadable(tmp_path / "knowledge")

    assert [(one.file, one.field) for one in problems] == [
        ("knowledge/exercises/clamshell.toml", "file"),
        ("knowledge/movements/clamshell.toml", "keyframes[1]"),
    ]
    assert ["levle" in problems[0].message, "hold_sec" in problems[1].message] == [True, True]


def test_every_word_of_the_shipped_movements_is_known() -> None:
    assert unreadable(KNOWLEDGE) == ()
    assert [one for one in check_library(shipped_library()) if "movements/" in one.file] == []
