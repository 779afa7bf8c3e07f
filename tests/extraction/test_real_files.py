"""From the bytes of a file to the JSON of ``mailbot read``."""

from __future__ import annotations

import io
import json
from datetime import datetime

import docx
import pytest
from openpyxl import Workbook

from mailbot.blank_forms import FORMATS, lines, make
from mailbot.config.settings import Settings
from mailbot.documents import read
from mailbot.domain.document import Location, Part, Unit
from mailbot.domain.submission import Submission, SubmissionKind
from mailbot.pipeline.interpret import understand
from mailbot.pipeline.report import as_json

ROWS = [
    ("Naam", "Van den Broeck"),
    ("Voornaam", "Els"),
    ("Gemeente/OCMW", "Stad Brugge"),
    ("E-mail", "els@brugge.be"),
    ("Telefoon/gsm", "0478 12 34 56"),
    ("Ik neem deel", "ja"),
]


def word() -> bytes:
    document = docx.Document()
    document.add_heading("Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken")
    table = document.add_table(rows=0, cols=2)
    for label, value in ROWS:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    return _saved(document)


def excel() -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken"])
    sheet.append([label for label, _ in ROWS])
    sheet.append([value for _, value in ROWS])
    return _saved(workbook)


def text() -> bytes:
    lines_ = [
        "Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken",
        *(f"{a}: {b}" for a, b in ROWS),
    ]
    return "\r\n".join(lines_).encode("cp1252")


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]  # both libraries save to a stream
    return buffer.getvalue()


def understood(name: str, data: bytes, settings: Settings, now: datetime) -> Submission:
    blank = frozenset().union(*(lines(e, settings.form_of(e), settings) for e in settings.events.values()))
    return understand(
        None, (read(Part(name, "", data), Location().at(Unit.ATTACHMENT, name)),), settings, blank, now
    )


@pytest.mark.parametrize(("name", "data"), [("a.docx", word()), ("a.xlsx", excel()), ("a.txt", text())])
def test_a_file_becomes_the_json_that_scripts_rely_on(
    name: str, data: bytes, settings: Settings, now: datetime
) -> None:
    said = json.loads(json.dumps(as_json(f"forms/{name}", understood(name, data, settings, now))))
    assert said["file"] == f"forms/{name}"
    assert (said["outcome"], said["event"]) == ("form", "kis-2026-3")
    assert said["people"] == [
        {
            "last_name": "Van den Broeck",
            "first_name": "Els",
            "organisation": "Stad Brugge",
            "email": "els@brugge.be",
            "phone": "0478 12 34 56",
            "attends": True,
            "organisation_known": "Brugge",
        }
    ]
    assert said["problems"] == []
    wheres = [source["where"] for source in said["sources"]]
    assert len(wheres) == 6
    assert all(name in where for where in wheres)


@pytest.mark.parametrize("format_", FORMATS)
def test_our_own_blank_form_is_blank_and_names_its_event(
    format_: str, settings: Settings, now: datetime
) -> None:
    event = settings.events["kis-2026-3"]
    made = make(event, settings.form_of(event), format_, settings)
    submission = understood(f"leeg.{format_}", made, settings, now)
    assert submission.found is SubmissionKind.BLANK
    assert {clue.event for clue in submission.clues} == {"kis-2026-3"}
