"""What is read of what Outlook keeps mails in (RTF, its compression, ``winmail.dat``, ``.msg``), and of the
bytes that any mail is made of: trees of parts, header fields, flowed lines, what is absurd."""

from __future__ import annotations

import struct
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path

from mailbot.domain.document import Block, Paragraph
from mailbot.domain.message import Message
from mailbot.message import mime, outlook, parse, tnef
from mailbot.message.compressed_rtf import body_of, text_or_html, unpacked
from mailbot.message.headers import address, decoded
from mailbot.message.limits import bounded
from mailbot.message.mime import Leaf, unflowed
from tests.decision.following import parts
from tests.message.build import mail, multipart
from tests.message.ole import compound
from tests.message.test_outlook import OWN, RTF, attribute, message_streams, properties, stored, wide

HELD = parts(Path(__file__).parent / "follows" / "outlook.txt")

#: Rich text: words, escapes, groups, and what stands in for letters.
RICH = (
    rb"{\rtf1 Dag}",
    rb"{\rtf1\ansicpg1250 \'9a}",
    rb"{\rtf1\ansicpg65001 \'c3\'a9}",
    rb"{\rtf1 \'e9\'e8 x}",
    rb"{\rtf1 a\par b\line c\tab d}",
    rb"{\rtf1 \lquote a\rquote \ldblquote b\rdblquote \endash \emdash \bullet}",
    rb"{\rtf1 a\~b\_c\\d\{e\}f\-g}",
    rb"{\rtf1 \u233?x}",
    rb"{\rtf1 \u233 ?x}",
    rb"{\rtf1\uc2 \u233??x}",
    rb"{\rtf1\uc0 \u233 x}",
    rb"{\rtf1\uc9 \u233????x}",
    rb"{\rtf1\uc \u233?x}",
    rb"{\rtf1 \u-3913?x}",
    rb"{\rtf1 \u55357?x}",
    rb"{\rtf1 \u?x}",
    rb"{\rtf1 \u233\'e9x}",
    rb"{\rtf1\uc2 \u233 ab\'e9}",
    rb"{\rtf1 \u233 {a}b}",
    rb"{\rtf1{\fonttbl x}{\colortbl y}{\stylesheet z}{\info w}{\pict v}{\*\generator u}{\*\unknown t}s}",
    rb"{\rtf1{\b b}{\* c}d}",
    rb"}}{\rtf1 a}b",
    rb"{\rtf1\fromhtml1 {\*\htmltag <p>}a\htmlrtf b\htmlrtf0 c{\*\mhtmltag d}{\*\htmltag </p>}}",
    rb"{\rtf1\fromhtml1 \htmlrtf a{\*\htmltag <b>}b}",
    b"{\\rtf1 a\r\nb\\\nc}",
    rb"{\RTF1\PAR a}",
    rb"{\rtf1 \'zz a\'4}",
    b"",
)


def _compressed(pieces: bytes, size: int | None = None, magic: int = 0x75465A4C) -> bytes:
    return struct.pack("<IIII", len(pieces) + 12, len(pieces) if size is None else size, magic, 0) + pieces


_WRITES = 207  # where the window is written first, behind the words that it begins with


def _refers(offset: int, length: int) -> bytes:
    return bytes((offset >> 4, (offset & 15) << 4 | length - 2))


STREAMS = {
    "eight letters": _compressed(b"\x00abcdefgh", 8),
    "nine letters": _compressed(b"\x00abcdefgh\x00i", 9),
    "fewer than told": _compressed(b"\x00ab", 9),
    "more than told": _compressed(b"\x00abcdefgh", 3),
    "of the words it begins with": _compressed(b"\x01" + _refers(0, 6), 20),
    "what was just written": _compressed(b"\x04ab" + _refers(_WRITES, 7), 20),
    "the end": _compressed(b"\x02a" + _refers(_WRITES + 1, 2) + b"bbbb", 20),
    "half a reference": _compressed(b"\x01\x00", 20),
    "stored": _compressed(b"{\\rtf1 x}", 5, 0x414C454D),
    "stored whole": stored(b"{\\rtf1 x}"),
    "another kind": _compressed(b"x", 1, 7),
    "fifteen bytes": bytes(15),
    "sixteen bytes": _compressed(b""),
}


def _envelope(*attributes: bytes) -> bytes:
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(attributes)


def _file(title: bytes = b"", data: bytes = b"", *held: tuple[int, int, bytes]) -> bytes:
    made = attribute(2, 0x00069002, b"\0" * 14)
    made += attribute(2, 0x00018010, title) if title else b""
    made += attribute(2, 0x0006800F, data) if data else b""
    return made + (attribute(2, 0x00069005, properties(*held)[9:-2]) if held else b"")


