"""What a document shows: paragraphs, tables and cells, without any interpretation of labels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Part:
    """One attachment or inline file of a message, decoded once. Names are labels, never paths."""

    name: str
    media_type: str
    data: bytes
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line. ``slot``: it was typed into (or left open in) a field of the form, so
    an empty one is certainly unanswered; ``name`` is then the field's own name, if it has one.
    ``struck``: it is crossed out. ``placeholder``: the form's own hint, still standing.
    ``unsure``: the letters are right, but not whether a space belongs where a line broke."""

    text: str
    slot: bool = False
    name: str = ""
    struck: bool = False
    placeholder: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text, with where it stands ("bijlage inschrijving.docx, regel 4").

    ``quote`` is the depth of quoting in a mail; ``signature`` marks a sender's signature;
    ``heading`` a title. Ticks of every kind are ``TICKED`` and ``UNTICKED``.
    """

    spans: tuple[Span, ...]
    where: str
    quote: int = 0
    signature: bool = False
    heading: bool = False

    @property
    def text(self) -> str:
        """The whole line, struck text included."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid; it may hold lines and grids again. ``columns`` and ``rows`` are how
    many it spans (covered positions are not repeated in the grid)."""

    blocks: tuple[Block, ...]
    where: str
    columns: int = 1
    rows: int = 1
    column: int = 0

    @property
    def text(self) -> str:
        """All lines in it, nested ones included, joined by newlines."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells. ``Cell.column`` is the cell's grid column, counted from 0."""

    rows: tuple[tuple[Cell, ...], ...]
    where: str
    quote: int = 0

    @property
    def text(self) -> str:
        """All cells, tab and newline between them."""
        return "\n".join("\t".join(cell.text for cell in row) for row in self.rows)


Block = Paragraph | Table


#: What a reader remarks of a document with macros in it.
MACROS = "macro's zijn niet uitgevoerd"


class ParseStatus(StrEnum):
    """What became of reading a document."""

    READ = "read"
    PROTECTED = "protected"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """What one part shows. ``children`` are the parts inside a container (zip, msg, ...).

    ``recognised`` is true for text read from a picture: every answer is then to be confirmed.
    ``notes`` are remarks in Dutch (``MACROS``).
    """

    name: str
    state: ParseStatus
    blocks: tuple[Block, ...] = ()
    children: tuple[Part, ...] = ()
    recognised: bool = False
    notes: tuple[str, ...] = ()
