"""One cell of a sheet: what it shows, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from mailbot.domain.document import Span

Shown = tuple[Span, ...]  # what a cell shows, newlines in it included
Place = tuple[int, int]  # row and column, from 0

#: The ground of a cell that is painted in the colour of paper.
WHITE = "white"


class Edge(Enum):
    """A side of a cell, by where the cell beyond it stands: so many rows and columns further."""

    TOP = (-1, 0)
    BOTTOM = (1, 0)
    LEFT = (0, -1)
    RIGHT = (0, 1)

    @property
    def across(self) -> Edge:
        """The same side, as the cell beyond it calls it."""
        return Edge((-self.value[0], -self.value[1]))


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What a cell shows. ``is_open``: it may be typed in while the sheet is locked, and so is a slot;
    ``strong``: it is bold; ``ground``: the colour that it is painted in, as its file names it, or ``WHITE``;
    ``edges``: the sides on which a line is drawn; ``computed``: a formula says what it shows."""

    spans: Shown = ()
    is_open: bool = False
    strong: bool = False
    ground: str = ""
    edges: frozenset[Edge] = frozenset()
    computed: bool = False

    @property
    def painted(self) -> bool:
        """Whether its ground has another colour than paper."""
        return self.ground not in ("", WHITE)

    @property
    def has_text(self) -> bool:
        """Whether it says anything."""
        return any(span.text.strip() for span in self.spans)
