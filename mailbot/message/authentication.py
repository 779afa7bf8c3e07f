"""What the believed mail server says of the sender (RFC 8601)."""

from __future__ import annotations

import re

from mailbot.domain.message import Verdict

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"^\s*(dmarc|dkim|spf|arc)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)(.*)$", re.I | re.S)
#: The domain each method checked: that of DKIM is d=, or what follows the @ of i=.
_CHECKED = {
    "dmarc": re.compile(r"\bheader\.from\s*=\s*([^\s;]+)", re.I),
    "dkim": re.compile(r"\bheader\.[di]\s*=\s*([^\s;]+)", re.I),
    "spf": re.compile(r"\bsmtp\.mailfrom\s*=\s*([^\s;]+)", re.I),
}


def verdict(fields: list[str], authserv_id: str, sender: str) -> Verdict:
    """The verdict of the fields that carry ``authserv_id``; NONE without one. ``fields`` are
    undecoded, topmost first: an encoded word is no server's name.

    Only the topmost field can prove a sender: those below may have come with the mail. It does where
    dmarc, or else dkim or spf, passed for the domain that ``sender`` shows, or for one of the same
    organisation (anybody signs for a domain of their own). Any field that says ``dmarc=fail``, and an
    ``spf`` failure that nothing else makes up for, is a contradiction.
    """
    own = [text for text in map(_plain, fields) if authserv_id and _server(text) == authserv_id.lower()]
    if not own:
        return Verdict.NONE
    if any(("dmarc", "fail") in {(method, value) for method, value, _ in _results(text)} for text in own):
        return Verdict.FAIL
    domain = sender.rpartition("@")[2].lower()
    found = _results(own[0])
    dmarc = [checked for method, value, checked in found if (method, value) == ("dmarc", "pass")]
    if dmarc:  # of another domain than the one we read, it says nothing of this sender
        same = all(not checked or _aligned(domain, checked) for checked in dmarc)
        return Verdict.PASS if same and domain else Verdict.FAIL
    passed = (checked for method, value, checked in found if value == "pass" and method in ("dkim", "spf"))
    if any(_aligned(domain, checked) for checked in passed):
        return Verdict.PASS
    failed = any(method == "spf" and value in ("fail", "hardfail") for method, value, _ in found)
    return Verdict.FAIL if failed else Verdict.NONE


def _results(field: str) -> list[tuple[str, str, set[str]]]:
    """Each result of a field: method, value, and the domains it was about."""
    found = []
    for piece in field.split(";")[1:]:
        if result := _RESULT.match(piece):
            method = result[1].lower()
            pattern = _CHECKED.get(method)
            domains = (one[1] for one in pattern.finditer(result[3])) if pattern else ()
            shown = {one.rpartition("@")[2].strip("\"'<>").lower() for one in domains}
            found.append((method, result[2].lower(), shown))
    return found


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


def _aligned(domain: str, checked: set[str]) -> bool:
    return any(_is_aligned(domain, one) for one in checked)


def _is_aligned(domain: str, other: str) -> bool:
    """Whether two domains are of one organisation (RFC 7489, relaxed alignment): the same, or the one
    below the other. Siblings are not told from strangers below one public suffix."""
    if not domain or not other:
        return False
    shorter, longer = sorted((domain, other), key=len)
    return shorter == longer or ("." in shorter and longer.endswith(f".{shorter}"))
