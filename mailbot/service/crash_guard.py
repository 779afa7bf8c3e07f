"""A guard against messages that end the process: the id of the one being handled, in a file for the next.

A message can end the process (the system's memory runs out, a library crashes) before a failure can be
counted against it. One that is found here at the next start is handled after all others; once it has
ended ``LIVES`` processes it is shelved.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

#: Processes that a message may end. More than the tries of one that merely fails: whoever kills
#: the service (a power cut, an update) hits the message in hand as well.
LIVES = 5

#: From so many ended processes on its message is decided last. Not from the first: it may have come first for
#: the last seat.
PUT_LAST = 2


@dataclass(frozen=True, slots=True)
class Suspect:
    """The message that was being handled when the last process ended, and how many processes in a row ended
    during it."""

    message: int
    ended: int


class CrashGuard:
    """A file of two numbers, in a folder that is made if it does not exist. It survives the process but not a
    power cut: it is never synced, since it is written for every message."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        self.suspect = self._left()

    def _left(self) -> Suspect | None:
        try:
            number, ended = self._path.read_text().split()
            return Suspect(int(number), int(ended) + 1)
        except (FileNotFoundError, ValueError):  # ValueError: killed while it was written
            return None

    def take(self, number: int) -> None:
        """Notes the message that is about to be handled. Raises ``OSError``."""
        before = self.suspect.ended if self.suspect and self.suspect.message == number else 0
        # Written over, always as long: a file that was emptied first goes to the disk at once (ext4).
        file = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(file, f"{number:15d} {before:4d}\n".encode())
        finally:
            os.close(file)

    def put_down(self) -> None:
        """Notes that no message is being handled any more. Raises ``OSError``."""
        self._path.unlink(missing_ok=True)
