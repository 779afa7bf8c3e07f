"""A bounded look at raw bytes before any parser sees them.

The standard parser is quadratic in the parameters of a ``Content-Type`` (114 KB of it take
80 s) and recurses once per level of nesting (3,000 levels raise). What is cut here was never
written by a mail program: what is left still parses.
"""

from __future__ import annotations

import re
from itertools import islice

_MAX_FIELD = 2_000
_MAX_PARAMETERS = 40
_MAX_HEADER = 60_000
_MAX_MULTIPARTS = 80
_MAX_PARTS = 1_000

_CONTENT_FIELD = re.compile(rb"(?im)^content-[a-z-]{1,40}:[^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*")
_ANY_FIELD = re.compile(rb"(?m)^[!-9;-~]{1,200}:[^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*")
_MBOX_SEPARATOR = re.compile(rb">?From [^\r\n:]{0,200}[^\r\n: \t]")
_BLANK_BEFORE_COLON = re.compile(rb"(?m)^([!-9;-~]{1,76})[ \t]{1,4}:")
_BLANK_IN_A_PART = re.compile(rb"(?im)^(content-[a-z-]{1,40})[ \t]{1,4}:")
#: Lower case, and "\n" for every line end.
_FLAT = bytes(range(256)).lower().replace(b"\r", b"\n")
# These look at a copy in lower case with "\n" for every line end: a plain prefix is found fast.
_FLAT_FIELD = re.compile(rb"\ncontent-[a-z-]{1,40}:[^\n]*(?:\n\n?[ \t][^\n]*)*")
_BLANK_IN_A_FLAT_PART = re.compile(rb"\ncontent-[a-z-]{1,40}[ \t]{1,4}:")
_MULTIPART = re.compile(rb"\ncontent-type:\s*(?:multipart|message)/")
_PART = re.compile(rb"\ncontent-type:")
_BOUNDARY = re.compile(rb"boundary\s*=\s*(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))")
_END_OF_HEADER = re.compile(rb"\r\n\r\n|\n\n|\r\r")


def bounded(raw: bytes) -> bytes:
    """``raw`` with absurd header fields cut short; of a message with absurd nesting or an
    absurd number of parts the header alone. Ordinary mail comes back as it is."""
    if _MBOX_SEPARATOR.match(raw):  # an mbox separator is no part of the message
        raw = raw.partition(b"\n")[2]
    end = _END_OF_HEADER.search(raw)
    as_it_is = raw[: end.end()] if end else raw[: _MAX_HEADER * 5]
    head = _BLANK_BEFORE_COLON.sub(
        rb"\1:", _without_torn_results(as_it_is)
    )  # the parser takes "From : x" for an mbox separator
    head = _ANY_FIELD.sub(_cut, head[: _MAX_HEADER * 5])
    flat = (b"\n" + raw).translate(_FLAT)
    if (
        _more_than(_MULTIPART, flat, _MAX_MULTIPARTS)
        or _more_than(_PART, flat, _MAX_PARTS)
        or any(flat.count(b"\n--" + boundary) > _MAX_PARTS for boundary in _boundaries(flat))
    ):
        return head + b"\r\n"
    absurd = any(_is_absurd(found[0][1:]) for found in _FLAT_FIELD.finditer(flat))
    if head == as_it_is and end and not absurd and not _BLANK_IN_A_FLAT_PART.search(flat):
        return raw  # a large mail is not copied
    rest = raw[end.end() :] if end else b""
    if absurd:
        rest = _CONTENT_FIELD.sub(_cut, rest)
    return head + _BLANK_IN_A_PART.sub(rb"\1:", rest)


#: The name of the field that says who sent a mail, as no server writes it: with a blank before the colon, or
#: behind a line end that is not the header's own (the parser takes each CR and LF for one).
_BLANK_IN_RESULTS = re.compile(rb"(?im)^(authentication-results)[ \t]+:")
_BEHIND_A_BARE = {
    b"\r\n": re.compile(rb"(?i)(?:(?<!\r)\n|\r(?!\n))(authentication-results)[ \t]*:"),
    b"\n": re.compile(rb"(?i)\r(authentication-results)[ \t]*:"),
}


def _without_torn_results(head: bytes) -> bytes:
    """A header in which results that only our parser would read as a field have another name: a server that
    takes foreign results out by their name leaves them."""
    own = b"\r\n" if b"\r\n" in head else b"\n"
    torn = _BEHIND_A_BARE[own].sub(rb"\nX-\1:", head)
    return _BLANK_IN_RESULTS.sub(rb"X-\1:", torn)


def _is_absurd(field: bytes) -> bool:
    if field[:8].lower() == b"content-":
        return len(field) > _MAX_FIELD or field.count(b";") > _MAX_PARAMETERS or field.count(b'"') > 80
    return len(field) > _MAX_HEADER


def _cut(found: re.Match[bytes]) -> bytes:
    field = found[0]
    if not _is_absurd(field):
        return field
    return (
        field[: _MAX_FIELD // 4].split(b";", 2)[0]
        if field[:8].lower() == b"content-"
        else field[:_MAX_HEADER]
    )


def _boundaries(raw: bytes) -> set[bytes]:
    """The boundaries declared, as far as the number of multiparts that is allowed goes."""
    found = islice(_BOUNDARY.finditer(raw), _MAX_MULTIPARTS)
    return {(one[1] or one[2]).strip() for one in found} - {b""}


def _more_than(pattern: re.Pattern[bytes], raw: bytes, limit: int) -> bool:
    return any(number >= limit for number, _ in enumerate(pattern.finditer(raw)))
