"""What the ledger knows that bears on one message, one case or one edit.

The search is wide and uses indexed columns only, so that 5,000 registrations cost no more than fifty; whether
somebody *is* the same person is for the rules to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from mailbot.config.settings import Settings
from mailbot.decision.access import domain_of, is_certain
from mailbot.decision.sender_relation import called, signed_lines
from mailbot.domain.case import DOMAIN, OF_ORGANISATION, Case, CaseKind
from mailbot.domain.decision import Ask, DecisionContext, PendingQuestion
from mailbot.domain.form import ATTENDS
from mailbot.domain.message import Address, Arrival, Bounce, Message, Verdict
from mailbot.domain.registration import Registration, Status, nr_text
from mailbot.domain.submission import ActKind, Intent, Submission
from mailbot.extraction.values.email import addresses_in
from mailbot.matching.names import email_of, may_be_called, name_of, other_spellings
from mailbot.matching.waiting_list import organisation_key
from mailbot.storage.messages import top_host
from mailbot.storage.schema.tables import case, mail, mail_registration, message, meta, registration
from mailbot.storage.serialization import CASE, MAIL, REGISTRATION
from mailbot.storage.threads import thread_of
from mailbot.text.normalize import fold

DAY = timedelta(hours=24)

#: Built once: building a statement costs more than running it, and these run for every message.
_NEXT_NR = sa.select(meta.c.value).where(meta.c.key == "next_nr")
#: Whom a mail is proven to come from has a share of their own, which nobody uses up in their name.
_COUNTS = (
    mail.c.made_at > sa.bindparam("since"),
    mail.c.proven | ~sa.bindparam("proven", type_=sa.Boolean()),
)
_ANSWERS_TO = sa.select(sa.func.count()).where(
    mail.c.recipient_mailbox == sa.bindparam("recipient"), mail.c.is_answer, *_COUNTS
)
_ANSWERS_DRAWN = _ANSWERS_TO.where(mail.c.drawn_by_mailbox == sa.bindparam("recipient"))
_DRAWN_BY = sa.select(sa.func.count()).where(
    mail.c.drawn_by_mailbox == sa.bindparam("sender"),
    mail.c.recipient_mailbox != sa.bindparam("sender"),
    *_COUNTS,
)
_DRAWN_TO = (
    sa.select(sa.func.count())
    .where(
        mail.c.recipient_mailbox.in_(sa.bindparam("recipients", expanding=True)),
        mail.c.drawn_by_mailbox.not_in((mail.c.recipient_mailbox, "")),
        *_COUNTS,
    )
    .group_by(mail.c.recipient_mailbox)
    .order_by(sa.func.count().desc())
    .limit(1)
)
_WROTE = (
    sa.select(message.c.sender_email)
    .where(
        message.c.sender_email.in_(sa.bindparam("emails", expanding=True)),
        message.c.proven,
        message.c.id != sa.bindparam("this"),
        message.c.outcome.not_in(("", "automatic", "duplicate")),
    )
    .distinct()
)
_TOLD_OF = (
    sa.select(mail.c.event).where(mail.c.recipient == sa.bindparam("this"), mail.c.event != "").distinct()
)
_THOSE_NUMBERED = sa.select(registration.c.data).where(
    registration.c.number.in_(sa.bindparam("numbers", expanding=True))
)
_NRS_OF = (
    sa.select(mail_registration.c.nr)
    .where(mail_registration.c.mail == sa.bindparam("this"))
    .order_by(mail_registration.c.nr)
)
_DOMAINS_GIVEN = (
    sa.select(case.c.data)
    .where(case.c.kind == CaseKind.COLLEAGUES, case.c.closed.is_(None))
    .order_by(case.c.id)
)
#: Who holds a place at an event, as ``decision.capacity.holds_place`` says, by organisation.
_TAKEN = (
    sa.select(registration.c.organisation, sa.func.count())
    .where(
        registration.c.event == sa.bindparam("this"),
        (registration.c.status == Status.REGISTERED)
        | (
            (registration.c.status == Status.INCOMPLETE)
            & ~registration.c.without_place
            & (registration.c.arrived >= sa.bindparam("since", type_=registration.c.arrived.type))
        ),
    )
    .group_by(registration.c.organisation)
)
#: Those whose mail came before, for whom our first question may have come later.
_ASKED_SINCE = sa.select(registration.c.organisation, registration.c.data).where(
    registration.c.event == sa.bindparam("this"),
    registration.c.status == Status.INCOMPLETE,
    ~registration.c.without_place,
    registration.c.arrived < sa.bindparam("since", type_=registration.c.arrived.type),
)
_WAITING = (
    sa.select(registration.c.event, registration.c.data)
    .where(
        registration.c.event.in_(sa.bindparam("events", expanding=True)),
        registration.c.status == Status.WAITLISTED,
    )
    .order_by(registration.c.arrived, registration.c.number)
)
_AT_DOMAIN = (
    sa.select(registration.c.organisation)
    .where(registration.c.domain == sa.bindparam("domain"))
    .distinct()
    .limit(3)
)
_IN_THREAD: sa.BindParameter[Any] = sa.bindparam("thread", expanding=True)
_REFERENCE = re.compile(r"\bINS-(\d{1,7})\b")
#: Who quotes more references than this passes a list on.
_MOST_QUOTED = 12
#: Servers give up after four or five days (RFC 5321 §4.5.4.1).
RETURNED_WITHIN = timedelta(days=7)
_OUR_MAILS = sa.select(
    mail.c.message_id,
    mail.c.id,
    mail.c.event,
    mail.c.asks,
    mail.c.is_answer,
    mail.c.recipient,
    mail.c.message,
    mail.c.of_case,
    mail.c.proven,
).where(mail.c.message_id.in_(_IN_THREAD))
_THEIR_MESSAGES = sa.select(
    message.c.message_id, message.c.id, message.c.event, sa.literal(""), sa.false(), sa.literal("")
).where(message.c.message_id.in_(_IN_THREAD), message.c.copy_of.is_(None))
_ALIKE = sa.or_(
    *(
        registration.c[column].in_(sa.bindparam(column, expanding=True))
        for column in ("number", "email", "sender_email", "name", "organisation")
    )
)
_THOSE_ALIKE = sa.select(registration.c.data).where(_ALIKE).order_by(registration.c.number)
_CASES_OF = (
    sa.select(case.c.data)
    .where(
        case.c.closed.is_(None),
        case.c.message.in_(
            sa.select(message.c.id).where(message.c.sender_email.in_(sa.bindparam("senders", expanding=True)))
        )
        | case.c.registration.in_(sa.bindparam("nrs", expanding=True))
        | (case.c.message == sa.bindparam("of")),
    )
    .order_by(case.c.id)
)


@dataclass(frozen=True, slots=True)
class _Link:
    """A mail in a thread: one of ours, or one of theirs."""

    id: int
    event: str
    asks: str
    is_answer: bool
    recipient: str
    message: int | None = None
    of_case: int = 0
    proven: bool = True


def name_key(name: str) -> str:
    """The words of a name, folded, in alphabetical order, each between spaces, so that "Jan
    Peeters" and "Peeters Jan" meet: " jan peeters ". Empty for no name."""
    words = sorted(fold(name).split())
    return f" {' '.join(words)} " if words else ""


