"""Settings: TOML files, environment and secret files → one frozen value.

Every trouble is a ``ConfigurationError`` of one line: which file, which key, what mends it.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from email.utils import parseaddr
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Literal, Self, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from mailbot.event import BareAddress, Event, read_event
from mailbot.form import Form, read_form
from mailbot.model import Address
from mailbot.organisation import Organisations, read_organisations

#: Under this name an installation's list may be missing: the shipped one is then taken.
OWN_ORGANISATIONS = "organisations.toml"

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

_T = TypeVar("_T")


class ConfigurationError(Exception):
    """A wrong setting, said in one line that names the file, the key and the mend."""


class Security(StrEnum):
    """How a connection is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OAuth2(_Table):
    """Client credentials or a refresh token, for servers without passwords (RFC 6749)."""

    token_url: str
    client_id: str
    client_secret_file: str = ""
    refresh_token_file: str = ""
    scope: str = ""


class _Login(_Table):
    host: str
    port: int = Field(ge=1, le=65535)
    security: Security = Security.TLS
    user: str = ""
    password_file: str = ""
    password_env: str = ""
    oauth2: OAuth2 | None = None
    ca_file: str = ""

    @field_validator("host")
    @classmethod
    def _host_is_a_name(cls, value: str) -> str:
        if not re.fullmatch(r"[^\s/@]+", value):
            raise ValueError(f'"{value}" is no host: write its name alone, as "imap.example.org"')
        return value

    @model_validator(mode="after")
    def _clear_text_only_at_home(self) -> Self:
        if self.security is Security.NONE and self.host not in LOOPBACK:
            raise ValueError('security = "none" sends the password in the clear: use "tls" or "starttls"')
        if sum(map(bool, (self.password_file, self.password_env, self.oauth2))) > 1:
            raise ValueError("give one of password_file, password_env and oauth2")
        return self


class Mailbox(_Login):
    """A mailbox that is polled. ``since``: mail received before that day is left alone."""

    name: str = Field(pattern=r"^[A-Za-z0-9._-]+$")
    port: int = Field(default=993, ge=1, le=65535)
    folder: str = "INBOX"
    since: date
    address: str
    filed_folder: str = ""
    review_folder: str = ""
    sent_folder: str = ""

    @field_validator("address")
    @classmethod
    def _address_is_one(cls, value: str) -> str:
        if "@" not in parseaddr(value)[1]:
            raise ValueError(f'"{value}" is no mail address: write "Naam <naam@example.org>"')
        return value

    @property
    def replies_from(self) -> Address:
        """The address that answers come from."""
        name, email = parseaddr(self.address)
        return Address(email=email, name=name)


class Smtp(_Login):
    """The server that mail is handed to."""

    port: int = Field(default=587, ge=1, le=65535)
    security: Security = Security.STARTTLS


class Store(_Table):
    """Where the ledger is: an SQLAlchemy URL; a relative SQLite path is relative to the file."""

    url: str = "sqlite:///../state/mailbot.db"

    @field_validator("url")
    @classmethod
    def _url_is_of_a_ledger(cls, value: str) -> str:
        if not re.match(r"sqlite:///[^/]|sqlite:////[^/]|postgresql\+psycopg://", value):
            shapes = '"sqlite:///../state/mailbot.db" or "postgresql+psycopg://user@host/database"'
            raise ValueError(f"is no ledger's: write {shapes}")  # not the value: a password may be in it
        return value


class Worker(_Table):
    """How often the service looks."""

    poll_seconds: int = Field(default=60, ge=1, le=3600)
    idle: bool = True


class Secretariat(_Table):
    """Who is told what needs a person."""

    address: BareAddress = ""
    digest: str = ""

    @field_validator("digest")
    @classmethod
    def _digest_is_a_time(cls, value: str) -> str:
        if value:
            try:
                time.fromisoformat(value)
            except ValueError:
                raise ValueError(f'"{value}" is no time: write "07:30", or "" for none') from None
        return value


class Limits(_Table):
    """Bounds: a mail's size, answers per sender and day and per thread, mails drawn to others,
    answers an hour."""

    message_mb: int = Field(default=25, ge=1, le=200)
    people: int = Field(default=10, ge=1)
    answers_per_sender: int = Field(default=12, ge=1)
    answers_per_thread: int = Field(default=12, ge=1)
    mails_to_others: int = Field(default=60, ge=1)
    answers_per_hour: int = Field(default=3000, ge=1)


