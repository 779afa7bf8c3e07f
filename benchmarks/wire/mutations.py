"""A mail written anew as some program would, with the faults of some; and then damaged, or not.

``written`` keeps what a person would see (``Reading``); ``damaged`` works on the bytes and may lose some.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from benchmarks.wire.reading import Reading

#: Letters beyond ASCII, for names of the mails: what encodings and charsets can garble.
_ACCENTS = (("Sofie", "Zoë"), ("Nele", "Hélène"), ("Baert", "Baërt"), ("Pieter", "Piëter"), ("Els", "Élise"),
            ("Jan", "Ján"), ("Koen", "Köen"), ("burgemeester", "burgemeester – schepen"))  # fmt: skip
_CHARSETS = ("utf-8", "UTF-8", "utf8", "iso-8859-1", "ISO-8859-15", "windows-1252", "cp-1252", "x-cp1252",
             "cp-850", "unicode-1-1-utf-7", "utf-16", "macintosh")  # fmt: skip
_CODECS = {"utf8": "utf-8", "cp-1252": "cp1252", "x-cp1252": "cp1252", "windows-1252": "cp1252",
           "cp-850": "cp850", "unicode-1-1-utf-7": "utf-7", "macintosh": "mac-roman"}  # fmt: skip
_SPELLED = ("{}", "{}", "{} ", " {}", "{} (comment)", '"{}"', "{};", "{}\r\n ")
_DATES = ("Mon, 02 Nov 2026 10:00:00 +0100", "gisteren", "", "Thu, 99 Foo 2026 99:99:99 +9999",
          "Mon, 1 Jan 0001 00:00:00 +2359", "2 nov 2026 10:00")  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A mail as bytes, what was done to it, and what a person sees of it."""

    raw: bytes
    done: tuple[str, ...]
    seen: Reading


def accented(seed: Reading, rng: random.Random) -> Reading:
    """The same mail by people whose names have accents, now and then."""
    if rng.random() < 0.4:
        return seed
    name, lines = seed.name, seed.lines
    for plain, letters in _ACCENTS:
        name = name.replace(plain, letters)
        lines = [line.replace(plain, letters) for line in lines]
    return replace(seed, name=name, lines=lines)


def plainly(seed: Reading) -> bytes:
    """The mail without a fault, in the simplest way that holds it: what the others are compared with."""
    fields = [f"From: {seed.name} <{seed.address}>", "To: inschrijvingen@vereniging.example"]
    fields += [f"Subject: {seed.subject}", f"Message-ID: {seed.message_id}", "MIME-Version: 1.0"]
    fields += ["Content-Type: multipart/mixed; boundary=grens", "", "--grens"]
    lines = [*fields, "Content-Type: text/plain; charset=utf-8", "", *seed.lines]
    for name, data in seed.files:
        lines += ["--grens", f'Content-Disposition: attachment; filename="{name}"']
        lines += ["Content-Transfer-Encoding: base64", "", base64.encodebytes(data).decode()]
    return "\r\n".join([*lines, "--grens--", ""]).encode()


def written(seed: Reading, rng: random.Random) -> Written:
    """``seed`` as a program would write it that does what some do."""
    done: list[str] = []
    fields = _fields(seed, rng, done)
    head, body = _body(seed, rng, done)
    fields += head
    if rng.random() < 0.2:
        rng.shuffle(fields)
        done.append("fields in any order")
    raw = b"".join(f"{name}: ".encode() + value + b"\r\n" for name, value in fields) + b"\r\n" + body
    return Written(raw, tuple(done), seed)


