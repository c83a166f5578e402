"""What holds for every answer, whatever was asked: headers, kinds of content, methods, and nobody else is called."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.states import planned
from tests.web.test_pages import addresses
from tests.web.visitor import Visitor, at_home
from weaklink.library.reading import Library
from weaklink.web.visit.security import HEADERS, LONGEST_BODY

ELSEWHERE = "https://evil.example"
CALLS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request", "subprocess.Popen",
         "os.system", "os.exec", "os.posix_spawn")  # fmt: skip
# What the program itself starts: the process of the exact planner.
OWN_PROCESS = "multiprocessing"
ASKED = {
    "page": ("GET", "/plan", {}),
    "way on": ("GET", "/pain", {}),
    "program": ("GET", "/api/v1/openapi.json", {}),
    "file": ("GET", "/static/visit/site.css", {}),
    "picture": ("GET", "/static/figures/moves/clamshell.svg", {}),
    "nothing there": ("GET", "/nowhere", {}),
    "no such file": ("GET", "/static/nothing.js", {}),
    "nothing there for programs": ("GET", "/api/v1/nothing", {}),
    "another method": ("DELETE", "/plan", {}),
    "no token": ("POST", "/start", {}),
    "from elsewhere": ("POST", "/start", {"headers": {"origin": ELSEWHERE}}),
    "another name": ("GET", "/plan", {"headers": {"host": "evil.example"}}),
    "too large": ("POST", "/start", {"content": b"x" * (LONGEST_BODY + 1)}),
    "no JSON": ("POST", "/api/v1/diary", {"content": b"{"}),
}


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    with at_home(tmp_path_factory.mktemp("every")) as visitor:
        planned(visitor)
        yield visitor


@pytest.fixture(scope="module")
def answers(runner: Visitor, library: Library) -> dict[str, httpx.Response]:
    """Every page as a browser asks for it, and each other kind of answer."""
    found = {path: runner.get(path) for path in addresses(library)}
    return found | {
        name: runner.client.request(method, path, **more) for name, (method, path, more) in ASKED.items()
    }


def test_there_is_an_answer_of_every_kind(answers: dict[str, httpx.Response]) -> None:
    assert {answer.status_code for answer in answers.values()} >= {200, 303, 400, 403, 404, 405, 413, 422}
    assert len(answers) >= 45


def test_every_answer_carries_every_header(answers: dict[str, httpx.Response]) -> None:
    wrong = {
        name: missing
        for name, answer in answers.items()
        if (missing := {key for key, value in HEADERS.items() if answer.headers.get(key) != value})
    }

    assert wrong == {}


def test_the_headers_close_frames_plugins_sniffing_and_where_one_came_from() -> None:
    policy = HEADERS["content-security-policy"].split("; ")

    assert {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"} <= {
        *policy
    }
    assert {source for line in policy for source in line.split()[1:]} == {"'none'", "'self'"}
    assert HEADERS["x-content-type-options"] == "nosniff"
    assert HEADERS["referrer-policy"] == "same-origin"
    assert HEADERS["cross-origin-resource-policy"] == "same-origin"


def test_no_answer_lets_another_origin_read_it(runner: Visitor, answers: dict[str, httpx.Response]) -> None:
    asking = {"origin": ELSEWHERE, "access-control-request-method": "POST"}
    asked = [runner.client.get("/api/v1/diary", headers={"origin": ELSEWHERE})]
    asked += [runner.client.options(path, headers=asking) for path in ("/plan", "/api/v1/diary")]

    for answer in [*asked, *answers.values()]:
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_text_says_how_it_is_written_down(answers: dict[str, httpx.Response]) -> None:
    for name, answer in answers.items():
        kind = answer.headers.get("content-type", "")
        assert kind or not answer.content, name
        if kind.startswith("text/"):
            assert kind.endswith("; charset=utf-8"), (name, kind)


def test_every_way_on_stays_in_this_house(answers: dict[str, httpx.Response]) -> None:
    ways = [answer.headers["location"] for answer in answers.values() if "location" in answer.headers]

    assert len(ways) >= 2
    assert [way for way in ways if not way.startswith("/") or way.startswith(("//", "/\\"))] == []


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "DEBUG"])
def test_no_page_answers_another_method(runner: Visitor, library: Library, method: str) -> None:
    marked = {"x-marked": "a-word-to-find"}
    for path in [*addresses(library)[::6], "/static/visit/site.css", "/api/v1/openapi.json"]:
        answer = runner.client.request(method, path, headers=marked)

        assert answer.status_code in (403, 404, 405), (path, answer.status_code)
        assert "a-word-to-find" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/static", "/static/", "/static/visit", "/static/visit/", "/static/vendor/", "/.git/config", "/static/.git/HEAD",
     "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fbootstrap.py", "/weaklink.sqlite", "/form-token",
     "/network/authority.key", "/docs", "/redoc", "/debug", "/metrics", "/server-status"],
)  # fmt: skip
def test_no_folder_is_listed_and_nothing_beside_the_pages_is_served(runner: Visitor, path: str) -> None:
    answer = runner.client.get(path)

    assert answer.status_code in (404, 307)
    assert not answer.headers.get("location", "/").startswith("//")
    for word in ("OFL-commissioner", "LICENSE.txt", "from __future__", "[core]", "PRIVATE KEY", "SQLite"):
        assert word not in answer.text


def test_nothing_is_served_for_debugging(runner: Visitor) -> None:
    served: Any = runner.client.app  # type: ignore[attr-defined]

    assert served.app.debug is False
    assert (served.app.docs_url, served.app.redoc_url) == (None, None)


class Listening:
    """What this process did towards the outside, while it is listened to. Such a hook cannot be taken away again."""

    def __init__(self) -> None:
        self.on = False
        self.heard: list[tuple[str, str]] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, values: tuple[Any, ...]) -> None:
        if self.on and event in CALLS:
            self.heard.append((event, str(values)))

    @contextmanager
    def listen(self) -> Iterator[list[tuple[str, str]]]:
        self.heard, self.on = [], True
        try:
            yield self.heard
        finally:
            self.on = False


@pytest.fixture(scope="module")
def listening() -> Listening:
    return Listening()


def test_what_calls_somebody_is_heard(listening: Listening) -> None:
    import socket

    with listening.listen() as heard, socket.socket() as one, pytest.raises(OSError):
        one.connect(("127.0.0.1", 9))

    assert [event for event, _ in heard] == ["socket.connect"]


def test_no_page_and_no_program_calls_anybody(tmp_path: Path, library: Library, listening: Listening) -> None:
    with at_home(tmp_path) as visitor:
        planned(visitor)
        with listening.listen() as heard:
            for path in addresses(library):
                assert visitor.get(path).status_code in (200, 303), path
            visitor.post("/remarks", about="exercise", id="clamshell", agrees="no", text=f"see {ELSEWHERE}/x")
            visitor.post("/hand-on", does="make", purpose="calendar")
            visitor.post("/settings/my-data")
            visitor.client.get("/api/v1/openapi.json")

    assert [call for call in heard if OWN_PROCESS not in call[1]] == []
