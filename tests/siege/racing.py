"""Races: what happens at once that should happen one after the other."""

from __future__ import annotations

import sqlite3
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

from tests.server import free_port
from tests.siege.ground import Ground
from tests.siege.lookout import looking_out
from tests.siege.stronghold import START, Stronghold
from tests.web.states import STATES
from tests.web.visitor import Visitor
from tests.web.weeks import entry
from weaklink.store.private_files import DATABASE

SETTINGS = {"country": "", "units": "mi", "theme": "dark", "language": "en"}


def races(ground: Ground) -> None:
    """Every race in turn; one tried is one race run once."""
    with Stronghold(ground.folder) as place:
        ground.begin()
        with looking_out(place.port, place.pid) as seen:
            _in_turn(ground, place)
        ground.tally.seen = seen[0]
    ground.tally.demand(not place.faults(), f"the log says: {place.faults()[:1]}")


def _in_turn(ground: Ground, place: Stronghold) -> None:
    rounds = 0
    while ground.goes_on(rounds):
        name = list(RACES)[rounds % len(RACES)]
        rounds += 1
        why = RACES[name](ground, place)
        if why:
            ground.tally.fall(f"{name}: {why}")
        else:
            ground.tally.survive()


def _rows(place: Stronghold, query: str) -> list[Any]:
    with closing(sqlite3.connect(place.data / DATABASE)) as database:
        return database.execute(query).fetchall()


def _at_once(ground: Ground, sends: list[Callable[[], Any]], what: str) -> list[int]:
    """The statuses of what was sent at once."""
    ready = threading.Barrier(len(sends))

    def send(one: Callable[[], Any]) -> int:
        ready.wait(20)
        return int(one().status_code)

    with ThreadPoolExecutor(len(sends)) as devices:
        statuses = list(devices.map(send, sends))
    for status in statuses:
        ground.tally.answer(status, what)
    return statuses


def _visitors(place: Stronghold, number: int) -> list[Visitor]:
    return [place.visitor() for _ in range(number)]


def first_visits(ground: Ground, place: Stronghold) -> str:
    """Six browsers begin at once in an empty house: there is one runner."""
    place.visitor().post("/settings/erase", confirm="1")
    six = _visitors(place, 6)
    statuses = _at_once(ground, [lambda one=one: one.post("/start", aim="pain") for one in six], "/start")  # type: ignore[misc]
    runners = _rows(place, "SELECT count(*) FROM runners")[0][0]
    return "" if (set(statuses), runners) == ({303}, 1) else f"{statuses}, {runners} runners"


def settings(ground: Ground, place: Stronghold) -> str:
    """Three devices choose three things at once: all three are kept."""
    one, two, three = _visitors(place, 3)
    one.post("/start", aim="pain")
    one.post("/settings", **{**SETTINGS, "theme": "light"})
    hour = f"{ground.dice.randint(6, 20):02}:{ground.dice.choice((15, 30, 45))}"
    height = str(ground.dice.randint(60, 75))
    said = [
        lambda: one.post("/settings", **SETTINGS),
        lambda: two.post("/hand-on", does="hour", hour=hour),
        lambda: three.post("/what-if/step", height=height, mass="", speed="", cadence=""),
    ]
    statuses = _at_once(ground, said, "settings")
    kept = _rows(place, "SELECT settings FROM runners")[0][0]
    gone = [what for what in ('"dark"', f'"{hour}"', '"height_cm"') if what not in kept]
    if set(statuses) == {303} and gone:
        ground.tally.lose(f"settings {gone}")
    return "" if not gone else f"{statuses}, {gone} is not in {kept}"


def calendar(ground: Ground, place: Stronghold) -> str:
    """Six make a calendar's address at once: one opens."""
    first = place.visitor()
    STATES["planned"](first)
    six = [first, *_visitors(place, 5)]
    make = [lambda one=one: one.post("/hand-on", does="make", purpose="calendar") for one in six]  # type: ignore[misc]
    statuses = _at_once(ground, make, "/hand-on")
    found = _rows(place, "SELECT secret FROM addresses WHERE purpose = 'calendar'")
    if set(statuses) != {303} or len(found) != 1:
        return f"{statuses}, {len(found)} addresses"
    status = first.get(f"/calendar/{found[0][0]}.ics").status_code
    return "" if status == 200 else f"it answers {status}"


def erasing(ground: Ground, place: Stronghold) -> str:
    """Everything is erased while others tell and choose: a clear answer to each, and nothing comes back."""
    her = place.visitor()
    STATES["planned"](her)
    others = _visitors(place, 4)

    def note(one: Visitor, number: int) -> Any:
        told = {"entries": [entry("note", 0.001 * number, text="of-before-the-erasure")]}
        return one.client.post("/api/v1/diary", json=told)

    def remark(one: Visitor) -> Any:
        said = {"about": "exercise", "id": "clamshell", "agrees": "yes", "text": "of-before-the-erasure"}
        return one.post("/remarks", **said)

    sends: list[Callable[[], Any]] = [lambda: her.post("/settings/erase", confirm="1")]
    for number, one in enumerate(others):
        sends += [lambda one=one, number=number: note(one, number), lambda one=one: remark(one)]  # type: ignore[misc]
    statuses = _at_once(ground, sends, "while everything is erased")
    her.post("/settings/erase", confirm="1")
    left = [
        path.name for path in place.data.glob(f"{DATABASE}*") if b"of-before-the-era" in path.read_bytes()
    ]
    if statuses[0] != 303 or left:
        return f"erasing: {statuses[0]}, found in {left}"
    return ""


def two_servers(ground: Ground, place: Stronghold) -> str:
    """A second server on the same database is refused in one line, by its folder and by its file."""
    ways = {
        "its folder": (place.data, {}),
        "its file": (place.folder / "another", {"WEAKLINK_DATABASE": f"sqlite:///{place.data / DATABASE}"}),
    }
    name, (folder, environment) = ground.dice.choice(list(ways.items()))
    command = [*START, "up", "--data", str(folder), "--port", str(free_port())]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**place.whole_environment, **environment},
    )
    lines = done.stderr.count("\n")
    if done.returncode == 0 or lines != 1:
        return f"by {name}: status {done.returncode}, {lines} lines: {done.stderr[-150:]}"
    return ""


Race = Callable[[Ground, Stronghold], str]
RACES: dict[str, Race] = {
    race.__name__: race for race in (first_visits, settings, calendar, erasing, two_servers)
}
