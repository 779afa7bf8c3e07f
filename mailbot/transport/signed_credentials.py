"""Who asks for a token proves it by a signature instead of a secret (RFC 7521, 7523): an application with
a certificate, as Microsoft takes it, or a service account, as Google does.

``cryptography`` is imported where something is signed or read: nobody else's start pays for it.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mailbot.config.settings import ConfigurationError, OAuth2, Settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.x509 import Certificate

#: Seconds that what is signed holds: long enough for clocks that differ, short enough to steal in vain.
LIFETIME = 600
CERTIFICATE, SERVICE_ACCOUNT = "oauth2.certificate_file", "oauth2.service_account_file"
_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


def by_certificate(oauth2: OAuth2, settings: Settings) -> dict[str, str]:
    """The fields of a form that say who asks, signed with the key of ``certificate_file``
    (RFC 7523 §2.2). Raises ``ConfigurationError`` where that file cannot be used."""
    from cryptography.hazmat.primitives import hashes

    certificate, key = _certificate(oauth2, settings)
    head = {"alg": "PS256", "x5t#S256": _encode(certificate.fingerprint(hashes.SHA256()))}
    claims = {"iss": oauth2.client_id, "sub": oauth2.client_id, "aud": oauth2.token_url}
    return {"client_assertion_type": _BEARER, "client_assertion": _signed(head, claims, key)}


def by_service_account(oauth2: OAuth2, settings: Settings, user: str) -> dict[str, str]:
    """The form that asks for a token to act as ``user``, signed with the key of ``service_account_file``
    (RFC 7523 §2.1). Raises ``ConfigurationError`` where that file cannot be used."""
    path = settings.path(oauth2.service_account_file)
    held = settings.secret_bytes(oauth2.service_account_file, SERVICE_ACCOUNT)
    try:
        account = json.loads(held)
        email, key_id = str(account["client_email"]), str(account["private_key_id"])
        key = _key(str(account["private_key"]).encode(), path, SERVICE_ACCOUNT, settings)
    except (ValueError, KeyError, TypeError):
        raise _unusable(
            path, SERVICE_ACCOUNT, settings, "is no key of a service account",
            "download one as JSON from its page, and put it there as it is",
        ) from None  # fmt: skip
    claims = {"iss": email, "sub": user, "scope": oauth2.scope, "aud": oauth2.token_url}
    return {"grant_type": _GRANT, "assertion": _signed({"alg": "RS256", "kid": key_id}, claims, key)}


def certificate_ends(oauth2: OAuth2, settings: Settings) -> date:
    """The last day of the certificate. Raises ``ConfigurationError`` where it cannot be read."""
    return _certificate(oauth2, settings)[0].not_valid_after_utc.astimezone(settings.zone).date()


def _certificate(oauth2: OAuth2, settings: Settings) -> tuple[Certificate, RSAPrivateKey]:
    from cryptography import x509

    path = settings.path(oauth2.certificate_file)
    pem = settings.secret_bytes(oauth2.certificate_file, CERTIFICATE)
    try:
        certificate = x509.load_pem_x509_certificate(pem)
    except ValueError:
        raise _unusable(
            path, CERTIFICATE, settings, "holds no certificate", "put key and certificate in it, as PEM"
        ) from None
    key = _key(pem, path, CERTIFICATE, settings)
    if key.public_key() != certificate.public_key():
        says = "its key is not the certificate's"
        raise _unusable(path, CERTIFICATE, settings, says, "put those in it that were made together")
    return certificate, key


def _key(pem: bytes, path: Path, name: str, settings: Settings) -> RSAPrivateKey:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    begins = re.search(rb"-----BEGIN [A-Z ]*PRIVATE KEY", pem)  # a certificate may come first
    try:
        key = load_pem_private_key(pem[begins.start() :] if begins else b"", password=None)
    except TypeError:  # one with a passphrase, which a service has nobody to ask for
        raise _unusable(path, name, settings, "has a passphrase", "save the key without one") from None
    except ValueError:
        raise _unusable(path, name, settings, "holds no private key", "put it there, as PEM") from None
    if not isinstance(key, RSAPrivateKey):
        raise _unusable(path, name, settings, "its key is none of RSA", "make one with RSA")
    return key


def _unusable(path: Path, name: str, settings: Settings, says: str, mend: str) -> ConfigurationError:
    return ConfigurationError(f"{settings.file}: {name}: cannot use {path} ({says})", mend)


def _signed(head: Mapping[str, str], claims: Mapping[str, Any], key: RSAPrivateKey) -> str:
    """A JWT (RFC 7519) that holds from now, for once."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    now = int(time.time())
    times = {"iat": now, "nbf": now, "exp": now + LIFETIME, "jti": secrets.token_urlsafe(16)}
    parts = ({"typ": "JWT", **head}, {**claims, **times})
    signed = ".".join(_encode(json.dumps(part).encode()) for part in parts)
    digest = hashes.SHA256()
    pss = padding.PSS(padding.MGF1(digest), padding.PSS.DIGEST_LENGTH)
    signature = key.sign(signed.encode(), pss if head["alg"] == "PS256" else padding.PKCS1v15(), digest)
    return f"{signed}.{_encode(signature)}"


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
