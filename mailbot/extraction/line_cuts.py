"""One line → the labels in it, each with what stands behind it.

Labels are told by where they stand (a line's start, after a tab, wide space, dots or a field)
and by what ends them (a colon, a tab, dots, a field, a tick).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mailbot.domain.document import NOWHERE, Span
from mailbot.domain.form import FieldKind
from mailbot.extraction.boilerplate import is_placeholder
from mailbot.extraction.label import Label
from mailbot.extraction.labels import Labels
from mailbot.extraction.likeness import likeness
from mailbot.extraction.scoring import worth
from mailbot.extraction.sentences import answers_in
from mailbot.extraction.spans import OPEN, TYPED, Spans, apart_from, candidate, cut, masked, text_of
from mailbot.extraction.ticks import ANY_BOX, SIGNS, has_box
from mailbot.text.characters import TICKED, TYPED_MARKS, UNTICKED
from mailbot.text.lexicon import A_NO, A_YES, OR
from mailbot.text.normalize import letters

_GAP = re.compile(r"\t[\t ]*| {3,}")
_MOST_WORDS = 40
_TOLD = 0.8  # how much an answer is like what is asked, that no other kind of question would get
_WIDE = re.compile(r" {5,}")
_LONGEST_LINE = 4000
_LONGEST_UNKNOWN = 60  # characters of a label that no field has
_MOST_STARTS = 12
_AGAIN = 0.5
#: A question mark, with the star of what must be answered; not where a hint and a colon follow, or nothing
#: else ("Komt u? (ja/nee): ...").
_QUESTION = (
    r"\?\s+(?:\*\s+)?"
    rf"(?!(?:\*\s*)?(?::|$)|(?:\*\s*)?\((?!(?:{A_YES}|{A_NO})\b)[^()]{{3,40}}\)\s*(?::|\t|$))"
)
_END = re.compile(
    rf"(?P<colon>\s*(?:(?<!\d):|:(?!\d\d))(?!//)\s*)|(?P<wide>\t\s*| {{2,}}|\s\|\s)"
    rf"|(?P<dots>\s*(?:(?:[.…_]\s?){{3,}}|…\s?):?\s*)"
    rf"|(?P<field>\s*[{TYPED}{OPEN}]+)|(?P<tick>\s*(?=[{SIGNS}]))|(?P<question>{_QUESTION})|(?P<dash>\s[-–=]\s)|(?P<comma>[;,]\s*)"
)
#: A box that was typed before words, or the mark alone that a line begins with.
_TYPED_BOX = re.compile(rf"(?:^\s*|(?<=\s))(?:{ANY_BOX})(?=\s*[^\W\d_])|^\s*[{TYPED_MARKS}](?=\s+[^\W\d_])")
#: The answers that a question offers: "Ik neem deel ja / neen:".
OFFERED = re.compile(rf"\s*[-–:]?\s+{A_YES}\s*(?:/|{OR})\s*{A_NO}$", re.I)
#: What is counted, with how many times before it.
_TIMES = re.compile(
    rf"(?P<said>\d{{1,4}}|(?:[.…_]\s?){{2,}}|[{TYPED}{OPEN}]+)\s*[x×]\s+"
    rf"(?P<words>[^\W\d_][^,;.…_\d{TYPED}{OPEN}]*)"
)
#: Words in small letters with room behind them, behind room: the caption of the second.
_NEXT_ROOM = re.compile(r"\s*[a-zà-ÿ][^.…_:A-ZÀ-Þ]*(?:[.…_]\s?){3,}\s*")
_ROOM_LAST = re.compile(r"(?:[.…_]\s?){3,}$")
_CLEAR = frozenset({"colon", "dots", "field", "tick", "question"})
#: What a longer question ends in.
_ASKS = frozenset({"colon", "tick", "question"})


@dataclass(frozen=True, slots=True)
class Segment:
    """A label of the line and what stands behind it. ``label`` is None for the text before the
    first label, and for a label no field has (``unknown``); ``printed`` are the words of either.
    ``tick_before``: its tick stood in front. ``clear``: a colon, dots or a field end the label, not just
    white space."""

    label: Label | None
    spans: Spans
    unknown: str = ""
    clear: bool = False
    tick_before: bool = False
    doubtful: bool = False
    printed: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing stands behind the label."""
        return not text_of(self.spans).strip(f" \t.…_:{OPEN}")


