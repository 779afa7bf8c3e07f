"""What a question is about, by the words of its label: what is sensitive, what is for the caterer,
how many people come."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import translate
from functools import cache

from mailbot.domain.form import DIET, REMARKS, FieldKind, FormField
from mailbot.extraction.lexicon import lexicon
from mailbot.text.normalize import letters, plain

_WORDS = re.compile(r"[^\W_]+")


def asks_what_is_sensitive(label: str, kind: FieldKind) -> bool:
    """Whether an answer is nobody's but its person's and the secretary's: health, diet, remarks, birth, and
    what is sensitive by its kind."""
    return kind.traits.sensitive or _is_about("sensitive", (label,), (DIET, REMARKS))


def asks_about_food(field: FormField) -> bool:
    """Whether the caterer is to know its answers: a meal, a diet, an allergy, by any of its labels."""
    return field.key == DIET or _is_about("food", field.labels, (DIET,))


def asks_about_a_diet(field: FormField) -> bool:
    """Whether its answer is what somebody does not eat, and not whether they eat at all."""
    return field.key == DIET or _is_about("diet", field.labels, (DIET,))


def is_about_a_meal(caption: str) -> bool:
    """Whether a caption is about a meal, and not what somebody does not eat."""
    return _is_about("food", (caption,), ()) and not _is_about("diet", (caption,), (DIET,))


def asks_something_apart(caption: str) -> bool:
    """Whether a caption is surely about something else than whether somebody comes: a meal, health, a
    newsletter, how they travel, what they agree to."""
    return any(_is_about(subject, (caption,), ()) for subject in ("apart", "food", "sensitive"))


def asks_of_others(caption: str) -> bool:
    """Whether a caption asks for somebody else than who registers: who approves, drives, organises, pays. It
    takes the words of labels that are somebody else's, and more that only an unknown caption is held to."""
    known = lexicon()
    others = known.other | known.companions
    return _is_about("of_others", (caption,), ()) or not others.isdisjoint(_WORDS.findall(plain(caption)))


def asks_for_a_place(caption: str) -> bool:
    """Whether a caption asks where something is: a municipality beside it is nobody's employer."""
    return _is_about("place", (caption,), ())


def names_a_function(said: str) -> bool:
    """Whether an answer holds the word of a function ("deskundige personeel")."""
    return _is_about("held", (said,), ())


def names_a_diet(said: str) -> bool:
    """Whether an answer holds the word of what somebody does not eat ("geen schaaldieren")."""
    return _is_about("eaten", (said,), ())


def names_a_body(said: str) -> bool:
    """Whether an answer holds the word of a kind of body that people work for ("Politiezone Damme", "De Lork
    vzw")."""
    return _is_about("bodies", (said,), ())


def asks_how_many_people(field: FormField) -> bool:
    """Whether its answer is a number of people: "Aantal personen", "Wij komen met ... volwassenen"."""
    return field.kind is FieldKind.NUMBER and _is_about("people", field.labels, ())


def _is_about(subject: str, labels: Iterable[str], concepts: Iterable[str]) -> bool:
    """Whether any label has a word of this subject, or is what one of these concepts is called by."""
    known = lexicon()
    called = frozenset[str]().union(*(known.concepts[concept] for concept in concepts))
    return any(
        letters(label) in called or any(map(_like(subject).match, _WORDS.findall(plain(label))))
        for label in labels
    )


@cache
def _like(subject: str) -> re.Pattern[str]:
    """What a word of a subject is like."""
    return re.compile("|".join(map(translate, sorted(lexicon().subjects[subject]))))
