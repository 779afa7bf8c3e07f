"""Which documents a mail holds, where each lies and what becomes of it, however it is packed: read as a child
reads a whole mail, but in this process."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from PIL import Image

from mailbot.domain.document import ParseStatus
from mailbot.message import parse
from mailbot.pipeline import in_place
from mailbot.pipeline.in_place import read_whole
from mailbot.pipeline.sandbox import Setup
from tests.decision.building import settings
from tests.decision.following import parts
from tests.message.ole import compound
from tests.message.test_outlook import WINMAIL, message_streams
from tests.sandbox.test_reading import FORM, SCAN, mail, zipped

HELD = parts(Path(__file__).parent / "follows" / "opened.txt")
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SETUP = Setup(settings(), frozenset())
TEXT = b"Naam: Peeters\nVoornaam: Jan\nGemeente: Damme\nE-mail: jan@damme.example"


def _picture(side: int) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((side, side), 90).save(file, "PNG")
    return file.getvalue()


def _typed(data: bytes, kind: str, name: str) -> EmailMessage:
    message = mail(("a.txt", TEXT))
    major, _, minor = kind.partition("/")
    message.add_attachment(data, maintype=major, subtype=minor, filename=name)
    return message


def _nested(depth: int) -> EmailMessage:
    inner = mail(("a.txt", TEXT))
    for _ in range(depth):
        inner = mail(("fwd", inner), text="Zie hieronder")
    return inner


def _zips(depth: int) -> EmailMessage:
    data = zipped(a_txt=TEXT)
    for _ in range(depth):
        data = zipped(b_zip=data)
    return mail(("c.zip", data))


def _many(files: int) -> EmailMessage:
    names = [f"f{n}_txt" for n in range(files)]
    packed = (zipped(**dict.fromkeys(names[start : start + 33], b"x")) for start in range(0, files, 33))
    return mail(*((f"{n}.zip", data) for n, data in enumerate(packed)))


def _locked() -> bytes:
    """An archive that says it is encrypted."""
    data = bytearray(zipped(a_txt=TEXT))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


MAILS = {
    "no file": mail(text="Ik kom graag."),
    "a form": mail(("a.docx", FORM)),
    "two forms": mail(("a.docx", FORM), ("b.txt", TEXT)),
    "a file without a name": mail(("", TEXT)),
    "an empty file": mail(("a.docx", b""), ("b.txt", TEXT)),
    "what nobody reads": mail(("c.bin", b"\x00\x01"), ("d.exe", b"MZ" + bytes(90))),
    "a damaged form": mail(("a.docx", FORM[:9000])),
    "an archive": mail(("alles.zip", zipped(a_docx=FORM, b_zip=zipped(c_txt=TEXT), d_bin=b"\x00"))),
    "a locked archive": mail(("alles.zip", _locked())),
    "a mail in a mail": mail(("fwd", mail(("a.docx", FORM), text="Kan dit nog?"))),
    "a mail in a file": mail(("bericht.eml", mail(("a.txt", TEXT), text="Dag").as_bytes())),
    "a mail in an archive": mail(
        ("map.zip", zipped(bericht_eml=mail(("a.txt", TEXT), text="Dag").as_bytes()))
    ),
    "a mail without text in an archive": mail(
        ("map.zip", zipped(bericht_eml=mail(("a.txt", TEXT), text="").as_bytes()))
    ),
    "a file of Outlook": mail(("bericht.msg", compound(message_streams()))),
    "a damaged file of Outlook": mail(("bericht.msg", compound(message_streams())[:600])),
    "a winmail.dat": mail(("winmail.dat", WINMAIL)),
    "a logo": mail(("logo.png", b"\x89PNG\r\n\x1a\n" + b"x" * 29_000)),
    "a picture of 29,999 bytes": mail(("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 29_991)),
    "a picture of 30,000 bytes": mail(("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 29_992)),
    "a photo": mail(("foto.png", _picture(220)), ("a.txt", TEXT)),
    "a scan": mail(("scan.pdf", SCAN)),
    "a scan in a mail in an archive": mail(
        ("map.zip", zipped(bericht_eml=mail(("scan.pdf", SCAN)).as_bytes()))
    ),
    "a gif by its bytes": mail(("a.bin", b"GIF89a" + bytes(90))),
    "a picture by its kind": _typed(b"x" * 90, "image/x-any", "a.dat"),
    **{
        f"what programs add: {kind}": _typed(b"x" * 90, kind, "a.dat")
        for kind in (
            "application/pkcs7-signature",
            "application/pgp-keys",
            "text/vcard",
            "text/x-vcard",
            "text/calendar",
            "text/rfc822-headers",
            "text/other",
            "application/PGP-Signature",
        )
    },
    "in its place another text": mail(("a.docx.txt", b"Deze bijlage is verwijderd."), ("b.txt", TEXT)),
    **{f"mails in mails, {n} deep": _nested(n) for n in (1, 3, 4, 5)},
    **{f"archives in archives, {n} deep": _zips(n) for n in (1, 9, 10, 11, 12)},
    **{f"archives of {n} files": _many(n) for n in (95, 96, 97, 98)},
    "text in the mail and a form": mail(
        ("a.docx", FORM), text="Naam: Peeters\nVoornaam: Jan\nGemeente: Damme"
    ),
}


def _opened(message: EmailMessage) -> Iterator[str]:
    whole = read_whole(message.as_bytes(), SETUP, NOW, frozenset())
    if whole is None:
        yield "holds pictures of text"
        return
    _, documents, said = whole
    if len(documents) > 12:
        states = [one.state for one in documents]
        yield ", ".join(f"{states.count(state)} {state}" for state in ParseStatus if state in states)
        documents = (*documents[:1], *documents[-2:])
    for one in documents:
        first = one.blocks[0] if one.blocks else None
        says = f"{first.where} “{first.text[:40]}”" if first else ""
        yield f"{one.name or 'nameless'}: {one.state} {says}"
    if said:
        people = [person.text("last_name") for person in said.people]
        yield f"{said.found}, people {people}, unread {[f'{name} {state}' for name, state in said.unread]}"


def examples() -> dict[str, str]:
    """Each mail, a line a document."""
    return {name: "\n".join(_opened(message)) for name, message in MAILS.items()}


def test_what_is_found_in_each_mail() -> None:
    assert examples() == HELD


def test_of_who_waits_no_document_is_opened() -> None:
    raw = MAILS["a form"].as_bytes()
    message, documents, said = read_whole(raw, SETUP, NOW, frozenset({"jan@damme.example"})) or (
        None,
        None,
        None,
    )
    assert message is not None
    assert message.sender.email == "jan@damme.example"
    assert [(part.name, part.data) for part in message.parts] == [("a.docx", b"")]
    assert (documents, said) == ((), None)


def test_a_child_reads_what_is_no_mail_of_ours_as_the_reader_does() -> None:
    reader = in_place._InPlace()
    assert reader.size == 1
    raw = MAILS["a form"].as_bytes()
    assert reader.parse(raw, frozenset(), "") == parse(raw, frozenset(), "")
