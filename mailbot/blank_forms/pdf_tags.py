"""What makes a PDF readable by a screen reader: the order and kind of what stands on it (ISO 32000-1, 14.7
and 14.8), and who made it when."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A piece in reading order: text with its number on its page ("H1", "P"), or ("Form") the field of a
    name."""

    role: str
    page: int
    mark: int = -1
    field: str = ""


def tagged(data: bytes, pieces: Sequence[Tagged], author: str, made: datetime | None) -> bytes:
    """The PDF with its structure; ``made`` (aware) is when, where that is to be told."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
    root_ref = writer._add_object(root)
    document = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject("/Document"),
            NameObject("/P"): root_ref,
        }
    )
    document_ref = writer._add_object(document)
    children, of_page = ArrayObject(), dict[int, dict[int, IndirectObject]]()
    parents: list[tuple[int, PdfObject]] = []
    for piece in pieces:
        page = writer.pages[piece.page]
        kids: list[PdfObject] = []
        element = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/StructElem"),
                NameObject("/S"): NameObject(f"/{piece.role}"),
                NameObject("/P"): document_ref,
                NameObject("/Pg"): _ref(page),
            }
        )
        reference = writer._add_object(element)
        if piece.mark >= 0:
            kids.append(NumberObject(piece.mark))
            of_page.setdefault(piece.page, {})[piece.mark] = reference
        for widget in _widgets(page, piece.field) if piece.field else ():
            number = len(writer.pages) + len(parents)
            widget.get_object()[NameObject("/StructParent")] = NumberObject(number)  # type: ignore[index]
            parents.append((number, reference))
            kids.append(
                DictionaryObject(
                    {
                        NameObject("/Type"): NameObject("/OBJR"),
                        NameObject("/Obj"): widget,
                        NameObject("/Pg"): _ref(page),
                    }
                )
            )
        element[NameObject("/K")] = ArrayObject(kids)
        children.append(reference)
    document[NameObject("/K")] = children
    numbers = ArrayObject()
    for number, page in enumerate(writer.pages):
        page[NameObject("/StructParents")] = NumberObject(number)
        page[NameObject("/Tabs")] = NameObject("/S")
        marks = of_page.get(number, {})
        numbers += [NumberObject(number), ArrayObject(marks[mark] for mark in sorted(marks))]
    for number, element_ref in parents:
        numbers += [NumberObject(number), element_ref]
    root[NameObject("/K")] = document_ref
    root[NameObject("/ParentTree")] = writer._add_object(DictionaryObject({NameObject("/Nums"): numbers}))
    root[NameObject("/ParentTreeNextKey")] = NumberObject(len(writer.pages) + len(parents))
    catalog = writer.root_object
    catalog[NameObject("/StructTreeRoot")] = root_ref
    catalog[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
    catalog[NameObject("/Lang")] = TextStringObject("nl-BE")
    catalog[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    told = {"/Author": author, "/Producer": "mailbot", "/Creator": "mailbot"}
    if made is not None:
        told |= dict.fromkeys(("/CreationDate", "/ModDate"), f"D:{made:%Y%m%d%H%M%S}+00'00'")
    writer.add_metadata(told)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _ref(page: DictionaryObject) -> IndirectObject:
    reference = page.indirect_reference
    assert reference is not None
    return reference


def _widgets(page: DictionaryObject, field: str) -> list[IndirectObject]:
    """The places on a page where a field is filled in."""
    found = []
    for widget in page.get("/Annots", ()):
        held = widget.get_object()
        name = held.get("/T") or held.get("/Parent", DictionaryObject()).get_object().get("/T")
        if name == field:
            found.append(widget)
    return found
