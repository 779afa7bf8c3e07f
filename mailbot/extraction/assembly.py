"""A draft of a person (``grouping.PersonDraft``) → the person, and every doubt about the answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mailbot.domain.document import NOWHERE, Unit
from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.form import FieldKind, FormField
from mailbot.domain.noticed import FoundBy
from mailbot.domain.statement import Told, say
from mailbot.domain.submission import Answer, Code, Person, Problem, Source, Value
from mailbot.extraction.answer_comparison import compare_answers
from mailbot.extraction.blank_lines import BlankForm
from mailbot.extraction.boilerplate import is_placeholder, means_nothing, without_filler, without_remarks
from mailbot.extraction.context import ExtractionContext
from mailbot.extraction.full_names import full_name, split_full_name
from mailbot.extraction.grouping import PersonDraft, has_answer
from mailbot.extraction.lexicon import phrases
from mailbot.extraction.likeness import likeness
from mailbot.extraction.spans import OPEN, Candidate, Spans, also_stood, text_of
from mailbot.extraction.taken_apart import take_apart
from mailbot.extraction.ticks import SIGNS, has_box
from mailbot.extraction.values.choice import read_choice
from mailbot.extraction.values.kinds import ValueContext, read_value
from mailbot.extraction.values.result import OPEN_ANSWER, ParsedValue, doubted
from mailbot.extraction.values.yes_no import read_yes_no
from mailbot.matching.addresses import addresses_in
from mailbot.matching.names import PARTICLES
from mailbot.matching.organisations import is_bare_kind
from mailbot.text.characters import TICKED
from mailbot.text.normalize import fold, letters, tidy

_BETWEEN_ANSWERS = re.compile(r"[,;\n|]|\s[-–/]\s")
_HINT = re.compile(r"^\s*\([^()]*\)\s*$")
_NEAR = 2  # rows or lines
_TELLING = 8  # letters of a label that is nobody's answer
_LONGEST_ANSWER = 12  # words, of a question that is answered in a line
_ROOM = re.compile(r"(?:[.…_]\s?){5,}")
_OPEN_ROOM = re.compile(rf"\s*(?:[.…_]{{2,}}|…|{OPEN})")
_UNIT = re.compile(rf"(?i)(?:{phrases('unit')})\.?")
_INNER_LABEL = re.compile(r"[^\W\d]\s*:(?!//)\s*\S")


def read_person(draft: PersonDraft, reading: ExtractionContext) -> tuple[Person, tuple[Problem, ...]]:
    """The person with all answers and problems; the problems say 0 for who it is."""
    reads: dict[str, tuple[ParsedValue, Source]] = {}
    for keys, pieces in draft.pieces.items():
        for key, read, where in _read_pieces(keys, pieces, reading):
            known = reads.get(key)
            if known is None or known[0].value is None:
                reads[key] = (read, where)
            elif read.value is not None and _differs(read.value, known[0].value):
                both = f"{known[0].seen} / {read.seen}"
                reads[key] = (
                    doubted(known[0].value, Code.AMBIGUOUS, Reason.TWO_ANSWERS, both),
                    known[1],
                )
    take_apart(reads, lambda key: draft.asks(key) or key in reading.asked, reading.form)
    split_full_name(reads, draft, reading)
    listed = {key for keys, pieces in draft.pieces.items() if any(p.place for p in pieces) for key in keys}
    compare_answers(reads, reading, listed)
    answers = {
        f.key: _answer(value, reads[f.key][1], f.key, draft)
        for f in reading.form.fields
        if f.key in reads and (value := reads[f.key][0].value) is not None
    }
    person = Person(answers, organisation_known(answers, reading))
    return person, tuple(_problems(reads, reading))


def _answer(value: Value, where: Source, key: str, draft: PersonDraft) -> Answer:
    """An answer with the hypothesis that found it and what else was read for it."""
    asked = [piece for keys, pieces in draft.pieces.items() if key in keys for piece in pieces]
    found = next((p for p in asked if p.where == where and has_answer(p)), None)
    found = found or next((p for p in asked if p.where == where), None)
    if found is None:  # one half of a name
        found = next((p for pieces in draft.pieces.values() for p in pieces if p.where == where), None)
    if found is None:
        return Answer(value, where)
    others = (also_stood(p) for p in asked if p is not found and has_answer(p))
    return Answer(value, where, reader=_found_by(found), beat=tuple(dict.fromkeys((*found.beat, *others))))


def _found_by(found: Candidate) -> Told:
    """How a candidate was found: the place it stood at, and the shape of its region."""
    place, shape = (say(way) if way else None for way in (found.reader, found.shape))
    return say(FoundBy.IN_SHAPE, place=place, shape=shape) if place and shape else place or shape or ""


def _differs(one: Value, other: Value) -> bool:
    return letters(str(one)) != letters(str(other))


def _problems(reads: dict[str, tuple[ParsedValue, Source]], reading: ExtractionContext) -> Iterator[Problem]:
    for field in reading.form.fields:
        read = reads.get(field.key, (OPEN_ANSWER, NOWHERE))[0]
        if read.code:
            yield Problem(0, field.key, read.code, read.reason, read.seen, read.detail)
        elif read.value is None:
            if field.required and not (field.kind is FieldKind.EMAIL and reading.sender):
                yield Problem(0, field.key, Code.MISSING, Reason.MISSING)
        elif reading.recognised:
            seen = read.seen or str(read.value)
            yield Problem(0, field.key, Code.UNSURE, Reason.FROM_PICTURE, seen)


def _read_pieces(
    keys: tuple[str, ...], pieces: list[Candidate], reading: ExtractionContext
) -> Iterator[tuple[str, ParsedValue, Source]]:
    if len(keys) > 1:
        for piece in pieces:
            yield from _read_joint(keys, piece, reading)
        return
    field = reading.form.field(keys[0])
    if field is None:
        return
    answered = [piece for piece in pieces if has_answer(piece)]
    if field.kind is FieldKind.EMAIL and reading.sender:
        # the sender's own, once for all, is nobody's in particular
        mine = reading.sender.lower()
        answered = [p for p in answered if not (p.for_all and text_of(p.spans).strip().lower() == mine)]
    if field.kind is FieldKind.YES_NO:
        yield field.key, *_read_statements(field, pieces)
    elif (field.kind.traits.lines or field.kind is FieldKind.PHONE) and len(answered) > 1:
        yield field.key, _read_joined(field, answered, reading), answered[0].where
    else:
        for piece in answered:
            yield field.key, _read_one(field, piece, reading), piece.where


def _read_joined(field: FormField, answered: list[Candidate], reading: ExtractionContext) -> ParsedValue:
    """One answer of several places: lines, or telephone numbers."""
    texts = dict.fromkeys(_written(piece.spans, field, reading)[0] for piece in answered)
    joined = (" / " if field.kind is FieldKind.PHONE else "\n").join(filter(None, texts))
    doubt = next((piece.doubt for piece in answered if piece.doubt), None)
    if len(texts) > 1 and field.kind is FieldKind.PHONE:
        several = len(reading.form.of_kind(field.kind)) > 1  # one of them answers another question perhaps
        apart = not all(_are_near(one.where, two.where) for one, two in pairwise(answered))
        doubt = doubt or (Doubt(Reason.TWO_ANSWERS) if several or apart else None)
    return _with_doubt(_read_text(field, joined, reading), doubt)


def _are_near(one: Source, other: Source) -> bool:
    """Whether two places are lines, or rows of a table, with one between them at most ("Telefoon", "E-mail",
    "Gsm")."""
    same = (one.document, one.page, one.number(Unit.TABLE)) == (
        other.document,
        other.page,
        other.number(Unit.TABLE),
    )
    apart = (one.row - other.row) if one.row and other.row else one.block - other.block
    return same and abs(apart) <= _NEAR


def _read_one(field: FormField, piece: Candidate, reading: ExtractionContext) -> ParsedValue:
    if field.kind is FieldKind.CHOICE:
        return _with_doubt(read_choice(field, piece.spans), piece.doubt)
    if piece.is_option and field.kind is FieldKind.TEXT:
        return _with_doubt(_read_as_written(text_of(piece.spans)), piece.doubt)
    text, doubt = _written(piece.spans, field, reading)
    if doubt and doubt.reason is Reason.HOLDS_LABEL and piece.reader is FoundBy.BLANK:
        doubt = None  # the labels of a known blank are all found: "Sofie: geen noten" is an answer
    return _with_doubt(_read_text(field, text, reading), piece.doubt or doubt)


def _read_as_written(text: str) -> ParsedValue:
    return ParsedValue(tidy(text), seen=tidy(text))


def _with_doubt(read: ParsedValue, doubt: Doubt | None) -> ParsedValue:
    if doubt is None or read.code or read.value is None:
        return read
    return replace(read, code=Code.UNSURE, reason=doubt.reason, detail=doubt.detail)


_Statement = tuple[ParsedValue, Source]


def _read_statements(field: FormField, pieces: list[Candidate]) -> tuple[ParsedValue, Source]:
    """Yes/no from all places that speak of it: "☐ Ik neem deel" and "☒ Ik neem niet deel"."""
    reads = [
        (_with_doubt(read_yes_no(field, p.spans, negative=p.negative), p.doubt), p.where) for p in pieces
    ]
    reads = _without_more_words(reads, pieces)
    statements = [(read, where) for read, where in reads if read.value is not None or read.code]
    if not statements:
        denied = [piece for piece in pieces if piece.negative and not piece.statement and not piece.spans]
        if denied and len(denied) == len(pieces):  # "Ik neem niet deel" stands there alone
            return ParsedValue(False, seen="niet"), denied[0].where
        return OPEN_ANSWER, NOWHERE
    if len({read.value for read, _ in statements}) > 1:
        seen = " / ".join(read.seen for read, _ in statements)
        return doubted(None, Code.AMBIGUOUS, Reason.YES_AND_NO, seen), statements[0][1]
    return next((pair for pair in statements if pair[0].code), statements[0])


def _without_more_words(reads: list[_Statement], pieces: list[Candidate]) -> list[_Statement]:
    """What was read, without words behind a statement that could say nothing but what another says
    ("Ik neem deel", and "Ik neem deel aan de lunch"): they are about something else."""
    values = {read.value for read, _ in reads if read.value is not None}
    return [
        pair
        for pair, piece in zip(reads, pieces, strict=True)
        if pair[0].reason is not Reason.NEITHER_YES_NOR_NO or {not piece.negative} != values
    ]


@dataclass(frozen=True, slots=True)
class _Written:
    """What a person wrote at a label, ``spans`` as it stood there; ``in_slot``: in a field of the form."""

    text: str
    spans: Spans
    in_slot: bool


def _written(spans: Spans, field: FormField, reading: ExtractionContext) -> tuple[str, Doubt | None]:
    """What a person wrote at a label, and a doubt where it may hold more than that."""
    spans = tuple(span for span in spans if not span.struck)
    typed, beside = _in_slots(spans), _without_form(_beside_slots(spans), reading.blank)
    if typed.strip() and beside.strip(" .,;:/()-\n"):
        return _trimmed(text_of(spans).replace(OPEN, "")), Doubt(Reason.BESIDE_SLOT)
    text = _without_stray_parenthesis(_trimmed(typed if typed.strip() else beside))
    if _HINT.match(text) or is_placeholder(text) or means_nothing(text) or _is_unit(text, spans):
        return "", None
    if has_box(text):
        return _ticked(text)
    written = _Written(text, spans, bool(typed.strip()))
    if not written.in_slot and _is_another_question(written, field, reading):
        return "", None  # nothing stands in the room between two questions
    why = next((reason for holds, reason in _DOUBTS if holds(written, field, reading)), None)
    return text, Doubt(why) if why else None


def _is_unit(text: str, spans: Spans) -> bool:
    """Whether a text is what is counted in the open room before it: "vermogen: ...... watt"."""
    return _UNIT.fullmatch(text) is not None and _OPEN_ROOM.match(text_of(spans)) is not None


def _in_slots(spans: Spans) -> str:
    return "".join(span.text for span in spans if span.slot).replace(OPEN, "")


def _beside_slots(spans: Spans) -> str:
    """The text around the fields of a form, with a line end for each field of several lines."""
    return "".join("\n" if s.slot and "\n" in s.text else s.text for s in spans if not s.slot)


def _is_another_question(written: _Written, field: FormField, reading: ExtractionContext) -> bool:
    """Whether an answer is the label of another question, of this form alone."""
    if len(letters(written.text)) < _TELLING:
        return False
    label = reading.labels.exactly(written.text)
    return label is not None and label.main and label.particular and label.key != field.key


def _is_broken(written: _Written, field: FormField, reading: ExtractionContext) -> bool:
    return any(span.unsure for span in written.spans) and not _proves_itself(written.text, field, reading)


def _holds_an_address(written: _Written, field: FormField, _reading: ExtractionContext) -> bool:
    return field.kind is FieldKind.LONG_TEXT and bool(addresses_in(written.text))


def _has_room_inside(written: _Written, field: FormField, _reading: ExtractionContext) -> bool:
    """Whether a form left room to write in the midst of an answer: "Te ..... Damme op ..... 3 juni"."""
    if written.in_slot or field.kind.traits.lines:
        return False
    text = text_of(written.spans).strip(" \n:")
    around = (
        (text[: room.start()].rpartition("\n")[2], text[room.end() :].partition("\n")[0])
        for room in _ROOM.finditer(text)
    )
    return any(any(map(str.isalnum, before)) and any(map(str.isalnum, after)) for before, after in around)


def _asks_something_else(written: _Written, field: FormField, reading: ExtractionContext) -> bool:
    """Whether an answer holds another question's own label among its words: two columns run together."""
    words = written.text.split()
    if field.kind.traits.lines or len(words) > _LONGEST_ANSWER:
        return False
    for start in range(len(words)):
        if not words[start][:1].isupper():
            continue
        for end in range(len(words) - (not start), start, -1):
            label = reading.labels.exactly(" ".join(words[start:end]))
            if label and label.main and field.key not in (*label.keys, *label.also):
                return True
    return False


