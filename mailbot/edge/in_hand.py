"""Which message is in hand, where the next process finds it.

A message can end the process (the system's memory runs out, a library crashes) before anything
can be counted against it; found here at the next start it is, and the third time it is shelved.
"""

from __future__ import annotations

from pathlib import Path


class InHand:
    """A file of one number, in a folder that is made if it is not there. It outlives the process,
    not the machine: it is never synced, since writing it costs every message."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)

    def left(self) -> int | None:
        """The message that the last process ended with; None where it put it down."""
        try:
            text = self._path.read_text()
        except FileNotFoundError:
            return None
        return int(text) if text.isascii() and text.isdigit() else None

    def take(self, number: int) -> None:
        """Notes the message that is handled from here on. Raises ``OSError``."""
        self._path.write_text(str(number))

    def put_down(self) -> None:
        """Notes that none is. Raises ``OSError``."""
        self._path.unlink(missing_ok=True)
