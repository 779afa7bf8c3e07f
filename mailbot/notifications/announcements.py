"""Mails to many that the secretary agreed to: moved, cancelled, replaced, or what she wrote herself.

Each goes once per person, event version and kind: its key says so, and the ledger takes a key
once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from mailbot.config.settings import Settings
from mailbot.domain.announcement import Announcement, Announcing
from mailbot.domain.decision import Ask
from mailbot.domain.event import Calendar, Event
from mailbot.domain.mail import Attachment, Mail
from mailbot.domain.message import Address
from mailbot.domain.registration import Registration, Status
from mailbot.matching.names import held_addresses, reached_at, written_email_of
from mailbot.notifications.calendar_mails import (
    calendar_file,
    calendar_file_withdrawn,
    file_names,
    invitation,
    withdrawal,
)
from mailbot.notifications.certificate import certificate, certificate_undrawn
from mailbot.notifications.context import event_facts, facts_before, replies_from
from mailbot.notifications.names_in_mails import greeting_name, name_of, without_pages
from mailbot.notifications.templating import texts
from mailbot.text.closings import parted_closing, without_opening
from mailbot.wording import LEXICON


def announce(
    announcement: Announcement, settings: Settings, now: datetime, *, drawn: bool = True
) -> Iterator[Mail]:
    """The mails of an announcement, each followed by the calendar entry that belongs to it. Where
    ``drawn`` is False a certificate has its name and no page, for a preview. ``now`` is aware."""
    event = settings.events.get(announcement.event)
    if event is None:
        return
    sender = replies_from(event, None, settings)
    form = settings.form_of(event)

    def address(person: Registration) -> str:
        return reached_at(person, form, settings.own_addresses)

    for email, group in groupby(sorted(announcement.to, key=address), key=address):
        if email:
            people = tuple(group)
            yield _mail(announcement, Address(email), people, event, sender, settings, now, drawn=drawn)
            for person in people:
                yield from _entry(announcement, person, event, sender, settings, now)
    for to in announcement.addresses:
        yield _mail(announcement, to, (), event, sender, settings, now, drawn=drawn)


def subject_of(kind: Announcing, event: Event, settings: Settings) -> str:
    """The subject of a mail to many of this kind, where the secretary gave it none."""
    return texts(settings).subject(f"announce-{kind}", {**event_facts(event, settings), "own_subject": ""})


def text_of(kind: Announcing, settings: Settings) -> str:
    """The words of a mail to many of this kind that stand in it where the secretary gave it none."""
    return texts(settings).proposed(f"announce-{kind}")


#: Mails after which nobody comes to the event.
_OFF = (Announcing.CANCELLED, Announcing.REPLACED)
#: Who has no place, or none for good: what they have is no registration that stays valid.
_NOT_IN_YET = (Status.WAITLISTED, Status.INCOMPLETE)


def _mail(
    announcement: Announcement,
    to: Address,
    people: tuple[Registration, ...],
    event: Event,
    sender: Address,
    settings: Settings,
    now: datetime,
    *,
    drawn: bool,
) -> Mail:
    form, kind = settings.form_of(event), f"announce-{announcement.kind}"
    names = [without_pages(name_of(person.answers, form)) for person in people]
    if len(people) == 1 and written_email_of(people[0].answers, form).lower() == to.email:
        to = Address(written_email_of(people[0].answers, form), names[0])
    shown = settings.events.get(announcement.replacing, event)
    asks = announcement.kind in (Announcing.REPLACED, Announcing.AGAIN)  # whether they come
    greeted = people or announcement.kind is Announcing.WRITTEN
    own_text, signers = parted_closing(
        without_opening(announcement.text)
    )  # the mail greets and closes itself
    files = _files(announcement, people, event, sender, settings, now, drawn=drawn)
    words = texts(settings).render(
        kind,
        {
            **event_facts(shown, settings),
            "signed": _signed(signers, settings),
            "greeting_name": greeting_name(to) if greeted else "",
            "organisation": "" if people else to.name,
            "names": [] if to.name and len(names) == 1 else names,
            **_by_status(people, names),
            "nrs": [person.nr for person in people],
            "before": facts_before(announcement.before, settings.language),
            "former_title": event.title,
            "former_named": event_facts(event, settings)["named"],
            "remark": announcement.remark,
            "practical": own_text or event.practical,
            "thanks": own_text or event.thanks,
            "own_text": own_text,
            "own_subject": announcement.subject,
            "certificate": announcement.certificates or (event.certificate and not announcement.subject),
            "forms": announcement.forms,
            "upcoming": not shown.is_over(now, settings.zone),
            "calendar_gone": file_names(files, settings, enters=False),
            "calendar_new": file_names(files, settings, enters=True),
        },
    )
    mail = Mail(
        key=f"{announcement.event}/{announcement.version}/{kind}/{to.email.lower()}",
        kind=kind,
        to=to,
        sender=sender,
        subject=words.subject,
        text=words.text,
        html=words.html,
        event=shown.id,
        nrs=tuple(person.nr for person in people),
        asks=Ask.NEW_DATE if asks else Ask.NOTHING,
        attachments=files,
    )
    return _proof(mail, announcement, settings) if announcement.proof_to else mail


def _signed(signers: Sequence[str], settings: Settings) -> str:
    """Who signs a mail: who her text says, and the secretariat."""
    lines = {line.casefold(): line for line in (*signers, settings.signed) if line}
    return ", ".join(lines.values())


def _proof(mail: Mail, announcement: Announcement, settings: Settings) -> Mail:
    """A mail as it would go to somebody, for the secretary to see: under the registration of nobody."""
    to, version = announcement.proof_to, f"proof-{announcement.version}-{announcement.proof}"
    return replace(
        mail,
        key=f"{announcement.event}/{version}/{mail.kind}/{to.lower()}",
        to=Address(to),
        subject=f"[{LEXICON[settings.language].proof}] {mail.subject}",
        nrs=(),
    )


def _by_status(people: tuple[Registration, ...], names: list[str]) -> dict[str, object]:
    """The names of those who are in, wait and have to answer something, for the words about each."""
    named = list(zip(names, people, strict=True))
    waiting = [name for name, one in named if one.status is Status.WAITLISTED]
    still_open = [name for name, one in named if one.status is Status.INCOMPLETE]
    return {
        "names_in": [name for name, one in named if one.status not in _NOT_IN_YET],
        "names_waiting": waiting,
        "names_open": still_open,
        "waiting": bool(waiting),
        "open": bool(still_open),
    }


def _files(
    announcement: Announcement,
    people: tuple[Registration, ...],
    event: Event,
    sender: Address,
    settings: Settings,
    now: datetime,
    *,
    drawn: bool,
) -> tuple[Attachment, ...]:
    """Certificates with the thanks; with a new date, the calendar files of those who got one, and what takes
    them back where the event is off."""
    of_before = announcement.kind is Announcing.THANKS and not announcement.subject and event.certificate
    if announcement.certificates or of_before:
        made = certificate if drawn else certificate_undrawn
        return tuple(made(person, event, settings) for person in people)
    if not event.starts or event.calendar is Calendar.NONE:
        return ()
    if announcement.kind in _OFF:
        return tuple(
            calendar_file_withdrawn(one, event, sender, settings, now) for one in people if one.by_file
        )
    if announcement.kind is Announcing.MOVED:
        moves = announcement.before.times + 1 if announcement.before is not None else 0
        return tuple(
            calendar_file(person, event, sender, settings, now, moves)
            for person in people
            if not person.has_invitation and person.status.is_coming
        )
    return ()


def _entry(
    announcement: Announcement,
    person: Registration,
    event: Event,
    sender: Address,
    settings: Settings,
    now: datetime,
) -> Iterator[Mail]:
    """The change of the calendar entry that goes with it: moved, or removed."""
    if not person.has_invitation or event.starts is None or held_addresses(person, settings.form_of(event)):
        return
    if announcement.kind is Announcing.MOVED and person.status.is_coming:
        yield invitation(person, event, sender, settings, now, changed=True)
    elif announcement.kind in _OFF:
        yield withdrawal(person, event, sender, settings, now, event_is_off=True)
