"""The siege's table and verdict: whatever is lost, faulty, out of bounds or did not run is said, and fails."""

from __future__ import annotations

import os
import random
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.server import free_port
from tests.siege import __main__ as siege
from tests.siege import damaging, killing
from tests.siege.ground import Ground
from tests.siege.lookout import looking_out
from tests.siege.parts import NAMES, PARTS, Part, held, nothing_is_missing
from tests.siege.stronghold import Stronghold
from tests.siege.tally import FROM_HOME, FROM_STRANGERS, Row, Seen, Tally, is_held, table, verdict, worst

ROOT = Path(__file__).resolve().parents[2]
CALM = Seen(memory_mb=10, p99_ms=50, asked=100)


def counted(seen: Seen | None = CALM) -> Tally:
    tally = Tally()
    tally.survive(3)
    tally.seen = seen
    return tally


def test_a_part_that_holds_is_held() -> None:
    row = counted().row("flood", 1.0, FROM_STRANGERS)

    assert is_held(row)
    assert verdict([row], ("flood",)) == 0
    assert "| flood | 3 | 3 | 0 | 0 | 0 | 10 | 50 | 1 | held |" in table([row])


def lost(tally: Tally) -> None:
    tally.lose("entry-1")


def faulty(tally: Tally) -> None:
    tally.answer(500, "/today")


def fallen(tally: Tally) -> None:
    tally.fall("it does not start again")


def wrong(tally: Tally) -> None:
    tally.demand(False, "the database is damaged")


def fat(tally: Tally) -> None:
    tally.seen = CALM._replace(memory_mb=51)


def late(tally: Tally) -> None:
    tally.seen = CALM._replace(p99_ms=301)


def faulty_for_the_lookout(tally: Tally) -> None:
    tally.seen = CALM._replace(faults=1)


def silent(tally: Tally) -> None:
    tally.seen = CALM._replace(unanswered=1)


def blind(tally: Tally) -> None:
    tally.seen = Seen()


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lost, "lost: entry-1"), (faulty, "500 /today"), (fallen, "it does not start again"),
        (wrong, "the database is damaged"), (fat, "memory grew by 51 MB"), (late, "took 301 ms"),
        (faulty_for_the_lookout, "answered with 5xx"), (silent, "were not answered"), (blind, "no page was asked"),
    ],
)  # fmt: skip
def test_whatever_harm_was_done_fails_and_is_said(harm: object, says: str) -> None:
    tally = counted()
    harm(tally)  # type: ignore[operator]
    row = tally.row("flood", 1.0, FROM_STRANGERS)

    assert not is_held(row)
    assert verdict([row], ("flood",)) == 1
    assert says in table([row])
    assert "**broken**" in table([row])


def test_a_part_that_tried_nothing_has_shown_nothing() -> None:
    assert not is_held(Tally().row("flood", 1.0, FROM_STRANGERS))


def test_a_store_that_says_it_is_away_or_full_is_counted_apart() -> None:
    tally = counted()
    assert not tally.answer(503)
    assert not tally.answer(507)
    assert tally.answer(422)
    row = tally.row("disk full", 1.0, FROM_HOME)

    assert (row.faults, row.said, is_held(row)) == (0, 2, True)


def test_what_did_not_run_is_said_loudly_and_fails() -> None:
    row = Row("kill -9", 0, 0, 0, 0, 0, None, None, 0.0, missing="PostgreSQL is not installed")

    assert verdict([row], ("kill -9",)) == 1
    assert "DID NOT RUN: PostgreSQL is not installed" in table([row])


def test_a_part_that_was_left_out_fails() -> None:
    row = counted().row("flood", 1.0, FROM_STRANGERS)

    assert verdict([row], ("flood", "slow")) == 1


def test_many_faults_are_cut_short_and_counted() -> None:
    tally = counted()
    for number in range(20):
        tally.fall(f"fault {number}")

    said = table([tally.row("races", 1.0, FROM_HOME)])

    assert said.count("*** races: fault") == 8
    assert "and 12 more" in said


# --- the command -------------------------------------------------------------------------------------------


def part(run: object, missing: object = nothing_is_missing) -> Part:
    return Part("flood", run, missing, 0.1, 1)  # type: ignore[arg-type]


def survives(ground: Ground) -> None:
    ground.tally.survive()


def loses(ground: Ground) -> None:
    ground.tally.survive()
    ground.tally.lose("an entry")


def breaks_off(ground: Ground) -> None:
    ground.tally.survive()
    raise OSError("no more files")


