"""What a line of the log says, as codes with facts."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lines of before have their Dutch in ``what`` and ``why``."""
    op.add_column("log", sa.Column("says", sa.Text(), nullable=False, server_default=""))
