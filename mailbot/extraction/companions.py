"""Who comes along: a form that asks one person in full, and below that names of others.

The columns of "Collega's die meekomen" and the questions of "Tweede deelnemer" are those of the first person
asked again, by their concept or their label, and no questions of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.extraction.lexicon import lexicon, names_of_writer
from mailbot.text.normalize import letters, plain, tidy

if TYPE_CHECKING:
    from mailbot.extraction.template import Question

#: How a form or a part of it is called in which somebody registers.
REGISTERS = re.compile(
    r"inschrij|aanmeld|deelnam|deelnem|inscri|regist|anmeld|booking|enrol|application|formulier"
)
#: How a sentence begins in which who writes is to be named, and what a label says instead.
_SELF = tuple((re.compile(begins), label) for begins, label in names_of_writer())
_NAMES = frozenset({"last_name", "first_name", "full_name"})
#: What those who come along have from the first, where nobody asks it of them.
_SHARED = frozenset({"organisation"})


def named_self(label: str) -> str:
    """The label, or what is asked behind "Ik, ..........": a name."""
    said, _, caption = label.partition("(")
    words = plain(said if lexicon().concept(caption.rstrip(" )")) in _NAMES else label).rstrip(" ,")
    return next((name for pattern, name in _SELF if pattern.fullmatch(words)), label)


def is_elsewhere(question: Question) -> bool:
    """Whether the heading above says that its questions are about somebody or something else."""
    heading = plain(question.section)
    if REGISTERS.search(heading):  # the title: "Inschrijving school De Linde" is about who comes
        return False
    return is_about_others(heading) or any(
        part.strip("=*") in heading for part in lexicon().headings["other"]
    )


def is_about_others(label: str) -> bool:
    """Whether a word of it makes what is asked somebody else's: of a parent, for the invoice."""
    return bool(set(re.findall(r"[^\W\d]+", plain(label))) & lexicon().other)


def tells_who_comes_along(text: str) -> bool:
    """Whether a heading or a label is about people who come along with who registers."""
    return any(re.search(rf"\b{re.escape(word)}", plain(text)) for word in lexicon().along)


def with_companions(
    questions: Sequence[Question],
    is_companions: Callable[[Question], bool],
    is_chosen: Callable[[Question], bool],
) -> list[Question]:
    """The questions with those of companions joined to the ones that the first person is asked above them;
    ``is_companions`` tells which are asked of somebody who comes along, ``is_chosen`` which offer options:
    who registers chooses these, whatever heads them ("Uw workshop"). As they are where a companion's name is
    not asked of the first person as well: then nothing says who registers."""
    groups: dict[tuple[str, int], list[Question]] = {}
    for question in filter(is_companions, questions):
        groups.setdefault((question.section, question.column.first if question.column else -1), []).append(
            question
        )
    result = list(questions)
    person = 2
    for group in groups.values():
        if not any(_meaning(question) in _NAMES for question in group):
            continue
        above = result[: result.index(group[0])]
        main = [q for q in above if _is_of_first(q, person) and (is_chosen(q) or not is_elsewhere(q))]
        pairs = _pairs(main, group)
        if pairs is None:
            return list(questions)
        while not _is_asked_of(group, pairs):
            group.pop()  # what stands below the last of them is asked once
        result = _joined(result, main, group, pairs, person)
        if group[0].column:
            break  # rows may be added to a list: who stands below it has no number
        person += max((place.person for question in group for place in question.places), default=0) or 1
    return result


def _is_of_first(question: Question, person: int) -> bool:
    """Whether it is asked of who registers: alone, or of companions before this one as well."""
    return question.column is None and all(place.person < person for place in question.places)


def _is_asked_of(group: Sequence[Question], pairs: dict[int, Question]) -> bool:
    """Whether the last of some questions is asked of a companion: the first person is asked it too, it is a
    name, or it stands in one row of a table with such a question."""
    *before, last = group
    beside = [one for one in before if last.where.row and one.where.steps[:-1] == last.where.steps[:-1]]
    return any(id(one) in pairs or is_of_several(one) or _meaning(one) in _NAMES for one in (*beside, last))


