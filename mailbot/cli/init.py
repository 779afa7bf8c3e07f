"""``mailbot init DIR``: a starter configuration."""

from __future__ import annotations

import argparse
import re
from datetime import datetime, time, timedelta
from pathlib import Path

import tomlkit

from mailbot.cli.output import say
from mailbot.config.settings import ConfigurationError
from mailbot.config.shipped import shipped
from mailbot.service.clock import now

#: A folder under it is the configuration itself; what mailbot writes then goes where its service
#: (``systemd/``) may write.
SYSTEM = Path("/etc")
_OF_THE_SERVICE = {
    "../workbooks": "/srv/mailbot/workbooks",
    "sqlite:///../state": "sqlite:////var/lib/mailbot",
    "../state": "/var/lib/mailbot",
    "../forms": "forms",
}


def run(given: argparse.Namespace) -> int:
    """Writes ``DIR/config`` (``DIR`` itself where that is ``/etc/mailbot``) with an example event,
    and says what to fill in."""
    folder = Path(given.dir).absolute()
    of_the_service = folder.is_relative_to(SYSTEM)
    config = folder if of_the_service else folder / "config"
    file = config / "mailbot.toml"
    if file.exists() or (config.exists() and not of_the_service):
        raise ConfigurationError(f"{config}: is there already: choose another DIR, or mend what is there")
    today = now().date()
    text = (shipped("config") / "mailbot.toml").read_text(encoding="utf-8")
    for made in (config / "events", config / "secrets"):
        made.mkdir(parents=True, exist_ok=of_the_service)
    if of_the_service:
        for own, theirs in _OF_THE_SERVICE.items():
            text = text.replace(f'"{own}', f'"{theirs}')
    else:
        (config / "secrets").chmod(0o700)
        (folder / "workbooks").mkdir()
        (folder / "state").mkdir(0o700)
    file.write_text(re.sub(r"(?m)^since = \S+", f"since = {today}", text), encoding="utf-8")
    example = next(iter(sorted((shipped("config") / "events").glob("*.toml"))))
    day = datetime.combine(today + timedelta(days=60), time(14))
    event = tomlkit.parse(example.read_text(encoding="utf-8"))
    event["id"], event["starts"], event["ends"] = "voorbeeld", day, day + timedelta(hours=3)
    event["deadline"] = today + timedelta(days=50)
    (config / "events" / "voorbeeld.toml").write_text(tomlkit.dumps(event), encoding="utf-8")
    say(f"{file}: fill in host, user and address of the mailbox, and the [smtp] server")
    for name in ("imap", "smtp"):
        say(f"{config / 'secrets' / name}: write the password in this file")
    say(f"{config / 'events' / 'voorbeeld.toml'}: an example event: change it, or remove it")
    say(f"then: mailbot check --config {file}")
    return 0
