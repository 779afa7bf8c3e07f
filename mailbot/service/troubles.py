"""Whose troubles are whose, where several hosts note what is the matter in one ledger."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mailbot.storage.hosts import Host
from mailbot.storage.lease import Share

#: What stands before the name of a mailbox where something is the matter with it.
OF_MAILBOX = ("mailbox ", "inbox list ")
_ON = " on "


@dataclass(frozen=True, slots=True)
class Troubles:
    """The view of one host: the ``mailboxes`` there are and those that are its own, its share, and who lives.
    A mailbox is one host's; what else is the matter at another than the lead is named with that host."""

    mailboxes: Collection[str]
    mine: Collection[str]
    share: Share
    living: Collection[Host]

    def named(self, what: str) -> str:
        """What a trouble of this host is called in the ledger."""
        if self.share.leads or self._mailbox(what):
            return what
        return f"{what}{_ON}{self._label}"

    def is_mine(self, what: str) -> bool:
        """Whether a trouble in the ledger is this host's to note and to end; the lead's also those of
        mailboxes and of hosts that are no more."""
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
