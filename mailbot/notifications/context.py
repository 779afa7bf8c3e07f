"""What a mail says of an event: the values that every template gets."""

from __future__ import annotations

from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.domain.announcement import EventFacts
from mailbot.domain.event import Event
from mailbot.domain.message import Address, Arrival
from mailbot.wording import LEXICON
from mailbot.wording.dates import deadline_text, when_text


def event_facts(event: Event | None, settings: Settings) -> dict[str, object]:
    """Title (``named``: in a sentence), when, where, deadline (all in words) and contacts; empty where
    there is no event."""
    language = settings.language
    return {
        "language": language,
        "title": event.title if event else "",
        "named": _named(event, language) if event else "",
        "signed": settings.signed,
        "logo": [round(side) for side in settings.logo.within(200, 48)] if settings.logo else [],
        "when": when_text(event.starts, event.ends, language) if event else "",
        "on_day": _day(event.starts) if event else "",
        "place": event.place if event else "",
        "deadline": deadline_text(event, language) if event else "",
        "completion_days": event.completion_days if event else 0,
        "contacts": event.contacts if event else (),
        "calendar": event.calendar.value if event and event.starts else "none",
        "per_organisation": bool(event and settings.form_of(event).per_organisation),
        "dated": bool(event and event.starts),
    }


def _named(event: Event, language: str) -> str:
    """The event as a sentence names it: with the article that its file gives, else in quotation marks."""
    if event.article:
        return f"{event.article} {event.title}"
    return LEXICON[language].quoted.format(event.title)


def replies_from(event: Event | None, arrival: Arrival | None, settings: Settings) -> Address:
    """The mailbox that writes: the one the message came by, else the event's, else the first."""
    name = arrival.mailbox if arrival else (event.mailbox if event else None)
    return settings.mailbox(name or settings.mailboxes[0].name).replies_from


def facts_before(facts: EventFacts | None, language: str) -> dict[str, str]:
    """What people had been told of an event, in the same words; empty where nothing."""
    if facts is None:
        return {"title": "", "when": "", "on_day": "", "place": ""}
    when = when_text(facts.starts, facts.ends, language)
    return {"title": facts.title, "when": when, "on_day": _day(facts.starts), "place": facts.place}


def _day(starts: datetime | None) -> str:
    """The day of a moment, to compare."""
    return starts.date().isoformat() if starts is not None else ""
