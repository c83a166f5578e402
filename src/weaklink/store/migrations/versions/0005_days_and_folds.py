"""Days and folds: what a diary says, put together by day, and kept up to a day."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them empty: a diary is filed with the next entry, and read whole until then."""
    op.add_column("diary", sa.Column("about", sa.String(80), nullable=False, server_default=""))
    op.add_column("diary", sa.Column("day", sa.String(10), nullable=True))
    op.create_index("ix_diary_about", "diary", ["about"])
    op.create_index("ix_diary_episode_id_day", "diary", ["episode_id", "day"])
    for name, columns in (
        ("diary_days", [sa.Column("told", sa.Text, nullable=False)]),
        (
            "folds",
            [sa.Column("key", sa.String(32), nullable=False), sa.Column("fold", sa.Text, nullable=False)],
        ),
    ):
        op.create_table(
            name,
            sa.Column("episode_id", sa.String(36), nullable=False),
            sa.Column("day", sa.String(10), nullable=False),
            *columns,
            sa.PrimaryKeyConstraint("episode_id", "day", name=f"pk_{name}"),
            sa.ForeignKeyConstraint(
                ["episode_id"], ["episodes.id"], ondelete="CASCADE", name=f"fk_{name}_episode_id"
            ),
        )
    op.drop_column("standings", "rows")


def downgrade() -> None:
    """Remove them again."""
    op.add_column("standings", sa.Column("rows", sa.Integer, nullable=False, server_default="0"))
    for name in ("folds", "diary_days"):
        op.drop_table(name)
    for index in ("ix_diary_episode_id_day", "ix_diary_about"):
        op.drop_index(index, "diary")
    for column in ("day", "about"):
        op.drop_column("diary", column)
