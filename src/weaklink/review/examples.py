"""Examples: whether each danger question says by examples what it means, and whether they come out so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weaklink.case.given import AnswerValue, Given, PainPlace
from weaklink.library.reading import Library
from weaklink.library.records import Example, Question
from weaklink.quantities import Tier
from weaklink.reasoning.alarming import is_danger
from weaklink.reasoning.guards import true_guards
from weaklink.reasoning.urgency import urgency
from weaklink.review.reachability import Found

LEAST = 3


def examples_that_fail(library: Library) -> Found:
    """Dangers with too few examples, and examples that do not come out as they say."""
    for question in library.questions.values():
        if question.status == "retired":
            continue
        if is_asked_as_danger(question, library):
            yield from _too_few(question)
        yield from _failing(question, library)


def is_asked_as_danger(question: Question, library: Library) -> bool:
    """Whether it is a danger that somebody is asked for; what the weeks alone set off is not."""
    flag = library.red_flags.get(question.id)
    asked = flag is None or (flag.asked != "never" and flag.status != "retired")
    return is_danger(question) and question.decides in ("red-flag", "guard") and asked


def _too_few(question: Question) -> Iterator[tuple[str, str, str, str]]:
    for field, examples in (("alarming", question.alarming), ("benign", question.benign)):
        if len(examples) < LEAST:
            yield "questions", question.id, field, f"{len(examples)} examples; expected at least {LEAST}"


def _failing(question: Question, library: Library) -> Iterator[tuple[str, str, str, str]]:
    for example in question.alarming:
        given = given_of(example, question.id, "yes", library)
        least = example.tier or _own_tier(question, library)
        found = urgency(given, library).tier
        if found > least and not _holds(question, given, library):
            yield "questions", question.id, "alarming", f'"{example.says[:60]}" is only {found}'
    for example in question.benign:
        found = urgency(given_of(example, question.id, "no", library), library).tier
        most = example.tier or Tier.SEE_PROFESSIONAL
        if found < most:
            yield "questions", question.id, "benign", f'"{example.says[:60]}" is {found}'


def _own_tier(question: Question, library: Library) -> Tier:
    flag = library.red_flags.get(question.id) or library.red_flags.get(question.detail_of)
    return flag.tier if flag is not None else Tier.SEE_PROFESSIONAL


def _holds(question: Question, given: Given, library: Library) -> bool:
    """Whether a question that decides a guard sets one off: then that is what the example is about."""
    if question.decides != "guard":
        return False
    without = {name: value for name, value in given.answers.items() if name != question.id}
    before = Given(**{**_fields(given), "answers": without})
    return bool(true_guards(given, library) - true_guards(before, library))


def _fields(given: Given) -> dict[str, Any]:
    return {name: getattr(given, name) for name in given.__struct_fields__}


def given_of(example: Example, question: str, answer: AnswerValue, library: Library) -> Given:
    """Who the example is about, with the answer it is an example of."""
    places = (
        PainPlace(site, "right" if library.regions[site].sided else "none") for site in sorted(example.at)
    )
    return Given(
        age=example.age,
        sex=example.sex,
        since_days=example.since_days,
        pain_at=tuple(places),
        pain=dict(example.pain),
        answers={**example.answers, question: answer},
        assume_unanswered_no=True,
    )