def asked_in(tx: sa.Connection, thread: Sequence[str]) -> PendingQuestion | None:
    """The question of ours that a message in this thread answers: that of the nearest of our
    mails, where it asks something."""
    answered = answered_in(tx, thread)
    return answered if answered and answered.kind != "told" else None


def answered_in(tx: sa.Connection, thread: Sequence[str]) -> PendingQuestion | None:
    """The nearest of our mails that a message in this thread answers, whether that asks or tells. If it is
    about several people: the only one whose answers are still open."""
    ours = _our_mails(tx, thread)
    if not ours:
        return None
    nrs = _nrs_of(tx, [ours[0].id])
    data = tx.scalars(_THOSE_NUMBERED, {"numbers": numbers(nrs)})
    rows = [REGISTRATION.validate_json(row) for row in data]
    if ours[0].asks == Ask.INCOMPLETE:
        open_still = [row for row in rows if row.status is Status.INCOMPLETE]
        rows = open_still if len(open_still) == 1 else rows
    if len(rows) == 1:
        nrs = (rows[0].nr,)
    only = rows[0] if len(rows) == 1 else None
    return PendingQuestion(Ask(ours[0].asks) or Ask.TOLD, ours[0].event, nrs, only, ours[0].of_case)


def lines_of_ours(tx: sa.Connection, thread: Sequence[str]) -> frozenset[str]:
    """Every line of our mails in a thread, and their subjects, which stand above their text: where they are
    quoted unchanged they are nobody's answer."""
    if not thread:
        return frozenset()
    ours = tx.scalars(sa.select(mail.c.data).where(mail.c.message_id.in_(thread)))
    letters = [MAIL.validate_json(data) for data in ours]
    return frozenset(line for one in letters for line in (one.subject, *one.text.splitlines()))


