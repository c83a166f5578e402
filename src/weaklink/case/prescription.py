"""The physiotherapist's plan as it is written down, read and written again: one table for each move."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, get_args

import msgspec

from weaklink.case.load import BAND_COLOURS, MOST_KG, BandColour, HeldKind, Load
from weaklink.case.prescribed_move import PrescribedMove, Prescription
from weaklink.case.values import (
    CaseError,
    Table,
    TogetherError,
    number_from,
    one_of,
    only_known,
    read_list,
    read_table,
    unknown,
    whole_from,
    wrong,
    yes_or_no,
)
from weaklink.library.reading import Library
from weaklink.library.tissues import tissues_in, tissues_of
from weaklink.quantities import WEEKDAYS, Message, Side

MOST_MOVES = 20
MOST_A_DAY = 12
MOST_NAME = 60
MOST_AGREED = 8
LIMITS = {"sets": (1, 20), "reps": (1, 200), "hold_s": (1, 600), "rest_s": (0, 600)}
SIDES: tuple[Side, ...] = ("both", "right", "left", "none")
HELD_KINDS: tuple[HeldKind, ...] = tuple(kind for part in get_args(HeldKind) for kind in get_args(part))
KEYS = tuple(PrescribedMove.__struct_fields__)
EXAMPLE = '{move = "clamshell", sets = 3, reps = 12, days = ["mon"]}'
AGREED = re.compile(r"[a-z0-9-]{1,120}")
NAMED = re.compile(r"[^\W_]")  # a letter or a digit somewhere: else there is nothing to read


def read_prescription(key: str, value: Any, library: Library) -> Prescription:
    """The moves in their order. Raises: CaseError naming the key."""
    entries = read_list(key, value, f"a list such as [{EXAMPLE}]")
    if len(entries) > MOST_MOVES:
        raise CaseError(f"{key}: {len(entries)} moves; at most {MOST_MOVES} are kept", _too_many(MOST_MOVES))
    moves = tuple(_move(f"{key}[{number}]", entry, library) for number, entry in enumerate(entries))
    for day in WEEKDAYS:
        _check_day(key, day, [move.slot for move in moves if day in move.days])
    return moves


def _too_many(most: int) -> Message:
    return Message("prescribed.too-many", {"most": most})


def _check_day(key: str, day: str, slots: list[str]) -> None:
    if len(slots) > MOST_A_DAY:
        raise TogetherError(
            f"{key}: {len(slots)} moves on {day}; at most {MOST_A_DAY}", _too_many(MOST_A_DAY)
        )
    twice = next((slot for slot in slots if slots.count(slot) > 1), "")
    if twice:
        raise TogetherError(
            f"{key}: {twice} stands twice on {day}", Message("prescribed.twice", {"day": day})
        )


def _move(key: str, entry: Any, library: Library) -> PrescribedMove:
    table = read_table(key, entry, f"a table such as {EXAMPLE}")
    only_known(key, table, list(KEYS))
    read: Table = _which(key, table, library)
    for name, (low, high) in LIMITS.items():
        if name in table:
            read[name] = whole_from(low, high)(f"{key}.{name}", table[name], library)
    if "sets" not in read:
        raise CaseError(f"{key}.sets: missing; expected how many sets", Message("prescribed.sets-wanted"))
    if "reps" not in read and "hold_s" not in read:
        wanted = Message("prescribed.dose-wanted")
        raise CaseError(f"{key}.reps: missing; expected reps, hold_s, or both", wanted)
    if "load" in table:
        read["load"] = _load(f"{key}.load", table["load"], library)
    read["days"] = _days(f"{key}.days", table.get("days"), library)
    read["by"] = _by(f"{key}.by", table.get("by", ""))
    read["agreed"] = _agreed(f"{key}.agreed", table.get("agreed", []))
    return PrescribedMove(**read)


def _which(key: str, table: Table, library: Library) -> Table:
    """Which move it is, what it trains and on which side."""
    if ("move" in table) == ("named" in table):
        raise CaseError(f"{key}.move: expected either move, an exercise, or named, own words")
    side = one_of("side", SIDES)(f"{key}.side", table["side"], library) if "side" in table else ""
    if "move" in table:
        for name in ("areas", "jumps"):
            if name in table:
                raise CaseError(f"{key}.{name}: only a move in own words says this")
        exercise = library.exercises.get(table["move"]) if isinstance(table["move"], str) else None
        if exercise is None:
            raise unknown(f"{key}.move", table["move"], "exercise", list(library.exercises))
        return {"move": exercise.id, "side": side or ("both" if exercise.sided else "none")}
    found: Table = {"named": read_words(f"{key}.named", table["named"]), "side": side or "none"}
    if "areas" not in table:
        raise CaseError(
            f"{key}.areas: missing; expected the areas it trains, [] for none of them",
            Message("prescribed.areas-wanted"),
        )
    entries = read_list(f"{key}.areas", table["areas"], 'a list of areas such as ["glute-med"]')
    read = one_of("area", tuple(library.areas))
    areas = {read(f"{key}.areas[{number}]", one, library) for number, one in enumerate(entries)}
    found["areas"] = tuple(sorted(areas))
    if "jumps" in table:
        found["jumps"] = yes_or_no(f"{key}.jumps", table["jumps"], library)
    return found


def read_words(key: str, value: Any) -> str:
    """The name of a move in own words, with a letter or a digit in it. Raises: CaseError."""
    plain = _in_one_line(value) if isinstance(value, str) else ""
    if not NAMED.search(plain) or len(value) > MOST_NAME:
        wanted = Message("prescribed.name-wanted", {"most": MOST_NAME})
        raise wrong(key, value, f"a name of 1 to {MOST_NAME} characters", wanted)
    return plain


def _by(key: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > MOST_NAME:
        wanted = Message("prescribed.by-wanted", {"most": MOST_NAME})
        raise wrong(key, value, f"a name of at most {MOST_NAME} characters", wanted)
    return _in_one_line(value)


def _in_one_line(text: str) -> str:
    """Words as they can be printed: what cannot is a space."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _agreed(key: str, value: Any) -> tuple[str, ...]:
    entries = read_list(key, value, 'a list of what was asked about, such as ["gate"]')
    known = all(isinstance(one, str) and AGREED.fullmatch(one) for one in entries)
    if len(entries) > MOST_AGREED or not known:
        raise wrong(key, value, f"a list of at most {MOST_AGREED} ids of what was asked about")
    return tuple(sorted(set(entries)))


