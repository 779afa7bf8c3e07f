"""The steps of a cycle: what goes wrong outside ends one of them, and is told in the result of the whole."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from mailbot.config.settings import ConfigurationError
from mailbot.service.probe import SLOW
from mailbot.storage import StoreTrouble
from mailbot.text.system_errors import describe
from mailbot.transport.connection import MailServerTrouble

log = logging.getLogger(__name__)


@dataclass
class Cycle:
    """The result of one cycle. ``errors`` are one-line texts by the server or step that failed;
    ``misconfigured``: one of them was a mistake in the configuration. ``put_off`` counts mails that will be
    tried again. ``left_alone`` are the servers that were not tried, because the wait after their last failure
    is not over. ``events_changed``: the cycle ended after the list of events was imported, and the settings
    must be loaded again first."""

    handled: int = 0
    put_off: int = 0
    errors: dict[str, str] = field(default_factory=dict)
    misconfigured: str = ""
    left_alone: set[str] = field(default_factory=set)
    events_changed: bool = False


class Steps:
    """Runs the steps of the cycles of one worker. ``alive`` is called at each step and between two items of a
    long list, ``stopping`` says whether to end after the item in hand. ``at`` names the step in hand, for
    whoever looks on from another thread; ``silent`` are the steps that kept a cycle waiting before they
    failed, and were not well since. Threads that poll add to those too."""

    def __init__(self, stopping: Callable[[], bool], alive: Callable[[], None]) -> None:
        self.stopping = stopping
        self.alive = alive
        self.at = ""
        self.silent: set[str] = set()

    @contextmanager
    def outside(self, made: Cycle, what: str, server: str = "") -> Iterator[None]:
        """Records trouble outside mailbot: it ends the step and counts against no mail. ``server`` is the one
        that is asked, where the step is named otherwise."""
        self.at = what
        self.alive()
        try:
            with self.listening(server or what):
                yield
        except ConfigurationError as error:
            made.misconfigured = made.errors[what] = str(error)
        except OSError as error:
            made.errors[what] = describe(error)
        except (MailServerTrouble, StoreTrouble) as error:
            made.errors[what] = " ".join(str(error).split())
        except Exception as error:  # noqa: BLE001  a defect of ours: what else is to be done does not wait for its mend
            made.errors[what] = f"mailbot fails here ({type(error).__name__}), the log says where"
            log.error("%s: a defect:\n%s", what, places(traceback.format_exc()))
        else:
            return
        log.warning("%s: %s", what, made.errors[what])

    @contextmanager
    def listening(self, server: str) -> Iterator[None]:
        """Runs what asks a server, and notes whether it kept the caller waiting before it failed."""
        began = time.monotonic()
        try:
            yield
        except Exception:
            if time.monotonic() - began > SLOW:
                self.silent.add(server)
            raise
        self.silent.discard(server)

    def to_end(self) -> bool:
        """Between two items of a long list: gives a sign of life, and tells whether to stop."""
        self.alive()
        return self.stopping()


def places(trace: str) -> str:
    """The lines of a traceback that say where, for the log. The text of the error is left out, since it may
    hold an answer; the ledger keeps it for `mailbot explain`."""
    return "\n".join(line for line in trace.splitlines() if line.startswith("  File "))