def _fields(seed: Reading, rng: random.Random, done: list[str]) -> list[tuple[str, bytes]]:
    style = rng.choice(("plain", "plain", "comment", "bare", "bare", "quoted", "group", "mailto", "route"))
    done.append(f"From {style}")
    name = _encoded(seed.name, rng, done) if not seed.name.isascii() or rng.random() < 0.2 else seed.name
    quoted = seed.name if seed.name.isascii() else name
    sender = {
        "plain": f"{name} <{seed.address}>",
        "comment": f"{seed.address} ({name})",
        "bare": f"{name} {seed.address}",
        "quoted": f'"{quoted}" <{seed.address}>' if seed.name.isascii() else f"{name} <{seed.address}>",
        "group": f"Afdeling: {name} <{seed.address}>;",
        "mailto": f"{name} <mailto:{seed.address}>",
        "route": f"{name} <@relais.example:{seed.address}>",
    }[style]
    encode_subject = not seed.subject.isascii() or rng.random() < 0.3
    subject = _encoded(seed.subject, rng, done) if encode_subject else _folded(seed.subject, rng, done)
    message_id = (
        seed.message_id if rng.random() < 0.9 else seed.message_id.replace("<", "< ").replace("@", " @")
    )
    fields = [("From", sender.encode()), ("To", b"inschrijvingen@vereniging.example")]
    fields += [("Subject", subject.encode()), ("Message-ID", message_id.encode()), ("MIME-Version", b"1.0")]
    fields.append(("Date", rng.choice(_DATES).encode()))
    if rng.random() < 0.1:
        fields.insert(0, ("Received", b"from a\r\n\tby b; Mon, 02 Nov 2026 10:00:00 +0100"))
        fields.append(("Resent-From", b"iemand@elders.example"))
        done.append("resent")
    return fields


def _encoded(text: str, rng: random.Random, done: list[str]) -> str:
    """A text as encoded words, in one or in several, also cut within a character."""
    charset = rng.choice(("utf-8", "UTF-8", "iso-8859-1", "windows-1252"))
    try:
        data = text.encode(charset)
    except UnicodeError:
        charset, data = "utf-8", text.encode()
    size = rng.choice((8, 13, 30, 45))
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    letter = rng.choice("bBqQ")
    done.append(f"encoded words {letter}")

    def word(piece: bytes) -> str:
        if letter in "bB":
            return base64.b64encode(piece).decode()
        plain = "".join(chr(b) if chr(b).isalnum() and b < 128 else f"={b:02X}" for b in piece)
        return plain.replace("=20", "_")

    return rng.choice((" ", "\r\n ", "\r\n\t")).join(
        f"=?{charset}?{letter}?{word(piece)}?=" for piece in pieces
    )


def _folded(text: str, rng: random.Random, done: list[str]) -> str:
    if rng.random() < 0.5 or " " not in text:
        return text
    done.append("folded subject")
    return text.replace(" ", "\r\n ", 1)


def _body(seed: Reading, rng: random.Random, done: list[str]) -> tuple[list[tuple[str, bytes]], bytes]:
    text = _text_part("\r\n".join(seed.lines) + "\r\n", rng, done)
    parts = [text]
    if rng.random() < 0.25 and not seed.files:
        shown = "<br>\r\n".join(re.sub("&", "&amp;", line).replace("<", "&lt;") for line in seed.lines)
        other = _text_part(f"<html><body>{shown}</body></html>", rng, done, kind="text/html")
        parts = [_multipart([text, other], "alternative", rng, done)]
    parts += [_file_part(name, data, rng, done) for name, data in seed.files]
    if len(parts) > 1 or rng.random() < 0.15:
        parts = [_multipart(parts, "mixed", rng, done)]
    if rng.random() < 0.08:
        parts = [_multipart(parts, "mixed", rng, done)]
        done.append("nested once more")
    return parts[0]


def _text_part(
    text: str, rng: random.Random, done: list[str], kind: str = "text/plain"
) -> tuple[list[tuple[str, bytes]], bytes]:
    charset = rng.choice(_CHARSETS)
    codec = _CODECS.get(charset, charset.lower())
    try:
        data = text.encode(codec)
    except UnicodeError:
        charset, codec, data = "utf-8", "utf-8", text.encode()
    how = rng.choice(("8bit", "8bit", "base64", "base64", "quoted-printable", "quoted-printable"))
    if codec == "utf-16":
        how = "base64"
    declared = rng.choice((f'; charset="{charset}"', f"; charset={charset}", f';\r\n\tCHARSET="{charset}"'))
    if rng.random() < 0.15 and codec in ("utf-8", "cp1252", "iso-8859-1"):
        declared = rng.choice(("", "; charset=utf-8", "; charset=iso-8859-1", "; charset=DEFAULT"))
        done.append(f"{codec} declared {declared or 'nothing'}")
    done.append(f"text {charset} {how}")
    return [("Content-Type", f"{kind}{declared}".encode()), *_coding(how, rng)], _packed(data, how, rng)


