"""Writes the smallest compound file (MS-CFB) that holds given streams: a ``.msg`` for the tests."""

from __future__ import annotations

import struct
from itertools import pairwise

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """A version 3 compound file; keys are paths ("folder/stream"), all streams under 4 KB."""
    names = sorted({"/".join(path.split("/")[:n]) for path in streams for n in range(1, path.count("/") + 2)})
    children: dict[str, list[int]] = {}
    for index, name in enumerate(names, 1):
        children.setdefault(name.rpartition("/")[0], []).append(index)
    mini, minifat, starts = b"", [], {}
    for name, data in streams.items():
        count = max(-(-len(data) // 64), 1)
        first = len(minifat)
        starts[name] = first
        minifat += [first + n + 1 for n in range(count - 1)] + [END]
        mini += data.ljust(count * 64, b"\0")
    nexts = {a: b for group in children.values() for a, b in pairwise(group)}

    def entry(name: str, kind: int, index: int, path: str, start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le")
        child = children.get(path, [FREE])[0] if kind != 2 else FREE
        right = nexts.get(index, FREE)
        fields = struct.pack("<64sHBBIII", raw, len(raw) + 2, kind, 1, FREE, right, child)
        return fields + b"\0" * 36 + struct.pack("<IQ", start, size)

    directory = entry("Root Entry", 5, 0, "", 1, len(mini))
    for index, name in enumerate(names, 1):
        is_stream = name in streams
        directory += entry(
            name.rpartition("/")[2],
            2 if is_stream else 1,
            index,
            name,
            starts.get(name, 0),
            len(streams.get(name, b"")),
        )
    directory = directory.ljust(-(-len(directory) // 512) * 512, b"\0")
    fat_of_mini = struct.pack(f"<{len(minifat)}I", *minifat)
    fat_of_mini = fat_of_mini.ljust(-(-len(fat_of_mini) // 512) * 512, b"\xff")
    mini = mini.ljust(-(-len(mini) // 512) * 512, b"\0")
    chains, fat = [mini, directory, fat_of_mini], [FAT]
    firsts = []
    for data in chains:
        firsts.append(len(fat))
        sectors = len(data) // 512
        fat += [len(fat) + n + 1 for n in range(sectors - 1)] + [END]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1)
    header += struct.pack("<IIIIIIII", firsts[1], 0, 4096, firsts[2], len(fat_of_mini) // 512, END, 0, 0)
    header += struct.pack("<108I", *[FREE] * 108)
    return header + struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff") + b"".join(chains)
