"""Killed at any moment while several devices tell their diary: every acknowledged entry is there again."""

from __future__ import annotations

import asyncio
import datetime
import random
import sqlite3
import threading
import time
from contextlib import closing
from typing import Any

import httpx
import msgspec
from starlette.requests import Request

from tests.siege.ground import Ground
from tests.siege.stronghold import Stronghold
from tests.siege.tally import Seen, Tally, worst
from tests.web.states import STATES
from tests.web.weeks import entry
from weaklink.bootstrap import Settings, build
from weaklink.care.filing import put_together
from weaklink.care.folding import Diary
from weaklink.care.keeping_diary import where_it_leads
from weaklink.case.diary import digest_of, read_entry
from weaklink.store.opening import sqlite_url
from weaklink.store.private_files import DATABASE
from weaklink.web.app import make_pages
from weaklink.web.course.training import training_for
from weaklink.web.visit.visit import visit

DEVICES = 4
ROUND_S = (0.4, 1.2)  # from the first answer after a start to the kill
EACH_ROUND = 100  # acknowledged entries, before it is killed; so that a hundred rounds are ten thousand
LONGEST_ROUND_S = 20.0
IN_ONE_HOUSE = 20  # rounds
MUCH = 120  # entries of a phone that was away
ALONE = ("note", "morning", "run-done", "walked", "reported")


def told(dice: random.Random, number: int, episode: str) -> list[dict[str, Any]]:
    """What a device sends next: one entry or a session of several, of some day of the last half year."""
    ago, pain = dice.uniform(0, 180), dice.randint(0, 5)
    parts: dict[str, dict[str, Any]] = {
        "note": {"text": f"word {number}"},
        "morning": {"pain": pain, "stiff_min": dice.choice((0, 5, 20))},
        "run-done": {"km": float(dice.randint(1, 9)), "minutes": 30, "pain": pain},
        "walked": {"minutes": 30, "pain": pain},
        "reported": {"pain_worst": pain, "activities": {"stairs": pain}},
    }
    if dice.random() < 0.8:
        kind = dice.choice(ALONE)
        found = [entry(kind, ago, **parts[kind])]
    else:
        name, move = f"session-{number:06}", {"slot": "straight-leg-raise", "exercise": "straight-leg-raise"}
        asked = [{**move, "sides": 2, "sets": 1, "reps": 10}]
        found = [entry("session-begun", ago, session=name, moves=asked)]
        found += [entry("set-done", ago, session=name, set=1, side=side, reps=10, rir=4, pain=pain, **move)
                  for side in ("right", "left")]  # fmt: skip
        found.append(entry("session-ended", ago, session=name, minutes=14))
    named = enumerate(found)
    return [{**one, "id": f"siege-{number:06}-{place}", "episode": episode} for place, one in named]


class Device:
    """A phone: sends what it has, again where no answer came, and remembers what was acknowledged."""

    def __init__(self, name: int, episode: str, dice: random.Random, tally: Tally) -> None:
        self.name, self.episode, self.dice, self.tally = name, episode, dice, tally
        self.acknowledged: dict[str, str] = {}  # id → digest
        self.waiting: list[dict[str, Any]] = []
        self.number = 0

    def batch(self) -> list[dict[str, Any]]:
        """What is sent next: what got no answer before everything else; now and then a week without a connection."""
        most = MUCH if self.dice.random() < 0.05 else self.dice.randint(1, 8)
        while len(self.waiting) < most:
            self.number += 1
            self.waiting += told(self.dice, self.name * 100_000 + self.number, self.episode)
        return self.waiting

    def send(self, address: str, over: threading.Event) -> None:
        """Send until it is over or nobody answers any more."""
        with httpx.Client(base_url=address, timeout=20) as client:
            while not over.is_set():
                try:
                    answer = client.post("/api/v1/diary", json={"entries": self.batch()})
                except httpx.TransportError:
                    return
                if self.tally.answer(answer.status_code, "POST /api/v1/diary"):
                    self.hear(answer)
                else:
                    time.sleep(0.02)  # it is sent again

    def hear(self, answer: httpx.Response) -> None:
        """Let go of what was acknowledged."""
        fates = answer.json()
        there = {*fates.get("kept", ()), *fates.get("known", ())}
        sent, self.waiting = self.waiting, []
        for one in sent:
            if one["id"] in there:
                said = {key: value for key, value in one.items() if key != "episode"}
                self.acknowledged[one["id"]] = digest_of(read_entry(said))
            else:
                self.tally.demand(False, f"refused: {str(fates)[:150]}")


def kept(place: Stronghold) -> set[tuple[str, str]]:
    """Id and digest of every entry in the database."""
    with closing(sqlite3.connect(place.data / DATABASE)) as database:
        return set(database.execute("SELECT id, digest FROM diary").fetchall())


def look_for(devices: list[Device], there: set[tuple[str, str]], tally: Tally) -> None:
    """Whether everything that was acknowledged is there."""
    for device in devices:
        for one in device.acknowledged.items():
            if one not in there:
                tally.lose(one[0])