def context_for(
    tx: sa.Connection,
    arrival: Arrival,
    submission: Submission,
    settings: Settings,
    now: datetime,
    *,
    nrs: Iterable[str] = (),
) -> DecisionContext:
    """What is known that bears on a message, and on the registrations ``nrs``. ``now`` is aware.

    To be read in the transaction that the decision is recorded in.
    """
    content = arrival.message
    ids = thread_of(tx, content, now)
    ours = _our_mails(tx, ids)
    theirs = _their_messages(tx, ids)
    returned = _returned(tx, content.bounce, now) if content.bounce else []
    thread = _nrs_of(tx, [row.id for row in (*returned, *ours)]) or _nrs_from(tx, theirs)
    thread = (
        thread or _quoted_nrs(content) or _nrs_of(tx, [row.id for row in _our_mails(tx, _passed_on(content))])
    )
    thread_event = next((row.event for row in (*ours, *theirs) if row.event), "")
    reply = content.calendar_reply
    calendar_uids = _nr_by_uid(tx, reply.uid) if reply else {}
    wanted = {*thread, *submission.nrs, *calendar_uids.values(), *nrs}
    senders = _senders(content)
    by = (
        ()
        if submission.people
        else (content.sender, *((content.forwarded.sender,) if content.forwarded else ()))
    )
    names = {name_key(name) for one in by for name in (called(one),) if name} or _signed(content, by)
    if by:
        names |= _written_names(submission.words)
    answers = _answered_directly(tx, content)
    answers_mail_to = answers.recipient if answers else ""
    asked = asked_in(tx, ids)
    # whoever answers the question of a new date: whether the person came to it already
    owners = {answers_mail_to} if asked is not None and asked.kind is Ask.NEW_DATE else set()
    written = {one.lower() for one in addresses_in(submission.words[-_LONGEST_SEARCHED:])} if by else set()
    found = _registrations(tx, wanted, senders | owners | written, submission, settings, names)
    proven = is_certain(content, answers_mail_to, settings)
    confirmed = content.authentication is Verdict.PASS
    here = {row.nr for row in found}
    namesakes = (row for row in _namesakes(tx, content, submission, settings) if row.nr not in here)
    return _counted(
        tx,
        settings,
        now,
        registrations=found,
        namesakes=tuple(namesakes),
        thread=thread,
        thread_event=thread_event,
        answers_mail_to=answers_mail_to,
        answers_mail_about=frozenset(_nrs_of(tx, [answers.id]) if answers else ()),
        returned_to=returned[0].recipient if returned else "",
        wrote=_wrote(tx, arrival.id, found, settings),
        told_of=frozenset(tx.scalars(_TOLD_OF, {"this": content.sender.email.lower()}))
        if by
        else frozenset(),
        asked=asked,
        calendar_uids=calendar_uids,
        answered_today=max(
            _answers_to(tx, one, content.sender.mailbox, now, proven) for one in _answered(content, settings)
        ),
        answered_in_thread=_answered_in_thread(ours, content.sender, answers_mail_to, confirmed),
        drawn_today=max(
            _drawn_by(tx, content.sender.mailbox, now, proven),
            _drawn_to(tx, (_emails(submission, settings) | {answers_mail_to}) - senders - {""}, now, proven),
        ),
        open_cases=_cases_of(tx, senders, {r.nr for r in found}, ours[0].message if ours else None),
        top_host=top_host(tx, arrival.mailbox),
        domains=_domains_given(tx),
        domain_organisations=_organisations_at(tx, domain_of(content.sender.email)) if found else frozenset(),
    )


