"""An independent reading of a mail: RFC 5322, 2045 to 2047 and 2231 from the bytes up.

Written to be compared with ``mailbot.message``, so it shares nothing with it: neither its code, nor
the standard library's ``email``, nor mail-parser. Where the two disagree, one of them is wrong.
"""

from __future__ import annotations

import binascii
import html
import re
from dataclasses import dataclass, field

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*)", re.S)
_WORD = re.compile(r"=\?([^?\s]+)\?([bq])\?([^?]*)\?=", re.I)
_MOJIBAKE = re.compile("[\u00c2\u00c3][\u0080-\u00bf]|\u00e2\u20ac")
#: A letter that utf-7 wrote and that nobody read as such: "Ba+AOs-rt".
_SHIFTED = re.compile(r"\+[A-Za-z0-9/]{3,}-")
_DEEPEST = 30


@dataclass
class Reading:
    """What a person would see of a mail: who, what about, the lines of its text, its files."""

    name: str = ""
    address: str = ""
    senders: int = 0
    subject: str = ""
    message_id: str = ""
    lines: list[str] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)


def read(raw: bytes) -> Reading:
    """The mail in these bytes, as far as it can be made out; never raises on odd bytes."""
    if re.match(rb">?From [^:\r\n]{2}", raw):
        raw = raw[raw.find(b"\n") + 1 :]
    fields, body = _head(raw)
    found = Reading()
    _envelope(found, fields)
    _part(found, fields, body, 0, in_alternative=False)
    return found


def _envelope(found: Reading, fields: list[tuple[str, bytes]]) -> None:
    senders = [value for name, value in fields if name == "from"]
    found.senders = len(senders)
    if senders:
        found.name, found.address = mailbox(_text(senders[0]))
    if not found.address:
        others = [value for name, value in fields if name == "sender"]
        if others:
            found.name, found.address = mailbox(_text(others[0]))
    found.subject = _flat(_words(_text(_first(fields, "subject"))))
    ids = re.search(r"<([^<>]+)>", _text(_first(fields, "message-id")))
    bare = _text(_first(fields, "message-id")).split()
    inside = ids[1] if ids else (bare[0].strip("<>") if bare and "@" in bare[0] else "")
    found.message_id = "<" + "".join(inside.split()) + ">" if inside else ""


def _head(raw: bytes) -> tuple[list[tuple[str, bytes]], bytes]:
    """The fields (name in lower case, value with its folds) and what follows the empty line. A line
    that is no field ends the head."""
    fields: list[tuple[str, bytes]] = []
    position = 0
    while position < len(raw):
        end = re.compile(rb"\r\n|\n|\r").search(raw, position)
        line = raw[position : end.start() if end else len(raw)]
        after = end.end() if end else len(raw)
        if not line:
            return fields, raw[after:]
        whole = _FIELD.match(line)
        if line[:1] in b" \t" and fields:
            fields[-1] = (fields[-1][0], fields[-1][1] + b" " + line.strip())
        elif whole:
            fields.append((whole[1].decode("ascii").lower(), whole[2].strip()))
        elif line.startswith(b"From "):
            pass  # an mbox separator
        else:
            return fields, raw[position:]
        position = after
    return fields, b""


def _first(fields: list[tuple[str, bytes]], name: str) -> bytes:
    return next((value for known, value in fields if known == name), b"")


def _part(
    found: Reading, fields: list[tuple[str, bytes]], body: bytes, depth: int, *, in_alternative: bool
) -> None:
    kind, parameters = _parameters(_text(_first(fields, "content-type")) or "text/plain")
    boundary = parameters.get("boundary", "")
    if kind.startswith("multipart/") and boundary and depth < _DEEPEST:
        pieces = _split(body, boundary.encode("latin-1", "replace"))
        if pieces:
            alternative = in_alternative or kind == "multipart/alternative"
            _pieces(found, pieces, depth, alternative)
            return
        kind = "text/plain"
    data = _unpacked(body, _text(_first(fields, "content-transfer-encoding")))
    disposition, more = _parameters(_text(_first(fields, "content-disposition")))
    name = _words(more.get("filename") or parameters.get("name") or "")
    if kind == "message/rfc822":
        inner = read(data)
        found.lines += inner.lines
        found.files += inner.files
    elif kind in ("text/plain", "text/html") and disposition != "attachment" and (not name or depth == 0):
        text = _lettered(data, parameters.get("charset", ""))
        if kind == "text/plain":
            text = _without_uuencoded(found, text)
            if parameters.get("format", "").lower() == "flowed":
                text = re.sub(r"(?<!\n--) \r?\n(?![>\s])", " ", text)
        found.lines += _shown(text) if kind == "text/html" else text.splitlines()
    elif data.strip() or name:
        found.files.append((re.split(r"[/\\]", _flat(name))[-1], data))


