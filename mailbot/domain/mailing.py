"""Mail to many that the secretary starts: a row of ``Berichten``."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from mailbot.domain.announcement import Announcing
from mailbot.domain.event import Event
from mailbot.domain.message import Address
from mailbot.domain.statement import Told

#: One mail to many goes to so many addresses at most.
MOST = 500
#: From so long after the end on nobody expects thanks any more: an old event looked at anew mails nobody.
THANKED_WITHIN = timedelta(days=30)


class MailingState(StrEnum):
    """What became of a row. One that was stopped can still be sent; one that was sent never again."""

    OPEN = "open"
    STOPPED = "stopped"
    SENT = "sent"


class Files(StrEnum):
    """What goes out with a mail to many, as it stands in the drop-down."""

    FORMS = "formulieren"
    CERTIFICATE = "attest"


class Audience(StrEnum):
    """To whom, as it stands in the drop-down. Other words name a column or sheet of hers."""

    REGISTERED = "ingeschreven"
    WAITING = "wachtlijst"
    EXCUSED = "verontschuldigd"
    WITHDRAWN = "afgemeld"
    UNANSWERED = "nog geen antwoord"
    PRESENT = "aanwezig"


class MailingChoice(StrEnum):
    """What she decides about a row."""

    PROOF = "proef aan mezelf"
    SEND = "versturen"
    DO_NOT_SEND = "niet versturen"


@dataclass(frozen=True, slots=True)
class Mailing:
    """A mail to many. ``id`` is 0 until the ledger gives one; ``key`` makes the same row the same.

    ``to``, ``subject``, ``text`` and ``files`` are as she typed them. ``listed`` and ``marked`` are what a
    sheet or a column of hers that ``to`` names said when the workbook was last read: addresses, or the nrs
    of the rows marked there; ``unlisted`` is why it said nothing. ``kind`` is what mailbot proposed
    it for, ``WRITTEN`` for hers; a copy that she makes of such a row is of its kind, since that says how the
    mail begins and ends, and ``copied`` is the key of that row. ``done`` is when it was sent or stopped,
    ``nrs`` and ``count`` whom it went to, ``sent_to`` the same as lines, by what they were called and where
    they were reached then; ``note`` is a line of ours to her. ``hidden``: she deleted the row.
    """

    event: str
    key: str
    opened: datetime
    to: str = ""
    subject: str = ""
    text: str = ""
    files: str = ""
    kind: Announcing = Announcing.WRITTEN
    listed: tuple[Address, ...] = ()
    marked: tuple[str, ...] = ()
    unlisted: Told = ""
    state: MailingState = MailingState.OPEN
    done: datetime | None = None
    nrs: tuple[str, ...] = ()
    sent_to: tuple[Told, ...] = ()
    count: int = 0
    proofs: int = 0
    note: Told = ""
    hidden: bool = False
    copied: str = ""
    id: int = 0

    @property
    def _proposal(self) -> str:
        """The key of the row that mailbot proposed: this one, or the one that it is a copy of."""
        return self.copied or self.key

    @property
    def version(self) -> str:
        """Changes with what people would read. The same text never goes to one address twice, however
        often its row is copied; of another move the same words tell something new."""
        move = (self._proposal,) if self.kind is Announcing.AGAIN else ()
        said = "\x00".join((self.kind, self.subject.strip(), self.text.strip(), self.files.strip(), *move))
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @property
    def waits(self) -> bool:
        """Whether mailbot proposed it, and she neither began nor hid it."""
        proposed = self.kind is not Announcing.WRITTEN and not self.copied
        return proposed and self.state is MailingState.OPEN and not self.hidden

    def is_outlived(self, event: Event, instead: Event | None, now: datetime, zone: ZoneInfo) -> bool:
        """Whether what mailbot proposed it for is past at ``now`` (aware): nobody is to be reminded of a
        deadline that is over, told where to park at a meeting that was, or thanked after a month. ``instead``
        is the event that takes the place of this one."""
        if self.kind is Announcing.AGAIN:  # of the new date
            of = instead or event
            return of.cancelled or of.has_started(now, zone)
        if event.cancelled or instead is not None:
            return True
        if self.kind is Announcing.THANKS:
            end = event.ends_at(zone)
            return end is not None and now >= end + THANKED_WITHIN
        late = self.kind is Announcing.REMINDER and event.is_late(now, zone)
        return late or event.has_started(now, zone)

    def says_the_same(self, other: Mailing) -> bool:
        """Whether people read the same words in both, whatever each is for: a copy that she makes of a row
        that mailbot proposed is hers. Two of which each is about a move of its own tell two things."""
        if self.kind is other.kind is Announcing.AGAIN and self._proposal != other._proposal:
            return False
        mine, others = ((one.subject.strip(), one.text.strip(), one.files.strip()) for one in (self, other))
        return bool(self.text.strip()) and mine == others

    @property
    def preview(self) -> str:
        """Changes with all that a preview shows but for who comes and goes."""
        return hashlib.sha256(f"{self.version}\x00{self.to.strip().casefold()}".encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class MailingRow:
    """A row of ``Berichten`` as it was found, where it differs from what was written there. ``id`` is 0
    for one that was typed in. ``preview`` and ``shown`` are what the file's preview was drawn of: its
    digest, and the addresses (in lower case) that it named. ``copy_of`` is the number that it repeats, of a
    row that she copied. ``gone``: the row was deleted; ``older``: it stands in a copy of before the last
    write."""

    id: int
    key: str
    to: str = ""
    subject: str = ""
    text: str = ""
    files: str = ""
    choice: str = ""
    listed: tuple[Address, ...] = ()
    marked: tuple[str, ...] = ()
    unlisted: Told = ""
    preview: str = ""
    shown: tuple[str, ...] = ()
    copy_of: int = 0
    gone: bool = False
    older: bool = False


@dataclass(frozen=True, slots=True)
class MailingShown:
    """A mail to many as its row shows it: ``people`` are lines of whom it goes to, by name, ``addresses``
    the same in lower case, as they are compared; ``text`` the mail as the first of them reads it, and
    ``problem`` why it cannot go out as it is."""

    mailing: Mailing
    people: Sequence[Told] = ()
    addresses: Sequence[str] = ()
    text: Told = ""
    problem: Told | None = None
