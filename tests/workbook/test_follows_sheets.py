"""What the sheets of a workbook show, cell by cell: of every status and case kind, and of nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import Logged, LogLine
from mailbot.domain.registration import Registration, Removal, Status
from mailbot.domain.statement import Says, say
from tests.decision.following import parts
from tests.workbook.conftest import EVENT, LAYOUT, NOW, SHARED, Desk, person

HELD = parts(Path(__file__).parent / "follows" / "sheets.txt")


def _people() -> Iterator[Registration]:
    """Somebody in each status, and of each whom the list leaves out or shows otherwise."""
    for number, status in enumerate(Status, 1):
        reason = "volzet" if status is Status.WAITLISTED else ""
        yield replace(
            person(number, organisation="Damme"), status=status, reason=reason, organisation_known="Damme"
        )
    for number, removed in enumerate(Removal, 21):
        yield replace(person(number), status=Status.CANCELLED, removed=removed)
    yield replace(
        person(31, role="Schepen", phone="050 11 22 33", diet="vegetarisch", born="1980-02-01"), attended=True
    )
    yield replace(person(32, role="Burgemeester", number="3", remarks="=1+1"), attended=False)
    yield replace(person(33, organisation="stad brugge", first_name=""), by_hand=frozenset({"organisation"}))
    yield replace(
        person(34, organisation="OCMW Brugge", diet="Vegetarisch"), organisation_known="OCMW Brugge"
    )
    yield replace(person(35, organisation="", attends=False), status=Status.EXCUSED, organisation_known="")
    yield replace(person(36), arrived=NOW + timedelta(days=2), changed=NOW + timedelta(days=3))


def _cases() -> tuple[Case, ...]:
    return tuple(
        Case(
            kind,
            f"Els Maes {number}",
            "",
            (Choice.ACCEPT, Choice.REFUSE, Choice.DONE),
            NOW - timedelta(days=number),
            "kis",
            registration="INS-0001" if number % 2 else "",
            says=(say(Says.QUOTED, words="Mag dit?"),),
            key=str(number),
            id=number,
        )
        for number, kind in enumerate(CaseKind, 1)
    )


def _desk(folder: Path, name: str) -> Desk:
    layout = {
        "no capacity": replace(LAYOUT, event=EVENT.model_copy(update={"capacity": None})),
        "no list of organisations": replace(LAYOUT, event=EVENT.model_copy(update={"organisations": ""})),
        "no deadline": replace(LAYOUT, event=EVENT.model_copy(update={"deadline": None})),
        "of no event": SHARED,
    }.get(name, LAYOUT)
    desk = Desk(folder, layout)
    if name not in ("nobody", "of no event"):
        desk.add(*_people())
    if name in ("everybody", "of no event"):
        desk.cases = _cases() if name == "everybody" else tuple(replace(one, event="") for one in _cases())
        desk.log += [
            Logged(
                NOW + timedelta(hours=n), LogLine("els@damme.example", "gewijzigd", "gsm", "INS-0031", "kis")
            )
            for n in (-30, -2, 1)
        ]
    return desk


def _sheet(sheet: Worksheet) -> str:
    """The cells by row, each with its format and fill where it has one; and what holds for whole columns."""
    widths = ", ".join(f"{at} {one.width:.0f}" for at, one in sorted(sheet.column_dimensions.items()))
    view = f"filter {sheet.auto_filter.ref}; grid {sheet.sheet_view.showGridLines}"
    page = f"{sheet.sheet_state}; frozen {sheet.freeze_panes}; {view}"
    paper = (
        f"{sheet.page_setup.orientation}; titles {sheet.print_title_rows}; fit {sheet.page_setup.fitToWidth}"
    )
    offers = (f"list {one.sqref}: {one.formula1}" for one in sheet.data_validations.dataValidation)
    return "\n".join((page, paper, f"widths {widths}", *sorted(offers), *_rows(sheet)))


def _rows(sheet: Worksheet) -> Iterator[str]:
    for row in sheet.iter_rows():
        told = []
        for cell in row:
            if cell.value is None:
                continue
            text = " / ".join(str(cell.value).splitlines())
            marks = [cell.number_format] if cell.number_format not in ("General", "@") else []
            marks += [cell.fill.fgColor.rgb] if cell.fill.fill_type else []
            marks += ["bold"] if cell.font.bold else []
            told.append(
                f"{cell.column_letter} {text}" + (f" ({', '.join(map(str, marks))})" if marks else "")
            )
        if told:
            yield f"{row[0].row}: " + " | ".join(told)


def examples() -> dict[str, str]:
    """Each sheet of each workbook."""
    told = {}
    for name in (
        "everybody",
        "nobody",
        "no capacity",
        "no list of organisations",
        "no deadline",
        "of no event",
    ):
        with TemporaryDirectory() as folder:
            desk = _desk(Path(folder), name)
            assert desk.write().done
            for sheet in load_workbook(desk.path).worksheets:
                told[f"{name}: {sheet.title}"] = _sheet(sheet)
    whole = ("everybody", "nobody", "of no event")
    return {key: text for key, text in told.items() if key.startswith(whole) or key.endswith("Overzicht")}


def test_what_each_sheet_shows() -> None:
    assert examples() == HELD
