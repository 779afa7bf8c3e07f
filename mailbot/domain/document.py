"""What a document shows: paragraphs, tables and cells, without any interpretation of labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from mailbot.domain.statement import Statement


class Unit(StrEnum):
    """What one step of a location names or counts, or what an answer follows from that stands nowhere;
    the value is the word people are shown."""

    ATTACHMENT = "bijlage"
    FILE = "bestand"
    FORWARDED = "doorgestuurd bericht"
    MAIL = "tekst van de mail"
    PAGE = "pagina"
    SHEET = "blad"
    HEADER = "koptekst"
    FOOTER = "voettekst"
    BOX = "tekstvak"
    TABLE = "tabel"
    ROW = "rij"
    COLUMN = "kolom"
    LINE = "regel"
    ANSWER = "antwoord"
    SIGNATURE = "handtekening onder de mail"
    SENDER = "afzender van de mail"
    REGISTRATION = "zoals"
    CONFIRMATION = "bevestigd"
    SECRETARIAT = "secretariaat"
    #: Words that an earlier version stored.
    WORDS = "woorden"


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands, as steps from the outside in: attachment, page, table, row, column.

    Steps rather than one field each, because documents nest: a table in a cell of a table, a form
    in an archive in a mail passed on. A step holds a number counted from 1, a name (of a file, a
    sheet), or 0 where the unit says all. Only ``str`` makes Dutch of it, for people.
    """

    steps: tuple[tuple[Unit, int | str], ...] = ()

    def at(self, unit: Unit, value: int | str = 0) -> Location:
        """The place one step further in."""
        return Location((*self.steps, (unit, value)))

    def inside(self, outer: Location) -> Location:
        """The same place, told from outside the document that it is in."""
        return Location((*outer.steps, *self.steps))

    def has(self, unit: Unit) -> bool:
        """Whether any step is of this unit."""
        return any(unit is one for one, _ in self.steps)

    def number(self, unit: Unit) -> int:
        """The innermost count of a unit; 0 where there is none."""
        return next((n for one, n in reversed(self.steps) if one is unit and isinstance(n, int)), 0)

    @property
    def document(self) -> tuple[str, ...]:
        """The names of the files it is in, the outermost first; empty for the mail's own text."""
        return tuple(str(name) for one, name in self.steps if one in (Unit.ATTACHMENT, Unit.FILE))

    @property
    def page(self) -> int:
        """The page, counted from 1; 0 where the format has none."""
        return self.number(Unit.PAGE)

    @property
    def block(self) -> int:
        """The line of the text, or the table, counted from 1; 0 for neither."""
        return self.number(Unit.LINE) or self.number(Unit.TABLE)

    @property
    def row(self) -> int:
        """The row of the innermost table, counted from 1; 0 for none."""
        return self.number(Unit.ROW)

    @property
    def column(self) -> int:
        """The column of the innermost table, counted from 1; 0 where it is not known."""
        return self.number(Unit.COLUMN)

    def __str__(self) -> str:
        """As people are shown it: "bijlage inschrijving.docx, tabel 1, rij 2"."""
        words: list[str] = []
        in_sheet = self.has(Unit.SHEET)
        for unit, value in self.steps:
            if unit in (Unit.FILE, Unit.WORDS):
                words.append(str(value))
            elif unit is Unit.COLUMN and in_sheet:  # as the sheet itself calls it: "cel B2"
                words[-1] = f"cel {column_letters(int(value))}{self.row}"
            else:
                words.append(f"{unit} {value}" if value else str(unit))
        return ", ".join(words)


#: No place: nothing is told of where an answer came from.
NOWHERE = Location()


