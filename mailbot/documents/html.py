"""Web pages, and documents that were saved as one."""

from __future__ import annotations

import re

from mailbot.documents.content import Content, TooLarge
from mailbot.documents.html_layout import MAX_CHARS, MAX_LINES, blocks
from mailbot.documents.txt import decode
from mailbot.domain.document import Block, Location, Paragraph

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)


def read(data: bytes, where: Location) -> Content:
    """The blocks of a page, in the encoding that it declares itself. Raises ``TooLarge`` for a page
    of which a part would be left out."""
    text = _decode(data)
    found = blocks(text, where)
    if len(text) > MAX_CHARS or _lines(found) >= MAX_LINES:
        raise TooLarge("a page without end")
    return Content(found)


def _lines(found: tuple[Block, ...]) -> int:
    return sum(
        1 if isinstance(block, Paragraph) else sum(_lines(cell.blocks) for row in block.rows for cell in row)
        for block in found
    )


def _decode(data: bytes) -> str:
    declared = _DECLARED.search(data[:2048])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # declared wrongly, as pages do: told by the bytes then
    return decode(data)
