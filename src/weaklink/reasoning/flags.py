"""Red flags: which of them are relevant, which fire, how urgently, and what they override."""

from __future__ import annotations

from weaklink.case.disposition import FiredRule
from weaklink.case.given import Given
from weaklink.library.reading import Library
from weaklink.library.records import Lesser, RedFlag, Upgrade
from weaklink.quantities import Allows, Message, Tier
from weaklink.reasoning.triggers import any_holds

# "unsure" counts as yes at these tiers; below them as see-professional (docs/decisions/0011-unsure.md).
UNSURE_IS_YES: tuple[Tier, ...] = (Tier.EMERGENCY, Tier.SAME_DAY)


def is_relevant(flag: RedFlag, given: Given, guards: frozenset[str]) -> bool:
    """Whether the flag has to be asked: always, or because a site makes it relevant, and its `when` holds."""
    if flag.status == "retired" or flag.asked == "never":
        return False
    concerned = flag.asked == "always" or not given.sites.isdisjoint(flag.sites)
    return concerned and (not flag.when or any_holds(flag.when, given, guards))


def fired_flag(flag: RedFlag, given: Given, guards: frozenset[str]) -> FiredRule | None:
    """The rule of a flag that was answered yes or unsure, or that other answers set off; else None."""
    answer = given.answers.get(flag.id)
    triggered = any_holds(flag.triggers, given, guards)
    if answer not in ("yes", "unsure") and not triggered:
        return None
    tier, allows = _urgency(flag, given, guards, triggered)
    if answer == "unsure" and not triggered:
        tier, allows = _unsure(flag, tier, allows)
    return FiredRule(
        id=flag.id,
        tier=tier,
        allows=allows,
        because=_because(flag, answer, triggered),
        contradicts=_contradicted(flag, given),
    )


def whom_to_see(rule: FiredRule, library: Library) -> str:
    """Whom to see and how soon, of a flag at the tier it fired at or of a guard.

    Empty of a condition, and of a flag that fired less urgently than it is because of an "unsure": its own
    line would name another time.
    """
    flag = library.red_flags.get(rule.id)
    if flag is None:
        return library.guards[rule.id].see if rule.id in library.guards else ""
    upgraded = (upgrade.see for upgrade in flag.upgrades if upgrade.see and upgrade.tier == rule.tier)
    softened = (lesser.see for lesser in flag.lesser if lesser.tier == rule.tier)
    own = flag.see if rule.tier == flag.tier else ""
    return next(upgraded, next(softened, own))


def how_soon(rule: FiredRule, library: Library) -> str:
    """How soon, where a rule says it in its own words; empty where the words of its tier say it."""
    flag = library.red_flags.get(rule.id)
    if flag is None:
        return library.guards[rule.id].soon if rule.id in library.guards else ""
    upgraded = (upgrade.soon for upgrade in flag.upgrades if upgrade.see and upgrade.tier == rule.tier)
    softened = (lesser.soon for lesser in flag.lesser if lesser.tier == rule.tier)
    own = flag.soon if rule.tier == flag.tier else ""
    return next(upgraded, next(softened, own))


def what_to_tell(rule: FiredRule, library: Library) -> tuple[str, ...]:
    """The lines on what to tell a professional about one fired rule."""
    record = library.red_flags.get(rule.id) or library.guards.get(rule.id)
    return tuple(record.tell) if record is not None else ()


def _urgency(flag: RedFlag, given: Given, guards: frozenset[str], triggered: bool) -> tuple[Tier, Allows]:
    tier, allows = flag.tier, flag.allows
    upgrades = [upgrade for upgrade in flag.upgrades if any_holds(upgrade.when, given, guards)]
    for upgrade in upgrades:
        tier, allows = _upgraded(upgrade, tier, allows)
    if upgrades or triggered:
        return tier, allows
    softened = next((lesser for lesser in flag.lesser if softens(lesser, given, guards)), None)
    return (softened.tier, softened.allows) if softened is not None else (tier, allows)


def softens(lesser: Lesser, given: Given, guards: frozenset[str]) -> bool:
    """Whether a flag that only its own answer sets off is less urgent so."""
    return any_holds(lesser.when, given, guards) and not any_holds(lesser.unless, given, guards)


def _upgraded(upgrade: Upgrade, tier: Tier, allows: Allows) -> tuple[Tier, Allows]:
    return min(tier, upgrade.tier), min(allows, upgrade.allows or allows)


def _unsure(flag: RedFlag, tier: Tier, allows: Allows) -> tuple[Tier, Allows]:
    if tier in UNSURE_IS_YES:
        return tier, allows
    if tier == "within-week":
        return Tier.SEE_PROFESSIONAL, flag.unsure_allows
    return Tier.SEE_PROFESSIONAL, min(allows, Allows.RESTRICTED)


def _because(flag: RedFlag, answer: object, triggered: bool) -> Message:
    name = {"yes": "flag", "no": "contradiction", "unsure": "unsure"}.get(str(answer), "noticed")
    # Other answers that set a flag off say more than not being sure of it.
    name = "noticed" if triggered and name == "unsure" else name
    return Message(f"triage.{name}", {"flag": flag.id}, tuple(cited.cite for cited in flag.sources))


def _contradicted(flag: RedFlag, given: Given) -> tuple[str, ...]:
    """The questions whose answers speak against a flag that fires all the same: the stricter wins."""
    own = (flag.id,) if given.answers.get(flag.id) == "no" else ()
    pairs = [entry.partition("=")[::2] for entry in flag.contradicted_by]
    return own + tuple(question for question, option in pairs if given.answers.get(question) == option)
