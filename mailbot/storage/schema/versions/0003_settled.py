"""What the secretary decided since the last digest, and which mails her decision drew."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Decisions of before are not undone: what they changed was not kept."""
    op.create_table(
        "settled",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_settled")),
    )
    op.create_index(op.f("ix_settled_event"), "settled", ["event"], unique=False)
    op.add_column("mail", sa.Column("of_case", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_mail_of_case"), "mail", ["of_case"], unique=False)
