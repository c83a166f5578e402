"""What `check_reachability` finds: one dead end put into a whole small library, one problem out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.small import SMALL, Change, small_library
from weaklink.review.reachability import check_reachability

UNUSED_DOSE = (SMALL / "doses" / "end.toml").read_text(encoding="utf-8")
CLAMSHELL = (SMALL / "exercises" / "clamshell.toml").read_text(encoding="utf-8")

OFF_THE_SCREEN = ('["downhill-worse"]', '["pregnant"]')

DEAD_ENDS: list[tuple[dict[str, Change], str, str]] = [
    (
        {"screens/pattern": OFF_THE_SCREEN, "questions/downhill-worse": ('"finding"', '"runner"')},
        "questions/downhill-worse",
        "id",
    ),
    (
        {"screens/pattern": OFF_THE_SCREEN, "conditions/itbs": ('"downhill-worse"', '"pain-run"')},
        "questions/downhill-worse",
        "id",
    ),
    ({"questions/downhill-worse": ("text =", 'sites = ["neck"]\ntext =')}, "conditions/itbs", "signs"),
    ({"questions/acute-injury": ('"red-flag"', '"finding"')}, "questions/acute-injury", "decides"),
    ({"questions/pregnant": ('"guard"', '"red-flag"')}, "questions/pregnant", "decides"),
    ({"guards/pregnant": ('[{ answers = { pregnant = ["yes"] } }]', "[]\nmax_level = 2")}, "guards/pregnant", "true_when"),
    ({"conditions/itbs": ('"common"', '"only-with-flag"')}, "conditions/itbs", "share"),
    ({"exercises/clamshell": ("level = 1", 'needs = ["band"]\nlevel = 1')}, "areas/glute-med", "prevention_group"),
    ({"doses/unused": UNUSED_DOSE}, "doses/unused", "id"),
    ({"clinical-tests/abduction-reps": ('["glute-med"]', "[]")}, "clinical-tests/abduction-reps", "areas"),
    (
        {"exercises/lost": CLAMSHELL.replace('areas = ["glute-med"]', "areas = []")},
        "exercises/lost",
        "areas",
    ),
    ({"exercises/clamshell": ("[weighted]\nheld = [\"ankle-weight\"]\n", "")}, "exercises/clamshell", "harder"),
    (
        {"exercises/clamshell": ("[weighted]\nheld = [\"ankle-weight\"]\n", "[own_dose]\nhold_s = [5, 8]\n")},
        "exercises/clamshell",
        "harder",
    ),
    ({"exercises/clamshell": ("[weighted]", "[own_dose]\nreps = [10, 50]\n\n[weighted]")}, "exercises/clamshell", "leave_at"),
    (
        {"exercises/clamshell": CLAMSHELL.replace("level = 1", "level = 1\nleave_at = 26") + "\n[own_dose]\nreps = [10, 50]\n"},
        "exercises/clamshell",
        "leave_at",
    ),
    ({"exercises/clamshell": ("level = 1", "level = 1\nleave_at = 12")}, "exercises/clamshell", "leave_at"),
]  # fmt: skip


def test_in_the_small_library_everything_is_reached(tmp_path: Path) -> None:
    assert check_reachability(small_library(tmp_path)) == ()


@pytest.mark.parametrize(("changes", "name", "field"), DEAD_ENDS, ids=[name for _, name, _ in DEAD_ENDS])
def test_a_dead_end_is_named(tmp_path: Path, changes: dict[str, Change], name: str, field: str) -> None:
    problems = check_reachability(small_library(tmp_path, changes))

    assert [(problem.file, problem.field) for problem in problems] == [(f"knowledge/{name}.toml", field)]


@pytest.mark.parametrize(
    "instead",
    [
        'harder = "band-walk"',
        "[own_dose]\nreps = [1, 1]\nhold_s = [20, 40]",
    ],
)
def test_a_next_rung_or_a_hold_with_room_is_no_end(tmp_path: Path, instead: str) -> None:
    text = CLAMSHELL.replace('[weighted]\nheld = ["ankle-weight"]\n', f"{instead}\n")

    assert check_reachability(small_library(tmp_path, {"exercises/clamshell": text})) == ()


def test_a_hop_may_end_and_a_long_range_may_lead_on_early(tmp_path: Path) -> None:
    hop = CLAMSHELL.replace('[weighted]\nheld = ["ankle-weight"]\n', "").replace("level = 1", "level = 6")
    long = CLAMSHELL.replace("level = 1", "level = 1\nleave_at = 20").replace(
        "[weighted]", "[own_dose]\nreps = [10, 50]\n\n[weighted]"
    )
    changes: dict[str, Change] = {"exercises/hop": hop, "exercises/clamshell": long}

    assert check_reachability(small_library(tmp_path, changes)) == ()


def test_a_finding_that_a_sign_uses_needs_no_screen_of_its_own(tmp_path: Path) -> None:
    assert check_reachability(small_library(tmp_path, {"screens/pattern": OFF_THE_SCREEN})) == ()


def test_a_red_flag_that_nobody_is_asked_is_named(tmp_path: Path) -> None:
    flag = (SMALL / "red-flags" / "acute-injury.toml").read_text(encoding="utf-8")
    problems = check_reachability(small_library(tmp_path, {"red-flags/locked-knee": flag}))

    assert [str(problem) for problem in problems] == [
        'knowledge/red-flags/locked-knee.toml: asked: has no question "locked-knee"'
    ]


def test_a_flag_fired_by_the_weeks_after_needs_no_question(tmp_path: Path) -> None:
    flag = (SMALL / "red-flags" / "acute-injury.toml").read_text(encoding="utf-8")
    changes: dict[str, Change] = {"red-flags/not-improving": flag.replace('"always"', '"never"')}

    assert check_reachability(small_library(tmp_path, changes)) == ()


def test_a_site_where_nothing_hurts_is_named(tmp_path: Path) -> None:
    region = (SMALL / "regions" / "knee-lateral.toml").read_text(encoding="utf-8")
    problems = check_reachability(small_library(tmp_path, {"regions/neck": region}))

    assert [problem.file for problem in problems] == ["knowledge/regions/neck.toml"]


def test_an_area_nothing_trains_is_named(tmp_path: Path) -> None:
    area = (SMALL / "areas" / "glute-med.toml").read_text(encoding="utf-8")
    changes: dict[str, Change] = {"areas/adductors": area.replace('prevention_group = "gluteals"\n', "")}

    assert [problem.message for problem in check_reachability(small_library(tmp_path, changes))] == [
        "no exercise trains this area"
    ]
