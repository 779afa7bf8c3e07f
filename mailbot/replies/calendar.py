"""Calendar entries: one per person and event (iCalendar, RFC 5545; invitations, RFC 5546).

What mail programs do with them decides the shape. The person is the one ATTENDEE and has
accepted, the mailbox is the ORGANIZER. The UID comes from event and person, never from the
date, so that a new date moves the entry instead of adding one. PUBLISH goes out only as a
file: Outlook shows it as raw text elsewhere.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from mailbot.event import Event
from mailbot.model import Address

REQUEST = "REQUEST"
CANCEL = "CANCEL"
PUBLISH = "PUBLISH"


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
    if event.starts is None:
        raise ValueError(f"event {event.id} has no start")
    starts = event.starts.replace(tzinfo=zone)
    ends = event.ends.replace(tzinfo=zone) if event.ends else starts + timedelta(hours=1)

    entry = icalendar.Event()
    entry.add("uid", uid(event.id, nr, organizer.email.rpartition("@")[2]))
    entry.add("dtstamp", now)
    entry.add("sequence", sequence)
    entry.add("dtstart", starts)
    entry.add("dtend", ends)
    entry.add("summary", event.title)
    if event.place:
        entry.add("location", event.place)
    if status:
        entry.add("status", status)
    entry.add("organizer", _person(organizer))
    if attendee is not None:
        person = _person(attendee)
        person.params["PARTSTAT"] = icalendar.vText("ACCEPTED")
        person.params["ROLE"] = icalendar.vText("REQ-PARTICIPANT")
        person.params["RSVP"] = icalendar.vText("FALSE")
        entry.add("attendee", person)

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//mailbot//mailbot//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(icalendar.Timezone.from_tzinfo(zone, zone.key))
    calendar.add_component(entry)
    return str(calendar.to_ical().decode())


def _person(address: Address) -> icalendar.vCalAddress:
    person = icalendar.vCalAddress(f"mailto:{address.email}")
    if address.name:
        person.params["CN"] = icalendar.vText(address.name.replace('"', "'"))
    return person
