"""The mailbox against a real Dovecot."""

from __future__ import annotations

import socket
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.config import loader
from mailbot.config.settings import ConfigurationError, Settings
from mailbot.transport.connection import MailServerTrouble, backoff
from mailbot.transport.imap import Cursor, Fetched, Mailbox, survey
from tests.servers import configuration
from tests.servers import dovecot as dovecot_server
from tests.servers.dovecot import Dovecot
from tests.servers.proxy import Proxy

MAIL = b"From: Jan <jan@damme.example>\r\nTo: in@example.org\r\nSubject: %s\r\n\r\nDag\r\n"
DAY = datetime(2026, 10, 20, 10, tzinfo=UTC)


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


def subject(fetched: Fetched) -> str:
    return fetched.header.split(b"Subject: ")[1].split(b"\r\n")[0].decode()


def subjects(mailbox: Mailbox, cursor: Cursor | None = None) -> list[str]:
    return [subject(fetched) for fetched in mailbox.new(cursor)]


def in_folder(dovecot: Dovecot, user: str, folder: str) -> list[str]:
    """The subjects in a folder, as another client sees them."""
    with dovecot.client(user) as client:
        client.select_folder(folder, readonly=True)
        found = client.fetch(client.search(), ["BODY.PEEK[HEADER.FIELDS (SUBJECT)]"])
    return [fact[b"BODY[HEADER.FIELDS (SUBJECT)]"].decode().strip()[9:] for _, fact in sorted(found.items())]


# ---------------------------------------------------------------- what is new


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


def test_the_arrival_time_keeps_its_instant_whatever_zone_the_server_writes_it_in(
    settings: Settings, dovecot: Dovecot, imap_user: str
) -> None:
    received = datetime.fromisoformat("2026-10-25T02:30:00+02:00")  # the hour that comes twice
    dovecot.deliver(imap_user, MAIL % b"een", received)
    with open_mailbox(settings) as mailbox:
        (fetched,) = mailbox.new()
    assert fetched.received == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_reading_leaves_unread_mail_unread(settings: Settings, dovecot: Dovecot, imap_user: str) -> None:
    uid = dovecot.deliver(imap_user, MAIL % b"een", DAY)
    with open_mailbox(settings) as mailbox:
        list(mailbox.new())
    with dovecot.client(imap_user) as client:
        client.select_folder("INBOX", readonly=True)
        assert rb"\Seen" not in client.get_flags([uid])[uid]


def test_read_mail_is_new_all_the_same(settings: Settings, dovecot: Dovecot, imap_user: str) -> None:
    with dovecot.client(imap_user) as client:
        client.append("INBOX", MAIL % b"gelezen", (rb"\Seen",), DAY)
    with open_mailbox(settings) as mailbox:
        assert subjects(mailbox) == ["gelezen"]


def test_the_last_mail_met_is_not_given_again(settings: Settings, dovecot: Dovecot, imap_user: str) -> None:
    dovecot.deliver(imap_user, MAIL % b"een", DAY)
    with open_mailbox(settings) as mailbox:
        (first,) = mailbox.new()
        assert subjects(mailbox, first.cursor) == []
        dovecot.deliver(imap_user, MAIL % b"twee", DAY)
        assert subjects(mailbox, first.cursor) == ["twee"]


def test_more_than_one_batch_comes_in_order_and_complete(
    settings: Settings, dovecot: Dovecot, imap_user: str
) -> None:
    with dovecot.client(imap_user) as client:
        for number in range(123):
            client.append("INBOX", MAIL % b"%d" % number, (), DAY)
    with open_mailbox(settings) as mailbox:
        assert subjects(mailbox) == [str(number) for number in range(123)]


def test_a_mail_that_vanishes_while_reading_is_passed_over(
    settings: Settings, dovecot: Dovecot, imap_user: str
) -> None:
    uids = [dovecot.deliver(imap_user, MAIL % b"%d" % number, DAY) for number in range(60)]
    with open_mailbox(settings) as mailbox:
        reading = mailbox.new()
        assert subject(next(reading)) == "0"
        with dovecot.client(imap_user) as client:
            client.select_folder("INBOX")
            client.delete_messages(uids[55:58])
            client.expunge()
        rest = [subject(fetched) for fetched in reading]
    assert rest == [str(number) for number in range(1, 60) if number not in (55, 56, 57)]


