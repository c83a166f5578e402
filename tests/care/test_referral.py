"""Referral: whom to see follows the tier that was reached, whatever rule reached it."""

from __future__ import annotations

import pytest

from weaklink.care.referral import Referral, referral
from weaklink.case.disposition import Disposition, FiredRule
from weaklink.case.given import Given, PainPlace
from weaklink.library.reading import Library
from weaklink.library.wording import shipped_wording
from weaklink.quantities import Message
from weaklink.reasoning.triage import triage


def referred(library: Library, country: str = "", **answers: str) -> Referral:
    given = Given(
        age=40,
        pain_at=(PainPlace("ankle-lateral", "right"),),
        answers={name.replace("_", "-"): answer for name, answer in answers.items()},
        country=country,
        assume_unanswered_no=True,
    )
    return referral(given, triage(given, library), library, shipped_wording())


@pytest.mark.parametrize(("country", "number"), [("", "112"), ("US", "911"), ("GB", "999")])
def test_an_upgraded_flag_names_the_emergency_number(library: Library, country: str, number: str) -> None:
    found = referred(library, country, deformity_trauma="yes")

    assert found.tier == "emergency"
    assert any(number in line for line in found.see)


def test_only_rules_of_the_tier_that_was_reached_say_whom_to_see(library: Library) -> None:
    found = referred(library, dvt="yes", recent_surgery="yes", surgery_hot_red="no")

    assert found.tier == "same-day"
    assert found.see == (library.red_flags["dvt"].see,)


def test_a_guard_says_whom_to_see(library: Library) -> None:
    found = referred(library, painless_weakness="yes")

    assert found.see == (library.guards["neuro-first"].see,)
    assert found.tell[0] == library.guards["neuro-first"].tell[0]


def test_a_condition_has_the_line_of_its_tier(library: Library) -> None:
    rule = FiredRule(
        id="tibial-bsi",
        tier="within-week",
        allows="nothing",
        because=Message("triage.condition", {"condition": "tibial-bsi"}),
    )
    disposition = Disposition(tier="within-week", allows="nothing", rules=(rule,))

    found = referral(Given(age=40), disposition, library, shipped_wording())

    assert found.see == ("See a doctor within a few days, and within a week at the latest.",)
    assert found.tell == ()


def test_no_placeholder_is_left(library: Library) -> None:
    for flag in library.red_flags.values():
        found = referred(library, **{flag.id: "yes"})

        assert not [line for line in (*found.see, *found.meanwhile) if "{" in line]
