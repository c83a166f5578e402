"""Owned: the weights somebody has and what they lift, as a case file says them, read and written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from weaklink.case.lifting import LEGS_LIFTED, Lifting
from weaklink.case.load import BAND_COLOURS, MARKED_IN, MOST_KG, OWNED_KINDS, BandColour, Owned
from weaklink.case.values import Table, number_from, one_of, only_known, read_list, read_table, wrong
from weaklink.library.reading import Library


def read_owns(key: str, value: Any, library: Library) -> tuple[Owned, ...]:
    """The weights somebody has. Raises: CaseError naming the key."""
    entries = read_list(key, value, 'a list such as [{kind = "dumbbell-pair", kg = [4, 8]}]')
    return tuple(sorted(_owned(f"{key}[{number}]", entry, library) for number, entry in enumerate(entries)))


def _owned(key: str, entry: Any, library: Library) -> Owned:
    table = read_table(key, entry, 'a table such as {kind = "kettlebell", kg = 8}')
    only_known(key, table, ["kind", "kg", "colours", "marked_in"])
    kind = one_of("kind", OWNED_KINDS)(f"{key}.kind", table.get("kind"), library)
    marked_in = one_of("unit", MARKED_IN)(f"{key}.marked_in", table.get("marked_in", "kg"), library)
    said = table.get("kg", [])
    weights = read_list(
        f"{key}.kg", said if isinstance(said, list) else [said], "kilograms, or a list of them"
    )
    read = number_from(0.5, MOST_KG)
    kg = sorted({read(f"{key}.kg", one, library) for one in weights})
    colours = _colours(f"{key}.colours", table.get("colours", []), kind, library)
    return Owned(kind=kind, kg=tuple(kg), colours=colours, marked_in=marked_in)  # type: ignore[arg-type]


def _colours(key: str, value: Any, kind: str, library: Library) -> tuple[BandColour, ...]:
    """The colours of bands, lightest first; nothing else has any."""
    entries = read_list(key, value, 'a list of colours such as ["red", "green"]')
    if entries and kind != "band":
        raise wrong(key, value, 'no colours; only a "band" has them')
    read = one_of("colour", BAND_COLOURS)
    said = {read(key, one, library) for one in entries}
    return tuple(colour for colour in BAND_COLOURS if colour in said)


def read_lifts(key: str, value: Any, library: Library) -> Lifting:
    """What somebody says they lift. Raises: CaseError naming the key."""
    table = read_table(key, value, 'a table such as {legs = "weekly", squat_kg = 60}')
    only_known(key, table, list(Lifting.__struct_fields__))
    read = {"legs": one_of("answer", LEGS_LIFTED)}
    kg = number_from(1, MOST_KG)
    found = {name: read.get(name, kg)(f"{key}.{name}", said, library) for name, said in table.items()}
    return Lifting(**found)  # type: ignore[arg-type]  # each read as its kind


def owns_table(owns: Iterable[Owned]) -> list[Table]:
    """The weights in the shape of a case file; what is as usual is left out."""
    return [_plain(one) for one in sorted(owns)]


def lifts_table(lifting: Lifting) -> Table:
    """What is lifted in the shape of a case file; what was not said is left out."""
    return _plain(lifting)


def _plain(found: Owned | Lifting) -> Table:
    table: Table = msgspec.to_builtins(found)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in table.items()}
