"""Calendar entries: one per person and event (iCalendar, RFC 5545; invitations, RFC 5546).

What mail programs do with them decides the shape. The person is the one ATTENDEE and has
accepted, the mailbox is the ORGANIZER. The UID comes from event and person, never from the
date, so that a new date moves the entry instead of adding one. PUBLISH goes out only as a
file: Outlook shows it as raw text elsewhere.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import icalendar

from mailbot.domain.event import Event
from mailbot.domain.message import Address

REQUEST = "REQUEST"
CANCEL = "CANCEL"
PUBLISH = "PUBLISH"

#: What a name in an entry cannot hold: a quotation mark ends it, and behind a backslash the end is not seen:
#: what follows ("PARTSTAT") would be read as a part of it.
_NOT_IN_A_NAME = {ord('"'): "'", ord("\\"): "/"}


def uid(event_id: str, nr: str, domain: str) -> str:
    """The UID of one person's entry for one event; ``domain`` is that of the mailbox."""
    return f"{event_id}.{nr}@{domain}".lower()


def invitation(
    event: Event, nr: str, sequence: int, organizer: Address, attendee: Address, zone: ZoneInfo, now: datetime
) -> str:
    """A REQUEST that puts the event, or its new date, into one person's calendar.

    ``now`` is aware. Raises ``ValueError`` for an event without a start.
    """
    return _calendar(REQUEST, event, nr, sequence, organizer, attendee, zone, now)


def withdrawal(
    event: Event,
    nr: str,
    sequence: int,
    organizer: Address,
    attendee: Address,
    zone: ZoneInfo,
    now: datetime,
    *,
    event_is_off: bool = False,
) -> str:
    """A CANCEL that takes the entry out again: for one person who does not come, without a
    STATUS; with ``STATUS:CANCELLED`` where the event itself is off.

    ``now`` is aware. Raises ``ValueError`` for an event without a start.
    """
    status = "CANCELLED" if event_is_off else ""
    return _calendar(CANCEL, event, nr, sequence, organizer, attendee, zone, now, status=status)


def file(event: Event, nr: str, sequence: int, organizer: Address, zone: ZoneInfo, now: datetime) -> bytes:
    """An ``.ics`` file to open by hand: PUBLISH, without an attendee.

    ``now`` is aware. Raises ``ValueError`` for an event without a start.
    """
    return _calendar(PUBLISH, event, nr, sequence, organizer, None, zone, now).encode()


def file_withdrawn(
    event: Event, nr: str, sequence: int, organizer: Address, zone: ZoneInfo, now: datetime
) -> bytes:
    """An ``.ics`` file to open by hand that takes out what ``file`` put in: CANCEL, without an attendee.

    ``now`` is aware. Raises ``ValueError`` for an event without a start.
    """
    return _calendar(CANCEL, event, nr, sequence, organizer, None, zone, now, status="CANCELLED").encode()


def _calendar(
    method: str,
    event: Event,
    nr: str,
    sequence: int,
    organizer: Address,
    attendee: Address | None,
    zone: ZoneInfo,
    now: datetime,
    *,
    status: str = "CONFIRMED",
) -> str:
    own = icalendar.Event()
    own.add("uid", uid(event.id, nr, organizer.email.rpartition("@")[2]))
    own.add("dtstamp", now)
    own.add("sequence", sequence)
    if attendee is not None:
        person = _person(attendee)
        person.params["PARTSTAT"] = icalendar.vText("ACCEPTED")
        person.params["ROLE"] = icalendar.vText("REQ-PARTICIPANT")
        person.params["RSVP"] = icalendar.vText("FALSE")
        own.add("attendee", person)
    written = dict(_lines(own))
    lines = _of_all(method, event, organizer, zone, status)
    return "".join(line if line is not None else written.get(name, "") for name, line in lines)


#: The properties that differ from person to person.
_OWN = frozenset({"UID", "DTSTAMP", "SEQUENCE", "ATTENDEE"})


