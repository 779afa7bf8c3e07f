"""The outbox against a real SMTP server."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.edge.outbox import Fate, Outbox
from mailbot.settings import Settings
from tests.servers import configuration
from tests.servers.smtp import Sink

RAW = b"From: a@example.org\r\nTo: jan@damme.example\r\nSubject: dag\r\n\r\n.punt\r\nDag\r\n"


def configured(folder: Path, port: int, **more: object) -> Settings:
    return configuration.load(
        folder, imap_port=1, smtp_port=port, user="a@example.org", organisations="# none", **more
    )


@pytest.fixture
def outbox(tmp_path: Path, smtp: Sink) -> Outbox:
    return Outbox(configured(tmp_path, smtp.port))


def test_a_mail_arrives_as_it_was_written(outbox: Outbox, smtp: Sink) -> None:
    with outbox:
        assert outbox.hand("a@example.org", "jan@damme.example", RAW).fate is Fate.SENT
    (raw,) = smtp.raw()
    assert raw.endswith(RAW)


def test_one_connection_serves_all_mails(outbox: Outbox, smtp: Sink) -> None:
    with outbox:
        for number in range(5):
            assert outbox.hand("a@example.org", f"p{number}@damme.example", RAW).fate is Fate.SENT
    assert (len(smtp.raw()), smtp.connections) == (5, 1)
