"""Access tokens by OAuth 2.0 (RFC 6749): client credentials, a refresh token, or a service account.

A token is kept in memory until shortly before its end. A server may give another refresh token
with each (§6): it is kept in the state directory, since the configuration is read-only.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import stat
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import date
from pathlib import Path
from typing import Any

from mailbot.config.settings import LOOPBACK, ConfigurationError, MailboxSettings, OAuth2, Settings, Smtp
from mailbot.transport import signed_credentials
from mailbot.transport.connection import CONNECT_TIMEOUT, MailServerTrouble, explain, one_line, tls_context

_lock = threading.Lock()
#: By whose token it is: a service account gets one for each user.
_kept: dict[tuple[OAuth2, str], tuple[str, float]] = {}


def access_token(login: MailboxSettings | Smtp, settings: Settings) -> str:
    """A token that is good for some minutes yet, asked anew where needed.

    Raises ``MailServerTrouble`` where the token server fails or refuses, and
    ``ConfigurationError`` where a secret cannot be read.
    """
    oauth2 = login.oauth2
    if oauth2 is None:
        raise ConfigurationError(f"{settings.file}: oauth2: is not configured", "add it")
    with _lock:
        token, until = _kept.get((oauth2, login.user), ("", 0.0))
        if time.monotonic() >= until:
            answer = _ask(login, oauth2, settings)
            token = str(answer["access_token"])
            lifetime = float(answer.get("expires_in") or 3600)
            _kept[oauth2, login.user] = token, time.monotonic() + max(lifetime - 300, lifetime / 2)
        return token


def forget(login: MailboxSettings | Smtp) -> None:
    """Drops a token that a server refused, so that the next call asks for a new one."""
    with _lock:
        if login.oauth2:
            _kept.pop((login.oauth2, login.user), None)


def remember(login: MailboxSettings | Smtp, token: str, lifetime: float) -> None:
    """Keeps a token that a sign-in gave."""
    with _lock:
        if login.oauth2:
            _kept[login.oauth2, login.user] = token, time.monotonic() + lifetime / 2


def ends_on(oauth2: OAuth2, settings: Settings) -> date | None:
    """The day on which what the client authenticates with expires: that of its certificate, or the one that
    the configuration gives for a secret. Raises ``ConfigurationError`` where a certificate cannot be read."""
    if oauth2.certificate_file:
        return signed_credentials.certificate_ends(oauth2, settings)
    return oauth2.secret_expires


class Refused(MailServerTrouble):
    """A token server that answers and says no; ``code`` is its error (RFC 6749 §5.2)."""

    def __init__(self, where: str, what: str, mend: str, code: str) -> None:
        super().__init__(where, what, mend)
        self.code = code


def client(oauth2: OAuth2, settings: Settings) -> dict[str, str]:
    """The parameters that identify the client: its id, with a secret or a signed assertion where it has
    one."""
    form = {"client_id": oauth2.client_id}
    if oauth2.certificate_file:
        form |= signed_credentials.by_certificate(oauth2, settings)
    if oauth2.client_secret_file:
        secret = settings.secret_file(oauth2.client_secret_file, "oauth2.client_secret_file")
        form["client_secret"] = secret.get_secret_value()
    return form


def _ask(login: MailboxSettings | Smtp, oauth2: OAuth2, settings: Settings) -> dict[str, Any]:
    if oauth2.service_account_file:
        account = signed_credentials.by_service_account(oauth2, settings, login.user)
        return post(oauth2.token_url, account, login, settings)
    form = {"grant_type": "client_credentials", **client(oauth2, settings)}
    if oauth2.scope:
        form["scope"] = oauth2.scope
    if oauth2.refresh_token_file:
        form |= {"grant_type": "refresh_token", "refresh_token": _refresh_token(oauth2, settings)}
    answer = post(oauth2.token_url, form, login, settings)
    if oauth2.refresh_token_file and answer.get("refresh_token") not in (None, "", form["refresh_token"]):
        _keep(_rotated(oauth2, settings), str(answer["refresh_token"]))
    return answer


def host_of(url: str) -> str:
    """A server of a URL as messages name it."""
    parts = urllib.parse.urlsplit(url)
    return f"{parts.hostname}:{parts.port or 443}"


def post(
    url: str,
    form: dict[str, str],
    login: MailboxSettings | Smtp,
    settings: Settings,
    wanted: str = "access_token",
) -> dict[str, Any]:
    """Asks a token server, by the authority of the login's ``ca_file`` too. Raises ``Refused`` where it
    says no, ``MailServerTrouble`` where it fails or its answer has no ``wanted``, and
    ``ConfigurationError`` for a URL in the clear."""
    parts, where = urllib.parse.urlsplit(url), host_of(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ConfigurationError(f"{settings.file}: oauth2: {where} must begin with https://", "mend it")
    context = tls_context(login, settings) if parts.scheme == "https" else None
    request = urllib.request.Request(url, urllib.parse.urlencode(form).encode())  # noqa: S310  scheme checked
    try:
        with urllib.request.urlopen(request, timeout=CONNECT_TIMEOUT, context=context) as response:  # noqa: S310  same
            answer = json.loads(response.read(1_000_000))
    except urllib.error.HTTPError as error:
        with error:
            raise _refusal(where, error.code, error.read(100_000), login) from None
    except ValueError:
        raise MailServerTrouble(
            where, "gives no access token (its answer is none)", "check token_url"
        ) from None
    except (OSError, http.client.HTTPException) as error:
        raise MailServerTrouble(where, *_unheard(error, login)) from None
    if not isinstance(answer, dict) or not answer.get(wanted):
        raise MailServerTrouble(where, f"answers without {wanted}", "check token_url")
    return answer


def _unheard(error: Exception, login: MailboxSettings | Smtp) -> tuple[str, str]:
    """Why a token server gave no answer at all, with the mend."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, ConnectionResetError | http.client.HTTPException):
        says, mend = "it breaks the connection off", "check token_url: https:// or http://, and the port"
    elif isinstance(reason, Exception):
        trouble = explain(reason, login)
        says, mend = trouble.what, trouble.mend.replace("check host", "check token_url")
    else:
        says, mend = one_line(reason), "check token_url, or wait"
    return f"gives no access token ({says})", mend