def _coding(how: str, rng: random.Random) -> list[tuple[str, bytes]]:
    spelled = rng.choice((how, how, how.upper(), how.title()))
    return [("Content-Transfer-Encoding", rng.choice(_SPELLED).format(spelled).encode())]


def _packed(data: bytes, how: str, rng: random.Random) -> bytes:
    if how == "base64":
        width = rng.choice((76, 76, 60, 72, 400))
        letters = base64.b64encode(data)
        lines = [letters[at : at + width] for at in range(0, len(letters), width)]
        packed = b"\r\n".join(lines) + b"\r\n"
        return packed.replace(b"=", b"") if rng.random() < 0.1 else packed
    if how == "quoted-printable":
        packed = quopri.encodestring(data.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
        return packed.replace(b"=\r\n", b"= \r\n") if rng.random() < 0.2 else packed
    return data


def _file_part(
    name: str, data: bytes, rng: random.Random, done: list[str]
) -> tuple[list[tuple[str, bytes]], bytes]:
    kinds = ("application/octet-stream", "application/msword", "application/x-zip-compressed",
             "application/vnd.openxmlformats-officedocument.wordprocessingml.document")  # fmt: skip
    kind, label = (
        rng.choice(kinds),
        name.replace("inschrijving", "inschrijving é") if rng.random() < 0.3 else name,
    )
    style = rng.choice(("filename", "filename", "name", "rfc2231", "continued", "word", "none"))
    parameter = {
        "filename": f'filename="{name}"',
        "name": "",
        "rfc2231": "filename*=utf-8''" + "".join(f"%{b:02X}" for b in label.encode()),
        "continued": "filename*0*=utf-8''{};\r\n filename*1={}".format(
            "".join(f"%{b:02X}" for b in name[:6].encode()), f'"{name[6:]}"'
        ),
        "word": f'filename="{_encoded(label, rng, done)}"',
        "none": "",
    }[style]
    done.append(f"file named by {style}")
    disposition = rng.choice(("attachment", "attachment", "inline", "Attachment"))
    fields = [("Content-Type", (kind + (f'; name="{name}"' if style == "name" else "")).encode())]
    fields.append(("Content-Disposition", (disposition + (f"; {parameter}" if parameter else "")).encode()))
    how = rng.choice(("base64", "base64", "base64", "quoted-printable"))
    fields += _coding(how, rng)
    if how == "quoted-printable":
        done.append("file quoted-printable")
        packed = re.sub(rb"(?s).{1,24}", lambda m: b"".join(b"=%02X" % b for b in m[0]) + b"=\r\n", data)
    else:
        packed = _packed(data, how, rng)
    return fields, packed


def _multipart(
    parts: list[tuple[list[tuple[str, bytes]], bytes]], subtype: str, rng: random.Random, done: list[str]
) -> tuple[list[tuple[str, bytes]], bytes]:
    boundary = rng.choice(("grens", "----=_Part_12.34", "=_a b'(c)", "x" * 60)) + str(rng.randrange(10**9))
    plain = re.fullmatch(r"[\w.-]+", boundary) is not None
    spelled = boundary if plain and rng.random() < 0.5 else f'"{boundary}"'
    line, blank = f"--{boundary}".encode(), rng.choice((b"", b"", b" ", b"\t"))
    out = rng.choice((b"", b"This is a multi-part message in MIME format.\r\n", b"\r\n"))
    for fields, body in parts:
        out += line + blank + b"\r\n" + b"".join(f"{n}: ".encode() + v + b"\r\n" for n, v in fields)
        out += b"\r\n" + body + b"\r\n"
    if rng.random() < 0.85:
        out += line + b"--" + blank + b"\r\n"
    else:
        done.append("no end to the parts")
    if rng.random() < 0.1:
        out += b"\r\nNaschrift van een lijst.\r\n" if out.endswith(b"--" + blank + b"\r\n") else b""
    return [("Content-Type", f"multipart/{subtype};\r\n boundary={spelled}".encode())], out


# ------------------------------------------------------------ on the bytes


def _heads(raw: bytes, change: Callable[[bytes], bytes]) -> bytes:
    head, blank, body = raw.partition(b"\r\n\r\n")
    return change(head) + blank + body


def _blank_before_colon(raw: bytes, rng: random.Random) -> bytes:
    return _heads(raw, lambda head: re.sub(rb"(?m)^(From|Subject|Content-Type):", rb"\1 :", head))


def _case(raw: bytes, rng: random.Random) -> bytes:
    change = rng.choice((bytes.upper, bytes.lower))
    return _heads(raw, lambda head: re.sub(rb"(?m)^[A-Za-z-]+(?=:)", lambda m: change(m[0]), head))


def _line_ends(raw: bytes, rng: random.Random) -> bytes:
    return raw.replace(b"\r\n", b"\n")


def _second_from(raw: bytes, rng: random.Random) -> bytes:
    return raw.replace(b"\r\n\r\n", b"\r\nFrom: iemand@elders.example\r\n\r\n", 1)


def _mbox(raw: bytes, rng: random.Random) -> bytes:
    return b"From jan@damme.example Mon Nov  2 10:00:00 2026\r\n" + raw


def _no_date(raw: bytes, rng: random.Random) -> bytes:
    return re.sub(rb"(?m)^Date: .*\r\n", b"", raw, count=1)


def _long_field(raw: bytes, rng: random.Random) -> bytes:
    return b"X-Lang: " + b"x y; " * 3000 + b"\r\n" + raw


def _cut(raw: bytes, rng: random.Random) -> bytes:
    return raw[: rng.randrange(len(raw) // 3, len(raw))]


def _spoiled(raw: bytes, rng: random.Random) -> bytes:
    out = bytearray(raw)
    for _ in range(rng.randint(1, 6)):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def _lines_lost(raw: bytes, rng: random.Random) -> bytes:
    lines = raw.split(b"\r\n")
    at = rng.randrange(len(lines))
    del lines[at : at + rng.randint(1, 3)]
    return b"\r\n".join(lines)


def _lines_doubled(raw: bytes, rng: random.Random) -> bytes:
    lines = raw.split(b"\r\n")
    at = rng.randrange(len(lines))
    lines[at:at] = lines[at : at + rng.randint(1, 3)]
    return b"\r\n".join(lines)


#: Those that lose nothing that a person would see, and those that may.
_HARMLESS = (_blank_before_colon, _case, _line_ends, _mbox, _no_date, _long_field)
_HARMFUL = (_cut, _spoiled, _lines_lost, _lines_doubled, _second_from)


def damaged(whole: Written, rng: random.Random) -> tuple[Written, bool]:
    """The same with some faults on its bytes, and whether anything may be lost by them."""
    raw, done = whole.raw, list(whole.done)
    for change in rng.sample(_HARMLESS, rng.choice((0, 0, 1, 2))):
        raw = change(raw, rng)
        done.append(change.__name__.strip("_"))
    harmful = rng.sample(_HARMFUL, rng.choice((0, 0, 0, 1)))
    for change in harmful:
        raw = change(raw, rng)
        done.append(change.__name__.strip("_"))
    return Written(raw, tuple(done), whole.seen), bool(harmful)


def uuencoded(seed: Reading) -> Reading:
    """The mail with its files uuencoded at the end of its text."""
    lines = list(seed.lines)
    for name, data in seed.files:
        lines += [f"begin 644 {name}"]
        lines += [binascii.b2a_uu(data[at : at + 45]).decode().rstrip("\n") for at in range(0, len(data), 45)]
        lines += ["`", "end"]
    return replace(seed, lines=lines, files=[])
