"""Questions in a running sentence: "Ondergetekende ........, geboren op ........, geeft toelating".

No sign ends a label there and none ends an answer. A label is the form's own words, or words that open an
answer in any sentence; what is asked tells how far the answer goes: a name as long as its words are
names, a date to its last figure, an address to the next question. Room that was left open is an answer
left open, whatever words follow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mailbot.domain.form import FieldKind
from mailbot.extraction.boilerplate import begins_example
from mailbot.extraction.label import Label
from mailbot.extraction.labels import Labels
from mailbot.extraction.lexicon import phrases
from mailbot.extraction.likeness import DECISIVE
from mailbot.extraction.spans import OPEN, TYPED
from mailbot.extraction.ticks import SIGNS
from mailbot.extraction.values.choice import option_patterns
from mailbot.matching.names import PARTICLES
from mailbot.text.lexicon import AN_AND, OR
from mailbot.text.normalize import plain

_SENTENCE = 7  # words; a shorter line is a label and its answer
_MOST_TOKENS = 400
_OWN_WORDS = 2  # of a question for a name, more of which stand in no sentence by chance ("De ouders van")
_LONGEST_FREE = 6  # words of an answer that nothing but a comma ends
_TOKEN = re.compile(r"[^\W_]+")
_ROOM = rf"(?:(?:[.…_]\s?){{3,}}|…|{OPEN}+)"
_ROOM_LAST = re.compile(rf"\s*{_ROOM}\s*$")
_PLACE_BEHIND = re.compile(rf"\s*{_ROOM}?\s+(?:{phrases('place')})(?=\s)")
_TOWN = re.compile(
    r"\s*(?P<said>(?:[1-9]\d{3,4} )?[A-ZÀ-Þ][\w'’-]*(?:[ -][A-ZÀ-Þ][\w'’-]*)*)(?=\s*[,;.(]|\s*$)"
)
_COUNT_LAST = re.compile(rf"(?<!\w)(?P<said>\d{{1,4}}|{TYPED}+)\s*{_ROOM}?\s*$")
_STARTS_OPEN = re.compile(rf"[\s,:]*{_ROOM}")
_TYPED_FIRST = re.compile(rf"[\s,:]*(?P<said>{TYPED}+)")
_BETWEEN_ROOM = re.compile(rf"[\s,:]*{_ROOM}\s*(?P<said>[^\s._…{OPEN}][^_…{OPEN}]*?)\s*{_ROOM}")
_UP_TO_ROOM = re.compile(rf"[\s,:]*(?P<said>[^\s,:._…{OPEN}][^_…{OPEN}]*?)\s*(?:[._…]{{3,}}|…|{OPEN})")
_DAY = r"\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\d{1,2}(?:\.|st|nd|rd|th|er)? [^\W\d]+ \d{4}"
_NUMBERS = {
    FieldKind.EMAIL: r"[^\s,;()]+@[^\s,;()]+\.[a-z]{2,}",
    FieldKind.PHONE: r"[+(]?\d[\d\s./()-]{6,}\d",
    FieldKind.BIRTH_DATE: _DAY,
    FieldKind.DATE: _DAY,
    FieldKind.NUMBER: r"\d{1,4}(?![.,/]?\d)",
    FieldKind.POSTCODE: r"\d{4,5}(?!\d)",
    # Behind the code of the bank every group has a figure; the words of the sentence have none.
    FieldKind.IBAN: r"[A-Z]{2}\d{2} ?[\dA-Z]{4}(?: ?(?=[A-Z]{0,3}\d)[\dA-Z]{1,4}){2,7}",
    FieldKind.NATIONAL_NUMBER: r"\d{2}[\d. -]{8,14}\d",
    FieldKind.PLATE: r"(?=\S*\d)[\dA-Z]{1,3}-[\dA-Z]{3}-?[\dA-Z]{0,3}",
}
_OF_KIND = {kind: re.compile(rf"[\s,:]*(?P<said>{pattern})", re.I) for kind, pattern in _NUMBERS.items()}
_PARTICLE = "|".join(sorted(map(re.escape, PARTICLES), key=len, reverse=True))
_NAME = rf"(?:(?:{_PARTICLE})\s+)*[A-ZÀ-Þ][\w'’.-]*(?:\s+(?:(?:{_PARTICLE})\s+)*[A-ZÀ-Þ][\w'’-]*)*"
_NAMED = re.compile(rf"[\s,:]*(?P<said>{_NAME}(?:\s+(?:{AN_AND}|&|\+)\s+{_NAME})*)")
_NAMED_LAST = re.compile(rf"(?:^|(?<=\s))(?P<said>{_NAME})\s*$")
_CLAUSE = re.compile(rf"[,;](?=\s+[^\W\dA-ZÀ-Þ])|\.(?=\s|$)|\s(?=\()|[{SIGNS}]")
_CLOSING = re.compile(r"\)")
#: What somebody who signs is to who comes: ", vader / moeder / voogd van ".
_PARENT = re.compile(rf"\b{phrases('parent')}\b")
_PARENT_OF = re.compile(
    rf",?\s*(?:\w+\s+)?\b{phrases('parent')}\b(?:\s*(?:[/,*]|\([^()]*\)|{AN_AND}|{OR}|{phrases('parent')}\b))*"
    rf"\s+{phrases('parent_of')}\s",
    re.I,
)
_FREE = re.compile(rf"[,;]|\.(?=\s|$)|\s(?=\()|[{SIGNS}]")


@dataclass(frozen=True, slots=True)
class SentenceAnswer:
    """A label in a sentence, and from where to where its answer stands (nowhere: ``start == end``)."""

    label: Label
    start: int
    end: int
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Met:
    label: Label
    start: int
    end: int
    counted: bool = False  # it is what a number before it counts


def answers_in(text: str, labels: Labels) -> list[SentenceAnswer]:
    """The questions of a (masked) sentence with their answers, in order; none where the line is no sentence,
    or where it asks nothing that its answer, or another, tells to be asked: "ik ben te bereiken op 0478 ..."
    does by itself."""
    if text.count(" ") < _SENTENCE - 2 or begins_example(text):
        return []
    tokens = list(_TOKEN.finditer(text))
    if not _SENTENCE <= len(tokens) <= _MOST_TOKENS:
        return []
    met = list(_labels_in(text, tokens, labels))
    found: list[SentenceAnswer] = []
    for n, one in enumerate(met):
        end = met[n + 1].start if n + 1 < len(met) else len(text)
        start = max(met[n - 1].end if n else 0, found[-1].end if found else 0)
        if one.counted:
            answer = _number_before(text, one, start)
        else:
            answer = _captioned(text, one, start, labels) or _behind(text, one, end, labels)
        if answer is not None:
            found.append(answer)
            asked_later = {key for other in met for key in other.label.keys}
            found += _place_behind(text, answer, asked_later, labels)
    found = _with_child(text, met, found, labels)
    once = len({answer.label.keys for answer in found}) == len(found)
    return found if found and once and _tells_to_be_asked(text, met, found, labels) else []


def _with_child(
    text: str, met: Sequence[_Met], found: list[SentenceAnswer], labels: Labels
) -> list[SentenceAnswer]:
    """The answers; where who signs is a parent of somebody, theirs is the name that the form asks of parents,
    or none, and behind "voogd van" stands the name of who comes."""
    signed = [one for one in found if labels.kind(one.label) is FieldKind.NAME and not one.label.particular]
    behind = text[signed[0].end :].lstrip(f" .…_{OPEN}") if signed else ""
    parent = _PARENT_OF.match(text, len(text) - len(behind))
    if parent is None:
        return found
    names = labels.form.of_kind(FieldKind.NAME)
    theirs = [field for field in names if any(map(_PARENT.search, map(plain, field.labels)))]
    childs = [field for field in names if field not in theirs]
    kept = [one for one in found if one is not signed[0]]
    if len(theirs) == 1:
        kept.append(replace(signed[0], label=Label((theirs[0].key,))))
    asked = {key for one in met for key in one.label.keys if one.label is not signed[0].label}
    if len(childs) == 1 and childs[0].key not in asked:
        ends = min((one.start for one in met if one.start >= parent.end()), default=len(text))
        child = _behind(text, _Met(Label((childs[0].key,)), parent.start(), parent.end() - 1), ends, labels)
        kept += [child] if child else []
    return sorted(kept, key=lambda one: one.start)


def _tells_to_be_asked(
    text: str, met: Sequence[_Met], found: Sequence[SentenceAnswer], labels: Labels
) -> bool:
    """Whether a sentence asks for something telling: by the label alone where it has only one."""
    if len(met) == 1 and text[met[0].end :].lstrip(" )").startswith(":"):
        return False  # a line like any other: "Naam van de ouder: Kris Van Looy 0478 12 34 56"
    if len(met) == 1:
        label, words = met[0].label, len(_TOKEN.findall(text[met[0].start : met[0].end]))
        asks_name = words > _OWN_WORDS and labels.kind(label) is FieldKind.NAME
        return label.particular and words > 1 and (asks_name or labels.kind(label) in DECISIVE)
    return any(labels.kind(answer.label) in (FieldKind.NAME, *DECISIVE) for answer in found)


def _labels_in(text: str, tokens: Sequence[re.Match[str]], labels: Labels) -> Iterator[_Met]:
    """The labels of a sentence, the longest at each place, each question once."""
    words = [plain(token[0]) for token in tokens]
    asked: set[tuple[str, ...]] = set()
    place = 0
    while place < len(words):
        for phrase, label in labels.in_sentences.get(words[place], ()):
            stop = place + len(phrase)
            if tuple(words[place:stop]) == phrase and label.keys not in asked:
                asked.add(label.keys)
                start, end = tokens[place].start(), tokens[stop - 1].end()
                whole = text[end : end + 1] == ")" and "(" in text[start:end]  # "né(e)"
                yield _Met(label, start, end + whole, phrase in labels.counted)
                place = stop - 1
                break
        place += 1


def _number_before(text: str, met: _Met, since: int) -> SentenceAnswer | None:
    """The number before what it counts: "met 2....... leden"."""
    before = text[since : met.start]
    found = _COUNT_LAST.search(before)
    if found:
        return SentenceAnswer(met.label, since + found.start("said"), since + found.end("said"))
    return SentenceAnswer(met.label, met.start, met.start) if _ROOM_LAST.search(before) else None


def _place_behind(text: str, answer: SentenceAnswer, asked: set[str], labels: Labels) -> list[SentenceAnswer]:
    """The place that goes on with an answer: "geboren op 3/5/1949 te Poperinge", "wonende in de Kerkstraat
    3 te 8970 Watou"; none where the form does not ask it, or asks it in words of its own."""
    place = labels.places.get(answer.label.key)
    begins = _PLACE_BEHIND.match(text, answer.end) if place and place.key not in asked else None
    if place is None or begins is None:
        return []
    rest = text[begins.end() :]
    found = _TYPED_FIRST.match(rest) or _UP_TO_ROOM.match(rest) or _TOWN.match(rest)
    if _STARTS_OPEN.match(rest) or found is None:
        return []
    return [SentenceAnswer(place, begins.end() + found.start("said"), begins.end() + found.end("said"))]


