"""The questions of a blank form → the fields of a form definition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.extraction.coming import asks_whether_somebody_comes, is_of_companion
from mailbot.extraction.companions import REGISTERS, is_about_others, is_elsewhere, named_self
from mailbot.extraction.lexicon import lexicon, phrases
from mailbot.extraction.subjects import asks_what_is_sensitive
from mailbot.extraction.template import Question, Template, label_of, option_name
from mailbot.extraction.template_people import WHOSE_NAME, asks_who_comes, is_of_companions
from mailbot.extraction.tokens import Tokenised
from mailbot.text.lexicon import A_NO, A_YES, AN_AND, OR
from mailbot.text.normalize import letters, plain, tidy

T = TypeVar("T")
#: More options than that are no choice that is counted, but words that are found quicker in a list.
_MOST_LISTED = 60

#: A concept of the lexicon → our key and the kind of its field.
_OURS = {
    "full_name": ("name", FieldKind.NAME),
    "first_name": ("first_name", FieldKind.NAME),
    "last_name": ("last_name", FieldKind.NAME),
    "email": ("email", FieldKind.EMAIL),
    "phone": ("phone", FieldKind.PHONE),
    "organisation": ("organisation", FieldKind.ORGANISATION),
    "role": ("role", FieldKind.TEXT),
    "attends": ("attends", FieldKind.YES_NO),
    "diet": ("diet", FieldKind.TEXT),
    "remarks": ("remarks", FieldKind.LONG_TEXT),
}
_KINDS = {
    "birth_date": FieldKind.BIRTH_DATE,
    "national_number": FieldKind.NATIONAL_NUMBER,
    "plate": FieldKind.PLATE,
    "iban": FieldKind.IBAN,
    "postcode": FieldKind.POSTCODE,
    "address": FieldKind.ADDRESS,
    "count": FieldKind.NUMBER,
}
_NAMES = frozenset({"full_name", "first_name", "last_name"})
#: Kinds that are called as the concept is.
_REACHED = frozenset({FieldKind.EMAIL, FieldKind.PHONE})
#: Words anywhere in a label that tell its kind, the most telling first.
_WORDS = (
    (FieldKind.EMAIL, rf"\be-?mail|{phrases('asks_email')}"),
    (FieldKind.BIRTH_DATE, phrases("asks_birth_date")),
    (FieldKind.NATIONAL_NUMBER, phrases("asks_national_number")),
    (FieldKind.IBAN, phrases("asks_iban")),
    (FieldKind.PLATE, phrases("asks_plate")),
    (FieldKind.PHONE, phrases("asks_phone")),
    (FieldKind.NUMBER, phrases("asks_number")),
    (FieldKind.DATE, phrases("asks_date")),
    (FieldKind.ADDRESS, phrases("asks_address")),
    (FieldKind.POSTCODE, phrases("asks_postcode")),
    (FieldKind.NAME, rf"{phrases('asks_name')}|[^(]{WHOSE_NAME}"),
)
_IS_NO_NAME = re.compile(rf"\b{phrases('no_person')}\b")
#: Whether who is written down comes at all, and not to what of it: "mijn kind neemt deel".
_COMES = re.compile(phrases("comes"))
#: What tells a first name, and a last name beside it.
_GIVEN = re.compile(rf"\b{phrases('first')}\b")
_FAMILY = re.compile(rf"\b{phrases('last')}\b")
#: Also by how it is to be marked: "Aanvoerder (x)", and each column below "Aanwezig (x)".
_ASKS_YES_NO = re.compile(
    rf"\({A_YES}(?: ?/ ?{A_YES})? ?[/–-] ?{A_NO}(?: ?/ ?{A_NO})?\)|\b{A_YES} ?/ ?{A_NO}$|\(x\)(?:$|: )"
)
#: A label that asks more than its first word: "postcode en gemeente", "geboorteplaats".
_ALSO = re.compile(rf"\b{AN_AND}\b|[/+&]|{phrases('also')}")
_TOWN = re.compile(rf"^{phrases('town')}$")
_ALL_REQUIRED = re.compile(phrases("required"))


@dataclass(frozen=True, slots=True)
class AdoptedField:
    """A field of an adopted form with the question of the blank that it comes from."""

    field: FormField
    question: Question


def fields_of(template: Template) -> tuple[AdoptedField, ...]:
    """A field for each question of a blank: its label as printed (with its heading where that label was
    used before), the kind proposed, required where the blank says so."""
    everything = any(_ALL_REQUIRED.search(plain(line.text)) for line in template.sheet.lines)
    keys: set[str] = set()
    labels: set[str] = set()
    asked: list[AdoptedField] = []
    here = _asked_here(template.questions)
    several = any(place.person > 1 for question in template.questions for place in question.places)
    title = title_of(template, "")
    for question in template.questions:
        label = named_self(label_of(question.label)) or question.section or "Vraag"
        fresh = letters(label) not in labels
        above = asked[-1].field.kind if asked else None
        concept = _concept_of(question, label, above, title, comes="attends" not in keys)
        is_of_another = question.rows or (concept in here and is_elsewhere(question))
        ours = concept in _OURS and fresh and not is_of_another
        key = _OURS[concept][0] if ours else ""
        label = _unique(label, question, labels)
        key = _free(key or _slug(label), keys)
        keys.add(key)
        labels.add(letters(label))
        kind, choices = _kind(
            _with_list(question, template.sheet), named_self(label_of(question.label)), concept
        )
        required = (everything or question.label.endswith("*")) and not _is_asked_of_first(question, several)
        field = FormField(key=key, label=label, kind=kind, required=required, choices=choices)
        if asks_what_is_sensitive(label, kind):
            field = field.model_copy(update={"sensitive": True})
        asked.append(AdoptedField(field, question))
    asked = _with_own_address(_with_one_name(asked, template))
    return tuple(replace(one, field=_with_short_name(one.field, labels)) for one in asked)


def _concept_of(question: Question, label: str, above: FieldKind | None, title: str, *, comes: bool) -> str:
    """What a question asks, by its label and the kind of the field above it; ``comes``: whether somebody
    comes is not asked yet."""
    if above is FieldKind.POSTCODE and _TOWN.match(plain(label)):
        return "town"
    if question.is_yes_no and comes and _asks_coming(_bare(label), title):
        return "attends"
    return _concept(label)


def _is_asked_of_first(question: Question, several: bool) -> bool:
    """Whether it is asked of the first of several people alone: it cannot be needed of each of them."""
    return several and question.column is None and {place.person for place in question.places} == {1}


def _asks_coming(label: str, title: str) -> bool:
    """Whether a yes or no asks that who is written down comes at all, and no companion of theirs."""
    if asks_whether_somebody_comes(label, title):
        return True
    return bool(_COMES.search(plain(label))) and not is_of_companion(label)


def _asked_here(questions: Iterable[Question]) -> set[str]:
    """The concepts that the questions about who registers ask, in whatever words: a superior's name is not
    theirs because their own is asked in two."""
    here: set[str] = set()
    for question in questions:
        if is_elsewhere(question):
            continue
        label = label_of(question.label)
        concept = _concept(label)
        kinds = {kind for kind, words in _WORDS if re.search(words, plain(label))}
        is_name = FieldKind.NAME in kinds and not _IS_NO_NAME.search(plain(label))
        here |= _NAMES if is_name or concept in _NAMES else {concept}
        here |= {kind.value for kind in kinds & _REACHED}
    return here


def _with_one_name(asked: list[AdoptedField], template: Template) -> list[AdoptedField]:
    """The fields with the name of who registers, and no other, as a name, and that required: a row without
    one is nobody's. A parent, a contact or who gets the invoice has a name too, which is no part of it, and
    who comes along may be nobody."""
    named = [one for one in asked if one.field.kind is FieldKind.NAME]
    alone = [one for one in named if not _is_of_companions(template, one.question)]
    whose = _names_of_who_registers(alone or named, asked)
    return [
        one
        if one not in named
        else replace(one, field=one.field.model_copy(update={"required": True}))
        if one in whose
        else replace(one, field=one.field.model_copy(update={"kind": FieldKind.TEXT}))
        for one in asked
    ]


def _is_of_companions(template: Template, question: Question) -> bool:
    """Whether it is asked of people who come along, and is no question to who registers asked again."""
    is_again = question.column is not None and question.column.person > 1
    return not is_again and is_of_companions(template, question)


def _names_of_who_registers(named: list[AdoptedField], asked: list[AdoptedField]) -> list[AdoptedField]:
    """Of the questions for a name the first of who registers, with the one for its other half near it."""
    listed = [one for one in named if one.question.column or any(p.person for p in one.question.places)]
    here = [one for one in named if not is_elsewhere(one.question)]
    own = listed or [one for one in here if asks_who_comes(one.field.label)] or here or named
    first = own[:1]
    if not first or _asks_whole_name(first[0]):
        return first
    is_given = _is_given(first[0])
    halves = [one for one in own[1:] if _are_near(own[0], one, asked)]
    return first + [one for one in halves if not _asks_whole_name(one) and _is_given(one) is not is_given][:1]


def _with_own_address(asked: list[AdoptedField]) -> list[AdoptedField]:
    """The fields with only the addresses of who registers as such, where the form asks any: a superior's or a
    parent's is what they wrote, and nobody to write to."""
    mails = [one for one in asked if one.field.kind is FieldKind.EMAIL]
    others = [one for one in mails if is_elsewhere(one.question) or is_about_others(one.field.label)]
    if len(others) == len(mails):
        return asked
    return [
        replace(one, field=one.field.model_copy(update={"kind": FieldKind.TEXT})) if one in others else one
        for one in asked
    ]


