"""At stake: what is still to be asked because its answer could make the disposition stricter, or undo it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import msgspec

from weaklink.case.disposition import Disposition, is_stricter
from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.library.records import Lesser, Question, RedFlag, Trigger
from weaklink.quantities import Allows, Tier
from weaklink.reasoning.flags import is_relevant, softens
from weaklink.reasoning.hanging import Open, excuses, hanging
from weaklink.reasoning.suspicion import may_still_raise, may_still_undo
from weaklink.reasoning.triage import ALLOWED_AT
from weaklink.reasoning.triggers import any_holds, is_of_age_and_sex


class Urgency(NamedTuple):
    """How urgent a rule can become, and what it would allow."""

    tier: Tier
    allows: Allows


class Stakes(msgspec.Struct, frozen=True, dict=True):
    """What is known, and what can still be asked of it. `disposition` is what triage says by now."""

    given: Given
    library: Library
    disposition: Disposition
    is_open: Open

    @cached_property
    def guards(self) -> frozenset[str]:
        """The guards that hold."""
        return frozenset(self.disposition.guards)

    @cached_property
    def could_raise(self) -> frozenset[str]:
        """The open names of which an answer, alone or with others, could make the disposition stricter."""
        found: set[str] = set()
        for names, worst in _waiting(self):
            if _is_stricter(worst, self.disposition):
                found |= names
        return frozenset(found) | may_still_raise(self.given, self.library, self.disposition, self.is_open)

    @cached_property
    def could_excuse(self) -> frozenset[str]:
        """The open questions of which an answer could undo what decides by now."""
        found: set[str] = set()
        for trigger, worst in _triggers(self):
            decides = worst.tier <= self.disposition.tier or worst.allows <= self.disposition.allows
            if decides and _hanging(trigger, self) == frozenset():
                found |= excuses(trigger, self.given, self.is_open)
        for lesser in _lessers(self):
            for trigger in lesser.when:
                found |= _hanging(trigger, self) or frozenset()
        return frozenset(found) | may_still_undo(self.given, self.library, self.disposition, self.is_open)


def _hanging(trigger: Trigger, now: Stakes) -> frozenset[str] | None:
    """What a trigger still waits for, with what one of its guards waits for where none of them holds yet."""
    names = hanging(trigger, now.given, now.is_open)
    if names is None or not trigger.guards or not now.guards.isdisjoint(trigger.guards):
        return names
    waiting = (
        hanging(one, now.given, now.is_open)
        for guard in trigger.guards
        for one in now.library.guards[guard].true_when
        if now.library.guards[guard].status != "retired"
    )
    found = [one for one in waiting if one]
    return names.union(*found) if found else None


def _is_stricter(worst: Urgency, now: Disposition) -> bool:
    return is_stricter(Disposition(tier=worst.tier, allows=worst.allows), now)


def _waiting(now: Stakes) -> Iterator[tuple[frozenset[str], Urgency]]:
    """Every rule that does not hold yet: the names it waits for, and how urgent it can become."""
    for flag in now.library.red_flags.values():
        if is_relevant(flag, now.given, now.guards) and now.is_open(flag.id, False):
            yield frozenset({flag.id}), most_urgent(flag)
    for trigger, worst in _triggers(now):
        names = _hanging(trigger, now)
        if names:
            yield names, worst


def _lessers(now: Stakes) -> Iterator[Lesser]:
    """What could make a flag less urgent that decides by now."""
    for rule in now.disposition.rules:
        flag = now.library.red_flags.get(rule.id)
        decides = rule.tier <= now.disposition.tier or rule.allows <= now.disposition.allows
        if flag is None or not decides:
            continue
        for lesser in flag.lesser:
            if not any_holds((*flag.triggers, *lesser.unless), now.given, now.guards):
                yield lesser


def _triggers(now: Stakes) -> Iterator[tuple[Trigger, Urgency]]:
    """The triggers of flags, of what changes their urgency where they fired, and of guards with a tier."""
    fired = {rule.id for rule in now.disposition.rules}
    for flag in now.library.red_flags.values():
        if flag.status != "retired":
            yield from ((trigger, most_urgent(flag)) for trigger in flag.triggers)
            yield from _of_fired(flag, now) if flag.id in fired else ()
    for guard in now.library.guards.values():
        if guard.status != "retired" and guard.tier is not None:
            worst = Urgency(guard.tier, min(guard.allows, ALLOWED_AT[guard.tier]))
            yield from ((trigger, worst) for trigger in guard.true_when)


def _of_fired(flag: RedFlag, now: Stakes) -> Iterator[tuple[Trigger, Urgency]]:
    """The upgrades of a flag that fired, and what would undo that it is less urgent."""
    for upgrade in flag.upgrades:
        worst = Urgency(min(flag.tier, upgrade.tier), min(flag.allows, upgrade.allows or flag.allows))
        yield from ((trigger, worst) for trigger in upgrade.when)
    for lesser in flag.lesser:
        if softens(lesser, now.given, now.guards):
            yield from ((trigger, Urgency(flag.tier, flag.allows)) for trigger in lesser.unless)


def most_urgent(flag: RedFlag) -> Urgency:
    """The most urgent a flag can become."""
    tier = min((flag.tier, *(upgrade.tier for upgrade in flag.upgrades)))
    allows = min((flag.allows, *(upgrade.allows or flag.allows for upgrade in flag.upgrades)))
    return Urgency(tier, min(allows, ALLOWED_AT[tier]))


def fits_the_person(question: Question, given: Given) -> bool:
    """Whether a question that a rule of this place waits for fits this person.

    Where it matters, and after which answers, is then the rule's to say, not the question's own.
    """
    return not question.when or any(is_of_age_and_sex(trigger, given) for trigger in question.when)
