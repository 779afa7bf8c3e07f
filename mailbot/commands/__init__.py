"""What each command does: one file each, with ``run(given) -> exit status``."""

from __future__ import annotations

import argparse
import json

from mailbot import settings as configuration
from mailbot.event import Event
from mailbot.settings import ConfigurationError, Settings


def settings_of(given: argparse.Namespace) -> Settings:
    """The settings that the command line, the environment or the usual places name."""
    return configuration.load(configuration.find_file(given.config))


def event_of(name: str, settings: Settings) -> Event:
    """The event of that id; raises ``ConfigurationError`` for an unknown one."""
    event = settings.events.get(name)
    if event is None:
        known = ", ".join(sorted(settings.events)) or "none yet"
        raise ConfigurationError(f'{settings.events_dir}: there is no event "{name}": use one of {known}')
    return event


def say(text: str) -> None:
    """A line for the user."""
    print(text, flush=True)  # noqa: T201  commands speak on standard output


def say_json(value: object) -> None:
    """A JSON line."""
    say(json.dumps(value, ensure_ascii=False))
