"""Weights at hand in a case file: read with their limits, wrong ones named, and what they lead to in a plan."""

from __future__ import annotations

import pytest

from weaklink.case.case_file import CaseError, read_case
from weaklink.case.load import Owned
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
        ('"gym"', "given.owns"),
    ],
)
def test_a_wrong_weight_is_named_by_its_key(library: Library, owns: str, says: str) -> None:
    with pytest.raises(CaseError, match=says.replace("[", r"\[").replace("]", r"\]")):
        read_case(f"[given]\nage = 40\nowns = {owns}", library)
