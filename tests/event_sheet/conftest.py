"""A town per test, on the session's Dovecot and an SMTP server of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.event_sheet.town import Town
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import Sink


@pytest.fixture
def town(tmp_path: Path, dovecot: Dovecot, smtp: Sink, imap_user: str) -> Town:
    """An installation with one open event."""
    made = Town(tmp_path, dovecot, smtp, imap_user)
    made.configure()
    made.event()
    return made
