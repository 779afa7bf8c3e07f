"""The outbox against a real SMTP server."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.config import loader
from mailbot.config.settings import Settings
from mailbot.transport.connection import MailServerTrouble
from mailbot.transport.smtp import DeliveryStatus, Outbox, next_try
from tests.servers import certificate, configuration
from tests.servers import smtp as smtp_server
from tests.servers.dovecot import free_ports
from tests.servers.smtp import Sink

RAW = b"From: a@example.org\r\nTo: jan@damme.example\r\nSubject: dag\r\n\r\n.punt\r\nDag\r\n"
JAN = "jan@damme.example"


def configured(folder: Path, port: int, **more: object) -> Settings:
    return configuration.load(
        folder, imap_port=1, smtp_port=port, user="a@example.org", organisations="# none", **more
    )


@pytest.fixture
def outbox(tmp_path: Path, smtp: Sink) -> Outbox:
    return Outbox(configured(tmp_path, smtp.port))


def secured(folder: Path, port: int, security: str, ca_file: Path | None) -> Settings:
    file = configuration.write(
        folder, imap_port=1, smtp_port=port, user="a@example.org", organisations="# none"
    )
    before, after = file.read_text().split("[smtp]")
    lines = f'security = "{security}"' + (f'\nca_file = "{ca_file}"' if ca_file else "")
    after = after.replace('security = "none"', lines)
    file.write_text(f"{before}[smtp]{after}")
    return loader.load(file)


def test_a_mail_arrives_as_it_was_written(outbox: Outbox, smtp: Sink) -> None:
    with outbox:
        assert outbox.send("a@example.org", JAN, RAW).fate is DeliveryStatus.SENT
    (raw,) = smtp.raw()
    assert raw.endswith(RAW)


def test_one_connection_serves_all_mails(outbox: Outbox, smtp: Sink) -> None:
    with outbox:
        for number in range(5):
            assert outbox.send("a@example.org", f"p{number}@damme.example", RAW).fate is DeliveryStatus.SENT
    assert (len(smtp.raw()), smtp.connections) == (5, 1)


def test_a_refused_recipient_is_refused_for_good_and_stops_nobody_else(outbox: Outbox, smtp: Sink) -> None:
    smtp.refuse.add("weg@damme.example")
    with outbox:
        refused = outbox.send("a@example.org", "weg@damme.example", RAW)
        assert (refused.fate, refused.reply) == (DeliveryStatus.REFUSED, "550 5.1.1 <…>: no such user")
        assert outbox.send("a@example.org", JAN, RAW).fate is DeliveryStatus.SENT
    assert smtp.connections == 1


def test_a_server_that_takes_nothing_from_us_refuses_no_mail_for_good(outbox: Outbox, smtp: Sink) -> None:
    smtp.refuse_sender = True
    with outbox:
        put_off = outbox.send("a@example.org", JAN, RAW)
        assert (put_off.fate, put_off.reply) == (DeliveryStatus.LATER, "530 5.7.0 Authentication required")
        smtp.refuse_sender = False
        assert outbox.send("a@example.org", JAN, RAW).fate is DeliveryStatus.SENT


def test_greylisting_is_for_later(outbox: Outbox, smtp: Sink) -> None:
    smtp.greylist.add(JAN)
    with outbox:
        assert outbox.send("a@example.org", JAN, RAW).fate is DeliveryStatus.LATER
        assert outbox.send("a@example.org", JAN, RAW).fate is DeliveryStatus.SENT


def test_refused_content_is_refused_for_good(outbox: Outbox, smtp: Sink) -> None:
    smtp.refuse_content = True
    with outbox:
        assert outbox.send("a@example.org", JAN, RAW).fate is DeliveryStatus.REFUSED


def test_a_connection_closed_after_data_leaves_it_open_whether_it_was_taken(
    outbox: Outbox, smtp: Sink
) -> None:
    smtp.close_after_data = 1
    with outbox:
        assert outbox.send("a@example.org", JAN, RAW).fate is DeliveryStatus.UNSURE
        assert outbox.send("a@example.org", JAN, RAW).fate is DeliveryStatus.SENT
    assert len(smtp.raw()) == 2  # SMTP's own window: the Message-ID is the same


def test_a_busy_server_counts_against_no_mail(outbox: Outbox, smtp: Sink) -> None:
    smtp.busy = True
    with outbox, pytest.raises(MailServerTrouble, match="is busy"):
        outbox.send("a@example.org", JAN, RAW)
    smtp.busy = False
    with outbox:
        assert outbox.send("a@example.org", JAN, RAW).fate is DeliveryStatus.SENT


def test_a_kept_connection_that_the_server_ended_is_replaced(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    with Outbox(configured(tmp_path, port)) as outbox:
        for life in ("een", "twee"):
            with smtp_server.running(tmp_path / life, port=port) as sink:
                assert outbox.send("a@example.org", JAN, RAW).fate is DeliveryStatus.SENT
                assert len(sink.raw()) == 1


def test_an_address_with_other_letters_needs_a_server_that_knows_them(outbox: Outbox, smtp: Sink) -> None:
    with outbox:
        handed = outbox.send("a@example.org", "zoë@damme.example", RAW)
    assert handed.fate is DeliveryStatus.SENT  # this server offers SMTPUTF8
    assert len(smtp.mails_to("zoë@damme.example")) == 1


def test_an_internationalised_domain_travels_in_its_ascii_form_to_any_server(tmp_path: Path) -> None:
    with (
        smtp_server.running(tmp_path / "sink", smtputf8=False) as sink,
        Outbox(configured(tmp_path, sink.port)) as outbox,
    ):
        handed = outbox.send("a@example.org", "jan@knokke-één.example", RAW)
        assert handed.fate is DeliveryStatus.SENT
        assert len(sink.mails_to("jan@xn--knokke-n-h1aa.example")) == 1
        local = outbox.send("a@example.org", "zoë@damme.example", RAW)
        assert local.fate is DeliveryStatus.REFUSED  # only SMTPUTF8 can carry it (RFC 6531)


@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
def test_a_server_that_says_nothing_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    monkeypatch.setattr("mailbot.transport.smtp.CONNECT_TIMEOUT", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = secured(tmp_path, silent.getsockname()[1], security, None)
        with Outbox(settings) as outbox, pytest.raises(MailServerTrouble, match="no answer in time") as told:
            outbox.check("a@example.org")
        # Where both wait for the other to begin, the port may be one of TLS from the first byte.
        assert ('wants security = "tls"' in told.value.mend) is (security != "tls")


def test_starttls_at_a_port_of_implicit_tls_says_which_security_it_wants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailbot.transport.smtp.CONNECT_TIMEOUT", 1)
    certificate.write(tmp_path)
    with smtp_server.running(tmp_path / "smtp", certificate=tmp_path, implicit_tls=True) as sink:
        settings = secured(tmp_path, sink.port, "starttls", tmp_path / "ca.pem")
        with Outbox(settings) as outbox, pytest.raises(MailServerTrouble) as told:
            outbox.check("a@example.org")
        assert 'security = "tls"' in told.value.mend


def test_nothing_listening_says_so(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    outbox = Outbox(configured(tmp_path, port))
    with pytest.raises(MailServerTrouble, match=f"127.0.0.1:{port}: nothing listens there"):
        outbox.send("a@example.org", JAN, RAW)


LOGIN = 'user = "a@example.org"\npassword_file = "secrets/smtp"'


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_login_and_its_refusal(tmp_path: Path) -> None:
    with smtp_server.running(tmp_path / "smtp", login=True) as sink:
        settings = configured(tmp_path, sink.port, smtp=LOGIN)
        secret = settings.path("secrets/smtp")
        secret.write_text(smtp_server.PASSWORD)
        with Outbox(settings) as outbox:
            outbox.check("a@example.org")
            assert outbox.send("a@example.org", JAN, RAW).fate is DeliveryStatus.SENT
        secret.write_text(smtp_server.ACCENTED)
        with Outbox(settings) as outbox:
            assert outbox.send("a@example.org", JAN, RAW).fate is DeliveryStatus.SENT
        secret.write_text("helemaal-fóút")
        with Outbox(settings) as outbox, pytest.raises(MailServerTrouble, match="refuses the login"):
            outbox.check("a@example.org")
        secret.write_text("helemaal-fout")
        with (
            Outbox(settings) as outbox,
            pytest.raises(MailServerTrouble, match="refuses the login") as trouble,
        ):
            outbox.check("a@example.org")
        assert "helemaal-fout" not in str(trouble.value)


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize("trusted", [True, False])
def test_tls_verifies_the_certificate(tmp_path: Path, security: str, trusted: bool) -> None:
    certificate.write(tmp_path)
    with smtp_server.running(tmp_path / "smtp", certificate=tmp_path, implicit_tls=security == "tls") as sink:
        settings = secured(tmp_path, sink.port, security, tmp_path / "ca.pem" if trusted else None)
        with Outbox(settings) as outbox:
            if trusted:
                assert outbox.send("a@example.org", JAN, RAW).fate is DeliveryStatus.SENT
            else:
                with pytest.raises(MailServerTrouble, match=r"certificate is not trusted .*ca_file"):
                    outbox.check("a@example.org")


def test_retries_begin_after_15_seconds_and_double_up_to_15_minutes() -> None:
    now = datetime(2026, 11, 1, 12, tzinfo=UTC)
    waits = [int((next_try(attempts, now) - now).total_seconds()) for attempts in (1, 2, 3, 6, 7, 8, 999)]
    assert waits == [15, 30, 60, 480, 900, 900, 900]
    assert next_try(1, now) - now == timedelta(seconds=15)
