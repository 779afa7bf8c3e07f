"""`mailbot login`: signing in at a token server whose tokens Dovecot and the SMTP server verify."""

from __future__ import annotations

import os
import pwd
import re
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.config import loader
from mailbot.config.settings import ConfigurationError, Settings
from mailbot.transport import oauth
from mailbot.transport.connection import MailServerTrouble
from mailbot.transport.imap import Mailbox
from tests.cli.conftest import Done, in_own_process
from tests.servers import configuration
from tests.servers import smtp as smtp_server
from tests.servers import tokens as token_server
from tests.servers.dovecot import Dovecot
from tests.servers.smtp import Sink
from tests.servers.tokens import Tokens

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.fixture
def tokens(dovecot: Dovecot, imap_user: str) -> Iterator[Tokens]:
    with token_server.running(dovecot.jwt_key, imap_user) as server:
        yield server


@pytest.fixture
def sending(tmp_path: Path) -> Iterator[Sink]:
    with smtp_server.running(tmp_path / "smtp", login=True) as sink:
        yield sink


def configured(folder: Path, dovecot: Dovecot, sending: Sink | None, tokens: Tokens, how: str) -> Settings:
    """An installation that reads, and sends where ``sending`` is given, by one sign-in."""
    port = sending.port if sending else 1
    file = configuration.write(
        folder, imap_port=dovecot.port, smtp_port=port, user=tokens.user, organisations="# none"
    )
    oauth2 = (
        f'token_url = "{tokens.url}"\nclient_id = "mailbot"\nscope = "imap smtp"\n'
        f'refresh_token_file = "secrets/refresh"\n{how}\n'
    )
    text = file.read_text().replace('password_file = "secrets/imap"', "")
    text = text.replace("[smtp]", f"[mailbox.oauth2]\n{oauth2}[smtp]")
    if sending:
        text += f'user = "{tokens.user}"\n[smtp.oauth2]\n{oauth2}'
    file.write_text(text)
    return loader.load(file)


def by_device(tokens: Tokens) -> str:
    return f'device_url = "{tokens.device_url}"'


def login(settings: Settings) -> Done:
    return in_own_process("login", "--config", str(settings.file))


def kept(settings: Settings) -> Path:
    return settings.path("secrets/refresh")


def test_a_device_code_signs_in_for_reading_and_sending_in_one_go(
    tmp_path: Path, dovecot: Dovecot, sending: Sink, tokens: Tokens
) -> None:
    settings = configured(tmp_path, dovecot, sending, tokens, by_device(tokens))
    tokens.fixed = tokens.jwt()
    sending.tokens = {tokens.fixed}
    tokens.pending = 2
    done = login(settings)
    assert (done.returncode, done.stderr) == (0, ""), done
    assert "open https://login.example.org/device and type in ABCD-EFGH" in done.stdout
    assert "its mailbox opens" in done.stdout
    assert "may send" in done.stdout
    assert "granted: imap smtp" in done.stdout
    assert kept(settings).read_text() == tokens.refresh_token
    assert sending.raw() == []
    for secret in (tokens.fixed, tokens.refresh_token):
        assert secret not in done.stdout + done.stderr


def test_the_sign_in_serves_the_service(tmp_path: Path, dovecot: Dovecot, tokens: Tokens) -> None:
    settings = configured(tmp_path, dovecot, None, tokens, by_device(tokens))
    assert login(settings).returncode == 0
    with Mailbox(settings.mailboxes[0], settings) as mailbox:
        assert "INBOX" in mailbox.folders()
    assert tokens.asked[-1]["grant_type"] == "refresh_token"


def test_before_the_first_sign_in_each_command_says_what_to_run(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens
) -> None:
    settings = configured(tmp_path, dovecot, None, tokens, by_device(tokens))
    with pytest.raises(ConfigurationError) as error, Mailbox(settings.mailboxes[0], settings) as mailbox:
        mailbox.folders()
    assert str(error.value).endswith("oauth2: nobody has signed in yet: run mailbot login")


def test_a_sign_in_while_the_service_runs_is_picked_up(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens
) -> None:
    settings = configured(tmp_path, dovecot, None, tokens, by_device(tokens))
    kept(settings).write_text("van voor de sessie eindigde")
    with Mailbox(settings.mailboxes[0], settings) as mailbox:
        with pytest.raises(MailServerTrouble, match="sign in again: mailbot login main"):
            mailbox.folders()
        assert login(settings).returncode == 0
        assert "INBOX" in mailbox.folders()