def prepared(spans: Spans) -> Spans:
    """The spans with empty fields, and fields that still show their hint, made visible as OPEN."""
    return tuple(map(_prepared, spans))


def _prepared(span: Span) -> Span:
    if span.placeholder or (span.slot and (not span.text.strip() or is_placeholder(span.text))):
        return Span(OPEN, slot=True, name=span.name)
    if "\u00a0" not in span.text and "     " not in span.text:
        return span
    return replace(span, text=_WIDE.sub("    ", span.text.replace("\u00a0", " ")))


def segments(spans: Spans, labels: Labels) -> list[Segment]:
    """All labels in a (prepared) line, in order, cut where that explains the line best; the first segment
    may be text without a label."""
    known: list[Segment] | None = labels.lines.get(spans)
    if known is None:
        found = cuts(spans, labels)
        known = found[0] if len(found) == 1 else max(found, key=lambda one: cut_worth(one, labels))
        labels.lines.remember(spans, known)
    return known


def cuts(spans: Spans, labels: Labels) -> list[list[Segment]]:
    """Every way to cut a (prepared) line at labels: at the signs that end them, at its cells, with a last
    question behind the others, at its ticks. The one without any label is there where no other is."""
    text = masked(spans)
    if len(text) > _LONGEST_LINE:
        return [[Segment(None, spans)]]
    at_signs = _label_places(text, labels)
    found = [at_signs] if at_signs else []
    if cells := _labels_of_cells(text, labels):
        found.append(cells)
    if bare := _bare_questions(text, labels):
        found.append(bare)
    if at_signs and (last := _last_question(text, at_signs[-1], labels)):
        found.append([*at_signs, last])
    if at_signs and (last := _open_last(text, at_signs[-1], labels)):
        found.append([*at_signs, last])
    ways = [_cut(places, spans, text, labels) for places in found]
    if statements := _ticks_at_the_edge(spans, text, labels):
        ways.append(statements)
    if counted := _counted(text, labels):
        return [_numbers_before(counted, spans)]
    if told := answers_in(text, labels):
        sentence = [
            Segment(one.label, cut(spans, one.start, one.end), clear=True, doubtful=one.doubtful)
            for one in told
        ]
        # Where signs end fewer labels, they are room left open, with the words of the sentence behind it.
        ours = (sum(one.label is not None and not one.label.is_other for one in its) for its in found)
        ways = [sentence] if len(told) > max(ours, default=0) else [*ways, sentence]
    return ways or [[Segment(None, spans)]]


def _counted(text: str, labels: Labels) -> list[tuple[Label, re.Match[str]]]:
    """What a line counts with a number or room before an "x": "2 x volwassenen, 3 x kinderen"."""
    found = [(labels.exactly(one["words"].strip(" .;,")), one) for one in _TIMES.finditer(text)]
    return [(label, one) for label, one in found if label and labels.kind(label) is FieldKind.NUMBER]


def _numbers_before(counted: Sequence[tuple[Label, re.Match[str]]], spans: Spans) -> list[Segment]:
    return [Segment(label, cut(spans, *one.span("said")), clear=True) for label, one in counted]


def cut_worth(found: list[Segment], labels: Labels) -> float:
    """How well a cut explains a line. No line asks a question twice: the second is its answer."""
    asked = [one for one in found if one.label]
    pieces = [candidate(one.label, one.spans, NOWHERE) for one in asked if one.label]
    again = len(pieces) - len({(piece.keys, piece.negative) for piece in pieces})
    return worth(pieces, labels) - _AGAIN * again


