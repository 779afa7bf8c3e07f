"""What proves who wrote a mail, and addresses without their tags, for every limit."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Old mail is taken for written by whom it names: what its server said then was not kept."""
    op.add_column("message", sa.Column("proven", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("mail", sa.Column("proven", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("recipient_mailbox", "drawn_by_mailbox"):
        op.add_column("mail", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    mail = sa.table("mail", *(sa.column(name) for name in _COLUMNS))
    op.execute(mail.update().values(recipient_mailbox=mail.c.recipient, drawn_by_mailbox=mail.c.drawn_by))
    _without_tags(mail)
    op.create_index(
        op.f("ix_mail_recipient_mailbox_made_at"), "mail", ["recipient_mailbox", "made_at"], unique=False
    )
    op.create_index(
        op.f("ix_mail_drawn_by_mailbox_made_at"), "mail", ["drawn_by_mailbox", "made_at"], unique=False
    )
    op.drop_index(op.f("ix_mail_drawn_by_made_at"), table_name="mail")


_COLUMNS = ("id", "recipient", "drawn_by", "recipient_mailbox", "drawn_by_mailbox")


def _without_tags(mail: sa.TableClause) -> None:
    """jan+kis@damme.be is jan@damme.be."""
    connection = op.get_bind()
    for name in ("recipient", "drawn_by"):
        tagged = sa.select(mail.c[name]).where(mail.c[name].contains("+")).distinct()
        for address in connection.scalars(tagged).all():
            local, at, domain = address.rpartition("@")
            connection.execute(
                mail.update()
                .where(mail.c[name] == address)
                .values({f"{name}_mailbox": f"{local.partition('+')[0]}{at}{domain}"})
            )
