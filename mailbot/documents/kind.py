"""What a document is, told by its first bytes and its inside, never by its name alone.

People rename files, phones send everything as ``application/octet-stream``, and a form saved
as a web page calls itself ``.doc``. The name decides only between plain text and CSV.
"""

from __future__ import annotations

import re
from enum import StrEnum

from mailbot.documents.archive import Archive
from mailbot.documents.content import Empty, Protected, Unreadable
from mailbot.documents.txt import decode


class Format(StrEnum):
    """The formats that are told apart."""

    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"
    ZIP = "zip"
    DOC = "doc"
    XLS = "xls"
    MSG = "msg"
    RTF = "rtf"
    PDF = "pdf"
    PICTURE = "picture"
    HTML = "html"
    CSV = "csv"
    TEXT = "text"
    MAIL = "mail"
    WINMAIL = "winmail"
    FLAT = "flat"
    OTHER = "other"


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
#: The root of an Office document saved as one XML file: Word and Excel 2003, flat OPC, flat OpenDocument.
#: A web page that Office saved names the same namespaces, and begins with <html.
_FLAT = re.compile(
    rb"<(?:\w+:)?(?:wordDocument|Workbook|package|document)\b[^>]*(?:office/word/2003/wordml|office:spreadsheet"
    rb"|office/2006/xmlPackage|opendocument:xmlns:office)"
)
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
#: How CMS begins that only a key can open (RFC 5652, RFC 5083): enveloped, encrypted, authenticated too.
_ENCRYPTED = tuple(
    bytes.fromhex(f"06{len(one) // 2:02x}{one}")
    for one in ("2a864886f70d010703", "2a864886f70d010704", "2a864886f70d010706", "2a864886f70d0109100117")
)
_PGP = b"-----BEGIN PGP MESSAGE"
_HTML = re.compile(rb"<\s*(!doctype\s+html|html|head|body|table|div|p|meta|span|br)\b", re.I)
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){3}")
_MAIL_HEADERS = re.compile(
    rb"^(from|to|subject|date|message-id|mime-version|received|return-path):", re.I | re.M
)


def kind(data: bytes, name: str, media_type: str) -> Format:
    """The format of these bytes; raises ``Unreadable`` or ``Protected`` where the container that
    should tell is damaged or locked."""
    head = data[:4096]
    if not data.strip():
        raise Empty("no bytes")
    _without_seal(head, name, media_type)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(data)
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        return Format.RTF
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Format.PICTURE
    if head[4:8] == b"ftyp" and head[8:11] in (b"hei", b"mif", b"avi", b"hev"):
        return Format.PICTURE
    if head.startswith(b"\x78\x9f\x3e\x22"):
        return Format.WINMAIL
    return _written(head, name.lower(), media_type.lower())


def _without_seal(head: bytes, name: str, media_type: str) -> None:
    """Raises ``Protected`` for mail that needs a key, ``Unreadable`` for other S/MIME: what could be opened
    without a key was, with the mail itself."""
    if head.startswith(_PGP):
        raise Protected("encrypted mail")
    if media_type.lower() in _SEALED or name.lower().endswith(".p7m"):
        raise (
            Protected("encrypted mail") if any(mark in head for mark in _ENCRYPTED) else Unreadable("S/MIME")
        )


def _zipped(data: bytes) -> Format:
    archive = Archive(data)
    names = archive.names
    if "mimetype" in names or "META-INF/manifest.xml" in names:
        mime = archive.read("mimetype") if "mimetype" in names else archive.read("META-INF/manifest.xml")
        for start, found in ((b"opendocument.text", Format.ODT), (b"opendocument.spreadsheet", Format.ODS)):
            if start in mime:
                return found
    if "xl/workbook.bin" in names or any(name.endswith(".iwa") for name in names):
        return Format.OTHER  # Excel's binary workbook, and the formats of Pages and Numbers
    if "[Content_Types].xml" in names:
        for folder, found in (("word/", Format.DOCX), ("xl/", Format.XLSX)):
            if any(name.startswith(folder) for name in names):
                return found
        types = archive.read("[Content_Types].xml")
        if b"wordprocessingml" in types:
            return Format.DOCX
        return Format.XLSX if b"spreadsheetml" in types else Format.OTHER
    return Format.ZIP


def _compound(data: bytes) -> Format:
    import olefile  # only the older Office formats need it

    try:
        with olefile.OleFileIO(data) as container:
            streams = {"/".join(path).lower() for path in container.listdir()}
    except Exception as error:  # olefile raises whatever a damaged file provokes
        raise Unreadable("damaged compound file") from error
    if "encryptedpackage" in streams:
        raise Protected("Office encryption")
    if "worddocument" in streams:
        return Format.DOC
    if streams & {"workbook", "book"}:
        return Format.XLS
    if any(stream.startswith("__properties_version1.0") for stream in streams):
        return Format.MSG
    return Format.OTHER


#: Media types and endings of what is text, and is told by them alone.
_CARDS = ({"text/calendar", "text/vcard", "text/x-vcard"}, (".ics", ".vcf"))
_LISTS = ({"text/csv", "text/tab-separated-values"}, (".csv", ".tsv"))


def _is_called(kind: tuple[set[str], tuple[str, ...]], name: str, media_type: str) -> bool:
    types, endings = kind
    return media_type in types or name.endswith(endings)


def _written(head: bytes, name: str, media_type: str) -> Format:
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_wide(head)
    plain = decode(head).encode() if wide else head
    if _is_no_text(plain) or _is_called(_CARDS, name, media_type):
        return Format.OTHER
    if media_type.startswith("message/rfc822") or name.endswith(".eml") or _is_message(plain, name):
        return Format.MAIL
    if plain.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and _FLAT.search(plain):
        return Format.FLAT
    if _HTML.search(plain[:2048]) and (plain.lstrip()[:1] in (b"<", b"\xef") or "html" in media_type):
        return Format.HTML
    if _is_called(_LISTS, name, media_type):
        return Format.CSV
    if plain.startswith((b"-----BEGIN", b"<?xml")) and not name.endswith(".txt"):
        return Format.OTHER
    return Format.TEXT if plain.strip() or not name else Format.OTHER


def _is_no_text(plain: bytes) -> bool:
    if b"\x00" in plain or plain.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        return True
    return sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in plain) > len(plain) // 50


def _is_message(plain: bytes, name: str) -> bool:
    normal = plain.replace(b"\r\n", b"\n")
    if normal.lower().startswith(b"mime-version:") and b"multipart/related" in normal.lower():
        return True  # a web archive, as Word saves one: a message in all but name
    many = bool(_MAIL.match(normal)) and len(_MAIL_HEADERS.findall(normal)) >= 3
    return many and not name.endswith((".txt", ".csv"))


def _looks_wide(head: bytes) -> bool:
    """UTF-16 without its mark: every other byte of plain letters is zero."""
    half = len(head) // 2
    return half >= 4 and max(head[0::2].count(0), head[1::2].count(0)) > half * 0.6
