"""Fields that carry the key of a question: mailbot's own forms name each field after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from mailbot.domain.document import Block, Paragraph, Span, all_lines
from mailbot.domain.form import FieldKind, Form
from mailbot.domain.noticed import FoundBy
from mailbot.extraction.grouping import has_answer
from mailbot.extraction.spans import Candidate, text_of

_NAME = re.compile(r"(?P<key>[a-z][a-z0-9_]*?)(?:\.(?P<number>\d{1,3}))?")
#: One field of that name may be chance; a form of ours has them all.
_ENOUGH = 3


def named_pieces(blocks: Iterable[Block], form: Form) -> tuple[Candidate, ...]:
    """A piece for each field named after a question ("email", "email.2"); none where the
    document is no form of ours."""
    pieces = tuple(piece for line in all_lines(blocks) for piece in _in_line(line, form))
    return pieces if len({piece.keys for piece in pieces}) >= min(_ENOUGH, len(form.fields)) else ()


def _in_line(paragraph: Paragraph, form: Form) -> Iterator[Candidate]:
    for span in paragraph.spans:
        found = _NAME.fullmatch(span.name) if span.slot else None
        field = form.field(found["key"]) if found else None
        if not found or not field:
            continue
        if field.kind in (FieldKind.YES_NO, FieldKind.CHOICE) and not any(c.isalnum() for c in span.text):
            continue  # a lone tick says nothing without the word beside it
        shown: Span = replace(span, text="") if span.placeholder else span
        yield Candidate(
            (field.key,),
            (shown,),
            paragraph.where,
            number=int(found["number"] or 0),
            main=True,
            reader=FoundBy.SLOT_NAME,
        )


def with_named(pieces: Sequence[Candidate], named: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The pieces, where a field's own name overrules what the labels around it seem to say."""
    filled = [piece for piece in named if has_answer(piece)]
    if not filled:
        return tuple(pieces)
    said = {(piece.keys, text_of(piece.spans).strip()) for piece in filled}
    keys = {piece.keys for piece in filled}
    if any(piece.number for piece in named):
        others = [p for p in pieces if p.keys not in {n.keys for n in named}]
        return (*(replace(p, place=f"named {max(1, p.number)}", number=0) for p in named), *others)
    rest = [p for p in pieces if p.keys not in keys and (p.keys, text_of(p.spans).strip()) not in said]
    return (*filled, *rest)
