"""What one message says: which event, which people, which answers, and what the sender wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, SerializerFunctionWrapHandler, WrapSerializer

from mailbot.domain.document import NOWHERE, Location, ParseStatus, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.statement import Told

#: An answer: text as the person wrote it with white space tidied, or yes/no.
Value = str | bool


def _source(stored: object) -> object:
    """A source as ledgers of before hold it, in words that only people read."""
    return Location().at(Unit.WORDS, stored) if isinstance(stored, str) and stored else stored or NOWHERE


def _stored(source: Location, write: SerializerFunctionWrapHandler) -> object:
    """A source for the ledger; words of before stay the words they were."""
    if source.has(Unit.WORDS) or not source.steps:
        return str(source)
    return write(source)


#: What an answer was taken from: a place in a mail or document, its sender, her decision.
Source = Annotated[Location, BeforeValidator(_source), WrapSerializer(_stored)]


class Code(StrEnum):
    """What is the matter with an answer."""

    MISSING = "missing"
    INVALID = "invalid"
    UNSURE = "unsure"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Problem:
    """A doubt about one answer of one person (its index in the submission).

    ``code`` says what is the matter, ``reason`` why, ``read`` what stood there, as it was written, and
    ``detail`` what the sentence of the reason quotes (``Doubt.detail``). ``text`` is the Dutch reason that
    ledgers of before 2026-12 hold instead of a code: it is shown as it is, and no code writes one.
    """

    person: int
    field: str
    code: Code
    reason: Reason = Reason.UNCLEAR
    read: str = ""
    detail: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer with its source. ``signed``: taken from the signature of the mail, which the answer to
    it tells. ``erases``: it asks that what is noted goes, which an empty one does not. ``reader`` is
    how it was found, ``beat`` each other way that was less likely."""

    value: Value
    where: Source = NOWHERE
    signed: bool = False
    reader: Told = ""
    beat: tuple[Told, ...] = ()
    erases: bool = False

    @property
    def is_said(self) -> bool:
        """Whether it takes the place of what is noted."""
        return self.erases or self.value != ""


@dataclass(frozen=True, slots=True)
class Person:
    """What a message says about one person: answers by field key, none for what was left
    open. ``organisation_known`` is the name in the list of organisations, or empty; ``event`` the
    one that their form names, where the forms in a message name several. ``nr`` is the registration that is
    theirs, where an answer to a question about several tells."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    organisation_known: str = ""
    event: str = ""
    nr: str = ""

    @property
    def values(self) -> dict[str, Value]:
        """The answers without their sources."""
        return {key: answer.value for key, answer in self.answers.items()}

    def text(self, key: str) -> str:
        """The answer as text; empty where there is none or it is a yes/no."""
        answer = self.answers.get(key)
        return answer.value if answer and isinstance(answer.value, str) else ""


class SubmissionKind(StrEnum):
    """What a file or a message turned out to hold (``outcome`` of ``mailbot read``)."""

    FORM = "form"
    PERHAPS = "perhaps"
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
    which may be the answers we asked for. ``UNCLEAR``: acts that concern a registration, on which
    the two readers disagree or which nobody may carry out alone (a condition, a number of places);
    ``Submission.acts`` and ``Submission.heard`` say what each understood.
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
    UNCLEAR = "unclear"
    NONE = "none"


class ActKind(StrEnum):
    """What one clause of a mail does."""

    COME = "come"
    NOT_COME = "not-come"
    RESTORE = "restore"
    BRING = "bring"
    PLACES = "places"
    SUBSTITUTE = "substitute"
    CHANGE = "change"
    ANSWER = "answer"
    CONFIRM = "confirm"
    DENY = "deny"
    PARTIAL = "partial"
    CONDITION = "condition"
    UNSURE = "unsure"
    QUESTION = "question"
    COPY = "copy"
    ERASE = "erase"
    ACCESS = "access"
    THANKS = "thanks"
    OTHER = "other"


class Who(StrEnum):
    """Whom an act is about. ``COMPANY`` is the writer with others."""

    WRITER = "writer"
    NAMED = "named"
    MAYOR = "mayor"
    COLLEAGUE = "colleague"
    GROUP = "group"
    COMPANY = "writer+"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a mail in words says or asks, as the rules of the lexicon read it.

    ``people`` are the names written with it. ``elsewhere``: it is about another meeting, day,
    list or object, and none of ours. ``field`` is the key or label of what changes, ``value`` its
    new value, ``places`` a number asked for, ``condition`` the words of an "if" or "unless".
    ``asked_out`` tells a withdrawal ("schrap mij") from an excuse ("ik kan niet komen").
    ``words`` is the sentence it stands in, ``clause`` the part of it that says so, in plain letters.
    ``size`` is a number that only tells how many some people are. ``agreed``: the statistical reader found it
    as well. ``by_reason``: only a reason for it is given ("ik lig
    in het ziekenhuis"). ``of_self``: its sentence speaks of the writer, where
    ``who`` may only take that for granted. ``pointed``: it is of a "he", a "she" or of "the" registration.
    ``bare``: a return that says of no coming itself, as what was asked before does ("dat lukt nu wel").
    ``of_both``: its clause speaks of two together, whom it does not name.
    """

    kind: ActKind
    who: Who = Who.WRITER
    people: tuple[str, ...] = ()
    elsewhere: bool = False
    field: str = ""
    value: str = ""
    places: int = 0
    condition: str = ""
    asked_out: bool = False
    words: str = ""
    clause: str = ""
    agreed: bool = False
    of_self: bool = False
    by_reason: bool = False
    pointed: bool = False
    bare: bool = False
    of_both: bool = False
    size: int = 0


