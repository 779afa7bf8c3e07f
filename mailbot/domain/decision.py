"""What is known about a message and what was decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mailbot.domain.announcement import Announcement, EventFacts
from mailbot.domain.case import Case
from mailbot.domain.document import ParseStatus
from mailbot.domain.mailing import Mailing, MailingShown
from mailbot.domain.message import Address
from mailbot.domain.registration import Change, Registration, Status
from mailbot.domain.saw import Saw
from mailbot.domain.settled import Preview, SentMail, SettledCase
from mailbot.domain.statement import Statement, Told
from mailbot.domain.submission import Person, Problem, Value


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

    @classmethod
    def of(cls, status: Status) -> Outcome:
        """What an answer says of a row whose status was set by hand."""
        return cls[status.name]

    @property
    def is_silent(self) -> bool:
        """Whether a message with this outcome draws no answer to its sender."""
        return self in (Outcome.AUTOMATIC, Outcome.DUPLICATE, Outcome.REVIEW, Outcome.NO_FORM)

    @property
    def is_for_sender_only(self) -> bool:
        """Whether somebody whom another registered is not written about it: a question goes to who
        mailed, and no news is no mail."""
        return self in (Outcome.INCOMPLETE, Outcome.UNCHANGED)


class Ask(StrEnum):
    """What a mail of ours asks or says besides outcomes. Stored with the mail: an answer to it is read
    by what was asked."""

    NOTHING = ""
    INCOMPLETE = "incomplete"
    WHICH = "which"
    WHICH_RETURNS = "which-returns"
    READABLE = "readable"
    NEW_DATE = "new-date"
    REMARK = "remark"
    REFUSED = "refused"
    ANSWERED = "answered"
    #: Told what was taken from a signature, with the plea to say what is wrong.
    SIGNED = "signed"
    #: Of a mail that asked nothing (``PendingQuestion``): it only told.
    TOLD = "told"

    @property
    def has_own_template(self) -> bool:
        """Whether the mail is drawn by the template of this name, whatever the outcomes are."""
        return self not in (Ask.NOTHING, Ask.INCOMPLETE, Ask.SIGNED, Ask.TOLD)

    @property
    def waits(self) -> bool:
        """Whether an answer is awaited: nobody has to say yes to what we told."""
        return self not in (Ask.NOTHING, Ask.REFUSED, Ask.ANSWERED, Ask.SIGNED, Ask.TOLD)


class FindingCode(StrEnum):
    """What code asks of a finding; its words are for people alone."""

    NONE = ""
    #: The rule found nothing to say.
    NOTHING = "nothing"
    #: The mail may be answered, and is to be.
    ANSWER_DUE = "answer-due"
    #: A kind word: nobody waits for an answer.
    COURTESY = "courtesy"
    #: The mail went into a case that stood open: it leaves none of its own.
    JOINED = "joined"
    #: Her decision about a case settled it: it is told with the message of that case.
    SETTLED = "settled"


#: What of the things that rules see code asks for afterwards.
ASKED_FOR = {
    Saw.NOTHING: FindingCode.NOTHING,
    Saw.ANSWER_DUE: FindingCode.ANSWER_DUE,
    Saw.THANKS: FindingCode.COURTESY,
    Saw.THANKS_AND_COMES: FindingCode.COURTESY,
    Saw.JOINED_CASE: FindingCode.JOINED,
    Saw.ACCEPTED_AS_READ: FindingCode.SETTLED,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule saw, for ``mailbot explain``. ``text`` is the Dutch of a ledger of before."""

    rule: str
    text: str = ""
    code: FindingCode = FindingCode.NONE
    says: tuple[Statement, ...] = ()


class Note(StrEnum):
    """Something the answer must say besides the outcome."""

    QUESTION_PASSED_ON = "question-passed-on"
    WORDS_PASSED_ON = "words-passed-on"  # that ask nothing
    EMAIL_OF_SENDER = "email-of-sender"
    BODY_OF_SENDER = "body-of-sender"  # of a list that says of nobody where they are from
    AFTER_DEADLINE = "after-deadline"
    DOUBTED = "doubted"
    PROMOTED = "promoted"
    RESTORED = "restored"
    LAST_ANSWER = "last-answer"
    FORMER_FORM = "former-form"
    MACROS_IGNORED = "macros-ignored"
    LOOKED_AT = "looked-at"
    CONFIRMED = "confirmed"
    READDRESSED = "readdressed"  # by a decision, not by the person: the former address hears it


