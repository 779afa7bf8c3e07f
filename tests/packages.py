"""An Office file as lines that a person reads: what a test compares as a whole."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterator, Sequence

from lxml import etree


def told(data: bytes, without: Collection[str] = ()) -> str:
    """Every part of a package: its XML one element a line, other bytes by their number. ``without`` are
    parts that say nothing of ours."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        lines: list[str] = []
        for name in sorted(set(package.namelist()) - set(without)):
            lines += [f"[{name}]", *part(package.read(name))]
    return "\n".join(lines)


def part(data: bytes) -> Iterator[str]:
    """One of them."""
    yield from element(etree.fromstring(data)) if data[:1] == b"<" else (f"{len(data)} bytes",)


def element(one: etree._Element, depth: int = 0) -> Iterator[str]:
    """An element and what it holds; one that holds another alone stands on its line, a row of a sheet too,
    and one that is repeated is counted."""
    said = [_itself(one)]
    if etree.QName(one).localname == "row":
        yield "  " * depth + " | ".join((*said, *_counted([(_cell(cell),) for cell in one])))
        return
    while len(one) == 1 and not (one.text or "").strip() and not (one.tail or "").strip():
        one = one[0]
        said.append(_itself(one))
    yield "  " * depth + " > ".join(said)
    yield from _counted([tuple(element(child, depth + 1)) for child in one if isinstance(child.tag, str)])


def _itself(one: etree._Element) -> str:
    facts = (f"{etree.QName(name).localname}={value}" for name, value in sorted(one.attrib.items()))
    return " ".join((etree.QName(one).localname, *map(str, facts), *_text(one)))


def _text(one: etree._Element) -> Sequence[str]:
    return [f"“{' / '.join((one.text or '').splitlines())}”"] if (one.text or "").strip() else []


def _cell(cell: etree._Element) -> str:
    """A cell by its column and format; which row it is, the row says."""
    facts = {str(etree.QName(name).localname): str(value) for name, value in sorted(cell.attrib.items())}
    column = facts.pop("r", "").rstrip("0123456789")
    if not len(cell):
        return f"empty s={facts.get('s')}"
    inside = [
        " ".join(
            (str(etree.QName(e).localname), *(value for _, value in sorted(e.attrib.items())), *_text(e))
        )
        for e in cell.iter()
    ][1:]
    return " ".join((column, *(f"{key}={value}" for key, value in facts.items()), *inside))


def _inside(one: etree._Element) -> str:
    return " ".join((str(etree.QName(one).localname), *map(str, one.attrib.values()), *_text(one)))


def _counted(blocks: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Equal neighbours once, with their number."""
    at = 0
    while at < len(blocks):
        end = at
        while end < len(blocks) and blocks[end] == blocks[at]:
            end += 1
        first, *rest = blocks[at]
        yield first + (f" × {end - at}" if end - at > 1 else "")
        yield from rest
        at = end
