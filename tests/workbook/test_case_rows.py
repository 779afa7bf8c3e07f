"""Rows of Te behandelen as she may leave them: each decision is known by its row, or its row says why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from mailbot.domain.case import IN_PLACE_OF, OF_ORGANISATION, Case, CaseKind, Choice
from mailbot.domain.file_says import FileSays
from mailbot.domain.settled import Preview
from mailbot.domain.statement import say
from mailbot.workbook import theme
from mailbot.workbook.case_rows import kept_of, said_of
from mailbot.workbook.cases import drawn_places, replaceable, what_would_follow
from tests.workbook.conftest import LAYOUT, NOW, Desk, person, saved_by_libreoffice

Change = Callable[[Worksheet, dict[str, int]], None]


def case(number: int, who: str, *choices: Choice) -> Case:
    offered = choices or (Choice.ACCEPT, Choice.REFUSE)
    what = f"{who} schreef na de deadline."
    return Case(CaseKind.LATE, who, what, offered, NOW, "kis", key=f"k{number}", id=number)


@pytest.fixture(params=["as typed", pytest.param("LibreOffice", marks=pytest.mark.long)])
def decided(
    desk: Desk, tmp_path: Path, request: pytest.FixtureRequest
) -> Callable[[Change], list[dict[str, object]]]:
    """Changes the sheet as she would, in a program that saves it its own way; gives its rows afterwards."""
    desk.cases = (case(1, "Els Maes"), case(2, "Piet Aerts"), case(3, "An Claes"))
    desk.write()

    def decide(change: Change) -> list[dict[str, object]]:
        book = openpyxl.load_workbook(desk.path)
        sheet = book["Te behandelen"]
        change(sheet, {str(cell.value): cell.column for cell in sheet[1]})
        book.save(desk.path)
        if request.param == "LibreOffice":
            saved_by_libreoffice(desk.path, tmp_path)
        desk.round()
        return rows(desk)

    return decide


def rows(desk: Desk) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(desk.path)["Te behandelen"]
    header, *below = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in below if any(row)]


def numbers(found: list[dict[str, object]]) -> list[object]:
    return sorted(str(row["Nr van het geval"]) for row in found if row["Wat is er"])


def follows(found: list[dict[str, object]], word: str) -> str:
    (said,) = [str(row["Wat volgt"]) for row in found if row["Beslissing"] == word]
    return said


def test_a_number_typed_over_is_put_back_and_the_decision_is_that_of_the_words(
    desk: Desk, decided: Callable[[Change], list[dict[str, object]]]
) -> None:
    def other_number(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(2, 1).value, sheet.cell(2, columns["Beslissing"]).value = 3, "weigeren"

    found = decided(other_number)
    assert desk.decisions == [(1, "weigeren", "", "")]
    assert numbers(found) == ["2", "3"]


def test_numbers_sorted_apart_from_their_words_decide_by_the_words(
    desk: Desk, decided: Callable[[Change], list[dict[str, object]]]
) -> None:
    def turned(sheet: Worksheet, columns: dict[str, int]) -> None:
        for row, number in ((2, 3), (3, 1), (4, 2)):
            sheet.cell(row, 1).value = number
        sheet.cell(3, columns["Beslissing"]).value = "aanvaarden"

    decided(turned)
    assert desk.decisions == [(2, "aanvaarden", "", "")]


def test_words_that_she_wrote_over_are_known_by_the_number(
    desk: Desk, decided: Callable[[Change], list[dict[str, object]]]
) -> None:
    def rewritten(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(2, columns["Wat er gelezen werd"]).value = "gebeld, mag erbij"
        sheet.cell(2, columns["Beslissing"]).value = "aanvaarden"

    decided(rewritten)
    assert desk.decisions == [(1, "aanvaarden", "", "")]


@pytest.mark.parametrize("number", [None, 9999, "INS-0001", 2])
def test_a_decision_in_a_row_of_no_case_is_told_there_and_stays(
    desk: Desk, decided: Callable[[Change], list[dict[str, object]]], number: object
) -> None:
    def own_row(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(6, 1).value = number
        sheet.cell(6, columns["Wie"]).value = "Karel Appel"
        sheet.cell(6, columns["Beslissing"]).value = "inschrijven"

    found = decided(own_row)
    assert desk.decisions == []
    assert "Er gebeurde niets" in follows(found, "inschrijven")
    assert len(found) == 4
    before = desk.path.read_bytes()
    desk.round()
    assert desk.path.read_bytes() == before  # what the row says already is not written again
    desk.cases = (*desk.cases, case(4, "Mia Smet"))
    desk.round()
    assert "Er gebeurde niets" in follows(rows(desk), "inschrijven")
    assert desk.path.read_bytes() != before
    assert desk.remarks == []


def test_a_number_beside_nothing_but_a_decision_is_that_case(
    desk: Desk, decided: Callable[[Change], list[dict[str, object]]]
) -> None:
    def short(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(6, 1).value, sheet.cell(6, columns["Beslissing"]).value = 2, "weigeren"

    found = decided(short)
    assert desk.decisions == [(2, "weigeren", "", "")]
    assert numbers(found) == ["1", "3"]


@pytest.mark.parametrize("word", ["Aanvaarden!", " aanvaarden ", "aanvaard", "aanvarden", "AANVAARDEN."])
def test_a_word_that_is_nearly_one_of_the_list_is_that_one(
    desk: Desk, decided: Callable[[Change], list[dict[str, object]]], word: str
) -> None:
    def typed(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(2, columns["Beslissing"]).value = word

    decided(typed)
    assert desk.decisions == [(1, "aanvaarden", "", "")]


@pytest.mark.parametrize("word", ["ok", "ja", "aan", "niet aanvaarden", "versturen", "misschien"])
def test_any_other_word_is_told_in_its_row_until_she_decides(
    desk: Desk, decided: Callable[[Change], list[dict[str, object]]], word: str
) -> None:
    def typed(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(2, columns["Beslissing"]).value = word

    found = decided(typed)
    assert desk.decisions == []
    assert f"“{word}” kan op deze rij niet gekozen worden" in follows(found, word)
    assert "“aanvaarden”, “weigeren”" in follows(found, word)
    desk.round()
    assert follows(rows(desk), word) == follows(found, word)

    def emptied(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(2, columns["Beslissing"]).value = None

    assert not any(row["Wat volgt"] for row in decided(emptied))
    assert desk.remarks == []


def test_a_beginning_of_two_words_is_neither(
    desk: Desk, decided: Callable[[Change], list[dict[str, object]]]
) -> None:
    desk.cases = (case(1, "Els Maes", Choice.ACCEPT, Choice.AS_COLLEAGUE),)
    desk.write()

    def typed(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(2, columns["Beslissing"]).value = "aanvaard"

    assert "kan op deze rij niet gekozen worden" in follows(decided(typed), "aanvaard")
    assert desk.decisions == []


def test_a_row_that_stands_twice_with_two_decisions_says_so_until_she_takes_one(
    desk: Desk, decided: Callable[[Change], list[dict[str, object]]]
) -> None:
    def twice(sheet: Worksheet, columns: dict[str, int]) -> None:
        for cell in sheet[2]:
            sheet.cell(5, cell.column).value = cell.value
        sheet.cell(2, columns["Beslissing"]).value = "aanvaarden"
        sheet.cell(5, columns["Beslissing"]).value = "weigeren"

    found = decided(twice)
    desk.round()
    assert rows(desk) == found
    assert "Kies één van beide" in str(found[0]["Wat volgt"])
    assert numbers(found) == ["1", "2", "3"]

    def one(sheet: Worksheet, columns: dict[str, int]) -> None:
        sheet.cell(2, columns["Beslissing"]).value = "weigeren"

    decided(one)
    assert desk.decisions == [(1, "weigeren", "", "")]


def test_of_two_rows_that_say_the_same_without_their_numbers_neither_is_decided(desk: Desk) -> None:
    desk.cases = (case(1, "Els Maes"), case(2, "Els Maes"))
    desk.write()
    book = openpyxl.load_workbook(desk.path)
    sheet = book["Te behandelen"]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    for at, choice in ((2, Choice.REFUSE), (3, Choice.ACCEPT)):
        sheet.cell(at, columns["Nr van het geval"]).value = None
        sheet.cell(at, columns["Beslissing"]).value = str(choice)
    book.save(desk.path)
    desk.round()
    assert desk.decisions == []
    assert any("Deze rij heeft geen nummer." in str(row["Wat volgt"]) for row in rows(desk))


def test_nobody_takes_the_place_that_is_their_own() -> None:
    own, other = person(1), person(2)
    asked = Case(
        CaseKind.LATE, "", "?", (Choice.REPLACES,), NOW, "kis",
        registration=own.nr, payload={OF_ORGANISATION: own.organisation_known}, id=1,
    )  # fmt: skip
    assert replaceable(asked, (own, other)) == [other.nr]


def test_whose_place_the_mail_speaks_of_is_offered_and_no_other() -> None:
    one, other, third = person(1), person(2), person(3)
    facts = {OF_ORGANISATION: one.organisation_known}
    asked = Case(CaseKind.LATE, "", "?", (Choice.REPLACES,), NOW, "kis", payload=facts, id=1)
    named = replace(asked, payload={**facts, IN_PLACE_OF: other.nr})
    unnamed = replace(asked, payload={**facts, IN_PLACE_OF: ""})
    people = (one, other, third)
    assert replaceable(named, people) == [other.nr]
    places = replaceable(unnamed, people)
    assert len(places) == 3
    assert (drawn_places(unnamed, places), drawn_places(asked, places)) == (places, places[:1])


def test_places_that_the_mail_does_not_speak_of_are_one_line() -> None:
    preview = Preview(
        1, "An Claes", "vervangt INS-0003", "an@x.example", name="An Claes", subject="x", text="x"
    )
    names = {"INS-0003": "Els Maes", "INS-0004": "Bo Claes"}
    told = what_would_follow(1, [preview], names, LAYOUT, ["INS-0004", "INS-0005"]).splitlines()
    assert told[0] == (
        "vervangt INS-0003 (Els Maes): mail aan An Claes. Zo ook voor INS-0004 (Bo Claes), INS-0005"
    )


def test_a_place_that_is_given_away_is_told_with_its_name() -> None:
    previews = [
        Preview(1, "An Claes", word, "an@x.example", name="An Claes", subject="Ingeschreven", text="Dag")
        for word in ("vervangt INS-0003", "inschrijven")
    ]
    told = what_would_follow(1, previews, {"INS-0003": "Els Maes"}, LAYOUT).splitlines()
    assert told[:2] == ["vervangt INS-0003 (Els Maes): mail aan An Claes", "inschrijven: mail aan An Claes"]


def test_each_word_of_a_drop_down_is_one_choice_and_is_read_as_it(
    decided: Callable[[Change], list[dict[str, object]]], desk: Desk
) -> None:
    words = (Choice.ACCEPT, Choice.AS_COLLEAGUE, Choice.REFUSE)
    desk.cases = (case(4, "Bo Daems", *words),)
    desk.write()
    sheet = openpyxl.load_workbook(desk.path)["Te behandelen"]
    shown = [str(one.formula1).strip('"').split(",") for one in sheet.data_validations.dataValidation]
    assert ["aanvaarden", "aanvaarden – voortaan als collega", "weigeren"] in shown

    def choose(sheet: Worksheet, at: dict[str, int]) -> None:
        sheet.cell(2, at["Beslissing"]).value = "aanvaarden – voortaan als collega"

    decided(choose)
    assert [said[1] for said in desk.decisions] == [str(Choice.AS_COLLEAGUE)]


def test_a_decision_in_the_column_beside_it_is_told_until_it_is_gone(desk: Desk) -> None:
    desk.cases = (case(1, "Els Maes"),)
    desk.write()
    for typed, told in (("Aanvaarden", True), ("Tot dan!", False)):
        book = openpyxl.load_workbook(desk.path)
        sheet = book["Te behandelen"]
        at = {str(cell.value): cell.column for cell in sheet[1]}
        sheet.cell(2, at["Toelichting"]).value = typed
        book.save(desk.path)
        desk.round()
        said = str(rows(desk)[0]["Wat volgt"])
        assert ("“aanvaarden” staat onder Toelichting" in said) is told


@pytest.mark.parametrize(
    ("words", "fit"),
    [
        (("ja", "neen"), True),
        (("met de trein, 1e klas", "neen"), False),
        (("x" * 128, "y" * 128), False),
        ((), False),
    ],
)
def test_a_drop_down_holds_what_excel_can_list_in_one(words: tuple[str, ...], *, fit: bool) -> None:
    assert theme.fits(words) is fit


@pytest.mark.parametrize(
    ("typed", "nrs"),
    [
        ("vervangt INS-0016 (Frank Nys)", ["INS-0016"]),
        ("Vervangt ins-0016 (Nys, Frank)", ["INS-0016"]),
        ("vervangt INS-0017 (Frank Nys)", []),
        ("(Frank Nys)", []),
    ],
)
def test_whose_place_a_word_gives_away_may_stand_behind_it(desk: Desk, typed: str, nrs: list[str]) -> None:
    asked = case(1, "Els Maes", Choice.REPLACES, Choice.REGISTER)
    desk.cases = (replace(asked, payload={IN_PLACE_OF: "INS-0016"}),)
    desk.add(person(16, first_name="Frank", last_name="Nys"))
    desk.round()
    book = openpyxl.load_workbook(desk.path)
    sheet = book["Te behandelen"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, columns["Beslissing"]).value = typed
    book.save(desk.path)
    desk.round()
    assert [(edit.choice, edit.nr) for edit in desk.edits] == [(Choice.REPLACES, nr) for nr in nrs]


def test_what_a_row_says_is_kept_as_a_code_and_that_of_a_ledger_of_before_in_its_words() -> None:
    said = say(FileSays.NOT_OFFERED_HERE, word="nee", which=say(FileSays.ITS_LIST_OFFERS, words=("“ja”",)))
    assert said_of(kept_of(said)) == said
    assert "niet gekozen" not in str(kept_of(said))
    before = {"choice": "nee", "note": "“nee” kan op deze rij niet gekozen worden."}
    assert said_of(before) == before["note"]
    assert said_of(kept_of(before["note"])) == before["note"]
    assert said_of({}) == said_of(kept_of("")) == ""
