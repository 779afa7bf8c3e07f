"""Sheets Te behandelen and Postvak: a row per case, or mail left for a person, with what she can
decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote as url_quote

from openpyxl.utils.cell import get_column_letter

from mailbot.domain.case import Case, Choice
from mailbot.workbook import events, table, theme
from mailbot.workbook.layout import CASES, INBOX, Layout, folded
from mailbot.workbook.snapshot import Snapshot, SnapshotCase
from mailbot.workbook.values import plain
from mailbot.xlsx import row_shift
from mailbot.xlsx.package import REL, drop, fragment, q
from mailbot.xlsx.references import Move
from mailbot.xlsx.styles import DATE_TIME, TEXT, WHOLE, Style
from mailbot.xlsx.worksheet import Content, Worksheet

ID, EVENT, CHOICE, REMARK, CHOICES = "id", "event", "choice", "remark", "choices"
HEADERS = {
    ID: "Nr van het geval",
    "kind": "Wat is er",
    "who": "Wie",
    "opened": "Wanneer",
    "what": "Wat er gelezen werd",
    "message": "Bericht",
    EVENT: "Bijeenkomst",
    CHOICE: "Beslissing",
    REMARK: "Toelichting",
}
#: What a row of Postvak offers as the person whom the mail is about, in the payload of its case.
PREFILLED = "who"


@dataclass(frozen=True, slots=True)
class Listing:
    """One of the two sheets: its name, its headers by key, and the hint at what she writes."""

    sheet: str
    headers: Mapping[str, str]
    hint: str


OPEN = Listing(CASES, HEADERS, "Gaat letterlijk mee in de mail aan wie schreef. Geen nota voor uzelf.")
MAILS = Listing(
    INBOX,
    {
        ID: "Nr van het bericht",
        "opened": "Wanneer",
        "who": "Van",
        "what": "Waarover",
        CHOICE: "Beslissing",
        REMARK: "Voor wie",
        EVENT: "Bijeenkomst",
    },
    "Wie u inschrijft, verontschuldigt of afmeldt. Typ een andere naam (met <e-mailadres>, als u dat kent) "
    "als de mail over iemand anders gaat.",
)


def headers(layout: Layout, listing: Listing = OPEN) -> dict[str, str]:
    """The columns of the sheet; only the shared workbook asks which event."""
    asked = listing.headers.items()
    return {key: layout.name(text) for key, text in asked if key != EVENT or layout.event is None}


def decided(word: str, written: Mapping[str, str]) -> Choice | None:
    """What she decided, if it is one of the words that the row offers."""
    word = word.casefold()
    return Choice(word) if word in written.get(CHOICES, "").split("|") and word else None


def read(
    sheet: Worksheet,
    layout: Layout,
    found: Snapshot,
    written: Mapping[str, Mapping[str, str]],
    listing: Listing = OPEN,
) -> Snapshot:
    """Adds the rows of cases, known by the number in their first column, to what was found; ``written``
    is what was offered there."""
    wanted = {folded(text): key for key, text in headers(layout, listing).items()}
    columns: dict[str, int] = {}
    header = 1
    for at in range(1, min(sheet.last_row, 15) + 1):
        here = {
            wanted[word]: index
            for index in range(sheet.last_column, 0, -1)
            if (word := folded(plain(sheet.get(at, index)))) in wanted
        }
        if len(here) > len(columns):
            header, columns = at, here
    cases: list[SnapshotCase] = []
    odd: list[str] = []
    for at in sheet.filled(header + 1):
        values = {key: plain(sheet.get(at, index)) for key, index in columns.items()}
        number, word = values.get(ID, ""), values.get(CHOICE, "")
        if not number.isdecimal() or any(case.id == int(number) for case in cases):
            continue
        cases.append(SnapshotCase(at, int(number), word, values.get(REMARK, ""), values.get(EVENT, "")))
        if word and number in written and decided(word, written[number]) is None:
            odd.append(
                f'{sheet.title}, geval {number}: "{word}" staat niet in de lijst; kies een woord uit de lijst'
            )
    remarks = (*found.remarks, *odd)
    return replace(found, cases=tuple(cases), remarks=remarks, case_header=header, case_columns=columns)


def create(sheet: Worksheet, layout: Layout, title: str, listing: Listing = OPEN) -> None:
    """A new sheet with its headers."""
    columns = headers(layout, listing)
    for index, text in enumerate(columns.values(), start=1):
        sheet.set(1, index, text, sheet.book.styles.index(theme.HEADER))
    at = f"{get_column_letter(1 + list(columns).index(REMARK))}1"
    theme.hint(sheet, at, listing.hint)
    theme.columns(sheet, [_WIDTHS[key] for key in columns])
    sheet.height(1, 34)
    theme.view(sheet, freeze_rows=1)
    theme.paper(sheet, title=title, landscape=True, repeat="1:1")


def write(
    sheet: Worksheet,
    found: Snapshot,
    cases: Sequence[Case],
    layout: Layout,
    links: Mapping[int, str],
    listing: Listing = OPEN,
) -> dict[str, dict[str, str]]:
    """Brings the sheet in line with the open cases, and gives what stands in her columns.
    ``links`` are the files of messages by id, beside the workbook."""
    columns = dict(found.case_columns)
    for key, text in headers(layout, listing).items():
        if key not in columns:
            columns[key] = sheet.last_column + 1
            sheet.set(found.case_header, columns[key], text, sheet.book.styles.index(theme.HEADER))
    places = _placed(sheet, found, cases)
    hers = {case.id: case for case in found.cases}
    rows: dict[str, dict[str, str]] = {}
    for case in cases:
        at = places[case.id]
        for key, content in _shown(case, layout).items():
            if key in columns and sheet.get(at, columns[key]) != content:
                sheet.set(at, columns[key], content, sheet.book.styles.index(_STYLES.get(key, _TEXT)))
        for key in (CHOICE, REMARK, EVENT):
            if key in columns:
                sheet.style(at, columns[key], sheet.book.styles.index(_INPUT))
        present = hers.get(case.id)
        prefilled = case.payload.get(PREFILLED, "") if listing is MAILS else ""
        if present is None:
            if "message" in columns:
                sheet.style(at, columns["message"], sheet.book.styles.index(_TEXT))
            if prefilled:
                sheet.set(at, columns[REMARK], prefilled, sheet.book.styles.index(_INPUT))
            sheet.fit(
                at,
                [(t, _WIDTHS[k]) for k, t in (("what", case.what), ("who", case.who), ("kind", case.title))],
            )
        rows[str(case.id)] = {
            CHOICE: present.choice if present else "",
            REMARK: present.remark if present else prefilled,
            EVENT: present.event if present else "",
            CHOICES: "|".join(case.choices),
        }
    if "message" in columns:
        files = {places[c.id]: links[c.message or 0] for c in cases if c.message in links}
        _links(sheet, columns["message"], files)
    _drop_downs(sheet, columns, {places[case.id]: case for case in cases}, layout)
    last = max([found.case_header, *places.values()])
    table.cover(sheet, layout.sheet(listing.sheet), found.case_header, columns[ID], last)
    return rows


def _placed(sheet: Worksheet, found: Snapshot, cases: Sequence[Case]) -> dict[int, int]:
    """The row of each case. Rows of settled ones go out; new ones come in below."""
    wanted = {case.id for case in cases}
    gone = Move(gone=frozenset(case.at for case in found.cases if case.id not in wanted))
    if gone.gone:
        row_shift.move_rows(sheet, gone)
    places = {case.id: gone.row(case.at) or 0 for case in found.cases if case.id in wanted}
    new = [case.id for case in cases if case.id not in places]
    last = max([found.case_header, *places.values()])
    if new and sheet.last_row > last:
        row_shift.move_rows(sheet, Move(after=last, count=len(new)))
    return {**places, **{id_: at for at, id_ in enumerate(new, start=last + 1)}}


def _links(sheet: Worksheet, column: int, files: Mapping[int, str]) -> None:
    """The message of each case is one click away; a link that stands there already is kept."""
    package = sheet.book.package
    held = {link.get("ref"): link for link in sheet.root.iter(q("hyperlink"))}
    targets = package.related(sheet.part, "hyperlink")
    for at, file in files.items():
        place, target = f"{get_column_letter(column)}{at}", url_quote(file)
        link = held.get(place)
        if link is None or targets.get(link.get(f"{{{REL}}}id") or "") != target:
            if link is not None:
                drop(link)
            relation = package.relate(sheet.part, "hyperlink", target, external=True)
            sheet.ensure("hyperlinks").append(fragment(f'<hyperlink ref="{place}" r:id="{relation}"/>'))
        if sheet.get(at, column) is None:
            sheet.set(at, column, "openen", sheet.book.styles.index(_LINK))


def _drop_downs(
    sheet: Worksheet, columns: Mapping[str, int], rows: Mapping[int, Case], layout: Layout
) -> None:
    """On each row a list of what fits it; those of mailbot's own columns are laid anew."""
    own = {get_column_letter(columns[key]) for key in (CHOICE, EVENT) if key in columns}
    for validation in list(sheet.root.iter(q("dataValidation"))):
        ranges = (validation.get("sqref") or "").replace(":", " ").split()
        if {"".join(filter(str.isalpha, place)) for place in ranges} <= own:
            drop(validation)
    fits: dict[tuple[str, ...], list[str]] = {}
    for at, case in rows.items():
        fits.setdefault(tuple(case.choices), []).append(f"{get_column_letter(columns[CHOICE])}{at}")
    for words, places in fits.items():
        theme.choices(sheet, " ".join(places), words, strict=True)
    if EVENT in columns and rows and layout.events:
        first, last = min(rows), max(rows)
        letter = get_column_letter(columns[EVENT])
        theme.choices_from(sheet, f"{letter}{first}:{letter}{last}", events.listed(sheet.book, layout))


def _shown(case: Case, layout: Layout) -> dict[str, Content]:
    return {
        ID: case.id,
        "kind": case.title,
        "who": case.who or None,
        "opened": case.opened.astimezone(layout.zone).replace(tzinfo=None, second=0, microsecond=0),
        "what": case.what or None,
    }


_WIDTHS = {
    ID: 9, "kind": 20, "who": 28, "opened": 16, "what": 56, "message": 11, EVENT: 30, CHOICE: 24, REMARK: 40
}  # fmt: skip
_TEXT = Style(TEXT, border="b", wrap=True)
_INPUT = Style(TEXT, border="lrtb", fill="FFFDF2", wrap=True)
_LINK = Style(TEXT, border="b", link=True, colour="1F4E79")
_STYLES = {
    ID: Style(WHOLE, border="b", horizontal="left"),
    "kind": Style(TEXT, border="b", wrap=True, bold=True),
    "opened": Style(DATE_TIME, border="b", horizontal="left"),
}
