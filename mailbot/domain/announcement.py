"""What people were told of an event, and mail to many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator

from mailbot.domain.event import Late
from mailbot.domain.message import Address
from mailbot.domain.registration import Registration


def _day_or_moment(stored: object) -> object:
    """A stored day stays one; pydantic by itself makes its midnight of it, or a day of a midnight."""
    if not isinstance(stored, str):
        return stored
    return datetime.fromisoformat(stored) if "T" in stored else date.fromisoformat(stored)


DayOrMoment = Annotated[date | datetime, BeforeValidator(_day_or_moment)]


@dataclass(frozen=True, slots=True)
class EventKeys:
    """What an event file says under the keys that have a name for people (``KEY_WORDS``, in that order).
    Times are local, as in the file."""

    id: str
    title: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    place: str = ""
    form: str = ""
    deadline: DayOrMoment | None = None
    late: Late = Late.REVIEW
    capacity: int | None = None
    per_organisation: int | None = None
    organisations: str | None = None
    replaces: str | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What participants have been told about an event, to notice when that is no longer true. Times are
    local, as in the event file. ``times`` counts how often new facts were announced, so that an event
    that moves away and back is announced each time. ``seen`` is what the event file said when it was last
    looked at, None where an older mailbot did not keep it; ``at`` is when people were told, or need not be.
    """

    event: str
    title: str
    starts: datetime | None = None
    ends: datetime | None = None
    place: str = ""
    cancelled: bool = False
    times: int = 0
    seen: EventKeys | None = None
    at: datetime | None = None


class Announcing(StrEnum):
    """What a mail to many is about."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    REPLACED = "replaced"
    REMINDER = "reminder"
    PRACTICAL = "practical"
    THANKS = "thanks"
    WRITTEN = "written"
    #: New facts, to those who were excused, or withdrew, for the former ones.
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Announcement:
    """A mail to many that the secretary agreed to. ``to`` are the people it goes to (by address,
    who shares one gets one), ``addresses`` those who have no registration (a reminder to an
    organisation that has not answered). ``before`` are the facts people had, ``replacing`` the
    event that takes the place of this one. ``version`` is the event's, or that of the text: kind, version
    and person make the mail's key, so that no list is ever mailed twice. ``subject`` and ``text`` are the
    secretary's own, ``forms`` and ``certificates`` what goes with them. With ``proof_to`` it goes there
    alone, as the first of them would read it, for the time that ``proof`` counts."""

    kind: Announcing
    event: str
    version: str
    to: tuple[Registration, ...] = ()
    addresses: tuple[Address, ...] = ()
    before: EventFacts | None = None
    replacing: str = ""
    remark: str = ""
    subject: str = ""
    text: str = ""
    forms: bool = False
    certificates: bool = False
    proof_to: str = ""
    proof: int = 0
