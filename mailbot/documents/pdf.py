"""PDF: what is printed, what was typed into fields or added on top, and what was circled.

pypdf looks first (passwords, pages, sizes; ``pdf_annotations``), then pdfplumber gives the words and the
drawn lines. Both are put on the page as items with a rectangle, and ``pdf_layout`` makes lines and tables
of them.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError

from mailbot.documents import pdf_packages
from mailbot.documents.content import Content, OnlyPictures, Protected, TooLarge, Unreadable
from mailbot.documents.page_lines import Box, Item
from mailbot.documents.pdf_annotations import typed_and_marked
from mailbot.documents.pdf_combs import combs, written
from mailbot.documents.pdf_layout import blocks
from mailbot.documents.pdf_marks import (
    Mark,
    apply_marks,
    boxes,
    drawn_marks,
    frames,
    in_frames,
    is_square,
    open_rules,
)
from mailbot.documents.pdf_rules import ruled
from mailbot.domain.document import Block, Location, Span, Unit
from mailbot.text.characters import TICKED, UNTICKED, is_picture_font, pictures, uniform

MAX_PAGES = 20
MAX_CONTENT = 8_000_000  # bytes of drawing instructions on one page, decoded
#: The name of a font that is bold: "Carlito-Bold", "ArialMT,Bold", "SourceSans-SemiBold".
_BOLD = re.compile(r"bold|black|heavy", re.I)
_GLUED = re.compile(r"[a-zà-ÿ]{2}[A-ZÀ-Þ][a-zà-ÿ]|[a-zà-ÿ]\d{4}")
MAX_CELLS = 500  # of a table that are compared with each other
MAX_DRAWN = 3_000  # lines and rectangles on a page; above, it is a drawing and no form

_ROOM = 0.06  # of the size of a font: wider than any two letters of a word stand apart
_TOUCHING = 1.0  # points between the sides of two boxes that touch, at most
_NEAR = 3  # points between the end of a rule and the wall that it meets
_PAGE_SHARE = 0.6  # of a page: a letterhead or a logo covers less


def read(data: bytes, where: Location) -> Content:
    """A PDF as blocks; each says its page: "<where>, pagina 2, regel 3".

    Raises ``OnlyPictures`` where no page holds text, ``Protected`` for a password, ``TooLarge`` above
    ``MAX_PAGES`` pages, and ``Unreadable`` for what neither pypdf nor a repair by pikepdf can open.
    """
    try:
        return _read(data, where)
    except Unreadable:
        raise
    except LimitReachedError as error:
        raise TooLarge from error
    except Exception as error:  # noqa: BLE001  pypdf and pdfminer raise anything on a damaged file
        return _read(_repaired(data, error), where)


def _read(data: bytes, where: Location) -> Content:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Protected
    if len(reader.pages) > MAX_PAGES:
        raise TooLarge
    for page in reader.pages:
        _bounded(page)
    if inside := pdf_packages.files(reader):
        return Content(children=inside)
    if answered := pdf_packages.answers(reader, where):
        return Content(answered)
    import pdfplumber  # comes late: it costs a third of a second

    found: list[Block] = []
    empty: list[int] = []
    recognised = False
    with pdfplumber.open(io.BytesIO(data), password="") as document:
        for number, (facts, drawn) in enumerate(zip(reader.pages, document.pages, strict=True), start=1):
            added, marks = typed_and_marked(facts)
            at = where.at(Unit.PAGE, number)
            here = _page(drawn, added, marks, at)
            if not here:
                empty.append(number - 1)
            recognised = recognised or (bool(here) and _is_picture(drawn))
            found.extend(here)
    if empty and not found:
        raise OnlyPictures(data, tuple(empty))
    return Content(tuple(found), recognised=recognised)


def _is_picture(page: Any) -> bool:
    """Whether a picture covers the page: its words are then what a scanner recognised in it, whether it
    laid them over, under, or in white."""
    sizes = (
        (min(image["x1"], page.width) - max(image["x0"], 0))
        * (min(image["bottom"], page.height) - max(image["top"], 0))
        for image in page.images
    )
    return float(max(sizes, default=0)) > _PAGE_SHARE * float(page.width * page.height)


def _bounded(page: PageObject) -> None:
    """Decodes a page's instructions under pypdf's limits, so that a bomb is met here and not
    in pdfplumber, which has none."""
    contents = page.get_contents()
    size = len(contents.get_data()) if contents is not None else 0
    resources: Any = page.get("/Resources") or {}
    forms: Any = resources.get_object().get("/XObject") if hasattr(resources, "get_object") else None
    for reference in forms.get_object().values() if forms else ():
        form = reference.get_object()
        if form.get("/Subtype") == "/Form":
            size += len(form.get_data())
    if size > MAX_CONTENT:
        raise LimitReachedError(f"a page of {size} bytes")


def _page(page: Any, added: list[Item], marks: list[Mark], where: Location) -> tuple[Block, ...]:
    """One page of pdfplumber's with what pypdf found on top of it."""
    drawn = len(page.lines) + len(page.rects) + len(page.curves)
    tables, cells, alone = _tables(page) if drawn <= MAX_DRAWN else ([], [], [])
    words = list(_words(page, [box for rows in cells for row in rows for box in row]))
    found = combs(cells, words)
    cells = [rows for rows in cells if not any(tuple(rows[0]) in comb.groups for comb in found)]
    words, added = written(found, words, added)
    if _runs_together(words):
        words = [replace(word, span=replace(word.span, unsure=True)) for word in words]
    if drawn > MAX_DRAWN:
        return blocks([*words, *added], (), where)
    ticks, rest = boxes(page, words, marks, [box for comb in found for group in comb.groups for box in group])
    items = apply_marks(_without_drawn(rest, added), [*marks, *drawn_marks(page)])
    items = in_frames(items, alone, [*ticks, *added])
    rows = ruled(page, [*rest, *ticks, *added], [*tables, *alone])
    spoken_for = [box for grid in rows for row in grid for box in row]
    items += open_rules(page, [*rest, *added], [*tables, *spoken_for])
    return blocks([*items, *_without_drawn(ticks, added), *added], [*cells, *rows], where)


