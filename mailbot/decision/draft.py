"""The value that the rules share: a draft of the decision, which each rule refines in turn.

A rule is a function ``DecisionDraft -> DecisionDraft`` in a file of its own under ``rules/``. It looks at
the message as a whole, or by ``DecisionDraft.each`` at every person that no rule has settled yet, and
adds a finding about what it saw. What a rule has settled, later rules leave alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from mailbot.config.settings import Settings
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import (
    ASKED_FOR,
    Ask,
    DecisionContext,
    Finding,
    FindingCode,
    LogLine,
    Note,
    Outcome,
)
from mailbot.domain.document import Paragraph
from mailbot.domain.event import Event
from mailbot.domain.form import Form
from mailbot.domain.message import Address, Arrival, Message
from mailbot.domain.registration import Registration, Status
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Fact, Statement, Told, say
from mailbot.domain.submission import Intent, Person, Problem, Submission, Value
from mailbot.matching.names import describe


@dataclass(frozen=True, slots=True)
class Override:
    """What the secretary decided about this message, so that the rules do not ask it again.

    ``waived`` are the matters she settled by accepting, ``event`` the one she chose, ``only``
    the person (by place in the message) that her decision is about, ``about`` the nr of the registration that
    it is about (empty for none), ``row_only`` that she let a sender do what they may not with that
    registration, and with no other that the words name, ``same_as`` the nr of the registration that is the
    same person ("" for somebody else; None where she was not asked),
    ``waitlist`` that there is only a place in the line for them, ``excused`` that who does not come is
    excused, registered or not, ``alone`` that the forms for other events have cases of their own, ``remark``
    her Toelichting.
    """

    waived: frozenset[CaseKind] = frozenset()
    event: str = ""
    only: int | None = None
    about: str = ""
    row_only: bool = False
    same_as: str | None = None
    waitlist: bool = False
    excused: bool = False
    alone: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of the message, and what the rules found about them so far.

    ``current`` is the registration they are known by. ``outcome`` is None until a rule settles
    it; ``status`` is then that of the row that follows, None where no row is to change.
    ``arrived`` is the arrival that counts. ``kept`` are the keys whose present value stays
    although the message says otherwise; ``repeats``: a form of before said the very same. ``seated`` says
    that a place was found for them, ``waits`` why there is none yet, ``reason`` why the outcome is what it
    is. ``intent`` is what the words of the mail want for them; ``successor`` and ``predecessor`` are the
    index of who takes whose place; ``place_of`` is whose place, with its arrival, passes to them by this
    mail.
    """

    index: int
    person: Person
    problems: tuple[Problem, ...] = ()
    current: Registration | None = None
    outcome: Outcome | None = None
    status: Status | None = None
    arrived: datetime | None = None
    after_deadline: bool = False
    kept: frozenset[str] = frozenset()
    repeats: bool = False
    seated: bool = False
    waits: Told = ""
    reason: Told = ""
    notes: tuple[Note, ...] = ()
    mail: bool = True
    bounced: bool = False
    intent: Intent = Intent.FORM
    successor: int | None = None
    predecessor: int | None = None
    place_of: Registration | None = None

    @property
    def answers(self) -> dict[str, Value]:
        """The answers known of the person, with those of this message in their place."""
        known = self.current.answers if self.current else {}
        return {**known, **self.person.values}

    def settled(self, outcome: Outcome, status: Status | None, reason: Told = "", *notes: Note) -> Entry:
        """This entry with its outcome, the status of its row, why, and what the answer adds."""
        return replace(
            self, outcome=outcome, status=status, reason=reason or self.reason, notes=(*self.notes, *notes)
        )


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """The decision about one message, as far as the rules have come.

    ``sender`` is whose words these are (the inner one of a forwarded mail), ``answered_to`` where
    the answer goes if not to them. ``outcome`` is None until a rule settles the message as a
    whole: the rules after it are then not asked.
    """

    arrival: Arrival
    submission: Submission
    context: DecisionContext
    settings: Settings
    now: datetime
    sender: Address
    override: Override = Override()
    event: Event | None = None
    entries: tuple[Entry, ...] = ()
    outcome: Outcome | None = None
    cases: tuple[Case, ...] = ()
    closes: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    log: tuple[LogLine, ...] = ()
    answer: bool = True
    to_sender: bool = True
    asks: Ask = Ask.NOTHING
    question: str = ""
    no_data: bool = False
    last_answer: bool = False
    answered_to: Address | None = None

    @property
    def mail_with_words(self) -> Message:
        """The mail in which the words stand: the one inside, where a mail only passes another on."""
        said = set(self.submission.words.split("\n")) - {""}
        mail = self.arrival.message
        while (inner := mail.forwarded) is not None and not said & _lines_of(mail):
            if "@" not in inner.sender.email or inner.sender.email.lower() in self.settings.own_addresses:
                break
            mail = inner
        return mail

    @property
    def first_person(self) -> Address:
        """Who says "I" in the words of the mail."""
        return self.mail_with_words.sender if self.sender == self.arrival.message.sender else self.sender

    @property
    def author(self) -> Address:
        """Who wrote the mail, with an address of their own: where a list, a copier, a web form or a no-reply
        address stands in From, whom the headers name beside it, and else nobody."""
        message, web_forms = self.arrival.message, self.settings.web_forms
        if self.sender != message.sender or not message.is_for_another(web_forms):
            return self.sender
        return Address("") if message.reply_to is None else message.reply_to

    @property
    def author_of_words(self) -> Address:
        """Who wrote the words of the mail: of words that are passed on, whom they were passed on for."""
        return self.first_person if self.passed_on else self.author

    @property
    def passed_on(self) -> bool:
        """Whether the words of the mail are somebody else's than its writer's, and no configured
        forwarder's: they speak for that other, with the rights of who passed them on."""
        return self.first_person.email.lower() != self.sender.email.lower()

    @property
    def agreed(self) -> bool:
        """Whether she accepted what words that were unclear seem to want: they are then not doubted again."""
        return CaseKind.UNCLEAR in self.override.waived

    @property
    def form(self) -> Form:
        """The form of the event; only once the event is known."""
        assert self.event is not None
        return self.settings.form_of(self.event)

    @property
    def next_index(self) -> int:
        """The index of an entry that is added: who stood twice in a form left theirs unused."""
        return max((entry.index for entry in self.entries), default=-1) + 1

    @property
    def started(self) -> bool:
        """Whether the event had begun when the message came in."""
        return self.event is not None and self.event.has_started(self.came_at, self.settings.zone)

    @property
    def is_late(self) -> bool:
        """Whether the message came in after the event's deadline."""
        return self.event is not None and self.event.is_late(self.received, self.settings.zone)

    @property
    def received(self) -> datetime:
        """When the mail server received the message: the time that counts."""
        return self.arrival.received

    @property
    def came_at(self) -> datetime:
        """When the message came, and no later than now: a server's clock that is ahead makes no event
        one that is over."""
        return min(self.received, self.now)

    @property
    def at_event(self) -> tuple[Registration, ...]:
        """The known registrations of this event."""
        event = self.event
        return tuple(r for r in self.context.registrations if event is not None and r.event == event.id)

    @property
    def known_at_event(self) -> tuple[Registration, ...]:
        """The registrations at this event, and behind them those whose name may be that of somebody in
        the mail."""
        event = self.event
        more = (r for r in self.context.namesakes if event is not None and r.event == event.id)
        return (*self.at_event, *more)

    def saw(self, rule: str, seen: Saw, **facts: Fact) -> DecisionDraft:
        """The draft with a finding: what a rule saw, with its facts."""
        found = Finding(rule, code=ASKED_FOR.get(seen, FindingCode.NONE), says=(say(seen, **facts),))
        return replace(self, findings=(*self.findings, found))

    def found(self, rule: str, *told: Told) -> DecisionDraft:
        """The draft with a finding of statements that a rule also makes elsewhere, or of the text that a
        ledger of before holds for one."""
        text = " ".join(one for one in told if isinstance(one, str))
        says = tuple(one for one in told if not isinstance(one, str))
        return replace(self, findings=(*self.findings, Finding(rule, text, says=says)))

    def settle(self, outcome: Outcome, *, answer: bool = True, asks: Ask = Ask.NOTHING) -> DecisionDraft:
        """The draft with an outcome for the message as a whole."""
        return replace(self, outcome=outcome, answer=self.answer and answer, asks=asks)

    def open_case(
        self,
        kind: CaseKind,
        says: tuple[Statement, ...],
        choices: tuple[Choice, ...],
        *,
        entry: Entry | None = None,
        events: tuple[str, ...] = (),
        fields: tuple[str, ...] = (),
        doubts: tuple[Problem, ...] = (),
        payload: Mapping[str, str] = MappingProxyType({}),
    ) -> DecisionDraft:
        """With a case for the secretary, the accepting choice first; ``entry`` is the person it
        is about, ``events`` those it may belong to where the event is not known. What another rule says of
        the same case is added to it: the ledger keeps one of each key."""
        facts = dict(payload)
        if entry is not None:
            facts["person"] = str(entry.index)
        if self.override.waived:
            facts["waived"] = ",".join(sorted(kind.name for kind in self.override.waived))
        if self.override.alone:
            facts["alone"] = "ja"
        case = Case(
            kind=kind,
            who=self.who(entry),
            what="",
            choices=choices,
            opened=self.now,
            event=self.event.id if self.event else "",
            events=events,
            registration=entry.current.nr if entry and entry.current else "",
            message=self.arrival.id,
            person=entry.person if entry else None,
            fields=fields,
            doubts=doubts,
            payload=facts,
            key=self._key(kind, entry, fields),
            says=says,
        )
        same = next((one for one in self.cases if one.key == case.key), None)
        if same is None:
            return replace(self, cases=(*self.cases, case))
        joined = replace(same, says=(*same.says, *(one for one in says if one not in same.says)))
        return replace(self, cases=tuple(joined if one is same else one for one in self.cases))

    def _key(self, kind: CaseKind, entry: Entry | None, fields: tuple[str, ...]) -> str:
        """What makes it the same case: the registration it is about, else the place in the message."""
        if entry is None or entry.current is None:
            return f"{kind.name.lower()}:{self.arrival.id}:{'' if entry is None else entry.index}"
        about = f"{kind.name.lower()}:{entry.current.nr}"
        if kind not in _SAID:
            return about
        answers = sorted((key, str(answer.value)) for key, answer in entry.person.answers.items())
        said = repr((self.sender.email.lower(), fields, answers, self.submission.words))
        return f"{about}:{hashlib.sha256(said.encode()).hexdigest()[:16]}"

    @property
    def answering(self) -> tuple[Choice, ...]:
        """The choices to answer and to ask in her own words; none where nobody can be answered."""
        return () if self.arrival.message.no_answer else (Choice.ANSWER, Choice.ASK)

    def who(self, entry: Entry | None = None) -> str:
        """Who an entry is about, as the secretary knows people: name and organisation, else the sender."""
        sender = f"{self.sender.name} <{self.sender.email}>" if self.sender.name else self.sender.email
        if entry is None or self.event is None:
            return sender
        return describe(entry.answers, self.form) or sender

    def each(self, judge: Callable[[DecisionDraft, Entry], tuple[DecisionDraft, Entry]]) -> DecisionDraft:
        """The draft with every unsettled entry judged in turn; ``judge`` sees the draft with those
        before."""
        draft = self
        for entry in self.entries:
            if entry.outcome is None:
                draft, judged = judge(draft, entry)
                entries = tuple(judged if e.index == entry.index else e for e in draft.entries)
                draft = replace(draft, entries=entries)
        return draft


#: Cases about what a mail says of a registration: another mail that says another thing is another
#: case, or a stranger's would hide it.
_SAID = frozenset({CaseKind.UNRELATED, CaseKind.UNCLEAR, CaseKind.CONTRADICTION, CaseKind.DOUBT})


def _lines_of(mail: Message) -> set[str]:
    """What the writer of a mail typed themselves, line by line."""
    own = (b.text for b in mail.body if isinstance(b, Paragraph) and b.quote == 0 and not b.signature)
    return {line for text in own for line in text.split("\n")}


Rule = Callable[[DecisionDraft], DecisionDraft]
