"""A runner in training at the API: the real application on a folder of its own, with a clock that can be set."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
from starlette.testclient import TestClient

from tests.application import application, house_at
from tests.training.session_rules import happen
from tests.training.session_state import State, begin, step_of
from weaklink.bootstrap import House
from weaklink.care.begin import assess
from weaklink.care.kept_plan import planned
from weaklink.care.ports import Episode
from weaklink.case.case_file import read_given
from weaklink.library.reading import Library
from weaklink.library.wording import shipped_wording
from weaklink.training.session.session_pack import SessionPack

MONDAY = datetime.date(2026, 11, 2)
ADDRESS = "http://127.0.0.1:8000"


class SetClock:
    """A clock that stands where it is put."""

    def __init__(self, day: datetime.date) -> None:
        self.day = day

    def now(self) -> datetime.datetime:
        """Noon of the day, in UTC."""
        return datetime.datetime.combine(self.day, datetime.time(12), datetime.UTC)


def all_no(library: Library, sites: frozenset[str] = frozenset()) -> dict[str, str]:
    """No to every safety question."""
    return {
        question.id: "no"
        for question in library.questions.values()
        if question.decides in ("red-flag", "guard") and question.kind == "yes-no"
    }


def novice_with_a_sore_kneecap(library: Library, **more: Any) -> dict[str, Any]:
    """J1: what she said, as it is kept."""
    said: dict[str, Any] = {
        "age": 24,
        "sex": "female",
        "level": "novice",
        "since_days": 21,
        "pain_at": [{"site": "knee-anterior", "side": "right"}],
        "pain": {"run": 4, "stairs": 3, "night": 0, "rest": 0},
        "answers": all_no(library),
        "tests": {
            "sl-heel-raise-reps": {"right": 11, "left": 18},
            "straight-leg-raise-reps": {"right": 9, "left": 16},
            "step-down-quality": {"right": 2, "left": 0},
        },
        "days": ["mon", "wed", "fri"],
        "minutes": 15,
    }
    return {**said, **more}


class RunnerInTraining:
    """One person with a plan."""

    def __init__(self, house: House, clock: SetClock, client: httpx.Client) -> None:
        self.house, self.clock, self.client = house, clock, client

    def says(self, given: dict[str, Any], episode: str = "episode-1") -> None:
        """Keep what was said, as the pages do."""
        now = self.clock.now()
        self.house.records.keep_new_runner(self.house.newcomer()).result(5)
        owner = self.house.present()[0].id
        kept = Episode(
            id=episode, runner_id=owner, given=given, edition=self.house.library.edition,
            created_at=now, updated_at=now,
        )  # fmt: skip
        self.house.records.keep_episode(kept).result(5)
        library = self.house.library
        plan = assess(read_given(given, library, assume_unanswered_no=False), library, "greedy").plan
        if plan is not None:
            made = planned(plan, "first", episode, shipped_wording(), now)
            self.house.records.keep_plan(made).result(5)

    def today(self, day: datetime.date | None = None, **asked: Any) -> dict[str, Any]:
        """The answer for a day."""
        self.clock.day = day or self.clock.day
        response = self.client.get("/api/v1/sessions/today", params={"date": str(self.clock.day), **asked})
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()
        return found

    def keep(self, *entries: dict[str, Any]) -> httpx.Response:
        """Send entries."""
        # Escaped, as a browser writes it: half a character can be sent as well.
        body, headers = json.dumps({"entries": entries}), {"content-type": "application/json"}
        return self.client.post("/api/v1/diary", content=body, headers=headers)

    def at(self, minute: int = 0) -> str:
        """A time of the day, with its offset."""
        return f"{self.clock.day}T18:{minute // 60 % 60:02}:{minute % 60:02}+01:00"

    def train(
        self, day: datetime.date, hurt: str = "", pain: int = 1, rir: int = 4, **said: str
    ) -> list[dict[str, Any]]:
        """A whole session by the interpreter; its entries, already sent. `hurt`: where the button is tapped."""
        document = self.today(day)["pack"]
        assert document is not None, f"no session on {day}"
        entries = session_entries(document, f"session-{day}", hurt, pain, rir, said)
        named = {"episode": document["episode"]}
        timed = [{**entry, **named, "at": self.at(number)} for number, entry in enumerate(entries)]
        response = self.keep(*timed)
        assert response.status_code == 200, response.text
        return timed

    def morning(self, day: datetime.date, **parts: Any) -> httpx.Response:
        """The morning of a day."""
        self.clock.day = day
        entry = {"kind": "morning", "id": f"morning-{day}", "at": f"{day}T07:00:00+01:00", "date": str(day)}
        return self.keep({**entry, "pain": 0, **parts})


def session_entries(
    document: dict[str, Any], session: str, hurt: str, pain: int, rir: int, said: dict[str, str]
) -> list[dict[str, Any]]:
    """What the interpreter writes for a session; safety questions are answered no unless said otherwise."""
    pack = msgspec.convert(document, SessionPack)
    state, written = begin(pack, session, "a"), list[dict[str, Any]]()

    def event(**what: Any) -> None:
        nonlocal state
        outcome = happen(pack, state, what)
        state = outcome.state
        written.extend(e["entry"] for e in outcome.effects if e["do"] == "keep")

    for question in pack.questions:
        event(type="answer", question=question.id, answer=said.get(question.id.replace("-", "_"), "no"))
    event(type="start", pain=0)
    while (step := step_of(pack, state)) is not None:
        if step.exercise == hurt:
            event(type="hurts", rep=3)
            hurt = ""
            continue
        event(type="set-done", reps=step.reps, hold_s=step.hold_s)
        event(type="effort", rir=rir)
        event(type="pain", pain=pain)
    end(event, state)
    return written


def end(event: Any, state: State) -> None:
    """Finish, where there is something to finish."""
    if state.phase == "ending":
        event(type="finish", minutes=14)


@contextmanager
def in_training(folder: Path, day: datetime.date = MONDAY) -> Iterator[RunnerInTraining]:
    """A runner of the application in this process, before anything was said."""
    clock = SetClock(day)
    house = msgspec.structs.replace(house_at(folder), clock=clock)
    served = TestClient(application(house), base_url=ADDRESS, raise_server_exceptions=False)
    try:
        with served as client:  # one event loop for all requests
            yield RunnerInTraining(house, clock, client)
    finally:
        house.records.close()
