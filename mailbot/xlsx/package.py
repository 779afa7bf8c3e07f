"""The file as a container: parts by name, what is not touched carried as bytes.

ECMA-376 part 2 (Open Packaging Conventions): a zip of parts, ``[Content_Types].xml`` says what
each is, ``_rels/<part>.rels`` how they hang together.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Protocol, cast

from lxml import etree

from mailbot.domain.file_says import FileSays
from mailbot.domain.statement import say

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LIMIT = 400_000_000  # bytes unpacked: 40 times a workbook of 10,000 people
_LARGE = 200_000  # bytes of a part: above it, time counts more than size
_PACKED = _LARGE  # bytes of a sheet: above it, its rows are taken apart as they are wanted
_ROWS = 500  # of a sheet that are written at a time
# What zipfile and what it unpacks with raise for damaged, locked and odd archives.
_NO_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_blank_text=False)


class DamagedError(Exception):
    """The file is no workbook that can be read; ``why`` is what she is told of it."""

    def __init__(self, why: FileSays) -> None:
        super().__init__(str(why))
        self.why = say(why)


@contextmanager
def told_as_damage() -> Iterator[None]:
    """Turns errors about a file that others wrote (a row called "x", a list shorter than it says) into
    ``DamagedError``: whoever saved it, the mail that waits behind it must not wait longer.

    Use it only around code that reads such a file. Around code that writes, a defect of ours would be
    reported as damage to the secretary's file.
    """
    try:
        yield
    except (ValueError, LookupError, ArithmeticError, etree.LxmlError) as error:
        raise DamagedError(FileSays.FILE_DAMAGED) from error


def q(tag: str) -> str:
    """A tag of SpreadsheetML with its namespace."""
    return f"{{{MAIN}}}{tag}"


def parse(data: bytes) -> etree._Element:
    """The root of a part. Raises ``DamagedError`` where it is no XML or holds a DOCTYPE."""
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError:
        raise DamagedError(FileSays.FILE_DAMAGED) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedError(FileSays.FILE_DAMAGED)
    return root


class _Parts(MutableMapping[str, bytes]):
    """The parts in a file by name. Large ones stay packed, and are unpacked each time they are asked for: of
    the twenty megabytes that 10,000 people take, one part is wanted at a time."""

    def __init__(self, archive: zipfile.ZipFile, infos: Iterable[zipfile.ZipInfo]) -> None:
        self._archive = archive
        self._held: dict[str, bytes | zipfile.ZipInfo] = {}
        for info in infos:
            content = _member(archive, info)  # large ones too: damage is told when the file is opened
            self._held[info.filename] = content if len(content) < _LARGE else info

    def __getitem__(self, name: str) -> bytes:
        held = self._held[name]
        return held if isinstance(held, bytes) else _member(self._archive, held)

    def __setitem__(self, name: str, content: bytes) -> None:
        self._held[name] = content

    def __delitem__(self, name: str) -> None:
        del self._held[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, name: object) -> bool:
        return name in self._held  # without unpacking it


class Apart(Protocol):
    """What is kept apart from the tree of a part."""

    def written(self, frame: bytes) -> bytes:
        """The bytes of the whole part, of which ``frame`` is that tree."""


#: What parts the bytes of a part in those of a tree and what is kept apart; None where they are no such part.
Split = Callable[[bytes], tuple[bytes, Apart] | None]


class Package:
    """A workbook in memory. ``tree`` gives a part to change; ``data`` the file again."""

    def __init__(self, parts: MutableMapping[str, bytes]) -> None:
        self.parts = parts
        self._trees: dict[str, etree._Element] = {}
        self._apart: dict[str, Apart] = {}
        self._settled: set[str] = set()

    @classmethod
    def open(cls, data: bytes, only: re.Pattern[str] | None = None) -> Package:
        """The package in a file's bytes, or ``only`` those of its parts; raises ``DamagedError``."""
        if data.startswith(_OLE):
            raise DamagedError(FileSays.FILE_LOCKED_OR_OLD)
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
            infos = [info for info in archive.infolist() if not only or only.fullmatch(info.filename)]
            if sum(info.file_size for info in infos) > _LIMIT:
                raise DamagedError(FileSays.FILE_TOO_LARGE)
            parts = _Parts(archive, [info for info in infos if not info.is_dir()])
        except _NO_ZIP:
            raise DamagedError(FileSays.FILE_NO_EXCEL) from None
        if "[Content_Types].xml" not in parts:
            raise DamagedError(FileSays.FILE_NO_EXCEL)
        return cls(parts)

    def data(self) -> bytes:
        """The file: changed parts anew, the others as they came. The same parts give the same bytes."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self.parts:
                content = self.parts[name] if name in self._settled else self._bytes(name)
                info = zipfile.ZipInfo(name)  # its date is 1980-01-01: no clock in the bytes
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content, compresslevel=6 if len(content) < _LARGE else 1)
        return buffer.getvalue()

    def settled(self, name: str) -> bytes:
        """A part as it will stand in the file; who wants to change it further asks ``tree`` again."""
        if name not in self._settled:
            self.parts[name] = self._bytes(name)
            self._settled.add(name)
        return self.parts[name]

    def put_down(self, name: str) -> None:
        """As ``settled``, and frees the tree of the part, that of a large one while it is written: it takes
        twenty times its bytes."""
        tree = self._trees.get(name)
        if tree is not None and name not in self._settled and _is_long(tree):
            self.parts[name] = _written_and_freed(tree)
            self._settled.add(name)
        self.settled(name)
        self._forget_tree(name)

    def _forget_tree(self, name: str) -> None:
        self._trees.pop(name, None)
        self._apart.pop(name, None)

    def _bytes(self, name: str) -> bytes:
        tree = self._trees.get(name)
        if tree is not None and name in self._apart:
            return self._apart[name].written(_written(tree))
        if tree is None or _unchanged(tree, self.parts[name]):
            return self.parts[name]
        return _written(tree)

    def tree(self, name: str, split: Split | None = None) -> etree._Element:
        """The root of a part, to read and to change; of a large one without what ``split`` keeps apart, if it
        was not taken apart yet. Raises ``DamagedError``."""
        self._settled.discard(name)
        if name not in self._trees:
            if name not in self.parts:
                raise DamagedError(FileSays.FILE_DAMAGED)
            content = self.parts[name]
            if split and len(content) >= _PACKED and (found := split(content)):
                content, self._apart[name] = found
            self._trees[name] = parse(content)
        return self._trees[name]

    def apart(self, name: str) -> Apart | None:
        """What was kept apart from the tree of a part."""
        return self._apart.get(name)

    def may_hold(self, name: str, pattern: re.Pattern[bytes]) -> bool:
        """Whether a part may hold what ``pattern`` finds in bytes: one that was taken apart may have
        changed."""
        return name in self._trees or name not in self.parts or pattern.search(self.parts[name]) is not None

    def add(self, name: str, content: bytes, content_type: str) -> None:
        """A new part, or another content for one."""
        self.parts[name] = content
        self._forget_tree(name)
        types = self.tree("[Content_Types].xml")
        for override in types.findall(f"{{{_TYPES}}}Override"):
            if override.get("PartName") == f"/{name}":
                override.set("ContentType", content_type)
                return
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)

    def remove(self, name: str) -> None:
        """Takes a part out, with what points to it."""
        self.parts.pop(name, None)
        self._forget_tree(name)
        types = self.tree("[Content_Types].xml")
        for override in types.findall(f"{{{_TYPES}}}Override"):
            if override.get("PartName") == f"/{name}":
                types.remove(override)
        for rels in [part for part in self.parts if part.endswith(".rels")]:
            root = self.tree(rels)
            for relation in list(root):
                if _target(_source(rels), relation) == name:
                    root.remove(relation)

    def free_name(self, pattern: str) -> str:
        """The first free part name for a pattern such as "xl/worksheets/sheet{}.xml"."""
        number = 1
        while pattern.format(number) in self.parts:
            number += 1
        return pattern.format(number)

    def related(self, source: str, kind: str) -> dict[str, str]:
        """Relationship ids of a part → target part (or address), for one kind ("worksheet")."""
        name = _rels_of(source)
        if name not in self.parts:
            return {}
        return {
            relation.get("Id", ""): _target(source, relation)
            for relation in self.tree(name)
            if (relation.get("Type") or "").endswith(f"/{kind}")
        }

    def relate(self, source: str, kind: str, target: str, *, external: bool = False) -> str:
        """Ties a part to another part, or to an address outside; gives the relationship id."""
        name = _rels_of(source)
        if name not in self.parts:
            self.parts[name] = f'<Relationships xmlns="{_PACKAGE_REL}"/>'.encode()
        root = self.tree(name)
        taken = {relation.get("Id") for relation in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        kind_url = kind if "://" in kind else f"{REL}/{kind}"
        relation = etree.SubElement(root, f"{{{_PACKAGE_REL}}}Relationship", Id=f"rId{number}", Type=kind_url)
        relation.set("Target", target if external else f"/{target}")
        if external:
            relation.set("TargetMode", "External")
        return f"rId{number}"


def _written(tree: etree._Element) -> bytes:
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _is_long(tree: etree._Element) -> bool:
    """Whether a part is a sheet of many rows, spelled as mailbot and Excel spell it."""
    rows = tree.find(q("sheetData"))
    return rows is not None and len(rows) > _ROWS and not (rows.text or rows.attrib or rows.prefix)


def _written_and_freed(tree: etree._Element) -> bytes:
    """The bytes of a part, as ``_written`` gives them. Its rows are taken out of it some at a time and are
    gone afterwards, so that the whole does not stand there twice."""
    (rows,) = tree.iterchildren(q("sheetData"))
    left, names, tail = deque(rows), rows.nsmap, rows.tail
    rows.clear()
    rows.tail = tail
    before, _, after = _written(tree).partition(b"<sheetData/>")
    written = io.BytesIO()  # its bytes are taken out without a copy
    written.write(before + b"<sheetData>")
    while left:
        written.write(rows_text((left.popleft() for _ in range(min(_ROWS, len(left)))), names))
    written.write(b"</sheetData>" + after)
    return written.getvalue()


def rows_text(rows: Iterable[etree._Element], names: Mapping[str | None, str]) -> bytes:
    """Rows as they are written in a sheet that has these names for its namespaces. They belong to no sheet
    any more."""
    held = etree.Element(q("sheetData"), nsmap=cast("dict[str, str]", names))
    held.extend(rows)
    text = etree.tostring(held, encoding="UTF-8")
    held.clear()
    return text[text.index(b">", text.index(b"<sheetData")) + 1 : text.rindex(b"<")]


def _unchanged(tree: etree._Element, content: bytes) -> bool:
    """Whether a part that was parsed still says the same: its bytes are then kept. A part of many thousands
    of rows counts as changed."""
    return len(content) < _LARGE and etree.tostring(parse(content)) == etree.tostring(tree)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as member:
        content = member.read(info.file_size + 1)
    if len(content) > info.file_size:
        raise DamagedError(FileSays.FILE_DAMAGED)
    return content


def _rels_of(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _source(rels: str) -> str:
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _target(source: str, relation: etree._Element) -> str:
    target = relation.get("Target") or ""
    if relation.get("TargetMode") == "External":
        return target
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


def fragment(xml: str) -> etree._Element:
    """An element of SpreadsheetML from its text; ``r:`` stands for relationships."""
    return parse(f'<x xmlns="{MAIN}" xmlns:r="{REL}">{xml}</x>'.encode())[0]


def drop(element: etree._Element) -> None:
    """Takes an element out of its parent, and the parent too where it is left empty."""
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if len(parent) == 0 and parent.tag != q("sheetData"):
        drop(parent)
    elif parent.get("count"):
        parent.set("count", str(len(parent)))
