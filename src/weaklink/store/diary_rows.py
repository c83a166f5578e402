"""The weeks after, as rows: diary entries, the days and folds put together from them, and the standing."""

from __future__ import annotations

import datetime
import functools
import importlib
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from weaklink.care.ports import (
    Episode,
    KeptDay,
    KeptEntry,
    KeptFold,
    KeptReason,
    KeptStanding,
    KeptTold,
)
from weaklink.store import tables
from weaklink.store.rows import column, row_of, table_in, time

OF_EPISODE = tables.diary.c.episode_id == sa.bindparam("episode")
DIARY = sa.select(tables.diary).where(OF_EPISODE).order_by(
    tables.diary.c.at, tables.diary.c.id, tables.diary.c.digest
)  # fmt: skip
UP_TO = tables.diary.c.day <= sa.bindparam("until")
FIRST_OF_NEWEST = (
    sa.select(tables.diary.c.day)
    .where(OF_EPISODE, UP_TO)
    .order_by(tables.diary.c.day.desc())
    .limit(1)
    .offset(sa.bindparam("before", type_=sa.Integer))
    .scalar_subquery()
)
NEWEST = DIARY.where(UP_TO, tables.diary.c.day >= sa.func.coalesce(FIRST_OF_NEWEST, ""))
VERSIONS = DIARY.where(tables.diary.c.id == sa.bindparam("entry"))
UNFILED = sa.select(tables.diary).where(OF_EPISODE, tables.diary.c.day.is_(None))
DAYS = (
    sa.select(tables.diary_days)
    .where(
        tables.diary_days.c.episode_id == sa.bindparam("episode"),
        tables.diary_days.c.day >= sa.bindparam("since"),
        tables.diary_days.c.day < sa.bindparam("until"),
    )
    .order_by(tables.diary_days.c.day)
)
FOLDS = (
    sa.select(tables.folds)
    .where(tables.folds.c.episode_id == sa.bindparam("episode"))
    .order_by(tables.folds.c.day.desc())
)
FOLD_DAYS = FOLDS.with_only_columns(tables.folds.c.day)
NEWEST_FOLD = (
    sa.select(sa.func.coalesce(sa.func.max(tables.folds.c.day), ""))
    .where(tables.folds.c.episode_id == sa.bindparam("episode"))
    .scalar_subquery()
)
# One statement, so that a write in between cannot part a fold from its days.
TOLD = sa.union_all(
    sa.select(sa.literal(0).label("part"), tables.folds.c.day, tables.folds.c.key, tables.folds.c.fold)
    .where(tables.folds.c.episode_id == sa.bindparam("episode"), tables.folds.c.day == NEWEST_FOLD),
    sa.select(sa.literal(1), tables.diary_days.c.day, sa.literal(""), tables.diary_days.c.told)
    .where(tables.diary_days.c.episode_id == sa.bindparam("episode"), tables.diary_days.c.day >= NEWEST_FOLD),
    sa.select(sa.literal(2), sa.literal(""), sa.literal(""), sa.literal(""))
    .where(sa.exists(UNFILED.with_only_columns(sa.literal(1)))),
).order_by("part", "day")  # fmt: skip
FILED = (
    sa.select(tables.diary.c.id, tables.diary.c.digest, tables.diary.c.episode_id)
    .join(tables.episodes, tables.episodes.c.id == tables.diary.c.episode_id)
    .where(tables.episodes.c.runner_id == sa.bindparam("runner"))
    .where(tables.diary.c.id.in_(sa.bindparam("entries", expanding=True)))
)
STANDING = sa.select(tables.standings).where(tables.standings.c.episode_id == sa.bindparam("episode"))
REASONS = (
    sa.select(tables.reasons)
    .where(tables.reasons.c.episode_id == sa.bindparam("episode"))
    .order_by(tables.reasons.c.place)
)
SOME_REASONS = REASONS.where(
    tables.reasons.c.date >= sa.bindparam("since"), tables.reasons.c.place < sa.bindparam("before")
)
FILE = (
    sa.update(tables.diary)
    .where(
        tables.diary.c.episode_id == sa.bindparam("of_episode"),
        tables.diary.c.id == sa.bindparam("of_id"),
        tables.diary.c.digest == sa.bindparam("of_digest"),
    )
    .values(day=sa.bindparam("filed"), about=sa.bindparam("binds"))
)
FIRST, NEVER = "", "~"  # before and after every date as text
Read = Callable[..., Sequence[dict[str, Any]]]


