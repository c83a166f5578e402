"""Alembic's entry: runs migrations on the connection handed over."""

from alembic import context

from weaklink.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