def _are_near(one: AdoptedField, other: AdoptedField, asked: Sequence[AdoptedField]) -> bool:
    """Whether two fields stand below the same heading or side by side."""
    return one.question.section == other.question.section or abs(asked.index(one) - asked.index(other)) == 1


def _asks_whole_name(one: AdoptedField) -> bool:
    """Whether a field asks first and last name in one."""
    words = plain(one.field.label)
    return _is_given(one) and bool(_FAMILY.search(words))


def _is_given(one: AdoptedField) -> bool:
    return bool(_GIVEN.search(plain(one.field.label)))


def _with_short_name(field: FormField, labels: set[str]) -> FormField:
    """The field with its label without a closing remark in parentheses ("Menu (aankruisen)") as another name
    for it: so people type it over. Not for one that another label is, or that has a heading there."""
    short = tidy(re.sub(r"\s*\([^()]*\)$", "", field.label))
    taken = letters(short) in labels or not short or short == field.label
    return field if taken else field.model_copy(update={"aliases": (short,)})


def keyed(template: Template, form: Form) -> dict[int, FormField]:
    """Which field of a form each question of one of its blanks asks, by the question's number. A label that
    was corrected in the form is found by its key, one that another blank of it words otherwise by its first
    words or its concept; what is not certain is left out."""
    result: dict[int, FormField] = {}
    asked = fields_of(template)
    for number, one in enumerate(asked):
        field = form.field(one.field.key)
        if field is None or letters(one.field.label) not in map(letters, field.labels):
            names = set(map(letters, one.field.labels))
            named = [f for f in form.fields if names & set(map(letters, f.labels))]
            field = named[0] if len(named) == 1 else field
        if field is not None and field not in result.values():
            result[number] = field
    for name in (_first_words, _concept):
        open_here = _by_name(((n, one.field.label) for n, one in enumerate(asked) if n not in result), name)
        left = ((f, f.label) for f in form.fields if f not in result.values())
        for words, fields in _by_name(left, name).items():
            numbers = open_here.get(words, [])
            if len(numbers) == len(fields):
                result.update(zip(numbers, fields, strict=True))
    return result