BODY = attribute(1, 0x0002800C, b"Ik kom.\0\0")
ENVELOPES = {
    "nothing": b"",
    "a signature alone": _envelope(),
    "a body": _envelope(BODY),
    "a file": _envelope(_file(b"a.doc\0", b"x")),
    "a file with a long name": _envelope(_file(b"A~1.DOC\0", b"x", (0x1F, 0x3707, wide("lange naam.doc")))),
    "a file with a short name": _envelope(
        _file(b"", b"x", (0x1E, 0x3704, b"kort.doc\0"), (0x1E, 0x370E, b"text/x\0"))
    ),
    "a file in a folder": _envelope(_file(b"C:\\map\\a.doc\0", b"x")),
    "a file without bytes": _envelope(_file(b"a.doc\0")),
    "a file in an object": _envelope(_file(b"a.doc\0", b"", (0x102, 0x3701, b"inhoud"))),
    "bytes beside an object": _envelope(_file(b"a.doc\0", b"x", (0x102, 0x3701, b"inhoud"))),
    "a message in an object": _envelope(
        _file(b"a\0", b"", (0x0D, 0x3701, bytes(16) + _envelope(BODY, _file(b"b.doc\0", b"y"))))
    ),
    "text in properties": _envelope(
        properties((0x1F, 0x1000, wide("Dag")), (0x102, 0x1013, b"<p>Dag</p>"), (0x102, 0x1009, stored(RTF)))
    ),
    "text twice": _envelope(BODY, properties((0x1E, 0x1000, b"Anders\0"))),
    "html of another charset": _envelope(properties((0x102, 0x1013, "<p>Café</p>".encode("cp1252")))),
    "numbers before a text": _envelope(properties((0x03, 0x0017, b""), (0x1E, 0x1000, b"Dag\0"))),
    "a length too far": _envelope(BODY, _file(b"a.doc\0", b"x"))[:-3],
    "two files": _envelope(_file(b"a.doc\0", b"x"), _file(b"b.doc\0", b"y"), _file(b"", b"z")),
}


def _fixed(kind: int, name: int, value: bytes) -> bytes:
    return struct.pack("<HH", kind, name) + value


#: Properties of every size of value before the text, each of which has to be passed over exactly.
for _kind, _size in {0x02: 4, 0x03: 4, 0x05: 8, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}.items():
    _packed = _fixed(_kind, 0x0017, bytes(_size)) + struct.pack("<HHII", 0x1E, 0x1000, 1, 5) + b"Dag!\0\0\0\0"
    ENVELOPES[f"a value of kind {_kind:#x}"] = _envelope(
        attribute(1, 0x00069003, struct.pack("<I", 2) + _packed)
    )
_named = struct.pack("<HH", 0x1E, 0x8001) + bytes(16) + struct.pack("<II", 1, 6) + wide("abc") + bytes(2)
_numbered = struct.pack("<HH", 0x1E, 0x8001) + bytes(16) + struct.pack("<II", 0, 7)
for _name, _head in {"by name": _named, "by number": _numbered}.items():
    _packed = (
        _head
        + struct.pack("<II", 1, 2)
        + b"x\0\0\0"
        + struct.pack("<HHII", 0x1E, 0x1000, 1, 5)
        + b"Dag!\0\0\0\0"
    )
    ENVELOPES[f"a property called {_name}"] = _envelope(
        attribute(1, 0x00069003, struct.pack("<I", 2) + _packed)
    )

_AT = "__attach_version1.0_#0000000{}/"
FILES: Mapping[str, dict[str, bytes]] = {
    "a mail": message_streams(),
    "without a text": {k: v for k, v in message_streams().items() if "1000" not in k},
    "html": {**message_streams(), "__substg1.0_10130102": b"<p>Dag</p>"},
    "html as words": {**message_streams(), "__substg1.0_1013001F": wide("<p>Dag</p>")},
    "two files": {
        **message_streams(),
        _AT.format(0) + "__substg1.0_37010102": b"x",
        _AT.format(0) + "__substg1.0_3707001F": wide("a.doc"),
        _AT.format(1) + "__substg1.0_37010102": b"y",
        _AT.format(1) + "__substg1.0_3704001F": wide("b~1.doc"),
        _AT.format(1) + "__substg1.0_370E001F": wide("text/x"),
        _AT.format(2) + "__substg1.0_37010102": b"",
        _AT.format(2) + "__substg1.0_3707001F": wide("leeg.doc"),
    },
    "a picture in the text": {
        **message_streams(),
        _AT.format(0) + "__substg1.0_37010102": b"x",
        _AT.format(0) + "__substg1.0_3712001F": wide("beeld@x"),
    },
    "a mail in a mail": {**message_streams(), **message_streams(_AT.format(0) + "__substg1.0_3701000D/")},
    "an exchange address": {
        **message_streams(),
        "__substg1.0_5D01001F": wide("/o=wvi/cn=jan"),
        "__substg1.0_0C1F001F": wide("jan@wvi.example"),
    },
}

