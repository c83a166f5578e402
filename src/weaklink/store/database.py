"""A database: `Records` on SQLAlchemy Core, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection
from concurrent.futures import Future
from typing import Any

import msgspec
import sqlalchemy as sa

from weaklink.care.ports import (
    Address,
    Episode,
    EpisodeId,
    FiledRow,
    KeptDay,
    KeptEntry,
    KeptPlan,
    KeptReason,
    KeptStanding,
    KeptTold,
    Purpose,
    Remark,
    Runner,
    RunnerId,
    Shelf,
    T,
)
from weaklink.quantities import WeaklinkError
from weaklink.store import tables
from weaklink.store.address_rows import ADDRESS, ADDRESSES, OPENED, address_from, replace_addresses
from weaklink.store.diary_rows import (
    DIARY,
    FILED,
    NEWEST,
    REASONS,
    SOME_REASONS,
    STANDING,
    VERSIONS,
    DiaryShelf,
    days_from,
    entry_from,
    reason_from,
    standing_from,
    told_from,
)
from weaklink.store.latest import Latest
from weaklink.store.my_data import archive, collected
from weaklink.store.refusals import GoneError, read_refusal
from weaklink.store.rows import opened, row_of, table_in, time
from weaklink.store.tables import HEAD
from weaklink.store.writer import Writer

# Built once: putting a statement together costs more than a short SQLite read.
RUNNERS = sa.select(tables.runners).order_by(tables.runners.c.created_at, tables.runners.c.id)
EPISODES = (
    sa.select(tables.episodes)
    .where(tables.episodes.c.runner_id == sa.bindparam("runner"))
    .order_by(tables.episodes.c.created_at.desc(), tables.episodes.c.id.desc())
)
FIRST_RUNNER = RUNNERS.limit(1).subquery("runner")
PRESENT = (
    sa.select(
        *(column.label(f"runner_{column.name}") for column in FIRST_RUNNER.columns),
        *(column.label(f"episode_{column.name}") for column in tables.episodes.columns),
    )
    .select_from(FIRST_RUNNER.outerjoin(tables.episodes, tables.episodes.c.runner_id == FIRST_RUNNER.c.id))
    .order_by(tables.episodes.c.created_at.desc(), tables.episodes.c.id.desc())
    .limit(1)
)
NEWEST_EPISODE = EPISODES.limit(1)
ONE_RUNNER = sa.select(tables.runners).where(tables.runners.c.id == sa.bindparam("runner"))
ONE_EPISODE = sa.select(tables.episodes).where(tables.episodes.c.id == sa.bindparam("episode"))
PLANS = (
    sa.select(tables.plans)
    .where(tables.plans.c.episode_id == sa.bindparam("episode"))
    .order_by(tables.plans.c.created_at.desc(), tables.plans.c.id.desc())
)
NEWEST_PLAN = PLANS.limit(1)
REMARKS = (
    sa.select(tables.remarks)
    .where(tables.remarks.c.runner_id == sa.bindparam("runner"))
    .order_by(tables.remarks.c.created_at.desc(), tables.remarks.c.id.desc())
)
UPDATES = {
    table.name: sa.update(table).where(table.c.id == sa.bindparam("kept_id"))
    for table in (tables.runners, tables.episodes, tables.plans, tables.remarks, tables.addresses)
}
INSERTS = {name: sa.insert(update.table) for name, update in UPDATES.items()}

NOT_YET = "the rows are deleted, but the files could not be written anew"


class NotErasedError(WeaklinkError):
    """The rows are deleted, but parts of them may still stand in the files."""


class Database:
    """Keeping and finding in one database.

    `alone`: nobody else writes to it while it is open, so what every page reads need not be read each time.
    """

    def __init__(self, engine: sa.Engine, reader: sa.Engine, *, alone: bool = False) -> None:
        self._engine = engine
        self._reader = reader
        self._writer = Writer(engine)
        self._present = Latest(self._newest, self._writer.ended).rows if alone else self._newest

    def runners(self) -> tuple[Runner, ...]:
        """Everybody who is kept, oldest first."""
        return tuple(_runner(row) for row in self._rows(RUNNERS))

    def present(self) -> tuple[Runner, Episode | None] | None:
        """The first runner with their newest episode, in one read; None while nobody is kept."""
        rows = self._present()
        if not rows:
            return None
        episode = _part(rows[0], "episode_")
        return _runner(_part(rows[0], "runner_")), _episode(episode) if episode["id"] else None

    def episode(self, runner_id: RunnerId) -> Episode | None:
        """The newest episode of a runner."""
        rows = self._rows(NEWEST_EPISODE, runner=runner_id)
        return _episode(rows[0]) if rows else None

    def episodes(self, runner_id: RunnerId) -> tuple[Episode, ...]:
        """All episodes of a runner, newest first."""
        return tuple(_episode(row) for row in self._rows(EPISODES, runner=runner_id))

    def plan(self, episode_id: EpisodeId) -> KeptPlan | None:
        """The newest plan that was kept for an episode."""
        rows = self._rows(NEWEST_PLAN, episode=episode_id)
        return _plan(rows[0]) if rows else None

    def plans(self, episode_id: EpisodeId) -> tuple[KeptPlan, ...]:
        """Every plan that was kept for an episode, newest first."""
        return tuple(_plan(row) for row in self._rows(PLANS, episode=episode_id))

    def remarks(self, runner_id: RunnerId) -> tuple[Remark, ...]:
        """What a runner remarked, newest first."""
        return tuple(_remark(row) for row in self._rows(REMARKS, runner=runner_id))

    def diary(self, episode_id: EpisodeId) -> tuple[KeptEntry, ...]:
        """Every row of a diary, in the order of time, id and digest."""
        return tuple(entry_from(row) for row in self._rows(DIARY, episode=episode_id))

    def newest(self, episode_id: EpisodeId, least: int, until: datetime.date) -> tuple[KeptEntry, ...]:
        """The rows of whole days up to one, so many of them that they are at least some, where there are."""
        found = self._rows(NEWEST, episode=episode_id, before=least - 1, until=until.isoformat())
        return tuple(entry_from(row) for row in found)

    def versions(self, episode_id: EpisodeId, entry_id: str) -> tuple[KeptEntry, ...]:
        """Every version of one entry, in the same order."""
        return tuple(entry_from(row) for row in self._rows(VERSIONS, episode=episode_id, entry=entry_id))

    def filed(self, runner_id: RunnerId, entry_ids: Collection[str]) -> frozenset[FiledRow]:
        """The rows of a runner's diaries that have these ids."""
        rows = self._rows(FILED, runner=runner_id, entries=[*entry_ids])
        return frozenset(FiledRow(**row) for row in rows)

    def standing(self, episode_id: EpisodeId) -> KeptStanding | None:
        """Where a runner stands, as it was kept last."""
        rows = self._rows(STANDING, episode=episode_id)
        return standing_from(rows[0], self._rows(REASONS, episode=episode_id)) if rows else None

    def keep_runner(self, runner: Runner) -> Future[None]:
        """Done when this runner is kept, in place of what was kept of them."""
        return self._writer.submit(lambda connection: _replace(connection, tables.runners, row_of(runner)))

    def keep_new_runner(self, runner: Runner) -> Future[None]:
        """Done when this runner is kept; one who is there already stays as they are."""
        return self._writer.submit(lambda connection: _keep_new(connection, tables.runners, row_of(runner)))

    def change_runner(self, runner_id: RunnerId, change: Callable[[Runner], Runner]) -> Future[Runner]:
        """The runner after a change of the newest state."""
        return self._writer.submit(lambda connection: _change_runner(connection, runner_id, change))

    def keep_episode(self, episode: Episode) -> Future[None]:
        """Done when this episode is kept, in place of what was kept of it."""
        return self._writer.submit(lambda connection: _replace(connection, tables.episodes, row_of(episode)))

    def change_episode(
        self, episode_id: EpisodeId, change: Callable[[Episode], Episode], plan: KeptPlan | None = None
    ) -> Future[Episode]:
        """The episode after a change of the newest state, kept together with a plan that follows from it."""
        return self._writer.submit(lambda connection: _change(connection, episode_id, change, plan))

    def keep_plan(self, plan: KeptPlan) -> Future[None]:
        """Done when this plan is kept beside the earlier ones."""
        return self._writer.submit(lambda connection: _replace(connection, tables.plans, row_of(plan)))

    def keep_remark(self, remark: Remark) -> Future[None]:
        """Done when this remark is kept."""
        return self._writer.submit(lambda connection: _replace(connection, tables.remarks, row_of(remark)))

    def addresses(self, runner_id: RunnerId) -> tuple[Address, ...]:
        """What a runner handed on, oldest first."""
        return tuple(address_from(row) for row in self._rows(ADDRESSES, runner=runner_id))

    def address(self, secret: str) -> Address | None:
        """The address a secret opens; None where it opens nothing."""
        rows = self._rows(ADDRESS, secret=secret)
        return address_from(rows[0]) if rows else None

    def opened(self, secret: str) -> tuple[Address, Runner, Episode | None] | None:
        """What a secret opens: the address, whose it is, and what they are at. One read, of nobody else."""
        rows = self._rows(OPENED, secret=secret)
        if not rows:
            return None
        address, runner, episode = (_part(rows[0], prefix) for prefix in ("address_", "runner_", "episode_"))
        return address_from(address), _runner(runner), _episode(episode) if episode["id"] else None

    def replace_addresses(
        self, runner_id: RunnerId, purpose: Purpose, made: tuple[Address, ...]
    ) -> Future[int]:
        """How many were closed; these open in their place, in the same change."""
        return self._writer.submit(lambda connection: replace_addresses(connection, runner_id, purpose, made))

    def drop_address(self, address_id: str) -> Future[int]:
        """How many addresses were closed."""
        drop = sa.delete(tables.addresses).where(tables.addresses.c.id == address_id)
        return self._writer.submit(lambda connection: connection.execute(drop).rowcount)

    def archive(self, edition: str) -> bytes:
        """All that is kept about everybody, as a zip of JSON and CSV. Not short: call it off the loop."""
        try:
            with self._reader.connect() as connection:
                rows = collected(connection)
        except sa.exc.SQLAlchemyError as error:
            raise read_refusal(error) from None
        return archive(rows, schema=HEAD, edition=edition)

    def told(self, episode_id: EpisodeId) -> KeptTold:
        """A diary as it is kept put together."""
        return told_from(self._rows, episode_id)

    def days(
        self, episode_id: EpisodeId, since: datetime.date | None, until: datetime.date | None
    ) -> tuple[KeptDay, ...]:
        """The days of a diary from one on and before another, oldest first."""
        return days_from(self._rows, episode_id, since, until)

    def reasons(self, episode_id: EpisodeId, since: str, before: int) -> tuple[KeptReason, ...]:
        """Changes of dose from a date on, of the first so many that were decided."""
        found = self._rows(SOME_REASONS, episode=episode_id, since=since, before=before)
        return tuple(reason_from(row) for row in found)

    def change_diary(self, episode_id: EpisodeId, change: Callable[[Shelf], T]) -> Future[T]:
        """What a change of a diary came to."""

        def changed(connection: sa.Connection) -> T:
            shelf = DiaryShelf(
                connection, episode_id, lambda episode: _change(connection, episode_id, episode, None)
            )
            return change(shelf)

        return self._writer.submit(changed)

    def erase_runner(self, runner_id: RunnerId) -> Future[int]:
        """How many were erased; done when no byte of them is left in the database's files."""
        return self._erase(sa.delete(tables.runners).where(tables.runners.c.id == runner_id))

    def erase_everybody(self) -> Future[int]:
        """The same for all who are kept. With nobody kept it finishes an erasure that was broken off."""
        return self._erase(sa.delete(tables.runners))

    def _erase(self, statement: sa.Delete) -> Future[int]:
        deleted = self._writer.submit(lambda connection: connection.execute(statement).rowcount)
        erased: Future[int] = Future()
        # The writer calls back from its own thread, so that nothing is written in between.
        deleted.add_done_callback(lambda done: self._forget(done, erased))
        return erased

    def _forget(self, deleted: Future[int], erased: Future[int]) -> None:
        try:
            count = deleted.result()
            if self._engine.dialect.name == "sqlite":
                self._rewrite()
        except Exception as error:  # whoever waits for the erasure hears why it failed
            erased.set_exception(error)
        else:
            erased.set_result(count)

    def _rewrite(self) -> None:
        """Write the database's files anew. Deleted rows leave parts behind: in its log, and inside its pages.

        Raises: NotErasedError when a reader holds the log or the disk is full; erasing once more finishes it.
        """
        try:
            with self._reader.connect() as connection:
                connection.exec_driver_sql("VACUUM").close()
                busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
        except sa.exc.SQLAlchemyError as error:
            raise NotErasedError(f"{NOT_YET} ({read_refusal(error)}); erase once more") from None
        if busy:
            raise NotErasedError(f"{NOT_YET}: something else reads them; erase once more")

    def close(self) -> None:
        """Let go of the store; writes that wait are finished first."""
        self._writer.close()
        self._engine.dispose()
        self._reader.dispose()

    def _newest(self) -> list[dict[str, Any]]:
        return self._rows(PRESENT)

    def _rows(self, statement: sa.Executable, **values: str | int | list[str]) -> list[dict[str, Any]]:
        try:
            with self._reader.connect() as connection:
                return [dict(row) for row in connection.execute(statement, values).mappings()]
        except sa.exc.SQLAlchemyError as error:
            raise read_refusal(error) from None