def _cut(places: list[_Place], spans: Spans, text: str, labels: Labels) -> list[Segment]:
    begins = places[0].start
    before = [Segment(None, cut(spans, 0, begins))] if text[:begins].strip() else []
    ends = [*(place.start for place in places[1:]), len(text)]
    return before + [
        _segment(place, end, spans, text, labels) for place, end in zip(places, ends, strict=True)
    ]


def _segment(place: _Place, end: int, spans: Spans, text: str, labels: Labels) -> Segment:
    has_room = _ROOM_LAST.search(text[place.start : place.end].rstrip()) is not None
    asks_name = place.label is not None and labels.kind(place.label) is FieldKind.NAME
    if has_room and asks_name and _NEXT_ROOM.fullmatch(text[place.end : end]):
        end = place.end  # "De ouders van ........ uit klas ....": no name begins in small letters
    return Segment(
        place.label,
        apart_from(cut(spans, place.start, place.end), cut(spans, place.end, end)),
        unknown="" if place.label else text[place.start : place.end].strip(" :"),
        clear=place.clear,
        doubtful=place.doubtful,
        printed=text[place.start : place.end].strip(" :\t"),
    )


def whole_line(spans: Spans, labels: Labels) -> Label | None:
    """The label that a line consists of, with nothing behind it; None if it is something else."""
    text = masked(spans)
    boxed = has_box(text) or _TYPED_BOX.match(text)
    return None if TYPED in text or boxed else labels.match(text.strip(f"{OPEN} "))


@dataclass(frozen=True, slots=True)
class _Place:
    label: Label | None
    start: int
    end: int
    clear: bool
    doubtful: bool = False


def _label_places(text: str, labels: Labels) -> list[_Place]:
    places: list[_Place] = []
    starts = [0]  # where a label may begin, since the last one
    for end in _END.finditer(text):
        sort = end.lastgroup or ""
        place = _at(text, starts, end, labels, directly_after=places[-1].end if places else -1)
        if place and places and _is_answer(places[-1], place, text, labels):
            place = None
        known = place is not None and (place.label is not None or _begins_a_cell(text, place.start))
        if (sort == "colon" or "\t" in end[0]) and places and not known:
            place = _inside(text, places[-1], end, labels) or place
        if place:
            places.append(place)
            starts = [end.end()]
        elif sort != "colon":
            starts.append(end.end())
    return places


def _labels_of_cells(text: str, labels: Labels) -> list[_Place]:
    """The labels at which the cells of a line begin, cut at tabs and wide space, with the answer behind
    them in the cell or in the next one ("Naam Peeters     Voornaam Jan")."""
    places: list[_Place] = []
    edges = [0, *(gap.end() for gap in _GAP.finditer(text))]
    if len(edges) == 1:
        return places
    for start, end in zip(edges, [*edges[1:], len(text)], strict=True):
        if ":" in text[start:end]:
            return []
        words = list(re.finditer(r"\S+", text[start:end]))
        for count in range(min(labels.most_words, len(words)), 0, -1):
            stop = start + words[count - 1].end()
            label = labels.exactly(text[start:stop])
            if label and count < len(words) and not labels.takes_an_answer(label):
                continue
            if label and not label.is_other and labels.kind(label) is not FieldKind.YES_NO:
                places.append(_Place(label, start, stop, clear=count == len(words)))
                break
    return places if len(places) > 1 else []


def _bare_questions(text: str, labels: Labels) -> list[_Place]:
    """The form's own labels in a line that begins with one and has no sign at all between them and their
    answers ("Name Kessler Vorname Gudrun"): what reads as another answer would too is doubtful."""
    if ":" in text or has_box(text) or TYPED in text or "\t" in text:
        return []
    words = list(re.finditer(r"\S+", text))[:_MOST_WORDS]
    places: list[_Place] = []
    at = 0
    while at < len(words):
        place = _bare_label(text, words, at, labels)
        if place is None:
            if not places:
                return []
            at += 1
            continue
        places.append(place)
        at = next((n for n, word in enumerate(words) if word.start() >= place.end), len(words))
    asked = {place.label.keys for place in places if place.label}
    if len(places) < 2 or len(asked) < len(places):
        return []
    ends = [*(place.start for place in places[1:]), len(text)]
    return [
        _doubted_unless_told(place, text[place.end : end], labels)
        for place, end in zip(places, ends, strict=True)
    ]


