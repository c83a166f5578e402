"""The route matrix: every method × every route × every kind of visitor, sent to what guards the pages.

It is generated from the application's own tables; `route_lines.py` says what each must answer to whom.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from starlette.routing import Route
from starlette.types import ASGIApp, Message

pytest.importorskip("cryptography", reason="NOT TESTED HERE: the extra `lan` is not installed")

from tests.application import application, house_at
from tests.web.route_lines import (
    CERTIFICATE,
    METHODS,
    MOUNTED,
    NOWHERE,
    PAGES,
    Line,
    address,
    lines,
    listed,
    served,
)
from tests.web.states import STATES
from tests.web.visitor import Visitor, at_home
from weaklink.bootstrap import House
from weaklink.web.app import LOCAL_HOSTS
from weaklink.web.home.certificate_page import certificate_page
from weaklink.web.home.devices import Served
from weaklink.web.home.gate import COOKIE, Door, Gate, behind_proxy, from_network
from weaklink.web.home.keys import Keys
from weaklink.web.home.pairing import Pairing
from weaklink.web.visit.security import HEADERS, Security

HOST, NAME = "192.168.1.20", "runs.example"
PHONE, HERE, FAR = "192.168.1.30", "127.0.0.1", "8.8.8.8"
MARK = "Marzipan-Wadenwickel"  # in everything that she told; nobody else may ever read it
LINES, AT_CERTIFICATE = lines(PAGES), lines(CERTIFICATE)
READING = ("GET", "HEAD")


class Kind(NamedTuple):
    """A kind of visitor: at which door, under which name, from where, with which session and secret."""

    door: str
    host: str
    client: str
    session: str = ""  # "good", "revoked"
    purpose: str = ""  # of the address that was handed on to him
    said: tuple[tuple[bytes, bytes], ...] = ()


VISITORS = {
    "this machine": Kind("local", "127.0.0.1:8000", HERE),
    "this machine, by another name": Kind("local", "evil.example", HERE),
    "this machine, passed on by somebody": Kind(
        "local", "127.0.0.1:8000", HERE, said=((b"x-forwarded-for", b"192.168.1.30"),)
    ),
    "paired device": Kind("network", HOST, PHONE, "good"),
    "unpaired device": Kind("network", HOST, PHONE),
    "revoked device": Kind("network", HOST, PHONE, "revoked"),
    "guest with a calendar": Kind("network", HOST, PHONE, purpose="calendar"),
    "guest with a plan": Kind("network", HOST, PHONE, purpose="plan"),
    "guest with a slip of a group": Kind("network", HOST, PHONE, purpose="group"),
    "paired device, by another name": Kind("network", "evil.example", PHONE, "good"),
    "paired device, from far away": Kind("network", HOST, FAR, "good"),
    "paired device, after an erasure": Kind("ended", HOST, PHONE, "good"),
    "this machine, beside its proxy": Kind("proxy", "127.0.0.1:8000", HERE),
    "paired device, by the proxy": Kind("proxy", NAME, HERE, "good"),
    "unpaired device, by the proxy": Kind("proxy", NAME, HERE),
    "unpaired device, by a proxy that hides its name": Kind(
        "proxy", "127.0.0.1:8000", HERE, said=((b"x-forwarded-for", b"192.168.1.30"),)
    ),
    "guest with a plan, by the proxy": Kind("proxy", NAME, HERE, purpose="plan"),
    "certificate port": Kind("certificate", HOST, PHONE),
    "certificate port, paired device": Kind("certificate", HOST, PHONE, "good"),
    "certificate port, by another name": Kind("certificate", "evil.example", PHONE),
    "certificate port, from far away": Kind("certificate", HOST, FAR),
}


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class Doors:
    """One house behind all its doors, with somebody in training who told a lot."""

    def __init__(self, house: House, ended: Path) -> None:
        self.house = house
        local = application(house)
        assert isinstance(local, Security)
        self.pages: Any = local.app
        self.pairing: Pairing = self.pages.state.pairing
        self.certificate = certificate_page(Keys(ended, house.clock), "en", self.pairing.served)
        self.pairing.serve(Served(pages=(f"https://{HOST}:8443/",), certificate=f"http://{HOST}:8000/"))
        closed = Pairing(ended, house.clock)
        closed.end()
        self.apps: dict[str, ASGIApp] = {
            "local": local,
            "network": self._guarded(self.pairing, frozenset({HOST})),
            "ended": self._guarded(closed, frozenset({HOST})),
            "proxy": self._guarded(self.pairing, LOCAL_HOSTS | {NAME}),
            "certificate": Security(self.certificate, frozenset({HOST}), proxied=True),
        }
        self.sessions = {"": "", "good": self._paired(), "revoked": self._paired()}
        device = self.pairing.device(self.sessions["revoked"])
        assert device is not None
        self.pairing.revoke(device.id)
        her, _ = house.records.present() or (None, None)
        assert her is not None
        self.secrets = {one.purpose: one.secret for one in house.records.addresses(her.id)}

    def _guarded(self, pairing: Pairing, hosts: frozenset[str]) -> Security:
        rule = behind_proxy(LOCAL_HOSTS) if NAME in hosts else from_network
        door = Door(rule, lambda secret: self.house.records.address(secret) is not None)
        return Security(Gate(self.pages, pairing, door), hosts, proxied=True)

    def _paired(self) -> str:
        return self.pairing.pair(self.pairing.new_code().digits, f"{MARK}'s phone").token

    def secret_of(self, kind: Kind) -> str:
        return self.secrets.get(kind.purpose, "")  # type: ignore[call-overload,no-any-return]

    def hidden(self, kind: Kind) -> list[str]:
        """What no answer to a stranger may hold."""
        secrets = [one for purpose, one in self.secrets.items() if purpose != kind.purpose]
        sessions = [one for one in self.sessions.values() if one]
        return [MARK, self.house.form_key, str(self.house.settings.folder), *secrets, *sessions]

    async def ask(self, kind: Kind, method: str, path: str) -> Answer:
        """One request, as the server hands it over."""
        headers = [(b"host", kind.host.encode()), (b"content-length", b"0"), *kind.said]
        if kind.session:
            headers.append((b"cookie", f"{COOKIE}={self.sessions[kind.session]}".encode()))
        scope = {
            "type": "http", "http_version": "1.1", "method": method, "path": path, "raw_path": path.encode(),
            "query_string": b"", "root_path": "", "scheme": "http", "headers": headers,
            "client": (kind.client, 50000), "server": ("127.0.0.1", 8000), "state": {},
        }  # fmt: skip
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.apps[kind.door](scope, receive, send)
        return Answer(
            sent[0]["status"],
            {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]},
            b"".join(message.get("body", b"") for message in sent[1:]),
        )


def told_a_lot(visitor: Visitor) -> None:
    """Somebody in training, with a name, a story, a note, a remark, and addresses of every purpose."""
    STATES["planned"](visitor)
    assert visitor.house is not None
    records = visitor.house.records
    her, episode = records.present() or (None, None)
    assert her is not None
    assert episode is not None
    records.change_runner(her.id, lambda old: msgspec.structs.replace(old, name=MARK)).result(5)
    story = {"story": f"{MARK} every evening."}
    records.change_episode(
        episode.id, lambda old: msgspec.structs.replace(old, given={**old.given, **story})
    ).result(5)
    note = {"kind": "note", "id": "a-note-0001", "at": visitor.house.clock.now().isoformat(), "text": MARK}
    kept = visitor.client.post("/api/v1/diary", json={"entries": [note]}).json()
    assert kept["kept"] == ["a-note-0001"], kept
    visitor.post("/remarks", about="exercise", id="clamshell", agrees="yes", text=MARK)
    for purpose in ("calendar", "plan"):
        visitor.post("/hand-on", does="make", purpose=purpose)
    visitor.post("/hand-on", does="group", count="2")


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    folder = tmp_path_factory.mktemp("data")
    with at_home(folder) as visitor:
        told_a_lot(visitor)
    house = house_at(folder)
    yield Doors(house, tmp_path_factory.mktemp("ended"))
    house.records.close()


def expected(kind: Kind, method: str, path: str, line: Line) -> int:
    """The status that this kind of visitor must get."""
    if kind.host == "evil.example" or (kind.door == "local" and kind.said):
        return 400
    if kind.door == "certificate":
        return at_certificate_port(kind, method, path)
    if kind.client == FAR:
        return 403
    if kind.door == "ended":
        return line.let_in(method) if is_open_file(line, method, path) else 503
    if is_at_home(kind):
        return line.let_in(method) if line.who != "secret" or method not in READING else 404
    return to_a_stranger(kind, method, path, line)


def is_at_home(kind: Kind) -> bool:
    """Whether he is to see everything: this machine itself, or a paired device that comes the right way."""
    here = kind.client == HERE and kind.host == "127.0.0.1:8000" and not kind.said
    paired = kind.session == "good" and kind.host in (HOST, NAME) and kind.client != FAR
    return kind.door in ("local", "network", "proxy") and (here or paired)


def at_certificate_port(kind: Kind, method: str, path: str) -> int:
    """There is next to nothing, and the same for everybody."""
    line = AT_CERTIFICATE.get("/static/{name:path}" if path.startswith("/static/") else path)
    if line is None:
        return 404
    if method not in line.statuses:
        return 405
    if kind.client == FAR:
        return 403
    return 200 if path in AT_CERTIFICATE or path == MOUNTED["/static"] else 404


def to_a_stranger(kind: Kind, method: str, path: str, line: Line) -> int:
    """In by what is open to all, or by an address that was handed on; else to the pairing page, or 401."""
    if path == "/pair" or is_open_file(line, method, path):
        return line.let_in(method)
    if line.who == "secret" and kind.purpose and method in READING:
        return 200 if kind.purpose in line.purposes else 404
    return 303 if method in READING and not path.startswith("/api/") else 401


def is_open_file(line: Line, method: str, path: str) -> bool:
    return line.who == "all" and path != "/pair" and method in READING


# --- the tables are whole ----------------------------------------------------------------------------------


def missing_and_gone(found: set[tuple[str, str]], table: dict[str, Line]) -> tuple[set[Any], set[Any]]:
    return found - listed(table), listed(table) - found


def test_every_route_has_its_line_and_every_line_its_route(doors: Doors) -> None:
    assert missing_and_gone(set(served(doors.pages.routes)), LINES) == (set(), set())
    assert missing_and_gone(set(served(doors.certificate.routes)), AT_CERTIFICATE) == (set(), set())
    assert len(listed(LINES)) > 120


def test_a_route_without_a_line_and_a_line_without_a_route_are_found(doors: Doors) -> None:
    new = Route("/new", lambda request: None)
    fewer = [*doors.pages.routes[1:], new]

    assert missing_and_gone(set(served(fewer)), LINES) == (
        {("GET", "/new"), ("HEAD", "/new")},
        {("GET", "/api/v1/openapi.json"), ("HEAD", "/api/v1/openapi.json")},
    )


# --- each visitor at each route ----------------------------------------------------------------------------


async def asked(doors: Doors, kind: Kind) -> dict[tuple[str, str], Answer]:
    """What every method of every address answers to a kind of visitor."""
    return {
        (method, path): await doors.ask(kind, method, address(path, doors.secret_of(kind)))
        for path in (*LINES, *NOWHERE)
        for method in METHODS
    }


def line_of(path: str) -> Line:
    """Its line; what is nowhere is open where a file of that kind would be."""
    nobody = Line(dict.fromkeys(METHODS, 404), "home", ())
    if path.startswith("/static/"):  # the folder of files takes no other method
        nobody = Line({"GET": 404, "HEAD": 404}, "all", ())
    return LINES.get(path, nobody)


@pytest.fixture(scope="module", params=VISITORS)
def visit(request: pytest.FixtureRequest, doors: Doors) -> tuple[Kind, dict[tuple[str, str], Answer]]:
    kind = VISITORS[request.param]
    return kind, asyncio.run(asked(doors, kind))


Visit = tuple[Kind, dict[tuple[str, str], Answer]]


def test_each_visitor_gets_what_is_meant_for_him_and_nothing_else(visit: Visit) -> None:
    kind, found = visit
    wrong = [
        f"{method} {path}: {answer.status}, expected {want}"
        for (method, path), answer in found.items()
        if answer.status != (want := expected(kind, method, path, line_of(path)))
    ]

    assert wrong == []
    assert len(found) > 500


def test_every_answer_is_hardened_and_only_good_files_are_kept(visit: Visit) -> None:
    for (method, path), answer in visit[1].items():
        missing = {name for name, value in HEADERS.items() if answer.headers.get(name) != value}
        assert missing == set(), (method, path)
        if not path.startswith("/static/") or answer.status != 200:
            assert answer.headers["cache-control"] == "no-store", (method, path)


def test_nobody_who_is_not_at_home_reads_a_word_of_hers(visit: Visit, doors: Doors) -> None:
    kind, found = visit
    if is_at_home(kind):
        assert any(MARK.encode() in answer.body for answer in found.values())
        return
    for (method, path), answer in found.items():
        said = f"{answer.headers} {answer.body.decode('utf-8', 'replace')}"
        assert [word for word in doors.hidden(kind) if word in said] == [], (method, path)
        if answer.status == 303:
            assert (answer.headers["location"], answer.body) == ("/pair", b""), path


def test_a_form_without_its_token_is_refused_by_the_page_itself(doors: Doors) -> None:
    """So that a 403 of the table is one from beyond the door."""
    for path, line in LINES.items():
        if line.statuses.get("POST") == 403:
            answer = asyncio.run(doors.ask(VISITORS["paired device"], "POST", address(path)))
            assert b"This form was too old, or not ours." in answer.body, path