def test_another_uidvalidity_gives_every_mail_again(
    settings: Settings, dovecot: Dovecot, imap_user: str
) -> None:
    dovecot.deliver(imap_user, MAIL % b"een", DAY)
    with open_mailbox(settings) as mailbox:
        (first,) = mailbox.new()
        assert subjects(mailbox, Cursor(first.uidvalidity + 1, 99)) == ["een"]


def test_a_mailbox_rebuilt_on_the_server_shows_another_uidvalidity(
    tmp_path: Path, dovecot: Dovecot, imap_user: str
) -> None:
    settings = configured(tmp_path, dovecot.port, imap_user, mailbox='folder = "Inschrijvingen"')
    with dovecot.client(imap_user) as client:
        client.create_folder("Inschrijvingen")
    dovecot.deliver(imap_user, MAIL % b"een", DAY, "Inschrijvingen")
    with open_mailbox(settings) as mailbox:
        (first,) = mailbox.new()
    with dovecot.client(imap_user) as client:
        client.delete_folder("Inschrijvingen")
        time.sleep(1.1)  # a UIDVALIDITY is the second in which the folder was made
        client.create_folder("Inschrijvingen")
    dovecot.deliver(imap_user, MAIL % b"een", DAY, "Inschrijvingen")
    with open_mailbox(settings) as mailbox:
        assert mailbox.uidvalidity() != first.uidvalidity
        assert subjects(mailbox, first.cursor) == ["een"]


def test_since_is_a_day_in_the_configured_zone(settings: Settings, dovecot: Dovecot, imap_user: str) -> None:
    midnight = datetime.fromisoformat("2026-09-01T00:00:00+02:00")
    dovecot.deliver(imap_user, MAIL % b"voor", midnight - timedelta(seconds=1))
    dovecot.deliver(imap_user, MAIL % b"na", midnight)
    dovecot.deliver(imap_user, MAIL % b"oud", midnight - timedelta(days=400))
    with open_mailbox(settings) as mailbox:
        assert subjects(mailbox) == ["na"]
        assert mailbox.count_before_and_since() == (2, 1)


def test_a_mail_over_the_limit_gives_its_header_alone(
    tmp_path: Path, dovecot: Dovecot, imap_user: str
) -> None:
    settings = configured(tmp_path, dovecot.port, imap_user, rest="[limits]\nmessage_mb = 1")
    large = MAIL % b"groot" + b"x" * 70 * 15000 + b"\r\n"
    dovecot.deliver(imap_user, large, DAY)
    dovecot.deliver(imap_user, MAIL % b"klein", DAY)
    with open_mailbox(settings) as mailbox:
        first, second = mailbox.new()
    assert (first.raw, subject(first), first.size) == (None, "groot", len(large))
    assert second.raw == MAIL % b"klein"


def test_a_mail_without_header_or_body_is_given_as_it_is(
    settings: Settings, dovecot: Dovecot, imap_user: str
) -> None:
    dovecot.deliver(imap_user, b"\r\n", DAY)
    dovecot.deliver(imap_user, b"zomaar tekst zonder kop", DAY)
    with open_mailbox(settings) as mailbox:
        assert len(list(mailbox.new())) == 2


# ---------------------------------------------------------------- filing


def test_filing_moves_the_mail_into_a_folder_that_it_makes(
    settings: Settings, dovecot: Dovecot, imap_user: str
) -> None:
    uids = [dovecot.deliver(imap_user, MAIL % name, DAY) for name in (b"een", b"twee", b"drie")]
    with open_mailbox(settings) as mailbox:
        assert mailbox.file(uids[:2], "Verwerkt/Oké & meer", mailbox.uidvalidity())
        assert "Verwerkt/Oké & meer" in mailbox.folders()
    assert in_folder(dovecot, imap_user, "Verwerkt/Oké & meer") == ["een", "twee"]
    assert in_folder(dovecot, imap_user, "INBOX") == ["drie"]


def test_filing_twice_is_harmless(settings: Settings, dovecot: Dovecot, imap_user: str) -> None:
    uid = dovecot.deliver(imap_user, MAIL % b"een", DAY)
    with open_mailbox(settings) as mailbox:
        assert mailbox.file([uid], "Verwerkt", mailbox.uidvalidity())
        assert mailbox.file([uid], "Verwerkt", mailbox.uidvalidity())
    assert in_folder(dovecot, imap_user, "Verwerkt") == ["een"]


