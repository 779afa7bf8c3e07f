"""Word documents (docx, docm; ECMA-376): what a reader of the page sees, in order.

Straight from the XML, because the usual libraries drop content controls, tracked insertions
and text boxes. Macros are never run.
"""

from __future__ import annotations

from lxml import etree

from mailbot.documents.archive import Archive
from mailbot.documents.content import BlockBudget, Content, Unreadable
from mailbot.documents.markup import parse
from mailbot.documents.part_relations import relations
from mailbot.documents.word_body import WordBody
from mailbot.documents.word_styles import WordStyles
from mailbot.domain.document import Block, Location, Unit

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FURNITURE = (("header", Unit.HEADER), ("footer", Unit.FOOTER))


def read(data: bytes, where: Location) -> Content:
    """The blocks of a Word document: the body, then page headers and footers, each once.

    Raises ``Unreadable`` or one of its kinds.
    """
    archive = Archive(data)
    main = dict(reversed(relations(archive, ""))).get("officeDocument", "word/document.xml")
    related = relations(archive, main)
    styles = WordStyles(
        lambda: _bytes(archive, next((path for kind, path in related if kind == "styles"), ""))
    )
    budget = BlockBudget()
    root = _part(archive, main)
    if root is None:
        raise Unreadable("no document")
    blocks: list[Block] = WordBody(styles, budget).blocks(root, where)
    seen: set[str] = set()
    for kind, unit in _FURNITURE:
        for part in (path for relation, path in related if relation == kind):
            element = _part(archive, part)
            found = WordBody(styles, budget).blocks(element, where.at(unit)) if element is not None else []
            text = "\n".join(block.text for block in found)
            if text not in seen:
                blocks += found
                seen.add(text)
    return Content(tuple(blocks), macros=archive.has_macros)


def _part(archive: Archive, name: str) -> etree._Element | None:
    data = _bytes(archive, name)
    return parse(data) if data else None


def _bytes(archive: Archive, name: str) -> bytes:
    return archive.read(name).replace(_STRICT, _USUAL) if name in archive.names else b""
