"""The pieces of a form → its people: without rows that are nobody, and with what was told once for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace

from mailbot.domain.doubt import Reason
from mailbot.domain.form import FieldKind, Form
from mailbot.domain.submission import Answer, Code, Person, Problem, Source
from mailbot.extraction.assembly import read_person
from mailbot.extraction.context import ExtractionContext
from mailbot.extraction.grouping import drafts
from mailbot.extraction.spans import Candidate
from mailbot.extraction.split_people import each_person

_MANY_QUESTIONS = 4
#: So many words are no name.
_SENTENCE = 6


def people_of(
    pieces: Iterable[Candidate], reading: ExtractionContext
) -> tuple[tuple[Person, ...], tuple[Problem, ...]]:
    """The people, numbered from 0, with their problems."""
    pieces = tuple(pieces)
    asked = len({key for piece in pieces for key in piece.keys})
    met = (one for draft in drafts(pieces, reading.form) for one in each_person(draft, reading.form))
    read = _with_half_names_doubted([read_person(draft, reading) for draft in met], reading.form)
    people = _without_lines_below(read, reading.form)
    somebody = [one for one in _below_their_body(people, reading) if one[0].answers]
    kept = [one for one in somebody if _is_known(one[0], reading.form)] or somebody
    if all(_is_hardly_anybody(person, asked, reading.form) for person, _ in kept):
        kept = []  # print of the form itself that looked like an answer
    problems = (replace(p, person=index) for index, (_, own) in enumerate(kept) for p in own)
    return tuple(person for person, _ in kept), tuple(problems)


def _is_hardly_anybody(person: Person, asked: int, form: Form) -> bool:
    """Whether so little of what is asked was answered that nobody filled in the form."""
    names = {*form.keys_of(FieldKind.NAME)}
    least = 2 if names & person.answers.keys() else 3
    return not form.per_organisation and asked >= _MANY_QUESTIONS and len(person.answers) < least


def _with_half_names_doubted(
    read: list[tuple[Person, tuple[Problem, ...]]], form: Form
) -> list[tuple[Person, tuple[Problem, ...]]]:
    """The people; where the name of one of them cannot be read ("Rik (zelfde fam.naam)"), a single word at
    that question is perhaps half a name as well."""
    names = {*form.keys_of(FieldKind.NAME)} - {form.given_name, form.family_name}
    unread = {p.field for _, problems in read for p in problems if p.code is Code.INVALID} & names

    def half(person: Person, problems: Iterable[Problem]) -> Iterator[Problem]:
        for key in sorted(unread - {problem.field for problem in problems}):
            if (name := person.text(key).strip()) and " " not in name:
                yield Problem(0, key, Code.UNSURE, Reason.NAME, name)

    return [(person, (*problems, *half(person, problems))) for person, problems in read] if unread else read


def _without_lines_below(
    read: list[tuple[Person, tuple[Problem, ...]]], form: Form
) -> list[tuple[Person, tuple[Problem, ...]]]:
    """The people without what a form says below its list ("Mailen naar cultuur@damme.example voor 1 april"):
    a row that holds, beside what was told once for everybody, nothing but words that are nobody's name."""
    names = {*form.keys_of(FieldKind.NAME)}
    stands = _stands(read)

    def is_line(person: Person, problems: Iterable[Problem]) -> bool:
        own = [key for key, answer in person.answers.items() if stands[key, answer.where] == 1]
        if len(read) < 2 or len(own) != 1 or own[0] not in names or not _in_table(person.answers[own[0]]):
            return False
        is_doubted = any(p.field == own[0] and p.code is Code.UNSURE for p in problems)
        return is_doubted and len(person.text(own[0]).split()) >= _SENTENCE

    return [one for one in read if not is_line(*one)]


def _stands(read: Iterable[tuple[Person, tuple[Problem, ...]]]) -> Counter[tuple[str, Source]]:
    """How many people have an answer from one place: what was told once for everybody is nobody's own."""
    return Counter((key, answer.where) for person, _ in read for key, answer in person.answers.items())


def _below_their_body(
    read: list[tuple[Person, tuple[Problem, ...]]], reading: ExtractionContext
) -> Iterator[tuple[Person, tuple[Problem, ...]]]:
    """In a list of several municipalities, "Damme" alone in a row is nobody's name: it stands above
    the people from there, who are asked whether that is so."""
    fields = reading.form.of_kind(FieldKind.ORGANISATION)
    names = {*reading.form.keys_of(FieldKind.NAME)}
    above: Answer | None = None
    stands = _stands(read)
    most = max((_told_of(person, stands, len(read)) for person, _ in read), default=0)
    for person, problems in read:
        alone = next(iter(person.answers.values())) if len(person.answers) == 1 else None
        known = reading.directory.recognise(str(alone.value)) if alone else ""
        if fields and known and len(read) > 2 and names & person.answers.keys():
            above = alone
            continue
        if most >= _MANY_QUESTIONS and _is_banner(person, names, stands):
            continue
        if above is None or fields[0].key in person.answers:
            yield person, problems
            continue
        reason = Reason.ABOVE_NAMES
        doubt = Problem(0, fields[0].key, Code.UNSURE, reason, str(above.value))
        others = tuple(problem for problem in problems if problem.field != fields[0].key)
        known = reading.directory.recognise(str(above.value))
        yield Person({**person.answers, fields[0].key: above}, known), (*others, doubt)


def _is_banner(person: Person, names: Set[str], stands: Counter[tuple[str, Source]]) -> bool:
    """Whether somebody is only a name in a table: between the rows of people who answer many questions, that
    is a heading."""
    own = [key for key, answer in person.answers.items() if stands[key, answer.where] == 1]
    return len(own) == 1 and own[0] in names and _in_table(person.answers[own[0]])


def _told_of(person: Person, stands: Mapping[tuple[str, Source], int], people: int) -> int:
    """How many answers a person has that are not those of everybody ("idem" is one)."""
    return sum(people == 1 or stands[key, answer.where] < people for key, answer in person.answers.items())


def _in_table(answer: Answer) -> bool:
    return bool(answer.where.row)


def _is_known(person: Person, form: Form) -> bool:
    """Whether anything tells who it is: a line of explanation ("E-mail: waarop u bereikbaar bent")
    leaves nobody."""
    said = [f.kind for f in form.fields if f.key in person.answers]
    address = any("@" in person.text(f.key) for f in form.of_kind(FieldKind.EMAIL))
    return address or form.per_organisation or FieldKind.NAME in said or FieldKind.PHONE in said
