"""A photo of a sheet of paper: where the sheet lies, cut out and seen from straight above, in even light."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_SHARE = (0.3, 0.98)  # of the photo that is the sheet
_PAPER = (1.15, 1.7)  # the long side of a sheet by its short one: A4 has 1.41
_OPPOSITE = 0.6  # of the longer of two opposite sides, seen at a slant
_FULL = 0.95  # of what the four corners enclose is sheet
_RIM = 0.02  # of the photo, at its edge
_SMALL = 1_000  # pixels of the long side, on which the sheet is looked for


def flat(pixels: Any) -> Any:
    """A photo of a sheet of paper, cut out and seen from straight above, in even light; a picture
    in which no such sheet lies comes back as it is."""
    import cv2
    import numpy as np

    corners = _corners(np.ascontiguousarray(pixels))
    if corners is None:
        return pixels
    width, height = (int(side) for side in _sides(corners))
    straight = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(corners, straight)
    seen = cv2.warpPerspective(np.ascontiguousarray(pixels), turn, (width, height))
    light = cv2.medianBlur(cv2.dilate(seen, np.ones((15, 15), np.uint8)), 51)
    return 255 - cv2.absdiff(seen, light)


def _corners(pixels: Any) -> Any:
    """The corners of the largest sheet, from the left upper one on with the clock; nothing for none. Where a
    shadow lies on it, what is brightest is only a part of it: it is looked for in more ways than one."""
    import cv2
    import numpy as np

    scale = min(1.0, _SMALL / max(pixels.shape[:2]))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found: list[tuple[float, Any]] = []
    for bright in _bright(small):
        outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        if not outlines:
            continue
        sheet = max(outlines, key=cv2.contourArea)
        four = cv2.approxPolyDP(sheet, 0.02 * cv2.arcLength(sheet, True), True)
        share = cv2.contourArea(sheet) / bright.size
        if not _SHARE[0] < share < _SHARE[1] or len(four) != 4 or not cv2.isContourConvex(four):
            continue
        if cv2.contourArea(sheet) < _FULL * cv2.contourArea(four):
            continue
        points = four.reshape(4, 2).astype(np.float32)
        total, difference = points.sum(axis=1), points[:, 0] - points[:, 1]
        ordered = points[[total.argmin(), difference.argmax(), total.argmax(), difference.argmin()]]
        if _is_paper(ordered) and not _runs_on(ordered, bright.shape):
            found.append((share, ordered / np.float32(scale)))
    return max(found, key=lambda one: one[0])[1] if found else None


def _bright(pixels: Any) -> Iterator[Any]:
    """What may be paper: bright, not coloured, or bright enough beside what is dark."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    for seen in (grey, pixels.min(axis=2)):
        smooth = cv2.GaussianBlur(np.ascontiguousarray(seen), (7, 7), 0)
        level, _ = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        rest = smooth[smooth < level]
        darker, _ = (
            cv2.threshold(rest, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU) if rest.size else (0, None)
        )
        for limit in {level, darker}:
            above = np.where(smooth > limit, np.uint8(255), np.uint8(0))
            yield cv2.morphologyEx(above, cv2.MORPH_CLOSE, np.ones((21, 21), np.uint8))


def _sides(corners: Any) -> tuple[float, float]:
    """The width and the height of a sheet, each as long as the longer of its two sides is seen."""
    lengths = _lengths(corners)
    return max(lengths[0], lengths[2]), max(lengths[1], lengths[3])


def _lengths(corners: Any) -> list[float]:
    import numpy as np

    return [float(np.linalg.norm(corners[(n + 1) % 4] - corners[n])) for n in range(4)]


def _is_paper(corners: Any) -> bool:
    lengths = _lengths(corners)
    width, height = _sides(corners)
    alike = all(
        min(lengths[n], lengths[n + 2]) >= _OPPOSITE * max(lengths[n], lengths[n + 2]) for n in (0, 1)
    )
    return bool(alike and _PAPER[0] <= max(width, height) / max(1.0, min(width, height)) <= _PAPER[1])


def _runs_on(corners: Any, shape: tuple[int, ...]) -> bool:
    """Whether two corners are corners of the photo: what is bright there is more than the sheet."""
    high, wide = shape[:2]
    edge = _RIM * max(high, wide)
    at = [min(x, wide - x) <= edge and min(y, high - y) <= edge for x, y in corners]
    return bool(sum(at) > 1)