def test_uids_of_another_uidvalidity_move_nothing(
    settings: Settings, dovecot: Dovecot, imap_user: str
) -> None:
    uid = dovecot.deliver(imap_user, MAIL % b"een", DAY)
    with open_mailbox(settings) as mailbox:
        assert not mailbox.file([uid], "Verwerkt", mailbox.uidvalidity() + 1)
    assert in_folder(dovecot, imap_user, "INBOX") == ["een"]


CAPABILITIES = "IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE NAMESPACE UNSELECT CHILDREN"


@pytest.mark.parametrize(("capabilities", "moved"), [("UIDPLUS", True), ("", False)])
def test_without_move_nobody_elses_deletions_are_expunged(
    tmp_path: Path, imap_user: str, capabilities: str, moved: bool
) -> None:
    extra = f"imap_capability = {CAPABILITIES} {capabilities}"
    with dovecot_server.running(extra=extra) as server:
        settings = configured(tmp_path, server.port, imap_user)
        with server.client(imap_user) as client:
            for name in (b"weg", b"een"):
                client.append("INBOX", MAIL % name, (), DAY)
            client.select_folder("INBOX")
            client.add_flags([1], [rb"\Deleted"])  # by a person, in Outlook
        with open_mailbox(settings) as mailbox:
            assert mailbox.file([2], "Verwerkt", mailbox.uidvalidity()) is moved
        assert in_folder(server, imap_user, "INBOX") == (["weg"] if moved else ["weg", "een"])


def test_folders_follow_the_servers_prefix_and_delimiter(tmp_path: Path, imap_user: str) -> None:
    with dovecot_server.running(separator=".", prefix="INBOX.") as server:
        settings = configured(
            tmp_path, server.port, imap_user, mailbox='filed_folder = "Verwerkt/Najaar"\nsent_folder = "Sent"'
        )
        uid = server.deliver(imap_user, MAIL % b"een", DAY)
        with open_mailbox(settings) as mailbox:
            assert survey.missing_folders(mailbox) == ("Verwerkt/Najaar", "Sent")
            assert mailbox.file([uid], "Verwerkt/Najaar", mailbox.uidvalidity())
            mailbox.append_sent(MAIL % b"antwoord", DAY)
            assert survey.missing_folders(mailbox) == ()
        assert in_folder(server, imap_user, "INBOX.Verwerkt.Najaar") == ["een"]
        assert in_folder(server, imap_user, "INBOX.Sent") == ["antwoord"]


def test_a_copy_of_what_was_sent_is_marked_as_read(tmp_path: Path, dovecot: Dovecot, imap_user: str) -> None:
    settings = configured(tmp_path, dovecot.port, imap_user, mailbox='sent_folder = "Verzonden"')
    with open_mailbox(settings) as mailbox:
        mailbox.append_sent(MAIL % b"antwoord", DAY)
    with dovecot.client(imap_user) as client:
        client.select_folder("Verzonden", readonly=True)
        assert client.get_flags([1])[1] == (rb"\Seen", rb"\Recent")


def test_a_read_only_mailbox_changes_nothing(settings: Settings, dovecot: Dovecot, imap_user: str) -> None:
    uid = dovecot.deliver(imap_user, MAIL % b"een", DAY)
    with Mailbox(settings.mailboxes[0], settings, read_only=True) as mailbox:
        assert subjects(mailbox) == ["een"]
        assert not mailbox.file([uid], "Verwerkt", mailbox.uidvalidity())
    assert in_folder(dovecot, imap_user, "INBOX") == ["een"]


# ---------------------------------------------------------------- waking


def watched(
    mailbox: Mailbox, stop: threading.Event, renew: float = 540
) -> tuple[threading.Thread, list[str]]:
    """A thread that watches and, at each wake, looks with a connection of its own."""
    seen: list[str] = []
    looker = Mailbox(mailbox.mailbox, mailbox._settings)

    def wake() -> None:
        seen[:] = subjects(looker)
        ready.set()

    def run() -> None:
        mailbox.watch(wake, stop, renew=renew)
        mailbox.close()
        looker.close()

    ready = threading.Event()
    thread = threading.Thread(target=run)
    thread.start()
    assert ready.wait(10)
    return thread, seen


