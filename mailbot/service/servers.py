"""Which mail servers are tried in a cycle: one that failed is left alone for a while, and one that held up a
cycle is asked by a ``probe`` first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from mailbot.config.settings import Settings
from mailbot.service.probe import LOOK, Probe
from mailbot.service.steps import Cycle, Steps
from mailbot.transport.connection import MOST, backoff
from mailbot.transport.imap import Mailbox
from mailbot.transport.smtp import Outbox

#: What the mail server that takes our mail is called where troubles are told.
SMTP = "smtp"
#: The longest time for which a server is not tried.
LONGEST_WAIT = timedelta(seconds=MOST)
#: Mailboxes that are asked at once: what is new in them, and, beside the cycle, whether they answer again.
AT_ONCE = 8


def of_mailbox(name: str) -> str:
    """What the server of a mailbox is called where troubles are told."""
    return f"mailbox {name}"


class Servers:
    """The mail servers of one worker, over all its cycles, by the name under which troubles are told.
    ``mailboxes`` are the names of those that this host reads."""

    def __init__(
        self, settings: Settings, mailboxes: Sequence[str], steps: Steps, clock: Callable[[], datetime]
    ) -> None:
        self._settings = settings
        self._mailboxes = mailboxes
        self._steps = steps
        self._clock = clock
        self._failures: dict[str, int] = {}
        self.retry_at: dict[str, datetime] = {}
        self._probes: dict[str, Probe] = {}

    def tries(self, made: Cycle, server: str, immediate: bool) -> bool:
        """Whether a server is to be tried now: not twice in a cycle in which it failed, and not before the
        wait after a failure is over. A time further ahead than any wait comes from a clock that was set back,
        and is ignored."""
        if server in made.errors:
            return False
        now = self._clock()
        if not immediate and now < self.retry_at.get(server, now) <= now + LONGEST_WAIT:
            made.left_alone.add(server)
            return False
        made.left_alone.discard(server)
        return immediate or server not in self._steps.silent or self._answers(made, server)

    def _answers(self, made: Cycle, server: str) -> bool:
        """Whether a server that held up a cycle answers again. A probe asks it in a thread of its own; later
        cycles look at its result."""
        probe = self._probes.get(server)
        if not probe and sum(one.runs() for one in self._probes.values()) < AT_ONCE:
            probe = self._probes[server] = Probe(server, partial(self._ask, server))
        if not probe or probe.runs():
            self.leave_alone(server, made)
            return False
        del self._probes[server]
        well = False
        with self._steps.outside(made, server):
            probe.result()
            well = True
        if not well:
            self.wait_longer(server, made)
        return well

    def _ask(self, server: str) -> None:
        """Opens a new connection to a server and makes one request; raises what is the matter."""
        if server == SMTP:
            with Outbox(self._settings) as sending:
                sending.connect()
            return
        (box,) = (one for one in self._settings.mailboxes if of_mailbox(one.name) == server)
        with Mailbox(box, self._settings, read_only=True) as reading:
            reading.uidvalidity()

    def leave_alone(self, server: str, made: Cycle) -> None:
        """Puts off to a cycle soon whether a silent server answers again."""
        self._steps.silent.add(server)
        made.left_alone.add(server)
        self.retry_at[server] = self._clock() + LOOK

    def well(self, made: Cycle) -> list[str]:
        """The mailboxes that can be used in this cycle. One that was silent is not, until it was polled."""
        away = {*made.errors, *made.left_alone, *self._steps.silent}
        return [name for name in self._mailboxes if of_mailbox(name) not in away]

    def wait_longer(self, server: str, made: Cycle) -> None:
        """After a failure: doubles the time for which a server is not tried. After a success: ends it."""
        if server not in made.errors:
            self._failures.pop(server, None)
            self.retry_at.pop(server, None)
            return
        self._failures[server] = self._failures.get(server, 0) + 1
        self.retry_at[server] = self._clock() + timedelta(seconds=backoff(self._failures[server]))
