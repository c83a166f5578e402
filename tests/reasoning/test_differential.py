"""Rankings that have to come out for runners whose story is known."""

from __future__ import annotations

import pytest
from tests.reasoning.runners import LIBRARY, hurting, ranked, sides, verdicts

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given, Result, RunningLoad
from weaklink.case.hypothesis import Differential, Hypothesis


def novice_kneecap(**more: object) -> Given:
    """J1: novice, right kneecap, three weeks of running, three home tests."""
    tests = {
        "sl-heel-raise-reps": sides(11, 18),
        "straight-leg-raise-reps": sides(9, 16),
        "step-down-quality": sides(3, 1),
    }
    given = {"level": "novice", "since_days": 21, "tests": tests, **more}
    return hurting(("knee-anterior", "right"), age=30, **given)


def row(found: Differential, area: str, side: str = "right") -> Hypothesis:
    return next(one for one in found.hypotheses if one.area == area and one.side in (side, "both"))


def order(found: Differential) -> list[str]:
    return [one.area for one in found.hypotheses]


def test_novice_kneecap_front_thigh_then_side_of_hip_then_calf_then_not_strength() -> None:
    areas = order(ranked(novice_kneecap()))

    assert areas[:2] == ["quads", "glute-med"]
    assert areas[2].startswith("calf")
    assert areas.index("running-load") > areas.index("calf-gastroc")


def test_a_published_deficit_without_a_studied_link_is_possible_at_most() -> None:
    calf = row(ranked(novice_kneecap()), "calf-gastroc")

    assert calf.verdict == "possible"
    assert "differential.ideas-cap" in {message.id for message in calf.reasons_against}


def test_one_published_deficit_is_possible_and_a_second_test_makes_it_likely() -> None:
    """Field tests differ from day to day, so one alone moves belief modestly."""
    first = {"one-leg-sts-5": sides(15.5, 12.0)}
    second = {**first, "straight-leg-raise-reps": sides(9, 16)}

    assert row(ranked(hurting(("knee-anterior", "right"), tests=first)), "quads").verdict == "possible"
    assert row(ranked(hurting(("knee-anterior", "right"), tests=second)), "quads").verdict == "likely"


def test_our_own_threshold_is_possible_at_most() -> None:
    runner = hurting(("knee-anterior", "right"), tests={"straight-leg-raise-reps": sides(5, 20)})
    quads = row(ranked(runner), "quads")

    assert quads.verdict == "possible"
    assert "differential.provisional-only" in {message.id for message in quads.reasons_against}


def test_pain_in_a_published_test_is_possible_at_most_and_says_so() -> None:
    result = {"right": Result(value=11, pain=5), "left": Result(value=22)}
    runner = hurting(("achilles-mid", "right"), tests={"sl-heel-raise-reps": result})
    calf = row(ranked(runner), "calf-gastroc")

    assert calf.verdict == "possible"
    assert "differential.pain-inhibits" in {message.id for message in calf.reasons_against}


def test_without_tests_every_linked_area_is_cannot_tell_ranked_by_claims() -> None:
    found = ranked(hurting(("knee-anterior", "right")))
    strength = [one for one in found.hypotheses if one.kind == "strength"]

    assert {one.verdict for one in strength} == {"cannot-tell"}
    assert [one.area for one in strength[:2]] == ["quads", "glute-med"]


@pytest.mark.parametrize(
    ("site", "area"),
    [
        ("ankle-medial", "tib-post"),
        ("knee-lateral", "glute-med"),
        ("hip-lateral", "glute-med"),
        ("achilles-mid", "calf-gastroc"),
        ("ischial", "hamstrings"),
        ("back-upper", "upper-back"),
    ],
)
def test_the_best_claim_of_a_site_leads_before_any_test(site: str, area: str) -> None:
    found = ranked(hurting((site, "left")))

    assert next(one.area for one in found.hypotheses if one.kind == "strength") == area


def test_the_two_glutes_are_scored_apart() -> None:
    tests = {"sl-bridge-hold": sides(20, 60), "sidelying-hip-abduction-hold-or-reps": sides(20, 20)}
    found = ranked(hurting(("knee-anterior", "right"), tests=tests))

    assert row(found, "glute-max").verdict == "possible"
    assert row(found, "glute-med").verdict == "cannot-tell"


def test_even_sides_without_a_norm_do_not_rule_an_area_out() -> None:
    """Both sides may be weak; with a norm as well an even result does speak against weakness."""
    even = hurting(("shin-medial", "right"), tests={"sl-heel-raise-bent-knee": sides(12, 12)})
    normal = hurting(("shin-medial", "right"), tests={"sl-heel-raise-reps": sides(26, 26)})

    assert row(ranked(even), "calf-soleus").verdict == "cannot-tell"
    assert row(ranked(normal), "calf-gastroc").verdict == "unlikely"


def test_no_deficit_says_so_and_load_leads() -> None:
    tests = {
        "sl-heel-raise-reps": sides(26, 26),
        "straight-leg-raise-reps": sides(20, 20),
        "sidelying-hip-abduction-hold-or-reps": sides(22, 22),
    }
    found = ranked(hurting(("knee-anterior", "right"), tests=tests))

    assert found.no_deficit
    assert found.hypotheses[0].area == "running-load"
    assert found.hypotheses[0].verdict == "possible"
    assert not [one for one in found.hypotheses if one.kind == "strength" and one.verdict == "possible"]


