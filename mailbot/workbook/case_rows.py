"""Which row of Te behandelen or Postvak is which case, and what she decided in it.

A row is the case whose words it shows, since those are what she decided about; by its number where she
wrote over the words. A decision that belongs to no case of the sheet, or is none, is told in its row.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pydantic import TypeAdapter

from mailbot.domain.case import Choice, choice_of
from mailbot.domain.file_says import FileSays
from mailbot.domain.remark import Remark, RemarkKind
from mailbot.domain.statement import Statement, Told, say
from mailbot.text.normalize import letters
from mailbot.text.slips import mended as without_slip
from mailbot.wording import sheets
from mailbot.workbook.base import Base
from mailbot.workbook.header_row import header_row
from mailbot.workbook.layout import CASES, INBOX, Layout, folded
from mailbot.workbook.snapshot import Snapshot, SnapshotCase, StrayDecision
from mailbot.workbook.values import plain
from mailbot.xlsx.worksheet import Worksheet

ID, EVENT, CHOICE, REMARK, CHOICES = "id", "event", "choice", "remark", "choices"
FOLLOWS = "follows"
#: In what is kept of a row: a digest of the words by which she knows it, and what it says of her decision, as
#: JSON; the words of that, where a ledger of before holds them.
SHOWN, NOTE, _WORDS_OF_NOTE = "shown", "says", "note"
_WORDS = ("kind", "who", "what")
#: A decision may be typed as the beginning of one that is offered, from so many letters on.
_BEGINNING = 5
#: "vervangt INS-0016 (Frank Nys)": what ``Wat volgt`` shows beside a word.
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
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
    FOLLOWS: "Wat volgt",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """One of the two sheets: its name, its headers by key, and the hint at what she writes."""

    sheet: str
    headers: Mapping[str, str]
    hint: str


OPEN = Listing(CASES, HEADERS, sheets.REMARK_HINT)
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
        FOLLOWS: "Wat volgt",
    },
    sheets.WHOM_HINT,
)


def headers(layout: Layout, listing: Listing = OPEN) -> dict[str, str]:
    """The columns of the sheet; only the shared workbook asks which event."""
    asked = listing.headers.items()
    return {key: layout.name(text) for key, text in asked if key != EVENT or layout.event is None}


def decided(word: str, written: Mapping[str, str]) -> tuple[Choice, str] | None:
    """What she decided, with the nr it names, if it is one of the words that the row offers: with other signs
    or capitals, whose place it gives away in brackets behind it, a slip of the fingers, or no more than its
    beginning, where only one word begins so."""
    offered = {letters(one): one for one in _offered(written)}
    said = letters(word)
    if said not in offered:
        said = letters(_ASIDE.sub("", word))
    if said not in offered:
        said = without_slip(said, offered.__contains__)
    if said not in offered and len(said) >= _BEGINNING and said.isalpha():
        begun = [one for one in offered if one.startswith(said)]
        said = begun[0] if len(begun) == 1 else ""
    return choice_of(offered[said]) if said in offered else None


def shown_by(words: Mapping[str, object]) -> str:
    """A digest of the words that a row shows of its case, the same whatever a program changed about
    spaces in them."""
    said = [letters(str(words.get(key) or "")) for key in _WORDS]
    return hashlib.sha256("|".join(said).encode()).hexdigest()[:16] if any(said) else ""


@dataclass(frozen=True, slots=True)
class _Typed:
    """A row as it was found: what stands in her columns, the number, and what its words are known by."""

    at: int
    number: str
    shown: str
    choice: str
    remark: str
    event: str
    follows: str


def read(
    sheet: Worksheet,
    layout: Layout,
    found: Snapshot,
    base: Base,
    listing: Listing = OPEN,
) -> Snapshot:
    """Adds the rows of cases to what was found, as they differ from the ``base`` of the last write."""
    written = base.inbox if listing is MAILS else base.cases
    wanted = {folded(text): key for key, text in headers(layout, listing).items()}
    header, columns = header_row(sheet, wanted)
    mended = _recognised(sheet, header, columns, listing.sheet, headers(layout, listing), written)
    mine = set(columns.values())
    if any(at > header and column in mine for at, column in sheet.covered()):
        split = say(FileSays.CASE_CELLS_SPLIT, sheet=sheet.title)
        mended.append(Remark(RemarkKind.CELLS_SPLIT, split, (listing.sheet,)))
    typed = [_typed(sheet, at, columns) for at in sheet.filled(header + 1)]
    numbers = _identified(typed, written)
    cases: dict[str, SnapshotCase] = {}
    extra: list[int] = []
    for one in typed:
        number = numbers.get(one.at, "")
        if not number:
            continue
        row = SnapshotCase(one.at, int(number), one.choice, one.remark, one.event)
        if number in cases:
            extra.append(one.at)
            row = _one_of(cases[number], row, written[number])
        cases[number] = row
    return replace(
        found,
        cases=tuple(_noted(row, written[number], listing) for number, row in cases.items()),
        case_extra=tuple(extra),
        case_strays=tuple(_strays(typed, numbers, written, base.strays.get(listing.sheet, {}))),
        mended=(*found.mended, *mended),
        case_header=header,
        case_columns=columns,
    )


def _typed(sheet: Worksheet, at: int, columns: Mapping[str, int]) -> _Typed:
    values = {key: plain(sheet.get(at, index)) for key, index in columns.items()}
    hers = (values.get(key, "") for key in (CHOICE, REMARK, EVENT, FOLLOWS))
    return _Typed(at, values.get(ID, ""), shown_by(values), *hers)


def _identified(rows: Sequence[_Typed], written: Mapping[str, Mapping[str, str]]) -> dict[int, str]:
    """The number of the case that each row is, by place; rows of none are left out."""
    alike: dict[str, list[str]] = {}
    for number, held in written.items():
        alike.setdefault(held.get(SHOWN, ""), []).append(number)
    numbers = {
        row.at: row.number
        for row in rows
        if row.number in written and (not row.shown or row.number in alike.get(row.shown, ()))
    }
    for row in rows:  # a number was typed over, emptied, or sorted away from its words
        if row.at not in numbers and row.shown in alike:
            same = alike[row.shown]
            free = [one for one in same if one not in numbers.values()] or same
            if len(free) == 1:
                numbers[row.at] = free[0]
    for row in rows:  # she wrote over the words
        if row.at not in numbers and row.number in written and row.number not in numbers.values():
            numbers[row.at] = row.number
    return numbers


def _strays(
    rows: Sequence[_Typed],
    numbers: Mapping[int, str],
    written: Mapping[str, Mapping[str, str]],
    told: Mapping[str, str],
) -> list[StrayDecision]:
    """The decisions in rows of no case, each with what its row is to say of it; ``told`` are the codes of
    what such rows said at the last write, by key."""
    strays = []
    for row in rows:
        if row.at in numbers or not row.choice:
            continue
        if row.number in written:
            why = say(FileSays.ROW_CONTRADICTS, number=row.number)
        elif row.number:
            why = say(FileSays.NO_SUCH_NUMBER, number=row.number)
        else:
            why = say(FileSays.NO_NUMBER)
        key = f"{row.number}|{row.choice.casefold()}"
        is_told = bool(row.follows) and told.get(key) == why.code.value
        strays.append(StrayDecision(row.at, key, why, is_told))
    return strays


def strays_of(found: Snapshot) -> dict[str, str]:
    """What a write keeps of the decisions in rows of no case, which all say so now: codes by key."""
    return {stray.key: stray.why.code.value for stray in found.case_strays}


def kept_of(note: Told) -> dict[str, str]:
    """What the base of a write keeps of the note under her decision, by field; read back by ``said_of``."""
    if isinstance(note, Statement):
        return {NOTE: _statements().dump_json(note).decode()}
    return {_WORDS_OF_NOTE: note} if note else {}


def without_note(written: Mapping[str, str]) -> dict[str, str]:
    """The kept cells of a row, without the note under her decision."""
    return {key: value for key, value in written.items() if key not in (NOTE, _WORDS_OF_NOTE)}


def said_of(written: Mapping[str, str]) -> Told:
    """The note under her decision in a row as it was last written; empty for none."""
    held = written.get(NOTE, "")
    return _statements().validate_json(held) if held else written.get(_WORDS_OF_NOTE, "")


@cache
def _statements() -> TypeAdapter[Statement]:
    return TypeAdapter(Statement)


def _noted(row: SnapshotCase, written: Mapping[str, str], listing: Listing) -> SnapshotCase:
    """A row with what it is to say of what she decided there, where that is no decision. What it says
    already stays until she decides something else."""
    stood = written.get(CHOICE, "")
    if row.note:
        return row
    if row.choice.casefold() == stood.casefold():
        offered = {} if row.choice else {letters(one): one for one in _offered(written)}
        # a word of the list beside its column was told of then, and is told of as long as it stands there
        was_misplaced = letters(written.get(REMARK, "")) in offered
        word = offered.get(letters(row.remark))
        kept = "" if was_misplaced else said_of(written)
        return replace(row, note=_misplaced(word, listing) if word else kept)
    if not row.choice or decided(row.choice, written) is not None:
        return row
    words = tuple(f"“{one}”" for one in _offered(written))
    which = say(FileSays.ITS_LIST_OFFERS, words=words) if words else ""
    return replace(row, note=say(FileSays.NOT_OFFERED_HERE, word=row.choice, which=which))


def _offered(written: Mapping[str, str]) -> list[str]:
    """The words that the drop-down of a row offers."""
    return [one for one in written.get(CHOICES, "").split("|") if one]


def _misplaced(word: str, listing: Listing) -> Statement:
    """What a row says of a word of its drop-down that she typed in the column beside it."""
    column, choice = listing.headers[REMARK], listing.headers[CHOICE]
    return say(FileSays.IN_OTHER_COLUMN, word=word, column=column, choice=choice)


def is_untold(found: Snapshot, written: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether rows are to say something of her decisions that they do not say yet, or still say something."""
    notes = any(row.note != said_of(written.get(str(row.id), {})) for row in found.cases)
    return notes or any(not stray.is_told for stray in found.case_strays)


