"""Which question of the form a label asks, where its words ask several, or a heading claims it.

"Naam" and "Telefoon" stand on a school's form for the pupil, for each parent and for whom to call. What
the form asks comes in its own order, so each label asks the next of its questions. A section of something
else ("Facturatie") belongs to the form where the form itself asks what stands in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from mailbot.domain.form import FieldKind, Form
from mailbot.extraction.grouping import has_answer
from mailbot.extraction.sections import CONTACT, OTHER
from mailbot.extraction.spans import Candidate

_CLAIMED = frozenset({OTHER, CONTACT})


def asked_in_turn(pieces: Sequence[Candidate], form: Form) -> list[Candidate]:
    """The candidates, each at the question that its label asks there."""
    told = _in_order(_columns_as_questions(_without_letterhead(pieces, form)), form)
    return _with_own_sections(told)


def _in_order(pieces: Iterable[Candidate], form: Form) -> list[Candidate]:
    """Each label that asks several questions at the next of them; another name begins another person."""
    place_of = {field.key: number for number, field in enumerate(form.fields)}
    names = {field.key for field in form.of_kind(FieldKind.NAME)}
    asked: dict[str, set[str]] = defaultdict(set)
    last: dict[str, int] = defaultdict(lambda: -1)
    result = []
    for piece in pieces:
        met = asked[piece.place]
        if piece.also:
            options = sorted((piece.keys[0], *piece.also), key=place_of.__getitem__)
            fresh = [key for key in options if key not in met] or options
            ahead = [key for key in fresh if place_of[key] > last[piece.place]]
            piece = replace(piece, keys=((ahead or fresh)[0],))
        if met & names & set(piece.keys):
            met.clear()
        met.update(piece.keys)
        if piece.keys:
            last[piece.place] = max(place_of.get(key, -1) for key in piece.keys)
        result.append(piece)
    return result


def _columns_as_questions(pieces: Sequence[Candidate]) -> list[Candidate]:
    """A person a column, where the form asks each label once for each of the columns ("Ouder 1",
    "Ouder 2"): these are questions about one person."""
    columns: dict[str, set[str]] = defaultdict(set)
    for piece in pieces:
        if piece.place:
            columns[piece.place.partition("#")[0].rpartition("|")[0]].add(piece.place)
    ours = {
        place
        for places in columns.values()
        for place in places
        if len(places) > 1
        and all(len(piece.also) + 1 >= len(places) for piece in pieces if piece.place in places)
    }
    return [replace(piece, place="") if piece.place in ours else piece for piece in pieces]


def _without_letterhead(pieces: Sequence[Candidate], form: Form) -> list[Candidate]:
    """Above the first question for a name, a telephone number that the form asks again below, or that
    stands there with an address, is the sender's of the form."""
    reached = {f.key for f in form.fields if f.kind in (FieldKind.PHONE, FieldKind.EMAIL)}
    kinds = (FieldKind.NAME, FieldKind.ORGANISATION)
    who = {f.key for f in form.fields if f.kind in kinds}
    first = next((n for n, piece in enumerate(pieces) if who & set(piece.keys)), 0)
    kept = []
    for number, piece in enumerate(pieces):
        again = any(set(piece.keys) <= {*other.keys, *other.also} for other in pieces[first:])
        if number < first and piece.keys and set(piece.keys) <= reached and has_answer(piece) and again:
            continue
        kept.append(piece)
    return kept


def _with_own_sections(pieces: Sequence[Candidate]) -> list[Candidate]:
    """The candidates; those of a section that asks what only this form asks are the form's."""
    elsewhere = {key for piece in pieces if piece.section not in _CLAIMED for key in piece.keys}
    own = {
        (piece.part, piece.section)
        for piece in pieces
        if piece.section in _CLAIMED and _is_of_the_form(piece) and not set(piece.keys) & elsewhere
    }
    return [
        replace(piece, section="")
        if (piece.part, piece.section) in own and not set(piece.keys) & elsewhere
        else piece
        for piece in pieces
    ]


def _is_of_the_form(piece: Candidate) -> bool:
    """Whether only this form asks it so, or asks it once more than these words are."""
    return piece.particular or piece.keys[:1] != () and piece.keys[0] in piece.also
