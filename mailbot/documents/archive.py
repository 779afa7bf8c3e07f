"""A zip file read within bounds: what a member declares about itself is never believed."""

from __future__ import annotations

import io
import zipfile
import zlib

from mailbot.documents.content import Protected, TooLarge, Unreadable

_MOST_MEMBERS = 2_000
_MOST_BYTES = 30 * 1024 * 1024  # of all members together, unpacked
_STEP = 64 * 1024


class Archive:
    """The members of a zip file. Raises ``Unreadable`` or one of its kinds from each method."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (
            zipfile.BadZipFile,
            ValueError,
            OSError,
            EOFError,
            OverflowError,
            NotImplementedError,
        ) as error:
            raise Unreadable("no zip directory") from error
        if len(self._zip.filelist) > _MOST_MEMBERS:
            raise TooLarge("too many members")
        self._left = _MOST_BYTES
        self.names = frozenset(self._zip.NameToInfo)
        self.members = tuple(info for info in self._zip.infolist() if not info.is_dir())

    @property
    def has_macros(self) -> bool:
        """Whether it is an Office file with macros, which never run."""
        return any(name.lower().endswith("vbaproject.bin") for name in self.names)

    def read(self, name: str | zipfile.ZipInfo) -> bytes:
        """The bytes of one member, taken off what may be unpacked in all."""
        pieces: list[bytes] = []
        try:
            info = name if isinstance(name, zipfile.ZipInfo) else self._zip.getinfo(name)
            if info.flag_bits & 0x1:
                raise Protected("encrypted member")
            with self._zip.open(info) as member:
                while piece := member.read(_STEP):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise TooLarge("unpacks to too much")
                    pieces.append(piece)
        except KeyError as error:
            raise Unreadable(f"no member {name}") from error
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise Unreadable("damaged member") from error
        except RuntimeError as error:  # zipfile says "password required" this way
            raise Protected("encrypted member") from error
        return b"".join(pieces)