def _holds_a_label(written: _Written, field: FormField, _reading: ExtractionContext) -> bool:
    text = written.text.replace("mailto:", "")
    return not field.kind.traits.lines and _INNER_LABEL.search(text) is not None


#: What may be the matter with what somebody wrote, in the order in which it is told.
_DOUBTS: tuple[tuple[Callable[[_Written, FormField, ExtractionContext], bool], Reason], ...] = (
    (_is_broken, Reason.BROKEN_OFF),
    (_holds_an_address, Reason.HOLDS_EMAIL),
    (_has_room_inside, Reason.HOLDS_ROOM),
    (_is_another_question, Reason.IS_OTHER_QUESTION),
    (_asks_something_else, Reason.HOLDS_QUESTION),
    (_holds_a_label, Reason.HOLDS_LABEL),
)


def _without_stray_parenthesis(text: str) -> str:
    """The text without a closing parenthesis at its end that was opened before the label."""
    return text[:-1].rstrip() if text.endswith(")") and text.count(")") > text.count("(") else text


def _proves_itself(text: str, field: FormField, reading: ExtractionContext) -> bool:
    """Whether no letter can be missing or too many: a whole telephone number, a known organisation, a word
    that stands in the document elsewhere as well."""
    if field.kind is FieldKind.PHONE:
        return _read_text(field, text, reading).code is None
    words = fold(text).split()
    if field.kind is FieldKind.ORGANISATION:
        known = fold(reading.directory.recognise(text)).split()
        rest = " ".join(word for word in words if word not in known)
        return bool(known) and set(known) <= set(words) and (not rest or is_bare_kind(rest))
    if field.kind is FieldKind.NAME and all(word in PARTICLES for word in words[:-1]):
        words = ["".join(words)]  # "Van den Broeck" in vandenbroeck@
    return all(word in reading.words for word in words)