def _tables(page: Any) -> tuple[list[Box], list[list[list[Box]]], list[Box]]:
    """The tables that are drawn on a page: their outlines, their rows of cells, and the frames that are no
    cell of one."""
    if not (page.lines or page.rects):
        return [], [], []
    page = _without_lone_squares(page)
    sides = _open_sides(page)
    finder = page.debug_tablefinder({"explicit_vertical_lines": sides} if sides else {})
    cells = [[[box for box in row.cells if box is not None] for row in one.rows] for one in finder.tables]
    if sides:
        cells = [_without_outer(rows) for rows in cells]
    return [table.bbox for table in finder.tables], cells, frames(finder)


def _without_lone_squares(page: Any) -> Any:
    """The page without the squares that touch nothing but the ground or rim of the same box: they are boxes
    to tick, and those that happen to stand in line would make a table of the words between them."""
    squares = [one for one in page.rects if is_square(one)]
    others = [one for one in (*page.rects, *page.lines) if not is_square(one)]
    if not squares or len(squares) > MAX_CELLS:
        return page
    lone = {
        id(one)
        for one in squares
        if not any(_meet(one, other, _TOUCHING) for other in others)
        and all(_meet(one, other, -_TOUCHING) for other in squares if _meet(one, other, _TOUCHING))
    }
    return page.filter(lambda one: id(one) not in lone)


def _meet(one: dict[str, Any], other: dict[str, Any], far: float) -> bool:
    """Whether two drawings lie at most so ``far`` from each other; below 0: so far over each other."""
    return bool(
        one["x0"] - far <= other["x1"]
        and other["x0"] - far <= one["x1"]
        and one["top"] - far <= other["bottom"]
        and other["top"] - far <= one["bottom"]
    )


def _open_sides(page: Any) -> list[dict[str, Any]]:
    """The sides of tables that are not drawn: several rules end at the same place, and the other side, or a
    wall between columns, joins them."""
    rules, walls = _rules_and_walls(page)
    sides = []
    for (left, right), tops in rules.items():
        own = [wall for wall in walls if left - _NEAR <= wall[0] <= right + _NEAR]
        for top, bottom in _joined(tops, own):
            within = [x for x, a, b in own if a <= top + _NEAR and bottom - _NEAR <= b]
            sides += [
                {
                    "object_type": "line",
                    "x0": x,
                    "x1": x,
                    "top": top,
                    "bottom": bottom,
                    "height": bottom - top,
                }
                for x in (left, right)
                if all(abs(x - wall) > _NEAR for wall in within)
            ]
    return sides


def _rules_and_walls(
    page: Any,
) -> tuple[Mapping[tuple[int, int], list[float]], list[tuple[float, float, float]]]:
    """The heights of the lines that lie on a page, by where they begin and end, and those that stand on it
    (x, top, bottom); without the sides of frames, which are drawn."""
    rules: dict[tuple[int, int], list[float]] = defaultdict(list)
    walls = []
    closed = {
        (one["x0"], one["x1"], y)
        for one in page.rects
        if one["stroke"] and one["height"] > _NEAR
        for y in (one["top"], one["bottom"])
    }
    for edge in page.edges:
        if (edge["x0"], edge["x1"], edge["top"]) in closed:
            continue
        if edge["orientation"] == "h":
            rules[round(edge["x0"]), round(edge["x1"])].append(edge["top"])
        else:
            walls.append((edge["x0"], edge["top"], edge["bottom"]))
    return rules, walls


