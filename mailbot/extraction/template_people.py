"""Who is asked on a blank form: people who are counted, and who comes along with somebody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from mailbot.domain.document import Location, Unit
from mailbot.extraction.companions import (
    REGISTERS,
    is_about_others,
    is_elsewhere,
    is_of_several,
    named_self,
    tells_who_comes_along,
)
from mailbot.extraction.lexicon import lexicon, phrases
from mailbot.extraction.template import Question, Template, TemplateColumn, label_of
from mailbot.extraction.tokens import Box
from mailbot.text.lexicon import AN_AND
from mailbot.text.normalize import letters, plain

PERSON = re.compile(rf"\b{phrases('somebody')}\b")
#: A caption that says whose name is asked: "ouder van (naam kind)"; "(naam en voornaam)" does not.
WHOSE_NAME = rf"\(({phrases('name_of')} (?!{AN_AND}\b)[^()]+)\)$"
_NAME = re.compile(rf"\b{phrases('a_name')}\b")
#: A heading in which who writes says what they do, and not that they come or bring or register somebody.
_WRITER_DOES = re.compile(phrases("writer_does"))
#: Concepts of which each person has their own.
_OF_PEOPLE = frozenset({"email", "phone", "birth_date", "national_number"})
#: Concepts that are a name, with what they ask of it.
_HALVES = {
    "full_name": frozenset({"last_name", "first_name"}),
    "last_name": frozenset({"last_name", "first_name"}),
    "first_name": frozenset({"first_name"}),
}
_ORDINAL = re.compile(r"^\W*\d{1,3}\W*$")
#: What makes a word good for women and men: "participant·e", "deelnemer/ster", "Teilnehmer(in)".
_ENDING = re.compile(r"(?<=[^\W\d_]{3})(?:[·•*/.-]|\()(?:e|ne|rice|ster|in|innen)s?\)?(?![^\W\d_])")


def asks_who_comes(label: str) -> bool:
    """Whether a label asks the name of who comes (a child), and not of a parent or a contact. A caption
    tells, where it has one ("ouder van (naam kind)")."""
    caption = re.search(WHOSE_NAME, plain(label))
    whose = caption[1] if caption else plain(label)
    return bool(PERSON.search(whose)) or not is_about_others(whose)


def of_people(questions: Sequence[Question]) -> list[Question]:
    """The questions, where "Deelnemer 1" and "Deelnemer 2" head the same ones: each once, with the room of
    each person."""
    blocks: dict[str, dict[int, list[Question]]] = {}
    for question in questions:
        if found := counted_one(question.section):
            blocks.setdefault(found[0], {}).setdefault(found[1], []).append(question)
    kept = list(questions)
    for whose, numbered in blocks.items():
        if are_people(whose, [question.label for own in numbered.values() for question in own]):
            kept = _each_once(kept, [numbered[number] for number in sorted(numbered)])
    return kept


def of_rows(questions: Sequence[Question]) -> list[Question]:
    """The questions, where lines or rows below each other ask people the same ("1. Naam: ... leeftijd: ..."):
    each once, with the room of each person. Where who writes is named above and says to do something with
    them ("Wij helpen graag: 1. naam ... taak ..."), what stands in them is one answer of theirs."""
    kept = list(questions)
    for run in _rows_alike(questions):
        whose = plain(run[0][0].section)
        if are_people(whose, [question.label for question in run[0]]):
            kept = _each_once(kept, run)
            if _tells_what_writer_does(whose) and _names_one(kept[: _index(kept, run[0][0])]):
                own = {question.where for question in run[0]}
                kept = [_as_rows(question) if question.where in own else question for question in kept]
    return kept


def _tells_what_writer_does(heading: str) -> bool:
    """Whether a heading says what who writes does, and nothing of who comes."""
    is_of_people = PERSON.search(heading) or REGISTERS.search(heading) or tells_who_comes_along(heading)
    return bool(_WRITER_DOES.match(heading)) and not is_of_people


def _index(questions: Sequence[Question], wanted: Question) -> int:
    """The number of the question that stands where another does."""
    return next((n for n, one in enumerate(questions) if one.where == wanted.where), 0)


def _names_one(questions: Sequence[Question]) -> bool:
    """Whether one person who is nobody else's parent or contact is asked their name."""
    alone = [q for q in questions if not q.column and not is_elsewhere(q) and not is_about_others(q.label)]
    return any(_NAME.search(plain(named_self(q.label))) for q in alone)


