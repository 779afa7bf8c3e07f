"""How the parts of an Office document refer to each other (ECMA-376, part 2)."""

from __future__ import annotations

import posixpath

from mailbot.documents.archive import Archive
from mailbot.documents.markup import parse


def relations(archive: Archive, part: str, by_id: bool = False) -> list[tuple[str, str]]:
    """What a part refers to, in the file's order: (kind, path), or (id, path).

    The part "" is the document as a whole. What lies outside the document is left out.
    """
    folder, file = posixpath.split(part)
    name = posixpath.join(folder, "_rels", f"{file}.rels")
    if name not in archive.names:
        return []
    return [
        (
            relation.get("Id", "") if by_id else relation.get("Type", "").rpartition("/")[2],
            _path(folder, target),
        )
        for relation in parse(archive.read(name))
        if relation.get("TargetMode") != "External" and (target := relation.get("Target"))
    ]


def _path(folder: str, target: str) -> str:
    return posixpath.normpath(target[1:] if target.startswith("/") else posixpath.join(folder, target))
