"""Plain text in any encoding that programs on Belgian desks write."""

from __future__ import annotations

import codecs

from mailbot.documents.content import BlockBudget, Content
from mailbot.domain.document import Location, Paragraph, Span, Unit
from mailbot.text.characters import uniform

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read(data: bytes, where: Location) -> Content:
    """A paragraph for each line that is not empty, numbered as an editor numbers them."""
    budget = BlockBudget()
    blocks: list[Paragraph] = []
    for number, line in enumerate(decode(data).splitlines(), 1):
        text = uniform(line).rstrip()
        if text.strip():
            budget.spend()
            blocks.append(Paragraph((Span(text),), where.at(Unit.LINE, number)))
    return Content(tuple(blocks))


def decode(data: bytes) -> str:
    """The text of these bytes: by its mark, else UTF-8, UTF-16 by its zeros, else cp1252.

    Never raises: what no encoding explains becomes the replacement character.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if len(data) >= 8 and data[:4096].count(0) > len(data[:4096]) // 4:
        little = data[1:4096:2].count(0) > data[0:4096:2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # cp1252 leaves five bytes undefined; latin-1 gives controls there, which uniform drops.
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            return data.decode("latin-1")
