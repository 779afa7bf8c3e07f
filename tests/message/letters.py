"""Letters for the tests, as machines and people write them: ``machines.txt`` and ``people.txt``.

Each begins with a line ``=== name``, then header fields (``Attach`` is a file it brings), a blank
line, and the text. ``{antwoord}``, ``{blanco}`` and ``{ingevuld}`` on a line of their own stand for
an answer of mailbot, the blank form and a filled-in one; what stands before them comes before each line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

FILLED_IN = """\
Naam: Maes
Voornaam: Els
Functie: schepen
Gemeente/OCMW: Damme
E-mail: els.maes@damme.example
Ik neem deel: ja"""
TEXTS = {
    "antwoord": f"""\
Beste Els Maes

U bent ingeschreven voor Kennisplatform Intergemeentelijk Samenwerken.

Dit hebben wij genoteerd:

{FILLED_IN}

Wijzigen of annuleren kan tot de start: antwoord op deze mail en zeg wat er anders moet.

--
Een vraag? Griet Vermeulen, 050 00 00 00. Deze mail is automatisch verstuurd.""",
    "blanco": "Naam:\nVoornaam:\nGemeente/OCMW:\nE-mail:\nIk neem deel: ja / nee\nOpmerkingen:",
    "ingevuld": FILLED_IN,
}
_PLACE = re.compile(rf"^(.*)\{{({'|'.join(TEXTS)})\}}$", re.M)


def letters(name: str) -> Iterator[tuple[str, bytes]]:
    """The letters in ``machines`` or ``people``: their names, and the mails as they would arrive."""
    text = (Path(__file__).parent / f"{name}.txt").read_text("utf-8")
    for letter in re.split(r"^=== ", text, flags=re.M)[1:]:
        title, _, rest = letter.partition("\n")
        yield title, _mail(*rest.partition("\n\n")[::2])


def _mail(head: str, text: str) -> bytes:
    fields = {"From": "Els Maes <els.maes@damme.example>", "To": "in@vvsg.example"}
    fields |= dict(line.split(": ", 1) for line in head.splitlines())
    attached = fields.pop("Attach", "")
    mail = EmailMessage()
    for name, value in fields.items():
        mail[name] = value
    mail.set_content(_PLACE.sub(_inserted, text))
    if attached:
        mail.add_attachment(b"PK", maintype="application", subtype="octet-stream", filename=attached)
    return mail.as_bytes()


def _inserted(place: re.Match[str]) -> str:
    return "\n".join(place[1] + line for line in TEXTS[place[2]].splitlines())
