"""Rows of a sheet that draws its places to write: empty cells that are none only set others apart."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.extraction.tokens import Box

Row = Sequence[Box]


def without_spacers(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows without the empty cells that are no place to write, where others beside words are drawn as
    one, or those right below or above words, which are then their captions."""
    if not any(box.drawn for row in rows for box in row):
        return rows
    return [_kept(row) if _has_rooms(row) or _is_captions(rows, at) else row for at, row in enumerate(rows)]


def rooms_below(rows: Sequence[Row], at: int) -> Sequence[Row]:
    """The rows of nothing but places to write right below words that stand alone in their row, in their
    column."""
    used = at + 1
    while used < len(rows) and _is_all_room(rows[used]) and is_next(rows[used - 1], rows[used]):
        used += 1
    below = rows[at + 1 : used]
    if len(rows[at]) != 1 or not below or any(row[0].column != rows[at][0].column for row in below):
        return ()
    return below


def _is_all_room(row: Row) -> bool:
    return bool(row) and all(box.drawn for box in row)


def _has_rooms(row: Row) -> bool:
    return any(box.drawn for box in row)


def _is_captions(rows: Sequence[Row], at: int) -> bool:
    """Whether the words of a row stand right above or below a place to write each; one may stand at a number
    of the rows of a list."""
    said = {box.column for box in rows[at] if box.text}
    for n in (at - 1, at + 1):
        if 0 <= n < len(rows) and is_next(rows[min(at, n)], rows[max(at, n)]):
            drawn = {box.column for box in rows[n] if box.drawn or box.computed}
            if said & drawn and said <= drawn | {box.column for box in rows[n] if box.text.isdecimal()}:
                return True
    return False


def is_next(row: Row, below: Row) -> bool:
    """Whether one row of a spreadsheet follows on another, with no empty row between them."""
    return bool(row and below) and below[0].where.row == row[0].where.row + 1


def _kept(row: Row) -> Row:
    """A row without its spacers: empty cells that are not drawn or computed, but for those behind words that
    have no drawn one behind them, in a row where others have."""
    if not _has_rooms(row):
        return [box for box in row if box.gap is None]
    kept: list[Box] = []
    for at, box in enumerate(row):
        if box.gap is None or box.drawn or box.computed or (kept and _has_no_room(kept[-1], row[at:])):
            kept.append(box)
    return kept


def _has_no_room(words: Box, behind: Row) -> bool:
    """Whether no cell behind words is drawn, up to the next words."""
    up_to = next((n for n, box in enumerate(behind) if box.gap is None), len(behind))
    return words.gap is None and not any(box.drawn for box in behind[:up_to])
