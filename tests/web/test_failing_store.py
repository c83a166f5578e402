"""A store that fails under a running server: every answer is readable and carries its headers, and it recovers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from tests.application import application, house_at
from tests.postgres import postgres_url
from tests.web.states import planned
from tests.web.test_looking import REAL
from tests.web.visitor import ADDRESS, Visitor
from weaklink.bootstrap import Settings, build
from weaklink.web.routes import ROUTES
from weaklink.web.visit import errors, languages
from weaklink.web.visit.security import HEADERS

PAGES = [
    re.sub(r"\{(\w+)\}", lambda found: REAL.get(found[1], "nothing-opens-this"), route.path)
    for route in ROUTES
    if "GET" in (route.methods or ()) and not route.path.startswith("/static")
]
POSTS = [
    re.sub(r"\{(\w+)\}", lambda found: REAL[found[1]], route.path)
    for route in ROUTES
    if "POST" in route.methods
]
# They show nothing of a runner and ask nothing of the store.
UNTOUCHED = {"/service-worker.js", "/manifest.webmanifest"}


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """Somebody with a plan whose database turned to rubbish while the server runs."""
    house = house_at(tmp_path_factory.mktemp("data"))
    records: Any = house.records
    with TestClient(
        application(house), base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False
    ) as client:
        her = Visitor(client, house)
        planned(her)
        records._reader.dispose()
        records._engine.dispose()
        for path in house.settings.folder.glob("weaklink.sqlite*"):
            path.write_bytes(b"rubbish " * (path.stat().st_size // 8 or 1))
        yield her
    records._reader.dispose()


def readable(answer: Any) -> None:
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"].startswith("text/html")
    assert '<html lang="en"' in answer.text
    assert "<h1>" in answer.text
    assert 'href="/today"' not in answer.text


def test_every_page_says_readably_that_the_data_cannot_be_reached(damaged: Visitor) -> None:
    statuses = {}
    for path in PAGES:
        answer = damaged.client.get(path)
        statuses[path] = answer.status_code
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, path
        if answer.status_code >= 500:
            readable(answer)
            assert "Your data cannot be reached just now." in answer.text, path

    assert {path for path, status in statuses.items() if status not in (503, 404)} == UNTOUCHED
    assert {path for path, status in statuses.items() if status == 404} == set()
    assert len(statuses) > 35


def test_every_form_is_answered_readably(damaged: Visitor) -> None:
    for path in POSTS:
        answer = damaged.send(path, {})
        assert answer.status_code in (503, 403), (
            path
        )  # 403: the form of a device that pairs has its own token
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, path


def test_a_program_gets_a_problem(damaged: Visitor) -> None:
    answer = damaged.client.get("/api/v1/diary")

    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_a_page_that_is_not_there_is_said_all_the_same(damaged: Visitor) -> None:
    answer = damaged.client.get("/nowhere")

    assert answer.status_code == 404
    readable(answer)


def test_even_when_the_error_page_itself_fails_the_answer_carries_its_headers(
    damaged: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("a bug in the error page")

    monkeypatch.setattr(errors, "template", fail)
    answer = damaged.client.get("/today")

    assert answer.status_code == 500
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "Something went wrong here" in answer.text


def test_the_page_is_in_the_language_the_browser_asks_for(
    damaged: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(languages, "languages", lambda: ("en", "fr", "pt-BR"))
    asked = {
        "": "en",
        "fr": "fr",
        "fr-CA, en;q=0.9": "fr",
        "xx, pt-BR;q=0.7, en;q=0.2": "pt-BR",
        "fr;q=0.1, en;q=0.8": "en",
        "ja": "en",
        ";;;q=,,q=x,*": "en",
    }

    for said, expected in asked.items():
        answer = damaged.client.get("/today", headers={"accept-language": said})
        assert f'<html lang="{expected}"' in answer.text, said


@pytest.mark.postgres
def test_a_postgres_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    with postgres_url() as url:
        house = build(Settings(folder=tmp_path, database=url))
        with TestClient(
            application(house), base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False
        ) as client:
            her = Visitor(client, house)
            her.begin()
            name = sa.make_url(url).database
            admin = sa.create_engine(sa.make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
            with admin.connect() as connection:
                connection.exec_driver_sql(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
                connection.exec_driver_sql(
                    f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
                )
                for answer in (her.get("/"), her.post("/where", place=["knee-anterior:right"])):
                    assert answer.status_code == 503
                    readable(answer)
                connection.exec_driver_sql(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
            admin.dispose()
            assert her.get("/").status_code == 200
            assert her.post("/where", place=["knee-anterior:right"]).status_code == 303
        house.records.close()