def is_of_several(question: Question) -> bool:
    """Whether it is asked of each of several people: in a list, or once for each."""
    return bool(question.column) or any(place.person > 1 for place in question.places)


def _pairs(main: Sequence[Question], group: Sequence[Question]) -> dict[int, Question] | None:
    """By the identity of a question to a companion the same one to the first person, where there is one; None
    where there is none for a name."""
    asked: dict[str, Question] = {}
    for question in main:
        asked.setdefault(_meaning(question), question)
    pairs: dict[int, Question] = {}
    for question in group:
        meaning = _meaning(question)
        same = asked.get(meaning)
        if same is None and meaning == "full_name" and "first_name" in asked:
            same = asked.get("last_name")  # a whole name at a last name is split
        if same is None and meaning == "last_name":
            same = asked.get("full_name")
        if same is None and question is _given(group) and "full_name" in asked and _asks_family_name(group):
            continue  # nobody but a companion is asked it apart
        if same is not None and same.ticks == question.ticks and id(same) not in map(id, pairs.values()):
            pairs[id(question)] = same
        elif meaning in _NAMES:
            return None
    return pairs


def _joined(
    questions: Sequence[Question],
    main: Sequence[Question],
    group: Sequence[Question],
    pairs: dict[int, Question],
    person: int,
) -> list[Question]:
    again = {id(same): question for question in group if (same := pairs.get(id(question)))}
    kept: list[Question] = []
    for question in questions:
        if (other := again.get(id(question))) is not None:
            its = (_of(question, 1) if person == 2 else question).places + _of(other, person).places
            joined = replace(question, places=its, column=_of(other, person).column)
            given = _given(group)
            if _meaning(question) == "full_name" != _meaning(other) and given:
                whole = replace(joined, label=_bare(other.label))
                kept += [whole, replace(_of(given, person), label=_bare(given.label), section=whole.section)]
                continue
            asks_more = _meaning(other) == "full_name" != _meaning(question)
            kept.append(replace(joined, again=_bare(other.label)) if asks_more else joined)
        elif any(question is one for one in main) and _meaning(question) not in _SHARED:
            kept.append(_of(question, 1) if person == 2 else question)
        elif any(question is one for one in group):
            if id(question) not in pairs and _meaning(question) not in _NAMES:
                kept.append(_of(question, person))
        else:
            kept.append(question)
    return kept


def _of(question: Question, person: int) -> Question:
    """The question, of this person and whoever stands in the rows below that one."""
    places = tuple(replace(p, person=person + max(p.person - 1, 0)) for p in question.places)
    column = replace(question.column, person=person) if question.column else None
    return replace(question, places=places, column=column)


def _given(group: Sequence[Question]) -> Question | None:
    """The question to a companion for the first name."""
    return next((question for question in group if _meaning(question) == "first_name"), None)


def asks_last_name_first(label: str) -> bool:
    """Whether a label asks both halves of a name, the last name first: "Naam en voornaam"."""
    known = lexicon()
    asked = [known.concept(word) for word in re.findall(r"[^\W\d_]+", label)]
    return [one for one in asked if one in ("last_name", "first_name")] == ["last_name", "first_name"]


def _asks_family_name(group: Sequence[Question]) -> bool:
    return any(_meaning(question) == "last_name" for question in group)


def _bare(label: str) -> str:
    """A label without the words that say it is a companion's, and without what stands in parentheses."""
    label = tidy(re.sub(r"\([^()]*\)", " ", label))
    words = [word for word in label.split() if not tells_who_comes_along(word)]
    while words and plain(words[-1]).strip("*") in {"", *lexicon().neutral}:
        words.pop()
    return " ".join(words) or label


def _meaning(question: Question) -> str:
    """The concept that a label names, or else its letters."""
    bare = _bare(named_self(question.label))
    return lexicon().concept(bare) or letters(bare)
