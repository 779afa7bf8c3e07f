"""A mail to send, complete but for its transport."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.domain.decision import Ask, Outcome
from mailbot.domain.message import Address


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """That a file is the calendar entry of a registration, with its SEQUENCE: it ``enters`` the event, or
    takes it out again."""

    nr: str
    sequence: int
    enters: bool


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes out with a mail. What ``entry`` says the ledger notes at the registration, once."""

    name: str
    media_type: str
    data: bytes
    entry: CalendarFile | None = None


#: The kind of a mail that says that another arrived; what is decided before its time takes it back.
RECEIPT = "receipt"
#: How long a decision may take before the sender is told that the mail arrived.
RECEIPT_AFTER = timedelta(minutes=30)
#: The kinds of mails to the office that follow from no decision. They name people of any event, and are
#: held as long as the mails that they tell of.
TO_THE_OFFICE = frozenset({"digest", "alarm", "mended"})


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to send, complete but for its transport.

    ``key`` is made from message, recipient and kind: the same mail has the same key; the ledger
    takes a key once, and gives the mail its ``message_id``. ``calendar`` is an
    iCalendar text whose METHOD is ``calendar_method`` and whose SEQUENCE is ``sequence``, which the
    ledger notes at its registrations (-1: none). ``outcome`` is None for what mailbot
    sends by itself (invitations, reminders, digests): those are ``auto-generated``. ``nrs`` are
    the registrations it is about, ``asks`` the question it puts (as in ``Decision.asks``, or
    ``INCOMPLETE``). ``not_before`` holds it until then.
    """

    key: str
    kind: str
    to: Address
    sender: Address
    subject: str
    text: str
    html: str
    event: str = ""
    outcome: Outcome | None = None
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    calendar: str = ""
    calendar_method: str = ""
    sequence: int = -1
    attachments: tuple[Attachment, ...] = ()
    nrs: tuple[str, ...] = ()
    asks: Ask = Ask.NOTHING
    not_before: datetime | None = None
    message_id: str = ""
