"""Triage: how urgent it is and what is allowed until then. Always first, always an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from weaklink.case.disposition import Disposition, FiredRule
from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.library.reading import Library
from weaklink.library.records import Question
from weaklink.quantities import ALLOWS, TIERS, Allows, Message, Tier
from weaklink.reasoning.flags import fired_flag, is_relevant
from weaklink.reasoning.guards import guard_rules, true_guards
from weaklink.reasoning.triggers import any_holds, hurts

# What a tier allows at most, whatever its rules say.
ALLOWED_AT: dict[Tier, Allows] = {
    "emergency": "nothing",
    "same-day": "nothing",
    "within-week": "nothing",
    "see-professional": "restricted",
    "self-manage": "all",
    "prevention": "all",
}
# Under 18 nothing is planned before a guardian's yes or no is known.
GUARDIAN = "guardian-agrees"


def triage(given: Given, library: Library) -> Disposition:
    """The disposition of what is given: the strictest of all rules that hold, never none.

    In a case file an unanswered red flag counts as no; elsewhere it stands in `unasked`.
    """
    guards = true_guards(given, library)
    flags = (
        fired_flag(flag, given, guards) for flag in library.red_flags.values() if flag.status != "retired"
    )
    rules = [*(rule for rule in flags if rule is not None), *guard_rules(guards, library)]
    base: Tier = "self-manage" if hurts(given) else "prevention"
    return _strictest(base, rules, unasked(given, library, guards), guards)


def unasked(given: Given, library: Library, guards: frozenset[str]) -> tuple[str, ...]:
    """The safety questions that still have to be answered before a plan, in id order; none in a case file."""
    if given.assume_unanswered_no:
        return ()
    flags = {flag.id for flag in library.red_flags.values() if is_relevant(flag, given, guards)}
    details = {
        question.id
        for question in library.questions.values()
        if question.detail_of in library.red_flags and detail_is_open(question, given, guards)
    }
    guardian = {GUARDIAN} if "minor" in guards else set()
    return tuple(sorted((flags | details | guardian) - set(given.answers)))


def detail_is_open(question: Question, given: Given, guards: frozenset[str]) -> bool:
    """Whether what was said makes a detail worth asking and it is not answered."""
    asked_for = question.decides == "detail" and any_holds(question.when, given, guards)
    return asked_for and question.status != "retired" and question.id not in given.answers


def raise_for_conditions(
    disposition: Disposition, differential: Differential, library: Library
) -> Disposition:
    """The disposition, raised where a likely leading condition is by itself more urgent; never lowered.

    A condition that needs its red flag never raises: the flag has decided how urgent it is. Nor does one that
    a flag answered "unsure" suggests, for "unsure" would count twice.
    """
    decided = _softened(disposition, library)
    raised = [
        rule
        for rule in _condition_rules(differential, library)
        if rule.id not in decided and _more_urgent(rule.tier, disposition.tier)
    ]
    if not raised:
        return disposition
    return _strictest(
        disposition.tier,
        [*disposition.rules, *raised],
        disposition.unasked,
        frozenset(disposition.guards),
    )


def _softened(disposition: Disposition, library: Library) -> frozenset[str]:
    """What flags suggest that fired less urgently than they are, because of an "unsure"."""
    flags = ((library.red_flags.get(rule.id), rule.tier) for rule in disposition.rules)
    return frozenset(
        condition
        for flag, tier in flags
        if flag is not None and _more_urgent(flag.tier, tier)
        for condition in flag.suggests
    )


def _condition_rules(differential: Differential, library: Library) -> Iterator[FiredRule]:
    for condition_id in _leading(differential):
        condition = library.conditions[condition_id]
        if condition.share == "only-with-flag":
            continue
        yield FiredRule(
            id=condition.id,
            tier=condition.tier,
            allows=ALLOWED_AT[condition.tier],
            because=Message(
                "triage.condition",
                {"condition": condition.id},
                tuple(cited.cite for cited in condition.sources),
            ),
        )


def _leading(differential: Differential) -> Iterator[str]:
    """Each likely condition that nothing stands before; equal beliefs, as on two sides, lead together."""
    if not differential.conditions:
        return
    first = differential.conditions[0]
    seen: set[str] = set()
    for row in differential.conditions:
        ties = row.verdict == first.verdict and abs(row.belief - first.belief) < 1e-9
        if row.verdict == "likely" and ties and row.id not in seen:
            seen.add(row.id)
            yield row.id


def _more_urgent(tier: Tier, than: Tier) -> bool:
    return TIERS.index(tier) < TIERS.index(than)


def _strictest(
    base: Tier, rules: Iterable[FiredRule], open_questions: tuple[str, ...], guards: frozenset[str]
) -> Disposition:
    ranked = sorted(rules, key=lambda rule: (TIERS.index(rule.tier), rule.id))
    tier = min((base, *(rule.tier for rule in ranked)), key=TIERS.index)
    allows = min((ALLOWED_AT[tier], *(rule.allows for rule in ranked)), key=ALLOWS.index)
    return Disposition(
        tier=tier,
        allows=allows,
        rules=tuple(ranked),
        unasked=open_questions,
        guards=tuple(sorted(guards)),
    )
