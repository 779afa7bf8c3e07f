"""Signing a person in, once, for a refresh token: by device code (RFC 8628), where a code is typed in at
the provider's page on any device, or by authorization code with PKCE (RFC 7636, 8252), where the
provider's page sends the browser back to a port of this machine, or the person pastes where it was sent.

The configuration names the addresses: any provider that speaks these works, with the administrator's
own client id.
"""

from __future__ import annotations

import base64
import hashlib
import http.server
import secrets
import select
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TextIO

from mailbot.config.settings import ConfigurationError, MailboxSettings, OAuth2, Settings, Smtp
from mailbot.transport import oauth
from mailbot.transport.connection import MailServerTrouble

#: Seconds that a person is waited for where the provider does not say.
PATIENCE = 900.0
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"

_PAGE = b"<!doctype html><meta charset=utf-8><title>mailbot</title><p>You can close this page.</p>"


@dataclass(frozen=True, slots=True)
class Granted:
    """What a sign-in gave. ``scope`` is what the provider says that it granted, "" where it does not."""

    access_token: str
    lifetime: float
    refresh_token: str
    scope: str


def sign_in(
    login: MailboxSettings | Smtp, settings: Settings, say: Callable[[str], None], typed: TextIO
) -> Granted:
    """Leads a person through a sign-in: ``say`` tells what to do, ``typed`` is where a pasted address
    comes from. Raises ``MailServerTrouble`` where the provider refuses or nobody signs in, and
    ``ConfigurationError`` where the configuration misses something."""
    oauth2 = login.oauth2
    if oauth2 and not oauth2.refresh_token_file and _by_itself(oauth2):
        raise ConfigurationError(
            f"{settings.file}: oauth2: the client asks by itself, nobody signs in",
            "go on with mailbot check; for a person's sign-in write refresh_token_file",
        )
    if oauth2 is None or not oauth2.refresh_token_file:
        raise ConfigurationError(
            f"{settings.file}: oauth2.refresh_token_file: is needed for a sign-in",
            'write refresh_token_file = "secrets/oauth-refresh" under the table\'s oauth2',
        )
    if oauth2.device_url:
        answer = _by_device(login, oauth2, settings, say)
    elif oauth2.authorize_url:
        answer = _by_browser(login, oauth2, settings, say, typed)
    else:
        raise ConfigurationError(
            f"{settings.file}: oauth2: names no address to sign in at",
            "write device_url or authorize_url, or provider in the table above it",
        )
    if not answer.get("refresh_token"):
        raise MailServerTrouble(
            oauth.host_of(oauth2.token_url),
            "gave no refresh token",
            "ask for it in scope (offline_access, where the provider knows that), and consent anew",
        )
    return Granted(
        str(answer["access_token"]),
        float(answer.get("expires_in") or 3600),
        str(answer["refresh_token"]),
        str(answer.get("scope") or ""),
    )


def _by_itself(oauth2: OAuth2) -> bool:
    return bool(oauth2.client_secret_file or oauth2.certificate_file or oauth2.service_account_file)


def _who(login: MailboxSettings | Smtp) -> str:
    """Who is to sign in: of a mailbox that several share, somebody else than its user."""
    return (login.oauth2.sign_in_as if login.oauth2 else "") or login.user


def _by_device(
    login: MailboxSettings | Smtp, oauth2: OAuth2, settings: Settings, say: Callable[[str], None]
) -> dict[str, Any]:
    asked = {"client_id": oauth2.client_id, "scope": oauth2.scope}
    begun = oauth.post(oauth2.device_url, asked, login, settings, wanted="device_code")
    page = begun.get("verification_uri") or begun.get("verification_url", "")
    say(f"On any device, open {page} and type in {begun.get('user_code', '')}; sign in as {_who(login)}.")
    form = {"grant_type": DEVICE_GRANT, "device_code": str(begun["device_code"])}
    form |= oauth.client(oauth2, settings)
    pause = float(begun.get("interval") or 5)
    until = time.monotonic() + float(begun.get("expires_in") or PATIENCE)
    while time.monotonic() < until:
        time.sleep(pause)
        try:
            return oauth.post(oauth2.token_url, form, login, settings)
        except oauth.Refused as refused:
            if refused.code == "slow_down":  # RFC 8628 §3.5
                pause += 5
            elif refused.code != "authorization_pending":
                raise
    raise MailServerTrouble(oauth.host_of(oauth2.token_url), "nobody signed in", "run mailbot login again")


def _by_browser(
    login: MailboxSettings | Smtp,
    oauth2: OAuth2,
    settings: Settings,
    say: Callable[[str], None],
    typed: TextIO,
) -> dict[str, Any]:
    verifier, state = secrets.token_urlsafe(64), secrets.token_urlsafe(24)
    sent: list[str] = []
    with http.server.HTTPServer(("127.0.0.1", 0), _catcher(sent)) as server:
        redirect = f"http://127.0.0.1:{server.server_port}/"
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "client_id": oauth2.client_id,
            "redirect_uri": redirect,
            "scope": oauth2.scope,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "login_hint": _who(login),
        }
        joint = "&" if "?" in oauth2.authorize_url else "?"
        say(f"In a browser, open {oauth2.authorize_url}{joint}{urllib.parse.urlencode(query)}")
        say(f"and sign in as {_who(login)}. Where that browser is on another machine, it ends at a page that")
        say("cannot be reached: paste the address of that page here.")
        answer = _answer(server, sent, typed)
    where = oauth.host_of(oauth2.authorize_url)
    if answer.get("state") != state:
        raise MailServerTrouble(where, "the answer belongs to another sign-in", "run mailbot login again")
    if "code" not in answer:
        said = answer.get("error", "no code")
        raise MailServerTrouble(where, f"refuses the sign-in ({said})", "sign in again, and consent")
    form = {
        "grant_type": "authorization_code",
        "code": answer["code"],
        "redirect_uri": redirect,
        "code_verifier": verifier,
    }
    return oauth.post(oauth2.token_url, form | oauth.client(oauth2, settings), login, settings)


def _answer(server: http.server.HTTPServer, sent: list[str], typed: TextIO) -> dict[str, str]:
    """The query that the browser brought, or that somebody pasted, whichever comes first."""
    watched: list[Any] = [server, typed]
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        ready, _, _ = select.select(watched, [], [], max(0.0, until - time.monotonic()))
        if server in ready:
            server.handle_request()
        if typed in ready:
            line = typed.readline()
            if not line:  # nobody can type there
                watched.remove(typed)
            elif "?" in line:
                sent.append(line.strip())
        if sent:
            return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(sent[-1]).query))
    raise MailServerTrouble("sign-in", "nobody signed in", "run mailbot login again")


def _catcher(sent: list[str]) -> type[http.server.BaseHTTPRequestHandler]:
    class Catcher(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if "?" in self.path:  # a browser asks for an icon too
                sent.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(_PAGE)

        def log_message(self, *_: object) -> None:
            """Says nothing: the address holds the code."""

    return Catcher
