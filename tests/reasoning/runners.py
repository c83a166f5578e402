"""Runners for the tests of the reasoning: some by hand, some drawn at random from the knowledge."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given, PainPlace, Result
from weaklink.case.hypothesis import Differential
from weaklink.library.reading import shipped_library
from weaklink.library.records import ClinicalTest, Question
from weaklink.quantities import MIRROR, Side
from weaklink.reasoning.differential import differential

LIBRARY = shipped_library()
HOME_TESTS = [test for test in LIBRARY.clinical_tests.values() if test.performed_by == "self"]
ASKED = [one for one in LIBRARY.questions.values() if one.decides == "finding" and one.kind != "number"]
SELF_MANAGE = Disposition(tier="self-manage", allows="all")


def hurting(*places: tuple[str, Side], age: int = 35, **more: Any) -> Given:
    """A runner with pain at these places."""
    return Given(age=age, pain_at=tuple(PainPlace(site, side) for site, side in places), **more)


def sides(right: float | str | None = None, left: float | str | None = None) -> dict[Side, Result]:
    """Results of a test on both sides; a word is an option."""
    found: dict[Side, Result] = {}
    for side, value in (("right", right), ("left", left)):
        if value is not None:
            word = isinstance(value, str)
            found[side] = Result(option=value) if word else Result(value=value)  # type: ignore[index]
    return found


def ranked(given: Given, disposition: Disposition = SELF_MANAGE) -> Differential:
    """The differential over the shipped knowledge."""
    return differential(given, LIBRARY, disposition)


def verdicts(found: Differential) -> dict[tuple[str, str], str]:
    """Verdict of each area and side; a row for both sides stands for each."""
    rows: dict[tuple[str, str], str] = {}
    for row in found.hypotheses:
        for side in ("right", "left") if row.side == "both" else (row.side,):
            rows[row.area, side] = row.verdict
    return rows


def mirrored(given: Given) -> Given:
    """The same runner seen in a mirror."""
    sided = {one.id for one in LIBRARY.questions.values() if one.sided}
    return msgspec.structs.replace(
        given,
        pain_at=tuple(PainPlace(place.site, MIRROR[place.side]) for place in given.pain_at),
        answers={
            key: MIRROR.get(answer, answer) if key in sided else answer  # type: ignore[call-overload]
            for key, answer in given.answers.items()
        },
        tests={
            key: {MIRROR[side]: result for side, result in results.items()}
            for key, results in given.tests.items()
        },
    )


def answer_to(question: Question) -> st.SearchStrategy[str]:
    if question.kind == "yes-no":
        return st.sampled_from(["yes", "no", "unsure"])
    return st.sampled_from([option.id for option in question.options])


def result_of(test: ClinicalTest) -> st.SearchStrategy[Result]:
    pain = st.none() | st.integers(0, 10)
    if test.value == "option":
        options = st.sampled_from([option.id for option in test.options])
        return st.builds(Result, option=options, pain=pain)
    if test.value == "pain-at-levels":
        return st.builds(Result, pain_at=st.fixed_dictionaries({test.levels[0]: st.integers(0, 10)}))
    most = min(int(test.max), 60)
    return st.builds(Result, value=st.integers(0, most).map(float), pain=pain)


@st.composite
def results_of(draw: st.DrawFn, test: ClinicalTest) -> dict[Side, Result]:
    if not test.sided:
        return {"none": draw(result_of(test))}
    chosen = draw(st.sampled_from([("right",), ("left",), ("right", "left")]))
    return {side: draw(result_of(test)) for side in chosen}  # type: ignore[misc]


@st.composite
def runners(draw: st.DrawFn) -> Given:
    """Any runner: up to three painful places, a few answers, a few home tests."""
    places = draw(
        st.lists(
            st.builds(
                PainPlace,
                st.sampled_from(sorted(LIBRARY.regions)),
                st.sampled_from(["right", "left", "both", "not-said"]),
            ),
            max_size=3,
            unique_by=lambda place: place.site,
        )
    )
    asked = draw(st.lists(st.sampled_from(ASKED), max_size=5, unique_by=lambda one: one.id))
    tested = draw(st.lists(st.sampled_from(HOME_TESTS), max_size=4, unique_by=lambda one: one.id))
    return Given(
        age=draw(st.integers(12, 75)),
        sex=draw(st.sampled_from(["female", "male", "not-said"])),
        level=draw(st.sampled_from(["planning", "novice", "regular", "seasoned"])),
        since_days=draw(st.none() | st.integers(1, 400)),
        pain_at=tuple(places),
        pain=draw(st.dictionaries(st.sampled_from(["run", "walk", "stairs", "sit"]), st.integers(0, 8))),
        answers={one.id: draw(answer_to(one)) for one in asked},
        tests={one.id: draw(results_of(one)) for one in tested},
    )
