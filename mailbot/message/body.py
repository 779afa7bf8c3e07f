"""The text of a mail as blocks: which of its parts is the text, and which are attachments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mailbot.documents import html_layout, rtf
from mailbot.documents.content import Unreadable
from mailbot.domain.document import Block, Location, Paragraph, Part, Table, Unit
from mailbot.message.mime import Leaf
from mailbot.message.quoting import lines

WHERE = Location().at(Unit.MAIL)

#: RTF is what Outlook keeps of a mail written in rich text.
TEXTS = ("text/plain", "text/html", "text/rtf")
_STUB, _TIMES_MORE = 12, 3  # words
_SEALS = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)


def is_text(leaf: Leaf, alone: bool) -> bool:
    """Whether a part is text of the mail itself; ``alone``: the mail has no other part."""
    if leaf.media_type not in TEXTS or leaf.disposition == "attachment":
        return False
    if leaf.media_type == "text/rtf":  # alone it is a document
        return leaf.in_alternative
    return alone or not leaf.name or leaf.in_alternative


def text_blocks(leaves: Sequence[Leaf]) -> tuple[Block, ...]:
    """The mail's text, not yet looked at for quotes in words.

    Of two versions of the same text the plain one counts, unless it is blank or the other shows
    what plain text cannot: a table, struck-out words, form fields.
    """
    alone = len(leaves) == 1
    texts = [leaf for leaf in leaves if is_text(leaf, alone)]
    shown = {id(leaf): _laid_out(leaf) for leaf in texts}
    unused = _unused([leaf for leaf in texts if leaf.in_alternative], shown)
    out: list[Block] = []
    for leaf in texts:
        if leaf not in unused:
            blocks = shown[id(leaf)]
            out.extend(map(_guessed, blocks) if leaf.is_guessed else blocks)
    return tuple(out)


def _unused(either: Sequence[Leaf], shown: Mapping[int, Sequence[Block]]) -> list[Leaf]:
    """The parts that do not count, of those that say the same in several formats; what each shows is given
    by its identity."""
    plain = [leaf for leaf in either if leaf.media_type == "text/plain"]
    rich = [leaf for leaf in either if leaf.media_type != "text/plain"]
    seen = [block for leaf in rich for block in shown[id(leaf)]]
    return plain if rich and (_is_stub(plain, seen) or _says_more(seen)) else rich


def _laid_out(leaf: Leaf) -> Sequence[Block]:
    if leaf.media_type == "text/plain":
        return lines(leaf.text, WHERE)
    if leaf.media_type == "text/html":
        return html_layout.blocks(leaf.text, WHERE)
    try:
        return rtf.read(leaf.data, WHERE).blocks
    except Unreadable:  # too large for a page, so too large as plain text as well
        return ()


def attachments(leaves: Sequence[Leaf]) -> tuple[Part, ...]:
    """The parts that are files, in order. Nested messages and detached signatures are none; an empty
    part is one if it has a file name."""
    alone = len(leaves) == 1
    return tuple(
        Part(leaf.name, leaf.media_type, leaf.data)
        for leaf in leaves
        if not is_text(leaf, alone)
        and leaf.nested is None
        and leaf.media_type not in _SEALS
        and not leaf.media_type.startswith("message/")
        and (leaf.data.strip() or (leaf.name and leaf.disposition == "attachment"))
    )


def _guessed(block: Block) -> Block:
    """A block whose charset was guessed: its words with letters beyond ASCII are marked as uncertain."""
    if isinstance(block, Paragraph):
        spans = (span if span.text.isascii() else replace(span, unsure=True) for span in block.spans)
        return replace(block, spans=tuple(spans))
    rows = (
        tuple(replace(cell, blocks=tuple(map(_guessed, cell.blocks))) for cell in row) for row in block.rows
    )
    return replace(block, rows=tuple(rows))


def _is_stub(plain: Sequence[Leaf], rich: Sequence[Block]) -> bool:
    """Whether the plain version is empty or only points to the other ("zie html"); then the HTML is
    the text, as in a mail program."""
    short = sum(len(leaf.text.split()) for leaf in plain)
    if short > _STUB:
        return False
    shown = sum(len(block.text.split()) for block in rich)
    return not short or shown >= _TIMES_MORE * short


def _says_more(rich: Sequence[Block]) -> bool:
    return any(
        isinstance(block, Table)
        or any(span.struck or span.slot or span.marked or span.underlined for span in block.spans)
        for block in rich
    )
