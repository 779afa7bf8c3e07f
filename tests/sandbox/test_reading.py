"""Mails with containers in them: what is opened, in what order, under which name, and how far."""

import io
import os
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from mailbot.config.settings import Settings
from mailbot.domain.document import Location, Paragraph, ParsedDocument, ParseStatus, Part
from mailbot.domain.message import Address, Message
from mailbot.pipeline.attachments import read_documents, read_file, read_mail
from mailbot.pipeline.sandbox import Sandbox
from mailbot.sandbox.pool import Budget

SAMPLES = Path(__file__).parent.parent / "documents" / "samples"
FORM = (SAMPLES / "form.docx").read_bytes()


def scan(words: str = "") -> bytes:
    """A PDF of one page that is a picture."""
    picture = Image.new("RGB", (600, 800), "white")
    ImageDraw.Draw(picture).text((50, 50), words, fill="black", font_size=30)
    file = io.BytesIO()
    picture.save(file, "PDF")
    return file.getvalue()


SCAN = scan("Naam: Peeters")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def mail(*attachments: tuple[str, bytes | EmailMessage], text: str = "Beste") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "jan@damme.example", "inschrijvingen@brugge.example"
    message["Subject"] = "Inschrijving"
    message.set_content(text)
    for name, content in attachments:
        if isinstance(content, EmailMessage):
            message.add_attachment(content)
        else:
            message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return file.getvalue()


def summary(readings: tuple[ParsedDocument, ...]) -> list[tuple[str, ParseStatus, str]]:
    return [(r.name, r.state, str(r.blocks[0].where) if r.blocks else "") for r in readings]


def read(message: EmailMessage, sandbox: Sandbox, settings: Settings) -> list[tuple[str, ParseStatus, str]]:
    return summary(read_mail(message.as_bytes(), sandbox, settings)[1])


def test_every_attachment_is_read_in_order(sandbox: Sandbox, settings: Settings) -> None:
    message = mail(("a.docx", FORM), ("b.txt", b"Naam: Jan"), ("c.bin", b"\x00\x01"))
    assert read(message, sandbox, settings) == [
        ("a.docx", ParseStatus.READ, "bijlage a.docx, regel 1"),
        ("b.txt", ParseStatus.READ, "bijlage b.txt, regel 1"),
        ("c.bin", ParseStatus.UNSUPPORTED, ""),
    ]


def test_an_archive_is_opened_and_its_members_named_in_it(sandbox: Sandbox, settings: Settings) -> None:
    inner = zipped(c_txt=b"Naam: Piet")
    message = mail(("alles.zip", zipped(a_docx=FORM, b_zip=inner)))
    assert read(message, sandbox, settings) == [
        ("a.docx", ParseStatus.READ, "bijlage alles.zip, a.docx, regel 1"),
        ("c.txt", ParseStatus.READ, "bijlage alles.zip, b.zip, c.txt, regel 1"),
    ]


def test_archives_in_archives_end_at_a_depth(sandbox: Sandbox, settings: Settings) -> None:
    data = zipped(a_txt=b"Naam: Piet")
    for _ in range(30):
        data = zipped(b_zip=data)
    assert [state for _, state, _ in read(mail(("bom.zip", data)), sandbox, settings)] == [
        ParseStatus.TOO_LARGE
    ]


def test_more_parts_than_anyone_sends_are_not_all_read(sandbox: Sandbox, settings: Settings) -> None:
    names = {f"f{number}_txt": b"x" for number in range(40)}
    message = mail(*[(f"{number}.zip", zipped(**names)) for number in range(4)])
    readings = read(message, sandbox, settings)
    assert sum(state is ParseStatus.READ for _, state, _ in readings) < 100
    assert any(state is ParseStatus.TOO_LARGE for _, state, _ in readings)


def test_attachments_of_a_forwarded_message_are_read(sandbox: Sandbox, settings: Settings) -> None:
    outer = mail(("doorgestuurd", mail(("a.docx", FORM))))
    assert read(outer, sandbox, settings) == [
        ("a.docx", ParseStatus.READ, "doorgestuurd bericht, bijlage a.docx, regel 1")
    ]


def test_a_message_in_an_archive_shows_its_text_and_its_attachments(
    sandbox: Sandbox, settings: Settings
) -> None:
    inner = mail(("a.docx", FORM), text="Naam: Jan").as_bytes()
    readings = read(mail(("map.zip", zipped(bericht_eml=inner))), sandbox, settings)
    assert [(name, state) for name, state, _ in readings] == [
        ("bericht.eml", ParseStatus.READ),
        ("a.docx", ParseStatus.READ),
    ]
    assert readings[0][2].startswith("bijlage map.zip, bericht.eml, ")
    assert readings[1][2] == "bijlage map.zip, bericht.eml, bijlage a.docx, regel 1"


