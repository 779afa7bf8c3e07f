"""The mailbox against a real Dovecot."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mailbot.edge.mailbox import Cursor, Mailbox
from mailbot.settings import Settings
from tests.servers import configuration
from tests.servers.dovecot import Dovecot

MAIL = b"From: Jan <jan@damme.example>\r\nTo: in@example.org\r\nSubject: %s\r\n\r\nDag\r\n"


def configured(folder: Path, port: int, user: str, **more: object) -> Settings:
    since = date(2026, 9, 1)
    return configuration.load(
        folder, imap_port=port, smtp_port=1, user=user, since=since, organisations="# none", **more
    )


@pytest.fixture
def settings(tmp_path: Path, dovecot: Dovecot, imap_user: str) -> Settings:
    return configured(tmp_path, dovecot.port, imap_user)


def open_mailbox(settings: Settings) -> Mailbox:
    return Mailbox(settings.mailboxes[0], settings)


def subjects(mailbox: Mailbox, cursor: Cursor | None = None) -> list[bytes]:
    return [fetched.header.split(b"Subject: ")[1].split(b"\r\n")[0] for fetched in mailbox.new(cursor)]


def test_new_mail_comes_whole_with_the_servers_arrival_time(
    settings: Settings, dovecot: Dovecot, imap_user: str
) -> None:
    received = datetime(2026, 10, 20, 21, 59, 58, tzinfo=UTC)
    uid = dovecot.deliver(imap_user, MAIL % b"een", received)
    with open_mailbox(settings) as mailbox:
        (fetched,) = mailbox.new()
    assert (fetched.uid, fetched.raw, fetched.received) == (uid, MAIL % b"een", received)
    assert fetched.size == len(MAIL % b"een")
    assert fetched.header == b"".join((MAIL % b"een").partition(b"Subject: een\r\n")[:2])