def _pieces(found: Reading, pieces: list[bytes], depth: int, alternative: bool) -> None:
    inner = [_head(piece) for piece in pieces]
    kinds = [_parameters(_text(_first(fields, "content-type")) or "text/plain")[0] for fields, _ in inner]
    for (fields, body), kind in zip(inner, kinds, strict=True):
        if alternative and kind == "text/html" and "text/plain" in kinds:
            continue  # the same again
        _part(found, fields, body, depth + 1, in_alternative=alternative)


def _split(body: bytes, boundary: bytes) -> list[bytes]:
    """The parts between the delimiter lines; the last one may lack its end."""
    line = re.compile(
        rb"(?:\A|(?:\r\n|\n|\r))--" + re.escape(boundary.rstrip()) + rb"(--)?[ \t]*(?=\r\n|\n|\r|\Z)"
    )
    pieces: list[bytes] = []
    begin = None
    for delimiter in line.finditer(body):
        if begin is not None:
            pieces.append(body[begin : delimiter.start()])
        begin = None if delimiter[1] else delimiter.end()
        if delimiter[1]:
            return pieces
        rest = re.match(rb"\r\n|\n|\r", body[delimiter.end() :])
        begin = delimiter.end() + (rest.end() if rest else 0)
    if begin is not None:
        pieces.append(body[begin:])
    return pieces


