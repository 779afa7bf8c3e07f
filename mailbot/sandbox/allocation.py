"""How this process takes memory from the system, and gives it back."""

from __future__ import annotations

import ctypes
from contextlib import suppress

_M_MMAP_THRESHOLD = -3  # of mallopt(3)
_LARGE = 1 << 20


def give_back_large() -> None:
    """Has the C library give back at once what is freed of a mebibyte and more. By itself it keeps up to 64
    of them once a large mail was there, in between what is still used. Does nothing where that library
    is not glibc."""
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
