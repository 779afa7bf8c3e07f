"""How much is read again to compare, and where that ends."""

from __future__ import annotations

_MOST_TRIED = 2000  # rows and lines, each as often as it is read to compare


class Trials:
    """How many rows and lines were read to compare; after so many, the rest is read as it stands."""

    def __init__(self) -> None:
        self._rows = 0

    def count(self, rows: int) -> None:
        """Some rows or lines were read once more."""
        self._rows += rows

    @property
    def exhausted(self) -> bool:
        """Whether nothing more is compared."""
        return self._rows > _MOST_TRIED
