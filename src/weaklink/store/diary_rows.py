"""The weeks after, as rows: diary entries, the standing they lead to, and its reasons."""

from __future__ import annotations

import functools
import importlib
from typing import Any

import sqlalchemy as sa

from weaklink.care.ports import KeptEntry, KeptReason, KeptStanding
from weaklink.store import tables
from weaklink.store.rows import column, row_of, table_in, time

DIARY = (
    sa.select(tables.diary)
    .where(tables.diary.c.episode_id == sa.bindparam("episode"))
    .order_by(tables.diary.c.at, tables.diary.c.id, tables.diary.c.digest)
)
STANDING = sa.select(tables.standings).where(tables.standings.c.episode_id == sa.bindparam("episode"))
REASONS = (
    sa.select(tables.reasons)
    .where(tables.reasons.c.episode_id == sa.bindparam("episode"))
    .order_by(tables.reasons.c.place)
)


def add_entries(connection: sa.Connection, entries: tuple[KeptEntry, ...]) -> tuple[bool, ...]:
    """Keep entries; for each whether it was new. Called inside one change, so all or none."""
    add = _adding_entry(connection.dialect.name)
    return tuple(connection.execute(add, row_of(entry)).first() is not None for entry in entries)


@functools.cache
def _adding_entry(dialect: str) -> sa.Executable:
    # What is known already stays as it is, on either database; only the one in use is loaded.
    insert = importlib.import_module(f"sqlalchemy.dialects.{dialect}").insert
    adding: sa.Executable = insert(tables.diary).on_conflict_do_nothing().returning(tables.diary.c.id)
    return adding


def replace_standing(connection: sa.Connection, standing: KeptStanding) -> bool:
    """Keep a standing with its reasons in place of the one before, unless that one knew more."""
    kept = connection.execute(STANDING, {"episode": standing.episode_id}).mappings().first()
    if kept is not None and kept["rows"] > standing.rows:
        return False
    for table in (tables.reasons, tables.standings):
        connection.execute(sa.delete(table).where(table.c.episode_id == standing.episode_id))
    row = {
        "episode_id": standing.episode_id,
        "rows": standing.rows,
        "doses": column(standing.doses),
        "updated_at": column(standing.updated_at),
    }
    connection.execute(sa.insert(tables.standings), row)
    if standing.reasons:
        connection.execute(sa.insert(tables.reasons), [row_of(reason) for reason in standing.reasons])
    return True


def entry_from(row: dict[str, Any]) -> KeptEntry:
    """A diary entry from its row."""
    body = table_in(row["body"])
    return KeptEntry(**{**row, "body": body, "at": time(row["at"]), "received_at": time(row["received_at"])})


def reason_from(row: dict[str, Any]) -> KeptReason:
    """A reason from its row."""
    return KeptReason(**{**row, "because": table_in(row["because"])})


def standing_from(row: dict[str, Any], reasons: list[dict[str, Any]]) -> KeptStanding:
    """A standing from its row and those of its reasons."""
    return KeptStanding(
        episode_id=row["episode_id"],
        rows=row["rows"],
        doses=table_in(row["doses"]),
        reasons=tuple(reason_from(reason) for reason in reasons),
        updated_at=time(row["updated_at"]),
    )
