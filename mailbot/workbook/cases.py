"""Sheet Te behandelen: a row per case, with what she can decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mailbot.model import Case
from mailbot.workbook.found import Found, FoundCase
from mailbot.workbook.layout import Layout, folded
from mailbot.workbook.participants import HEADER
from mailbot.workbook.sheet import Content, Sheet
from mailbot.workbook.styles import DATE_TIME, TEXT, Style
from mailbot.workbook.values import plain

ID, EVENT, CHOICE, REMARK = "id", "event", "choice", "remark"
HEADERS = {
    ID: "Geval",
    "kind": "Wat is er",
    "who": "Wie",
    "opened": "Wanneer",
    "what": "Wat er gelezen werd",
    "message": "Bericht",
    EVENT: "Bijeenkomst",
    CHOICE: "Beslissing",
    REMARK: "Toelichting",
}


def headers(layout: Layout) -> dict[str, str]:
    """The columns of the sheet; only the shared workbook asks which event."""
    return {key: layout.name(text) for key, text in HEADERS.items() if key != EVENT or layout.event is None}


def read(sheet: Sheet, layout: Layout, found: Found) -> Found:
    """Adds the rows of cases, known by the number in their first column, to what was found."""
    wanted = {folded(text): key for key, text in headers(layout).items()}
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
    cases = []
    for at in range(header + 1, sheet.last_row + 1):
        values = {key: plain(sheet.get(at, index)) for key, index in columns.items()}
        if values.get(ID, "").isdecimal():
            cases.append(
                FoundCase(
                    at, int(values[ID]), values.get(CHOICE, ""), values.get(REMARK, ""), values.get(EVENT, "")
                )
            )
    return replace(found, cases=tuple(cases), case_header=header, case_columns=columns)


def write(
    sheet: Sheet, found: Found, cases: Sequence[Case], layout: Layout, links: Mapping[int, str]
) -> dict[str, dict[str, str]]:
    """Brings the sheet in line with the open cases; ``links`` are the files of messages by id."""
    styles = sheet.book.styles
    columns = dict(found.case_columns)
    for key, text in headers(layout).items():
        if key not in columns:
            columns[key] = sheet.last_column + 1
            sheet.set(found.case_header, columns[key], text, styles.index(HEADER))
    places = {case.id: case for case in found.cases}
    rows: dict[str, dict[str, str]] = {}
    for case in cases:
        present = places.get(case.id)
        at = present.at if present else max(sheet.last_row, found.case_header) + 1
        shown = {**_shown(case, layout), "message": links.get(case.message or 0)}
        for key, content in shown.items():
            if sheet.get(at, columns[key]) != content:
                style = Style(DATE_TIME) if key == "opened" else Style(TEXT, wrap=True)
                sheet.set(at, columns[key], content, styles.index(style))
        rows[str(case.id)] = {
            CHOICE: present.choice if present else "",
            REMARK: present.remark if present else "",
            EVENT: present.event if present else "",
        }
    return rows


def _shown(case: Case, layout: Layout) -> dict[str, Content]:
    return {
        ID: case.id,
        "kind": case.kind.value,
        "who": case.who,
        "opened": case.opened.astimezone(layout.zone).replace(tzinfo=None, second=0, microsecond=0),
        "what": case.what,
    }
