"""A client that signs who it is instead of having a secret: the token server verifies the signature, and
Dovecot the token."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from mailbot.config import loader
from mailbot.config.settings import ConfigurationError, Settings
from mailbot.service.self_check import CheckState
from mailbot.service.self_check.configuration import check
from mailbot.transport import oauth
from mailbot.transport.connection import MailServerTrouble
from mailbot.transport.imap import Mailbox
from tests.servers import configuration
from tests.servers import tokens as token_server
from tests.servers.dovecot import Dovecot
from tests.servers.tokens import Tokens

PEM = serialization.Encoding.PEM
#: Made once: a key of RSA takes a while.
KEY, OTHER = (rsa.generate_private_key(65537, 2048) for _ in range(2))
CERTIFICATE = 'client_id = "mailbot"\ncertificate_file = "secrets/signed"\nscope = "imap"'
ACCOUNT = 'service_account_file = "secrets/signed"\nscope = "imap"'


@pytest.fixture
def tokens(dovecot: Dovecot, imap_user: str) -> Iterator[Tokens]:
    with token_server.running(dovecot.jwt_key, imap_user) as server:
        server.signed_by = KEY.public_key()
        yield server


def key_pem(key: CertificateIssuerPrivateKeyTypes, passphrase: bytes = b"") -> bytes:
    how = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    return key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, how)


def certificate_pem(key: CertificateIssuerPrivateKeyTypes, ends: date = date(2030, 5, 1)) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mailbot")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(ends.year, ends.month, ends.day, 12, tzinfo=UTC))
        .sign(key, SHA256())
    )
    return made.public_bytes(PEM)


def account_json(key: rsa.RSAPrivateKey) -> bytes:
    """What the page of a service account gives, as far as it counts."""
    said = {
        "type": "service_account",
        "private_key_id": "sleutel-1",
        "private_key": key_pem(key).decode(),
        "client_email": "mailbot@project.iam.example",
    }
    return json.dumps(said).encode()


def settings_of(folder: Path, port: int, tokens: Tokens, how: str, secret: bytes) -> Settings:
    file = configuration.write(folder, imap_port=port, smtp_port=1, user=tokens.user, organisations="# none")
    (folder / "config/secrets/signed").write_bytes(secret)
    oauth2 = f'[mailbox.oauth2]\ntoken_url = "{tokens.url}"\n{how}\n[smtp]'
    text = file.read_text().replace('password_file = "secrets/imap"', "").replace("[smtp]", oauth2)
    file.write_text(text)
    return loader.load(file)


def folders(settings: Settings) -> tuple[str, ...]:
    with Mailbox(settings.mailboxes[0], settings) as mailbox:
        return mailbox.folders()


@pytest.mark.parametrize("certificate_first", [True, False])
def test_a_certificate_takes_the_place_of_a_client_secret(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens, certificate_first: bool
) -> None:
    parts = [certificate_pem(KEY), key_pem(KEY)]
    secret = b"".join(parts if certificate_first else reversed(parts))
    settings = settings_of(tmp_path, dovecot.port, tokens, CERTIFICATE, secret)
    assert "INBOX" in folders(settings)
    (form,) = tokens.asked
    assert form["grant_type"] == "client_credentials"
    assert "client_secret" not in form
    (claims,) = tokens.signed
    assert (claims["iss"], claims["sub"], claims["aud"]) == ("mailbot", "mailbot", tokens.url)


def test_each_signature_holds_for_once(tmp_path: Path, dovecot: Dovecot, tokens: Tokens) -> None:
    settings = settings_of(tmp_path, dovecot.port, tokens, CERTIFICATE, certificate_pem(KEY) + key_pem(KEY))
    for _ in range(2):
        folders(settings)
        oauth.forget(settings.mailboxes[0])
    one, two = tokens.signed
    assert one["jti"] != two["jti"]


def test_a_service_account_acts_as_the_mailboxs_user(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens
) -> None:
    settings = settings_of(tmp_path, dovecot.port, tokens, ACCOUNT, account_json(KEY))
    assert "INBOX" in folders(settings)
    (claims,) = tokens.signed
    assert claims["iss"] == "mailbot@project.iam.example"
    assert (claims["sub"], claims["scope"], claims["aud"]) == (tokens.user, "imap", tokens.url)


@pytest.mark.parametrize(
    ("how", "secret", "mend"),
    [
        (CERTIFICATE, certificate_pem(OTHER) + key_pem(OTHER), "check client_id, and the client's secret"),
        (ACCOUNT, account_json(OTHER), "whether the key of service_account_file was not removed"),
    ],
)
def test_who_signs_with_another_key_is_refused_with_the_mend_of_that_way(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens, how: str, secret: bytes, mend: str
) -> None:
    settings = settings_of(tmp_path, dovecot.port, tokens, how, secret)
    with pytest.raises(MailServerTrouble) as trouble:
        folders(settings)
    assert mend in trouble.value.mend
    assert "sign in again" not in trouble.value.mend


@pytest.mark.parametrize(
    ("how", "secret", "said"),
    [
        (CERTIFICATE, b"onzin", "holds no certificate"),
        (CERTIFICATE, certificate_pem(KEY), "holds no private key"),
        (CERTIFICATE, certificate_pem(KEY) + key_pem(OTHER), "its key is not the certificate's"),
        (CERTIFICATE, certificate_pem(KEY) + key_pem(KEY, b"geheim"), "has a passphrase"),
        (ACCOUNT, b"onzin", "is no key of a service account"),
        (ACCOUNT, b"{}", "is no key of a service account"),
        (ACCOUNT, b'["een"]', "is no key of a service account"),
        (
            ACCOUNT,
            json.dumps({"client_email": "a", "private_key_id": "b", "private_key": "c"}).encode(),
            "holds no private key",
        ),
    ],
)
def test_a_file_that_cannot_sign_is_told_by_what_is_the_matter_with_it(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens, how: str, secret: bytes, said: str
) -> None:
    settings = settings_of(tmp_path, dovecot.port, tokens, how, secret)
    with pytest.raises(ConfigurationError) as error:
        folders(settings)
    assert said in str(error.value)
    assert str(settings.path("secrets/signed")) in str(error.value)
    assert "\n" not in str(error.value)
    assert tokens.asked == []


def test_a_key_that_is_none_of_rsa_is_told(tmp_path: Path, dovecot: Dovecot, tokens: Tokens) -> None:
    curve = ec.generate_private_key(ec.SECP256R1())
    settings = settings_of(
        tmp_path, dovecot.port, tokens, CERTIFICATE, certificate_pem(curve) + key_pem(curve)
    )
    with pytest.raises(ConfigurationError, match="none of RSA"):
        folders(settings)


@pytest.mark.parametrize(
    "lines",
    [
        CERTIFICATE + '\nclient_secret_file = "secrets/client"',
        ACCOUNT + '\nrefresh_token_file = "secrets/refresh"',
        'client_secret_file = "secrets/client"',
    ],
)
def test_ways_that_exclude_each_other_and_a_client_without_id_are_errors(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens, lines: str
) -> None:
    with pytest.raises(ConfigurationError, match="oauth2"):
        settings_of(tmp_path, dovecot.port, tokens, lines, b"")


@pytest.mark.parametrize(("ends", "told"), [(date(2026, 11, 30), True), (date(2030, 1, 1), False)])
def test_a_certificate_that_ends_soon_is_told_and_so_is_one_that_everybody_can_read(
    tmp_path: Path, dovecot: Dovecot, tokens: Tokens, ends: date, told: bool
) -> None:
    secret = certificate_pem(KEY, ends) + key_pem(KEY)
    settings = settings_of(tmp_path, dovecot.port, tokens, CERTIFICATE, secret)
    path = settings.path("secrets/signed")
    path.parent.chmod(0o755)
    path.chmod(path.stat().st_mode | stat.S_IROTH)
    now = datetime.combine(date(2026, 11, 10), datetime.min.time(), UTC) + timedelta(hours=9)
    found = [one for one in check(settings, now) if one.check == "secret"]
    assert [one.state for one in found if "the certificate ends on 2026-11-30" in one.says] == (
        [CheckState.WARNING] if told else []
    )
    assert any(one.subject == str(path) and "everybody" in one.says for one in found)
