"""Layouts of blank forms: each is drawn, adopted without a correction, and its filled-in copies are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.table import Table, _Cell

from mailbot.config.settings import Settings
from mailbot.documents import read as read_document
from mailbot.domain.document import Location, Part
from mailbot.domain.form import Form
from mailbot.domain.submission import Submission
from mailbot.extraction.adoption import fields_of
from mailbot.extraction.template import template_of
from mailbot.pipeline.interpret import understand

#: What draws a form: a document to save, with what was written at each name; nothing written is the blank.
Draw = Callable[[Mapping[str, str]], Any]


@pytest.fixture
def copies(settings: Settings, now: datetime, tmp_path: Path) -> Callable[..., Submission]:
    """Adopts what ``draw`` draws and reads a copy with something written on it."""

    def understood(draw: Draw, said: Mapping[str, str], suffix: str = ".docx") -> Submission:
        blank, copy = tmp_path / f"blank{suffix}", tmp_path / f"ingevuld{suffix}"
        draw({}).save(blank)
        draw(said).save(copy)
        form = adopted(blank)
        return understand(
            None,
            (read_document(Part(copy.name, "", copy.read_bytes()), Location()),),
            replace(settings, forms={form.id: form}),
            frozenset(),
            now,
        )

    return understood


def adopted(*blanks: Path) -> Form:
    """The form that adopting some blanks gives, uncorrected."""
    first = read_document(Part(blanks[0].name, "", blanks[0].read_bytes()), Location())
    fields = tuple(one.field for one in fields_of(template_of(first.blocks)))
    return Form(id="adopted", title="Overgenomen", field=fields, blank=tuple(map(str, blanks)))


def answers(submission: Submission) -> list[dict[str, Any]]:
    """Per person the answers by key."""
    return [{key: answer.value for key, answer in one.answers.items()} for one in submission.people]


def asked(cell: Document | _Cell, labels: Mapping[str, str], said: Mapping[str, str]) -> Table:
    """A table of labels with an empty cell each, and what was written in it; ``labels`` by name."""
    table = (
        cell.add_table(len(labels), 2)
        if isinstance(cell, _Cell)
        else cell.add_table(rows=len(labels), cols=2)
    )
    for row, (name, label) in zip(table.rows, labels.items(), strict=True):
        row.cells[0].text, row.cells[1].text = label, said.get(name, "")
    return table


def tables_in_tables(said: Mapping[str, str]) -> Document:
    """Two parts of a form side by side, each a table in a cell."""
    document = docx.Document()
    document.add_paragraph("Inschrijving vormingsdag mantelzorg")
    outer = document.add_table(1, 2)
    left, right = outer.rows[0].cells
    left.text, right.text = "Deelnemer", "Diensthoofd"
    labels = {"last": "Familienaam", "first": "Voornaam", "mail": "E-mail werk", "day": "Voorkeurdag"}
    asked(left, labels, said)
    asked(right, {"head": "Naam", "head mail": "E-mail"}, said)
    document.add_paragraph("Bezorg dit blad voor 1 december aan de vormingsdienst, lokaal 3.12")
    return document


def test_each_part_of_a_form_in_a_cell_is_asked_and_read_by_itself(copies: Callable[..., Submission]) -> None:
    said = {
        "last": "Verschaeve", "first": "Loes", "day": "dinsdag",
        "head": "Bram Houthoofd", "head mail": "bram@zorgpunt.example",
    }  # fmt: skip
    read = copies(tables_in_tables, said)
    assert answers(read) == [
        {
            "last_name": "Verschaeve", "first_name": "Loes", "voorkeurdag": "dinsdag",
            "naam": "Bram Houthoofd", "e_mail": "bram@zorgpunt.example",
        }
    ]  # fmt: skip


def test_the_address_of_a_superior_is_nobody_to_write_to(tmp_path: Path) -> None:
    tables_in_tables({}).save(tmp_path / "blank.docx")
    kinds = {field.label: field.kind.value for field in adopted(tmp_path / "blank.docx").fields}
    assert (kinds["E-mail werk"], kinds["E-mail"]) == ("email", "text")
