"""How a new sheet looks on screen and on paper. Given once; after that the look is hers. What a former
version gave, and she left as it was, is given anew where it was mended since."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from mailbot.wording import sheets
from mailbot.xlsx.cell_names import column_letters
from mailbot.xlsx.package import drop, fragment, q
from mailbot.xlsx.styles import Style
from mailbot.xlsx.worksheet import Worksheet

#: The last row that drop-downs and colours are laid on: more people than one workbook holds.
DEEP = 20_000
HEADER = Style(bold=True, colour="FFFFFF", fill="33566F", wrap=True, vertical="center")


def columns(sheet: Worksheet, widths: Sequence[float], styles: Sequence[int] = ()) -> None:
    """Sets the widths of the columns from the first on, in characters, and the formats that their empty
    cells take; 0 is Excel's own."""
    looks = [*styles, *[0] * len(widths)]
    cols = "".join(
        f'<col min="{i}" max="{i}" width="{width + 0.71:g}" customWidth="1"'
        + (f' style="{look}"/>' if look else "/>")
        for i, (width, look) in enumerate(zip(widths, looks, strict=False), start=1)
    )
    sheet.put(fragment(f"<cols>{cols}</cols>"))


def view(sheet: Worksheet, *, freeze_rows: int = 0, freeze_columns: int = 0, grid: bool = True) -> None:
    """Freezes the first rows and columns; ``grid`` shows Excel's own lines."""
    pane = ""
    if freeze_rows or freeze_columns:
        place = "bottomRight" if freeze_rows and freeze_columns else "bottomLeft"
        corner = f"{column_letters(freeze_columns + 1)}{freeze_rows + 1}"
        split = f'xSplit="{freeze_columns}" ' if freeze_columns else ""
        pane = (
            f'<pane {split}ySplit="{freeze_rows}" topLeftCell="{corner}" activePane="{place}" '
            f'state="frozen"/><selection pane="{place}"/>'
        )
    lines = "" if grid else ' showGridLines="0"'
    sheet.put(fragment(f'<sheetViews><sheetView workbookViewId="0"{lines}>{pane}</sheetView></sheetViews>'))


def paper(
    sheet: Worksheet,
    *,
    title: str,
    landscape: bool,
    repeat: str = "",
    repeat_columns: str = "",
    pages_wide: int = 1,
    pages_high: int = 0,
    margin: float = 0.5,
    fit: bool = True,
    numbered: bool = True,
    grow: bool = False,
) -> None:
    """A4, as wide as one page or ``pages_wide``, as high as ``pages_high`` (0: as many as it takes).
    ``repeat`` are the rows that stand on each page ("1:1"), ``repeat_columns`` the columns ("A:D")."""
    if fit:
        facts = sheet.ensure("sheetPr")
        held = facts.find("{*}pageSetUpPr")
        if held is None:
            held = fragment("<pageSetUpPr/>")
            facts.append(held)
        held.set("fitToPage", "1")
    if grow:
        sheet.put(fragment('<printOptions horizontalCentered="1"/>'))
    bottom = margin + 0.3 if numbered else margin
    sheet.put(
        fragment(
            f'<pageMargins left="{margin}" right="{margin}" top="{margin}" bottom="{bottom}" '
            'header="0.3" footer="0.3"/>'
        )
    )
    way = "landscape" if landscape else "portrait"
    fits = f' fitToWidth="{pages_wide}" fitToHeight="{pages_high}"' if fit else ""
    sheet.put(fragment(f'<pageSetup paperSize="9" orientation="{way}"{fits}/>'))
    if numbered:
        named = escape(title.replace("&", "&&"))
        page = escape(sheets.PAGE.format(page="&P", pages="&N"))
        sheet.put(
            fragment(
                f"<headerFooter><oddFooter>&amp;L&amp;8{named}&amp;C&amp;8&amp;A"
                f"&amp;R&amp;8{page}</oddFooter></headerFooter>"
            )
        )
    both = [f"{quoted(sheet.title)}!${r.replace(':', ':$')}" for r in (repeat_columns, repeat) if r]
    if both:
        sheet.book.define("_xlnm.Print_Titles", sheet, ",".join(both))


