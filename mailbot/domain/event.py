"""An event: one meeting, with a deadline, a place and a form. One TOML file each."""

from __future__ import annotations

import hashlib
import re
import tomllib
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from mailbot.domain.form import Form


def _bare(value: str) -> str:
    if value and not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", value):
        raise ValueError(f'"{value}" is no mail address: write one alone, as "naam@example.org"')
    return value


#: A mail address without a name, or nothing.
BareAddress = Annotated[str, AfterValidator(_bare)]


class Late(StrEnum):
    """What happens to new people after the deadline."""

    REVIEW = "review"
    WAITLIST = "waitlist"
    REFUSE = "refuse"


#: The types of the errors about its times together.
ENDS_ALONE: Final = "ends_alone"
ENDS_TOO_EARLY: Final = "ends_too_early"

#: What people call each of them.
LATE_WORDS = {Late.REVIEW: "beoordelen", Late.WAITLIST: "wachtlijst", Late.REFUSE: "weigeren"}

#: What people call the keys of an event file.
KEY_WORDS = {
    "id": "Kenmerk", "title": "Titel", "starts": "Begin", "ends": "Einde", "place": "Plaats",
    "form": "Formulier", "deadline": "Uiterste inschrijfdag", "late": "Wie te laat is",
    "capacity": "Plaatsen", "per_organisation": "Per bestuur", "organisations": "Lijst van besturen",
    "replaces": "Vervangt", "cancelled": "Geannuleerd",
}  # fmt: skip


class Calendar(StrEnum):
    """How participants get the meeting into their calendar."""

    INVITE = "invite"
    FILE = "file"
    NONE = "none"


class Contact(BaseModel):
    """A person of the secretariat, named in every mail."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    phone: str = ""
    email: BareAddress = ""


class Event(BaseModel):
    """One meeting. ``starts``, ``ends`` and a deadline's date-time are local, without zone,
    as they stand in the file; the methods turn them into instants in a zone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    title: str
    article: str = ""
    form: str
    starts: datetime | None = None
    waits_for_date: bool = False
    ends: datetime | None = None
    place: str = ""
    deadline: datetime | date | None = None
    late: Late = Late.REVIEW
    capacity: int | None = Field(default=None, ge=1)
    per_organisation: int | None = Field(default=None, ge=1)
    organisations: str | None = None
    mailbox: str | None = None
    replaces: str | None = None
    calendar: Calendar = Calendar.INVITE
    completion_days: int = Field(default=3, ge=0)
    cancelled: bool = False
    contacts: tuple[Contact, ...] = ()
    secretariat: BareAddress = ""
    practical: str = ""
    practical_days: int | None = Field(default=None, ge=0)
    reminder_days: int | None = Field(default=None, ge=0)
    thanks: str = ""
    certificate: bool = False
    signed_by: str = ""
    clear_after_days: int = Field(default=30, ge=1)

    # Pydantic makes a moment of a day or of text, and so 00:00 of "3 December" or of a deadline in
    # quotes: both look right, and are wrong.
    @field_validator("starts", "ends", mode="before")
    @classmethod
    def _has_a_time(cls, value: object) -> object:
        if value is None or isinstance(value, datetime):
            return value
        raise ValueError("is no day and time: write it without quotes, as 2026-12-03T14:00:00")

    @field_validator("deadline", mode="before")
    @classmethod
    def _is_a_day_or_a_moment(cls, value: object) -> object:
        if value is None or isinstance(value, date):
            return value
        raise ValueError("is no day: write it without quotes, as 2026-11-23 or 2026-11-23T12:00:00")

    @model_validator(mode="after")
    def _times_make_sense(self) -> Self:
        for key in ("starts", "ends", "deadline"):
            value = getattr(self, key)
            if isinstance(value, datetime) and value.tzinfo is not None:
                raise ValueError(f"{key} is local time: write it without a zone")
        if self.ends and not self.starts:
            raise PydanticCustomError(ENDS_ALONE, "ends without starts: say when it starts")
        if self.starts and self.ends and self.ends <= self.starts:
            times = {"ends": str(self.ends), "starts": str(self.starts)}
            raise PydanticCustomError(
                ENDS_TOO_EARLY, "ends ({ends}) is not after starts ({starts}): mend one of them", times
            )
        return self

    def version(self, form: Form) -> str:
        """Eight hex digits that change with the date, the place or the form: a blank form
        that carries another version was made before a change."""
        facts = f"{self.moment}|{form.id}|{form.version}"
        return hashlib.sha256(facts.encode()).hexdigest()[:8]

    @property
    def moment(self) -> str:
        """The date and the place, as one text to compare."""
        return f"{self.starts}|{self.ends}|{self.place}"

    @property
    def called(self) -> str:
        """The title in a sentence of the secretary's, behind the article that its file gives."""
        return f"{self.article} {self.title}".strip()

    def starts_at(self, zone: ZoneInfo) -> datetime | None:
        """The start as an aware instant."""
        return self.starts.replace(tzinfo=zone) if self.starts else None

    def ends_at(self, zone: ZoneInfo) -> datetime | None:
        """The end as an aware instant; without one, the start's midnight after."""
        if self.ends:
            return self.ends.replace(tzinfo=zone)
        if self.starts:
            return datetime.combine(self.starts.date() + timedelta(days=1), time(), zone)
        return None

    def is_late(self, received: datetime, zone: ZoneInfo) -> bool:
        """Whether an arrival (aware) falls after the deadline: a date means through 23:59:59
        of that day, a date-time means exactly then. Without a deadline nothing is late."""
        if self.deadline is None:
            return False
        if isinstance(self.deadline, datetime):
            return received > self.deadline.replace(tzinfo=zone)
        return received >= datetime.combine(self.deadline + timedelta(days=1), time(), zone)

    def is_over(self, now: datetime, zone: ZoneInfo) -> bool:
        """Whether the meeting has ended at ``now`` (aware)."""
        end = self.ends_at(zone)
        return end is not None and now >= end

    @property
    def is_draft(self) -> bool:
        """Whether it is a copy that still has no date of its own: it takes nobody until it has. An event
        without a date (a joint purchase) is none."""
        return self.waits_for_date and self.starts is None

    def is_going_on(self, now: datetime, zone: ZoneInfo) -> bool:
        """Whether people can still mail about it at ``now`` (aware)."""
        return not (self.cancelled or self.is_draft or self.is_over(now, zone))

    def has_started(self, now: datetime, zone: ZoneInfo) -> bool:
        """Whether the meeting has begun at ``now`` (aware)."""
        start = self.starts_at(zone)
        return start is not None and now >= start


def read_event(path: Path) -> Event:
    """An event from its TOML file.

    Raises ``OSError``, ``tomllib.TOMLDecodeError`` or ``pydantic.ValidationError``.
    """
    return Event.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
