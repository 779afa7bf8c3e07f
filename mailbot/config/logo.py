"""The logo of the secretariat: a PNG or JPEG, read once at the start."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

#: Small, since it is sent with every mail.
MOST_BYTES = 300_000


@dataclass(frozen=True, slots=True)
class Logo:
    """The bytes of a picture, its media type, and its size in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int

    @property
    def suffix(self) -> str:
        """The suffix of a file that holds it, without the dot."""
        return "png" if self.media_type == "image/png" else "jpg"

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Its size, made smaller until it fits; never larger than ``height`` makes it."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


def read_logo(path: Path) -> Logo:
    """The logo in a file. Raises ``OSError``, and ``ValueError`` for what is no PNG or JPEG, or too large."""
    data = path.read_bytes()
    if len(data) > MOST_BYTES:
        raise ValueError(f"is larger than {MOST_BYTES // 1000} kB: save a smaller one")
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) > 24:
        width, height = struct.unpack(">II", data[16:24])
        media_type = "image/png"
    elif data.startswith(b"\xff\xd8"):
        width, height = _jpeg_size(data)
        media_type = "image/jpeg"
    else:
        raise ValueError("is no PNG or JPEG: save it as one")
    if not width or not height:
        raise ValueError("is a damaged picture: save it anew")
    return Logo(data, media_type, width, height)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """The size that the frame header tells (ISO/IEC 10918-1, B.2.2); zeros where there is none."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + length
    return 0, 0
