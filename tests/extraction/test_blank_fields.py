"""A PDF with fields that is adopted, and its copies: filled in, printed flat, and ticked over its boxes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from mailbot.config.settings import Settings
from mailbot.domain.form import FieldKind
from mailbot.domain.submission import Submission
from tests.extraction.test_blank_layouts import adopted, answers, read_with

PARTS, COURSES = ("voormiddag", "namiddag"), ("Aquarel", "Boetseren", "Textiel")
_SIDE, _LEFT = 11, 250


def _courses(page: Any, ticked: Iterable[tuple[str, str]]) -> None:
    """Boxes where courses and parts of the day cross, below labels without rules."""
    page.drawString(40, 640, "Ik volg (aankruisen):")
    for n, part in enumerate(PARTS):
        page.drawCentredString(_LEFT + n * 110 + 5, 622, part)
    for row, course in enumerate(COURSES):
        page.drawString(40, 603 - row * 19, course)
        for n, part in enumerate(PARTS):
            page.acroForm.checkbox(
                name=f"Vak{row}{n}",
                x=_LEFT + n * 110,
                y=601 - row * 19,
                size=_SIDE,
                buttonStyle="cross",
                checked=(course, part) in ticked,
            )


def drawn(said: Mapping[str, str], ticked: Iterable[Any] = (), family: Sequence[Sequence[str]] = ()) -> bytes:
    """The form of a summer school, with what is typed, ticked and chosen in it."""
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    page.setFont("Helvetica", 9)
    page.drawString(40, 780, "Inschrijving zomerateliers in het huis van de kunsten")
    page.drawString(40, 764, "Bezorg dit formulier voor het einde van de maand aan het onthaal.")
    for n, label in enumerate(("Familienaam *", "Voornaam *", "Straat *")):
        page.drawString(40, 740 - n * 24, label)
        page.acroForm.textfield(
            name=f"Veld{n}", x=150, y=735 - n * 24, width=200, height=16, value=said.get(label, "")
        )
    _courses(page, ticked)
    page.drawString(40, 530, "Ik schrijf ook deze personen van ons gezin in")
    for x, label in ((40, "Naam en voornaam"), (240, "Cursus")):
        page.drawString(x + 2, 512, label)
        for row in range(2):
            value = (*family, ("", ""), ("", ""))[row][x > 40]
            place = {"x": x, "y": 490 - row * 22, "width": 190, "height": 16}
            page.acroForm.textfield(name=f"Lid{row}{x}", value=value, **place)
    page.drawString(40, 440, "Eerste keer?")
    for x, word in ((150, "ja"), (210, "neen")):
        page.acroForm.radio(
            name="Keuze", value=word, x=x, y=438, size=_SIDE, selected=word == said.get("Eerste keer?")
        )
        page.drawString(x + 16, 440, word)
    page.acroForm.checkbox(
        name="Nieuws", x=40, y=418, size=_SIDE, buttonStyle="cross", checked="nieuws" in ticked
    )
    page.drawString(58, 420, "Hou mij op de hoogte van wat er nog komt")
    page.drawString(40, 396, "Hoe leerde u ons kennen?")
    page.acroForm.choice(
        name="Lijst",
        options=["(maak een keuze)", "krant", "vrienden"],
        value=said.get("Hoe", "(maak een keuze)"),
        x=180,
        y=392,
        width=140,
        height=16,
    )
    page.save()
    return out.getvalue()


def flat(data: bytes) -> bytes:
    """The form as a printer to PDF leaves it: its fields are part of the page."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.flatten_annotations("print")
        for holder, name in ((document.Root, "/AcroForm"), (document.pages[0], "/Annots")):
            if name in holder:
                del holder[name]
        document.save(out)
    return out.getvalue()


def ticked_over(data: bytes) -> bytes:
    """The form with an X typed over the boxes of the last course, as a viewer without fields has it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for x in (_LEFT, _LEFT + 110):
        writer.add_annotation(0, FreeText(text="X", rect=(x + 1, 564, x + 14, 573)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


SAID = {"Familienaam *": "Verhaege", "Voornaam *": "Tine", "Straat *": "Dorp 4", "Eerste keer?": "ja"}


@pytest.fixture
def read(settings: Settings, now: datetime, tmp_path: Path) -> Callable[[bytes], Submission]:
    """Reads a copy of the form, which was adopted as it is."""
    (tmp_path / "blank.pdf").write_bytes(drawn({}))

    def reading(data: bytes) -> Submission:
        (tmp_path / "ingevuld.pdf").write_bytes(data)
        return read_with(adopted(tmp_path / "blank.pdf"), tmp_path / "ingevuld.pdf", settings, now)

    return reading


def test_fields_in_rows_and_columns_are_asked_as_they_are_drawn(tmp_path: Path) -> None:
    (tmp_path / "blank.pdf").write_bytes(drawn({}))
    fields = {field.label: field for field in adopted(tmp_path / "blank.pdf").fields}
    assert list(fields)[:3] == ["Familienaam", "Voornaam", "Straat"]
    assert {*COURSES, *PARTS} & fields.keys() in ({*COURSES}, {*PARTS})
    assert fields["Eerste keer?"].kind is FieldKind.YES_NO
    assert fields["Hou mij op de hoogte van wat er nog komt"].kind is FieldKind.YES_NO
    assert fields["Hoe leerde u ons kennen?"].choices == ("krant", "vrienden")
    assert not fields["Straat"].required  # of the family nobody is asked it


@pytest.mark.parametrize("kept", [bytes, flat], ids=["fields", "flat"])
def test_boxes_rows_and_lists_of_fields_are_read(
    kept: Callable[[bytes], bytes], read: Callable[[bytes], Submission]
) -> None:
    ticked = {("Aquarel", "namiddag"), ("Textiel", "voormiddag"), "nieuws"}
    family = (("Verhaege Lou", "Textiel"), ("Verhaege Nand", "Aquarel"))
    first, *others = answers(read(kept(drawn({**SAID, "Hoe": "krant"}, ticked, family))))
    assert (first["last_name"], first["first_name"]) == ("Verhaege", "Tine")
    assert (first["voormiddag"], first["namiddag"]) == ("Textiel", "Aquarel")
    assert first["eerste_keer"] is True
    assert first["hou_mij_op_de_hoogte_van_wat_er_nog_komt"] is True
    assert first["hoe_leerde_u_ons_kennen"] == "krant"
    named = [({one["first_name"], one["last_name"]}, one["cursus"]) for one in others]
    assert named == [({"Verhaege", "Lou"}, "Textiel"), ({"Verhaege", "Nand"}, "Aquarel")]


@pytest.mark.parametrize("kept", [bytes, flat], ids=["fields", "flat"])
def test_boxes_and_lists_that_nobody_touched_say_nothing(
    kept: Callable[[bytes], bytes], read: Callable[[bytes], Submission]
) -> None:
    (person,) = answers(read(kept(drawn(SAID))))
    assert not {"voormiddag", "namiddag", "hoe_leerde_u_ons_kennen"} & person.keys()
    assert not person.get("hou_mij_op_de_hoogte_van_wat_er_nog_komt")


def test_an_x_typed_over_a_box_ticks_that_box(read: Callable[[bytes], Submission]) -> None:
    (person,) = answers(read(ticked_over(drawn(SAID))))
    assert (person["voormiddag"], person["namiddag"]) == ("Textiel", "Textiel")
