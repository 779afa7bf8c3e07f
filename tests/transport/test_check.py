"""``mailbot check`` against real servers, good and bad."""

from __future__ import annotations

import json
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from rich.console import Console

from mailbot.cli.check import report
from mailbot.config.loader import load
from mailbot.config.settings import ConfigurationError, Settings
from mailbot.service.self_check import CheckState, check, installation, next_command
from mailbot.service.self_check.configuration import check as configuration_check
from tests.cli.conftest import in_process
from tests.servers import configuration, scripted_smtp
from tests.servers import dovecot as dovecot_server
from tests.servers import smtp as smtp_server
from tests.servers.dovecot import PASSWORD, Dovecot, free_ports
from tests.servers.postgresql import PostgreSQL
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
        status = report(check(settings, now), console, "mailbot run")
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
    assert mailbox.endswith("check host and port, or wait")
    assert "is an IMAP server" in way_out
    assert "write host and port of the SMTP server under [smtp]" in way_out
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
    assert "overleg: deadline: 2027-11-23 is after the start" in text
    assert f"chmod 640 {good.path('secrets/imap')}" in text


def test_a_copy_that_has_no_date_yet_is_told(good: Settings) -> None:
    kis = (good.events_dir / "overleg.toml").read_text().replace('"overleg"', '"volgend"')
    undated = "".join(
        line for line in kis.splitlines(True) if not line.startswith(("starts", "ends", "deadline"))
    )
    (good.events_dir / "volgend.toml").write_text(f"{undated}waits_for_date = true\n")
    status, text = tried(load(good.file))
    assert status == 0
    assert "volgend: starts: is not there yet: the copy takes no registrations" in text


def test_a_clock_that_runs_behind_is_told(good: Settings, dovecot: Dovecot, imap_user: str) -> None:
    dovecot.deliver(imap_user, b"Subject: x\r\n\r\n", NOW)
    status, text = tried(good, NOW - timedelta(minutes=10))
    assert status == 1
    assert "10 minutes behind" in text


@pytest.mark.parametrize(
    ("off", "told"),
    [
        (timedelta(minutes=-12), "is 12 minutes ahead of the mail server's"),
        (timedelta(minutes=12), "is 12 minutes behind the mail server's"),
        (timedelta(), "as the mail server's"),
    ],
)
def test_a_clock_beside_that_of_a_server_which_greets_with_the_time(
    tmp_path: Path, dovecot: Dovecot, imap_user: str, off: timedelta, told: str
) -> None:
    there = format_datetime(datetime.now(UTC) + off)
    greeting = f"220 mx.example.org Microsoft ESMTP MAIL Service ready at {there}"
    with scripted_smtp.playing({"GREETING": [greeting]}) as server:
        status, text = tried(settings_of(tmp_path, dovecot.port, server.port, imap_user))
    assert f"smtp: {told}" in text
    assert status == (1 if off else 0)


@pytest.mark.parametrize(
    ("off", "told"),
    [
        (timedelta(minutes=7), "is 7 minutes ahead of the database's"),
        (timedelta(minutes=-7), "is 7 minutes behind the database's"),
        (timedelta(), "as the database's"),
    ],
)
def test_a_clock_that_is_not_that_of_the_other_hosts_is_told(
    good: Settings, postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch, off: timedelta, told: str
) -> None:
    monkeypatch.setattr(installation.clock, "now", lambda: datetime.now(UTC) + off)
    status, text = tried(replace(good, store_url=postgresql.emptied()))
    assert f"ledger: {told}" in text
    assert status == (1 if off else 0)


def test_what_is_left_of_the_example_is_a_warning_and_check_is_ready_all_the_same(good: Settings) -> None:
    (good.events_dir / "voorbeeld.toml").write_text(EVENT.replace('"overleg"', '"voorbeeld"'))
    status, text = tried(load(good.file))
    assert status == 0
    assert "mailbox main.address: inschrijvingen@example.org is an example: write your own" in text
    assert "event          voorbeeld: is the example" in text
    assert re.search(r"ready, \d+ things to look at", text.splitlines()[-1])


