"""The secretariat's own blank, named in ``bijeenkomsten.xlsx``: no terminal, no form file by hand."""

from __future__ import annotations

import io
import json
import os
import shutil
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from openpyxl import load_workbook

from mailbot.domain.form import read_form
from tests.event_sheet.town import Town, answers, rows
from tests.workbook.conftest import saved_by_libreoffice
from tests.workbook.strict import complaints

SAMPLES = Path(__file__).parents[1] / "extraction" / "adopted"
SNOW = Path(__file__).parents[2] / "benchmarks" / "blanks" / "snow"
BLANK = "groendienst.docx"
SHEET = "Formulier groendienst"
SIEN = "sien.verhelst@beernem.example"
TITLE = "Dag van de Groendienst"


def season(town: Town) -> Path:
    return town.folder / "workbooks" / "bijeenkomsten.xlsx"


def type_in(town: Town, sheet: str, changes: dict[tuple[int, str], object]) -> None:
    book = load_workbook(season(town))
    found = book[sheet]
    columns = {cell.value: cell.column for cell in found[1]}
    for (row, header), value in changes.items():
        found.cell(row, columns[header]).value = value  # type: ignore[assignment]  # any value a cell takes
    book.save(season(town))


def name_blank(town: Town, name: str = BLANK, **facts: object) -> None:
    """She puts her form beside the list and names it in the event's row."""
    town.event(title=TITLE, **facts)
    town.run()
    if not (season(town).parent / name).exists() and name == BLANK:
        shutil.copyfile(SAMPLES / BLANK, season(town).parent / name)
    type_in(town, "Bijeenkomsten", {(2, "Eigen formulier"): name})


def filled() -> tuple[str, bytes]:
    return "ingevuld.docx", (SAMPLES / "ingevuld.docx").read_bytes()


def of_question(town: Town, label: str) -> int:
    """The row of a question on the sheet."""
    return next(at for at, row in enumerate(rows(season(town), SHEET), start=2) if row["Vraag"] == label)


def red(town: Town, row: int, header: str) -> bool:
    sheet = load_workbook(season(town))[SHEET]
    column = next(cell.column for cell in sheet[1] if cell.value == header)
    return str(sheet.cell(row, column).fill.start_color.rgb).endswith("F8D7D3")


def problem(town: Town) -> str:
    """What is said beside the event's row."""
    return str(rows(season(town), "Bijeenkomsten")[0]["Melding"] or "")


@pytest.mark.parametrize("by", ["openpyxl", "libreoffice"])
def test_mails_wait_for_akkoord_and_are_then_judged_by_their_arrival(
    town: Town, tmp_path: Path, by: str
) -> None:
    name_blank(town)
    town.run()
    assert problem(town) == ""
    read = {row["Vraag"]: row for row in rows(season(town), SHEET)}
    assert read["Naam"]["Soort"] == "naam"
    assert (read["Naam"]["Verplicht"], read["Naam"]["Lezen"]) == ("ja", "ja")
    assert read["Naam"]["Waar"]
    assert read["Ik kies voor de werkgroep"]["Soort"] == "keuze"
    assert complaints(season(town).read_bytes()) == []
    assert rows(season(town), "Bijeenkomsten")[0]["Formulier"] == "groendienst"

    arrived = datetime.now(UTC) - timedelta(hours=2)
    mail = town.mail(SIEN, "Inschrijving", "In bijlage.", filled(), at=arrived)
    assert answers(town.run()) == []
    assert town.outcome(mail) == "review"
    assert town.registrations() == []
    (case,) = town.open_cases()
    assert "wacht op uw akkoord" in str(case)
    assert answers(town.run_later(timedelta(hours=1))) == []  # no receipt promises anything

    # the deadline passes before she agrees: the mail came in time
    passed = datetime.now(ZoneInfo("Europe/Brussels")).replace(tzinfo=None) - timedelta(minutes=30)
    type_in(town, "Bijeenkomsten", {(2, "Uiterste inschrijfdag"): passed})
    type_in(town, SHEET, {(of_question(town, "Nummerplaat"), "Lezen"): "neen"})
    type_in(town, SHEET, {(2, "Akkoord"): "akkoord"})
    if by == "libreoffice":
        saved_by_libreoffice(season(town), tmp_path)
    (told,) = answers(town.run())
    assert told["X-Mailbot-Outcome"] == "registered"
    (registered,) = town.registrations()
    assert "nummerplaat" not in registered
    assert registered["last_name"]
    assert town.outcome(mail) == "registered"
    assert "wacht op uw akkoord" not in str(town.open_cases())
    late = town.mail("els.maes@beernem.example", "Inschrijving", "In bijlage.", filled())
    town.run()
    assert town.outcome(late) == "review"
    assert complaints(season(town).read_bytes()) == []


