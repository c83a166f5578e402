"""The tables, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

HEAD = "0005"  # the newest migration: the schema these tables have


WORKED_OUT = {"worked_out": True}  # of a table: made from what was told, and made again where it is missing
FOR_OURSELVES = "for_ourselves"  # of a table or a column: the same, and in no archive
NOT_TOLD = {**WORKED_OUT, FOR_OURSELVES: True}


class Json(sa.Text):
    """Text that holds JSON; my data show it opened."""


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

runners = sa.Table(
    "runners",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("settings", Json, nullable=False),
    sa.Column("created_at", sa.String(32), nullable=False),
)

episodes = sa.Table(
    "episodes",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column(
        "runner_id",
        sa.String(36),
        sa.ForeignKey("runners.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("given", Json, nullable=False),
    sa.Column("earlier", Json, nullable=False, server_default="{}"),
    sa.Column("steps", Json, nullable=False),
    sa.Column("edition", sa.String(16), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("created_at", sa.String(32), nullable=False),
    sa.Column("updated_at", sa.String(32), nullable=False),
)

plans = sa.Table(
    "plans",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column(
        "episode_id",
        sa.String(36),
        sa.ForeignKey("episodes.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("document", Json, nullable=False),
    sa.Column("made", Json, nullable=False, server_default="{}"),
    sa.Column("because", sa.String(40), nullable=False, server_default=""),
    sa.Column("edition", sa.String(16), nullable=False),
    sa.Column("created_at", sa.String(32), nullable=False),
)

remarks = sa.Table(
    "remarks",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column(
        "runner_id",
        sa.String(36),
        sa.ForeignKey("runners.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("record_kind", sa.String(40), nullable=False),
    sa.Column("record_id", sa.String(80), nullable=False),
    sa.Column("agrees", sa.Boolean, nullable=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("created_at", sa.String(32), nullable=False),
)

# A set that only grows: one row for each version of each entry. `digest` tells versions of one id apart.
diary = sa.Table(
    "diary",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("digest", sa.String(32), primary_key=True),
    sa.Column(
        "episode_id",
        sa.String(36),
        sa.ForeignKey("episodes.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("session", sa.String(64), nullable=False, index=True),
    sa.Column("about", sa.String(80), nullable=False, server_default="", index=True, info=NOT_TOLD),
    sa.Column("day", sa.String(10), nullable=True, info=NOT_TOLD),  # it is filed under; none: not yet
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("body", Json, nullable=False),
    sa.Column("received_at", sa.String(32), nullable=False),
    sa.Index("ix_diary_episode_id_day", "episode_id", "day"),
)

# What can be worked out anew from the diary, kept for quick reading: its days put together, folds up to a
# day, and where the runner stands.
diary_days = sa.Table(
    "diary_days",
    metadata,
    sa.Column(
        "episode_id", sa.String(36), sa.ForeignKey("episodes.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("told", Json, nullable=False),
    info=NOT_TOLD,
)

folds = sa.Table(
    "folds",
    metadata,
    sa.Column(
        "episode_id", sa.String(36), sa.ForeignKey("episodes.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("key", sa.String(32), nullable=False),
    sa.Column("fold", Json, nullable=False),
    info=NOT_TOLD,
)

standings = sa.Table(
    "standings",
    metadata,
    sa.Column(
        "episode_id", sa.String(36), sa.ForeignKey("episodes.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("doses", Json, nullable=False),
    sa.Column("updated_at", sa.String(32), nullable=False),
    info=WORKED_OUT,
)

reasons = sa.Table(
    "reasons",
    metadata,
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column(
        "episode_id",
        sa.String(36),
        sa.ForeignKey("episodes.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("date", sa.String(10), nullable=False),
    sa.Column("slot", sa.String(80), nullable=False),
    sa.Column("exercise", sa.String(80), nullable=False),
    sa.Column("action", sa.String(20), nullable=False),
    sa.Column("rule", sa.String(60), nullable=False),
    sa.Column("because", Json, nullable=False),
    info=WORKED_OUT,
)

# Addresses that open one thing without an account: whoever knows the secret may read it until it is revoked.
addresses = sa.Table(
    "addresses",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column(
        "runner_id",
        sa.String(36),
        sa.ForeignKey("runners.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("purpose", sa.String(20), nullable=False),
    sa.Column("secret", sa.String(64), nullable=False, unique=True),
    sa.Column("created_at", sa.String(32), nullable=False),
)


def told_tables() -> list[sa.Table]:
    """The tables of what was told, parents first: all but those that are made from it for ourselves."""
    return [table for table in metadata.sorted_tables if not table.info.get(FOR_OURSELVES)]


def told_columns(table: sa.Table) -> list[sa.Column[Any]]:
    """The same of the columns of a table."""
    return [column for column in table.columns if not column.info.get(FOR_OURSELVES)]
