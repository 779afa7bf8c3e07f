"""The labels of a list in two rows: some of the first have labels of their own below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.extraction.tokens import Box


@dataclass(frozen=True, slots=True)
class TwoTiers:
    """The cells of two rows of labels: those of the first that stand above others, and the label that stands
    lowest in each column."""

    groups: tuple[Box, ...]
    columns: tuple[Box, ...]

    @classmethod
    def of(cls, rows: Sequence[Sequence[Box]], at: int) -> TwoTiers | None:
        """The labels that begin in a row, where the cells of the next one fill the columns of some of its
        wide cells, and no others; else None."""
        head, below = rows[at], rows[at + 1] if at + 1 < len(rows) else ()
        filled = {box.column for box in below if box.text and box.columns == 1}
        groups = [box for box in head if box.columns > 1 and _columns(box) & filled]
        if not groups or len(filled) < len(below) or filled != set().union(*map(_columns, groups)):
            return None
        alone = [box for box in head if all(box is not group for group in groups)]
        return cls(tuple(groups), tuple(sorted((*alone, *below), key=lambda box: box.column)))

    def above(self, label: Box) -> Box | None:
        """The wide label above one of the second row; None for one of the first."""
        return next((one for one in self.groups if label is not one and label.column in _columns(one)), None)

    def below(self, group: Box) -> list[Box]:
        """The labels below a wide one."""
        return [box for box in self.columns if box.column in _columns(group)]


def _columns(box: Box) -> set[int]:
    return set(range(box.column, box.column + box.columns))