def acts_here(acts: Iterable[Act], *kinds: ActKind) -> list[Act]:
    """The acts that are about ours, and not about another meeting or object; where ``kinds`` are given, those
    of them alone."""
    return [act for act in acts if not act.elsewhere and (not kinds or act.kind in kinds)]


class ClueSource(StrEnum):
    """What in a message names an event. The value is what ``mailbot explain`` prints."""

    #: The mark that our own blank forms carry: it is certain, whatever else the mail is about.
    MARK = "kenmerk in het formulier"
    HEADING = "titel of datum in het formulier"
    FORM = "soort formulier"
    SUBJECT = "onderwerp"
    WORDS = "tekst van de mail"
    ADDRESS = "adres"
    #: Who asked to read it said so (``mailbot read --event``).
    GIVEN = "opgegeven"


@dataclass(frozen=True, slots=True)
class EventClue:
    """Something in the message that names an event, and where (``by``); ``stale`` is true for a form made
    for an earlier date of it. An empty ``event`` means that it names a title or date that no event here
    has."""

    event: str
    by: ClueSource
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Submission:
    """What one message says: which event, which people, which answers, what is wanted.

    ``form`` is the form that fits. ``named`` are the people a withdrawal or substitution in
    plain words names ("Jan Peeters"), ``roles`` the function of each where the words give
    it, ``told`` those whom plain words alone put on the list, every
    answer of theirs doubted in ``told_doubts``. ``writer`` is what their signature tells of who
    wrote words without a form, with what they say to eat, ``signed_by_another`` the name of another than
    their sender below them; ``described`` are those whom such words name,
    or who wrote them, as far as the words tell of them beside the name. ``own`` is what the words tell of
    their writer by the questions of the form ("ik kies vlees"), ``own_words`` the sentences that tell nothing
    else. ``question`` holds the sender's own
    words where they ask something, or say what somebody must hear beside a form or an answer
    (``asks_nothing``: nothing but that); ``words`` all that they wrote themselves, without quotes, signature
    and form.
    ``acts`` are what those words do, one by one, and ``heard`` the kinds of act that the
    statistical reader (version ``reader``) found in them (``heard_elsewhere``: it found that they are about
    something else, and nothing that is done at an event), ``unread_words`` the sentences in which no
    act was found; ``nothing_more``: both readers find that an answer wants nothing, beside
    thanks or a yes. ``staying`` are those who are said to come beside others who do not. ``nrs`` are
    references of ours that they wrote. ``unread`` are the parts that could not be read, with why.
    ``by_function`` is the one of whom they say by a function alone that they do not come,
    ``comes_by_function`` the one of whom they say so that they come. ``absent_body`` is the body in the list
    of which they say that nobody comes.
    ``recognised``: read from a picture, everything is to be confirmed. ``macros``: a part holds macros,
    which did not run. ``everywhere``: who stays away does so from all meetings. ``workbooks`` are
    parts that are a workbook of ours, of which nothing was read. ``evidence`` is what speaks for
    and against its being a registration, with the weights.
    """

    found: SubmissionKind
    form: str = ""
    people: tuple[Person, ...] = ()
    problems: tuple[Problem, ...] = ()
    clues: tuple[EventClue, ...] = ()
    intent: Intent = Intent.NONE
    named: tuple[str, ...] = ()
    substitute: Person | None = None
    told: tuple[Person, ...] = ()
    told_doubts: tuple[Problem, ...] = ()
    writer: Person | None = None
    signed_by_another: str = ""
    described: tuple[Person, ...] = ()
    own: Mapping[str, Answer] = field(default_factory=dict)
    own_words: tuple[str, ...] = ()
    question: str = ""
    asks_nothing: bool = False
    words: str = ""
    acts: tuple[Act, ...] = ()
    heard: tuple[ActKind, ...] = ()
    heard_elsewhere: bool = False
    reader: str = ""
    unread_words: str = ""
    nothing_more: bool = False
    staying: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    nrs: tuple[str, ...] = ()
    unread: tuple[tuple[str, ParseStatus], ...] = ()
    recognised: bool = False
    notes: tuple[Told, ...] = ()
    evidence: tuple[Told, ...] = ()
    macros: bool = False
    everywhere: bool = False
    workbooks: tuple[str, ...] = ()
    uncalculated: tuple[str, ...] = ()
    by_function: Person | None = None
    comes_by_function: Person | None = None
    absent_body: str = ""

    def without_own(self) -> Submission:
        """The submission once what its writer tells of themselves is taken over: of that nobody has to
        hear."""
        asked, unread = self.question, self.unread_words
        for words in self.own_words:
            asked, unread = asked.replace(words, ""), unread.replace(words, "")
        return replace(self, question=" ".join(asked.split()), unread_words=" ".join(unread.split()))

    def as_substitution(self, nr: str, comes: Person | None, question: str = "") -> Submission:
        """The submission as one whose words let somebody come in the place of who has that reference, and
        say no more of anybody."""
        return replace(
            self,
            intent=Intent.SUBSTITUTE,
            people=(),
            problems=(),
            told=(),
            told_doubts=(),
            named=(),
            staying=(),
            nrs=(nr,),
            substitute=comes,
            question=question,
        )

    @property
    def replaces(self) -> bool:
        """Whether the words say that somebody comes in the place of another."""
        return bool(acts_here(self.acts, ActKind.SUBSTITUTE))

    @property
    def newcomer(self) -> Person | None:
        """Who comes in the place of somebody, where the words want that and they, or the form beside them,
        say anything of who it is."""
        comes = self.substitute or (self.people[0] if len(self.people) == 1 else None)
        wanted = self.replaces or self.intent is Intent.SUBSTITUTE
        return comes if wanted and comes is not None and comes.answers else None