def _change_runner(
    connection: sa.Connection, runner_id: RunnerId, change: Callable[[Runner], Runner]
) -> Runner:
    row = connection.execute(ONE_RUNNER, {"runner": runner_id}).mappings().first()
    if row is None:
        raise GoneError("this runner is no longer kept")
    found = _runner(dict(row))
    changed = msgspec.structs.replace(change(found), id=found.id)
    _replace(connection, tables.runners, row_of(changed))
    return changed


def _change(
    connection: sa.Connection,
    episode_id: EpisodeId,
    change: Callable[[Episode], Episode],
    plan: KeptPlan | None,
) -> Episode:
    row = connection.execute(ONE_EPISODE, {"episode": episode_id}).mappings().first()
    if row is None:
        raise GoneError("this episode is no longer kept")
    found = _episode(dict(row))
    changed = msgspec.structs.replace(change(found), id=found.id, version=found.version + 1)
    _replace(connection, tables.episodes, row_of(changed))
    if plan is not None:
        _replace(connection, tables.plans, row_of(plan))
    return changed


def _keep_new(connection: sa.Connection, table: sa.Table, row: dict[str, Any]) -> None:
    if connection.execute(sa.select(table.c.id).where(table.c.id == row["id"])).first() is None:
        connection.execute(INSERTS[table.name], row)


