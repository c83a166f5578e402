"""Two planners, one problem: both keep every limit, and the exact one is never worse."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given as runs
from hypothesis import settings
from hypothesis import strategies as st

from weaklink.training.plan import exact, greedy
from weaklink.training.plan.session_problem import (
    Candidate,
    SessionProblem,
    Want,
    cheapest_cover,
    is_allowed,
    pruned,
    score,
    within_limits,
)

GROUPS = ("calf", "core", "gluteals", "quadriceps")

needs_ortools = pytest.mark.skipif(not exact.is_available(), reason="OR-tools is not installed")


@st.composite
def problems(draw: st.DrawFn, most: int = 14) -> SessionProblem:
    kinds = st.sampled_from(("exercise", "exercise", "exercise", "stretch", "drill"))
    candidates = []
    for number in range(draw(st.integers(1, most))):
        kind = draw(kinds)
        exercise = kind == "exercise"
        # However many sets are done of it, a move is for one group.
        group = draw(st.sampled_from(("", *GROUPS))) if exercise else ""
        candidates.extend(
            Candidate(
                id=f"move-{number:02}",
                sets=sets,
                kind=kind,
                seconds=sets * draw(st.integers(30, 200)),
                quality=draw(st.integers(-8, 25)),
                group=group,
                brings="a-stretch" if number == 0 and exercise else "",
            )
            for sets in draw(st.sampled_from(((2,), (2, 3))))
        )
    ids = sorted({c.id for c in candidates})
    some = st.frozensets(st.sampled_from(ids))
    wants = [Want(name="leading", ids=draw(some), worths=(1000, 600))]
    wants += [
        Want(name=group, ids=frozenset(c.id for c in candidates if c.group == group), worths=(45,))
        for group in GROUPS
    ]
    least_groups = draw(st.sampled_from((0, 0, 1, 2)))
    return SessionProblem(
        candidates=tuple(sorted(candidates)),
        wants=tuple(wants),
        seconds=draw(st.integers(100, 1800)),
        least_groups=least_groups,
        most_sets=None if least_groups else draw(st.sampled_from((None, 4, 9))),
    )


def best_by_trying_everything(problem: SessionProblem) -> int | None:
    """The best score over every allowed choice; the oracle for small problems."""
    choices = (
        choice
        for size in range(len(problem.candidates) + 1)
        for choice in itertools.combinations(problem.candidates, size)
        if is_allowed(problem, choice)
    )
    return max((score(problem, choice) for choice in choices), default=None)


@runs(problem=problems())
def test_the_greedy_choice_keeps_every_limit(problem):
    choice = greedy.choose(problem)

    assert choice is None or is_allowed(problem, choice)


@needs_ortools
@settings(deadline=None, max_examples=40)
@runs(problem=problems())
def test_the_exact_choice_keeps_every_limit_and_is_never_worse(problem):
    quick, best = greedy.choose(problem), exact.choose(problem)

    assert (quick is None) == (best is None)
    if quick is not None and best is not None:
        assert is_allowed(problem, best)
        assert score(problem, best) >= score(problem, quick)


@needs_ortools
@settings(deadline=None, max_examples=30)
@runs(problem=problems(most=5))
def test_the_exact_choice_is_the_best_of_all(problem):
    choice = exact.choose(problem)

    assert (choice and score(problem, choice)) == (best_by_trying_everything(problem) if choice else choice)


@settings(max_examples=40, deadline=None)
@runs(problem=problems(most=5))
def test_pruning_never_loses_the_best_choice(problem):
    free = SessionProblem(candidates=problem.candidates, wants=problem.wants, seconds=problem.seconds)

    assert best_by_trying_everything(pruned(free)) == best_by_trying_everything(free)


@runs(problem=problems())
def test_the_same_problem_gives_the_same_choice(problem):
    assert greedy.choose(problem) == greedy.choose(problem)


def move(name, seconds, group="", **parts):
    return Candidate(id=name, sets=2, kind="exercise", seconds=seconds, group=group, **parts)


def test_a_wish_for_groups_that_cannot_fit_has_no_choice():
    problem = SessionProblem(
        candidates=(move("a", 300, "calf"), move("b", 300, "core")), wants=(), seconds=500, least_groups=2
    )

    assert greedy.choose(problem) is None
    if exact.is_available():
        assert exact.choose(problem) is None


def test_the_cheapest_cover_takes_the_shortest_move_of_each_group():
    cover = cheapest_cover((move("a", 300, "calf"), move("b", 200, "calf"), move("c", 100, "core")), 2)

    assert [c.id for c in cover] == ["c", "b"]


def test_a_brought_stretch_and_the_same_stretch_cannot_both_be_chosen():
    brought = move("raise", 100, brings="stretch")
    alone = Candidate(id="stretch", sets=1, kind="stretch", seconds=60)
    problem = SessionProblem(candidates=(brought, alone), wants=(), seconds=1000)

    assert not within_limits(problem, (brought, alone))


def test_an_exchange_finds_what_taking_the_most_useful_first_misses():
    want = [
        Want(name=n, ids=frozenset({n}), worths=(w,)) for n, w in (("big", 300), ("one", 200), ("two", 180))
    ]
    problem = SessionProblem(
        candidates=(move("big", 500), move("one", 290), move("two", 210)), wants=tuple(want), seconds=500
    )

    assert [c.id for c in greedy.choose(problem)] == ["one", "two"]
