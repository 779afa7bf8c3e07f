"""The tables of the ledger. What is searched or counted is a column; the rest of a noun is JSON.

Times are aware and in UTC. Addresses are lower case.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware instant; SQLite, which keeps no zones, is given UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"the ledger takes aware times only, not {value}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


#: Every mail met. ``state``: stored → decided or shelved. ``copy_of``: it is in the ledger
#: already, as that one. ``nrs``, ``submission`` and ``findings`` are JSON. ``whole`` is false for
#: one over the size limit: only its header was fetched. ``proven``: nothing that is believed says that
#: From is not who wrote it.
message = sa.Table(
    "message",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("mailbox", sa.Text, nullable=False),
    sa.Column("received", UtcDateTime, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("whole", sa.Boolean, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("message_id", sa.Text, nullable=False, server_default=""),
    sa.Column("sender", sa.Text, nullable=False, server_default=""),
    sa.Column("sender_email", sa.Text, nullable=False, server_default=""),
    sa.Column("subject", sa.Text, nullable=False, server_default=""),
    sa.Column("sent", UtcDateTime),
    sa.Column("digest", sa.Text, nullable=False, server_default=""),
    sa.Column("proven", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("event", sa.Text, nullable=False, server_default=""),
    sa.Column("outcome", sa.Text, nullable=False, server_default=""),
    sa.Column("copy_of", sa.Integer, sa.ForeignKey("message.id")),
    sa.Column("nrs", sa.Text, nullable=False, server_default="[]"),
    sa.Column("submission", sa.Text),
    sa.Column("findings", sa.Text),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("error", sa.Text, nullable=False, server_default=""),
    sa.Column("stored_at", UtcDateTime, nullable=False),
    sa.Column("decided_at", UtcDateTime),
    sa.Index(None, "message_id"),
    sa.Index(None, "state", "received"),
    sa.Index(None, "sender_email", "received"),
    sa.Index(None, "outcome", "received"),
    sqlite_autoincrement=True,
)

#: The bytes as the server gave them, compressed; gone once they are purged or erased.
raw = sa.Table(
    "raw",
    metadata,
    sa.Column("message", sa.Integer, sa.ForeignKey("message.id"), primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

#: Where each message lies in a mailbox. ``filed``: where it was moved to afterwards ("" not yet,
#: "-" it stays, "?" it stays and is marked as read once its case is decided).
location = sa.Table(
    "location",
    metadata,
    sa.Column("mailbox", sa.Text, primary_key=True),
    sa.Column("folder", sa.Text, primary_key=True),
    sa.Column("uidvalidity", sa.BigInteger, primary_key=True),
    sa.Column("uid", sa.BigInteger, primary_key=True),
    sa.Column("message", sa.Integer, sa.ForeignKey("message.id"), nullable=False),
    sa.Column("filed", sa.Text, nullable=False, server_default=""),
    sa.Index(None, "message"),
    sa.Index(None, "mailbox", "folder", "filed"),
)

#: Up to which UID a folder has been listed.
cursor = sa.Table(
    "cursor",
    metadata,
    sa.Column("mailbox", sa.Text, primary_key=True),
    sa.Column("folder", sa.Text, primary_key=True),
    sa.Column("uidvalidity", sa.BigInteger, nullable=False),
    sa.Column("uid", sa.BigInteger, nullable=False),
)

#: One person at one event. ``name`` are the folded words of the name in alphabetical order, each
#: between spaces; ``organisation`` the one known, else folded as written; ``domain`` what stands behind the
#: "@" of ``email``; ``without_place``: incomplete,
#: and there was no room when it came; ``data`` the Registration.
registration = sa.Table(
    "registration",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("arrived", UtcDateTime, nullable=False),
    sa.Column("without_place", sa.Boolean, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("organisation", sa.Text, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("domain", sa.Text, nullable=False, server_default=""),
    sa.Column("sender_email", sa.Text, nullable=False),
    sa.Column("message", sa.Integer),
    sa.Column("data", sa.Text, nullable=False),
    sa.Index(None, "event", "status", "arrived", "organisation"),
    sa.Index(None, "name"),
    sa.Index(None, "organisation"),
    sa.Index(None, "email"),
    sa.Index(None, "domain", "organisation"),
    sa.Index(None, "sender_email"),
    sa.Index(None, "message"),
)

#: What a person must decide; ``closed`` is when it was settled. ``data`` is the Case.
case = sa.Table(
    "case_",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("registration", sa.Text, nullable=False),
    sa.Column("message", sa.Integer),
    sa.Column("opened", UtcDateTime, nullable=False),
    sa.Column("closed", UtcDateTime),
    sa.Column("data", sa.Text, nullable=False),
    sa.Index(None, "event", "closed"),
    sa.Index(None, "closed", "kind"),
    sa.Index(None, "key"),
    sa.Index(None, "message"),
    sa.Index(None, "registration"),
    sqlite_autoincrement=True,
)

#: What she decided since the last digest: the decided case as it is shown, and what undoes it.
settled = sa.Table(
    "settled",
    metadata,
    sa.Column("case_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
    sa.Index(None, "event"),
)

#: Mail to send. ``state``: waiting → claimed → sent or failed. ``drawn_by`` is whose message drew it,
#: ``message`` that message, ``of_case`` the decided case that it follows from (0: none), ``proven``:
#: certainly theirs. The ``_mailbox`` columns are those addresses without a tag (jan+kis@damme.be is
#: jan@damme.be), for the limits. ``owner`` is the host that claimed it ("" on SQLite, which has one),
#: ``resent`` counts claims found unmarked after a crash, ``copied`` says that the copy in the sent folder
#: is made. ``data`` is the Mail without its attachments.
mail = sa.Table(
    "mail",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("drawn_by", sa.Text, nullable=False),
    sa.Column("recipient_mailbox", sa.Text, nullable=False, server_default=""),
    sa.Column("drawn_by_mailbox", sa.Text, nullable=False, server_default=""),
    sa.Column("proven", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("message", sa.Integer),
    sa.Column("of_case", sa.Integer, nullable=False, server_default="0"),
    sa.Column("message_id", sa.Text, nullable=False),
    sa.Column("is_answer", sa.Boolean, nullable=False),
    sa.Column("asks", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("resent", sa.Integer, nullable=False, server_default="0"),
    sa.Column("not_before", UtcDateTime, nullable=False),
    sa.Column("next_try", UtcDateTime, nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
    sa.Column("claimed_at", UtcDateTime),
    sa.Column("sent_at", UtcDateTime),
    sa.Column("owner", sa.Text, nullable=False, server_default=""),
    sa.Column("copied", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("error", sa.Text, nullable=False, server_default=""),
    sa.Column("data", sa.Text, nullable=False),
    sa.Index(None, "state", "next_try"),
    sa.Index(None, "state", "is_answer", "sent_at"),
    sa.Index(None, "copied", "state"),
    sa.Index(None, "message_id"),
    sa.Index(None, "message"),
    sa.Index(None, "of_case"),
    sa.Index(None, "recipient", "made_at"),
    sa.Index(None, "recipient_mailbox", "made_at"),
    sa.Index(None, "drawn_by_mailbox", "made_at"),
    sqlite_autoincrement=True,
)

#: Mail to many that the secretary starts; ``data`` is the Mailing.
mailing = sa.Table(
    "mailing",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
    sa.UniqueConstraint("event", "key"),
    sqlite_autoincrement=True,
)

#: The files that go out with a mail, as bytes.
attachment = sa.Table(
    "attachment",
    metadata,
    sa.Column("mail", sa.Integer, sa.ForeignKey("mail.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

#: Which registrations a mail is about, and the UID of its calendar entry.
mail_registration = sa.Table(
    "mail_registration",
    metadata,
    sa.Column("mail", sa.Integer, sa.ForeignKey("mail.id"), primary_key=True),
    sa.Column("nr", sa.Text, primary_key=True),
    sa.Column("calendar_uid", sa.Text, nullable=False, server_default=""),
    sa.Index(None, "nr"),
    sa.Index(None, "calendar_uid"),
)

log = sa.Table(
    "log",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("registration", sa.Text, nullable=False),
    sa.Column("message", sa.Integer),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("says", sa.Text, nullable=False, server_default=""),
    sa.Column("because", sa.Text, nullable=False, server_default=""),
    sa.Index(None, "event"),
    sa.Index(None, "registration"),
    sqlite_autoincrement=True,
)

#: One per workbook; event "" is ``Te behandelen.xlsx``. It is behind while ``wanted`` is more
#: than ``written``; ``waits`` says why a write waits ("" when it does not).
workbook = sa.Table(
    "workbook",
    metadata,
    sa.Column("event", sa.Text, primary_key=True),
    sa.Column("wanted", sa.Integer, nullable=False, server_default="0"),
    sa.Column("written", sa.Integer, nullable=False, server_default="0"),
    sa.Column("behind_since", UtcDateTime),
    sa.Column("written_at", UtcDateTime),
    sa.Column("waits", sa.Text, nullable=False, server_default=""),
    sa.Column("last_number", sa.Integer, nullable=False, server_default="0"),
)

#: The cells of a write, under the number that the file carries (``WorkbookFile`` says why).
workbook_base = sa.Table(
    "workbook_base",
    metadata,
    sa.Column("event", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("cells", sa.Text, nullable=False),
)

#: What people were last told of an event: EventFacts.
event_snapshot = sa.Table(
    "event_snapshot",
    metadata,
    sa.Column("event", sa.Text, primary_key=True),
    sa.Column("facts", sa.Text, nullable=False),
)

#: Single facts: the next free number, the last good poll.
meta = sa.Table(
    "meta",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

#: The files of events and forms that all hosts of a ledger work by: "events/kis.toml", "forms/kis.docx".
configuration = sa.Table(
    "configuration",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

#: What says so of a table: its rows are of this moment, and no backup holds them.
PASSING = {"passing": True}

#: Who runs on this ledger where several may (PostgreSQL): a row for each service from its start to its end.
#: ``beat`` is when it last said that it works, by the clock of the database, which is the only one that all
#: of them share. ``sessions`` is what its connections are called there.
host = sa.Table(
    "host",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("process", sa.Integer, nullable=False),
    sa.Column("release", sa.Text, nullable=False),
    sa.Column("sessions", sa.Text, nullable=False),
    sa.Column("started", UtcDateTime, nullable=False),
    sa.Column("beat", UtcDateTime, nullable=False),
    info=PASSING,
)

#: What one host alone may do, and which does it, since when. It goes with its host.
lease = sa.Table(
    "lease",
    metadata,
    sa.Column("job", sa.Text, primary_key=True),
    sa.Column("host", sa.Text, sa.ForeignKey("host.id", ondelete="CASCADE"), nullable=False),
    sa.Column("since", UtcDateTime, nullable=False),
    info=PASSING,
)