def _replace(connection: sa.Connection, table: sa.Table, row: dict[str, Any]) -> None:
    updated = connection.execute(UPDATES[table.name], {**row, "kept_id": row["id"]})
    if updated.rowcount == 0:
        connection.execute(INSERTS[table.name], row)


def _part(row: dict[str, Any], prefix: str) -> dict[str, Any]:
    return {key.removeprefix(prefix): value for key, value in row.items() if key.startswith(prefix)}


def _runner(row: dict[str, Any]) -> Runner:
    return Runner(**{**row, "settings": table_in(row["settings"]), "created_at": time(row["created_at"])})


def _episode(row: dict[str, Any]) -> Episode:
    times = {key: time(row[key]) for key in ("created_at", "updated_at")}
    # What cannot be read is handed on as it is: `care.as_read` sets it aside.
    texts = {key: opened(row[key]) for key in ("given", "earlier", "steps")}
    return Episode(**{**row, **times, **texts})


def _plan(row: dict[str, Any]) -> KeptPlan:
    texts = {key: table_in(row[key]) for key in ("document", "made")}
    return KeptPlan(**{**row, **texts, "created_at": time(row["created_at"])})


def _remark(row: dict[str, Any]) -> Remark:
    agrees = None if row["agrees"] is None else bool(row["agrees"])
    return Remark(**{**row, "agrees": agrees, "created_at": time(row["created_at"])})
