"""Fills in blank forms the way each program does it: by their fields, cells or lines."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import openpyxl
import pypdf
from lxml import etree
from pypdf.generic import NameObject

from mailbot.domain.form import Form
from mailbot.domain.submission import Value
from mailbot.text.characters import TICKED

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

Answers = Mapping[str, Value]


def docx(blank: bytes, answers: Answers, form: Form) -> bytes:
    """As Word does: text replaces the hint of a control, a tick its empty box."""
    source = zipfile.ZipFile(io.BytesIO(blank))
    root = etree.fromstring(source.read("word/document.xml"))
    for control in root.iter(_W + "sdt"):
        properties, content = control.find(_W + "sdtPr"), control.find(_W + "sdtContent")
        key = properties.find(_W + "tag").get(_W + "val")
        if key not in answers:
            continue
        box = properties.find(_W14 + "checkbox")
        if box is not None:
            alias = properties.find(_W + "alias").get(_W + "val")
            if alias.endswith(": ja" if answers[key] else ": neen"):
                box.find(_W14 + "checked").set(_W14 + "val", "1")
                content.find(f"{_W}r/{_W}t").text = TICKED
            continue
        properties.remove(properties.find(_W + "showingPlcHdr"))
        for run in list(content):
            content.remove(run)
        run = etree.SubElement(content, _W + "r")
        for number, line in enumerate(str(answers[key]).split("\n")):
            if number:
                etree.SubElement(run, _W + "br")
            text = etree.SubElement(run, _W + "t")
            text.text = line
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as filled:
        for name in source.namelist():
            data = etree.tostring(root) if name == "word/document.xml" else source.read(name)
            filled.writestr(name, data)
    return target.getvalue()


def xlsx(blank: bytes, people: list[Answers], form: Form) -> bytes:
    """As Excel does: a row per person under the labels."""
    book = openpyxl.load_workbook(io.BytesIO(blank))
    sheet = book["Inschrijving"]
    header = next(
        cell.row for cell in sheet["A"] if cell.value and cell.value.rstrip(" *") == form.fields[0].label
    )
    for offset, answers in enumerate(people, start=1):
        for column, field in enumerate(form.fields, start=1):
            if field.key in answers:
                cell = sheet.cell(header + offset, column)
                cell.value = _word(answers[field.key])
                cell.data_type = "s"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def txt(blank: bytes, answers: Answers, form: Form) -> bytes:
    """As people do in a mail: the answer behind its label."""
    text = blank.decode()
    for field in form.fields:
        if field.key in answers:
            line = re.compile(rf"^{re.escape(field.label)}[^:\r\n]*: *(?=\r$)", re.M)
            said = _word(answers[field.key])
            text = line.sub(lambda found, said=said: found[0] + said, text, count=1)
    return text.encode()


def pdf(blank: bytes, answers: Answers, form: Form) -> bytes:
    """As Acrobat does: values with appearances."""
    writer = pypdf.PdfWriter(io.BytesIO(blank))
    texts = {key: value for key, value in answers.items() if isinstance(value, str)}
    for page in writer.pages:
        writer.update_page_form_field_values(page, texts, auto_regenerate=False)
        for widget in (w.get_object() for w in page.get("/Annots", ())):
            group = widget.get("/Parent", widget).get_object()
            key = group.get("/T")
            if isinstance(answers.get(key), bool):
                on = NameObject("/" + _word(answers[key]))
                mine = on in widget["/AP"]["/N"]
                widget[NameObject("/AS")] = on if mine else NameObject("/Off")
                group[NameObject("/V")] = on
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _word(value: Value) -> str:
    if isinstance(value, bool):
        return "ja" if value else "neen"
    return value
