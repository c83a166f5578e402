"""Answers, pains and results as findings, present or absent, each on its side."""

from __future__ import annotations

from tests.reasoning.runners import LIBRARY, hurting

from weaklink.case.findings import Finding
from weaklink.case.given import Given, Result, RunningLoad
from weaklink.reasoning.observed import findings, painful, view


def found(given: Given) -> dict[tuple[str, str], bool]:
    return {(one.id, one.side): one.present for one in findings(given, LIBRARY)}


def test_a_yes_is_present_a_no_absent_and_unsure_unknown() -> None:
    runner = Given(
        age=30, answers={"squatting-hurts": "yes", "knee-swelling": "no", "knee-catching": "unsure"}
    )
    seen = found(runner)

    assert seen["squatting-hurts", "none"] is True
    assert seen["knee-swelling", "none"] is False
    assert ("knee-catching", "none") not in seen


def test_a_choice_rules_out_its_other_options() -> None:
    seen = found(Given(age=30, answers={"pain-spread": "palm"}))

    assert seen["pain-spread=palm", "none"] is True
    assert seen["pain-spread=one-finger", "none"] is False


def test_a_sided_answer_speaks_about_both_sides() -> None:
    seen = found(Given(age=30, answers={"knee-cave-in": "right"}))

    assert (seen["knee-cave-in", "right"], seen["knee-cave-in", "left"]) == (True, False)
    assert found(Given(age=30, answers={"knee-cave-in": "yes"}))["knee-cave-in", "none"] is True


def test_one_of_ten_is_noise_except_at_night() -> None:
    seen = found(Given(age=30, pain={"run": 1, "stairs": 2, "sit": 0, "night": 1}))

    assert ("pain-run", "none") not in seen
    assert seen["pain-stairs", "none"] is True
    assert seen["pain-sit", "none"] is False
    assert seen["pain-night", "none"] is True


def test_both_is_right_and_left_and_a_midline_site_has_no_side() -> None:
    runner = hurting(("knee-anterior", "both"), ("back-lower", "right"), ("calf", "not-said"))

    assert painful(runner, LIBRARY) == {
        ("knee-anterior", "right"),
        ("knee-anterior", "left"),
        ("back-lower", "none"),
        ("calf", "none"),
    }


def test_pain_in_a_test_is_a_finding_of_its_own() -> None:
    runner = Given(age=30, tests={"sl-stance-30s": {"left": Result(value=15, pain=6)}})
    seen = found(runner)

    assert seen["sl-stance-30s=pain", "left"] is True
    assert seen["sl-stance-30s=weak", "left"] is True
    assert seen["sl-stance-30s=fine", "left"] is False


def test_facts_about_the_runner() -> None:
    seen = found(
        Given(
            age=50,
            sex="female",
            level="planning",
            since_days=200,
            load=RunningLoad(spike_percent=31.0),
        )
    )

    for name in ("novice", "age-45-plus", "female", "long-standing", "load-spike"):
        assert seen[name, "none"] is True
    for name in ("age-under-18", "male", "recent"):
        assert seen[name, "none"] is False


def test_seen_from_one_side_its_own_findings_win() -> None:
    sign = (Finding("sign", "none", True), Finding("sign", "right", False))

    assert view(sign, "right") == {"sign": False}
    assert view(sign, "left") == {"sign": True}
    assert view(sign, "none") == {"sign": True}
