"""A document's blocks → its pieces, in order."""

from __future__ import annotations

from collections.abc import Iterable

from mailbot.model import Block, Grid
from mailbot.submission.blank import BlankForm
from mailbot.submission.labels import Labels
from mailbot.submission.running import Reader
from mailbot.submission.spans import Piece
from mailbot.submission.tables import read_grid


def read_blocks(
    blocks: Iterable[Block], labels: Labels, blank: BlankForm
) -> tuple[tuple[Piece, ...], frozenset[str]]:
    """All labels of a form met in a document, with what stands at them; and the places of all
    lines that belong to the form."""
    reader = Reader(labels, blank)
    for block in blocks:
        if isinstance(block, Grid):
            read_grid(block, reader)
        else:
            reader.paragraph(block)
    return reader.pieces(), frozenset(reader.taken)
