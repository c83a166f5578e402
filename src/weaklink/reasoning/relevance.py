"""Relevance: which questions concern a runner, by their policy, the places and what was said."""

from __future__ import annotations

from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.library.records import Question, Screen
from weaklink.reasoning.flags import is_relevant
from weaklink.reasoning.triggers import any_holds


def open_questions(screen: Screen, given: Given, library: Library, guards: frozenset[str]) -> tuple[str, ...]:
    """The questions of a screen that concern this runner and are not answered, in the screen's order."""
    if screen.when and not any_holds(screen.when, given, guards):
        return ()
    return tuple(
        name
        for name in screen.questions
        if name not in given.answers and concerns(library.questions[name], given, library, guards)
    )


def concerns(question: Question, given: Given, library: Library, guards: frozenset[str]) -> bool:
    """Whether a question is relevant: a flag by its policy, any other by its sites and conditions."""
    flag = library.red_flags.get(question.id)
    if flag is not None and not is_relevant(flag, given, guards):
        return False
    if question.status == "retired" or (question.sites and given.sites.isdisjoint(question.sites)):
        return False
    return not question.when or any_holds(question.when, given, guards)
