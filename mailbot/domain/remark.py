"""What the secretary is told about one of her workbooks: a kind, facts and a statement."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from mailbot.domain.statement import Statement


class RemarkKind(StrEnum):
    """What a remark is about. The ledger holds these in the keys of cases."""

    # A file as a whole.
    LOCK_LEFT = "lock-left"
    NOT_THERE = "not-there"
    REPAIRED = "repaired"
    OTHER_INSTALLATION = "other-installation"
    DAMAGED = "damaged"
    NOT_WRITTEN = "not-written"
    STILL_NAMED = "still-named"

    # What the next write puts right in a sheet.
    CELLS_SPLIT = "cells-split"
    HEADER_BACK = "header-back"
    COLUMN_RETITLED = "column-retitled"
    COLUMN_BACK = "column-back"
    OVERWRITTEN = "overwritten"
    ROW_REPEATED = "row-repeated"
    NR_REPEATED = "nr-repeated"

    # What she decided or asked for, and could not be done.
    CASE_CLOSED = "case-closed"
    UNDO_TOO_LATE = "undo-too-late"
    NO_SUCH_LIST = "no-such-list"
    LIST_NOT_MADE = "list-not-made"

    # ``bijeenkomsten.xlsx``.
    EVENT_ROW = "event-row"
    FORM_ROW = "form-row"
    BLANK_REPLACED = "blank-replaced"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to tell her. ``facts`` say which one (a sheet, a row, a number); ``says`` is what she reads,
    and may change while it stays the same remark."""

    kind: RemarkKind
    says: Statement
    facts: tuple[object, ...] = ()

    @property
    def key(self) -> str:
        """What makes it the same remark, however it is worded. A digest, since facts may hold what she typed,
        which may be about a person."""
        return f"{self.kind}:{hashlib.sha256(repr(self.facts).encode()).hexdigest()[:16]}"
