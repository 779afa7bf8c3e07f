"""Where Alembic enters: migrations run on the connection that ``migrate.py`` passes."""

from alembic import context

from mailbot.storage.schema.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
