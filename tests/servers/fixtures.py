"""The servers as pytest fixtures: one Dovecot and one PostgreSQL per test session, one
SMTP server per test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import dovecot as dovecot_server
from tests.servers import postgresql as postgresql_server
from tests.servers import proxy as proxy_server
from tests.servers import smtp as smtp_server

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[dovecot_server.Dovecot]:
    """A private Dovecot; every test takes a user of its own (``imap_user``)."""
    if not dovecot_server.installed():
        pytest.fail("Dovecot is needed: apt-get install dovecot-imapd (make test does it when root)")
    with dovecot_server.running() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgresql_server.PostgreSQL]:
    """One private cluster per test session."""
    if postgresql_server.binaries() is None:
        pytest.fail("PostgreSQL is needed: apt-get install postgresql (make test does it when root)")
    with postgresql_server.running() as cluster:
        yield cluster


@pytest.fixture
def imap_user() -> str:
    """A user nobody else has: an empty mailbox."""
    return f"gebruiker{next(_numbers)}@example.org"


@pytest.fixture
def smtp(tmp_path: Path) -> Iterator[smtp_server.Sink]:
    """An SMTP server without login that keeps what it takes."""
    with smtp_server.running(tmp_path / "smtp") as sink:
        yield sink


@pytest.fixture
def imap_proxy(dovecot: dovecot_server.Dovecot) -> Iterator[proxy_server.Proxy]:
    """A proxy before the Dovecot that can cut connections."""
    with proxy_server.running(dovecot.port) as proxy:
        yield proxy
