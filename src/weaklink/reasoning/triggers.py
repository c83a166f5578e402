"""Triggers: whether what a runner said, felt and measured meets a condition written in the knowledge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from weaklink.case.given import Given, Result
from weaklink.library.records import Trigger
from weaklink.quantities import Side

NO_GUARDS: frozenset[str] = frozenset()
# Sides within this share of the larger one are even: inside the error of most home tests. Design.
EVEN = 0.25


def holds(trigger: Trigger, given: Given, guards: frozenset[str] = NO_GUARDS) -> bool:
    """Whether every key that stands in the trigger holds; an empty trigger always does."""
    return any_holds((trigger,), given, guards)


def any_holds(triggers: Iterable[Trigger], given: Given, guards: frozenset[str] = NO_GUARDS) -> bool:
    """Whether any of the triggers holds; none of none."""
    # Most triggers fail on the answers, so these come first. Some 250 are looked at after every answer of the
    # interview: plain loops, here and in what is called, are the fastest no.
    said = given.answers
    for trigger in triggers:
        for question, wanted in trigger.answers.items():
            if said.get(question) not in wanted:
                break
        else:
            if _rest_holds(trigger, given, guards):
                return True
    return False


def _rest_holds(trigger: Trigger, given: Given, guards: frozenset[str]) -> bool:
    for part in PARTS:
        if not part(trigger, given):
            return False
    return _guarded(trigger, guards)


def hurts(given: Given) -> bool:
    """Whether anything hurts: a site is named or a pain number is above zero."""
    return bool(given.pain_at) or any(level > 0 for level in given.pain.values())


def _sites(trigger: Trigger, given: Given) -> bool:
    return not trigger.sites or not given.sites.isdisjoint(trigger.sites)


def _pain_free(trigger: Trigger, given: Given) -> bool:
    return trigger.pain_free is None or trigger.pain_free is not hurts(given)


def _both_sides(trigger: Trigger, given: Given) -> bool:
    if not trigger.both_sides:
        return True
    sides = {
        site: {place.side for place in given.pain_at if place.site == site} for site in trigger.both_sides
    }
    return any("both" in found or found >= {"right", "left"} for found in sides.values())


def _one_sided(trigger: Trigger, given: Given) -> bool:
    if not trigger.one_sided:
        return True
    sore = _sore_sides(trigger.one_sided, given)
    return any(found and found != {"right", "left"} for found in sore.values())


def _sore_sides(sites: Iterable[str], given: Given) -> dict[str, set[str]]:
    """Which sides hurt at each of some sites; one that was not said is a side of its own."""
    found: dict[str, set[str]] = {site: set() for site in sites}
    for place in given.pain_at:
        if place.site in found:
            found[place.site] |= {"right", "left"} if place.side == "both" else {place.side}
    return found


def _pain(trigger: Trigger, given: Given) -> bool:
    if not trigger.pain and not trigger.pain_below:
        return True
    enough = all(given.pain.get(situation, 0) >= least for situation, least in trigger.pain.items())
    return enough and all(
        situation in given.pain and given.pain[situation] < limit
        for situation, limit in trigger.pain_below.items()
    )


def _not_answers(trigger: Trigger, given: Given) -> bool:
    said = given.answers
    return not trigger.not_answers or all(
        said.get(question) not in unwanted for question, unwanted in trigger.not_answers.items()
    )


def _numbers(trigger: Trigger, given: Given) -> bool:
    """No number is on the side that excuses; one that was not said excuses nothing."""
    if not trigger.unless_below and not trigger.unless_from:
        return True
    below = any(is_below(given, question, least) for question, least in trigger.unless_below.items())
    return not below and not any(
        (said := number_said(given, question)) is not None and said >= limit
        for question, limit in trigger.unless_from.items()
    )


def is_below(given: Given, question: str, limit: float) -> bool:
    """Whether a number was said and is below a limit."""
    said = number_said(given, question)
    return said is not None and said < limit


def number_said(given: Given, question: str) -> float | None:
    """The number that was said to a question; None where none was."""
    answer = given.answers.get(question)
    return None if answer is None or isinstance(answer, str) else float(answer)


def _missing(trigger: Trigger, given: Given) -> bool:
    return not trigger.tests_missing or any(test not in given.tests for test in trigger.tests_missing)


def _options(trigger: Trigger, given: Given) -> bool:
    return not trigger.tests or all(
        any(result.option in wanted for result in given.tests.get(test, {}).values())
        for test, wanted in trigger.tests.items()
    )


def _not_shown(trigger: Trigger, given: Given) -> bool:
    """No test shows at every sore side what keeps the trigger from holding."""
    return not trigger.unless_tests or not any(
        _shown(given.tests.get(test, {}), wanted, given) for test, wanted in trigger.unless_tests.items()
    )


def _shown(results: Mapping[Side, Result], wanted: list[str], given: Given) -> bool:
    if not results or any(result.option not in wanted for result in results.values()):
        return False
    sore = {place.side for place in given.pain_at} - {"none"}
    tested: set[str] = {"right", "left"} if "both" in results else set(results)
    return tested >= ({"right", "left"} if sore - {"right", "left"} else sore)


def _measured(trigger: Trigger, given: Given) -> bool:
    if not trigger.side_differences and not trigger.both_below and not trigger.any_below:
        return True
    return all(
        not limits or any(meets(given.tests.get(test, {}), limit) for test, limit in limits.items())
        for limits, meets in (
            (trigger.side_differences, _differs),
            (trigger.both_below, _both_below),
            (trigger.any_below, _any_below),
        )
    )


def _values(results: Mapping[Side, Result]) -> Iterator[float]:
    return (result.value for result in results.values() if result.value is not None)


def _differs(results: Mapping[Side, Result], percent: float) -> bool:
    right, left = results.get("right", Result()).value, results.get("left", Result()).value
    if right is None or left is None or max(right, left) <= 0:
        return False
    return bool(100 * abs(right - left) >= percent * max(right, left))


def _both_below(results: Mapping[Side, Result], limit: float) -> bool:
    values = list(_values(results))
    if not values or not _covers_both(results) or max(values) >= limit:
        return False
    return max(values) - min(values) <= EVEN * max(values)


def _covers_both(results: Mapping[Side, Result]) -> bool:
    return not {"both", "none"}.isdisjoint(results) or {"right", "left"} <= set(results)


def _any_below(results: Mapping[Side, Result], limit: float) -> bool:
    return any(value < limit for value in _values(results))


def is_of_age_and_sex(trigger: Trigger, given: Given) -> bool:
    """Whether a trigger's age and sex fit this person, whatever else stands in it."""
    right_age = (trigger.age_min or 0) <= given.age and (
        trigger.age_max is None or given.age <= trigger.age_max
    )
    return right_age and (not trigger.sex or given.sex in trigger.sex)