class DiaryShelf:
    """One diary inside one change. Everything done here is kept together, or not at all."""

    def __init__(
        self,
        connection: sa.Connection,
        episode_id: str,
        change: Callable[[Callable[[Episode], Episode]], Episode],
    ) -> None:
        self._connection = connection
        self._episode = episode_id
        self._change = change

    def add(self, entries: Sequence[KeptEntry]) -> tuple[bool, ...]:
        """Whether each of these entries was new; one known already changes nothing."""
        add = _adding_entry(self._connection.dialect.name)
        return tuple(self._connection.execute(add, row_of(entry)).first() is not None for entry in entries)

    def bound(
        self, ids: Collection[str], sessions: Collection[str], about: Collection[str]
    ) -> Sequence[KeptEntry]:
        """Every entry with one of these ids, of one of these sessions, or about one of these things."""
        diary = tables.diary.c
        named = [
            column.in_(names)
            for column, names in ((diary.id, ids), (diary.session, sessions), (diary.about, about))
            if names
        ]
        # Each has its index. That of the episode would be taken instead, for all of a long diary: so not it.
        here = diary.episode_id.concat("") == sa.bindparam("episode")
        return self._entries(sa.select(tables.diary).where(here, sa.or_(*named))) if named else ()

    def unfiled(self) -> Sequence[KeptEntry]:
        """The entries of no day yet."""
        return self._entries(UNFILED)

    def of_days(self, days: Collection[datetime.date]) -> Sequence[KeptEntry]:
        """The entries filed under some days."""
        named = tables.diary.c.day.in_([day.isoformat() for day in days])
        return self._entries(sa.select(tables.diary).where(OF_EPISODE, named))

    def file(self, entries: Sequence[KeptEntry]) -> None:
        """File entries that are kept under the days they say."""
        rows = [
            {
                "of_episode": self._episode, "of_id": entry.id, "of_digest": entry.digest,
                "filed": column(entry.day), "binds": entry.about,
            }
            for entry in entries
        ]  # fmt: skip
        if rows:
            self._connection.execute(FILE, rows)

    def put_days(self, days: Sequence[KeptDay]) -> None:
        """Keep days that were put together anew, in place of what they said before."""
        table = tables.diary_days
        named = table.c.day.in_([day.day.isoformat() for day in days])
        self._connection.execute(sa.delete(table).where(table.c.episode_id == self._episode, named))
        rows = [
            {"episode_id": self._episode, "day": day.day.isoformat(), "told": day.told.decode()}
            for day in days
            if day.told is not None
        ]
        if rows:
            self._connection.execute(sa.insert(table), rows)

    def drop_folds(self, after: datetime.date) -> None:
        """Let go of the folds that hold more than the days up to one."""
        table = tables.folds
        later = table.c.day > after.isoformat()
        self._connection.execute(sa.delete(table).where(table.c.episode_id == self._episode, later))

    def told(self) -> KeptTold:
        """The diary as it is kept put together."""
        return told_from(self._rows, self._episode)

    def days(self, since: datetime.date | None, until: datetime.date | None) -> tuple[KeptDay, ...]:
        """The days from one on and before another, oldest first."""
        return days_from(self._rows, self._episode, since, until)

    def put_fold(self, fold: KeptFold) -> None:
        """Keep a fold; of many the newest, and some older ones ever further apart."""
        table = tables.folds
        there = [row["day"] for row in self._rows(FOLD_DAYS)]
        gone = [fold.day.isoformat(), *_too_near([fold.day.isoformat(), *there])]
        named = table.c.day.in_(gone)
        self._connection.execute(sa.delete(table).where(table.c.episode_id == self._episode, named))
        row = {"day": fold.day.isoformat(), "key": fold.key, "fold": fold.fold.decode()}
        self._connection.execute(sa.insert(table), {"episode_id": self._episode, **row})

    def put_standing(self, standing: KeptStanding, before: int) -> None:
        """Keep where a runner stands; its reasons follow on so many that were kept before."""
        reasons, standings = tables.reasons, tables.standings
        later = reasons.c.place >= before
        self._connection.execute(sa.delete(reasons).where(reasons.c.episode_id == self._episode, later))
        if standing.reasons:
            self._connection.execute(sa.insert(reasons), [row_of(reason) for reason in standing.reasons])
        row = {"doses": column(standing.doses), "updated_at": column(standing.updated_at)}
        mine = standings.c.episode_id == self._episode
        if not self._connection.execute(sa.update(standings).where(mine).values(**row)).rowcount:
            self._connection.execute(sa.insert(standings), {"episode_id": self._episode, **row})

    def change_episode(self, change: Callable[[Episode], Episode]) -> Episode:
        """The episode after a change of the newest state."""
        return self._change(change)

    def _entries(self, statement: sa.Select[Any]) -> Sequence[KeptEntry]:
        return [entry_from(row) for row in self._rows(statement)]

    def _rows(self, statement: sa.Select[Any], **values: str) -> Sequence[dict[str, Any]]:
        found = self._connection.execute(statement, {"episode": self._episode, **values}).mappings()
        return [dict(row) for row in found]


