"""A document's blocks → its candidates, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from mailbot.domain.document import Block, Location, Span
from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.form import FieldKind, Form
from mailbot.extraction.blank_lines import BlankForm
from mailbot.extraction.boilerplate import is_instruction, is_placeholder
from mailbot.extraction.captions import PRINTED, captions_in
from mailbot.extraction.grouping import has_answer
from mailbot.extraction.hypotheses import read_regions
from mailbot.extraction.label import Label, is_other
from mailbot.extraction.labels import Labels
from mailbot.extraction.likeness import DECISIVE, likeness
from mailbot.extraction.line_reader import LineReader
from mailbot.extraction.option_lists import with_option_lists
from mailbot.extraction.questions import asked_in_turn
from mailbot.extraction.regions import of_the_form
from mailbot.extraction.spans import Candidate, also_stood, text_of
from mailbot.extraction.table_cells import label_of
from mailbot.extraction.values.choice import option_named
from mailbot.extraction.values.text import is_zero
from mailbot.matching.addresses import addresses_in
from mailbot.matching.names import PARTICLES
from mailbot.text.normalize import letters

_REWORDED = Doubt(Reason.OTHER_WORDING)
#: Doubts about where on a line an answer stands, which the answer itself may settle.
_OF_PLACE = frozenset({Reason.BEHIND_LINE, Reason.NO_COLON, Reason.TWO_LABELS_ON_LINE, Reason.BELOW_QUESTION})
#: Of them those that the rest of the room behind an answer settles.
_IN_ROOM = frozenset({Reason.TWO_LABELS_ON_LINE, Reason.BELOW_QUESTION})
_LEFT_OF_ROOM = re.compile(r"[^\s.…_]\s*(?:[.…_]\s?){3,}\s*$")
_BEHIND_LINE = Doubt(Reason.BEHIND_LINE)
_HABIT = 3  # answers behind the line to write on
_PLAINLY = 0.8
#: So many questions in the form's own order tell that what stands in its turn is asked there, of these kinds.
_ORDERED, _BY_TURN = 5, frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})
#: A street with its number: "Am Hang 7".
_STREET = re.compile(r"[A-ZÀ-Þ][^\d:?]{2,40} \d{1,4}(?: ?[A-Za-z])?(?=$|[\s,/])")


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """All labels of a form met in a document, with what stands at them (``pieces``); ``taken`` the places
    of all lines that belong to the form; ``others`` how many labels were met that it has no field for;
    ``all_compared`` whether every region was read in every shape that it may have."""

    pieces: tuple[Candidate, ...]
    taken: frozenset[Location]
    others: int
    all_compared: bool


def read_blocks(
    blocks: Iterable[Block], labels: Labels, blank: BlankForm, our_names: Set[str] = frozenset()
) -> DocumentReading:
    """Reads a document with one form in mind; ``our_names`` are as letters."""
    blocks = tuple(blocks)
    reader = LineReader(labels, blank, our_names)
    reader.captions = captions_in(blocks, labels, lambda cell: label_of(cell, reader))
    read_regions(blocks, reader)
    told = _without_settled_doubts(_without_reworded(reader.pieces(), labels.form), labels)
    told = [_as_option(_in_figures(piece, labels), labels.form) for piece in told]
    pieces = with_option_lists(told, blocks, labels.form)
    met = asked_in_turn([piece for piece in pieces if not is_other(piece.keys)], labels.form)
    ours = tuple(_with_losers(of_the_form(met, labels.form), pieces))
    others = {p.keys for p in pieces if is_other(p.keys) and not p.keys[0].startswith(PRINTED)}
    return DocumentReading(ours, frozenset(reader.taken), len(others), not reader.trials.exhausted)


def _without_reworded(pieces: Sequence[Candidate], form: Form) -> list[Candidate]:
    """The candidates; a question in other words than the form's gives way to the form's own words, and its
    answer is doubted where one word in its midst is all that tells, and no option that answers it."""
    asked = {piece.keys for piece in pieces if piece.exact}
    in_turn = {id(piece) for piece in _in_their_turn(pieces, form)}
    kept = []
    for piece in pieces:
        if id(piece) in in_turn:
            kept.append(replace(piece, doubt=None if piece.doubt == _REWORDED else piece.doubt))
            continue
        field = form.field(piece.keys[0]) if piece.reworded else None
        if field is None:
            kept.append(piece)
        elif piece.keys not in asked:
            offers = field.kind.traits.offered and field.kind is not FieldKind.YES_NO
            tells = offers or not piece.loose
            kept.append(piece if tells else replace(piece, doubt=piece.doubt or _REWORDED))
    return kept


def _in_their_turn(pieces: Sequence[Candidate], form: Form) -> Iterator[Candidate]:
    """The candidates whose question in other words stands where the form asks it: right between the question
    before it and the one behind it, or at the end, where all others are met in the form's own order. Not
    those of a name, which is told by its place anyhow, nor of a yes, which words may turn."""
    met = [piece for piece in pieces if piece.keys and not is_other(piece.keys) and not piece.place]
    keys = [piece.keys for piece in met]
    own = [(field.key,) for field in form.fields]
    if len(own) < _ORDERED or [key for key in own if key in keys] != keys:
        return
    for piece in met:
        field = form.field(piece.keys[0])
        guessed = piece.reworded or piece.doubt == _REWORDED
        if guessed and field and field.kind in _BY_TURN and _beside(own, piece.keys) <= set(keys):
            yield piece


def _beside(order: Sequence[tuple[str, ...]], one: tuple[str, ...]) -> set[tuple[str, ...]]:
    """What stands right before and behind one in an order."""
    at = order.index(one)
    return {*order[max(at - 1, 0) : at], *order[at + 1 : at + 2]}


def _in_figures(piece: Candidate, labels: Labels) -> Candidate:
    """A candidate for a number with "geen" as 0: at any other question it answers nothing."""
    counts = bool(piece.keys) and labels.kind(Label(piece.keys)) is FieldKind.NUMBER
    return replace(piece, spans=(Span("0"),)) if counts and is_zero(text_of(piece.spans)) else piece


def _as_option(piece: Candidate, form: Form) -> Candidate:
    """A candidate, told to be one of its question's options where it is: "geen" answers "Opvang: voor / na /
    geen"."""
    field = form.field(piece.keys[0]) if len(piece.keys) == 1 else None
    if field is None or not field.choices or not option_named(text_of(piece.spans), field.choices):
        return piece
    return replace(piece, is_option=True)


