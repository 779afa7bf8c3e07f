"""Whether our own mail server confirms the sender: ``Authentication-Results`` (RFC 8601)."""

from __future__ import annotations

import re

from mailbot.domain.message import Verdict

#: A quoted string, a bracket of a comment, an escaped character, or any other (RFC 5322, 3.2).
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\\.|.', re.S)
#: A quoted string is kept only if it is a word or an address: senders can put results in any other.
_WORD = re.compile(r'"([\w.@+-]*)"')
_RESULT = re.compile(r"^\s*(dmarc|dkim|spf|arc)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)(?!\S)(.*)$", re.I | re.S)
#: A result of any method with its properties, or none at all; what else stands between two ";", or behind a
#: result, is torn from a value, as of the address that a sender chose to send from.
_WHOLE = re.compile(
    r"\s*(?:none\s*|[\w.-]+\s*(?:/\s*\d+\s*)?=\s*[\w.-]+(?!\S)(?:\s+[\w.-]+\s*=\s*+(?![\w.-]+\s*=)\S*)*+\s*)?",
    re.I,
)
#: Stands in a field for a quoted string that is not kept: the value of a "reason", or half of an address.
_LEFT_OUT = '""'
#: Stands in a field for a quote or a bracket without its other half: what is a value and what a result in
#: it is anybody's guess. No field holds a line break by itself.
_UNCLOSED = "\n"
#: What says which domain each method checked: that of DKIM is d=, or without it what follows the @ of i=.
_CHECKED = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}


def verdict(fields: list[str], authserv_id: str, sender: str) -> Verdict:
    """The verdict of the fields that carry ``authserv_id``; NONE without one. ``fields`` are
    undecoded, topmost first: an encoded word is no server's name.

    Only the topmost field can prove a sender: those below may have come with the mail. It does where it
    holds nothing but results, and dmarc, or else dkim or spf, passed for the domain that ``sender``
    shows, or for one of the same organisation (anybody signs for a domain of their own). Any field
    that says ``dmarc=fail``, and an ``spf`` failure that nothing else makes up for, is a contradiction.
    """
    own = [text for text in map(_plain, fields) if authserv_id and _server(text) == authserv_id.lower()]
    if not own:
        return Verdict.NONE
    if any(("dmarc", "fail") in {(method, value) for method, value, _ in _results(text)} for text in own):
        return Verdict.FAIL
    return _of_topmost(own[0], sender.rpartition("@")[2].lower())


def _of_topmost(field: str, domain: str) -> Verdict:
    """What the topmost field says of a sender at ``domain``; nothing where it does not hold results alone."""
    torn = _UNCLOSED in field or not all(map(_WHOLE.fullmatch, field.split(";")[1:]))
    found = [] if torn else _results(field)
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
            told = (_told(result[3], name) for name in _CHECKED.get(method, ()))
            found.append((method, result[2].lower(), next(filter(None, told), set())))
    return found


def _told(result: str, name: str) -> set[str]:
    """The domains that one result gives for a property ("header.from", "smtp.mailfrom")."""
    values = re.findall(rf"(?<![\w.]){re.escape(name)}\s*=\s*([^\s;]+)", result, re.I)
    return {value.rpartition("@")[2].strip("\"'<>").lower() for value in values if value != _LEFT_OUT}


def _plain(field: str) -> str:
    """The field without what a sender can write into it: comments, and quoted strings other than a
    word (a quoted local part can hold separators and whole results); marked where a quote or a comment is
    not closed."""
    kept: list[str] = []
    depth, whole = 0, True
    for piece in _TOKEN.findall(field):
        if piece == "(":
            depth += 1
        elif piece == ")" and depth:
            depth -= 1
        elif not depth:
            whole = whole and piece not in ('"', ")")
            word = _WORD.fullmatch(piece)
            kept.append(word[1] if word else _LEFT_OUT if piece.startswith('"') else piece)
        if piece in "()":
            kept.append(" ")
    return "".join(kept) + ("" if whole and not depth else _UNCLOSED)


def _server(field: str) -> str:
    """The authserv-id, without the version that may follow it ("mx.example 1", "mx.example/1")."""
    first = field.partition(";")[0].partition("/")[0].split()
    return first[0].strip('"').lower() if first else ""


def _aligned(domain: str, checked: set[str]) -> bool:
    """Whether a result is about the organisation of a domain: one that gives two contradicts itself."""
    return bool(checked) and all(_is_aligned(domain, one) for one in checked)


def _is_aligned(domain: str, other: str) -> bool:
    """Whether two domains are of one organisation (RFC 7489, relaxed alignment): the same, or the one
    below the other. Two siblings are not: without a list of public
    suffixes, "a.co.example" and "b.co.example" cannot be told from strangers."""
    if not domain or not other:
        return False
    shorter, longer = sorted((domain, other), key=len)
    return shorter == longer or ("." in shorter and longer.endswith(f".{shorter}"))
