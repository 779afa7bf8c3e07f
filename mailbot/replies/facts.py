"""What a mail says of an event: the values that every template gets."""

from __future__ import annotations

from mailbot.event import Event
from mailbot.replies.words import deadline_text, when_text
from mailbot.settings import Settings


def event_facts(event: Event | None, settings: Settings) -> dict[str, object]:
    """Title, when, where, deadline (all in words) and contacts; empty where there is no event."""
    language = settings.language
    return {
        "language": language,
        "title": event.title if event else "",
        "when": when_text(event, language) if event else "",
        "place": event.place if event else "",
        "deadline": deadline_text(event, language) if event else "",
        "completion_days": event.completion_days if event else 0,
        "contacts": event.contacts if event else (),
        "calendar": event.calendar.value if event and event.starts else "none",
        "per_organisation": bool(event and settings.form_of(event).per_organisation),
        "dated": bool(event and event.starts),
    }
