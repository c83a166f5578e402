"""The reasons a runner reads: chain, grades, evidence against, consequences, disagreements."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from tests.reasoning.runners import LIBRARY, hurting, ranked, runners, sides
from tests.searches import search

from weaklink.case.given import Given
from weaklink.library.wording import shipped_wording
from weaklink.quantities import Message
from weaklink.reasoning.explanation import Explanation, explain

SAY = shipped_wording().say
FORBIDDEN = ("you have ", "your diagnosis", " causes ", "is causing", "will prevent", "we fix")


def explained(runner: Given) -> Explanation:
    return explain(runner, LIBRARY, ranked(runner))


def kneecap(**more: object) -> Given:
    tests = {"sl-heel-raise-reps": sides(11, 18), "straight-leg-raise-reps": sides(9, 16)}
    return hurting(
        ("knee-anterior", "right"), **{"level": "novice", "km_per_week": 12.0, "tests": tests, **more}
    )


def messages(found: Explanation) -> Iterator[Message]:
    yield from (*found.consequences, *found.facts, *found.other_culprits, *found.disagreements)
    for chain in found.chains:
        yield from (chain.weak, *chain.steps, chain.pain, chain.against, chain.extent)
        yield from ([chain.idea] if chain.idea else [])
        for line in chain.grades:
            yield from (line.question, line.word, line.says)


def test_the_first_chain_goes_from_the_weak_part_over_what_takes_over_to_the_pain() -> None:
    first = explained(kneecap()).chains[0]

    assert (first.area, first.side, first.site) == ("quads", "right", "knee-anterior")
    assert first.steps
    assert first.takes_over
    assert SAY(first.weak) == "The front of the thigh on the right may tire early."


def test_three_grades_are_kept_apart_and_worded() -> None:
    chains = {chain.link: chain for chain in explained(kneecap()).chains}
    hip = chains["glute-med--knee-anterior"]

    assert [line.grade for line in hip.grades] == ["against", "moderate", "strong"]
    assert SAY(hip.grades[0].word) == "Studies speak against it."


def test_an_untested_idea_is_called_one() -> None:
    chains = {chain.link: chain for chain in explained(kneecap()).chains}
    idea = chains["calf-gastroc--knee-anterior"].idea

    assert idea is not None
    assert SAY(idea) == "This path is an idea from clinicians, not tested."


def test_the_corrected_belief_about_the_inner_thigh_stands_with_kneecap_pain_only() -> None:
    named = {message.values.get("fact") for message in explained(kneecap()).facts}
    elsewhere = {message.values.get("fact") for message in explained(hurting(("calf", "left"))).facts}

    assert "not-only-vmo" in named
    assert "not-only-vmo" not in elsewhere


def test_knee_pain_states_what_may_follow() -> None:
    assert explained(kneecap()).consequences[0].values["fact"] == "consequence"


def test_how_soon_is_how_weak_times_how_often() -> None:
    measured = explained(kneecap()).chains[0].extent

    assert measured.values["percent"] == 44
    assert measured.values["km"] == 12.0


def test_weakness_is_never_the_only_culprit_named() -> None:
    facts = [message.values.get("fact") for message in explained(kneecap()).other_culprits]

    assert "not-only-strength" in facts


def test_the_decisions_that_apply_are_named() -> None:
    named = {message.id for message in explained(kneecap()).disagreements}
    outer_hip = explained(hurting(("hip-lateral", "left"), answers={"lying-on-side-hurts": "yes"}))

    assert {"explanation.d1", "explanation.d4", "explanation.d5-wall-squat", "explanation.d7"} <= named
    assert "explanation.d9" not in named
    assert {"explanation.d5-outer-hip", "explanation.d9"} <= {one.id for one in outer_hip.disagreements}


@search(20, 60)
@given(runners())
def test_every_reason_can_be_worded_calmly(runner: Given) -> None:
    for message in messages(explained(runner)):
        sentence = SAY(message)
        assert sentence
        assert not [phrase for phrase in FORBIDDEN if phrase in sentence.lower()]
        assert "!" not in sentence


def test_every_source_of_a_reason_is_in_the_library() -> None:
    for site in LIBRARY.regions:
        for message in messages(explained(hurting((site, "right")))):
            assert set(message.sources) <= LIBRARY.sources.keys()
