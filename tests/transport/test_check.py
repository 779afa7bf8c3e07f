"""``mailbot check`` against real servers, good and bad."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from mailbot.config.loader import load
from mailbot.config.settings import Settings
from mailbot.service.self_check import check, report
from tests.servers import configuration
from tests.servers.dovecot import PASSWORD, Dovecot, free_ports
from tests.servers.smtp import Sink

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
EVENT = 'id = "overleg"\ntitle = "Overleg"\nform = "kennisplatform"\nstarts = 2026-12-03T14:00:00\n'
SECRETARIAT = '[secretariat]\naddress = "secretariaat@example.org"\n'


@pytest.fixture
def good(tmp_path: Path, dovecot: Dovecot, smtp: Sink, imap_user: str) -> Settings:
    return settings_of(tmp_path, dovecot.port, smtp.port, imap_user)


def settings_of(folder: Path, imap_port: int, smtp_port: int, user: str, **more: object) -> Settings:
    events = folder / "config/events"
    events.mkdir(parents=True)
    (events / "overleg.toml").write_text(EVENT)
    return configuration.load(
        folder,
        imap_port=imap_port,
        smtp_port=smtp_port,
        user=user,
        since=date(2026, 9, 1),
        organisations="# none",
        rest=SECRETARIAT,
        **more,
    )


def tried(settings: Settings, now: datetime = NOW) -> tuple[int, str]:
    """The exit status and all that was printed."""
    console = Console(width=300, record=True, quiet=False, file=Path("/dev/null").open("w"))  # noqa: SIM115
    with console.file:
        status = report(check(settings, now), console)
        return status, console.export_text()


def test_all_good_is_0_and_says_how_many_messages_lie_on_either_side_of_since(
    good: Settings, dovecot: Dovecot, imap_user: str
) -> None:
    for day in (date(2026, 8, 30), date(2026, 9, 1), date(2026, 9, 2)):
        dovecot.deliver(
            imap_user, b"Subject: x\r\n\r\n", datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        )
    status, text = tried(good)
    assert status == 0
    assert "2 messages received since 2026-09-01 are for mailbot, 1 from before" in text
    assert "overleg" in text
    assert "✗" not in text


def test_checking_sends_nothing_and_makes_no_folder_in_the_mailbox(
    tmp_path: Path, dovecot: Dovecot, smtp: Sink, imap_user: str
) -> None:
    lines = 'filed_folder = "Verwerkt"\nsent_folder = "Verzonden"'
    status, text = tried(settings_of(tmp_path, dovecot.port, smtp.port, imap_user, mailbox=lines))
    assert (status, smtp.raw()) == (0, [])
    assert "made at their first use: Verwerkt, Verzonden" in text
    with dovecot.client(imap_user) as client:
        assert [name for _, _, name in client.list_folders()] == ["INBOX"]


def test_a_server_that_is_down_is_1_and_the_rest_is_tried_all_the_same(
    tmp_path: Path, smtp: Sink, imap_user: str
) -> None:
    (port,) = free_ports(1)
    status, text = tried(settings_of(tmp_path, port, smtp.port, imap_user))
    assert status == 1
    assert f"127.0.0.1:{port}: nothing listens there: check host and port" in text
    assert "nothing was sent" in text


def test_a_port_of_another_protocol_is_told_as_what_answered_there(
    tmp_path: Path, dovecot: Dovecot, smtp: Sink, imap_user: str
) -> None:
    status, text = tried(settings_of(tmp_path, smtp.port, dovecot.port, imap_user))
    assert status == 1
    mailbox, way_out = (line for line in text.splitlines() if "✗" in line and "127.0.0.1" in line)
    assert "220 " in mailbox
    assert "IMAP4rev1" in way_out
    assert mailbox.endswith("check host and port, or wait")
    assert way_out.endswith("check host and port, or wait")
    assert "b'" not in text  # no Python in what people read


def test_a_missing_secret_is_2_and_names_the_file(good: Settings) -> None:
    good.path("secrets/imap").unlink()
    status, text = tried(good)
    assert status == 2
    assert "password_file: cannot read" in text


def test_a_wrong_password_is_told_without_it(good: Settings) -> None:
    good.path("secrets/imap").write_text(PASSWORD + "x")
    status, text = tried(good)
    assert status == 1
    assert "refuses the login" in text
    assert PASSWORD not in text


def test_a_folder_that_is_not_there_names_those_that_are(
    tmp_path: Path, dovecot: Dovecot, smtp: Sink, imap_user: str
) -> None:
    with dovecot.client(imap_user) as client:
        client.create_folder("Inschrijvingen")
    settings = settings_of(tmp_path, dovecot.port, smtp.port, imap_user, mailbox='folder = "Inschrijvng"')
    status, text = tried(settings)
    assert status == 2
    assert 'there is no "Inschrijvng": use one of INBOX, Inschrijvingen' in text


def test_a_workbook_folder_that_cannot_be_made_says_so(good: Settings) -> None:
    good.workbook_dir.write_text("een bestand, geen map")
    status, text = tried(good)
    assert status == 1
    assert "workbook_dir: cannot write in" in text


def test_a_ledger_that_is_none_is_told_in_its_line(good: Settings) -> None:
    good.state_dir.mkdir()
    Path(good.store_url.removeprefix("sqlite:///")).write_text("geen databank, al heet het zo" * 100)
    status, text = tried(good)
    assert status == 1
    assert "file is not a database: check store.url" in text


def test_a_template_of_ones_own_that_cannot_be_used_is_2_and_names_its_line(good: Settings) -> None:
    own = good.templates_dir / "nl" / "registered.j2"
    own.parent.mkdir(parents=True)
    own.write_text("goed\n{% if niet goed %}\n")
    status, text = tried(good)
    assert status == 2
    assert f"{own}: line 2: " in text


def test_what_is_allowed_but_hardly_meant_is_remarked(good: Settings) -> None:
    good.path("secrets/imap").chmod(0o644)
    (good.events_dir / "vergeten.toml.txt").write_text(EVENT)
    kis = good.events_dir / "overleg.toml"
    kis.write_text(kis.read_text() + "deadline = 2027-11-23\n")
    status, text = tried(load(good.file))
    assert status == 0
    assert "chmod 700" not in text + tried(load(good.file))[1]
    good.state_dir.chmod(0o755)
    good.file.write_text(f'forwarders = ["griet@elders.example"]\n{good.file.read_text()}')
    status, open_ = tried(load(good.file))
    assert status == 0
    assert f"chmod 700 {good.state_dir}" in open_
    assert "forwarders: whoever claims such an address is believed" in open_
    assert "vergeten.toml.txt: is not read: let its name end in .toml" in text
    assert "event overleg: deadline: 2027-11-23 is after the start" in text
    assert f"chmod 640 {good.path('secrets/imap')}" in text


def test_a_clock_that_runs_behind_is_told(good: Settings, dovecot: Dovecot, imap_user: str) -> None:
    dovecot.deliver(imap_user, b"Subject: x\r\n\r\n", NOW)
    status, text = tried(good, NOW - timedelta(minutes=10))
    assert status == 1
    assert "10 minutes behind" in text