@dataclass(frozen=True, slots=True)
class Result:
    """What becomes of one person. ``before`` is None for a new one, ``after`` None where no row
    follows. ``submitted`` is what the message said. ``mail`` says whether they (and the sender)
    hear of it; ``remark`` is the secretary's Toelichting, literally. ``visible`` says which keys a mail
    to an address (in lower case) may show the answers of; to any other address, only what ``submitted``
    said and is not sensitive. ``held`` says the same of what stood there before: who says a new value has not
    said the old one."""

    outcome: Outcome
    after: Registration | None = None
    before: Registration | None = None
    submitted: Person | None = None
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Note, ...] = ()
    reason: Told = ""
    remark: str = ""
    mail: bool = True
    visible: Mapping[str, frozenset[str]] = field(default_factory=dict)
    held: Mapping[str, frozenset[str]] = field(default_factory=dict)


#: Who did something, in ``Logboek`` and as who sent a row in, where it was nobody with an address.
MAILBOT, SECRETARIAT = "mailbot", "secretariaat"


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of ``Logboek``: who did what and why. ``who`` is ``MAILBOT``, ``SECRETARIAT`` or an address,
    empty for a sender without one; ``says`` is what follows ``what``; ``registration`` is an nr or empty."""

    who: str
    what: Told
    why: Told = ""
    registration: str = ""
    event: str = ""
    message: int | None = None
    says: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of ``Logboek`` with when it was written."""

    at: datetime
    line: LogLine