def column_letters(number: int) -> str:
    """The letters of a sheet's column counted from 1: A, B, … Z, AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


@dataclass(frozen=True, slots=True)
class Part:
    """One attachment or inline file of a message, decoded once. Names are labels, never paths."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line. ``slot``: it was typed into (or left open in) a field of the form, so
    an empty one is certainly unanswered; ``name`` is then the field's own name, if it has one.
    ``struck``: it is crossed out; ``marked``: somebody went over it with a marker; ``underlined``, or a box
    is drawn around its words; ``bold``: it is so by itself, and not by the style of its paragraph.
    ``placeholder``: the form's own hint, still standing.
    ``unsure``: the letters are right, but not whether a space belongs where a line broke.
    ``options``: what the list offers that it is chosen from, whatever it says."""

    text: str
    slot: bool = False
    name: str = ""
    struck: bool = False
    placeholder: bool = False
    unsure: bool = False
    marked: bool = False
    underlined: bool = False
    bold: bool = False
    options: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text, with where it stands.

    ``quote`` is the depth of quoting in a mail; ``signature`` marks a sender's signature;
    ``heading`` a title. Ticks of every kind are ``TICKED`` and ``UNTICKED``.
    """

    spans: tuple[Span, ...]
    where: Location
    quote: int = 0
    signature: bool = False
    heading: bool = False

    @property
    def text(self) -> str:
        """The whole line, struck text included."""
        spans = self.spans
        return spans[0].text if len(spans) == 1 else "".join([span.text for span in spans])


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid; it may hold lines and grids again. ``columns`` and ``rows`` are how
    many it spans (covered positions are not repeated in the grid). ``room``: it ends in an empty
    line below its words, or was drawn higher than they are. ``strong``: its words are bold, in a sheet;
    ``painted``: its ground has a colour of its own; ``drawn``: it is empty, and its ground or its edges set
    it off from the words around it, in a sheet: a place to write. ``options``: what the list of a sheet's
    cell offers, or of the empty cells below it. ``computed``: a formula says what it shows, and nobody."""

    blocks: tuple[Block, ...]
    where: Location
    columns: int = 1
    rows: int = 1
    column: int = 0
    room: bool = False
    strong: bool = False
    painted: bool = False
    options: tuple[str, ...] = ()
    drawn: bool = False
    computed: bool = False

    @property
    def text(self) -> str:
        """All lines in it, nested ones included, joined by newlines."""
        blocks = self.blocks
        return blocks[0].text if len(blocks) == 1 else "\n".join([block.text for block in blocks])


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells. ``Cell.column`` is the cell's grid column, counted from 0."""

    rows: tuple[tuple[Cell, ...], ...]
    where: Location
    quote: int = 0

    @property
    def text(self) -> str:
        """All cells, tab and newline between them."""
        return "\n".join("\t".join(cell.text for cell in row) for row in self.rows)


Block = Paragraph | Table


def all_lines(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Every line, those in tables and in tables within tables included, in reading order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from (line for row in block.rows for cell in row for line in all_lines(cell.blocks))


class ParseStatus(StrEnum):
    """What became of reading a document. ``MISSING``: a mail speaks of one that is not there;
    ``LINKED``: it lies behind a link, which is never followed; ``TOO_SLOW``: reading it passed the
    processor time of one mail; ``PICTURES``: it holds nothing but pictures of text, not recognised yet."""

    READ = "read"
    PROTECTED = "protected"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    UNSUPPORTED = "unsupported"
    EMPTY = "empty"
    MISSING = "missing"
    LINKED = "linked"
    REMOVED = "removed"
    TOO_SLOW = "too-slow"
    PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """What one part shows. ``children`` are the parts inside a container (zip, msg, ...).

    ``recognised`` is true for text read from a picture: every answer is then to be confirmed.
    ``out_of_time``: reading it was cut off. ``macros``: it holds macros, which did not run.
    ``uncalculated``: a formula had no stored result, and its cell was read as empty. ``notes`` are
    remarks in Dutch, for the report.
    """

    name: str
    state: ParseStatus
    blocks: tuple[Block, ...] = ()
    children: tuple[Part, ...] = ()
    recognised: bool = False
    notes: tuple[Statement, ...] = ()
    out_of_time: bool = False
    macros: bool = False
    uncalculated: bool = False
