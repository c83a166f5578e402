"""Standards of tests: one fault put into a whole small library, one problem out; and which one counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.small import SMALL, small_library
from weaklink.library.checking import check_library
from weaklink.library.reading import shipped_library
from weaklink.library.standards import SEXES, standards_for

NAME = "clinical-tests/abduction-reps"
TEST = (SMALL / "clinical-tests" / "abduction-reps.toml").read_text(encoding="utf-8")
GOOD = """
[[standards]]
weak_below = 12
strong_from = 25
source = "design-decisions"
"""
OLDER = """
[[standards]]
age_from = 50
sex = "female"
weak_below = 8
strong_from = 20
"""
SAID = 'disputed = "Our own."\n'


def problems(folder: Path, standards: str, said: str = SAID) -> list[tuple[str, str]]:
    found = check_library(small_library(folder, {NAME: said + TEST + standards}))
    return [(problem.file, problem.field) for problem in found]


def test_marks_with_their_dispute_are_right(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD + OLDER) == []


@pytest.mark.parametrize(
    ("standards", "said", "field"),
    [
        (GOOD, "", "disputed"),
        (GOOD.replace("12", "25"), SAID, "standards"),
        (GOOD.replace("12", "-1"), SAID, "standards"),
        (GOOD.replace("weak", 'sex = "male"\nweak'), SAID, "standards"),
        (GOOD.replace("weak", "age_from = 20\nweak"), SAID, "standards"),
        (GOOD.replace("weak", "share_of_body_mass = true\nweak"), SAID, "standards"),
        (GOOD.replace("design-decisions", "nobody"), SAID, "standards.source"),
    ],
)
def test_a_wrong_standard_is_named(tmp_path: Path, standards: str, said: str, field: str) -> None:
    assert set(problems(tmp_path, standards, said)) == {(f"knowledge/{NAME}.toml", field)}


def test_a_test_of_which_less_is_better_has_no_standards(tmp_path: Path) -> None:
    text = SAID + TEST.replace('better = "higher"', 'better = "lower"') + GOOD
    found = check_library(small_library(tmp_path, {NAME: text}))

    assert [problem.field for problem in found] == ["standards"]


def test_the_marks_of_the_own_sex_and_the_latest_age_count(tmp_path: Path) -> None:
    test = small_library(tmp_path, {NAME: SAID + TEST + GOOD + OLDER}).clinical_tests["abduction-reps"]

    assert [one.weak_below for one in standards_for(test, "female", 49)] == [12]
    assert [one.weak_below for one in standards_for(test, "female", 50)] == [8]
    assert [one.weak_below for one in standards_for(test, "male", 60)] == [12]
    assert [one.weak_below for one in standards_for(test, "not-said", 60)] == [8, 12]


def test_the_marks_of_shipped_tests_never_rise_with_age() -> None:
    for test in shipped_library().clinical_tests.values():
        for sex in SEXES if test.standards else ():
            marks = [standards_for(test, sex, age)[0] for age in range(10, 90, 10)]

            assert marks == sorted(marks, key=lambda one: (-one.weak_below, -one.strong_from)), test.id
