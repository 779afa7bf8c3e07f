"""The nouns: what a mail is from the moment it arrives until what follows from it is recorded.

Bytes → Message → Blocks → Submission → Decision → Mail. Every stage takes the noun before
it and gives the next; stages know each other by nothing else. All are frozen values; all
times are aware and in UTC unless a name says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

#: An answer: text as the person wrote it with white space tidied, or yes/no.
Value = str | bool

#: The one sign for every kind of ticked box, and for every kind of empty one.
TICKED = "☒"
UNTICKED = "☐"


# ---------------------------------------------------------------- what came in


_MACHINE = re.compile(
    r"^(mailer-daemon|no-?reply|noreply|do-?not-?reply|donotreply|niet-?beantwoorden|geen-?antwoord|"
    r"ne-?pas-?repondre|nepasrepondre|auto-?reply|autoresponder|notifications?|bounces?|daemon)([-+._].*)?@"
    r"|^.{0,60}([-._+])(no-?reply|noreply|donotreply|bounces?)@",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address; ``email`` is lower case in its domain, as written in its local part."""

    email: str
    name: str = ""

    @property
    def is_machine(self) -> bool:
        """Whether this is an address that no person reads: a mail server's, or one that wants no answer."""
        return bool(_MACHINE.match(self.email))


@dataclass(frozen=True, slots=True)
class Part:
    """One attachment or inline file of a message, decoded once. Names are labels, never paths."""

    name: str
    media_type: str
    data: bytes
    inline: bool = False


class Verdict(StrEnum):
    """What the ``Authentication-Results`` of the believed server say of the sender."""

    PASS = "pass"  # noqa: S105  the word of RFC 8601, no secret
    FAIL = "fail"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CalendarReply:
    """An iTIP REPLY (RFC 5546): what someone's calendar says to an invitation of ours."""

    uid: str
    attendee: str
    partstat: str


@dataclass(frozen=True, slots=True)
class Bounce:
    """A returned mail of ours: its Message-ID and the address that could not be reached."""

    message_id: str
    recipient: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A mail, understood as mail: who, when, what it holds, and whether a machine sent it.

    ``body`` holds the text as blocks with their quote level; ``parts`` the attachments, in
    order. ``automatic`` says why it was no person who sent it, or is empty: it may then not be
    processed. ``no_answer`` says why it may not be answered although it may be processed (bulk
    mail, a no-reply address), or is empty. ``digest`` covers the decoded parts: with
    ``message_id`` and ``sender`` it tells the same message wherever it is found.
    ``forwarded`` is the message inside, where this one passes another on.
    """

    message_id: str
    sender: Address
    subject: str
    date: datetime | None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: Address | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    digest: str = ""
    automatic: str = ""
    no_answer: str = ""
    authentication: Verdict = Verdict.NONE
    calendar_reply: CalendarReply | None = None
    bounce: Bounce | None = None
    forwarded: Message | None = None
    delivered_to: tuple[str, ...] = ()

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


# ---------------------------------------------------------------- what a document shows


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line. ``slot``: it was typed into (or left open in) a field of the form, so
    an empty one is certainly unanswered; ``name`` is then the field's own name, if it has one.
    ``struck``: it is crossed out. ``placeholder``: the form's own hint, still standing.
    ``unsure``: the letters are right, but not whether a space belongs where a line broke."""

    text: str
    slot: bool = False
    name: str = ""
    struck: bool = False
    placeholder: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text, with where it stands ("bijlage inschrijving.docx, regel 4").

    ``quote`` is the depth of quoting in a mail; ``signature`` marks a sender's signature;
    ``heading`` a title. Ticks of every kind are ``TICKED`` and ``UNTICKED``.
    """

    spans: tuple[Span, ...]
    where: str
    quote: int = 0
    signature: bool = False
    heading: bool = False

    @property
    def text(self) -> str:
        """The whole line, struck text included."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid; it may hold lines and grids again. ``columns`` and ``rows`` are how
    many it spans (covered positions are not repeated in the grid)."""

    blocks: tuple[Block, ...]
    where: str
    columns: int = 1
    rows: int = 1
    column: int = 0

    @property
    def text(self) -> str:
        """All lines in it, nested ones included, joined by newlines."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells. ``Cell.column`` is the cell's grid column, counted from 0."""

    rows: tuple[tuple[Cell, ...], ...]
    where: str
    quote: int = 0

    @property
    def text(self) -> str:
        """All cells, tab and newline between them."""
        return "\n".join("\t".join(cell.text for cell in row) for row in self.rows)


