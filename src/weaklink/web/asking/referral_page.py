"""Referral: training is not the next step here. Plain, serious, printable."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from weaklink.care.referral import Referral, Said, referral
from weaklink.exchange.paper import is_available
from weaklink.quantities import Tier
from weaklink.web.visit.assessments import assessment_of
from weaklink.web.visit.pain_places import place_pairs
from weaklink.web.visit.visit import Visit, show, visit


class RuleFired(msgspec.Struct, frozen=True, kw_only=True):
    """One rule that led here: what it says and what it contradicts. Its id is no word for a runner."""

    says: str
    contradicts: str


class ReferralPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page and the letter show."""

    back: str
    tier: Tier
    sentence: str
    lede: str
    emergency: str
    places: list[tuple[str, str]]
    described: str
    soon: str
    who: str
    meanwhile: tuple[str, ...]
    today_if: tuple[str, ...]
    until_then: tuple[str, ...]
    at_once: str
    told: tuple[Said, ...]
    mention: tuple[str, ...]
    rules: list[RuleFired]
    date: str
    name: str
    pdf: bool


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
    return show(request, template, _shown(seen, made))


def _shown(seen: Visit, made: Referral) -> ReferralPage:
    word = seen.wording.word
    return ReferralPage(
        back="/answers",
        tier=made.tier,
        sentence=word(f"referral.sentence.{made.tier}"),
        lede=made.leading,
        emergency=made.number,
        places=place_pairs(seen),
        described=word("referral.figure"),
        soon=made.soon,
        who=made.see,
        meanwhile=made.meanwhile,
        today_if=made.today_if,
        until_then=made.until_then,
        at_once=word("referral.at-once").replace("{emergency}", made.number),
        told=made.history,
        mention=made.tell,
        rules=[RuleFired(says=rule.says, contradicts=rule.contradicts) for rule in made.rules],
        date=seen.house.clock.now().date().isoformat(),
        name=seen.runner.name,
        pdf=is_available(),
    )
