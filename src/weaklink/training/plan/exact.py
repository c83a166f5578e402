"""The exact planner: the best choice of moves by constraint programming. Needs OR-tools (extra `plan`)."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

from weaklink.training.plan import greedy
from weaklink.training.plan.session_problem import (
    COST_OF_A_MOVE,
    MOST,
    Candidate,
    Choice,
    SessionProblem,
    score,
)

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

EFFORT = 0.05  # deterministic time of the solver, about seconds: the same answer on every machine
SEED = 1

Picks = dict[Candidate, Any]


def is_available() -> bool:
    """Whether OR-tools is installed."""
    return importlib.util.find_spec("ortools") is not None


def _limit(model: CpModel, problem: SessionProblem, picks: Picks) -> None:
    model.add(sum(c.seconds * pick for c, pick in picks.items()) <= problem.seconds)
    if problem.most_sets is not None:
        sets = sum(c.counts * pick for c, pick in picks.items())
        model.add(sets <= problem.most_sets)
    for kind, most in MOST.items():
        model.add(sum(pick for c, pick in picks.items() if c.kind == kind) <= most)
    names = {name for c in picks for name in (c.id, c.brings) if name}
    for name in sorted(names):
        model.add_at_most_one(pick for c, pick in picks.items() if name in (c.id, c.brings))


def _cover(model: CpModel, problem: SessionProblem, picks: Picks) -> None:
    groups = sorted({c.group for c in picks if c.group})
    covered = []
    for group in groups:
        is_covered = model.new_bool_var(f"group {group}")
        model.add(sum(pick for c, pick in picks.items() if c.group == group) >= is_covered)
        covered.append(is_covered)
    model.add(sum(covered) >= problem.least_groups)


def _worth(model: CpModel, problem: SessionProblem, picks: Picks) -> Any:
    terms: list[Any] = [(c.quality - COST_OF_A_MOVE) * pick for c, pick in picks.items()]
    for want in problem.wants:
        filled = [model.new_bool_var(f"{want.name} {place}") for place in range(len(want.worths))]
        model.add(sum(filled) <= sum(pick for c, pick in picks.items() if c.id in want.ids))
        terms.extend(worth * fill for worth, fill in zip(want.worths, filled, strict=True))
    return sum(terms)


def _model(problem: SessionProblem, hint: Choice | None) -> tuple[CpModel, Picks]:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    picks = {c: model.new_bool_var(f"{c.id} {c.sets}") for c in problem.candidates}
    _limit(model, problem, picks)
    if problem.least_groups:
        _cover(model, problem, picks)
    model.maximize(_worth(model, problem, picks))
    for candidate in picks if hint is not None else ():
        model.add_hint(picks[candidate], candidate in (hint or ()))
    return model, picks


def _solved(problem: SessionProblem, hint: Choice | None) -> Choice | None:
    from ortools.sat.python import cp_model

    model, picks = _model(problem, hint)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = EFFORT
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return tuple(sorted(c for c, pick in picks.items() if solver.boolean_value(pick)))


def choose(problem: SessionProblem) -> Choice | None:
    """The best choice within all limits, or None if the wished groups do not fit.

    Worths must not rise from one to the next within a want. Never worse than the greedy planner's.
    Raises: ImportError without OR-tools.
    """
    first = greedy.choose(problem)
    found = _solved(problem, first)
    both = [choice for choice in (found, first) if choice is not None]
    return max(both, key=lambda choice: score(problem, choice), default=None)
