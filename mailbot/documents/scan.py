"""Scans and photos: text and ticks from pixels, by the extra ``mailbot[ocr]``.

rapidocr reads the words (its models come with it, nothing is fetched), OpenCV finds the boxes
and whether something stands in them. Everything read here is ``recognised``: to be confirmed.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any

from mailbot.documents import scan_boxes, scan_grid, scan_sheet, scan_words
from mailbot.documents.content import Content, TooLarge, Unreadable, Unsupported
from mailbot.documents.page_lines import Box, Item
from mailbot.documents.pdf_layout import blocks
from mailbot.documents.scan_words import ScannedLine
from mailbot.domain.document import Block, Location, Span, Unit

MAX_PIXELS = 40_000_000  # a photo of a page has some twelve million
LONG_SIDE = 2_200  # pixels; more costs time and reads no better
MAX_PAGES = 4
_MOST_ANEW = 300  # cells of a page: some three seconds
_Table = Sequence[Sequence[Box]]
_UPSIDE_DOWN = 0.75  # the mean belief in the lines of a page that stands upright is above
_SURE = 0.5  # below this rapidocr itself does not believe a line


def read(data: bytes, where: Location) -> Content:
    """A picture (PNG, JPEG, TIFF, ...) as blocks; each says "<where>, regel 3", and its page where there are
    several.

    Raises ``Unsupported`` without the extra and for a picture that nothing here opens, ``TooLarge`` for too
    many pixels, ``Unreadable`` for damage.
    """
    _needs_the_extra()
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # the size is looked at below, and the sandbox bounds memory
    try:
        with Image.open(io.BytesIO(data)) as picture:
            found = _pages(picture, where)
    except UnidentifiedImageError as error:
        raise (Unsupported if data[4:8] == b"ftyp" else Unreadable) from error  # HEIC, of telephones
    except (OSError, ValueError, SyntaxError) as error:
        raise Unreadable from error
    return Content(found, recognised=True)


def _pages(picture: Any, where: Location) -> tuple[Block, ...]:
    """The pages of a TIFF; of what else has several, pictures that move, the first."""
    from PIL import ImageOps

    count = min(getattr(picture, "n_frames", 1), MAX_PAGES) if picture.format == "TIFF" else 1
    found: list[Block] = []
    for number in range(count):
        picture.seek(number)
        if picture.width * picture.height > MAX_PIXELS:
            raise TooLarge
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        found.extend(_blocks(upright, where.at(Unit.PAGE, number + 1) if count > 1 else where))
    return tuple(found)


def read_pdf(data: bytes, where: Location, pages: tuple[int, ...]) -> Content:
    """The pages (counted from 0) of a PDF that holds only pictures of text; raises ``Unsupported``
    without the extra."""
    _needs_the_extra()
    import pypdfium2

    found: list[Block] = []
    document = pypdfium2.PdfDocument(data)
    try:
        for number in pages[:MAX_PAGES]:
            page = document[number]
            scale = min(LONG_SIDE / max(page.get_size()), 6.0)
            picture = page.render(scale=scale).to_pil().convert("RGB")
            found.extend(_blocks(picture, where.at(Unit.PAGE, number + 1)))
    finally:
        document.close()
    return Content(tuple(found), recognised=True)


def _needs_the_extra() -> None:
    if not (find_spec("rapidocr") and find_spec("cv2")):
        raise Unsupported


@functools.cache
def _engine() -> Any:
    """The models, loaded once in a child's life; a second at first use."""
    from rapidocr import RapidOCR

    return RapidOCR(
        params={"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": 2}
    )