@dataclass(frozen=True, slots=True)
class EventState:
    """What the ledger holds about one event: all that its workbook is drawn from. ``as_of`` is
    when it was read. ``inbox`` are, in the one of no event, the mails left for a person, each as the
    case that her decision about it makes, with the id of the message. ``settled`` are the cases that
    she decided since the last digest, ``previews`` the mails that decisions about open ones would draw.
    ``mailings`` are the mails to many, and ``mailings_shown`` what their rows show."""

    event: str
    registrations: tuple[Registration, ...]
    cases: tuple[Case, ...]
    log: tuple[Logged, ...]
    as_of: datetime
    inbox: tuple[Case, ...] = ()
    settled: tuple[SettledCase, ...] = ()
    previews: tuple[Preview, ...] = ()
    lists: tuple[str, ...] = ()
    mailings: tuple[Mailing, ...] = ()
    mailings_shown: tuple[MailingShown, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one message, one case, one edit by hand, or because time passed.

    - ``event``: empty where it is not known. ``results``: the people in the order of the message, then
      those it touched besides (a promotion, with ``Note.PROMOTED``).
    - ``answer``: False where no mail at all may go out; ``to_sender``: False where only the others hear
      of it; ``answered_to``: who is answered, where it is not the sender; ``no_data``: the answer
      repeats nothing that was read; ``last_answer``: it is the last to this sender today, and says so.
    - ``asks``: what the answer asks or says besides the outcomes. ``REMARK`` is a question in the
      secretary's own words (``remark``), ``ANSWERED`` her answer, ``REFUSED`` her refusal of what
      has no row; ``turned_away``: who asked to come is told that they are not registered.
    - ``closes``: ids of the cases that this settles. ``announce``: a mail to many; ``mailings``: rows of
      ``Berichten`` that are new or changed. ``facts``: what
      people have been told of the event from now on.
    - ``tell_secretariat``: the start is near, so she hears of it at once. ``unread``: the parts that
      could not be read, with why. ``proven``: the writer is certainly who they say they are.
      ``by_hand``: the secretary decided it, so that nothing of it is doubted any more.
      ``receipt``: who mailed is told that it arrived, if it is not decided soon. ``known_as``: the name of
      who mailed, as the one registration at that very address has it.
    - ``stays``: nothing was decided, and the case goes on under another id, with a remark about why.
      ``corrects``: mails that went out and no longer hold; who got one gets one correction.
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
    asks: Ask = Ask.NOTHING
    question: str = ""
    remark: str = ""
    answered_to: Address | None = None
    no_data: bool = False
    known_as: str = ""
    last_answer: bool = False
    turned_away: bool = False
    announce: Announcement | None = None
    mailings: tuple[Mailing, ...] = ()
    facts: EventFacts | None = None
    tell_secretariat: bool = False
    destroy: bool = False
    proven: bool = False
    unread: tuple[tuple[str, ParseStatus], ...] = ()
    by_hand: bool = False
    receipt: bool = False
    stays: bool = False
    corrects: tuple[SentMail, ...] = ()


@dataclass(frozen=True, slots=True)
class PendingQuestion:
    """A mail of ours that the message answers: ``kind`` is what it asked, ``nrs`` the
    registrations it was about, ``rows`` these as they stand now. ``case`` is the id of the case in which
    the secretary asked it, 0 where mailbot did."""

    kind: Ask
    event: str
    nrs: tuple[str, ...] = ()
    rows: tuple[Registration, ...] = ()
    case: int = 0
    elsewhere: bool = False
    several: bool = False

    @property
    def registration(self) -> Registration | None:
        """The registration that it was about, where it is only one."""
        return self.rows[0] if len(self.rows) == 1 else None


@dataclass(frozen=True, slots=True)
class DecisionContext:
    """What the ledger knows that bears on one message. It is read under the lock under which the
    decision is written, so that nothing that bears on it changes between the two (``decision.lock_scope``).

    - ``registrations``: all, of any event and status, that the message may be about: by nr, thread,
      address, or the folded name of a person in it.
    - ``namesakes``: of a mail in which somebody stays away, those beside ``registrations`` who may be called
      as they are (``matching.names.may_be_called``); of one in which somebody comes, those of nearly that
      name (in words) or of whose name a form gives a part: it may be them, and is nobody new unseen.
    - ``thread``, ``thread_event``: the nrs and the event that the thread is about, by whosever
      Message-ID. Being in a thread gives no right.
    - ``answers_mail_to``: the address that our mail went to which the message answers directly;
      ``answers_mail_about``: the nrs that this mail was about;
      ``returned_to``: the address of our mail that came back, with ``returned_event`` and
      ``returned_subject`` what it was about (no subject: no mail to many); ``wrote``: the addresses
      on ``registrations`` that wrote to us themselves.
    - ``asked``: our question that the message answers.
    - ``taken``, ``taken_by_organisation``: places given, by event and by (event, organisation):
      registered, and incomplete within their time.
    - ``waiting``: the waiting lists by event, first in line first. ``next_nr``: the next free number.
    - ``answered_today``: answers to this sender in 24 hours; ``answered_in_thread``: our answers in the
      thread, of who answers their own those to them; ``drawn_today``: mails to others that this sender's
      messages caused, or that others caused to one of its people, whichever are more.
    - ``top_host``: the host whose ``Received`` always stands on top of mail in this mailbox; empty while
      there is none.
    - ``calendar_uids``: the UID of an invitation to its nr. ``open_cases``: those of the same sender,
      thread or registrations, and of the message that our question was about.
    - ``domains``: mail domains that the secretary gave to an organisation, by domain.
      ``domain_organisations``: those of the people known with an address at the sender's domain.
    - ``told_of``: of a mail in words alone, the events that mails of ours to its sender were about.
    - ``said_before``: of a form, the answers that forms decided before gave of each of
      their people, by the nrs that it may be about.
    """

    registrations: tuple[Registration, ...] = ()
    namesakes: tuple[Registration, ...] = ()
    thread: tuple[str, ...] = ()
    thread_event: str = ""
    answers_mail_to: str = ""
    answers_mail_about: frozenset[str] = frozenset()
    returned_to: str = ""
    returned_event: str = ""
    returned_subject: str = ""
    wrote: frozenset[str] = frozenset()
    asked: PendingQuestion | None = None
    taken: Mapping[str, int] = field(default_factory=dict)
    taken_by_organisation: Mapping[tuple[str, str], int] = field(default_factory=dict)
    waiting: Mapping[str, tuple[Registration, ...]] = field(default_factory=dict)
    next_nr: int = 1
    answered_today: int = 0
    drawn_today: int = 0
    answered_in_thread: int = 0
    open_cases: tuple[Case, ...] = ()
    domains: Mapping[str, str] = field(default_factory=dict)
    domain_organisations: frozenset[str] = frozenset()
    told_of: frozenset[str] = frozenset()
    calendar_uids: Mapping[str, str] = field(default_factory=dict)
    said_before: Mapping[str, tuple[Mapping[str, Value], ...]] = field(default_factory=dict)
    top_host: str = ""