@lru_cache(maxsize=64)
def _of_all(
    method: str, event: Event, organizer: Address, zone: ZoneInfo, status: str
) -> tuple[tuple[str, str | None], ...]:
    """The calendar as it is for all who come to an event, with None where a line of their own stands: the
    library takes its time."""
    if event.starts is None:
        raise ValueError(f"event {event.id} has no start")
    starts = event.starts.replace(tzinfo=zone)
    ends = event.ends.replace(tzinfo=zone) if event.ends else starts + timedelta(hours=1)

    entry = icalendar.Event()
    for name in _OWN:
        entry.add(name, 0 if name == "SEQUENCE" else starts if name == "DTSTAMP" else "")
    entry.add("dtstart", starts)
    entry.add("dtend", ends)
    entry.add("summary", event.title)
    if event.place:
        entry.add("location", event.place)
    described = _description(event) if method != CANCEL else ""
    if described:
        entry.add("description", described)
    if status:
        entry.add("status", status)
    entry.add("organizer", _person(organizer))

    head, end, _ = _around(method, zone, starts.year).rpartition("END:VCALENDAR")
    lines = ((name, None if name in _OWN else line) for name, line in _lines(entry))
    return ("", head), *lines, ("", f"{end}\r\n")


def _lines(entry: icalendar.Event) -> list[tuple[str, str]]:
    """The lines of an entry, folded, each with the name of its property, in the library's order."""
    lines = [line for line in entry.content_lines() if line]
    return [(re.split("[:;]", line, maxsplit=1)[0], f"{line.to_ical().decode()}\r\n") for line in lines]


def _description(event: Event) -> str:
    """What somebody looks for in their calendar on the day itself: practical information, whom to call."""
    contacts = "\n".join(", ".join(filter(None, (c.name, c.phone, c.email))) for c in event.contacts)
    return "\n\n".join(filter(None, (event.practical.strip(), contacts)))


@cache
def _around(method: str, zone: ZoneInfo, year: int) -> str:
    """A calendar that lacks its entry only: drawing it up costs more than the entry does."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//mailbot//mailbot//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_timezone(zone, year))
    return str(calendar.to_ical().decode())


def _timezone(zone: ZoneInfo, year: int) -> icalendar.Timezone:
    """The zone with its summer time. Where that follows the European rule (directive 2000/84/EC)
    it is given as a rule, which every program understands; else as the dates around the year."""
    winter, summer = (datetime(year, month, 1, tzinfo=zone).utcoffset() for month in (1, 7))
    spring, autumn = _last_sunday(year, 3), _last_sunday(year, 10)
    moment = timedelta(seconds=1)
    offsets = [at.astimezone(zone).utcoffset() for at in (spring - moment, spring, autumn - moment, autumn)]
    if winter is None or summer is None or offsets != [winter, summer, summer, winter] or winter == summer:
        first, last = date(year - 1, 1, 1), date(year + 2, 1, 1)
        return icalendar.Timezone.from_tzinfo(zone, zone.key, first_date=first, last_date=last)
    made = icalendar.Timezone()
    made.add("tzid", zone.key)
    for change, before, after, kind in (
        (_last_sunday(1970, 3), winter, summer, icalendar.TimezoneDaylight()),
        (_last_sunday(1970, 10), summer, winter, icalendar.TimezoneStandard()),
    ):
        kind.add("dtstart", change.replace(tzinfo=None) + before)  # by the clock that ends (RFC 5545 §3.6.5)
        kind.add("rrule", {"freq": "yearly", "bymonth": change.month, "byday": "-1su"})
        kind.add("tzoffsetfrom", before)
        kind.add("tzoffsetto", after)
        made.add_component(kind)
    return made


def _last_sunday(year: int, month: int) -> datetime:
    """One o'clock UTC on the last Sunday of a month of 31 days."""
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _person(address: Address) -> icalendar.vCalAddress:
    person = icalendar.vCalAddress(f"mailto:{address.email}")
    if address.name:
        person.params["CN"] = icalendar.vText(address.name.translate(_NOT_IN_A_NAME))
    return person