def _without_outer(rows: list[list[Box]]) -> list[list[Box]]:
    """The cells of a table without those that a side made around others."""
    every = [box for row in rows for box in row]
    if len(every) > MAX_CELLS:
        return rows
    inner = ([box for box in row if not any(_is_around(box, other) for other in every)] for row in rows)
    return [row for row in inner if row]


def _is_around(box: Box, other: Box) -> bool:
    return (
        box != other
        and box[0] <= other[0]
        and box[1] <= other[1]
        and other[2] <= box[2]
        and other[3] <= box[3]
    )


def _joined(tops: Sequence[float], walls: Iterable[tuple[float, float, float]]) -> set[tuple[float, float]]:
    """From where to where walls join rules that begin and end at the same places: those of a table, and not
    of what else is as wide (a banner above it)."""
    held = [[y for y in tops if a - _NEAR <= y <= b + _NEAR] for _, a, b in walls]
    runs = ((min(its), max(its)) for its in held if its)
    return {(top, bottom) for top, bottom in runs if bottom > top + _NEAR}


def _words(page: Any, cells: list[Box]) -> Iterator[Item]:
    """The words of a page; letters that stand close on both sides of a rule are of two cells, and no word."""
    edges: dict[float, list[tuple[float, float]]] = defaultdict(list)
    for x0, top, x1, bottom in cells:
        edges[x0].append((top, bottom))
        edges[x1].append((top, bottom))
    for word in page.extract_words(x_tolerance_ratio=0.2, extra_attrs=["fontname"], return_chars=True):
        letters = word["chars"]
        bold = _BOLD.search(word["fontname"]) is not None
        middle = (word["top"] + word["bottom"]) / 2
        rules = {
            x
            for x, sides in edges.items()
            if word["x0"] < x < word["x1"] and any(top <= middle <= bottom for top, bottom in sides)
        }
        pairs = enumerate(pairwise(letters), start=1) if rules else ()
        begins = [n for n, (before, after) in pairs if _rule_between(before, after, rules)]
        if not begins:
            span = Span(_as_seen(word["text"], word["fontname"]), bold=bold)
            yield Item(word["x0"], word["top"], word["x1"], word["bottom"], span)
            continue
        for start, end in pairwise((0, *begins, len(letters))):
            own = letters[start:end]
            text = "".join(letter["text"] for letter in own)
            yield Item(
                own[0]["x0"],
                word["top"],
                own[-1]["x1"],
                word["bottom"],
                Span(_as_seen(text, word["fontname"]), bold=bold),
            )


def _rule_between(before: dict[str, Any], after: dict[str, Any], rules: set[float]) -> bool:
    """Whether a rule stands in the room between two letters; text that runs over a rule leaves none."""
    left, right = before["x1"], after["x0"]
    return right - left > _ROOM * after["size"] and any(left - 1 <= rule <= right + 1 for rule in rules)


def _without_drawn(words: list[Item], added: list[Item]) -> list[Item]:
    """The words without empty boxes that are printed under or right behind a check box of the form: its
    own state is what people see and set."""
    buttons = [one for one in added if one.span.slot and one.span.text in (TICKED, UNTICKED)]

    def doubles(word: Item) -> bool:
        return word.span.text == UNTICKED and any(
            abs(word.top + word.bottom - one.top - one.bottom) < one.bottom - one.top
            and one.x0 - (one.x1 - one.x0) < word.x0 < one.x1 + (one.x1 - one.x0)
            for one in buttons
        )

    return [word for word in words if not doubles(word)] if buttons else words


def _runs_together(words: list[Item]) -> bool:
    """Whether cells too narrow for their text were printed over one another ("GemeenteStad
    Brugge"): what was cut off there is lost, and what is left may be anyone's."""
    glued = [word for word in words if _GLUED.search(word.span.text) and "@" not in word.span.text]
    begins = [
        word
        for word in glued
        if not any(abs(other.top - word.top) < 3 and other.x0 < word.x0 for other in words)
    ]
    return len(begins) > 1


def _as_seen(text: str, font: str) -> str:
    """A word as its font draws it; a PDF's fonts are named "ABCDEF+Wingdings-Regular"."""
    family = re.sub(r"^[A-Z]{6}\+|-?Regular$|MT$|ITC$", "", font)
    return pictures(family, text) if is_picture_font(family) else uniform(text)


def _repaired(data: bytes, trouble: Exception) -> bytes:
    """The same document with its cross-reference table made anew; raises ``Unreadable``."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            out = io.BytesIO()
            document.save(out)
            return out.getvalue()
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise Unreadable from trouble
