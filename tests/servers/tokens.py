"""An OAuth 2.0 token server on the loopback, whose JWTs the private Dovecot believes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.server
import json
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Tokens:
    """A running server. ``asked`` are the forms it was sent; with ``rotate`` each answer brings
    another refresh token, and the old one ends. ``refuse`` answers invalid_grant."""

    key: bytes
    user: str
    port: int = 0
    lifetime: int = 3600
    rotate: bool = False
    refuse: bool = False
    wrong_key: bool = False
    refresh_token: str = "eerste"
    asked: list[dict[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The token_url."""
        return f"http://127.0.0.1:{self.port}/token"

    def answer(self, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        """Status and body for one request."""
        self.asked.append(form)
        wrong = form["grant_type"] == "refresh_token" and form["refresh_token"] != self.refresh_token
        if self.refuse or wrong:
            return 400, {"error": "invalid_grant", "error_description": "zegt " + str(form)}
        said: dict[str, object] = {"access_token": self.jwt(), "expires_in": self.lifetime}
        if self.rotate:
            self.refresh_token = f"volgende-{len(self.asked)}"
            said["refresh_token"] = self.refresh_token
        return 200, said

    def jwt(self) -> str:
        """A token for the user (RFC 7519), signed with HS256."""
        now = int(time.time())
        claims = {"email": self.user, "sub": self.user, "iat": now, "exp": now + self.lifetime}
        head = _encode(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
        signed = f"{head}.{_encode(json.dumps(claims).encode())}"
        key = b"x" * 32 if self.wrong_key else self.key
        return f"{signed}.{_encode(hmac.digest(key, signed.encode(), hashlib.sha256))}"


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@contextmanager
def running(key: bytes, user: str) -> Iterator[Tokens]:
    """A token server for one user, until the block ends."""
    tokens = Tokens(key, user)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, said = tokens.answer(dict(urllib.parse.parse_qsl(body)))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        tokens.port = server.server_port
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield tokens
        finally:
            server.shutdown()
            thread.join(5)