def _first_words(label: str) -> str:
    return letters(_bare(label))


def _by_name(labelled: Iterable[tuple[T, str]], name: Callable[[str], str]) -> dict[str, list[T]]:
    """The fields by what their label is called, in order; without fields whose label is no known name."""
    found: dict[str, list[T]] = {}
    for one, label in labelled:
        if words := name(label):
            found.setdefault(words, []).append(one)
    return found


def _concept(label: str) -> str:
    """The concept that a label is without what stands in parentheses, or that all are which it joins
    ("dieetwensen of allergieën"); empty for none."""
    bare = _bare(label)
    joined = {lexicon().concept(one) for one in _JOINED.split(bare)}
    return lexicon().concept(bare) or (joined.pop() if len(joined) == 1 else "")


_JOINED = re.compile(rf",\s+|\s+(?:{AN_AND}|{OR})\s+", re.I)


def _bare(label: str) -> str:
    return tidy(re.sub(r"\([^()]*\)", " ", label))


def _with_list(question: Question, sheet: Tokenised) -> Question:
    """The question with the options of the list in its room, where it has no others."""
    options = () if question.options or question.ticks else _listed(question, sheet)
    return replace(question, options=options) if 1 < len(options) <= _MOST_LISTED else question


def _listed(question: Question, sheet: Tokenised) -> tuple[str, ...]:
    """What the list in the room of a question offers; in a column, the first of its cells."""
    column = question.column
    if column is None:
        rooms = (n for place in question.places for n in range(place.start, place.end + 1))
        return next((sheet.offered[n] for n in rooms if n in sheet.offered), ())
    head = next((n for n in range(column.head, 0, -1) if sheet.tokens[n - 1].is_wall), 0)
    wall = sheet.tokens[head - 1].key if head else ""
    below = (n for n in range(column.first, column.end + 1) if n in sheet.offered)
    own = (sheet.offered[n] for n in below if sheet.tokens[n - 1].key == wall)
    return next(own, sheet.offered.get(head, ()))