def _ticked(text: str) -> tuple[str, Doubt | None]:
    """The options ticked in an open question ("☐ vegetarisch ☒ glutenvrij"), and a doubt where
    a tick may stand behind its word."""
    before, *boxes = re.split(f"([{SIGNS}])", text)
    words = [_trimmed(word) for word in boxes[1::2]]
    picked = [word for sign, word in zip(boxes[::2], words, strict=True) if sign == TICKED and word]
    if _trimmed(before) or not all(words):
        return tidy(text), Doubt(Reason.TICKED_WHAT)
    return ", ".join(picked), None


def _without_form(text: str, blank: BlankForm) -> str:
    lines = [without_remarks(without_filler(line), is_placeholder) for line in text.split("\n")]
    return "\n".join(line for line in lines if not blank.has_text(line) and not _HINT.match(line))


def _trimmed(text: str) -> str:
    text = re.sub(r"\s[-–|/]$", "", text.strip(" \t\n:;,|").rstrip())
    return re.sub(r"^[-–:=>]\s+", "", text).strip(" \t\n:;,|")


def _read_text(field: FormField, text: str, reading: ExtractionContext) -> ParsedValue:
    label = reading.labels.exactly(text)
    if label and label.key == field.key and not label.number and field.kind is not FieldKind.ORGANISATION:
        return OPEN_ANSWER  # the label stands in the field as its hint
    return read_value(field, text, ValueContext(reading.directory.all_domains, reading.own))