def context_of(
    tx: sa.Connection,
    nrs: Iterable[str],
    event: str,
    settings: Settings,
    now: datetime,
    *,
    whole_event: bool = False,
) -> DecisionContext:
    """What is known for a case, an edit or a passing of time at one event ("" for none): the
    registrations ``nrs``, or all of the event."""
    chosen: sa.ColumnElement[bool] = registration.c.number.in_(numbers(nrs))
    if whole_event:
        chosen = chosen | (registration.c.event == event)
    rows = tx.scalars(sa.select(registration.c.data).where(chosen).order_by(registration.c.number))
    found = tuple(REGISTRATION.validate_json(row) for row in rows)
    return _counted(
        tx,
        settings,
        now,
        registrations=found,
        wrote=frozenset() if whole_event else _wrote(tx, 0, found, settings),
        thread_event=event,
        open_cases=_cases(tx, sa.and_(case.c.event == event, case.c.closed.is_(None))),
    )


def _domains_given(tx: sa.Connection) -> dict[str, str]:
    """The mail domains that the secretary gave to organisations: the standing cases that say so."""
    stands = map(CASE.validate_json, tx.scalars(_DOMAINS_GIVEN))
    return {one.payload[DOMAIN]: one.payload[OF_ORGANISATION] for one in stands}


def _organisations_at(tx: sa.Connection, domain: str) -> frozenset[str]:
    """The organisations of all people with an address at a mail domain."""
    return frozenset(tx.scalars(_AT_DOMAIN, {"domain": domain})) - {""}


def _counted(tx: sa.Connection, settings: Settings, now: datetime, **facts: object) -> DecisionContext:
    """The context with what does not depend on the message: places taken, waiting lists, the next number."""
    events = {name: event for name, event in settings.events.items() if not event.is_over(now, settings.zone)}
    capacity = [name for name, event in events.items() if event.capacity or event.per_organisation]
    taken: dict[str, int] = {}
    by_organisation: dict[tuple[str, str], int] = {}
    for name in capacity:
        keeps = timedelta(days=events[name].completion_days)
        counted = _taken(tx, name, now - keeps)
        taken[name] = counted.total()
        by_organisation.update({(name, organisation): count for organisation, count in counted.items()})
    return DecisionContext(
        taken=taken,
        taken_by_organisation=by_organisation,
        waiting=_waiting_lists(tx, capacity),
        next_nr=next_number(tx),
        **facts,  # type: ignore[arg-type]  # each caller names fields of Known
    )


def _taken(tx: sa.Connection, event: str, since: datetime) -> Counter[str]:
    """The places that people hold at an event, by organisation; of the incomplete, those whom we asked
    ``since``."""
    rows = tx.execute(_TAKEN, {"this": event, "since": since}).all()
    counted = Counter({str(organisation): int(count) for organisation, count in rows})
    for organisation, data in tx.execute(_ASKED_SINCE, {"this": event, "since": since}):
        asked = REGISTRATION.validate_json(data).asked_at
        counted[organisation] += asked is not None and asked >= since
    return +counted


def next_number(tx: sa.Connection) -> int:
    """The next free number; a number is never given twice."""
    return int(tx.scalar(_NEXT_NR) or 1)


def _waiting_lists(tx: sa.Connection, events: list[str]) -> dict[str, tuple[Registration, ...]]:
    lists: dict[str, tuple[Registration, ...]] = dict.fromkeys(events, ())
    if not events:
        return lists
    rows = tx.execute(_WAITING, {"events": events})
    for event, data in rows:
        lists[event] = (*lists[event], REGISTRATION.validate_json(data))
    return lists


