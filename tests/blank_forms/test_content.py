"""What stands on a blank form, and in which shape."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pypdf
import pytest
from lxml import etree
from PIL import Image

from mailbot import blank_forms, documents
from mailbot.config.logo import Logo, read_logo
from mailbot.domain.document import Location, Part
from mailbot.domain.form import MARK
from mailbot.extraction.blank_lines import BlankForm
from tests.blank_forms.building import EVENTS, INSTALLED

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _made(suffix: str, event: str = "kennisplatform") -> bytes:
    return blank_forms.make(INSTALLED.events[event], INSTALLED.forms[event], suffix, INSTALLED)


def _text(data: bytes, suffix: str) -> str:
    reading = documents.read(Part(f"f.{suffix}", "", data), Location())
    return "\n".join(block.text for block in reading.blocks)


@pytest.mark.parametrize("suffix", blank_forms.FORMATS)
def test_it_says_what_when_where_until_when_to_whom_and_why(suffix: str) -> None:
    text = _text(_made(suffix), suffix)
    for said in (
        "Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken",
        "Najaarsbijeenkomst & overleg",
        "donderdag 3 december 2026, 14.00 tot 17.00 uur",
        "OC De Kleine Beer, C. Marichalstraat 5, 8730 Beernem",
        "tot en met maandag 23 november 2026",
        "Stuur dit formulier terug naar inschrijvingen@wvi.example.",
        "Wij gebruiken deze persoonsgegevens alleen om dit te organiseren.",
        "An Claes, 050 12 34 56, an.claes@wvi.example",
    ):
        assert said in " ".join(text.split())
    event = INSTALLED.events["kennisplatform"]
    mark = MARK.search(text)
    assert mark
    assert mark["event"] == event.id
    assert mark["version"] == event.version(INSTALLED.forms["kennisplatform"])


def test_a_form_goes_back_to_the_mailbox_of_its_event() -> None:
    main = INSTALLED.mailboxes[0]
    other = main.model_copy(update={"name": "second", "address": "netwerk@wvi.example"})
    both = replace(INSTALLED, mailboxes=(main, other))
    event = INSTALLED.events["kennisplatform"].model_copy(update={"mailbox": "second"})
    made = blank_forms.make(event, INSTALLED.forms["kennisplatform"], "txt", both)
    assert "Stuur dit formulier terug naar netwerk@wvi.example." in _text(made, "txt")


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("suffix", blank_forms.FORMATS)
def test_every_line_it_shows_is_among_the_lines_of_the_blank(suffix: str, event: str) -> None:
    known = BlankForm(blank_forms.lines(INSTALLED.events[event], INSTALLED.forms[event], INSTALLED))
    pieces = re.split(r"[\n\t☐]|: $", _text(_made(suffix, event), suffix))
    shown = [piece for piece in (p.strip(" :*") for p in pieces) if piece]
    assert [piece for piece in shown if not known.has(piece)] == []


@pytest.mark.parametrize("suffix", blank_forms.FORMATS)
def test_the_same_form_is_the_same_text_each_time(suffix: str) -> None:
    assert _text(_made(suffix), suffix) == _text(_made(suffix), suffix)


@pytest.mark.parametrize("suffix", ["docx", "pdf", "txt"])
def test_the_same_form_is_the_same_file_byte_for_byte(suffix: str) -> None:
    assert _made(suffix) == _made(suffix)


def test_word_names_each_control_by_its_key_and_label() -> None:
    package = zipfile.ZipFile(io.BytesIO(_made("docx")))
    root = etree.fromstring(package.read("word/document.xml"))
    form = INSTALLED.forms["kennisplatform"]
    tags = [tag.get(_W + "val") for tag in root.iter(_W + "tag")]
    assert list(dict.fromkeys(tags)) == [field.key for field in form.fields]
    ids = [number.get(_W + "val") for number in root.iter(_W + "id")]
    assert len(set(ids)) == len(ids)
    assert "nl-BE" in package.read("word/styles.xml").decode()


def test_pdf_names_each_field_by_its_key_and_label() -> None:
    reader = pypdf.PdfReader(io.BytesIO(_made("pdf")))
    fields = reader.get_fields() or {}
    form = INSTALLED.forms["kennisplatform"]
    assert list(fields) == [field.key for field in form.fields]
    assert all(field.get("/MaxLen") is None for field in fields.values())
    assert reader.trailer["/Root"]["/Lang"] == "nl-BE"


def test_excel_offers_what_can_be_chosen_and_keeps_leading_zeros() -> None:
    book = openpyxl.load_workbook(io.BytesIO(_made("xlsx")))
    sheet = book["Inschrijving"]
    (rule,) = sheet.data_validations.dataValidation
    first, last = (str(rule.sqref).split(":") * 2)[:2]
    assert [cell.value for cell in book["Keuzes"]["A"]] == ["ja", "neen"]
    assert sheet[first].number_format == "@"
    assert sheet[last].row - sheet[first].row == 24


def test_the_file_is_called_by_title_and_date() -> None:
    event, form = INSTALLED.events["kennisplatform"], INSTALLED.forms["kennisplatform"]
    title = "Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken"
    assert blank_forms.file_name(event, form, "docx") == f"{title} 2026-12-03.docx"
    named = form.model_copy(update={"title": '../"Naam"/van\\een: formulier?'})
    undated = event.model_copy(update={"starts": None, "ends": None})
    assert blank_forms.file_name(undated, named, "pdf") == "Naam van een formulier.pdf"


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(KeyError):
        _made("odt")


@pytest.fixture
def logo(tmp_path: Path) -> Logo:
    """A picture of 40 by 10."""
    Image.new("RGB", (40, 10), (47, 109, 140)).save(tmp_path / "logo.png")
    return read_logo(tmp_path / "logo.png")


@pytest.mark.parametrize("suffix", ["docx", "pdf", "xlsx"])
def test_it_carries_the_logo_its_author_and_when_it_was_made(suffix: str, logo: Logo) -> None:
    settings = replace(INSTALLED, logo=logo)
    event, form = settings.events["kennisplatform"], settings.forms["kennisplatform"]
    now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    data = blank_forms.make(event, form, suffix, settings, now)
    if suffix == "pdf":
        told = pypdf.PdfReader(io.BytesIO(data))
        assert told.metadata is not None
        assert (told.metadata.author, told.metadata.creation_date) == (settings.signed, now)
        assert len(told.pages[0].images) == 1
        assert event.title in str(told.metadata.subject)
        assert not {str(text) for text in told.metadata.values()} & {"unspecified", "anonymous"}
        return
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert [name for name in names if name.endswith(".png")]
    core = zipfile.ZipFile(io.BytesIO(data)).read("docProps/core.xml").decode()
    assert settings.signed in core
    assert "2026-11-02T09:00:00Z" in core


def test_a_pdf_says_its_structure_and_what_is_required() -> None:
    read = pypdf.PdfReader(io.BytesIO(_made("pdf")))
    catalog = read.trailer["/Root"].get_object()
    assert catalog["/MarkInfo"]["/Marked"].value
    document = catalog["/StructTreeRoot"]["/K"].get_object()
    roles = [kid.get_object()["/S"] for kid in document["/K"]]
    assert roles[0] == "/H1"
    form = INSTALLED.forms["kennisplatform"]
    assert roles.count("/Form") == len(form.fields)
    fields = read.get_fields() or {}
    required = {key for key, field in fields.items() if int(field.get("/Ff", 0)) & 2}
    assert required == {field.key for field in form.fields if field.required}


def test_word_prints_no_hints_and_excel_one_page() -> None:
    document = zipfile.ZipFile(io.BytesIO(_made("docx"))).read("word/document.xml").decode()
    assert "Klik hier" not in document
    sheet = openpyxl.load_workbook(io.BytesIO(_made("xlsx")))["Inschrijving"]
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (1, True)
