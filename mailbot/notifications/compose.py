"""A decision about a message, a case, an edit or passing time → the mails that follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.domain.decision import Ask, Decision, Note, Outcome, Result
from mailbot.domain.event import Event
from mailbot.domain.form import Form
from mailbot.domain.mail import Attachment, Mail
from mailbot.domain.message import Address, Arrival
from mailbot.domain.registration import Registration
from mailbot.matching.names import same_address
from mailbot.notifications.announcements import announce
from mailbot.notifications.calendar_mails import (
    calendar_files,
    calendar_mails,
    file_mails,
    file_names,
    files_withdrawn,
)
from mailbot.notifications.context import event_facts, replies_from
from mailbot.notifications.correction import corrections
from mailbot.notifications.first_mail import as_first_mail
from mailbot.notifications.last_minute import last_minute_notice
from mailbot.notifications.names_in_mails import (
    as_called,
    as_greeted,
    greeting_name,
    in_proper_case,
    name_of,
    without_pages,
)
from mailbot.notifications.person_view import (
    PersonView,
    Viewer,
    is_nameless_place,
    person_view,
    registration_of,
)
from mailbot.notifications.receipt import receipt
from mailbot.notifications.recipients import Recipient, is_reader, own_address, recipients_of
from mailbot.notifications.templating import texts
from mailbot.wording.dates import local_text


def compose(
    decision: Decision, arrival: Arrival | None, settings: Settings, now: datetime
) -> tuple[Mail, ...]:
    """The mails that follow from a decision: answers, calendar entries, announcements, and word
    to the secretariat where the start is near.

    ``arrival`` is the message decided about (for a case: the one it came from), or None for an
    edit by hand and for time that passed. ``now`` is aware.
    """
    event = settings.events.get(decision.event)
    sender = replies_from(event, arrival, settings)
    mails: list[Mail] = []
    if decision.answer:
        mails += _answers(decision, arrival, event, sender, settings, now)
        if event is not None:
            writer = arrival.message.sender if arrival is not None else None
            heard = _heard(decision, arrival, settings.form_of(event), settings)
            told = {part.entry.nr for mail in mails for part in mail.attachments if part.entry}
            mails += file_mails(heard, told, event, sender, settings, now)
            mails += calendar_mails(heard, event, sender, settings, now, writer)
    if decision.receipt and arrival is not None:
        mails.append(receipt(arrival, event, sender, settings, decision.known_as))
    if decision.corrects:
        mails += corrections(decision, event, sender, settings, now)
    if decision.announce is not None:
        mails += announce(decision.announce, settings, now)
    if decision.tell_secretariat and event is not None:
        mails += last_minute_notice(decision, arrival, event, sender, settings)
    return tuple(mails)


def _answers(
    decision: Decision,
    arrival: Arrival | None,
    event: Event | None,
    sender: Address,
    settings: Settings,
    now: datetime,
) -> Iterator[Mail]:
    """The answer to each who hears of a decision; the secretary's words go to who wrote, if anybody did."""
    recipients = tuple(recipients_of(decision, arrival, event, settings))
    answers = any(recipient.in_thread for recipient in recipients)
    for recipient in recipients:
        told = recipient if recipient.in_thread or not answers else _without_remark(recipient)
        yield _mail(told, decision, event, sender, settings, now)


def _heard(decision: Decision, arrival: Arrival | None, form: Form, settings: Settings) -> list[Result]:
    """The results that calendars hear of; where the sender is not answered, those of others alone. Where
    nothing changed, nobody hears of it but the sender."""
    heard = [result for result in decision.results if result.mail]
    if arrival is None:
        return heard
    asked = same_address(arrival.message.sender.email)

    def hears(result: Result) -> bool:
        if own_address(result, form, settings) == asked:
            return decision.to_sender
        return result.outcome is not Outcome.UNCHANGED

    return list(filter(hears, heard))


def _without_remark(recipient: Recipient) -> Recipient:
    """For somebody else than the writer whom the secretary answers: her words are kept where they are the
    reason for losing or not getting a place, and left out where the person comes."""
    results = tuple(
        replace(result, remark="")
        if (row := registration_of(result)) is not None and row.status.is_coming
        else result
        for result in recipient.results
    )
    return replace(recipient, results=results)


def _days_to_complete(recipient: Recipient, event: Event | None) -> int:
    """How many days somebody has who is asked something for the first time: a later question gives no more.
    0 for nobody."""
    asked = ((one.before, one.after) for one in recipient.results)
    first = any(
        after is not None
        and after.asked_at is not None
        and (before is None or before.asked_at != after.asked_at)
        for before, after in asked
    )
    return event.completion_days if event and first else 0


def _to_writer(decision: Decision, thread: Arrival | None) -> dict[str, object]:
    """What is said to who wrote alone: a question, the secretary's words, that no more answers follow."""
    if thread is None:
        return {"question": "", "remark": "", "last_answer": False, "turned_away": False}
    return {
        "question": decision.question,
        "remark": decision.remark,
        "last_answer": decision.last_answer,
        "turned_away": decision.turned_away,
    }


def _greeting(people: Sequence[PersonView], recipient: Recipient, form: Form | None, known_as: str) -> str:
    """The name above a mail: of a person, or of the organisation that answers for itself. ``known_as`` is
    that of who wrote, as a registration has it."""
    reader = next((person for person in people if person.you), None)
    if form is None or reader is None:
        wrote = recipient.arrival.message.sender if recipient.in_thread and recipient.arrival else None
        own = wrote is not None and same_address(wrote.email) == same_address(recipient.to.email)
        return greeting_name(recipient.to, known_as if own else "")
    name = as_called(reader.greeted, recipient.to, form)
    return in_proper_case(name) if form.per_organisation else as_greeted(name)


