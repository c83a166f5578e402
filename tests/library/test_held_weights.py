"""How a weight is held: one fault put into a whole small library, one problem out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.small import SMALL, small_library
from weaklink.library.checking import check_library

BAND_WALK = (SMALL / "exercises" / "band-walk.toml").read_text(encoding="utf-8")
HELD = 'held = ["ankle-weight"]'

WRONG = [
    ("clamshell", (HELD, "held = []"), "weighted.held"),
    ("clamshell", (HELD, 'held = ["dumbbell", "dumbbell"]'), "weighted.held"),
    ("clamshell", (HELD, 'held = ["machine-stack"]'), "weighted.held"),
    ("clamshell", ("level = 1", 'tags = ["loaded"]\nlevel = 1'), "tags"),
    ("clamshell", (HELD, f"{HELD}\nbody_share = 1.1"), "weighted.body_share"),
    ("clamshell", (HELD, f"{HELD}\nbody_share = -0.1"), "weighted.body_share"),
    ("clamshell", (HELD, f"{HELD}\nbegin = [0.1, 0.05, 0.2]"), "weighted.begin"),
    ("clamshell", (HELD, f"{HELD}\nbegin = [0, 0.3, 0.2]"), "weighted.begin"),
    ("clamshell", (HELD, f"{HELD}\nbegin = [-0.1, 0, 0]"), "weighted.begin"),
    ("clamshell", (HELD, f"{HELD}\nbegin = [0, 0, 0.2]\nmost = 0.1"), "weighted.most"),
    ("clamshell", (HELD, f'{HELD}\nknown_by = {{ lift = "squat", share = 0 }}'), "weighted.known_by.share"),
    ("clamshell", (HELD, f'{HELD}\nknown_by = {{ lift = "squat", share = 1.1 }}'), "weighted.known_by.share"),
    ("band-walk", ('needs = ["band"]', 'needs = ["band", "weight"]'), "weighted.held"),
    ("band-walk", ('held = ["band"]', 'held = ["dumbbell"]'), "weighted.held"),
]


@pytest.mark.parametrize(("name", "change", "field"), WRONG, ids=[f"{f}:{c[1][:40]}" for _, c, f in WRONG])
def test_a_wrong_weight_is_named(tmp_path: Path, name: str, change: tuple[str, str], field: str) -> None:
    problems = check_library(small_library(tmp_path, {f"exercises/{name}": change}))

    assert [(problem.file, problem.field) for problem in problems] == [
        (f"knowledge/exercises/{name}.toml", field)
    ]


def test_what_needs_a_machine_is_held_by_its_pin(tmp_path: Path) -> None:
    text = BAND_WALK.replace('needs = ["band"]', 'needs = ["machine"]').replace('held = ["band"]', HELD)
    problems = check_library(small_library(tmp_path, {"exercises/press": text}))

    assert [(problem.file, problem.field) for problem in problems] == [
        ("knowledge/exercises/press.toml", "weighted.held")
    ]


def test_what_needs_a_weight_says_how_it_is_held(tmp_path: Path) -> None:
    text = BAND_WALK.replace('needs = ["band"]', 'needs = ["weight"]').replace(
        '[weighted]\nheld = ["band"]', ""
    )
    problems = check_library(small_library(tmp_path, {"exercises/band-walk": text}))

    assert [problem.field for problem in problems] == ["weighted"]


def test_whole_numbers_of_a_strong_runner_may_be_the_most(tmp_path: Path) -> None:
    change = (HELD, f"{HELD}\nbody_share = 1\nbegin = [0, 0, 0.2]\nmost = 0.2")

    assert check_library(small_library(tmp_path, {"exercises/clamshell": change})) == ()
