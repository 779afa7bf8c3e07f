"""What in a message names an event: a mark, an id, a title, a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.domain.event import Event
from mailbot.domain.form import MARK
from mailbot.domain.submission import ClueSource, EventClue
from mailbot.matching.unknown_events import names_other_title, near_within
from mailbot.text.dates import Day, dates_in, days_in, name_any
from mailbot.text.lexicon import words_of
from mailbot.text.normalize import letters, plain

_NO_EVENT_DATE = re.compile(rf"\b(?:{'|'.join(words_of('meeting', 'not_its_day'))})\b")
#: "Inschrijving voor donderdag 3 december", where "inschrijven voor 3 december" is a deadline.
_FOR_A_DATE = re.compile(rf"\b(?:{'|'.join(words_of('meeting', 'its_day'))})")
_SHORT_TITLE = 8


def mark_clues(text: str, settings: Settings) -> Iterator[EventClue]:
    """The marks that a form of ours carries; a stale one was made for an earlier date."""
    for found in MARK.finditer(text):
        event = settings.events.get(found["event"].lower())
        if event is None:
            yield EventClue("", ClueSource.MARK)
        else:
            version = event.version(settings.form_of(event))
            yield EventClue(event.id, ClueSource.MARK, stale=version != found["version"].lower())


def id_clues(text: str, by: ClueSource, settings: Settings) -> Iterator[EventClue]:
    """Event ids that stand in a text as a word of their own."""
    lower = text.lower()
    for event in settings.events.values():
        if re.search(rf"(?<![\w.-]){re.escape(event.id)}(?![\w-]|\.\w)", lower):
            yield EventClue(event.id, by)


def sub_address_clues(addresses: Iterable[str], settings: Settings) -> Iterator[EventClue]:
    """Event ids in "inschrijvingen+kis-2026-3@"."""
    for address in addresses:
        event = settings.events.get(address.partition("@")[0].partition("+")[2].lower())
        if event:
            yield EventClue(event.id, ClueSource.ADDRESS)


def heading_clues(
    lines: Iterable[str], by: ClueSource, settings: Settings, now: datetime, *, is_heading: bool = False
) -> tuple[EventClue, ...]:
    """What a form's heading (``is_heading``), or a line of a mail, names: a title, a date, or both.

    A clue without event means that a title or a date stands there which no event has.
    """
    lines = tuple(lines)
    days = [day for line in lines for day in _event_days(line)]
    titled = [event for event in settings.events.values() if any(names_title(line, event) for line in lines)]
    titled = _with_successors(_without_undated(titled, settings, now), settings, now)
    dated = [event for event in settings.events.values() if event.starts and _on(days, event)]
    if titled:
        return _clues_of_titles(titled, dated, days, by, settings, now)
    other_title = any(names_other_title(line, settings, is_heading=is_heading) for line in lines)
    if dated and not other_title:
        return tuple(EventClue(event.id, by) for event in dated)
    other_day = bool(days) and not _is_deadline(days, list(settings.events.values()))
    return (EventClue("", by),) if other_title or other_day else ()


def _without_undated(titled: list[Event], settings: Settings, now: datetime) -> list[Event]:
    """The events that lines name, without those that have no date where another of the same title has one to
    come: a title alone means that one."""
    to_come = {letters(e.title) for e in titled if e.starts and e.is_going_on(now, settings.zone)}
    return [e for e in titled if e.starts or letters(e.title) not in to_come]


def _with_successors(titled: list[Event], settings: Settings, now: datetime) -> list[Event]:
    """The events that lines name, and those that take the place of one of them: people keep its title."""
    instead = [settings.open_instead(event, now) for event in titled]
    return list({event.id: event for event in (*titled, *instead) if event is not None}.values())


def without_replaced(events: list[Event], settings: Settings, now: datetime) -> list[Event]:
    """Events without those that do not take place while another in their place is open."""
    return [event for event in events if settings.open_instead(event, now) is None]


def _clues_of_titles(
    titled: list[Event],
    dated: list[Event],
    days: list[Day],
    by: ClueSource,
    settings: Settings,
    now: datetime,
) -> tuple[EventClue, ...]:
    """The clues of lines that name titles. A series has one title for all its events, so a date that
    stands there too chooses among them; one that is none of theirs makes the clue stale."""
    if both := [event for event in titled if event in dated]:
        return tuple(EventClue(event.id, by) for event in both)
    titled = without_replaced(titled, settings, now)
    if days:
        stale = not _is_deadline(days, titled)
        return tuple(EventClue(event.id, by, stale=stale) for event in titled)
    upcoming = [event for event in titled if not event.is_over(now, settings.zone) and not event.cancelled]
    return tuple(EventClue(event.id, by) for event in upcoming or titled)


def day_clues(text: str, by: ClueSource, settings: Settings) -> Iterator[EventClue]:
    """What the days name that somebody writes who puts people on a list: "schrijf mij in voor 3
    december" is no deadline there. A day that is nothing to any event is a clue without event."""
    days = days_in(text)
    dated = [event for event in settings.events.values() if event.starts and _on(days, event)]
    for event in dated:
        yield EventClue(event.id, by)
    if days and not dated and not _is_deadline(days, list(settings.events.values())):
        yield EventClue("", by)


def names_title(line: str, event: Event) -> bool:
    """Whether a line names an event's whole title, give or take a slip of the pen."""
    title, text = letters(event.title), letters(line)
    if len(title) < _SHORT_TITLE:
        return title == text
    if title in text:
        return True
    allowed = len(title) // 12
    return bool(allowed) and len(text) <= len(title) + 60 and near_within(title, text, allowed)


def _event_days(line: str) -> list[Day]:
    text = plain(line)
    found = [(day, text[max(0, at - 40) : at]) for day, at in dates_in(line)]
    return [day for day, before in found if _FOR_A_DATE.search(before) or not _NO_EVENT_DATE.search(before)]


def _on(days: Sequence[Day], event: Event) -> bool:
    assert event.starts is not None
    last = event.ends or event.starts
    return name_any(days, (event.starts.date(), last.date()))


def _is_deadline(days: Sequence[Day], events: list[Event]) -> bool:
    ends = [
        e.deadline.date() if isinstance(e.deadline, datetime) else e.deadline for e in events if e.deadline
    ]
    return all(any(day.may_be(end) for end in ends) for day in days)
