"""The order in which mail is read: a sender whose mail takes long to read does not keep others waiting.

Mail is read and decided in order of arrival. One with a document that ``QUICK`` seconds of processor
time are not enough for (recognising pictures takes most of them) is put off: it is read once everybody
else's is decided, with all the time that one mail has. So is what its sender mailed after it, since an
order of theirs holds. Of those put off, each sender's first comes first, then each one's second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from mailbot.storage.messages import Waiting

#: Processor time of each document in a mail that is read in its turn, and of all of them together for
#: each child that reads: a form takes a tenth of a second, a scan of one page some five.
QUICK = 15
#: Seconds by the clock for mail put off; the rest waits for the next cycle, which looks first at what
#: came in meanwhile.
LONG = 120.0


class Turns:
    """The messages that were put off, over all cycles until they are read. Safe to use from the thread that
    reads."""

    def __init__(self) -> None:
        self._senders: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._senders)

    def __contains__(self, message: int) -> bool:
        return message in self._senders

    @property
    def senders(self) -> frozenset[str]:
        """The senders whose mail waits."""
        return frozenset(list(self._senders.values()))  # a copy: the other thread may add to it

    def put_off(self, message: int, sender: str) -> None:
        """Leaves a message for later; ``sender`` is the mailbox it names as From."""
        self._senders[message] = sender

    def waits(self, sender: str) -> bool:
        """Whether mail of this sender was put off: what comes after it waits too."""
        return sender in self.senders

    def is_over(self, message: int) -> None:
        """Removes a message that was handled, or need not be any more."""
        self._senders.pop(message, None)

    def in_order(self, waiting: Iterable[Waiting]) -> tuple[list[Waiting], list[Waiting]]:
        """The messages whose turn it is, in their order, and those put off, one of each sender after the
        other."""
        seen: Counter[str] = Counter()
        at_once: list[Waiting] = []
        later: list[tuple[int, Waiting]] = []
        for one in waiting:
            sender = self._senders.get(one.id)
            if sender is None:
                at_once.append(one)
            else:
                later.append((seen[sender], one))
                seen[sender] += 1
        return at_once, [one for _, one in sorted(later, key=lambda turn: turn[0])]
