"""Logins by token: a token server on the loopback, and Dovecot that verifies its JWTs."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.config import loader
from mailbot.config.settings import ConfigurationError, Settings
from mailbot.transport import oauth
from mailbot.transport.connection import MailServerTrouble
from mailbot.transport.imap import Mailbox
from mailbot.transport.smtp import DeliveryStatus, Outbox
from tests.servers import certificate, configuration
from tests.servers import dovecot as dovecot_server
from tests.servers import smtp as smtp_server
from tests.servers import tokens as token_server
from tests.servers.dovecot import Dovecot
from tests.servers.tokens import Tokens


@pytest.fixture
def tokens(dovecot: Dovecot, imap_user: str) -> Iterator[Tokens]:
    with token_server.running(dovecot.jwt_key, imap_user) as server:
        yield server


def settings_of(folder: Path, port: int, tokens: Tokens, lines: str, url: str = "") -> Settings:
    file = configuration.write(folder, imap_port=port, smtp_port=1, user=tokens.user, organisations="# none")
    for name, secret in (("client", "client-geheim"), ("refresh", tokens.refresh_token)):
        (folder / "config/secrets" / name).write_text(secret)
    who = f'token_url = "{url or tokens.url}"\nclient_id = "{tokens.user}"'
    oauth2 = f"[mailbox.oauth2]\n{who}\n{lines}\n[smtp]"
    text = file.read_text().replace('password_file = "secrets/imap"', "").replace("[smtp]", oauth2)
    file.write_text(text)
    return loader.load(file)


CLIENT = 'client_secret_file = "secrets/client"\nscope = "imap"'
REFRESH = 'refresh_token_file = "secrets/refresh"'


def folders(settings: Settings) -> tuple[str, ...]:
    with Mailbox(settings.mailboxes[0], settings) as mailbox:
        return mailbox.folders()


def test_client_credentials_log_in_with_xoauth2(tmp_path: Path, dovecot: Dovecot, tokens: Tokens) -> None:
    assert "INBOX" in folders(settings_of(tmp_path, dovecot.port, tokens, CLIENT))
    (form,) = tokens.asked
    assert form == {
        "grant_type": "client_credentials",
        "client_id": tokens.user,
        "client_secret": "client-geheim",
        "scope": "imap",
    }


def test_oauthbearer_serves_where_xoauth2_is_not_offered(tmp_path: Path, imap_user: str) -> None:
    with (
        dovecot_server.running(extra="auth_mechanisms = plain oauthbearer") as server,
        token_server.running(server.jwt_key, imap_user) as tokens,
    ):
        assert "INBOX" in folders(settings_of(tmp_path, server.port, tokens, CLIENT))


def test_a_token_serves_until_it_nears_its_end(tmp_path: Path, dovecot: Dovecot, tokens: Tokens) -> None:
    settings = settings_of(tmp_path, dovecot.port, tokens, CLIENT)
    folders(settings)
    folders(settings)
    assert len(tokens.asked) == 1


def test_a_rotated_refresh_token_is_kept_and_used(tmp_path: Path, dovecot: Dovecot, tokens: Tokens) -> None:
    tokens.rotate = True
    settings = settings_of(tmp_path, dovecot.port, tokens, REFRESH)
    for _ in range(3):
        assert "INBOX" in folders(settings)
        oauth.forget(settings.mailboxes[0])
    assert [form["refresh_token"] for form in tokens.asked] == ["eerste", "volgende-1", "volgende-2"]
    (kept,) = settings.state_dir.iterdir()
    assert kept.read_text() == "volgende-3"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert settings.path("secrets/refresh").read_text() == "eerste"  # the configuration stays as it is


def test_a_newer_configured_refresh_token_wins(tmp_path: Path, dovecot: Dovecot, tokens: Tokens) -> None:
    tokens.rotate = True
    settings = settings_of(tmp_path, dovecot.port, tokens, REFRESH)
    folders(settings)
    oauth.forget(settings.mailboxes[0])
    tokens.refresh_token = "opnieuw aangemeld"
    given = settings.path("secrets/refresh")
    given.write_text("opnieuw aangemeld")
    (kept,) = settings.state_dir.iterdir()
    os.utime(given, (kept.stat().st_mtime + 5,) * 2)
    assert "INBOX" in folders(settings)
    assert tokens.asked[-1]["refresh_token"] == "opnieuw aangemeld"


def test_a_refusal_says_why_without_secrets(tmp_path: Path, dovecot: Dovecot, tokens: Tokens) -> None:
    tokens.refuse = True
    settings = settings_of(tmp_path, dovecot.port, tokens, CLIENT)
    with pytest.raises(MailServerTrouble, match=r"gives no access token .400 invalid_grant") as trouble:
        folders(settings)
    assert "client-geheim" not in str(trouble.value)


def test_a_token_that_the_mail_server_refuses_is_asked_anew(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens
) -> None:
    tokens.wrong_key = True
    settings = settings_of(tmp_path, dovecot.port, tokens, CLIENT)
    with pytest.raises(MailServerTrouble, match="refuses the login"):
        folders(settings)
    tokens.wrong_key = False
    assert "INBOX" in folders(settings)
    assert len(tokens.asked) == 2


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("right", [True, False])
def test_smtp_logs_in_with_xoauth2(tmp_path: Path, tokens: Tokens, right: bool) -> None:
    with smtp_server.running(tmp_path / "smtp", login=True) as sink:
        file = configuration.write(
            tmp_path, imap_port=1, smtp_port=sink.port, user=tokens.user, organisations="# none"
        )
        (tmp_path / "config/secrets/client").write_text("client-geheim")
        who = f'token_url = "{tokens.url}"\nclient_id = "{tokens.user}"'
        login = f'user = "{tokens.user}"\n[smtp.oauth2]\n{who}\n{CLIENT}\n'
        file.write_text(file.read_text() + login)
        settings = loader.load(file)
        sink.tokens = {oauth.access_token(settings.smtp, settings)} if right else set()
        with Outbox(settings) as outbox:
            if right:
                assert (
                    outbox.send(tokens.user, "jan@damme.example", b"Subject: x\r\n\r\n").fate
                    is DeliveryStatus.SENT
                )
            else:
                with pytest.raises(MailServerTrouble, match="refuses the login"):
                    outbox.check("a@example.org")


def test_a_token_url_in_the_clear_is_refused(tmp_path: Path, dovecot: Dovecot, tokens: Tokens) -> None:
    settings = settings_of(tmp_path, dovecot.port, tokens, CLIENT, "http://login.example.org/token")
    with pytest.raises(ConfigurationError, match="must begin with https"):
        folders(settings)


@pytest.mark.parametrize("trusted", [True, False])
def test_the_private_authority_of_ca_file_holds_for_the_token_server_too(
    tmp_path: Path, dovecot: Dovecot, imap_user: str, trusted: bool
) -> None:
    certificate.write(tmp_path)
    with token_server.running(dovecot.jwt_key, imap_user, tmp_path) as tokens:
        settings = settings_of(tmp_path, dovecot.port, tokens, CLIENT)
        if trusted:
            text = settings.file.read_text()
            settings.file.write_text(
                text.replace("[mailbox.oauth2]", f'ca_file = "{tmp_path}/ca.pem"\n[mailbox.oauth2]')
            )
            assert "INBOX" in folders(loader.load(settings.file))
        else:
            with pytest.raises(MailServerTrouble, match="ca_file"):
                folders(settings)


def test_a_token_server_that_is_not_heard_is_told_without_error_numbers(
    tmp_path: Path, dovecot: Dovecot, imap_user: str
) -> None:
    certificate.write(tmp_path)
    (port,) = dovecot_server.free_ports(1)
    with token_server.running(dovecot.jwt_key, imap_user, tmp_path) as tokens:
        clear = tokens.url.replace("https:", "http:")
        settings = settings_of(tmp_path / "een", dovecot.port, tokens, CLIENT, clear)
        with pytest.raises(MailServerTrouble, match=r"breaks the connection off.*check token_url") as cut:
            folders(settings)
        settings = settings_of(tmp_path / "twee", dovecot.port, tokens, CLIENT, f"http://127.0.0.1:{port}/t")
        with pytest.raises(MailServerTrouble, match=r"nothing listens there.*check token_url") as deaf:
            folders(settings)
    assert "Errno" not in f"{cut.value}{deaf.value}"


#: What a token server says, by the error of RFC 6749 or Microsoft's number, and what then mends it.
REFUSALS = (
    (400, {"error": "invalid_grant"}, "sign in again: mailbot login main"),
    (401, {"error": "invalid_client"}, "check client_id, and the client's secret or certificate"),
    (400, {"error": "unauthorized_client"}, "allow this way of signing in for the client"),
    (400, {"error": "unsupported_grant_type"}, "allow this way of signing in for the client"),
    (400, {"error": "invalid_scope"}, "check scope, and the permissions"),
    (400, {"error": "access_denied"}, "sign in again, and consent"),
    (400, {"error": "expired_token"}, "run mailbot login again"),
    (499, {"error": "anders"}, "check client_id, secret and consent"),
    (500, {"error": "anders"}, "wait"),
    (400, b"<html>", "check token_url"),
    (499, b"<html>", "check token_url"),
    (500, b"<html>", "wait, or look at what stands between"),
    (400, {"error_description": "geheim"}, "check token_url"),
    *(
        (400, {"error": "invalid_grant", "error_codes": [1, number]}, mend)
        for number, mend in {
            7000215: "client_secret_file holds another secret",
            7000222: "the client secret has expired",
            700016: "this directory does not know that client",
            90002: "there is no such directory",
            65001: "let an administrator consent",
            50076: "more than a password is asked for now: sign in again: mailbot login main",
            50079: "more than a password is asked for now: sign in again: mailbot login main",
            50173: "the password was changed: sign in again: mailbot login main",
            70008: "the sign-in has expired: sign in again: mailbot login main",
            700082: "the sign-in was not used for too long: sign in again: mailbot login main",
            53003: "a conditional access policy forbids it",
            50034: "this directory has no such account",
            50057: "the account is disabled",
            50126: "user or password is wrong",
            700027: "upload the certificate of certificate_file",
            700024: "check this machine's clock",
            7000218: "let the client be a public one",
        }.items()
    ),
    (400, {"error": "invalid_grant", "error_codes": ["50057"]}, "sign in again: mailbot login main"),
)


@pytest.mark.parametrize(("status", "said", "mend"), REFUSALS)
def test_each_refusal_of_a_token_server_says_what_mends_it(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens, status: int, said: dict[str, object] | bytes, mend: str
) -> None:
    tokens.refusal = (status, said)
    settings = settings_of(tmp_path, dovecot.port, tokens, CLIENT)
    with pytest.raises(MailServerTrouble) as trouble:
        folders(settings)
    assert (mend in str(trouble.value), "geheim" in str(trouble.value)) == (True, False), str(trouble.value)


@pytest.mark.parametrize("answer", [{"token_type": "Bearer"}, {"access_token": ""}, b"[]", b"geen"])
def test_an_answer_without_a_token_is_none(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens, answer: dict[str, object] | bytes
) -> None:
    tokens.refusal = (200, answer)
    with pytest.raises(MailServerTrouble, match="token_url"):
        folders(settings_of(tmp_path, dovecot.port, tokens, CLIENT))
