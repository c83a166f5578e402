"""Random truths: what may be true of a runner, built from the rules themselves and from chance."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from weaklink.care.transcript import aim_of, answered
from weaklink.case.case_file import with_implied
from weaklink.case.given import AnswerValue, Given, PainPlace, Result
from weaklink.library.reading import Library, shipped_library
from weaklink.library.records import Question, Trigger
from weaklink.reasoning.alarming import is_danger
from weaklink.reasoning.at_stake import fits_the_person
from weaklink.reasoning.guards import true_guards
from weaklink.reasoning.interview import Told, next_step
from weaklink.reasoning.relevance import concerns

LIBRARY: Library = shipped_library()
MOMENTS = ("run", "walk", "stairs", "sit", "night", "rest", "morning", "jump")
YOUNGEST = 10
CALM: tuple[Any, ...] = (0, 0, 1, 2, 3, 4)


class Rule(NamedTuple):
    """A trigger of a rule, with what else has to be said for it."""

    name: str
    trigger: Trigger
    said: dict[str, AnswerValue]


def rules(library: Library = LIBRARY) -> Iterator[Rule]:
    """Every trigger of a flag, of what makes it more or less urgent, of a guard with a tier, and every flag's own yes."""
    yield from (rule for rule in _rules(library) if (rule.trigger.age_max or YOUNGEST) >= YOUNGEST)


def _rules(library: Library) -> Iterator[Rule]:
    for flag in library.red_flags.values():
        if flag.status == "retired":
            continue
        for trigger in flag.triggers:
            yield Rule(flag.id, trigger, {})
        if flag.asked != "never":
            for trigger in flag.when or [Trigger()]:
                yield Rule(flag.id, trigger, {flag.id: "yes"})
            for upgrade in flag.upgrades:
                yield from (Rule(flag.id, trigger, {flag.id: "yes"}) for trigger in upgrade.when)
            for lesser in flag.lesser:
                calm = {
                    flag.id: "yes",
                    **{name: wanted[0] for name, wanted in lesser.when[0].answers.items()},
                }
                yield from (Rule(flag.id, trigger, calm) for trigger in (*lesser.when, *lesser.unless))
    for guard in library.guards.values():
        if guard.status != "retired" and guard.tier is not None:
            yield from (Rule(guard.id, trigger, {}) for trigger in guard.true_when)


def sites_of(rule: Rule, library: Library = LIBRARY) -> list[str]:
    """Where a rule can matter; empty for one that needs no pain."""
    if rule.trigger.sites or rule.trigger.both_sides or rule.trigger.one_sided:
        return [*rule.trigger.sites, *rule.trigger.both_sides, *rule.trigger.one_sided]
    flag = library.red_flags.get(rule.name)
    asked = flag.sites if flag is not None and flag.asked == "sites" else []
    return [] if rule.trigger.pain_free else [*(asked or library.regions)]


def truth_of(rule: Rule, site: str | None, chance: random.Random, noise: int) -> Given:
    """Somebody for whom a rule holds, with other answers by chance."""
    trigger = rule.trigger
    age = chance.randint(max(YOUNGEST, trigger.age_min or 0), min(90, trigger.age_max or 90))
    sex: Any = chance.choice(trigger.sex or ("female", "male", "not-said"))
    since = chance.randint(trigger.since_days_min or 0, trigger.since_days_max or 400)
    given = Given(
        age=age,
        sex=sex,
        level=chance.choice(trigger.levels or ("planning", "novice", "regular", "seasoned")),
        since_days=since if chance.random() < 0.9 or trigger.since_days_max else None,
        pain_at=tuple(_places(trigger, site, chance)),
        pain={**_pains(chance, site), **trigger.pain, **dict.fromkeys(trigger.pain_below, 0)},
        answers={**rule.said, **{name: wanted[0] for name, wanted in trigger.answers.items()}},
        tests=_results(trigger),
        assume_unanswered_no=True,
    )
    return with_noise(given, chance, noise)


def _places(trigger: Trigger, site: str | None, chance: random.Random) -> Iterator[PainPlace]:
    if site is None:
        return
    for name in {site, *(trigger.both_sides if site in trigger.both_sides else ())}:
        side: Any = (
            "both" if name in trigger.both_sides else chance.choice(("right", "left", "both", "not-said"))
        )
        yield PainPlace(name, side if LIBRARY.regions[name].sided else "none")
    if trigger.sites and site in trigger.both_sides:
        yield PainPlace(trigger.sites[0], "none" if not LIBRARY.regions[trigger.sites[0]].sided else "right")
    if chance.random() < 0.2:
        other = chance.choice(sorted(LIBRARY.regions))
        if other != site:
            yield PainPlace(other, "right" if LIBRARY.regions[other].sided else "none")


