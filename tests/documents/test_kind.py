"""What a document is, whatever its name says."""

import io
import zipfile
from pathlib import Path

import pytest

from mailbot.documents import read
from mailbot.documents.kind import Format, kind
from mailbot.domain.document import Location, ParseStatus, Part, Unit

SAMPLES = Path(__file__).parent / "samples"
MAIL = b"From: jan@damme.example\r\nTo: x@brugge.example\r\nSubject: Inschrijving\r\n\r\nNaam: Jan\r\n"


def members(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return file.getvalue()


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.*")), ids=lambda path: path.name)
def test_a_wrong_name_and_type_do_not_matter(path: Path) -> None:
    expected = Format(path.suffix[1:]) if path.suffix != ".csv" else Format.TEXT
    assert kind(path.read_bytes(), "foto.jpg", "image/jpeg") is expected


@pytest.mark.parametrize(
    ("data", "name", "media_type", "expected"),
    [
        (b"%PDF-1.7\n", "", "", Format.PDF),
        (b"\r\n%PDF-1.4", "form.doc", "", Format.PDF),
        (b"\xff\xd8\xff\xe0", "form.pdf", "", Format.PICTURE),
        (b"\x00\x00\x00\x18ftypheic", "", "", Format.PICTURE),
        (b"  {\\rtf1 x}", "form.doc", "", Format.RTF),
        (MAIL, "", "application/octet-stream", Format.MAIL),
        (MAIL, "bericht.eml", "", Format.MAIL),
        (b"Naam: Jan\nVoornaam: x\nGsm: 1\nE-mail: y\n", "", "", Format.TEXT),
        (MAIL, "antwoord.txt", "text/plain", Format.TEXT),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a",
            "form.doc",
            "",
            Format.MAIL,
        ),
        (b"\x78\x9f\x3e\x22\x01\x00", "winmail.dat", "", Format.WINMAIL),
        (b"BEGIN:VCALENDAR\n", "invite.ics", "text/calendar", Format.OTHER),
        (b"a;b\n", "lijst.csv", "", Format.CSV),
        (b"<table><tr><td>Naam</td></tr></table>", "lijst.xls", "application/vnd.ms-excel", Format.HTML),
        (members("a.docx", "b.pdf"), "", "", Format.ZIP),
        (members("[Content_Types].xml", "xl/workbook.bin"), "lijst.xlsb", "", Format.OTHER),
        (members("[Content_Types].xml", "ppt/presentation.xml"), "x.pptx", "", Format.OTHER),
        (members("Index/Document.iwa"), "x.pages", "", Format.OTHER),
    ],
)
def test_the_bytes_tell(data: bytes, name: str, media_type: str, expected: Format) -> None:
    assert kind(data, name, media_type) is expected


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(MAIL, "message/rfc822"), (b"\x78\x9f\x3e\x22\x01\x00", "application/ms-tnef")],
)
def test_a_message_in_a_file_is_a_child_with_its_true_type(data: bytes, media_type: str) -> None:
    reading = read(
        Part("bericht", "application/octet-stream", data), Location().at(Unit.ATTACHMENT, "bericht")
    )
    assert (reading.state, reading.children) == (ParseStatus.READ, (Part("bericht", media_type, data),))