def _person(trigger: Trigger, given: Given) -> bool:
    return is_of_age_and_sex(trigger, given) and (not trigger.levels or given.level in trigger.levels)


def _since(trigger: Trigger, given: Given) -> bool:
    if since_excuses(trigger, given):
        return False
    if trigger.since_days_min is None and trigger.since_days_max is None:
        return True
    if given.since_days is None:
        return False
    low, high = trigger.since_days_min or 0, trigger.since_days_max
    return low <= given.since_days and (high is None or given.since_days <= high)


def since_excuses(trigger: Trigger, given: Given) -> bool:
    """Whether it is said to have hurt so briefly, or so long, that the trigger does not hold."""
    said, brief, long = given.since_days, trigger.unless_since_to, trigger.unless_since_from
    return said is not None and ((brief is not None and said <= brief) or (long is not None and said >= long))


def _guarded(trigger: Trigger, guards: frozenset[str]) -> bool:
    return not trigger.guards or not guards.isdisjoint(trigger.guards)


PARTS: tuple[Callable[[Trigger, Given], bool], ...] = (
    _sites,
    _not_answers,
    _pain_free,
    _both_sides,
    _one_sided,
    _pain,
    _numbers,
    _missing,
    _options,
    _not_shown,
    _measured,
    _person,
    _since,
)
# The parts that no answer, no pain number and no length of time can still change.
DECIDED_BY_NOW = (
    _sites, _pain_free, _both_sides, _one_sided, _missing, _options, _not_shown, _measured, _person,
)  # fmt: skip
