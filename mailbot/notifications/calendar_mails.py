"""Which calendar entries go out with a decision: invitations, withdrawals, files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.domain.decision import Note, Outcome, Result
from mailbot.domain.event import Calendar, Event
from mailbot.domain.form import ATTENDS, Form
from mailbot.domain.mail import Attachment, CalendarFile, Mail
from mailbot.domain.message import Address
from mailbot.domain.registration import STATUS, Registration, Status
from mailbot.matching.addresses import can_be_address
from mailbot.matching.names import (
    belongs_to,
    is_office,
    mailed_at,
    reached_at,
    same_address,
    written_email_of,
)
from mailbot.notifications import calendar_entries
from mailbot.notifications.context import event_facts
from mailbot.notifications.names_in_mails import greeting_name, name_of, without_pages
from mailbot.notifications.person_view import answers_before, answers_of
from mailbot.notifications.templating import texts
from mailbot.wording import LEXICON


def calendar_mails(
    results: Sequence[Result],
    event: Event,
    sender: Address,
    settings: Settings,
    now: datetime,
    writer: Address | None = None,
) -> Iterator[Mail]:
    """A mail for each entry that these results put into, or take out of, a person's own calendar.
    Somebody whose address changed first gets the withdrawal at the former one. ``writer`` is who wrote
    to us. ``now`` is aware."""
    if event.calendar is not Calendar.INVITE or event.starts is None:
        return
    form = settings.form_of(event)
    by_file = _by_file(results, form, settings, writer)
    for result in results:
        person = result.after
        if person is None:
            continue
        former = _former_address(result, form)
        if former and former not in settings.own_addresses:
            yield withdrawal(person, event, sender, settings, now, at=former)
            person = replace(person, sequence=person.sequence + 1)
        elif file_held_at(result, form, settings):
            person = replace(person, sequence=person.sequence + 1)  # that file is taken back with it
        email = mailed_at(person, form).lower()
        if not can_be_address(email) or email in settings.own_addresses:
            continue
        if leaves(result) and not former:
            yield withdrawal(person, event, sender, settings, now)
        elif enters(result, form) and person.nr not in by_file:
            yield invitation(person, event, sender, settings, now)


def calendar_files(
    results: Sequence[Result],
    event: Event,
    sender: Address,
    settings: Settings,
    now: datetime,
    writer: Address | None,
) -> tuple[Attachment, ...]:
    """The ``.ics`` files that lie in the answer itself: for everybody where the event is set so,
    else for people without a calendar of their own at the address. ``now`` is aware."""
    if event.calendar is Calendar.NONE or event.starts is None:
        return ()
    form = settings.form_of(event)
    by_file = _by_file(results, form, settings, writer)
    return tuple(
        calendar_file(result.after, event, sender, settings, now)
        for result in results
        if result.after is not None
        and enters(result, form)
        and (event.calendar is Calendar.FILE or result.after.nr in by_file)
    )


def invitation(
    person: Registration,
    event: Event,
    sender: Address,
    settings: Settings,
    now: datetime,
    *,
    changed: bool = False,
) -> Mail:
    """The mail that puts the event, or what ``changed`` about it, into one person's calendar.
    ``now`` is aware."""
    attendee, sequence = _attendee(person, settings.form_of(event)), person.sequence + 1
    entry = calendar_entries.invitation(event, person.nr, sequence, sender, attendee, settings.zone, now)
    return _mail(
        "invitation",
        calendar_entries.REQUEST,
        entry,
        sequence,
        person,
        attendee,
        event,
        sender,
        settings,
        changed=changed,
    )


def withdrawal(
    person: Registration,
    event: Event,
    sender: Address,
    settings: Settings,
    now: datetime,
    *,
    event_is_off: bool = False,
    at: str = "",
) -> Mail:
    """The mail that takes the entry out of one person's calendar again: that of the address ``at``, where
    it is not theirs any more. ``now`` is aware."""
    attendee, sequence = _attendee(person, settings.form_of(event)), person.sequence + 1
    attendee = replace(attendee, email=at) if at else attendee
    entry = calendar_entries.withdrawal(
        event, person.nr, sequence, sender, attendee, settings.zone, now, event_is_off=event_is_off
    )
    return _mail(
        "withdrawal",
        calendar_entries.CANCEL,
        entry,
        sequence,
        person,
        attendee,
        event,
        sender,
        settings,
        asked=event_is_off and settings.successor_of(event) is not None,
    )


def calendar_file(
    person: Registration, event: Event, sender: Address, settings: Settings, now: datetime, moves: int = 0
) -> Attachment:
    """One person's entry as a file to open by hand. ``now`` is aware; ``moves`` is how often people were told
    of another date: a program takes a file for newer than what it has by that."""
    sequence = max(moves, person.sequence + 1)
    data = calendar_entries.file(event, person.nr, sequence, sender, settings.zone, now)
    return _file("agenda", data, person, sequence, settings.form_of(event), enters=True)


def calendar_file_withdrawn(
    person: Registration, event: Event, sender: Address, settings: Settings, now: datetime
) -> Attachment:
    """A file to open by hand that takes one person's entry out of a calendar again. ``now`` is aware."""
    sequence = person.sequence + 1
    data = calendar_entries.file_withdrawn(event, person.nr, sequence, sender, settings.zone, now)
    return _file("uit agenda", data, person, sequence, settings.form_of(event), enters=False)


