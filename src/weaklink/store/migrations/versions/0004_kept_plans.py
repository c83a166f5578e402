"""Kept plans: why each was made anew, and the plan before its words; what was given before a change."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what was kept before has them empty."""
    op.add_column("episodes", sa.Column("earlier", sa.Text, nullable=False, server_default="{}"))
    op.add_column("plans", sa.Column("made", sa.Text, nullable=False, server_default="{}"))
    op.add_column("plans", sa.Column("because", sa.String(40), nullable=False, server_default=""))
    _move_what_was_shown()


def _move_what_was_shown() -> None:
    """What was given when a result was shown stood among the steps of the pages."""
    episodes = sa.table(
        "episodes", *(sa.column(name, sa.Text) for name in ("id", "given", "earlier", "steps"))
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(episodes)).mappings().all():
        steps = json.loads(row["steps"])
        if "shown" not in steps:
            continue
        shown = steps.pop("shown")
        steps["reached"] = True
        earlier = {} if shown == json.loads(row["given"]) else shown
        changed = {"steps": json.dumps(steps), "earlier": json.dumps(earlier)}
        connection.execute(sa.update(episodes).where(episodes.c.id == row["id"]).values(**changed))


def downgrade() -> None:
    """Remove them again."""
    for name in ("because", "made"):
        op.drop_column("plans", name)
    op.drop_column("episodes", "earlier")