class Retention(_Table):
    """How long raw mails are kept after the event, in days."""

    keep_mail_days: int = Field(default=365, ge=1)


class WorkbookNames(_Table):
    """Other names for sheets and columns, by mailbot's own: {"Deelnemers" = "Lijst"}."""

    sheets: dict[str, str] = {}
    columns: dict[str, str] = {}
    seconds_between_writes: int = Field(default=10, ge=0)


class _File(_Table):
    timezone: str = "Europe/Brussels"
    language: Literal["nl", "fr", "en"] = "nl"
    workbook_dir: str = "../workbooks"
    state_dir: str = "../state"
    events_dir: str = "events"
    forms_dir: str = "../forms"
    templates_dir: str = "templates"
    organisations: str = OWN_ORGANISATIONS
    forwarders: tuple[BareAddress, ...] = ()
    authserv_id: str = ""
    mailbox: tuple[Mailbox, ...] = Field(min_length=1)
    smtp: Smtp
    store: Store = Store()
    worker: Worker = Worker()
    secretariat: Secretariat = Secretariat()
    limits: Limits = Limits()
    retention: Retention = Retention()
    workbook: WorkbookNames = WorkbookNames()

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones
            raise ValueError(f'"{value}" is no time zone: write for instance "Europe/Brussels"') from None
        return value

    @field_validator("mailbox")
    @classmethod
    def _mailbox_names_differ(cls, value: tuple[Mailbox, ...]) -> tuple[Mailbox, ...]:
        names = [mailbox.name for mailbox in value]
        if len(set(names)) < len(names):
            raise ValueError("two mailboxes have the same name: give each its own")
        return value


@dataclass(frozen=True)
class Settings:
    """Everything configured, checked, with paths resolved. ``file`` is the file it came from."""

    file: Path
    zone: ZoneInfo
    language: str
    workbook_dir: Path
    state_dir: Path
    events_dir: Path
    forms_dir: Path
    templates_dir: Path
    forwarders: frozenset[str]
    authserv_id: str
    mailboxes: tuple[Mailbox, ...]
    smtp: Smtp
    store_url: str
    worker: Worker
    secretariat: Secretariat
    limits: Limits
    retention: Retention
    workbook: WorkbookNames
    organisations: Organisations
    forms: dict[str, Form]
    events: dict[str, Event]

    def mailbox(self, name: str) -> Mailbox:
        """The mailbox of that name; raises ``KeyError``."""
        return next(mailbox for mailbox in self.mailboxes if mailbox.name == name)

    def form_of(self, event: Event) -> Form:
        """The form of an event."""
        return self.forms[event.form]

    @cached_property
    def own_addresses(self) -> frozenset[str]:
        """Addresses of mailbot itself, lower case: mail from them is never answered."""
        return frozenset(mailbox.replies_from.email.lower() for mailbox in self.mailboxes)

    def secretariat_of(self, event: Event | None) -> str:
        """Where mail for the secretariat goes; the event's own address first."""
        return (event.secretariat if event else "") or self.secretariat.address

    def secret(self, login: _Login) -> SecretStr:
        """The password of a login, read now; empty where none is configured.

        Raises ``ConfigurationError`` where the file or variable is missing or empty.
        """
        if login.password_env:
            value = os.environ.get(login.password_env, "")
            if not value:
                raise ConfigurationError(
                    f"{self.file}: password_env: the variable {login.password_env} is not set: set it"
                )
            return SecretStr(value)
        if login.password_file:
            return SecretStr(self._secret_file(login.password_file, "password_file"))
        return SecretStr("")

    def path(self, relative: str) -> Path:
        """A path of the configuration, taken relative to its file."""
        return (self.file.parent / relative).resolve()

    def _secret_file(self, relative: str, key: str) -> str:
        path = self.path(relative)
        try:
            value = path.read_text(encoding="utf-8-sig").strip()
        except OSError as error:
            raise ConfigurationError(
                f"{self.file}: {key}: cannot read {path} ({error.strerror}): write the secret there"
            ) from None
        except UnicodeDecodeError:
            raise ConfigurationError(f"{self.file}: {key}: {path} is not UTF-8: save it as UTF-8") from None
        if not value or "\n" in value:
            has = "more than one line" if value else "nothing"
            raise ConfigurationError(
                f"{self.file}: {key}: {path} holds {has}: write the secret there, and nothing else"
            )
        return value

    def secret_file(self, relative: str, key: str) -> SecretStr:
        """A secret from a file named in the configuration; raises ``ConfigurationError``."""
        return SecretStr(self._secret_file(relative, key))


