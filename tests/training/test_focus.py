"""What to train: areas in order, with their side."""

from __future__ import annotations

from tests.training.making import LIBRARY, differential, hypothesis, sore_knee
from weaklink.case.given import Result
from weaklink.library.reading import shipped_library
from weaklink.training.dose.first_moves import first_move
from weaklink.training.dose.focus import focuses

SHIPPED = shipped_library()


def found(*hypotheses, **parts):
    return [(f.area, f.side, f.verdict) for f in focuses(LIBRARY, differential(*hypotheses, **parts))]


def test_likely_areas_come_before_possible_ones():
    got = found(hypothesis("quads", verdict="possible"), hypothesis("calf-gastroc"))

    assert got == [("calf-gastroc", "right", "likely"), ("quads", "right", "possible")]


def test_unlikely_areas_and_the_running_load_are_not_trained():
    load = hypothesis("running-load", "none", kind="load")

    assert found(hypothesis("quads", verdict="unlikely"), load) == []


def test_a_finding_speaks_for_its_areas():
    assert found(hypothesis("knee-cave-in", kind="control")) == [("glute-med", "right", "likely")]
    assert found(hypothesis("unheard-of")) == []


def test_the_side_with_more_belief_goes_first_and_equal_sides_are_both():
    more = found(hypothesis("quads", "left", belief=0.4), hypothesis("quads", "right", belief=0.3))
    equal = found(hypothesis("quads", "left"), hypothesis("quads", "right"))

    assert more[0][1] == "left"
    assert equal[0][1] == "both"


def test_an_area_without_a_side_has_none():
    assert found(hypothesis("core-anterior", "none"))[0][1] == "none"


def test_without_any_deficit_no_weak_area_is_invented():
    assert found(hypothesis("quads"), no_deficit=True) == []


def test_a_novice_with_a_sore_kneecap_starts_with_the_straight_leg_raise():
    assert first_move(sore_knee(), SHIPPED) == "straight-leg-raise"


def test_a_seasoned_runner_whose_wall_squat_does_not_hurt_starts_with_it():
    def with_pain(pain):
        return sore_knee(
            level="seasoned", tests={"wall-squat-pain": {"right": Result(pain_at={"deg-45": pain})}}
        )

    assert first_move(with_pain(0), SHIPPED) == "wall-squat"
    assert first_move(with_pain(1), SHIPPED) == ""
    assert first_move(sore_knee(level="seasoned"), SHIPPED) == ""
    assert first_move(sore_knee(level="seasoned", pain_at=()), SHIPPED) == "wall-squat"
    assert first_move(sore_knee(level="regular"), SHIPPED) == ""
