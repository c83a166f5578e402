"""Random runners for the property tests of triage and intake: any answers, sites, sides, pains and tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from weaklink.case.given import AnswerValue, Given, PainPlace, Result
from weaklink.library.reading import Library, shipped_library
from weaklink.library.records import Question
from weaklink.quantities import MIRROR, Side

LIBRARY: Library = shipped_library()
MIRRORED_ANSWERS = {"right": "left", "left": "right"}
SITUATIONS = ("run", "walk", "stairs", "sit", "night", "rest", "morning", "jump")


def possible(question: Question) -> list[AnswerValue]:
    """Every answer a question may get."""
    if question.kind == "number":
        return [0, 6, 12, 15, 16, 30]
    if question.kind == "choice":
        return [option.id for option in question.options]
    return ["yes", "no", "unsure"]


@st.composite
def answers(draw: st.DrawFn, most: int = 12) -> dict[str, AnswerValue]:
    """Some questions with any of their answers."""
    chosen = draw(st.lists(st.sampled_from(sorted(LIBRARY.questions)), max_size=most, unique=True))
    return {name: draw(st.sampled_from(possible(LIBRARY.questions[name]))) for name in chosen}


def places() -> st.SearchStrategy[tuple[PainPlace, ...]]:
    """Painful sites with their sides, in any order."""
    place = st.builds(
        PainPlace,
        site=st.sampled_from(sorted(LIBRARY.regions)),
        side=st.sampled_from(("right", "left", "both", "not-said")),
    )
    return st.lists(place, max_size=3).map(tuple)


@st.composite
def results_of_tests(draw: st.DrawFn) -> dict[str, dict[Side, Result]]:
    """One or two home tests, numbers or options, on one or both sides."""
    chosen = draw(st.lists(st.sampled_from(sorted(LIBRARY.clinical_tests)), max_size=2, unique=True))
    return {name: draw(_results(name)) for name in chosen}


@st.composite
def _results(draw: st.DrawFn, name: str) -> dict[Side, Result]:
    test = LIBRARY.clinical_tests[name]
    sides: list[Any] = draw(st.sampled_from((["right"], ["left"], ["right", "left"])))
    found: dict[Any, Result] = {}
    for side in sides if test.sided else ["none"]:
        if test.value == "option":
            found[side] = Result(option=draw(st.sampled_from([option.id for option in test.options])))
        else:
            found[side] = Result(value=float(draw(st.integers(0, 40))))
    return found


@st.composite
def runners(draw: st.DrawFn, *, case_file: bool | None = None) -> Given:
    """Any runner at all."""
    return Given(
        age=draw(st.integers(10, 100)),
        sex=draw(st.sampled_from(("female", "male", "not-said"))),
        level=draw(st.sampled_from(("planning", "novice", "regular", "seasoned"))),
        since_days=draw(st.one_of(st.none(), st.integers(0, 400))),
        pain_at=draw(places()),
        pain=draw(st.dictionaries(st.sampled_from(SITUATIONS), st.integers(0, 10), max_size=4)),
        answers=draw(answers()),
        tests=draw(results_of_tests()),
        assume_unanswered_no=draw(st.booleans()) if case_file is None else case_file,
    )


def mirrored(given: Given) -> Given:
    """The same runner in a mirror."""
    sided = {name for name, question in LIBRARY.questions.items() if question.sided}
    return Given(
        age=given.age,
        sex=given.sex,
        level=given.level,
        since_days=given.since_days,
        pain_at=tuple(PainPlace(place.site, MIRROR[place.side]) for place in given.pain_at),
        pain=given.pain,
        answers={
            name: MIRRORED_ANSWERS.get(str(answer), answer) if name in sided else answer
            for name, answer in given.answers.items()
        },
        tests={
            name: {MIRROR[side]: result for side, result in results.items()}
            for name, results in given.tests.items()
        },
        assume_unanswered_no=given.assume_unanswered_no,
    )