def test_a_logo_and_what_programs_add_are_no_documents(sandbox: Sandbox, settings: Settings) -> None:
    message = mail(("a.txt", b"Naam: Jan"))
    message.add_attachment(
        b"\x89PNG\r\n\x1a\n" + b"x" * 900, maintype="image", subtype="png", filename="logo.png"
    )
    message.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    assert [name for name, _, _ in read(message, sandbox, settings)] == ["a.txt"]


def test_a_damaged_attachment_does_not_hide_the_good_one(sandbox: Sandbox, settings: Settings) -> None:
    message = mail(("stuk.docx", FORM[:9_000]), ("goed.docx", FORM))
    assert [state for _, state, _ in read(message, sandbox, settings)] == [
        ParseStatus.UNREADABLE,
        ParseStatus.READ,
    ]


def test_slow_documents_of_one_mail_do_not_use_up_everybodys_time(settings: Settings) -> None:
    slow = b"{\\rtf1 " + b"\\b a" * 150_000 + b"}"
    message = mail(*[(f"{number}.rtf", slow) for number in range(12)])
    with Sandbox(seconds=0.05) as sandbox:
        readings = read_mail(message.as_bytes(), sandbox, settings)[1]
    assert [(reading.state, reading.out_of_time) for reading in readings] == [
        (ParseStatus.TOO_SLOW, True)
    ] * 12


def test_the_time_of_one_mail_is_processor_time_and_holds_for_all_of_it(
    sandbox: Sandbox, settings: Settings
) -> None:
    slow = Part("traag.rtf", "", b"{\\rtf1 " + b"\\b a" * 100_000 + b"}")
    message = Message("<a@x.example>", Address("a@x.example"), "", None, parts=(slow,) * 20)
    before = os.times()
    readings = read_documents(message, sandbox, settings, Budget(3))
    states = [reading.state for reading in readings]
    assert states[0] is not ParseStatus.TOO_SLOW
    assert states[-1] is ParseStatus.TOO_SLOW
    sandbox.close()  # the children are waited for: their time then counts as ours
    used = os.times()
    assert used.children_user + used.children_system - before.children_user - before.children_system < 8


def test_a_form_file_is_read_without_a_message(sandbox: Sandbox, settings: Settings) -> None:
    message, readings = read_file("forms/form.docx", FORM, sandbox, settings)
    assert message is None
    assert str(readings[0].blocks[0].where) == "regel 1"


def test_a_message_file_is_read_as_the_mail_it_is(sandbox: Sandbox, settings: Settings) -> None:
    message, readings = read_file("x.eml", mail(("a.docx", FORM)).as_bytes(), sandbox, settings)
    assert message is not None
    assert message.sender.email == "jan@damme.example"
    assert summary(readings) == [("a.docx", ParseStatus.READ, "bijlage a.docx, regel 1")]


def test_what_the_time_of_one_mail_does_not_allow_waits_unread(
    sandbox: Sandbox, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailbot.pipeline.attachments._SECONDS", -1.0)
    assert read(mail(("a.docx", FORM)), sandbox, settings) == [("a.docx", ParseStatus.TOO_SLOW, "")]


def test_pictures_are_read_after_documents_and_shown_in_their_order(settings: Settings) -> None:
    asked: list[tuple[str, bool]] = []

    class OneChild(Sandbox):
        def read(self, part: Part, where: Location, **how: Any) -> ParsedDocument:
            asked.append((part.name, how["recognise"]))
            return super().read(part, where, **how)

    photo = b"\xff\xd8\xff" + bytes(40_000)
    message = mail(
        ("a.jpg", photo), ("scan.pdf", SCAN), ("b.zip", zipped(b_docx=FORM)), ("c.txt", b"Naam: Jan")
    )
    with OneChild(children=1) as sandbox:
        names = [name for name, _, _ in read(message, sandbox, settings)]
    assert names == ["a.jpg", "scan.pdf", "b.docx", "c.txt"]
    recognised = [name for name, recognise in asked if recognise]
    assert recognised == ["a.jpg", "scan.pdf"]
    assert [name for name, _ in asked][-2:] == recognised, "after all that is cheap, however deep it lies"


def test_a_line_that_no_form_has_is_cut_and_doubted(sandbox: Sandbox, settings: Settings) -> None:
    _, (reading,) = read_mail(mail(("a.txt", b"Naam: " + b"a" * 50_000)).as_bytes(), sandbox, settings)
    (line,) = reading.blocks
    assert len(line.text) == 8_000
    assert isinstance(line, Paragraph)
    assert line.spans[-1].unsure


def test_more_text_than_a_form_holds_is_too_large(sandbox: Sandbox, settings: Settings) -> None:
    long = ("Naam: Jan\n" * 40_000).encode()
    assert read(mail(("a.txt", long)), sandbox, settings) == [("a.txt", ParseStatus.TOO_LARGE, "")]
    message, _ = read_mail(mail(text=long.decode()).as_bytes(), sandbox, settings)
    assert sum(len(block.text) for block in message.body) <= 300_000
