"""Soundness: everything `weaklink check` looks at, as one list of problems."""

from __future__ import annotations

from collections.abc import Iterator

from weaklink.library.checking import check_library
from weaklink.library.fault import Fault, file_of
from weaklink.library.language_faults import all_faults
from weaklink.library.phrases import catalogue_problems
from weaklink.library.reading import Library
from weaklink.library.wording import catalogue, shipped_wording
from weaklink.review.asking import triggers_never_asked
from weaklink.review.deciding import questions_that_decide_nothing
from weaklink.review.examples import examples_that_fail
from weaklink.review.known_faults import read_known_faults, with_reasons
from weaklink.review.pain_limits import looser_than_their_profile
from weaklink.review.policies import check_policies
from weaklink.review.poses import Solve, pose_problems
from weaklink.review.reachability import check_reachability
from weaklink.review.recipients import GivenOrNot, outcomes_of, recipients
from weaklink.review.record_ids import check_record_ids

A_GRID = "a grid of runners is no proof; a case whose plan holds it is"


def problems_of(library: Library, solve: Solve) -> tuple[Fault, ...]:
    """Every problem of the knowledge and its languages, errors first, then by file.

    Where records name what is not there, nothing further is looked at: it could not be trusted.
    Args:
        solve: the solution of a movement, as shipped, kept or found now.
    """
    names = check_library(library)
    if names:
        return names
    found = [
        *catalogue_problems(catalogue(), library),
        *all_faults(),
        *check_reachability(library),
        *check_policies(library, catalogue()),
        *check_record_ids(library),
        *pose_problems(library, solve),
        *_problems(questions_that_decide_nothing(library)),
        *_problems(triggers_never_asked(library)),
        *_problems(examples_that_fail(library)),
        *_problems(looser_than_their_profile(library)),
    ]
    known = with_reasons(dict.fromkeys(found), read_known_faults())
    given = given_to_nobody(library, outcomes_of(library))
    return tuple(sorted([*known, *given], key=lambda problem: (not problem.is_error, problem)))


def _problems(found: Iterator[tuple[str, str, str, str]]) -> Iterator[Fault]:
    for kind, record_id, field, text in found:
        yield Fault(file_of(kind, record_id), field, text)


def given_to_nobody(library: Library, outcomes: tuple[GivenOrNot, ...]) -> Iterator[Fault]:
    """A warning for each exercise that no runner of the grid is given, with what is most often in the way."""
    wording = shipped_wording()
    for exercise in library.exercises.values():
        found = recipients(exercise.id, outcomes, library)
        if exercise.status != "retired" and not found.count:
            most, number = found.barriers[0]
            text = f"none of {found.runners} kinds of runners is given it; for {number}: {wording.say(most)}"
            yield Fault(file_of("exercises", exercise.id), "id", text, A_GRID)
