"""What lies over the cells of a sheet: tick boxes and text boxes (ECMA-376, 20.5 and part 4).

Excel keeps the state and words of a form control in the sheet's VML drawing, with the cell it
stands on as its anchor; a text box is in the drawing itself.
"""

from __future__ import annotations

from lxml import etree

from mailbot.documents.archive import Archive
from mailbot.documents.content import Unreadable
from mailbot.documents.markup import local, parse
from mailbot.documents.part_relations import relations
from mailbot.text.characters import TICKED, UNTICKED, uniform

_MOST = 500  # boxes on a sheet; no form has so many
_SORTS = ("Checkbox", "Radio")


def ticks(archive: Archive, sheet: str) -> dict[tuple[int, int], str]:
    """What the tick boxes of a sheet say ("☒ ja"), by the cell (row, column) they stand on."""
    found: dict[tuple[int, int], str] = {}
    for shape in _elements(archive, sheet, "vmlDrawing", "shape"):
        data = next((e for e in shape.iter() if local(e) == "ClientData"), None)
        if data is None or data.get("ObjectType") not in _SORTS:
            continue
        facts = {local(child): (child.text or "").strip() for child in data}
        anchor = [int(number) for number in facts.get("Anchor", "").split(",") if number.strip().isdecimal()]
        if len(anchor) == 8:
            place = anchor[2] + (1 if _is_mostly_below(anchor) else 0), anchor[0]
            sign = TICKED if facts.get("Checked") == "1" else UNTICKED
            said = f"{sign} {_words(shape)}".strip()
            found[place] = f"{found[place]}  {said}" if place in found else said
    return found


def _words(shape: etree._Element) -> str:
    """What stands beside a tick box."""
    boxes = (element for element in shape.iter() if local(element) == "textbox")
    return " ".join(uniform("".join(str(text) for box in boxes for text in box.itertext())).split())


def texts(archive: Archive, sheet: str) -> list[str]:
    """The lines in the text boxes of a sheet, in the order in which they were drawn."""
    return [
        line
        for body in _elements(archive, sheet, "drawing", "txBody")
        for paragraph in body
        if local(paragraph) == "p"
        if (line := uniform("".join(e.text or "" for e in paragraph.iter() if local(e) == "t")).strip())
    ]


def _is_mostly_below(anchor: list[int]) -> bool:
    """Boxes are drawn by hand: one that begins at the foot of a row belongs to the next. The
    anchor is in pixels, and a row is twenty high unless it was made higher."""
    return anchor[6] > anchor[2] and anchor[3] >= 12


def _elements(archive: Archive, sheet: str, kind: str, name: str) -> list[etree._Element]:
    found: list[etree._Element] = []
    for relation, path in relations(archive, sheet):
        if relation != kind or path not in archive.names:
            continue
        try:
            root = parse(archive.read(path))
        except Unreadable:  # the cells can be read all the same
            continue
        found += [element for element in root.iter() if local(element) == name]
    return found[:_MOST]