def _captioned(text: str, met: _Met, since: int, labels: Labels) -> SentenceAnswer | None:
    """What stands before a label in parentheses: "mijn kind Jules Claeys (naam kind)"."""
    before, after = text[since : met.start].rstrip(), text[met.end :].lstrip()
    if not before.endswith("(") or not after.startswith(")"):
        return None
    before = _ROOM_LAST.sub("", before[:-1].rstrip())
    room = [found.end() for found in re.finditer(_ROOM, before)]
    last = max([0, *room[-1:], *(found.end() for found in re.finditer(r"[,;:]\s", before))])
    stop = since + len(before)
    kind = labels.kind(met.label)
    named = _NAMED_LAST.search(before[last:]) if kind is FieldKind.NAME else None
    if named:
        return SentenceAnswer(met.label, since + last + named.start("said"), stop)
    told = before[last:].lstrip()
    if kind is FieldKind.NAME or not told or last not in room:
        return SentenceAnswer(met.label, stop, stop) if text[stop : met.start].strip(" (") else None
    return SentenceAnswer(met.label, stop - len(told), stop, doubtful=True)


def _behind(text: str, met: _Met, end: int, labels: Labels) -> SentenceAnswer | None:
    """What stands behind a label, as far as what is asked goes; None where nothing there is an answer, and
    no room for one."""
    rest = text[met.end : end]
    kind = labels.kind(met.label)
    if kind is FieldKind.CHOICE and (told := _options_first(rest, met.label, labels)):
        return SentenceAnswer(met.label, met.end + told[0], met.end + told[1])
    enclosed = _TYPED_FIRST.match(rest) or _between_room(rest, kind)
    if enclosed is None and _STARTS_OPEN.match(rest):
        return SentenceAnswer(met.label, met.end, met.end)
    found = enclosed or _of_kind(rest, kind) or _UP_TO_ROOM.match(rest)
    if found is not None:
        return SentenceAnswer(met.label, met.end + found.start("said"), met.end + found.end("said"))
    if kind in (FieldKind.NAME, *_OF_KIND):
        return None
    return _free(text, met, rest, kind)


