"""Form tokens: each visitor's session has its own; it lasts over a restart and fits nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from tests.application import application, house_at
from tests.web.states import planned
from tests.web.visitor import ADDRESS, Visitor, form_token
from weaklink.bootstrap import House
from weaklink.web.visit.security import VISITOR

SAID = {"does": "make", "purpose": "calendar"}


@contextmanager
def served(folder: Path) -> Iterator[tuple[House, TestClient]]:
    house = house_at(folder)
    with TestClient(application(house), base_url=ADDRESS, follow_redirects=False) as client:
        yield house, client
    house.records.close()


def browser(client: TestClient) -> TestClient:
    """Another browser at the same house."""
    return TestClient(client.app, base_url=ADDRESS, follow_redirects=False)


def send(client: httpx.Client, token: str) -> int:
    return client.post("/hand-on", data={"csrf": token, **SAID}).status_code


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, TestClient]]:
    with served(tmp_path_factory.mktemp("data")) as (house, client):
        planned(Visitor(client, house))
        yield house, client


def test_another_browsers_token_does_not_fit(home: tuple[House, TestClient]) -> None:
    house, mine = home
    other = browser(mine)
    mine_now, theirs = form_token(mine), form_token(other)

    assert mine_now != theirs
    assert house.form_key not in (mine_now, theirs)
    assert (send(mine, theirs), send(other, mine_now), send(mine, house.form_key)) == (403, 403, 403)
    assert (send(mine, mine_now), send(other, theirs)) == (303, 303)


def test_the_first_visit_needs_no_cookie_and_gets_one_that_stays(home: tuple[House, TestClient]) -> None:
    new = browser(home[1])
    first = new.get("/settings")
    said = first.headers["set-cookie"]

    assert said.startswith(f"{VISITOR}=")
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=34560000"} <= set(said.split("; "))
    assert "set-cookie" not in new.get("/settings").headers
    assert form_token(new, "/settings") == form_token(new, "/hand-on")
    assert send(new, form_token(new)) == 303


def test_a_form_without_its_cookie_changes_nothing_and_going_on_works(
    home: tuple[House, TestClient],
) -> None:
    new = browser(home[1])
    token = form_token(new)
    new.cookies.clear()
    answer = new.post("/hand-on", data={"csrf": token, **SAID})

    assert answer.status_code == 403
    assert "reload the page" in answer.text
    assert send(new, form_token(new)) == 303


@pytest.mark.parametrize("value", ["", "short", "x" * 42, "x" * 44, "ü" * 43, "x" * 42 + ";", 'x"' * 30])
def test_a_cookie_that_is_not_ours_is_replaced(home: tuple[House, TestClient], value: str) -> None:
    odd = browser(home[1])
    answer = odd.get("/settings", headers=[("cookie", f"{VISITOR}={value}".encode("latin-1"))])

    assert answer.status_code == 200
    assert len(answer.headers["set-cookie"].partition("=")[2].partition(";")[0]) == 43


def test_a_page_that_was_open_can_be_sent_after_a_restart(tmp_path: Path) -> None:
    with served(tmp_path) as (house, client):
        planned(Visitor(client, house))
        token, cookies, runner = form_token(client), dict(client.cookies), house.newcomer().id
    with served(tmp_path) as (house, client):
        client.cookies.update(cookies)
        answer = client.post("/hand-on", data={"csrf": token, **SAID})

        assert answer.status_code == 303
        assert house.newcomer().id == runner
    with served(tmp_path / "another") as (house, client):  # the same browser, a house that shares the address
        client.cookies.update(cookies)
        assert send(client, token) == 403
        assert send(client, form_token(client)) == 303


def test_who_reads_a_shared_plan_gets_neither_token_nor_cookie(home: tuple[House, TestClient]) -> None:
    house, client = home
    assert send(client, form_token(client)) == 303
    client.post("/hand-on", data={"csrf": form_token(client), "does": "make", "purpose": "plan"})
    secrets = {one.purpose: one.secret for one in house.records.addresses(house.present()[0].id)}
    guest = browser(client)
    for path in (
        f"/shared/{secrets['plan']}",
        f"/calendar/{secrets['calendar']}.ics",
        "/shared/nothing-here",
    ):
        answer = guest.get(path)
        assert "set-cookie" not in answer.headers, path
        assert 'name="csrf"' not in answer.text, path
