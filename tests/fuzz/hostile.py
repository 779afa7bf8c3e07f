"""Bytes and words as hypothesis makes them: real files, mangled, and text with everything in it."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import strategies as st

SAMPLES = Path(__file__).parent.parent / "documents" / "samples"
MAILS = Path(__file__).parents[2] / "mailbot" / "demo" / "mail"

#: Files that a reader knows, to be mangled.
SEEDS = {path.name: path.read_bytes() for path in sorted(SAMPLES.iterdir()) if path.suffix != ".py"}
#: Mails, without the long attachments that make every try slow.
LETTERS = [path.read_bytes()[:6000] for path in sorted(MAILS.glob("*.eml"))]

#: What breaks headers, HTML, XML, workbooks and paths, and what is merely odd.
TEXT = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "=1+1",
            "@SUM(A1)",
            "\r\nBcc: a@evil.example",
            "<script>",
            "{{ 7*7 }}",
            "{% for x in y %}",
            "../../x",
            "a\x00b",
            "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
            "_x000D_",
            "\u202e",
            "]]>",
            "é" * 3000,
            "a@b",
            "a@b.example, c@d.example",
            "ja nee",
            "☒☐",
            "INS-0001",
            "0478" * 30,
        ]
    ),
)


def mangled(data: bytes, seed: int) -> bytes:
    """A file with some bytes changed, dropped, doubled or cut off."""
    rng = random.Random(seed)
    out = bytearray(data)
    for _ in range(rng.randint(1, 12)):
        if not out:
            break
        at = rng.randrange(len(out))
        match rng.randrange(5):
            case 0:
                out[at] = rng.randrange(256)
            case 1:
                del out[at : at + rng.randint(1, 200)]
            case 2:
                out[at:at] = out[at : at + rng.randint(1, 200)]
            case 3:
                out[at:at] = rng.choice(
                    [b"\x00", b"\xff\xfe", b"<", b"\r\n", b"9999999999", b"-1", b"{\\", b"%"]
                )
            case _:
                del out[max(1, len(out) - rng.randint(1, 2000)) :]
    return bytes(out)
