"""Looking changes nothing: no page or resource that is only asked for writes, and each reads a thing once."""

from __future__ import annotations

import collections
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from starlette.testclient import TestClient

from tests.application import application, house_at
from tests.web.states import KNEE_ANSWERS, KNEE_PAIN, STATES
from tests.web.visitor import ADDRESS, Visitor
from weaklink.bootstrap import House
from weaklink.web.routes import ROUTES

REAL = {
    "screen": "first-checks", "test": "sl-heel-raise-reps", "exercise": "clamshell", "link": "quads--knee-anterior",
    "kind": "exercises", "record_id": "clamshell", "motion": "running", "move": "clamshell", "view": "front",
    "movement": "clamshell", "name": "clamshell",
}  # fmt: skip
# Reads that a page makes once at the most; `present` is the runner with what they are at.
READS = (
    "present", "runners", "episode", "episodes", "plan", "plans", "diary", "standing", "remarks", "addresses", "address",
)  # fmt: skip
LOOKED_AT = ("fresh", "begun", "pointed", "ranked", "trained", "waiting", "referred", "coaching", "conflict")
QUICK = ("fresh", "trained")


class Counting:
    """Records that count what is read of them."""

    def __init__(self, records: Any) -> None:
        self._records = records
        self.reads: collections.Counter[str] = collections.Counter()

    def __getattr__(self, name: str) -> Any:
        if name in READS:
            self.reads[name] += 1
        return getattr(self._records, name)


class Looking:
    """Somebody who looks, and what is kept of them."""

    def __init__(self, house: House, client: httpx.Client, addresses: list[str]) -> None:
        self.folder, self.records = house.settings.folder, house.records
        self.visitor, self.addresses = Visitor(client, house), addresses

    def kept(self) -> dict[str, bytes]:
        """Every byte of the database."""
        return {
            path.name: path.read_bytes()
            for path in self.folder.glob("weaklink.sqlite*")
            if "shm" not in path.name
        }


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in LOOKED_AT],
)
def looking(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looking]:
    real = house_at(tmp_path_factory.mktemp("looking") / request.param)
    house = msgspec.structs.replace(real, records=Counting(real.records))
    app = application(house)
    with TestClient(app, base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False) as client:
        found = Looking(house, client, [])
        STATES[request.param](found.visitor)
        if request.param in ("trained", "coaching", "referred"):
            for purpose in ("calendar", "plan"):
                found.visitor.post("/hand-on", does="make", purpose=purpose)
        found.addresses = list(_addresses(app, found.visitor))
        yield found
    real.records.close()


def _addresses(app: Any, visitor: Visitor) -> Iterator[str]:
    """Every route that answers GET, filled with what there is; the secret ones too, where they were made."""
    made = dict(re.findall(r"(calendar|shared)/([\w-]{40,})", visitor.get("/hand-on").text))
    pages = [
        route.path for route in [*ROUTES, *app.app.routes] if "GET" in (getattr(route, "methods", None) or ())
    ]
    resources = [path for path, does in app.app.openapi()["paths"].items() if "get" in does]
    for path in dict.fromkeys([*pages, *resources]):
        purpose = path.split("/")[1]
        if "{secret}" not in path:
            yield path.format(**REAL)
        elif purpose in made:
            yield path.format(secret=made[purpose])


def test_looking_leaves_no_trace_and_reads_each_thing_once(looking: Looking) -> None:
    """One walk over every address, since a walk takes seconds."""
    before = looking.kept()

    wrote, twice = [], {}
    for address in looking.addresses:
        looking.records.reads.clear()
        status = looking.visitor.get(address).status_code
        assert status < 500, (address, status)
        if more := {name: count for name, count in looking.records.reads.items() if count > 1}:
            twice[address] = more
        if looking.kept() != before:
            wrote.append(address)
            before = looking.kept()

    assert (wrote, twice) == ([], {})


def test_what_is_looked_at_is_every_route(looking: Looking) -> None:
    assert len(looking.addresses) >= 55
    assert {"/", "/result", "/plan", "/today", "/diary", "/api/v1/diary", "/api/v1/sessions/today"} <= set(
        looking.addresses
    )


def test_the_reason_why_answers_changed_the_result_survives_another_look(tmp_path: Path) -> None:
    house = house_at(tmp_path)
    with TestClient(application(house), base_url=ADDRESS, follow_redirects=False) as client:
        visitor = Visitor(client)
        STATES["ranked"](visitor)
        visitor.post("/tests/straight-leg-raise-reps", value__right=2, value__left=18)
        visitor.answer(KNEE_ANSWERS, KNEE_PAIN)
        first, again = visitor.get("/result").text, visitor.get("/result").text
    house.records.close()

    assert '<section class="changed"' in first
    assert '<section class="changed"' in again