def test_mails_are_taken_up_in_order_of_arrival(town: Town) -> None:
    name_blank(town, capacity=1)
    now = datetime.now(UTC)
    data = (SAMPLES / "ingevuld.docx").read_bytes()
    second = town.mail(SIEN, "Inschrijving", "", ("b.docx", data), at=now - timedelta(hours=1))
    town.run()
    first = town.mail(
        "els.maes@beernem.example", "Inschrijving", "", ("a.docx", other()), at=now - timedelta(hours=3)
    )
    town.run()
    assert {town.outcome(first), town.outcome(second)} == {"review"}
    type_in(town, SHEET, {(2, "Akkoord"): "akkoord"})
    town.run()
    assert (town.outcome(first), town.outcome(second)) == ("registered", "waitlisted")


def other() -> bytes:
    """The filled form with another person in it."""
    document = Document(str(SAMPLES / "ingevuld.docx"))
    texts = [run for p in document.paragraphs for run in p.runs]
    texts += [
        r for t in document.tables for row in t.rows for c in row.cells for p in c.paragraphs for r in p.runs
    ]
    for run in texts:
        for old, new in OTHERS.items():
            run.text = run.text.replace(old, new)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


OTHERS = {"Verhelst": "Maes", "Sien": "Els", "sien.verhelst": "els.maes", "0470 12 00 34": "0470 12 00 35"}


def test_what_she_corrects_is_what_is_read_and_a_wrong_cell_is_told_in_place(town: Town) -> None:
    name_blank(town)
    town.run()
    role, plate = of_question(town, "Functie"), of_question(town, "Nummerplaat")
    type_in(town, SHEET, {(role, "Verplicht"): "ja", (plate, "Soort"): "auto", (2, "Akkoord"): "akkoord"})
    mail = town.mail(SIEN, "Inschrijving", "In bijlage.", filled())
    town.run()
    shown = rows(season(town), SHEET)
    assert 'Soort: "auto" is geen soort' in shown[plate - 2]["Melding"]
    assert "verbeter eerst de rode vakken" in shown[0]["Melding"]
    assert red(town, plate, "Soort")
    assert not red(town, role, "Verplicht")
    shared = rows(season(town).parent / "Te behandelen.xlsx", "Te behandelen")
    assert any(f'blad "{SHEET}", rij {plate}' in str(row["Wat er gelezen werd"]) for row in shared)
    assert town.outcome(mail) == "review"
    forms = list(town.folder.rglob("groendienst.toml"))
    assert len(forms) == 1
    field = read_form(forms[0]).field("role")
    assert field is not None
    assert field.required
    type_in(town, SHEET, {(plate, "Soort"): "tekst", (role, "Vraag"): "Uw functie"})
    town.run()
    assert not red(town, plate, "Soort")
    assert rows(season(town), SHEET)[plate - 2]["Melding"] is None
    form = read_form(forms[0])
    assert form.agreed
    field = form.field("role")
    assert field is not None
    assert (field.label, field.aliases) == ("Uw functie", ("Functie",))
    assert town.outcome(mail) == "registered"
    before = season(town).stat().st_mtime_ns
    town.run()
    assert season(town).stat().st_mtime_ns == before


def test_a_question_left_out_can_be_taken_back_and_akkoord_too(town: Town) -> None:
    name_blank(town)
    town.run()
    plate = of_question(town, "Nummerplaat")
    type_in(town, SHEET, {(plate, "Lezen"): "neen", (30, "Vraag"): "Akkoord"})  # below the questions
    town.run()
    (file,) = town.folder.rglob("groendienst.toml")
    assert read_form(file).agreed
    assert read_form(file).field("nummerplaat") is None
    assert rows(season(town), SHEET)[plate - 2]["Lezen"] == "neen"
    type_in(town, SHEET, {(plate, "Lezen"): "ja", (30, "Vraag"): None, (2, "Akkoord"): None})
    town.run()
    assert not read_form(file).agreed
    assert read_form(file).field("nummerplaat") is not None
    mail = town.mail(SIEN, "Inschrijving", "In bijlage.", filled())
    town.run()
    assert town.outcome(mail) == "review"


