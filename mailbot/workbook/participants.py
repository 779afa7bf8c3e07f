"""Sheet Deelnemers: a row per person, shared with the secretary. Only mailbot's own cells are set."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from mailbot.domain.decision import EventState
from mailbot.domain.form import FieldKind
from mailbot.domain.registration import Registration, Status
from mailbot.domain.submission import Value
from mailbot.wording import sheets
from mailbot.workbook import her_cells, list_sheet, row_colours, table, theme
from mailbot.workbook.base import Base, Row
from mailbot.workbook.layout import (
    ATTENDED,
    CHANGED,
    CONFIRM,
    NR,
    PARTICIPANTS,
    RECEIVED,
    SENDER,
    STATUS,
    Column,
    Layout,
    folded,
)
from mailbot.workbook.list_sheet import ListRow
from mailbot.workbook.snapshot import Snapshot
from mailbot.workbook.values import NO, THERE, YES, is_number, plain, read_back, shown
from mailbot.xlsx import row_shift
from mailbot.xlsx.cell import Content, legal, wrapped_lines
from mailbot.xlsx.cell_names import column_letters
from mailbot.xlsx.package import drop, fragment
from mailbot.xlsx.references import Move
from mailbot.xlsx.styles import DATE, DATE_TIME, GENERAL, MOMENT_WIDTH, TEXT, Style
from mailbot.xlsx.worksheet import LAST_ROW, Worksheet

_TEXT = Style(TEXT, border="b")
_WRAPPED = Style(TEXT, border="b", wrap=True)
_STYLES = {
    FieldKind.NUMBER: Style(GENERAL, border="b"),
    FieldKind.DATE: Style(DATE, border="b", horizontal="left"),
}
_OWN_STYLES = {
    RECEIVED: Style(DATE_TIME, border="b", horizontal="left"),
    CHANGED: Style(DATE_TIME, border="b", horizontal="left"),
}


# ---------------------------------------------------------------- what should stand there


def contents(registration: Registration, layout: Layout) -> dict[str, Content]:
    """A registration as the cells that stand for it, by key of the column."""
    cells: dict[str, Content] = {
        NR: registration.nr,
        STATUS: registration.status.value,
        RECEIVED: _local(registration.received, layout),
        CHANGED: _local(registration.changed, layout),
        SENDER: registration.sender or None,
        ATTENDED: None if registration.attended is None else shown(registration.attended, FieldKind.YES_NO),
        CONFIRM: None,
    }
    for field in layout.form.fields if layout.form else ():
        cells[field.key] = shown(registration.answers.get(field.key), field.kind)
    return {key: legal(cell) if isinstance(cell, str) else cell for key, cell in cells.items()}


def row_of(cells: Mapping[str, Content], layout: Layout) -> dict[str, Value | None]:
    """The contents of a row, by key, as they would be read back from its cells."""
    return {c.key: read_back(cells[c.key], c.key, c.kind) for c in layout.columns}


def _local(moment: datetime, layout: Layout) -> datetime:
    return moment.astimezone(layout.zone).replace(tzinfo=None, second=0, microsecond=0)


# ---------------------------------------------------------------- putting it there


def write(
    sheet: Worksheet, found: Snapshot, state: EventState, layout: Layout, base: Base, told: Mapping[str, str]
) -> tuple[dict[str, Row], dict[str, int]]:
    """Brings the sheet in line with the ledger; gives the rows as they now stand, and the columns.
    ``told`` are digests of the registrations, by nr: a row that told the same stays as it is."""
    columns = list_sheet.with_headers(
        sheet, found.header, found.columns, {column.key: column.header for column in layout.columns}
    )
    sheet.split(set(columns.values()))
    _renew(sheet, columns, found.header)
    shown = [r for r in state.registrations if not _is_out(r, base)]
    known = {row.nr: row.values for row in found.rows if row.nr}
    places = _placed(sheet, found, [registration.nr for registration in shown])
    rows: dict[str, Row] = {}
    new: list[Registration] = []
    for registration in shown:
        nr = registration.nr
        present = known.get(nr, {})
        if present and present is base.rows.get(nr) and base.told.get(nr) == told[nr]:
            rows[nr] = present
            continue
        cells = contents(registration, layout)
        rows[nr] = row_of(cells, layout)
        if present:
            _mend(ListRow(sheet, places[nr], columns), cells, rows[nr], present, found.columns, layout)
        else:
            new.append(registration)
    _add(sheet, new, places, columns, layout)
    back = {places[r.nr]: base.own[r.nr] for r in new if r.nr in base.own}
    her_cells.put_back(sheet, found.header, columns.values(), back)
    last = max([found.header, *places.values(), *(row.at for row in found.rows if not row.nr)])
    _put_away(sheet, found.header, columns, base.headers, layout)
    table.cover(sheet, layout.sheet(PARTICIPANTS), found.header, columns[NR], last)
    return rows, columns


def _is_out(registration: Registration, base: Base) -> bool:
    """Whether a registration has no row: she took it out, or took back the decision that made it."""
    struck = registration.nr in base.gone and registration.status is Status.CANCELLED
    return struck or registration.is_undone


def _mend(
    line: ListRow,
    cells: Mapping[str, Content],
    row: Row,
    present: Row,
    found: Collection[str],
    layout: Layout,
) -> None:
    """Sets the cells of a row that say something else than they are to say. A cell left out of what is
    ``present`` holds a formula, or is new; ``found`` are the columns that were there."""
    for column in layout.columns:
        key = column.key
        differs = key not in present or present[key] != row[key]
        if differs or _spelt_otherwise(line.get(key), column):
            line.set(key, cells[key], _style(column))
        if key not in found:  # what stood there before left its format behind
            line.restyle(key, _style(column))


def _add(
    sheet: Worksheet,
    new: Sequence[Registration],
    places: Mapping[str, int],
    columns: Mapping[str, int],
    layout: Layout,
) -> None:
    """Makes the rows of those who have none yet, as high as what they wrote."""
    in_order = sorted(layout.columns, key=lambda column: columns[column.key])
    styles = [(columns[c.key], c.key, sheet.book.styles.index(_style(c))) for c in in_order]
    rows = {}
    for registration in new:
        cells = contents(registration, layout)
        rows[places[registration.nr]] = [(at, cells[key], style) for at, key, style in styles]
    sheet.add(rows)
    wrapped = [(c.key, c.kind.traits.width) for c in layout.columns if c.kind and c.kind.traits.wraps]
    for registration in new:
        texts = [(registration.text(key), width) for key, width in wrapped]
        sheet.fit(places[registration.nr], texts)


def _put_away(
    sheet: Worksheet, header: int, columns: Mapping[str, int], before: Sequence[str], layout: Layout
) -> None:
    """Hides the columns of a former form, as far as nobody answered them, when the form becomes another; and
    shows those again that are asked again."""
    asked = {folded(column.header) for column in layout.columns}
    left = {folded(one) for one in before} - asked
    stands = {folded(plain(sheet.get(header, at))): at for at in range(1, sheet.last_column + 1)}
    former = [at for name, at in stands.items() if name in left and at not in columns.values()]
    for at in former:
        if all(sheet.get(row, at) in (None, "") for row in sheet.filled(header + 1)):
            theme.hide(sheet, at, hidden=True)
    again = [column for column in layout.columns if before and column.header not in before]
    for column in again:
        if stands.get(folded(column.header)) == columns[column.key]:
            theme.hide(sheet, columns[column.key], hidden=False)


def _spelt_otherwise(cell: Content, column: Column) -> bool:
    """Whether a cell says what it is to say, but not as it is to be seen: a telephone number as a number,
    which shows no leading zero, or words that drop-downs and formulas do not know."""
    if column.key == STATUS:
        return plain(cell) not in set(Status)
    if column.key == ATTENDED:
        return plain(cell).casefold() in THERE
    return column.kind is FieldKind.PHONE and is_number(cell)


def _placed(sheet: Worksheet, found: Snapshot, wanted: Sequence[str]) -> dict[str, int]:
    """The row of each registration: where it stands, or a new one right below the list. Rows of
    registrations that the ledger no longer holds go out."""
    stays = {*wanted, ""}
    leave = {row.at for row in found.rows if row.nr not in stays and not row.nr.startswith("?")}
    gone = Move(gone=frozenset(leave | set(found.extra)))
    if gone.gone:
        row_shift.move_rows(sheet, gone)
    rows = [(row.nr, gone.row(row.at) or 0) for row in found.rows if row.at not in gone.gone]
    places = {nr: at for nr, at in rows if nr}
    new = [nr for nr in wanted if nr not in places]
    last = max([found.header, *(at for _, at in rows if at <= LAST_ROW - len(new))])
    if new and last > found.header:
        row_shift.move_rows(sheet, Move(after=last, count=len(new)))
    return {**places, **{nr: at for at, nr in enumerate(new, start=last + 1)}}


def _style(column: Column) -> Style:
    if column.key in _OWN_STYLES:
        return _OWN_STYLES[column.key]
    if column.kind is None:
        return _TEXT
    return _STYLES.get(column.kind, _WRAPPED if column.kind.traits.wraps else _TEXT)


def _width(column: Column) -> float:
    """The width of a column in characters: a question that is long for its answers gets some more."""
    if column.key in _OWN_WIDTHS:
        return _OWN_WIDTHS[column.key]
    longest = max(map(len, column.header.split()), default=0)
    asked = min(max(longest, len(column.header) / 2) + 2, _WIDEST_FOR_A_HEADER)
    return max((column.kind or FieldKind.TEXT).traits.width, asked)


#: A header is not given more room than this by itself, in characters: it takes more lines then.
_WIDEST_FOR_A_HEADER = 24
_OWN_WIDTHS = {
    NR: 10,
    STATUS: 15,
    RECEIVED: MOMENT_WIDTH,
    CHANGED: MOMENT_WIDTH,
    SENDER: 32,
    ATTENDED: 10,
    CONFIRM: 12,
}
#: What former versions gave, in which moments showed as "###" and addresses were cut off.
_FORMER_WIDTHS = {RECEIVED: (15.5, 16), CHANGED: (15.5, 16), SENDER: (26, 30)}


#: What the headers say when they are chosen.
HINTS = {
    NR: sheets.NUMBER_HINT,
    STATUS: sheets.STATUS_HINT,
    RECEIVED: sheets.FILLED_IN_BY_US,
    CHANGED: sheets.CHANGED_HINT,
    SENDER: sheets.SENDER_HINT,
    ATTENDED: sheets.ATTENDED_HINT,
    CONFIRM: sheets.CONFIRM_HINT,
}


#: What they said in former versions.
_FORMER_HINTS = {NR: sheets.FORMER_NUMBER_HINT}


def _renew(sheet: Worksheet, columns: Mapping[str, int], header: int) -> None:
    """Mends the looks of a former version, where she left them as they were, and colours that broke."""
    row_colours.renew(sheet, columns, header)
    for key, former in _FORMER_WIDTHS.items():
        theme.widen(sheet, columns[key], former, _OWN_WIDTHS[key])
    for key, said in _FORMER_HINTS.items():
        theme.renew_hint(sheet, said, HINTS[key])


#: What ``create`` gives a sheet beside its cells.
_GIVEN = (
    "sheetViews", "cols", "conditionalFormatting", "dataValidations", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "ignoredErrors",
)  # fmt: skip


def clear(sheet: Worksheet) -> None:
    """Takes the headers of a list that holds nobody away, with the looks that they had, so that ``create``
    can lay it out for another form."""
    sheet.move(Move(gone=frozenset(range(1, sheet.last_row + 1))))
    for name in _GIVEN:
        while (found := sheet.section(name)) is not None:
            drop(found)


def create(sheet: Worksheet, layout: Layout, title: str) -> None:
    """A new sheet: headers, widths, drop-downs, colours, print settings."""
    for index, column in enumerate(layout.columns, start=1):
        letter = column_letters(index)
        sheet.set(1, index, column.header, theme.HEADER)
        if column.key in HINTS:
            theme.hint(sheet, f"{letter}1", HINTS[column.key])
        deep = f"{letter}2:{letter}{theme.DEEP}"
        if words := _choices(column):
            theme.choices(sheet, deep, words)
    row_colours.lay(sheet, {c.key: index for index, c in enumerate(layout.columns, start=1)})
    widths = [_width(column) for column in layout.columns]
    # What she types stays as she types it: Excel would take a telephone number for a number, 1-2 for a date.
    as_typed = sheet.book.styles.index(Style(TEXT))
    free = (FieldKind.NUMBER, FieldKind.DATE)
    theme.columns(sheet, widths, [as_typed if c.kind and c.kind not in free else 0 for c in layout.columns])
    lines = max(wrapped_lines(c.header, w - 1) for c, w in zip(layout.columns, widths, strict=True))
    sheet.height(1, max(34, 4 + 15 * lines))
    names = sum(1 for c in layout.columns[:4] if c.key in (NR, STATUS) or c.kind is FieldKind.NAME)
    theme.view(sheet, freeze_rows=1, freeze_columns=names)
    held = f"A:{column_letters(max(1, names))}"
    theme.paper(sheet, title=title, landscape=True, repeat="1:1", repeat_columns=held, pages_wide=2)
    whole = f"A2:{column_letters(len(layout.columns))}{theme.DEEP}"
    sheet.put(
        fragment(f'<ignoredErrors><ignoredError sqref="{whole}" numberStoredAsText="1"/></ignoredErrors>')
    )


def _choices(column: Column) -> Sequence[str]:
    """The words that the drop-down of a column offers; none where it has none."""
    if column.key in _OWN_CHOICES:
        return _OWN_CHOICES[column.key]
    if column.kind is FieldKind.YES_NO:
        return (YES, NO)
    return column.field.choices if column.field and theme.fits(column.field.choices) else ()


_OWN_CHOICES = {STATUS: [status.value for status in Status], CONFIRM: [YES], ATTENDED: [YES, NO]}
