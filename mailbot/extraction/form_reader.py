"""What one document, or the text of a mail, gives when read with one form in mind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise

from mailbot.domain.document import Block, Location, Table, Unit, all_lines
from mailbot.domain.doubt import Reason
from mailbot.domain.form import MARK, FieldKind, Form
from mailbot.domain.noticed import FoundBy
from mailbot.domain.submission import Person, Problem
from mailbot.extraction.answer_signs import with_plain_signs
from mailbot.extraction.block_shapes import reshaped
from mailbot.extraction.candidates import DocumentReading, read_blocks
from mailbot.extraction.context import ExtractionContext
from mailbot.extraction.drafting import template_of
from mailbot.extraction.form_people import people_of
from mailbot.extraction.label import Label
from mailbot.extraction.labels import Labels
from mailbot.extraction.learned import learned
from mailbot.extraction.lexicon import lexicon
from mailbot.extraction.named_fields import named_pieces, with_named
from mailbot.extraction.organiser import our_names, without_organiser
from mailbot.extraction.pairs import pairs, tells_itself
from mailbot.extraction.spans import Candidate, text_of
from mailbot.extraction.subjects import names_a_body, names_a_function
from mailbot.extraction.template import Template
from mailbot.extraction.text_tables import with_tables
from mailbot.extraction.unread import with_unread
from mailbot.extraction.verdict import DocumentContext, FormVerdict, Kind, names_one_of, verdict
from mailbot.text.dates import dates_in
from mailbot.text.normalize import fold, letters, plain, tidy

#: A form of nine questions for some five hundred people; what holds more registers nobody.
_MOST_LINES = 5000

#: What counts for a form: each question met in the form's own words, its title, an event's words.
_OWN_LABEL, _TITLED, _ABOUT_IT = 1.5, 5, 1
#: Letters of a word that a slip of the pen leaves whole in one of them.
_BEGINNING = 4
#: What is told by what stands there, or in words that no label has.
_SAID_ANYHOW = frozenset({FieldKind.NAME, FieldKind.EMAIL, FieldKind.PHONE, FieldKind.ORGANISATION})
_TITLE_LINES = 20
#: So many letters of a label are no name that happens to stand in it ("An" in "Aantal").
_TELLING = 8
_MOSTLY_OPEN = 5


_CERTAIN = FormVerdict(Kind.REGISTRATION, 0)


@dataclass(frozen=True, slots=True)
class Filled:
    """A registration form as read: its people (none for a blank one) and their problems.
    ``score`` says how well the form fits, ``titled`` whether its own title stands there,
    ``heading`` the lines above the first question, ``taken`` the places that belong to it,
    ``event`` the one event that it names, ``verdict`` what it is taken for and why."""

    form: Form
    people: tuple[Person, ...]
    problems: tuple[Problem, ...]
    score: float
    titled: bool
    heading: tuple[str, ...]
    taken: frozenset[Location]
    event: str = ""
    verdict: FormVerdict = _CERTAIN


def read_form(
    blocks: tuple[Block, ...],
    reading: ExtractionContext,
    name: str,
    around: str,
    rejected: list[FormVerdict] | None = None,
) -> Filled | None:
    """The form in a document; None where the document is no registration: why not then goes into
    ``rejected``."""
    lines = tuple(islice(text_lines(blocks), _MOST_LINES + 1))
    if len(lines) > _MOST_LINES:
        return None
    blocks = reshaped(with_tables(with_plain_signs(blocks, reading.labels), reading.labels), reading.labels)
    reading = replace(reading, words=_whole_words(blocks))
    known = reading.labels
    named = named_pieces(blocks, reading.form)
    read, pieces = _read(blocks, reading, named)
    taught = {} if named else _taught(blocks, pieces, reading)
    if taught:
        reading = replace(reading, labels=known.learning(taught))
        read, pieces = _read(blocks, reading, named)
    ours = bool(named) or any(MARK.search(line) for line in lines)
    heading = _heading(blocks, pieces, reading)
    paper = DocumentContext(
        lines,
        heading,
        name,
        around,
        reading.titles,
        _is_of_another_day(heading, reading),
        ours,
        read.others,
        reading.all_titles,
        reading.given,
        read.all_compared,
    )
    found = verdict(pieces, reading.form, paper)
    if found.kind is Kind.NO_FORM:
        if rejected is not None:
            rejected.append(found)
        return None
    asked = _met_in(pieces)
    people, problems = people_of(pieces, replace(reading, asked=asked))
    if people and (_are_print(people, blocks, reading.labels) or _tell_nothing(people, blocks, known)):
        people, problems = (), ()
    problems = _with_captions(problems, taught)
    problems = with_unread(people, problems, blocks, known, asked)
    about_it = names_one_of(reading.titles, plain(" | ".join(heading)))
    titled = _is_titled(lines, reading.form)
    return Filled(
        reading.form,
        people,
        problems,
        _score(pieces, reading.form) + (_TITLED if titled else _ABOUT_IT if about_it else 0),
        titled,
        heading,
        read.taken | {block.where for block in blocks if isinstance(block, Table)},
        verdict=found,
    )


def _read(
    blocks: tuple[Block, ...], reading: ExtractionContext, named: Sequence[Candidate]
) -> tuple[DocumentReading, tuple[Candidate, ...]]:
    """What a document says, and what of it is about the form's people."""
    read = read_blocks(blocks, reading.labels, reading.blank, our_names(reading.own))
    return read, without_organiser(with_named(read.pieces, named), reading.form, reading.own)


