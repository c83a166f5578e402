"""Suspicion: conditions that raise, held against what else explains the pain, without any flag's word.

It rests on nothing but what every interview asks where such a condition can hurt, so that a case file and an
interview judge alike. Pains and dangers speak for the most serious ones only, and against nothing: more of one
never makes a serious condition less likely, and so never makes anything less urgent.
"""

from __future__ import annotations

from typing import NamedTuple

from weaklink.case.findings import Finding
from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.library.finding_ids import RUNNER_FACTS
from weaklink.library.reading import Library
from weaklink.library.records import Condition
from weaklink.quantities import Tier
from weaklink.reasoning.alarming import is_alarming
from weaklink.reasoning.conditions import Seen, ranked_conditions
from weaklink.reasoning.edges import Edge, Edges, edges_of
from weaklink.reasoning.observed import findings, painful

# The story every interview asks wherever it hurts.
STORY = "story"


class Suspicions(NamedTuple):
    """The rankings by which conditions raise: the serious ones, and those a professional should look at."""

    serious: Differential
    professional: Differential


_READ: dict[int, tuple[Library, Edges, Edges]] = {}
_KEPT = 8


def suspicions(given: Given, library: Library) -> Suspicions:
    """Both rankings of what is given."""
    asked = questions_that_decide(given, library)
    found = tuple(one for one in findings(given, library) if _counts(one, asked, library))
    _, serious, professional = _edges(library)
    places = painful(given, library)
    return Suspicions(
        *(
            Differential(
                hypotheses=(),
                conditions=ranked_conditions(
                    Seen(edges, places, found, flags={}, age=given.age, no_pain=not given.pain_at)
                ),
            )
            for edges in (serious, professional)
        )
    )


def raises(condition: Condition) -> bool:
    """Whether a condition raises by itself: it is for a professional, and can be suspected without its flag."""
    for_somebody = condition.tier < Tier.SELF_MANAGE
    return for_somebody and condition.share != "only-with-flag" and condition.status != "retired"


def is_serious(condition: Condition) -> bool:
    """Whether it raises to a referral."""
    return raises(condition) and condition.tier < Tier.SEE_PROFESSIONAL


def raising_here(given: Given, library: Library) -> tuple[Condition, ...]:
    """The conditions that may raise where it hurts."""
    return tuple(
        one
        for one in library.conditions.values()
        if raises(one) and not given.sites.isdisjoint((*one.sites, *one.other_sites))
    )


def questions_that_decide(given: Given, library: Library) -> frozenset[str]:
    """The questions a suspicion rests on at these places: the story, and the signs of what raises."""
    signs = {
        sign.finding.partition("=")[0]
        for condition in raising_here(given, library)
        for sign in (*condition.signs, *condition.against)
    }
    story = library.screens[STORY].questions if STORY in library.screens else []
    return frozenset((signs | {*story}) & library.questions.keys())


def _counts(finding: Finding, asked: frozenset[str], library: Library) -> bool:
    """Whether a finding is no answer, or one that is asked wherever it decides."""
    source = finding.id.partition("=")[0]
    return finding.id in RUNNER_FACTS or source not in library.questions or source in asked


def _edges(library: Library) -> tuple[Library, Edges, Edges]:
    """The edges of the library for both rankings; the same library object is read only once."""
    kept = _READ.get(id(library))
    if kept is not None and kept[0] is library:
        return kept
    if len(_READ) >= _KEPT:
        _READ.clear()
    whole = edges_of(library)
    serious = {
        key: _speaking(table, library, pains=is_serious(whole.conditions[key]))
        for key, table in whole.condition_edges.items()
    }
    calm = {key: _speaking(table, library, pains=False) for key, table in whole.condition_edges.items()}
    made = (library, whole._replace(condition_edges=serious), whole._replace(condition_edges=calm))
    _READ[id(library)] = made
    return made


def _speaking(table: dict[str, Edge], library: Library, *, pains: bool) -> dict[str, Edge]:
    """What speaks about a condition; a pain or a danger at most for it."""
    return {
        finding: edge
        for finding, edge in table.items()
        if not is_alarming(finding, library) or (pains and edge.block == 0.0)
    }
