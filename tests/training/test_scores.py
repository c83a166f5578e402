"""Scores: better or worse only beyond a questionnaire's own error; a clear loss counts, a gain never decides alone."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weaklink.case.diary import Scored
from weaklink.library.reading import Library, shipped_library
from weaklink.library.wording import shipped_wording
from weaklink.training.course.outcome import Compared, Now, outcome
from weaklink.training.course.scores import change_beyond_error, score_changes, total_problem

FIRST = datetime.date(2026, 10, 1)
NAMES = sorted(shipped_library().questionnaires)


def told(name: str, total: float, days: int = 0) -> Scored:
    date = FIRST + datetime.timedelta(days=days)
    at = datetime.datetime.combine(date, datetime.time(18), datetime.UTC)
    return Scored(
        id=f"score-{name}-{days}-{total:g}".replace(".", "-"),
        at=at,
        date=date,
        questionnaire=name,
        total=total,
    )


@pytest.mark.parametrize(
    ("name", "before", "after", "says"),
    [
        ("uwri", 20, 24, "cannot-tell"),  # its error is 4.1
        ("uwri", 20, 25, "same"),  # beyond it, but less than the 8 that matter
        ("uwri", 20, 28, "better"),
        ("uwri", 28, 20, "worse"),
        ("lefs", 50, 59, "better"),
        ("lefs", 50, 58, "cannot-tell"),
        ("tendins-a", 60, 48, "better"),  # less is better
        ("tendins-a", 48, 60, "worse"),
        ("ostrc-o2", 90, 10, "cannot-tell"),  # nobody knows its error
    ],
)
def test_published_errors_decide(library: Library, name: str, before: float, after: float, says: str) -> None:
    assert change_beyond_error(library.questionnaires[name], before, after) == says


@given(st.sampled_from(NAMES), st.floats(0, 36), st.floats(0, 36))
def test_there_and_back_are_opposite(name: str, before: float, after: float) -> None:
    asked = shipped_library().questionnaires[name]
    opposite = {"better": "worse", "worse": "better"}

    there, back = change_beyond_error(asked, before, after), change_beyond_error(asked, after, before)

    assert back == opposite.get(there, there)
    assert change_beyond_error(asked, before, before) == "cannot-tell"


def test_the_first_is_held_against_the_newest(library: Library) -> None:
    several = [
        told("uwri", 30, 40),
        told("uwri", 18),
        told("uwri", 22, 20),
        told("lefs", 70),
        told("lefs", 71),
    ]

    (found,) = score_changes(several, library)

    assert (found.questionnaire, found.before, found.after, found.says) == ("uwri", 18, 30, "better")
    sentence = shipped_wording().say(found.because)
    assert "from 18 to 30" in sentence
    assert "4.1 points" in sentence


@pytest.mark.parametrize("name", NAMES)
def test_every_verdict_has_its_sentence(library: Library, name: str) -> None:
    asked = library.questionnaires[name]
    for before, after in (
        (asked.min, asked.max),
        (asked.max, asked.min),
        (asked.min, asked.min + 1),
        (20, 25.0),
    ):
        for found in score_changes([told(name, before), told(name, after, 30)], library):
            assert asked.name in shipped_wording().say(found.because)


@pytest.mark.parametrize(
    ("name", "total", "says"),
    [
        ("uwri", 37, "total: 37 is not a whole number from 0 to 36"),
        ("uwri", 3.5, "total: 3.5 is not a whole number from 0 to 36"),
        ("odi", -1, "total: -1 is not a number from 0 to 100"),
        ("odi", 3.5, ""),
        ("uwry", 3, "questionnaire: unknown questionnaire 'uwry'; nearest: uwri"),
    ],
)
def test_a_total_that_cannot_be_is_named(library: Library, name: str, total: float, says: str) -> None:
    assert total_problem(told(name, total), library).startswith(says)
    assert bool(total_problem(told(name, total), library)) == bool(says)


def test_a_clear_loss_refers_and_a_gain_never_decides_alone(library: Library) -> None:
    compared = Compared(start=Now(pain=4), now=Now(pain=4), weeks=5, share=1.0)
    lost = score_changes([told("uwri", 30), told("uwri", 15, 35)], library)
    gained = score_changes([told("uwri", 15), told("uwri", 30, 35)], library)

    assert outcome(compared).says == "same"
    worse = outcome(compared, scores=lost)
    assert (worse.says, worse.next) == ("worse", "professional")
    assert lost[0].because in worse.because
    better = outcome(compared, scores=gained)
    assert (better.says, gained[0].because in better.because) == ("same", True)
    assert outcome(Compared(start=Now(), now=Now(), weeks=5, share=1.0), scores=gained).says == "cannot-tell"
