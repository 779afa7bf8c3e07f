"""Which question of a form a few words answer that name it by its own words: an option of a choice ("toch
liever vlees als lunch"), or what a yes or no is about ("niet met de wagen").

Words as written and the fields of a form go in; the field and the answer come out. Words that say anything
more, or that fit two questions, are left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.extraction.coming import presence_field
from mailbot.extraction.meals import meal_asked
from mailbot.intent.answers.beside import to_be_noted
from mailbot.intent.lexicon import Lexicon, language_of, lexicon, spaced
from mailbot.text.dates import without_dates
from mailbot.text.lexicon import LANGUAGES
from mailbot.text.normalize import plain

_WORDS = re.compile(r"[^\W_]+")
#: Letters from which on a word tells which question is meant, and more than which it shares with one of
#: another ending: "vegetarisch", "vegetarische".
_TELLING = 4
#: Words of such an answer: who writes more says more.
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class ChosenField:
    """A field with its answer, in the words of the form."""

    field: FormField
    answer: str


def choice_in(text: str, form: Form) -> ChosenField | None:
    """The answer that a few words give to one question of the form; None where they are none, or might answer
    two."""
    text = to_be_noted(text) or text
    said = spaced(text)
    if text.endswith("?") or len(said.split()) > _LONGEST:
        return None
    likely = language_of(said)
    for language in (likely, *(one for one in LANGUAGES if one != likely)):
        found = _chosen(said, form, lexicon(language))
        if found:  # two words tell no language: "no lunch", "kein Essen"
            return found.pop() if len(found) == 1 else None
    return None


def _chosen(said: str, form: Form, lex: Lexicon) -> set[ChosenField]:
    """All that a few words may answer, by the words of one language."""
    words = said.split()
    rest = [word for word in words if not lex.consists_of("wish", f" {word} ")]
    return {*_options(rest, form), *_yes_or_no(words, rest, form, lex), *_meal(said, form, lex)}


def _options(rest: Sequence[str], form: Form) -> Iterable[ChosenField]:
    """The options that these words name, and nothing beside them but what their question is called."""
    for field in form.of_kind(FieldKind.CHOICE):
        about = words_of(" ".join(field.labels))
        for option in field.choices:
            others = {word for one in field.choices if one != option for word in words_of(one)}
            telling = [word for word in words_of(option) if word not in others]
            named = [word for word in rest if is_among(word, telling)]
            if named and all(is_among(word, (*telling, *words_of(option), *about)) for word in rest):
                yield ChosenField(field, option)


def _yes_or_no(words: Sequence[str], rest: Sequence[str], form: Form, lex: Lexicon) -> Iterable[ChosenField]:
    """The yes or no that these words are about: those that say more than a wish (``rest``) are words of its
    label, and perhaps a denial. Whether somebody comes is no such question."""
    asked = [one for one in form.of_kind(FieldKind.YES_NO) if one.key != presence_field(form)]
    denied = [word for word in rest if lex.says("not", f" {word} ")]
    about = [word for word in rest if word not in denied]
    for field in asked:
        telling = _telling_words(field, form)
        named = any(is_among(word, telling) or _heads(word, telling) for word in words)
        if named and len(denied) < 2 and all(is_among(word, words_of(field.label)) for word in about):
            yield ChosenField(field, "nee" if denied else "ja")


def _meal(said: str, form: Form, lex: Lexicon) -> Iterable[ChosenField]:
    """The yes or no to the only question of a form whether somebody eats along, in the words that people have
    for it, whatever the form calls the meal: "ik eet niet mee", "zonder lunch"."""
    field = meal_asked(form)
    if field is None or not lex.says("eats_along", said) or lex.says("meal_alone", said):
        return
    words, known = without_dates(said).split(), words_of(field.label)
    denied = [word for word in words if lex.says("not", f" {word} ")]
    others = (word for word in words if word not in denied and not is_among(word, known))
    only = all(any(lex.consists_of(one, f" {word} ") for one in _AROUND_MEAL) for word in others)
    nots = len(denied) + lex.says("no_meal", said)
    if only and nots < 2:
        yield ChosenField(field, "nee" if nots else "ja")


#: Concepts of the words around a meal.
_AROUND_MEAL = ("wish", "around_meal")


def _telling_words(field: FormField, form: Form) -> list[str]:
    """The long words of a label that tell it from those of all other fields, which have none like them."""
    others = {w for one in form.fields if one is not field for w in words_of(" ".join(one.labels))}
    own = [word for word in words_of(field.label) if len(word) >= _TELLING and word not in others]
    return [word for word in own if not any(_heads(word, [w]) or _heads(w, [word]) for w in others)]


def words_of(text: str) -> list[str]:
    return _WORDS.findall(plain(text))


def _heads(word: str, known: Iterable[str]) -> bool:
    """Whether one of these is a compound of which a word is the last part: "lunch" of "broodjeslunch"."""
    return any(len(word) > _TELLING and one != word and one.endswith(word) for one in known)


def is_among(word: str, known: Iterable[str]) -> bool:
    """Whether a word is one of these, whatever its ending."""
    return any(
        word == one
        or (min(len(word), len(one)) > _TELLING and (one.startswith(word) or word.startswith(one)))
        for one in known
    )
