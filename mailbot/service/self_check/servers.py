"""The mail servers: connection, login, folders, rights, and what they say to a sender."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from mailbot.config.settings import ConfigurationError, MailboxSettings, Settings
from mailbot.service.self_check.result import CLOCK, Checked, misconfigured, of_error, ok, outside, warning
from mailbot.transport.connection import MailServerTrouble, place
from mailbot.transport.imap import Mailbox, survey
from mailbot.transport.smtp import Outbox

#: What the rights of RFC 4314 let an account do.
_RIGHTS = {"r": "read", "t": "mark as deleted", "e": "expunge", "i": "put mail into it"}


def mailbox(box: MailboxSettings, settings: Settings, now: datetime) -> Iterator[Checked]:
    """One mailbox, opened read-only."""
    with Mailbox(box, settings, read_only=True) as connection:
        try:
            yield from _mailbox(connection, box, now)
        except (MailServerTrouble, ConfigurationError) as error:
            yield of_error("mailbox", box.name, error)


def _mailbox(connection: Mailbox, box: MailboxSettings, now: datetime) -> Iterator[Checked]:
    can = survey.capabilities(connection)
    missing = survey.missing_folders(connection)
    yield ok("mailbox", box.name, f"{place(box)}, logged in as {box.user}")
    if box.folder in missing:
        there = ", ".join(connection.folders())
        yield misconfigured("mailbox", box.name, f'folder: there is no "{box.folder}"', f"use one of {there}")
        return
    yield from _capabilities(box, can)
    for folder, letters in survey.missing_rights(connection).items():
        says = f'folder "{folder}": {box.user} may not {", ".join(_RIGHTS[letter] for letter in letters)}'
        yield outside("mailbox", box.name, says, "give the account that right on it")
    if missing:
        yield ok("mailbox", box.name, f"made at their first use: {', '.join(missing)}")
    before, since = connection.count_before_and_since()
    says = f"{since} messages received since {box.since} are for mailbot, {before} from before are left alone"
    yield ok("mailbox", box.name, says)
    yield clock(connection.newest_arrival(), now, box.name)


def _capabilities(box: MailboxSettings, can: frozenset[str]) -> Iterator[Checked]:
    if "IDLE" not in can:
        says = "the server has no IDLE: new mail is seen at the next poll"
        yield warning("mailbox", box.name, says, "worker.poll_seconds says how often that is")
    if (box.filed_folder or box.review_folder) and not can & {"MOVE", "UIDPLUS"}:
        says = "the server has neither MOVE nor UIDPLUS, so mail stays where it is"
        yield warning("mailbox", box.name, says, "empty filed_folder and review_folder")


def clock(newest: datetime | None, now: datetime, name: str) -> Checked:
    """Compares this machine's clock with a mail server's: a message that came in (``newest``) later than
    it is ``now`` (both aware) shows that the clock here is behind."""
    if newest and newest - now > CLOCK:
        minutes = (newest - now).total_seconds() / 60
        says = f"is {minutes:.0f} minutes behind the mail server's"
        return outside("clock", name, says, "set it, by systemd-timesyncd perhaps")
    return ok("clock", name, f"{now:%Y-%m-%d %H:%M:%S %Z}, not behind the mail server's")


def _greeted(ahead: timedelta) -> Checked:
    """Whether the clocks agree, where the server that takes mail greets with the time: the only sign of
    a clock that is ahead here."""
    if abs(ahead) <= CLOCK:
        return ok("clock", "smtp", "as the mail server's")
    minutes = abs(ahead).total_seconds() / 60
    says = f"is {minutes:.0f} minutes {'behind' if ahead > CLOCK else 'ahead of'} the mail server's"
    return outside("clock", "smtp", says, "set it, by systemd-timesyncd perhaps")


def smtp(settings: Settings) -> Iterator[Checked]:
    """Connects to the server that takes mail, and asks for each address that answers come from whether it
    may send; nothing is sent."""
    login = settings.smtp
    senders = dict.fromkeys(box.replies_from.email for box in settings.mailboxes)
    with Outbox(settings) as outbox:
        for sender in senders:
            try:
                refused = outbox.check(sender)
            except (MailServerTrouble, ConfigurationError) as error:
                yield of_error("smtp", place(login), error)
                return
            if refused:
                mend = "look whether that mailbox exists: participants answer to it"
                yield warning("smtp", place(login), refused, mend)
    who = f"logged in as {login.user}" if login.user else "without login"
    if outbox.ahead is not None:
        yield _greeted(outbox.ahead)
    yield ok("smtp", place(login), f"{who}, may send as {', '.join(senders)}; nothing was sent")
