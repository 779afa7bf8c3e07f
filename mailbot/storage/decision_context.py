"""What the ledger knows that bears on one message, one case or one edit.

The search is wide and uses indexed columns only, so that 5,000 registrations cost no more than fifty; whether
somebody *is* the same person is for the rules to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from mailbot.config.settings import Settings
from mailbot.decision.access import domain_of, is_certain
from mailbot.decision.sender_relation import called, hinted
from mailbot.decision.signature import last_line, signed_lines
from mailbot.domain.case import DOMAIN, OF_ORGANISATION, Case, CaseKind
from mailbot.domain.decision import Ask, DecisionContext
from mailbot.domain.form import ATTENDS, Form
from mailbot.domain.message import Address, Arrival, Message, Verdict
from mailbot.domain.registration import Registration, nr_text
from mailbot.domain.submission import ActKind, Intent, Submission
from mailbot.matching.addresses import addresses_in
from mailbot.matching.names import (
    email_of,
    is_nearly,
    is_shortened,
    may_be_called,
    name_of,
    other_spellings,
    without_asides,
)
from mailbot.matching.waiting_list import organisation_key
from mailbot.storage.counts import answers_to, drawn_by, drawn_to, next_number, taken_at, waiting_lists
from mailbot.storage.linked_mails import (
    _THOSE_NUMBERED,
    answered_directly,
    answered_in_thread,
    asked_in,
    nr_by_uid,
    nrs_from,
    nrs_of,
    numbers,
    our_mails,
    returned_mail,
    their_messages,
)
from mailbot.storage.messages import top_host
from mailbot.storage.schema.tables import case, mail, message, registration
from mailbot.storage.serialization import CASE, REGISTRATION
from mailbot.storage.threads import thread_of
from mailbot.text.normalize import fold

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
_DOMAINS_GIVEN = (
    sa.select(case.c.data)
    .where(case.c.kind == CaseKind.COLLEAGUES, case.c.closed.is_(None))
    .order_by(case.c.id)
)
_AT_DOMAIN = (
    sa.select(registration.c.organisation)
    .where(registration.c.domain == sa.bindparam("domain"))
    .distinct()
    .limit(3)
)
_REFERENCE = re.compile(r"\bINS-(\d{1,7})\b")
#: Who quotes more references than this passes a list on.
_MOST_QUOTED = 12
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


def name_key(name: str) -> str:
    """The words of a name, folded, in alphabetical order, each between spaces, so that "Jan
    Peeters" and "Peeters Jan" meet: " jan peeters "; each once. Empty for no name."""
    words = sorted({*fold(name).split()})
    return f" {' '.join(words)} " if words else ""


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
    ours = our_mails(tx, ids)
    theirs = their_messages(tx, ids)
    returned = returned_mail(tx, content.bounce, now) if content.bounce else []
    thread = (
        nrs_of(tx, [row.id for row in (*returned, *ours)])
        or nrs_from(tx, theirs)
        or _quoted_nrs(content)
        or nrs_of(tx, [row.id for row in our_mails(tx, _passed_on(content))])
    )
    thread_event = next((row.event for row in (*ours, *theirs) if row.event), "")
    reply = content.calendar_reply
    calendar_uids = nr_by_uid(tx, (reply.uid, *reply.others)) if reply else {}
    wanted = {*thread, *submission.nrs, *calendar_uids.values(), *nrs}
    senders = _senders(content)
    if submission.people:  # a form says who is meant, and the words beside it may name another
        remarks = (str(said.value) for one in submission.people for said in one.answers.values())
        names, written = _written_names("\n".join((*remarks, submission.words))), set[str]()
    else:
        names, written = _in_words(content, submission)
    answers = answered_directly(tx, content)
    answers_mail_to = answers.recipient if answers else ""
    asked = asked_in(tx, ids)
    # whoever answers the question of a new date: whether the person came to it already
    owners = {answers_mail_to} if asked is not None and asked.kind is Ask.NEW_DATE else set()
    found = _registrations(tx, wanted, senders | owners | written, submission, settings, names)
    proven = is_certain(content, answers_mail_to, settings)
    confirmed = content.authentication is Verdict.PASS
    here = {row.nr for row in found}
    namesakes = (row for row in _namesakes(tx, content, submission, settings, now) if row.nr not in here)
    return _counted(
        tx,
        settings,
        now,
        registrations=found,
        namesakes=tuple(namesakes),
        thread=thread,
        thread_event=thread_event,
        answers_mail_to=answers_mail_to,
        answers_mail_about=frozenset(nrs_of(tx, [answers.id]) if answers else ()),
        returned_to=returned[0].recipient if returned else "",
        wrote=_wrote(tx, arrival.id, found, settings),
        told_of=frozenset() if submission.people else _told_of(tx, content.sender),
        asked=asked,
        calendar_uids=calendar_uids,
        answered_today=max(
            answers_to(tx, one, content.sender.mailbox, now, proven) for one in _answered(content, settings)
        ),
        answered_in_thread=answered_in_thread(ours, content.sender, answers_mail_to, confirmed),
        drawn_today=max(
            drawn_by(tx, content.sender.mailbox, now, proven),
            drawn_to(tx, (_emails(submission, settings) | {answers_mail_to}) - senders - {""}, now, proven),
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


def _in_words(content: Message, submission: Submission) -> tuple[set[str], set[str]]:
    """Whom a mail without a form may be about: the names of its writers, of their signature where they give
    none, and those in its words; and the addresses in its words."""
    by = _writers(content)
    writers = {name_key(name) for one in by for name in (called(one),) if name} or _signed(content, by)
    addresses = {one.lower() for one in addresses_in(submission.words[-_LONGEST_SEARCHED:])}
    return writers | _written_names(submission.words), addresses


def _told_of(tx: sa.Connection, sender: Address) -> frozenset[str]:
    """The events that we mailed an address about."""
    return frozenset(tx.scalars(_TOLD_OF, {"this": sender.email.lower()}))


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
        counted = taken_at(tx, name, now - keeps)
        taken[name] = counted.total()
        by_organisation.update({(name, organisation): count for organisation, count in counted.items()})
    return DecisionContext(
        taken=taken,
        taken_by_organisation=by_organisation,
        waiting=waiting_lists(tx, capacity),
        next_nr=next_number(tx),
        **facts,  # type: ignore[arg-type]  # each caller names fields of the context
    )


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
    for form in _forms_of(submission, settings):
        for person in people:
            answers = person.values
            emails.add(email_of(answers, form))
            whole = name_of(answers, form)
            names.update(map(name_key, {*other_spellings(whole), *other_spellings(without_asides(whole))}))
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
    named = [
        sa.and_(*(columns.name.contains(f" {word} " if len(word) > 1 else f" {word}") for word in one))
        for one in words  # an initial begins a word of the name
    ]
    either = sa.select(columns.data).where(sa.or_(_ALIKE, *named)).order_by(columns.number)
    rows = tx.scalars(either if named else _THOSE_ALIKE, wanted)
    return tuple(REGISTRATION.validate_json(row) for row in rows)


#: What words want in which somebody does not come.
_STAYS_AWAY = frozenset({Intent.EXCUSE, Intent.WITHDRAW, Intent.MAYBE_WITHDRAW, Intent.SUBSTITUTE})
#: Letters that a name misspelt begins with all the same, and how many that may be somebody are looked at.
_BEGINNING, _MOST_ALIKE, _LONGEST_NAME = 3, 50, 60


def _namesakes(
    tx: sa.Connection, content: Message, submission: Submission, settings: Settings, now: datetime
) -> list[Registration]:
    """Those who may be called as somebody is who does not come: as words or a form name them, or as the
    writer is called; those of nearly the name of who comes in words, or of whose name a form gives a part;
    and those of whose name the address is made from which somebody writes without one."""
    comes_or_goes = submission.intent in (*_STAYS_AWAY, Intent.REGISTER, Intent.RESTORE)
    if not (comes_or_goes or submission.people):
        return []
    names, comes = _names_said(content, submission, settings)
    hints = [hint for one in _writers(content) for hint in hinted(one)] if not submission.people else []
    spelt = {word for hint in hints for word in fold(hint).split()}
    # "ghelaerekoen", and "kghelaere" behind the initial
    begins = {word[at : at + _BEGINNING] for word in spelt for at in (0, 1) if len(word) > _BEGINNING}
    alike = _beginning(tx, begins | _beginnings(names))
    # Who comes is looked for in what is ahead: else all names would be walked for each of them.
    ahead = [one.id for one in settings.events.values() if not one.is_over(now, settings.zone)]
    alike |= _beginning(tx, _beginnings(comes), registration.c.event.in_(ahead))
    numbered = sorted(n for n, known in alike.items() if _may_be_one_of(known, names, comes, spelt))
    if not numbered:
        return []
    data = tx.scalars(_THOSE_NUMBERED, {"numbers": numbered[:_MOST_ALIKE]})
    return [REGISTRATION.validate_json(row) for row in data]


def _names_said(content: Message, submission: Submission, settings: Settings) -> tuple[set[str], set[str]]:
    """The names of who may not come, and those of who comes, by a form, by words or by writing."""
    names, comes = set(submission.named), set[str]()
    if submission.intent in _STAYS_AWAY and not submission.people:
        names |= {called(one) for one in _writers(content)}
        names |= {last_line(submission.words)[:_LONGEST_NAME]}  # below it, without a closing
    elif not submission.people:
        comes |= {called(one) for one in _writers(content)}
    for form in _forms_of(submission, settings):
        people = (*submission.people, *submission.told)
        for answers in (person.values for person in people):
            away = answers.get(ATTENDS) is False
            (names if away else comes).add(without_asides(name_of(answers, form)))
    comes -= {*names, ""}
    if submission.people and submission.intent not in _STAYS_AWAY:
        # the rule for forms asks about less of a name alone: a letter off is another name there
        comes = set(filter(is_shortened, comes))
    return names, comes


def _forms_of(submission: Submission, settings: Settings) -> Sequence[Form]:
    """The form of a message. Who is only named in words was read with none: theirs is that of the event,
    which is not known yet."""
    known = settings.forms.get(submission.form)
    return (known,) if known else tuple(settings.forms.values())


def _writers(content: Message) -> list[Address]:
    return [one.sender for one in content.mails if one.sender]


def _beginnings(names: Iterable[str]) -> set[str]:
    return {word[:_BEGINNING] for name in names for word in fold(name).split()}


def _beginning(tx: sa.Connection, begins: Iterable[str], *among: sa.ColumnElement[bool]) -> dict[int, str]:
    """The folded names, by number, of those ``among`` whom a word begins so, of whole beginnings alone."""
    columns = registration.c
    whole = sorted(one for one in begins if len(one) >= _BEGINNING)
    if not whole:
        return {}
    alike = sa.or_(*(columns.name.contains(f" {one}", autoescape=True) for one in whole))
    rows = tx.execute(sa.select(columns.number, columns.name).where(alike, *among))
    return {number: name for number, name in rows}  # noqa: C416  dict() of rows is no pair by its type


def _may_be_one_of(known: str, names: set[str], comes: set[str], spelt: set[str]) -> bool:
    """Whether a folded name may be one of these, of who comes too, or be what an address spells."""
    return (
        any(may_be_called(name, known) for name in names)
        or any(is_nearly(name, known) for name in comes)
        or any(one in word for word in spelt for one in known.split() if len(one) > _BEGINNING)
    )


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
    addresses = (content.reply_to, *(one.sender for one in content.mails))
    said = {one.lower() for address in addresses if address for one in addresses_in(address.name[:200])}
    return said | {address.email.lower() for address in addresses if address and address.email}


def _answered(content: Message, settings: Settings) -> set[str]:
    """The addresses that may be answered: sender or Reply-To, and those of the message inside one that a
    configured forwarder passed on."""
    if content.forwarded and content.sender.email.lower() in settings.forwarders:
        content = content.forwarded
    return {content.sender.mailbox, content.answered_at(settings.web_forms).mailbox}


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


def _passed_on(content: Message) -> tuple[str, ...]:
    """The Message-ID of the mail that a message passes on: of ours, it tells whom the words may mean."""
    return (content.forwarded.message_id,) if content.forwarded and content.forwarded.message_id else ()


def _quoted_nrs(content: Message) -> tuple[str, ...]:
    """The references in what a message quotes: whom an answer is about whose thread was lost."""
    quoted = (block.text for block in content.body if block.quote)
    found = (one for text in quoted for one in _REFERENCE.findall(text[:20_000]))
    return tuple(dict.fromkeys(nr_text(int(one)) for one in found))[:_MOST_QUOTED]


def _emails(submission: Submission, settings: Settings) -> set[str]:
    """The addresses that a message gives for its people."""
    form = settings.forms.get(submission.form)
    if form is None:
        return set()
    people = (*submission.people, *submission.told)
    said = (person.values for person in people)
    return {email_of(answers, form) for answers in said} - {""}


def _cases_of(tx: sa.Connection, senders: set[str], nrs: set[str], of: int | None) -> tuple[Case, ...]:
    """Open cases from the same senders, about these registrations, or of this message."""
    rows = tx.scalars(_CASES_OF, {"senders": list(senders), "nrs": list(nrs), "of": of})
    return tuple(CASE.validate_json(row) for row in rows)


def _cases(tx: sa.Connection, where: sa.ColumnElement[bool]) -> tuple[Case, ...]:
    rows = tx.scalars(sa.select(case.c.data).where(where).order_by(case.c.id))
    return tuple(CASE.validate_json(row) for row in rows)