def test_a_mail_in_words_for_that_event_waits_too(town: Town) -> None:
    name_blank(town)
    mail = town.mail(SIEN, f"Inschrijving {TITLE}", "Ik schrijf mij graag in.\n\nSien Verhelst")
    assert answers(town.run()) == []
    assert town.outcome(mail) == "review"
    assert "wacht op uw akkoord" in str(town.open_cases())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../config/secrets/imap", "geen naam van een bestand"),
        ("../groendienst.docx", "geen naam van een bestand"),
        ("weg.docx", "ligt niet in de map"),
        ("notities.txt", "geen formulier dat gelezen kan worden"),
        ("koppeling.docx", "kan niet gelezen"),
        ("pijp.docx", "kan niet gelezen"),
        ("ingevuld.docx", "is al ingevuld"),
        ("kis-2026-3.xlsx", "is al ingevuld"),  # it holds people, whom nobody erases from a form
        ("stuk.docx", "is beschadigd"),
    ],
)
def test_what_is_no_blank_form_in_the_folder_is_told_in_place(town: Town, name: str, said: str) -> None:
    town.run()
    folder = season(town).parent
    (folder / "koppeling.docx").symlink_to(SAMPLES / BLANK)
    os.mkfifo(folder / "pijp.docx")
    shutil.copyfile(SAMPLES / "ingevuld.docx", folder / "ingevuld.docx")
    shutil.copyfile(SAMPLES / BLANK, folder.parent / BLANK)
    (folder / "stuk.docx").write_bytes((SAMPLES / BLANK).read_bytes()[:3000])
    name_blank(town, name)
    town.run()
    assert said in problem(town)
    assert rows(season(town), "Bijeenkomsten")[0]["Eigen formulier"] == name
    assert rows(season(town), "Bijeenkomsten")[0]["Formulier"] == "kennisplatform"
    assert not [sheet for sheet in load_workbook(season(town)).sheetnames if sheet.startswith("Formulier")]
    name_blank(town)
    town.run()
    assert problem(town) == ""
    assert SHEET in load_workbook(season(town)).sheetnames


def test_a_blank_called_as_a_form_that_exists_takes_nothing_of_it(town: Town) -> None:
    town.run()
    shutil.copyfile(SAMPLES / BLANK, season(town).parent / "Kennisplatform.docx")
    name_blank(town, "Kennisplatform.docx")
    town.run()
    assert rows(season(town), "Bijeenkomsten")[0]["Formulier"] == "kennisplatform-2"
    assert rows(season(town), "Bijeenkomsten")[0]["Eigen formulier"] == "Kennisplatform.docx"


def test_another_form_ends_the_wait(town: Town) -> None:
    name_blank(town)
    mail = town.mail(SIEN, f"Inschrijving {TITLE}", "Ik schrijf mij graag in.\n\nSien Verhelst")
    town.run()
    assert town.outcome(mail) == "review"
    type_in(town, "Bijeenkomsten", {(2, "Formulier"): "kennisplatform", (2, "Eigen formulier"): None})
    town.run()
    assert problem(town) == ""
    assert rows(season(town), "Bijeenkomsten")[0]["Eigen formulier"] is None
    assert "wacht op uw akkoord" not in str(town.open_cases())


def test_a_label_that_another_question_has_is_refused_in_the_row_that_took_it(town: Town) -> None:
    name_blank(town)
    town.run()
    role, email = of_question(town, "Functie"), of_question(town, "E-mail")
    type_in(town, SHEET, {(role, "Vraag"): "E-mail"})
    town.run()
    shown = rows(season(town), SHEET)
    assert 'Vraag: "E-mail" staat er al' in shown[role - 2]["Melding"]
    assert shown[email - 2]["Melding"] is None
    (file,) = town.folder.rglob("groendienst.toml")
    assert [f.label for f in read_form(file).fields].count("E-mail") == 1


def test_without_a_name_to_read_there_is_no_akkoord(town: Town) -> None:
    name_blank(town)
    town.run()
    names = (of_question(town, "Naam"), of_question(town, "Voornaam"))
    type_in(town, SHEET, {**{(at, "Lezen"): "neen" for at in names}, (2, "Akkoord"): "akkoord"})
    town.run()
    assert "kies eerst bij een vraag" in rows(season(town), SHEET)[0]["Melding"]
    assert red(town, 2, "Akkoord")
    (file,) = town.folder.rglob("groendienst.toml")
    assert not read_form(file).agreed
    type_in(town, SHEET, {(names[0], "Lezen"): "ja"})
    town.run()
    assert read_form(file).agreed
    assert not red(town, 2, "Akkoord")


