"""What only the whole tells: poses, questions that decide nothing or are never asked, and known faults."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from tests.library.small import Change, small_library
from weaklink.library.baked_movements import baked_movement
from weaklink.library.fault import Fault
from weaklink.library.movements import movement_of
from weaklink.library.reading import KNOWLEDGE, Library, UnknownIdError, read_record, shipped_library
from weaklink.library.records import Question, Screen
from weaklink.movement.baked import solve
from weaklink.quantities import WeaklinkError
from weaklink.review.asking import triggers_never_asked
from weaklink.review.deciding import questions_that_decide_nothing
from weaklink.review.known_faults import KnownFault, read_known_faults, with_reasons
from weaklink.review.poses import pose_problems
from weaklink.review.reachability import check_reachability

LIBRARY = shipped_library()
SPLIT = """
status = "draft"
last_checked = 2026-11-20
posture = "side-lying"

[[keyframes]]
name = "legs apart"
angles = { hip_adduction_r = -120 }
"""
IDLE = """
status = "draft"
last_checked = 2026-11-20
kind = "yes-no"
text = "Do you like running?"
decides = "runner"
"""
SPEAKS_FOR_NOBODY = """
status = "draft"
last_checked = 2026-11-29
kind = "choice"
text = "How does running feel?"
decides = "finding"
options = [{ id = "good", text = "Good" }, { id = "fine", text = "Fine" }]
areas = ["quads"]
kind_of_link = "strength"
"""


def test_each_fault_of_a_pose_is_named_by_movement_and_phase(tmp_path: Path) -> None:
    library = small_library(tmp_path, {"movements/clamshell": SPLIT})
    problems = list(pose_problems(library, lambda name: solve(movement_of(name, library))))

    assert {one.file for one in problems} == {"knowledge/movements/clamshell.toml"}
    assert {one.field for one in problems} == {"keyframes, legs apart at 0.0 s"}
    assert any(one.message.startswith("hip_adduction_r is at the end of its range") for one in problems)


def test_the_poses_that_ship_were_checked_and_have_no_fault() -> None:
    found = [baked_movement(name, LIBRARY) for name in LIBRARY.movements]

    assert [one.id for one in found if one is not None and one.solution.faults != ()] == []


def test_a_movement_that_cannot_be_solved_is_a_problem_of_its_file(tmp_path: Path) -> None:
    def refuses(name: str) -> object:
        raise UnknownIdError(f'no part of "{name}"')

    (problem,) = pose_problems(small_library(tmp_path), refuses)  # type: ignore[arg-type]

    assert str(problem).startswith("knowledge/movements/clamshell.toml: keyframes: cannot be solved")


def with_question(folder: Path, text: str, library: Library = LIBRARY) -> Library:
    """The shipped library with one more question, on a screen."""
    (folder / "likes-running.toml").write_text(text, encoding="utf-8")
    question = read_record(folder / "likes-running.toml", Question)
    assert isinstance(question, Question)
    screen = Screen(
        id="likes", status="draft", last_checked=question.last_checked, title="", why="", order=90,
        kind="flags", questions=["likes-running"],
    )  # fmt: skip
    return msgspec.structs.replace(
        library,
        questions={**library.questions, question.id: question},
        screens={**library.screens, screen.id: screen},
    )


@pytest.mark.parametrize("text", [IDLE, SPEAKS_FOR_NOBODY])
def test_a_question_whose_answers_decide_nothing_is_named(tmp_path: Path, text: str) -> None:
    library = with_question(tmp_path, text)

    assert [(kind, name, field) for kind, name, field, _ in questions_that_decide_nothing(library)] == [
        ("questions", "likes-running", "decides")
    ]
    assert [one for one in check_reachability(library) if "likes-running" in one.file] == []


def test_every_shipped_question_decides_something() -> None:
    assert list(questions_that_decide_nothing(LIBRARY)) == []


def test_a_question_a_guard_waits_for_decides_something(tmp_path: Path) -> None:
    library = small_library(tmp_path)

    assert [name for _, name, _, _ in questions_that_decide_nothing(library)] == []


def never_asked(library: Library) -> Mapping[str, str]:
    return {name: text for _, name, _, text in triggers_never_asked(library)}


def test_a_trigger_whose_question_is_not_asked_at_its_site_is_named(tmp_path: Path) -> None:
    trigger = '[[triggers]]\nsites = ["knee-lateral"]\nanswers = { downhill-worse = ["yes"] }\n\n[[sources]]'
    flag: Change = ("[[sources]]", trigger)
    asked = small_library(tmp_path / "asked", {"red-flags/acute-injury": flag})
    elsewhere = small_library(
        tmp_path / "elsewhere",
        {"red-flags/acute-injury": flag, "questions/downhill-worse": ("text =", 'sites = ["neck"]\ntext =')},
    )
    of_nobody = small_library(
        tmp_path / "of-nobody",
        {
            "red-flags/acute-injury": flag,
            "questions/downhill-worse": ("[[sources]]", "[[when]]\nage_max = 9\n\n[[sources]]"),
        },
    )

    assert never_asked(asked) == {}
    assert never_asked(elsewhere) == {}  # a rule that names its places is asked for there
    assert never_asked(of_nobody) == {"acute-injury": '"downhill-worse" is never asked at: knee-lateral'}


def test_what_ships_and_is_never_asked_is_known_with_a_reason() -> None:
    found = {f"red-flags/{name}.toml" for name in never_asked(LIBRARY)}

    assert found == {fault.file for fault in read_known_faults()}
    assert all(fault.stays for fault in read_known_faults())


def test_a_known_fault_is_a_warning_and_a_mended_one_has_to_leave_the_list() -> None:
    fault = KnownFault(file="a.toml", field="id", about="odd", stays="for now")
    odd, other = (
        Fault("knowledge/a.toml", "id", "is odd"),
        Fault("knowledge/a.toml", "name", "is odd"),
    )

    assert [one.is_error for one in with_reasons([odd, other], (fault,))] == [False, True]
    assert str(next(with_reasons([odd], (fault,)))) == "warning: knowledge/a.toml: id: is odd (for now)"
    (mended,) = with_reasons([], (fault,))
    assert mended.is_error
    assert "take it off" in mended.message


def test_a_list_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "known-faults.toml").write_text("[[faults]]\nfile = 3\n", encoding="utf-8")

    assert read_known_faults(tmp_path / "none") == ()
    with pytest.raises(WeaklinkError, match=r"known-faults\.toml"):
        read_known_faults(tmp_path)
    assert (KNOWLEDGE / "known-faults.toml").is_file()
