"""HTML to blocks, for mail bodies and HTML documents alike: lines, grids, form fields, quoting.

Nothing is fetched and nothing is run. What is hidden, scripted or styled away is left out;
struck text is kept and marked. Size, depth, cells and spans are bounded before they cost.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from lxml import etree, html

from mailbot.documents.content import with_filled_boxes
from mailbot.documents.look import Look, joins
from mailbot.domain.document import Block, Cell, Location, Paragraph, Span, Table, Unit
from mailbot.text.characters import TICKED, UNTICKED, uniform

MAX_CHARS = 2_000_000
_MAX_DEPTH = 60
MAX_LINES = 20_000  # of the whole page, as of a mail in plain text
_MAX_CELLS = 20_000
_MAX_COLUMNS = 500
_MAX_SPAN = 50

_SKIPPED = frozenset({"script", "style", "head", "title", "noscript", "template", "object", "svg", "iframe"})
_BLOCKS = frozenset(
    (  # noqa: SIM905  forty lines of one word each would hide the list
        "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
        "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary tr ul"
    ).split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_STRUCK = frozenset({"s", "strike", "del"})
_BOLD = frozenset({"b", "strong"})
_TEXT_INPUTS = frozenset({"text", "email", "tel", "number", "date", "datetime-local", "time", "url"})

#: From the element with one of these ids on, all that follows is the mail that was answered.
_REST_IS_QUOTED = frozenset({"divrplyfwdmsg", "x_divrplyfwdmsg", "zwchr", "outlookmessageheader"})
_QUOTE_CLASSES = frozenset({"gmail_quote", "yahoo_quoted", "protonmail_quote", "moz-forward-container"})

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_STRUCK_STYLE = re.compile(r"text-decoration[^;]*line-through", re.I)
_LINE_STYLE = re.compile(r"text-decoration[^;]*underline|(?<![\w-])border\s*:\s*(?!none|0)", re.I)
_GROUND = re.compile(r"(?<![\w-])background(?:-color)?\s*:\s*([^;]+)", re.I)
_NO_GROUND = frozenset(
    {"white", "#fff", "#ffffff", "rgb(255, 255, 255)", "transparent", "none", "inherit", "initial", "unset"}
)
_INDENT_STYLE = re.compile(r"border(-left)?\s*:\s*(none|0)", re.I)
#: A tag and its attributes. The parser compares each attribute of a tag with all before it.
_TAG = re.compile(r"""<([A-Za-z][^\s/>]*+)((?:[^>=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=)*+)""")
#: Characters of the attributes of one tag. A picture written out as one needs more, and is not looked at.
_MAX_ATTRIBUTES = 20_000
_SPACE = re.compile(r"[ \t\r\n\f\v]+")


def blocks(text: str, where: Location) -> tuple[Block, ...]:
    """The visible text of an HTML page as blocks, in order.

    ``text`` is decoded HTML, a fragment or a whole page; ``where`` names it for people
    ("bijlage formulier.html"), to which ", regel 4" or ", tabel 1, rij 2" is added. Quoted
    mail (blockquotes, the markers of Outlook, Gmail, Apple, Yahoo) has its quote depth. Inputs
    become slots, boxes become ticks. Damaged HTML gives what can be read; nothing raises but
    ``MemoryError``. What comes after ``MAX_CHARS`` or ``MAX_LINES`` is left out.
    """
    source = _TAG.sub(_bounded, text[:MAX_CHARS].replace("\x00", ""))
    if not source.strip():
        return ()
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):  # nothing but comments, or no markup at all
        return ()
    walker = _Walker(where)
    walker.walk(root, depth=0)
    return with_filled_boxes(walker.finish())


class _Walker:
    """Goes through the elements in order and gathers lines; a cell gets a walker of its own."""

    def __init__(self, where: Location, met: list[int] | None = None, in_cell: bool = False) -> None:
        self.where = where
        self.in_cell = in_cell
        self.out: list[Block] = []
        self.spans: list[Span] = []
        self.quote = 0
        self.look = Look()
        self.heading = False
        self.pre = False
        self.lines = 0
        self.met = met if met is not None else [0, 0, 0]  # tables, cells and lines: of the whole page

    def finish(self) -> list[Block]:
        self.end_line()
        return self.out

    def end_line(self) -> None:
        spans = _tidy(self.spans)
        self.spans = []
        if not spans:
            return
        self.lines += 1
        self.met[2] += 1
        where = self.where if self.in_cell else self.where.at(Unit.LINE, self.lines)
        self.out.append(Paragraph(spans, where, quote=self.quote, heading=self.heading))

    def text(self, text: str | None) -> None:
        if not text or self.met[2] >= MAX_LINES:
            return
        if self.pre:
            first, *others = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self.say(first)
            for line in others[:MAX_LINES]:
                self.end_line()
                self.say(line)
        else:
            self.say(_SPACE.sub(" ", text))

    def say(self, text: str) -> None:
        self.spans.append(self.look.span(uniform(text)))

    def walk(self, element: html.HtmlElement, depth: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _SKIPPED or _hidden(element) or self.met[2] >= MAX_LINES:
            return
        if depth > _MAX_DEPTH:
            self.text(_all_text(element))
            return
        if tag == "br":
            self.end_line()
        elif tag in ("input", "select", "textarea"):
            self.field(element, tag)
        elif tag == "table":
            self.end_line()
            self.table(element, depth)
        else:
            self.inside(element, tag, depth)

    def inside(self, element: html.HtmlElement, tag: str, depth: int) -> None:
        quote = self.quote
        before = (quote, self.look, self.heading, self.pre)
        is_block = tag in _BLOCKS
        if is_block:
            self.end_line()
        rest_is_quoted = (element.get("id") or "").lower() in _REST_IS_QUOTED
        if rest_is_quoted or _is_quote(element, tag):
            self.end_line()
            self.quote = min(self.quote + 1, 50)
        self.look = _looks(element, tag, self.look)
        self.heading = self.heading or tag in _HEADINGS
        self.pre = self.pre or tag == "pre"
        self.text(element.text)
        for child in element:
            self.walk(child, depth + 1)
            self.text(child.tail)
        if is_block or self.quote != quote:
            self.end_line()
        went_deeper = self.quote > quote
        self.quote, self.look, self.heading, self.pre = before
        if rest_is_quoted or (is_block and went_deeper and _holds_rest_marker(element)):
            self.quote = quote + 1

    def field(self, element: html.HtmlElement, tag: str) -> None:
        name = element.get("name") or element.get("id") or ""
        kind = (element.get("type") or "text").lower() if tag == "input" else ""
        if kind in ("checkbox", "radio"):
            tick = TICKED if element.get("checked") is not None else UNTICKED
            self.spans.append(Span(f" {tick} ", struck=self.look.struck))
        elif tag == "select":
            chosen = [o for o in element.iter("option") if o.get("selected") is not None]
            value = " ".join(_all_text(option) for option in chosen[:50])
            self.spans.append(Span(_SPACE.sub(" ", value).strip(), slot=True, name=name))
        elif tag == "textarea":
            self.spans.append(Span(_all_text(element).strip(), slot=True, name=name))
        elif kind in _TEXT_INPUTS:
            self.spans.append(Span((element.get("value") or "").strip(), slot=True, name=name))

    def table(self, table: html.HtmlElement, depth: int) -> None:
        rows = _rows(table)
        caption = table.find("caption")
        if caption is not None:
            self.walk(caption, depth + 1)
            self.end_line()
        if all(len(_cells(row)) <= 1 for row in rows):  # one column: there for its looks only
            for row in rows:
                for cell in _cells(row):
                    self.inside(cell, "div", depth + 1)
            return
        self.met[0] += 1
        where = self.where.at(Unit.TABLE, self.met[0])
        from_above: dict[int, int] = {}  # grid column → rows still covered by a cell above
        grid = []
        for number, row in enumerate(rows, 1):
            cells = tuple(self._row(row, where.at(Unit.ROW, number), set(from_above), depth))
            from_above = {column: left - 1 for column, left in from_above.items() if left > 1}
            for cell in cells:
                for column in range(cell.column, cell.column + cell.columns):
                    if cell.rows > 1:
                        from_above[column] = max(from_above.get(column, 0), cell.rows - 1)
            grid.append(cells)
        if any(cell.blocks for cells in grid for cell in cells):
            self.out.append(Table(tuple(grid), where, quote=self.quote))

    def _row(
        self, row: html.HtmlElement, where: Location, covered: Collection[int], depth: int
    ) -> Iterator[Cell]:
        """The cells of a row, each at its grid column, past those ``covered`` from above."""
        column = 0
        for element in _cells(row):
            self.met[1] += 1
            if self.met[1] > _MAX_CELLS or column > _MAX_COLUMNS:
                return
            while column in covered:
                column += 1
            inner = _Walker(where, self.met, in_cell=True)
            inner.look = Look(struck=self.look.struck)
            inner.inside(element, "div", depth + 2)
            width, height = _span(element, "colspan"), _span(element, "rowspan")
            yield Cell(tuple(inner.finish()), where, width, height, column)
            column += width


def _tidy(spans: list[Span]) -> tuple[Span, ...]:
    """Spans of one line without white space at its ends, neighbours alike joined; empty unless
    there is text or a slot in it."""
    joined: list[Span] = []
    for span in spans:
        text = span.text
        if joined and joined[-1].text.endswith(" ") and not span.slot:
            text = text.lstrip(" ")
        if not text and not span.slot:
            continue
        if joined and joins(joined[-1], span):
            joined[-1] = replace(joined[-1], text=joined[-1].text + text)
        else:
            joined.append(replace(span, text=text))
    if joined:
        joined[0] = replace(joined[0], text=joined[0].text.lstrip())
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip())
    kept = tuple(span for span in joined if span.text or span.slot)
    return kept if any(span.slot or span.text.strip("\u200b\u200c\ufeff\xa0 ") for span in kept) else ()


def _hidden(element: html.HtmlElement) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style))


def _bounded(tag: re.Match[str]) -> str:
    """A tag as it stands, without attributes where they are too many to be somebody's."""
    return tag[0] if len(tag[2]) <= _MAX_ATTRIBUTES else f"<{tag[1]}"


def _looks(element: html.HtmlElement, tag: str, around: Look) -> Look:
    """How the text of an element looks, within what is ``around`` it."""
    return Look(
        around.struck or tag in _STRUCK or bool(_STRUCK_STYLE.search(element.get("style") or "")),
        around.marked or _marked(element, tag),
        around.underlined or _underlined(element, tag),
        around.bold or tag in _BOLD,
    )


def _marked(element: html.HtmlElement, tag: str) -> bool:
    """Whether a piece of a line is highlighted; the ground of a whole block is its layout."""
    if tag in _BLOCKS or tag in ("table", "td", "th", "tbody"):
        return False
    found = _GROUND.search(element.get("style") or "")
    return tag == "mark" or (found is not None and found[1].strip().lower() not in _NO_GROUND)


def _underlined(element: html.HtmlElement, tag: str) -> bool:
    """Whether a piece of a line is underlined, or boxed in; a link is so by itself."""
    if tag in _BLOCKS or tag in ("table", "td", "th", "tbody", "a"):
        return False
    return tag in ("u", "ins") or _LINE_STYLE.search(element.get("style") or "") is not None


def _is_quote(element: html.HtmlElement, tag: str) -> bool:
    classes = {name.removeprefix("x_").lower() for name in (element.get("class") or "").split()}
    if tag == "blockquote":
        parent = element.getparent()
        if parent is not None and parent.tag == "div" and _is_quote(parent, "div"):
            return False  # Gmail wraps attribution and blockquote in a quoting div: one level
        if element.get("type") == "cite" or classes & _QUOTE_CLASSES:
            return True
        return not _INDENT_STYLE.search(element.get("style") or "")
    return bool(classes & _QUOTE_CLASSES)


def _holds_rest_marker(element: html.HtmlElement) -> bool:
    """Whether Outlook's marker stands inside this block, so that what comes after it is quoted."""
    return any((inner.get("id") or "").lower() in _REST_IS_QUOTED for inner in element.iter("div", "hr"))


def _rows(table: html.HtmlElement) -> list[html.HtmlElement]:
    rows = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows.extend(row for row in child if row.tag == "tr")
    return [row for row in rows[:_MAX_CELLS] if not _hidden(row)]


def _cells(row: html.HtmlElement) -> list[html.HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th") and not _hidden(cell)]


def _span(cell: html.HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()[:6]
    return min(max(int(value), 1), _MAX_SPAN) if value.isascii() and value.isdigit() else 1


def _all_text(element: html.HtmlElement) -> str:
    return "".join(str(piece) for piece in element.itertext())
