"""A document as one run of tokens, with its lines, its cells and the gaps that a form leaves open.

A blank and a filled-in copy of it, in whatever format, give nearly the same tokens; what differs is
what somebody wrote. Walls of table cells are tokens too, so that a value keeps its column. What a
gap is made of (dots, underscores, a control) is none: it does not survive being written on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from mailbot.domain.document import Block, Cell, Location, Paragraph, Span, Table, Unit
from mailbot.extraction.lexicon import each_phrase, phrases
from mailbot.extraction.spans import Spans, cut
from mailbot.extraction.ticks import ANY_BOX
from mailbot.text.normalize import plain, tidy

_RULE = r"(?:\.{3,}|…[.…]*|_{2,}|(?:\. ){3,}\.?)"
#: No room are the dots that end examples: "(opbouw, afwas, …)".
_AND_SO_ON = r"(?!(?<=, )(?:…|\.{3})\))"
#: Room to write on; "…/…/…" is one, for a date, and "|_|_|_|", for a letter or figure each.
GAP = re.compile(rf"\|(?:[ ]?_+[ ]?\|)+|{_AND_SO_ON}{_RULE}(?:[ \t]*[/-]?[ \t]*{_RULE})*")
#: Words behind which something is counted or named: "komt met ... volwassenen en ... kinderen".
LEADS_ON = frozenset(each_phrase("leads_on"))
_BEHIND_LEADING = "|".join(rf"(?<=\b{word} )" for word in each_phrase("leads_through"))
#: A tab that leads to the end of a line, to the next label, or through a sentence: its leader is drawn, not
#: written.
_LEADER = re.compile(
    r"(?<=\S)[ ]*\t\s*$|(?<=:)[ ]*\t+(?=[^\t:]{2,40}:)"
    r"|(?<=[^\s:.])[ ]*\t+(?=(?:[ ]?[A-ZÀ-Þ][^\t:.]{1,40}\t)+\s*$)"
    rf"|(?:{_BEHIND_LEADING})\t+(?=\s?[a-z])"
)
#: What a list shows before anything is chosen from it.
_UNCHOSEN = re.compile(rf"(?i)^{phrases('unchosen')}|^[-–<(\[].*[-–>)\]]$")
#: Every kind of box to tick, ticked or not.
BOX = re.compile(ANY_BOX)
#: Letters and digits that people draw for a box; they are boxes where several stand in a form. "O = oui" says
#: what a letter stands for.
_DRAWN = re.compile(r"(?<!\S)(?P<sign>[oO0])(?=\s{1,3}[^\s=])")
_TOKEN = re.compile(rf"{BOX.pattern}|[^\W_]+(?:_[^\W_]+)*|[^\w\s]")
_TICK = "☐"
_ROW = "=row"
#: Letters of a word that is long enough to be broken where its cell ends.
_FEWEST_BROKEN = 6
_MANY_TORN = 3  # words of which the first letter stands apart


@dataclass(frozen=True, slots=True)
class Token:
    """A word, sign, box or wall, made comparable, and where it stands: a line and its characters.
    ``typed`` into a control, it is nobody's label."""

    key: str
    line: int = -1
    start: int = 0
    end: int = 0
    typed: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it is more than a sign or a wall."""
        return self.key[0].isalnum()

    @property
    def is_wall(self) -> bool:
        """Whether it is the wall of a cell or the end of a row."""
        return self.line < 0


#: In the place of a token that is no part of the document.
_LEFT_OUT = Token("=left")


@dataclass(frozen=True, slots=True)
class Gap:
    """Room to write: before token ``position``. ``line`` and characters, or an empty cell (line -1).
    ``prefilled`` is what the form itself wrote there, ``hint`` what it says to write,
    ``name`` what the control is called."""

    position: int
    line: int = -1
    start: int = 0
    end: int = 0
    prefilled: str = ""
    hint: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with the range of its tokens, its gaps, and the cell that it stands in."""

    spans: Spans
    text: str
    where: Location
    first: int
    last: int
    gaps: tuple[Gap, ...]
    heading: bool = False