_SIGN_IN = "sign in again: mailbot login"
#: What a refusal means, by the error of RFC 6749 §5.2 and RFC 8628 §3.5.
_MENDS = {
    "invalid_grant": _SIGN_IN,
    "invalid_client": "check client_id, and the client's secret or certificate",
    "unauthorized_client": "allow this way of signing in for the client (client_id) at the provider",
    "invalid_scope": "check scope, and the permissions of the client at the provider",
    "access_denied": "sign in again, and consent",
    "expired_token": "the code was not used in time: run mailbot login again",
    "unsupported_grant_type": "allow this way of signing in for the client (client_id) at the provider",
}
#: The same where a service account asks: nobody can sign in again.
_OF_SERVICE_ACCOUNTS = {
    "invalid_grant": "check user, the clock, and whether the key of service_account_file was not removed",
    "unauthorized_client": "let an administrator delegate the scope, domain-wide, to the service account",
}
#: The same by Microsoft's own number, which its answer has as a field beside the error.
_AADSTS = {
    7000215: "client_secret_file holds another secret than the client's: copy its value, not its id",
    7000222: "the client secret has expired: make a new one, and write it in client_secret_file",
    700016: "check client_id and tenant: this directory does not know that client",
    90002: "check tenant: there is no such directory",
    65001: "let an administrator consent to the client's permissions",
    50076: f"more than a password is asked for now: {_SIGN_IN}",
    50079: f"more than a password is asked for now: {_SIGN_IN}",
    50173: f"the password was changed: {_SIGN_IN}",
    70008: f"the sign-in has expired: {_SIGN_IN}",
    700082: f"the sign-in was not used for too long: {_SIGN_IN}",
    53003: "a conditional access policy forbids it: let an administrator make an exception for this client",
    50034: "check user: this directory has no such account",
    50057: "the account is disabled: let an administrator enable it",
    50126: "user or password is wrong: sign in again",
    700027: "upload the certificate of certificate_file at the client's page (Certificates & secrets)",
    700024: "check this machine's clock: what it signs is not valid yet, or no longer",
    7000218: 'let the client be a public one ("Allow public client flows"), or write client_secret_file',
}


