"""Days that people count from when they write: "volgende week", "morgen".

Plain words, the days of our events and when a mail was received go in; whether the words are of other days
than those comes out.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta

from mailbot.config.settings import Settings
from mailbot.matching.subject_matter import days_held, names_tomorrow
from mailbot.text.dates import days_in
from mailbot.text.lexicon import either, words_of
from mailbot.text.normalize import plain

#: Days of a week.
_WEEK = 7
#: The first and the last day that each way of saying it means, counted from the Monday before.
_OF_WEEK = tuple(
    (re.compile(rf"\b{either(*words_of('subject', name))}\b"), first, last)
    for name, first, last in (
        ("this_week", 0, _WEEK - 1),
        ("next_week", _WEEK, 2 * _WEEK - 1),
        ("this_weekend", _WEEK - 2, _WEEK - 1),
    )
)


def counts_other_days(text: str, settings: Settings, received: datetime) -> bool:
    """Whether a text says of some days, counted from when it was written, that are none of an event of ours:
    "volgende week ben ik afwezig", of a meeting next month. Today may be when somebody is busy."""
    said = plain(text)
    if days_in(said):
        return False  # which is what it is of
    now = received.astimezone(settings.zone).date()
    own = {day for event in settings.events.values() for day in days_held(event)}
    monday = now - timedelta(days=now.weekday())
    spans = [
        (monday + timedelta(days=a), monday + timedelta(days=b)) for way, a, b in _OF_WEEK if way.search(said)
    ]
    if names_tomorrow(said):
        spans.append((now + timedelta(days=1), now + timedelta(days=1)))
    return bool(spans) and not any(_is_within(own, *span) for span in spans)


def _is_within(days: Collection[date], first: date, last: date) -> bool:
    return any(first <= day <= last for day in days)
