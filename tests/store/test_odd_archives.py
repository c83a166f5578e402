"""Odd archives: whatever is in a zip, it is put in whole, or refused in one line; nothing else happens."""

from __future__ import annotations

import io
import json
import random
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.mutation import mutated
from tests.searches import REACH, reach
from tests.web.test_stored_otherwise import stored
from weaklink.store.arrival import arrived
from weaklink.store.moving_in import runner_to_move
from weaklink.store.my_data import DATA, archive, collected, read_archive
from weaklink.store.opening import make_engine, sqlite_url
from weaklink.store.tables import HEAD
from weaklink.store.unpacking import Deadline, MyDataError

EDITION = "2026.11"


def export_of(state: str, folder: Path) -> bytes:
    """The export of somebody in a state."""
    (folder / "weaklink.sqlite").write_bytes(stored(state))
    engine = make_engine(sqlite_url(folder))
    with engine.connect() as connection:
        packed = archive(collected(connection), schema=HEAD, edition=EDITION)
    engine.dispose()
    return packed


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The export of somebody who told everything; in a whole search with a plan and five weeks, too."""
    return export_of("ranked" if REACH == "sample" else "trained", tmp_path_factory.mktemp("whole"))


def members_of(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        return {name: file.read(name) for name in file.namelist()}


def with_odd_data(data: Any, chance: random.Random) -> bytes:
    """An archive without checksums whose data are changed in one to four places."""
    value, _ = mutated(data, chance, chance.randint(1, 4))
    content = json.dumps(value).encode("utf-8", "surrogatepass")
    if chance.random() < 0.2:
        place = chance.randrange(max(1, len(content)))
        content = (
            content[:place] + chance.randbytes(chance.randint(0, 4)) + content[place + chance.randint(0, 9) :]
        )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(DATA, content)
    return packed.getvalue()


def damaged(packed: bytes, chance: random.Random) -> bytes:
    """A zip with bytes changed, lost or doubled, mostly where it says what is in it."""
    found = bytearray(packed)
    for _ in range(chance.randint(1, 6)):
        at = (
            len(found) - chance.randrange(1200) - 1 if chance.random() < 0.6 else chance.randrange(len(found))
        )
        way = chance.randrange(4)
        if way == 0:
            found[at] = chance.randrange(256)
        elif way == 1:
            del found[at : at + chance.randint(1, 40)]
        elif way == 2:
            found[at:at] = found[at : at + chance.randint(1, 40)]
        else:
            found[at : at + 4] = b"\xff\xff\xff\xff"
    return bytes(found)


def outcome(packed: bytes) -> str:
    """Read, checked, and ready to be put in; or refused."""
    says = ""
    try:
        with arrived(read_archive(io.BytesIO(packed), EDITION).data, Deadline()) as rows:
            runner_to_move(rows)
    except MyDataError as error:
        says = str(error)
    assert "\n" not in says, says
    return "refused" if says else "taken"


@pytest.mark.search
def test_no_archive_with_odd_data_ends_in_a_traceback(whole: bytes) -> None:
    chance, found = random.Random("archives"), {"taken": 0, "refused": 0}
    data = json.loads(members_of(whole)[DATA])
    began = time.monotonic()

    for _ in range(reach(40, 400)):
        found[outcome(with_odd_data(data, chance))] += 1

    print(f"\nodd data in archives: {found}, {time.monotonic() - began:.0f} s")
    assert all(found.values())


@pytest.mark.search
def test_no_damaged_zip_ends_in_a_traceback(whole: bytes) -> None:
    chance, found = random.Random("zips"), {"taken": 0, "refused": 0}

    for _ in range(reach(150, 2000)):
        found[outcome(damaged(whole, chance))] += 1

    print(f"\ndamaged zips: {found}")
    assert found["refused"]
