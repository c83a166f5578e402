"""Odd knowledge: whatever stands in a record or a movement, it is read, or refused by file and field."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest

from tests.oddities import odd_toml
from tests.searches import reach
from weaklink.library.checking import check_library
from weaklink.library.movements import movement_problems
from weaklink.library.reading import KINDS, KNOWLEDGE, KnowledgeError, Library, read_record, shipped_library
from weaklink.library.records import MovementRecord, Record

LIBRARY = shipped_library()
FILES = [(kind, path) for kind in KINDS for path in sorted((KNOWLEDGE / kind).glob("*.toml"))]
MOVEMENTS = [one for one in FILES if one[0] == "movements"]


def odd_record(kind: str, path: Path, folder: Path, chance: random.Random) -> Record | None:
    """What was read of a changed file; None where it was refused in words that name it."""
    changed = folder / path.name
    changed.write_bytes(odd_toml(path.read_text(encoding="utf-8"), chance).encode("utf-8", "surrogatepass"))
    says = ""
    try:
        return read_record(changed, KINDS[kind])
    except KnowledgeError as error:
        says = str(error)
    assert path.name in says
    return None


def with_record(kind: str, record: Record) -> Library:
    field = kind.replace("-", "_")
    records = {**LIBRARY.of_kind(kind), record.id: record}
    return msgspec.structs.replace(LIBRARY, **{field: records})


@pytest.mark.search
def test_no_record_ends_in_a_traceback(tmp_path: Path) -> None:
    chance, read = random.Random("knowledge"), 0
    tried = reach(300, 4000)

    for _ in range(tried):
        read += odd_record(*chance.choice(FILES), tmp_path, chance) is not None

    print(f"\nodd records: {tried} tried, {read} read, {tried - read} refused")


@pytest.mark.search
def test_no_movement_ends_in_a_traceback(tmp_path: Path) -> None:
    chance, read, sound = random.Random("movements"), 0, 0
    tried = reach(150, 2000)

    for _ in range(tried):
        record = odd_record(*chance.choice(MOVEMENTS), tmp_path, chance)
        if isinstance(record, MovementRecord):
            read += 1
            sound += not list(movement_problems(record, LIBRARY))

    print(
        f"\nodd movements: {tried} tried, {tried - read} refused, {read - sound} with problems, {sound} sound"
    )


@pytest.mark.search
@pytest.mark.slow
def test_checking_names_what_is_wrong_with_any_record_that_can_be_read(tmp_path: Path) -> None:
    chance, wrong, tried = random.Random("checking"), 0, 0

    while tried < reach(3, 3):
        kind, path = chance.choice(FILES)
        record = odd_record(kind, path, tmp_path, chance)
        if record is not None:
            tried += 1
            wrong += bool(check_library(with_record(kind, record)))

    print(f"\nodd records in a library: {tried} checked, {wrong} with problems")
