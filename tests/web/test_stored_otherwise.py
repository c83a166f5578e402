"""Stored otherwise: what another edition kept opens every page, is named, and is asked again."""

from __future__ import annotations

import functools
import json
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.application import DATABASE, application, house_at
from tests.mutation import ODD, mutated
from tests.searches import REACH, search
from tests.web.states import STATES
from tests.web.visitor import ADDRESS, Visitor
from weaklink.store.tables import Json, metadata
from weaklink.web.routes import ROUTES

KEPT = (
    "pointed",
    "ranked",
    "trained",
    "lifting",
    "waiting",
    "referred",
    "prevention",
    "coaching",
    "conflict",
)
GOOD = frozenset({200, 303, 304, 307, 404, 409})
REAL = {
    "screen": "first-checks", "test": "sl-heel-raise-reps", "exercise": "clamshell", "link": "quads--knee-anterior",
    "kind": "exercises", "record_id": "clamshell", "motion": "running", "move": "clamshell", "view": "front",
    "movement": "clamshell", "name": "clamshell", "secret": "no-such-secret-0123456789abcdefghijklmnopqrst",
}  # fmt: skip
# One row of each table at a time; the newest decides.
TOLD = ("runners", "episodes", "plans", "diary", "standings", "reasons", "remarks", "addresses")
# Keys that are often absent, and that pages look for.
NAMED = {
    ("runners", "settings"): (
        "units", "theme", "language", "country", "minutes", "days", "equipment", "sound", "heard_at", "session_hour",
        "height_cm", "mass_kg", "speed_km_h", "cadence_spm",
    ),
    ("episodes", "steps"): ("aim", "trail", "skipped", "reached", "today", "aside", "screen"),
    ("episodes", "given"): (
        "age", "sex", "level", "km_per_week", "since_days", "pain_at", "pain", "pain_at_start", "answers", "tests",
        "equipment", "minutes", "days", "hard_runs", "wish", "load", "routine", "country", "story",
    ),
    ("plans", "made"): ("heading", "weeks", "pain_profile", "areas", "left_out", "notes", "format"),
}  # fmt: skip
FIRST = (
    "/",
    "/answers",
    "/where",
    "/today",
    "/diary",
    "/plan",
    "/progress",
    "/settings",
    "/api/v1/sessions/today",
)


@functools.cache
def stored(state: str) -> bytes:
    """The database of somebody in a state."""
    with tempfile.TemporaryDirectory() as folder:
        house = house_at(Path(folder))
        with TestClient(application(house), base_url=ADDRESS, follow_redirects=False) as client:
            STATES[state](Visitor(client, house))
        house.records.close()
        return (Path(folder) / DATABASE).read_bytes()