def _rows_alike(questions: Sequence[Question]) -> Iterator[list[list[Question]]]:
    """The questions of each line or row of a table, where two or more of them have the same labels."""
    rows = [list(own) for _, own in groupby(questions, key=_row_of)]
    for labels, run in groupby(rows, key=lambda own: [question.label for question in own]):
        alike = list(run)
        is_asked_of_one = not any(q.column or place.person for q in alike[0] for place in q.places)
        if len(labels) > 1 and len(alike) > 1 and is_asked_of_one:
            yield alike


def _row_of(question: Question) -> Location:
    """The line, or the row of a table, that a question stands in."""
    return Location(tuple(step for step in question.where.steps if step[0] is not Unit.COLUMN))


def _each_once(questions: list[Question], blocks: Sequence[Sequence[Question]]) -> list[Question]:
    """The questions with those of several people in a row each once; as they are where the others are not
    asked what the first is. What is asked below the last person alone is asked once, of all."""
    first, *others = [_by_label(own) for own in blocks]
    if not others or any(len(own) < len(block) for own, block in zip((first, *others), blocks, strict=True)):
        return questions
    after = [q for label, q in others[-1].items() if label not in first]
    if not _are_asked_alike(first, others, after):
        return questions
    of_others = [one for block in others for one in block.values()]
    kept: list[Question] = []
    for question in questions:
        label = next((label for label, one in first.items() if one is question), None)
        if label is not None:
            kept.append(_of_each(question, label, others))
        elif any(question is one for one in after):
            kept.append(replace(question, section=""))
        elif not any(question is one for one in of_others):
            kept.append(question)
    return kept


def _are_asked_alike(
    first: dict[str, Question], others: Sequence[dict[str, Question]], after: list[Question]
) -> bool:
    """Whether the others are asked two things at least, and nothing that the first is not but what stands
    ``after`` all of the last one's."""
    own = [[label for label, q in block.items() if q not in after] for block in others]
    if any(len(labels) < 2 or not first.keys() >= set(labels) for labels in own):
        return False
    return not after or list(others[-1].values())[-len(after) :] == after


def _of_each(question: Question, label: str, others: Sequence[dict[str, Question]]) -> Question:
    """The first person's question with the rooms of the others, by the number of each."""
    asked = {1: question} | {n: block[label] for n, block in enumerate(others, 2) if label in block}
    places = tuple(replace(place, person=n) for n, one in asked.items() for place in one.places)
    return replace(question, label=label, places=places)


def _by_label(questions: Iterable[Question]) -> dict[str, Question]:
    """The questions of one person by label: by their options where only the heading is above them."""
    return {
        " / ".join(q.options) if q.options and label_of(q.label) == q.section else q.label: q
        for q in questions
    }


def of_things(questions: Sequence[Question]) -> list[Question]:
    """The questions, where a list asks no names and the form asks who registers outside of it: its rows are
    no people but what one of them lends, orders or brings."""
    lists: dict[int, list[Question]] = {}
    for question in questions:
        if question.column and question.column.person == 1:
            lists.setdefault(question.column.first, []).append(question)
    if not _names_one(questions):
        return list(questions)
    things = [q for own in lists.values() if not any(map(_asks_who, own)) for q in own]
    return [_as_rows(question) if question in things else question for question in questions]


def _asks_who(question: Question) -> bool:
    """Whether a column says that its rows are people, or marks something in them."""
    words = plain(question.label)
    is_person = any(word.startswith(lexicon().person) for word in words.split())
    known = lexicon().concept(label_of(question.label)) in _OF_PEOPLE
    return known or is_person or question.ticks or bool(_NAME.search(words) or PERSON.search(words))


def _as_rows(question: Question) -> Question:
    places = tuple(replace(place, person=0) for place in question.places)
    return replace(question, places=places, rows=True)


