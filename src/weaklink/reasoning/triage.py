"""Triage: how urgent it is and what is allowed until then. Always first, always an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from weaklink.case.disposition import Disposition, FiredRule
from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential, RankedCondition
from weaklink.library.reading import Library
from weaklink.library.records import Condition, Question
from weaklink.quantities import Allows, Message, Tier
from weaklink.reasoning.flags import fired_flag, is_relevant
from weaklink.reasoning.guards import guard_rules, true_guards
from weaklink.reasoning.suspicion import Suspicions, is_serious, raises
from weaklink.reasoning.triggers import any_holds, hurts

# What a tier allows at most, whatever its rules say.
ALLOWED_AT: dict[Tier, Allows] = {
    Tier.EMERGENCY: Allows.NOTHING,
    Tier.SAME_DAY: Allows.NOTHING,
    Tier.WITHIN_WEEK: Allows.NOTHING,
    Tier.SEE_PROFESSIONAL: Allows.RESTRICTED,
    Tier.SELF_MANAGE: Allows.ALL,
    Tier.PREVENTION: Allows.ALL,
}
# A serious condition that is suspected: someone looks, and nothing jolts it until then.
SUSPECTED: tuple[Tier, Allows] = (Tier.SEE_PROFESSIONAL, Allows.NO_IMPACT)
TIE = 1e-9
# How sure a rule is, by its sentence: what was said, what other answers say, what is likely, what is unsure.
CERTAINTY = {
    "triage.flag": 0,
    "triage.contradiction": 1,
    "triage.noticed": 1,
    "triage.guard": 1,
    "triage.condition": 2,
    "triage.condition-suspected": 2,
    "triage.unsure": 3,
}


def triage(given: Given, library: Library) -> Disposition:
    """The disposition of what is given: the strictest of all rules that hold, never none.

    In a case file an unanswered red flag counts as no; elsewhere it stands in `unasked`.
    """
    guards = true_guards(given, library)
    flags = (
        fired_flag(flag, given, guards) for flag in library.red_flags.values() if flag.status != "retired"
    )
    rules = [*(rule for rule in flags if rule is not None), *guard_rules(guards, library)]
    base = Tier.SELF_MANAGE if hurts(given) else Tier.PREVENTION
    return _strictest(base, rules, unasked(given, library, guards), guards)


def unasked(given: Given, library: Library, guards: frozenset[str]) -> tuple[str, ...]:
    """The safety questions that still have to be answered before a plan, in id order; none in a case file."""
    if given.assume_unanswered_no:
        return ()
    flags = {flag.id for flag in library.red_flags.values() if is_relevant(flag, given, guards)}
    details = {
        question.id
        for question in library.details
        if detail_is_open(question, given, guards) and _has_to_be_said(question, library)
    }
    needed = {name for guard in guards for name in library.guards[guard].needs_answers}
    return tuple(sorted((flags | details | needed) - set(given.answers)))


def _has_to_be_said(question: Question, library: Library) -> bool:
    """Whether a detail refines a flag, and does more than make it less urgent."""
    flag = library.red_flags.get(question.detail_of)
    return flag is not None and all(
        question.id not in trigger.answers for lesser in flag.lesser for trigger in lesser.when
    )


def detail_is_open(question: Question, given: Given, guards: frozenset[str]) -> bool:
    """Whether what was said makes a detail worth asking and it is not answered."""
    asked_for = question.decides == "detail" and any_holds(question.when, given, guards)
    return asked_for and question.status != "retired" and question.id not in given.answers


def raised(disposition: Disposition, found: Suspicions, library: Library) -> Disposition:
    """The disposition, raised where a condition is by itself more urgent; never lowered.

    A condition that needs its red flag never raises: the flag has decided how urgent it is.
    """
    rules = [
        rule
        for rule in (
            *_leading_rules(found.serious, library, is_serious),
            *_leading_rules(found.professional, library, raises),
            *_suspected_rules(found.serious, library),
        )
        if rule.id in found.raising and (rule.tier < disposition.tier or rule.allows < disposition.allows)
    ]
    if not rules:
        return disposition
    strictest = {
        rule.id: rule for rule in sorted(rules, key=lambda one: (one.tier, one.allows), reverse=True)
    }
    return _strictest(
        disposition.tier,
        [*disposition.rules, *strictest.values()],
        disposition.unasked,
        frozenset(disposition.guards),
    )


def _leading_rules(
    differential: Differential, library: Library, may: Callable[[Condition], bool]
) -> Iterator[FiredRule]:
    """A rule for each likely condition that nothing stands before; ties, as on two sides, lead together."""
    rows = _raising(differential, library)
    for row in rows:
        ties = row.verdict == rows[0].verdict and abs(row.belief - rows[0].belief) < TIE
        if row.verdict == "likely" and ties and may(library.conditions[row.id]):
            tier = library.conditions[row.id].tier
            yield _condition_rule(library.conditions[row.id], tier, ALLOWED_AT[tier])


def _suspected_rules(differential: Differential, library: Library) -> Iterator[FiredRule]:
    """A gentler rule for a serious condition that is possible and first, or likely and second.

    See docs/decisions/0013-suspected.md.
    """
    for place, row in enumerate(_raising(differential, library)[:2]):
        condition = library.conditions[row.id]
        suspected = row.verdict == ("possible" if place == 0 else "likely")
        if suspected and condition.tier < SUSPECTED[0]:
            yield _condition_rule(condition, *SUSPECTED, said="triage.condition-suspected")


def _raising(differential: Differential, library: Library) -> tuple[RankedCondition, ...]:
    """The best row of every condition that may raise, in order.

    What needs its flag is no part of it: the flag has decided, and it takes no place from the others.
    """
    best: dict[str, RankedCondition] = {}
    for row in differential.conditions:
        if library.conditions[row.id].share != "only-with-flag":
            best.setdefault(row.id, row)
    return tuple(best.values())


def _condition_rule(
    condition: Condition, tier: Tier, allows: Allows, said: str = "triage.condition"
) -> FiredRule:
    sources = tuple(cited.cite for cited in condition.sources)
    return FiredRule(
        id=condition.id,
        tier=tier,
        allows=allows,
        because=Message(said, {"condition": condition.id}, sources),
    )


def _place(rule: FiredRule) -> tuple[Tier, int, Allows, str]:
    """Which of several rules leads: the most urgent, then what was said rather than not sure of, then id."""
    return rule.tier, CERTAINTY.get(rule.because.id, len(CERTAINTY)), rule.allows, rule.id


def _strictest(
    base: Tier, rules: Iterable[FiredRule], open_questions: tuple[str, ...], guards: frozenset[str]
) -> Disposition:
    ranked = sorted(rules, key=_place)
    tier = min((base, *(rule.tier for rule in ranked)))
    allows = min((ALLOWED_AT[tier], *(rule.allows for rule in ranked)))
    return Disposition(
        tier=tier,
        allows=allows,
        rules=tuple(ranked),
        unasked=open_questions,
        guards=tuple(sorted(guards)),
    )