def _pains(chance: random.Random, site: str | None) -> dict[Any, int]:
    if site is None:
        return {}
    pain = {moment: chance.choice(CALM) for moment in MOMENTS if chance.random() < 0.6}
    return {"run": chance.randint(1, 6), **pain} if chance.random() < 0.9 else pain


def _results(trigger: Trigger) -> dict[str, dict[Any, Result]]:
    found: dict[str, dict[Any, Result]] = {
        test: {"right": Result(option=options[0])} for test, options in trigger.tests.items()
    }
    for limits, right, left in (
        (trigger.side_differences, 5.0, 25.0), (trigger.both_below, 3.0, 3.0), (trigger.any_below, 0.0, 9.0),
    ):  # fmt: skip
        test = next(iter(limits), None)
        if test is not None:
            found[test] = {"right": Result(value=right), "left": Result(value=left)}
    return found


def with_noise(given: Given, chance: random.Random, noise: int) -> Given:
    """The same with some more answers, each to a question that concerns somebody like this."""
    guards = true_guards(given, LIBRARY)
    names = [
        name
        for name, question in LIBRARY.questions.items()
        if name not in given.answers and _fits(question, given, guards)
    ]
    said = {
        name: _by_chance(LIBRARY.questions[name], chance)
        for name in chance.sample(names, min(noise, len(names)))
    }
    return msgspec.structs.replace(given, answers=with_implied(given.answers | said, LIBRARY))


def _fits(question: Question, given: Given, guards: frozenset[str]) -> bool:
    return concerns(question, given, LIBRARY, guards) and fits_the_person(question, given)


def _by_chance(question: Question, chance: random.Random) -> AnswerValue:
    if question.kind == "number":
        return chance.choice((0, 6, 12, 15, 16, 30))
    if question.kind == "choice":
        ids = [option.id for option in question.options]
        return chance.choice([*ids, "unsure"])
    # Dangers are rare.
    return chance.choice(
        ("yes", "no", "unsure") if not is_danger(question) else ("yes", "unsure", *["no"] * 14)
    )


def truths(seed: int, count: int) -> Iterator[Given]:
    """As many truths as wanted, over all rules and sites in turn."""
    chance = random.Random(seed)
    known = [(rule, site) for rule in rules() for site in (sites_of(rule) or [None])]
    for number in range(count):
        rule, site = known[number % len(known)] if number < len(known) else chance.choice(known)
        for _ in range(40):
            made = truth_of(rule, site, chance, chance.choice((0, 3, 8, 20)))
            if can_be_true(made):
                yield made
                break


def can_be_true(truth: Given) -> bool:
    """Whether everything said fits the person: no man of seventy is pregnant."""
    return all(
        fits_the_person(LIBRARY.questions[name], truth)
        for name, value in truth.answers.items()
        if value != "no"
    )


ORDER = ("no", "unsure", "yes")


def worse(truth: Given, chance: random.Random) -> tuple[str, Given] | None:
    """The same with one pain higher or one danger more alarming, and what was changed."""
    if truth.pain_at and chance.random() < 0.45:
        moment: Any = chance.choice(MOMENTS)
        before = truth.pain.get(moment, -1)
        if before >= 10:
            return None
        level = chance.randint(before + 1, 10)
        return f"{moment} {before} to {level}", msgspec.structs.replace(
            truth, pain={**truth.pain, moment: level}
        )
    guards = true_guards(truth, LIBRARY)
    names = [
        name
        for name, question in LIBRARY.questions.items()
        if is_danger(question) and truth.answers.get(name) != "yes" and _fits(question, truth, guards)
    ]
    if not names:
        return None
    name = chance.choice(names)
    said = str(truth.answers.get(name, "no"))
    answer = chance.choice(ORDER[ORDER.index(said) + 1 :])
    return f"{name} {said} to {answer}", msgspec.structs.replace(
        truth, answers={**truth.answers, name: answer}
    )


def interviewed(truth: Given) -> Given:
    """What an interview heard of somebody for whom exactly the truth holds, before any test."""
    told = Told(aim=aim_of(truth))
    for _ in range(40):
        step = next_step(told, LIBRARY)
        if step is None:
            assert told.given is not None
            return told.given
        told, _ = answered(step, told, truth, LIBRARY, "no")
    raise AssertionError("the interview does not end")
