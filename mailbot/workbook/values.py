"""Answers as cells, and cells as answers."""

from __future__ import annotations

import re
from datetime import date, datetime

from mailbot.domain.form import FieldKind
from mailbot.domain.registration import Status
from mailbot.domain.submission import Value
from mailbot.text.dates import date_at_start
from mailbot.text.lexicon import of_cell
from mailbot.workbook.layout import ATTENDED, CONFIRM, STATUS
from mailbot.xlsx.cell import Content

YES, NO = "ja", "neen"
_STATUS = {status.value.casefold(): status.value for status in Status}
#: What people type where there is nothing to say, with the spaces around it.
_NOTHING = "-–—/ "
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:[.,][0-9]{1,6})?")


def shown(value: Value | None, kind: FieldKind | None) -> Content:
    """An answer as a cell shows it: ja/neen, a real number, a real date, else text."""
    if isinstance(value, bool):
        return YES if value else NO
    if not value:
        return None
    if kind is FieldKind.NUMBER and _NUMBER.fullmatch(value):
        number = float(value.replace(",", "."))
        return int(number) if number.is_integer() else number
    if kind is FieldKind.DATE:
        return day(value) or value
    return value


def typed(cell: Content, kind: FieldKind | None) -> Value | None:
    """What a cell says as an answer of this ``kind`` (None: as text); None for an empty one. A date is text
    ("dd/mm/yyyy"), a telephone number that Excel took for a number is written anew."""
    if kind is FieldKind.YES_NO:
        return yes_no(cell)
    text = plain(cell)
    if kind is FieldKind.PHONE and is_number(cell):
        from mailbot.extraction.values.phone import read_phone

        return read_phone(text).value or text or None
    if kind is FieldKind.DATE and text:
        moment = day(text)
        return moment.strftime("%d/%m/%Y") if moment else text
    return text or None


def is_number(cell: Content) -> bool:
    """Whether a cell holds a number, as Excel makes of digits typed where no format says otherwise: the
    leading zero of a telephone number is lost then."""
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


#: What she may type under ``Aanwezig`` besides yes and no.
THERE = {"aanwezig": True, "afwezig": False}


def read_back(cell: Content, key: str, kind: FieldKind | None) -> Value | None:
    """What a cell of Deelnemers says, as the ledger holds it: by the ``key`` of its column, or for an answer
    by its ``kind``. None for an empty cell."""
    if key == ATTENDED and (there := THERE.get(plain(cell).casefold())) is not None:
        return there
    if key in (ATTENDED, CONFIRM):
        return yes_no(cell)
    if key == STATUS:
        word = plain(cell)
        return _STATUS.get(word.casefold(), word or None)
    return (plain(cell) or None) if key.startswith("#") else typed(cell, kind)


def yes_no(cell: Content) -> Value | None:
    """True, False, None for empty or a dash; other words as they stand."""
    text = plain(cell)
    if not text.strip(_NOTHING):
        return None
    said = of_cell(text)
    return (text or None) if said is None else said


def plain(cell: Content) -> str:
    """A cell as text: numbers without a needless fraction, dates as people here write them."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, datetime):
        at_midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.strftime("%d/%m/%Y" if at_midnight else "%d/%m/%Y %H:%M")
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, float):
        return f"{cell:.10g}".replace(".", ",")
    if isinstance(cell, int):
        return str(cell)
    if "\n" not in cell and "\r" not in cell:
        return " ".join(cell.split())
    lines = (" ".join(line.split()) for line in cell.replace("\r", "").split("\n"))
    return "\n".join(lines).strip()


def day(text: str) -> date | None:
    """A date with its year and nothing else ("3/12/2026", "do. 3 december 2026", "2026-12-03"), or None."""
    found = date_at_start(text)
    return found[0] if found and not found[1] else None
