"""The demo's embedded servers."""

from __future__ import annotations

import gc
import imaplib
from datetime import UTC, datetime

from mailbot.demo import servers
from tests.patience import PATIENCE


def test_a_connection_outlives_the_garbage_collector() -> None:
    with servers.running("a@vereniging.example") as post:
        client = imaplib.IMAP4("127.0.0.1", post.imap_port, timeout=PATIENCE)
        for _ in range(3):
            gc.collect()
            assert client.noop()[0] == "OK"
        client.logout()


def test_arrival_times_are_kept() -> None:
    received = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    with servers.running("a@vereniging.example") as post:
        post.deliver([(b"Subject: x\r\n\r\nhoi\r\n", received)])
        with imaplib.IMAP4("127.0.0.1", post.imap_port, timeout=PATIENCE) as client:
            client.login(post.user, post.password)
            assert client.select()[1] == [b"1"]
            ((_, found),) = [client.fetch("1", "(INTERNALDATE)")]
    parsed = imaplib.Internaldate2tuple(found[0])
    assert parsed
    assert b"25-Oct-2026" in found[0]