def until(condition: object, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():  # type: ignore[operator]  # a lambda
            return True
        time.sleep(0.02)
    return False


def test_idle_wakes_for_mail_that_comes(settings: Settings, dovecot: Dovecot, imap_user: str) -> None:
    stop = threading.Event()
    thread, seen = watched(open_mailbox(settings), stop)
    try:
        for number in range(3):
            dovecot.deliver(imap_user, MAIL % b"%d" % number, DAY)
            assert until(lambda: len(seen) > number)  # noqa: B023  used within the turn
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


def test_a_renewed_idle_misses_nothing(settings: Settings, dovecot: Dovecot, imap_user: str) -> None:
    stop = threading.Event()
    thread, seen = watched(open_mailbox(settings), stop, renew=1)
    try:
        time.sleep(2.2)  # more than one renewal
        dovecot.deliver(imap_user, MAIL % b"een", DAY)
        assert until(lambda: seen == ["een"])
    finally:
        stop.set()
        thread.join(10)


def test_a_bye_while_idle_is_a_trouble(settings: Settings, dovecot: Dovecot, imap_user: str) -> None:
    woken = threading.Event()
    with open_mailbox(settings) as mailbox:
        killer = threading.Thread(target=lambda: woken.wait(10) and dovecot.kick(imap_user))
        killer.start()
        with pytest.raises(MailServerTrouble, match=r"closed the connection|connection broke"):
            mailbox.watch(woken.set, threading.Event())
        killer.join()


# ---------------------------------------------------------------- trouble


def test_after_a_bye_the_next_call_connects_anew(
    settings: Settings, dovecot: Dovecot, imap_user: str
) -> None:
    dovecot.deliver(imap_user, MAIL % b"een", DAY)
    with open_mailbox(settings) as mailbox:
        assert subjects(mailbox) == ["een"]
        dovecot.kick(imap_user)
        with pytest.raises(MailServerTrouble):
            subjects(mailbox)
        assert subjects(mailbox) == ["een"]


def a_round(mailbox: Mailbox, cursor: Cursor | None, taken: list[str]) -> Cursor | None:
    """All that the worker does with a mailbox, in its order."""
    for fetched in mailbox.new(cursor):
        taken.append(subject(fetched))
        cursor = fetched.cursor
    if cursor:
        mailbox.file(list(range(1, cursor.uid + 1)), "Verwerkt", cursor.uidvalidity)
    mailbox.append_sent(MAIL % b"antwoord", DAY)
    return cursor


@pytest.mark.parametrize("after", [False, True], ids=["command-lost", "answer-lost"])
def test_a_cut_at_any_command_loses_and_repeats_nothing(
    tmp_path: Path, dovecot: Dovecot, imap_proxy: Proxy, after: bool
) -> None:
    def attempt(cut_at: int) -> bool:
        """One life with a cut at the n-th command; whether the cut was reached."""
        user = f"cut{cut_at}{after}@example.org"
        for name in (b"een", b"twee"):
            dovecot.deliver(user, MAIL % name, DAY)
        settings = configured(
            tmp_path / str(cut_at), imap_proxy.port, user, mailbox='sent_folder = "Verzonden"'
        )
        imap_proxy.reset(cut_at, after=after)
        taken: list[str] = []
        cursor: Cursor | None = None
        with open_mailbox(settings) as mailbox:
            try:
                a_round(mailbox, cursor, taken)
                reached = False
            except MailServerTrouble as trouble:
                reached = True
                assert "\n" not in str(trouble) and dovecot_server.PASSWORD not in str(trouble)
                assert {*subjects(mailbox), *in_filed(user)} == {"een", "twee"}
                a_round(mailbox, None, taken)
        assert in_filed(user) == ["een", "twee"]
        assert in_folder(dovecot, user, "INBOX") == []
        return reached

    def in_filed(user: str) -> list[str]:
        with dovecot.client(user) as client:
            if not client.folder_exists("Verwerkt"):
                return []
        return in_folder(dovecot, user, "Verwerkt")

    commands = next(cut_at for cut_at in range(1, 100) if not attempt(cut_at)) - 1
    assert commands > 10  # login, select, search, fetches, move, append


def test_a_wrong_password_is_told_without_it(tmp_path: Path, dovecot: Dovecot, imap_user: str) -> None:
    settings = configured(tmp_path, dovecot.port, imap_user)
    settings.path("secrets/imap").write_text("helemaal-fout")
    with pytest.raises(MailServerTrouble, match=f"refuses the login of {imap_user}") as trouble:
        open_mailbox(settings).folders()
    assert "helemaal-fout" not in repr(trouble.value) + str(trouble.value)


def test_a_missing_password_file_is_a_configuration_error(settings: Settings) -> None:
    settings.path("secrets/imap").unlink()
    with pytest.raises(ConfigurationError, match="password_file: cannot read"):
        open_mailbox(settings).folders()


def test_a_password_with_accents_logs_in(tmp_path: Path, imap_user: str) -> None:
    with dovecot_server.running(password="één-geheim€") as server:
        settings = configured(tmp_path, server.port, imap_user)
        settings.path("secrets/imap").write_text("één-geheim€")
        with open_mailbox(settings) as mailbox:
            assert "INBOX" in mailbox.folders()


@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
def test_a_server_that_says_nothing_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, imap_user: str, security: str
) -> None:
    monkeypatch.setattr("mailbot.transport.imap.connection.CONNECT_TIMEOUT", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = secured(tmp_path, silent.getsockname()[1], imap_user, security, None)
        with pytest.raises(MailServerTrouble, match="no answer in time"):
            open_mailbox(settings).folders()


def test_a_server_that_falls_silent_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dovecot: Dovecot, imap_proxy: Proxy, imap_user: str
) -> None:
    monkeypatch.setattr("mailbot.transport.imap.connection.READ_TIMEOUT", 0.5)
    with open_mailbox(configured(tmp_path, imap_proxy.port, imap_user)) as mailbox:
        assert subjects(mailbox) == []
        imap_proxy.mute = True
        with pytest.raises(MailServerTrouble, match=r"no answer in time|closed the connection"):
            subjects(mailbox)
        imap_proxy.mute = False
        assert subjects(mailbox) == []


