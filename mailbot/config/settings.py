"""Settings: TOML files, environment and secret files → one frozen value.

Every trouble is a ``ConfigurationError`` of one line: which file, which key, what mends it.
"""

from __future__ import annotations

import os
import pwd
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from email.utils import parseaddr
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

from mailbot.config.logo import Logo
from mailbot.config.providers import filled
from mailbot.domain.event import BareAddress, Event
from mailbot.domain.form import Form, FormField
from mailbot.domain.message import Address
from mailbot.domain.organisation import Organisations
from mailbot.domain.statement import Statement

#: The list of organisations where the configuration names none; where that file is missing, the shipped one.
OWN_ORGANISATIONS = "organisations.toml"


#: So long before a client secret ends the administrator is told: time to find who may make a new one.
SECRET_NOTICE = timedelta(weeks=3)
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class ConfigurationError(Exception):
    """A wrong setting, in one line that names the file, the key and what mends it, for administrators. Where
    ``mend`` is given by itself it is kept by itself too: ``mailbot check --json`` has a key for it. ``why``
    says the same in a code where the file is one of an event or a form, which the secretary may have changed.
    """

    def __init__(self, said: str, mend: str = "", why: Statement | None = None) -> None:
        super().__init__(f"{said}: {mend}" if mend else said)
        self.said = said
        self.mend = mend
        self.why = why