@dataclass(slots=True)
class Box:
    """A cell of a table: its lines, those of the tables in it among them; those tables; its gap where it is
    empty; whether an empty line below its words is room to write (``room``), and its words are bold.
    ``computed``: a formula fills it; ``closed``: it is empty, and computed, or locked in a sheet where others
    are not; ``drawn``: it is empty, and drawn as a place to write."""

    where: Location
    column: int
    columns: int
    lines: list[int] = field(default_factory=list)
    gap: Gap | None = None
    text: str = ""
    grids: list[Grid] = field(default_factory=list)
    room: bool = False
    strong: bool = False
    closed: bool = False
    drawn: bool = False
    computed: bool = False


@dataclass(slots=True)
class Grid:
    """The rows of a table; ``before`` is the number of lines above it, ``after`` that of the lines above what
    follows it."""

    rows: list[list[Box]]
    before: int
    after: int = 0


@dataclass(slots=True)
class Tokenised:
    """All of a document. ``boxed`` says of each line whether a table holds it, ``controls`` what was
    typed into each control by its name, where only one is called so, ``painted`` the token that each cell of
    another colour begins with, ``offered`` by the token behind a room the options of its list."""

    tokens: list[Token] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    boxed: list[bool] = field(default_factory=list)
    controls: dict[str, tuple[Spans, Location] | None] = field(default_factory=dict)
    painted: set[int] = field(default_factory=set)
    offered: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """The tokens as they are compared."""
        return [token.key for token in self.tokens]


def tokenised(blocks: Iterable[Block], *, blank: bool) -> Tokenised:
    """The tokens of a document. In a ``blank`` one what stands in a control is room to write; in a
    filled one it was typed."""
    sheet = Tokenised()
    _walk(sheet, blocks, None, blank=blank)
    return sheet


def _walk(sheet: Tokenised, blocks: Iterable[Block], box: Box | None, *, blank: bool) -> None:
    for block in blocks:
        if isinstance(block, Paragraph):
            _line(sheet, block, box, blank=blank)
        else:
            _table(sheet, block, box, blank=blank)


def _table(sheet: Tokenised, table: Table, outer: Box | None, *, blank: bool) -> None:
    grid = Grid([], len(sheet.lines))
    sheet.grids.append(grid)
    is_locked = any(_is_unlocked(cell) for row in table.rows for cell in row)
    for row in table.rows:
        sheet.tokens.append(Token(_ROW))
        boxes = [_cell(sheet, cell, blank=blank) for cell in row]
        for box, cell in zip(boxes, row, strict=True):
            box.closed = box.gap is not None and (box.computed or (is_locked and not _is_unlocked(cell)))
        grid.rows.append(boxes)
    sheet.tokens.append(Token(_ROW))
    grid.after = len(sheet.lines)
    if outer is not None:
        outer.grids.append(grid)
        outer.lines += [line for row in grid.rows for box in row for line in box.lines]


def _is_unlocked(cell: Cell) -> bool:
    """Whether a cell is the room of a sheet that is locked otherwise."""
    paragraphs = (block for block in cell.blocks if isinstance(block, Paragraph))
    return cell.where.has(Unit.SHEET) and any(span.slot for one in paragraphs for span in one.spans)


def _cell(sheet: Tokenised, cell: Cell, *, blank: bool) -> Box:
    sheet.tokens.append(Token(f"|{cell.column}"))
    if cell.painted:
        sheet.painted.add(len(sheet.tokens))
    if cell.options:
        sheet.offered[len(sheet.tokens)] = cell.options
    box = Box(cell.where, cell.column, cell.columns, room=cell.room, strong=cell.strong, drawn=cell.drawn)
    box.computed = cell.computed
    _walk(sheet, _chosen_in(cell) if blank else cell.blocks, box, blank=blank)
    box.text = "\n".join(sheet.lines[line].text for line in box.lines).strip()
    if not box.text and not any(sheet.lines[line].gaps for line in box.lines):
        box.gap = Gap(len(sheet.tokens))
    return box