def _taught(
    blocks: tuple[Block, ...], pieces: Iterable[Candidate], reading: ExtractionContext
) -> dict[str, Label]:
    """What captions ask here that no words are known for; none where all that the form asks was met, or
    nothing of it."""
    pieces = tuple(pieces)
    met = _met_in(pieces)
    if _are_told(met, reading.form) and not any(piece.reader is FoundBy.BARE for piece in pieces):
        return {}
    found = pairs(blocks, reading.labels)
    captions = [letters(one.caption) for one in found if one.cut and one.said]
    asked = _met_in(
        piece for piece in pieces if not (piece.reader is FoundBy.BARE and _ends_a_caption(piece, captions))
    )
    return {} if _are_told(asked, reading.form) else learned(found, reading, asked)


def _met_in(pieces: Iterable[Candidate]) -> frozenset[str]:
    return frozenset(key for piece in pieces for key in piece.keys)


def _are_told(asked: Set[str], form: Form) -> bool:
    """Whether all that a form asks was met, or nothing of it: then there is nothing to learn."""
    return not asked or all(field.key in asked for field in form.fields)


def _ends_a_caption(piece: Candidate, captions: Iterable[str]) -> bool:
    """Whether what stands behind a label without any sign is the rest of a caption: "van de leerkracht"."""
    said = letters(text_of(piece.spans))
    return bool(said) and any(one.endswith(said) and len(one) > len(said) for one in captions)


def _with_captions(problems: Iterable[Problem], taught: Mapping[str, Label]) -> tuple[Problem, ...]:
    """The problems; those of answers at a caption that the document taught show it."""
    captions = {key: caption for caption, label in taught.items() if label.learned for key in label.keys}
    return tuple(
        replace(one, read=f"{captions[one.field]} {one.read}")
        if one.reason is Reason.OTHER_WORDING and one.field in captions
        else one
        for one in problems
    )


def _whole_words(blocks: tuple[Block, ...]) -> frozenset[str]:
    """The words that a document holds unbroken, those of addresses among them; none where nothing in it
    is broken, as nobody asks then."""
    spans = [span for paragraph in all_lines(blocks) for span in paragraph.spans]
    if not any(span.unsure for span in spans):
        return frozenset()
    whole = (span.text for span in spans if not span.unsure)
    addresses = (word for span in spans if span.unsure for word in span.text.split() if "@" in word)
    return frozenset(word for text in (*whole, *addresses) for word in fold(text).split())


def _tell_nothing(people: Iterable[Person], blocks: tuple[Block, ...], labels: Labels) -> bool:
    """Whether little was answered and none of it plainly, and what stands for a name is a part of a caption
    that nobody knows ("usuel" of "Prénom usuel"): print of a blank."""
    told = [_told_alone(person, labels) for person in people]
    if not all(told):
        return False
    found = pairs(blocks, labels)
    captions = [letters(one.caption) for one in found]
    answers = {letters(one.said) for one in found if one.said and labels.match(one.caption) is not None}

    def is_part(name: str) -> bool:
        said = letters(name)
        if said in answers:
            return False
        looks_so = labels.exactly(name) is not None or all(word[0].islower() for word in name.split())
        return looks_so or any(said in one and said != one for one in captions)

    return all(any(map(is_part, names)) for names in told)


def _told_alone(person: Person, labels: Labels) -> list[str]:
    """What stands for the name of somebody of whom nothing else is told plainly; none where more is."""
    said = [str(one.value) for one in person.answers.values()]
    chosen = any(field.kind.traits.offered for field in labels.form.fields if field.key in person.answers)
    tells = chosen or any(tells_itself(one) or names_a_function(one) or names_a_body(one) for one in said)
    if tells or 2 * len(said) > len(labels.form.fields):
        return []
    return [name for field in labels.form.of_kind(FieldKind.NAME) if (name := person.text(field.key))]


def _are_print(people: Iterable[Person], blocks: tuple[Block, ...], labels: Labels) -> bool:
    """Whether nothing was read but what a blank form says itself, where a name would stand: a label with room
    of its own beside it, or the row that shows how to fill it in. Most of its room is then still open."""
    people, form = tuple(people), labels.form
    if any(len(person.answers) * 2 > len(form.fields) for person in people):
        return False
    said = [
        str(a.value) for person in people for a in person.answers.values() if not isinstance(a.value, bool)
    ]
    names = [person.text(field.key) for person in people for field in form.of_kind(FieldKind.NAME)]
    telling = [letters(text) for text in (list(filter(None, names)) or said)]
    if not telling:
        return False
    if _are_repeated(people, form):
        return True
    template = template_of(blocks)
    columns = [one.label for one in template.questions if one.column is not None]
    asked = sum(labels.match(column) is not None for column in columns)
    shown = set(map(letters, (*template.examples, *(columns if asked > 1 else ()))))
    return all(text in shown for text in telling) or _are_labels(telling, said, template)


