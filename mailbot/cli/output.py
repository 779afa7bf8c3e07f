"""What the commands share: settings, and lines, tables and JSON for who typed the command."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from mailbot.config import loader
from mailbot.config.settings import ConfigurationError, Settings
from mailbot.domain.event import Event

if TYPE_CHECKING:  # rich is imported by the commands that use colours only
    from rich.console import Console

#: Characters in a line of a table that does not go to a terminal.
WIDE = 200
#: Characters that every column keeps, however narrow the terminal is.
NARROW = 6


def settings_of(given: argparse.Namespace) -> Settings:
    """The settings that the command line, the environment or the usual places name."""
    return loader.load(loader.find_file(given.config))


def event_of(name: str, settings: Settings) -> Event:
    """The event of that id; raises ``ConfigurationError`` for an unknown one."""
    event = settings.events.get(name)
    if event is None:
        near = get_close_matches(name, settings.events) or sorted(settings.events)
        known = ", ".join(near) or "none yet"
        raise ConfigurationError(f'{settings.events_dir}: there is no event "{name}": use one of {known}')
    return event


def say(text: str) -> None:
    """Prints a line of the result."""
    print(text, flush=True)  # noqa: T201  commands speak on standard output


def say_json(value: object) -> None:
    """Prints a line of JSON, in ASCII where the output is not UTF-8."""
    unicode = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    say(json.dumps(value, ensure_ascii=not unicode))


def say_error(text: str) -> None:
    """Prints a line on standard error, so that standard output holds results alone."""
    print(f"mailbot: {text}", file=sys.stderr)  # noqa: T201  as above


def console() -> Console:
    """For coloured lines: as wide as the terminal, or ``WIDE`` where the output goes to a file."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else WIDE)


def draw(headers: Sequence[str], rows: Sequence[Sequence[str]], whole: int) -> None:
    """Prints a table of one line per row. Where the terminal is too narrow, the widest columns
    are cut, which "…" shows; the first ``whole`` columns never are."""
    lines = [headers, *([short(cell, WIDE) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDE
    while sum(widths) + 2 * (len(widths) - 1) > room and max(widths[whole:], default=0) > NARROW:
        widths[widths.index(max(widths[whole:]), whole)] -= 1
    for line in lines:
        cells = (short(cell, width).ljust(width) for cell, width in zip(line, widths, strict=True))
        say("  ".join(cells).rstrip())


def short(text: str, most: int = 48) -> str:
    """Text from outside in one line of ``most`` characters: a control character could change the terminal, so
    that it becomes a blank."""
    clean = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return clean if len(clean) <= most else f"{clean[: most - 1]}…"
