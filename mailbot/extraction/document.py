"""A document's blocks → its pieces, in order."""

from __future__ import annotations

from collections.abc import Iterable

from mailbot.domain.document import Block, Location, Table
from mailbot.extraction.blank_lines import BlankForm
from mailbot.extraction.labels import Labels
from mailbot.extraction.spans import Candidate
from mailbot.extraction.table_layout import read_grid
from mailbot.extraction.text_layout import Reader


def read_blocks(
    blocks: Iterable[Block], labels: Labels, blank: BlankForm
) -> tuple[tuple[Candidate, ...], frozenset[Location]]:
    """All labels of a form met in a document, with what stands at them; and the places of all
    lines that belong to the form."""
    reader = Reader(labels, blank)
    for block in blocks:
        if isinstance(block, Table):
            read_grid(block, reader)
        else:
            reader.paragraph(block)
    return reader.pieces(), frozenset(reader.taken)
