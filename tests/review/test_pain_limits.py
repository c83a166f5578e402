"""No programme allows more pain than the pain profile of its condition does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.small import Change, small_library
from weaklink.library.reading import Library
from weaklink.review.pain_limits import looser_than_their_profile


def found_in(folder: Path, change: Change) -> list[tuple[str, str]]:
    library = small_library(folder, {"programmes/itbs": change})
    return [(name, field) for _, name, field, _ in looser_than_their_profile(library)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (("pain_most = 3", "pain_most = 4"), "pain_most"),
        (("pain_most = 3", "pain_most = 3\nrunning_pain_most = 4"), "running_pain_most"),
        (('cap = "Small steps."', "pain_most = 4"), "phases.moves.pain_most"),
        (('pain = "run", pain_most = 2', 'pain = "run", pain_most = 4'), "phases.leave"),
        (
            (
                'pain = "run", pain_most = 2',
                'pain = "run", pain_most = 2, any_of = [{ says = "Night.", pain = "night", pain_most = 4 }]',
            ),
            "phases.leave",
        ),
    ],
)
def test_more_pain_than_the_profile_is_named(tmp_path: Path, change: tuple[str, str], field: str) -> None:
    assert found_in(tmp_path, change) == [("itbs", field)]


def test_the_stricter_profile_of_a_condition_holds_for_its_programme(tmp_path: Path) -> None:
    profile: Change = ('share = "common"', 'share = "common"\npain_profile = "bone"')
    library = small_library(tmp_path, {"conditions/itbs": profile})

    assert [field for _, _, field, _ in looser_than_their_profile(library)] == [
        "pain_most", "phases.leave",
    ]  # fmt: skip


def test_the_programmes_that_ship_allow_no_more_than_their_profiles(library: Library) -> None:
    assert len(library.programmes) >= 22
    assert list(looser_than_their_profile(library)) == []
