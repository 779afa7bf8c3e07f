"""Mails to many, as the service needs them: what the ledger knows of them, their previews, and the blank
forms that go with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from mailbot.config.settings import Settings
from mailbot.decision.mailing_recipients import MailingContext
from mailbot.decision.mailings import decide_mailing, first_letter, not_carried_out, shown
from mailbot.domain.announcement import Announcement, Announcing
from mailbot.domain.decision import Decision, EventState
from mailbot.domain.event import Event
from mailbot.domain.mail import Attachment, Mail
from mailbot.domain.mailing import Mailing, MailingRow, MailingState
from mailbot.domain.statement import Says, Statement, say
from mailbot.storage import Transaction, mailings, queries

#: What people fill in: the file for a screen, and the one for a pen or a telephone.
_FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_DAY = timedelta(days=1)


def context(tx: Transaction, event: str, settings: Settings, now: datetime) -> MailingContext:
    """What is known that bears on the mails to many of an event."""

    @cache
    def reached(kind: str, version: str) -> frozenset[str]:
        return mailings.reached(tx, event, kind, version)

    return MailingContext(
        event=settings.events[event],
        registrations=queries.registrations(tx, event),
        mailings=mailings.of_event(tx, event),
        reached=lambda one: reached(one.kind, one.version),
        sent_today=mailings.sent_since(tx, now - _DAY),
        settings=settings,
        now=now,
    )


def decided(tx: Transaction, event: str, row: MailingRow, settings: Settings, now: datetime) -> Decision:
    """What follows from a row of ``Berichten`` as she left it."""
    return decide_mailing(row, context(tx, event, settings, now))


def without_forms(
    tx: Transaction, event: str, row: MailingRow, error: OSError, settings: Settings, now: datetime
) -> Decision:
    """A row whose forms cannot be read: nothing of it goes out, and she is told there."""
    form = f" “{Path(error.filename).name}”" if error.filename else ""
    why = say(Says.FORM_UNREADABLE, form=form)
    return not_carried_out(row, context(tx, event, settings, now), why)


def with_previews(tx: Transaction, state: EventState, settings: Settings, now: datetime) -> EventState:
    """The state with what its rows of ``Berichten`` show."""
    if not state.mailings or state.event not in settings.events:
        return state
    from mailbot.notifications.announcements import announce

    known = context(tx, state.event, settings, now)
    rows = []
    for one in state.mailings:
        letter = first_letter(one, known) if one.state is not MailingState.SENT else None
        mail = next(announce(letter, settings, now, drawn=False), None) if letter else None
        rows.append(shown(one, known, _as_read(mail, letter, settings) if mail and letter else ""))
    return replace(state, mailings_shown=tuple(rows))


def drafted(decision: Decision, settings: Settings) -> Decision:
    """A decision whose proposed rows have a subject and a text."""
    if not any(_is_proposed(one) for one in decision.mailings):
        return decision
    from mailbot.notifications.announcements import subject_of, text_of

    def worded(one: Mailing) -> Mailing:
        subject = one.subject or subject_of(one.kind, settings.events[one.event], settings)
        return replace(one, subject=subject, text=one.text or text_of(one.kind, settings))

    mailings = tuple(worded(one) if _is_proposed(one) else one for one in decision.mailings)
    return replace(decision, mailings=mailings)


def _is_proposed(mailing: Mailing) -> bool:
    """Whether a row is about to be proposed."""
    return mailing.id == 0 and mailing.kind is not Announcing.WRITTEN


def _as_read(mail: Mail, letter: Announcement, settings: Settings) -> Statement:
    """The mail as the first of those whom it goes to reads it."""
    names = [part.name for part in mail.attachments]
    names += _names_of_forms(settings.events[letter.event], settings) if letter.forms else []
    files = (say(Says.ATTACHED, files=tuple(names)),) if names else ()
    return say(Says.MAIL_AS_READ, subject=mail.subject, files=files, text=mail.text)


def _names_of_forms(event: Event, settings: Settings) -> list[str]:
    """What the blank forms of an event are called that go with a mail."""
    from mailbot.blank_forms import file_name

    form = settings.form_of(event)
    if form.blank:
        return [Path(blank).name for blank in form.blank]
    return [file_name(event, form, one) for one in _FORMATS]


def with_forms(
    mails: Sequence[Mail], announcement: Announcement | None, settings: Settings, now: datetime
) -> tuple[Mail, ...]:
    """The mails of an announcement with the blank forms of its event, where they go with it. Raises
    ``OSError`` where a form of the secretariat's own cannot be read."""
    event = settings.events.get(announcement.event) if announcement else None
    if announcement is None or event is None or not announcement.forms:
        return tuple(mails)
    from mailbot.blank_forms import file_name, make

    form = settings.form_of(event)
    if form.blank:
        paths = [Path(blank) for blank in form.blank]
        files = tuple(Attachment(path.name, _media_type(path), path.read_bytes()) for path in paths)
    else:
        files = tuple(
            Attachment(file_name(event, form, one), media_type, make(event, form, one, settings, now))
            for one, media_type in _FORMATS.items()
        )
    kind = f"announce-{announcement.kind}"
    return tuple(
        replace(mail, attachments=(*mail.attachments, *files)) if mail.kind == kind else mail
        for mail in mails
    )


def _media_type(path: Path) -> str:
    return _FORMATS.get(path.suffix.lower().lstrip("."), "application/octet-stream")