def _without_settled_doubts(pieces: Sequence[Candidate], labels: Labels) -> list[Candidate]:
    """The candidates, without doubt about where an answer stands or begins if it is plainly of the kind that
    is asked there: an address behind a line to write on, a name without a colon; or where several answers
    stand behind theirs; or it stands below its question and begins in small letters, as no form prints; or
    the rest of its room stands behind it; or an address spells it."""
    behind = {piece.keys for piece in pieces if piece.doubt == _BEHIND_LINE}
    settled = len(behind) >= _HABIT  # that is where whoever filled it in wrote
    spelt = {letters(one.partition("@")[0]) for piece in pieces for one in addresses_in(text_of(piece.spans))}
    return [
        replace(piece, doubt=None)
        if piece.doubt
        and piece.doubt.reason in _OF_PLACE
        and (
            _is_plainly_of_its_kind(piece, labels)
            or (settled and piece.doubt == _BEHIND_LINE)
            or _is_typed_below(piece)
            or _fills_its_room(piece)
            or _is_spelt(piece, spelt, labels)
        )
        else piece
        for piece in pieces
    ]


def _is_spelt(piece: Candidate, spelt: Set[str], labels: Labels) -> bool:
    """Whether an address on the form spells all of a name of two words or more."""
    words = [letters(word) for word in text_of(piece.spans).strip(" .…_\t\n:").split()]
    is_name = labels.kind(Label(piece.keys)) is FieldKind.NAME and len(words) > 1
    return is_name and any(all(word and word in one for word in words) for one in spelt)


def _fills_its_room(piece: Candidate) -> bool:
    """Whether what is left of the room to write on stands right behind an answer, below its question or
    before the next label of a line: there it was to be written."""
    in_place = piece.doubt is not None and piece.doubt.reason in _IN_ROOM
    said = text_of(piece.spans)
    return in_place and "\n" not in said.strip() and _LEFT_OF_ROOM.search(said) is not None


def _is_typed_below(piece: Candidate) -> bool:
    """Whether what stands below its question begins in small letters, and tells nobody what to write."""
    said = text_of(piece.spans).strip()
    is_below = piece.doubt is not None and piece.doubt.reason is Reason.BELOW_QUESTION
    return is_below and said[:1].islower() and not is_instruction(said) and not is_placeholder(said)


def _is_plainly_of_its_kind(piece: Candidate, labels: Labels) -> bool:
    kind, said = labels.kind(Label(piece.keys)), text_of(piece.spans).strip(" .…_\t\n:")
    if len(piece.keys) > 1:
        return False
    if kind is FieldKind.NAME:
        # "Naam: ____________ Gent" is perhaps where the form was signed
        is_behind_line = piece.doubt == _BEHIND_LINE
        is_name = all(word[:1].isupper() or word in PARTICLES for word in said.split())
        return not is_behind_line and is_name and likeness(said, kind, labels) > 0
    if kind is FieldKind.ADDRESS:
        return _STREET.match(said) is not None
    return kind in DECISIVE and likeness(said, kind, labels) >= _PLAINLY


def _with_losers(kept: Sequence[Candidate], every: Sequence[Candidate]) -> Iterator[Candidate]:
    """The candidates, each with what stands at the same label outside the form (a letterhead)."""
    ours = {(piece.where, piece.spans) for piece in kept}
    lost = [piece for piece in every if has_answer(piece) and (piece.where, piece.spans) not in ours]
    for piece in kept:
        beat = tuple(also_stood(one) for one in lost if set(piece.keys) & {*one.keys, *one.also})
        yield replace(piece, beat=(*piece.beat, *beat)) if beat else piece
