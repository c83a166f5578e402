"""Damaged files: what a bad disk leaves of a data folder; a start says one line, or heals, and nothing else goes."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx

from tests.home_network import asked_blindly
from tests.siege.ground import Ground
from tests.siege.killing import begin
from tests.siege.lookout import looking_out
from tests.siege.stronghold import Stronghold
from tests.web.visitor import form_token
from weaklink.bootstrap import SystemClock
from weaklink.store.private_files import DATABASE, FORM_TOKEN
from weaklink.web.home.pairing import Pairing

FILES = (
    DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", FORM_TOKEN, "network/authority.crt", "network/authority.key",
    "network/server.crt", "network/server.key", "network/devices.json",
)  # fmt: skip
OURS = (DATABASE, f"{DATABASE}-wal")  # what holds the diary: without them nothing can be promised
PAGES = ("/", "/today", "/diary", "/progress", "/settings", "/devices", "/plan")
PATIENCE_S = 30.0


def emptied(content: bytes, dice: random.Random) -> bytes:
    """Nothing of it."""
    return b""


def cut(content: bytes, dice: random.Random) -> bytes:
    """The beginning of it."""
    return content[: dice.randrange(max(1, len(content)))]


def flipped(content: bytes, dice: random.Random) -> bytes:
    """The same with one to forty bytes changed, half of them near the beginning."""
    found = bytearray(content or b"\0")
    for _ in range(dice.choice((1, 4, 40))):
        most = min(len(found), 4096) if dice.random() < 0.5 else len(found)
        found[dice.randrange(most)] ^= dice.randrange(1, 256)
    return bytes(found)


def zeroed(content: bytes, dice: random.Random) -> bytes:
    """The same with a page of nothing in it, as a power cut leaves some."""
    at = dice.randrange(max(1, len(content))) // 4096 * 4096
    return content[:at] + b"\0" * min(4096, len(content) - at) + content[at + 4096 :]


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (emptied, cut, flipped, zeroed)


def damaged(ground: Ground) -> None:
    """One tried is one start with one file damaged."""
    whole = _whole(ground)
    notes = _notes(whole / "data")
    beside = ground.folder / "beside"
    beside.mkdir()
    with Stronghold(beside) as untouched:
        ground.begin()
        rounds = 0
        with looking_out(untouched.port, untouched.pid) as seen:
            while ground.goes_on(rounds):
                name, way = FILES[rounds % len(FILES)], WAYS[rounds // len(FILES) % len(WAYS)]
                rounds += 1
                _one(ground, whole, name, way, notes)
    ground.tally.seen = seen[0]._replace(memory_mb=0.0)


def _whole(ground: Ground) -> Path:
    """A folder with a diary, keys and a paired device, as a power cut left it: its log is not yet in the database."""
    folder = ground.folder / "whole"
    folder.mkdir()
    with Stronghold(folder, https=True) as place:
        begin(place)
        pairing = Pairing(place.data, SystemClock())
        pairing.pair(pairing.new_code().digits, "A phone")
        place.killed()
    return folder


def _notes(data: Path) -> int:
    """How many entries there are, read from a copy, since reading would tidy up the log."""
    copy = data.parent / "read"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(data, copy)
    with closing(sqlite3.connect(copy / DATABASE)) as database:
        found: int = database.execute("SELECT count(*) FROM diary").fetchone()[0]
    return found


def _one(
    ground: Ground,
    whole: Path,
    name: str,
    way: Callable[[bytes, random.Random], bytes],
    notes: int,
) -> None:
    folder = ground.folder / "damaged"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(whole, folder)
    (folder / "log").unlink(missing_ok=True)
    path = folder / "data" / name
    path.write_bytes(way(path.read_bytes(), ground.dice))
    place = Stronghold(folder, https=True)
    place.launch()
    what = f"{name} {way.__name__}"
    try:
        why = _started(ground, place, what) if _answers(place) else _said_one_line(place)
    finally:
        place.stopped()
    if why or place.faults():
        ground.tally.fall(f"{what}: {why or place.faults()[0]}")
        return
    ground.tally.survive()
    if name not in OURS and _notes(place.data) < notes:
        ground.tally.lose(f"{what}: diary")


def _answers(place: Stronghold) -> bool:
    """Whether it serves, as soon as it does or has ended."""
    end = time.monotonic() + PATIENCE_S
    while place.is_up and time.monotonic() < end:
        try:
            httpx.get(f"{place.address}/static/visit/tokens.css", timeout=2)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return True
    return False


def _said_one_line(place: Stronghold) -> str:
    """What is wrong with how it ended; empty where it said one line and ended."""
    if place.is_up:
        return f"neither served nor ended in {PATIENCE_S:.0f} s"
    said = place.log.read_text(errors="replace")
    if re.fullmatch(r"weaklink: [^\n]+\n", said) is None:
        return f"ended with {len(said.splitlines())} lines: {said[-150:]}"
    return ""


def _started(ground: Ground, place: Stronghold, what: str) -> str:
    """What is wrong with its pages; empty where each is answered, or refused in words."""
    with place.client() as client:
        for path in PAGES:
            answer = client.get(path)
            ground.tally.answer(answer.status_code, f"{path} with {what}")
            if answer.status_code >= 500 and "<h1>" not in answer.text:
                return f"{path} says {answer.status_code} and no words"
        if client.get("/settings").status_code == 200:
            form = {"csrf": form_token(client), "country": "DE", "units": "km", "theme": "", "language": "en"}
            kept = client.post("/settings", data=form).status_code
            ground.tally.answer(kept, f"POST /settings with {what}")
    status = asked_blindly(place.https_port, "/pair")
    return "" if status in (200, 503) else f"the home network says {status}"
