"""Who hears what: a decision about a message, a case or an edit → the mails that follow.

The sender of a message gets one mail in its thread, about everybody in it. Who was registered
by somebody else and has an address of their own gets a mail of their own; who shares an address
shares one mail. Whoever a decision touches besides (a place came free) hears it for themselves.
Nobody in Cc is ever written to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from mailbot.event import Event
from mailbot.form import Form
from mailbot.model import Address, Arrival, Attachment, Decision, Mail, Note, Outcome, Registration, Result
from mailbot.replies.entries import calendar_files, calendar_mails
from mailbot.replies.facts import event_facts
from mailbot.replies.people import Told, answers_of, email_of, name_of, registration_of, told
from mailbot.replies.texts import texts
from mailbot.replies.words import local_text
from mailbot.settings import Settings

#: A message with one of these outcomes draws no answer to its sender.
SILENT = frozenset({Outcome.AUTOMATIC, Outcome.DUPLICATE, Outcome.REVIEW, Outcome.NO_FORM})

#: What somebody who was registered by another is not written about: the question goes to who
#: mailed, and no news is no mail.
SENDER_ONLY = frozenset({Outcome.INCOMPLETE, Outcome.UNCHANGED})

_ORDER = list(Outcome)


@dataclass(frozen=True, slots=True)
class _Letter:
    """A mail before it has words: to whom, about whom. ``arrival`` is the message it follows
    from; to its sender it goes ``in_thread``. ``by_other`` is who registered the reader."""

    to: Address
    results: tuple[Result, ...]
    outcome: Outcome
    arrival: Arrival | None = None
    in_thread: bool = False
    by_other: str = ""


def compose(
    decision: Decision, arrival: Arrival | None, settings: Settings, now: datetime
) -> tuple[Mail, ...]:
    """The mails that follow from a decision, calendar invitations included.

    ``arrival`` is the message decided about (for a case: the one it came from), or None for an
    edit by hand and for time that passed. ``now`` is aware.
    """
    event = settings.events.get(decision.event)
    if not decision.answer:
        return ()
    sender = replies_from(event, arrival, settings)
    mails = [
        _mail(letter, decision, event, sender, settings, now)
        for letter in _letters(decision, arrival, event, settings)
    ]
    if event is not None:
        told_of = [result for result in decision.results if result.mail]
        mails.extend(calendar_mails(told_of, event, sender, settings, now))
    return tuple(mails)


def replies_from(event: Event | None, arrival: Arrival | None, settings: Settings) -> Address:
    """The mailbox that answers: the one the message came by, else the event's, else the first."""
    name = arrival.mailbox if arrival else (event.mailbox if event else None)
    return settings.mailbox(name or settings.mailboxes[0].name).replies_from


def answered_to(arrival: Arrival, settings: Settings) -> Address:
    """Where the answer to a message goes: its Reply-To, else its sender; and where a configured
    forwarder passed it on, that of the message inside."""
    message = arrival.message
    if message.forwarded is not None and message.sender.email.lower() in settings.forwarders:
        message = message.forwarded
    return message.reply_to or message.sender


def _letters(
    decision: Decision, arrival: Arrival | None, event: Event | None, settings: Settings
) -> Iterable[_Letter]:
    heard = [result for result in decision.results if result.mail and result.outcome not in SILENT]
    besides = [result for result in heard if arrival is None or Note.PROMOTED in result.notes]
    of_message = [result for result in heard if result not in besides]

    if arrival is not None:
        to = decision.answered_to or answered_to(arrival, settings)
        asks_only = bool(decision.asks) and not decision.results
        if to.email and decision.outcome not in SILENT and (of_message or asks_only):
            yield _Letter(to, tuple(of_message), decision.outcome, arrival, in_thread=True)
        if event is None:
            return
        form = settings.form_of(event)
        others = [
            result
            for result in of_message
            if result.outcome not in SENDER_ONLY and _own_address(result, form) not in ("", _folded(to.email))
        ]
        yield from _own_letters(others, form, arrival, by_other=to.name or to.email)
    if event is not None:
        yield from _own_letters(besides, settings.form_of(event))


def _own_letters(
    results: list[Result], form: Form, arrival: Arrival | None = None, by_other: str = ""
) -> Iterable[_Letter]:
    """A letter per address; who has none hears by the address they were registered from."""

    def address(result: Result) -> str:
        registration = registration_of(result)
        return _own_address(result, form) or _folded(registration.sender if registration else "")

    for email, group in groupby(sorted(results, key=address), key=address):
        about = tuple(group)
        if email:
            own = about[0] if len(about) == 1 and _own_address(about[0], form) else None
            to = Address(
                email=email_of(answers_of(own), form) if own else email,
                name=name_of(answers_of(own), form) if own else "",
            )
            outcome = min((result.outcome for result in about), key=_ORDER.index)
            yield _Letter(to, about, outcome, arrival, by_other=by_other)


