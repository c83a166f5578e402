"""What a test result says: weak, fine, or cannot tell; published, or our own threshold."""

from __future__ import annotations

import pytest
from tests.reasoning.runners import LIBRARY, hurting, sides

from weaklink.case.given import Given, Result
from weaklink.reasoning.deficits import readings
from weaklink.reasoning.observed import area_findings


def read(test: str, **results: Result) -> dict[str, tuple[str, str]]:
    runner = Given(age=30, tests={test: results})  # type: ignore[dict-item]
    return {one.side: (one.says, one.strength) for one in readings(runner, LIBRARY)}


@pytest.mark.parametrize(
    ("right", "left", "says_right", "says_left"),
    [
        (11, 18, ("weak", "published"), ("weak", "provisional")),
        (24, 26, ("fine", "published"), ("fine", "published")),
        (21, 26, ("cannot-tell", "published"), ("fine", "published")),
        (15, 16, ("weak", "provisional"), ("weak", "provisional")),
        (26, 20, ("fine", "published"), ("weak", "published")),
    ],
)
def test_heel_raises_count_beyond_six_apart_or_below_twenty(
    right: int, left: int, says_right: tuple[str, str], says_left: tuple[str, str]
) -> None:
    found = read("sl-heel-raise-reps", **sides(right, left))

    assert found == {"right": says_right, "left": says_left}


def test_slower_is_weaker_where_lower_is_better() -> None:
    found = read("one-leg-sts-5", **sides(15.5, 12.0))

    assert found["right"] == ("weak", "published")
    assert found["left"][0] == "fine"


def test_one_side_alone_cannot_tell_where_only_sides_are_compared() -> None:
    found = read("sidelying-hip-abduction-hold-or-reps", **sides(left=8))

    assert found["left"][0] == "cannot-tell"


def test_even_sides_alone_are_a_provisional_clear() -> None:
    found = read("sidelying-hip-abduction-hold-or-reps", **sides(20, 21))

    assert set(found.values()) == {("fine", "provisional")}


def test_twenty_percent_and_five_repetitions_are_both_asked_for() -> None:
    few = read("sidelying-hip-abduction-hold-or-reps", **sides(4, 8))
    enough = read("sidelying-hip-abduction-hold-or-reps", **sides(20, 25))

    assert few["right"][0] == "cannot-tell"
    assert enough["right"] == ("weak", "provisional")


def test_pain_in_the_test_makes_a_published_deficit_provisional() -> None:
    painful = {"right": Result(value=11, pain=3), "left": Result(value=18)}

    assert read("sl-heel-raise-reps", **painful)["right"] == ("weak", "provisional")


def test_an_option_speaks_by_its_meaning() -> None:
    assert read("heel-raise-inversion-check", **sides("unable", "able")) == {
        "right": ("weak", "provisional"),
        "left": ("fine", "provisional"),
    }


def test_pain_levels_say_nothing_about_strength() -> None:
    runner = hurting(
        ("knee-anterior", "right"), tests={"wall-squat-pain": {"right": Result(pain_at={"deg-45": 3})}}
    )

    assert area_findings(runner, LIBRARY) == ()


def test_a_result_without_a_side_counts_for_its_areas_without_a_side() -> None:
    runner = Given(age=30, tests={"step-down-quality": {"none": Result(value=4)}})

    assert {(one.area, one.side, one.says) for one in area_findings(runner, LIBRARY)} == {
        ("glute-med", "none", "weak"),
        ("quads", "none", "weak"),
        ("core-lateral", "none", "weak"),
    }


def test_an_unknown_test_is_not_read() -> None:
    assert read("no-such-test", right=Result(value=3)) == {}
