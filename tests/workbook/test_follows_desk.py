"""What becomes of a workbook, to the last cell: how it is made, what is taken in of what she does to it, and
what the next write then changes in the file as she saved it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from difflib import unified_diff
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from mailbot.domain.case import Case, CaseKind, Choice, Edit
from mailbot.domain.decision import EventState, Logged, LogLine
from mailbot.domain.document import Location
from mailbot.domain.form import Form
from mailbot.domain.mailing import Mailing, MailingState
from mailbot.domain.registration import Removal, Status
from mailbot.domain.settled import Preview, SentMail, SettledCase, Settlement
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Answer, Code, Person, Problem
from mailbot.wording import as_told
from mailbot.workbook.overview import WANTED_LIST
from mailbot.xlsx.cell import Content
from mailbot.xlsx.references import Move
from mailbot.xlsx.workbook import Workbook
from mailbot.xlsx.worksheet import Worksheet as Sheet
from tests.decision.following import parts, value
from tests.packages import part, told
from tests.workbook.conftest import FORM, LAYOUT, NOW, SHARED, Desk, person

HELD = parts(Path(__file__).parent / "follows" / "desk.txt")
HOUR = timedelta(hours=1)


class Office(Desk):
    """A desk whose ledger also knows what was decided, what decisions would mail, and mails left for her."""

    settled: tuple[SettledCase, ...] = ()
    shown_mails: tuple[Preview, ...] = ()
    inbox: tuple[Case, ...] = ()
    lists: tuple[str, ...] = ()

    @property
    def state(self) -> EventState:
        """What the ledger holds."""
        return replace(
            super().state,
            settled=self.settled,
            previews=self.shown_mails,
            inbox=self.inbox,
            lists=self.lists,
        )


def _case(number: int, kind: CaseKind, *choices: Choice, **more: object) -> Case:
    facts = {"event": "kis", "says": (say(Says.QUOTED, words=f"Mag dit, {number}?"),), **more}
    return Case(
        kind, f"Els Maes {number}", "", choices, NOW - number * HOUR, id=number, key=f"k{number}", **facts
    )


def _cases() -> tuple[Case, ...]:
    doubts = (
        Problem(0, "born", Code.INVALID, read="31/2/1980"),
        Problem(0, "other:plate", Code.UNSURE, read="1-ABC-123"),
    )
    return (
        _case(1, CaseKind.UNRELATED, Choice.ACCEPT, Choice.REFUSE, registration="INS-0001", message=31),
        _case(2, CaseKind.PERHAPS, Choice.ACCEPT, Choice.DONE, doubts=doubts, message=32),
        _case(
            3,
            CaseKind.UNRELATED,
            Choice.ACCEPT,
            Choice.REPLACES,
            Choice.DONE,
            person=Person({"last_name": Answer("Maes", Location())}, organisation_known="Brugge"),
        ),
        _case(4, CaseKind.UNRELATED, Choice.DONE, message=33),
    )


def _settled() -> tuple[SettledCase, ...]:
    mails = (
        *(
            SentMail(n, f"a{n}@brugge.example", "Ingeschreven", "answer", sent=NOW, left=True)
            for n in range(6)
        ),
        SentMail(7, "jan@brugge.example", "Uw dag", "answer", calendar=True, waits=True),
        SentMail(8, "els@brugge.example", "Uw dag", "answer", failed=True, left=True),
        SentMail(9, "an@brugge.example", "Uw dag", "answer", left=True),
    )
    final = Settlement(None, final=say(Says.QUOTED, words="Dit is definitief."))
    return (
        SettledCase(
            _case(8, CaseKind.UNRELATED, Choice.ACCEPT, Choice.REFUSE),
            NOW - HOUR,
            Settlement(Choice.ACCEPT, "mag", notes=(say(Says.QUOTED, words="Let op."),)),
            mails,
        ),
        SettledCase(_case(9, CaseKind.UNRELATED, Choice.ACCEPT), NOW - 2 * HOUR, final),
    )


_PREVIEWS = (
    Preview(1, "Els Maes 1", "aanvaarden", "els@brugge.example", "Ingeschreven", "Dag Els\n\nWelkom."),
    Preview(1, "Els Maes 1", "aanvaarden", "jan@brugge.example", "Ter info", "Dag Jan", name="Jan Peeters1"),
    Preview(1, "Els Maes 1", "weigeren"),
    Preview(4, "Els Maes 4", "afgehandeld"),
)


def _mailings() -> dict[int, Mailing]:
    rows = (
        {"to": "ingeschreven", "subject": "Tot donderdag", "text": "Dag\nallen", "files": "attest"},
        {
            "to": "wachtlijst", "subject": "Vol", "text": "Jammer", "state": MailingState.SENT, "done": NOW,
            "count": 1, "nrs": ("INS-0002",),
        },
        {"to": "verontschuldigd", "subject": "Volgende keer", "state": MailingState.STOPPED, "done": NOW},
        {"to": "ingeschreven", "subject": "Weg", "hidden": True},
    )  # fmt: skip
    return {n: Mailing("kis", f"0:{n}", NOW, id=n, **row) for n, row in enumerate(rows, 1)}


def _office(folder: Path) -> Office:
    """Everything that a workbook can show, a little of each."""
    office = Office(folder)
    office.add(
        *(replace(person(n), status=status) for n, status in enumerate((*Status, Status.REGISTERED), 1)),
        person(
            8,
            organisation="Damme",
            diet="vegetarisch",
            born="1980-02-01",
            number="3",
            phone="050 11 22 33",
            role="3/12/2026",
            remarks="12,50",  # a text stays one, whatever it looks like
        ),
        replace(person(9), attended=True, changed=NOW + HOUR),
        replace(person(10), status=Status.CANCELLED, removed=Removal.UNDONE),
    )
    office.cases, office.settled, office.shown_mails = _cases(), _settled(), _PREVIEWS
    office.mailings, office.lists = _mailings(), ("lijsten/kis traiteur (docx en xlsx)",)
    office.log += [
        Logged(NOW + n * HOUR, LogLine("els@damme.example", "gewijzigd", "gsm", "INS-0003")) for n in (1, 30)
    ]
    return office


def _shared(folder: Path) -> Office:
    """The workbook of no event, with mails left for her."""
    office = Office(folder, SHARED)
    office.cases = tuple(replace(one, event="") for one in _cases())
    office.settled, office.shown_mails = (
        _settled()[:1],
        (replace(_PREVIEWS[0], case=51, of_inbox=True), *_PREVIEWS),
    )
    office.inbox = (
        _case(
            51,
            CaseKind.PERHAPS,
            Choice.REGISTER,
            Choice.DONE,
            event="",
            payload={"who": "Jan Maes"},
            message=31,
        ),
        _case(52, CaseKind.PERHAPS, Choice.DONE, event="", payload={"courtesy": "ja"}),
    )
    return office


LINKS = {31: "berichten/31 één.eml", 32: "berichten/32.eml"}


# ------------------------------------------------------------ what she and the ledger do

Step = Callable[[Office], None]


def hers(edit: Callable[[openpyxl.Workbook], None]) -> Step:
    """She opens the file in a program that writes all of it anew, does something, and saves it."""

    def step(office: Office) -> None:
        book = openpyxl.load_workbook(office.path)
        edit(book)
        book.save(office.path)

    return step


def lightly(edit: Callable[[Workbook], None]) -> Step:
    """She changes something in a program that leaves the rest as it is."""

    def step(office: Office) -> None:
        book = Workbook.open(office.path.read_bytes())
        edit(book)
        office.path.write_bytes(book.data())

    return step


def sheet_of(book: Workbook, name: str) -> Sheet:
    """A sheet that is there."""
    found = book.sheet(name)
    assert found is not None
    return found


def column(sheet: Sheet, header: str) -> int:
    """The number of a column."""
    return next(i for i in range(1, sheet.last_column + 1) if sheet.get(1, i) == header)


def typed(name: str, *cells: tuple[int, str, Content]) -> Step:
    """She types below headers of a sheet."""

    def edit(book: Workbook) -> None:
        sheet = sheet_of(book, name)
        for row, header, text in cells:
            sheet.set(row, column(sheet, header), text)

    return lightly(edit)


people = "Deelnemers"


def without_rows(name: str, *rows: int) -> Step:
    """She deletes rows."""
    return lightly(lambda book: sheet_of(book, name).move(Move(gone=frozenset(rows))))


def copied(name: str, source: int, target: int) -> Step:
    """She copies a row onto another."""

    return lightly(lambda book: _copy(sheet_of(book, name), source, target))


def _copy(sheet: Sheet, source: int, target: int) -> None:
    for index in range(1, sheet.last_column + 1):
        sheet.set(target, index, sheet.get(source, index))


def named(name: str, header: str, other: str | None) -> Step:
    """She calls a column otherwise."""

    def edit(book: Workbook) -> None:
        sheet = sheet_of(book, name)
        sheet.set(1, column(sheet, header), other)

    return lightly(edit)


def _no_tables(sheet: Worksheet) -> None:
    for table in list(sheet.tables):
        del sheet.tables[table]


def _column_gone(book: openpyxl.Workbook) -> None:
    _no_tables(book[people])
    (phone,) = (cell.column for cell in book[people][1] if cell.value == "Telefoon")
    book[people].delete_cols(phone)


def _turned(book: openpyxl.Workbook) -> None:
    """She sorts the list the other way round."""
    sheet = book[people]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2) if row[0].value]
    for place, row in enumerate(reversed(rows), start=2):
        for index, text in enumerate(row, start=1):
            sheet.cell(place, index).value = text


def _lines_above(book: openpyxl.Workbook) -> None:
    _no_tables(book[people])
    book[people].insert_rows(1, 2)
    book[people]["A1"] = "Onze lijst"


def _own_work(book: openpyxl.Workbook) -> None:
    """Notes and a sum below the list, a column of her own, colours, a note on a cell, a sheet that counts."""
    sheet = book[people]
    sheet["E20"], sheet["E21"] = "Bellen naar Jan", "=COUNTA(E2:E12)"
    sheet.cell(1, sheet.max_column + 1).value = "Bus"
    for row in (2, 4):
        sheet.cell(row, sheet.max_column).value = "ja"
    sheet["D3"].fill, sheet["D3"].font = PatternFill("solid", fgColor="FFFF00"), Font(bold=True)
    sheet["D4"].comment = Comment("Eerst bellen", "An")
    sheet.row_dimensions[5].height = 44
    own = book.create_sheet("Bus")
    own["A1"], own["A2"] = '=COUNTIF(Deelnemers!B2:B12,"Ingeschreven")', "='Deelnemers'!C9"


def _merged(book: openpyxl.Workbook) -> None:
    _no_tables(book[people])
    book[people].merge_cells("C3:C4")


def _beside_the_blocks(book: openpyxl.Workbook) -> None:
    """She moves what is drawn, and writes beside and below it."""
    for name in ("Overzicht", "Aanwezigheidslijst", "Naamkaartjes"):
        sheet = book[name]
        last = sheet.max_row
        sheet.cell(2, sheet.max_column + 2).value = "Van mij"
        sheet.cell(last + 3, 1).value = "Onderaan"
        sheet["A1"].font = Font(color="FF0000")


def _twice_with_other_words(book: Workbook) -> None:
    _copy(sheet_of(book, people), 3, 12)
    sheet_of(book, people).set(12, 5, "Griffier")


def _list_wanted(book: Workbook) -> None:
    sheet = sheet_of(book, "Overzicht")
    (asked,) = (row for row in range(1, sheet.last_row) if sheet.get(row, 1) == WANTED_LIST)
    sheet.set(asked, 2, "Traiteur")


def _sheets_gone(book: openpyxl.Workbook) -> None:
    for name in ("Te behandelen", "Berichten", "Overzicht", "Logboek", "Uitleg"):
        book.remove(book[name])


def _other_form(office: Office) -> None:
    fields = [f.model_dump() for f in FORM.fields if f.key not in ("phone", "diet")]
    fields.append({"key": "bus", "label": "Komt met de bus", "kind": "yes_no"})
    fields.append({"key": "menu", "label": "Menu", "kind": "choice", "choices": ("vis", "vlees")})
    form = Form.model_validate({"id": "f", "title": "Formulier", "field": fields})
    office.layout = replace(LAYOUT, form=form)
    office.restart()


def _same_form(office: Office) -> None:
    office.layout = LAYOUT
    office.restart()


def _nothing(office: Office) -> None:
    """Nobody does anything."""


def _nobody_comes_of_it(office: Office) -> None:
    """What she types from here on becomes no registration."""
    office.nobody = True


def _they_came_after_all(office: Office) -> None:
    office.add(person(13, last_name="Nieuw", first_name="An", organisation="", attends=""))


def _mail_gone(office: Office) -> None:
    office.inbox = office.inbox[1:]


def _newcomers(office: Office) -> None:
    office.add(person(11, organisation="Damme", remarks="een lange opmerking " * 12), person(12, role="=1+1"))


def _erased(office: Office) -> None:
    del office.people["INS-0003"]
    office.log = office.log[3:]


def _cases_move_on(office: Office) -> None:
    office.cases = (*office.cases[1:3], _case(5, CaseKind.UNRELATED, Choice.ACCEPT, message=32))
    office.settled = (replace(_settled()[0], case=_cases()[0]),)
    office.shown_mails = ()


def _undone(office: Office) -> None:
    """The case of the grey row is open again."""
    office.cases = (*office.cases, replace(_settled()[0].case))
    office.settled = office.settled[1:]


def _sent(office: Office) -> None:
    office.mailings[1] = replace(office.mailings[1], state=MailingState.SENT, done=NOW + HOUR, count=7)
    del office.mailings[3]


def _later(office: Office) -> None:
    office.now = NOW + timedelta(days=2)
    office.lists = ()


def _fewer(office: Office) -> None:
    """Most of those who come withdraw."""
    for nr in list(office.people)[:6]:
        office.people[nr] = replace(office.people[nr], status=Status.CANCELLED)


def _older_copy(office: Office) -> None:
    """She puts back a copy of before a write, in which she had changed something."""
    former = office.path.read_bytes()
    office.people["INS-0001"] = replace(
        office.people["INS-0001"], answers={**person(1).answers, "role": "Griffier"}
    )
    office.write()
    office.path.write_bytes(former)
    typed(people, (3, "Functie", "Schepen"))(office)


def _her_sheet(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("Pers")
    sheet.append(["Naam", "E-mail"])
    sheet.append(["Krant van hier", "mailto:redactie@krant.example"])
    sheet.append([None, "tv@zender.example"])
    sheet.append(["Zonder adres", None])
    for row, to in ((6, "Pers"), (7, "Bus"), (8, "Niets"), (9, "deelnemers")):
        for index, text in ((2, to), (3, f"Aan {to}"), (4, "Dag\r\nallemaal")):
            book["Berichten"].cell(row, index).value = text
    own = book[people]
    own.cell(1, own.max_column + 1).value = "Bus"
    for row, text in ((2, "ja"), (3, "neen"), (4, "x")):
        own.cell(row, own.max_column).value = text


#: What is done to a workbook that was just made, step by step; the service goes round after each.
SITTINGS: Mapping[str, tuple[Step, ...]] = {
    "nothing": (_nothing,),
    "people come": (_newcomers,),
    "people come below her own work": (hers(_own_work), _newcomers, _fewer),
    "somebody is erased above her own work": (hers(_own_work), _erased),
    "most withdraw, days later": (_fewer, _later),
    "cells are corrected": (
        typed(
            people,
            (2, "Functie", "Schepen"),
            (2, "Telefoon", 478123456),
            (3, "Status", "ingeschreven"),
            (3, "Datum", "3-12-1980"),
            (4, "Aantal", 2.5),
            (4, "Ik neem deel", "Nee"),
            (5, "Aanwezig", "afwezig"),
            (5, "Bevestiging sturen", "ja"),
            (6, "Gemeente", None),
            (6, "Ontvangen", "gisteren"),
            (7, "Status", "weg"),
            (8, "Aanwezig", "misschien"),
        ),
    ),
    "columns of ours are typed over": (
        typed(people, *((row, "Ingestuurd door", "mij") for row in range(2, 9)), (3, "Gewijzigd", None)),
    ),
    "rows are typed in": (
        typed(
            people,
            (12, "Naam", "Nieuw"),
            (12, "Voornaam", "An"),
            (12, "Aanwezig", "ja"),
            (12, "Status", "wachtlijst"),
            (13, "Functie", "zonder naam"),
            (14, "Naam", "Derde"),
            (14, "Status", "komt"),
        ),
        typed(people, (12, "Functie", "Griffier")),
    ),
    "a row of which nothing comes": (
        _nobody_comes_of_it,
        typed(people, (12, "Naam", "Nieuw")),
        typed(people, (12, "Voornaam", "An")),
        _they_came_after_all,
    ),
    "a row stands twice": (copied(people, 3, 12), typed(people, (12, "Functie", "Griffier"))),
    "a row stands twice and says something else": (lightly(_twice_with_other_words),),
    "a row is copied without its number": (copied(people, 3, 12), typed(people, (12, "Nr", None))),
    "a number is copied to somebody else": (typed(people, (12, "Nr", "INS-0002"), (12, "Naam", "Anders")),),
    "numbers are emptied": (typed(people, (3, "Nr", None), (4, "Nr", "ins-0003 "), (5, "Nr", "4")),),
    "numbers are emptied and names corrected": (
        typed(people, (9, "Nr", None), (9, "Naam", "Pieters"), (10, "Nr", None), (10, "Functie", "Schepen")),
    ),
    "three rows are deleted": (
        without_rows(people, 2, 4, 9),
        typed(people, (9, "Nr", "INS-0001"), (9, "Naam", "Peeters1")),
    ),
    "four rows are deleted": (without_rows(people, 2, 4, 5, 9),),
    "a row is deleted and put back": (
        without_rows(people, 4),
        typed(people, (11, "Nr", "INS-0003"), (11, "Naam", "Peeters3"), (11, "Voornaam", "Jan")),
    ),
    "the list is sorted": (hers(_turned), _newcomers),
    "lines stand above the headers": (hers(_lines_above), _newcomers),
    "headers are renamed": (
        named(people, "Voornaam", "Roepnaam"),
        named(people, "Nr", "Nummer"),
        named(people, "Gemeente", None),
    ),
    "a column is deleted": (hers(_column_gone), typed(people, (3, "Voornaam", "Piet"))),
    "cells are merged": (hers(_merged),),
    "the list has no headers": (hers(lambda book: book[people].delete_rows(1)),),
    "the sheet is gone": (hers(lambda book: book.remove(book[people])),),
    "the other sheets are gone": (hers(_sheets_gone),),
    "a form asks otherwise": (_other_form, _same_form),
    "notes stand beside what is drawn": (hers(_beside_the_blocks), _newcomers, _fewer),
    "an older copy is put back": (_older_copy,),
    "cases are decided": (
        typed(
            "Te behandelen",
            (2, "Beslissing", "Aanvaarden"),
            (2, "Toelichting", "mag"),
            (3, "Beslissing", "nee"),
            (4, "Beslissing", "vervangt INS-0001"),
            (5, "Beslissing", "afgehandelt"),
            (6, "Beslissing", "ongedaan maken"),
            (7, "Beslissing", "aanvaarden"),
        ),
        _cases_move_on,
    ),
    "cases move on": (_cases_move_on, _undone),
    "a decision is undone": (_undone,),
    "rows of cases are mixed up": (
        copied("Te behandelen", 3, 9),
        typed(
            "Te behandelen",
            (9, "Beslissing", "aanvaarden"),
            (10, "Beslissing", "weigeren"),
            (10, "Nr van het geval", 77),
            (4, "Nr van het geval", None),
            (4, "Beslissing", "aanvaarden"),
            (11, "Nr van het geval", 2),
            (11, "Wie", "Iemand"),
            (11, "Beslissing", "afgehandeld"),
        ),
    ),
    "a case stands twice and is decided twice": (
        copied("Te behandelen", 2, 9),
        typed("Te behandelen", (2, "Beslissing", "aanvaarden"), (9, "Beslissing", "weigeren")),
    ),
    "headers of cases are renamed": (
        named("Te behandelen", "Beslissing", "Besluit"),
        named("Te behandelen", "Nr van het geval", "Nummer"),
        typed("Te behandelen", (2, "Beslissing", "aanvaarden")),
    ),
    "rows of cases are deleted": (without_rows("Te behandelen", 2, 6),),
    "mails to many are typed": (hers(_her_sheet), _sent),
    "mails to many are decided": (
        typed(
            "Berichten",
            (2, "Beslissing", "versturen"),
            (4, "Beslissing", "versturen"),
            (4, "Tekst", "Tot dan"),
        ),
        typed("Berichten", (2, "Onderwerp", "Tot vrijdag"), (3, "Onderwerp", "Anders")),
    ),
    "a mail to many is deleted": (without_rows("Berichten", 3), _sent),
    "headers of mails to many are renamed": (named("Berichten", "Tekst", "Inhoud"),),
    "the numbers of mails to many are gone": (named("Berichten", "Nr van het bericht", "Nummer"), _sent),
    "lists are asked for": (lightly(_list_wanted),),
}
#: The same for the workbook of no event.
OF_NO_EVENT: Mapping[str, tuple[Step, ...]] = {
    "mails and cases are decided": (
        typed("Postvak", (2, "Beslissing", "inschrijven"), (2, "Bijeenkomst", "Kennisplatform (kis)")),
        typed("Te behandelen", (2, "Beslissing", "aanvaarden"), (2, "Bijeenkomst", "Kennisplatform (kis)")),
    ),
    "mails go": (_mail_gone,),
    "rows are copied": (
        copied("Postvak", 2, 5),
        typed("Postvak", (5, "Beslissing", "afgehandeld"), (5, "Voor wie", "Els Maes <els@damme.example>")),
    ),
}


# ------------------------------------------------------------ what is told of it


def _done(office: Office, step: Step, *, drawn: bool) -> Iterator[str]:
    """A step, and the round after it: what was taken in, and which lines of the file the write changed."""
    edits, remarks, kept = len(office.edits), len(office.remarks), [*_base(office)]
    step(office)
    before = office.path.read_bytes()
    office.import_edits()
    wrote = office.write(LINKS)
    yield from (_edit(one) for one in office.edits[edits:])
    yield from (f"told: {one}" for one in office.remarks[remarks:])
    yield f"{'done' if wrote.done else 'not done'} {as_told(wrote.why or '')}".strip()
    yield from (line for line in _base(office) if line not in kept)
    yield from _changed(before, office.path.read_bytes(), drawn=drawn)


def _edit(edit: Edit) -> str:
    said = {
        name: getattr(edit, name)
        for name in (
            "where", "nr", "key", "old", "new", "row", "at",
            "case", "choice", "remark", "event", "message", "who",
        )
        if getattr(edit, name) not in (None, "", {})
    }  # fmt: skip
    if edit.mailing:
        said |= {
            name: getattr(edit.mailing, name)
            for name in edit.mailing.__slots__
            if getattr(edit.mailing, name)
        }
    return f"edit {edit.kind}: " + "; ".join(f"{key} {value(one)}" for key, one in said.items())


def _base(office: Office) -> Iterator[str]:
    """What the ledger keeps of the write, without the digests and without what the rows say."""
    held = json.loads(office.bases[max(office.bases)])
    for name in ("pending", "gone", "undone", "repeats", "wanted_list", "log", "marked"):
        if held[name]:
            yield f"kept {name}: {value(held[name])}"
    for name in ("cases", "inbox", "mailings"):
        for key, row in held[name].items():
            facts = {k: v for k, v in row.items() if v and k not in ("shown", "listed", "preview", "choices")}
            if facts:
                yield f"kept of {name} {key}: {value(facts)}"


#: What says how a file is put together, and when: openpyxl numbers its parts otherwise than mailbot.
_PACKING = (
    "[Content_Types].xml",
    "docProps/core.xml",
    "docProps/app.xml",
    "docProps/custom.xml",
    "xl/styles.xml",
)


#: So many lines of one part are told.
_MANY = 60
#: Sittings of which what is drawn and counted anew is told too, sheet by sheet.
_DRAWN = ("people come below her own work", "notes stand beside what is drawn", "a form asks otherwise")
_BLOCKS = tuple(
    f"xl/{part}"
    for part in ("charts/", "tables/table4", *(f"worksheets/sheet{n}.xml" for n in (3, 5, 6, 7, 8, 9)))
)


def _changed(before: bytes, after: bytes, *, drawn: bool) -> Iterator[str]:
    """The lines that are gone and those that are new, by the part that they stand in."""
    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (before, after))
    names = {*old.namelist(), *new.namelist()}.difference(_PACKING)
    for name in sorted(names):
        stood, stands = (package.read(name) if name in package.namelist() else b"" for package in (old, new))
        if stood == stands or (name.startswith(_BLOCKS) and not drawn):
            continue
        yield f"[{name}]"
        lines = [list(part(one)) if one else [] for one in (stood, stands)]
        found = [
            line for line in unified_diff(*lines, n=0, lineterm="") if line[:2] not in ("@@", "--", "++")
        ]
        if len(found) > _MANY:  # another file stands there
            yield f"{len(found)} lines"
        else:
            yield from (f"{line[0]} {line[1:].strip()}" for line in found)


def _sitting(make: Callable[[Path], Office], steps: tuple[Step, ...], *, drawn: bool = False) -> str:
    with TemporaryDirectory() as folder:
        office = make(Path(folder))
        data, bases = _written(make)
        office.path.write_bytes(data)
        office.bases = dict(bases)
        return "\n".join(line for step in steps for line in ("~", *_done(office, step, drawn=drawn)))


@cache
def _written(make: Callable[[Path], Office]) -> tuple[bytes, Mapping[int, str]]:
    """The file as it is made, and what the ledger keeps of it."""
    with TemporaryDirectory() as folder:
        office = make(Path(folder))
        assert office.write(LINKS).done
        return office.path.read_bytes(), office.bases


def examples() -> dict[str, str]:
    """Each workbook as it is made, and what becomes of it."""
    return {
        "as it is made": told(_written(_office)[0]),
        "as it is made for no event": told(_written(_shared)[0]),
        **{name: _sitting(_office, steps, drawn=name in _DRAWN) for name, steps in SITTINGS.items()},
        **{f"of no event: {name}": _sitting(_shared, steps) for name, steps in OF_NO_EVENT.items()},
    }


def test_what_becomes_of_a_workbook() -> None:
    assert examples() == HELD