def _read_joint(
    keys: tuple[str, ...], piece: Candidate, reading: ExtractionContext
) -> Iterator[tuple[str, ParsedValue, Source]]:
    """A label that asks several things: names are split, addresses and numbers picked out."""
    fields = [f for key in keys if (f := reading.form.field(key))]
    text, doubt = _written(piece.spans, fields[0], reading)
    doubt = piece.doubt or doubt
    if not text:
        return
    given, family = reading.form.given_name, reading.form.family_name
    if set(keys) == {given, family}:
        for key, read in full_name(text, keys, reading.form).items():
            yield key, _with_doubt(read, doubt), piece.where
        return
    rest = text
    for field in fields:
        if field.kind is FieldKind.EMAIL and (found := addresses_in(rest)):
            yield field.key, _with_doubt(_read_text(field, found[0], reading), doubt), piece.where
            rest = rest.replace(found[0], " ")
    others = [field for field in fields if field.kind is not FieldKind.EMAIL]
    pieces = list(filter(None, map(_trimmed, _BETWEEN_ANSWERS.split(rest))))
    if len(others) == 1 and pieces:
        pieces = [", ".join(pieces)]
    elif not _is_one_each(others, pieces, reading):
        doubt = doubt or Doubt(Reason.MANY_IN_ONE_CELL)
    for field, part in zip(others, pieces, strict=False):
        yield field.key, _with_doubt(_read_text(field, part, reading), doubt), piece.where


def _is_one_each(fields: Sequence[FormField], parts: Sequence[str], reading: ExtractionContext) -> bool:
    """Whether what stands at a label that asks several things is as many parts, each like what is asked
    there: "Naam, voornaam, functie: Vervloet, Tijs, archivaris"."""
    if len(fields) != len(parts):
        return False
    return all(
        likeness(part, field.kind, reading.labels) > 0 for field, part in zip(fields, parts, strict=True)
    )


def organisation_known(answers: dict[str, Answer], reading: ExtractionContext) -> str:
    """The name in the list of somebody's organisation, by what was written; where that names no body, by
    the mail domain."""
    written = next(
        (str(answers[f.key].value) for f in reading.form.of_kind(FieldKind.ORGANISATION) if f.key in answers),
        "",
    )
    if known := reading.directory.recognise(written):
        return known
    emails = [str(answers[f.key].value) for f in reading.form.of_kind(FieldKind.EMAIL) if f.key in answers]
    by_mail = next(filter(None, map(reading.directory.by_mail, emails)), "")
    return by_mail if not written or is_bare_kind(written) or letters(by_mail) in letters(written) else ""
