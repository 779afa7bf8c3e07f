"""Web pages, and documents that were saved as one."""

from __future__ import annotations

import re

from mailbot.documents.content import Content
from mailbot.documents.txt import decode
from mailbot.html_blocks import blocks

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)


def read(data: bytes, where: str) -> Content:
    """The blocks of a page, in the encoding that it declares itself."""
    return Content(tuple(blocks(_decode(data), where)))


def _decode(data: bytes) -> str:
    declared = _DECLARED.search(data[:2048])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass  # declared wrongly, as pages do: told by the bytes then
    return decode(data)
