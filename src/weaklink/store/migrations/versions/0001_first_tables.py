"""First tables: runners, episodes, plans, remarks."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first four tables."""
    op.create_table(
        "runners",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "episodes",
        sa.Column("id", sa.String(36), primary_key=True),
        _owner("runner_id", "runners.id"),
        sa.Column("given", sa.Text, nullable=False),
        sa.Column("steps", sa.Text, nullable=False),
        sa.Column("edition", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
    )
    op.create_index("ix_episodes_runner_id", "episodes", ["runner_id"])
    op.create_table(
        "plans",
        sa.Column("id", sa.String(36), primary_key=True),
        _owner("episode_id", "episodes.id"),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("edition", sa.String(16), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
    )
    op.create_index("ix_plans_episode_id", "plans", ["episode_id"])
    op.create_table(
        "remarks",
        sa.Column("id", sa.String(36), primary_key=True),
        _owner("runner_id", "runners.id"),
        sa.Column("record_kind", sa.String(40), nullable=False),
        sa.Column("record_id", sa.String(80), nullable=False),
        sa.Column("agrees", sa.Boolean, nullable=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
    )
    op.create_index("ix_remarks_runner_id", "remarks", ["runner_id"])


def _owner(column: str, target: str) -> sa.Column[str]:
    return sa.Column(column, sa.String(36), sa.ForeignKey(target, ondelete="CASCADE"), nullable=False)


def downgrade() -> None:
    """Remove them again, dependants first."""
    for table in ("remarks", "plans", "episodes", "runners"):
        op.drop_table(table)