def _chosen_in(cell: Cell) -> Iterable[Block]:
    """What stands in a cell of a blank; where it is chosen from a list, what the list offers or what says to
    choose ("Kies ...") is room to write. A label may have a list too, that of the cells below it. One that
    is left open in a locked sheet is empty, as any other room of a sheet is."""
    said = tidy(" ".join(block.text for block in cell.blocks if isinstance(block, Paragraph)))
    if not said and cell.where.has(Unit.SHEET):
        return ()
    if said not in cell.options and not (cell.options and _UNCHOSEN.search(said)):
        return cell.blocks
    return [
        replace(block, spans=tuple(replace(span, slot=True) for span in block.spans))
        if isinstance(block, Paragraph)
        else block
        for block in cell.blocks
    ]


def _line(sheet: Tokenised, paragraph: Paragraph, box: Box | None, *, blank: bool) -> None:
    number, text = len(sheet.lines), paragraph.text
    first = len(sheet.tokens)
    gaps: list[Gap] = []
    for hole in _holes(paragraph.spans, number, blank=blank):
        _tokenise(sheet, text, number, gaps[-1].end if gaps else 0, hole.start, paragraph.spans)
        gaps.append(replace(hole, position=len(sheet.tokens)))
        if options := _offered(paragraph.spans, hole):
            sheet.offered[len(sheet.tokens)] = options
    _tokenise(sheet, text, number, gaps[-1].end if gaps else 0, len(text), paragraph.spans)
    if not text.strip() and not gaps:
        return
    line = Line(
        paragraph.spans, text, paragraph.where, first, len(sheet.tokens), tuple(gaps), paragraph.heading
    )
    sheet.lines.append(line)
    for span in paragraph.spans:
        if span.slot and span.name and not BOX.fullmatch(span.text.strip()):
            known = span.name in sheet.controls
            sheet.controls[span.name] = None if known else ((span,), paragraph.where)
    sheet.boxed.append(box is not None)
    if box is not None:
        box.lines.append(number)


def _offered(spans: Spans, hole: Gap) -> tuple[str, ...]:
    """The options of the list that a hole is, as far as they may be chosen."""
    position = 0
    for span in spans:
        if span.options and position == hole.start:
            said = (option for option in span.options if any(map(str.isalnum, option)))
            return tuple(option for option in said if not _UNCHOSEN.search(option))
        position += len(span.text)
    return ()


def _holes(spans: Spans, line: int, *, blank: bool) -> list[Gap]:
    """Where there is room to write, in order. In a filled copy, only what is no answer: dots,
    underscores, a hint that still stands."""
    holes: list[Gap] = []
    position = 0
    for span in spans:
        end = position + len(span.text)
        said = span.text.strip()
        if span.slot and blank and not BOX.fullmatch(said):
            unchosen = span.placeholder or bool(_UNCHOSEN.search(said))
            prefilled, hint = ("", said) if unchosen else (said, "")
            holes.append(Gap(0, line, position, end, prefilled, hint, span.name))
        elif span.placeholder and not blank:
            holes.append(Gap(0, line, position, end, hint=said, name=span.name))
        elif not span.slot:
            rules = GAP.finditer(span.text)
            holes += [Gap(0, line, position + rule.start(), position + rule.end()) for rule in rules]
        position = end
    if blank:
        text = "".join(span.text for span in spans)
        led = (Gap(0, line, hit.start(), hit.end()) for hit in _LEADER.finditer(text))
        holes += [gap for gap in led if all(gap.end < one.start or one.end < gap.start for one in holes)]
    return sorted(holes, key=lambda gap: gap.start)


def _tokenise(sheet: Tokenised, text: str, line: int, start: int, end: int, spans: Spans) -> None:
    for hit in _TOKEN.finditer(text, start, end):
        sign = hit.group()
        typed = _is_typed(spans, hit.start())
        if BOX.fullmatch(sign) or _DRAWN.match(text, hit.start()):
            key = _TICK
        else:
            key = ("\0" if typed else "") + (plain(sign) or sign)
        sheet.tokens.append(Token(key, line, hit.start(), hit.end(), typed))


