"""Random mails, edits by hand and kills: ledger and workbook agree, and none of her work is gone."""

from __future__ import annotations

import io
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import openpyxl
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from openpyxl.styles import PatternFill

from mailbot.domain.mailing import MailingState
from mailbot.domain.registration import Registration, Status
from mailbot.files import shared_folder, workbook_file
from mailbot.workbook import read
from mailbot.xlsx import package
from tests.workbook.conftest import LAYOUT, Desk, person, saved_by_libreoffice
from tests.workbook.strict import complaints

_WORDS = st.sampled_from(["Burgemeester", "=1+1", "+32 478", "ja", "Schepen\nvan cultuur", "é & <b>", "0478"])
_KEYS = st.sampled_from(["Functie", "Telefoon", "Dieetwensen", "Opmerkingen"])
_FIELD = {"Functie": "role", "Telefoon": "phone", "Dieetwensen": "diet", "Opmerkingen": "remarks"}


def registered(number: int, **answers: str) -> Registration:
    """Somebody with an address of their own."""
    return replace(person(number, **answers), sender=f"jan{number}@brugge.example")


class Killed(BaseException):
    """The process died here."""


class ByChance(RuleBasedStateMachine):
    """The secretary, the mails and the power cuts. ``sittings`` counts what she saved, over all runs, and
    ``by_libreoffice`` how many of them LibreOffice saved: benchmarks/sittings.py runs until enough."""

    sittings: ClassVar[int] = 0
    by_libreoffice: ClassVar[int] = 0

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.desk = Desk(self.folder)
        self.desk.add(*(registered(number) for number in range(1, 9)))
        self.letters: dict[str, str] = {}
        self.chosen: set[str] = set()
        self.notes: dict[str, str] = {}
        self.corrected: dict[tuple[str, str], str] = {}
        self.columns = 0
        self.sheets = 0
        self.from_libreoffice = 0
        assert self.desk.round().done

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    # ------------------------------------------------------------ mails

    @rule(word=st.sampled_from(["", "Schepen"]))
    def mail_registers(self, word: str) -> None:
        number = 1 + max(int(nr[4:]) for nr in self.desk.people)
        self.desk.add(registered(number, role=word))

    @rule(word=st.sampled_from(["Raadslid", "Directeur"]), at=st.integers(0, 50))
    def mail_changes(self, word: str, at: int) -> None:
        nr = list(self.desk.people)[at % len(self.desk.people)]
        if (nr, "role") not in self.corrected:
            one = self.desk.people[nr]
            self.desk.people[nr] = replace(one, answers={**one.answers, "role": word})

    # ------------------------------------------------------------ by hand

    def _sheet(self) -> tuple[openpyxl.Workbook, dict[str, int], dict[str, int]]:
        book = openpyxl.load_workbook(self.desk.path, rich_text=True)
        sheet = book["Deelnemers"]
        columns = {str(cell.value): cell.column for cell in sheet[1] if cell.value}
        rows = {
            str(sheet.cell(at, columns["Nr"]).value): at
            for at in range(2, sheet.max_row + 1)
            if sheet.cell(at, columns["Nr"]).value
        }
        return book, columns, rows

    def _save(self, book: openpyxl.Workbook) -> None:
        book.save(self.desk.path)
        ByChance.sittings += 1

    @rule(at=st.integers(0, 50), header=_KEYS, word=_WORDS)
    def corrects(self, at: int, header: str, word: str) -> None:
        book, columns, rows = self._sheet()
        nr = list(rows)[at % len(rows)]
        cell = book["Deelnemers"].cell(rows[nr], columns[header])
        cell.value = word
        cell.data_type = "s"
        self._save(book)
        self.corrected[nr, _FIELD[header]] = word

    @rule(at=st.integers(0, 50), word=_WORDS)
    def notes_something(self, at: int, word: str) -> None:
        book, columns, rows = self._sheet()
        sheet = book["Deelnemers"]
        if "Betaald" not in columns:
            columns["Betaald"] = max(columns.values()) + 2  # not even next to the list
            sheet.cell(1, columns["Betaald"]).value = "Betaald"
        nr = list(rows)[at % len(rows)]
        sheet.cell(rows[nr], columns["Betaald"]).value = f"nota {word}"
        sheet.cell(rows[nr], columns["Betaald"]).data_type = "s"
        sheet.cell(rows[nr], columns["Betaald"]).fill = PatternFill("solid", fgColor="FFABCDEF")
        self._save(book)
        self.notes[nr] = f"nota {word}"

    @rule(before=st.integers(1, 12))
    def puts_a_column_between(self, before: int) -> None:
        if self.columns == 3:
            return
        self.columns += 1
        book, _, _ = self._sheet()
        book["Deelnemers"].insert_cols(before)
        book["Deelnemers"].cell(1, before).value = f"Eigen {self.columns}"
        self._save(book)

    @rule()
    def adds_a_sheet(self) -> None:
        if self.sheets == 2:
            return
        self.sheets += 1
        book, _, _ = self._sheet()
        sheet = book.create_sheet(f"Mijn blad {self.sheets}", 0)
        sheet["B2"] = "niet aankomen"
        sheet["B3"] = "=COUNTA(Deelnemers!A:A)"
        self._save(book)

    @rule(names=st.sampled_from(["Zeger", "Aagje"]))
    def types_a_row(self, names: str) -> None:
        book, columns, rows = self._sheet()
        at = max(rows.values(), default=1) + 1
        if any(cell.value for cell in book["Deelnemers"][at]):
            return
        book["Deelnemers"].cell(at, columns["Naam"]).value = f"{names} {len(self.desk.people)}"
        self._save(book)
        self.desk.round()

    @precondition(lambda self: sum(p.status is not Status.CANCELLED for p in self.desk.people.values()) > 4)
    @rule(at=st.integers(0, 50))
    def deletes_a_row(self, at: int) -> None:
        book, _, rows = self._sheet()
        if len(rows) < 3:
            return
        nr = list(rows)[at % len(rows)]
        book["Deelnemers"].delete_rows(rows[nr])
        self._save(book)
        self.desk.round()
        assert self.desk.people[nr].status is Status.CANCELLED
        self.notes.pop(nr, None)

    @rule(header=st.sampled_from(["Naam", "Nr"]), down=st.booleans())
    def sorts(self, header: str, down: bool) -> None:
        book, columns, rows = self._sheet()
        sheet = book["Deelnemers"]
        last = max(rows.values())
        held = [
            [(cell.value, cell.data_type, cell._style) for cell in sheet[at]] for at in range(2, last + 1)
        ]
        held.sort(key=lambda row: str(row[columns[header] - 1][0]), reverse=down)
        for at, row in enumerate(held, start=2):
            for cell, (value, kind, style) in zip(sheet[at], row, strict=True):
                cell.value, cell._style = value, style
                if kind == "s":
                    cell.data_type = "s"
        self._save(book)

    # ------------------------------------------------------------ mail to many

    def _letters(self) -> tuple[openpyxl.Workbook, dict[str, int], dict[str, int]]:
        """The workbook, the columns of Berichten, and the row of each subject."""
        book = openpyxl.load_workbook(self.desk.path, rich_text=True)
        sheet = book["Berichten"]
        columns = {str(cell.value): cell.column for cell in sheet[1] if cell.value}
        rows = {}
        for at in range(2, sheet.max_row + 1):
            if subject := sheet.cell(at, columns["Onderwerp"]).value:
                rows[str(subject)] = at
        return book, columns, rows

    @precondition(lambda self: len(self.letters) < 4)
    @rule(word=_WORDS, audience=st.sampled_from(["ingeschreven", "wachtlijst", "Betaald", "niemand"]))
    def writes_to_many(self, word: str, audience: str) -> None:
        book, columns, rows = self._letters()
        sheet, at = book["Berichten"], max(rows.values(), default=1) + 1
        subject = f"Bericht {len(self.letters)}"
        for header, text in {"Aan wie": audience, "Onderwerp": subject, "Tekst": f"Dag {word}"}.items():
            cell = sheet.cell(at, columns[header])
            cell.value, cell.data_type = text, "s"
        self._save(book)
        self.letters[subject] = f"Dag {word}"

    @precondition(lambda self: bool(self.letters))
    @rule(at=st.integers(0, 50), choice=st.sampled_from(["versturen", "niet versturen", "proef aan mezelf"]))
    def decides_about_a_letter(self, at: int, choice: str) -> None:
        book, columns, rows = self._letters()
        subject = list(self.letters)[at % len(self.letters)]
        book["Berichten"].cell(rows[subject], columns["Beslissing"]).value = choice
        self._save(book)
        if choice == "versturen":
            self.chosen.add(subject)

    @precondition(lambda self: bool(self.letters))
    @rule(at=st.integers(0, 50))
    def sends_again_by_copying(self, at: int) -> None:
        """The same text in a row of its own, sent: nobody gets it a second time."""
        book, columns, rows = self._letters()
        subject = list(self.letters)[at % len(self.letters)]
        sheet, below = book["Berichten"], max(rows.values()) + 1
        for header in ("Aan wie", "Onderwerp", "Tekst"):
            cell = sheet.cell(below, columns[header])
            cell.value, cell.data_type = sheet.cell(rows[subject], columns[header]).value, "s"
        self._save(book)
        self.desk.round()

    @precondition(lambda self: self.from_libreoffice < 1)  # a start of LibreOffice takes seconds
    @rule()
    def saves_from_libreoffice(self) -> None:
        self.from_libreoffice += 1
        ByChance.sittings += 1
        ByChance.by_libreoffice += 1
        saved_by_libreoffice(self.desk.path, self.folder / "libreoffice")

    # ------------------------------------------------------------ rounds

    @rule()
    def round(self) -> None:
        self.desk.round()

    @rule(where=st.sampled_from(["before keep", "after keep", "before exchange", "after exchange"]))
    def killed_in_a_round(self, where: str) -> None:
        desk, exchange = self.desk, shared_folder._exchange

        def keep(cells: str, follows: int) -> int:
            if where == "before keep":
                raise Killed
            number = desk.keep(cells, follows)
            if where == "after keep":
                raise Killed
            return number

        def cut(one: Path, other: Path) -> None:
            if where == "after exchange":
                exchange(one, other)
            raise Killed

        desk.import_edits()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(shared_folder, "_exchange", cut)
            try:
                desk.file.write(desk.state, desk.bases.get, keep, desk.now)
            except Killed:
                desk.restart()

    @invariant()
    def ledger_and_workbook_agree_after_a_round(self) -> None:
        if not hasattr(self, "desk"):
            return
        found = self.desk.path.read_bytes()
        self.desk.round()
        assert not self.desk.remarks
        data = self.desk.path.read_bytes()
        book, columns, rows = self._sheet()
        sheet = book["Deelnemers"]
        shown = {nr for nr in rows if nr in self.desk.people}
        assert shown >= {nr for nr, p in self.desk.people.items() if p.status is not Status.CANCELLED}
        for nr in shown:
            for header, key in _FIELD.items():
                text = sheet.cell(rows[nr], columns[header]).value
                assert (str(text) if text is not None else "") == self.desk.people[nr].text(key)
        for (nr, key), word in self.corrected.items():
            assert self.desk.people[nr].text(key) == word
        for nr, note in self.notes.items():
            cell = sheet.cell(rows[nr], columns["Betaald"])
            assert (cell.value, cell.fill.fgColor.rgb) == (note, "FFABCDEF")
        for number in range(1, self.columns + 1):
            assert f"Eigen {number}" in columns
        for number in range(1, self.sheets + 1):
            assert book[f"Mijn blad {number}"]["B2"].value == "niet aankomen"
        self._letters_stand_and_went_once()
        if data != found:  # what openpyxl left, which breaks tables, stays while nothing is written
            assert complaints(data) == []
        assert not read(data, LAYOUT, workbook_file.Base()).damaged
        sheets = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
        assert (sheets[-1] == "Voorbeelden") == bool(self.letters)  # made with the first mail to show
        assert [one for one in sheets if one != "Voorbeelden"][-1] == "Uitleg"

    def _letters_stand_and_went_once(self) -> None:
        """Each letter stands in the sheet as she wrote it; it went to nobody before she said so, and to
        nobody twice."""
        desk = self.desk
        book, columns, rows = self._letters()
        for subject, text in self.letters.items():
            assert book["Berichten"].cell(rows[subject], columns["Tekst"]).value == text
        numbers = [cell.value for cell in book["Berichten"]["A"][1:] if cell.value is not None]
        assert len(numbers) == len(set(numbers))
        assert len(desk.sent) == len(set(desk.sent))
        gone = {one.subject for one in desk.mailings.values() if one.state is MailingState.SENT}
        assert gone <= self.chosen
        assert {one.subject for one in desk.mailings.values()} == set(self.letters)


TestByChance = ByChance.TestCase
TestByChance.settings = settings(max_examples=2, stateful_step_count=12, deadline=None)


class OfALongList(ByChance):
    """The same where each sheet is held as a long one is: as text, until one of its rows changes."""

    @initialize()
    def begin(self) -> None:
        self.before, package._PACKED = package._PACKED, 0
        super().begin()

    def teardown(self) -> None:
        package._PACKED = self.before
        super().teardown()


TestOfALongList = OfALongList.TestCase
TestOfALongList.settings = TestByChance.settings


def test_the_first_letter_brings_its_own_sheet_behind_all_others() -> None:
    desk = ByChance()
    desk.begin()
    try:
        desk.writes_to_many(word="Burgemeester", audience="Betaald")
        desk.ledger_and_workbook_agree_after_a_round()
    finally:
        desk.teardown()


@pytest.mark.long
class TestForLong(ByChance.TestCase):  # type: ignore[name-defined,misc]  # made by hypothesis
    """The same, many times."""

    settings = settings(max_examples=20, stateful_step_count=12, deadline=None)