def _bare_label(text: str, words: Sequence[re.Match[str]], at: int, labels: Labels) -> _Place | None:
    """The longest of the form's own labels that begins at a word, with a capital inside the line."""
    if at and not words[at][0][:1].isupper():
        return None
    for count in range(min(labels.most_words, len(words) - at), 0, -1):
        start, stop = words[at].start(), words[at + count - 1].end()
        label = labels.exactly(text[start:stop])
        if label and label.main and not label.number:
            return _Place(label, start, stop, clear=False)
    return None


def _doubted_unless_told(place: _Place, said: str, labels: Labels) -> _Place:
    kind = labels.kind(place.label) if place.label else FieldKind.TEXT
    return replace(place, doubtful=likeness(said, kind, labels) < _TOLD)


def _last_question(text: str, before: _Place, labels: Labels) -> _Place | None:
    """The label at the end of a line of questions ("Naam   Voornaam   Gemeente")."""
    rest = text[before.end :]
    if has_box(rest):
        return None  # "M ☐ V ☐ X ☐" is what is offered
    label = labels.exactly(rest.strip()) if before.label and not before.clear and rest.strip() else None
    if label is None or before.label is None or label.keys == before.label.keys:
        return None
    return _Place(label, before.end, len(text), clear=False)


def _open_last(text: str, before: _Place, labels: Labels) -> _Place | None:
    """The label before room that was left open at the end of a line, behind a name: "Verkoper: Siebe Nel
    klas .....". Any other answer may end in the word of a label itself."""
    is_name = before.label is not None and labels.kind(before.label) is FieldKind.NAME
    room = _ROOM_LAST.search(text.rstrip()) if is_name else None
    words = list(re.finditer(r"\S+", text[before.end : room.start()])) if room else []
    for count in range(min(labels.most_words, len(words) - 1), 0, -1):
        start = before.end + words[-count].start()
        label = labels.exactly(text[start : room.start()].strip()) if room else None
        if room and label and before.label and label.keys != before.label.keys:
            return _Place(label, start, room.start(), clear=True)
    return None


def _at(
    text: str, starts: list[int], end: re.Match[str], labels: Labels, directly_after: int
) -> _Place | None:
    """The label between one of the starts and this end. A colon also ends a label that no field
    has, but not one that would take the whole answer before it along."""
    sort = end.lastgroup or ""
    if sort == "comma" or (sort == "dash" and ":" in text[end.end() :]):
        return None
    if known := _known_label(text, starts, end, labels, directly_after):
        return known
    if starts[-1] == directly_after:
        return None
    for start in reversed(starts[-_MOST_STARTS:]) if sort in _ASKS else ():
        told = text[start : end.start()].strip()
        if start == directly_after or TYPED in told:
            continue
        if label := labels.reworded(told) or (labels.coming(told) if sort != "tick" else None):
            return _Place(label, start, end.end(), True)
    if sort != "colon":
        return None
    words = text[starts[-1] : end.start()].strip()
    asks = words[:1].isalpha() and len(words) <= _LONGEST_UNKNOWN and TYPED not in words
    return _Place(None, starts[-1], end.end(), True) if asks else None


def _known_label(
    text: str, starts: list[int], end: re.Match[str], labels: Labels, directly_after: int
) -> _Place | None:
    """The longest label of a field that stands between one of the starts and an end that fits it."""
    sort = end.lastgroup or ""
    for start in starts[-_MOST_STARTS:]:
        label = _label_between(text, start, end, labels)
        if label and start == directly_after and not label.exact and sort != "colon":
            continue  # "Voornaam ....Noam....": an answer
        if label and (label.exact or sort in _CLEAR or "\t" in end[0]):
            ends = end.start() if sort == "field" else end.end()  # what was typed there is the answer
            return _Place(label, start, ends, sort in _CLEAR)
    return None