def _own_address(result: Result, form: Form) -> str:
    return _folded(email_of(answers_of(result), form))


def _folded(email: str) -> str:
    return email.strip().lower()


def _mail(
    letter: _Letter,
    decision: Decision,
    event: Event | None,
    sender: Address,
    settings: Settings,
    now: datetime,
) -> Mail:
    language = settings.language
    registrations = [r for r in map(registration_of, letter.results) if r is not None]
    shown = event is not None and not (decision.no_data and letter.in_thread)
    people = _people(letter, decision, settings.form_of(event), language) if event and shown else []
    asks = decision.asks if letter.in_thread else ""
    if not asks and any(person.outcome == Outcome.INCOMPLETE for person in people):
        asks = "incomplete"
    kind = _kind(letter, asks)
    received = letter.arrival.received if letter.arrival else now
    words = texts(settings).render(
        kind,
        {
            **event_facts(event, settings),
            "greeting_name": people[0].name if len(people) == 1 and people[0].you else letter.to.name,
            "people": people,
            "person": people[0] if len(people) == 1 else None,
            "asks": asks,
            "question": decision.question if letter.in_thread else "",
            "remark": decision.remark if letter.in_thread else "",
            "unread": [(name, state.value) for name, state in decision.unread],
            "last_answer": decision.last_answer and letter.in_thread,
            "received": local_text(received, settings.zone, language),
            "by_other": letter.by_other,
        },
    )
    thread = letter.arrival if letter.in_thread else None
    return Mail(
        key=_key(letter, kind, decision, registrations),
        kind=kind,
        to=letter.to,
        sender=sender,
        subject=words.subject,
        text=words.text,
        html=words.html,
        event=event.id if event else "",
        outcome=letter.outcome,
        in_reply_to=thread.message.message_id if thread else "",
        references=_references(thread),
        attachments=_files(letter, event, sender, settings, now) if event else (),
        nrs=tuple(registration.nr for registration in registrations),
        asks=asks,
    )


def _people(letter: _Letter, decision: Decision, form: Form, language: str) -> list[Told]:
    names = {
        registration.nr: name_of(registration.answers, form)
        for registration in map(registration_of, decision.results)
        if registration is not None
    }
    alone = len(letter.results) == 1
    return [
        told(
            result,
            form,
            language,
            you=alone
            and _own_address(result, form) == _folded(letter.to.email)
            and Note.EMAIL_OF_SENDER not in result.notes,
            names=names,
        )
        for result in letter.results
    ]


def _files(
    letter: _Letter, event: Event, sender: Address, settings: Settings, now: datetime
) -> tuple[Attachment, ...]:
    """The calendar files of those who read this mail; who has another address gets their own."""
    form = settings.form_of(event)
    readers = [r for r in letter.results if _own_address(r, form) in ("", _folded(letter.to.email))]
    return calendar_files(readers, event, sender, settings, now)


def _kind(letter: _Letter, asks: str) -> str:
    """The template: by outcome for one person or one outcome, a summary where they differ."""
    if asks in ("which", "readable", "new-date", "remark"):
        return asks
    outcomes = {result.outcome for result in letter.results}
    return letter.outcome.value if outcomes == {letter.outcome} else "summary"


def _key(letter: _Letter, kind: str, decision: Decision, registrations: list[Registration]) -> str:
    """Message (or row and its change), recipient and kind. A later decision on the same message
    is told from its first answer by the cases that it closes."""
    if letter.arrival is not None:
        origin = f"message-{letter.arrival.id}"
    else:
        origin = "+".join(f"{r.event}/{r.nr}@{r.changed:%Y%m%dT%H%M%S.%f}" for r in registrations)
    closed = "".join(f"+case-{case}" for case in decision.closes)
    return f"{origin}{closed}/{kind}/{_folded(letter.to.email)}"


def _references(arrival: Arrival | None) -> tuple[str, ...]:
    """The thread so far, and the message itself last. Of a message passed on, the one inside
    comes first: its sender's program knows that thread."""
    if arrival is None:
        return ()
    message = arrival.message
    inner = message.forwarded
    ids = (*inner.references, inner.message_id) if inner else ()
    return tuple(dict.fromkeys(i for i in (*ids, *message.references, message.message_id) if i))
