"""Diary, standings and reasons: what was done, where it led, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables of the weeks after."""
    op.create_table(
        "diary",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("digest", sa.String(32), primary_key=True),
        _episode(),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("session", sa.String(64), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("received_at", sa.String(32), nullable=False),
    )
    op.create_index("ix_diary_episode_id", "diary", ["episode_id"])
    op.create_index("ix_diary_session", "diary", ["session"])
    op.create_table(
        "standings",
        _episode(),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("doses", sa.Text, nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "reasons",
        sa.Column("id", sa.String(200), primary_key=True),
        _episode(),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("date", sa.String(10), nullable=False),
        sa.Column("slot", sa.String(80), nullable=False),
        sa.Column("exercise", sa.String(80), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("rule", sa.String(60), nullable=False),
        sa.Column("because", sa.Text, nullable=False),
    )
    op.create_index("ix_reasons_episode_id", "reasons", ["episode_id"])


def _episode() -> sa.Column[str]:
    owner = sa.ForeignKey("episodes.id", ondelete="CASCADE")
    return sa.Column("episode_id", sa.String(36), owner, primary_key=True)


def downgrade() -> None:
    """Remove them again."""
    for table in ("reasons", "standings", "diary"):
        op.drop_table(table)
