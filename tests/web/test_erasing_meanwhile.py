"""Whoever writes while everything is erased gets a clear answer, never a fault; and nothing comes back."""

from __future__ import annotations

import collections
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.application import application, house_at
from tests.web.states import planned
from tests.web.visitor import ADDRESS, Visitor
from tests.web.weeks import entry
from weaklink.bootstrap import House

ROUNDS = 12
MARKER = "thigh-of-a-word"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, TestClient]]:
    house = house_at(tmp_path_factory.mktemp("data"))
    with TestClient(
        application(house), base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False
    ) as client:
        yield house, client
    house.records.close()


def writes(her: Visitor) -> dict[str, Callable[[int], int]]:
    """Each way to keep something in what is being erased."""

    def by_api(number: int) -> int:
        told = {"entries": [entry("note", 0.001 * number, text=f"{MARKER} {number}")]}
        return her.client.post("/api/v1/diary", json=told).status_code

    forms = {
        "/diary": {"does": "note", "text": MARKER},
        "/remarks": {"about": "exercise", "id": "clamshell", "agrees": "yes", "text": MARKER},
        "/settings": {"units": "mi", "theme": "dark", "country": ""},
        "/hand-on": {"does": "make", "purpose": "calendar"},
        "/where": {"place": ["knee-anterior:right"], "story": MARKER},
        "/tests/sl-heel-raise-reps": {"value.right": "11", "value.left": "12"},
        "/routine": {"does": "add", "name": "Wall squat", "sets": "3", "reps": "8", "days": ["mon"]},
        "/prescribed": {
            "does": "keep",
            "named": MARKER,
            "areas": ["none"],
            "jumps": "no",
            "sets": "3",
            "reps": "8",
            "days": ["mon"],
        },
        "/start": {"aim": "pain", "new": "1"},
    }

    def by_form(path: str) -> Callable[[int], int]:
        def send(number: int) -> int:
            numbered = {"id": f"{path[1:]}-number-{number:04d}".replace("/", "-")} if path == "/diary" else {}
            return her.send(path, {**forms[path], **numbered}).status_code

        return send

    return {"/api/v1/diary": by_api, **{path: by_form(path) for path in forms}}


@pytest.mark.slow
def test_no_write_meets_a_fault_while_everything_is_erased(served: tuple[House, TestClient]) -> None:
    house, client = served
    her = Visitor(client, house)
    found: collections.Counter[tuple[str, int]] = collections.Counter()
    for _ in range(ROUNDS):
        planned(her)
        erased = threading.Event()

        def write(path: str, send: Callable[[int], int], erased: threading.Event = erased) -> None:
            for number in range(40):
                if erased.is_set():
                    return
                found[path, send(number)] += 1

        ways = writes(her)
        with ThreadPoolExecutor(len(ways) + 1) as devices:
            at_work = [devices.submit(write, path, send) for path, send in ways.items()]
            threading.Event().wait(0.05)
            status = her.post("/settings/erase", confirm="1").status_code
            erased.set()
            for one in at_work:
                one.result(60)
        assert status == 303

    assert {pair: count for pair, count in found.items() if pair[1] >= 500} == {}
    assert sum(count for (_, status), count in found.items() if status in (200, 303)) > ROUNDS
    her.post("/settings/erase", confirm="1")
    for path in Path(house.settings.folder).glob("weaklink.sqlite*"):
        assert MARKER.encode() not in path.read_bytes()


def test_a_note_to_an_episode_that_was_just_erased_is_a_clear_no(
    served: tuple[House, TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    house, client = served
    her = Visitor(client, house)
    for send in ("/remarks", "/api/v1/diary"):
        planned(her)
        keep = house.records.change_diary if send.startswith("/api") else house.records.keep_remark

        def after_erasing(*what: object, keep: Callable[..., object] = keep) -> object:
            house.records.erase_runner(house.present()[0].id).result(10)
            return keep(*what)

        monkeypatch.setattr(house.records, keep.__name__, after_erasing)
        if send == "/remarks":
            answer = her.post(send, about="exercise", id="clamshell", agrees="yes", text=MARKER)
        else:
            answer = client.post(send, json={"entries": [entry("note", 1, text=MARKER)]})
        monkeypatch.undo()

        assert answer.status_code == 409, send
        assert MARKER not in answer.text