def _recognised(
    sheet: Worksheet,
    header: int,
    columns: dict[str, int],
    name: str,
    texts: Mapping[str, str],
    written: Mapping[str, Mapping[str, str]],
) -> list[Remark]:
    """Adds the columns whose header she renamed or emptied: that of the numbers by the numbers in it, others
    by their former position. Returns what to tell her about it; a column that a former version did not have
    is no accident."""
    if not written:
        return []
    told = []
    for place, (key, text) in enumerate(texts.items(), start=1):
        if key in columns:
            continue
        free = [at for at in range(1, sheet.last_column + 1) if at not in columns.values()]
        if key == ID:
            free = [at for at in free if _holds(sheet, header, at, written)]
        elif plain(sheet.get(header, place)) == "" and not _filled(sheet, header, place):
            free = []
        else:
            free = [at for at in free if at == place]
        if free:
            columns[key] = free[0]
        if free or key in (ID, CHOICE, REMARK):
            back = say(FileSays.HEADER_BACK, sheet=sheet.title, header=text)
            told.append(Remark(RemarkKind.HEADER_BACK, back, (name, key)))
    return told


def _holds(sheet: Worksheet, header: int, column: int, written: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether a column holds the numbers of cases."""
    return any(plain(sheet.get(at, column)) in written for at in sheet.filled(header + 1))


def _filled(sheet: Worksheet, header: int, column: int) -> bool:
    return any(plain(sheet.get(at, column)) for at in sheet.filled(header + 1))


def _one_of(first: SnapshotCase, second: SnapshotCase, written: Mapping[str, str]) -> SnapshotCase:
    """Of a case that has two rows, the row in which she decided; where she decided two different things,
    neither."""
    stood = written.get(CHOICE, "").casefold()
    said = [one for one in (first, second) if one.choice and one.choice.casefold() != stood]
    if len(said) == 2 and said[0].choice.casefold() != said[1].choice.casefold():
        note = say(FileSays.DECIDED_TWICE, first=first.choice, second=second.choice)
        return replace(first, choice="", note=note)
    return replace(said[0], at=first.at, note=first.note) if said else first
