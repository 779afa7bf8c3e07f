"""Labels without any sign between them and their answers: "Naam Peeters"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from mailbot.domain.document import Unit
from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.form import FieldKind
from mailbot.extraction.label import Label
from mailbot.extraction.labels import Labels
from mailbot.extraction.lexicon import lexicon
from mailbot.extraction.likeness import likeness
from mailbot.extraction.spans import Candidate
from mailbot.extraction.ticks import TRAILING, has_box
from mailbot.matching.names import PARTICLES
from mailbot.text.normalize import plain

#: Kinds whose answers are told from other words.
_TOLD_APART = frozenset(
    {FieldKind.YES_NO, FieldKind.EMAIL, FieldKind.PHONE, FieldKind.NUMBER, FieldKind.DATE}
)
_HOLD_FIGURES = frozenset({FieldKind.BIRTH_DATE, FieldKind.NATIONAL_NUMBER, FieldKind.IBAN})
#: So many lines of "Naam Peeters", without colon, must stand together before they are believed.
_BARE_LINES = 3


@dataclass(frozen=True, slots=True)
class BareLabel:
    """A label at the start of a line, where it ends, whether its answer is surely one (all of it, if any:
    ``asks``, a whole question), and why it may begin elsewhere."""

    label: Label
    end: int
    sure: bool
    asks: bool = False
    doubt: Doubt | None = None


def bare_label(text: str, labels: Labels, asked: tuple[str, ...] | None) -> BareLabel | None:
    """The longest run of words at the start of a line that is exactly a label; None where it asks what is
    ``asked`` above: "Gemeente/OCMW" with "Gemeente Oostkamp" below it."""
    words = list(re.finditer(r"\S+", text))
    for count in range(min(labels.most_words, len(words) - 1), 0, -1):
        end = words[count - 1].end()
        label = labels.exactly(text[:end])
        if label is None or label.is_other or label.learned or TRAILING.search(text[:end]):
            continue
        if not labels.takes_an_answer(label):
            continue
        if label.keys == asked:
            return None
        answer = text[end:].strip()
        kind = labels.kind(label)
        if label.key == labels.presence and "?" in answer and not (answer[-1] == "?" and labels.coming(text)):
            return None  # "Komt u met de trein?", "Neemt u deel aan de lunch? ja"
        if kind is FieldKind.YES_NO and answer.endswith("?"):  # "Neemt u deel op 3 december?"
            return BareLabel(label, end, sure=True, asks=True)
        if kind in _TOLD_APART and likeness(answer, kind, labels) < 0 and not has_box(text):
            continue  # "Ik kom met de trein": a sentence that begins as the label does
        sure = _is_surely_answered(label, answer, labels)
        doubt = None if sure else _hides_a_label(words[count:], labels)
        return BareLabel(label, end, sure, doubt=doubt)
    return None


def _is_surely_answered(label: Label, answer: str, labels: Labels) -> bool:
    """Whether what stands behind a label is plainly its answer: by its figures, or by itself."""
    kind = labels.kind(label)
    figures = kind in _HOLD_FIGURES or _is_number(answer, kind)
    told = label.main and figures and likeness(answer, kind, labels) > 0
    return told or _speaks_for_itself(answer, kind)


def believed(read: Sequence[Candidate], bare: Sequence[int]) -> tuple[Candidate, ...]:
    """What was read, without the lines (``bare``, by their place) that have no separator, unless several are
    near; beside labels that have one they are doubted."""
    kept = {index for index in bare if _among_others(read, index)} - _above_the_form(read, bare)
    stray = {*bare} - kept
    different = {read[index].keys for index in kept}
    others = {piece.keys for index, piece in enumerate(read) if index not in stray} - different
    if len(different) < _BARE_LINES <= len(others):
        read = [_doubted(piece) if index in kept else piece for index, piece in enumerate(read)]
    elif len(different) < _BARE_LINES:
        stray |= kept
    return tuple(piece for index, piece in enumerate(read) if index not in stray)


def _above_the_form(read: Sequence[Candidate], bare: Sequence[int]) -> set[int]:
    """The lines above all labels that stand apart from their answers, where one of those asks the same: a
    letterhead ("GEMEENTE ZWEVEGEM"), and no answer."""
    firm = [index for index, piece in enumerate(read) if piece.keys and index not in bare]
    asked = {read[index].keys for index in firm}
    return {index for index in bare if firm and index < firm[0] and read[index].keys in asked}


def _among_others(read: Sequence[Candidate], index: int) -> bool:
    """Whether a label without any separator stands among others: "Vragen en afsluiting" in a
    programme does not."""
    table = read[index].where.number(Unit.TABLE)
    near = (p for p in read if p.keys and p.where.number(Unit.TABLE) == table)
    return not table or len({p.keys for p in near}) >= _BARE_LINES


def _hides_a_label(words: list[re.Match[str]], labels: Labels) -> Doubt | None:
    """ "Naam gemeente Brugge" may be the name of the municipality, "Functie schepen Gemeente Damme" two
    answers, and the caption may go on in small words ("Laatste cursus in het jaar 2024")."""
    first = words[0][0]
    if any(word[0][:1].isupper() and labels.exactly(word[0]) for word in words[1:]):
        return Doubt(Reason.QUESTION_ON_LINE)
    small = [word[0] for word in takewhile(lambda word: word[0].islower(), words)]
    goes_on = plain(first) in lexicon().neutral and any(word not in PARTICLES for word in small)
    hidden = labels.exactly(first) or (
        first.lower() in ("van", "voor")
        and len(words) > 1
        and any(labels.exactly(word[0]) for word in words[1:3])
    )
    return Doubt(Reason.WHERE_ANSWER_BEGINS) if hidden or goes_on else None


def _speaks_for_itself(answer: str, kind: FieldKind) -> bool:
    """ "E-mail jan@brugge.be": no colon is needed to see where the answer begins."""
    if kind is FieldKind.EMAIL:
        return "@" in answer and len(answer.split()) == 1
    return kind is FieldKind.PHONE and answer[:1] in "+0(" and sum(c.isdigit() for c in answer) >= 8


def _is_number(answer: str, kind: FieldKind) -> bool:
    """ "Aantal plaatsen 6", and not "Aantal plaatsen beperkt tot 40"."""
    return kind is FieldKind.NUMBER and answer.isdecimal()


def _doubted(piece: Candidate) -> Candidate:
    return replace(piece, doubt=piece.doubt or Doubt(Reason.NO_COLON))
