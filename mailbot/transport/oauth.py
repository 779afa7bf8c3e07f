"""Access tokens by OAuth 2.0 (RFC 6749): client credentials, or a refresh token.

A token is kept in memory until shortly before its end. A server may give another refresh token
with each (§6): it is kept in the state directory, since the configuration is read-only.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from mailbot.config.settings import LOOPBACK, ConfigurationError, MailboxSettings, OAuth2, Settings, Smtp
from mailbot.transport.connection import CONNECT_TIMEOUT, MailServerTrouble, one_line

_lock = threading.Lock()
_kept: dict[OAuth2, tuple[str, float]] = {}


def access_token(login: MailboxSettings | Smtp, settings: Settings) -> str:
    """A token that is good for some minutes yet, asked anew where needed.

    Raises ``MailServerTrouble`` where the token server fails or refuses, and
    ``ConfigurationError`` where a secret cannot be read.
    """
    oauth2 = login.oauth2
    if oauth2 is None:
        raise ConfigurationError(f"{settings.file}: oauth2: is not configured", "add it")
    with _lock:
        token, until = _kept.get(oauth2, ("", 0.0))
        if time.monotonic() >= until:
            answer = _ask(oauth2, settings)
            token = str(answer["access_token"])
            lifetime = float(answer.get("expires_in") or 3600)
            _kept[oauth2] = token, time.monotonic() + max(lifetime - 300, lifetime / 2)
        return token


def forget(login: MailboxSettings | Smtp) -> None:
    """Drops a token that a server refused: the next one is asked anew."""
    with _lock:
        if login.oauth2:
            _kept.pop(login.oauth2, None)


def _ask(oauth2: OAuth2, settings: Settings) -> dict[str, Any]:
    url = urllib.parse.urlsplit(oauth2.token_url)
    if url.scheme != "https" and not (url.scheme == "http" and url.hostname in LOOPBACK):
        raise ConfigurationError(f"{settings.file}: oauth2.token_url: must begin with https://", "mend it")
    form = {"client_id": oauth2.client_id, "grant_type": "client_credentials"}
    if oauth2.scope:
        form["scope"] = oauth2.scope
    if oauth2.client_secret_file:
        secret = settings.secret_file(oauth2.client_secret_file, "oauth2.client_secret_file")
        form["client_secret"] = secret.get_secret_value()
    if oauth2.refresh_token_file:
        form |= {"grant_type": "refresh_token", "refresh_token": _refresh_token(oauth2, settings)}
    answer = _post(oauth2.token_url, form, f"{url.hostname}:{url.port or 443}")
    if oauth2.refresh_token_file and answer.get("refresh_token") not in (None, "", form["refresh_token"]):
        _keep(_rotated(oauth2, settings), str(answer["refresh_token"]))
    return answer


def _post(url: str, form: dict[str, str], where: str) -> dict[str, Any]:
    request = urllib.request.Request(url, urllib.parse.urlencode(form).encode())  # noqa: S310  scheme checked
    try:
        with urllib.request.urlopen(request, timeout=CONNECT_TIMEOUT) as response:  # noqa: S310  same
            answer = json.loads(response.read(1_000_000))
    except urllib.error.HTTPError as error:
        with error:
            said = _refusal(error.read(100_000))
        raise MailServerTrouble(
            where,
            f"gives no access token ({error.code} {said})",
            "check client_id, secret and consent, or sign in again for a new refresh token",
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise MailServerTrouble(
            where, f"gives no access token ({one_line(reason)})", "check token_url, or wait"
        ) from None
    if not isinstance(answer, dict) or not answer.get("access_token"):
        raise MailServerTrouble(where, "answers without an access token", "check token_url")
    return answer


def _refusal(body: bytes) -> str:
    """The error code of RFC 6749 §5.2; its description may quote what was sent and stays out."""
    try:
        return one_line(json.loads(body)["error"])
    except (ValueError, KeyError, TypeError):
        return "without a reason"


def _rotated(oauth2: OAuth2, settings: Settings) -> Path:
    name = hashlib.sha256(f"{oauth2.token_url}|{oauth2.client_id}|{oauth2.refresh_token_file}".encode())
    return settings.state_dir / f"refresh-token-{name.hexdigest()[:12]}"


def _refresh_token(oauth2: OAuth2, settings: Settings) -> str:
    """The newest of the configured token and the one a server gave since: a person who signs in
    again writes a newer file."""
    rotated, given = _rotated(oauth2, settings), settings.path(oauth2.refresh_token_file)
    try:
        if rotated.stat().st_mtime >= given.stat().st_mtime:
            return rotated.read_text(encoding="utf-8")
    except OSError:
        pass  # none was given yet; a missing configured file is told below
    secret = settings.secret_file(oauth2.refresh_token_file, "oauth2.refresh_token_file")
    return secret.get_secret_value()


def _keep(path: Path, token: str) -> None:
    """Writes a token, readable by its owner alone, beside and renamed: never half."""
    path.parent.mkdir(0o700, parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(token)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
