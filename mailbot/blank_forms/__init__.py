"""Blank registration forms for an event, in the formats people fill in.

Each carries the event's id and the form's version in a visible line, and names its fields by
their keys, so that what comes back is read for what it is.
"""

from __future__ import annotations

import re
from datetime import datetime
from importlib import import_module

from mailbot.blank_forms.content import all_lines, content
from mailbot.config.settings import Settings
from mailbot.domain.event import Event
from mailbot.domain.form import Form

#: The formats, each a module of this package with ``make(content) -> bytes``; imported when asked.
FORMATS = ("docx", "pdf", "xlsx", "txt")


def make(
    event: Event,
    form: Form,
    format: str,  # noqa: A002  the word users use
    settings: Settings,
    now: datetime | None = None,
) -> bytes:
    """A blank form as a file; ``format`` is one of ``FORMATS`` (else ``KeyError``). With ``now`` (aware) it
    says when it was made."""
    if format not in FORMATS:
        raise KeyError(format)
    made: bytes = import_module(f"mailbot.blank_forms.{format}").make(content(event, form, settings, now))
    return made


def lines(event: Event, form: Form, settings: Settings) -> frozenset[str]:
    """Every line of text that any blank form of this event shows: none of it is an answer."""
    return all_lines(content(event, form, settings))


def file_name(event: Event, form: Form, format: str) -> str:  # noqa: A002  the word users use
    """What the file is called: "<title> <date>.docx", safe on every system."""
    day = f" {event.starts:%Y-%m-%d}" if event.starts else ""
    title = " ".join(re.sub(r'[\x00-\x1f<>:"/\\|?*]', " ", form.title).split())[:100].strip(". ")
    return f"{title or event.id}{day}.{format}"
