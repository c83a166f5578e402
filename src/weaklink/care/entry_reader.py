"""Entry reader: whatever comes in as a diary entry, judged alone: what it says, or why it cannot be kept.

Bounds hold for what comes in. What is kept already is read by `read_entry`, and stays as it is.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from weaklink.care.as_told import answerable
from weaklink.care.finish import read_tests
from weaklink.care.ports import EpisodeId, KeptEntry
from weaklink.case.case_file import CaseError
from weaklink.case.diary import (
    AnyEntry,
    Away,
    DiaryError,
    Morning,
    Rescreened,
    RunDone,
    Scored,
    Tested,
    Unkept,
    Walked,
    read_entry,
)
from weaklink.case.plain_values import plain_text, plain_value
from weaklink.library.reading import Library
from weaklink.training.course.scores import total_problem

FIRST_DAY = datetime.date(2000, 1, 1)
AHEAD = datetime.timedelta(days=2)  # tomorrow, and a day more for clocks that differ
LONGEST_AWAY = datetime.timedelta(days=366)
LONGEST_WHY = 300
UNKNOWN = ": unknown "  # how an error says of a name that nobody here knows it


class ReadEntry(msgspec.Struct, frozen=True):
    """An entry that may be kept, its place among those sent, and the episode it names; "" names none."""

    index: int
    entry: AnyEntry
    episode: EpisodeId = ""


class RefusedEntry(msgspec.Struct, frozen=True):
    """Why something cannot be kept: its id ("" where there is none), its place, a sentence and its kind."""

    id: str
    index: int
    why: str
    reason: Unkept


class ReadBatch(msgspec.Struct, frozen=True):
    """What came in at once: what may be kept, and what may not, each in the order it was sent."""

    entries: tuple[ReadEntry, ...]
    refused: tuple[RefusedEntry, ...]


class EntryReader(msgspec.Struct, frozen=True):
    """Reads what comes in. `now` bounds times; None while the house's own clock is plainly wrong."""

    library: Library
    now: datetime.datetime | None

    def read(self, found: Sequence[Any]) -> ReadBatch:
        """Each of these values judged alone; never an exception, whatever they are."""
        entries: list[ReadEntry] = []
        refused: list[RefusedEntry] = []
        for index, one in enumerate(found):
            try:
                entries.append(self._read(one, index))
            except DiaryError as error:
                refused.append(refusal(one, index, error))
        return ReadBatch(tuple(entries), tuple(refused))

    def _read(self, found: Any, index: int) -> ReadEntry:
        where = f"entries[{index}]"
        said = plain_value(found, where)
        episode = ""
        if isinstance(said, dict):
            if said.get("id") != found.get("id"):
                raise DiaryError(f"{where}.id: expected 8 to 64 letters, digits or hyphens")
            # Where it is filed is no part of what it says: two versions differ by what they say alone.
            episode = said.pop("episode", "")
        if not isinstance(episode, str):
            raise DiaryError(f"{where}.episode: expected the id of an episode", "episode")
        entry = read_entry(said, where)
        _check_names(entry, where, self.library)
        self._check_times(entry, where)
        return ReadEntry(index, entry, episode)

    def _check_times(self, entry: AnyEntry, where: str) -> None:
        """An answer to a safety question is never refused for its time: it counts when it came in."""
        if not isinstance(entry, Rescreened):
            self._check_day(entry, entry.day, f"{where}.at")
        if isinstance(entry, Morning | RunDone | Walked | Scored):
            self._check_day(entry, entry.date, f"{where}.date")
        if isinstance(entry, Away) and entry.until is not None:
            last = entry.day + LONGEST_AWAY
            if not entry.day <= entry.until <= last:
                raise DiaryError(f"{where}.until: {entry.until} is not from {entry.day} to {last}", "time")

    def _check_day(self, entry: AnyEntry, day: datetime.date, where: str) -> None:
        last = datetime.date.max
        if self.now is not None:
            # The runner's own today, where they were when they wrote.
            last = self.now.astimezone(entry.at.tzinfo).date() + AHEAD
        if not FIRST_DAY <= day <= last:
            raise DiaryError(f"{where}: {day} is not from {FIRST_DAY} to {last}", "time")


def read_entries(found: Sequence[Any], reader: EntryReader) -> tuple[AnyEntry, ...]:
    """Entries that belong together: all of them.

    Raises: DiaryError naming the first that cannot be kept, and its key.
    """
    batch = reader.read(found)
    for one in batch.refused:
        raise DiaryError(one.why, one.reason)
    return tuple(one.entry for one in batch.entries)


def refusal(found: Any, index: int, error: DiaryError) -> RefusedEntry:
    """Why one of the values sent cannot be kept. Nothing in it is long, or half a character."""
    said = found.get("id") if isinstance(found, dict) else None
    known = plain_text(said) if isinstance(said, str) else ""
    return RefusedEntry(known if known == said else "", index, str(error)[:LONGEST_WHY], error.reason)


def unread_entries(kept: Iterable[KeptEntry], library: Library) -> tuple[str, ...]:
    """The ids of entries that cannot be read, or name what this knowledge does not hold."""
    return tuple(dict.fromkeys(one.id for one in kept if not _is_known(one, library)))


def _is_known(kept: KeptEntry, library: Library) -> bool:
    try:
        _check_names(read_entry(kept.body), "entry", library)
    except DiaryError:
        return False
    return True


def _check_names(entry: AnyEntry, where: str, library: Library) -> None:
    if isinstance(entry, Rescreened):
        known = answerable(library)
        for question in entry.answers:
            if question not in known:
                raise DiaryError(f"{where}.answers: unknown safety question {question!r}", "unknown")
        for site, _ in entry.new_places:
            if site not in library.regions:
                raise DiaryError(f"{where}.new_places: unknown site {site!r}", "unknown")
    elif isinstance(entry, Tested):
        try:
            read_tests(entry.tests, library)
        except CaseError as error:
            reason: Unkept = "unknown" if UNKNOWN in str(error) else "unreadable"
            raise DiaryError(f"{where}.{error}", reason) from error
    elif isinstance(entry, Scored):
        problem = total_problem(entry, library)
        if problem:
            raise DiaryError(f"{where}.{problem}", "unknown" if UNKNOWN in problem else "number")
