"""The moves of a session as a small problem both planners solve: candidates, wants, limits, score."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

MOST = {"exercise": 7, "drill": 1, "stretch": 2}  # D3: at most seven exercises; the rest is design
COST_OF_A_MOVE = 30  # a move is chosen only for a want it fills


class Candidate(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One exercise with one number of sets. `quality` says how well it suits, below the cost of a move."""

    id: str
    sets: int
    kind: str  # exercise | stretch | drill
    seconds: int
    quality: int = 0
    group: str = ""  # prevention group of its main area
    brings: str = ""  # the stretch that comes right after it; its time is counted here
    counted: int | None = None  # of the sets a session holds; None: each of its own

    @property
    def counts(self) -> int:
        """How many of the sets a session holds it takes."""
        own = self.sets if self.counted is None else self.counted
        return own if self.kind == "exercise" else 0


class Want(msgspec.Struct, frozen=True, kw_only=True):
    """Something worth having: the first of `ids` that is chosen earns worths[0], the second worths[1] ..."""

    name: str
    ids: frozenset[str]
    worths: tuple[int, ...]


class SessionProblem(msgspec.Struct, frozen=True, kw_only=True):
    """What to choose from, what is wanted, and the limits.

    `least_groups`: so many groups must be covered; `most_sets`: of exercises, None without such a limit.
    """

    candidates: tuple[Candidate, ...]
    wants: tuple[Want, ...]
    seconds: int
    least_groups: int = 0
    most_sets: int | None = None


Choice = tuple[Candidate, ...]


def ids_in(choice: Iterable[Candidate]) -> list[str]:
    """The ids of all moves of a choice, brought stretches included."""
    return [name for candidate in choice for name in (candidate.id, candidate.brings) if name]


def score(problem: SessionProblem, choice: Iterable[Candidate]) -> int:
    """What a choice is worth: the neutral measure both planners are compared by."""
    chosen = tuple(choice)
    ids = [candidate.id for candidate in chosen]
    worth = sum(sum(want.worths[: sum(i in want.ids for i in ids)]) for want in problem.wants)
    return worth + sum(candidate.quality - COST_OF_A_MOVE for candidate in chosen)


def seconds_of(choice: Iterable[Candidate]) -> int:
    """The time a choice takes."""
    return sum(candidate.seconds for candidate in choice)


def groups_of(choice: Iterable[Candidate]) -> frozenset[str]:
    """The prevention groups a choice covers."""
    return frozenset(candidate.group for candidate in choice if candidate.group)


def sets_of(choice: Iterable[Candidate]) -> int:
    """How many sets of exercises a choice holds."""
    return sum(candidate.counts for candidate in choice)


def count_of(choice: Iterable[Candidate], kind: str) -> int:
    """How many moves of one kind; a brought stretch is part of its exercise."""
    return sum(candidate.kind == kind for candidate in choice)


def within_limits(problem: SessionProblem, choice: Choice) -> bool:
    """Whether a choice keeps every limit but the wished groups: time, counts, each move once."""
    ids = ids_in(choice)
    return (
        seconds_of(choice) <= problem.seconds
        and (problem.most_sets is None or sets_of(choice) <= problem.most_sets)
        and len(ids) == len(set(ids))
        and all(count_of(choice, kind) <= most for kind, most in MOST.items())
    )


def is_allowed(problem: SessionProblem, choice: Choice) -> bool:
    """Whether a choice keeps every limit."""
    return within_limits(problem, choice) and len(groups_of(choice)) >= problem.least_groups


def cheapest_by_group(candidates: Iterable[Candidate]) -> dict[str, Candidate]:
    """The shortest exercise of each prevention group."""
    cheapest: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: (c.seconds, c.id, c.sets)):
        if candidate.group and candidate.kind == "exercise":
            cheapest.setdefault(candidate.group, candidate)
    return cheapest


def cheapest_cover(candidates: Iterable[Candidate], groups: int) -> Choice:
    """The shortest choice that covers so many groups, or as many as there are."""
    cheapest = sorted(cheapest_by_group(candidates).values(), key=lambda c: (c.seconds, c.id, c.sets))
    return tuple(cheapest[:groups])


def _likeness(candidate: Candidate, wants: tuple[Want, ...]) -> tuple[object, ...]:
    names = tuple(want.name for want in wants if candidate.id in want.ids)
    return (candidate.kind, candidate.group, candidate.brings, names)


def _outdone(candidate: Candidate, alike: list[Candidate], most: int) -> bool:
    better = {
        other.id
        for other in alike
        if other.id != candidate.id
        and (other.seconds, -other.quality, other.id) < (candidate.seconds, -candidate.quality, candidate.id)
        and other.quality >= candidate.quality
    }
    return len(better) >= most


def pruned(problem: SessionProblem) -> SessionProblem:
    """The same problem without moves that can never be in a best choice.

    A move goes when it fills no want, or when as many like moves as can be useful are shorter and no worse.
    """
    most = max((len(want.worths) for want in problem.wants), default=1)
    alike: dict[tuple[object, ...], list[Candidate]] = {}
    for candidate in problem.candidates:
        if any(candidate.id in want.ids for want in problem.wants):
            alike.setdefault(_likeness(candidate, problem.wants), []).append(candidate)
    kept = [c for group in alike.values() for c in group if not _outdone(c, group, most)]
    return msgspec.structs.replace(problem, candidates=tuple(sorted(kept)))
