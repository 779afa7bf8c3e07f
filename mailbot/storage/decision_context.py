"""What the ledger knows that bears on one message, one case or one edit.

The search is wide and uses indexed columns only, so that 5,000 registrations cost no more than fifty; whether
somebody *is* the same person is for the rules to say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from mailbot.config.settings import Settings
from mailbot.decision.access import domain_of, is_certain
from mailbot.domain.case import DOMAIN, OF_ORGANISATION, Case, CaseKind
from mailbot.domain.decision import Ask, DecisionContext, PendingQuestion
from mailbot.domain.document import Unit
from mailbot.domain.message import Address, Arrival, Message, Verdict
from mailbot.domain.registration import Registration, Status
from mailbot.domain.submission import ActKind, Submission, SubmissionKind, Value
from mailbot.matching.names import (
    email_of,
    name_of,
    other_spellings,
    without_asides,
)
from mailbot.matching.waiting_list import organisation_key
from mailbot.storage.counts import answers_to, drawn_by, drawn_to, next_number, taken_at, waiting_lists
from mailbot.storage.linked_mails import (
    LinkedMail,
    answered_directly,
    answered_in_thread,
    asked_in,
    nr_by_uid,
    nrs_from,
    nrs_of,
    numbers,
    our_mails,
    returned_mail,
    subject_to_many,
    their_messages,
)
from mailbot.storage.mentions import (
    answered_at,
    emails_of,
    forms_of,
    name_key,
    named_in,
    passed_on,
    quoted_nrs,
    senders_of,
)
from mailbot.storage.messages import top_host
from mailbot.storage.namesakes import namesakes
from mailbot.storage.schema.tables import case, mail, message, registration
from mailbot.storage.serialization import CASE, GIVEN_FORM, REGISTRATION, GivenForm
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
#: How many mails of who registered somebody are looked at for a form that said the same.
_MOST_FORMS = 20
_FORMS_OF = (
    sa.select(message.c.nrs, message.c.submission)
    .where(
        message.c.id.in_(sa.bindparam("first", expanding=True))
        | message.c.sender_email.in_(sa.bindparam("senders", expanding=True)),
        message.c.id != sa.bindparam("this"),
        message.c.submission.is_not(None),
        message.c.nrs != "[]",
    )
    .order_by(message.c.id.desc())
    .limit(_MOST_FORMS)
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


def context_for(
    tx: sa.Connection,
    arrival: Arrival,
    submission: Submission,
    settings: Settings,
    now: datetime,
    *,
    nrs: Iterable[str] = (),
    compared: bool = True,
) -> DecisionContext:
    """What is known that bears on a message, and on the registrations ``nrs``. ``now`` is aware. Without
    ``compared`` what forms of before said is not read, since she decides on answers that she saw.

    To be read in the transaction that the decision is recorded in.
    """
    content = arrival.message
    said = _thread(tx, content, now)
    reply = content.calendar_reply
    calendar_uids = nr_by_uid(tx, (reply.uid, *reply.others)) if reply else {}
    wanted = {*said.nrs, *submission.nrs, *calendar_uids.values(), *nrs}
    senders = senders_of(content)
    names, written = named_in(content, submission)
    answers = answered_directly(tx, content)
    answers_mail_to = answers.recipient if answers else ""
    # whoever answers the question of a new date: whether the person came to it already
    owners = {answers_mail_to} if said.asked is not None and said.asked.kind is Ask.NEW_DATE else set()
    found = _registrations(tx, wanted, senders | owners | written, submission, settings, names)
    here = {row.nr for row in found}
    alike = namesakes(tx, content, submission, settings, now, _waiting(found, said.asked, settings))
    proven = is_certain(content, answers_mail_to, settings)
    confirmed = content.authentication is Verdict.PASS
    drawn_of = (emails_of(submission, settings) | {answers_mail_to}) - senders - {""}
    return _counted(
        tx,
        settings,
        now,
        registrations=found,
        namesakes=tuple(row for row in alike if row.nr not in here),
        thread=said.nrs,
        thread_event=said.event,
        answers_mail_to=answers_mail_to,
        answers_mail_about=frozenset(nrs_of(tx, [answers.id]) if answers else ()),
        returned_to=said.returned[0].recipient if said.returned else "",
        returned_event=said.returned[0].event if said.returned else "",
        returned_subject=subject_to_many(tx, said.returned[0].id) if said.returned else "",
        wrote=_wrote(tx, arrival.id, found, settings),
        told_of=frozenset() if submission.people else _told_of(tx, content.sender),
        said_before=_said_before(tx, arrival.id, found) if compared and _is_form(submission) else {},
        asked=said.asked,
        calendar_uids=calendar_uids,
        answered_today=max(
            answers_to(tx, one, content.sender.mailbox, now, proven) for one in answered_at(content, settings)
        ),
        answered_in_thread=answered_in_thread(said.ours, content.sender, answers_mail_to, confirmed),
        drawn_today=max(
            drawn_by(tx, content.sender.mailbox, now, proven),
            drawn_to(tx, drawn_of, now, proven),
        ),
        open_cases=_cases_of(tx, senders, here, said.ours[0].message if said.ours else None),
        top_host=top_host(tx, arrival.mailbox),
        domains=_domains_given(tx),
        domain_organisations=_organisations_at(tx, domain_of(content.sender.email)) if found else frozenset(),
    )


@dataclass(frozen=True, slots=True)
class _Thread:
    """What we hold of the thread of a message: our mails, the messages of others, our mail that came back
    in it, the nrs that all this is about, and our question that the message answers."""

    ours: Sequence[LinkedMail]
    theirs: Sequence[LinkedMail]
    returned: Sequence[LinkedMail]
    nrs: tuple[str, ...]
    asked: PendingQuestion | None

    @property
    def event(self) -> str:
        """The event that its first mail of one is about, ours before those of others; "" where none is."""
        return next((row.event for row in (*self.ours, *self.theirs) if row.event), "")


def _thread(tx: sa.Connection, content: Message, now: datetime) -> _Thread:
    ids = thread_of(tx, content, now)
    ours, theirs = our_mails(tx, ids), their_messages(tx, ids)
    returned = returned_mail(tx, content.bounce, now) if content.bounce else []
    nrs = (
        nrs_of(tx, [row.id for row in (*returned, *ours)])
        or nrs_from(tx, theirs)
        or quoted_nrs(content)
        or nrs_of(tx, [row.id for row in our_mails(tx, passed_on(content))])
    )
    return _Thread(ours, theirs, returned, nrs, asked_in(tx, ids))


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
    a colleague may have registered them) or (one answer for each, or nobody comes) organisation."""
    people = (*submission.people, *submission.told, *filter(None, (submission.substitute,)))
    forms = forms_of(submission, settings)
    said = [(form, person, person.values) for form in forms for person in people]
    whole = {name_of(answers, form) for form, _, answers in said}
    whole |= set(map(without_asides, whole))
    spelt = {name_key(other) for name in whole for other in other_spellings(name)}
    bodies = {
        organisation_key(person.organisation_known, answers, form)
        for form, person, answers in said
        if form.per_organisation
    } | {submission.absent_body}
    wanted: dict[str, Sequence[object]] = {
        "number": numbers(nrs),
        "email": list((senders | {email_of(answers, form) for form, _, answers in said}) - {""}),
        "sender_email": list(senders - {""}),
        "name": list((sender_names | spelt) - {""}),
        "organisation": list(bodies - {""}),
    }
    return _found(tx, wanted, submission)