def unglued(sheet: Tokenised, words: Mapping[str, tuple[str, ...]]) -> Tokenised:
    """The document with the words taken apart that lost the space between them ("Naamen voornaam"), as what
    reads pages and pictures leaves them; ``words`` says for each what it is made of."""
    apart = [words.get(token.key, ()) if not token.typed else () for token in sheet.tokens]
    if not any(apart):
        return sheet
    at, tokens = [0], []
    for token, parts in zip(sheet.tokens, apart, strict=True):
        tokens += _parts(token, parts) if parts else [token]
        at.append(len(tokens))

    def moved(gap: Gap) -> Gap:
        return replace(gap, position=at[gap.position])

    lines = [
        replace(line, first=at[line.first], last=at[line.last], gaps=tuple(map(moved, line.gaps)))
        for line in sheet.lines
    ]
    grids = [
        replace(
            grid, rows=[[replace(box, gap=box.gap and moved(box.gap)) for box in row] for row in grid.rows]
        )
        for grid in sheet.grids
    ]
    return Tokenised(tokens, lines, grids, sheet.boxed, sheet.controls, {at[n] for n in sheet.painted})


def rejoined(sheet: Tokenised, words: Mapping[str, int]) -> Tokenised:
    """The document with the words made whole that a narrow cell broke in two ("Bestuursfunc tie"); ``words``
    says how often it should have each. What is left of the second half is nobody's."""
    there = Counter(token.key for token in sheet.tokens)
    tokens = list(sheet.tokens)
    for n, (one, other) in enumerate(pairwise(sheet.tokens)):
        whole = one.key + other.key
        if (
            len(whole) >= _FEWEST_BROKEN
            and there[whole] < words.get(whole, 0)
            and one.line == other.line >= 0
            and one.end < other.start
            and not (one.key in words and other.key in words)
        ):
            tokens[n : n + 2] = [replace(one, key=whole, end=other.end), _LEFT_OUT]
            there[whole] += 1
    return replace(sheet, tokens=tokens)


def as_torn(sheet: Tokenised, words: Mapping[str, int]) -> Tokenised:
    """The document; where several ``words`` of the blank lost their first letter to a space ("S ector"), as a
    page leaves them that was made a text again, no space of it is sure."""
    torn = sum(
        len(one.key) == 1
        and one.line == other.line >= 0
        and one.end < other.start
        and one.key.isalpha()
        and other.key not in words
        and one.key + other.key in words
        for one, other in pairwise(sheet.tokens)
    )
    if torn < _MANY_TORN:
        return sheet
    lines = [
        replace(line, spans=tuple(replace(span, unsure=True) for span in line.spans)) for line in sheet.lines
    ]
    return replace(sheet, lines=lines)


def without(sheet: Tokenised, numbers: Container[int]) -> Tokenised:
    """The document with some tokens left out; all others keep their number."""
    tokens = [_LEFT_OUT if n in numbers else token for n, token in enumerate(sheet.tokens)]
    return replace(sheet, tokens=tokens)


def _parts(token: Token, parts: Sequence[str]) -> list[Token]:
    """A token cut into words of those lengths; whole where it is longer or shorter than they are, as a sign
    that stands for two letters is."""
    if sum(map(len, parts)) != token.end - token.start:
        return [token]
    cuts = [token.start]
    for part in parts:
        cuts.append(cuts[-1] + len(part))
    return [
        replace(token, key=part, start=start, end=end)
        for part, (start, end) in zip(parts, pairwise(cuts), strict=True)
    ]


def keys_of(text: str) -> list[str]:
    """The tokens of some words, as they are compared."""
    return [plain(hit.group()) or hit.group() for hit in _TOKEN.finditer(text)]


def _is_typed(spans: Spans, position: int) -> bool:
    for span in spans:
        position -= len(span.text)
        if position < 0:
            return span.slot
    return False


def between(sheet: Tokenised, start: int, end: int) -> list[tuple[Spans, Location]]:
    """What stands from token ``start`` up to ``end``, a pair of spans and place for each line."""
    found: list[tuple[Spans, Location]] = []
    tokens = [token for token in sheet.tokens[start:end] if token.line >= 0]
    numbers = dict.fromkeys(token.line for token in tokens)
    for number in numbers:
        own = [token for token in tokens if token.line == number]
        line = sheet.lines[number]
        spans = cut(line.spans, own[0].start, own[-1].end)
        found.append((tuple(span for span in spans if span.text), line.where))
    return found


def is_tick(token: Token) -> bool:
    """Whether it is a box, ticked or not."""
    return token.key == _TICK


def span_text(spans: Iterable[Span]) -> str:
    """The text of some spans."""
    return "".join(span.text for span in spans)
