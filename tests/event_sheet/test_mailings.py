"""Mail to many from the sheet Berichten: typed, read over, sent once, over a real mail server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mailbot.config import loader
from mailbot.service.worker import Worker
from mailbot.storage import Store, health, mailings
from tests.event_sheet.town import Town, calendar, in_days, person, plain, typed, word_table
from tests.workbook.conftest import saved_by_libreoffice
from tests.workbook.strict import complaints

SHEET = "Berichten"
JAN = person()
ELS = person(**{"Naam": "Maes", "Voornaam": "Els", "E-mail": "els.maes@damme.example"})


def come(town: Town, *people: dict[str, str]) -> None:
    """Registers them, each from their own address."""
    for one in people:
        town.mail(f"{one['Voornaam']} {one['Naam']} <{one['E-mail']}>", "Inschrijving", typed(one))
    town.run()


def list_guests(town: Town, *guests: tuple[str | None, str]) -> None:
    """Makes a sheet of her own, ``Genodigden``, with an address and a name in each row."""
    path = town.workbook()
    book = load_workbook(path)
    own = book.create_sheet("Genodigden")
    for line in (("E-mail", "Naam"), *guests):
        own.append(line)
    book.save(path)


def write(town: Town, row: int = 2, **cells: str) -> None:
    """Types a row of Berichten: ``aan``, ``onderwerp``, ``tekst``, ``bijlagen``, ``beslissing``."""
    headers = {
        "aan": "Aan wie",
        "onderwerp": "Onderwerp",
        "tekst": "Tekst",
        "bijlagen": "Bijlagen",
        "beslissing": "Beslissing",
    }
    town.type_in({(row, headers[key]): value for key, value in cells.items()}, SHEET)


def resaved(town: Town, folder: Path) -> None:
    """The workbook as LibreOffice saves it."""
    saved_by_libreoffice(town.workbook(), folder / "libreoffice")


def to_many(mails: list[EmailMessage]) -> list[EmailMessage]:
    """Those that she started, and digests: none of them answers a mail."""
    by_itself = [mail for mail in mails if mail["Auto-Submitted"] == "auto-generated"]
    return [mail for mail in by_itself if not calendar(mail)]


def message(town: Town, row: int = 0) -> dict[str, object]:
    """A row of the sheet."""
    return town.sheet(SHEET)[row]


def test_a_mail_to_many_is_shown_first_and_sent_once(town: Town, tmp_path: Path) -> None:
    come(town, JAN, ELS)
    write(town, aan="ingeschreven", onderwerp="Parkeren", tekst="Parkeer achteraan.\n\n=1+1 is geen formule.")
    resaved(town, tmp_path)
    assert to_many(town.run()) == []
    row = message(town)
    assert row["Aantal mails"] == 2
    assert "Els Maes <els.maes@damme.example>" in str(row["Wie het krijgt"])
    assert "Beste Jan Peeters" in str(row["Voorbeeld"])
    assert "Parkeer achteraan." in str(row["Voorbeeld"])
    write(town, beslissing="versturen")
    resaved(town, tmp_path)
    mails = to_many(town.run())
    assert {mail["To"] for mail in mails} == {
        "Els Maes <els.maes@damme.example>",
        "Jan Peeters <jan.peeters@damme.example>",
    }
    assert all(mail["Subject"] == "Parkeren" and "Parkeer achteraan." in plain(mail) for mail in mails)
    row = message(town)
    assert "aan 2 adressen" in str(row["Verstuurd"])
    assert row["Beslissing"] is None
    assert complaints(town.workbook().read_bytes()) == []
    write(town, beslissing="versturen")
    assert to_many(town.run()) == []
    assert "is verstuurd" in str(message(town)["Melding"])


def test_a_decision_taken_before_the_preview_sends_nothing(town: Town) -> None:
    come(town, JAN)
    write(town, aan="ingeschreven", onderwerp="Parkeren", tekst="Achteraan.", beslissing="versturen")
    assert to_many(town.run()) == []
    assert "lees eerst het voorbeeld" in str(message(town)["Melding"])
    assert message(town)["Beslissing"] is None
    write(town, tekst="Vooraan.", beslissing="versturen")
    assert to_many(town.run()) == []
    write(town, beslissing="versturen")
    (mail,) = to_many(town.run())
    assert "Vooraan." in plain(mail)
    assert "Achteraan." not in plain(mail)


def test_who_comes_after_the_preview_gets_nothing_and_is_named(town: Town) -> None:
    come(town, JAN)
    write(town, aan="ingeschreven", onderwerp="Parkeren", tekst="Achteraan.")
    town.run()
    lock = town.workbook().with_name(f".~lock.{town.workbook().name}#")
    lock.touch()
    come(town, ELS)
    write(town, beslissing="versturen")
    lock.unlink()
    (mail,) = to_many(town.run())
    assert mail["To"] == "Jan Peeters <jan.peeters@damme.example>"
    assert "Els Maes" in str(message(town)["Melding"])


def test_a_copied_row_never_mails_the_same_text_twice(town: Town) -> None:
    come(town, JAN)
    write(town, aan="ingeschreven", onderwerp="Parkeren", tekst="Achteraan.")
    town.run()
    before = town.workbook().read_bytes()
    write(town, beslissing="versturen")
    assert len(to_many(town.run())) == 1
    number = message(town)["Nr van het bericht"]
    town.type_in(
        {
            (3, "Nr van het bericht"): number,
            (3, "Aan wie"): "ingeschreven",
            (3, "Onderwerp"): "Parkeren",
            (3, "Tekst"): "Achteraan.",
        },
        SHEET,
    )
    assert to_many(town.run()) == []
    copy = message(town, 1)
    assert copy["Nr van het bericht"] != number
    assert copy["Aantal mails"] == 0
    assert "kreeg deze tekst al" in str(copy["Melding"])
    write(town, row=3, beslissing="versturen")
    assert to_many(town.run()) == []
    town.workbook().write_bytes(before)
    write(town, beslissing="versturen")
    assert to_many(town.run()) == []


def test_a_copy_of_a_row_that_stood_ready_begins_and_ends_as_that_one_does(town: Town) -> None:
    town.event(
        practical="De zaal is open vanaf 13.30 uur.", practical_days=5, starts=in_days(4), ends=in_days(4, 17)
    )
    town.run()
    come(town, JAN, ELS)
    ready = message(town)
    assert "Binnenkort verwachten wij u" in str(ready["Voorbeeld"])
    own = {"Tekst": "Neem de zijingang."}
    copy = {key: own.get(key, ready[key]) for key in ("Nr van het bericht", "Aan wie", "Onderwerp", "Tekst")}
    town.type_in({(3, key): value for key, value in copy.items()}, SHEET)
    town.type_in({(4, key): value for key, value in copy.items() if not key.startswith("Nr")}, SHEET)
    town.run()
    numbers = [message(town, at)["Nr van het bericht"] for at in range(3)]
    assert len({*numbers}) == 3
    copied, typed_anew = str(message(town, 1)["Voorbeeld"]), str(message(town, 2)["Voorbeeld"])
    for said in ("Binnenkort verwachten wij u", "Neem de zijingang.", "Kunt u er toch niet bij zijn"):
        assert said in copied
    assert "Binnenkort" not in typed_anew  # without the number it is a mail of hers
    write(town, row=3, beslissing="versturen")
    sent = to_many(town.run())
    assert [mail["X-Envelope-To"] for mail in sent] == [ELS["E-mail"], JAN["E-mail"]]
    assert all("Binnenkort verwachten wij u" in plain(mail) for mail in sent)
    assert "Binnenkort verwachten wij u" in str(message(town)["Voorbeeld"])  # that one still waits


def test_a_proof_goes_to_the_secretariat_alone(town: Town) -> None:
    town.configure(rest='[secretariat]\naddress = "griet@example.org"')
    come(town, JAN, ELS)
    write(town, aan="ingeschreven", onderwerp="Parkeren", tekst="Achteraan.", beslissing="proef aan mezelf")
    (mail,) = to_many(town.run())
    assert (mail["To"], mail["Subject"]) == ("griet@example.org", "[proef] Parkeren")
    assert "Beste Jan Peeters" in plain(mail)
    assert "Proef verstuurd" in str(message(town)["Melding"])
    write(town, beslissing="proef aan mezelf")
    assert len(to_many(town.run())) == 1


def test_an_invitation_goes_to_a_list_of_hers_with_the_forms(town: Town, tmp_path: Path) -> None:
    town.configure(rest='[secretariat]\nname = "Secretariaat WVI"')
    town.run()
    list_guests(
        town,
        ("info@damme.example", "Gemeente Damme"),
        ("INFO@damme.example", "Nog eens Damme"),
        ("geen adres", "Fout"),
        (None, "Stijn Callewaert"),
        ("inschrijvingen@example.org", "Wijzelf"),
    )
    write(town, aan="Genodigden", onderwerp="Uitnodiging", tekst="Komt u ook?", bijlagen="formulieren")
    resaved(town, tmp_path)
    assert to_many(town.run()) == []
    row = message(town)
    assert row["Aantal mails"] == 1
    assert all(one in str(row["Wie het krijgt"]) for one in ("geen adres", "Stijn Callewaert"))
    (shown,) = (line for line in str(row["Voorbeeld"]).splitlines() if line.startswith("Bijlagen: "))
    write(town, beslissing="versturen")
    (mail,) = to_many(town.run())
    assert mail["To"] == "Gemeente Damme <info@damme.example>"
    names = [part.get_filename() or "" for part in mail.iter_attachments()]
    assert [name.rpartition(".")[2] for name in names] == ["docx", "pdf"]
    assert all(name in shown for name in names)
    assert plain(mail).replace("\r", "").count("Met vriendelijke groeten\nSecretariaat WVI\n") == 1
    write(town, row=3, aan="nog geen antwoord", onderwerp="Herinnering", tekst="Wij hoorden nog niets.")
    town.run()
    assert message(town, 1)["Aantal mails"] == 1
    town.mail("Jan <info@damme.example>", "Inschrijving", typed(JAN))
    town.run()
    assert message(town, 1)["Aantal mails"] == 0


def test_a_column_of_hers_says_to_whom_by_yes_or_a_cross_and_no_other_words(town: Town) -> None:
    come(town, JAN, ELS)
    path = town.workbook()
    book = load_workbook(path)
    sheet = book["Deelnemers"]
    at = sheet.max_column + 1
    sheet.cell(1, at).value, sheet.cell(2, at).value, sheet.cell(3, at).value = "Spreker", "nog bellen!", "x"
    book.save(path)
    write(town, aan="spreker", onderwerp="Uw presentatie", tekst="Bezorg ze ons.")
    town.run()
    write(town, beslissing="versturen")
    (mail,) = to_many(town.run())
    assert mail["To"] == "Els Maes <els.maes@damme.example>"


def test_whom_nothing_reaches_is_named(town: Town) -> None:
    come(town, JAN)
    town.type_in({(3, "Naam"): "Claes", (3, "Voornaam"): "An"})
    write(town, aan="ingeschreven", onderwerp="Parkeren", tekst="Achteraan.")
    town.run()
    unreached = "Krijgt niets, want heeft geen geldig e-mailadres: An Claes"
    assert unreached in str(message(town)["Wie het krijgt"])
    write(town, beslissing="versturen")
    town.run()
    assert message(town)["Wie het krijgt"] == "Jan Peeters <jan.peeters@damme.example>"
    assert unreached in str(message(town)["Melding"])


def test_a_stopped_mail_can_still_be_sent(town: Town) -> None:
    come(town, JAN)
    write(town, aan="ingeschreven", onderwerp="Parkeren", tekst="Achteraan.")
    town.run()
    write(town, beslissing="niet versturen")
    assert to_many(town.run()) == []
    assert "Niet verstuurd" in str(message(town)["Verstuurd"])
    write(town, beslissing="versturen")
    assert len(to_many(town.run())) == 1


def test_no_more_leaves_in_a_day_than_the_limit(town: Town) -> None:
    town.configure(rest="[limits]\nmailings_per_day = 1")
    come(town, JAN, ELS)
    write(town, aan="ingeschreven", onderwerp="Parkeren", tekst="Achteraan.")
    town.run()
    write(town, beslissing="versturen")
    assert to_many(town.run()) == []
    assert "per dag" in str(message(town)["Melding"])


def test_more_than_500_addresses_are_refused(town: Town) -> None:
    town.run()
    path = town.workbook()
    book = load_workbook(path)
    own = book.create_sheet("Iedereen")
    own.append(("Naam", "E-mail"))
    for number in range(501):
        own.append((f"N{number}", f"n{number}@damme.example"))
    book.save(path)
    write(town, aan="Iedereen", onderwerp="Uitnodiging", tekst="Komt u ook?")
    town.run()
    write(town, beslissing="versturen")
    assert to_many(town.run()) == []
    assert "501 adressen is te veel" in str(message(town)["Melding"])


@pytest.mark.parametrize("words", ["verontschuldigd", "wachtlijst, verontschuldigd"])
def test_the_excused_can_be_written_to(town: Town, words: str) -> None:
    come(town, JAN, person(**{**ELS, "Ik neem deel": "neen"}))
    write(town, aan=words, onderwerp="Nieuwe datum", tekst="Kunt u dan wel?")
    town.run()
    write(town, beslissing="versturen")
    (mail,) = to_many(town.run())
    assert mail["To"] == "Els Maes <els.maes@damme.example>"


def test_a_deleted_row_is_gone_and_sends_nothing(town: Town) -> None:
    come(town, JAN)
    write(town, aan="ingeschreven", onderwerp="Parkeren", tekst="Achteraan.")
    town.run()
    path = town.workbook()
    book = load_workbook(path)
    book[SHEET].delete_rows(2)
    book.save(path)
    town.run()
    assert town.sheet(SHEET) == []
    assert complaints(path.read_bytes()) == []


def test_a_decision_in_an_older_copy_sends_nothing_and_says_so(town: Town) -> None:
    come(town, JAN)
    write(town, aan="ingeschreven", onderwerp="Parkeren", tekst="Achteraan.")
    town.run()
    before = town.workbook().read_bytes()
    write(town, tekst="Vooraan.")
    town.run()
    town.workbook().write_bytes(before)
    write(town, beslissing="versturen")
    assert to_many(town.run()) == []
    assert message(town)["Tekst"] == "Vooraan."
    assert "oudere kopie" in str(message(town)["Melding"])


def test_the_digest_names_what_stands_ready_and_says_once_that_nothing_goes_by_itself(town: Town) -> None:
    town.configure(rest='[secretariat]\naddress = "griet@example.org"\ndigest = "07:30"')
    town.event(practical="De zaal is open vanaf 13.30 uur.", practical_days=3)
    town.run()
    come(town, JAN)
    with Store(loader.load(town.config).store_url) as store, store.write_transaction() as tx:
        health.note(tx, "news", "mailings")  # as the upgrade of a ledger of before leaves it
    (first,) = to_many(town.run_later(timedelta(days=1)))
    assert "vertrekken niet meer vanzelf" in plain(first).replace("\r\n", " ")
    (ready,) = to_many(town.run_later(timedelta(days=17)))
    said = plain(ready).replace("\r\n", " ")
    assert "Op het blad “Berichten” staat klaar: de praktische informatie." in said
    assert "vertrekken niet meer vanzelf" not in said


def test_who_is_ticked_present_after_the_thanks_still_gets_a_certificate(town: Town) -> None:
    town.event(
        thanks="Tot dan.",
        certificate=True,
        starts=in_days(1),
        ends=in_days(1, 17),
        deadline=in_days(1).date(),
    )
    come(town, JAN, ELS)
    town.type_in({(2, "Aanwezig"): "ja"})
    town.run_later(timedelta(days=2))
    write(town, beslissing="versturen")
    (first,) = to_many(town.run_later(timedelta(days=2, hours=1)))
    assert first["X-Envelope-To"] == JAN["E-mail"]
    assert to_many(town.run_later(timedelta(days=2, hours=2))) == []
    town.type_in({(3, "Aanwezig"): "ja"})
    assert to_many(town.run_later(timedelta(days=2, hours=3))) == []
    assert "els.maes@damme.example" in str(message(town, 1)["Wie het krijgt"])
    assert "jan.peeters@damme.example" not in str(message(town, 1)["Wie het krijgt"])
    write(town, row=3, beslissing="versturen")
    (late,) = to_many(town.run_later(timedelta(days=2, hours=4)))
    assert late["X-Envelope-To"] == ELS["E-mail"]
    (file,) = late.iter_attachments()
    assert file.get_content_type() == "application/pdf"


def test_while_the_workbook_stays_open_a_decision_is_carried_out_once(town: Town) -> None:
    come(town, JAN)
    write(town, aan="ingeschreven", onderwerp="Parkeren", tekst="Achteraan.")
    town.run()
    lock = town.workbook().with_name(f".~lock.{town.workbook().name}#")
    lock.touch()
    write(town, beslissing="versturen")
    assert len(to_many(town.run())) == 1
    write(town, onderwerp="Parkeren?")  # saved once more, with the decision still in it
    assert to_many(town.run()) == []
    lock.unlink()
    assert to_many(town.run()) == []
    assert (message(town)["Onderwerp"], message(town)["Beslissing"]) == ("Parkeren", None)


def test_a_renamed_or_lost_header_empties_no_draft_and_sends_nothing(town: Town) -> None:
    come(town, JAN)
    write(town, aan="ingeschreven", onderwerp="Parkeren", tekst="Achteraan.")
    town.run()
    path = town.workbook()
    book = load_workbook(path)
    (header,) = [cell for cell in book[SHEET][1] if cell.value == "Tekst"]
    header.value = "Mijn tekst"
    book.save(path)
    town.run()
    assert message(town)["Tekst"] == "Achteraan."
    book = load_workbook(path)
    book[SHEET].delete_rows(1)
    book.save(path)
    assert to_many(town.run()) == []
    assert complaints(path.read_bytes()) == []
    assert "Achteraan." in town.page(SHEET)


def test_what_people_are_called_is_never_a_formula(town: Town) -> None:
    come(town, person(Naam='=HYPERLINK("http://x.example")'))
    write(town, aan="ingeschreven", onderwerp="=1+1", tekst="+1")
    town.run()
    cells = [cell for row in load_workbook(town.workbook())[SHEET].iter_rows() for cell in row]
    ours = [cell for cell in cells if cell.column_letter not in "BCDEF"]
    assert [cell.coordinate for cell in ours if cell.data_type == "f"] == []


def test_who_is_erased_is_in_no_list_and_gets_nothing_any_more(town: Town) -> None:
    town.run()
    list_guests(town, ("jan@elders.example", "Jan Elders"), ("els@elders.example", "Els Elders"))
    write(town, aan="Genodigden", onderwerp="Uitnodiging", tekst="Komt u ook?")
    town.run()
    town.command("person", "jan@elders.example", "--erase")
    with Store(loader.load(town.config).store_url) as store, store.read_transaction() as tx:
        (held,) = mailings.of_event(tx, "kis-2026-3")
    assert [address.email for address in held.listed] == ["els@elders.example"]


def test_a_decision_in_an_empty_row_is_told_there(town: Town) -> None:
    come(town, JAN)
    write(town, beslissing="versturen")
    assert to_many(town.run()) == []
    assert str(message(town)["Melding"]).startswith("Er is niets verstuurd. Kies onder Aan wie")
    assert message(town)["Beslissing"] is None
    write(town, aan="ingeschreven", onderwerp="Parkeren", tekst="Achteraan.")
    town.run()
    assert message(town)["Aantal mails"] == 1
    assert message(town)["Melding"] is None


def test_a_form_that_is_gone_costs_its_own_row_alone(town: Town) -> None:
    blank = town.folder / "forms" / "eigen.docx"
    blank.parent.mkdir(exist_ok=True)
    blank.write_bytes(word_table(dict.fromkeys(JAN, "")))
    definition = (Path("forms") / "kennisplatform.toml").read_text()
    (blank.parent / "kennisplatform.toml").write_text(
        definition.replace("[[field]]", f'blank = ["{blank.name}"]\n[[field]]', 1)
    )
    town.configure(first='forms_dir = "../forms"\n')
    come(town, JAN)
    write(town, aan="ingeschreven", onderwerp="Nog eens", tekst="Het formulier.", bijlagen="formulieren")
    town.run()
    assert "Bijlagen: eigen.docx\n" in str(message(town)["Voorbeeld"])
    write(town, beslissing="versturen")
    town.type_in({(2, "Functie"): "burgemeester"})
    loaded = loader.load(town.config)
    blank.rename(blank.with_suffix(".weg"))  # while the service runs
    before = len(town.smtp.raw())
    with (
        Store(loaded.store_url) as store,
        Worker(loaded, store, lambda: datetime.now(UTC), lambda: False) as worker,
    ):
        worker.cycle(immediate=True)
    assert len(town.smtp.raw()) == before
    blank.with_suffix(".weg").rename(blank)
    assert "“eigen.docx” kan niet gelezen worden" in str(message(town)["Melding"])
    assert [row["role"] for row in town.registrations()] == ["burgemeester"]
    write(town, beslissing="versturen")
    (mail,) = to_many(town.run())
    assert [part.get_filename() for part in mail.iter_attachments()] == ["eigen.docx"]


def test_a_long_mail_leaves_its_row_low_and_stands_whole_on_voorbeelden(town: Town) -> None:
    come(town, JAN)
    write(town, aan="ingeschreven", onderwerp="Parkeren", tekst="\n".join(f"Punt {n}." for n in range(90)))
    town.run()
    sheet = load_workbook(town.workbook())[SHEET]
    assert sheet.row_dimensions[2].height < 200
    page = town.page("Voorbeelden")
    assert "Berichten 1" in page
    assert "Jan Peeters" in page
    assert all(f"Punt {n}." in page for n in range(90))
    write(town, beslissing="versturen")
    town.run()
    assert "Punt 1." not in town.page("Voorbeelden")