def _blocks(picture: Any, where: Location) -> tuple[Block, ...]:
    import cv2
    import numpy as np

    pixels = scan_sheet.flat(np.asarray(picture)[:, :, ::-1])  # OpenCV counts blue first
    scale = LONG_SIDE / max(pixels.shape[:2])
    if scale < 1:
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    elif scale > 1.5:
        pixels = cv2.resize(pixels, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
    pixels = scan_grid.straightened(pixels)
    point = max(pixels.shape[:2]) / 800  # the layout thinks in points of a page 800 high
    dark = scan_grid.ink(pixels)
    ticks = scan_boxes.boxes(dark, point)
    tables = scan_grid.grids(pixels, point)
    page = _Page(pixels, dark, point)
    read = [item for line in _lines(page) for item in scan_words.spaced(line, dark, point)]
    lines = _by_cell(read, tables, page)
    pieces = [piece for line in lines for piece in _beside_boxes(line, ticks, page)]
    words = [replace(one, span=Span(scan_words.off_rules(one.span.text))) for one in pieces]
    return blocks([*words, *ticks], tables, where)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as seen, its ink, and how many pixels a point has."""

    pixels: Any
    dark: Any
    point: float

    def cut(self, box: Box) -> tuple[slice, slice]:
        """Where a box in points lies in the pixels."""
        left, above, right, below = (max(0, round(edge * self.point)) for edge in box)
        return slice(above, below), slice(left, right)


def _by_cell(lines: list[Item], tables: Sequence[_Table], page: _Page) -> list[Item]:
    """The lines, where the words of two cells of a table were read as one, or small ones in a cell were
    missed, read from each cell alone."""
    cells = [cell for rows in tables for row in rows for cell in row]
    anew = scan_grid.to_read_anew(lines, cells, page.dark, page.point)[:_MOST_ANEW]
    kept = [line for line in lines if not any(_covers(cell, line) for cell in anew)]
    for cell in anew:
        for x0, top, x1, bottom in scan_grid.rows_of_text(cell, page.dark, page.point):
            kept += _line(page, (x0, top, x1, bottom))
    return kept


def _beside_boxes(line: Item, ticks: list[Item], page: _Page) -> list[Item]:
    """A line as read; where boxes stand in it, what stands between them is read by itself: a box with a mark
    is read as a letter of the word beside."""
    stretches = scan_words.beside_boxes(line, ticks)
    if not stretches:
        return [line]
    pieces = []
    for left, right in stretches:
        rows = scan_grid.rows_of_text((left, line.top, right, line.bottom), page.dark, page.point)
        text = scan_words.tidied(_recognised(_between(left, right, line, page))[0]) if rows else ""
        if text:
            pieces.append(
                Item(min(r[0] for r in rows), line.top, max(r[2] for r in rows), line.bottom, Span(text))
            )
    return pieces


def _between(left: float, right: float, line: Item, page: _Page) -> Any:
    edge = round(page.point)
    rows, columns = page.cut((left, line.top, right, line.bottom))
    around = slice(max(0, columns.start - edge), columns.stop + edge)
    return scan_words.without_marks(
        page.pixels[rows, columns], page.dark[rows, around], columns.start - around.start
    )


def _covers(cell: Box, line: Item) -> bool:
    return cell[1] <= line.middle[1] <= cell[3] and min(line.x1, cell[2]) - max(line.x0, cell[0]) > 1


def _lines(page: _Page) -> list[ScannedLine]:
    import numpy as np

    pixels = np.ascontiguousarray(page.pixels)
    told = {"use_det": True, "use_rec": True, "return_word_box": True, "return_single_char_box": True}
    # Telling which lines stand upside down is a guess for each by itself: "09" becomes "60".
    result = _engine()(pixels, use_cls=False, **told)
    if result.boxes is not None and float(np.mean(result.scores)) < _UPSIDE_DOWN:
        result = _engine()(pixels, use_cls=True, **told)
    if result.boxes is None:
        return []
    point = page.point
    letters = [
        tuple((str(char), float(np.mean([x for x, _ in corners])) / point) for char, _, corners in line)
        for line in result.word_results or ()
    ]
    items = []
    for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        if score >= _SURE and text.strip():
            xs, ys = [float(c[0]) / point for c in corners], [float(c[1]) / point for c in corners]
            item = Item(min(xs), min(ys), max(xs), max(ys), Span(" ".join(text.split())))
            items.append(ScannedLine(item, _places(item, letters)))
    return items


def _places(item: Item, letters: Sequence[tuple[tuple[str, float], ...]]) -> tuple[float, ...]:
    """Where the characters of a line stand: rapidocr tells them for each line, but leaves some lines out."""
    text = item.span.text.replace(" ", "")
    for line in letters:
        xs = [x for _, x in line]
        if "".join(char for char, _ in line) == text and item.x0 - 2 <= xs[0] and xs[-1] <= item.x1 + 2:
            return tuple(sorted(xs))
    return ()


def _line(page: _Page, box: Box) -> list[Item]:
    """The words in a box that holds one line; none where they are not believed."""
    x0, top, x1, bottom = box
    text, places = _recognised(page.pixels[page.cut((x0 - 1.5, top - 1.5, x1 + 1.5, bottom + 1.5))])
    if not text:
        return []
    letters = tuple(x0 - 1.5 + place * (x1 - x0 + 3) for place in places)
    return scan_words.spaced(
        ScannedLine(Item(x0, top, x1, bottom, Span(text)), letters), page.dark, page.point
    )


def _recognised(pixels: Any) -> tuple[str, tuple[float, ...]]:
    """The words on a piece of a page that holds one line, and where its characters stand, as shares of its
    width; nothing where they are not believed."""
    import numpy as np

    if not pixels.size:
        return "", ()
    result = _engine()(
        np.ascontiguousarray(pixels), use_det=False, use_cls=False, use_rec=True, return_word_box=True
    )
    if not result.txts or result.scores[0] < _SURE:
        return "", ()
    text = " ".join(str(result.txts[0]).split())
    told = result.word_results[0] if result.word_results else None
    columns = [column for word in told.word_cols for column in word] if told else []
    if not told or not told.line_txt_len or len(columns) != len(text.replace(" ", "")):
        return text, ()
    return text, tuple(min(1.0, (column + 0.5) / told.line_txt_len) for column in columns)
