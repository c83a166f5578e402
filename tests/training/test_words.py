"""Every message of the training chapter has a calm sentence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given as runs

from tests.searches import search
from tests.training.making import KNEE, SELF_MANAGE, sore_knee
from tests.training.test_plan_laws import SHIPPED, stories
from weaklink.case.plan import Conflict, Plan
from weaklink.library.records import Equipment
from weaklink.library.wording import catalogue, shipped_wording
from weaklink.training.plan.planning import make_plan

SENTENCES = {key: text for key, text in catalogue().items() if key.startswith("training.")}
FORBIDDEN = re.compile(
    r"you have (?!(moves|to |\{))|your diagnosis|causes|is causing|will prevent|we fix|!|oops", re.I
)


def messages_of(outcome: Plan | Conflict):
    """Every message a plan or a conflict carries."""
    if isinstance(outcome, Conflict):
        return [*outcome.conflicts, *outcome.nearest]
    items = [item for week in outcome.weeks for session in week.sessions for item in session.items]
    items += [item for week in outcome.weeks for item in week.run_day_stretches]
    return [
        *(message for item in items for message in item.because),
        *(left.because for left in outcome.left_out),
        *outcome.notes,
    ]


@search(12, 40)
@runs(story=stories(SHIPPED, wishes=True))
def test_every_message_of_any_plan_can_be_said(story):
    given, disposition, found = story
    outcome = make_plan(given, SHIPPED, disposition, found, "greedy")

    for message in messages_of(outcome):
        sentence = shipped_wording().say(message)
        assert sentence
        assert "{" not in sentence


@search(12, 40)
@runs(story=stories(SHIPPED))
def test_every_source_a_plan_names_is_in_the_knowledge(story):
    given, disposition, found = story
    outcome = make_plan(given, SHIPPED, disposition, found, "greedy")

    for message in messages_of(outcome):
        assert set(message.sources) <= set(SHIPPED.sources)


def test_the_source_of_every_item_is_a_record():
    plan = make_plan(sore_knee(), SHIPPED, SELF_MANAGE, KNEE, "greedy")
    known = {*SHIPPED.doses, *SHIPPED.facts}

    assert {item.source for week in plan.weeks for s in week.sessions for item in s.items} <= known


@pytest.mark.parametrize("key", SENTENCES)
def test_sentences_are_calm_and_end(key):
    text = SENTENCES[key]

    assert not FORBIDDEN.search(text)
    assert text[-1] in ".}"


def test_every_piece_of_equipment_and_every_tag_has_a_word():
    words = catalogue()
    tags = {tag for exercise in SHIPPED.exercises.values() for tag in exercise.tags}
    there = {"mat", "wall", "chair", "towel", "step"}
    wanted = tags | {need for need in Equipment.__args__ if need not in there}  # type: ignore[attr-defined]

    assert {name for name in wanted if f"word.{name}" not in words} == set()
