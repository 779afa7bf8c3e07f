"""Names and organisations are compared with a dotless i as an i."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Who was registered before is found again by the new key: its words are in alphabetical order."""
    tx = op.get_bind()
    row = sa.table("registration", *map(sa.column, ("number", "name", "organisation")))
    either = sa.or_(row.c.name.contains("\u0131"), row.c.organisation.contains("\u0131"))
    for number, name, organisation in tx.execute(sa.select(row).where(either)).all():
        words = sorted(name.replace("\u0131", "i").split())
        keys = {"name": f" {' '.join(words)} " if words else "", "organisation": organisation}
        if organisation == organisation.lower():  # not the name of one that was recognised, which stays
            keys["organisation"] = organisation.replace("\u0131", "i")
        tx.execute(sa.update(row).where(row.c.number == number).values(keys))
