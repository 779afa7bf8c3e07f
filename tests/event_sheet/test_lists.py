"""Lists as files to send: she chooses one in Overzicht, and it lies beside the workbook."""

from __future__ import annotations

import docx
import pytest
from openpyxl import load_workbook

from mailbot.workbook.overview import WANTED_LIST
from tests.event_sheet.test_coming_and_going import AN, JAN
from tests.event_sheet.town import Town, person, rows, typed


def choose(town: Town, word: str) -> None:
    book = load_workbook(town.workbook())
    sheet = book["Overzicht"]
    (asked,) = (cell for row in sheet for cell in row if cell.value == WANTED_LIST)
    sheet.cell(asked.row, asked.column + 1).value = word
    book.save(town.workbook())


def asked_for(town: Town) -> object:
    sheet = load_workbook(town.workbook())["Overzicht"]
    (asked,) = (cell for row in sheet for cell in row if cell.value == WANTED_LIST)
    return sheet.cell(asked.row, asked.column + 1).value


@pytest.fixture
def meeting(town: Town) -> Town:
    town.mail(JAN, "Inschrijving", typed(person(Dieetwensen="vegetarisch")))
    town.mail("an.desmet@brugge.example", "Inschrijving", typed(AN))
    town.mail(
        "lies.maes@damme.example",
        "Inschrijving",
        typed(
            person(
                Naam="Maes", Voornaam="Lies", **{"E-mail": "lies.maes@damme.example", "Ik neem deel": "neen"}
            )
        ),
    )
    town.run()
    return town


def test_all_lists_are_made_as_documents_and_as_workbooks(meeting: Town) -> None:
    choose(meeting, "alle lijsten")
    assert meeting.run() == []
    folder = meeting.folder / "workbooks" / "lijsten"
    names = {"aanwezigheidslijst", "verontschuldigden", "traiteur", "mailinglijst"}
    assert {file.name for file in folder.iterdir()} == {
        f"kis-2026-3 {name}.{suffix}" for name in names for suffix in ("docx", "xlsx")
    }
    made = [line for line in meeting.page("Overzicht").splitlines() if line.startswith("Gemaakt: ")]
    assert made[0] == "Gemaakt: lijsten/kis-2026-3 aanwezigheidslijst (docx en xlsx)"
    assert len(made) == 4  # a line each
    present = rows(folder / "kis-2026-3 aanwezigheidslijst.xlsx", "Aanwezigheidslijst")
    assert [row["Naam"] for row in present] == ["De Smet An", "Peeters Jan"]
    (away,) = rows(folder / "kis-2026-3 verontschuldigden.xlsx", "Verontschuldigd")
    assert away["Naam"] == "Maes Lies"
    food = {
        row["Wat"]: row["Aantal"] for row in rows(folder / "kis-2026-3 traiteur.xlsx", "Voor de traiteur")
    }
    assert food["Aantal personen"] == "2"
    assert food["vegetarisch"] == "1"
    assert "Peeters" not in str(food)
    mailing = rows(folder / "kis-2026-3 mailinglijst.xlsx", "Mailinglijst")
    assert JAN in [row["E-mail"] for row in mailing]
    assert "lies.maes@damme.example" not in str(mailing)
    for name, row in (("aanwezigheidslijst", present[0]), ("verontschuldigden", away)):
        (table,) = docx.Document(str(folder / f"kis-2026-3 {name}.docx")).tables
        assert [cell.text for cell in table.rows[1].cells] == [value or "" for value in row.values()]


def test_the_mailing_list_says_who_is_reached_through_another_and_who_is_not(meeting: Town) -> None:
    onthaal = "onthaal@brugge.example"
    meeting.mail(onthaal, "Inschrijving", typed(person(Naam="Bos", Voornaam="Bert", **{"E-mail": ""})))
    meeting.run()
    free = len(meeting.sheet()) + 2
    claes = {"Naam": "Claes", "Voornaam": "Wim", "Gemeente/OCMW": "Brugge"}
    meeting.type_in({(free, header): said for header, said in claes.items()})
    choose(meeting, "mailinglijst")
    meeting.run()
    listed = rows(meeting.folder / "workbooks" / "lijsten" / "kis-2026-3 mailinglijst.xlsx", "Mailinglijst")
    found = {row["Naam"]: (row["E-mail"], row["Opmerking"]) for row in listed}
    assert found["Jan Peeters"] == (JAN, None)
    assert found["Bert Bos"] == (onthaal, "adres van wie inschreef")
    assert found["Wim Claes"] == (None, "geen e-mailadres")


def test_a_list_is_made_once_and_the_cell_is_free_again(meeting: Town) -> None:
    choose(meeting, "traiteur")
    meeting.run()
    made = meeting.folder / "workbooks" / "lijsten" / "kis-2026-3 traiteur.docx"
    assert asked_for(meeting) is None
    assert "lijsten/kis-2026-3 traiteur (docx en xlsx)" in meeting.page("Overzicht")
    made.unlink()
    meeting.run()
    assert not made.exists()
    choose(meeting, "traiteur")
    meeting.run()
    assert made.exists()


def test_who_is_erased_stands_in_no_list_any_more(meeting: Town) -> None:
    choose(meeting, "mailinglijst")
    meeting.run()
    meeting.command("person", JAN, "--erase")
    meeting.run()
    assert list((meeting.folder / "workbooks" / "lijsten").iterdir()) == []


def test_a_list_holds_what_was_typed_in_the_same_sitting(meeting: Town) -> None:
    meeting.type_in({(2, "Naam"): "Pieters"})
    choose(meeting, "aanwezigheidslijst")
    meeting.run()
    file = meeting.folder / "workbooks" / "lijsten" / "kis-2026-3 aanwezigheidslijst.xlsx"
    assert {row["Naam"] for row in rows(file, "Aanwezigheidslijst")} == {"De Smet An", "Pieters Jan"}


def test_a_list_that_cannot_be_written_costs_itself_alone(meeting: Town) -> None:
    (meeting.folder / "elders").mkdir()
    (meeting.folder / "workbooks" / "lijsten").symlink_to(meeting.folder / "elders")
    meeting.type_in({(2, "Naam"): "Pieters"})
    choose(meeting, "mailinglijst")
    meeting.run()
    assert {row["last_name"] for row in meeting.registrations()} == {"Pieters", "De Smet", "Maes"}
    (case,) = meeting.open_cases()
    assert case["Wat is er"] == "Uw wijziging kon niet"
    assert "mailinglijst" in str(case["Wat er gelezen werd"])
    assert asked_for(meeting) is None
    assert list((meeting.folder / "elders").iterdir()) == []


def test_a_word_that_is_no_list_is_told_with_those_there_are(meeting: Town) -> None:
    choose(meeting, "aanwezigen")
    meeting.run()
    (case,) = meeting.open_cases()
    assert case["Wat is er"] == "Uw wijziging kon niet"
    assert "“aanwezigen” is geen lijst. Kies aanwezigheidslijst, " in str(case["Wat er gelezen werd"])
    assert "als bestand gevraagd: aanwezigen" in meeting.page("Logboek")
    assert "gemaakt: aanwezigen" not in meeting.page("Logboek")
    meeting.run()
    assert len(meeting.open_cases()) == 1
