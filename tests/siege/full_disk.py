"""A disk that fills up and is emptied again, over and over, under a running server."""

from __future__ import annotations

import resource
import sqlite3
from contextlib import closing

from tests.siege.ground import Ground
from tests.siege.lookout import looking_out
from tests.siege.stronghold import Stronghold
from tests.store.test_disk_full import largest_file
from tests.web.visitor import Visitor
from weaklink.store.private_files import DATABASE

# A log that was written back is filled anew from its beginning before it grows: 4 MB in pieces of 1.5 kB and more.
MOST_WRITES = 2500
STILL_FULL = 5  # writes after the first that was refused


def disk_full(ground: Ground) -> None:
    """One tried is one time that the disk was full: refused in words, read all the same, kept again after."""
    with Stronghold(ground.folder) as place:
        visitor, kept, rounds = place.visitor(), set[str](), 0
        with looking_out(place.port, place.pid) as seen:
            while ground.goes_on(rounds):
                rounds += 1
                _once(ground, place, visitor, kept, rounds)
        ground.tally.seen = seen[0]
        visitor.client.close()
    with closing(sqlite3.connect(place.data / DATABASE)) as database:
        there = {row[0] for row in database.execute("SELECT text FROM remarks")}
        ground.tally.demand(database.execute("PRAGMA integrity_check").fetchone() == ("ok",), "damaged")
    for text in kept - there:
        ground.tally.lose(text[:20])
    ground.tally.demand(there <= kept, "something is there that was refused")
    ground.tally.demand(not place.faults(), f"the log says: {place.faults()[:1]}")


def _once(ground: Ground, place: Stronghold, visitor: Visitor, kept: set[str], number: int) -> None:
    def remark(word: str) -> int:
        text = f"{number} {word} " + "x" * 1500
        answer = visitor.post("/remarks", about="exercise", id="clamshell", agrees="yes", text=text)
        ground.tally.answer(answer.status_code, "POST /remarks")
        if answer.status_code == 303:
            kept.add(text)
        return answer.status_code

    before = remark("before")
    log = (place.data / f"{DATABASE}-wal").stat().st_size
    largest_file(place.pid, log + ground.dice.randint(0, 30_000))
    statuses = list[int]()
    while statuses.count(507) < STILL_FULL and len(statuses) < MOST_WRITES:
        statuses.append(remark(f"full {len(statuses)}"))
    full = 507 in statuses
    reads = {visitor.get(path).status_code for path in ("/exercises/clamshell", "/about", "/settings")}
    largest_file(place.pid, resource.RLIM_INFINITY)
    after = remark("after")
    if (before, after, full, reads) == (303, 303, True, {200}):
        ground.tally.survive()
    else:
        ground.tally.fall(f"disk full {number}: {before}, {after}, refused: {full}, reads: {reads}")
