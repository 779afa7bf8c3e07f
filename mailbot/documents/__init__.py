"""Documents become blocks: one file per format, and this table says which reads which.

A reader is ``read(data: bytes, where: Location) -> Content``; it may raise ``Unreadable`` or one of
its kinds (``Protected``, ``TooLarge``, ``Unsupported``). It never interprets labels. To add a
format: a file beside these, a ``Format`` in ``kind.py``, a row here.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from mailbot.documents.content import Content, OnlyPictures, Unreadable, Unsupported, with_filled_boxes
from mailbot.documents.kind import Format, kind
from mailbot.domain.document import Location, ParsedDocument, ParseStatus, Part

#: Bytes of one document; more is never opened.
MOST_BYTES = 30 * 1024 * 1024

# Format → module in this package. Imported when first met: most mail needs one or two of them.
_READERS = {
    Format.DOCX: "docx",
    Format.DOC: "doc",
    Format.ODT: "odt",
    Format.RTF: "rtf",
    Format.PDF: "pdf",
    Format.XLSX: "xlsx",
    Format.XLS: "xls",
    Format.ODS: "ods",
    Format.CSV: "csv",
    Format.TEXT: "txt",
    Format.HTML: "html",
    Format.ZIP: "zip",
    Format.PICTURE: "scan",
    Format.FLAT: "flat",
}

# Messages inside messages are opened by pipeline/attachments.py, which knows about mail.
_MESSAGES = {
    Format.MAIL: "message/rfc822",
    Format.MSG: "application/vnd.ms-outlook",
    Format.WINMAIL: "application/ms-tnef",
}


def read(part: Part, where: Location, recognise: bool = True) -> ParsedDocument:
    """What a part shows. ``where`` names it for people ("bijlage inschrijving.docx") and begins
    the source of each block. What holds only pictures of text costs much, and is left as ``PICTURES``
    where it is not to be recognised.

    Never raises on a bad document: its state says what is the matter. A message in a file
    (``.eml``, ``.msg``, ``winmail.dat``) comes back as a child with its true media type.
    """
    if len(part.data) > MOST_BYTES:
        return ParsedDocument(part.name, ParseStatus.TOO_LARGE)
    try:
        found = kind(part.data, part.name, part.media_type)
        if found in _MESSAGES:
            return ParsedDocument(
                part.name, ParseStatus.READ, children=(Part(part.name, _MESSAGES[found], part.data),)
            )
        if found is Format.PICTURE and not recognise:
            return ParsedDocument(part.name, ParseStatus.PICTURES)
        content = _content(found, part.data, where, recognise)
    except Unreadable as trouble:
        return ParsedDocument(part.name, trouble.state)
    except MemoryError:
        return ParsedDocument(part.name, ParseStatus.TOO_LARGE)
    except Exception:  # noqa: BLE001  libraries on hostile bytes raise anything; damage is what it means
        return ParsedDocument(part.name, ParseStatus.UNREADABLE)
    return ParsedDocument(
        part.name,
        ParseStatus.READ,
        with_filled_boxes(content.blocks),
        content.children,
        content.recognised,
        content.notes,
        macros=content.macros,
        uncalculated=content.uncalculated,
    )


def _content(found: Format, data: bytes, where: Location, recognise: bool) -> Content:
    try:
        return _reader(found)(data, where)
    except OnlyPictures as pictures:
        if not recognise:
            raise
        from mailbot.documents import scan

        return scan.read_pdf(pictures.data, where, pictures.pages)


def _reader(found: Format) -> Callable[[bytes, Location], Content]:
    if found not in _READERS:
        raise Unsupported(found)
    reader: Callable[[bytes, Location], Content] = import_module(f"{__name__}.{_READERS[found]}").read
    return reader
