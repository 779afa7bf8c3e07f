"""Reads the configuration file and all that it names into ``Settings``.

Raises ``ConfigurationError`` for what is wrong, in one line: file, key, mend.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mailbot.config.logo import Logo, read_logo
from mailbot.config.settings import OWN_ORGANISATIONS, ConfigurationError, Settings, _File
from mailbot.config.shipped import shipped
from mailbot.domain.event import Event, read_event
from mailbot.domain.file_says import FileSays
from mailbot.domain.form import Form, read_form
from mailbot.domain.organisation import Organisations, read_organisations
from mailbot.domain.statement import Statement, say
from mailbot.text.system_errors import name_of

_T = TypeVar("_T")


def find_file(given: str | None) -> Path:
    """The configuration file: the one given, else ``$MAILBOT_CONFIG``, else the usual places.

    Raises ``ConfigurationError`` where there is none.
    """
    named = given or os.environ.get("MAILBOT_CONFIG")
    if named:
        return Path(named)
    for usual in (Path("config/mailbot.toml"), Path("/etc/mailbot/mailbot.toml")):
        if usual.is_file():
            return usual
    raise ConfigurationError(
        "config/mailbot.toml: not found: run `mailbot init DIR`, or name yours with --config FILE"
    )


def load(file: Path) -> Settings:
    """Everything that the configuration file and the files it names say.

    Raises ``ConfigurationError``.
    """
    file = file.absolute()
    raw = _read(file, _read_file)

    def resolved(relative: str) -> Path:
        return (file.parent / relative).resolve()

    forms_dir, events_dir = resolved(raw.forms_dir), resolved(raw.events_dir)
    forms = _forms(forms_dir)
    organisations_file = resolved(raw.organisations)
    if raw.organisations == OWN_ORGANISATIONS and not organisations_file.is_file():
        organisations_file = shipped("config") / "organisations.toml"
    organisations = _read(organisations_file, read_organisations)
    events = _events(events_dir, forms, organisations, {mailbox.name for mailbox in raw.mailbox})
    return Settings(
        file=file,
        zone=ZoneInfo(raw.timezone),
        language=raw.language,
        workbook_dir=resolved(raw.workbook_dir),
        state_dir=resolved(raw.state_dir),
        events_dir=events_dir,
        forms_dir=forms_dir,
        templates_dir=resolved(raw.templates_dir),
        forwarders=frozenset(address.lower() for address in raw.forwarders),
        web_forms=frozenset(address.lower() for address in raw.web_forms),
        authserv_id=raw.authserv_id,
        mailboxes=raw.mailbox,
        smtp=raw.smtp,
        store_url=_store_url(raw.store.url, file),
        worker=raw.worker,
        secretariat=raw.secretariat,
        logo=_logo(raw.secretariat.logo, resolved(raw.secretariat.logo), file),
        admin=raw.admin,
        log=raw.log,
        limits=raw.limits,
        retention=raw.retention,
        workbook=raw.workbook,
        organisations=organisations,
        forms=forms,
        events=events,
    )


def _logo(named: str, path: Path, file: Path) -> Logo | None:
    if not named:
        return None
    try:
        return read_logo(path)
    except OSError as error:
        why = f"cannot be read ({error.strerror}): name a PNG or JPEG"
    except ValueError as error:
        why = str(error)
    raise ConfigurationError(f"{file}: secretariat.logo: {path.name} {why}")


def _read_file(path: Path) -> _File:
    return _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))


def _store_url(url: str, file: Path) -> str:
    match = re.fullmatch(r"sqlite:///(?!/)(.+)", url)
    return f"sqlite:///{(file.parent / match[1]).resolve()}" if match else url


def toml_files(folder: Path) -> list[Path]:
    """The configuration files in a folder, by name, without what programs leave beside them."""
    return sorted(path for path in folder.glob("*.toml") if not _is_left_beside(path))


def form_files(folder: Path) -> list[Path]:
    """All that lies in a folder of forms, by name: forms and their blanks. What programs leave beside a file
    is left out here too."""
    return sorted(path for path in folder.glob("*") if path.is_file() and not _is_left_beside(path))


def _is_left_beside(path: Path) -> bool:
    """Whether a program leaves this beside a file: a Mac on a share (``._x.toml``), an editor or office
    program while the file is open (``.#x.toml``, ``~$x.docx``, ``.~lock.x.odt#``)."""
    return path.name[0] in ".~"


def _forms(forms_dir: Path) -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for folder in (shipped("forms"), forms_dir):  # an installation's own form of the same id wins
        where: dict[str, Path] = {}
        for path in toml_files(folder):
            form = _read(path, read_form)
            _take(where, form.id, path, "form")
            forms[form.id] = form
    return forms


def _take(where: dict[str, Path], name: str, path: Path, what: str) -> None:
    """Notes in which file something has its id; raises ``ConfigurationError`` where another has it."""
    if name in where:
        taken = say(FileSays.TAKEN_BY, typed=name, file=where[name].name)
        raise ConfigurationError(
            f'{path}: id: "{name}" is taken by {where[name].name}: give each {what} its own',
            why=_at_key(path, "id", taken),
        )
    where[name] = path


def _events(
    events_dir: Path, forms: dict[str, Form], organisations: Organisations, mailboxes: set[str]
) -> dict[str, Event]:
    events: dict[str, Event] = {}
    where: dict[str, Path] = {}
    for path in toml_files(events_dir):
        event = _read(path, read_event)
        _take(where, event.id, path, "event")
        if event.form not in forms:
            raise ConfigurationError(
                f'{path}: form: there is no form "{event.form}": use one of {", ".join(sorted(forms))}',
                why=_none_of(path, "form", event.form, forms),
            )
        if event.organisations and event.organisations not in organisations.lists:
            raise ConfigurationError(
                f'{path}: organisations: there is no list "{event.organisations}": use one of '
                f"{', '.join(sorted(organisations.lists)) or 'none'}",
                why=_none_of(path, "organisations", event.organisations, organisations.lists),
            )
        if event.mailbox and event.mailbox not in mailboxes:
            raise ConfigurationError(
                f'{path}: mailbox: there is no mailbox "{event.mailbox}": use one of '
                f"{', '.join(sorted(mailboxes))}",
                why=_none_of(path, "mailbox", event.mailbox, mailboxes),
            )
        events[event.id] = event
    for event in events.values():
        if event.replaces and event.replaces not in events.keys() - {event.id}:
            raise ConfigurationError(
                f'{where[event.id]}: replaces: there is no other event "{event.replaces}": name its id',
                why=_at_key(where[event.id], "replaces", say(FileSays.NO_EVENT_ID, typed=event.replaces)),
            )
    return events


def _at_key(path: Path, key: str, why: Statement) -> Statement:
    """What is wrong at a key of a file, in a code."""
    return say(FileSays.OF_FILE, file=path.name, why=say(FileSays.AT_KEY, key=key, why=why))


def _none_of(path: Path, key: str, typed: str, known: Iterable[str]) -> Statement:
    """That a key of a file names what there is not, and what there is."""
    return _at_key(path, key, say(FileSays.NOT_THERE_CHOOSE, typed=typed, words=tuple(sorted(known))))


def _read(path: Path, reader: Callable[[Path], _T]) -> _T:
    """What a file says. Raises ``ConfigurationError``."""
    try:
        return reader(path)
    except OSError as error:
        why = say(FileSays.OF_FILE, file=path.name, why=say(FileSays.BLANK_UNREADABLE, why=name_of(error)))
        if error.filename and Path(error.filename) != path:  # a blank that a form names
            missing = f"{path}: blank: {Path(error.filename).name} cannot be read ({error.strerror})"
            raise ConfigurationError(missing, "put it beside the form, or leave it out", why) from None
        said = f"{path}: cannot be read ({error.strerror})"
        raise ConfigurationError(said, "check the path", why) from None
    except ValueError as error:
        why = say(FileSays.OF_FILE, file=path.name, why=what_is_wrong(error))
        if isinstance(error, UnicodeDecodeError):
            raise ConfigurationError(f"{path}: is not UTF-8 text", "save it as UTF-8", why) from None
        if isinstance(error, tomllib.TOMLDecodeError):
            raise ConfigurationError(f"{path}: is not valid TOML: {error}", "mend that line", why) from None
        if isinstance(error, ValidationError):
            raise ConfigurationError(f"{path}: {_first(error)}", why=why) from None
        raise


def what_is_wrong(error: ValueError) -> Statement:
    """What is wrong with the content of an event or a form, in a code: its text, or the first key that
    pydantic found."""
    if not isinstance(error, ValidationError):
        return say(FileSays.NO_VALID_TEXT)
    place = _place(error.errors(include_url=False, include_input=False)[0])
    return (
        say(FileSays.AT_KEY, key=place, why=say(FileSays.MISSING_OR_INVALID))
        if place
        else say(FileSays.NO_VALID_TEXT)
    )


#: By pydantic's code for what it found: what is wrong in the words of somebody who writes TOML, and the mend.
_MEANT = {
    "extra_forbidden": "unknown key: remove it, or mend its spelling",
    "missing": "is required: add it",
    "string_type": "is no text: write it between quotes",
    "string_too_short": "is empty: fill it in",
    "string_pattern_mismatch": "has letters that cannot be in it: use a to z, digits{signs} only",
    "int_type": "is no whole number: write one without quotes",
    "int_parsing": "is no whole number: write one without quotes",
    "int_from_float": "is no whole number: write one",
    "bool_type": "is neither true nor false: write one of them, without quotes",
    "bool_parsing": "is neither true nor false: write one of them, without quotes",
    "date_type": "is no day: write it as 2026-09-01",
    "date_from_datetime_parsing": "is no day: write it as 2026-09-01",
    "date_from_datetime_inexact": "is more than a day: write it as 2026-09-01",
    "tuple_type": "is a list: write it between [ and ], or each of its tables under [[ ]]",
    "model_type": "is one table: write it once, under [ ]",
    "dict_type": "is one table: write it once, under [ ]",
}


def _first(error: ValidationError) -> str:
    """The first error that pydantic found, as "key: what is wrong: mend"."""
    finding = error.errors(include_url=False, include_input=False)[0]
    place = _place(finding)
    found = str(finding["msg"]).removeprefix("Value error, ").replace("Input should be", "should be")
    signs = ", _, . and -" if "._-" in finding.get("ctx", {}).get("pattern", "") else " and _"
    said = _MEANT.get(finding["type"], found).replace("{signs}", signs)
    return f"{place}: {said}" if place else said


def _place(finding: ErrorDetails) -> str:
    """Where pydantic found something: the keys that lead there, of a list the number; empty for the whole."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in finding["loc"])