@functools.cache
def _adding_entry(dialect: str) -> sa.Executable:
    # What is known already stays as it is, on either database; only the one in use is loaded.
    insert = importlib.import_module(f"sqlalchemy.dialects.{dialect}").insert
    adding: sa.Executable = insert(tables.diary).on_conflict_do_nothing().returning(tables.diary.c.id)
    return adding


def _too_near(days: Sequence[str]) -> list[str]:
    """The folds that are not needed: of those about as old as each other only the newest is kept."""
    newest = max(datetime.date.fromisoformat(day) for day in days)
    kept: set[int] = set()
    found = []
    for day in sorted(set(days), reverse=True):
        age = (newest - datetime.date.fromisoformat(day)).days
        if age.bit_length() in kept:
            found.append(day)
        kept.add(age.bit_length())
    return found


def told_from(rows: Read, episode_id: str) -> KeptTold:
    """A diary as it is kept put together, by a read of rows."""
    parts: tuple[list[dict[str, Any]], ...] = ([], [], [])
    for row in rows(TOLD, episode=episode_id):
        parts[row["part"]].append(row)
    folds, days, unfiled = parts
    return KeptTold(
        fold=next((fold_from(row) for row in folds), None),
        days=tuple(_day(row["day"], row["fold"]) for row in days),
        whole=not unfiled,
    )


def _day(day: str, told: str) -> KeptDay:
    return KeptDay(day=datetime.date.fromisoformat(day), told=told.encode())


def days_from(
    rows: Read, episode_id: str, since: datetime.date | None, until: datetime.date | None
) -> tuple[KeptDay, ...]:
    """The days of a diary from one on and before another, by reads of rows."""
    first = since.isoformat() if since is not None else FIRST
    last = until.isoformat() if until is not None else NEVER
    found = rows(DAYS, episode=episode_id, since=first, until=last)
    return tuple(_day(row["day"], row["told"]) for row in found)


def fold_from(row: dict[str, Any]) -> KeptFold:
    """A fold from its row."""
    day = datetime.date.fromisoformat(row["day"])
    return KeptFold(day=day, key=row["key"], fold=row["fold"].encode())


def entry_from(row: dict[str, Any]) -> KeptEntry:
    """A diary entry from its row."""
    day = datetime.date.fromisoformat(row["day"]) if row["day"] else None
    times = {name: time(row[name]) for name in ("at", "received_at")}
    return KeptEntry(**{**row, **times, "body": table_in(row["body"]), "day": day})


def reason_from(row: dict[str, Any]) -> KeptReason:
    """A reason from its row."""
    return KeptReason(**{**row, "because": table_in(row["because"])})


def standing_from(row: dict[str, Any], reasons: Iterable[dict[str, Any]]) -> KeptStanding:
    """A standing from its row and those of its reasons."""
    return KeptStanding(
        episode_id=row["episode_id"],
        doses=table_in(row["doses"]),
        reasons=tuple(reason_from(reason) for reason in reasons),
        updated_at=time(row["updated_at"]),
    )
