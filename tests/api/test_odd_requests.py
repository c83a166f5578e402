"""Odd requests: whatever is sent to any address of the API, it is answered, and never by a fault of ours."""

from __future__ import annotations

import functools
import json
import random
from collections import Counter
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.mutation import mutated
from tests.oddities import DIGITS, odd_text
from tests.searches import reach
from tests.web.test_stored_otherwise import REAL, living_on
from tests.web.visitor import Visitor
from tests.web.weeks import session
from weaklink.web.api import care_api, diary_api, loads_api, packs_api, sessions_api

ROUTERS = (care_api.router, packs_api.router, loads_api.router, sessions_api.router, diary_api.router)
BATCH = {"entries": [*session(3)[:3], *session(1)[-2:]]}
CASE = {
    "given": {
        "age": 33, "sex": "female", "level": "novice", "km_per_week": 20, "since_days": 21,
        "pain_at": [{"site": "knee-anterior", "side": "right"}], "pain": {"run": 4, "night": 0},
        "answers": {"night-rest-pain": "no", "knee-cave-in": "right"}, "equipment": ["band"], "minutes": 15,
        "tests": {"sl-heel-raise-reps": {"right": 11, "left": 18}}, "days": ["mon"], "wish": {"areas": 2},
        "routine": {"mon": [{"name": "Wall squat", "sets": 3}]}, "load": {"spike_percent": 31}, "country": "GB",
    }
}  # fmt: skip
# What JSON allows and hardly anybody expects; each takes the place of some value.
RAW = (
    DIGITS, f"-{DIGITS}", "9" * 5000, "1e400", "-1e400", "NaN", "Infinity", "-0", "1E-999", '"\\ud800"', '"\\u0000"',
    "[" * 3000 + "]" * 3000, '{"a":' * 3000 + "1" + "}" * 3000, '{"id":1,"id":2}', "tru", "", '"', "\u00e9", "[,]",
)  # fmt: skip
WHERE = "@@here@@"


@functools.cache
def routes() -> tuple[tuple[str, str], ...]:
    """Every method and address of the API's routers."""
    return tuple(
        (method, route.path.format(**REAL))
        for router in ROUTERS
        for route in router.routes
        for method in sorted(route.methods)  # type: ignore[attr-defined]
    )


def odd_json(right: dict[str, Any], chance: random.Random) -> bytes:
    """A document with one or more odd values, as bytes; sometimes no JSON at all."""
    value, _ = mutated(right, chance, chance.randint(1, 3))
    text = json.dumps(value)
    if chance.random() < 0.4:
        marked, _ = _marked(value, chance)
        text = json.dumps(marked).replace(f'"{WHERE}"', chance.choice(RAW), 1)
    content = text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.1:
        place = chance.randrange(max(1, len(content)))
        content = content[:place] + bytes([chance.randrange(256)]) + content[place + chance.randint(0, 3) :]
    return content


def _marked(value: Any, chance: random.Random) -> tuple[Any, bool]:
    """A copy with one value marked, wherever it stands."""
    if isinstance(value, dict) and value and chance.random() < 0.8:
        key = chance.choice(sorted(value, key=str))
        return {**value, key: _marked(value[key], chance)[0]}, True
    if isinstance(value, list) and value and chance.random() < 0.8:
        place = chance.randrange(len(value))
        return [*value[:place], _marked(value[place], chance)[0], *value[place + 1 :]], True
    return WHERE, True


def odd_query(chance: random.Random) -> str:
    names = (
        "date",
        "minutes",
        "away",
        "anyway",
        "around",
        "planned_km",
        "limit",
        "before",
        "kind",
        "side",
        "v",
        "language",
    )
    said = {chance.choice(names): odd_text(chance) for _ in range(chance.randint(0, 3))}
    encoded = {name: value.encode("utf-8", "surrogatepass") for name, value in said.items()}
    return f"?{urlencode(encoded)}" if said else ""


def asked(visitor: Visitor, method: str, path: str, chance: random.Random) -> int:
    """Send one odd request; how it was answered."""
    if method == "POST":
        right = BATCH if path.endswith("/diary") else CASE
        kind = {"content-type": "application/json" if chance.random() < 0.95 else "text/plain"}
        return visitor.client.post(path, content=odd_json(right, chance)[:200_000], headers=kind).status_code
    return visitor.client.request(method, (path + odd_query(chance))[:20_000]).status_code


@pytest.mark.search
@pytest.mark.parametrize("state", ["fresh", "ranked", "trained"])
def test_no_request_to_the_api_ends_in_a_fault_of_ours(state: str) -> None:
    statuses: Counter[int] = Counter()
    chance = random.Random(f"requests {state}")
    posts = [route for route in routes() if route[0] == "POST"]

    with living_on(state, lambda _: None) as visitor:
        for number in range(reach(100, 1200)):
            method, path = chance.choice(posts if chance.random() < 0.8 else routes())
            status = asked(visitor, method, path, chance)
            statuses[status] += 1
            assert status < 500, (state, number, method, path)

    print(f"\nodd requests, {state}: {sum(statuses.values())} sent, {dict(sorted(statuses.items()))}")


def test_every_address_of_the_api_is_tried() -> None:
    assert len(routes()) >= 15
    assert {("POST", "/api/v1/diary"), ("POST", "/api/v1/assessments")} <= set(routes())
