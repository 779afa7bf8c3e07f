"""What the believed mail server says of the sender (RFC 8601)."""

from __future__ import annotations

import re

from mailbot.domain.message import Verdict

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"^\s*(dmarc|dkim|spf|arc)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)(.*)$", re.I | re.S)
_PROPERTY = re.compile(
    r"\b(header\.d|header\.i|smtp\.mailfrom|smtp\.helo|header\.from)\s*=\s*([^\s;]+)", re.I
)


def verdict(fields: list[str], authserv_id: str, sender: str) -> Verdict:
    """The verdict of the topmost field that carries ``authserv_id``; NONE without one.

    ``dmarc`` decides. Without it, a ``dkim`` or ``spf`` pass counts only for the domain that
    ``sender`` shows (anybody signs for a domain of their own), and an ``spf`` failure only where
    nothing passes for that domain.
    """
    if not authserv_id:
        return Verdict.NONE
    own = next((text for text in map(_plain, fields) if _server(text) == authserv_id.lower()), None)
    if own is None:
        return Verdict.NONE
    domain = sender.rpartition("@")[2].lower()
    said: dict[str, set[str]] = {}
    aligned, checked = False, set[str]()
    for piece in own.split(";")[1:]:
        result = _RESULT.match(piece)
        if not result:
            continue
        method, value = result[1].lower(), result[2].lower()
        said.setdefault(method, set()).add(value)
        shown = {prop[2].rpartition("@")[2].strip('"').lower() for prop in _PROPERTY.finditer(result[3])}
        if value == "pass" and method in ("dkim", "spf"):
            aligned = aligned or any(_same_organisation(domain, other) for other in shown)
        elif value == "pass" and method == "dmarc":
            checked |= shown
    dmarc = said.get("dmarc", set())
    if "fail" in dmarc:
        return Verdict.FAIL
    if "pass" in dmarc:  # of another domain than the one we read, it says nothing of this sender
        same = not checked or any(_same_organisation(domain, other) for other in checked)
        return Verdict.PASS if same else Verdict.FAIL
    if said.get("spf", set()) & {"fail", "hardfail"} and not aligned:
        return Verdict.FAIL
    return Verdict.PASS if aligned and domain else Verdict.NONE


def _plain(field: str) -> str:
    """Without comments, which may say anything, and quoted strings emptied of separators."""
    for _ in range(10):
        shorter = _COMMENT.sub(" ", field)
        if shorter == field:
            break
        field = shorter
    return re.sub(r'"[^"]*"', lambda quoted: quoted[0].replace(";", " "), field)


def _server(field: str) -> str:
    """The authserv-id, without the version that may follow it ("mx.example 1", "mx.example/1")."""
    first = field.partition(";")[0].partition("/")[0].split()
    return first[0].strip('"').lower() if first else ""


def _same_organisation(one: str, other: str) -> bool:
    return bool(one and other) and (one == other or (one.endswith(f".{other}") and "." in other))
