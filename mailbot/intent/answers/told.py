"""What the pieces of a sentence tell of their writer by the questions of a form: an option ("ik kies vlees"),
a yes or no ("mijn partner komt niet mee"), what they do not eat, or that what is noted may go ("de
nummerplaat mag weg").

Every path that takes something over from plain words asks here: who registers, comes after all, changes
something, or has it done by the secretary. Lines as written and a form go in, what each piece tells comes
out, and the sentences that tell nothing else; what may be told of somebody else is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mailbot.domain.document import Location
from mailbot.domain.form import DIET, ROLE, FieldKind, Form, FormField
from mailbot.domain.submission import Act, ActKind, Answer
from mailbot.extraction.coming import presence_field
from mailbot.extraction.labels import labels_of
from mailbot.extraction.meals import meal_asked
from mailbot.extraction.values.kinds import ValueContext, read_value
from mailbot.intent.acts import read_acts
from mailbot.intent.answers.choices import choice_in, is_among, words_of
from mailbot.intent.answers.diet import diet_in
from mailbot.intent.answers.field_statements import field_named, may_answer, says_something, statements_in
from mailbot.intent.lexicon import Lexicon, as_written, language_of, lexicon, pattern, spaced
from mailbot.intent.person_mentions import like_names, names
from mailbot.intent.questions import is_question
from mailbot.intent.sentences import Sentence, sentences
from mailbot.intent.told_details import own_number
from mailbot.text.lexicon import AN_AND, AND, BUT, LANGUAGES, either
from mailbot.text.normalize import plain

#: Where one answer of a line ends: "OCMW Damme en mijn gsm is ..." holds two.
PIECE = re.compile(
    rf"[,;|]\s+|\s+{AN_AND}\s+(?={pattern('answer_behind_and')}\s)|\s+(?={pattern('before_old')}\s)"
)
#: What joins a piece to the one before.
_JOINS = re.compile(rf"^{either(*AND, *BUT)}\s+", re.I)
#: Kinds that a registration is known by, or that have no empty answer.
_KEPT = frozenset({FieldKind.NAME, FieldKind.EMAIL, FieldKind.ORGANISATION, FieldKind.YES_NO})
#: Acts that a piece about an answer may seem to be: "mijn partner komt niet mee", "mijn dieetwens mag weg".
_SEEMS = frozenset({ActKind.NOT_COME, ActKind.BRING, ActKind.PARTIAL, ActKind.ERASE, ActKind.UNSURE})


#: Characters of a sentence whose pieces are looked at.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Told:
    """A field with its answer in the words of the form, empty where what is noted may go, and the piece that
    tells it."""

    field: FormField
    answer: str
    words: str

    @property
    def erases(self) -> bool:
        """Whether what is noted may go."""
        return not self.answer

    def as_answer(self, where: Location) -> Answer:
        """The answer as a person's; ``where`` is where it was said."""
        yes_no = self.field.kind is FieldKind.YES_NO
        return Answer(self.answer == "ja" if yes_no else self.answer, where, erases=self.erases)


@lru_cache(maxsize=64)  # a piece is asked for what it tells, and for what the one before goes on with
def told_in(text: str, form: Form) -> Told | None:
    """What a few words tell by one question of a form; None where they tell nothing, or may say more."""
    piece = _JOINS.sub("", text.strip())
    if chosen := choice_in(piece, form):
        return Told(chosen.field, chosen.answer, text)
    field = form.field(DIET)
    if field is not None and (diet := diet_in(piece)):
        return Told(field, diet, text)
    phones = form.of_kind(FieldKind.PHONE)
    if len(phones) == 1 and (number := own_number(piece)):
        return Told(phones[0], number, text)
    may_go = _may_go(piece, form)
    return Told(may_go, "", text) if may_go else _stated(piece, text, form)


#: Kinds that are read with what is known of people and bodies.
_OF_PEOPLE = frozenset(
    {FieldKind.NAME, FieldKind.EMAIL, FieldKind.ORGANISATION, FieldKind.PHONE, FieldKind.YES_NO}
)


