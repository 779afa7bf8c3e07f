"""``mailbot init DIR``: a starter configuration."""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import tomlkit

from mailbot.cli.output import say
from mailbot.config.providers import PROVIDERS
from mailbot.config.settings import ConfigurationError
from mailbot.config.shipped import shipped
from mailbot.service.clock import now
from mailbot.service.distribution import command
from mailbot.service.self_check.configuration import EXAMPLE_EVENT
from mailbot.text.normalize import slug

#: Under this folder DIR is the configuration itself, without ``config/`` in it, and workbooks and ledger get
#: the places of ``_OF_THE_SERVICE``, since the unit in ``systemd/`` lets the service write there.
SYSTEM = Path("/etc")
_OF_THE_SERVICE = {
    "../workbooks": "/srv/mailbot/workbooks",
    "sqlite:///../state": "sqlite:////var/lib/mailbot",
    "../state": "/var/lib/mailbot",
    "../forms": "forms",
}


#: Where the Debian package has the documentation.
PACKAGED = Path("/usr/share/doc/mailbot")
#: The keys of ``oauth2`` that name secret files, by provider, with where those files are expected.
_SIGN_IN_FILES = {
    "microsoft365": {"refresh_token_file": "secrets/oauth-refresh"},
    "google": {"refresh_token_file": "secrets/oauth-refresh", "client_secret_file": "secrets/oauth-client"},
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The values for the starter configuration; where one is empty, that of the example stays."""

    address: str = ""
    provider: str = ""
    secretariat: str = ""
    event: str = ""
    starts: datetime | None = None


def run(given: argparse.Namespace) -> int:
    """Writes ``DIR/config`` (``DIR`` itself where that is ``/etc/mailbot``) with a first event, and
    says what to fill in. What no flag says is asked, where somebody sits at a terminal."""
    folder = Path(given.dir).absolute()
    of_the_service = folder.is_relative_to(SYSTEM)
    config = folder if of_the_service else folder / "config"
    file = config / "mailbot.toml"
    if file.exists() or (config.exists() and not of_the_service):
        raise ConfigurationError(f"{config}: is there already: choose another DIR, or mend what is there")
    wanted = _wanted(given)
    forms = (config if of_the_service else folder) / "forms"
    for made in (config / "events", config / "secrets", forms):
        made.mkdir(parents=True, exist_ok=of_the_service)
    if not of_the_service:
        (config / "secrets").chmod(0o700)
        (folder / "workbooks").mkdir()
        (folder / "state").mkdir(0o700)
    today = now().date()
    file.write_text(_configuration(wanted, today, of_the_service), encoding="utf-8")
    event = _event(wanted, today)
    form_file = forms / f"{event['id']}.toml"
    if wanted.event:
        form_file.write_text(tomlkit.dumps(_form(event)), encoding="utf-8")
        event["form"] = str(event["id"])  # the value alone: an item would share its comment
    event_file = config / "events" / f"{event['id']}.toml"
    event_file.write_text(tomlkit.dumps(event), encoding="utf-8")
    for line in _what_is_left(wanted, config, event_file, form_file, of_the_service):
        say(line)
    return 0


def _wanted(given: argparse.Namespace) -> Wanted:
    asks = sys.stdin.isatty() and not any(
        (given.address, given.provider, given.secretariat, given.event, given.starts)
    )

    def value(flag: str, question: str) -> str:
        said = getattr(given, flag) or (input(f"{question} (empty: later): ") if asks else "")
        return str(said).strip()

    provider = value("provider", f"mail provider, {' or '.join(PROVIDERS)}, else empty")
    if provider and provider not in PROVIDERS:
        raise ConfigurationError(f'init: provider: "{provider}" is none: use one of {", ".join(PROVIDERS)}')
    starts = value("starts", "when the first event starts, as 2027-01-20T14:00")
    try:
        moment = datetime.fromisoformat(starts) if starts else None
    except ValueError:
        raise ConfigurationError(
            f'init: starts: "{starts}" is no day and time: write 2027-01-20T14:00'
        ) from None
    address = value("address", "the address that registrations come to")
    secretariat = value("secretariat", "the address of the secretariat")
    for key, one in (("address", address), ("secretariat", secretariat)):
        if one and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", one):
            raise ConfigurationError(f'init: {key}: "{one}" is no mail address: write naam@example.org')
    return Wanted(address, provider, secretariat, value("event", "the title of the first event"), moment)


def _configuration(wanted: Wanted, today: date, of_the_service: bool) -> str:
    text = (shipped("config") / "mailbot.toml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^since = \S+", f"since = {today}", text)
    if of_the_service:
        for own, theirs in _OF_THE_SERVICE.items():
            text = text.replace(f'"{own}', f'"{theirs}')
    document = tomlkit.parse(text)
    box, smtp = document["mailbox"][0], document["smtp"]
    if wanted.address:
        box["user"] = smtp["user"] = wanted.address
        box["address"] = f"Secretariaat <{wanted.address}>"
    if wanted.secretariat:
        document["secretariat"]["address"] = wanted.secretariat
    if wanted.provider:
        for table in (box, smtp):
            for key in ("host", "port", "security", "password_file"):
                del table[key]
            table["provider"] = wanted.provider
            table["oauth2"] = {"client_id": "", **_SIGN_IN_FILES[wanted.provider]}
    return tomlkit.dumps(document)


def _event(wanted: Wanted, today: date) -> tomlkit.TOMLDocument:
    example = next(iter(sorted((shipped("config") / "events").glob("*.toml"))))
    text = example.read_text(encoding="utf-8")
    if wanted.event:  # a limit that nobody chose would put the next person on a waiting list
        text = re.sub(r"(?m)^capacity = (\d+)( {0,2})", r"# capacity = \1", text)
    event = tomlkit.parse(text)
    starts = wanted.starts or datetime.combine(today + timedelta(days=60), time(14))
    event["id"] = slug(wanted.event)[:40].strip("-") or EXAMPLE_EVENT
    if wanted.event:
        event["title"] = wanted.event
    event["starts"], event["ends"] = starts, starts + timedelta(hours=3)
    event["deadline"] = max(today, starts.date() - timedelta(days=10))
    if wanted.event:  # a named event stands in nobody else's house
        event["place"] = ""
    if wanted.secretariat:
        contact = event["contacts"][0]
        contact["email"], contact["phone"] = wanted.secretariat, ""
    return event


def _form(event: tomlkit.TOMLDocument) -> tomlkit.TOMLDocument:
    """A copy of the example event's form with the id and title of ``event``: participants get blanks of it,
    and the title of the shipped one is that of another meeting."""
    form = tomlkit.parse((shipped("forms") / f"{event['form']}.toml").read_text(encoding="utf-8"))
    form["id"], form["title"] = event["id"], f"Inschrijvingsformulier {event['title']}"
    return form


def _guide(provider: str) -> str:
    """The path of the guide for a provider: as the Debian package installs it, or in a checkout."""
    name = f"{provider}.md"
    return str(PACKAGED / name) if (PACKAGED / name).is_file() else f"docs/{name}"


def _what_is_left(wanted: Wanted, config: Path, event: Path, form: Path, of_the_service: bool) -> list[str]:
    file = config / "mailbot.toml"
    names = "" if wanted.address else ", user and address"
    lines = [f"{file}: fill in host{names} of the mailbox, and the [smtp] server"]
    if wanted.provider:
        lines = [f"{file}: fill in client_id, twice: {_guide(wanted.provider)} says where it comes from"]
        if not wanted.address:
            lines.append(f"{file}: fill in user and address")
        if "client_secret_file" in (files := _SIGN_IN_FILES[wanted.provider]):
            lines.append(f"{config / files['client_secret_file']}: write the client secret in this file")
        lines.append(f"then: {command()} login --config {file}")
    else:
        lines += [
            f"{config / 'secrets' / name}: write the password in this file" for name in ("imap", "smtp")
        ]
    if wanted.event:
        lines.append(f"{form}: what its form asks: change it, or adopt one of your own (mailbot form adopt)")
    lines.append(f"{event}: a first event: look at all of it, or remove it")
    as_service = "runuser -u mailbot -- " if of_the_service else ""
    lines.append(f"then: {as_service}{command()} check --config {file}")
    return lines
