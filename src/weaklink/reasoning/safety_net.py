"""Safety net: what would mean to stop and be seen, shown with every result and plan."""

from __future__ import annotations

from collections.abc import Iterator

from weaklink.case.hypothesis import Differential
from weaklink.library.reading import Library
from weaklink.library.records import Condition
from weaklink.quantities import Message, Tier
from weaklink.reasoning.facts import facts_told

MOST_CONDITIONS = 2  # more than two lists of signs nobody reads
GENTLEST = Tier.SEE_PROFESSIONAL  # what is more urgent has its own words already


def safety_net(differential: Differential, library: Library) -> tuple[Message, ...]:
    """Sentences on when to be seen: of the leading harmless conditions, of bone, and of any pain."""
    calm = [c for c in _in_question(differential, library) if not _is_urgent(c)][:MOST_CONDITIONS]
    return (
        *(_of_condition(condition) for condition in calm),
        *_of_bone(differential, library),
        *_of_any_pain(library),
    )


def is_safety_net(message: Message) -> bool:
    """Whether a sentence is one of the safety net."""
    return message.id.startswith("safety-net.")


def _in_question(differential: Differential, library: Library) -> Iterator[Condition]:
    """Likely and possible conditions, most likely first, each once."""
    seen: set[str] = set()
    for row in differential.conditions:
        if row.verdict in ("likely", "possible") and row.id not in seen and row.id in library.conditions:
            seen.add(row.id)
            yield library.conditions[row.id]


def _is_urgent(condition: Condition) -> bool:
    return condition.tier < GENTLEST


def _of_condition(condition: Condition) -> Message:
    sources = tuple(cited.cite for cited in condition.sources)
    return Message("safety-net.condition", {"condition": condition.id}, sources)


def _of_bone(differential: Differential, library: Library) -> Iterator[Message]:
    if any(condition.pain_profile == "bone" for condition in _in_question(differential, library)):
        yield Message("safety-net.bone", {}, ("bsi-cpr-2020",))


def _of_any_pain(library: Library) -> Iterator[Message]:
    for fact in facts_told("safety-net", library):
        yield Message("safety-net.any-pain", {"fact": fact.id}, tuple(cited.cite for cited in fact.sources))
