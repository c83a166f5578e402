"""Security around every request: host, origin, size, headers."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from weaklink.web.visit.security import BELOW_A_PATH, LONGEST_BODY, Security


async def echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def client() -> TestClient:
    app = Starlette(routes=[Route("/", echo, methods=["GET", "POST"]), Route("/static/x", echo)])
    return TestClient(Security(app, frozenset({"127.0.0.1", "localhost"})), base_url="http://127.0.0.1:8000")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::", "169.254.169.254"])
def test_a_foreign_host_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:9000", "localhost:8000"])
def test_our_own_names_pass(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8000"},
        {"origin": "http://127.0.0.1:8001"},
    ],
)
def test_a_post_from_elsewhere_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "http://127.0.0.1:8000"}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}],
)
def test_our_own_posts_and_programs_pass(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/", headers=headers, content=b"abc").text == "3"


@pytest.mark.parametrize(("prefix", "status"), [("/runs", 400), ("runs/", 400), ("/", 200), ("", 200)])
def test_below_a_path_of_a_proxy_nothing_is_served_and_that_is_said(prefix: str, status: int) -> None:
    app = Starlette(routes=[Route("/", echo)])
    behind = TestClient(
        Security(app, frozenset({"runs.example"}), proxied=True), base_url="https://runs.example"
    )

    answer = behind.get("/", headers={"x-forwarded-prefix": prefix})

    assert answer.status_code == status
    assert (answer.text == BELOW_A_PATH) == (status == 400)


def test_a_body_that_says_it_is_too_large_is_refused(client: TestClient) -> None:
    assert client.post("/", content=b"x" * (LONGEST_BODY + 1)).status_code == 413


def test_a_body_that_does_not_say_its_size_is_cut_off(client: TestClient) -> None:
    pieces = (b"x" * 65536 for _ in range(LONGEST_BODY // 65536 + 2))

    assert client.post("/", content=pieces).status_code == 413


def test_every_answer_carries_the_strict_policy(client: TestClient) -> None:
    for response in (client.get("/"), client.get("/", headers={"host": "evil"}), client.get("/nowhere")):
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "*" not in policy
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["cache-control"] == "no-store"
    assert "cache-control" not in client.get("/static/x").headers