def test_a_sheet_that_she_deleted_comes_back_and_agrees_to_nothing(town: Town) -> None:
    name_blank(town)
    town.run()
    before = rows(season(town), SHEET)
    book = load_workbook(season(town))
    del book[SHEET]
    book.save(season(town))
    town.run()
    assert rows(season(town), SHEET) == before
    (file,) = town.folder.rglob("groendienst.toml")
    assert not read_form(file).agreed


def test_read_calls_a_filled_copy_perhaps_until_she_agrees(town: Town) -> None:
    name_blank(town)
    town.run()
    file = str(SAMPLES / "ingevuld.docx")
    assert json.loads(town.command("read", "--json", file))["outcome"] == "perhaps"
    type_in(town, SHEET, {(2, "Akkoord"): "akkoord"})
    town.run()
    assert json.loads(town.command("read", "--json", file))["outcome"] == "form"


def test_a_blank_that_is_replaced_is_a_case_and_the_former_one_goes_on(town: Town) -> None:
    name_blank(town)
    town.run()
    type_in(town, SHEET, {(2, "Akkoord"): "akkoord"})
    document = Document(str(SAMPLES / BLANK))
    document.tables[0].rows[1].cells[2].text = "Dienst"
    document.save(str(season(town).parent / BLANK))
    mail = town.mail(SIEN, "Inschrijving", "In bijlage.", filled())
    town.run()
    assert town.outcome(mail) == "registered"
    shared = season(town).parent / "Te behandelen.xlsx"
    (said,) = (str(row["Wat er gelezen werd"]) for row in rows(shared, "Te behandelen"))
    assert f'{BLANK} is vervangen: het vraagt nu "Dienst"; vraagt "Functie" niet meer' in said
    town.run()
    assert len(rows(shared, "Te behandelen")) == 1
    (season(town).parent / BLANK).rename(season(town).parent / "groendienst 2027.docx")
    type_in(town, "Bijeenkomsten", {(2, "Eigen formulier"): "groendienst 2027.docx"})
    town.run()
    assert [row for row in rows(shared, "Te behandelen") if "vervangen" in str(row)] == []
    assert rows(season(town), "Bijeenkomsten")[0]["Formulier"] == "groendienst-2027"
    assert "Dienst" in [row["Vraag"] for row in rows(season(town), "Formulier groendienst-2027")]


def test_a_blank_that_got_another_name_is_the_same_form(town: Town) -> None:
    """With her akkoord and what she corrected: only what is in it makes it another."""
    name_blank(town)
    town.run()
    type_in(town, SHEET, {(2, "Akkoord"): "akkoord"})
    town.run()
    (season(town).parent / BLANK).rename(season(town).parent / "groendienst 2027.docx")
    type_in(town, "Bijeenkomsten", {(2, "Eigen formulier"): "groendienst 2027.docx"})
    mail = town.mail(SIEN, "Inschrijving", "In bijlage.", filled())
    town.run()
    assert town.outcome(mail) == "registered"
    town.run()
    (row,) = rows(season(town), "Bijeenkomsten")
    assert (row["Formulier"], row["Eigen formulier"]) == ("groendienst", "groendienst 2027.docx")
    assert [one.name for one in town.folder.rglob("groendienst*.toml")] == ["groendienst.toml"]


def test_what_the_administrator_wrote_in_the_form_stays(town: Town) -> None:
    name_blank(town)
    town.run()
    (file,) = town.folder.rglob("groendienst.toml")
    file.write_text(
        file.read_text().replace("agreed = false", 'agreed = false\nintro = "Welkom."  # van ons')
    )
    type_in(town, SHEET, {(2, "Akkoord"): "akkoord"})
    town.run()
    assert read_form(file).agreed
    assert 'intro = "Welkom."  # van ons' in file.read_text()


def test_a_blank_is_found_by_its_name_without_ending_or_capitals(town: Town) -> None:
    name_blank(town)
    (season(town).parent / BLANK).rename(season(town).parent / "Dag van de Groendienst.docx")
    type_in(town, "Bijeenkomsten", {(2, "Eigen formulier"): "dag van de groendienst"})
    town.run()
    assert problem(town) == ""
    (row,) = rows(season(town), "Bijeenkomsten")
    assert row["Eigen formulier"] == "Dag van de Groendienst.docx"


def test_a_name_that_no_file_has_is_said_to_lie_nowhere(town: Town) -> None:
    name_blank(town, "groendienst 2031")
    town.run()
    assert "ligt niet in de map" in problem(town)


