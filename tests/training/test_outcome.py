"""The outcome: better, the same, worse or cannot tell, and the next step."""

from __future__ import annotations

import pytest
from hypothesis import given as runs
from hypothesis import strategies as st

from weaklink.case.given import Result
from weaklink.library.reading import Library
from weaklink.library.wording import shipped_wording
from weaklink.quantities import Message
from weaklink.training.course.outcome import Compared, Now, change_beyond_error, outcome, test_changes

START = Now(pain=4, activities={"stairs": 4, "a long run": 2})


def verdict(weeks=4, share=0.9, start=START, painful=True, **now):
    found = outcome(Compared(start=start, now=Now(**now), weeks=weeks, share=share, painful=painful))
    return found.says, found.next


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ({"pain": 2}, "better"),
        ({"pain": 3}, "same"),
        ({"pain": 6}, "worse"),
        ({"rating": 2}, "better"),
        ({"rating": 1}, "same"),
        ({"rating": -2}, "worse"),
        ({"pain": 3, "activities": {"stairs": 7, "a long run": 5}}, "better"),
        ({"pain": 2, "activities": {"stairs": 1, "a long run": 0}}, "worse"),
        ({"pain": 2, "rating": -3}, "worse"),
        ({"activities": {"stairs": 9, "a long run": 9}}, "cannot-tell"),
        ({"activities": {"something new": 9}}, "cannot-tell"),
        ({}, "cannot-tell"),
    ],
)
def test_the_verdict(now, says):
    assert verdict(**now)[0] == says


def test_better_leads_to_upkeep_from_four_weeks_on():
    assert verdict(3, pain=1) == ("better", "go-on")
    assert verdict(4, pain=1) == ("better", "maintenance")


def test_worse_is_for_a_professional_at_once_and_unclear_is_asked_again():
    assert verdict(2, pain=7) == ("worse", "professional")
    assert verdict(8) == ("cannot-tell", "ask")


def test_the_same_is_stepped_care():
    assert verdict(4, pain=4) == ("same", "professional")
    assert verdict(4, pain=3) == ("same", "go-on")
    assert verdict(6, pain=3) == ("same", "professional")
    assert verdict(6, share=0.5, pain=4) == ("same", "go-on")
    assert verdict(8, share=0.1, pain=4) == ("same", "professional")


def test_the_same_without_numbers_waits_for_six_or_eight_weeks():
    assert verdict(5, rating=0) == ("same", "go-on")
    assert verdict(6, rating=0) == ("same", "professional")
    assert verdict(6, share=0.5, rating=0) == ("same", "go-on")
    assert verdict(8, share=0.5, rating=0) == ("same", "professional")


def test_without_pain_at_the_start_only_worse_can_be_told():
    assert verdict(8, start=Now(), painful=False, rating=0) == ("same", "go-on")
    assert verdict(8, start=Now(), painful=False, rating=4) == ("same", "go-on")
    assert verdict(8, start=Now(), painful=False) == ("cannot-tell", "ask")
    assert verdict(8, start=Now(pain=0), painful=False, pain=4) == ("worse", "professional")


@runs(
    st.integers(0, 12), st.sampled_from([0.0, 0.5, 0.9]), st.integers(0, 10), st.integers(0, 10),
    st.integers(1, 5), st.none() | st.integers(-5, 5),
)  # fmt: skip
def test_more_pain_never_gives_a_better_verdict(weeks, share, start, now, more, rating):
    order = ("worse", "same", "better")
    found = [
        outcome(
            Compared(
                start=Now(pain=start), now=Now(pain=min(10, pain), rating=rating), weeks=weeks, share=share
            )
        ).says
        for pain in (now + more, now)
    ]

    assert order.index(found[0]) <= order.index(found[1])


def results(right: float | None, left: float = 10.0) -> dict[str, Result]:
    return {"right": Result(value=right), "left": Result(value=left)}


def test_a_test_changes_only_beyond_its_own_error(library: Library):
    raises = library.clinical_tests["sl-heel-raise-reps"]
    plank = library.clinical_tests["side-plank-hold"]
    faster = library.clinical_tests["one-leg-sts-5"]

    assert [change_beyond_error(raises, 11, after) for after in (4, 5, 17, 18)] == [
        "worse", "cannot-tell", "cannot-tell", "better",
    ]  # fmt: skip
    assert [change_beyond_error(plank, 30, after) for after in (45, 50)] == ["cannot-tell", "better"]
    assert faster.better == "lower"
    assert change_beyond_error(faster, 12, 10) == "better"
    assert change_beyond_error(library.clinical_tests["straight-leg-raise-reps"], 5, 30) == "cannot-tell"


def test_only_what_was_measured_both_times_is_compared(library: Library):
    before = {"sl-heel-raise-reps": results(11), "sorensen": results(60)}
    after = {"sl-heel-raise-reps": results(18), "straight-leg-raise-reps": results(9), "nobody": results(1)}
    found = test_changes(before, after, library)

    assert [(c.test, c.side, c.says) for c in found] == [
        ("sl-heel-raise-reps", "left", "cannot-tell"), ("sl-heel-raise-reps", "right", "better"),
    ]  # fmt: skip
    assert (
        test_changes({"sl-heel-raise-reps": results(None)}, {"sl-heel-raise-reps": results(3)}, library)[
            0
        ].side
        == "left"
    )
    assert test_changes({"nobody": results(1)}, {"nobody": results(1)}, library) == ()


def test_every_sentence_can_be_said(library: Library):
    wording = shipped_wording()
    for sign in ({"pain": 2}, {"pain": 4}, {"pain": 7}, {"rating": 3}, {"rating": 0}, {"rating": -3},
                 {"activities": {"stairs": 9}}, {"activities": {"stairs": 4}}, {"activities": {"stairs": 1}}):  # fmt: skip
        found = outcome(Compared(start=START, now=Now(**sign), weeks=6, share=1.0))
        for message in (
            *found.because,
            Message(f"outcome.{found.says}"),
            Message(f"outcome.next-{found.next}"),
        ):
            assert wording.say(message).endswith(".")
    for after in (1.0, 11.0, 30.0):
        for change in test_changes(
            {"sl-heel-raise-reps": results(11)}, {"sl-heel-raise-reps": results(after)}, library
        ):
            assert "heel raise" in wording.say(change.because).lower()
    unknown = test_changes({"sorensen": results(9)}, {"sorensen": results(9)}, library)
    assert all(wording.say(change.because) for change in unknown)
    other = test_changes(
        {"straight-leg-raise-reps": results(9)}, {"straight-leg-raise-reps": results(30)}, library
    )
    assert "Nobody has measured" in wording.say(other[0].because)
