"""Settings with three quite different forms and two meetings, written as the files they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mailbot.config.loader import load
from mailbot.config.settings import Settings
from mailbot.domain.document import Block
from mailbot.domain.submission import Submission
from tests.extraction.blocks import understood

MAILBOT = """
workbook_dir = "workbooks"
state_dir = "state"
events_dir = "events"
forms_dir = "forms"
organisations = "organisations.toml"

[[mailbox]]
name = "main"
host = "127.0.0.1"
user = "x"
since = 2026-01-01
address = "Secretariaat <inschrijvingen@overleg.example>"

[smtp]
host = "127.0.0.1"
user = "x"
"""

KENNISPLATFORM = """
id = "kis-2026-3"
title = "Kennisplatform Intergemeentelijk Samenwerken"
starts = 2026-12-03T14:00:00
ends = 2026-12-03T17:00:00
place = "OC De Kleine Beer, C. Marichalstraat 5, 8730 Beernem"
form = "kennisplatform"
deadline = 2026-11-23
"""

#: A form that shares no key with the shipped ones but a few.
ZOMERKAMP = """
id = "zomerkamp"
title = "Aanmelding zomerkamp"
[[field]]
key = "child"
label = "Kind"
aliases = ["Naam van het kind", "Naam kind"]
kind = "name"
required = true
[[field]]
key = "born"
label = "Geboortedatum"
aliases = ["Geboren op"]
kind = "date"
required = true
[[field]]
key = "week"
label = "Welke week"
aliases = ["Week"]
kind = "choice"
choices = ["Eerste week", "Tweede week", "Beide weken"]
required = true
[[field]]
key = "parent_phone"
label = "Noodnummer"
aliases = ["Telefoon ouders"]
kind = "phone"
[[field]]
key = "parent_email"
label = "Mailadres ouder"
aliases = ["E-mail ouder"]
kind = "email"
required = true
[[field]]
key = "swims"
label = "Kan zwemmen"
aliases = ["Zwemt"]
kind = "yes_no"
[[field]]
key = "notes"
label = "Wat moeten we weten"
aliases = ["Bijzonderheden"]
kind = "long_text"
"""


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder: Path = tmp_path_factory.mktemp("settings")
    (folder / "events").mkdir()
    (folder / "forms").mkdir()
    (folder / "mailbot.toml").write_text(MAILBOT)
    (folder / "events" / "kis.toml").write_text(KENNISPLATFORM)
    (folder / "forms" / "zomerkamp.toml").write_text(ZOMERKAMP)
    return load(folder / "mailbot.toml")


@pytest.fixture(scope="session")
def read(settings: Settings, now: datetime) -> Callable[..., Submission]:
    """``understood`` with these settings, and a short name in failures."""

    def understand_blocks(*blocks: Block, **rest: Any) -> Submission:
        return understood(settings, now, *blocks, **rest)

    return understand_blocks


@pytest.fixture(scope="session")
def now() -> datetime:
    return datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Brussels"))