def _mail(
    recipient: Recipient,
    decision: Decision,
    event: Event | None,
    sender: Address,
    settings: Settings,
    now: datetime,
) -> Mail:
    thread = recipient.arrival if recipient.in_thread else None
    registrations = [r for r in map(registration_of, recipient.results) if r is not None]
    form = settings.form_of(event) if event else None
    hidden = decision.no_data and thread is not None
    heard = as_first_mail(recipient, form, settings)
    people = [] if form is None or hidden else _people(heard, decision, form, settings)
    asks = _asks(recipient, decision, people)
    kind = _kind(heard, asks)
    received = recipient.arrival.received if recipient.arrival else now
    files = _files(recipient, event, sender, settings, now) if event else ()
    drawn = texts(settings)
    # An outcome without a subject line of its own is told by its sentence alone.
    words = drawn.render(
        kind if drawn.has(kind) else "summary",
        {
            **event_facts(event, settings),
            **_to_writer(decision, thread),
            "completion_days": _days_to_complete(recipient, event),
            "greeting_name": _greeting(people, recipient, form, "" if hidden else decision.known_as),
            "people": people,
            "person": people[0] if len(people) == 1 else None,
            "asks": asks,
            "unread": [(name, state.value) for name, state in decision.unread],
            "received": local_text(received, settings.zone, settings.language),
            "after_deadline": event is not None and event.is_late(received, settings.zone),
            "by_other": recipient.by_other,
            "by_hand": decision.by_hand,
            "calendar_gone": file_names(files, settings, enters=False),
        },
    )
    return Mail(
        key=_key(recipient, kind, decision, registrations),
        kind=kind,
        to=recipient.to,
        sender=sender,
        subject=words.subject,
        text=words.text,
        html=words.html,
        event=event.id if event else "",
        outcome=recipient.outcome,
        in_reply_to=thread.message.message_id if thread else "",
        references=_references(thread),
        attachments=files,
        nrs=tuple(registration.nr for registration in registrations),
        asks=asks,
    )


def _asks(recipient: Recipient, decision: Decision, people: Sequence[PersonView]) -> Ask:
    """What the mail asks: what was decided to ask in this thread, else what is missing, else whether what was
    taken from the reader's signature is right."""
    if recipient.in_thread and recipient.arrival and decision.asks:
        return decision.asks
    if any(result.outcome is Outcome.INCOMPLETE for result in recipient.results):
        return Ask.INCOMPLETE
    return Ask.SIGNED if any(one.signed and one.you for one in people) else Ask.NOTHING


def _people(recipient: Recipient, decision: Decision, form: Form, settings: Settings) -> list[PersonView]:
    is_theirs = [is_reader(result, recipient, form, settings) for result in recipient.results]
    rows = zip(map(registration_of, recipient.results), is_theirs, strict=True)
    own = frozenset(row.nr for row, theirs in rows if theirs and row is not None)
    reader = Viewer(same_address(recipient.to.email), recipient.in_thread, own)
    places = [result for result in recipient.results if is_nameless_place(result, form)]
    numbered = places if len(places) > 1 else []
    names = {
        registration.nr: _named(name_of(registration.answers, form), reader)
        for registration in map(registration_of, decision.results)
        if registration is not None
    }
    return [
        person_view(
            result,
            form,
            settings.language,
            you=theirs,
            names=names,
            reader=reader,
            place=numbered.index(result) + 1 if result in numbered else 0,
        )
        for result, theirs in zip(recipient.results, is_theirs, strict=True)
    ]


def _named(name: str, reader: Viewer) -> str:
    return name if reader.wrote else without_pages(name)


def _files(
    recipient: Recipient, event: Event, sender: Address, settings: Settings, now: datetime
) -> tuple[Attachment, ...]:
    """The calendar files of those who read this mail, and what takes back those that were sent here and hold
    no more; who has another address gets their own."""
    form = settings.form_of(event)
    readers = [
        result
        for result in recipient.results
        if own_address(result, form, settings) in ("", same_address(recipient.to.email))
    ]
    writer = recipient.arrival.message.sender if recipient.arrival is not None else None
    new = () if recipient.former else calendar_files(readers, event, sender, settings, now, writer)
    return (*new, *files_withdrawn(recipient.results, recipient.to.email, event, sender, settings, now))


def _kind(recipient: Recipient, asks: Ask) -> str:
    """The template: by outcome for one person or one outcome, a summary where they differ."""
    if recipient.former:
        return Note.READDRESSED.value
    if asks.has_own_template:
        return asks.value
    outcomes = {result.outcome for result in recipient.results}
    if recipient.outcome is Outcome.SUBSTITUTED or outcomes <= {recipient.outcome}:
        return recipient.outcome.value
    return "summary"


def _key(recipient: Recipient, kind: str, decision: Decision, registrations: list[Registration]) -> str:
    """Message (or row and its change), recipient and kind. A later decision on the same message
    is told from its first answer by the cases that it closes."""
    if recipient.arrival is not None:
        origin = f"message-{recipient.arrival.id}"
    else:
        origin = "+".join(f"{r.event}/{r.nr}@{r.changed:%Y%m%dT%H%M%S.%f}" for r in registrations)
    closed = "".join(f"+case-{case}" for case in decision.closes)
    return f"{origin}{closed}/{kind}/{same_address(recipient.to.email)}"


def _references(arrival: Arrival | None) -> tuple[str, ...]:
    """The thread so far, and the message itself last. Of a message passed on, the one inside
    comes first: its sender's program knows that thread."""
    if arrival is None:
        return ()
    message = arrival.message
    inner = message.forwarded
    ids = (*inner.references, inner.message_id) if inner else ()
    return tuple(dict.fromkeys(i for i in (*ids, *message.references, message.message_id) if i))
