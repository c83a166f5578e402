"""Odd forms: whatever is sent to any form of the route table, it is answered, and never by a fault of ours."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from starlette.routing import Route

from tests.oddities import DIGITS, odd_text
from tests.searches import REACH, reach
from tests.web.states import STATES
from tests.web.test_stored_otherwise import REAL, living_on
from tests.web.visitor import Fields, Visitor
from weaklink.web.routes import ROUTES

KINDS = ("begun", "pointed", "ranked", "trained", "coaching")
POSTED = [route for route in ROUTES if isinstance(route, Route) and "POST" in (route.methods or ())]
# What empties the house or leaves it; each is tried on its own below.
LAST = ("/settings/erase", "/start")
DOES = ("run", "morning", "walk", "report", "score", "hour")
NAMES = (
    "does", "action", "place", "story", "pain", "age", "sex", "level", "since", "since_unit", "km_per_week", "yes", "unsure",
    "none", "minutes", "days", "hard_runs", "equipment", "areas", "rounds", "distance", "date", "text", "night", "rest",
    "stiff_min", "exercise", "when", "undoes", "id", "activity_1", "activity_1_now", "change", "weekly", "pain_worst",
    "questionnaire", "total", "scored_on", "height", "mass", "speed", "cadence", "purpose", "count", "hour", "about", "agrees",
    "units", "theme", "language", "country", "asks", "heard", "code", "name", "sets", "reps", "hold_s", "limped", "step",
    "move", "day", "away", "value.right", "value.left", "pain.right", "unable.right", "planned", "weak", "side", "site",
)  # fmt: skip


def addresses() -> list[str]:
    return [route.path.format(**REAL) for route in POSTED]


def fields_of(visitor: Visitor, path: str) -> list[tuple[str, str]]:
    """The fields that a page's own forms would send."""
    page = visitor.get(path)
    found = Fields(page.text).names if page.status_code == 200 else []
    return [(name, value) for _, name, value in found if name != "csrf"]


def body(visitor: Visitor, own: list[tuple[str, str]], chance: random.Random) -> bytes:
    """A form: some fields as they are, some odd, some missing, some repeated, some from another page."""
    sent = [(name, value if chance.random() < 0.5 else odd_text(chance)) for name, value in own]
    sent = [one for one in sent if chance.random() < 0.8]
    sent += [(chance.choice(NAMES), odd_text(chance)) for _ in range(chance.randint(0, 4))]
    if sent and chance.random() < 0.2:
        sent += [chance.choice(sent)] * chance.randint(1, 5)
    chance.shuffle(sent)
    pairs = [("csrf", visitor.token), *sent]
    return b"&".join(_quoted(name) + b"=" + _quoted(value) for name, value in pairs)


def _quoted(text: str) -> bytes:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass")).encode()


def send(visitor: Visitor, path: str, content: bytes) -> Any:
    kind = "application/x-www-form-urlencoded"
    return visitor.client.post(path, content=content, headers={"content-type": kind})


@pytest.mark.search
@pytest.mark.parametrize("state", KINDS)
def test_no_form_ends_in_a_fault_of_ours(state: str) -> None:
    statuses: Counter[int] = Counter()
    chance = random.Random(f"forms {state}")

    with living_on(state, lambda _: None) as visitor:
        own = {path: fields_of(visitor, path) for path in addresses()}
        for _ in range(reach(60, 700)):
            path = chance.choice([one for one in own if one not in LAST or chance.random() < 0.02])
            content = body(visitor, own[path], chance)
            status = send(visitor, path, content).status_code
            statuses[status] += 1
            assert status < 500, (path, content[:2000], status)
        for path in ("/", "/today", "/diary", "/progress", "/settings"):
            assert visitor.get(path).status_code in (200, 303, 409), path

    print(f"\nodd forms, {state}: {sum(statuses.values())} sent, {dict(sorted(statuses.items()))}")


@pytest.mark.parametrize(
    "path", ["/who", "/diary", "/progress", "/week", "/what-if/step", "/settings", "/q/about-you"]
)
def test_four_hundred_digits_are_refused_at_their_field(path: str) -> None:
    with living_on("trained", lambda _: None) as visitor:
        for number, name in enumerate(NAMES):
            for does in DOES if REACH == "soak" else (DOES[number % len(DOES)],):
                status = visitor.send(path, {"does": does, "id": "an-id-of-a-form", name: DIGITS}).status_code
                assert status < 500, (path, name, does)
        for does in DOES:
            said = {**dict.fromkeys(NAMES, DIGITS), "does": does, "id": "an-id-of-a-form"}
            assert visitor.send(path, said).status_code < 500, (path, does)


def test_every_form_of_the_route_table_is_tried() -> None:
    assert len(addresses()) >= 20
    assert set(STATES) >= set(KINDS)
