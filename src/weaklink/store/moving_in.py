"""Moving in: the rows of one person into a house. A house with somebody else in it never changes hands."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from weaklink.store import tables
from weaklink.store.my_data import belongs
from weaklink.store.tables import metadata, told_columns, told_tables
from weaklink.store.unpacking import MyDataError

Way = Literal["", "merge", "replace"]
Row = dict[str, Any]
Kept = dict[str, dict[tuple[Any, ...], Row]]  # rows by table and key
TAKEN = (
    "somebody else's data are kept here, and an import never takes their place: erase them first "
    "(`weaklink erase`), or import into another folder with --data"
)


class MovedIn(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did: rows that are new or newer here, and whether settings of a newcomer made way."""

    rows: int
    made_way: bool = False


def runner_to_move(arrived: sa.Connection, wanted: str = "") -> str:
    """The one person whose data an archive holds, or the one of several that is wanted.

    Raises: MyDataError.
    """
    found = list(arrived.execute(sa.select(tables.runners.c.id)).scalars())
    if wanted and wanted not in found:
        raise MyDataError(f"nobody of the id {wanted[:60]!a} is in this archive")
    if not found:
        raise MyDataError("this archive holds nobody's data")
    if not wanted and len(found) > 1:
        ids = ", ".join(found[:10])
        raise MyDataError(
            f"this archive holds the data of {len(found)} people; say whose with --runner: {ids}"
        )
    return wanted or str(found[0])


def move_in(arrived: sa.Connection, house: sa.Connection, runner_id: str, way: Way = "") -> MovedIn:
    """Put one person's rows into a house; call it inside one transaction: all of it or nothing.

    An empty house takes them, one with settings and nothing else as well. Where the same person is kept
    already and something differs, `way` has to say what counts: "merge" adds what is missing and takes the
    newer of two episodes, "replace" puts the archive in place of everything.

    Raises: MyDataError when somebody else is kept here, or `way` is needed and not said.
    """
    newcomers = _newcomers(house, runner_id)
    new = {table.name: _rows(arrived, table, runner_id) for table in told_tables()}
    old = {table.name: _rows(house, table, runner_id) for table in told_tables()}
    for newcomer in newcomers:
        house.execute(sa.delete(tables.runners).where(tables.runners.c.id == newcomer))
    if _is_bare(old) or way == "replace":
        rows = 0 if new == old else _replace(house, runner_id, new)
    else:
        rows = _merge(house, new, old, way)
    return MovedIn(rows=rows, made_way=bool(newcomers))


def _newcomers(house: sa.Connection, runner_id: str) -> list[str]:
    """Others of whom nothing but settings is kept: somebody has looked round before the import."""
    others = house.execute(sa.select(tables.runners.c.id).where(tables.runners.c.id != runner_id)).scalars()
    found = list(others)
    for other in found:
        if not _is_bare({table.name: _rows(house, table, other) for table in told_tables()}):
            raise MyDataError(TAKEN)
    return found


def _is_bare(kept: Kept) -> bool:
    """Whether there is nothing beside the runner's own row."""
    return not any(rows for name, rows in kept.items() if name != tables.runners.name)


def _rows(connection: sa.Connection, table: sa.Table, runner_id: str) -> dict[tuple[Any, ...], Row]:
    """A runner's rows of one table by their key."""
    keys = [column.name for column in table.primary_key.columns]
    found = connection.execute(sa.select(*told_columns(table)).where(belongs(table, runner_id))).mappings()
    return {tuple(row[key] for key in keys): dict(row) for row in found}


def _replace(house: sa.Connection, runner_id: str, new: Kept) -> int:
    # What hangs on the runner goes with the row.
    house.execute(sa.delete(tables.runners).where(tables.runners.c.id == runner_id))
    for table in told_tables():
        _insert(house, table, list(new[table.name].values()))
    return sum(map(len, new.values()))


def _merge(house: sa.Connection, new: Kept, old: Kept, way: Way) -> int:
    told = [table.name for table in told_tables() if not table.info.get("worked_out")]
    missing = {name: [row for key, row in new[name].items() if key not in old[name]] for name in told}
    other = {name: [row for key, row in new[name].items() if old[name].get(key, row) != row] for name in told}
    added, differing = sum(map(len, missing.values())), sum(map(len, other.values()))
    if (added or differing) and way != "merge":
        raise MyDataError(
            f"this person's data are kept here already; of the archive's rows {added} are missing here and "
            f"{differing} are different: say --merge to add what is missing, or --replace to put the archive "
            "in place of all"
        )
    for table in told_tables():
        _insert(house, table, missing.get(table.name, []))
    newer = [row for row in other["episodes"] if _later(row, old["episodes"][(row["id"],)])]
    for row in newer:
        house.execute(sa.update(tables.episodes).where(tables.episodes.c.id == row["id"]).values(row))
    _forget_worked_out(house, {row["episode_id"] for row in missing["diary"]} | {row["id"] for row in newer})
    return added + len(newer)


def _later(one: Row, other: Row) -> bool:
    return bool(one["updated_at"] > other["updated_at"])


def _forget_worked_out(house: sa.Connection, episodes: set[str]) -> None:
    """Where a diary led that has other entries now is worked out anew with the next one."""
    for table in metadata.sorted_tables:
        if table.info.get("worked_out"):
            house.execute(sa.delete(table).where(table.c.episode_id.in_(episodes)))
    house.execute(sa.update(tables.diary).where(tables.diary.c.episode_id.in_(episodes)).values(day=None))


def _insert(house: sa.Connection, table: sa.Table, rows: list[Row]) -> None:
    try:
        if rows:
            house.execute(sa.insert(table), rows)
    except sa.exc.IntegrityError as error:
        raise MyDataError(f"{table.name}: rows of somebody else are in the way") from error