def _registrations(
    tx: sa.Connection,
    nrs: set[str],
    senders: set[str],
    submission: Submission,
    settings: Settings,
    sender_names: set[str],
) -> tuple[Registration, ...]:
    """All that the message may be about, by nr, address, name (in plain words, the sender's too:
    a colleague may have registered them) or (one answer for each) organisation."""
    columns = registration.c
    emails, names, organisations = set(senders), set(sender_names), set()
    people = (*submission.people, *submission.told, *filter(None, (submission.substitute,)))
    # Who is only named in words was read with no form: theirs is that of the event, which is not known yet.
    forms = (
        [settings.forms[submission.form]] if submission.form in settings.forms else settings.forms.values()
    )
    for form in forms:
        for person in people:
            answers = {key: answer.value for key, answer in person.answers.items()}
            emails.add(email_of(answers, form))
            names.update(map(name_key, other_spellings(name_of(answers, form))))
            if form.per_organisation:
                organisations.add(organisation_key(person.organisation_known, answers, form))
    wanted = {
        "number": numbers(nrs),
        "email": list(emails - {""}),
        "sender_email": list(senders - {""}),
        "name": list(names - {""}),
        "organisation": list(organisations - {""}),
    }
    told = (act for act in submission.acts if act.kind is ActKind.CHANGE and act.agreed and not act.elsewhere)
    mentioned = {*submission.named, *(name for act in told for name in act.people)}
    words = filter(None, (fold(name).split() for name in sorted(mentioned)))
    named = [sa.and_(*(columns.name.contains(f" {word} ") for word in one)) for one in words]
    either = sa.select(columns.data).where(sa.or_(_ALIKE, *named)).order_by(columns.number)
    rows = tx.scalars(either if named else _THOSE_ALIKE, wanted)
    return tuple(REGISTRATION.validate_json(row) for row in rows)


#: What words want in which somebody does not come.
_STAYS_AWAY = frozenset({Intent.EXCUSE, Intent.WITHDRAW, Intent.MAYBE_WITHDRAW, Intent.SUBSTITUTE})
#: Letters that a name misspelt begins with all the same, and how many that may be somebody are looked at.
_BEGINNING, _MOST_ALIKE, _LONGEST_NAME = 3, 50, 60


def _namesakes(
    tx: sa.Connection, content: Message, submission: Submission, settings: Settings
) -> list[Registration]:
    """Those who may be called as somebody is who does not come: as words or a form name them, or as the
    writer is called."""
    names = set(submission.named)
    if submission.intent in _STAYS_AWAY and not submission.people:
        inner = content.forwarded
        names |= {called(one) for one in (content.sender, inner.sender if inner else None) if one}
        names |= {submission.words.strip().rpartition("\n")[2][:_LONGEST_NAME]}  # below it, without a closing
    if submission.form in settings.forms:
        form = settings.forms[submission.form]
        said = ({key: one.value for key, one in person.answers.items()} for person in submission.people)
        names |= {name_of(answers, form) for answers in said if answers.get(ATTENDS) is False}
    begins = {word[:_BEGINNING] for name in names for word in fold(name).split() if len(word) >= _BEGINNING}
    if not begins or (submission.intent not in _STAYS_AWAY and not submission.people):
        return []
    columns = registration.c
    alike = sa.or_(*(columns.name.contains(f" {one}", autoescape=True) for one in sorted(begins)))
    rows = tx.execute(sa.select(columns.number, columns.name).where(alike))
    numbered = [number for number, known in rows if any(may_be_called(name, known) for name in names)]
    data = tx.scalars(_THOSE_NUMBERED, {"numbers": numbered[:_MOST_ALIKE]})
    return [REGISTRATION.validate_json(row) for row in data]


def _signed(content: Message, by: Sequence[Address]) -> set[str]:
    """The names that the signature may give of who writes without one in From, as names are compared."""
    return {name_key(line) for line in signed_lines(content)} if by else set()


def _written_names(words: str) -> set[str]:
    """Runs of words with a capital, as names are compared: whole names that stand anywhere in the words of a
    mail, below it without a closing too."""
    found: set[str] = set()
    for line in words[-_LONGEST_SEARCHED:].splitlines():
        for run in _RUN.findall(line):
            said = run.split()
            found |= {
                name_key(" ".join(said[start : start + length]))
                for length in range(2, _MOST_WORDS + 1)
                for start in range(len(said) - length + 1)
            }
    return set(sorted(found)[:_MOST_WRITTEN])


