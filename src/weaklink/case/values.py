"""Values of a case: a number, an id, a text, a list, a table; each is read, or refused in one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from weaklink.case.results import whole_number
from weaklink.case.shown_value import shown
from weaklink.library.reading import Library, nearest
from weaklink.quantities import Message, WeaklinkError

# What was said so far, in the shape of a case file's [given]. Any, because it comes from TOML, from JSON and
# from what an older edition kept: `read_given` types it, or refuses it by its key.
Table = dict[str, Any]
MAX_STORY = 10_000
MAX_LIST = 64
LONGEST_PART = 60


class CaseError(WeaklinkError):
    """A case that cannot be read: key, value found, and what would be right, in one line.

    `wanted` says what would be right to somebody at a form, in any language; None where one only chooses.
    """

    def __init__(self, says: str, wanted: Message | None = None) -> None:
        super().__init__(says)
        self.wanted = wanted


class TogetherError(CaseError):
    """Each part can be read, but they do not go together."""


# What is said about a value that cannot be read.


def part_of(key: str, part: str) -> str:
    """The name of an entry inside a table; quoted when it is not a plain id."""
    plain = len(part) <= LONGEST_PART and part.isascii() and part.replace("-", "").replace("_", "").isalnum()
    return f"{key}.{part}" if plain else f"{key}[{shown(part)}]"


def wrong(key: str, found: object, expected: str, wanted: Message | None = None) -> CaseError:
    """The error for one key."""
    return CaseError(f"{key}: found {shown(found)}; expected {expected}", wanted)


def unknown(key: str, found: object, kind: str, known: list[str]) -> CaseError:
    """The error for an id nobody knows, with the nearest known ones."""
    return CaseError(
        f"{key}: unknown {kind} {shown(found)}; nearest known {kind} ids: {nearest(found, known)}"
    )


def in_range(low: float, high: float, *, whole: bool) -> Message:
    """The number somebody at a form is asked for."""
    return Message("form.whole-number" if whole else "form.number", {"low": low, "high": high})


# Readers of one value. Those of a kind are made once, and all take key, value and library.


def read_text(key: str, value: object) -> str:
    """A text that is not too long. Raises: CaseError."""
    if not isinstance(value, str):
        raise wrong(key, value, "text in quotes")
    if len(value) > MAX_STORY:
        raise CaseError(f"{key}: {len(value)} characters; at most {MAX_STORY} are kept")
    return value


def yes_or_no(key: str, value: object, _library: Library) -> bool:
    """True or false. Raises: CaseError."""
    if not isinstance(value, bool):
        raise wrong(key, value, "true or false")
    return value


def read_list(key: str, value: Any, expected: str) -> list[Any]:
    """A list that is not too long; `expected` is what the error asks for. Raises: CaseError."""
    if not isinstance(value, list) or len(value) > MAX_LIST:
        raise wrong(key, value, expected)
    return value


def read_table(key: str, value: Any, expected: str) -> dict[str, Any]:
    """A table; `expected` is what the error asks for. Raises: CaseError."""
    if not isinstance(value, dict):
        raise wrong(key, value, expected)
    return value


def only_known(where: str, table: Mapping[str, Any], known: list[str]) -> None:
    """Refuses a table with a key nobody reads. Raises: CaseError with the nearest known keys."""
    for key in table:
        if key not in known:
            raise CaseError(f"{where}: unknown key {shown(key)}; nearest known keys: {nearest(key, known)}")


def whole_from(low: int, high: int) -> Callable[[str, Any, Library], int]:
    """Reads whole numbers from low to high, both included."""

    def read(key: str, value: Any, _library: Library) -> int:
        number = whole_number(value)
        if number is None or not low <= number <= high:
            expected = f"a whole number from {low} to {high}"
            raise wrong(key, value, expected, in_range(low, high, whole=True))
        return number

    return read


def number_from(low: float, high: float) -> Callable[[str, Any, Library], float]:
    """Reads numbers from low to high, both included."""

    def read(key: str, value: Any, _library: Library) -> float:
        if type(value) not in (int, float) or not low <= value <= high:
            expected = f"a number from {low:g} to {high:g}"
            raise wrong(key, value, expected, in_range(low, high, whole=False))
        return float(value)

    return read


def one_of(kind: str, known: tuple[str, ...]) -> Callable[[str, Any, Library], str]:
    """Reads one of the known ids."""

    def read(key: str, value: Any, _library: Library) -> str:
        if not isinstance(value, str) or value not in known:
            raise unknown(key, value, kind, list(known))
        return value

    return read
