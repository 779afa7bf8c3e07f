"""An OAuth 2.0 token server on the loopback, whose JWTs the private Dovecot believes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.server
import json
import ssl
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey


@dataclass
class Tokens:
    """A running server. ``asked`` are the forms it was sent; with ``rotate`` each answer brings
    another refresh token, and the old one ends. ``refuse`` answers invalid_grant, ``refusal`` whatever
    it holds. A sign-in by device code or browser is done by ``signs_in``, else the user; with ``shares``
    they may open the user's mailbox. ``pending`` is how often a device code is asked about in vain.
    ``fixed`` is given instead of a new token. With ``signed_by`` who asks must sign with its key;
    ``signed`` are the claims that were."""

    key: bytes
    user: str
    port: int = 0
    lifetime: int = 3600
    rotate: bool = False
    refuse: bool = False
    wrong_key: bool = False
    signs_in: str = ""
    shares: bool = False
    pending: int = 0
    refusal: tuple[int, dict[str, object] | bytes] | None = None
    challenge: str = ""
    fixed: str = ""
    scheme: str = "http"
    refresh_token: str = "eerste"
    asked: list[dict[str, str]] = field(default_factory=list)
    signed_by: RSAPublicKey | None = None
    signed: list[dict[str, object]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The token_url."""
        return f"{self.scheme}://127.0.0.1:{self.port}/token"

    @property
    def device_url(self) -> str:
        """Where a device code is asked for."""
        return f"http://127.0.0.1:{self.port}/device"

    @property
    def authorize_url(self) -> str:
        """Where a browser signs in, and is sent back from."""
        return f"http://127.0.0.1:{self.port}/authorize"

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, object] | bytes]:
        """Status and body for one request."""
        self.asked.append(form)
        if self.refusal:
            return self.refusal
        if path == "/device":
            return 200, {
                "device_code": "apparaat",
                "user_code": "ABCD-EFGH",
                "interval": 0.05,
                "expires_in": 300,
                "verification_uri": "https://login.example.org/device",
            }
        if not self._signed(form):
            wrong = "invalid_client" if "client_assertion" in form else "invalid_grant"
            return 401, {"error": wrong}
        if self.refuse or not self._may(form):
            return 400, {"error": "invalid_grant", "error_description": "zegt " + str(form)}
        if "device" in form["grant_type"] and self.pending:
            self.pending -= 1
            return 400, {"error": "authorization_pending"}
        by_person = "device" in form["grant_type"] or form["grant_type"] == "authorization_code"
        token = self.fixed or self.jwt(self.signs_in if by_person else "")
        said: dict[str, object] = {"access_token": token, "expires_in": self.lifetime}
        if self.rotate or by_person:
            self.refresh_token = f"volgende-{len(self.asked)}"
            said["refresh_token"] = self.refresh_token
        if by_person:
            said["scope"] = "imap smtp"
        return 200, said

    def _may(self, form: dict[str, str]) -> bool:
        match form["grant_type"]:
            case "refresh_token":
                return form["refresh_token"] == self.refresh_token
            case "authorization_code":  # RFC 7636 §4.6
                digest = hashlib.sha256(form["code_verifier"].encode()).digest()
                return form["code"] == "een-code" and _encode(digest) == self.challenge
        return True

    def _signed(self, form: dict[str, str]) -> bool:
        """Whether who asks signed (RFC 7523 §3): by certificate with PS256, as an account with RS256."""
        if self.signed_by is None:
            return True
        signed, _, signature = (form.get("client_assertion") or form.get("assertion", "")).rpartition(".")
        head, claims = (json.loads(_decode(part)) for part in signed.split("."))
        if "client_assertion" in form:
            pss = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
            how, right = pss, head["alg"] == "PS256" and "x5t#S256" in head
        else:
            how, right = padding.PKCS1v15(), head["alg"] == "RS256" and "kid" in head
        try:
            self.signed_by.verify(_decode(signature), signed.encode(), how, hashes.SHA256())
        except InvalidSignature:
            return False
        self.signed.append(claims)
        return right and claims["nbf"] <= time.time() < claims["exp"]

    def redirect(self, query: dict[str, str]) -> str:
        """Where a browser that signed in is sent."""
        assert query["code_challenge_method"] == "S256"
        self.challenge = query["code_challenge"]
        back = urllib.parse.urlencode({"code": "een-code", "state": query["state"]})
        return f"{query['redirect_uri']}?{back}"

    def jwt(self, who: str = "") -> str:
        """A token for the user, or somebody else (RFC 7519), signed with HS256."""
        who = who or self.user
        now = int(time.time())
        claims = {
            "email": self.user if self.shares else who,
            "sub": who,
            "iat": now,
            "exp": now + self.lifetime,
        }
        head = _encode(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
        signed = f"{head}.{_encode(json.dumps(claims).encode())}"
        key = b"x" * 32 if self.wrong_key else self.key
        return f"{signed}.{_encode(hmac.digest(key, signed.encode(), hashlib.sha256))}"


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@contextmanager
def running(key: bytes, user: str, certificate: Path | None = None) -> Iterator[Tokens]:
    """A token server for one user, until the block ends; over TLS where ``certificate`` is a folder
    with ``server.pem`` and ``server.key``."""
    tokens = Tokens(key, user, scheme="https" if certificate else "http")

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, said = tokens.answer(self.path, dict(urllib.parse.parse_qsl(body)))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(said if isinstance(said, bytes) else json.dumps(said).encode())

        def do_GET(self) -> None:
            query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
            self.send_response(302)
            self.send_header("Location", tokens.redirect(query))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        tokens.port = server.server_port
        if certificate:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(certificate / "server.pem", certificate / "server.key")
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield tokens
        finally:
            server.shutdown()
            thread.join(5)
