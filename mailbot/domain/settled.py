"""What the secretary decided since the last digest: what it did, and what undoes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mailbot.domain.case import Case, Choice
from mailbot.domain.registration import Registration
from mailbot.domain.statement import Told


@dataclass(frozen=True, slots=True)
class SentMail:
    """A mail that a decision drew, as far as it matters afterwards. ``sent`` is None while it waits;
    ``failed``: it will never be tried again; ``left``: it went out, may be going out right now, or went out
    and the server did not say that it took it; ``waits``: it is to go out (again). ``calendar``: it puts
    an entry into a calendar, or takes it out. ``name`` is that of whom it went to, as the mail had it."""

    id: int
    to: str
    subject: str
    kind: str
    message_id: str = ""
    nrs: tuple[str, ...] = ()
    sent: datetime | None = None
    left: bool = False
    failed: bool = False
    waits: bool = False
    calendar: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """One decision of hers, as the ledger keeps it until the next digest.

    ``choice`` is None for a row that she deleted, ``nr`` that of whose place it gives away, ``event``
    the one that she chose with it. ``before`` are
    the rows as they were, ``after`` as the decision made them: one that is only in ``after`` was made by it.
    ``opened`` are the keys of the cases it opened, ``closed`` the ids of those it closed besides, ``outcome``
    what its message had been.
    ``final`` says why it cannot be undone, or is empty; ``refused`` says by what she chose later why that did
    not happen. ``notes`` says what else she is to know.
    """

    choice: Choice | None
    remark: str = ""
    before: tuple[Registration, ...] = ()
    after: tuple[Registration, ...] = ()
    opened: tuple[str, ...] = ()
    closed: tuple[int, ...] = ()
    outcome: str = ""
    final: Told = ""
    notes: tuple[Told, ...] = ()
    refused: Mapping[Choice, Told] = field(default_factory=dict)
    nr: str = ""
    event: str = ""

    @property
    def word(self) -> str:
        """What she chose, as the drop-down said it; empty for a row that she deleted."""
        return " ".join(filter(None, (self.choice, self.nr)))


@dataclass(frozen=True, slots=True)
class SettledCase:
    """A decided case as its grey row shows it, with the mails that it drew."""

    case: Case
    at: datetime
    settlement: Settlement
    mails: tuple[SentMail, ...] = ()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What she can still choose: to undo it, where that can be."""
        return () if self.settlement.final else (Choice.UNDO,)


@dataclass(frozen=True, slots=True)
class Preview:
    """A mail that a decision about an open case would draw; without ``to``, none would go. ``choice`` is
    the word of the drop-down; ``name`` who reads it, empty for the sender, whose display name is theirs to
    choose. ``of_inbox``: about a mail of ``Postvak``, whose id ``case`` is then. ``registers`` says how many
    people get a number by the decision."""

    case: int
    who: Told
    choice: str
    to: Told = ""
    subject: str = ""
    text: str = ""
    name: str = ""
    of_inbox: bool = False
    registers: int = 0