def begin(place: Stronghold) -> str:
    """Somebody with a plan; the episode's id."""
    visitor = place.visitor()
    STATES["planned"](visitor)
    visitor.get("/plan")
    answer = visitor.client.post("/api/v1/diary", json={"entries": [entry("note", 0, text="first")]})
    assert answer.status_code == 200, answer.text
    episode: str = visitor.client.get("/api/v1/diary").json()["episode"]
    visitor.client.close()
    return episode


def kill(ground: Ground, program: list[str] | None = None) -> None:
    """Rounds of telling and killing; one tried is one kill. `program`: the server, where it is another one.

    House after house, so that a diary is as long as a year's, not as a hundred people's.
    """
    rounds = total = 0
    seen: list[Seen] = []
    while ground.goes_on(rounds):
        folder = ground.folder / f"house-{len(seen)}"
        folder.mkdir()
        with Stronghold(folder, program=program) as place:
            episode = begin(place)
            devices = [Device(n, episode, random.Random(f"device {n}"), ground.tally) for n in range(DEVICES)]
            with place.watched(ground.tally):
                rounds = _rounds(ground, place, devices, rounds)
            seen.append(ground.tally.seen or Seen())
            _at_the_end(ground, place, devices)
        total += sum(len(device.acknowledged) for device in devices)
    ground.tally.seen = worst(seen)
    print(f"  kill -9: {rounds} rounds in {len(seen)} houses, {total:,} acknowledged entries", flush=True)
    ground.tally.demand(total >= EACH_ROUND * rounds, f"only {total} entries were acknowledged")


def _rounds(ground: Ground, place: Stronghold, devices: list[Device], rounds: int) -> int:
    """How many times anything was killed after this house had its share, or all the time was over."""
    last = rounds + IN_ONE_HOUSE
    while rounds < last and ground.goes_on(rounds):
        rounds += 1
        _round(ground, place, devices)
        if rounds % 5 == 0:  # once more while it starts
            place.launch()
            time.sleep(ground.dice.uniform(0, 2))
            place.killed()
        place.up()
        look_for(devices, kept(place), ground.tally)
        ground.tally.survive()
    return rounds


def _round(ground: Ground, place: Stronghold, devices: list[Device]) -> None:
    over, before = threading.Event(), sum(len(device.acknowledged) for device in devices)
    threads = [threading.Thread(target=device.send, args=(place.address, over)) for device in devices]
    for thread in threads:
        thread.start()
    time.sleep(ground.dice.uniform(*ROUND_S))
    end = time.monotonic() + LONGEST_ROUND_S
    while (
        sum(len(device.acknowledged) for device in devices) < before + EACH_ROUND and time.monotonic() < end
    ):
        time.sleep(ground.dice.uniform(0, 0.05))
    place.killed()
    over.set()
    for thread in threads:
        thread.join()


def _at_the_end(ground: Ground, place: Stronghold, devices: list[Device]) -> None:
    """Every entry is there, the file is whole, the pages open, and say what all entries say."""
    with place.client() as client:
        for path in ("/", "/today", "/progress", "/diary", "/plan", "/api/v1/diary/trend"):
            status = client.get(path).status_code
            # Weeks of pain may well have closed the plan: then its page leads to the referral.
            ground.tally.demand(status in (200, 303), f"{path} answers {status} at the end")
    place.stopped()
    look_for(devices, kept(place), ground.tally)
    with closing(sqlite3.connect(place.data / DATABASE)) as database:
        found = database.execute("PRAGMA integrity_check").fetchone()
    ground.tally.demand(found == ("ok",), f"the database is damaged: {found}")
    ground.tally.demand(not place.faults(), f"the log says: {place.faults()[:1]}")
    for why in says_otherwise(place):
        ground.tally.demand(False, why)


def says_otherwise(place: Stronghold) -> list[str]:
    """Where what is kept put together leads elsewhere than all the entries."""
    house = build(Settings(folder=place.data, database=sqlite_url(place.data)))
    try:
        scope = {"type": "http", "app": make_pages(house), "method": "GET", "path": "/", "headers": [],
                 "query_string": b"", "scheme": "http", "server": ("127.0.0.1", 8000), "state": {}}  # fmt: skip
        training = asyncio.run(training_for(visit(Request(scope))))
        if training is None:
            return ["no training at the end"]
        told_ = house.records.told(training.episode_id)
        entries = house.records.diary(training.episode_id)
        day = house.clock.now().date() + datetime.timedelta(days=1)
        anew = msgspec.structs.replace(training, told=Diary(days=put_together(entries)))
        by_kept, by_all = (shown(where_it_leads(one.course(day))) for one in (training, anew))
    finally:
        house.records.close()
    found = [] if told_.whole else ["some entries are not filed"]
    return found if by_kept == by_all else [*found, "what is kept leads elsewhere than all the entries"]


def shown(found: Any) -> Any:
    """Where it leads, but the reasons, which are kept beside a fold."""
    course = msgspec.structs.replace(found.course, reasons=(), reasons_before=0)
    return msgspec.to_builtins(msgspec.structs.replace(found, course=course))
