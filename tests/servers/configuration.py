"""A real configuration on disk that points at the test servers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mailbot.config import loader, settings
from tests.servers import dovecot


def meeting(event: str) -> str:
    """An event file, of a meeting so far ahead that no deadline passes while a test or benchmark runs."""
    return f"""
id = "{event}"
title = "Kennisplatform Intergemeentelijk Samenwerken"
starts = 2035-12-03T14:00:00
ends = 2035-12-03T17:00:00
place = "OC De Kleine Beer, Beernem"
form = "kennisplatform"
deadline = 2035-11-23
"""


def write(
    folder: Path,
    *,
    imap_port: int,
    smtp_port: int,
    user: str,
    since: date = date(2026, 1, 1),
    mailbox: str = "",
    smtp: str = "",
    rest: str = "",
    organisations: str = "",
) -> Path:
    """Writes ``config/mailbot.toml`` with its secrets under a folder and gives its path.
    ``mailbox`` and ``smtp`` are further lines of those tables, ``rest`` further tables;
    ``organisations`` is an organisations.toml of one's own instead of the shipped one."""
    config = folder / "config"
    (config / "secrets").mkdir(parents=True, exist_ok=True)
    (config / "events").mkdir(exist_ok=True)
    (config / "secrets/imap").write_text(dovecot.PASSWORD)
    if organisations:
        (config / "organisations.toml").write_text(organisations)
    file = config / "mailbot.toml"
    file.write_text(f"""
timezone = "Europe/Brussels"
workbook_dir = "../workbooks"
state_dir = "../state"
[[mailbox]]
name = "main"
host = "127.0.0.1"
port = {imap_port}
security = "none"
user = "{user}"
password_file = "secrets/imap"
since = {since}
address = "Secretariaat <inschrijvingen@example.org>"
{mailbox}
[smtp]
host = "127.0.0.1"
port = {smtp_port}
security = "none"
{smtp}
{rest}
""")
    return file


def load(folder: Path, **facts: object) -> settings.Settings:
    """The same, loaded."""
    return loader.load(write(folder, **facts))  # type: ignore[arg-type]  # passed on as they are
