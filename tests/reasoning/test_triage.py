"""Triage: a red flag always refers, the strictest rule wins, and there is always an answer."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given as example
from hypothesis import strategies as st
from tests.reasoning.safety_strategies import LIBRARY, SITUATIONS, mirrored, runners
from tests.searches import search

from weaklink.case.disposition import Disposition, FiredRule
from weaklink.case.given import Given, PainPlace
from weaklink.case.hypothesis import Differential, RankedCondition
from weaklink.library.wording import shipped_wording
from weaklink.quantities import ALLOWS, TIERS, Message, Tier, Verdict
from weaklink.reasoning.flags import what_to_tell, whom_to_see
from weaklink.reasoning.guards import true_guards
from weaklink.reasoning.suspicion import Suspicions
from weaklink.reasoning.triage import ALLOWED_AT, raised, triage
from weaklink.reasoning.urgency import judged

FLAGS = sorted(LIBRARY.red_flags)
ENDS: tuple[Tier, ...] = ("emergency", "same-day", "within-week")


def with_answers(runner: Given, **answers: str | int) -> Given:
    named = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return msgspec.structs.replace(runner, answers={**runner.answers, **named})


def said(runner: Given, question: str, answer: str) -> Given:
    return msgspec.structs.replace(runner, answers={**runner.answers, question: answer})


def hurting(*sites: str, age: int = 33, **pain: int) -> Given:
    return Given(
        age=age,
        pain_at=tuple(PainPlace(site, "right") for site in sites),
        pain=pain,  # type: ignore[arg-type]
        assume_unanswered_no=True,
    )


def urgency(tier: Tier) -> int:
    return -TIERS.index(tier)


def rule(disposition: Disposition, rule_id: str) -> FiredRule:
    return next(fired for fired in disposition.rules if fired.id == rule_id)


# Laws


@search(30, 100)
@example(runners(), st.sampled_from(FLAGS))
def test_a_red_flag_refers_at_its_tier_or_a_stricter_one_whatever_else_is_said(
    runner: Given, flag_id: str
) -> None:
    flag = LIBRARY.red_flags[flag_id]

    found = triage(said(runner, flag_id, "yes"), LIBRARY)

    assert urgency(found.tier) >= urgency(flag.tier)
    assert urgency(rule(found, flag_id).tier) >= urgency(flag.tier)
    assert ALLOWS.index(found.allows) <= ALLOWS.index(flag.allows)


@search(30, 100)
@example(runners(), st.sampled_from(FLAGS))
def test_yes_to_a_red_flag_never_lowers_urgency(runner: Given, flag_id: str) -> None:
    before, after = triage(runner, LIBRARY), triage(said(runner, flag_id, "yes"), LIBRARY)

    assert urgency(after.tier) >= urgency(before.tier)


@search(30, 100)
@example(runners(), st.sampled_from(FLAGS))
def test_unsure_is_never_less_urgent_than_no(runner: Given, flag_id: str) -> None:
    no, unsure = (triage(said(runner, flag_id, answer), LIBRARY) for answer in ("no", "unsure"))

    assert urgency(unsure.tier) >= urgency(no.tier)
    assert ALLOWS.index(unsure.allows) <= ALLOWS.index(no.allows)


@search(30, 100)
@example(runners(), st.sampled_from(SITUATIONS))
def test_more_pain_is_never_less_urgent(runner: Given, situation: str) -> None:
    levels = [{**runner.pain, situation: level} for level in range(11)]

    tiers = [triage(msgspec.structs.replace(runner, pain=pain), LIBRARY).tier for pain in levels]

    assert [urgency(tier) for tier in tiers] == sorted(urgency(tier) for tier in tiers)


@example(runners(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_said_never_matters(runner: Given, chance: object) -> None:
    shuffled = msgspec.structs.replace(
        runner,
        answers=dict(chance.sample(list(runner.answers.items()), len(runner.answers))),  # type: ignore[attr-defined]
        pain_at=tuple(reversed(runner.pain_at)),
        pain=dict(reversed(list(runner.pain.items()))),
        tests=dict(reversed(list(runner.tests.items()))),
    )

    assert triage(runner, LIBRARY) == triage(shuffled, LIBRARY)


@search(30, 100)
@example(runners())
def test_a_mirror_changes_nothing(runner: Given) -> None:
    assert triage(runner, LIBRARY) == triage(mirrored(runner), LIBRARY)


@search(30, 100)
@example(runners())
def test_the_strictest_rule_decides_and_each_tier_keeps_its_limit(runner: Given) -> None:
    found = triage(runner, LIBRARY)

    assert all(urgency(found.tier) >= urgency(fired.tier) for fired in found.rules)
    assert found.tier in {fired.tier for fired in found.rules} | {"self-manage", "prevention"}
    assert ALLOWS.index(found.allows) <= ALLOWS.index(ALLOWED_AT[found.tier])
    assert found.refers or found.tier not in ENDS


@search(30, 100)
@example(runners())
def test_every_rule_has_a_sentence(runner: Given) -> None:
    wording = shipped_wording()

    assert all(wording.say(fired.because) for fired in triage(runner, LIBRARY).rules)


# Tiers and answers


def test_without_pain_and_flags_it_is_prevention() -> None:
    assert triage(Given(age=29, assume_unanswered_no=True), LIBRARY) == Disposition(
        tier="prevention", allows="all"
    )


def test_with_pain_and_no_flag_it_is_self_management() -> None:
    found = triage(hurting("knee-anterior", run=3), LIBRARY)

    assert (found.tier, found.allows, found.rules) == ("self-manage", "all", ())


@pytest.mark.parametrize("flag_id", FLAGS)
def test_unsure_counts_as_yes_at_the_urgent_tiers_else_as_see_professional(flag_id: str) -> None:
    runner = hurting("knee-anterior")
    yes = rule(triage(said(runner, flag_id, "yes"), LIBRARY), flag_id)

    unsure = rule(triage(said(runner, flag_id, "unsure"), LIBRARY), flag_id)

    expected = yes.tier if yes.tier in ("emergency", "same-day") else "see-professional"
    assert expected == unsure.tier
    assert unsure.allows != "all"


@pytest.mark.parametrize(
    ("flag_id", "expected"),
    [
        ("acute-injury", "nothing"),
        ("fracture-risk", "nothing"),
        ("bone-focal", "no-impact"),
        ("reds", "restricted"),
    ],
)
def test_unsure_allows_less_where_harm_would_be_quick(flag_id: str, expected: str) -> None:
    found = triage(said(hurting("shin-medial"), flag_id, "unsure"), LIBRARY)

    assert expected == found.allows


def test_unsure_of_a_flag_that_other_answers_set_off_is_a_yes() -> None:
    runner = said(hurting("shin-medial", night=2), "night-rest-pain", "unsure")

    assert rule(triage(runner, LIBRARY), "night-rest-pain").tier == "within-week"


def test_the_more_urgent_tier_counts_until_the_detail_is_known() -> None:
    runner = said(hurting("ankle-lateral"), "deformity-trauma", "yes")

    open_detail = triage(runner, LIBRARY)
    known = triage(said(runner, "limb-deformed-or-cold", "no"), LIBRARY)

    assert (open_detail.tier, known.tier) == ("emergency", "same-day")


def test_numb_feet_allow_nothing_at_the_foot() -> None:
    at_foot, at_knee = (
        triage(said(hurting(site), "neuropathy", "yes"), LIBRARY) for site in ("arch", "knee-anterior")
    )

    assert (at_foot.tier, at_foot.allows) == ("see-professional", "nothing")
    assert (at_knee.tier, at_knee.allows) == ("see-professional", "restricted")


# Night and rest


@pytest.mark.parametrize("site", sorted(set(LIBRARY.regions) - {"sacrum"}))
@pytest.mark.parametrize("level", [1, 5, 10])
def test_positional_night_pain_alone_never_refers(site: str, level: int) -> None:
    runner = said(hurting(site, night=level), "night-pain-positional", "yes")

    assert triage(runner, LIBRARY).tier == "self-manage"


@pytest.mark.parametrize("answer", ["no", "unsure", None])
def test_night_pain_refers_even_when_the_knee_fits(answer: str | None) -> None:
    runner = hurting("knee-anterior", run=4, stairs=4, night=1)
    runner = runner if answer is None else said(runner, "night-pain-positional", answer)

    found = triage(runner, LIBRARY)

    assert (found.tier, found.allows) == ("within-week", "nothing")
    assert "night-rest-pain" in {fired.id for fired in found.rules}


@pytest.mark.parametrize(
    ("rest", "mechanical", "refers"),
    [
        (4, "yes", True),
        (4, None, True),
        (3, "yes", False),
        (3, None, False),
        (1, "no", True),
        (0, "no", False),
    ],
)
def test_rest_pain_refers_when_high_or_unchanged_by_movement(
    rest: int, mechanical: str | None, refers: bool
) -> None:
    runner = hurting("knee-anterior", rest=rest)
    runner = runner if mechanical is None else said(runner, "rest-pain-mechanical", mechanical)

    assert triage(runner, LIBRARY).refers == refers


def test_a_no_against_the_number_is_a_contradiction_and_the_stricter_wins() -> None:
    fired = rule(
        triage(said(hurting("shin-medial", night=2), "night-rest-pain", "no"), LIBRARY), "night-rest-pain"
    )

    assert (fired.tier, fired.contradicts) == ("within-week", ("night-rest-pain",))
    assert fired.because.id == "triage.contradiction"


def test_a_yes_to_night_pain_wins_over_positional() -> None:
    runner = with_answers(hurting("hip-lateral", night=3), night_rest_pain="yes", night_pain_positional="yes")

    fired = rule(triage(runner, LIBRARY), "night-rest-pain")

    assert (fired.tier, fired.contradicts) == ("within-week", ("night-pain-positional",))


# Not asked


def test_on_a_page_the_always_asked_flags_and_those_of_the_sites_are_open() -> None:
    page = msgspec.structs.replace(hurting("knee-posterior"), assume_unanswered_no=False)

    found = triage(page, LIBRARY).unasked

    always = {flag.id for flag in LIBRARY.red_flags.values() if flag.asked == "always" and not flag.when}
    assert always | {"dvt", "locked-knee", "night-rest-pain"} <= set(found)
    assert not {"neck-artery", "child-hip", "eating-low-energy", "not-improving"} & set(found)


def test_in_a_case_file_nothing_is_open() -> None:
    assert triage(hurting("knee-posterior"), LIBRARY).unasked == ()


def test_an_answer_of_any_kind_closes_a_flag() -> None:
    page = msgspec.structs.replace(hurting("knee-posterior"), assume_unanswered_no=False)

    for answer in ("yes", "no", "unsure"):
        assert "dvt" not in triage(said(page, "dvt", answer), LIBRARY).unasked


def test_a_detail_that_decides_is_open_too() -> None:
    page = msgspec.structs.replace(hurting("knee-anterior", rest=2), assume_unanswered_no=False)

    assert "rest-pain-mechanical" in triage(page, LIBRARY).unasked
    assert "rest-pain-mechanical" not in triage(said(page, "rest-pain-mechanical", "yes"), LIBRARY).unasked


def test_a_minor_is_asked_for_a_guardian() -> None:
    page = Given(age=14)

    assert "guardian-agrees" in triage(page, LIBRARY).unasked
    assert "guardian-agrees" not in triage(Given(age=18), LIBRARY).unasked


def test_eating_is_asked_without_pain_only() -> None:
    without, with_pain = Given(age=25), msgspec.structs.replace(hurting("calf"), assume_unanswered_no=False)

    assert "eating-low-energy" in triage(without, LIBRARY).unasked
    assert "eating-low-energy" not in triage(with_pain, LIBRARY).unasked
    assert "reds" in triage(with_pain, LIBRARY).unasked


# Guards


@pytest.mark.parametrize(
    ("runner", "expected"),
    [
        (Given(age=10), {"minor"}),
        (Given(age=17), {"minor"}),
        (Given(age=18), set()),
        (Given(age=9), {"under-ten"}),
        (with_answers(Given(age=30), pregnant="yes"), {"pregnant", "pregnancy-later"}),
        (with_answers(Given(age=30), pregnant="yes", pregnancy_weeks=15), {"pregnant"}),
        (with_answers(Given(age=30), postpartum="yes"), {"postpartum"}),
        (with_answers(Given(age=30), postpartum="yes", postpartum_weeks=12), set()),
        (with_answers(Given(age=30), bone_focal="unsure"), {"still-unclear"}),
    ],
)
def test_guards_hold_at_their_limits(runner: Given, expected: set[str]) -> None:
    found = true_guards(runner, LIBRARY)

    assert expected == found


def test_a_guard_may_rest_on_another() -> None:
    first, second = LIBRARY.guards["minor"], LIBRARY.guards["numb-feet"]
    resting = msgspec.structs.replace(
        second, true_when=[msgspec.structs.replace(second.true_when[0], answers={}, guards=["minor"])]
    )
    library = msgspec.structs.replace(LIBRARY, guards={"a": resting, "minor": first, "numb-feet": resting})

    assert "numb-feet" in true_guards(Given(age=12), library)


def test_a_guard_with_a_tier_has_someone_to_see() -> None:
    for guard in LIBRARY.guards.values():
        assert (guard.tier is None) == (guard.see == "") == (guard.tell == [])
        assert guard.tier is not None or guard.allows == "all"


# Retired records


def test_a_retired_flag_and_guard_never_fire() -> None:
    retired_flag = msgspec.structs.replace(LIBRARY.red_flags["dvt"], status="retired")
    retired_guard = msgspec.structs.replace(LIBRARY.guards["minor"], status="retired")
    library = msgspec.structs.replace(
        LIBRARY, red_flags={"dvt": retired_flag}, guards={"minor": retired_guard}
    )

    found = triage(with_answers(Given(age=14, pain_at=(PainPlace("calf"),)), dvt="yes"), library)

    assert (found.rules, found.guards, found.unasked) == ((), (), ())


# Raised by a condition


def ranked(*rows: tuple[str, Verdict, float]) -> Suspicions:
    found = tuple(
        RankedCondition(id=name, side="right", verdict=verdict, belief=belief)
        for name, verdict, belief in rows
    )
    same = Differential(hypotheses=(), conditions=found)
    return Suspicions(same, same, frozenset(LIBRARY.conditions))


@pytest.mark.parametrize(
    ("rows", "tier", "allows"),
    [
        ([("calf-strain", "likely", 0.8)], "see-professional", "restricted"),
        ([("tibial-bsi", "likely", 0.8)], "within-week", "nothing"),
        ([("patellofemoral-pain", "likely", 0.8)], "self-manage", "all"),
        ([("calf-strain", "possible", 0.4)], "self-manage", "all"),
        ([("mtss", "likely", 0.8), ("tibial-bsi", "likely", 0.7)], "see-professional", "no-impact"),
        ([("mtss", "likely", 0.8), ("tibial-bsi", "possible", 0.4)], "self-manage", "all"),
        ([("mtss", "possible", 0.4), ("tibial-bsi", "possible", 0.3)], "self-manage", "all"),
        ([("tibial-bsi", "possible", 0.4), ("mtss", "possible", 0.3)], "see-professional", "no-impact"),
        ([("calf-strain", "likely", 0.8), ("tibial-bsi", "likely", 0.7)], "see-professional", "no-impact"),
        ([("dvt", "possible", 0.4)], "self-manage", "all"),
        ([("reds", "likely", 0.9), ("tibial-bsi", "likely", 0.8)], "within-week", "nothing"),
        ([("mtss", "likely", 0.8), ("tibial-bsi", "likely", 0.8)], "within-week", "nothing"),
        ([("dvt", "likely", 0.8)], "self-manage", "all"),
        ([], "self-manage", "all"),
    ],
)
def test_a_likely_leading_condition_raises(
    rows: list[tuple[str, Verdict, float]], tier: Tier, allows: str
) -> None:
    before = triage(hurting("shin-medial", run=3), LIBRARY)

    found = raised(before, ranked(*rows), LIBRARY)

    assert (found.tier, found.allows) == (tier, allows)
    assert (tier == "self-manage") == (found.rules == ())


def test_a_condition_never_lowers() -> None:
    before = triage(said(hurting("calf"), "dvt", "yes"), LIBRARY)

    assert raised(before, ranked(("calf-strain", "likely", 0.9)), LIBRARY) == before


def test_what_only_an_unsure_flag_suggests_does_not_raise() -> None:
    given = said(hurting("shin-medial", run=3), "bone-focal", "unsure")

    found, ranking = judged(given, LIBRARY)

    assert (found.tier, found.allows) == ("see-professional", "no-impact")
    assert ranking.conditions[0].id == "tibial-bsi"


def test_unsure_never_hides_what_the_other_answers_say() -> None:
    given = hurting("shin-medial", run=5, walk=4, jump=5)
    silent, _ = judged(given, LIBRARY)

    unsure, _ = judged(said(given, "bone-focal", "unsure"), LIBRARY)

    assert (silent.tier, unsure.tier) == ("within-week", "within-week")


def test_of_equally_urgent_rules_the_one_that_was_said_leads() -> None:
    """A rupture said yes to must not be headed by a clot that was answered "not sure"."""
    given = said(said(hurting("calf", run=3), "dvt", "unsure"), "tendon-rupture", "yes")

    found = triage(given, LIBRARY)

    assert [rule.id for rule in found.rules][:2] == ["tendon-rupture", "dvt"]
    assert {rule.tier for rule in found.rules[:2]} == {"same-day"}


# Whom to see


def test_a_flag_that_is_only_unsure_names_no_other_time_than_its_tier() -> None:
    unsure = rule(triage(said(hurting("shin-medial", run=2), "bone-focal", "unsure"), LIBRARY), "bone-focal")
    sure = rule(triage(said(hurting("shin-medial", run=2), "bone-focal", "yes"), LIBRARY), "bone-focal")

    assert unsure.tier == "see-professional"
    assert "within a week" not in whom_to_see(unsure, LIBRARY)
    assert "within a week" in whom_to_see(sure, LIBRARY)


def test_an_upgraded_flag_sends_to_the_place_of_its_tier() -> None:
    runner = said(hurting("ankle-lateral"), "deformity-trauma", "yes")
    open_detail = rule(triage(runner, LIBRARY), "deformity-trauma")
    known = rule(triage(said(runner, "limb-deformed-or-cold", "no"), LIBRARY), "deformity-trauma")

    assert "{emergency}" in whom_to_see(open_detail, LIBRARY)
    assert "today" in whom_to_see(known, LIBRARY)


def test_a_guard_has_its_own_lines_and_a_condition_none() -> None:
    guard = FiredRule(id="neuro-first", tier="see-professional", allows="nothing", because=Message("x"))
    condition = FiredRule(
        id="calf-strain", tier="see-professional", allows="restricted", because=Message("x")
    )

    assert whom_to_see(guard, LIBRARY) == LIBRARY.guards["neuro-first"].see
    assert what_to_tell(guard, LIBRARY) == tuple(LIBRARY.guards["neuro-first"].tell)
    assert (whom_to_see(condition, LIBRARY), what_to_tell(condition, LIBRARY)) == ("", ())


def test_every_upgrade_to_another_tier_says_whom_to_see() -> None:
    for flag in LIBRARY.red_flags.values():
        assert flag.see
        assert flag.tell
        assert all(upgrade.see for upgrade in flag.upgrades if upgrade.tier != flag.tier)
        assert (flag.tier == "emergency") == ("{emergency}" in flag.see)