def files_withdrawn(
    results: Sequence[Result], at: str, event: Event, sender: Address, settings: Settings, now: datetime
) -> tuple[Attachment, ...]:
    """The ``.ics`` files that take out the entries which files sent to the address ``at`` put into a
    calendar there, and which no longer hold. ``now`` is aware."""
    if event.calendar is Calendar.NONE or event.starts is None:
        return ()
    form = settings.form_of(event)
    return tuple(
        calendar_file_withdrawn(result.after, event, sender, settings, now)
        for result in results
        if result.after is not None and file_held_at(result, form, settings) == same_address(at) != ""
    )


def file_names(files: Sequence[Attachment], settings: Settings, *, enters: bool) -> list[str]:
    """What the calendar files are called that put an entry in, or take it out again, as a sentence names
    them."""
    quoted = LEXICON[settings.language].quoted
    return [quoted.format(one.name) for one in files if one.entry is not None and one.entry.enters is enters]


def file_mails(
    results: Sequence[Result],
    told: Collection[str],
    event: Event,
    sender: Address,
    settings: Settings,
    now: datetime,
) -> Iterator[Mail]:
    """A mail for each calendar file that no longer holds and that no answer takes back. ``told`` are the
    nrs of the registrations whose answer does. ``now`` is aware."""
    form = settings.form_of(event)
    for result in results:
        person, at = result.after, file_held_at(result, form, settings)
        files = files_withdrawn([result], at, event, sender, settings, now)
        if person is None or not files or person.nr in told:
            continue
        sequence = person.sequence + 1
        yield _letter("withdrawal", sequence, person, Address(at), event, sender, settings, files=files)


def file_held_at(result: Result, form: Form, settings: Settings) -> str:
    """The address that got a calendar file of somebody which does not hold any more, since they come no more
    or are reached elsewhere now; empty for none."""
    before, after = result.before, result.after
    if before is None or after is None or not after.by_file or before.bounced:
        return ""
    answers = {key: value for key, value in answers_before(result).items() if value is not None}
    former = replace(before, answers=answers)
    held = reached_at(former, form, settings.own_addresses)
    moved = enters(result, form) and reached_at(after, form, settings.own_addresses) != held
    return held if moved or _stays_away(result) else ""


def enters(result: Result, form: Form) -> bool:
    """Whether someone's calendar gets the event: they come now, or have another address now. Not while we
    ask whether they come."""
    after = result.after
    untold = result.before is not None and result.before.is_untold
    if after is None or not after.status.is_coming:
        return False
    if result.outcome is Outcome.UNCHANGED and not untold:
        return False
    if after.is_asked_whether(ATTENDS):
        return False
    if (had := _status_before(result)) is None or not had.is_coming:
        return True
    if after.sequence < 0 and result.before is not None and result.before.is_asked_whether(ATTENDS):
        return True
    former = written_email_of(answers_before(result), form)
    return former.lower() != written_email_of(after.answers, form).lower()


def leaves(result: Result) -> bool:
    """Whether the event goes out of someone's calendar: an entry was sent, and they come no
    more."""
    return result.after is not None and result.after.has_invitation and _stays_away(result)


def _stays_away(result: Result) -> bool:
    """Whether somebody who came comes no more."""
    before, after = _status_before(result), result.after
    return before is not None and before.is_coming and after is not None and not after.status.is_coming


def _status_before(result: Result) -> Status | None:
    """The status that the person last heard of: a hand may have changed it since."""
    for change in result.changes:
        if change.key == STATUS:
            return Status(str(change.old)) if change.old else None
    return result.before.status if result.before and not result.before.is_untold else None