def test_the_command_that_follows_starts_the_service_where_systemd_has_one(
    good: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert next_command(good).endswith("mailbot run")
    (tmp_path / "bin").mkdir()
    systemctl = tmp_path / "bin" / "systemctl"
    systemctl.write_text(f"#!/bin/sh\necho LoadState=loaded\necho Environment=MAILBOT_CONFIG={good.file}\n")
    systemctl.chmod(0o755)
    assert next_command(good) == "systemctl enable --now mailbot"


def test_days_that_cannot_be_meant_are_warned_of(good: Settings) -> None:
    event = good.events_dir / "overleg.toml"
    event.write_text(EVENT + "deadline = 2026-10-20\n")
    good.file.write_text(good.file.read_text().replace("since = 2026-09-01", "since = 2026-11-02"))
    status, text = tried(load(good.file))
    assert status == 0
    assert "main: since: 2026-11-02 is still to come" in text
    assert "overleg: deadline: 2026-10-20 is past" in text


def test_an_empty_workbook_dir_is_a_warning(good: Settings) -> None:
    good.file.write_text(good.file.read_text().replace('"../workbooks"', '""'))
    status, text = tried(load(good.file))
    assert status == 0
    assert "workbook_dir: is empty" in text


def test_organisations_listed_twice_are_an_error(good: Settings) -> None:
    listed = '[[organisation]]\nname = "Damme"\n' * 2
    (good.file.parent / "organisations.toml").write_text(listed)
    with pytest.raises(ConfigurationError, match='"Damme" is there twice'):
        load(good.file)
    listed = '[[organisation]]\nname = "Damme"\n[lists]\nwest = ["Damme", "Damme"]\n'
    (good.file.parent / "organisations.toml").write_text(listed)
    with pytest.raises(ConfigurationError, match=r'lists.west: "Damme" is there twice'):
        load(good.file)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_server_that_wants_a_login_is_found_before_the_first_mail(
    tmp_path: Path, dovecot: Dovecot, imap_user: str
) -> None:
    with smtp_server.running(tmp_path / "smtp", login=True) as sink:
        status, text = tried(settings_of(tmp_path, dovecot.port, sink.port, imap_user))
    assert status == 1
    assert "refuses inschrijvingen@example.org as sender (530" in text
    assert "write user and password_file under [smtp]" in text


def test_a_sender_that_may_not_send_is_found(good: Settings, smtp: Sink) -> None:
    smtp.refuse_sender = True
    assert tried(good)[0] == 1
    smtp.refuse_sender = False
    smtp.refuse.add("inschrijvingen@example.org")  # as Postfix refuses who did not log in: at RCPT
    status, text = tried(good)
    assert status == 1
    assert "it may want a login" in text
    assert smtp.raw() == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_as_another_user_than_the_services_nothing_is_tried_and_nothing_written(good: Settings) -> None:
    good.state_dir.mkdir(parents=True)
    os.chown(good.state_dir, pwd.getpwnam("nobody").pw_uid, -1)
    status, text = tried(good)
    assert status == 2
    assert "runuser -u nobody -- " in text
    assert f"check --config {good.file}" in text
    assert list(good.state_dir.iterdir()) == []
    assert "logged in" not in text


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_file_of_another_user_in_the_state_folder_is_a_fault(good: Settings) -> None:
    good.state_dir.mkdir(parents=True)
    (good.state_dir / "refresh-token-1").write_text("x")
    os.chown(good.state_dir / "refresh-token-1", pwd.getpwnam("nobody").pw_uid, -1)
    status, text = tried(good)
    assert status == 2
    assert f"chown -R --reference={good.state_dir} {good.state_dir}" in text


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_workbook_of_before_its_folder_was_shared_is_warned_of(good: Settings) -> None:
    folder = good.workbook_dir
    folder.mkdir()
    (folder / "overleg.xlsx").write_bytes(b"x")
    assert "of another group" not in tried(good)[1]
    os.chown(folder, -1, pwd.getpwnam("nobody").pw_gid)
    folder.chmod(0o2770)
    status, text = tried(good)
    assert status == 0
    assert "overleg.xlsx: of another group than the folder" in text
    assert f"chgrp -R --reference={folder} {folder}" in text


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1.5 MB of its own, which only root can mount."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", disk], capture_output=True
    ).returncode:
        pytest.skip("only root can mount")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


def on(disk: Path, settings: Settings) -> Settings:
    """The same installation with its ledger and workbooks on another disk."""
    text = settings.file.read_text()
    for folder in ("workbooks", "state"):
        text = text.replace(f'"../{folder}"', f'"{disk / folder}"')
    settings.file.write_text(text + f'[store]\nurl = "sqlite:///{disk}/state/mailbot.db"\n')
    return load(settings.file)


def test_a_full_disk_is_a_fault_with_its_mend_and_without_its_number(
    good: Settings, small_disk: Path
) -> None:
    settings = on(small_disk, good)
    assert tried(settings)[0] == 0
    (small_disk / "vol").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 8192))
    status, text = tried(settings)
    assert status == 1
    assert f"cannot write in {settings.workbook_dir}: the disk is full: free some space" in text
    for words in (("run", "--once"), ("status",), ("check",)):
        done = in_process(*words, "--config", str(settings.file))
        assert "Errno" not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_a_read_only_file_system_is_a_fault_with_its_mend(good: Settings, small_disk: Path) -> None:
    settings = on(small_disk, good)
    assert tried(settings)[0] == 0
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    status, text = tried(settings)
    assert status == 1
    assert f"cannot write in {settings.workbook_dir}: the file system is read-only: mount it writable" in text
    ledger = next(line for line in text.splitlines() if "✗ ledger" in line)
    assert "read-only" in ledger
    done = in_process("run", "--once", "--config", str(settings.file))
    assert done.returncode == 1
    assert "Errno" not in done.stderr


