"""About: how it works, what it is for, when to see a professional instead."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from weaklink.library.reading import Library
from weaklink.quantities import Message
from weaklink.reasoning.disagreements import in_order, sentence_of
from weaklink.reasoning.emergency import emergency_number
from weaklink.reasoning.facts import facts_told
from weaklink.web.visit.visit import Visit, show, visit
from weaklink.web.words.evidence_lines import source_link


class FactLine(msgspec.Struct, frozen=True, kw_only=True):
    """One figure with where it stands."""

    says: str
    source: str
    url: str
    mark: str


class SafetyLine(msgspec.Struct, frozen=True, kw_only=True):
    """One reason to be seen first, and how soon."""

    because: str
    soon: str


class DecisionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that articles and studies disagree about, and what is done here."""

    says: str


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How much knowledge there is."""

    conditions: int
    tests: int
    exercises: int
    sources: int
    links: int


class AboutPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    facts: list[FactLine]
    flags: list[SafetyLine]
    emergency: str
    counts: Counts
    decisions: list[DecisionLine]


async def about_page(request: Request) -> Response:
    """GET /about."""
    seen = visit(request)
    say = seen.wording.say
    page = AboutPage(
        facts=_facts(seen),
        flags=_flags(seen),
        emergency=emergency_number(seen.runner.settings.get("country", "")),
        counts=_counts(seen.house.library),
        decisions=[
            DecisionLine(says=say(Message(sentence_of(record))))
            for record in in_order(seen.house.library)
            if record.about
        ],
    )
    return show(request, "result/about.html", page)


def _counts(library: Library) -> Counts:
    return Counts(
        conditions=len(library.conditions),
        tests=len(library.clinical_tests),
        exercises=len(library.exercises),
        sources=len(library.sources),
        links=len(library.weak_links),
    )


def _facts(seen: Visit) -> list[FactLine]:
    library = seen.house.library
    lines = []
    # What somebody in pain wants to hear first: how common, where, how long.
    first = {fact.id: fact for fact in facts_told("first", library)}
    for fact in {**first, **library.facts}.values():
        cited = fact.sources[0] if fact.sources else None
        link = source_link(library, cited.cite) if cited else {"source": "", "url": ""}
        mark = cited.mark if cited else "design"
        lines.append(FactLine(says=fact.says, mark=mark, source=link["source"], url=link["url"]))
    return lines


def _flags(seen: Visit) -> list[SafetyLine]:
    flags = [flag for flag in seen.house.library.red_flags.values() if flag.status != "retired"]
    flags.sort(key=lambda flag: (flag.tier, flag.id))
    return [
        SafetyLine(because=flag.because, soon=seen.wording.word(f"referral.soon.{flag.tier}"))
        for flag in flags
    ]
