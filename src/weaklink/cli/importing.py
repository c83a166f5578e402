"""Importing: an export into a data folder, checked whole before anything is kept, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from weaklink.quantities import WeaklinkError

if TYPE_CHECKING:
    import sqlalchemy as sa

    from weaklink.bootstrap import Settings
    from weaklink.store.moving_in import Way

MOST_NAMED = 8
UNCHECKED = "It has no checksums (an earlier weaklink made it): damage that leaves it readable does not show."
MADE_WAY = "The settings chosen here before made way."


class SourceError(WeaklinkError):
    """A file that cannot be opened."""


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did, in numbers and in words."""

    rows: int
    checked: bool
    set_aside: tuple[str, ...]
    says: str


def imported(source: Path, settings: Settings, runner: str, way: Way) -> Imported:
    """Read, check and keep; nothing is kept unless all of it can be.

    Raises: MyDataError saying what is wrong with the archive or in the way; SourceError for the file.
    """
    from weaklink.library.reading import edition_of
    from weaklink.store.arrival import arrived
    from weaklink.store.moving_in import move_in, runner_to_move
    from weaklink.store.my_data import read_archive
    from weaklink.store.unpacking import Deadline

    deadline = Deadline()
    try:
        with source.open("rb") as file:
            found = read_archive(file, edition_of(), deadline)
    except OSError as error:
        raise SourceError(f"{source}: {error.strerror or error}") from error
    with arrived(found.data, deadline) as rows:
        who = runner_to_move(rows, runner)
        aside = _set_aside(rows, who)
        with _kept(settings) as house:
            done = move_in(rows, house, who, way)
    words = [f"Imported {done.rows} rows from {source}."]
    words += [MADE_WAY] if done.made_way else []
    words += [] if found.checked else [UNCHECKED]
    words += [_unreadable(aside)] if aside else []
    return Imported(rows=done.rows, checked=found.checked, set_aside=aside, says=" ".join(words))


@contextmanager
def _kept(settings: Settings) -> Iterator[sa.Connection]:
    """The house's own database inside one transaction."""
    from weaklink.store.opening import make_engine, migrate

    engine = make_engine(settings.database)
    try:
        migrate(engine)
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _set_aside(rows: sa.Connection, who: str) -> tuple[str, ...]:
    """What of the archive our knowledge cannot read: keys of answers, and ids of diary entries."""
    import sqlalchemy as sa

    from weaklink.care.entry_reader import unread_entries
    from weaklink.case.readable import readable
    from weaklink.library.reading import shipped_library
    from weaklink.store import tables
    from weaklink.store.diary_rows import entry_from
    from weaklink.store.my_data import belongs
    from weaklink.store.rows import table_in

    library = shipped_library()
    given = rows.execute(sa.select(tables.episodes.c.given).where(belongs(tables.episodes, who))).scalars()
    aside = [key for text in given for key in readable(table_in(text), library).aside]
    diary = rows.execute(sa.select(tables.diary).where(belongs(tables.diary, who))).mappings()
    entries = unread_entries((entry_from(dict(row)) for row in diary), library)
    return (*dict.fromkeys(aside), *(f"diary.{name}" for name in entries))


def _unreadable(aside: tuple[str, ...]) -> str:
    named = ", ".join(name[:60] for name in aside[:MOST_NAMED])
    more = f" and {len(aside) - MOST_NAMED} more" if len(aside) > MOST_NAMED else ""
    return f"Kept, but not readable by this edition, and asked again: {named}{more}."