@contextmanager
def living_on(state: str, change: Callable[[sqlite3.Connection], Any]) -> Iterator[Visitor]:
    """A visitor of a house whose database was changed from outside before it was opened."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / DATABASE
        path.write_bytes(stored(state))
        with closing(sqlite3.connect(path)) as connection, connection:
            change(connection)
        house = house_at(Path(folder))
        app = application(house)
        try:
            with TestClient(
                app, base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False
            ) as client:
                yield Visitor(client, house)
        finally:
            house.records.close()


def given_with(**changes: Any) -> Callable[[sqlite3.Connection], None]:
    """A change of what was said: each value merged into the table that is there."""

    def change(connection: sqlite3.Connection) -> None:
        for row, text in connection.execute("SELECT id, given FROM episodes").fetchall():
            said = json.loads(text)
            for key, value in changes.items():
                merged = isinstance(value, dict) and isinstance(said.get(key), dict)
                said[key] = {**said[key], **value} if merged else value
            connection.execute("UPDATE episodes SET given = ? WHERE id = ?", (json.dumps(said), row))

    return change


def rows_of(visitor: Visitor) -> list[str]:
    assert visitor.house is not None
    with closing(sqlite3.connect(visitor.house.settings.folder / DATABASE)) as connection:
        return list(connection.iterdump())


@functools.cache
def addresses() -> tuple[str, ...]:
    """Every address of the route tables that answers GET."""
    with tempfile.TemporaryDirectory() as folder:
        house = house_at(Path(folder))
        app: Any = application(house)
        pages = [r.path for r in [*ROUTES, *app.app.routes] if "GET" in (getattr(r, "methods", None) or ())]
        resources = [path for path, does in app.app.openapi()["paths"].items() if "get" in does]
        house.records.close()
    return tuple(path.format(**REAL) for path in dict.fromkeys([*pages, *resources]))


# --- what is said and asked --------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["ranked", "trained"])
def test_an_answer_nobody_knows_any_more_is_named_and_no_page_is_lost(state: str) -> None:
    with living_on(state, given_with(answers={"old-warning-sign": "yes"})) as visitor:
        before = rows_of(visitor)
        found = {path: visitor.get(path) for path in FIRST}

        assert {path: page.status_code for path, page in found.items() if page.status_code not in GOOD} == {}
        assert "old warning sign: yes" in found["/answers"].text
        assert rows_of(visitor) == before


def test_what_was_denied_beside_an_unreadable_answer_is_asked_again_and_nothing_trained_before() -> None:
    with living_on("trained", given_with(answers={"old-warning-sign": "yes"})) as visitor:
        today = visitor.get("/api/v1/sessions/today").json()

        assert (today["pack"], today["why_not"]) == (None, "questions")
        assert "old warning sign" in visitor.get("/today").text
        visitor.answer({}, {})
        assert "old warning sign" not in visitor.get("/today").text
        assert visitor.get("/api/v1/sessions/today?anyway=true").json()["pack"] is not None
        kept = visitor.house.records.present()[1]  # type: ignore[union-attr, index]
        assert kept.steps["aside"] == {"answers.old-warning-sign": "yes"}


def test_an_unreadable_denial_asks_nothing_again() -> None:
    with living_on("trained", given_with(answers={"old-warning-sign": "no"})) as visitor:
        assert visitor.get("/api/v1/sessions/today?anyway=true").json()["pack"] is not None


@pytest.mark.parametrize("said", ["perhaps", 7, None, ["yes"], {"yes": 1}])
def test_a_danger_sign_that_cannot_be_read_counts_as_not_asked(said: Any) -> None:
    with living_on("trained", given_with(answers={"night-rest-pain": said})) as visitor:
        questions = visitor.get("/api/v1/sessions/today").json()["questions"]

        assert "night-rest-pain" in questions
        assert len(questions) > 5, "all that was denied beside it"


def test_a_finding_that_cannot_be_read_is_asked_again() -> None:
    with living_on("ranked", given_with(answers={"knee-cave-in": "sideways"})) as visitor:
        screens = visitor.answer({"knee-cave-in": "right"})

        assert "/q/knee-cave-in" in screens
        assert screens[-1] == "/result"
        assert visitor.get("/answers").text.count("no longer readable") == 0


@pytest.mark.parametrize("state", ["trained", "prevention"])
def test_a_place_that_nobody_knows_any_more_is_asked_again(state: str) -> None:
    with living_on(state, given_with(pain_at=[{"site": "knee-of-old", "side": "left"}])) as visitor:
        assert 'href="/where"' in visitor.get("/").text
        assert "Where it hurts" in visitor.get("/where").text
        assert visitor.get("/api/v1/sessions/today").json().get("pack") is None


def test_a_diary_entry_that_cannot_be_read_stays_and_asks_once_what_was_denied() -> None:
    def change(connection: sqlite3.Connection) -> None:
        connection.execute(
            "INSERT INTO diary (id, digest, episode_id, kind, session, at, body, received_at)"
            " SELECT 'entry-of-old', 'digest', id, 'dreamt', '', '2026-01-01T00:00:00+00:00',"
            " '{\"kind\": \"dreamt\"}', '2026-01-01T00:00:00+00:00' FROM episodes"
        )

    with living_on("trained", change) as visitor:
        assert visitor.get("/diary").status_code == 200
        assert visitor.get("/api/v1/sessions/today?anyway=true").json()["why_not"] == "questions"
        visitor.answer({}, {})
        assert visitor.get("/api/v1/sessions/today?anyway=true").json()["pack"] is not None
        assert any("dreamt" in row for row in rows_of(visitor))


def test_settings_and_times_that_cannot_be_read_open_the_pages_and_can_be_erased() -> None:
    def change(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE runners SET settings = '[]', created_at = 'yesterday'")
        connection.execute("UPDATE episodes SET created_at = '0001-01-01', updated_at = 'soon', steps = '[]'")

    with living_on("trained", change) as visitor:
        for path in FIRST:
            assert visitor.get(path).status_code in GOOD, path
        assert visitor.post("/settings/my-data").status_code == 200
        assert visitor.post("/settings", units="km", language="en").status_code == 303
        assert visitor.post("/settings/erase", confirm="1").status_code == 303
        assert visitor.house.records.runners() == ()  # type: ignore[union-attr]


# --- any of it, anywhere -----------------------------------------------------------------------------------


def change_somewhere(connection: sqlite3.Connection, chance: random.Random) -> list[str]:
    """One to three changes of what is kept, as another edition might have kept it."""
    says = []
    filled = [name for name in TOLD if connection.execute(f"SELECT 1 FROM {name}").fetchone()]
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(
            [*filled, "runners", "episodes", "episodes", "plans" if "plans" in filled else "episodes"]
        )
        table = metadata.tables[name]
        column = chance.choice([c for c in table.columns if not c.primary_key and not c.foreign_keys])
        rows = connection.execute(f"SELECT rowid, {column.name} FROM {name}").fetchall()
        row, text = chance.choice(rows)
        if isinstance(column.type, Json):
            value, said = mutated(json.loads(text), chance, chance.randint(1, 3))
            if (name, column.name) in NAMED and isinstance(value, dict) and chance.random() < 0.8:
                key = chance.choice(NAMED[name, column.name])
                value[key] = chance.choice(ODD)
                said.append(f"{key} = {str(value[key])[:60]}")
            new: Any = json.dumps(value)
        else:
            new = chance.choice([one for one in ODD if isinstance(one, str) and len(one) < 30])
            said = [repr(new)]
        connection.execute(f"UPDATE {name} SET {column.name} = ? WHERE rowid = ?", (new, row))
        says.append(f"{name}.{column.name}: {said}")
    return says


@search(6, 20)
@given(seed=st.integers(0, 2**32), state=st.sampled_from(KEPT))
def test_any_stored_episode_opens_every_page_and_can_be_taken_away_and_erased(seed: int, state: str) -> None:
    chance, says = random.Random(seed), []

    with living_on(state, lambda connection: says.extend(change_somewhere(connection, chance))) as visitor:
        before = rows_of(visitor)
        looked_at = addresses() if REACH != "sample" else (*FIRST, *chance.sample(addresses(), 4))
        wrong = {path: status for path in looked_at if (status := visitor.get(path).status_code) not in GOOD}

        assert (wrong, says) == ({}, says)
        assert rows_of(visitor) == before, says
        assert visitor.post("/settings/my-data").status_code == 200, says
        assert visitor.post("/settings/erase", confirm="1").status_code == 303, says
        assert visitor.house.records.runners() == ()  # type: ignore[union-attr]
