"""About: how it works, what it is for, when to see a professional instead."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from weaklink.library.records import Fact
from weaklink.quantities import Message
from weaklink.reasoning.emergency import emergency_number
from weaklink.web.visit.visit import Visit, show, visit
from weaklink.web.words.evidence_lines import source_link

DECISIONS = ("d1", "d2", "d4", "d5-outer-hip", "d5-arch", "d5-wall-squat", "d6", "d7", "d9", "d10")
# What somebody in pain wants to hear first: how common, where, how long.
FIRST_TOLD = ("annual-injury", "where-runners-hurt", "recovery-all")
COUNTED = {
    "conditions": "conditions",
    "tests": "clinical_tests",
    "exercises": "exercises",
    "sources": "sources",
}


async def about_page(request: Request) -> Response:
    """GET /about."""
    seen = visit(request)
    library = seen.house.library
    country = seen.runner.settings.get("country", "")
    counts = {name: len(getattr(library, attribute)) for name, attribute in COUNTED.items()}
    context = {
        "facts": _facts(seen),
        "flags": _flags(seen),
        "emergency": emergency_number(country),
        "counts": {**counts, "links": len(library.weak_links)},
        "decisions": [{"says": seen.wording.say(Message(f"explanation.{name}"))} for name in DECISIONS],
    }
    return show(request, "result/about.html", context)


def _facts(seen: Visit) -> list[dict[str, str]]:
    library = seen.house.library
    lines = []
    for fact in sorted(library.facts.values(), key=_first_told):
        first = fact.sources[0] if fact.sources else None
        link = source_link(library, first.cite) if first else {"source": "", "url": ""}
        lines.append({"says": fact.says, "mark": first.mark if first else "design", **link})
    return lines


def _first_told(fact: Fact) -> tuple[int, str]:
    return (FIRST_TOLD.index(fact.id) if fact.id in FIRST_TOLD else len(FIRST_TOLD), fact.id)


def _flags(seen: Visit) -> list[dict[str, Any]]:
    flags = [flag for flag in seen.house.library.red_flags.values() if flag.status != "retired"]
    flags.sort(key=lambda flag: (flag.tier, flag.id))
    return [
        {"because": flag.because, "soon": seen.wording.word(f"referral.soon.{flag.tier}")} for flag in flags
    ]
