"""Weights at hand and what is lifted in a case file: read with their limits, wrong ones named, written back."""

from __future__ import annotations

import pytest

from weaklink.case.case_file import CaseError, read_case
from weaklink.case.lifting import Lifting
from weaklink.case.load import Owned
from weaklink.case.owned import lifts_table, owns_table, read_lifts, read_owns
from weaklink.library.reading import Library

CASE = """
[given]
age = 40
mass_kg = 78
owns = [{kind = "dumbbell-pair", kg = [8, 4]}, {kind = "rucksack"}]
"""


def test_weights_are_read_sorted_and_bring_their_things(library: Library) -> None:
    given = read_case(CASE, library).given

    assert given.mass_kg == 78
    assert given.owns == (Owned(kind="dumbbell-pair", kg=(4, 8)), Owned(kind="rucksack"))
    assert "weight" in given.things
    assert read_case("[given]\nage = 40\nowns = []", library).given.owns == ()
    assert read_case("[given]\nage = 40", library).given.owns is None


@pytest.mark.parametrize(
    ("owns", "says"),
    [
        ('[{kind = "dumbel"}]', "given.owns[0].kind"),
        ('[{kind = "barbell", kg = 0}]', "given.owns[0].kg"),
        ('[{kind = "barbell", kg = [20, "much"]}]', "given.owns[0].kg"),
        ('[{kind = "barbell", plates = 2}]', "given.owns[0]"),
        ('[{kind = "barbell", colours = ["red"]}]', "given.owns[0].colours"),
        ('[{kind = "band", colours = ["pink"]}]', "given.owns[0].colours"),
        ('[{kind = "gym", marked_in = "stone"}]', "given.owns[0].marked_in"),
        ('"gym"', "given.owns"),
    ],
)
def test_a_wrong_weight_is_named_by_its_key(library: Library, owns: str, says: str) -> None:
    with pytest.raises(CaseError, match=says.replace("[", r"\[").replace("]", r"\]")):
        read_case(f"[given]\nage = 40\nowns = {owns}", library)


LIFTS = """
[given]
age = 40
[given.lifts]
legs = "twice-a-week"
squat_kg = 60
"""


def test_what_is_lifted_is_read_and_nothing_said_stays_nothing(library: Library) -> None:
    assert read_case(LIFTS, library).given.lifting == Lifting(legs="twice-a-week", squat_kg=60)
    assert read_case("[given]\nage = 40\nlifts = {}", library).given.lifting == Lifting()
    assert read_case("[given]\nage = 40", library).given.lifting is None


@pytest.mark.parametrize(
    ("lifts", "says"),
    [
        ('{legs = "daily"}', "given.lifts.legs"),
        ('{squat_kg = "much"}', "given.lifts.squat_kg"),
        ("{squat_kg = true}", "given.lifts.squat_kg"),
        ("{squat_kg = 0}", "given.lifts.squat_kg"),
        ("{deadlift_kg = 900}", "given.lifts.deadlift_kg"),
        ("{deadlift_kg = nan}", "given.lifts.deadlift_kg"),
        ("{bench_kg = 60}", "given.lifts: unknown key"),
        ('"never"', "given.lifts"),
    ],
)
def test_a_wrong_lift_is_named_by_its_key(library: Library, lifts: str, says: str) -> None:
    with pytest.raises(CaseError, match=says):
        read_case(f"[given]\nage = 40\nlifts = {lifts}", library)


def test_what_is_written_is_read_again_as_it_was(library: Library) -> None:
    owns = (
        Owned(kind="band", colours=("red", "blue")),
        Owned(kind="dumbbell-pair", kg=(4.5, 9)),
        Owned(kind="gym", marked_in="lb"),
    )
    lifting = Lifting(legs="never", deadlift_kg=72.5)

    assert read_owns("owns", owns_table(owns), library) == owns
    assert read_lifts("lifts", lifts_table(lifting), library) == lifting
    assert owns_table(owns)[2] == {"kind": "gym", "marked_in": "lb"}
