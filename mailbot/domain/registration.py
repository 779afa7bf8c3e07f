"""One person at one event, with a status and a reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from mailbot.domain.statement import Says, Statement, Told
from mailbot.domain.submission import Problem, Value

#: What ``Change`` and ``by_hand`` call the status of a row.
STATUS = "status"


class Status(StrEnum):
    """Where a registration stands, as the workbook says it."""

    REGISTERED = "Ingeschreven"
    WAITLISTED = "Wachtlijst"
    EXCUSED = "Verontschuldigd"
    CANCELLED = "Afgemeld"
    LATE = "Te laat"
    INCOMPLETE = "Onvolledig"

    @property
    def is_out(self) -> bool:
        """Whether the person said that they do not come."""
        return self in (Status.EXCUSED, Status.CANCELLED)

    @property
    def is_coming(self) -> bool:
        """Whether the person has a place: stands on the lists of who comes, and in their calendar."""
        return self is Status.REGISTERED

    @property
    def is_in(self) -> bool:
        """Whether the person has a place or stands in line for one."""
        return self.is_coming or self is Status.WAITLISTED

    @property
    def is_expected(self) -> bool:
        """Whether the person may come: is in, or would be but for an answer that is missing."""
        return self.is_in or self is Status.INCOMPLETE


#: What queries and formulas ask for of those who come.
COMING = tuple(status for status in Status if status.is_coming)


class Removal(StrEnum):
    """Why the secretary took a row out of the list, as ``Logboek`` says it."""

    DOUBLE = "dubbel, geschrapt"
    BY_HAND = "afgemeld door het secretariaat"
    UNDONE = "beslissing ongedaan gemaakt"


@dataclass(frozen=True, slots=True)
class Registration:
    """One person at one event. ``nr`` is the reference people see ("INS-0042").

    - ``arrived``: the arrival that counts for the deadline and the waiting list; ``received``: when the
      first message about it came; ``changed``: when it last changed.
    - ``asked_at``: when we first asked for what was missing or doubted, aware; later questions leave it.
    - ``sender``: the address that mailed ("Ingestuurd door"); ``message``: the ledger's id of the message
      it came from, None for a row typed in; ``by_sender``: the keys whose present value ``sender`` gave;
      ``claimed``: the person wrote to us themselves since, so that the sender has no say any more;
      ``sender_doubted``: nothing proved that ``sender`` mailed, as where a no-reply address names them.
    - ``withheld``: the keys answered before a decision put another e-mail address there, and not since:
      no mail shows them.
    - ``unanswered``: the secretary typed its e-mail by hand, and nobody wrote from there since.
    - ``by_hand``: the keys the secretary corrected, which win over later mail; ``unsent_changes``: what
      changed by hand and was not mailed to the person yet (key "status" for the status), which
      ``Bevestiging sturen`` mails; ``removed``: why she took the row out.
    - ``doubts``: the problems still open (their ``person`` is 0). ``reason``: why it waits, or
      is late (``found_no_place`` is the fact that code asks).
    - ``replaces``, ``replaced_by``: the nr of the other in a substitution. ``sequence``: the calendar
      SEQUENCE last sent, -1 for none; ``by_file``: that entry is a file in a mail to where they are reached,
      and no invitation. ``attended``: the column Aanwezig. ``bounced``: a mail to it came
      back. ``email_of_sender``: its e-mail is that of who mailed, since none was given.
    - ``since``: when it was decided that they (may) come, or do not, aware; ``heard``: the date and place
      of then (``Event.moment``), which they were told.
    """

    nr: str
    event: str
    status: Status
    answers: Mapping[str, Value]
    received: datetime
    arrived: datetime
    changed: datetime
    sender: str = ""
    message: int | None = None
    organisation_known: str = ""
    by_hand: frozenset[str] = frozenset()
    doubts: tuple[Problem, ...] = ()
    reason: Told = ""
    replaces: str = ""
    replaced_by: str = ""
    sequence: int = -1
    attended: bool | None = None
    bounced: bool = False
    email_of_sender: bool = False
    after_deadline: bool = False
    #: Stored under the name that ledgers of before have.
    unsent_changes: Annotated[tuple[Change, ...], Field(alias="untold")] = ()
    by_sender: frozenset[str] = frozenset()
    claimed: bool = False
    sender_doubted: bool = False
    withheld: frozenset[str] = frozenset()
    unanswered: bool = False
    removed: Removal | None = None
    asked_at: datetime | None = None
    by_file: bool = False
    since: datetime | None = None
    heard: str = ""

    @property
    def has_invitation(self) -> bool:
        """Whether their own calendar was sent the event, or that it is out of it again."""
        return self.sequence >= 0 and not self.by_file

    @property
    def found_no_place(self) -> bool:
        """Of one that waits or is incomplete: whether there was no place when it came, so that it holds none.
        ``reason`` tells people why."""
        return bool(self.reason)

    @property
    def is_kept_waiting(self) -> bool:
        """Whether the secretary has it wait although there was a place: until she changes that, it stands in
        no line, and no place that comes free is for it."""
        kept = isinstance(self.reason, Statement) and self.reason.code is Says.PUT_TO_WAIT
        return kept and self.status is Status.WAITLISTED

    @property
    def was_there(self) -> bool:
        """Whether she ticked that they were there, whatever their status says."""
        return bool(self.attended)

    @property
    def is_struck(self) -> bool:
        """Whether the secretary took it out of the list: it stands in none."""
        return self.removed is not None and self.status is Status.CANCELLED

    @property
    def has_withdrawn(self) -> bool:
        """Whether somebody withdrew and nobody comes in their place."""
        return self.status is Status.CANCELLED and self.removed is None and not self.replaced_by

    @property
    def is_undone(self) -> bool:
        """Whether it came of a decision that she took back: it stands in no sheet either."""
        return self.is_struck and self.removed is Removal.UNDONE

    @property
    def is_untold(self) -> bool:
        """Whether the secretary typed it in, and its person was told nothing of it yet."""
        return any(change.key == STATUS and change.old is None for change in self.unsent_changes)

    def is_asked_whether(self, key: str) -> bool:
        """Whether a question for yes or no is doubted and has no answer yet."""
        return self.answers.get(key) is None and any(problem.field == key for problem in self.doubts)

    def sent_by(self, address: str) -> bool:
        """Whether this address, in lower case, surely sent it in: anybody can name another as the sender."""
        return self.sender.lower() == address and not self.sender_doubted

    def text(self, key: str) -> str:
        """The answer as text; empty where there is none or it is a yes/no."""
        value = self.answers.get(key)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that changed. Empty is None."""

    key: str
    old: Value | None
    new: Value | None


def nr_text(number: int) -> str:
    """The reference people see for a number of the ledger: 42 → "INS-0042"."""
    return f"INS-{number:04d}"