def _between_room(rest: str, kind: FieldKind) -> re.Match[str] | None:
    """What was typed between the dots of one room; words that stand between two rooms lead on from the first
    with a comma, or hold no name where one is asked."""
    found = _BETWEEN_ROOM.match(rest)
    said = found["said"] if found else ""
    leads_on = said[:1] in (",", ";", ")", "/") or (kind is FieldKind.NAME and said.islower())
    return None if leads_on else found


def _options_first(rest: str, label: Label, labels: Labels) -> tuple[int, int] | None:
    """From where to where the options of a question stand right behind it, or the one that was left."""
    field = labels.form.field(label.key)
    options = "|".join(pattern.pattern for _, pattern in option_patterns(field.choices)) if field else ""
    found = (
        re.match(rf"[\s,:]*(?P<said>(?:{options})(?:\s*[/,]\s*(?:{options}))*)", rest, re.I)
        if options
        else None
    )
    return found.span("said") if found else None


def _of_kind(rest: str, kind: FieldKind) -> re.Match[str] | None:
    pattern = _NAMED if kind is FieldKind.NAME else _OF_KIND.get(kind)
    return pattern.match(rest) if pattern else None


def _free(text: str, met: _Met, rest: str, kind: FieldKind) -> SentenceAnswer | None:
    """An answer of any words: it ends with its clause. A single word that asks ("klas") does so only where a
    clause begins."""
    before = text[: met.start].rstrip()[-1:]
    begins = before in ("", ",", ";", ".", ":", "(")
    words = len(_TOKEN.findall(text[met.start : met.end]))
    if rest[:1] != " " or not (begins or words > 1):
        return None
    ending = _CLOSING if before == "(" else _CLAUSE if kind is FieldKind.ADDRESS else _FREE
    ends = ending.search(rest)
    said = rest[: ends.start()] if ends else rest
    start, stop = len(said) - len(said.lstrip()), len(said.rstrip(" ,;(."))
    if stop <= start:
        return None
    long = len(said.split()) > _LONGEST_FREE and kind is not FieldKind.ADDRESS
    return None if long and not ends else SentenceAnswer(met.label, met.end + start, met.end + stop, long)
