"""Mails with containers in them: what is opened, in what order, under which name, and how far."""

import io
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailbot.cage import Cage
from mailbot.model import Paragraph, Part, Reading, State
from mailbot.reading import read_file, read_mail
from mailbot.settings import Settings, load

SAMPLES = Path(__file__).parent.parent / "documents" / "samples"
FORM = (SAMPLES / "form.docx").read_bytes()

CONFIG = """
[[mailbox]]
name = "main"
host = "127.0.0.1"
security = "none"
user = "x"
password_env = "X"
since = 2026-01-01
address = "Secretariaat <inschrijvingen@brugge.example>"
[smtp]
host = "127.0.0.1"
security = "none"
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    file = tmp_path_factory.mktemp("config") / "mailbot.toml"
    file.write_text(CONFIG, encoding="utf-8")
    return load(file)


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage() as cage:
        yield cage


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


def summary(readings: tuple[Reading, ...]) -> list[tuple[str, State, str]]:
    return [(r.name, r.state, r.blocks[0].where if r.blocks else "") for r in readings]


def read(message: EmailMessage, cage: Cage, settings: Settings) -> list[tuple[str, State, str]]:
    return summary(read_mail(message.as_bytes(), cage, settings)[1])


def test_every_attachment_is_read_in_order(cage: Cage, settings: Settings) -> None:
    message = mail(("a.docx", FORM), ("b.txt", b"Naam: Jan"), ("c.bin", b"\x00\x01"))
    assert read(message, cage, settings) == [
        ("a.docx", State.READ, "bijlage a.docx, regel 1"),
        ("b.txt", State.READ, "bijlage b.txt, regel 1"),
        ("c.bin", State.UNSUPPORTED, ""),
    ]


def test_an_archive_is_opened_and_its_members_named_in_it(cage: Cage, settings: Settings) -> None:
    inner = zipped(c_txt=b"Naam: Piet")
    message = mail(("alles.zip", zipped(a_docx=FORM, b_zip=inner)))
    assert read(message, cage, settings) == [
        ("a.docx", State.READ, "bijlage alles.zip, a.docx, regel 1"),
        ("c.txt", State.READ, "bijlage alles.zip, b.zip, c.txt, regel 1"),
    ]


def test_archives_in_archives_end_at_a_depth(cage: Cage, settings: Settings) -> None:
    data = zipped(a_txt=b"Naam: Piet")
    for _ in range(30):
        data = zipped(b_zip=data)
    assert [state for _, state, _ in read(mail(("bom.zip", data)), cage, settings)] == [State.TOO_LARGE]


def test_more_parts_than_anyone_sends_are_not_all_read(cage: Cage, settings: Settings) -> None:
    names = {f"f{number}_txt": b"x" for number in range(40)}
    message = mail(*[(f"{number}.zip", zipped(**names)) for number in range(4)])
    readings = read(message, cage, settings)
    assert sum(state is State.READ for _, state, _ in readings) < 100
    assert any(state is State.TOO_LARGE for _, state, _ in readings)


def test_attachments_of_a_forwarded_message_are_read(cage: Cage, settings: Settings) -> None:
    outer = mail(("doorgestuurd", mail(("a.docx", FORM))))
    assert read(outer, cage, settings) == [
        ("a.docx", State.READ, "doorgestuurd bericht, bijlage a.docx, regel 1")
    ]


def test_a_message_in_an_archive_shows_its_text_and_its_attachments(cage: Cage, settings: Settings) -> None:
    inner = mail(("a.docx", FORM), text="Naam: Jan").as_bytes()
    readings = read(mail(("map.zip", zipped(bericht_eml=inner))), cage, settings)
    assert [(name, state) for name, state, _ in readings] == [
        ("bericht.eml", State.READ),
        ("a.docx", State.READ),
    ]
    assert readings[0][2].startswith("bijlage map.zip, bericht.eml, ")
    assert readings[1][2] == "bijlage map.zip, bericht.eml, bijlage a.docx, regel 1"


def test_a_logo_and_what_programs_add_are_no_documents(cage: Cage, settings: Settings) -> None:
    message = mail(("a.txt", b"Naam: Jan"))
    message.add_attachment(
        b"\x89PNG\r\n\x1a\n" + b"x" * 900, maintype="image", subtype="png", filename="logo.png"
    )
    message.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    assert [name for name, _, _ in read(message, cage, settings)] == ["a.txt"]


def test_a_damaged_attachment_does_not_hide_the_good_one(cage: Cage, settings: Settings) -> None:
    message = mail(("stuk.docx", FORM[:9_000]), ("goed.docx", FORM))
    assert [state for _, state, _ in read(message, cage, settings)] == [State.UNREADABLE, State.READ]


def test_slow_documents_of_one_mail_do_not_use_up_everybodys_time(settings: Settings) -> None:
    slow = b"{\\rtf1 " + b"\\b a" * 150_000 + b"}"
    message = mail(*[(f"{number}.rtf", slow) for number in range(12)])
    with Cage(seconds=0.05) as cage:
        readings = read_mail(message.as_bytes(), cage, settings)[1]
    assert [reading.state for reading in readings] == [State.TOO_LARGE] * 12
    assert sum(bool(reading.notes) for reading in readings) <= 3


def test_a_form_file_is_read_without_a_message(cage: Cage, settings: Settings) -> None:
    message, readings = read_file("forms/form.docx", FORM, cage, settings)
    assert message is None
    assert readings[0].blocks[0].where == "regel 1"


def test_a_message_file_is_read_as_the_mail_it_is(cage: Cage, settings: Settings) -> None:
    message, readings = read_file("x.eml", mail(("a.docx", FORM)).as_bytes(), cage, settings)
    assert message is not None
    assert message.sender.email == "jan@damme.example"
    assert summary(readings) == [("a.docx", State.READ, "bijlage a.docx, regel 1")]


def test_what_the_time_of_one_mail_does_not_allow_waits_unread(
    cage: Cage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailbot.reading._SECONDS", -1.0)
    assert read(mail(("a.docx", FORM)), cage, settings) == [("a.docx", State.TOO_LARGE, "")]


def test_pictures_are_read_after_documents_and_shown_in_their_order(settings: Settings) -> None:
    asked: list[str] = []

    class OneChild(Cage):
        def read(self, part: Part, where: str) -> Reading:
            asked.append(part.name)
            return Reading(part.name, State.READ)

    message = mail(("a.jpg", b"\xff\xd8\xff" + bytes(40_000)), ("b.docx", FORM), ("c.txt", b"Naam: Jan"))
    with OneChild(children=1) as cage:
        assert [name for name, _, _ in read(message, cage, settings)] == ["a.jpg", "b.docx", "c.txt"]
    assert asked == ["b.docx", "c.txt", "a.jpg"]


def test_a_line_that_no_form_has_is_cut_and_doubted(cage: Cage, settings: Settings) -> None:
    _, (reading,) = read_mail(mail(("a.txt", b"Naam: " + b"a" * 50_000)).as_bytes(), cage, settings)
    (line,) = reading.blocks
    assert len(line.text) == 8_000
    assert isinstance(line, Paragraph)
    assert line.spans[-1].unsure


def test_more_text_than_a_form_holds_is_too_large(cage: Cage, settings: Settings) -> None:
    long = ("Naam: Jan\n" * 40_000).encode()
    assert read(mail(("a.txt", long)), cage, settings) == [("a.txt", State.TOO_LARGE, "")]
    message, _ = read_mail(mail(text=long.decode()).as_bytes(), cage, settings)
    assert sum(len(block.text) for block in message.body) <= 300_000
