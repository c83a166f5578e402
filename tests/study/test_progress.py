"""How far a study is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from weaklink.cli import progress
from weaklink.study.study_plan import StudyPlan


def heard(plan: StudyPlan, *, terminal: bool, steps: list[int]) -> str:
    screen = Console(file=io.StringIO(), force_terminal=terminal, width=100)
    with progress.shown(plan, "2 processes", screen) as say:
        for step in steps:
            say(step, plan.scenarios)
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


def test_a_terminal_shows_a_bar_with_the_time_left(plan: StudyPlan) -> None:
    said = heard(plan, terminal=True, steps=[0, 72, 144])

    assert "small: 3 people, 144 scenarios in 16 chunks, 2 processes" in said
    assert "100 %" in said
    assert "144/144" in said
    assert "left" in said


def test_elsewhere_it_is_a_line_at_the_start_and_at_the_end(plan: StudyPlan) -> None:
    said = heard(plan, terminal=False, steps=[9, 72, 100, 144]).splitlines()

    assert said[1:] == ["9 of 144 scenarios", "144 of 144 scenarios"]


def test_between_them_a_line_says_the_time_left(plan: StudyPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 0.0, 1.0, 30.0, 31.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock, 32.0))
    said = heard(plan, terminal=False, steps=[9, 18, 63, 144]).splitlines()

    # 54 scenarios in 30 seconds, and 81 to go
    assert said[1:] == ["9 of 144 scenarios", "63 of 144 scenarios, about 45 s left", "144 of 144 scenarios"]
