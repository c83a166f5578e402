"""Referral: whom to see follows the tier that was reached, whatever rule reached it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from weaklink.care.referral import CAN_WAIT, Referral, referral
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
    assert number in found.see


def test_only_rules_of_the_tier_that_was_reached_say_whom_to_see(library: Library) -> None:
    found = referred(library, dvt="yes", recent_surgery="yes", surgery_hot_red="no")

    assert found.tier == "same-day"
    assert found.see == library.red_flags["dvt"].see


def test_a_guard_says_whom_to_see(library: Library) -> None:
    found = referred(library, painless_weakness="yes")

    assert found.see == library.guards["neuro-first"].see
    assert found.soon == "Within the next days"
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

    assert found.see == "See a doctor within a few days, and within a week at the latest."
    assert found.soon == "Within a few days, a week at the latest"
    assert found.tell == ()


def test_the_age_is_told_with_its_unit(library: Library) -> None:
    assert referred(library, dvt="yes").history[0].says == "40 years"


def test_no_placeholder_is_left(library: Library) -> None:
    for flag in library.red_flags.values():
        found = referred(library, **{flag.id: "yes"})

        assert not [line for line in (found.see, *found.meanwhile) if "{" in line]


def test_what_cannot_wait_is_said_once_and_only_where_the_visit_can(library: Library) -> None:
    waiting = set()
    for flag in library.red_flags.values():
        found = referred(library, **{flag.id: "yes"})
        assert not [line for line in found.meanwhile if line.startswith("Go today")], flag.id
        assert len([line for line in found.until_then if line.startswith("Go today")]) == bool(found.today_if)
        assert len({*found.today_if}) == len(found.today_if)
        assert bool(found.today_if) == (found.tier in CAN_WAIT), flag.id
        if found.today_if and flag.tier == found.tier:
            waiting.add(flag.id)
            assert {*flag.today_if} <= {*found.today_if}

    assert len(waiting) > 15


def test_of_equally_urgent_rules_the_leading_one_says_whom_to_see(library: Library) -> None:
    found = referred(
        library, dvt="yes", blackout_in_run="yes", fluoroquinolone="yes", fluoroquinolone_now="yes"
    )

    assert [rule.id for rule in found.rules if rule.id in ("dvt", "blackout-in-run")] != []
    assert found.see.count(".") == 1
    # What the others ask to be done stands under what to do until then.
    asked = [flag for name in ("dvt", "blackout-in-run") for flag in library.red_flags[name].meanwhile]
    assert {*asked} <= {*found.meanwhile}


TIME = re.compile(
    r"\d+(?: to \d+)? weeks|within a week|few days|next days|today|before (?:you train|the first)", re.I
)


def spoken(library: Library) -> Iterator[tuple[str, str, str]]:
    """Every line on whom to see, with the tier it is said at, and how soon in its own words."""
    for flag in library.red_flags.values():
        yield flag.see, flag.tier, flag.soon
        yield from ((one.see, one.tier, one.soon) for one in (*flag.upgrades, *flag.lesser) if one.see)
    for guard in library.guards.values():
        if guard.tier is not None:
            yield guard.see, guard.tier, guard.soon


def test_how_soon_is_one_time_in_both_sentences(library: Library) -> None:
    word = shipped_wording().word
    tried = 0
    for see, tier, own in spoken(library):
        named = TIME.search(see.partition(";")[0])
        soon = own or word(f"referral.soon.{tier}")
        if named is not None:
            tried += 1
            assert named[0].lower() in soon.lower(), (see, soon)

    assert tried > 40
