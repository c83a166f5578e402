"""Finding ids: what a sign or a trigger may name, derived from questions, tests and sites."""

from __future__ import annotations

from typing import get_args

from weaklink.library.reading import Library
from weaklink.library.records import ClinicalTest, PainSituation, Question

RUNNER_FACTS = frozenset(
    {
        "novice",
        "age-45-plus",
        "age-under-18",
        "female",
        "male",
        "long-standing",
        "recent",
        "load-spike",
    }
)
SIDED_ANSWERS = ("right", "left", "both", "yes", "no")
TEST_MEANINGS = ("weak", "fine", "pain")


def answers_of(question: Question) -> list[str]:
    """Every answer of a question that is not a number."""
    if question.kind == "yes-no":
        return ["yes", "no", "unsure"]
    options = [option.id for option in question.options]
    return [*options, *(SIDED_ANSWERS if question.sided else ()), "unsure"]


def results_of(test: ClinicalTest) -> list[str]:
    """What may stand for a test's result: its options, their meanings, and weak, fine or pain."""
    options = [option.id for option in test.options]
    meanings = [option.meaning for option in test.options if option.meaning]
    return [*options, *meanings, *TEST_MEANINGS, "unable"]


def known_findings(library: Library) -> frozenset[str]:
    """Every finding id that answers, tests, sites and the runner can give."""
    found = set(RUNNER_FACTS) | {f"pain-{situation}" for situation in get_args(PainSituation)}
    found |= {f"site={site}" for site in library.regions}
    for question in library.questions.values():
        found.add(question.id)
        found |= {f"{question.id}={answer}" for answer in answers_of(question)}
    for test in library.clinical_tests.values():
        found |= {f"{test.id}={result}" for result in results_of(test)}
    return frozenset(found)
