"""Referral: training is not the next step here. Plain, serious, printable."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.referral import Referral, referral
from weaklink.exchange.paper import is_available
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.places import place_pairs
from weaklink.web.visit.visit import Visit, show, visit


async def referral_page(request: Request) -> Response:
    """GET /referral."""
    return await _answer(request, "asking/referral.html")


async def letter_page(request: Request) -> Response:
    """GET /referral/letter."""
    return await _answer(request, "asking/letter.html")


async def _answer(request: Request, template: str) -> Response:
    seen = visit(request)
    found = await assessment_of(seen)
    if found is None or found.disposition.tier in ("self-manage", "prevention"):
        return RedirectResponse(seen.leads_to, status_code=303)
    made = referral(found.given, found.disposition, seen.house.library, seen.wording)
    return show(request, template, _context(seen, made))


def _context(seen: Visit, made: Referral) -> dict[str, Any]:
    word = seen.wording.word
    today = [word(f"referral.today.{n}").replace("{emergency}", made.number) for n in (1, 2, 3, 4)]
    lines = [{"term": line.term, "says": line.says} for line in made.history]
    mention = [{"term": word("letter.mention"), "says": line} for line in made.tell]
    return {
        "back": "/answers",
        "tier": made.tier,
        "sentence": word(f"referral.sentence.{made.tier}"),
        "lede": made.leading,
        "emergency": made.number,
        "places": place_pairs(seen),
        "described": word("referral.figure"),
        "soon": word(f"referral.soon.{made.tier}"),
        "who": " ".join(made.see),
        "meanwhile": list(made.meanwhile),
        "today_if": today if made.tier in ("within-week", "see-professional") else [],
        "tell": lines + mention,
        "rules": [{"id": name, "says": says, "contradicts": also} for name, says, also in made.rules],
        "date": seen.house.clock.now().date().isoformat(),
        "name": seen.runner.name,
        "pdf": is_available(),
    }
