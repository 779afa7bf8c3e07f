"""Blank forms beside the workbooks, which the secretary hands out: drawn again when the event changes."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from pathlib import Path

from mailbot.config.settings import Settings
from mailbot.domain.event import Event
from mailbot.domain.form import Form
from mailbot.files.shared_folder import write_whole
from mailbot.storage import Store, health

log = logging.getLogger(__name__)


def blank_form(event: Event, form: Form, format: str, settings: Settings, now: datetime) -> bytes:  # noqa: A002  the word users use
    """A blank form of an event as a file. Where the form was adopted from a blank of the secretariat's
    own in that format, that blank, since only it explains what it asks; else one drawn by mailbot. Raises
    ``OSError``."""
    from mailbot.blank_forms import make

    own = _own(form).get(format)
    return own.read_bytes() if own else make(event, form, format, settings, now)


def _own(form: Form) -> dict[str, Path]:
    """The blanks of the secretariat's own, by format."""
    return {Path(one).suffix.lower().lstrip("."): Path(one) for one in form.blank}


def lay_out(settings: Settings, store: Store, now: datetime, done: set[str]) -> None:
    """Writes the blank forms of each event to come, once for each version of event and form, and deletes
    those of the version before: in every format, or the secretariat's own blank. A blank that the
    secretary put there herself is left alone. ``done`` are the events of these settings that need not be
    looked at again. Raises ``StoreTrouble`` and ``OSError``."""
    for event in settings.events.values():
        if event.id in done or not event.is_going_on(now, settings.zone):
            continue
        version, key = _version(event, settings), f"handouts:{event.id}"
        with store.read_transaction() as tx:
            made, *former = health.fact(tx, key).split("\n")
        if made != version:
            names = _write(event, settings, now)
            for name in set(former) - set(names):
                (settings.workbook_dir / name).unlink(missing_ok=True)
            with store.write_transaction() as tx:
                health.note(tx, key, "\n".join((version, *names)))
            log.info("blank forms of %s: written", event.id)
        done.add(event.id)


def _version(event: Event, settings: Settings) -> str:
    """A value that changes with all that a blank form says."""
    sent_to = sorted(settings.own_addresses)
    logo = hashlib.sha256(settings.logo.data).hexdigest() if settings.logo else ""
    told = (event.model_dump_json(), settings.form_of(event).model_dump_json(), settings.language)
    blanks = [hashlib.sha256(one.read_bytes()).hexdigest() for one in _own(settings.form_of(event)).values()]
    facts = (settings.signed, logo, *told, *sent_to, *blanks)
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]


def _write(event: Event, settings: Settings, now: datetime) -> list[str]:
    from mailbot.blank_forms import FORMATS, file_name

    form, folder = settings.form_of(event), settings.workbook_dir
    same = [e.id for e in settings.events.values() if e.form == event.form and e.starts == event.starts]
    names = []
    for one in () if form.own else _own(form) or FORMATS:
        name = Path(file_name(event, form, one))
        path = folder / (f"{name.stem} ({event.id}){name.suffix}" if len(same) > 1 else name)
        write_whole(path, blank_form(event, form, one, settings, now))
        names.append(path.name)
    return names