def test_an_account_that_may_not_open_the_mailbox_is_refused_and_nothing_is_kept(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens
) -> None:
    settings = configured(tmp_path, dovecot, None, tokens, by_device(tokens))
    tokens.signs_in = "iemand.anders@example.org"
    done = login(settings)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"sign in as {tokens.user}" in done.stderr
    assert not kept(settings).exists()


def test_a_shared_mailbox_is_signed_in_to_by_somebody_who_may_open_it(
    tmp_path: Path, dovecot: Dovecot, sending: Sink, tokens: Tokens
) -> None:
    jan = "jan@vereniging.example"
    how = f'{by_device(tokens)}\nsign_in_as = "{jan}"'
    settings = configured(tmp_path, dovecot, sending, tokens, how)
    tokens.signs_in, tokens.shares = jan, True
    tokens.fixed = tokens.jwt(jan)
    sending.tokens = {tokens.fixed}
    done = login(settings)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"sign in as {jan}." in done.stdout
    assert f"{tokens.user} signed in" not in done.stdout
    assert "its mailbox opens" in done.stdout
    with Mailbox(settings.mailboxes[0], settings) as mailbox:
        assert "INBOX" in mailbox.folders()
    assert kept(settings).read_text() == tokens.refresh_token


def test_who_may_not_open_a_shared_mailbox_is_told_who_should_and_nothing_is_kept(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens
) -> None:
    how = f'{by_device(tokens)}\nsign_in_as = "jan@vereniging.example"'
    settings = configured(tmp_path, dovecot, None, tokens, how)
    tokens.signs_in = "jan@vereniging.example"
    done = login(settings)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"give jan@vereniging.example full access to {tokens.user}" in done.stderr
    assert not kept(settings).exists()


def test_who_may_not_send_is_told_and_nothing_is_kept(
    tmp_path: Path, dovecot: Dovecot, sending: Sink, tokens: Tokens
) -> None:
    settings = configured(tmp_path, dovecot, sending, tokens, by_device(tokens))
    done = login(settings)  # the SMTP server knows no token
    assert done.returncode == 1
    assert "though the mailbox opens" in done.stderr
    assert not kept(settings).exists()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@pytest.mark.parametrize("pasted", [True, False])