def _label_between(text: str, start: int, end: re.Match[str], labels: Labels) -> Label | None:
    """The label that stands from a start up to an end, perhaps with the answers that it offers."""
    words = text[start : end.start()].strip(f" \t{SIGNS}{OPEN}")
    if not words or TYPED in words:
        return None
    label = labels.match(words)
    if label or end.lastgroup != "colon" or len(words) > labels.longest or not text[end.end() :].strip():
        return label
    return labels.exactly(OFFERED.sub("", words))


def _begins_a_cell(text: str, start: int) -> bool:
    """Whether what begins here stands behind wide space, apart from what is before it."""
    return text[:start].endswith(("\t", "  "))


def _inside(text: str, previous: _Place, end: re.Match[str], labels: Labels) -> _Place | None:
    """A label in the midst of words ("Naam: Peeters Voornaam: Jan"): with a capital, exact."""
    if previous.label is None:
        return None
    first = max(previous.end, end.start() - labels.longest)
    for word in re.finditer(r"(?<=\s)\S", text[first : end.start()]):
        start = first + word.start()
        label = labels.exactly(text[start : end.start()])
        if label:
            sure = word[0].isupper() and labels.kind(previous.label) is not FieldKind.LONG_TEXT
            return _Place(label, start, end.end(), True, doubtful=not sure)
    return None


def _is_answer(previous: _Place, place: _Place, text: str, labels: Labels) -> bool:
    """ "Deelname: ☒ Ik neem deel", "Gemeente/OCMW .... OCMW ....": a label of the same field right behind it
    is the answer, and so is one of its choices, whatever it may ask elsewhere ("Taal: ☒ Spreker")."""
    if previous.label is None or place.label is None:
        return False
    field = labels.form.field(previous.label.key)
    if field and letters(text[place.start : place.end]) in map(letters, field.choices):
        return True
    if previous.label.keys != place.label.keys:
        return False
    if labels.kind(place.label) is FieldKind.YES_NO:
        return previous.label.negative == place.label.negative
    return place.start == previous.end


def _ticks_at_the_edge(spans: Spans, text: str, labels: Labels) -> list[Segment]:
    """What is ticked in a line that begins or ends with a tick; nothing in another."""
    drawn = [(found.start(), found.end()) for found in re.finditer(f"[{SIGNS}]", text)]
    if text.lstrip()[:1] in tuple(SIGNS):
        return _ticked_statements(drawn, spans, text, labels)
    if text.rstrip()[-1:] in tuple(SIGNS):
        return _ticked_statements(drawn, spans, text, labels, behind=True)
    if not drawn and (typed := [found.span() for found in _TYPED_BOX.finditer(text)]) and typed[0][0] == 0:
        return _ticked_statements(typed, spans, text, labels)
    return []


def _drawn(box: Spans) -> Spans:
    """A box as it is drawn: a typed one, "[x]" or "( )", as the sign that stands for it."""
    text = text_of(box)
    if has_box(text):
        return box
    return (Span(TICKED if any(mark in text for mark in TYPED_MARKS) else UNTICKED),)


def _ticked_statements(
    ticks: Sequence[tuple[int, int]], spans: Spans, text: str, labels: Labels, *, behind: bool = False
) -> list[Segment]:
    """ "☒ Ik neem deel  ☐ Ik neem niet deel": each tick speaks for the words after it, or where it
    stands ``behind``, for those before it; then one question is both stated and denied."""
    starts, ends = zip(*ticks, strict=True)
    edges = [0, *ends[:-1]] if behind else [*starts[1:], len(text)]
    result = []
    for (tick, after), edge in zip(ticks, edges, strict=True):
        words = text[edge:tick] if behind else text[after:edge]
        words = words.strip(" \t.;,:")
        label = labels.statement(words) or (None if behind else labels.reworded(words))
        if label and labels.kind(label) is FieldKind.YES_NO:
            result.append(Segment(label, _drawn(cut(spans, tick, after)), clear=True, tick_before=True))
    denied = {segment.label.negative for segment in result if segment.label}
    return result if not behind or len(result) == len(ticks) == len(denied) == 2 else []
