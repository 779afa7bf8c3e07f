"""Names and ownership of troubles, where several hosts record what is the matter in one ledger."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mailbot.storage.hosts import Host
from mailbot.storage.lease import Share

#: What stands before the name of a mailbox where something is the matter with it.
OF_MAILBOX = ("mailbox ", "inbox list ", "sent folder ")
_ON = " on "


@dataclass(frozen=True, slots=True)
class Troubles:
    """The view of one host: all ``mailboxes``, its share of them, and the hosts that are alive. A trouble
    with a mailbox belongs to the host that has it; any other trouble of a host that does not lead is recorded
    under that host's name."""

    mailboxes: Collection[str]
    mine: Collection[str]
    share: Share
    living: Collection[Host]

    def named(self, what: str) -> str:
        """The name under which a trouble of this host is recorded in the ledger."""
        if self.share.leads or self._mailbox(what):
            return what
        return f"{what}{_ON}{self._label}"

    def is_mine(self, what: str) -> bool:
        """Whether this host records and ends a trouble of the ledger. The leading host also ends those of
        mailboxes and hosts that no longer exist."""
        if name := self._mailbox(what):
            return name in self.mine
        host = what.rpartition(_ON)[2] if _ON in what else ""
        others = {one.label for one in self.living if one.id != self.share.host}
        return host not in others if self.share.leads else host == self._label

    @property
    def _label(self) -> str:
        return next((one.label for one in self.living if one.id == self.share.host), "")

    def _mailbox(self, what: str) -> str:
        """The mailbox that a trouble is about, if it is one of those there are."""
        names = [what.removeprefix(prefix) for prefix in OF_MAILBOX if what.startswith(prefix)]
        return next((name for name in names if name in self.mailboxes), "")