class Security(StrEnum):
    """How a connection is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


#: The languages that mails can be written in: each has a folder of templates and a file in ``wording/``.
Language = Literal["nl", "fr", "en", "de"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OAuth2(_Table):
    """How to get a token, for servers without passwords (RFC 6749): by a person's sign-in
    (``refresh_token_file``), or by the client itself. The client shows who it is by a secret, a
    certificate, or as a service account. ``device_url`` or ``authorize_url`` is where `mailbot login`
    signs a person in; ``secret_expires`` is the day on which the client secret ends, which no server
    tells."""

    token_url: str
    client_id: str
    client_secret_file: str = ""
    certificate_file: str = ""
    service_account_file: str = ""
    refresh_token_file: str = ""
    sign_in_as: str = ""
    scope: str = ""
    tenant: str = ""
    device_url: str = ""
    authorize_url: str = ""
    secret_expires: date | None = None

    @model_validator(mode="before")
    @classmethod
    def _a_service_account_names_itself(cls, table: Any) -> Any:
        if isinstance(table, dict) and table.get("service_account_file"):
            return {"client_id": "", **table}
        return table

    @model_validator(mode="after")
    def _one_way_to_show_who_asks(self) -> Self:
        if sum(map(bool, (self.client_secret_file, self.certificate_file, self.service_account_file))) > 1:
            raise ValueError("give one of client_secret_file, certificate_file and service_account_file")
        if self.service_account_file and self.refresh_token_file:
            raise ValueError("nobody signs in for a service account: remove refresh_token_file")
        return self


class _Login(_Table):
    provider: Literal["", "microsoft365", "google"] = ""
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


class MailboxSettings(_Login):
    """A mailbox that is polled. ``since``: mail received before that day is left alone."""

    name: str = Field(pattern=r"^[A-Za-z0-9._-]+$")
    port: int = Field(default=993, ge=1, le=65535)
    folder: str = "INBOX"
    since: date
    address: str
    filed_folder: str = ""
    review_folder: str = ""
    sent_folder: str = ""
    mark_read: bool = True
    inbox_list: Literal["subject", "first_words", "none"] = "subject"

    @model_validator(mode="before")
    @classmethod
    def _provider_fills_in(cls, table: Any) -> Any:
        return filled(table, "imap")

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

    @model_validator(mode="before")
    @classmethod
    def _provider_fills_in(cls, table: Any) -> Any:
        return filled(table, "smtp")


class StoreSettings(_Table):
    """Where the ledger is: an SQLAlchemy URL; a relative SQLite path is relative to the file."""

    url: str = "sqlite:///../state/mailbot.db"

    @field_validator("url")
    @classmethod
    def _url_is_of_a_ledger(cls, value: str) -> str:
        if not re.match(r"sqlite:///[^/]|sqlite:////[^/]|postgresql\+psycopg://", value):
            shapes = '"sqlite:///../state/mailbot.db" or "postgresql+psycopg://user@host/database"'
            raise ValueError(f"is no ledger's: write {shapes}")  # not the value: a password may be in it
        return value


class WorkerSettings(_Table):
    """How often the service looks."""

    poll_seconds: int = Field(default=60, ge=1, le=3600)
    idle: bool = True


class Secretariat(_Table):
    """Who is told what needs a person, and ``name``, which signs the mails (empty: the mailbox's).
    ``logo`` is a PNG or JPEG for mails, forms and certificates."""

    address: BareAddress = ""
    digest: str = ""
    name: str = ""
    logo: str = ""
    receipts: bool = True

    @field_validator("digest")
    @classmethod
    def _digest_is_a_time(cls, value: str) -> str:
        if value:
            try:
                time.fromisoformat(value)
            except ValueError:
                raise ValueError(f'"{value}" is no time: write "07:30", or "" for none') from None
        return value


class Admin(_Table):
    """Who hears of technical trouble; without an address the secretariat does, in plain words."""

    address: BareAddress = ""
    language: Language = "nl"


class Log(_Table):
    """How the service writes its log."""

    format: Literal["text", "json"] = "text"


class Limits(_Table):
    """Bounds: a mail's size, answers per sender and day and per thread, mails drawn to others,
    answers an hour, mails to many that the secretary starts a day."""

    message_mb: int = Field(default=25, ge=1, le=200)
    people: int = Field(default=10, ge=1)
    answers_per_sender: int = Field(default=12, ge=1)
    answers_per_thread: int = Field(default=12, ge=1)
    mails_to_others: int = Field(default=60, ge=1)
    answers_per_hour: int = Field(default=3000, ge=1)
    mailings_per_day: int = Field(default=2000, ge=1)


class Retention(_Table):
    """How long raw mails are kept after the event, in days."""

    keep_mail_days: int = Field(default=365, ge=1)


class WorkbookNames(_Table):
    """Other names for sheets and columns, by the names that mailbot gives them: {"Deelnemers" = "Lijst"}."""

    sheets: dict[str, str] = {}
    columns: dict[str, str] = {}
    seconds_between_writes: int = Field(default=10, ge=0)


class _File(_Table):
    timezone: str = "Europe/Brussels"
    language: Language = "nl"
    workbook_dir: str = "../workbooks"
    state_dir: str = "../state"
    events_dir: str = "events"
    forms_dir: str = "../forms"
    templates_dir: str = "templates"
    organisations: str = OWN_ORGANISATIONS
    forwarders: tuple[BareAddress, ...] = ()
    web_forms: tuple[BareAddress, ...] = ()
    authserv_id: str = ""
    mailbox: tuple[MailboxSettings, ...] = Field(min_length=1)
    smtp: Smtp
    store: StoreSettings = StoreSettings()
    worker: WorkerSettings = WorkerSettings()
    secretariat: Secretariat = Secretariat()
    admin: Admin = Admin()
    log: Log = Log()
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
    def _mailbox_names_differ(cls, value: tuple[MailboxSettings, ...]) -> tuple[MailboxSettings, ...]:
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
    web_forms: frozenset[str] = field(default=frozenset(), kw_only=True)
    authserv_id: str
    mailboxes: tuple[MailboxSettings, ...]
    smtp: Smtp
    store_url: str
    worker: WorkerSettings
    secretariat: Secretariat
    admin: Admin
    limits: Limits
    retention: Retention
    workbook: WorkbookNames
    organisations: Organisations
    forms: dict[str, Form]
    events: dict[str, Event]
    log: Log = field(default_factory=Log)
    logo: Logo | None = None

    @property
    def signed(self) -> str:
        """The name that signs mails, forms and certificates."""
        return self.secretariat.name or self.mailboxes[0].replies_from.name

    def mailbox(self, name: str) -> MailboxSettings:
        """The mailbox of that name; raises ``KeyError``."""
        return next(mailbox for mailbox in self.mailboxes if mailbox.name == name)

    def form_of(self, event: Event) -> Form:
        """The form of an event."""
        return self.forms[event.form]

    def cleared_of(self, event: Event) -> tuple[FormField, ...]:
        """The fields whose answers are cleared after an event: those of its form, and those of any other form
        that it does not ask itself, since an answer may come from a form of another event, or from the one
        that this event had before."""
        form = self.form_of(event)
        others = {
            field.key: field
            for other in self.forms.values()
            for field in other.cleared
            if form.field(field.key) is None
        }
        return (*form.cleared, *others.values())

    def successor_of(self, event: Event) -> Event | None:
        """The event that takes the place of this one."""
        return next((one for one in self.events.values() if one.replaces == event.id), None)

    def is_off(self, event: Event) -> bool:
        """Whether an event does not take place: it is cancelled, or another takes its place."""
        return event.cancelled or self.successor_of(event) is not None

    def open_instead(self, event: Event, now: datetime) -> Event | None:
        """The event in the place of one that does not take place, where people can mail about it at ``now``
        (aware); of several, each in the place of the one before, the last."""
        seen = {event.id}
        while (next_one := self.successor_of(event)) is not None and next_one.id not in seen:
            seen.add(next_one.id)
            event = next_one
        return event if len(seen) > 1 and event.is_going_on(now, self.zone) else None

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
                    f"{self.file}: password_env: the variable {login.password_env} is not set", "set it"
                )
            return SecretStr(value)
        if login.password_file:
            return self.secret_file(login.password_file, "password_file")
        return SecretStr("")

    def path(self, relative: str) -> Path:
        """A path of the configuration, taken relative to its file."""
        return (self.file.parent / relative).resolve()

    def secret_bytes(self, relative: str, key: str) -> bytes:
        """What a secret file holds; raises ``ConfigurationError`` where it cannot be read."""
        path = self.path(relative)
        try:
            return path.read_bytes()
        except PermissionError:
            raise ConfigurationError(
                f"{self.file}: {key}: {_me()} may not read {path}",
                f"give it to the group that mailbot runs as: chgrp mailbot {path} && chmod 640 {path}",
            ) from None
        except OSError as error:
            raise ConfigurationError(
                f"{self.file}: {key}: cannot read {path} ({error.strerror})",
                "write the secret there",
            ) from None

    def secret_file(self, relative: str, key: str) -> SecretStr:
        """A secret from a file named in the configuration; raises ``ConfigurationError``."""
        path, held = self.path(relative), self.secret_bytes(relative, key)
        try:
            value = held.decode("utf-8-sig").strip()
        except UnicodeDecodeError:
            raise ConfigurationError(f"{self.file}: {key}: {path} is not UTF-8", "save it as UTF-8") from None
        if not value or "\n" in value:
            has = "more than one line" if value else "nothing"
            raise ConfigurationError(
                f"{self.file}: {key}: {path} holds {has}", "write the secret there, and nothing else"
            )
        return SecretStr(value)


def _me() -> str:
    """The user that this process runs as, by name where the system knows one."""
    try:
        return f"user {pwd.getpwuid(os.geteuid()).pw_name}"
    except KeyError:
        return f"user {os.geteuid()}"


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """An instant in the time of a zone, as a clock on the wall there shows it."""
    return moment.astimezone(zone)
