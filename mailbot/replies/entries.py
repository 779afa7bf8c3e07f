"""Which calendar entries go out with a decision: invitations, withdrawals, files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from mailbot.event import Calendar, Event
from mailbot.form import Form
from mailbot.model import Address, Attachment, Mail, Registration, Result, Status
from mailbot.replies import calendar
from mailbot.replies.facts import event_facts
from mailbot.replies.people import email_of, name_of
from mailbot.replies.texts import texts
from mailbot.settings import Settings


def calendar_mails(
    results: Sequence[Result], event: Event, sender: Address, settings: Settings, now: datetime
) -> Iterator[Mail]:
    """A mail for each entry that these results put into, or take out of, a person's own
    calendar. ``now`` is aware."""
    if event.calendar is not Calendar.INVITE or event.starts is None:
        return
    form, zone = settings.form_of(event), settings.zone
    shared = _shared(results, form)
    for result in results:
        person, email = result.after, email_of(result.after.answers, form) if result.after else ""
        if person is None or not email or email.lower() in shared:
            continue
        attendee = Address(email=email, name=name_of(person.answers, form))
        sequence = max(person.sequence, 0)
        if enters(result, form):
            entry = calendar.invitation(event, person.nr, sequence, sender, attendee, zone, now)
            yield calendar_mail("invitation", entry, person, attendee, event, sender, settings)
        elif leaves(result):
            entry = calendar.withdrawal(event, person.nr, sequence, sender, attendee, zone, now)
            yield calendar_mail("withdrawal", entry, person, attendee, event, sender, settings)


def calendar_files(
    results: Sequence[Result], event: Event, sender: Address, settings: Settings, now: datetime
) -> tuple[Attachment, ...]:
    """The ``.ics`` files that lie in the answer itself: for everybody where the event is set so,
    else for people who share an address. ``now`` is aware."""
    if event.calendar is Calendar.NONE or event.starts is None:
        return ()
    form = settings.form_of(event)
    shared = _shared(results, form)
    files = []
    for result in results:
        person = result.after
        if person is None or not enters(result, form):
            continue
        if event.calendar is Calendar.FILE or email_of(person.answers, form).lower() in shared:
            data = calendar.file(event, person.nr, max(person.sequence, 0), sender, settings.zone, now)
            files.append(Attachment(_file_name(name_of(person.answers, form)), "text/calendar", data))
    return tuple(files)


def enters(result: Result, form: Form) -> bool:
    """Whether someone's calendar gets the event: they come now, or have another address now."""
    if result.after is None or result.after.status is not Status.REGISTERED:
        return False
    before = result.before
    if before is None or before.status is not Status.REGISTERED:
        return True
    former, present = (email_of(r.answers, form).lower() for r in (before, result.after))
    return former != present


def leaves(result: Result) -> bool:
    """Whether the event goes out of someone's calendar: they came, and come no more."""
    return (
        result.before is not None
        and result.before.status is Status.REGISTERED
        and result.after is not None
        and result.after.status is not Status.REGISTERED
    )


def _shared(results: Sequence[Result], form: Form) -> set[str]:
    """Addresses that more than one of these people have; empty counts as shared."""
    emails = [email_of(result.after.answers, form).lower() for result in results if result.after]
    return {"", *(email for email in emails if emails.count(email) > 1)}


def calendar_mail(
    kind: str,
    entry: str,
    person: Registration,
    attendee: Address,
    event: Event,
    sender: Address,
    settings: Settings,
) -> Mail:
    """The mail that carries an entry; ``kind`` is "invitation" or "withdrawal"."""
    words = texts(settings).render(kind, {**event_facts(event, settings), "greeting_name": attendee.name})
    return Mail(
        key=f"{event.id}/{person.nr}/{kind}-{max(person.sequence, 0)}/{attendee.email.lower()}",
        kind=kind,
        to=attendee,
        sender=sender,
        subject=words.subject,
        text=words.text,
        html=words.html,
        event=event.id,
        calendar=entry,
        calendar_method=calendar.REQUEST if kind == "invitation" else calendar.CANCEL,
        nrs=(person.nr,),
    )


def _file_name(name: str) -> str:
    plain = re.sub(r"[^\w .-]+", "", name)
    return f"agenda {plain}".strip() + ".ics"