def test_a_unit_that_forbids_a_folder_is_told_with_the_line_that_allows_it(good: Settings) -> None:
    unit = installation.unit_of(
        {
            "LoadState": "loaded",
            "User": "root",
            "Environment": "MAILBOT_CONFIG=/etc/mailbot/ander.toml PYTHONUNBUFFERED=1",
            "ProtectSystem": "strict",
            "ReadWritePaths": "-/srv/mailbot",
            "StateDirectory": "mailbot",
        }
    )
    assert unit is not None
    assert unit.config == Path("/etc/mailbot/ander.toml")  # another configuration's unit says nothing here
    assert unit.writable == (Path("/srv/mailbot"), Path("/var/lib/mailbot"))
    found = {one.subject: one for one in installation.check(good, unit, NOW) if one.check == "folder"}
    assert f"ReadWritePaths={good.workbook_dir}" in found["workbook_dir"].mend
    assert "form of her own" in found["forms_dir"].says
    assert f"ReadWritePaths={good.forms_dir}" in found["forms_dir"].mend
    assert installation.unit_of({"LoadState": "not-found"}) is None


def test_check_json_has_a_row_for_each_thing_tried(good: Settings) -> None:
    good.path("secrets/imap").write_text("fout")
    done = in_process("check", "--json", "--config", str(good.file))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert all(list(row) == ["check", "subject", "state", "says", "mend"] for row in rows)
    [fault] = [row for row in rows if row["state"] == "fault"]
    assert (fault["check"], fault["subject"]) == ("mailbox", "main")
    assert "refuses the login" in fault["says"]
    assert fault["mend"]
    good.file.write_text(good.file.read_text() + "\nonzin = 1\n")
    done = in_process("check", "--json", "--config", str(good.file))
    assert done.returncode == 2
    assert [json.loads(line)["state"] for line in done.stdout.splitlines()] == ["fault"]


def test_a_folder_that_is_gone_is_told_by_run_and_status_with_those_that_are_there(
    tmp_path: Path, dovecot: Dovecot, smtp: Sink, imap_user: str
) -> None:
    with dovecot.client(imap_user) as client:
        client.create_folder("Inschrijvingen")
    settings = settings_of(tmp_path, dovecot.port, smtp.port, imap_user, mailbox='folder = "Weg"')
    assert in_process("run", "--once", "--config", str(settings.file)).returncode == 1
    said = in_process("status", "--config", str(settings.file)).stdout
    assert 'there is no folder "Weg": use one of INBOX, Inschrijvingen' in said


@pytest.mark.parametrize(
    ("line", "said"),
    [("", "secret_expires: is not there"), ("secret_expires = 2026-11-20", "ends on 2026-11-20")],
)
def test_the_end_of_a_client_secret_is_asked_for_and_told(good: Settings, line: str, said: str) -> None:
    text = good.file.read_text().replace('password_file = "secrets/imap"\n', "")
    oauth2 = (
        '[mailbox.oauth2]\ntoken_url = "https://login.microsoftonline.com/x/token"\nclient_id = "x"\n'
        f'client_secret_file = "secrets/client"\n{line}\n[smtp]'
    )
    good.file.write_text(text.replace("[smtp]", oauth2))
    found = list(configuration_check(load(good.file), NOW))
    assert [one.state for one in found if said in one.says] == [CheckState.WARNING]


ACL = {
    (2, 3): "mail_plugins = acl\nprotocol imap {{\n  mail_plugins = acl imap_acl\n}}\n"
    "plugin {{\n  acl = vfile:{file}\n}}",
    (
        2,
        4,
    ): "mail_plugins {{\n  acl = yes\n}}\nprotocol imap {{\n  mail_plugins {{\n    imap_acl = yes\n  }}\n}}\n"
    "acl_driver = vfile\nacl_global_path = {file}",
}


def test_a_folder_without_rights_is_a_fault(tmp_path: Path, smtp: Sink, imap_user: str) -> None:
    rights = Path(tempfile.mkdtemp(prefix="acl-", dir="/tmp"))  # pytest's own is closed to Dovecot's user
    rights.chmod(0o755)
    (rights / "acl").write_text("Verwerkt owner lr\nINBOX owner lrwstipekxa\n")
    extra = ACL[dovecot_server.version()[:2]].format(file=rights / "acl")
    try:
        with dovecot_server.running(extra=extra) as server:
            with server.client(imap_user) as client:
                client.create_folder("Verwerkt")
            settings = settings_of(
                tmp_path, server.port, smtp.port, imap_user, mailbox='filed_folder = "Verwerkt"'
            )
            status, text = tried(settings)
    finally:
        shutil.rmtree(rights)
    assert status == 1
    assert f'folder "Verwerkt": {imap_user} may not put mail into it' in text
    assert 'folder "INBOX"' not in text
