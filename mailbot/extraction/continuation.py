"""Whether a line goes on with the answer of the question above it."""

from __future__ import annotations

import re
from dataclasses import replace

from mailbot.domain.document import Unit
from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.form import FieldKind
from mailbot.domain.noticed import FoundBy
from mailbot.extraction.grouping import has_answer
from mailbot.extraction.label import Label
from mailbot.extraction.labels import Labels
from mailbot.extraction.lexicon import phrases
from mailbot.extraction.likeness import DECISIVE, likeness
from mailbot.extraction.spans import OPEN, Candidate, text_of
from mailbot.extraction.ticks import LEADING, SIGNS, has_box
from mailbot.text.lexicon import YES_OR_NO
from mailbot.text.normalize import plain

_OFFERED = frozenset({FieldKind.YES_NO, FieldKind.CHOICE, FieldKind.TEXT})
OF_SEVERAL_LINES = frozenset(kind for kind in FieldKind if kind.traits.lines or kind.traits.offered)
#: A line that begins with yes or no, and is an option.
OPTION = re.compile(rf"^[\s•*–{SIGNS}(\[xXvV)\]-]*{YES_OR_NO}\b.{{0,40}}$", re.I)
_DECIDES = re.compile(rf"\b(?:{YES_OR_NO}|{phrases('denies_label')})\b", re.I)
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+[^\W\d_]")
_SENTENCE = 5  # words
#: So many words below a question may be a bad answer to it; more that are unlike one are a line of the form.
_FEW_WORDS = 3
_SIBLINGS = 4  # answers behind their question for each that stands below
#: So many signs between the parts of a line that tells how to reach somebody make it the foot of a page.
_PARTS, _LETTERHEAD = re.compile(r"\s[·•|–—]\s"), 2
_DIGITS = 6  # of the shortest telephone number


def has_words(piece: Candidate) -> bool:
    """Whether anything stands in an answer but room to write."""
    return bool(text_of(piece.spans).strip(f" \n.…_:{OPEN}"))


def takes_lines(piece: Candidate, labels: Labels) -> bool:
    """Whether an answer to its question may have several lines."""
    field = labels.form.field(piece.keys[0])
    return field is not None and field.kind in OF_SEVERAL_LINES


def is_choice_of(piece: Candidate, text: str, labels: Labels) -> bool:
    """Whether a line offers one of the choices of a question, whatever its words may look like ("☒ 12 - 16
    juli: natuur")."""
    field = labels.form.field(piece.keys[0])
    said = plain(LEADING.sub("", text))
    return field is not None and any(said.startswith(plain(choice)) for choice in field.choices)


def is_another_matter(piece: Candidate, text: str, labels: Labels) -> bool:
    """A sentence without address or number below "E-mail:" or "Telefoon:", or a box to tick that
    belongs to no question of ours."""
    kind = labels.kind(Label(piece.keys))
    if (has_box(text[:1]) and kind not in _OFFERED) or (piece.negative and _marks_more_words(text)):
        return True
    if kind is FieldKind.YES_NO and has_words(piece):
        return not (has_box(text) or OPTION.match(text))
    if kind is FieldKind.CHOICE and has_box(text_of(piece.spans)):
        in_table = piece.where.number(Unit.TABLE)
        return not in_table and not has_box(text)
    return _is_unlike(kind, text, labels, answered=has_words(piece))


def _is_unlike(kind: FieldKind, text: str, labels: Labels, *, answered: bool) -> bool:
    """Whether a line is a heading, a letterhead or a sentence that nobody answers a question of this kind
    with."""
    unlike = kind in DECISIVE and likeness(text, kind, labels) < 0
    reached = "@" in text or sum(char.isdigit() for char in text) >= _DIGITS
    letterhead = reached and answered and len(_PARTS.findall(text)) >= _LETTERHEAD
    if letterhead or (unlike and _NUMBERED.match(text)):  # "2. De opleiding" is a heading
        return True
    sentence = len(text.split()) >= _SENTENCE
    return sentence and (not reached if kind in (FieldKind.EMAIL, FieldKind.PHONE) else unlike)


def _marks_more_words(text: str) -> bool:
    """Whether a line marks words that are neither yes nor no: another statement than the one above it, which
    says that somebody does not come."""
    words = LEADING.sub("", text)
    return words.strip() != text.strip() and len(words.split()) > 1 and not _DECIDES.search(plain(words))


def beside_siblings(told: tuple[Candidate, ...], labels: Labels) -> tuple[Candidate, ...]:
    """What was read, with what stands below its question doubted where the others are answered behind."""
    behind = [p for p in told if p.reader is not FoundBy.BELOW and not p.place and has_answer(p)]
    below = {n for n, piece in enumerate(told) if piece.reader is FoundBy.BELOW and has_answer(piece)}
    if len(behind) < _SIBLINGS * len(below):
        return told
    return tuple(_unlike_siblings(p, labels) if n in below else p for n, p in enumerate(told))


def _unlike_siblings(piece: Candidate, labels: Labels) -> Candidate:
    """An answer below its question, where others have theirs behind it: doubted, and none at all where it
    is a label, or words that are unlike what is asked; a few, or a short number, may be a bad answer. A
    list to tick, and an answer of several lines, often stand there."""
    kind = labels.kind(Label(piece.keys))
    if kind in OF_SEVERAL_LINES or any(span.slot for span in piece.spans):
        return piece
    said = text_of(piece.spans)
    like = likeness(said, kind, labels)
    if like <= -1 or (like < 0 and len(said.split()) > _FEW_WORDS):
        return replace(piece, spans=())
    return replace(piece, doubt=piece.doubt or Doubt(Reason.BELOW_QUESTION))
