"""The one score by which every hypothesis is compared, of a table, a row, or a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.form import FieldKind
from mailbot.domain.noticed import FoundBy
from mailbot.domain.statement import say
from mailbot.extraction.grouping import has_answer
from mailbot.extraction.label import is_other
from mailbot.extraction.labels import Labels
from mailbot.extraction.likeness import likeness
from mailbot.extraction.spans import Candidate, text_of
from mailbot.text.normalize import letters

_MET, _FORGIVEN, _DOUBTED = 0.2, 0.6, 0.3
_NEAR = 0.4  # less than what one answer is worth

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One way to read something, what it is worth, and its candidates."""

    way: FoundBy
    worth: float
    pieces: Sequence[Candidate]


def worth(pieces: Iterable[Candidate], labels: Labels) -> float:
    """How well candidates explain what stands there: each label that was met, and how much what stands
    at it is like an answer."""
    total = 0.0
    for piece in pieces:
        if not piece.keys or is_other(piece.keys):
            continue
        weight = 1.0 if piece.exact else _FORGIVEN
        total += weight * _MET
        if has_answer(piece):
            field = labels.form.field(piece.keys[0])
            kind = field.kind if field else FieldKind.TEXT
            total += weight * likeness(text_of(piece.spans), kind, labels) - _DOUBTED * bool(piece.doubt)
    return total


def with_loser(pieces: Sequence[Candidate], best: Hypothesis, second: Hypothesis) -> list[Candidate]:
    """The candidates of the best hypothesis, each with the second that it beat, for ``mailbot explain``.
    Where both are worth nearly as much and say different things, what only the best says is doubted."""
    what, worths = say(second.way), (f"{best.worth:.1f}", f"{second.worth:.1f}")
    beat = (say(FoundBy.BETTER_THAN, what=what, best=worths[0], worth=worths[1]),)
    if not is_near(best.worth, second.worth):
        return [replace(piece, beat=(*piece.beat, *beat)) for piece in pieces]
    said = _answers(second.pieces)
    asked = {key for keys, _ in said for key in keys}
    return [
        replace(piece, beat=(*piece.beat, *beat), doubt=piece.doubt or _contradicted(piece, said, asked))
        for piece in pieces
    ]


def is_near(best: float, second: float) -> bool:
    """Whether two hypotheses are worth nearly as much."""
    return best - second < _NEAR


def _contradicted(piece: Candidate, said: set[tuple[Keys, str]], asked: set[str]) -> Doubt | None:
    """Why an answer is doubted that another hypothesis reads otherwise; None where none does."""
    if not _answers([piece]) - said or not asked & set(piece.keys):
        return None
    return Doubt(Reason.OTHER_LAYOUT)


def _answers(pieces: Iterable[Candidate]) -> set[tuple[Keys, str]]:
    answered = (piece for piece in pieces if piece.keys and not is_other(piece.keys) and has_answer(piece))
    return {(piece.keys, letters(text_of(piece.spans))) for piece in answered}
