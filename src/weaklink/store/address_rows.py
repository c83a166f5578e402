"""Addresses that were handed on, as rows, and whom each of them opens."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from weaklink.care.ports import Address, Purpose, RunnerId
from weaklink.store import tables
from weaklink.store.rows import row_of, time

ADDRESSES = (
    sa.select(tables.addresses)
    .where(tables.addresses.c.runner_id == sa.bindparam("runner"))
    .order_by(tables.addresses.c.created_at, tables.addresses.c.id)
)
ADDRESS = sa.select(tables.addresses).where(tables.addresses.c.secret == sa.bindparam("secret"))
PARTS = (("address", tables.addresses), ("runner", tables.runners), ("episode", tables.episodes))
# The newest episode of the one runner whose secret it is; of the others nothing is read.
OPENED = (
    sa.select(*(column.label(f"{name}_{column.name}") for name, table in PARTS for column in table.columns))
    .select_from(
        tables.addresses.join(tables.runners, tables.runners.c.id == tables.addresses.c.runner_id).outerjoin(
            tables.episodes, tables.episodes.c.runner_id == tables.runners.c.id
        )
    )
    .where(tables.addresses.c.secret == sa.bindparam("secret"))
    .order_by(tables.episodes.c.created_at.desc(), tables.episodes.c.id.desc())
    .limit(1)
)


def replace_addresses(
    connection: sa.Connection, runner_id: RunnerId, purpose: Purpose, made: tuple[Address, ...]
) -> int:
    """Close what a runner handed on for a purpose and open these instead; how many were closed."""
    kept = tables.addresses
    closed = connection.execute(
        sa.delete(kept).where(kept.c.runner_id == runner_id, kept.c.purpose == purpose)
    ).rowcount
    if made:
        connection.execute(sa.insert(kept), [row_of(address) for address in made])
    return closed


def address_from(row: dict[str, Any]) -> Address:
    """An address from its row."""
    return Address(**{**row, "created_at": time(row["created_at"])})