WORDS = (
    "Dag",
    "=?utf-8?q?D=C3=A9?=",
    "=?utf-8?Q?D=C3?= =?utf-8?Q?=A9?=",
    "=?utf-8?b?RMOp?=",
    "=?utf-8?B?RMOp",
    "=?utf-8?b?RM?=",
    "a =?utf-8?q?b?= c",
    "=?utf-8?q?a?= =?latin1?q?=E9?=",
    "=?utf-8?q?a?= b =?utf-8?q?c?=",
    "=?utf-8?q?a_b=20c?=",
    "=?x-weet-niet?q?D=E9?=",
    "=?utf-8*nl?q?a?=",
    "a\r\n b\r\n\tc",
    "a\x00b\u2028c",
    "\u202ea\u202c",
    "D\udcc3\udca9",
    "D\udce9",
    "=?utf-8?b?!!!?=",
    "=?utf-8?q?=?=",
    "  a  ",
)
ADDRESSES = (
    ("Jan", "jan@Brugge.Example"),
    ('"Jan"', "Jan@brugge.example"),
    ("'Jan'", " jan @ brugge.example "),
    ("jan@brugge.example", "JAN@brugge.example"),
    ("Jan\nPeeters", '"jan p"@B.example'),
    ("", "jan"),
    ("", ""),
)
FLOWED = (
    "a \nb",
    "a\nb",
    "a \nb \nc",
    "> a \n> b",
    "> a \nb",
    "> a \n>> b",
    ">a \n> b",
    "a \n-- \nb",
    "-- \na \nb",
    " a \n b",
    "  a \n  b",
    "a  \nb",
    " >a \nb",
    "",
    "a ",
    "> \n> a",
)
TREES = {
    "a text": mail("Dag"),
    "nothing": b"",
    "a header alone": b"Subject: x\n",
    "no colon": b"Dag\n\nAllen",
    "two texts": multipart(["Content-Type: text/plain\n\na", "Content-Type: text/plain\n\nb"]),
    "versions": multipart(
        ["Content-Type: text/plain\n\na", "Content-Type: text/html\n\n<p>b</p>"], subtype="alternative"
    ),
    "a version that is blank": multipart(
        ["Content-Type: text/plain\n\n \n", "Content-Type: text/html\n\n<p>b</p>"], subtype="alternative"
    ),
    "a version with a table": multipart(
        [
            "Content-Type: text/plain\n\nNaam Jan",
            "Content-Type: text/html\n\n<table><tr><td>Naam</td><td>Jan</td></tr></table>",
        ],
        subtype="alternative",
    ),
    "a named text": multipart(["Content-Type: text/plain\n\na", "Content-Type: text/plain; name=b.txt\n\nb"]),
    "an attached text": multipart(
        [
            "Content-Type: text/plain\n\na",
            "Content-Type: text/plain\nContent-Disposition: attachment; filename=b.txt\n\nb",
        ]
    ),
    "an empty file": multipart(
        [
            "Content-Type: text/plain\n\na",
            "Content-Type: application/pdf\nContent-Disposition: attachment; filename=b.pdf\n\n",
            "Content-Type: application/pdf\n\n",
        ]
    ),
    "rich text alone": mail("{\\rtf1 Dag}", kind="text/rtf"),
    "a named text alone": mail("Dag", kind="text/plain; name=a.txt"),
    "a seal": multipart(["Content-Type: text/plain\n\na", "Content-Type: application/pgp-signature\n\nx"]),
    "a mail inside": multipart(
        [
            "Content-Type: text/plain\n\na",
            "Content-Type: message/rfc822\n\nFrom: bo@x.example\nSubject: y\n\nb",
        ]
    ),
    "an encoded mail inside": multipart(
        [
            "Content-Type: text/plain\n\na",
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
            + b64encode(b"From: bo@x.example\n\nb").decode(),
        ]
    ),
    "folders in a name": multipart(
        ["Content-Type: text/plain\n\na", 'Content-Type: x/y; name="C:\\\\map\\\\..\\\\a.doc"\n\nb']
    ),
    "no delimiter": b"Content-Type: multipart/mixed\n\nDag\n",
    "a wrong delimiter": b"Content-Type: multipart/mixed; boundary=x\n\n"
    b"--y\nContent-Type: text/plain\n\nDag\n--y--\n",
    "flowed": mail("Een \nregel", kind="text/plain; format=flowed"),
    "flowed, of no spaces": mail("Een \nregel", kind="text/plain; format=flowed; delsp=yes"),
    "a guessed charset": mail("Caf\xe9", kind="text/plain; charset=us-ascii"),
    "uuencoded": mail("Dag\n\nbegin 644 a.txt\n#0V%T\n`\nend\nTot dan"),
    "from an mbox": b"From jan@x Thu Nov 12\n" + mail("Dag"),
}
ABSURD = {
    "as it is": b"Subject: x\n\ny",
    "crlf": b"Subject: x\r\n\r\ny",
    "a blank before a colon": b"Subject : x\n\ny",
    "a blank in a part": b"Subject: x\n\n--b\nContent-Type : a/b\n\ny",
    "a long field": b"Subject: " + b"x" * 200_000 + b"\n\ny",
    "many parameters": b"Content-Type: a/b" + b"; a=b" * 500 + b"\n\ny",
    "in a part": b"Subject: x\n\n--b\nContent-Type: a/b" + b"; a=b" * 500 + b"\n\ny",
    "many quotes": b'Content-Type: a/b; n="' + b'"' * 100 + b"\n\ny",
    "many multiparts": b"Subject: x\n\n" + b"Content-Type: multipart/mixed\n" * 300,
    "many parts": b"Subject: x\n\n" + b"\nContent-Type: a/b\n" * 3000,
    "many delimiters": b"Content-Type: multipart/mixed; boundary=b\n\n" + b"\n--b\n" * 3000,
    "torn results": b"Subject: x\r\n y\nAuthentication-Results: z\r\n\r\n",
    "results with a blank": b"Authentication-Results : z\n\n",
    "no end": b"Subject: x",
    "cr alone": b"Subject: x\r\ry",
}