def counts_people(text: str) -> bool:
    """Whether a text is the number of a person ("3.", "Deelnemer 3"), in front of the rows of a list."""
    found = counted_one(text)
    return bool(_ORDINAL.match(text)) or bool(found and PERSON.search(found[0]))


def counted_one(text: str) -> tuple[str, int] | None:
    """Whose heading it is and which of them: "Deelnemer 2", "Tweede deelnemer", "Participant·e 1". None
    for a heading that counts nothing."""
    words = _ENDING.sub("", plain(text).strip(" :-–.*_")).strip()
    words = re.sub(r"\s*\([^()]*\)$", "", words)
    ordinals = lexicon().ordinals
    begun, _, rest = words.partition(" ")
    if begun in ordinals and rest:
        return rest, ordinals[begun]
    if found := re.fullmatch(r"(\d{1,2})(?:[.):]|ste|de|e|er|eme|st|nd|rd|th)? +([^\W\d].*)", words):
        return found[2], int(found[1])
    if found := re.fullmatch(r"([^\W\d].*?) *(?:n[ro°]\.? ?|nummer |#)?(?<!\d)(\d{1,2})", words):
        return found[1].strip(), int(found[2])
    if found := re.fullmatch(r"([^\W\d]\S*) ([a-h])", words):
        return found[1], ord(found[2]) - ord("a") + 1
    return None


def are_people(whose: str, labels: Iterable[str]) -> bool:
    """Whether those that headings count are people who come: they are called so, or have a name and are not
    parents, contacts, workshops."""
    if PERSON.search(whose):
        return True
    other = set(re.findall(r"[^\W\d]+", whose)) & lexicon().other
    return not other and any(_NAME.search(plain(label)) for label in labels)


def is_of_companions(template: Template, question: Question) -> bool:
    """Whether it is asked of somebody who comes along: what is above it says so, its label, or a heading
    that counts from the second person on."""
    if tells_who_comes_along(f"{question.section} | {question.label}"):
        return True
    if question.column:
        row = next(
            (
                row
                for grid in template.sheet.grids
                for row in grid.rows
                if _starts_at(template, row, question.column)
            ),
            (),
        )
        above = min((n for box in row for n in box.lines), default=0) - 1
        labels = " | ".join(box.text for box in row)
        heading = f"{question.section} | {template.sheet.lines[above].text if above >= 0 else ''}"
        return tells_who_comes_along(f"{labels} | {heading}") or _asks_others(template, question, heading)
    if is_of_several(question) and _asks_others(template, question, question.section):
        return True
    counted = counted_one(question.section)
    return bool(
        counted
        and counted[1] > 1
        and PERSON.search(counted[0])
        and (counted[0], 1) not in {counted_one(one.section) for one in template.questions}
    )


def _asks_others(template: Template, question: Question, heading: str) -> bool:
    """Whether the list of a question is of others: its heading says so ("broers of zussen die ook komen"),
    and the names in it are asked of one person further up, in one or in two."""
    if not set(re.findall(r"[^\W\d_]+", plain(heading))) & lexicon().others:
        return False
    own = [q for q in template.questions if is_of_several(q) and q.section == question.section]
    names = _names_in(own)
    first = min((q.column.head if q.column else q.places[0].start for q in own), default=0)
    above = [q for q in template.questions if not q.column and q.places[0].start < first]
    alone = [q for q in above if not is_elsewhere(q) and not any(place.person for place in q.places)]
    return bool(names) and names <= _names_in(alone)


def _names_in(questions: Iterable[Question]) -> set[str]:
    """What of a name some questions ask, by its halves: a last name alone ("Naam") asks both."""
    names: set[str] = set()
    for question in questions:
        label = named_self(label_of(question.label))
        concept = lexicon().concept(label)
        if concept in _HALVES:
            names |= _HALVES[concept]
        elif _NAME.search(plain(label)):
            names.add(letters(label))
    return names


def _starts_at(template: Template, row: Sequence[Box], column: TemplateColumn) -> bool:
    return any(
        template.sheet.lines[n].first <= column.head < template.sheet.lines[n].last
        for box in row
        for n in box.lines
    )