@pytest.mark.parametrize(
    ("found", "status", "says"),
    [
        (part(survives), 0, "held"),
        (part(loses), 1, "lost: an entry"),
        (part(breaks_off), 1, "it broke off: OSError: no more files"),
        (part(survives, lambda: "no PostgreSQL"), 1, "DID NOT RUN: no PostgreSQL"),
    ],
)
def test_the_command_ends_as_its_parts_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], found: Part, status: int, says: str
) -> None:
    monkeypatch.setattr(siege, "PARTS", (found,))
    monkeypatch.setattr(siege, "keep_bytecode", lambda: None)
    monkeypatch.setattr(siege, "one_thread_each", lambda: None)

    assert siege.main(["--part", "flood"]) == status
    assert says in capsys.readouterr().out


def test_every_part_is_in_it() -> None:
    assert NAMES == (
        "flood", "slow", "fuzz", "kill -9", "disk full", "clock jumps", "PostgreSQL restarts", "damaged files", "races",
    )  # fmt: skip
    assert sum(one.share for one in PARTS) == pytest.approx(1.0)
    assert {one.name for one in PARTS if one.bounds == FROM_STRANGERS} == {"flood", "slow"}
    assert (FROM_STRANGERS.memory_mb, FROM_STRANGERS.p99_ms) == (50, 300)
    assert next(one.at_least for one in PARTS if one.name == "kill -9") >= 100
    assert killing.EACH_ROUND >= 100


def test_it_never_tries_less_than_it_must() -> None:
    row = held(part(lambda ground: [ground.tally.survive() for n in range(9) if ground.goes_on(n)]), 0.0, 5)

    assert row.tried == 5


def test_it_is_a_command_of_its_own() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipes = dict(re.findall(r"^([\w-]+):[^\n]*\n\t([^\n]+)", makefile, re.M))

    assert recipes["siege"].endswith("-m tests.siege")
    assert [name for name, recipe in recipes.items() if "siege" in recipe] == ["siege"]
    assert "siege" not in (ROOT / "tests" / "run.py").read_text(encoding="utf-8")


def test_several_looks_are_as_bad_as_the_worst() -> None:
    one, other = Seen(10, 300, 5, 1, 0, 2), Seen(20, 100, 7, 0, 3, 1)

    assert worst([one, other]) == Seen(20, 300, 12, 1, 3, 3)
    assert worst([one]) == one


# --- what looks for harm finds it --------------------------------------------------------------------------


def test_an_acknowledged_entry_that_is_not_there_is_lost() -> None:
    tally = Tally()
    device = killing.Device(1, "an-episode", random.Random(1), tally)
    device.acknowledged = {"a": "1", "b": "2", "c": "3"}

    killing.look_for([device], {("a", "1"), ("b", "another version")}, tally)

    assert tally.lost == ["b", "c"]


@pytest.mark.parametrize(
    ("said", "fine"),
    [
        ("weaklink: the database is damaged; restore a backup\n", True),
        ("Traceback (most recent call last):\n  File x\nValueError\n", False),
        ("weaklink: damaged\nand more\n", False),
        ("", False),
    ],
)
def test_a_start_that_says_more_than_one_line_or_nothing_is_wrong(
    tmp_path: Path, said: str, fine: bool
) -> None:
    place = Stronghold(tmp_path)
    place.log.write_text(said)

    assert (damaging._said_one_line(place) == "") == fine


class Failing(BaseHTTPRequestHandler):
    """A server that answers as it is told."""

    status = 500

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, format: str, *words: object) -> None:
        pass


@pytest.mark.parametrize(("status", "faults", "said"), [(500, True, False), (503, False, True), (200, False, False)])  # fmt: skip
def test_the_lookout_sees_what_is_answered(status: int, faults: bool, said: bool) -> None:
    with HTTPServer(("127.0.0.1", 0), type("Told", (Failing,), {"status": status})) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with looking_out(server.server_port, os.getpid()) as seen:
            time.sleep(0.3)
        server.shutdown()

    assert seen[0].asked > 0
    assert (seen[0].faults > 0, seen[0].said > 0, seen[0].unanswered) == (faults, said, 0)


def test_the_lookout_hears_silence_only_where_somebody_should_answer() -> None:
    port = free_port()
    for pid, silent in ((os.getpid(), True), (0, False)):
        with looking_out(port, pid) as seen:
            time.sleep(0.3)
        assert (seen[0].unanswered > 0) == silent
