"""Content controls of Word (w:sdt): what was chosen, ticked or typed in a field of the form."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from mailbot.documents.word_styles import W
from mailbot.text.characters import TICKED, UNTICKED, uniform

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@dataclass(frozen=True, slots=True)
class Control:
    """A field of the form. ``sign`` is the tick of a checkbox, empty for other kinds;
    ``hints`` are choices that stand for "nothing chosen yet", ``options`` what a list offers that nothing
    else may be written in."""

    name: str
    placeholder: bool = False
    sign: str = ""
    hints: frozenset[str] = frozenset()
    options: tuple[str, ...] = ()


def control(element: etree._Element) -> Control | None:
    """The control that a ``w:sdt`` is; None where it only groups (gallery, section, a frame
    around other fields) or is locked, so that nobody can have typed in it."""
    properties = element.find(W + "sdtPr")
    if properties is None:
        return None
    grouping = ("docPartObj", "docPartList", "group", "bibliography", "citation", "picture")
    if any(properties.find(W + kind) is not None for kind in grouping):
        return None
    if properties.find(_W15 + "repeatingSection") is not None:
        return None
    if properties.find(_W15 + "repeatingSectionItem") is not None:
        return None
    if _value(properties, "lock") in ("contentLocked", "sdtContentLocked"):
        return None
    if element.find(f"{W}sdtContent//{W}sdt") is not None or element.find(f".//{W}ffData") is not None:
        return None
    name = _value(properties, "tag") or _value(properties, "alias")
    checkbox = properties.find(_W14 + "checkbox")
    if checkbox is not None:
        checked = checkbox.find(_W14 + "checked")
        is_on = checked is not None and checked.get(_W14 + "val", "1") in ("1", "true", "on")
        return Control(name, sign=TICKED if is_on else UNTICKED)
    showing = properties.find(W + "showingPlcHdr")
    placeholder = showing is not None and showing.get(W + "val", "1") not in ("0", "false", "off")
    return Control(name, placeholder, hints=_hints(properties), options=_options(properties))


def _options(properties: etree._Element) -> tuple[str, ...]:
    items = properties.iterfind(f"{W}dropDownList/{W}listItem")
    said = ((item.get(W + "displayText") or value) for item in items if (value := item.get(W + "value")))
    return tuple(filter(None, (uniform(text).strip() for text in said)))


def _hints(properties: etree._Element) -> frozenset[str]:
    items = [
        *properties.iterfind(f"{W}dropDownList/{W}listItem"),
        *properties.iterfind(f"{W}comboBox/{W}listItem"),
    ]
    return frozenset(item.get(W + "displayText", "").strip() for item in items if not item.get(W + "value"))


def _value(properties: etree._Element, name: str) -> str:
    element = properties.find(W + name)
    return element.get(W + "val", "") if element is not None else ""
