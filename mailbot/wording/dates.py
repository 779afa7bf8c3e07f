"""Dates and times for people: in words, per language ("donderdag 3 december 2026, 14.00 tot 17.00 uur"), and
in figures, as the secretary reads them ("03/12/2026 om 9.05 uur")."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mailbot.domain.event import Event
from mailbot.wording.languages import LEXICON


def day_text(day: date, language: str) -> str:
    """A day in words: "donderdag 3 december 2026"."""
    words = LEXICON[language]
    month = words.months[day.month - 1]
    number = words.first if day.day == 1 else day.day
    return words.date.format(weekday=words.days[day.weekday()], day=number, month=month, year=day.year)


def day_of_month(day: date) -> str:
    """A day of these weeks, as the secretary reads it: "5 juni"."""
    return f"{day.day} {LEXICON['nl'].months[day.month - 1]}"


def _clock(moment: datetime, language: str) -> str:
    return LEXICON[language].time.format(hour=moment.hour, minute=moment.minute)


def clock_text(moment: datetime, language: str) -> str:
    """A local time of today in words: "9.05 uur"."""
    return LEXICON[language].clock.format(start=_clock(moment, language))


def moment_text(moment: datetime, language: str) -> str:
    """A local moment in words: "maandag 23 november 2026, 9.05 uur"."""
    return LEXICON[language].at.format(date=day_text(moment.date(), language), start=_clock(moment, language))


def local_text(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """An instant (aware) as the clock on the spot showed it, in words."""
    return moment_text(moment.astimezone(zone), language)


def in_figures(moment: datetime, *, seconds: bool = False) -> str:
    """A local moment in the figures that the secretary reads: "03/12/2026 om 9.05 uur", or "9.05.07 uur"."""
    hour = f"{moment.hour}.{moment:%M.%S} uur" if seconds else clock_text(moment, "nl")
    return f"{moment:%d/%m/%Y} om {hour}"


def when_text(starts: datetime | None, ends: datetime | None, language: str) -> str:
    """When something is (local times), in words; empty where it has no date."""
    if starts is None:
        return ""
    if ends is None:
        return moment_text(starts, language)
    if ends.date() != starts.date():
        return f"{moment_text(starts, language)} – {moment_text(ends, language)}"
    return LEXICON[language].between.format(
        date=day_text(starts.date(), language), start=_clock(starts, language), end=_clock(ends, language)
    )


def deadline_text(event: Event, language: str) -> str:
    """The deadline in words: "tot en met maandag 23 november 2026"; empty where there is none.

    A time of exactly midnight is the end of the day before: "tot en met" that day.
    """
    words = LEXICON[language]
    deadline = event.deadline
    if deadline is None:
        return ""
    if isinstance(deadline, datetime):
        if (deadline.hour, deadline.minute, deadline.second) == (0, 0, 0):
            return words.until.format(date=day_text(deadline.date() - timedelta(days=1), language))
        return words.until_time.format(
            date=day_text(deadline.date(), language), start=_clock(deadline, language)
        )
    return words.until.format(date=day_text(deadline, language))
