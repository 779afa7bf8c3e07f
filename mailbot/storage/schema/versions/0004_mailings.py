"""Mail to many that the secretary starts; a ledger of before has its first digest say so."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """``news`` is what the next digest tells of, once."""
    op.create_table(
        "mailing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing")),
        sa.UniqueConstraint("event", "key", name=op.f("uq_mailing_event_key")),
        sqlite_autoincrement=True,
    )
    meta, message = sa.table("meta", sa.column("key"), sa.column("value")), sa.table("message")
    if op.get_bind().scalar(sa.select(sa.func.count()).select_from(message)):
        op.execute(meta.insert().values(key="news", value="mailings"))