def _kind(question: Question, label: str, concept: str) -> tuple[FieldKind, tuple[str, ...]]:
    words = plain(label)
    if question.rows:
        return FieldKind.LONG_TEXT, ()
    if question.is_yes_no or (_ASKS_YES_NO.search(words) and not question.options):
        return FieldKind.YES_NO, ()
    named = option_name if question.ticks else tidy  # what is chosen from a list is written in full
    options = tuple(dict.fromkeys(filter(None, map(named, question.options))))
    is_known = concept in _OURS and _OURS[concept][1] is not FieldKind.TEXT and not question.ticks
    if options and not is_known:
        return (FieldKind.TEXT, ()) if question.several else (FieldKind.CHOICE, options)
    text = FieldKind.LONG_TEXT if question.lines > 1 else FieldKind.TEXT
    if concept in _OURS and concept != "attends":
        kind = _OURS[concept][1]
        return text if kind is FieldKind.TEXT else kind, ()
    if (by_words := _kind_by_words(words, concept)) is not None:
        return by_words, ()
    offered = _offered(label)
    return (FieldKind.CHOICE, offered) if offered else (text, ())


def _kind_by_words(words: str, concept: str) -> FieldKind | None:
    """The kind that the concept of a label has, or that words in it tell; None for none."""
    also = _ALSO.search(words)  # "Postcode en gemeente"
    if concept in _KINDS and not also:
        return _KINDS[concept]
    told = (kind for kind, pattern in _WORDS if re.search(pattern, words))
    kind = next((kind for kind in told if kind is not FieldKind.NAME or not _IS_NO_NAME.search(words)), None)
    return FieldKind.TEXT if kind is FieldKind.POSTCODE and also else kind