#: Words of a name, with the particles in it.
_RUN = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’.-]*(?:\s+(?:[a-z']{1,6}\s+){0,2}[A-ZÀ-ÖØ-Þ][\w'’.-]*)+")
#: Characters of a text that are searched, words of a name, and names that are looked up.
_LONGEST_SEARCHED, _MOST_WORDS, _MOST_WRITTEN = 3_000, 5, 200


def _senders(content: Message) -> set[str]:
    """The addresses of whoever may have written a mail; one in a display name says who they want to be."""
    inner = content.forwarded
    addresses = (content.sender, content.reply_to, inner.sender if inner else None)
    said = {one.lower() for address in addresses if address for one in addresses_in(address.name[:200])}
    return said | {address.email.lower() for address in addresses if address and address.email}


def _answered(content: Message, settings: Settings) -> set[str]:
    """The addresses that may be answered: sender or Reply-To, and those of the message inside one that a
    configured forwarder passed on."""
    if content.forwarded and content.sender.email.lower() in settings.forwarders:
        content = content.forwarded
    return {content.sender.mailbox, content.answered_at(settings.web_forms).mailbox}


def _answered_in_thread(ours: Sequence[_Link], sender: Address, answers_mail_to: str, confirmed: bool) -> int:
    """How many answers of ours stand in a thread, whoever got them; to who answers the mail that they got
    themselves, those to them: anybody can make up a chain of references for others to answer. For a
    mail that the server ``confirmed``, those that such mails drew."""
    own = answers_mail_to == sender.email.lower()
    return sum(
        row.is_answer
        and (row.proven or not confirmed)
        and (not own or Address(row.recipient).mailbox == sender.mailbox)
        for row in ours
    )


def _answered_directly(tx: sa.Connection, content: Message) -> _Link | None:
    """The mail of ours that a message answers directly. What stands in References alone proves nothing:
    who answers an answer to all has seen that, not our mail."""
    return next(iter(_our_mails(tx, content.in_reply_to[:1])), None)


def _wrote(tx: sa.Connection, this: int, found: Sequence[Registration], settings: Settings) -> frozenset[str]:
    """Which addresses on registrations wrote to us, before this message or in it."""
    events = {one.event: settings.events[one.event] for one in found if one.event in settings.events}
    emails = {
        email_of(one.answers, settings.form_of(events[one.event])) for one in found if one.event in events
    }
    if not emails - {""}:
        return frozenset()
    rows = tx.scalars(_WROTE, {"emails": list(emails - {""}), "this": this})
    return frozenset(rows)


def _our_mails(tx: sa.Connection, thread: Sequence[str]) -> list[_Link]:
    """Mails of ours in a thread, nearest first."""
    return _nearest_first(tx, thread, _OUR_MAILS)


def _returned(tx: sa.Connection, bounce: Bounce, now: datetime) -> list[_Link]:
    """The mail of ours that came back: by its Message-ID, else the last that went to that address in
    the days that servers go on trying. Relays give what they send a Message-ID of their own."""
    if named := _our_mails(tx, [bounce.message_id]):
        return named
    columns = mail.c
    last = (
        sa.select(columns.id, columns.event, columns.asks, columns.is_answer, columns.recipient)
        .where(columns.recipient == bounce.recipient, columns.made_at > now - RETURNED_WITHIN)
        .order_by(columns.made_at.desc(), columns.id.desc())
        .limit(1)
    )
    return [_Link(*row) for row in tx.execute(last)] if bounce.recipient else []


def _passed_on(content: Message) -> tuple[str, ...]:
    """The Message-ID of the mail that a message passes on: of ours, it tells whom the words may mean."""
    return (content.forwarded.message_id,) if content.forwarded and content.forwarded.message_id else ()


def _quoted_nrs(content: Message) -> tuple[str, ...]:
    """The references in what a message quotes: whom an answer is about whose thread was lost."""
    quoted = (block.text for block in content.body if block.quote)
    found = (one for text in quoted for one in _REFERENCE.findall(text[:20_000]))
    return tuple(dict.fromkeys(nr_text(int(one)) for one in found))[:_MOST_QUOTED]


def _their_messages(tx: sa.Connection, thread: Sequence[str]) -> list[_Link]:
    """Messages met before in a thread, nearest first."""
    return _nearest_first(tx, thread, _THEIR_MESSAGES)


def _nearest_first(tx: sa.Connection, thread: Sequence[str], wanted: sa.Select[Any]) -> list[_Link]:
    if not thread:
        return []
    rows = tx.execute(wanted, {"thread": list(thread)}).all()
    return [_Link(*row[1:]) for row in sorted(rows, key=lambda row: thread.index(row[0]))]


def _nrs_of(tx: sa.Connection, mails: list[int]) -> tuple[str, ...]:
    """The registrations that mails of ours are about; those of the nearest mail that has any."""
    for number in mails:
        rows = tx.scalars(_NRS_OF, {"this": number}).all()
        if rows:
            return tuple(rows)
    return ()


def _nrs_from(tx: sa.Connection, messages: list[_Link]) -> tuple[str, ...]:
    """The registrations that came of messages met before."""
    ids = [row.id for row in messages]
    if not ids:
        return ()
    rows = tx.scalars(
        sa.select(registration.c.data).where(registration.c.message.in_(ids)).order_by(registration.c.number)
    )
    return tuple(REGISTRATION.validate_json(row).nr for row in rows)


def _nr_by_uid(tx: sa.Connection, uid: str) -> dict[str, str]:
    nr = tx.scalar(
        sa.select(mail_registration.c.nr)
        .where(mail_registration.c.calendar_uid == uid)
        .order_by(mail_registration.c.mail.desc())
        .limit(1)
    )
    return {uid: nr} if nr and uid else {}


def _answers_to(tx: sa.Connection, recipient: str, sender: str, now: datetime, proven: bool) -> int:
    """How many answers this mailbox was given in the last 24 hours; the ``sender`` of a mail, to mail of
    theirs: what others draw to them has a limit of its own and uses up nobody's answers. ``proven`` counts
    those that were certainly drawn by its owner."""
    counted = _ANSWERS_DRAWN if recipient == sender else _ANSWERS_TO
    return tx.scalar(counted, {"recipient": recipient, "since": now - DAY, "proven": proven}) or 0


def _drawn_by(tx: sa.Connection, sender: str, now: datetime, proven: bool) -> int:
    """How many mails to others this sender's messages drew in the last 24 hours."""
    return tx.scalar(_DRAWN_BY, {"sender": sender, "since": now - DAY, "proven": proven}) or 0


def _drawn_to(tx: sa.Connection, recipients: set[str], now: datetime, proven: bool) -> int:
    """How many mails that others drew, the one of these mailboxes that had most got in the last 24 hours."""
    if not recipients:
        return 0
    mailboxes = [Address(one).mailbox for one in recipients]
    return tx.scalar(_DRAWN_TO, {"recipients": mailboxes, "since": now - DAY, "proven": proven}) or 0


def _emails(submission: Submission, settings: Settings) -> set[str]:
    """The addresses that a message gives for its people."""
    form = settings.forms.get(submission.form)
    if form is None:
        return set()
    people = (*submission.people, *submission.told)
    said = ({key: one.value for key, one in person.answers.items()} for person in people)
    return {email_of(answers, form) for answers in said} - {""}


def _cases_of(tx: sa.Connection, senders: set[str], nrs: set[str], of: int | None) -> tuple[Case, ...]:
    """Open cases from the same senders, about these registrations, or of this message."""
    rows = tx.scalars(_CASES_OF, {"senders": list(senders), "nrs": list(nrs), "of": of})
    return tuple(CASE.validate_json(row) for row in rows)


def _cases(tx: sa.Connection, where: sa.ColumnElement[bool]) -> tuple[Case, ...]:
    rows = tx.scalars(sa.select(case.c.data).where(where).order_by(case.c.id))
    return tuple(CASE.validate_json(row) for row in rows)


def numbers(nrs: Iterable[str]) -> list[int]:
    """The ledger's numbers of references ("INS-0042" → 42); what is none is passed over."""
    tails = (nr.rpartition("-")[2] for nr in nrs)
    return [int(tail) for tail in tails if tail.isascii() and tail.isdigit() and len(tail) < 10]