def test_a_port_where_nothing_listens_says_so(tmp_path: Path, imap_user: str) -> None:
    (port,) = dovecot_server.free_ports(1)
    with pytest.raises(MailServerTrouble, match=f"127.0.0.1:{port}: nothing listens there"):
        open_mailbox(configured(tmp_path, port, imap_user)).folders()


def test_a_folder_that_is_not_there_says_so(tmp_path: Path, dovecot: Dovecot, imap_user: str) -> None:
    settings = configured(tmp_path, dovecot.port, imap_user, mailbox='folder = "Nergens"')
    with pytest.raises(MailServerTrouble, match="Nergens"):
        list(open_mailbox(settings).new())


# ---------------------------------------------------------------- TLS


def secured(tmp_path: Path, port: int, user: str, security: str, ca_file: Path | None) -> Settings:
    file = configuration.write(tmp_path, imap_port=port, smtp_port=1, user=user, organisations="# none")
    line = f'security = "{security}"' + (f'\nca_file = "{ca_file}"' if ca_file else "")
    file.write_text(file.read_text().replace('security = "none"', line, 1))
    return loader.load(file)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_tls_with_a_private_authority(
    tmp_path: Path, dovecot: Dovecot, imap_user: str, security: str
) -> None:
    port = dovecot.tls_port if security == "tls" else dovecot.port
    with open_mailbox(secured(tmp_path, port, imap_user, security, dovecot.ca_file)) as mailbox:
        assert "INBOX" in mailbox.folders()


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_an_untrusted_certificate_is_refused_with_the_mend(
    tmp_path: Path, dovecot: Dovecot, imap_user: str, security: str
) -> None:
    port = dovecot.tls_port if security == "tls" else dovecot.port
    with pytest.raises(MailServerTrouble, match=r"certificate is not trusted .*ca_file"):
        open_mailbox(secured(tmp_path, port, imap_user, security, None)).folders()


def test_tls_on_a_port_without_names_the_other_kind(tmp_path: Path, dovecot: Dovecot, imap_user: str) -> None:
    with pytest.raises(MailServerTrouble, match=r"TLS fails .*starttls"):
        open_mailbox(secured(tmp_path, dovecot.port, imap_user, "tls", dovecot.ca_file)).folders()


def test_an_authority_file_that_is_none_is_a_configuration_error(
    tmp_path: Path, dovecot: Dovecot, imap_user: str
) -> None:
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("dit is geen certificaat")
    with pytest.raises(ConfigurationError, match="ca_file: cannot use"):
        open_mailbox(secured(tmp_path, dovecot.tls_port, imap_user, "tls", wrong)).folders()


# ---------------------------------------------------------------- waiting


def test_waiting_doubles_up_to_a_bound() -> None:
    for attempt, whole in ((1, 1), (2, 2), (5, 16), (9, 256), (10, 300), (5000, 300)):
        for _ in range(20):
            assert whole / 2 <= backoff(attempt) <= whole