def test_a_browser_signs_in_with_pkce_here_or_by_what_is_pasted(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens, pasted: bool
) -> None:
    settings = configured(tmp_path, dovecot, None, tokens, f'authorize_url = "{tokens.authorize_url}"')
    command = [sys.executable, "-m", "mailbot", "login", "main", "--config", str(settings.file)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        assert running.stdin
        assert running.stdout
        said = running.stdout.readline()
        url = re.search(r"http\S+", said)
        assert url, said
        if pasted:
            with pytest.raises(urllib.error.HTTPError) as sent:
                urllib.request.build_opener(_NoRedirect).open(url[0])
            running.stdin.write(sent.value.headers["Location"] + "\n")
            running.stdin.flush()
            sent.value.close()
        else:
            with urllib.request.urlopen(url[0]) as page:
                assert b"close this page" in page.read()
        rest = running.stdout.read()
        assert running.wait(60) == 0, rest
    assert kept(settings).read_text() == tokens.refresh_token


@pytest.mark.parametrize(
    ("status", "body", "mend"),
    [
        (
            400,
            {"error": "invalid_grant", "error_codes": [700082]},
            "was not used for too long: sign in again",
        ),
        (401, {"error": "invalid_client", "error_codes": [7000222]}, "the client secret has expired"),
        (401, {"error": "invalid_client", "error_codes": [7000215]}, "copy its value, not its id"),
        (400, {"error": "invalid_grant"}, "sign in again: mailbot login main"),
        (400, {"error": "unauthorized_client"}, "allow this way of signing in"),
        (502, b"<html>Bad gateway</html>", "look at what stands between: a proxy"),
    ],
)
def test_refusals_are_told_apart_by_their_code(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens, status: int, body: dict[str, object] | bytes, mend: str
) -> None:
    settings = configured(tmp_path, dovecot, None, tokens, "")
    kept(settings).write_text("eerste")
    tokens.refusal = (status, body)
    with pytest.raises(MailServerTrouble) as trouble, Mailbox(settings.mailboxes[0], settings) as mailbox:
        mailbox.folders()
    assert mend in trouble.value.mend
    assert "eerste" not in str(trouble.value)


def test_a_configuration_without_an_address_to_sign_in_at_says_what_to_write(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens
) -> None:
    done = login(configured(tmp_path, dovecot, None, tokens, ""))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "write device_url or authorize_url" in done.stderr


def test_where_the_client_asks_by_itself_nobody_has_to_sign_in(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens
) -> None:
    settings = configured(tmp_path, dovecot, None, tokens, by_device(tokens))
    text = settings.file.read_text()
    settings.file.write_text(text.replace("refresh_token_file", "client_secret_file"))
    done = login(settings)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "the client asks by itself, nobody signs in: go on with mailbot check" in done.stderr


def test_a_token_is_kept_for_whom_its_folder_is(tmp_path: Path, dovecot: Dovecot, tokens: Tokens) -> None:
    settings = configured(tmp_path, dovecot, None, tokens, by_device(tokens))
    box = settings.mailboxes[0]
    assert box.oauth2
    secrets = kept(settings).parent
    secrets.chmod(0o700)
    assert stat.S_IMODE(oauth.keep_signed_in(box.oauth2, "een", settings).stat().st_mode) == 0o600
    if os.geteuid() == 0:
        os.chown(secrets, 0, pwd.getpwnam("nobody").pw_gid)
    secrets.chmod(0o750)
    found = oauth.keep_signed_in(box.oauth2, "twee", settings).stat()
    assert stat.S_IMODE(found.st_mode) == 0o640
    assert found.st_gid == secrets.stat().st_gid


def test_a_new_sign_in_wins_over_what_a_server_gave_since_the_last(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens
) -> None:
    settings = configured(tmp_path, dovecot, None, tokens, by_device(tokens))
    box = settings.mailboxes[0]
    assert box.oauth2
    tokens.rotate = True
    kept(settings).write_text(tokens.refresh_token)
    with Mailbox(box, settings) as mailbox:
        mailbox.folders()
    assert list(settings.state_dir.iterdir())
    time.sleep(0.01)
    oauth.keep_signed_in(box.oauth2, "nieuw", settings)
    assert list(settings.state_dir.iterdir()) == []


def test_a_provider_fills_in_what_is_left_open(tmp_path: Path, dovecot: Dovecot, tokens: Tokens) -> None:
    settings = configured(tmp_path, dovecot, None, tokens, "")
    text = settings.file.read_text()
    head = text[: text.index("[[mailbox]]")]
    box = '[[mailbox]]\nname = "main"\nprovider = "microsoft365"\nuser = "a@b.example"\nsince = 2026-01-01\n'
    box += 'address = "a@b.example"\n'
    smtp = '[smtp]\nprovider = "google"\nport = 465\nsecurity = "tls"\n'
    person = '[mailbox.oauth2]\nclient_id = "x"\nrefresh_token_file = "secrets/refresh"\n'
    settings.file.write_text(head + box + person + smtp)
    made = loader.load(settings.file)
    read = made.mailboxes[0]
    assert (read.host, read.port) == ("outlook.office365.com", 993)
    assert read.oauth2
    assert read.oauth2.token_url == "https://login.microsoftonline.com/organizations/oauth2/v2.0/token"
    assert "offline_access" in read.oauth2.scope
    assert (made.smtp.host, made.smtp.port) == ("smtp.gmail.com", 465)
    application = '[mailbox.oauth2]\nclient_id = "x"\nclient_secret_file = "secrets/client"\n'
    settings.file.write_text(head + box + application + smtp)
    with pytest.raises(ConfigurationError, match="tenant: is required"):
        loader.load(settings.file)
    settings.file.write_text(head + box + application + 'tenant = "damme.example"\n' + smtp)
    oauth2 = loader.load(settings.file).mailboxes[0].oauth2
    assert oauth2
    assert oauth2.scope == "https://outlook.office365.com/.default"
    assert "/damme.example/" in oauth2.token_url
