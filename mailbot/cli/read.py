"""``mailbot read FILE...``: what would be understood from forms and messages. Touches nothing."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from mailbot.cli.explain import print_answers
from mailbot.cli.output import event_of, say, say_error, say_json, settings_of
from mailbot.config.settings import ConfigurationError, Settings
from mailbot.domain.document import ParsedDocument, ParseStatus
from mailbot.domain.message import Message
from mailbot.domain.submission import SubmissionKind
from mailbot.pipeline.sandbox import Sandbox
from mailbot.service.clock import now


def run(given: argparse.Namespace) -> int:
    """Reads each file; one JSON object or one paragraph per file."""
    from mailbot.blank_forms import lines
    from mailbot.pipeline.attachments import read_file
    from mailbot.pipeline.interpret import understand
    from mailbot.pipeline.report import as_json

    settings = settings_of(given)
    if given.event:
        event_of(given.event, settings)
    if given.form and given.form not in settings.forms:
        known = ", ".join(sorted(settings.forms))
        raise ConfigurationError(f'--form: there is no form "{given.form}": use one of {known}')
    blanks = (lines(event, settings.form_of(event), settings) for event in settings.events.values())
    blank_lines = frozenset[str]().union(*blanks)
    status = 0
    with Sandbox() as sandbox:
        for place, file in enumerate(given.files, start=1):
            _progress(place, len(given.files), file)
            try:
                data = _bytes(Path(file), settings)
            except OSError as error:
                say_error(f"{file}: cannot be read ({error.strerror}): name a file")
                status = 2
                continue
            message: Message | None = None
            readings: tuple[ParsedDocument, ...] = (ParsedDocument(Path(file).name, ParseStatus.TOO_LARGE),)
            if data is not None:
                message, readings = read_file(Path(file).name, data, sandbox, settings)
            submission = understand(
                message, readings, settings, blank_lines, now(), given.form or "", given.event or ""
            )
            form = settings.forms.get(submission.form)
            if form and not form.agreed and submission.found is SubmissionKind.FORM:
                submission = replace(submission, found=SubmissionKind.PERHAPS)
            if given.json:
                say_json(as_json(file, submission))
            else:
                say(f"{file}:")
                print_answers(submission)
                say("")
    return status


def _bytes(path: Path, settings: Settings) -> bytes | None:
    """The bytes of a file; None where it is larger than a message may be (``limits.message_mb``)."""
    with path.open("rb") as file:
        data = file.read(settings.limits.message_mb * 1024 * 1024 + 1)
    return data if len(data) <= settings.limits.message_mb * 1024 * 1024 else None


def _progress(place: int, files: int, file: str) -> None:
    """Shows which file is being read: only on a terminal, and where there are several files."""
    if files > 1 and sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{place}/{files} {file[-60:]}" + ("\r\x1b[K" if place == files else ""))
        sys.stderr.flush()
