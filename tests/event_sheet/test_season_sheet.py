"""A season run from ``bijeenkomsten.xlsx``: no editor, no event file written by hand."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.event_sheet.town import Town, answers, in_days, person, rows, typed
from tests.workbook.strict import complaints


def _copy_row(town: Town, **changes: object) -> None:
    path = town.folder / "workbooks" / "bijeenkomsten.xlsx"
    book = load_workbook(path)
    sheet = book["Bijeenkomsten"]
    last = sheet.max_row + 1
    for cell in sheet[2]:
        header = str(sheet.cell(1, cell.column).value)
        sheet.cell(last, cell.column).value = changes.get(header.replace(" ", "_"), cell.value)
    book.save(path)


def _type(town: Town, starts: object) -> None:
    path = town.folder / "workbooks" / "bijeenkomsten.xlsx"
    book = load_workbook(path)
    book["Bijeenkomsten"]["C2"] = starts
    book.save(path)


def test_a_copied_row_with_another_day_and_place_is_a_meeting_that_takes_registrations(town: Town) -> None:
    path = town.folder / "workbooks" / "bijeenkomsten.xlsx"
    assert town.run() == []
    (first,) = rows(path, "Bijeenkomsten")
    assert first["Kenmerk"] == "kis-2026-3"
    before = path.stat().st_mtime_ns
    town.run()
    assert path.stat().st_mtime_ns == before
    day = in_days(60)
    _copy_row(
        town, Begin=day, Einde=in_days(60, 17), Plaats="Stadhuis Damme", Uiterste_inschrijfdag=in_days(50)
    )
    sent = town.mail(
        "jan.peeters@damme.example",
        f"Inschrijving Kennisplatform Intergemeentelijk Samenwerken {day:%d/%m/%Y}",
        typed(person()),
    )
    (told,) = answers(town.run())
    assert told["X-Mailbot-Outcome"] == "registered"
    assert "Stadhuis Damme" in told.as_string()
    event = f"kennisplatform-intergemeentelijk-{day:%Y-%m-%d}"
    assert town.messages()[sent]["event"] == event
    file = town.config.parent / "events" / f"{event}.toml"
    assert "Griet Vermeulen" in file.read_text()
    assert [row["Naam"] for row in town.sheet(event=event)] == ["Peeters"]
    assert [row["Kenmerk"] for row in rows(path, "Bijeenkomsten")] == ["kis-2026-3", event]
    assert complaints(path.read_bytes()) == []


def test_moments_typed_as_text_are_moments_from_then_on_and_no_problem(town: Town) -> None:
    path = town.folder / "workbooks" / "bijeenkomsten.xlsx"
    town.run()
    ends, last = in_days(60, 17), in_days(50)
    _copy_row(
        town,
        Begin=in_days(60),
        Einde=f"{ends.day}/{ends.month}/{ends.year} {ends:%H:%M}",
        Uiterste_inschrijfdag=f"{last:%d/%m/%Y}",
    )
    book = load_workbook(path)
    for row in book["Bijeenkomsten"].iter_rows(min_row=3, max_row=3):
        for cell in row:
            if isinstance(cell.value, str):
                cell.number_format = "@"
    book.save(path)
    for _ in range(3):
        town.run()
        copied = rows(path, "Bijeenkomsten")[1]
        assert (copied["Melding"], copied["Einde"]) == (None, ends)
        assert copied["Uiterste inschrijfdag"].date() == last.date()
        assert town.sheet("Te behandelen") == []


def test_a_problem_stands_beside_the_row_and_goes_once_it_is_mended(town: Town) -> None:
    path = town.folder / "workbooks" / "bijeenkomsten.xlsx"
    shared = town.folder / "workbooks" / "Te behandelen.xlsx"
    file = town.config.parent / "events" / "kis-2026-3.toml"
    held = file.read_text()
    town.run()
    _type(town, "volgende week")
    town.run()
    said = 'Begin: "volgende week" is geen datum'
    assert said in rows(path, "Bijeenkomsten")[0]["Melding"]
    assert said in rows(shared, "Te behandelen")[0]["Wat er gelezen werd"]
    assert complaints(shared.read_bytes()) == []
    assert file.read_text() == held
    _type(town, in_days(20))
    town.run()
    assert rows(path, "Bijeenkomsten")[0]["Melding"] is None
    assert rows(shared, "Te behandelen") == []


def test_what_the_configuration_refuses_stands_beside_the_row_in_her_language(town: Town) -> None:
    path = town.folder / "workbooks" / "bijeenkomsten.xlsx"
    town.run()
    _copy_row(town, Begin=in_days(60), Einde=None, Mailbox="elders")
    town.run()
    copied = rows(path, "Bijeenkomsten")[1]
    assert copied["Melding"].endswith('mailbox: "elders" bestaat niet; kies main)')
    assert copied["Melding"].startswith("zo kan het niet (")


def test_a_problem_that_changes_stays_the_same_case_in_new_words(town: Town) -> None:
    shared = town.folder / "workbooks" / "Te behandelen.xlsx"
    town.run()
    found = []
    for said in ("volgende week", "ooit"):
        _type(town, said)
        town.run()
        (row,) = rows(shared, "Te behandelen")
        assert str(row["Wat er gelezen werd"]).startswith(f'rij 2: Begin: "{said}" is geen datum')
        found.append(row["Nr van het geval"])
    assert len(set(found)) == 1


def _offered(path: Path, header: str) -> list[str]:
    """What the drop-downs under a header offer, with the cells that each is for."""
    sheet = load_workbook(path)["Bijeenkomsten"]
    letter = next(cell.column_letter for cell in sheet[1] if cell.value == header)
    lists = sheet.data_validations.dataValidation
    return [str(one.formula1) for one in lists if str(one.sqref).startswith(f"{letter}2:")]


def test_the_column_of_the_form_offers_the_forms_that_there_are(town: Town) -> None:
    path = town.folder / "workbooks" / "bijeenkomsten.xlsx"
    town.config.write_text('forms_dir = "../forms"\n' + town.config.read_text())
    forms = town.folder / "forms"
    forms.mkdir()
    town.run()
    (before,) = _offered(path, "Formulier")
    assert "kennisplatform" in before
    assert "etentje" not in before
    assert _offered(path, "Lijst van besturen") == ['"brugge,west-vlaanderen"']
    lines = ['id = "etentje"', 'title = "Etentje"', "[[field]]", 'key = "last_name"', 'label = "Naam"']
    (forms / "etentje.toml").write_text("\n".join([*lines, 'kind = "name"', "required = true"]))
    town.run()
    (after,) = _offered(path, "Formulier")
    assert "etentje" in after
    assert complaints(path.read_bytes()) == []


def test_the_sheet_of_the_meetings_explains_itself(town: Town) -> None:
    path = town.folder / "workbooks" / "bijeenkomsten.xlsx"
    town.run()
    page = [str(row[0].value) for row in load_workbook(path)["Uitleg"].iter_rows() if row[0].value]
    assert page[0] == "Hoe dit werkboek werkt"
    assert any("Kopieer de rij van de vorige" in line for line in page)
    before = path.stat().st_mtime_ns
    town.run()
    assert path.stat().st_mtime_ns == before


def test_the_event_files_win_and_a_file_that_is_no_workbook_is_left_and_said(town: Town) -> None:
    path = town.folder / "workbooks" / "bijeenkomsten.xlsx"
    town.run()
    file = town.config.parent / "events" / "kis-2026-3.toml"
    file.write_text(file.read_text().replace('"kennisplatform"', '"burgemeestersoverleg"'))
    town.run()
    assert rows(path, "Bijeenkomsten")[0]["Formulier"] == "burgemeestersoverleg"
    path.write_bytes(b"no workbook")
    town.run()
    assert path.read_bytes() == b"no workbook"
    (case,) = rows(town.folder / "workbooks" / "Te behandelen.xlsx", "Te behandelen")
    assert "bijeenkomsten.xlsx: het bestand is geen Excel-werkboek" in case["Wat er gelezen werd"]


def test_a_copied_row_without_a_day_takes_nobody_until_it_has_one(town: Town) -> None:
    town.run()
    _copy_row(town, Begin=None, Einde=None, Uiterste_inschrijfdag=None)
    title, copy = "Kennisplatform Intergemeentelijk Samenwerken", "kennisplatform-intergemeentelijk"
    first = town.mail("jan.peeters@damme.example", f"Inschrijving {title}", typed(person()))
    town.run()
    early = town.mail("an.desmet@brugge.example", f"Inschrijving {copy}", typed(person(Naam="De Smet")))
    town.run()
    assert town.messages()[first]["event"] == "kis-2026-3"
    assert town.outcome(first) == "registered"
    assert town.outcome(early) == "review"