@pytest.mark.parametrize(("typed", "agreed"), [("Akkoord!", True), ("ja", False)])
def test_what_is_no_akkoord_is_not_passed_over_in_silence(town: Town, typed: str, agreed: bool) -> None:
    name_blank(town)
    town.run()
    type_in(town, SHEET, {(2, "Akkoord"): typed})
    town.run()
    said = str(rows(season(town), SHEET)[0]["Melding"] or "")
    assert ("schrijf akkoord" in said) is not agreed
    (file,) = town.folder.rglob("groendienst.toml")
    assert read_form(file).agreed is agreed


def test_the_date_of_the_letter_above_her_form_is_no_other_meeting(town: Town) -> None:
    name = "sneeuwklas.docx"
    name_blank(town, name)
    shutil.copyfile(SNOW / "blank.docx", season(town).parent / name)
    town.run()
    type_in(town, "Formulier sneeuwklas", {(2, "Akkoord"): "akkoord"})
    data = (SNOW / "1-office.docx").read_bytes()
    town.mail(SIEN, "Inschrijving", "In bijlage.", ("ingevuld.docx", data))
    (told,) = [one for one in answers(town.run()) if SIEN in str(one["To"])]
    assert told["X-Mailbot-Outcome"] == "registered"


def test_what_is_sensitive_is_shown_and_can_be_corrected(town: Town) -> None:
    name_blank(town)
    town.run()
    read = {row["Vraag"]: row["Gevoelig"] for row in rows(season(town), SHEET)}
    assert (read["Naam"], read["Nummerplaat"]) == ("neen", "ja")
    type_in(town, SHEET, {(of_question(town, "Nummerplaat"), "Gevoelig"): "neen"})
    type_in(town, SHEET, {(of_question(town, "Ik kies voor de werkgroep"), "Gevoelig"): "ja"})
    town.run()
    read = {row["Vraag"]: row["Gevoelig"] for row in rows(season(town), SHEET)}
    assert (read["Nummerplaat"], read["Ik kies voor de werkgroep"]) == ("neen", "ja")
    (definition,) = town.folder.rglob("groendienst.toml")
    said = {one["key"]: one.get("sensitive") for one in tomllib.loads(definition.read_text())["field"]}
    assert sorted(str(value) for value in said.values() if value is not None)[0] == "False"
    assert True in said.values()


@pytest.mark.parametrize("by", ["openpyxl", "libreoffice"])
def test_the_list_is_laid_out_for_her_form_as_long_as_nobody_is_in_it(
    town: Town, tmp_path: Path, by: str
) -> None:
    name_blank(town)  # the event had another form until now, and a list for that
    if by == "libreoffice":
        saved_by_libreoffice(town.workbook(), tmp_path)
    town.run()

    def headers() -> list[object]:
        return [cell.value for cell in load_workbook(town.workbook())["Deelnemers"][1] if cell.value]

    asked = [row["Vraag"] for row in rows(season(town), SHEET)]
    ours = ["Ontvangen", "Gewijzigd", "Ingestuurd door", "Aanwezig", "Bevestiging sturen"]
    assert headers() == ["Nr", "Status", *asked, *ours]
    sheet = load_workbook(town.workbook())["Deelnemers"]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth == 2
    assert complaints(town.workbook().read_bytes()) == []
    plate = of_question(town, "Nummerplaat")
    type_in(town, SHEET, {(plate, "Vraag"): "Kenteken", (2, "Akkoord"): "akkoord"})
    town.mail(SIEN, "Inschrijving", "In bijlage.", filled())
    town.run()
    at = asked.index("Nummerplaat")
    asked[at] = "Kenteken"
    assert headers() == ["Nr", "Status", *asked, *ours]
    type_in(town, SHEET, {(plate, "Vraag"): "Nummer van de wagen"})  # now somebody is in it
    if by == "libreoffice":
        saved_by_libreoffice(town.workbook(), tmp_path)
    town.run()
    asked[at] = "Nummer van de wagen"
    assert headers() == ["Nr", "Status", *asked, *ours]
    assert "hersteld" not in str(town.open_cases())
    assert complaints(town.workbook().read_bytes()) == []


def test_who_asks_for_her_form_gets_her_very_form(town: Town) -> None:
    name_blank(town)
    town.run()
    folder = season(town).parent
    town.command("form", "kis-2026-3", "--format", "docx,pdf", "--out", str(town.folder / "out"))
    (word,) = (town.folder / "out").glob("*.docx")
    assert word.read_bytes() == (folder / BLANK).read_bytes()
    assert len(list((town.folder / "out").glob("*.pdf"))) == 1
    assert sorted(one.name for one in folder.glob("*.docx")) == [BLANK]  # none drawn beside it