def _former_address(result: Result, form: Form) -> str:
    """The address whose calendar holds an entry that belongs at another one now; empty for none. Who
    never came through there (it bounced) has no entry there."""
    before, after = result.before, result.after
    if before is None or after is None or not after.has_invitation or before.bounced:
        return ""
    if (had := _status_before(result)) is None or not had.is_coming:
        return ""
    former = same_address(written_email_of(answers_before(result), form))
    return former if former != same_address(written_email_of(after.answers, form)) else ""


def _by_file(
    results: Sequence[Result], form: Form, settings: Settings, writer: Address | None
) -> frozenset[str]:
    """The nrs of those who get a file instead of an invitation, which would stand in the calendar of
    somebody else: of who sent them in, of a reception, of who shares the address."""
    coming = [result for result in results if enters(result, form)]
    emails = [same_address(written_email_of(answers_of(result), form)) for result in coming]
    named = [_names(email, result, form, writer) for result, email in zip(coming, emails, strict=True)]
    owned = [email for email, theirs in zip(emails, named, strict=True) if theirs]
    return frozenset(
        result.after.nr
        for result, email, theirs in zip(coming, emails, named, strict=True)
        if result.after is not None
        and not (
            _has_own_calendar(result, email, settings, writer, theirs=theirs)
            if emails.count(email) == 1
            else theirs and owned.count(email) == 1 and not _is_general(result, email, settings)
        )
    )


def _names(email: str, result: Result, form: Form, writer: Address | None) -> bool:
    """Whether an address, or the name that its writer goes by, is the person's."""
    person = result.after
    shown = writer.name if writer is not None and same_address(writer.email) == email else ""
    return person is not None and belongs_to(email, shown, name_of(person.answers, form))


def _is_general(result: Result, email: str, settings: Settings) -> bool:
    """Whether an address is a reception's, or there is none."""
    known = settings.organisations.named(result.after.organisation_known) if result.after else None
    general = same_address(known.email) if known and known.email else ""
    return not email or is_office(email) or email == general


def _has_own_calendar(
    result: Result, email: str, settings: Settings, writer: Address | None, *, theirs: bool
) -> bool:
    """Whether the calendar of an address that nobody shares is the person's own; ``theirs``: it bears their
    name."""
    person = result.after
    assert person is not None
    if _is_general(result, email, settings):
        return False
    if person.replaces and Note.EMAIL_OF_SENDER in result.notes:
        return False
    if theirs or person.email_of_sender or same_address(person.sender) != email:
        return True
    wrote = writer is not None and same_address(writer.email) == email
    return wrote and not (writer.name if writer else "")  # nothing says that the sender is called otherwise


def _file(
    what: str, data: bytes, person: Registration, sequence: int, form: Form, *, enters: bool
) -> Attachment:
    name = re.sub(r"[^\w .-]+", "", name_of(person.answers, form))
    entry = CalendarFile(person.nr, sequence, enters)
    return Attachment(f"{what} {name}".strip() + ".ics", "text/calendar", data, entry)


def _attendee(person: Registration, form: Form) -> Address:
    return Address(
        email=written_email_of(person.answers, form), name=without_pages(name_of(person.answers, form))
    )


def _mail(
    kind: str,
    method: str,
    entry: str,
    sequence: int,
    person: Registration,
    attendee: Address,
    event: Event,
    sender: Address,
    settings: Settings,
    *,
    changed: bool = False,
    asked: bool = False,
) -> Mail:
    letter = _letter(kind, sequence, person, attendee, event, sender, settings, changed=changed, asked=asked)
    return replace(letter, calendar=entry, calendar_method=method, sequence=sequence)


def _letter(
    kind: str,
    sequence: int,
    person: Registration,
    to: Address,
    event: Event,
    sender: Address,
    settings: Settings,
    *,
    changed: bool = False,
    asked: bool = False,
    files: tuple[Attachment, ...] = (),
) -> Mail:
    """The words around a calendar entry, or around the ``files`` that take one out by hand. ``asked``:
    another mail asks whether they come on the new date."""
    values = {
        "greeting_name": greeting_name(to),
        "changed": changed,
        "asked": asked,
        "calendar_gone": file_names(files, settings, enters=False),
    }
    words = texts(settings).render(kind, {**event_facts(event, settings), **values})
    return Mail(
        key=f"{event.id}/{person.nr}/{kind}-{sequence}/{to.email.lower()}",
        kind=kind,
        to=to,
        sender=sender,
        subject=words.subject,
        text=words.text,
        html=words.html,
        event=event.id,
        attachments=files,
        nrs=(person.nr,),
    )
