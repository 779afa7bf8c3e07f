"""Scans and photos: text and ticks from pixels, by the extra ``mailbot[ocr]``.

rapidocr reads the words (its models come with it, nothing is fetched), OpenCV finds the boxes
and whether something stands in them. Everything read here is ``recognised``: to be confirmed.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from mailbot.documents import scan_grid
from mailbot.documents.content import Content, TooLarge, Unreadable, Unsupported
from mailbot.documents.pdf_layout import Box, Item, blocks
from mailbot.domain.document import Block, Location, Span, Unit
from mailbot.text.characters import TICKED, UNTICKED

MAX_PIXELS = 40_000_000  # a photo of a page has some twelve million
LONG_SIDE = 2_200  # pixels; more costs time and reads no better
MAX_PAGES = 4
_MOST_ANEW = 300  # cells of a page: some three seconds
_Table = Sequence[Sequence[Box]]
_UPSIDE_DOWN = 0.75  # the mean belief in the lines of a page that stands upright is above
_SURE = 0.5  # below this rapidocr itself does not believe a line


def read(data: bytes, where: Location) -> Content:
    """A picture (PNG, JPEG, TIFF, ...) as blocks; each says "<where>, regel 3".

    Raises ``Unsupported`` without the extra, ``TooLarge`` for too many pixels, ``Unreadable``
    for damage.
    """
    _needs_the_extra()
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # the size is looked at below, and the sandbox bounds memory
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise TooLarge
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Unreadable from error
    return Content(_blocks(upright, where), recognised=True)


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

    pixels = _flat(np.asarray(picture)[:, :, ::-1])  # OpenCV counts blue first
    scale = LONG_SIDE / max(pixels.shape[:2])
    if scale < 1:
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    elif scale > 1.5:
        pixels = cv2.resize(pixels, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
    pixels = scan_grid.straightened(pixels)
    point = max(pixels.shape[:2]) / 800  # the layout thinks in points of a page 800 high
    ticks = _boxes(pixels, point)
    tables = scan_grid.grids(pixels, point)
    lines = _by_cell(_lines(pixels, point), tables, pixels, point)
    words = [piece for line in lines for piece in _pieces(line, ticks)]
    return blocks([*words, *ticks], tables, where)


def _by_cell(lines: list[Item], tables: Sequence[_Table], pixels: Any, point: float) -> list[Item]:
    """The lines, where the words of two cells of a table were read as one, or small ones in a cell were
    missed, read from each cell alone."""
    cells = [cell for rows in tables for row in rows for cell in row]
    dark = scan_grid.ink(pixels)
    anew = scan_grid.to_read_anew(lines, cells, dark, point)[:_MOST_ANEW]
    kept = [line for line in lines if not any(_covers(cell, line) for cell in anew)]
    for cell in anew:
        for x0, top, x1, bottom in scan_grid.rows_of_text(cell, dark, point):
            edges = (round(edge * point) for edge in (top - 1.5, bottom + 1.5, x0 - 1.5, x1 + 1.5))
            above, below, left, right = (max(0, edge) for edge in edges)
            text = _line(pixels[above:below, left:right])
            if text:
                kept.append(Item(x0, top, x1, bottom, Span(text)))
    return kept


def _covers(cell: Box, line: Item) -> bool:
    return cell[1] <= line.middle[1] <= cell[3] and min(line.x1, cell[2]) - max(line.x0, cell[0]) > 1


def _flat(pixels: Any) -> Any:
    """A photo of a sheet of paper, cut out and seen from straight above, in even light; a picture
    in which no such sheet lies comes back as it is."""
    import cv2
    import numpy as np

    grey = cv2.GaussianBlur(cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_BGR2GRAY), (15, 15), 0)
    _, bright = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((41, 41), np.uint8))
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return pixels
    sheet = max(outlines, key=cv2.contourArea)
    corners = cv2.approxPolyDP(sheet, 0.02 * cv2.arcLength(sheet, True), True)
    if not 0.3 < cv2.contourArea(sheet) / grey.size < 0.98 or len(corners) != 4:
        return pixels
    points = corners.reshape(4, 2).astype(np.float32)
    total, difference = points.sum(axis=1), points[:, 0] - points[:, 1]
    ordered = points[[total.argmin(), difference.argmax(), total.argmax(), difference.argmin()]]
    width = int(max(np.linalg.norm(ordered[1] - ordered[0]), np.linalg.norm(ordered[2] - ordered[3])))
    height = int(max(np.linalg.norm(ordered[3] - ordered[0]), np.linalg.norm(ordered[2] - ordered[1])))
    straight = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(ordered, straight)
    seen = cv2.warpPerspective(np.ascontiguousarray(pixels), turn, (width, height))
    light = cv2.medianBlur(cv2.dilate(seen, np.ones((15, 15), np.uint8)), 51)
    return 255 - cv2.absdiff(seen, light)


def _lines(pixels: Any, point: float) -> list[Item]:
    import numpy as np

    page = np.ascontiguousarray(pixels)
    # Telling which lines stand upside down is a guess for each by itself: "09" becomes "60".
    result = _engine()(page, use_det=True, use_cls=False, use_rec=True)
    if result.boxes is not None and float(np.mean(result.scores)) < _UPSIDE_DOWN:
        result = _engine()(page, use_det=True, use_cls=True, use_rec=True)
    if result.boxes is None:
        return []
    items = []
    for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        if score >= _SURE and text.strip():
            xs, ys = [float(c[0]) / point for c in corners], [float(c[1]) / point for c in corners]
            items.append(Item(min(xs), min(ys), max(xs), max(ys), Span(" ".join(text.split()))))
    return items


def _line(pixels: Any) -> str:
    """The words on a piece of a page that holds one line; empty where they are not believed."""
    import numpy as np

    result = _engine()(np.ascontiguousarray(pixels), use_det=False, use_cls=False, use_rec=True)
    if not result.txts or result.scores[0] < _SURE:
        return ""
    return " ".join(str(result.txts[0]).split())


def _pieces(line: Item, ticks: list[Item]) -> list[Item]:
    """A line as read, cut where boxes stand in it; what was read of the boxes themselves goes."""
    inside = [tick for tick in ticks if _overlaps(tick, line)]
    if not inside:
        return [line]
    words = [word.lstrip("□☐☑☒") for word in line.span.text.split(" ")]
    words = [word for word in words if len(word) > 1 or (word.isalnum() and word not in "OoXx0")]
    # What is left is spread over the width that the boxes leave free.
    free: list[tuple[float, float]] = []
    start = line.x0
    for tick in sorted(inside, key=lambda tick: tick.x0):
        free.append((start, max(start, tick.x0)))
        start = tick.x1
    free.append((start, max(start, line.x1)))
    width = sum(x1 - x0 for x0, x1 in free)
    letters = sum(map(len, words)) + len(words)
    pieces: list[Item] = []
    offset = 0.0
    for word in words:
        size = (len(word) + 1) / letters * width
        x = _along(free, offset + size / 2)
        pieces.append(Item(x - size / 2, line.top, x + size / 2, line.bottom, Span(word)))
        offset += size
    return pieces


def _along(stretches: list[tuple[float, float]], distance: float) -> float:
    for x0, x1 in stretches:
        if distance <= x1 - x0:
            return x0 + distance
        distance -= x1 - x0
    return stretches[-1][1]


def _overlaps(tick: Item, line: Item) -> bool:
    _, y = tick.middle
    return line.top <= y <= line.bottom and tick.x1 > line.x0 - 1 and tick.x0 < line.x1


def _boxes(pixels: Any, point: float) -> list[Item]:
    """The squares of a page: ticked where at least an eighth of their inside is inked."""
    import cv2

    ink = scan_grid.ink(pixels)
    outlines, _ = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found: list[Item] = []
    for outline in outlines:
        x, y, width, height = cv2.boundingRect(outline)
        side = max(width, height) / point
        if not 5 <= side <= 18 or not 0.75 <= width / height <= 1.33:
            continue
        if cv2.contourArea(outline) < 0.75 * width * height or not _four_sides(ink, x, y, width, height):
            continue
        if not _stands_free(ink, (x, y, width, height), point):
            continue
        margin = max(2, round(0.22 * width))
        inside = ink[y + margin : y + height - margin, x + margin : x + width - margin]
        sign = TICKED if inside.size and float(inside.mean()) / 255 > 0.125 else UNTICKED
        box = Item(x / point, y / point, (x + width) / point, (y + height) / point, Span(sign))
        if not any(_same_box(box, other) for other in found):
            found.append(box)
    return found


def _four_sides(ink: Any, x: int, y: int, width: int, height: int) -> bool:
    """Whether ink runs along each side: letters such as "o" and "D" are no boxes."""
    edge = max(2, round(0.18 * width))
    sides = (
        ink[y : y + edge, x : x + width].max(axis=0),
        ink[y + height - edge : y + height, x : x + width].max(axis=0),
        ink[y : y + height, x : x + edge].max(axis=1),
        ink[y : y + height, x + width - edge : x + width].max(axis=1),
    )
    corners = (ink[y : y + edge, x : x + edge], ink[y : y + edge, x + width - edge : x + width])
    return all(float(side.mean()) / 255 > 0.85 for side in sides) and all(
        float(corner.max()) > 0 for corner in corners
    )


def _stands_free(ink: Any, box: tuple[int, int, int, int], point: float) -> bool:
    """Whether nothing stands right beside a square: a "B" in a word is no box."""
    x, y, width, height = box
    near, far = round(0.5 * point), round(1.2 * point)
    sides = (
        ink[y : y + height, max(0, x - far) : max(0, x - near)],
        ink[y : y + height, x + width + near : x + width + far],
    )
    return all(not side.size or float((side > 0).any(axis=1).mean()) < 0.3 for side in sides)


def _same_box(one: Item, other: Item) -> bool:
    return abs(one.middle[0] - other.middle[0]) < 5 and abs(one.middle[1] - other.middle[1]) < 5
