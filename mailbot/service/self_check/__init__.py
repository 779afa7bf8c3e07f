"""``mailbot check``: tries everything before it is needed; each trouble comes with its mend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.service.self_check import configuration, installation, servers
from mailbot.service.self_check.installation import next_command
from mailbot.service.self_check.result import Checked, CheckState

__all__ = ["CheckState", "Checked", "check", "next_command"]


def check(settings: Settings, now: datetime) -> Iterator[Checked]:
    """Tries everything in turn. No mail is sent, no message or folder of a mailbox is changed;
    the folders on disk and the ledger are made where they are not there yet. As another user than
    the service's nothing is tried: what such a check would make, the service could not write."""
    unit = installation.unit(settings)
    if (wrong := installation.wrong_user(settings, unit)) is not None:
        yield wrong
        return
    yield from configuration.check(settings, now)
    for mailbox in settings.mailboxes:
        yield from servers.mailbox(mailbox, settings, now)
    yield from servers.smtp(settings)
    yield from installation.check(settings, unit, now)