def _found(
    tx: sa.Connection, wanted: Mapping[str, Sequence[object]], submission: Submission
) -> tuple[Registration, ...]:
    """The registrations of which something is ``wanted``, by column, or that words name in part."""
    told = (act for act in submission.acts if act.kind is ActKind.CHANGE and act.agreed and not act.elsewhere)
    mentioned = {*submission.named, *(name for act in told for name in act.people)}
    words = filter(None, (fold(name).split() for name in sorted(mentioned)))
    column = registration.c.name
    named = [
        sa.and_(*(column.contains(f" {word} " if len(word) > 1 else f" {word}") for word in one))
        for one in words  # an initial begins a word of the name
    ]
    either = sa.select(registration.c.data).where(sa.or_(_ALIKE, *named)).order_by(registration.c.number)
    rows = tx.scalars(either if named else _THOSE_ALIKE, wanted)
    return tuple(REGISTRATION.validate_json(row) for row in rows)


def _waiting(found: Sequence[Registration], asked: PendingQuestion | None, settings: Settings) -> set[str]:
    """The names of those who were asked what is missing, and may be on the list by another row since."""
    nrs = asked.nrs if asked is not None else ()
    incomplete = [row for row in found if row.nr in nrs and row.status is Status.INCOMPLETE]
    return {
        without_asides(name_of(row.answers, settings.form_of(event)))
        for row in incomplete
        if (event := settings.events.get(row.event)) is not None
    }


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


def _is_form(submission: Submission | GivenForm) -> bool:
    """Whether people were read on a form, and not in an answer in words."""
    answers = (answer for person in submission.people for answer in person.answers.values())
    return submission.found is SubmissionKind.FORM and not any(one.where.has(Unit.ANSWER) for one in answers)


def _said_before(
    tx: sa.Connection, this: int, found: Sequence[Registration]
) -> dict[str, tuple[Mapping[str, Value], ...]]:
    """What forms that were decided before said of each of their people, by the nrs that they were about: the
    last of those that the registrations came from, or that who sent these sent."""
    if not found:
        return {}
    wanted = {
        "this": this,
        "first": [row.message for row in found if row.message is not None],
        "senders": list({row.sender.lower() for row in found} - {""}),
    }
    said: dict[str, tuple[Mapping[str, Value], ...]] = {}
    here = {row.nr for row in found}
    for one in tx.execute(_FORMS_OF, wanted):
        about = here.intersection(json.loads(one.nrs))
        form = GIVEN_FORM.validate_json(one.submission) if about else None
        if form is not None and _is_form(form):
            for nr in about:
                said[nr] = (*said.get(nr, ()), *(person.values for person in form.people))
    return said


def _cases_of(tx: sa.Connection, senders: set[str], nrs: set[str], of: int | None) -> tuple[Case, ...]:
    """Open cases from the same senders, about these registrations, or of this message."""
    rows = tx.scalars(_CASES_OF, {"senders": list(senders), "nrs": list(nrs), "of": of})
    return tuple(CASE.validate_json(row) for row in rows)


def _cases(tx: sa.Connection, where: sa.ColumnElement[bool]) -> tuple[Case, ...]:
    rows = tx.scalars(sa.select(case.c.data).where(where).order_by(case.c.id))
    return tuple(CASE.validate_json(row) for row in rows)
