"""The law of the interview: never looser than a case file, and never looser for a more alarming answer.

Counted over truths built from every rule at every place of it, and over chance; the counts are printed.
"""

from __future__ import annotations

import random
from collections import Counter

import msgspec
import pytest
from tests.reasoning.truths import LIBRARY, can_be_true, interviewed, rules, sites_of, truths, worse

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.reasoning.alarming import is_danger
from weaklink.reasoning.urgency import urgency
from weaklink.review.asking import triggers_never_asked

# Why an interview may end stricter than a case file: what stands here, and nothing else.
STRICTER = {
    "minor-without-guardian": "the interview asks for a grown-up's yes, a case file does not speak of it",
    "navicular-bsi": "a sign that would speak against it is worth no screen of its own",
    "tibial-bsi": "the same",
    "sacral-bsi": "the same",
    "lumbar-radiculopathy": "the same",
    "medial-meniscus-tear": "the same",
}
MOST_STRICTER = 0.03
A_FEW = 120  # here; `tests/interview` tries thousands


def looser(found: Disposition, than: Disposition) -> bool:
    return found.tier > than.tier or found.allows > than.allows


def without_tests(truth: Given) -> Given:
    return msgspec.structs.replace(truth, tests={})


def ended(truth: Given) -> Disposition:
    """How the interview of a truth ends."""
    return urgency(msgspec.structs.replace(interviewed(truth), assume_unanswered_no=False), LIBRARY)


@pytest.mark.parametrize("part", range(2))
def test_an_interview_is_never_looser_than_the_case_file(part: int) -> None:
    never_looser(part, A_FEW)


def never_looser(part: int, count: int) -> None:
    """The first law, over as many truths."""
    tried, loose, stricter = 0, [], Counter[str]()
    for found in truths(seed=part, count=count):
        truth = without_tests(found)
        case, interview = urgency(truth, LIBRARY), ended(truth)
        tried += 1
        if looser(interview, case):
            loose.append((truth, case.tier, interview.tier))
        elif looser(case, interview):
            reasons = {rule.id for rule in interview.rules} - {rule.id for rule in case.rules}
            stricter["+".join(sorted(reasons))] += 1
    print(
        f"L1 part {part}: {tried} truths, looser {len(loose)}, stricter {sum(stricter.values())} {dict(stricter)}"
    )

    assert loose == []
    assert sum(stricter.values()) <= max(MOST_STRICTER * tried, 8)
    assert {reason for names in stricter for reason in names.split("+")} <= {*STRICTER}
    assert len(STRICTER) <= 10


@pytest.mark.parametrize("part", range(2))
def test_a_more_alarming_answer_never_ends_less_urgently(part: int) -> None:
    never_less_urgent(part, A_FEW)


def never_less_urgent(part: int, count: int) -> None:
    """The second law, over as many flips."""
    chance = random.Random(part)
    tried, in_case_files, in_interviews = 0, [], []
    for found in truths(seed=100 + part, count=count):
        truth = without_tests(found)
        change = worse(truth, chance)
        if change is None:
            continue
        what, alarming = change
        tried += 1
        if looser(urgency(alarming, LIBRARY), urgency(truth, LIBRARY)):
            in_case_files.append((what, truth))
        if looser(ended(alarming), ended(truth)):
            in_interviews.append((what, truth))
    print(f"L2 part {part}: {tried} flips, inversions {len(in_case_files)} and {len(in_interviews)}")

    assert in_case_files == []
    assert in_interviews == []


def test_every_answer_a_trigger_needs_can_be_asked_at_every_site_of_it() -> None:
    assert list(triggers_never_asked(LIBRARY)) == []


def test_the_truths_reach_every_rule_and_every_place() -> None:
    known = {(rule.name, site) for rule in rules() for site in sites_of(rule) or [None]}

    assert len(known) > 900
    assert {rule.name for rule in rules()} >= {
        flag.id for flag in LIBRARY.red_flags.values() if flag.asked != "never" and flag.status != "retired"
    }
    assert all(can_be_true(truth) for truth in truths(seed=3, count=100))


def test_no_rule_is_excused_by_a_danger_or_by_more_pain() -> None:
    """What keeps a trigger from holding is a reassuring answer, never a pain number and never a danger."""
    by_pain = [rule.name for rule in rules() if rule.trigger.pain_below]
    by_danger = [
        (rule.name, name)
        for rule in rules()
        for name, excusing in rule.trigger.not_answers.items()
        if is_danger(LIBRARY.questions[name]) and not {"yes", "unsure"}.isdisjoint(excusing)
    ]

    assert by_pain == []
    assert by_danger == []
