"""Reconsidering: what is recomputed when an earlier answer is changed, and whether it changed."""

from __future__ import annotations

import msgspec

from weaklink.case.disposition import Disposition
from weaklink.case.given import Given
from weaklink.case.hypothesis import Differential
from weaklink.library.reading import Library
from weaklink.quantities import Message, Tier
from weaklink.reasoning.urgency import judged

# What a plan is made from besides the answers, the pain and the tests.
SETTING = (
    "age", "sex", "level", "km_per_week", "equipment", "mass_kg", "owns", "lifting", "programme", "minutes",
    "days", "hard_runs", "wish", "load",
)  # fmt: skip


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """What changed between two states of one case, and in words what was recomputed."""

    answers: tuple[str, ...]  # questions, pains, tests and keys whose value differs, in id order
    tier_before: Tier
    tier_after: Tier
    tier: bool
    ranking: bool
    plan: bool
    says: tuple[Message, ...]


def reconsidered(before: Given, after: Given, library: Library) -> Changed:
    """What a changed answer changes: urgency, ranking, and whether a plan made before still stands."""
    first, second = judged(before, library), judged(after, library)
    tier = _urgency(first[0]) != _urgency(second[0])
    ranking = _ranking(first[1]) != _ranking(second[1])
    setting = any(getattr(before, key) != getattr(after, key) for key in SETTING)
    plan = tier or ranking or setting or first[0].guards != second[0].guards
    return Changed(
        answers=differing(before, after),
        tier_before=first[0].tier,
        tier_after=second[0].tier,
        tier=tier,
        ranking=ranking,
        plan=plan,
        says=_says(tier, ranking, plan),
    )


def differing(before: Given, after: Given) -> tuple[str, ...]:
    """The ids of everything that was said differently."""
    found = {
        key for old, new in _compared(before, after) for key in {*old, *new} if old.get(key) != new.get(key)
    }
    found |= {
        f"pain-{key}" for key in {*before.pain, *after.pain} if before.pain.get(key) != after.pain.get(key)
    }
    found |= {
        key for key in ("pain_at", "since_days", *SETTING) if getattr(before, key) != getattr(after, key)
    }
    return tuple(sorted(found))


def _compared(before: Given, after: Given) -> tuple[tuple[dict[str, object], dict[str, object]], ...]:
    return ({**before.answers}, {**after.answers}), ({**before.tests}, {**after.tests})


def _urgency(disposition: Disposition) -> tuple[str, str, tuple[str, ...]]:
    return disposition.tier, disposition.allows, tuple(rule.id for rule in disposition.rules)


def _ranking(ranked: Differential) -> tuple[tuple[str, str, str], ...]:
    rows = [(row.area, row.side, row.verdict) for row in ranked.hypotheses]
    return (*rows, *((row.id, row.side, row.verdict) for row in ranked.conditions))


def _says(tier: bool, ranking: bool, plan: bool) -> tuple[Message, ...]:
    changes = (("urgency", tier), ("ranking", ranking), ("plan", plan))
    said = tuple(Message(f"reconsidered.{name}") for name, changed in changes if changed)
    return said or (Message("reconsidered.nothing"),)
