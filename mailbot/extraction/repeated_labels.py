"""A form that asks "Naam" of the child and again of the parent, typed over in a mail without its headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mailbot.domain.form import Form
from mailbot.extraction.spans import Candidate
from mailbot.text.normalize import letters

_HEADING = re.compile(r"\s*\(.*\)(?: \d+)?$")


def in_order(pieces: Sequence[Candidate], form: Form) -> Sequence[Candidate]:
    """The pieces, where a label that the form has several times asks each of its fields in turn. Only where
    what stands between and behind them is in the order of the form too, each question once: else the same
    label again is another person, and nothing is changed."""
    asked = _asked_again(form)
    running = [piece for piece in pieces if len(piece.keys) == 1 and not piece.place]
    repeated = {key for keys in asked.values() for key in keys}
    once = Counter(piece.keys[0] for piece in running if piece.keys[0] not in repeated)
    if not asked or len(running) < len(pieces) or any(count > 1 for count in once.values()):
        return pieces
    seen: Counter[str] = Counter()
    result: list[Candidate] = []
    for piece in running:
        key = piece.keys[0]
        keys = asked.get(key, (key,))
        seen[key] += 1
        if seen[key] > len(keys):
            return pieces
        result.append(replace(piece, keys=(keys[seen[key] - 1],)))
    order = {field.key: number for number, field in enumerate(form.fields)}
    places = [order.get(piece.keys[0], -1) for piece in result]
    if any(after <= before for before, after in pairwise(places)):
        return pieces
    told_apart = all(_is_told_apart(keys, result, repeated) for keys in asked.values())
    return result if told_apart else pieces


def _asked_again(form: Form) -> dict[str, tuple[str, ...]]:
    """The key of the first field of a label → the keys of all fields of that label, in their order."""
    fields = {letters(field.label): field.key for field in form.fields}
    found: dict[str, tuple[str, ...]] = {}
    for field in form.fields:
        first = fields.get(letters(_HEADING.sub("", field.label)))
        if first and first != field.key:
            found[first] = (*found.get(first, (first,)), field.key)
    return found


def _is_told_apart(keys: tuple[str, ...], pieces: Sequence[Candidate], repeated: set[str]) -> bool:
    """Whether a question that the form asks once stands between two of a label, and another behind them."""
    at = [n for n, piece in enumerate(pieces) if piece.keys[0] in keys]
    if len(at) < 2:
        return True
    once = [n for n, piece in enumerate(pieces) if piece.keys[0] not in repeated]
    return any(at[0] < n < at[-1] for n in once) and any(n > at[-1] for n in once)
