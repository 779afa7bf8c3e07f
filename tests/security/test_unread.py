"""Mail whose content lies elsewhere than in its text: in a letter beside it, or where nobody can read it."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from email.message import EmailMessage

import docx
import pytest
from openpyxl import Workbook, load_workbook

from tests.event_sheet.test_lists import choose
from tests.event_sheet.town import Town, answers, person, typed, word_table

JAN = "jan.peeters@damme.example"
EVE = "eve@evil.example"
HIMSELF = f"Jan Peeters <{JAN}>"
COMES = "Hierbij schrijf ik mij in voor het Kennisplatform Intergemeentelijk Samenwerken."
LEAVES = "Hierbij meld ik mij af voor het Kennisplatform Intergemeentelijk Samenwerken."
BROKEN = b"PK\x03\x04 no document"


def letter(said: str, name: str = "Jan Peeters") -> tuple[str, bytes]:
    return lines_of_letter("Geachte", said, "Met vriendelijke groeten", name)


def lines_of_letter(*lines: str) -> tuple[str, bytes]:
    document, out = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return "brief.docx", out.getvalue()


@pytest.mark.parametrize("text", ["", "Zie bijlage.\n\nMet vriendelijke groeten\nJan Peeters"])
def test_a_letter_beside_an_empty_mail_is_read_as_its_words(town: Town, text: str) -> None:
    said = town.mail(HIMSELF, "brief", text, letter(COMES))
    town.run()
    assert [row["Naam"] for row in town.sheet()] == ["Peeters"]
    assert town.outcome(said) in ("registered", "incomplete")


def test_a_letter_that_withdraws_is_its_writers(town: Town) -> None:
    town.mail(HIMSELF, "Inschrijving", typed(person()))
    town.mail(HIMSELF, "brief", "zie bijlage", letter(LEAVES))
    town.run()
    assert [row["Status"] for row in town.sheet()] == ["Afgemeld"]


@pytest.mark.parametrize("subject", ["brief", "Uitschrijving"])
def test_a_letter_that_another_signed_is_a_case(town: Town, subject: str) -> None:
    town.mail(HIMSELF, "Inschrijving", typed(person()))
    said = town.mail(HIMSELF, subject, "zie bijlage", letter(LEAVES, "An Claes"))
    town.run()
    assert ([row["Status"] for row in town.sheet()], town.outcome(said)) == (["Ingeschreven"], "review")


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (("Jan Peeters", "Markt 1", "Beste Jan"), ("An Claes",)),
        (("Van: An Claes", "Aan:", "Jan Peeters"), ()),
        (("Jan Peeters",), ("Met vriendelijke groeten", "Claes, Gemeente Brugge")),
    ],
)
@pytest.mark.parametrize(("said", "rows"), [(COMES, []), (LEAVES, ["Ingeschreven"])])
def test_a_letter_to_somebody_who_passes_it_on_is_a_case(
    town: Town, above: tuple[str, ...], below: tuple[str, ...], said: str, rows: list[str]
) -> None:
    for _ in rows:
        town.mail(HIMSELF, "Inschrijving", typed(person()))
    brought = town.mail(HIMSELF, "brief", "zie bijlage", lines_of_letter(*above, said, *below))
    town.run()
    assert ([row["Status"] for row in town.sheet()], town.outcome(brought)) == (rows, "review")


def test_a_letter_from_an_address_without_a_name_is_a_case(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    said = town.mail(JAN, "brief", "zie bijlage", lines_of_letter("Beste", LEAVES, "----", "An Claes"))
    town.run()
    assert ([row["Status"] for row in town.sheet()], town.outcome(said)) == (["Ingeschreven"], "review")


def encrypted(town: Town) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = HIMSELF, "inschrijvingen@example.org", "Uitschrijving"
    mail["Message-ID"] = f"<sealed.{town.user}>"
    mail["Content-Type"] = "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m"
    mail["Content-Transfer-Encoding"] = "base64"
    mail.set_payload("MIIBogYJKoZIhvcNAQcDoIIBkzCCAY8CAQAxggEq\n")
    town.dovecot.deliver(town.user, mail.as_bytes(), received=datetime.now(UTC))


def damaged(town: Town) -> None:
    town.mail(HIMSELF, "Uitschrijving", "Zie bijlage.", ("brief.docx", BROKEN))


def sealed_in_its_text(town: Town) -> None:
    town.mail(HIMSELF, "Verontschuldigd", "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----")


@pytest.mark.parametrize("send", [encrypted, damaged, sealed_in_its_text])
def test_a_subject_above_what_cannot_be_read_withdraws_nobody(town: Town, send: object) -> None:
    town.mail(HIMSELF, "Inschrijving", typed(person()))
    town.run()
    assert callable(send)
    send(town)
    assert town.run() == []
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]
    assert len(town.open_cases()) == 1
    town.decide("Peeters", "afmelden")
    town.run()
    assert [row["Status"] for row in town.sheet()] == ["Afgemeld"]


def test_a_subject_above_an_empty_mail_withdraws(town: Town) -> None:
    town.mail(HIMSELF, "Inschrijving", typed(person()))
    town.mail(HIMSELF, "Uitschrijving")
    town.run()
    assert [row["Status"] for row in town.sheet()] == ["Afgemeld"]


def test_a_subject_that_declines_in_a_thread_without_a_word_is_a_case(town: Town) -> None:
    town.mail(HIMSELF, "Inschrijving", typed(person()))
    invitation = town.run()[-1]
    headers = [("In-Reply-To", str(invitation["Message-ID"]))]
    said = town.mail(HIMSELF, "Geweigerd: Kennisplatform Intergemeentelijk Samenwerken", headers=headers)
    town.run()
    assert town.outcome(said) in ("review", "cancelled")


@pytest.mark.parametrize("sender", [JAN, "eve@evil.example"])
@pytest.mark.parametrize("name", ["kis-2026-3.xlsx", "inschrijving.xlsx"])
def test_a_workbook_of_ours_that_is_mailed_in_registers_nobody(town: Town, sender: str, name: str) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    data = town.workbook().read_bytes()
    town.type_in({(2, "Naam"): "Claes", (2, "E-mail"): "dirk@claes.example"})
    town.run()
    town.type_in({(3, "Naam"): "Maes", (3, "Voornaam"): "Els"})
    mail = town.mail(sender, "Inschrijving Kennisplatform", "Zie bijlage.", (name, data))
    town.run()
    assert town.outcome(mail) == "review"
    assert [row["Naam"] for row in town.sheet()] == ["Claes", "Maes"]
    assert any("een lijst van ons" in case["Wat er gelezen werd"] for case in town.open_cases())


def test_a_list_of_events_that_is_mailed_in_changes_no_event(town: Town) -> None:
    town.run()
    data = (town.folder / "workbooks" / "bijeenkomsten.xlsx").read_bytes()
    mails = [
        town.mail(sender, "Aangepast", "Gelieve te wijzigen.", (name, data))
        for sender, name in ((EVE, "bijeenkomsten.xlsx"), ("secretariaat@example.org", "lijst.xlsx"))
    ]
    assert (answers(town.run()), {*map(town.outcome, mails)}) == ([], {"review"})
    assert town.sheet() == []


def test_cells_whose_formula_says_nothing_are_told(town: Town) -> None:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Naam", "Voornaam", "Gemeente/OCMW", "E-mail", "Ik neem deel"])
    book.active.append(["Boone", "Nele", "Damme", "nele@damme.example", "ja"])
    book.active.append(["=X1", "=Y1", "=Z1", "=A9", "=B9"])
    book.save(out)
    town.mail("nele@damme.example", "Inschrijving Kennisplatform", "", ("formulier.xlsx", out.getvalue()))
    town.run()
    assert [(row["Naam"], row["Status"]) for row in town.sheet()] == [("Boone", "Ingeschreven")]
    (case,) = town.open_cases()
    assert "formules zonder uitkomst" in case["Wat er gelezen werd"]


def test_a_list_of_ours_without_its_references_registers_nobody(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    for name in ("An", "Rik"):
        own = f"{name}.claes@damme.example".lower()
        town.mail(own, "Inschrijving", typed(person(Naam="Claes", Voornaam=name, **{"E-mail": own})))
    town.run()
    town.mail(JAN, "Uitschrijving", "Gelieve mij uit te schrijven.")
    town.run()
    choose(town, "alle lijsten")
    town.run()
    files = [(file.name, file.read_bytes()) for file in (town.folder / "workbooks" / "lijsten").iterdir()]
    book = load_workbook(town.workbook())
    for sheet in set(book.sheetnames) - {"Deelnemers"}:
        del book[sheet]
    book["Deelnemers"].delete_cols(1)
    saved = io.BytesIO()
    book.save(saved)
    files.append(("inschrijving.xlsx", saved.getvalue()))
    mails = [
        town.mail(sender, "Inschrijving", "Zie bijlage.", file) for file in files for sender in (EVE, JAN)
    ]
    answered = answers(town.run())
    found = town.messages()
    outcomes = {
        f"{file[0]} {number}": found[mail]["outcome"]
        for number, (file, mail) in enumerate(
            zip((file for file in files for _ in (EVE, JAN)), mails, strict=True)
        )
    }
    assert {
        name: outcome for name, outcome in outcomes.items() if outcome not in ("review", "unchanged")
    } == {}
    assert {(row["Voornaam"], row["Status"]) for row in town.sheet()} == {
        ("Jan", "Afgemeld"),
        ("An", "Ingeschreven"),
        ("Rik", "Ingeschreven"),
    }
    assert not answered


def test_a_form_beside_a_workbook_of_ours_is_carried_out(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    an = person(Naam="Claes", Voornaam="An", **{"E-mail": "an@claes.example"})
    files = (("lijst.xlsx", town.workbook().read_bytes()), ("inschrijving.docx", word_table(an)))
    mail = town.mail("An Claes <an@claes.example>", "Inschrijving", "Zie bijlage.", *files)
    town.run()
    assert town.outcome(mail) == "registered"
    assert [row["Naam"] for row in town.sheet()] == ["Peeters", "Claes"]
    assert any("een lijst van ons" in str(case) for case in town.open_cases())


ADDRESS = (
    "Jan Peeters",
    "Dorpsstraat 5",
    "8340 Damme",
    "",
    "Aan het secretariaat",
    "Ruzettelaan 35",
    "8310 Brugge",
)


@pytest.mark.parametrize("subject", ["Brief", "Scan", "", "Inschrijving"])
@pytest.mark.parametrize("beside", [True, False], ids=["attached", "typed"])
def test_a_letter_below_an_address_is_read_whatever_its_subject_calls_it(
    town: Town, subject: str, *, beside: bool
) -> None:
    said = (*ADDRESS, "", "Geachte", "", COMES, "", "Hoogachtend", "", "Jan Peeters")
    letters = (lines_of_letter(*said),) if beside else ()
    mail = town.mail(HIMSELF, subject, "" if beside else "\n".join(said), *letters)
    town.run()
    assert town.outcome(mail) in ("registered", "incomplete", "review")
    assert town.outcome(mail) == "review" or [row["Naam"] for row in town.sheet()] == ["Peeters"]


@pytest.mark.parametrize("subject", ["Brief", "Document"])
def test_a_letter_that_names_no_event_concerns_the_one_that_is_open(town: Town, subject: str) -> None:
    said = (*ADDRESS, "", "Geachte", "", "Ik zal aanwezig zijn.", "", "Hoogachtend", "", "Jan Peeters")
    mail = town.mail(HIMSELF, subject, "\n".join(said))
    town.run()
    assert town.outcome(mail) != "no-form"
