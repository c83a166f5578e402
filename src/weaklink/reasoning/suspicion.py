"""Suspicion: conditions that raise, held against what else explains the pain, without any flag's word.

It rests on nothing but what every interview asks where such a condition can hurt, so that a case file and an
interview judge alike. Pains and dangers speak for the most serious ones only, and against nothing: more of
one never makes a serious condition less likely, and so never makes anything less urgent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from weaklink.case.disposition import Disposition
from weaklink.case.findings import Finding
from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.library.finding_ids import RUNNER_FACTS
from weaklink.library.reading import Library
from weaklink.library.records import Condition, Question
from weaklink.quantities import Allows, Tier
from weaklink.reasoning.alarming import is_alarming
from weaklink.reasoning.conditions import Seen, ranked_conditions
from weaklink.reasoning.edges import Edge, Edges, edges_of
from weaklink.reasoning.flags import is_relevant
from weaklink.reasoning.hanging import PAIN, Open
from weaklink.reasoning.observed import findings, painful
from weaklink.reasoning.triggers import NO_GUARDS


class Suspicions(NamedTuple):
    """The rankings by which conditions raise: the serious ones, and those a professional should look at."""

    serious: Differential
    professional: Differential
    raising: frozenset[str]  # the conditions that may raise from where it hurts


class SuspicionGrounds(NamedTuple):
    """What both rankings of a library rest on: the edges of each, and the conditions that may raise."""

    library: Library
    serious: Edges
    professional: Edges
    raising: tuple[Condition, ...]


_READ: dict[int, SuspicionGrounds] = {}
_KEPT = 8


def suspicions(given: Given, library: Library) -> Suspicions:
    """Both rankings of what is given."""
    grounds, here = _grounds(library), raising_here(given, library)
    found = findings(given, library)
    asked = questions_that_decide(given, library)
    serious = _signs_of([one for one in here if is_serious(one)], given, library)
    return Suspicions(
        _ranking(
            given, library, grounds.serious, [one for one in found if _counts(one, asked, serious, library)]
        ),
        _ranking(
            given,
            library,
            grounds.professional,
            [one for one in found if _counts(one, asked, asked, library)],
        ),
        frozenset(one.id for one in here),
    )


def _ranking(given: Given, library: Library, edges: Edges, found: list[Finding]) -> Differential:
    known = Seen(
        edges, painful(given, library), tuple(found), flags={}, age=given.age, no_pain=not given.pain_at
    )
    return Differential(hypotheses=(), conditions=ranked_conditions(known))


def raises(condition: Condition) -> bool:
    """Whether a condition raises by itself: one for a professional that can be suspected without its flag."""
    for_somebody = condition.tier < Tier.SELF_MANAGE
    return for_somebody and condition.share != "only-with-flag" and condition.status != "retired"


def is_serious(condition: Condition) -> bool:
    """Whether it raises to a referral."""
    return raises(condition) and condition.tier < Tier.SEE_PROFESSIONAL


def raising_here(given: Given, library: Library) -> tuple[Condition, ...]:
    """The conditions that may raise where it hurts: a serious one from where it sends its pain as well."""
    return tuple(one for one in _grounds(library).raising if _is_here(one, given))


def _is_here(condition: Condition, given: Given) -> bool:
    also = condition.other_sites if is_serious(condition) else []
    return not given.sites.isdisjoint((*condition.sites, *also))


def questions_that_decide(given: Given, library: Library) -> frozenset[str]:
    """The questions a suspicion rests on at these places: the story, and the signs of what raises."""
    return _signs_of(raising_here(given, library), given, library)


def _signs_of(conditions: Iterable[Condition], given: Given, library: Library) -> frozenset[str]:
    signs = {name for condition in conditions for name in _names(condition, library)}
    story = library.story.questions if library.story is not None else []
    return frozenset(
        name
        for name in signs | {*story}
        if name in library.questions and _is_asked_here(name, given, library)
    )


def _is_asked_here(name: str, given: Given, library: Library) -> bool:
    """Whether a question is no flag, or a flag of these places."""
    flag = library.red_flags.get(name)
    return flag is None or is_relevant(flag, given, NO_GUARDS)


def _counts(finding: Finding, asked: frozenset[str], own: frozenset[str], library: Library) -> bool:
    """Whether a finding is no answer, or one that is asked wherever it decides.

    What was denied counts only of what is always asked here, `own`, and never of what stands in a list of
    dangers: whoever was not asked is judged alike.
    """
    source = finding.id.partition("=")[0]
    if source not in library.questions or finding.id in RUNNER_FACTS:
        return True
    return source in asked and (finding.present or (source in own and not _among_dangers(source, library)))


def _among_dangers(question: str, library: Library) -> bool:
    screen = library.screens.get(library.screen_of.get(question, ""))
    return is_alarming(question, library) or (screen is not None and screen.kind == "flags")


def is_change(question: Question) -> bool:
    """Whether it asks for something that may have changed in the month before."""
    return question.kind == "yes-no" and question.kind_of_link == "load"


def _grounds(library: Library) -> SuspicionGrounds:
    """The grounds of a library; the same library object is read only once."""
    kept = _READ.get(id(library))
    if kept is not None and kept.library is library:
        return kept
    if len(_READ) >= _KEPT:
        _READ.clear()
    whole = edges_of(library)
    serious = {
        key: _speaking(table, library, pains=is_serious(whole.conditions[key]))
        for key, table in whole.condition_edges.items()
    }
    calm = {key: _speaking(table, library, pains=False) for key, table in whole.condition_edges.items()}
    raising = tuple(one for one in library.conditions.values() if raises(one))
    made = SuspicionGrounds(
        library, whole._replace(condition_edges=serious), whole._replace(condition_edges=calm), raising
    )
    _READ[id(library)] = made
    return made


def _speaking(table: dict[str, Edge], library: Library, *, pains: bool) -> dict[str, Edge]:
    """What speaks about a condition; a pain or a danger at most for it."""
    return {
        finding: edge
        for finding, edge in table.items()
        if not is_alarming(finding, library) or (pains and edge.block == 0.0)
    }


def may_still_raise(given: Given, library: Library, now: Disposition, is_open: Open) -> frozenset[str]:
    """The open names on which it hangs whether a condition raises: signs, story and pains.

    What is open is taken as it would speak most for the condition. Where even that makes it neither likely
    nor, of what is serious, possible, its signs need not be asked.
    """
    asked = questions_that_decide(given, library)
    found: set[str] = set()
    for condition in raising_here(given, library):
        if not _could_matter(condition, now):
            continue
        names = {name for name in _names(condition, library) if _is_asked(name, asked, is_open)}
        if names and _could_be(condition, names, given, library):
            found |= names
    return frozenset(found)


def may_still_undo(given: Given, library: Library, now: Disposition, is_open: Open) -> frozenset[str]:
    """The open signs of the conditions that raise by now: an answer may speak against them."""
    asked = questions_that_decide(given, library)
    found = suspicions(given, library)
    rows = [*found.serious.conditions[:2], *found.professional.conditions[:2]]
    leading = {row.id for row in rows}
    return frozenset(
        name
        for condition in raising_here(given, library)
        if condition.id in leading and _could_matter(condition, now)
        for name in _names(condition, library)
        if name in asked and is_open(name, True)
    )


def _is_asked(name: str, asked: frozenset[str], is_open: Open) -> bool:
    return (name in asked or name.startswith(PAIN)) and is_open(name, True)


def _could_matter(condition: Condition, now: Disposition) -> bool:
    allows = Allows.NOTHING if is_serious(condition) else Allows.RESTRICTED
    return condition.tier < now.tier or allows < now.allows


def _names(condition: Condition, library: Library) -> Iterator[str]:
    """What a suspicion of the condition rests on: questions, and pains where they speak for it."""
    for sign in condition.signs:
        if is_serious(condition) or not is_alarming(sign.finding, library):
            yield sign.finding.partition("=")[0]
    for sign in condition.against:
        if not is_alarming(sign.finding, library):
            yield sign.finding.partition("=")[0]


def _could_be(condition: Condition, names: set[str], given: Given, library: Library) -> bool:
    """Whether the condition could still raise if everything open spoke for it."""
    best = _speaking_for(condition, names, given)
    found = suspicions(best, library)
    rows = [*found.serious.conditions, *found.professional.conditions]
    words = {row.verdict for row in rows if row.id == condition.id}
    return "likely" in words or (is_serious(condition) and "possible" in words)


def _speaking_for(condition: Condition, names: set[str], given: Given) -> Given:
    answers, pain = dict(given.answers), dict(given.pain)
    for sign, speaks in [
        *((one, True) for one in condition.signs),
        *((one, False) for one in condition.against),
    ]:
        name, _, option = sign.finding.partition("=")
        if name not in names:
            continue
        if name.startswith(PAIN):
            pain[name.removeprefix(PAIN)] = 10 if speaks else 0  # type: ignore[index]
        elif speaks:
            answers.setdefault(name, option or "yes")
        elif not option:
            answers.setdefault(name, "no")
    return msgspec.structs.replace(given, answers=answers, pain=pain)
