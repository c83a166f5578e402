"""Each form, failing in each way: nothing that was said stands in the answer, the log, on stderr or in a file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest
from starlette.testclient import TestClient

from tests.application import application, house_at
from tests.command import hooks, put_back
from tests.store.failures import FAILURES, MARKER
from tests.web.states import planned
from tests.web.visitor import ADDRESS, Visitor
from tests.web.weeks import entry
from weaklink.bootstrap import House
from weaklink.redaction import keep_quiet
from weaklink.web.routes import ROUTES
from weaklink.web.visit.security import HEADERS

DIARY = "/api/v1/diary"
NUMBER = "0123456789abcdef"
# A form for every address that takes one, with words of the runner wherever there is room for them.
FORMS: dict[str, dict[str, Any]] = {
    "/start": {"aim": "pain", "new": "1"},
    "/episodes": {"episode": "nobody"},
    "/before": {"same": "no"},
    "/who": {"age": "34", "level": "novice"},
    "/where": {"place": ["knee-anterior:left"], "story": MARKER},
    "/story": {"since": "4", "since_unit": "weeks", "yes": ["new-shoes"]},
    "/pain": {"run": "5", "walk": "1", "stairs": "3", "sit": "3", "rest": "0", "night": "0"},
    "/q/{screen}": {"knee-cave-in": "left"},
    "/tests/{test}": {"value.right": "12", "value.left": "17"},
    "/week": {"minutes": "25", "days": ["tue", "fri"]},
    "/routine": {"does": "add", "name": MARKER, "sets": "3", "reps": "8", "days": ["mon"]},
    "/prescribed": {
        "does": "keep", "named": MARKER, "areas": ["none"], "jumps": "no", "side": "none", "sets": "3", "reps": "8",
        "days": ["mon"], "by": MARKER,
    },
    "/plan": {},
    "/today": {"minutes": "10", "away": "1"},
    "/today/smaller": {"wanted": "1"},
    "/today/away": {"id": NUMBER, "why": "life"},
    "/session/end": {"session": NUMBER},
    "/diary/session": {"session": NUMBER, "id": NUMBER},
    "/session/check": {"id": NUMBER, "none": "1"},
    "/diary": {"does": "note", "id": NUMBER, "text": MARKER},
    "/progress": {"does": "report", "id": NUMBER, "pain_worst": "4", "activity_1": MARKER, "activity_1_now": "5"},
    "/programme": {"does": "follow"},
    "/visited": {"id": NUMBER, "by": "doctor", "allowed": "gentle", "ruled_out": MARKER},
    "/running": {"distance": "5"},
    "/what-if": {"side": "left"},
    "/what-if/step": {"height": "168", "mass": "61", "speed": "10", "cadence": ""},
    "/hand-on": {"does": "make", "purpose": "plan"},
    "/remarks": {"about": "exercise", "id": "clamshell", "agrees": "yes", "text": MARKER},
    "/settings": {"units": "mi", "theme": "dark", "country": "", "language": "en"},
    "/settings/my-data": {},
    "/settings/erase": {"confirm": "1"},
    "/pair": {"code": MARKER, "name": MARKER},
    "/devices": {"does": "revoke", "device": "all"},
}  # fmt: skip
FILLED = {"screen": "knee-cave-in", "test": "sl-heel-raise-reps"}
# They keep nothing in the database (a device that pairs is kept in a file), or nothing with this form.
WRITE_NOTHING = {
    "/running",
    "/what-if",
    "/settings/my-data",
    "/pair",
    "/devices",
    "/plan",
    "/episodes",
    "/before",
    "/today/smaller",
    "/session/end",
    "/diary/session",
}
ANSWERS = {"full_disk": 507, "a_constraint": 409, "a_lock": 507, "a_lost_connection": 503, "a_bug": 500}


@contextmanager
def quiet(log: io.StringIO) -> Iterator[None]:
    before = hooks()
    keep_quiet(log)
    try:
        yield
    finally:
        put_back(before)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Visitor]]:
    house = house_at(tmp_path_factory.mktemp("data"))
    with TestClient(
        application(house), base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False
    ) as client:
        her = Visitor(client, house)
        planned(her)
        yield house, her
    house.records.close()


def sent(her: Visitor, path: str) -> Any:
    if path == DIARY:
        return her.client.post(DIARY, json={"entries": [entry("note", 1, text=MARKER)]})
    return her.send(re.sub(r"\{(\w+)\}", lambda found: FILLED[found[1]], path), FORMS[path])


def files(house: House) -> dict[str, bytes]:
    """Every file in the data folder but the database."""
    return {
        str(path): path.read_bytes()
        for path in house.settings.folder.rglob("*")
        if path.is_file() and not path.name.startswith("weaklink.sqlite")
    }


def test_every_form_is_tried() -> None:
    assert set(FORMS) == {route.path for route in ROUTES if "POST" in (route.methods or ())}


@pytest.mark.parametrize("failure", FAILURES)
def test_nothing_that_was_said_is_told_when_a_write_fails(
    served: tuple[House, Visitor], failure: str, capfd: pytest.CaptureFixture[str]
) -> None:
    house, her = served
    log, statuses = io.StringIO(), {}
    database = house.settings.folder / "weaklink.sqlite"
    shown: dict[str, str] = {}
    with quiet(log):
        for path in (*FORMS, DIARY):
            with FAILURES[failure](cast("Any", house.records), database):
                answer = sent(her, path)
            statuses[path] = answer.status_code
            shown[path] = f"{answer.headers} {answer.text}" if path != "/settings/my-data" else ""
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, path
    out, err = capfd.readouterr()

    refused = {path: status for path, status in statuses.items() if path not in WRITE_NOTHING}
    assert refused == dict.fromkeys(refused, ANSWERS[failure])
    assert len(refused) >= 17
    assert [path for path, text in shown.items() if MARKER in text] == []
    for text in (out, err, log.getvalue()):
        assert MARKER not in text
    if failure not in ("a_constraint",):
        assert log.getvalue()  # that something failed is told
    assert [name for name, content in files(house).items() if MARKER.encode() in content] == []


def test_afterwards_every_form_is_kept_again(served: tuple[House, Visitor]) -> None:
    _, her = served
    order = [path for path in (*FORMS, DIARY) if path not in ("/start", "/settings/erase", "/pair")]

    assert {path: status for path in order if (status := sent(her, path).status_code) not in (200, 303)} == {}