Block = Paragraph | Grid


#: What a reader remarks of a document with macros in it.
MACROS = "macro's zijn niet uitgevoerd"


class State(StrEnum):
    """What became of reading a document."""

    READ = "read"
    PROTECTED = "protected"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one part shows. ``children`` are the parts inside a container (zip, msg, ...).

    ``recognised`` is true for text read from a picture: every answer is then to be confirmed.
    ``notes`` are remarks in Dutch (``MACROS``).
    """

    name: str
    state: State
    blocks: tuple[Block, ...] = ()
    children: tuple[Part, ...] = ()
    recognised: bool = False
    notes: tuple[str, ...] = ()


# ---------------------------------------------------------------- what it says


class Code(StrEnum):
    """What is the matter with an answer."""

    MISSING = "missing"
    INVALID = "invalid"
    UNSURE = "unsure"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Problem:
    """A doubt about one answer of one person; ``text`` is Dutch, for the sender."""

    person: int
    field: str
    code: Code
    text: str
    read: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with its source ("bijlage inschrijving.docx, tabel 1, rij 2")."""

    value: Value
    where: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """What a message says about one person: answers by field key, none for what was left
    open. ``organisation_known`` is the name in the list of organisations, or empty; ``event`` the
    one that their form names, where the forms in a message name several."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    organisation_known: str = ""
    event: str = ""

    def text(self, key: str) -> str:
        """The answer as text; empty where there is none or it is a yes/no."""
        answer = self.answers.get(key)
        return answer.value if answer and isinstance(answer.value, str) else ""


class Found(StrEnum):
    """What a file or a message turned out to hold (``outcome`` of ``mailbot read``)."""

    FORM = "form"
    BLANK = "blank"
    NO_FORM = "no-form"
    PROTECTED = "protected"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    UNSUPPORTED = "unsupported"


class Intent(StrEnum):
    """What the sender wants, where the words of the mail say so.

    ``FORM`` lets the form speak. ``MAYBE_WITHDRAW`` only looks like a withdrawal ("ik kan niet
    bij de lunch zijn"); a person decides. ``CONFIRM`` is a plain "ja", ``DENY`` a plain "nee",
    ``CHANGE`` says that something noted must be otherwise, ``REPLY`` is other words of their own,
    which may be the answers we asked for.
    """

    FORM = "form"
    REGISTER = "register"
    EXCUSE = "excuse"
    WITHDRAW = "withdraw"
    MAYBE_WITHDRAW = "maybe-withdraw"
    RESTORE = "restore"
    SUBSTITUTE = "substitute"
    CONFIRM = "confirm"
    DENY = "deny"
    THANKS = "thanks"
    CHANGE = "change"
    REPLY = "reply"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class EventClue:
    """Something in the message that names an event. ``by`` says what, in Dutch ("kenmerk in het
    formulier", "onderwerp"); ``stale`` is true for a form made for an earlier date of it. An
    empty ``event`` means that it names a title or date that no event here has."""

    event: str
    by: str
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Submission:
    """What one message says: which event, which people, which answers, what is wanted.

    ``form`` is the form that fits. ``named`` are the people a withdrawal or substitution in
    plain words names ("Jan Peeters"), ``told`` those whom plain words alone put on the list, every
    answer of theirs doubted in ``told_doubts``. ``question`` holds the sender's own words where they ask
    something; ``words`` all that they wrote themselves, without quotes, signature and form.
    ``nrs`` are references of ours that they wrote. ``unread`` are the parts that could not be
    read, with why. ``recognised``: read from a picture, everything is to be confirmed.
    """

    found: Found
    form: str = ""
    people: tuple[Person, ...] = ()
    problems: tuple[Problem, ...] = ()
    clues: tuple[EventClue, ...] = ()
    intent: Intent = Intent.NONE
    named: tuple[str, ...] = ()
    substitute: Person | None = None
    told: tuple[Person, ...] = ()
    told_doubts: tuple[Problem, ...] = ()
    question: str = ""
    words: str = ""
    nrs: tuple[str, ...] = ()
    unread: tuple[tuple[str, State], ...] = ()
    recognised: bool = False
    notes: tuple[str, ...] = ()


# ---------------------------------------------------------------- what is known and decided


class Outcome(StrEnum):
    """What was decided about a person; a message has the first that holds for anyone in it, in
    this order."""

    AUTOMATIC = "automatic"
    DUPLICATE = "duplicate"
    REVIEW = "review"
    INCOMPLETE = "incomplete"
    WAITLISTED = "waitlisted"
    LATE = "late"
    SUBSTITUTED = "substituted"
    REGISTERED = "registered"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    EXCUSED = "excused"
    UNCHANGED = "unchanged"
    NO_FORM = "no-form"


class Status(StrEnum):
    """Where a registration stands, as the workbook says it."""

    REGISTERED = "Ingeschreven"
    WAITLISTED = "Wachtlijst"
    EXCUSED = "Verontschuldigd"
    CANCELLED = "Afgemeld"
    LATE = "Te laat"
    INCOMPLETE = "Onvolledig"


@dataclass(frozen=True, slots=True)
class Registration:
    """One person at one event. ``nr`` is the reference people see ("INS-0042").

    ``arrived`` is the arrival that counts for the deadline and the waiting list; ``received``
    when its first message (or hand) came, ``changed`` when it last changed. ``sender`` is the
    address that mailed ("Ingestuurd door"); ``message`` the ledger's id of the message it came
    from, None for a row typed in. ``by_hand`` are the keys the secretary corrected: they win
    over later mail. ``doubts`` are the problems still open (their ``person`` is 0). ``reason``
    says in Dutch why it waits. ``replaced_by``/``replaces`` are the ``nr`` of a substitute.
    ``sequence`` is the calendar SEQUENCE last sent, -1 for none. ``attended``: Aanwezig.
    ``bounced``: a mail to it came back. ``email_of_sender``: its e-mail is that of who mailed, since
    none was given. ``untold`` is what changed by hand since the person was
    last told (key "status" for the status): ``Bevestiging sturen`` tells it. An incomplete one
    with a ``reason`` holds no place: there was none when it came.
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
    reason: str = ""
    replaces: str = ""
    replaced_by: str = ""
    sequence: int = -1
    attended: bool | None = None
    bounced: bool = False
    email_of_sender: bool = False
    after_deadline: bool = False
    untold: tuple[Change, ...] = ()

    def text(self, key: str) -> str:
        """The answer as text; empty where there is none or it is a yes/no."""
        value = self.answers.get(key)
        return value if isinstance(value, str) else ""


class CaseKind(StrEnum):
    """Why a person must decide. The value is what ``Te behandelen`` says is the matter."""

    LATE = "te laat"
    WHICH_EVENT = "welke bijeenkomst"
    SAME_PERSON = "wie is wie"
    CONTRADICTION = "andere waarde dan de uwe"
    DOUBT = "twijfel over een antwoord"
    QUESTION = "vraag"
    MANY_PEOPLE = "veel personen"
    NOT_INVITED = "niet op de lijst"
    FORGED = "afzender niet bevestigd"
    UNRELATED = "afzender onbekend bij de inschrijving"
    UNCLEAR = "onduidelijk bericht"
    UNREADABLE = "onleesbaar"
    INCOMPLETE = "niet aangevuld"
    CALENDAR_DECLINE = "agenda-uitnodiging geweigerd"
    FREED_PLACE = "vrijgekomen plaats"
    CAPACITY = "meer inschrijvingen dan plaatsen"
    ANNOUNCE = "mail klaar om te versturen"
    UNDELIVERED = "mail niet bezorgd"
    SHELVED = "kon niet verwerkt worden"
    FORWARDED = "doorgestuurd na de deadline"
    DESTROY = "voorstel tot vernietiging"
    WORKBOOK = "werkboek"


class Choice(StrEnum):
    """What she can decide, as it stands in the drop-down."""

    ACCEPT = "aanvaarden"
    WAITLIST = "op wachtlijst"
    REFUSE = "weigeren"
    ASK = "navragen"
    TAKE_NEW = "nieuwe waarde overnemen"
    KEEP_CURRENT = "huidige waarde behouden"
    SAME = "zelfde persoon"
    OTHER = "andere persoon"
    SEND = "versturen"
    DO_NOT_SEND = "niet versturen"
    DONE = "afgehandeld"


@dataclass(frozen=True, slots=True)
class Case:
    """Something a person must decide. ``id`` is 0 until the ledger gives one.

    ``event`` is empty where it belongs to none, or to one of ``events``. ``who`` and ``what``
    are Dutch: who it is about, what is the matter and what was read. ``choices`` come with the
    accepting one first. ``registration`` is the nr of the row it is about, if there is one;
    ``message`` the message it came from. ``person`` is what the message says about them, and
    ``fields`` what a contradiction is about. ``payload`` carries what an announcement will
    send: its kind and the facts it was made from. ``key`` makes the same case the same: one
    that stands open is not opened twice.
    """

    kind: CaseKind
    who: str
    what: str
    choices: tuple[Choice, ...]
    opened: datetime
    event: str = ""
    events: tuple[str, ...] = ()
    registration: str = ""
    message: int | None = None
    person: Person | None = None
    fields: tuple[str, ...] = ()
    payload: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule saw, for ``mailbot explain``; ``text`` is Dutch."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that changed. Empty is None."""

    key: str
    old: Value | None
    new: Value | None


class Note(StrEnum):
    """Something the answer must say besides the outcome."""

    QUESTION_PASSED_ON = "question-passed-on"
    EMAIL_OF_SENDER = "email-of-sender"
    AFTER_DEADLINE = "after-deadline"
    DOUBTED = "doubted"
    PROMOTED = "promoted"
    RESTORED = "restored"
    LAST_ANSWER = "last-answer"
    FORMER_FORM = "former-form"
    MACROS_IGNORED = "macros-ignored"
    LOOKED_AT = "looked-at"


@dataclass(frozen=True, slots=True)
class Result:
    """What becomes of one person. ``before`` is None for a new one, ``after`` None where no row
    follows. ``submitted`` is what the message said. ``mail`` says whether they (and the sender)
    hear of it; ``remark`` is the secretary's Toelichting, literally."""

    outcome: Outcome
    after: Registration | None = None
    before: Registration | None = None
    submitted: Person | None = None
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    reason: str = ""
    remark: str = ""
    mail: bool = True


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of ``Logboek``: who did what and why. ``who`` is "mailbot", "secretariaat" or an
    address; ``registration`` an nr or empty."""

    who: str
    what: str
    why: str = ""
    registration: str = ""
    event: str = ""
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of ``Logboek`` with when it was written."""

    at: datetime
    line: LogLine


@dataclass(frozen=True, slots=True)
class EventState:
    """What the ledger holds about one event: all that its workbook is drawn from. ``as_of`` is
    when it was read."""

    event: str
    registrations: tuple[Registration, ...]
    cases: tuple[Case, ...]
    log: tuple[Logged, ...]
    as_of: datetime


class EditKind(StrEnum):
    """What the secretary did in a workbook."""

    CELL = "cell"
    NEW_ROW = "new-row"
    DELETED_ROW = "deleted-row"
    ATTENDED = "attended"
    CONFIRM = "confirm"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing the secretary did, as the difference from what mailbot last wrote there.

    ``key`` is a form key, "status", or empty. ``row`` are the answers of a row typed in. For a
    decision, ``case`` is its id, with ``choice``, her ``remark`` (Toelichting, literally) and,
    where she had to choose one, the ``event``. ``where`` is the place ("Deelnemers, rij 7").
    """

    kind: EditKind
    where: str
    nr: str = ""
    key: str = ""
    old: Value | None = None
    new: Value | None = None
    row: Mapping[str, Value] = field(default_factory=dict)
    case: int = 0
    choice: Choice | None = None
    remark: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What people were told of an event: times local, as in the event file. ``times`` counts how
    often it was told anew: an event that moves away and back is another news each time. ``noted`` is
    all that was last seen of the event, as people read it, by key of its file."""

    event: str
    title: str
    starts: datetime | None = None
    ends: datetime | None = None
    place: str = ""
    cancelled: bool = False
    times: int = 0
    noted: Mapping[str, str] = field(default_factory=dict)


class Announcing(StrEnum):
    """What a mail to many is about."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    REPLACED = "replaced"
    REMINDER = "reminder"
    PRACTICAL = "practical"
    THANKS = "thanks"


@dataclass(frozen=True, slots=True)
class Announcement:
    """A mail to many that the secretary agreed to. ``to`` are the people it goes to (by address,
    who shares one gets one), ``addresses`` those who have no registration (a reminder to an
    organisation that has not answered). ``before`` are the facts people had, ``replacing`` the
    event that takes the place of this one. ``version`` is the event's: kind, version and person
    make the mail's key, so that no list is ever mailed twice."""

    kind: Announcing
    event: str
    version: str
    to: tuple[Registration, ...] = ()
    addresses: tuple[Address, ...] = ()
    before: EventFacts | None = None
    replacing: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one message, one case, one edit by hand or one passing of time.

    ``event`` is empty where none could be told. ``results`` come in the order of the people in
    the message, then those it touched besides (a promotion: with ``Note.PROMOTED``). ``answer``
    is False where no mail may go out at all, ``to_sender`` where only the others hear of it.
    ``asks`` tells what the answer asks besides
    missing answers: "which" (which of your registrations), "which-returns" (who comes after all),
    "readable" (a readable form), "new-date" (will you come on the new date), or is empty; "remark"
    is a question in the secretary's own words (``remark``), "refused" her refusal of what has no
    row. ``closes`` are ids of cases that are hereby settled.
    ``answered_to`` is who is answered, where it is not the message's sender. ``no_data`` says
    that the answer must repeat nothing that was read. ``last_answer``: no other answer goes to
    this sender today, and this one says so. ``announce`` is a mail to many; ``facts`` what people
    have been told of the event from now on. ``tell_secretariat``: the start is near, she hears
    of it at once. ``unread`` are the parts that could not be read, with why.
    """

    outcome: Outcome
    event: str = ""
    results: tuple[Result, ...] = ()
    cases: tuple[Case, ...] = ()
    closes: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    log: tuple[LogLine, ...] = ()
    answer: bool = True
    to_sender: bool = True
    asks: str = ""
    question: str = ""
    remark: str = ""
    answered_to: Address | None = None
    no_data: bool = False
    last_answer: bool = False
    announce: Announcement | None = None
    facts: EventFacts | None = None
    tell_secretariat: bool = False
    destroy: bool = False
    unread: tuple[tuple[str, State], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of ours that the message answers: ``kind`` is "incomplete", "which",
    "which-returns", "readable" or "new-date", or "told" for a mail of ours that asked nothing; ``nrs`` the
    registrations it was about, and ``registration`` the one, as it stands now, where it is only
    one."""

    kind: str
    event: str
    nrs: tuple[str, ...] = ()
    registration: Registration | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger knows that bears on one message, read under the lock that the decision is
    written under.

    ``registrations`` are all (of any event and status) that the message may be about: whose nr
    it names, whose thread it answers, whose address is the sender's or a person's, or whose
    folded name is a person's or a named one's. ``thread`` are the nrs that the thread is about,
    ``thread_event`` the event of it, ``asked`` our question that it answers. ``taken`` counts
    the places given by event (registered, and incomplete within their time), and
    ``taken_by_organisation`` by (event, organisation). ``waiting`` are the waiting lists by
    event, first in line first. ``next_nr`` is the next free number. ``answered_today`` counts
    the answers to this sender in the last 24 hours. ``drawn_today`` counts the mails to others that
    this sender's messages drew, or that others drew to one of its people, whichever are more;
    ``answered_in_thread`` our answers in the
    thread, whoever got them. ``calendar_uids`` maps the UID of an
    invitation to its nr. ``open_cases`` are those of the same sender, thread or registrations.
    """

    registrations: tuple[Registration, ...] = ()
    thread: tuple[str, ...] = ()
    thread_event: str = ""
    asked: Asked | None = None
    taken: Mapping[str, int] = field(default_factory=dict)
    taken_by_organisation: Mapping[tuple[str, str], int] = field(default_factory=dict)
    waiting: Mapping[str, tuple[Registration, ...]] = field(default_factory=dict)
    next_nr: int = 1
    answered_today: int = 0
    drawn_today: int = 0
    answered_in_thread: int = 0
    open_cases: tuple[Case, ...] = ()
    calendar_uids: Mapping[str, str] = field(default_factory=dict)


def nr_text(number: int) -> str:
    """The reference people see for a number of the ledger: 42 → "INS-0042"."""
    return f"INS-{number:04d}"


# ---------------------------------------------------------------- what goes out


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes out with a mail."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to send, complete but for its transport.

    ``key`` is made from message, recipient and kind: the same mail has the same key; the ledger
    takes a key once, and gives the mail its ``message_id``. ``calendar`` is an
    iCalendar text whose METHOD is ``calendar_method`` and whose SEQUENCE is ``sequence``, which the
    ledger notes at its registrations (-1: none). ``outcome`` is None for what mailbot
    sends by itself (invitations, reminders, digests): those are ``auto-generated``. ``nrs`` are
    the registrations it is about, ``asks`` the question it puts (as in ``Decision.asks``, or
    "incomplete"). ``not_before`` holds it until then.
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
    asks: str = ""
    not_before: datetime | None = None
    message_id: str = ""
