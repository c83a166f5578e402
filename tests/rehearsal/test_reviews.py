"""Reviews: every question of a programme has an answer; what nobody said of the bones is never a yes."""

from __future__ import annotations

from typing import get_args

import msgspec

from tests.rehearsal.stories import story, world
from weaklink.library.milestones import asked_in
from weaklink.rehearsal.reviews import CLEARANCES, answers_of, review_of
from weaklink.rehearsal.story import LowBone
from weaklink.rehearsal.tissue import tissue_of

S05 = "s05-masters-bone"


def test_every_question_is_answered() -> None:
    library = world().library
    asked = {name for one in library.programmes.values() for name in asked_in(one, library)}

    found = answers_of(story(S05), tissue_of(story(S05).given, "good", 0), library)

    assert set(found) == asked >= CLEARANCES
    assert set(found.values()) <= {"yes", "no"}


def test_thin_bones_are_cleared_only_by_a_word() -> None:
    said: dict[str, str] = {}
    for low in get_args(LowBone):
        told = msgspec.structs.replace(story(S05), low_bone=low)
        said[low] = answers_of(told, tissue_of(told.given, "good", 0), world().library)[
            "bones-cleared-for-lifting"
        ]

    assert said == {"no": "yes", "yes": "no", "cleared": "yes"}


def test_answers_follow_the_pain_that_is_asked_about() -> None:
    told = story("s02-patellar-lifter")
    sore, calm = tissue_of(told.given, "none", 0), tissue_of(told.given, "none", 0)
    calm.now = 2.0

    name = "one-leg-squat-hurts-little"  # 3 at most
    found = [answers_of(told, tissue, world().library)[name] for tissue in (sore, calm)]
    assert found == ["no", "yes"]


def test_a_review_tells_the_pain_of_each_moment() -> None:
    told = story("s01-kneecap-novice")

    found = review_of(told, tissue_of(told.given, "good", 0), world().library)

    assert found["pains"]["stairs"] == 4
    assert set(found) == {"kind", "answers", "pains"}
