"""Asks a mail server that held up a cycle whether it answers again, in a thread of its own.

A server that does not answer blocks whoever asks, until a timeout. The first time that is the cycle
itself; from then on a thread asks, and the cycle goes on with all other mail."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta

from mailbot.transport.connection import MailServerTrouble

#: Seconds after which a server that fails has kept others waiting.
SLOW = 5.0
#: Seconds after which a probe is left to its own end, and the server counts as silent still.
GIVEN_UP = 60.0
#: When the cycle looks again at a probe that runs.
LOOK = timedelta(seconds=5)


class Probe:
    """One attempt to get an answer, in a thread with a connection of its own."""

    def __init__(self, server: str, ask: Callable[[], None]) -> None:
        self._server = server
        self._ask = ask
        self._trouble: Exception | None = None
        self._began = time.monotonic()
        self._thread = threading.Thread(target=self._run, name=f"probe {server}", daemon=True)
        self._thread.start()

    def runs(self) -> bool:
        """Whether it still waits for an answer."""
        return self._thread.is_alive() and time.monotonic() - self._began < GIVEN_UP

    def result(self) -> None:
        """Raises the error that the attempt ended with, where the server could not be used."""
        if self._thread.is_alive():
            raise MailServerTrouble(self._server, "still gives no answer", "it is tried again")
        if self._trouble:
            raise self._trouble

    def _run(self) -> None:
        try:
            self._ask()
        except Exception as error:  # noqa: BLE001  raised in the cycle, by ``result``
            self._trouble = error