def _offered(label: str) -> tuple[str, ...]:
    """The options that a label tells itself: "Vervoer (trein / auto / fiets)". Two may be two names for what
    is asked, and labels are what is to be written there."""
    told = re.search(r"\(([^()]+)\)$", label)
    options = tuple(tidy(option) for option in told[1].split("/")) if told else ()
    return options if len(options) > 2 and all(options) and not any(map(_concept, options)) else ()


def _unique(label: str, question: Question, taken: set[str]) -> str:
    """The label, told from the same one above by its heading or else by a number."""
    if letters(label) not in taken:
        return label
    with_heading = f"{label} ({question.section})" if question.section else label
    number = 2
    unique = with_heading
    while letters(unique) in taken:
        unique = f"{with_heading} {number}"
        number += 1
    return unique


def _slug(label: str) -> str:
    words = re.findall(r"[a-z0-9]+", plain(re.sub(r"(?<=\w)'(?=\w)", "", label)))
    slug = ""
    for word in words:
        if slug and len(slug) + len(word) > 40:
            break
        slug = f"{slug}_{word}" if slug else word[:40]
    return slug if slug[:1].isalpha() else f"vraag_{slug}".rstrip("_")


def _free(key: str, taken: set[str]) -> str:
    number, free = 2, key
    while free in taken:
        free, number = f"{key}_{number}", number + 1
    return free


def merged(asked: Iterable[AdoptedField], before: Form | None) -> tuple[FormField, ...]:
    """The fields, with key, kind and aliases of the form that was there before, where it has them."""
    fields: list[FormField] = []
    for one in asked:
        name = letters(one.field.label)
        old = next((f for f in before.fields if name in map(letters, f.labels)), None) if before else None
        if old is None:
            fields.append(one.field)
            continue
        kept: dict[str, object] = {
            "key": old.key,
            "label": old.label,
            "aliases": old.aliases,
            "kind": old.kind,
        }
        choices = old.choices if old.kind is FieldKind.CHOICE else ()
        if old.sensitive is not None:
            kept["sensitive"] = old.sensitive
        fields.append(one.field.model_copy(update={**kept, "choices": choices}))
    return tuple(fields)


def title_of(template: Template, default: str) -> str:
    """What a blank calls itself: its first heading, or else its first line with a word of registering."""
    lines = [line for line in template.sheet.lines[:12] if not line.gaps and tidy(line.text)]
    named = [line for line in lines if REGISTERS.search(plain(line.text))]
    titled = [line for line in lines if line.heading] or named
    return tidy((titled or lines)[0].text)[:120] if lines else default


#: What only a person who fills a form in writes beside its label.
_PERSONAL = frozenset({"last_name", "first_name", "full_name", "email", "phone", "birth_date"})


def is_filled_in(template: Template) -> bool:
    """Whether somebody's name and something else of theirs stand at the labels of a form already."""
    answered = {
        concept for label, value in _pairs(template) if value for concept in [_concept(label_of(label))]
    }
    answered &= _PERSONAL
    return len(answered) > 1 and any(concept.endswith("name") for concept in answered)


def _pairs(template: Template) -> Iterable[tuple[str, str]]:
    """Labels with what stands beside them: behind a colon, in the next cell, or in a control. Not two labels
    side by side that both have their room elsewhere, below or above them."""
    asked = {letters(label_of(question.label)) for question in template.questions}
    for line in template.sheet.lines:
        label, colon, value = line.text.partition(":")
        if colon and not line.gaps and any(c.isalnum() for c in value):
            yield label, value
    for question in template.questions:
        for place in question.places:
            yield question.label, place.prefilled
    for grid in template.sheet.grids:
        for row in grid.rows:
            for box, beside in pairwise(row):
                has_room = any(template.sheet.lines[n].gaps for n in beside.lines)
                are_asked = {letters(label_of(one.text)) for one in (box, beside)} <= asked
                if not has_room and not are_asked and not _concept(label_of(beside.text)):
                    yield box.text, beside.text
