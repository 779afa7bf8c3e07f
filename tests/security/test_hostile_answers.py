"""What strangers write into a form is text: in headers, in HTML, in workbooks, on disk."""

from __future__ import annotations

import base64
import re
import zipfile
from email import policy
from email.parser import BytesParser
from pathlib import Path

from openpyxl import load_workbook

from tests.event_sheet.town import Town, answers, person, plain, typed, word_table

EVIL = "eve@damme.example"
FORMULAS = ['=HYPERLINK("http://evil.example","x")', "-1+1", "@SUM(A1:A9)", "+cmd|' /C calc'!A0", "=1+1"]
HTML = '<script>alert(1)</script><img src="http://evil.example/x.png"><a href="http://evil.example">klik</a>'


def test_formulas_are_text_on_every_sheet(town: Town) -> None:
    people = [
        person(
            Naam=f"{formula}",
            Voornaam=f"Eve{number}",
            Functie=formula,
            Opmerkingen=f"\t{formula}",
            **{"E-mail": f"eve{number}@damme.example"},
        )
        for number, formula in enumerate(FORMULAS)
    ]
    town.mail(EVIL, FORMULAS[0], typed(*people))
    for number, one in enumerate(people):
        town.mail(f"eve{number}@damme.example", "-1+1", "", ("=form.docx", word_table(one)))
    town.run()
    assert any(row["Functie"] == FORMULAS[0] for row in town.sheet())
    for path in (town.folder / "workbooks").glob("*.xlsx"):
        book = load_workbook(path)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        assert not re.search(r"evil|cmd|HYPERLINK|SUM\(A1:A9\)|=1\+1", str(cell.value))
        assert "evil.example" not in {
            cell.hyperlink.target or ""
            for sheet in book.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.hyperlink
        }


def test_html_in_an_answer_is_text_in_the_mail(town: Town) -> None:
    town.mail(f'"{HTML[:25]}" <{EVIL}>', "Inschrijving", typed(person(Functie=HTML, Opmerkingen=HTML)))
    mails = town.run()
    assert answers(mails)
    for mail in mails:
        page = mail.get_body(("html",))
        if page is not None:
            shown = str(page.get_content())
            assert "<script" not in shown
            assert 'src="http' not in shown
            assert 'href="http://evil' not in shown


def test_no_answer_adds_a_header(town: Town) -> None:
    breaks = "Jan=0D=0ABcc: all@evil.example"
    word = base64.b64encode(b"Inschrijving\r\nBcc: all@evil.example\n").decode()
    name = base64.b64encode(b"Inschrijving\r\nBcc: all\n").decode()
    raw = (
        f"From: =?utf-8?b?{name}?= <eve@damme.example>\r\n"
        "To: inschrijvingen@example.org\r\n"
        f"Subject: =?utf-8?b?{word}?=\r\n"
        "Message-ID: <evil@damme.example>\r\n"
        "References: <a@b.example>\t<c@d.example> Bcc: all@evil.example\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        f"<table><tr><td>Naam</td><td>{breaks}</td></tr><tr><td>Voornaam</td><td>{breaks}</td></tr>"
        f"<tr><td>Gemeente/OCMW</td><td>Damme</td></tr><tr><td>E-mail</td><td>eve@damme.example</td></tr>"
        "<tr><td>Ik neem deel</td><td>ja</td></tr></table>\r\n"
    )
    town.dovecot.deliver(town.user, raw.encode())
    mails = town.run()
    assert mails
    for data in town.smtp.raw():
        parsed = BytesParser(policy=policy.default).parsebytes(data)
        assert parsed["Bcc"] is None
        assert parsed["Cc"] is None
        assert parsed["X-Envelope-To"] != "all@evil.example"
        assert b"\nBcc:" not in data.partition(b"\r\n\r\n")[0].replace(b"\r", b"")


def test_characters_that_xml_forbids_break_no_workbook(town: Town) -> None:
    odd = "a\x00b\x0bc\ufffed\ud7ff_x0041_\u202eoved"
    town.mail(EVIL, "Inschrijving", typed(person(Functie=odd, Opmerkingen="é" * 40_000)))
    town.run()
    book = load_workbook(town.workbook())  # it opens
    assert len(str(book["Deelnemers"]["E2"].value)) > 3
    with zipfile.ZipFile(town.workbook()) as archive:
        assert archive.testzip() is None


def test_no_output_holds_what_a_terminal_obeys_or_what_turns_the_text_around(town: Town) -> None:
    evil = "\x1b]0;titel\x07\x1b[31mrood\x9b2J\u202egnp.exe\u2066"
    word = base64.b64encode(f"Inschrijving {evil}".encode()).decode()
    town.mail(EVIL, "Inschrijving", typed(person(Functie=f"schepen {evil}", Opmerkingen=evil)))
    town.mail(EVIL, "Inschrijving", typed(person(Naam=f"Pee{evil}")))
    for number, text in enumerate((typed(person(Functie=evil)), f"Kan ik misschien niet komen? {evil}")):
        head = f"From: =?utf-8?b?{word}?= <eve{number}@damme.example>\r\nSubject: =?utf-8?b?{word}?=\r\n"
        head += f"Message-ID: <\x1b[2J{number}@damme.example>\r\nContent-Type: text/plain; charset=utf-8\r\n"
        town.dovecot.deliver(town.user, f"{head}\r\n{text}".encode())
    town.mail(EVIL, "Inschrijving", "zie bijlage", (f"inschrijving{evil}.docx", b"PK\x03\x04kapot"))
    town.mail("ann@damme.example", "Inschrijving", typed(person(Naam="Maes", Voornaam="Ann")))
    town.mail("vreemd@elders.example", "Afmelding", f"Gelieve Ann Maes uit te schrijven.\n{evil}")
    mails = town.run()
    assert len(answers(mails)) > 3
    printed = [town.command("messages"), town.command("registrations", "kis-2026-3"), town.command("status")]
    printed += [town.command("explain", str(number)) for number in range(1, 6)]
    shown = [str(mail["Subject"]) + plain(mail) for mail in mails]
    shown += [str(page.get_content()) for mail in mails if (page := mail.get_body(("html",)))]
    assert "Gelieve" in str(town.sheet("Te behandelen"))
    with zipfile.ZipFile(town.workbook()) as archive:
        shown += [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
    for text in (*printed, *shown):
        assert not set(text) & set("\x1b\x07\x9b\u202e\u2066")


def test_names_of_files_and_messages_are_never_paths(town: Town) -> None:
    before = everything(town)
    town.mail(
        EVIL,
        "../../Inschrijving",
        "Wie kan mij helpen met ../../etc/passwd? Ik kan er niet bij zijn.",
        ("../../../tmp/form.docx", word_table(person(Naam="../../x", Voornaam="C:\\windows"))),
        ("/etc/passwd", b"Naam: root"),
    )
    town.run()
    made = everything(town) - before
    places = {town.folder, town.smtp.folder}
    assert [path for path in made if not places & set(path.parents)] == []
    assert not [path for path in made if ".." in path.name or path.name in ("passwd", "form.docx")]


def everything(town: Town) -> set[Path]:
    """All files around the installation, without the mail server's own."""
    return {path for path in town.folder.parent.rglob("*") if town.dovecot.root not in path.parents}
