"""The one mail that follows on mails that no longer hold, since the secretary took her decision back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from mailbot.config.settings import Settings
from mailbot.domain.decision import Decision, Outcome
from mailbot.domain.event import Event
from mailbot.domain.form import Form
from mailbot.domain.mail import Attachment, Mail
from mailbot.domain.message import Address
from mailbot.domain.registration import Registration
from mailbot.domain.settled import SentMail
from mailbot.matching.names import email_of, reached_at, same_address
from mailbot.notifications.calendar_mails import (
    calendar_files,
    calendar_mails,
    file_names,
    files_withdrawn,
)
from mailbot.notifications.context import event_facts
from mailbot.notifications.names_in_mails import greeting_name, name_of, without_pages
from mailbot.notifications.person_view import registration_of
from mailbot.notifications.templating import texts
from mailbot.wording.dates import day_text


def corrections(
    decision: Decision, event: Event | None, sender: Address, settings: Settings, now: datetime
) -> Iterator[Mail]:
    """A mail to each address that was written to, with the subjects of what does not hold and where the
    people of those mails stand now; and what takes an entry out of a calendar, or puts it back. ``now``
    is aware."""

    def address(one: SentMail) -> str:
        return same_address(one.to)

    told = [one for one in decision.corrects if not one.calendar]
    for _, group in groupby(sorted(told, key=address), key=address):
        yield _correction(list(group), decision, event, sender, settings, now)
    entered = {nr for one in decision.corrects if one.calendar for nr in one.nrs}
    if event is not None:
        concerned = [one for one in decision.results if one.after and one.after.nr in entered]
        yield from calendar_mails(concerned, event, sender, settings, now)


class _Person(NamedTuple):
    """Where somebody stands now. ``outcome`` is what an answer says of such a registration, "" where it was
    undone and is open again, "none" where they never asked to come; ``own``: the mail goes to the address
    that their registration names."""

    name: str
    nr: str
    outcome: str
    own: bool


def _people(decision: Decision, nrs: set[str], reader: str, form: Form) -> list[_Person]:
    """The people of these registrations, whose mails ``reader`` got."""
    found = ((registration_of(one), one) for one in decision.results)
    return [
        _Person(
            without_pages(name_of(row.answers, form)) or row.nr,
            row.nr,
            _outcome(row, one.before),
            email_of(row.answers, form) == reader,
        )
        for row, one in found
        if row is not None and row.nr in nrs
    ]


def _outcome(row: Registration, by_mistake: Registration | None) -> str:
    """What an answer says of a row that a slip of hers had made what it was ``by_mistake``."""
    if not row.is_undone:
        return Outcome.of(row.status).value
    return "none" if by_mistake is not None and by_mistake.status.is_out else ""


def _files(
    decision: Decision,
    nrs: set[str],
    reader: str,
    event: Event,
    sender: Address,
    settings: Settings,
    now: datetime,
) -> tuple[Attachment, ...]:
    """What takes back the calendar files that lay in mails to ``reader``, or replaces those that were taken
    back there."""
    form, own = settings.form_of(event), settings.own_addresses
    rows = [one for one in decision.results if one.after is not None and one.after.nr in nrs]
    entered = {nr for one in decision.corrects if one.calendar for nr in one.nrs}
    again = [
        one
        for one in rows
        if one.after is not None
        and one.after.nr not in entered
        and one.after.sequence >= 0
        and reached_at(one.after, form, own) == same_address(reader)
    ]
    return (
        *calendar_files(again, event, sender, settings, now, None),
        *files_withdrawn(rows, reader, event, sender, settings, now),
    )


def _day(sent: datetime | None, settings: Settings) -> str:
    return day_text(sent.astimezone(settings.zone).date(), settings.language) if sent else ""


def _correction(
    withdrawn: list[SentMail],
    decision: Decision,
    event: Event | None,
    sender: Address,
    settings: Settings,
    now: datetime,
) -> Mail:
    last = withdrawn[-1]
    nrs = {nr for one in withdrawn for nr in one.nrs}
    people = _people(decision, nrs, same_address(last.to), settings.form_of(event)) if event else []
    own_names = {one.name for one in people if one.own}
    reader = own_names.pop() if len(own_names) == 1 else ""
    files = _files(decision, nrs, last.to, event, sender, settings, now) if event else ()
    said = {one.subject: _day(one.sent, settings) for one in withdrawn}
    words = texts(settings).render(
        "correction",
        {
            **event_facts(event, settings),
            "greeting_name": reader or greeting_name(Address(last.to, last.name)),
            "withdrawn": [{"subject": subject, "sent": sent} for subject, sent in said.items()],
            "people": [{**one._asdict(), "you": bool(reader) and one.name == reader} for one in people],
            "calendar_gone": file_names(files, settings, enters=False),
        },
    )
    return Mail(
        key=f"correction/{'+'.join(str(one.id) for one in withdrawn)}/{same_address(last.to)}",
        kind="correction",
        to=Address(last.to),
        sender=sender,
        subject=words.subject,
        text=words.text,
        html=words.html,
        event=event.id if event else "",
        in_reply_to=last.message_id,
        references=(last.message_id,) if last.message_id else (),
        attachments=files,
        nrs=tuple(sorted(nrs)),
    )
