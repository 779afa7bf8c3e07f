"""Indexes for what every mail and every cycle asks, so that neither costs more in a large ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NEW = (
    ("registration", ("organisation",)),
    ("registration", ("domain", "organisation")),
    ("case_", ("closed", "kind")),
    ("location", ("mailbox", "folder", "filed")),
    ("message", ("outcome", "received")),
    ("mail", ("state", "is_answer", "sent_at")),
    ("mail", ("copied", "state")),
)


def upgrade() -> None:
    """``domain`` is what stands behind the "@" of ``email``. An index on ``filed`` alone leads to every mail
    that stays in its folder."""
    op.add_column("registration", sa.Column("domain", sa.Text(), nullable=False, server_default=""))
    registration = sa.table("registration", *map(sa.column, ("number", "email", "domain")))
    connection = op.get_bind()
    with_email = sa.select(registration.c.number, registration.c.email).where(registration.c.email != "")
    domains = [
        {"this": row.number, "domain": row.email.rpartition("@")[2].lower()}
        for row in connection.execute(with_email)
    ]
    if domains:
        connection.execute(
            sa.update(registration).where(registration.c.number == sa.bindparam("this")), domains
        )
    for table, columns in _NEW:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), unique=False)
    op.drop_index(op.f("ix_location_filed"), table_name="location")
