"""Addresses: secrets that open the calendar or the plan without an account."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of addresses."""
    op.create_table(
        "addresses",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column(
            "runner_id", sa.String(36), sa.ForeignKey("runners.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False, unique=True),
        sa.Column("created_at", sa.String(32), nullable=False),
    )
    op.create_index("ix_addresses_runner_id", "addresses", ["runner_id"])


def downgrade() -> None:
    """Remove it again."""
    op.drop_table("addresses")