def _days(key: str, value: Any, library: Library) -> tuple[Any, ...]:
    if not isinstance(value, list) or not value:
        raise wrong(key, value, 'a list of days such as ["mon", "thu"]', Message("routine.days-wanted"))
    read = one_of("day", WEEKDAYS)
    found = {
        read(f"{key}[{number}]", entry, library)
        for number, entry in enumerate(read_list(key, value, "a list of days"))
    }
    return tuple(day for day in WEEKDAYS if day in found)


def _load(key: str, value: Any, library: Library) -> Load:
    table = read_table(key, value, 'a table such as {kind = "dumbbell-each", kg = 8}')
    only_known(key, table, list(Load.__struct_fields__))
    kind: Any = one_of("kind", HELD_KINDS)(f"{key}.kind", table.get("kind"), library)
    if kind == "none" and len(table) > 1:
        raise CaseError(f"{key}.kind: no load has no kilograms and no colour")
    kg = number_from(0.5, MOST_KG)(f"{key}.kg", table["kg"], library) if "kg" in table else None
    if "colour" not in table:
        return Load(kind=kind, kg=kg)
    if kind != "band":
        raise wrong(f"{key}.colour", table["colour"], 'no colour; only a "band" has one')
    colour: BandColour = one_of("colour", BAND_COLOURS)(f"{key}.colour", table["colour"], library)  # type: ignore[assignment]
    return Load(kind=kind, kg=kg, colour=colour)


def prescription_table(moves: Iterable[PrescribedMove]) -> list[Table]:
    """The moves in the shape of a case file."""
    return [_told(move) for move in moves]


def _told(move: PrescribedMove) -> Table:
    said: Table = msgspec.to_builtins(move)
    kept: Table = {key: list(one) if isinstance(one, tuple) else one for key, one in said.items()}
    return {**kept, "side": move.side} | ({} if move.move else {"areas": list(move.areas)})


def tissues_prescribed(moves: Iterable[PrescribedMove], library: Library) -> frozenset[str]:
    """Everything that the physiotherapist's moves work, whether they may be given now or wait."""
    return frozenset().union(*(_tissues(move, library) for move in moves))


def _tissues(move: PrescribedMove, library: Library) -> frozenset[str]:
    exercise = library.exercises.get(move.move)
    return tissues_in(move.areas, library) if exercise is None else tissues_of(exercise, library)
