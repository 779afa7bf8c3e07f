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
            part = package.read(name)
            lines.append(f"[{name}]")
            lines += element(etree.fromstring(part)) if part[:1] == b"<" else [f"{len(part)} bytes"]
    return "\n".join(lines)


def element(one: etree._Element, depth: int = 0) -> Iterator[str]:
    """An element and what it holds; one that holds another alone stands on its line, and one that is
    repeated is counted."""
    said = [_itself(one)]
    while len(one) == 1 and not (one.text or "").strip() and not (one.tail or "").strip():
        one = one[0]
        said.append(_itself(one))
    yield "  " * depth + " > ".join(said)
    yield from _counted([tuple(element(child, depth + 1)) for child in one if isinstance(child.tag, str)])


def _itself(one: etree._Element) -> str:
    facts = (f"{etree.QName(name).localname}={value}" for name, value in one.attrib.items())
    text = " / ".join((one.text or "").split("\n")) if (one.text or "").strip(" \n") else ""
    return " ".join((etree.QName(one).localname, *map(str, facts), *([f"“{text}”"] if text else [])))


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
