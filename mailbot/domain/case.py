"""What a person must decide, and what the secretary did in a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from mailbot.domain.event import Event
from mailbot.domain.file_says import FileSays
from mailbot.domain.mailing import MailingRow
from mailbot.domain.statement import Says, Statement, Told, say
from mailbot.domain.submission import Person, Problem, Value

#: So long before a deadline, what may be a registration is to be decided before all else.
_NEAR = timedelta(days=2)


class CaseKind(StrEnum):
    """Why a person must decide. ``wording.title`` is what ``Te behandelen`` says is the matter."""

    LATE = "te laat"
    WHICH_EVENT = "welke bijeenkomst"
    SAME_PERSON = "wie is wie"
    CONTRADICTION = "andere waarde dan de uwe"
    DOUBT = "twijfel over een antwoord"
    QUESTION = "vraag"
    MANY_PEOPLE = "veel personen"
    NOT_INVITED = "niet op de lijst"
    TOO_MANY = "veel mails van één adres"
    FORGED = "afzender niet bevestigd"
    UNRELATED = "afzender onbekend bij de inschrijving"
    PERHAPS = "misschien een inschrijving"
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
    ERASURE = "vraagt om gegevens te wissen"
    ACCESS = "vraagt welke gegevens wij hebben"
    COLLEAGUES = "adressen van een bestuur"
    REMOVED = "rij gewist"


#: Kinds that ask whether, or how, somebody comes to an event: what she decided of them later would mail
#: somebody that they are registered for what is over.
ABOUT_COMING = frozenset(
    {
        CaseKind.LATE,
        CaseKind.WHICH_EVENT,
        CaseKind.SAME_PERSON,
        CaseKind.MANY_PEOPLE,
        CaseKind.NOT_INVITED,
        CaseKind.TOO_MANY,
        CaseKind.FORGED,
        CaseKind.UNRELATED,
        CaseKind.PERHAPS,
        CaseKind.UNCLEAR,
        CaseKind.INCOMPLETE,
        CaseKind.CALENDAR_DECLINE,
        CaseKind.FREED_PLACE,
        CaseKind.CAPACITY,
        CaseKind.FORWARDED,
    }
)

#: Kinds about a message of which nothing (or nothing about that person) is recorded before she decides: it is
#: then judged again by the same rules.
ABOUT_A_MESSAGE = frozenset(
    {
        CaseKind.WHICH_EVENT,
        CaseKind.MANY_PEOPLE,
        CaseKind.FORGED,
        CaseKind.TOO_MANY,
        CaseKind.NOT_INVITED,
        CaseKind.UNRELATED,
        CaseKind.SAME_PERSON,
        CaseKind.UNCLEAR,
        CaseKind.PERHAPS,
    }
)

#: Kinds in which she lets a form in, or says to which meeting it belongs, without seeing which answers of
#: before it would change.
LETS_A_FORM_IN = frozenset(
    {
        CaseKind.WHICH_EVENT,
        CaseKind.MANY_PEOPLE,
        CaseKind.FORGED,
        CaseKind.TOO_MANY,
        CaseKind.NOT_INVITED,
    }
)

#: Kinds in which somebody asked to come and waits for an answer, so that they hear it where she refuses.
HEARS_REFUSAL = frozenset({CaseKind.NOT_INVITED, CaseKind.PERHAPS, CaseKind.WHICH_EVENT})


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
    REGISTER = "inschrijven"
    EXCUSE = "noteren als verontschuldigd"
    WITHDRAW = "afmelden"
    ANSWER = "antwoord sturen"
    REPLACES = "vervangt"
    DONE = "afgehandeld"
    UNDO = "ongedaan maken"
    AS_COLLEAGUE = "aanvaarden, voortaan als collega"
    REVOKE = "intrekken"


#: In the payload of a case about the workbook: what she did there could not be done.
REFUSED = "refused"
#: In the payload of a case about the workbook: cells of hers name somebody whose data was erased.
STILL_NAMED = "still_named"
#: In the payload of a case: the organisation of who comes, where no person says it.
OF_ORGANISATION = "organisation"
#: In the payload of a case: the body of which its mail says that nobody comes.
ABSENT_BODY = "absent_body"
#: In the payload of a case: the nrs of those whom its mail names, where somebody may come in their place.
IN_PLACE_OF = "in_place_of"
#: In the payload of a case: the form that the secretary has not agreed to yet, which its message waits for.
OF_FORM = "form"
#: In the payload of a case about what a sender may not do alone: the sender is known at the registration.
KNOWN = "known"
#: In the payload of a case: the nr of the registration that becomes whole, and stays what it is where it is
#: somebody else's than the one that it resembles.
OWN_ROW = "row"
#: In the payload of a case: a mail domain that the secretary can give, or gave, to an organisation.
DOMAIN = "domain"
#: In the payload of a case: she asked something about it, and waits for the answer. Its value is the id that
#: the case had then, which the mail that asks knows; a former mailbot wrote "ja".
ASKED = "asked"
#: In the payload of a case that goes on from another: the id of that, in whose row it is shown.
GOES_ON = "goes_on"
#: In the payload of a case: the nrs of those whom our question was about that its message answers, and who
#: waited for the answer then. As soon as none of them waits any more, it is settled.
WAITED = "waited"
#: In the payload of a case: whom the secretary says a mail is about, instead of its sender.
OF_ANOTHER = "of"
#: The same person, as the answer to a question of hers names them, where they come along with the sender;
#: empty where those come along whom it lists (``Case.people``).
ALONG = "along"
#: In the payload of a case: the names that its words hold, of whom it could not be told who is meant.
NAMED_UNREAD = "named_unread"
#: In the payload of a case: what she decides is about whom its mail tells by their function alone.
BY_FUNCTION = "by_function"
#: In the payload of a case at each of several events that a mail names: the ids of those. What it says of
#: another is none of the case.
BESIDE = "beside"
#: In the payload of a case: the event that she chose with a decision that could not be carried out, or that
#: she took back, which stands in its row until she decides again.
CHOSEN_EVENT = "chosen_event"
#: In the payload of a case at no event: the id of the one that its message names, which takes
#: nobody any more.
ABOUT_EVENT = "about_event"
#: In the payload of a case: her Toelichting to a decision that could not be carried out, which stands in its
#: row until she decides again.
UNSENT = "unsent"
#: In the payload of a case about free places: the nrs of those whom they are for, first in line first.
OFFERED = "offered"
#: In the payload of a case about answers that are doubted: the sheet where the secretary typed them herself.
TYPED_AT = "typed_at"
#: The row of that sheet; without one, a former mailbot kept both in words.
TYPED_ROW = "typed_row"


@dataclass(frozen=True, slots=True)
class Case:
    """Something a person must decide. ``id`` is 0 until the ledger gives one.

    ``event`` is empty where it belongs to none, or to one of ``events``. ``who`` it is about is as people
    know them; ``says`` what is the matter. ``what`` is text that stands before that as it is: the subject of
    a mail in ``Postvak``, or the Dutch of a ledger of before. ``choices`` come
    with the accepting one first. ``registration`` is the nr of the row it is about, if there is one;
    ``message`` the message it came from. ``person`` is what the message says about them, and
    ``fields`` what a contradiction is about; ``doubts`` are answers that are in doubt, which the
    workbook puts in words before ``what``. ``people`` are those whom an answer to a question of hers lists:
    her choice is about all of them. ``payload`` carries what an announcement will
    send: its kind and the facts it was made from. ``key`` makes the same case the same: one
    that stands open is not opened twice.
    """

    kind: CaseKind
    who: Told
    what: str
    choices: tuple[Choice, ...]
    opened: datetime
    event: str = ""
    events: tuple[str, ...] = ()
    registration: str = ""
    message: int | None = None
    person: Person | None = None
    fields: tuple[str, ...] = ()
    doubts: tuple[Problem, ...] = ()
    payload: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    id: int = 0
    says: tuple[Statement, ...] = ()
    people: tuple[Person, ...] = ()

    @property
    def stays_open(self) -> bool:
        """Whether it waits for nobody: it stands open as long as what she decided holds, so that she sees
        it and can take it back."""
        return self.kind is CaseKind.COLLEAGUES

    @property
    def only_tells(self) -> bool:
        """Whether it says what mailbot mended in a workbook, and asks nothing."""
        asks = self.registration or {REFUSED, STILL_NAMED} & self.payload.keys()
        return self.kind is CaseKind.WORKBOOK and not asks

    @property
    def may_be_of(self) -> tuple[str, ...]:
        """The events that it belongs to, or may belong to."""
        return (self.event,) if self.event else self.events

    def is_overtaken(self, events: Mapping[str, Event], now: datetime, zone: ZoneInfo) -> bool:
        """Whether it asks whether somebody comes, nobody decided it, and each of the ``events`` that it may
        be of is over. What came after that, as a word about an attestation does, waits for her as before; but
        about what may be a registration there is nothing to decide any more. A row that she typed twice is
        hers to put right."""
        of = [events[event] for event in self.may_be_of if event in events]
        typed = self.kind is CaseKind.SAME_PERSON and self.message is None
        if typed or self.kind not in ABOUT_COMING or not of or not all(one.is_over(now, zone) for one in of):
            return False
        return self.kind is CaseKind.PERHAPS or not all(one.is_over(self.opened, zone) for one in of)

    def presses(self, events: Mapping[str, Event], now: datetime, zone: ZoneInfo) -> bool:
        """Whether it is about a mail that may be a registration, and the deadline of one of the ``events``
        that it may be of is near or past."""
        of = [events[event] for event in self.may_be_of if event in events]
        return self.kind is CaseKind.PERHAPS and any(one.is_late(now + _NEAR, zone) for one in of)


def offered(case: Case) -> tuple[str, ...]:
    """The nrs of those whom the free places of a case are for; a former mailbot offered one at a time."""
    return tuple(case.payload.get(OFFERED, case.registration).split())


def words_of(choices: Iterable[Choice], replaceable: Iterable[str] = ()) -> tuple[str, ...]:
    """The choices as the drop-down says them; ``replaceable`` are the nrs whose place somebody may take:
    "vervangt INS-0003"."""
    words: list[str] = []
    for choice in choices:
        words += [f"{choice} {nr}" for nr in replaceable] if choice is Choice.REPLACES else [str(choice)]
    return tuple(words)


#: How many a case about several names.
NAMED = 8


def about_several(names: Sequence[str]) -> Statement:
    """Whom a case is about (``Case.who``), where it is about several: the first of them, and how many more
    there are."""
    return say(Says.SOME_PEOPLE, people=tuple(names[:NAMED]), more=_more(names))


def about_all(names: Sequence[str]) -> Statement:
    """The same, after how many they are."""
    return say(Says.SO_MANY_PEOPLE, count=len(names), people=tuple(names[:NAMED]), more=_more(names))


def _more(names: Sequence[str]) -> tuple[Statement, ...]:
    return (say(Says.AND_OTHERS, count=len(names) - NAMED),) if len(names) > NAMED else ()


def listed(word: str) -> str:
    """A word as a drop-down shows it: a comma would make two of one there. It is read as the same."""
    return word.replace(",", " –")


def choice_of(word: str) -> tuple[Choice, str]:
    """The choice that a word of the drop-down is, with the nr that it names. Raises ``ValueError``."""
    said, _, nr = word.casefold().partition(" ins-")
    return (Choice(said), f"INS-{nr}") if nr else (Choice(word.casefold()), "")


class EditKind(StrEnum):
    """What the secretary did in a workbook."""

    CELL = "cell"
    NEW_ROW = "new-row"
    DELETED_ROW = "deleted-row"
    ATTENDED = "attended"
    CONFIRM = "confirm"
    DECISION = "decision"
    LISTS = "lists"
    MAILING = "mailing"


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing the secretary did, as the difference from what mailbot last wrote there.

    ``key`` is a form key, "status", the name of a list to make, or empty. ``row`` are the answers of a
    row typed in. For a decision, ``case`` is its id, with ``choice`` (and the ``nr`` that it names), her
    ``remark`` (Toelichting, literally) and, where she had to choose one, the ``event``; about a mail of
    ``Postvak`` it is ``message``, and ``who`` whom she says that it is about. ``mailing`` is a row of
    ``Berichten``. ``sheet`` is where she did it, ``at`` the number of the row, 0 for one that is
    gone.
    """

    kind: EditKind
    sheet: str
    nr: str = ""
    key: str = ""
    old: Value | None = None
    new: Value | None = None
    row: Mapping[str, Value] = field(default_factory=dict)
    case: int = 0
    choice: Choice | None = None
    remark: str = ""
    event: str = ""
    at: int = 0
    message: int = 0
    who: str = ""
    mailing: MailingRow | None = None

    @property
    def where(self) -> Told:
        """The place, as the log tells it."""
        return say(FileSays.SHEET_ROW, sheet=self.sheet, at=self.at) if self.at else self.sheet