def test_no_test_is_not_no_deficit() -> None:
    assert not ranked(hurting(("knee-anterior", "right"))).no_deficit


def test_no_pain_and_clear_tests_invent_no_weak_area() -> None:
    found = ranked(Given(age=29, level="planning", tests={"sl-heel-raise-reps": sides(24, 25)}))

    assert found.no_deficit
    assert {one.verdict for one in found.hypotheses} <= {"unlikely", "cannot-tell"}
    assert found.conditions[0].id == "pain-free-prevention"


def test_load_said_is_possible_and_load_measured_and_said_likely() -> None:
    said = hurting(("knee-lateral", "left"), answers={"recent-load-increase": "yes"})
    both = hurting(
        ("knee-lateral", "left"),
        answers={"recent-load-increase": "yes"},
        load=RunningLoad(spike_percent=31.0),
    )

    assert row(ranked(said), "running-load", "none").verdict == "possible"
    assert row(ranked(both), "running-load", "none").verdict == "likely"


def test_stiffness_balance_and_control_appear_when_their_questions_say_so() -> None:
    answers = {"stiff-ankle": "yes", "poor-balance": "yes", "knee-cave-in": "right"}
    found = ranked(hurting(("knee-anterior", "right"), answers=answers))
    kinds = {(one.area, one.side): one.kind for one in found.hypotheses if one.kind != "strength"}

    assert kinds["stiff-ankle", "none"] == "mobility"
    assert kinds["poor-balance", "none"] == "stability"
    assert kinds["knee-cave-in", "right"] == "control"


def test_a_stiff_joint_carries_its_own_claims_and_says_nothing_about_strength() -> None:
    stiff = ranked(hurting(("achilles-mid", "left"), answers={"stiff-ankle": "yes"}))
    unasked = ranked(hurting(("achilles-mid", "left")))

    assert row(stiff, "stiff-ankle", "none").claims == ("calf-soleus--achilles-mid-mobility",)
    assert row(stiff, "calf-soleus", "left").verdict == row(unasked, "calf-soleus", "left").verdict


def test_a_visible_sign_alone_is_possible_at_most() -> None:
    answers = {"knee-cave-in": "right", "pelvic-drop": "right"}
    found = ranked(hurting(("knee-lateral", "right"), answers=answers))

    assert row(found, "glute-med").verdict == "possible"


def test_below_the_norm_on_both_sides_is_one_row_for_both() -> None:
    runner = hurting(("shin-medial", "both"), tests={"sl-heel-raise-reps": sides(15, 16)})

    assert verdicts(ranked(runner))["calf-gastroc", "right"] == "possible"
    assert row(ranked(runner), "calf-gastroc").side == "both"


@pytest.mark.parametrize("guard", ["neuro-first", "general-health-first"])
def test_nerves_and_general_health_come_before_any_word_on_strength(guard: str) -> None:
    stopped = Disposition(tier="see-professional", allows="restricted", guards=(guard,))
    found = ranked(novice_kneecap(), stopped)

    for one in found.hypotheses:
        if one.kind == "strength":
            assert one.verdict in ("cannot-tell", "unlikely")
            assert guard in {message.values.get("guard") for message in one.reasons_against}


def test_a_side_that_was_not_said_stays_without_one() -> None:
    found = ranked(hurting(("knee-anterior", "not-said")))

    assert {one.side for one in found.hypotheses} == {"none"}
    assert {one.side for one in found.conditions} == {"none"}


def test_several_sites_and_sides_at_once() -> None:
    found = ranked(hurting(("knee-anterior", "right"), ("achilles-mid", "left"), ("back-lower", "none")))
    areas = {(one.area, one.side) for one in found.hypotheses}
    conditions = {(one.id, one.side) for one in found.conditions}

    assert ("quads", "right") in areas
    assert ("calf-soleus", "left") in {*areas, *((area, "left") for area, side in areas if side == "both")}
    assert {
        ("patellofemoral-pain", "right"),
        ("achilles-mid", "left"),
        ("low-back-pain", "none"),
    } <= conditions


def test_a_condition_that_needs_its_flag_appears_with_it_only() -> None:
    runner = hurting(("calf", "left"))
    flagged = hurting(("calf", "left"), answers={"dvt": "yes"})

    assert "dvt" not in {one.id for one in ranked(runner).conditions}
    assert ranked(flagged).conditions[0].id == "dvt"


def test_age_limits_a_condition_and_its_claims() -> None:
    child, adult = (ranked(hurting(("knee-anterior", "right"), age=age)) for age in (13, 40))

    assert "osgood-schlatter" in {one.id for one in child.conditions}
    assert "osgood-schlatter" not in {one.id for one in adult.conditions}
    assert not [
        claim for one in adult.hypotheses for claim in one.claims if claim.endswith("osgood-schlatter")
    ]


def test_where_it_hurts_alone_is_never_a_likely_condition() -> None:
    for site in LIBRARY.regions:
        found = ranked(hurting((site, "right")))
        assert not [one for one in found.conditions if one.verdict == "likely"]


def test_pain_only_where_a_condition_may_also_be_felt_is_never_a_likely_one() -> None:
    runner = hurting(("calf", "right"), answers={"pain-pattern": "warms-up", "pain-onset": "gradual"})
    found = {one.id: one.verdict for one in ranked(runner).conditions}

    assert found["achilles-mid"] == "possible"
