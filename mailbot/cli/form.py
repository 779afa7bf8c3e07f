"""``mailbot form EVENT``: blank registration forms. ``mailbot form adopt``: a form that exists already."""

from __future__ import annotations

import argparse

from mailbot.cli.output import event_of, say, settings_of
from mailbot.config.settings import ConfigurationError
from mailbot.service.clock import now


def run(given: argparse.Namespace) -> int:
    """Writes one file per format, and says where; or adopts a blank form."""
    if given.event == "adopt":
        from mailbot.cli.adopt import run as adopt

        return adopt(given)
    if given.blank:
        raise ConfigurationError("mailbot form: name one EVENT, or `adopt` and blank forms")
    from mailbot.blank_forms import FORMATS, file_name
    from mailbot.service.blank_form_files import blank_form

    settings = settings_of(given)
    event = event_of(given.event, settings)
    form = settings.form_of(event)
    formats = [one.strip() for one in given.format.split(",") if one.strip()]
    for one in formats:
        if one not in FORMATS:
            raise ConfigurationError(f'--format: there is no format "{one}": use {", ".join(FORMATS)}')
    given.out.mkdir(parents=True, exist_ok=True)
    for one in formats:
        path = given.out / file_name(event, form, one)
        path.write_bytes(blank_form(event, form, one, settings, now()))
        say(str(path))
    return 0
