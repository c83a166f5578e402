"""The planner of the core: takes the most useful move that still fits, then improves by exchanging moves."""

from __future__ import annotations

import sys
from collections.abc import Callable

from weaklink.training.plan.session_problem import (
    COST_OF_A_MOVE,
    MOST,
    Candidate,
    Choice,
    SessionProblem,
    cheapest_cover,
    is_allowed,
    score,
)

COARSE = 50  # gains this close count as equal, so that the shorter move goes first

Order = Callable[[int, int], tuple[float, int]]


class Basket:
    """A choice in the making, with the gain of one more move kept at hand."""

    def __init__(self, problem: SessionProblem) -> None:
        self.problem = problem
        self.chosen: list[Candidate] = []
        self._left = problem.seconds
        self._sets_left = sys.maxsize if problem.most_sets is None else problem.most_sets
        self._names: set[str] = set()
        self._kinds = dict.fromkeys(MOST, 0)
        self._groups: dict[str, int] = {}
        self._filled = [0] * len(problem.wants)
        self._wants = {
            c.id: tuple(number for number, want in enumerate(problem.wants) if c.id in want.ids)
            for c in problem.candidates
        }

    def add(self, candidate: Candidate) -> None:
        """Take a move in."""
        self.chosen.append(candidate)
        self._count(candidate, 1)

    def remove(self, candidate: Candidate) -> None:
        """Take a move out again."""
        self.chosen.remove(candidate)
        self._count(candidate, -1)

    def _count(self, candidate: Candidate, by: int) -> None:
        self._left -= by * candidate.seconds
        self._sets_left -= by * candidate.counts
        self._kinds[candidate.kind] += by
        self._groups[candidate.group] = self._groups.get(candidate.group, 0) + by
        names = {name for name in (candidate.id, candidate.brings) if name}
        self._names = self._names | names if by > 0 else self._names - names
        for number in self._wants[candidate.id]:
            self._filled[number] += by

    def fits(self, candidate: Candidate) -> bool:
        """Whether one more move keeps time, counts and each move once."""
        return (
            candidate.seconds <= self._left
            and candidate.counts <= self._sets_left
            and candidate.id not in self._names
            and candidate.brings not in self._names
            and self._kinds[candidate.kind] < MOST[candidate.kind]
        )

    def covers(self, candidate: Candidate) -> bool:
        """Whether enough groups are covered with one more move."""
        least = self.problem.least_groups
        if not least:
            return True
        covered = {group for group, count in self._groups.items() if group and count > 0}
        return len(covered | ({candidate.group} - {""})) >= least

    def gain(self, candidate: Candidate) -> int:
        """What one more move is worth."""
        total = candidate.quality - COST_OF_A_MOVE
        for number in self._wants[candidate.id]:
            worths = self.problem.wants[number].worths
            if self._filled[number] < len(worths):
                total += worths[self._filled[number]]
        return total


def _by_gain(gain: int, seconds: int) -> tuple[float, int]:
    return gain, -seconds


def _by_want(gain: int, seconds: int) -> tuple[float, int]:
    return gain // COARSE, -seconds


def _by_second(gain: int, seconds: int) -> tuple[float, int]:
    return gain / seconds, gain


ORDERS: tuple[Order, ...] = (_by_gain, _by_want, _by_second)


def fill(basket: Basket, order: Order) -> None:
    """Adds the most useful moves one by one, until nothing useful fits."""
    while True:
        gains = [
            (order(gain, candidate.seconds), candidate)
            for candidate in basket.problem.candidates
            if basket.fits(candidate) and (gain := basket.gain(candidate)) > 0
        ]
        if not gains:
            return
        basket.add(max(gains)[1])


def best_exchange(basket: Basket) -> tuple[int, Candidate, Candidate] | None:
    """The exchange of one move that gains most: gain, out, in; None without any."""
    best: tuple[int, Candidate, Candidate] | None = None
    for out in tuple(basket.chosen):
        basket.remove(out)
        loss = basket.gain(out)
        for candidate in basket.problem.candidates:
            if basket.fits(candidate) and basket.covers(candidate):
                found = (basket.gain(candidate) - loss, out, candidate)
                best = found if best is None or found > best else best
        basket.add(out)
    return best


def improve(basket: Basket) -> None:
    """Exchanges single moves for better ones and fills up what becomes free.

    It ends because every exchange raises the score, and there are finitely many choices.
    """
    while (best := best_exchange(basket)) is not None and best[0] > 0:
        basket.remove(best[1])
        basket.add(best[2])
        fill(basket, _by_gain)


def attempt(problem: SessionProblem, seed: Choice, order: Order) -> Choice:
    """One choice grown from a seed."""
    basket = Basket(problem)
    for candidate in seed:
        basket.add(candidate)
    fill(basket, order)
    improve(basket)
    return tuple(sorted(basket.chosen))


def choose(problem: SessionProblem) -> Choice | None:
    """A good choice within all limits, or None if the wished groups do not fit.

    The same problem always gives the same choice.
    """
    seed = cheapest_cover(problem.candidates, problem.least_groups)
    if not is_allowed(problem, seed):
        return None
    tries = [attempt(problem, seed, order) for order in ORDERS]
    return max(tries, key=lambda choice: (score(problem, choice), choice))
