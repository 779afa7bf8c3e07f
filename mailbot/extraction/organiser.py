"""How to reach who organises it, printed on the form: nobody's answer, whatever stands above it.

Told by an address of ours, or in our domain, among questions that are all asked elsewhere as well, with none
between them but of who somebody is and how to reach them. Somebody of ours who registers answers more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Mapping, Sequence
from itertools import takewhile

from mailbot.domain.document import Unit
from mailbot.domain.form import FieldKind, Form
from mailbot.extraction.spans import Candidate, text_of
from mailbot.matching.addresses import PROVIDERS, addresses_in
from mailbot.text.normalize import letters

_WORD = re.compile(r"[^\W_]+")
_WHO = frozenset({FieldKind.NAME, FieldKind.ORGANISATION, FieldKind.TEXT, FieldKind.EMAIL, FieldKind.PHONE})
_REACHED = frozenset({FieldKind.EMAIL, FieldKind.PHONE})
#: Questions that a form asks more than the block that says how to reach its organiser.
_MORE = 2


def our_names(own: Collection[str]) -> frozenset[str]:
    """What we are called in our addresses, as letters: "wvi" in one at wvi.example."""
    domains = {one.rpartition("@")[2] for one in own} - PROVIDERS
    return frozenset(letters(part) for domain in domains for part in domain.split(".")[-2:-1])


def without_organiser(pieces: Sequence[Candidate], form: Form, own: Collection[str]) -> tuple[Candidate, ...]:
    """The candidates without those of a block that says how to reach the organiser; ``own`` are our
    addresses."""
    kinds = {field.key: field.kind for field in form.fields}
    domains = {domain for one in own if (domain := one.rpartition("@")[2]) not in PROVIDERS}
    asked = Counter(key for piece in pieces if not (piece.place or piece.statement) for key in piece.keys)
    if any(count > 1 for key, count in asked.items() if kinds.get(key) not in _WHO):
        return tuple(pieces)  # several people, one below the other
    kept = _without_our_name_above(pieces, kinds, domains)
    for piece in reversed(kept):
        if piece in kept and _reaches_us(piece, kinds, own, domains):
            block = _block_of(kept, kept.index(piece), kinds)
            if _is_no_persons(block, kept):
                kept = [one for one in kept if not any(one is other for other in block)]
    return tuple(kept)


def _reaches_us(
    piece: Candidate, kinds: Mapping[str, FieldKind], own: Collection[str], domains: Container[str]
) -> bool:
    """Whether a candidate outside a table asks how somebody is reached, and holds an address of ours."""
    if piece.place or not {kinds.get(key) for key in piece.keys} <= _REACHED:
        return False
    said = [address.lower() for address in addresses_in(text_of(piece.spans))]
    return any(one in own or one.rpartition("@")[2] in domains for one in said)


def _without_our_name_above(
    pieces: Sequence[Candidate], kinds: dict[str, FieldKind], domains: Collection[str]
) -> list[Candidate]:
    """The candidates without our own name above all questions ("Organisatie: ..." below the title): who
    organises it. Told by our domain, whose parts are words of the name or their first letters."""
    first = next((piece for piece in pieces if piece.keys), None)
    if (
        first is None
        or first.place
        or first.where.row
        or kinds.get(first.keys[0]) is not FieldKind.ORGANISATION
    ):
        return list(pieces)
    name = text_of(first.spans)
    ours = any(_spells(domain.split(".")[-2], name) for domain in domains if "." in domain)
    return [piece for piece in pieces if not (ours and piece is first)]


def _spells(domain: str, name: str) -> bool:
    """Whether each part of a domain is a word of a name, or the first letters of its words."""
    parts = {letters(part) for part in domain.split("-")}
    words = [letters(word) for word in _WORD.findall(name)]
    initials = "".join(word[:1] for word in words)
    begun = {part for part in parts if len(part) > 1 and part in initials}
    spelt = parts & {*words, "".join(words)}
    told = [word for word in words if word not in spelt and not any(word[0] in part for part in begun)]
    return bool(words) and parts == begun | spelt and not told


def _block_of(pieces: Sequence[Candidate], at: int, kinds: dict[str, FieldKind]) -> list[Candidate]:
    """The candidates around one that ask who somebody is or how to reach them, each once, in one place."""
    asked = set(pieces[at].keys)

    def goes_on(piece: Candidate) -> bool:
        fits = {kinds.get(key) for key in piece.keys} <= _WHO and not asked & set(piece.keys)
        fits = fits and bool(piece.keys) and not piece.place and _place(piece) == _place(pieces[at])
        asked.update(piece.keys if fits else ())
        return fits

    above = list(takewhile(goes_on, reversed(pieces[:at])))
    below = list(takewhile(goes_on, pieces[at + 1 :]))
    return [*reversed(above), pieces[at], *below]


def _is_no_persons(block: Sequence[Candidate], pieces: Sequence[Candidate]) -> bool:
    """Whether all that a block asks is asked elsewhere, beside more."""
    inside = {key for piece in block for key in piece.keys}
    outside = {key for piece in pieces if piece not in block for key in piece.keys}
    return inside <= outside and len(outside - inside) >= _MORE


def _place(piece: Candidate) -> tuple[int, int, str, bool]:
    where = piece.where
    sheet = next((str(name) for unit, name in where.steps if unit is Unit.SHEET), "")
    return where.page, where.number(Unit.TABLE), sheet, where.has(Unit.FOOTER) or where.has(Unit.HEADER)
