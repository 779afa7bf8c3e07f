"""An installation with one event for each shipped form."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from mailbot.config.loader import load
from mailbot.config.settings import Settings

TITLES = {
    "kennisplatform": "Najaarsbijeenkomst & overleg",
    "burgemeestersoverleg": "Burgemeesters van de regio",
    "gezamenlijke-aankoop": "Strooizout voor de winter",
}
EVENTS = tuple(TITLES)

_CONFIGURATION = """
forms_dir = "forms"
[[mailbox]]
name = "main"
host = "127.0.0.1"
since = 2026-09-01
address = "Secretariaat <inschrijvingen@wvi.example>"
[smtp]
host = "127.0.0.1"
security = "none"
"""

_EVENT = """
id = "{form}"
title = "{title}"
{when}
form = "{form}"
[[contacts]]
name = "An Claes"
phone = "050 12 34 56"
email = "an.claes@wvi.example"
"""

_WHEN = """starts = 2026-12-03T14:00:00
ends = 2026-12-03T17:00:00
place = "OC De Kleine Beer, C. Marichalstraat 5, 8730 Beernem"
deadline = 2026-11-23"""


def _installation(root: Path) -> Settings:
    """Its settings; the joint purchase has no date."""
    (root / "events").mkdir(parents=True)
    (root / "mailbot.toml").write_text(_CONFIGURATION, encoding="utf-8")
    for form in EVENTS:
        when = "" if form == "gezamenlijke-aankoop" else _WHEN
        text = _EVENT.format(form=form, title=TITLES[form], when=when)
        (root / "events" / f"{form}.toml").write_text(text, encoding="utf-8")
    return load(root / "mailbot.toml")


with TemporaryDirectory() as _root:
    INSTALLED = _installation(Path(_root))