def shipped(name: str) -> Path:
    """A folder that ships with mailbot (``forms``, ``config``, ``systemd``): inside the
    installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "shipped" / name
    return inside if inside.is_dir() else package.parent / name


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
        authserv_id=raw.authserv_id,
        mailboxes=raw.mailbox,
        smtp=raw.smtp,
        store_url=_store_url(raw.store.url, file),
        worker=raw.worker,
        secretariat=raw.secretariat,
        limits=raw.limits,
        retention=raw.retention,
        workbook=raw.workbook,
        organisations=organisations,
        forms=forms,
        events=events,
    )


def _read_file(path: Path) -> _File:
    return _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))


def _store_url(url: str, file: Path) -> str:
    match = re.fullmatch(r"sqlite:///(?!/)(.+)", url)
    return f"sqlite:///{(file.parent / match[1]).resolve()}" if match else url


def _forms(forms_dir: Path) -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for folder in (shipped("forms"), forms_dir):  # an installation's own form of the same id wins
        where: dict[str, Path] = {}
        for path in sorted(folder.glob("*.toml")):
            form = _read(path, read_form)
            if form.id in where:
                raise ConfigurationError(
                    f'{path}: id: "{form.id}" is taken by {where[form.id].name}: give each form its own'
                )
            forms[form.id], where[form.id] = form, path
    return forms


def _events(
    events_dir: Path, forms: dict[str, Form], organisations: Organisations, mailboxes: set[str]
) -> dict[str, Event]:
    events: dict[str, Event] = {}
    where: dict[str, Path] = {}
    for path in sorted(events_dir.glob("*.toml")):
        event = _read(path, read_event)
        if event.id in events:
            raise ConfigurationError(
                f'{path}: id: "{event.id}" is taken by {where[event.id].name}: give each event its own'
            )
        if event.form not in forms:
            raise ConfigurationError(
                f'{path}: form: there is no form "{event.form}": use one of {", ".join(sorted(forms))}'
            )
        if event.organisations and event.organisations not in organisations.lists:
            raise ConfigurationError(
                f'{path}: organisations: there is no list "{event.organisations}": use one of '
                f"{', '.join(sorted(organisations.lists)) or 'none'}"
            )
        if event.mailbox and event.mailbox not in mailboxes:
            raise ConfigurationError(
                f'{path}: mailbox: there is no mailbox "{event.mailbox}": use one of '
                f"{', '.join(sorted(mailboxes))}"
            )
        events[event.id] = event
        where[event.id] = path
    for event in events.values():
        if event.replaces and event.replaces not in events.keys() - {event.id}:
            raise ConfigurationError(
                f'{where[event.id]}: replaces: there is no other event "{event.replaces}": name its id'
            )
    return events


def _read(path: Path, reader: Callable[[Path], _T]) -> _T:
    try:
        return reader(path)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror}): check the path") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: is not UTF-8 text: save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: is not valid TOML: {error}: mend that line") from None
    except ValidationError as error:
        raise ConfigurationError(f"{path}: {_first(error)}") from None


#: What pydantic finds, as somebody who writes TOML calls it, with the mend.
_MEANT = {
    "extra_forbidden": "unknown key: remove it, or mend its spelling",
    "missing": "is required: add it",
    "string_type": "is no text: write it between quotes",
    "string_too_short": "is empty: fill it in",
    "string_pattern_mismatch": "has letters that cannot be in it: use a to z, digits and _ only",
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
    """The first finding of pydantic as "key: what: mend"."""
    finding = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in finding["loc"])
    found = str(finding["msg"]).removeprefix("Value error, ").replace("Input should be", "should be")
    said = _MEANT.get(finding["type"], found)
    return f"{place}: {said}" if place else said


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """An instant as people on the spot read it from the clock."""
    return moment.astimezone(zone)