def _are_repeated(people: Iterable[Person], form: Form) -> bool:
    """Whether two names or more each stand for several people: captions of a block that a form prints once
    for each person ("Positie" and "Elektronische post")."""
    fields = form.of_kind(FieldKind.NAME)
    names = Counter(tuple(letters(person.text(field.key)) for field in fields) for person in people)
    return len(names) > 1 and min(names.values()) > 1


def _are_labels(telling: Sequence[str], said: Sequence[str], template: Template) -> bool:
    """Whether what is ``telling`` of what was ``said`` are labels of a form whose room is mostly open."""
    typed = [
        letters(line.text[before.end : after.start])
        for line in template.sheet.lines
        for before, after in pairwise(line.gaps)
        if ":" not in line.text[before.end : after.start]
    ]  # "Naam ....Peeters....": it stands in the room, and looks like the label of what is left of it
    asked = [q for q in template.questions if q.column is None and not q.ticks]
    open_still = [q for q in asked if letters(q.label) not in set(map(letters, said))]
    if len(open_still) < max(_MOSTLY_OPEN, 3 * len(said)):  # what was read is no room left open itself
        return False
    labels = [label for q in asked if (label := letters(q.label)) not in typed]
    return all(
        any(text == label or (len(text) >= _TELLING and text in label) for label in labels)
        for text in telling
    )


def _is_of_another_day(heading: Iterable[str], reading: ExtractionContext) -> bool:
    """Whether a date stands above the questions that no event has."""
    days = [day for line in heading for day, _ in dates_in(line)]
    return any(not any(day.may_be(known) for known in reading.days) for day in days)


def highest_score(blocks: tuple[Block, ...], form: Form, said: str) -> float:
    """The highest score that ``read_form`` may give this form in a document with these letters (``said``): a
    question of the form's own may be asked where a word of it stands somewhere, one that other forms ask as
    well in any words, and only its own label counts as that."""
    met = (
        _OWN_LABEL if label in said else 1.0 if not words or any(word in said for word in words) else 0.0
        for label, words in _traces(form)
    )
    return _worth(list(met), form) + (
        _TITLED if _is_titled(islice(text_lines(blocks), _TITLE_LINES), form) else _ABOUT_IT
    )


@lru_cache(maxsize=64)
def _traces(form: Form) -> tuple[tuple[str, frozenset[str]], ...]:
    """For each question its label and how the words of it and its options begin; no words where it may be
    asked without any of them."""
    known = lexicon().labels
    return tuple(
        (
            letters(field.label),
            frozenset()
            if field.kind in _SAID_ANYHOW or known & set(map(letters, field.labels))
            else frozenset(
                word[:_BEGINNING]
                for text in (*field.labels, *field.choices)
                for word in re.findall(r"[^\W_]+", plain(text))
                if len(word) >= _BEGINNING
            ),
        )
        for field in form.fields
    )


def _is_titled(lines: Iterable[str], form: Form) -> bool:
    """Whether the form's own title stands at the top."""
    title = letters(form.title)
    return any(title in letters(line) for line in islice(lines, _TITLE_LINES))


def _score(pieces: Iterable[Candidate], form: Form) -> float:
    """How many of the form's questions were met; its own label counts more than a spelling."""
    best: dict[str, float] = {}
    for piece in pieces:
        worth = 0.5 if piece.doubt else _OWN_LABEL if piece.main and piece.exact else 1.0
        for key in piece.keys:
            best[key] = max(worth, best.get(key, 0))
    return _worth(best.values(), form)


def _worth(met: Collection[float], form: Form) -> float:
    return sum(met) + sum(met) / (10 * len(form.fields))


def _heading(
    blocks: tuple[Block, ...], pieces: tuple[Candidate, ...], reading: ExtractionContext
) -> tuple[str, ...]:
    """The lines above the first question."""
    first = next((piece.where for piece in pieces if piece.keys), "")
    heading: list[str] = []
    for paragraph in all_lines(blocks):
        text = tidy(paragraph.text)
        label = reading.labels.match(text) or reading.labels.match(text.split(":")[0])
        if text and label and not label.is_other:
            break
        if (paragraph.where == first and paragraph.where.number(Unit.LINE)) or len(heading) >= 12:
            break
        if text:
            heading.append(text)
    return tuple(heading)


def text_lines(blocks: Iterable[Block]) -> Iterator[str]:
    """The text of all lines that hold any."""
    for paragraph in all_lines(blocks):
        if text := tidy(paragraph.text):
            yield text
