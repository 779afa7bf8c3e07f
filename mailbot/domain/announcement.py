"""What people were told of an event, and mail to many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mailbot.domain.message import Address
from mailbot.domain.registration import Registration


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What participants have been told about an event, to notice when that is no longer true. Times are
    local, as in the event file. ``times`` counts how often new facts were announced, so that an event
    that moves away and back is announced each time. ``noted`` is all that was last seen in the event
    file, as people read it, by key; ``at`` is when people were told, or need not be."""

    event: str
    title: str
    starts: datetime | None = None
    ends: datetime | None = None
    place: str = ""
    cancelled: bool = False
    times: int = 0
    noted: Mapping[str, str] = field(default_factory=dict)
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
