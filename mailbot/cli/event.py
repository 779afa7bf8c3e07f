"""``mailbot event copy EVENT NEW``: the next meeting copies the last."""

from __future__ import annotations

import argparse
from pathlib import Path

import tomlkit
from pydantic import ValidationError

from mailbot.cli.output import event_of, say, settings_of
from mailbot.config.loader import toml_files
from mailbot.config.settings import ConfigurationError, Settings
from mailbot.domain.event import Event, read_event

#: What belongs to one date: it is not copied.
OF_ONE_DATE = ("starts", "ends", "deadline", "cancelled", "replaces")


def run(given: argparse.Namespace) -> int:
    """Writes the new event file, comments and order kept, without the dates of the old one. Nobody registers
    for it before it has its own."""
    settings = settings_of(given)
    event = event_of(given.event, settings)
    if given.new in settings.events:
        raise ConfigurationError(f'{settings.events_dir}: "{given.new}" is there already: choose another id')
    document = tomlkit.parse(_file_of(event, settings).read_text(encoding="utf-8-sig"))
    document["id"] = given.new
    for key in OF_ONE_DATE:
        document.pop(key, None)
    if event.starts or event.is_draft:
        document["waits_for_date"] = True
    try:
        Event.model_validate(document.unwrap())
    except ValidationError:
        raise ConfigurationError(
            f'NEW: "{given.new}" is no event id: use small letters, digits and dashes'
        ) from None
    path = settings.events_dir / f"{given.new}.toml"
    path.write_text(tomlkit.dumps(document), encoding="utf-8")
    say(f"{path}: now write starts, ends and deadline in it")
    return 0


def _file_of(event: Event, settings: Settings) -> Path:
    """The file an event came from, whatever it is called."""
    return next(path for path in toml_files(settings.events_dir) if read_event(path).id == event.id)
