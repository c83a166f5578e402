"""A move of the runner's physiotherapist: its dose and its days, exactly as they were given."""

from __future__ import annotations

import hashlib
import unicodedata

import msgspec

from weaklink.case.load import Load
from weaklink.quantities import Side, Weekday

PREFIX = "physio-"  # of every slot that holds such a move
LONGEST_SLUG = 56
DIGEST = 6


class PrescribedMove(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One move. `move` is the id of an exercise we know, empty for one in the runner's own words.

    A move in own words says what it trains: no area means none of ours. `jumps`: it hops, jumps or runs;
    None is not said. `agreed` holds what we asked about and the physiotherapist knows of and still wants.
    """

    move: str = ""
    named: str = ""
    areas: tuple[str, ...] = ()
    jumps: bool | None = None
    side: Side = "none"  # both: one after the other; none: both together
    sets: int
    reps: int | None = None
    hold_s: int | None = None
    rest_s: int | None = None
    load: Load | None = None
    days: tuple[Weekday, ...]
    by: str = ""
    agreed: tuple[str, ...] = ()

    @property
    def slot(self) -> str:
        """The place it fills in a session and in the diary."""
        return PREFIX + (self.move or slug(self.named))

    @property
    def exercise(self) -> str:
        """What the diary calls it: the exercise, or for own words the slot."""
        return self.move or self.slot


Prescription = tuple[PrescribedMove, ...]


def is_prescribed(slot: str) -> bool:
    """Whether a slot holds a move of the physiotherapist."""
    return slot.startswith(PREFIX)


def slug(words: str) -> str:
    """Words as an id; where letters are lost by it, a digest of the words stands at its end."""
    plain = (one for one in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(one))
    letters = "".join(one if one.isascii() and one.isalnum() else " " for one in plain)
    short = "-".join(letters.split())[:LONGEST_SLUG].strip("-")
    same = short.replace("-", "") == "".join(one for one in words.casefold() if one.isalnum())
    if same:
        return short
    digest = hashlib.sha256(words.casefold().encode()).hexdigest()[:DIGEST]
    return "-".join(part for part in (short, digest) if part)


def name_of(slot: str, moves: Prescription) -> str:
    """The runner's own words for a move of theirs; about these where it is not prescribed any more."""
    return next((move.named for move in moves if move.named and move.slot == slot), words_of(slot))


def words_of(slot: str) -> str:
    """About the words of a slot whose move is not prescribed any more."""
    return slot.removeprefix(PREFIX).replace("-", " ").capitalize()