@dataclass(frozen=True, slots=True)
class Printed:
    """How a sheet goes onto paper, as far as looks given by former versions differ from those of today: pages
    wide (0: not fitted), the left margin in inches, and the rows and columns that stand on each page."""

    pages_wide: int
    margin: float
    repeated: frozenset[str] = frozenset()


def printed(sheet: Worksheet) -> Printed:
    """How a sheet goes onto paper now, whichever program saved it."""
    setup, margins = sheet.section("pageSetup"), sheet.section("pageMargins")
    fit = any(one.get("fitToPage") in ("1", "true") for one in sheet.root.iter("{*}pageSetUpPr"))
    wide = int(setup.get("fitToWidth") or 1) if fit and setup is not None else 0
    margin = round(float(margins.get("left") or 0), 2) if margins is not None else 0.0
    titles = sheet.book.defined("_xlnm.Print_Titles", sheet).replace("$", "").split(",")
    return Printed(wide, margin, frozenset(one.rpartition("!")[2] for one in titles if one))


def forget_paper(sheet: Worksheet) -> None:
    """Takes the settings for paper away, so that ``paper`` gives new ones."""
    for name in ("printOptions", "pageMargins", "pageSetup", "headerFooter"):
        if (found := sheet.section(name)) is not None:
            drop(found)
    sheet.book.undefine("_xlnm.Print_Titles", sheet)


def width(sheet: Worksheet, column: int) -> float:
    """The width of a column in characters; 0 where it has none of its own."""
    for col in sheet.root.iter("{*}col"):
        if int(col.get("min") or 0) <= column <= int(col.get("max") or 0):
            return float(col.get("width") or 0) - 0.71
    return 0.0


def widen(sheet: Worksheet, column: int, former: Sequence[float], wide: float) -> None:
    """Makes a column ``wide`` characters wide where it still has a width that a ``former`` version gave it,
    and not one of hers."""
    if any(abs(width(sheet, column) - given) < _SAVED_ANEW for given in former):
        own = _own_column(sheet.ensure("cols"), column)
        if own is not None:
            own.set("width", f"{wide + 0.71:g}")


#: By how much less than this a width differs once another program saved it, in characters.
_SAVED_ANEW = 0.25


def hide(sheet: Worksheet, column: int, hidden: bool) -> None:
    """Hides a column, or shows it again; its neighbours stay as they are."""
    cols = sheet.ensure("cols")
    own = _own_column(cols, column)
    if own is None and hidden:
        own = fragment(f'<col min="{column}" max="{column}" width="10.71"/>')
        cols.append(own)
        cols[:] = sorted(cols, key=_first)
    if own is not None:
        own.attrib.pop("hidden", "")
        if hidden:
            own.set("hidden", "1")


def _own_column(cols: etree._Element, column: int) -> etree._Element | None:
    """The element that describes one column alone, parted from its neighbours; None where none does."""
    for col in list(cols):
        first, last = int(col.get("min") or 0), int(col.get("max") or 0)
        if first <= column <= last:
            for left, right in ((first, column - 1), (column + 1, last)):
                if left <= right:
                    cols.append(_across(deepcopy(col), left, right))
            _across(col, column, column)
    cols[:] = sorted(cols, key=_first)
    return next((col for col in cols if col.get("min") == col.get("max") == str(column)), None)


def _first(col: etree._Element) -> int:
    return int(col.get("min") or 0)


def _across(col: etree._Element, first: int, last: int) -> etree._Element:
    """An element that describes columns, as one of those from ``first`` to ``last``."""
    col.set("min", str(first))
    col.set("max", str(last))
    return col


