"""What the demo runs on: a configuration, an event and messages, with dates around today."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mailbot.demo.servers import Post
from mailbot.documents import read
from mailbot.domain.document import Location, Part
from mailbot.extraction.adoption import fields_of, title_of
from mailbot.extraction.drafting import template_of
from mailbot.extraction.form_toml import toml_of

ACCOUNT = "inschrijvingen@vereniging.example"
#: The form of the demo's event: adopted from the secretariat's own Word file.
FORM = "inschrijving"
ZONE = ZoneInfo("Europe/Brussels")

#: When each message came: how many days ago, at what time. The deadline was yesterday, so the
#: last one, of today, is late.
ARRIVALS = (
    ("01-word-form", 5, time(9, 12)),
    ("02-several-people", 5, time(10, 40)),
    ("03-typed-in-the-mail", 5, time(14, 5)),
    ("04-as-lines", 4, time(8, 55)),
    ("05-the-same-again", 4, time(9, 30)),
    ("06-correction", 4, time(16, 20)),
    ("07-incomplete", 2, time(11, 0)),
    ("08-forwarded", 2, time(13, 15)),
    ("09-withdrawal", 2, time(15, 45)),
    ("10-thanks", 1, time(9, 0)),
    ("11-out-of-office", 1, time(9, 1)),
    ("12-ordinary-question", 1, time(16, 30)),
    ("13-late", 0, None),
)

CONFIGURATION = """\
# The configuration that this demo ran with. A real one: mailbot init DIR
timezone = "Europe/Brussels"
workbook_dir = "../workbooks"
state_dir = "../state"
forwarders = ["griet@vereniging.example"]

[[mailbox]]
name = "demo"
host = "127.0.0.1"
port = {imap}
security = "none"
user = "{account}"
password_file = "secrets/imap"
since = {since}
address = "Secretariaat Kennisplatform <{account}>"

[smtp]
host = "127.0.0.1"
port = {smtp}
security = "none"

[secretariat]
address = "secretariaat@vereniging.example"
"""

EVENT = """\
id = "kennisplatform"
title = "Kennisplatform Intergemeentelijk Samenwerken"
starts = {day}T14:00:00
ends = {day}T17:00:00
place = "OC De Kleine Beer, C. Marichalstraat 5, 8730 Beernem"
form = "inschrijving"
deadline = {deadline}
capacity = 120

[[contacts]]
name = "Griet Vermeulen"
phone = "050 00 00 00"
email = "griet@vereniging.example"
"""


def write(folder: Path, post: Post, now: datetime) -> Path:
    """Writes configuration, event and password under ``folder``; the configuration's path."""
    today = now.astimezone(ZONE).date()
    config = folder / "config"
    (config / "events").mkdir(parents=True)
    (config / "secrets").mkdir(mode=0o700)
    secret = config / "secrets" / "imap"
    secret.touch(0o600)
    secret.write_text(post.password)
    file = config / "mailbot.toml"
    since = today - timedelta(days=30)
    file.write_text(
        CONFIGURATION.format(imap=post.imap_port, smtp=post.smtp_port, account=ACCOUNT, since=since)
    )
    event = EVENT.format(day=today + timedelta(days=10), deadline=today - timedelta(days=1))
    (config / "events" / "kennisplatform.toml").write_text(event)
    _adopt(folder / "forms")
    return file


def _adopt(forms: Path) -> None:
    """The secretariat's own Word form, as `mailbot form adopt` drafts it, uncorrected."""
    blank = Path(__file__).parent / "forms" / "kennisplatform.docx"
    forms.mkdir()
    (forms / blank.name).write_bytes(blank.read_bytes())
    document = read(Part(blank.name, "", blank.read_bytes()), Location())
    template = template_of(document.blocks)
    fields = [one.field for one in fields_of(template)]
    definition = toml_of(FORM, title_of(template, FORM), [blank.name], fields)
    (forms / f"{FORM}.toml").write_text(definition, encoding="utf-8")


def mails(now: datetime, zone: ZoneInfo) -> list[tuple[bytes, datetime]]:
    """The messages with the arrival time of each, their Date a minute before it."""
    local = now.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    for name, days, at in ARRIVALS:
        if at is None:
            received = midnight + (local - midnight) / 2  # today, and not after now
        else:
            received = datetime.combine(local.date() - timedelta(days=days), at, zone)
        raw = (Path(__file__).parent / "mail" / f"{name}.eml").read_bytes()
        sent = format_datetime(received - timedelta(minutes=1)).encode()
        found.append((re.sub(rb"(?m)^Date: .*?(?=\r?$)", b"Date: " + sent, raw, count=1), received))
    return found
