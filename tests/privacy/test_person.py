"""One person's data: shown on request, erased on request, in every place it was written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from mailbot.cli import main
from mailbot.config import loader
from mailbot.storage import Store, queries
from tests.event_sheet.town import DAMME, Town, person, typed
from tests.privacy.everywhere import holding
from tests.servers.dovecot import free_ports
from tests.workbook.conftest import saved_by_libreoffice
from tests.workbook.strict import complaints

JAN = "jan.peeters@damme.example"
AN = person(
    Naam="De Smet",
    Voornaam="An",
    **{"E-mail": "an.desmet@brugge.example", "Gemeente/OCMW": "Brugge", "Telefoon/gsm": "050 11 11 11"},
)
ELS = person(
    Naam="Maes", Voornaam="Els", **{"E-mail": "els.maes@damme.example", "Telefoon/gsm": "050 22 22 22"}
)
TRACES = (JAN, "jan.peeters", "Peeters", "0478 12 34 56")


def busy(town: Town) -> None:
    """Jan registers, changes, asks something and is corrected by hand; An registers herself, and
    a colleague too, together with Jan."""
    town.configure(organisations=DAMME)
    town.mail(
        f"Jan Peeters <{JAN}>", "Inschrijving Jan Peeters", typed(person(Opmerkingen="Waar kan ik parkeren?"))
    )
    town.mail("an.desmet@brugge.example", "Inschrijving", typed(AN))
    town.run()
    town.mail(JAN, "Re: andere functie", typed(person(Functie="raadslid")))
    card = person(Functie="raadslid") | {"Telefoon/gsm": ""}  # what a colleague may see of him
    town.mail("secretaris@damme.example", "Twee collega's", typed(card, ELS))
    town.run()
    town.type_in({(2, "Functie"): "burgemeester"})
    town.mail(JAN, "Re: functie", typed(person(Functie="schepen")))
    town.run()


def test_an_export_prints_all_that_is_held_and_nothing_of_others(town: Town) -> None:
    busy(town)
    lines = [json.loads(line) for line in town.command("person", JAN, "--export").splitlines()]
    kinds = {line["kind"] for line in lines}
    assert kinds == {"registration", "message", "mail", "mail to another", "case", "log"}
    printed = json.dumps(lines, ensure_ascii=False)
    assert "parkeren" in printed
    assert 'u schreef "burgemeester", de mail zegt "schepen"' in printed.replace("\\", ""), "in words"
    assert "an.desmet@brugge.example" not in printed


def test_what_stood_beside_a_row_that_she_deleted_is_erased_with_its_person(town: Town) -> None:
    busy(town)
    book = load_workbook(town.workbook())
    sheet = book["Deelnemers"]
    (at,) = (row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 3).value == "Peeters")
    sheet.cell(1, sheet.max_column + 1).value = "Nota"
    sheet.cell(at, sheet.max_column).value = "kent de weg"
    book.save(town.workbook())
    town.run()
    book = load_workbook(town.workbook())
    book["Deelnemers"].delete_rows(at)
    book.save(town.workbook())
    town.run()
    assert holding(town.folder, "kent de weg")
    town.command("person", JAN, "--erase")
    assert holding(town.folder, "kent de weg", *TRACES) == []


def test_cells_of_hers_that_still_name_who_was_erased_are_told_and_left_alone(town: Town) -> None:
    busy(town)
    book = load_workbook(town.workbook())
    sheet = book["Deelnemers"]
    (an,) = (row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 3).value == "De Smet")
    column = sheet.max_column + 1
    sheet.cell(1, column).value, sheet.cell(an, column).value = "Nota", "rijdt mee met Jan Peeters"
    bus = book.create_sheet("Bus")
    for row in (
        ("Naam", "Voornaam", "Plaats"),
        ("Peeters", "Jan", 3),
        ("Peeters", "Lies", 4),
        ("Maes", "Els", 5),
    ):
        bus.append(row)
    bus["E9"] = f"mail ook naar {JAN.upper()}"
    bus["C4"].comment = Comment("vervangt Peeters Jan", "Griet")
    book.save(town.workbook())
    town.run()
    printed = town.command("person", JAN, "--erase")
    assert "kis-2026-3.xlsx still names them in cells of the secretary's own: " in printed
    (row,) = (one for one in town.open_cases() if "werden gewist" in one["Wat er gelezen werd"])
    (an,) = (at for at, one in enumerate(town.sheet(), start=2) if one["Naam"] == "De Smet")
    assert row["Wat is er"] == "Gegevens gewist"
    letters = get_column_letter(column)
    assert (
        f"In kis-2026-3.xlsx staat die persoon nog in wat u zelf schreef: blad Deelnemers, {letters}{an}; "
        "blad Bus, A2, B2 en E9; een opmerking of een tekstvak. mailbot verandert daar niets aan"
    ) in row["Wat er gelezen werd"]
    assert load_workbook(town.workbook())["Bus"]["A2"].value == "Peeters"
    town.decide("werden gewist", "afgehandeld")
    assert town.run() == []


def test_the_sheet_of_meetings_is_searched_too(town: Town) -> None:
    """What she typed about a meeting, and sheets of her own; a name in pieces of two others is none."""
    busy(town)
    path = town.folder / "workbooks" / "bijeenkomsten.xlsx"
    book = load_workbook(path)
    sheet = book["Bijeenkomsten"]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    contacts = "Jan Claes, 050 11 22 33\nLies Peeters, 050 11 22 34"
    sheet.cell(2, columns["Contactpersonen"]).value = contacts
    practical = columns["Praktische informatie"]
    sheet.cell(2, practical).value = "Bel bij problemen naar Peeters Jan, 0478 12 34 56."
    own = book.create_sheet("Sprekers")
    for row in (("Naam", "Voornaam"), ("Maes", "Els"), ("Peeters", "Jan")):
        own.append(row)
    book.save(path)
    town.run()
    printed = town.command("person", JAN, "--erase")
    cells = f"blad Bijeenkomsten, {get_column_letter(practical)}2; blad Sprekers, A3 en B3"
    assert f"bijeenkomsten.xlsx still names them in cells of the secretary's own: {cells}" in printed
    told = load_workbook(town.folder / "workbooks" / "Te behandelen.xlsx")["Te behandelen"]
    said = [str(cell.value) for row in told.iter_rows() for cell in row]
    assert any(
        f"In bijeenkomsten.xlsx staat die persoon nog in wat u zelf schreef: {cells}." in one for one in said
    )


def test_where_no_cell_of_hers_names_who_was_erased_nothing_is_asked(town: Town) -> None:
    busy(town)
    book = load_workbook(town.workbook())
    book.create_sheet("Bus")["B2"] = "Peeters Lies"
    book.save(town.workbook())
    town.run()
    assert "none was found to name them" in town.command("person", JAN, "--erase")
    assert not any("gewist" in str(one) for one in town.open_cases())


def test_an_erasure_reaches_every_place_and_leaves_a_blacked_out_trace(town: Town) -> None:
    busy(town)
    assert holding(town.folder, *TRACES)
    town.command("person", JAN, "--erase")
    assert holding(town.folder, *TRACES) == []
    assert sorted(row["Naam"] for row in town.sheet()) == ["De Smet", "Maes"]
    log = town.sheet("Logboek")
    assert any(row["Wie"] == "■■■" and row["Wat"] == "gegevens gewist" for row in log)
    assert town.command("person", JAN, "--export") == ""
    assert town.run() == []
    assert holding(town.folder, *TRACES) == []


def test_an_erasure_reaches_dated_copies_and_what_others_wrote(town: Town) -> None:
    busy(town)
    lock = town.workbook().with_name(f".~lock.{town.workbook().name}#")
    lock.write_text(",griet,kantoor,22.11.2026 09:00,;", encoding="utf-8")
    town.mail(JAN, "Re: telefoon", typed(person(**{"Telefoon/gsm": "0478 98 76 54"})))
    town.run()  # of a file that is open, a change is shown in a dated copy
    lock.unlink()
    assert list(town.workbook().parent.glob("kis-2026-3 stand *.xlsx"))
    town.mail("secretaris@gent.example", "Afmelding", "Gelieve Jan Peeters uit te schrijven.")
    town.mail("an.desmet@brugge.example", "Vraag", "Wordt PEETERS Jan ook verwacht?")
    town.mail("an.desmet@brugge.example", "Vraag", "En wie nog?", headers=[("Cc", JAN)])
    town.mail("'Peeters Jan' <jan@elders.example>", "Vraag", "Wie ben ik?")
    town.run()
    town.command("person", JAN, "--erase")
    assert holding(town.folder, *TRACES) == []
    town.run()
    assert holding(town.folder, *TRACES) == []
    assert sorted(row["Naam"] for row in town.sheet()) == ["De Smet", "Maes"]


def test_an_erasure_reaches_what_libreoffice_put_apart_from_the_cells(town: Town, tmp_path: Path) -> None:
    busy(town)
    rows = [row["Naam"] for row in town.sheet()]
    book = load_workbook(town.workbook())
    book["Deelnemers"].delete_rows(2 + rows.index("Peeters"))
    book.create_sheet("Eigen blad")["B3"] = "Soep of broodjes?"
    book.save(town.workbook())
    saved_by_libreoffice(town.workbook(), tmp_path)
    town.run()
    town.decide("Rij gewist", "ongedaan maken")
    saved_by_libreoffice(town.workbook(), tmp_path)
    town.run()
    assert [place for place in holding(town.folder, *TRACES) if "sharedStrings" in place]
    town.command("person", JAN, "--erase")
    assert holding(town.folder, *TRACES) == []
    assert load_workbook(town.workbook())["Eigen blad"]["B3"].value == "Soep of broodjes?"
    assert {row["Naam"]: row["E-mail"] for row in town.sheet()} == {
        "De Smet": "an.desmet@brugge.example",
        "Maes": "els.maes@damme.example",
    }
    assert complaints(town.workbook().read_bytes()) == []
    town.run()
    assert holding(town.folder, *TRACES) == []


def test_an_erasure_leaves_nothing_in_the_ledgers_files_while_the_service_runs(town: Town) -> None:
    busy(town)
    with Store(loader.load(town.config).store_url) as service:
        with service.read_transaction() as tx:
            assert queries.registrations(tx, "kis-2026-3")
        town.command("person", JAN, "--erase")
        assert holding(town.folder, *TRACES) == []


def test_mails_that_wait_are_erased_and_never_sent(town: Town) -> None:
    sends = town.config.read_text()
    town.config.write_text(sends.replace(f"port = {town.smtp.port}", f"port = {free_ports(1)[0]}"))
    town.mail(JAN, "Inschrijving", typed(person()))
    town.command("run", "--once", expect=1)
    town.command("person", JAN, "--erase")
    town.config.write_text(sends)
    town.command("retry", "1")
    assert town.run() == []


def test_who_is_not_known_is_said_so_and_namesakes_are_pointed_at(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    gent = person(**{"E-mail": "jan@gent.example", "Gemeente/OCMW": "Gent"})
    town.mail("jan@gent.example", "Inschrijving", typed(gent))
    town.run()

    def says(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main.main(["person", "--config", str(town.config), *words])
        return status, *capsys.readouterr()

    assert says("niemand@damme.example", "--export") == (
        0, "", "mailbot: nothing is held of niemand@damme.example\n",
    )  # fmt: skip
    assert says("", "--erase")[0] == 2
    assert "INS-0002" in says(JAN, "--export")[2]
    _, printed, said = says(JAN, "--erase")
    assert "1 registrations" in printed
    assert "INS-0002" in said
    assert [row["Nr"] for row in town.sheet()] == ["INS-0002"]


def test_an_erasure_while_the_workbook_is_open_is_finished_once_it_is_closed(town: Town) -> None:
    busy(town)
    lock = town.workbook().with_name(f".~lock.{town.workbook().name}#")
    lock.write_text(",griet,kantoor,22.11.2026 09:00,;", encoding="utf-8")
    said = town.command("person", JAN, "--erase")
    assert "kis-2026-3" in said
    places = {place.partition(":")[0].partition("/")[0] for place in holding(town.folder, *TRACES)}
    versions = {path.name for path in (town.folder / "workbooks" / "versies").iterdir()}
    # What she has open, its former versions, and the cells it is compared with when she closes it.
    assert places <= {town.workbook().name, "workbook_base.cells", "mailbot.db", "mailbot.db-wal", *versions}
    lock.unlink()
    town.run()
    assert holding(town.folder, *TRACES) == []
