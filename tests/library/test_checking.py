"""What `check_library` finds: one fault put into a whole small library, one problem out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.small import SMALL, Change, small_library
from weaklink.library.checking import check_library

FAULTS = [
    ("weak-links/glute-med--knee-lateral", ('area = "glute-med"', 'area = "glute-mid"'), "area"),
    ("weak-links/glute-med--knee-lateral", ('site = "knee-lateral"', 'site = "knee"'), "site"),
    ("weak-links/glute-med--knee-lateral", ('"No study tested this."', '" "'), "against"),
    ("weak-links/glute-med--knee-lateral", ('chain = ["the band is pulled"]', "chain = []"), "chain"),
    (
        "weak-links/glute-med--knee-lateral",
        (
            '"In some.", mark = "read", sources = ["neal-2019"]',
            '"In some.", mark = "read", sources = ["neal"]',
        ),
        "present.sources",
    ),
    ("weak-links/glute-med--knee-lateral", ('["itbs"]', '["itb"]'), "conditions"),
    (
        "weak-links/glute-med--knee-lateral",
        ('site = "k', 'takes_over = ["tensor-fascia"]\nsite = "k'),
        "takes_over",
    ),
    ("conditions/itbs", ('"downhill-worse"', '"uphill-worse"'), "signs"),
    ("conditions/itbs", ('name = "I', 'differentials = ["gtps"]\nname = "I'), "differentials"),
    ("areas/glute-med", ('["gluteus-medius"]', '["gluteus-maximus"]'), "muscles"),
    ("areas/glute-med", ('["S12"]', '["S78"]'), "statements"),
    ("regions/knee-lateral", ('articulation = "knee"', 'articulation = "hip"'), "articulation"),
    ("guards/pregnant", ('["yes"]', '["maybe"]'), "true_when"),
    ("guards/pregnant", ("{ pregnant =", "{ expecting ="), "true_when.answers"),
    ("screens/pattern", ('["downhill-worse"]', '["downhill"]'), "questions"),
    ("red-flags/acute-injury", ('tell = ["How it happened."]', "tell = []"), "tell"),
    ("red-flags/acute-injury", ('asked = "always"', 'asked = "sites"'), "sites"),
    ("clinical-tests/abduction-reps", ('unit = "reps"', 'unit = ""'), "unit"),
    ("clinical-tests/abduction-reps", ('["Lift the leg."]', "[]"), "steps"),
    ("clinical-tests/abduction-reps", ('["Stop at pain."]', "[]"), "stop"),
    ("questions/downhill-worse", ('kind = "yes-no"', 'kind = "number"'), "unit"),
    ("questions/downhill-worse", ('decides = "finding"', 'decides = "detail"'), "detail_of"),
    ("questions/downhill-worse", ('text = "I', 'areas_for = ["ja"]\ntext = "I'), "areas_for"),
    ("doses/end", ("reps = [12, 25]", ""), "gives"),
    ("doses/end", ("per_week = [2, 3]", 'per_week = [2, 3]\ntempo = "slow"'), "gives.tempo"),
    ("exercises/band-walk", ('dose = "end"', 'dose = "ended"'), "dose"),
    ("exercises/band-walk", ('["Step sideways."]', "[]"), "steps"),
    ("exercises/band-walk", ('stop_if = ["It hurts."]', "stop_if = []"), "stop_if"),
    ("exercises/band-walk", ('easier = ["clamshell"]', "easier = []"), "easier"),
    ("exercises/band-walk", ('easier = ["clamshell"]', 'easier = ["stop"]'), "easier"),
    ("exercises/band-walk", ('easier = ["clamshell"]', 'easier = ["clamshell", "stop"]'), "easier"),
    ("exercises/band-walk", ("level = 3", 'never_in = ["gout"]\nlevel = 3'), "never_in"),
    ("facts/annual-injury", ('mark = "design"', 'mark = "read"'), "sources.mark"),
    ("facts/annual-injury", ('"design-decisions"', '"boren-2012"'), "sources"),
    ("facts/annual-injury", ('status = "draft"', 'status = "reviewed"'), "reviewed_by"),
    ("facts/annual-injury", ('status = "draft"', 'status = "retired"'), "replaced_by"),
]


def test_the_small_library_is_whole(tmp_path: Path) -> None:
    assert check_library(small_library(tmp_path)) == ()


@pytest.mark.parametrize(
    ("name", "change", "field"), FAULTS, ids=[f"{n}:{f}:{c[1][:20]}" for n, c, f in FAULTS]
)
def test_one_fault_gives_one_problem_that_names_file_and_field(
    tmp_path: Path, name: str, change: tuple[str, str], field: str
) -> None:
    problems = check_library(small_library(tmp_path, {name: change}))

    assert {(problem.file, problem.field) for problem in problems} == {(f"knowledge/{name}.toml", field)}


def test_a_dangling_id_names_the_nearest_known_one(tmp_path: Path) -> None:
    library = small_library(
        tmp_path, {"exercises/band-walk": ('easier = ["clamshell"]', 'easier = ["clam"]')}
    )

    assert [str(problem) for problem in check_library(library)] == [
        'knowledge/exercises/band-walk.toml: easier: no exercises "clam"; nearest: clamshell'
    ]


def test_a_ladder_in_a_circle_is_shown_once_with_its_way(tmp_path: Path) -> None:
    changes: dict[str, Change] = {
        "exercises/clamshell": ('easier = ["stop"]', 'easier = ["band-walk"]'),
        "exercises/band-walk": ("level = 3", "level = 1"),
    }
    problems = check_library(small_library(tmp_path, changes))

    assert [problem.message for problem in problems] == [
        "goes in a circle: band-walk -> clamshell -> band-walk"
    ]


def test_an_easier_exercise_is_never_at_a_higher_level(tmp_path: Path) -> None:
    library = small_library(tmp_path, {"exercises/band-walk": ("level = 3", "level = 0")})
    messages = [problem.message for problem in check_library(library)]

    assert '"clamshell" is at level 1, above level 0' in messages


def test_what_uses_a_retired_record_is_told_its_successor(tmp_path: Path) -> None:
    end = (SMALL / "doses" / "end.toml").read_text(encoding="utf-8")
    old = end.replace('status = "draft"', 'status = "retired"\nreplaced_by = "end"')
    changes: dict[str, Change] = {
        "doses/old": old,
        "exercises/band-walk": ('dose = "end"', 'dose = "old"'),
    }

    assert [problem.message for problem in check_library(small_library(tmp_path, changes))] == [
        '"old" is retired; use "end"'
    ]


def test_a_reviewed_record_rests_on_nothing_remembered(tmp_path: Path) -> None:
    text = (SMALL / "facts" / "annual-injury.toml").read_text(encoding="utf-8")
    text = text.replace('"draft"', '"reviewed"\nreviewed_by = "A physiotherapist"').replace(
        '"design"', '"memory"'
    )
    library = small_library(tmp_path, {"facts/annual-injury": text})

    assert [problem.field for problem in check_library(library)] == ["status"]


def test_a_record_without_any_source_is_a_problem(tmp_path: Path) -> None:
    text = (SMALL / "facts" / "annual-injury.toml").read_text(encoding="utf-8")
    library = small_library(tmp_path, {"facts/annual-injury": text.split("[[sources]]", 1)[0]})

    assert [problem.field for problem in check_library(library)] == ["sources"]


def test_a_weak_link_may_rest_on_the_sources_of_its_claims(tmp_path: Path) -> None:
    library = small_library(tmp_path)

    assert library.weak_links["glute-med--knee-lateral"].sources == []
    assert check_library(library) == ()