def _refusal(where: str, status: int, body: bytes, login: MailboxSettings | Smtp) -> MailServerTrouble:
    """What a token server refuses, told by its error codes. Its description is left out, since that may quote
    what was sent."""
    try:
        said = json.loads(body)
        code = one_line(said["error"])
        numbers = [number for number in said.get("error_codes") or () if isinstance(number, int)]
    except (ValueError, KeyError, TypeError, AttributeError):
        mend = (
            "wait, or look at what stands between: a proxy, a firewall"
            if status >= 500
            else "check token_url"
        )
        return MailServerTrouble(where, f"gives no access token ({status} without a reason)", mend)
    told = " ".join((code, *(f"AADSTS{number}" for number in numbers)))
    mend = _mend(code, numbers, login) or ("wait" if status >= 500 else "check client_id, secret and consent")
    return Refused(where, f"gives no access token ({status} {told})", mend, code)


def _mend(code: str, numbers: list[int], login: MailboxSettings | Smtp) -> str:
    """What is to be done about an error of a token server; empty for one that is not known."""
    mends = _MENDS
    if login.oauth2 and login.oauth2.service_account_file:
        mends = _MENDS | _OF_SERVICE_ACCOUNTS
    mend = next((_AADSTS[number] for number in numbers if number in _AADSTS), mends.get(code, ""))
    if mend.endswith(_SIGN_IN) and isinstance(login, MailboxSettings):
        return f"{mend} {login.name}"
    return mend


def keep_signed_in(oauth2: OAuth2, token: str, settings: Settings) -> Path:
    """Writes a refresh token of a new sign-in where the service finds it, and gives where: the file that
    the configuration names, for whom its folder is, or the state folder where that cannot be written."""
    path = settings.path(oauth2.refresh_token_file)
    try:
        folder = path.parent.stat()
        _keep(path, token)
        if os.geteuid() == 0:
            os.chown(path, folder.st_uid, folder.st_gid)
        if folder.st_mode & stat.S_IXGRP:  # a folder that its group reads: root writes, the service reads
            path.chmod(0o640)
    except OSError:
        path = _rotated(oauth2, settings)
        _keep(path, token)
    else:
        _rotated(oauth2, settings).unlink(missing_ok=True)  # of the sign-in before
    return path


def _rotated(oauth2: OAuth2, settings: Settings) -> Path:
    name = hashlib.sha256(f"{oauth2.token_url}|{oauth2.client_id}|{oauth2.refresh_token_file}".encode())
    return settings.state_dir / f"refresh-token-{name.hexdigest()[:12]}"


def _refresh_token(oauth2: OAuth2, settings: Settings) -> str:
    """The newer of the configured token and the one that a server gave since: a person who signs in again
    writes a newer file."""
    rotated, given = _rotated(oauth2, settings), settings.path(oauth2.refresh_token_file)
    try:
        if not given.exists() or rotated.stat().st_mtime >= given.stat().st_mtime:
            return rotated.read_text(encoding="utf-8")
    except OSError:
        pass  # none was given yet
    if not given.exists() and (oauth2.device_url or oauth2.authorize_url):
        raise ConfigurationError(f"{settings.file}: oauth2: nobody has signed in yet", "run mailbot login")
    secret = settings.secret_file(oauth2.refresh_token_file, "oauth2.refresh_token_file")
    return secret.get_secret_value()


def _keep(path: Path, token: str) -> None:
    """Writes a token to a new file, readable by its owner alone, and renames it into place, so that it is
    never half written."""
    path.parent.mkdir(0o700, parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(token)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