def choices(sheet: Worksheet, sqref: str, words: Sequence[str], *, strict: bool = False) -> None:
    """A drop-down with these words in the cells of ``sqref`` ("B2:B90"), no more of them than it can hold
    (``fits``); ``strict`` refuses others."""
    joined = ",".join(word.replace('"', '""') for word in words)
    _validation(sheet, sqref, f'"{joined}"', strict=strict)


def fits(words: Sequence[str]) -> bool:
    """Whether a drop-down can list these words itself. Excel takes a longer list for damage to the file."""
    return bool(words) and len(",".join(words)) <= _LONGEST_LIST and not any({",", '"'} & {*w} for w in words)


def offer(sheet: Worksheet, column: int, last: int, words: Sequence[str]) -> None:
    """A drop-down with these words below a header, instead of one that the column had; none where it cannot
    hold them all: some of them would deny the others to be choices."""
    letter = column_letters(column)
    whole, formula, held_all = f"{letter}2:{letter}{last}", f'"{",".join(words)}"', fits(words)
    held = [one for one in sheet.root.iter(q("dataValidation")) if one.get("type") == "list"]
    held = [one for one in held if columns_of(one) == {letter}]
    if held_all and [(one.get("sqref"), one.findtext(q("formula1"))) for one in held] == [(whole, formula)]:
        return
    for validation in held:
        drop(validation)
    if held_all:
        choices(sheet, whole, words)


def columns_of(validation: etree._Element) -> set[str]:
    """The letters of the columns that a drop-down or hint is in."""
    ranges = (validation.get("sqref") or "").replace(":", " ").split()
    return {"".join(filter(str.isalpha, place)) for place in ranges}


#: Characters that a drop-down holds which lists its words itself.
_LONGEST_LIST = 255


def choices_from(sheet: Worksheet, sqref: str, formula: str) -> None:
    """A drop-down with what stands in a range."""
    _validation(sheet, sqref, formula, strict=False)


def _validation(sheet: Worksheet, sqref: str, formula: str, *, strict: bool) -> None:
    validations = sheet.ensure("dataValidations")
    said = f"errorTitle={quoteattr(sheets.PICK_TITLE)} error={quoteattr(sheets.PICK)}"
    error = f'showErrorMessage="1" {said}'
    validations.append(
        fragment(
            f'<dataValidation type="list" allowBlank="1" showInputMessage="1" '
            f'{error + " errorStyle=" + quoteattr("stop" if strict else "warning")} sqref="{sqref}">'
            f"<formula1>{escape(formula)}</formula1></dataValidation>"
        )
    )
    validations.set("count", str(len(validations)))


def hint(sheet: Worksheet, cell: str, text: str) -> None:
    """What is shown beside a cell when it is chosen (255 characters at most)."""
    validations = sheet.ensure("dataValidations")
    validations.append(
        fragment(
            f'<dataValidation allowBlank="1" showInputMessage="1" prompt={quoteattr(text)} sqref="{cell}"/>'
        )
    )
    validations.set("count", str(len(validations)))


def renew_hint(sheet: Worksheet, former: str, text: str) -> None:
    """Shows ``text`` where a sheet still shows what a former version showed."""
    for validation in sheet.root.iter(q("dataValidation")):
        if validation.get("prompt") == former:
            validation.set("prompt", text)


def colour_where(sheet: Worksheet, sqref: str, formula: str, number: int) -> None:
    """Gives cells the conditional format ``number`` where a formula (for the range's first cell) holds."""
    sheet.put(
        fragment(
            f'<conditionalFormatting sqref="{sqref}"><cfRule type="expression" dxfId="{number}" '
            f'priority="{_priority(sheet)}"><formula>{escape(formula)}</formula></cfRule>'
            "</conditionalFormatting>"
        )
    )


def _priority(sheet: Worksheet) -> int:
    used = [int(rule.get("priority") or 0) for rule in sheet.root.iter("{*}cfRule")]
    return max(used, default=0) + 1


def quoted(title: str) -> str:
    """A sheet's name as it stands in a formula."""
    return "'" + title.replace("'", "''") + "'"