def _parameters(field_text: str) -> tuple[str, dict[str, str]]:
    """The value of a structured field, and its parameters with their continuations joined (RFC 2231)."""
    text = re.sub(r'("(?:[^"\\]|\\.)*")|\((?:[^()\\]|\\.)*\)', r"\1 ", field_text)
    value, _, rest = text.partition(";")
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for one in re.finditer(r'([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))', rest):
        key, content = one[1].lower(), (one[2] if one[2] is not None else one[3].strip())
        content = re.sub(r'\\(["\\])', r"\1", content)
        numbered = re.fullmatch(r"([^*]+)(?:\*(\d+))?(\*)?", key)
        if numbered and (numbered[2] or numbered[3]):
            pieces.setdefault(numbered[1], {})[int(numbered[2] or 0)] = (content, bool(numbered[3]))
        else:
            plain.setdefault(key, content)
    for key, parts in pieces.items():
        plain[key] = _joined(parts)
    return value.strip().lower(), plain


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    charset, data = "", b""
    for number in sorted(parts):
        content, encoded = parts[number]
        if encoded and number == min(parts) and content.count("'") >= 2:
            charset, _, content = content.split("'", 2)
        raw = content.encode("utf-8")
        data += re.sub(rb"%([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), raw) if encoded else raw
    return _lettered(data, charset)


def _unpacked(body: bytes, encoding: str) -> bytes:
    how = re.sub(r"\([^)]*\)", "", encoding).strip(" \t;\"'").lower()
    if how == "base64":
        data = b"".join(map(_sixes, body.split(b"=")))
        return body if body.lstrip()[:4] in (b"PK\x03\x04", b"%PDF") else data
    if how == "quoted-printable":
        if len(re.findall(rb"[\x00-\x08\x0e-\x1f]", body)) * 20 > len(body):
            return body
        body = re.sub(rb"[ \t]+(\r?\n)", rb"\1", body)
        body = re.sub(rb"=[ \t]*(\r\n|\n|\r|\Z)", b"", body)
        return re.sub(rb"=([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), body)
    return body


def _sixes(body: bytes) -> bytes:
    letters = bytes(byte for byte in body if (chr(byte).isalnum() and byte < 128) or byte in b"+/")
    whole = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def _lettered(data: bytes, charset: str) -> str:
    """The text that looks most like text: of the declared charset, UTF-8 and Windows-1252, the one with
    the fewest marks of a wrong guess; the declared one where they are even."""
    tries: list[tuple[int, int, str]] = []
    named = charset.strip("\"' ").lower()
    named = {"utf8": "utf-8", "unicode-1-1-utf-7": "utf-7"}.get(named, re.sub(r"^x-", "", named))
    named = re.sub(r"^(?:cp|windows|ibm)-?(?=\d)", "cp", named)
    named = "cp1252" if named in ("iso-8859-1", "us-ascii", "latin1") else named
    for place, one in enumerate((named, "utf-8", "cp1252")):
        try:
            text = data.decode(one, "replace")
        except (LookupError, UnicodeError, ValueError):
            continue
        wrong = text.count("\ufffd") * 3 + len(_MOJIBAKE.findall(text)) * 2
        wrong += len(re.findall(r"[\u0000-\u0008\u0080-\u009f]", text))
        wrong += len(_SHIFTED.findall(text)) * 3 if named == "utf-7" else 0
        tries.append((wrong, place, text))
    return min(tries)[2]


def _text(value: bytes) -> str:
    return _lettered(value, "") if not value.isascii() else value.decode("ascii")


def _words(text: str) -> str:
    """A text with its encoded words (RFC 2047) read; neighbours in one charset are joined first."""
    text = re.sub(r"\?=\s+(?==\?)", "?=", text)
    out, run, charset, last = "", b"", "", 0

    def flushed() -> str:
        return _lettered(run, charset) if run else ""

    for word in _WORD.finditer(text):
        between = text[last : word.start()]
        if between or word[1].lower() != charset:
            out += flushed() + between
            run, charset = b"", word[1].lower()
        last = word.end()
        raw = word[3].encode("utf-8", "replace")
        if word[2] in "bB":
            letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
            letters = letters[:-1] if len(letters) % 4 == 1 else letters
            run += binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
        else:
            raw = raw.replace(b"_", b" ")
            run += re.sub(rb"=([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), raw)
    return out + flushed() + text[last:]


def mailbox(text: str) -> tuple[str, str]:
    """Name and address of the first mailbox in a field: what stands in the last angle brackets, else
    the last thing with an at-sign; comments are names where there is no other."""
    first = _first_entry(text)
    angle = re.search(r"<([^<>]*)>[^<>]*$", first) or re.search(r"<([^<>]*)$", first)
    comment = re.search(r"\(([^()]*)\)\s*$", first)
    if angle:
        inside = re.sub(r"\s+", "", _words(angle[1]))
        inside = re.sub(r"^(?:mailto|smtp):", "", inside, flags=re.I)
        if inside.startswith("@") and ":" in inside:
            inside = inside.partition(":")[2]
        name = first[: angle.start()].strip() or first[angle.end(1) + 1 :].strip()
    else:
        bare = re.sub(r"\([^()]*\)", " ", first)
        specs = re.findall(r"[^\s,;:<>\"]+@[^\s,;:<>\"]+", bare)
        inside = _words(specs[-1]) if specs else ""
        name = bare.replace(specs[-1], " ") if specs else bare
        name = name.replace("mailto:", " ").strip() or (comment[1] if comment else "")
    inside = inside.rstrip(".")
    if inside.count("@") != 1 or not all(inside.split("@")):
        inside = ""
    local, _, domain = inside.rpartition("@")
    name = _flat(re.sub(r"\\(.)", r"\1", _words(name.strip()).replace('"', ""))).strip("'\" ")
    return ("" if name.lower() == inside.lower() else name), (f"{local}@{domain.lower()}" if inside else "")


def _first_entry(text: str) -> str:
    """Up to the comma that ends the first mailbox: no comma in quotes, comments, brackets or words."""
    quoted, depth, angle = False, 0, False
    group = re.match(r'\s*(?:"[^"]*"|[^":<@,]*):(?!/)', text)
    if group and not re.match(r"\s*mailto:", text, re.I):
        text = text[group.end() :]
    position = 0
    while position < len(text):
        word = _WORD.match(text, position)
        if word:
            position = word.end()
            continue
        char = text[position]
        if char == "\\":
            position += 1
        elif char == '"' and not depth:
            quoted = not quoted
        elif not quoted:
            depth += (char == "(") - (char == ")")
            angle = char == "<" or (angle and char != ">")
            if char in ",;" and depth <= 0 and not angle and "@" in text[:position]:
                return text[:position]
        position += 1
    return text


def _without_uuencoded(found: Reading, text: str) -> str:
    pattern = re.compile(r"^begin [0-7]{3} (.+?)\r?\n(.*?)^[` ]?\r?\n?end\s*$", re.M | re.S)

    def taken(block: re.Match[str]) -> str:
        data = b""
        for line in block[2].splitlines():
            length = (ord(line[0]) - 32) & 63 if line else 0
            sixes = [(ord(char) - 32) & 63 for char in line[1:]]
            triples = b"".join(
                bytes(
                    (
                        (a << 2 | b >> 4) & 255,
                        (b << 4 | c >> 2) & 255,
                        (c << 6 | d) & 255,
                    )
                )
                for a, b, c, d in zip(*[iter([*sixes, 0, 0, 0])] * 4, strict=False)
            )
            data += triples[:length]
        found.files.append((block[1].strip(), data))
        return ""

    return pattern.sub(taken, text)


def _shown(text: str) -> list[str]:
    text = re.sub(r"(?is)<(style|script|head|title)\b.*?</\1>|<!--.*?-->", " ", text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"(?i)<(br|/p|/div|/tr|/h\d|/li|p|div)\b[^>]*>", "\n", text)
    return html.unescape(re.sub(r"<[^>]*>", " ", text)).splitlines()


def _flat(text: str) -> str:
    return " ".join(text.split())
