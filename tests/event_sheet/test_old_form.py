"""An old form that comes again: she takes it to the meeting that is open, or refuses it."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import load_workbook

from tests.event_sheet.test_coming_and_going import JAN
from tests.event_sheet.town import Town, answers, in_days, person, plain, rows, typed

SHEET = "Te behandelen"


def decide(town: Town, cells: Mapping[str, str]) -> None:
    """Types in the one row of the common workbook."""
    path = town.folder / "workbooks" / "Te behandelen.xlsx"
    book = load_workbook(path)
    columns = {cell.value: cell.column for cell in book[SHEET][1]}
    for header, value in cells.items():
        book[SHEET].cell(2, columns[header]).value = value
    book.save(path)


def shown(town: Town) -> dict[str, object]:
    (row,) = rows(town.folder / "workbooks" / "Te behandelen.xlsx", SHEET)
    return row


def old_form(town: Town) -> None:
    """A form that names a meeting of last spring, while another is open."""
    town.event(
        "kis-2026-1",
        title="Voorjaarsoverleg",
        starts=in_days(-200),
        ends=in_days(-200, 17),
        deadline=in_days(-210).date(),
    )
    town.mail(JAN, "Inschrijving Voorjaarsoverleg", typed(person()))
    assert town.run() == []


def test_it_stands_where_she_can_choose_the_open_meeting(town: Town) -> None:
    old_form(town)
    assert "voorbij" in str(shown(town))
    decide(town, {"Bijeenkomst": "kis-2026-3", "Beslissing": "aanvaarden"})
    (told,) = answers(town.run())
    assert told["X-Mailbot-Outcome"] == "registered"
    assert len(town.sheet()) == 1


def test_a_refusal_says_of_which_day_the_meeting_was(town: Town) -> None:
    old_form(town)
    decide(town, {"Beslissing": "weigeren"})
    (told,) = answers(town.run())
    assert str(in_days(-200).year) in plain(told).partition("Wanneer:")[2]


def test_an_undone_decision_keeps_the_meeting_that_she_chose(town: Town) -> None:
    old_form(town)
    decide(town, {"Bijeenkomst": "kis-2026-3", "Beslissing": "aanvaarden"})
    town.run()
    decide(town, {"Beslissing": "ongedaan maken"})
    town.run()
    again = shown(town)
    assert str(again["Bijeenkomst"]).endswith("(kis-2026-3)")
    assert again["Beslissing"] is None
    decide(town, {"Beslissing": "aanvaarden"})
    assert any(mail["X-Mailbot-Outcome"] == "registered" for mail in town.run())
