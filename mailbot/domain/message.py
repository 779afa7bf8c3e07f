"""A mail as it came in: who sent it, when, what it holds, and whether a machine sent it.

All values are frozen; all times are aware and in UTC unless a name says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mailbot.domain.document import Block, Part
from mailbot.text.normalize import plain

#: How the local part of an address that no person reads begins.
_PROGRAMS = (
    "mailer daemon",
    "auto reply",
    "autoresponder",
    "notification",
    "notifications",
    "bounces",
    "daemon",
)
#: What says anywhere in an address that it wants no answer (nl, fr, en, de).
_NO_ANSWER = (
    "no reply", "do not reply", "dont reply", "never reply", "no response", "no answer", "unattended",
    "niet beantwoorden", "niet antwoorden", "geen antwoord", "geen reply", "niet reageren",
    "ne pas repondre", "ne pas reply", "pas de reponse", "sans reponse", "ne repondez pas",
    "nicht antworten", "keine antwort",
)  # fmt: skip


def _spelled(words: tuple[str, ...]) -> str:
    """The words together, or with a dot, dash or underscore between them."""
    return "|".join(word.replace(" ", "[-._]?") for word in words)


_MACHINE = re.compile(
    rf"(?:{_spelled(_PROGRAMS)})(?:[-._+\d].*)?|(?:.*[-._+])?(?:{_spelled(_NO_ANSWER)})(?:[-._+\d].*)?|.+[-._+]bounces?"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address; ``email`` is lower case in its domain, as written in its local part."""

    email: str
    name: str = ""

    @property
    def mailbox(self) -> str:
        """The mailbox that this reaches, in lower case: jan+kis@damme.be is jan@damme.be. One mailbox
        has one share of every limit, whatever tags it writes from."""
        local, at, domain = self.email.lower().rpartition("@")
        return f"{local.partition('+')[0] or local}{at}{domain}"

    @property
    def is_machine(self) -> bool:
        """Whether this is an address that no person reads: a mail server's, or one that wants no answer."""
        local = self.email.rpartition("@")[0].lower()[:200]
        return bool(_MACHINE.fullmatch(plain(local)))


class Verdict(StrEnum):
    """What the ``Authentication-Results`` of the believed server say of the sender."""

    PASS = "pass"  # noqa: S105  the word of RFC 8601, no secret
    FAIL = "fail"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CalendarReply:
    """An iTIP REPLY (RFC 5546): what someone's calendar says to an invitation of ours.

    ``attendee`` is who answers, ``sent_by`` who answers for them, ``delegated_to`` to whom they passed
    the invitation on. ``words`` is what they wrote with it: COMMENT, and the text of the mail without
    what calendars write by themselves; ``others`` are the UIDs of further entries in the same answer."""

    uid: str
    attendee: str
    partstat: str
    sent_by: str = ""
    delegated_to: str = ""
    words: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounce:
    """A returned mail of ours: its Message-ID and the address that could not be reached."""

    message_id: str
    recipient: str
    reason: str = ""


class MachineSign(StrEnum):
    """What shows that no person sent a mail, or that it may not be answered. Statements of the ledger hold
    these; ``wording.secretary`` has the words."""

    NONE = ""
    MAIL_SERVER = "mail-server"
    UNDELIVERED = "undelivered"
    OURS = "ours"
    OWN_ADDRESS = "own-address"
    CALENDAR = "calendar"
    READ_RECEIPT = "read-receipt"
    AUTO_REPLY = "auto-reply"
    AUTO_REPLY_SUBJECT = "auto-reply-subject"
    AUTO_MESSAGE = "auto-message"
    AUTO_MESSAGE_TEXT = "auto-message-text"
    AWAY = "away"
    AWAY_TEXT = "away-text"
    RECEIPT = "receipt"
    LIST = "list"
    PASSED_BY_LIST = "passed-by-list"
    NEWSLETTER = "newsletter"
    NO_SENDER = "no-sender"
    NO_ENVELOPE_SENDER = "no-envelope-sender"
    BULK = "bulk"
    JUNK = "junk"
    WANTS_NO_REPLY = "wants-no-reply"
    NO_REPLY_ADDRESS = "no-reply-address"
    REWRITTEN_BY_LIST = "rewritten-by-list"
    COPIER = "copier"


@dataclass(frozen=True, slots=True)
class Message:
    """A mail, understood as mail: who, when, what it holds, and whether a machine sent it.

    ``body`` holds the text as blocks with their quote level; ``parts`` the attachments, in
    order. ``automatic`` says why it was no person who sent it, if so: it may then not be
    processed. ``no_answer`` says why it may not be answered although it may be processed (bulk
    mail, a no-reply address). ``digest`` covers the decoded parts: with
    ``message_id`` and ``sender`` it tells the same message wherever it is found.
    ``forwarded`` is the message inside, where this one passes another on. ``stands_in`` says why
    ``sender`` is no person's address (a list rewrote it, a copier, a no-reply address), if so;
    ``reply_to`` is whom the headers name beside it. ``received_by`` is the host in the topmost
    ``Received`` (lower case), ``received_at`` the time there. ``not_given``: a mail server wrote this in
    the place of a message that it could not give.
    """

    message_id: str
    sender: Address
    subject: str
    date: datetime | None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: Address | None = None
    stands_in: MachineSign = MachineSign.NONE
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    digest: str = ""
    automatic: MachineSign = MachineSign.NONE
    no_answer: MachineSign = MachineSign.NONE
    authentication: Verdict = Verdict.NONE
    calendar_reply: CalendarReply | None = None
    bounce: Bounce | None = None
    forwarded: Message | None = None
    delivered_to: tuple[str, ...] = ()
    received_by: str = ""
    received_at: datetime | None = None
    not_given: bool = False

    def without_bytes(self) -> Message:
        """The message with the names of its parts alone, once what is in them was read."""
        inside = self.forwarded.without_bytes() if self.forwarded else None
        return replace(self, parts=tuple(replace(part, data=b"") for part in self.parts), forwarded=inside)

    def answered_at(self, web_forms: Collection[str] = ()) -> Address:
        """Where an answer goes: to the sender, and only where theirs is no person's address, or one of the
        configured ``web_forms`` (lower case), to whom the headers name beside it. Anybody can write
        any Reply-To: the answer then tells no more than the mail itself said."""
        if self.reply_to is None or not (self.stands_in or self.sender.email.lower() in web_forms):
            return self.sender
        return Address(self.reply_to.email, self.reply_to.name or self.sender.name)

    def is_for_another(self, web_forms: Collection[str] = ()) -> bool:
        """Whether the sender's address is surely not that of whoever wrote."""
        return bool(self.stands_in) or self.sender.email.lower() in web_forms

    @property
    def mails(self) -> tuple[Message, ...]:
        """This message and those that it passes on, one inside another."""
        return (self, *(self.forwarded.mails if self.forwarded else ()))

    @property
    def thread(self) -> tuple[str, ...]:
        """The Message-IDs this one answers, nearest first, none twice."""
        return tuple(dict.fromkeys((*self.in_reply_to, *reversed(self.references))))


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message in the ledger: ``id`` there, the ``mailbox`` it came in by, and when the mail
    server ``received`` it (INTERNALDATE), which is the time that counts."""

    id: int
    mailbox: str
    received: datetime
    message: Message