def _stated(piece: str, text: str, form: Form) -> Told | None:
    """What a piece says that a field is: "mijn nummerplaat is 1-ABC-234"."""
    for said in statements_in(piece):
        named = field_named(said.label, labels_of(form), form)
        field = form.field(named.key) if named else None
        if field is None or field.kind in _OF_PEOPLE:
            continue
        read = read_value(field, said.value, ValueContext())
        sure = isinstance(read.value, str) and not read.code and not says_something(said.value)
        if sure and may_answer(field, said.value, labelled=said.labelled):
            return Told(field, said.value, text)
    return None


def told_by(lines: Iterable[str], form: Form) -> tuple[Told, ...]:
    """All that lines tell by the questions of a form, each question once; one that is answered in two ways is
    left, as is what an enumeration goes on with."""
    written = sentences(lines)
    found = [one for sentence in written for one in _in_sentence(sentence, form)]
    if any(_is_of_others(sentence.text) for sentence in written):
        found = [one for one in found if one.field.kind is not FieldKind.PHONE or _speaks_of_self(one.words)]
    said = {one.field.key: {other.answer for other in found if other.field == one.field} for one in found}
    sure = [one for one in found if len(said[one.field.key]) == 1]
    return tuple({one.field.key: one for one in reversed(sure)}.values())[::-1]


def _in_sentence(sentence: Sentence, form: Form) -> Iterator[Told]:
    if (is_question(sentence) and not diet_in(sentence.text)) or _is_of_others(sentence.text):
        return
    whole = told_in(sentence.text.strip(" ."), form)
    if whole is not None:
        yield _behind_coming(whole, form)
        return
    pieces = pieces_of(sentence.text) if len(sentence.text) <= _LONGEST else []
    for number, piece in enumerate(pieces):
        found = told_in(piece, form)
        if found is not None and ends_there(found, pieces[number + 1 :], form):
            yield _behind_coming(found, form)


def _speaks_of_self(words: str) -> bool:
    """Whether a piece says of whom a number is: beside somebody else a bare "gsm: ..." may be theirs."""
    said = spaced(words)
    who = (lexicon(one).who[of] for one in LANGUAGES for of in ("writer", "mine"))
    return any(one.search(said) for one in who)


def _is_of_others(text: str) -> bool:
    """Whether a sentence names somebody, be it in a list: "graag inschrijven: Jan Claes, zonder lunch"."""
    return bool(names(text) or like_names(text.partition(": ")[2]))


def _behind_coming(told: Told, form: Form) -> Told:
    """What is told without an "ik kom" before it, which is no part of the answer: "ik kom en blijf voor de
    lunch"."""
    head, *tail = _JOINING.split(told.words, maxsplit=1)
    if not tail or {act.kind for act in read_acts([head])} != {ActKind.COME}:
        return told
    behind = told_in(tail[0], form)
    same = behind is not None and (behind.field, behind.answer) == (told.field, told.answer)
    return replace(told, words=tail[0]) if same else told


_JOINING = re.compile(rf"(?:\s+{AN_AND}|\s*,)\s+|\s+(?={either(*BUT)}\s)", re.I)


def sentences_of(told: Sequence[Told], lines: Iterable[str]) -> tuple[str, ...]:
    """The sentences of lines that tell nothing beside what was ``told``."""
    return tuple(one.text for one in sentences(lines) if _is_all(one.text, told))


def _is_all(text: str, told: Sequence[Told]) -> bool:
    own = [one for one in told if one.words in text]
    rest = text
    for one in own:
        rest = rest.replace(one.words, "", 1)
    return bool(own) and all(_JOINS.sub("", f"{word} ").strip() == "" for word in _WORD.findall(rest))


_WORD = re.compile(r"\w+")


def pieces_of(text: str) -> list[str]:
    """The pieces of a sentence that may each tell something."""
    return [piece.strip(" .!") for piece in PIECE.split(text) if piece.strip(" .!")]


def ends_there(found: Told, behind: Sequence[str], form: Form) -> bool:
    """Whether what is told does not go on in the next piece, as "geen noten, pinda's en soja" does."""
    if found.field.kind in (FieldKind.YES_NO, FieldKind.CHOICE) or found.erases or not behind:
        return True
    acts = {act.kind for act in read_acts([behind[0]])} - {ActKind.OTHER}
    return bool(acts) or told_in(behind[0], form) is not None


