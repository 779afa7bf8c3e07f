"""Why a line of the log was written, as a code with facts."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lines of before have their Dutch in ``why``."""
    op.add_column("log", sa.Column("because", sa.Text(), nullable=False, server_default=""))
