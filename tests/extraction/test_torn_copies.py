"""Copies of an adopted form that a program made of a page: words torn apart, boxes lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import docx
import pytest

from mailbot.config.settings import Settings
from mailbot.domain.submission import Submission
from tests.extraction.test_blank_layouts import adopted, answers, read_with

ROOM = "." * 20
BLANK = f"""Inschrijving voor de opleiding Incoterms in de praktijk
Naam en voornaam: {ROOM}
Sector: {ROOM}
Contactpersoon: {ROOM}
Functie: {ROOM}
Broodjeslunch: ☐ vlees   ☐ vis   ☐ vegetarisch
Andere wensen voor de dag zelf: {ROOM}"""
COPY = f"""Inschrijving voor de opleiding Incoterms in de praktijk
Naam en voornaam: Maes Ria
S ector: textiel
C ontactpersoon: Bo Lambert
F unctie: aankoop
Broodjeslunch: ☐ vlees   ☒ vis   ☐ vegetarisch
Andere wensen voor de dag zelf: {ROOM}"""


@pytest.fixture
def read(settings: Settings, now: datetime, tmp_path: Path) -> Callable[[str], Submission]:
    """Adopts the blank and reads a copy of it."""

    def saved(name: str, text: str) -> Path:
        document = docx.Document()
        for line in text.splitlines():
            document.add_paragraph(line)
        document.save(str(tmp_path / name))
        return tmp_path / name

    return lambda copy: read_with(
        adopted(saved("blank.docx", BLANK)), saved("ingevuld.docx", copy), settings, now
    )


def test_answers_beside_labels_that_were_torn_apart_are_doubted(read: Callable[[str], Submission]) -> None:
    whole, torn = read(COPY.replace("S e", "Se").replace("C o", "Co").replace("F u", "Fu")), read(COPY)
    assert answers(torn) == answers(whole)
    assert not whole.problems
    assert {"name", "sector", "contactpersoon", "role"} <= {problem.field for problem in torn.problems}


@pytest.mark.parametrize(
    ("said", "is_doubted"),
    [("vlees   vis   vegetarisch", True), ("vis", False), ("☐ vlees   ☐ vis   ☐ vegetarisch", False)],
)
def test_options_whose_boxes_are_lost_are_doubted(
    said: str, is_doubted: bool, read: Callable[[str], Submission]
) -> None:
    submission = read(COPY.replace("☐ vlees   ☒ vis   ☐ vegetarisch", said))
    assert ("broodjeslunch" in {problem.field for problem in submission.problems}) is is_doubted