def _may_go(text: str, form: Form) -> FormField | None:
    """The field whose answer may go as a few words have it: "de nummerplaat mag weg", "ik eet weer alles".
    Who wants no meal ("mijn broodje mag weg") says nothing of what they do not eat."""
    said = spaced(as_written(plain(text)))
    lex = lexicon(language_of(said))
    diet = form.field(DIET)
    if text.endswith("?"):
        return None
    if diet is not None and (all_of_it := lex.find("eats_all", said)):
        rest = spaced(f"{said[: all_of_it.start()]} {said[all_of_it.end() :]}")
        return diet if lex.consists_of("wish", rest) else None
    if not lex.says("may_go", said):
        return None
    left = _without(lex, "may_go", _without(lex, "around_may_go", said)).split()
    named = _fields_called(left, form) if left else []
    if len(named) != 1 or (named[0] is diet and lex.says("meal", said)):
        return None
    return named[0]


def _fields_called(words: Sequence[str], form: Form) -> list[FormField]:
    """The fields that may go and are called so, or have all of these words in their label."""
    called = field_named(" ".join(words), labels_of(form), form)
    return [
        one
        for one in form.fields
        if one.kind not in _KEPT and not one.required
        if (called and called.keys == (one.key,))
        or all(is_among(word, words_of(one.label)) for word in words)
    ]


def _without(lex: Lexicon, concept: str, said: str) -> str:
    """Words (of ``spaced``) without the phrases of a concept."""
    return f" {lex.concepts[concept].sub('', said).strip()} "


def untold(lines: Iterable[str], told: Sequence[Told], form: Form) -> tuple[str, ...]:
    """The sentences of lines that name a question of the form by a word of its own, and whose answer was not
    ``told``: "ik kies kreeft" of who may choose meat or fish."""
    apart = {*(one.field.key for one in told), ROLE, DIET, presence_field(form)}
    asked = [one for one in form.fields if one.kind not in _OF_OWN_READER and one.key not in apart]
    words = {one.key: {w for w in words_of(one.label) if len(w) >= _TELLING} for one in form.fields}
    common = {*words_of(form.title)}
    for one in asked:
        others = {word for key, some in words.items() if key != one.key for word in some}
        words[one.key] -= others | common
    meal = meal_asked(form)
    return tuple(
        one.text
        for one in sentences(lines)
        if any(_names_one(one.plain, words[field.key]) for field in asked)
        or (meal in asked and _eats_along(one.plain))
    )


#: Kinds that other readers take, or that are told in any words.
_OF_OWN_READER = frozenset(
    {FieldKind.NAME, FieldKind.EMAIL, FieldKind.ORGANISATION, FieldKind.PHONE, FieldKind.LONG_TEXT}
)
#: Letters of a word that names a question.
_TELLING = 4


def _eats_along(text: str) -> bool:
    said = spaced(text)
    return lexicon(language_of(said)).says("eats_along", said)


def _names_one(text: str, words: Iterable[str]) -> bool:
    small = lexicon(language_of(spaced(text))).small_words
    return any(word in words and word not in small for word in words_of(text))


def seeming(acts: Iterable[Act], told: Iterable[Told]) -> tuple[Act, ...]:
    """The acts that only seem to be one by what a piece tells: "mijn partner komt niet mee" is nobody's
    withdrawal where the form asks who comes along."""
    return tuple(act for act in acts if act.kind in _SEEMS and _only_seems(act, told))


def _only_seems(act: Act, told: Iterable[Told]) -> bool:
    """Whether an act is gone without the pieces of its sentence that tell something."""
    own = [one for one in told if one.words in act.words]
    rest = act.words
    for one in own:
        rest = rest.replace(one.words, "", 1)
    return bool(own) and all(found.kind is not act.kind for found in read_acts([rest.strip(" ,;.")]))


def as_changes(told: Iterable[Told]) -> tuple[Act, ...]:
    """What pieces tell, as changes of those answers."""
    return tuple(
        Act(
            ActKind.CHANGE,
            field=one.field.key,
            words=one.words,
            clause=spaced(one.words).strip(),
            agreed=True,
            of_self=True,
        )
        for one in told
    )