def _leaf(leaf: Leaf) -> str:
    known = ("version" if leaf.in_alternative else "", "guessed" if leaf.is_guessed else "")
    flags = " ".join(filter(None, (leaf.disposition, leaf.flowed, leaf.content_id, *known)))
    inside = f" [{'; '.join(map(_leaf, leaf.nested.leaves))}]" if leaf.nested else ""
    return f"{leaf.media_type} {leaf.name!r} {flags} {leaf.text[:80]!r}{inside}"


def _read(message: Message) -> str:
    body = " / ".join(map(_line, message.body))
    said = f"{message.sender.name} <{message.sender.email}> “{message.subject}” {message.date}: {body}"
    said += f" ({message.digest[:6]})"
    files = ", ".join(f"{part.name} {part.media_type} {part.data[:40]!r}" for part in message.parts)
    return f"{said} | {files}" + (f" | inside: {_read(message.forwarded)}" if message.forwarded else "")


def _line(block: Block) -> str:
    unsure = isinstance(block, Paragraph) and any(span.unsure for span in block.spans)
    return f"{block.text}{'?' if unsure else ''}"


def _files_of_outlook() -> Iterator[tuple[str, bytes]]:
    yield from ((name, compound(streams)) for name, streams in FILES.items())
    for size in (0, 8, 600):  # each is known again, and taken for none of the others
        yield f"the first {size} bytes", compound(FILES["a mail"])[:size]


def _rich() -> Iterator[str]:
    for rtf in RICH:
        yield f"{rtf!r}: {text_or_html(rtf)}"
    for name, packed in STREAMS.items():
        leaf = body_of(packed)
        yield f"{name}: {unpacked(packed)!r}, {leaf and leaf.media_type}"


def _bounded() -> Iterator[str]:
    for name, raw in ABSURD.items():
        made = bounded(raw)
        same = "the same" if made == raw else f"{made[:60]!r} … {made[-20:]!r}"
        yield f"{name}: {len(raw)} → {len(made)} {same}"


def examples() -> dict[str, str]:
    """Each, a line an example."""
    told = {
        "rich text": _rich(),
        "envelopes": (
            f"{name}: " + "; ".join(map(_leaf, tnef.contents(one))) for name, one in ENVELOPES.items()
        ),
        "envelopes alone": (
            f"{name}: {_read(outlook.winmail(data, OWN))}" for name, data in ENVELOPES.items()
        ),
        "files of Outlook": (
            f"{name}: {_read(outlook.parse(data, OWN))}" for name, data in _files_of_outlook()
        ),
        "words of a header": (f"{text!r}: {decoded(text)!r}" for text in WORDS),
        "addresses": (f"{one}: {address(*one)}" for one in ADDRESSES),
        "flowed": (f"{text!r}: {unflowed(text)!r}, {unflowed(text, delete_space=True)!r}" for text in FLOWED),
        "trees": (
            line
            for name, raw in TREES.items()
            for line in (
                f"{name}: " + "; ".join(map(_leaf, mime.content(raw).leaves)),
                f"  {_read(parse(raw, OWN, 'mx.example'))}",
            )
        ),
        "absurd": _bounded(),
    }
    return {name: "\n".join(lines) for name, lines in told.items()}


def test_what_is_read_of_bytes() -> None:
    assert examples() == HELD
