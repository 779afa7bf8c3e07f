"""A document's blocks → its pieces, in order."""

from __future__ import annotations

from collections.abc import Iterable

from mailbot.domain.document import Block, Location
from mailbot.extraction.blank_lines import BlankForm
from mailbot.extraction.hypotheses import read_regions
from mailbot.extraction.labels import Labels, is_other
from mailbot.extraction.questions import asked_in_turn
from mailbot.extraction.regions import of_the_form
from mailbot.extraction.spans import Candidate
from mailbot.extraction.text_layout import Reader


def read_blocks(
    blocks: Iterable[Block], labels: Labels, blank: BlankForm
) -> tuple[tuple[Candidate, ...], frozenset[Location], int]:
    """All labels of a form met in a document, with what stands at them; and the places of all
    lines that belong to the form; and how many labels were met that the form has no field for."""
    reader = Reader(labels, blank)
    read_regions(blocks, reader)
    pieces = reader.pieces()
    ours = of_the_form(
        asked_in_turn([piece for piece in pieces if not is_other(piece.keys)], labels.form), labels.form
    )
    return ours, frozenset(reader.taken), len({piece.keys for piece in pieces if is_other(piece.keys)})
