"""What the words of labels mean, whatever form they stand on: concepts, and the words around them.

The words are data, a file a language in ``lexicon/``. Concepts are what forms ask ("e-mail", "birth
date"); a form's field belongs to the concept that one of its labels names, so that it is asked by
every other word of that concept as well. What a form does not ask is still a label: what stands at
"Postcode" answers no question of ours.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.text.normalize import letters, plain

_FOLDER = Path(__file__).with_name("lexicon")

#: The kinds of field that a concept can be asked by; a concept that is not named, by any.
_KINDS = {
    "last_name": (FieldKind.NAME,),
    "first_name": (FieldKind.NAME,),
    "full_name": (FieldKind.NAME,),
    "email": (FieldKind.EMAIL,),
    "phone": (FieldKind.PHONE,),
    "organisation": (FieldKind.ORGANISATION,),
    "attends": (FieldKind.YES_NO,),
}


@dataclass(frozen=True)
class LabelLexicon:
    """All languages together. ``concepts`` are folded words by concept, ``elsewhere`` those of labels that
    only a field of that name asks, by what they belong to, ``sentences`` the plain words that open an answer
    in a running sentence, by concept; ``neutral`` the words that change nothing beside a label, ``other``
    those that make it somebody else's, ``coming`` those beside a word of coming that add nothing to it,
    ``parted`` the two parts of a verb of coming between which others may stand, ``turning`` those by which a
    word beside them is asked of otherwise (when, whose), ``no_slip`` those that are a letter from a label and
    are none, ``any_title`` those that tell no title from another, ``companions`` who somebody brings, of whom
    a form may ask things of their own (a guest's diet);
    ``subjects`` words of questions by what those are about, in which "*" leaves an end open; ``headings`` the
    words of headings by what the questions below them are about, ``person`` those that a number can stand
    behind ("Deelnemer 2"), ``ordinals`` the numbers that stand before them, ``along`` how words begin that
    tell of people who are registered beside the first. It holds no guest or partner: what a form asks of
    those is not who registers asked again. ``everybody`` are labels that ask for all who come
    at once, ``whole_name`` those that ask first and last name. ``hints`` are the words above or in a column
    that only explains, ``asked`` and ``answered`` those above a column of questions and one of answers, as
    letters; ``several`` finds the words of a question that allow more than one option;
    ``answers`` head the columns of a table in which one is marked for each question, ``denying`` are the
    words that make one of some options none of the others, ``zero`` those that are a number. ``around``,
    ``addressed``, ``asking``, ``heads``, ``beside`` and ``told`` are the words of ``phrasings``."""

    concepts: dict[str, frozenset[str]]
    elsewhere: dict[str, frozenset[str]]
    sentences: dict[str, frozenset[str]]
    neutral: frozenset[str]
    other: frozenset[str]
    coming: frozenset[str]
    parted: tuple[tuple[str, str], ...]
    turning: frozenset[str]
    no_slip: frozenset[str]
    any_title: frozenset[str]
    companions: frozenset[str]
    subjects: dict[str, frozenset[str]]
    headings: dict[str, tuple[str, ...]]
    person: tuple[str, ...]
    ordinals: dict[str, int]
    along: tuple[str, ...]
    others: frozenset[str]
    everybody: frozenset[str]
    whole_name: frozenset[str]
    hints: frozenset[str]
    asked: frozenset[str]
    answered: frozenset[str]
    several: re.Pattern[str]
    dayparts: re.Pattern[str]
    answers: frozenset[str]
    denying: frozenset[str]
    zero: frozenset[str]
    around: frozenset[str]
    addressed: frozenset[str]
    asking: dict[str, frozenset[str]]
    heads: dict[str, frozenset[str]]
    beside: dict[str, frozenset[str]]
    told: dict[str, frozenset[str]]

    @cached_property
    def labels(self) -> frozenset[str]:
        """All words of concepts, folded."""
        return frozenset().union(*self.concepts.values())

    def concept(self, label: str) -> str:
        """The concept that a label is exactly, or that each half of it is ("Naam / Nom"); empty for none."""
        if found := self._exactly(label):
            return found
        halves = {self._exactly(half) for half in label.split("/")}
        return halves.pop() if len(halves) == 1 else ""

    def _exactly(self, label: str) -> str:
        said = letters(label)
        return next((name for name, words in self.concepts.items() if said in words), "")

    def fields(self, form: Form) -> dict[str, list[tuple[str, ...]]]:
        """For each concept what of the form asks it: the keys of a field, or of several that its words
        ask at once; more than one where the form asks it of several people, none where it does not."""
        return {concept: _keys(form, concept, words) for concept, words in self.concepts.items()}


@cache
def _languages() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(file.read_text("utf-8")) for file in sorted(_FOLDER.glob("*.toml")))


@cache
def lexicon() -> LabelLexicon:
    """The words of every language there is a file for."""
    ordinals = (enumerate(words["people"]["ordinals"], start=1) for words in _languages())
    return LabelLexicon(
        concepts=_words_by_key("concepts", letters),
        elsewhere=_words_by_key("elsewhere", letters),
        sentences=_words_by_key("sentences", plain),
        neutral=_words("qualifiers", "neutral", plain),
        other=_words("qualifiers", "other", plain),
        coming=_words("qualifiers", "coming", plain),
        parted=tuple(_both(one) for one in _listed("qualifiers", "parted", plain)),
        turning=_words("qualifiers", "turning", plain),
        no_slip=_words("qualifiers", "no_slip", letters),
        any_title=_words("qualifiers", "any_title", plain),
        companions=_words("people", "companions", plain),
        subjects=_words_by_key("subjects", plain),
        headings={about: _listed("headings", about, str) for about in _keys_of("headings")},
        person=_listed("people", "person", plain),
        ordinals={plain(word): number for numbered in ordinals for number, word in numbered},
        along=_listed("people", "along", plain),
        others=_words("people", "others", plain),
        everybody=_words("people", "everybody", letters),
        whole_name=_words("people", "whole_name", letters),
        hints=_words("columns", "hints", letters),
        asked=_words("columns", "asked", letters),
        answered=_words("columns", "answered", letters),
        several=re.compile(rf"\b(?:{'|'.join(map(_pattern, _listed('choices', 'several', plain)))})\b"),
        dayparts=re.compile(rf"\b(?:{'|'.join(map(_pattern, _listed('choices', 'dayparts', plain)))})\b"),
        answers=_words("choices", "answers", plain),
        denying=_words("choices", "denying", plain),
        zero=_words("choices", "zero", plain),
        around=_words("phrasings", "around", plain),
        addressed=_words("phrasings", "addressed", plain),
        asking=_words_by_key("asking", plain),
        heads=_words_by_key("heads", letters),
        beside=_words_by_key("beside", plain),
        told=_words_by_key("told", plain),
    )


def _listed(table: str, key: str, fold: Callable[[str], str]) -> tuple[str, ...]:
    """The words that a table of every language has at a key, in the order of the languages."""
    return tuple(fold(one) for words in _languages() for one in words[table].get(key, ()))


def _both(phrase: str) -> tuple[str, str]:
    first, last = phrase.split()
    return first, last


def _words(table: str, key: str, fold: Callable[[str], str]) -> frozenset[str]:
    return frozenset(_listed(table, key, fold))


def _keys_of(table: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for words in _languages() for key in words[table]))


def _words_by_key(table: str, fold: Callable[[str], str]) -> dict[str, frozenset[str]]:
    return {key: _words(table, key, fold) for key in _keys_of(table)}


@cache
def phrases(*names: str) -> str:
    """A regular expression for what forms print beside their questions, in any language."""
    return f"(?:{'|'.join(each_phrase(*names))})"


@cache
def each_phrase(*names: str) -> tuple[str, ...]:
    """The regular expressions of which ``phrases`` is made, once each."""
    found = (phrase for words in _languages() for name in names for phrase in words["phrases"][name])
    return tuple(dict.fromkeys(found))


@cache
def names_of_writer() -> tuple[tuple[str, str], ...]:
    """For each language how a sentence begins in which who writes is to be named, as a regular expression,
    and the label that asks for that name."""
    return tuple(
        ("|".join(words["phrases"]["self"]), *words["phrases"]["self_label"]) for words in _languages()
    )


def _pattern(words: str) -> str:
    return re.escape(words.removesuffix("*")) + (r"\w*" if words.endswith("*") else "")


def _keys(form: Form, concept: str, words: frozenset[str]) -> list[tuple[str, ...]]:
    given, family = form.given_name, form.family_name
    if concept == "full_name":
        if given and family:
            return [(given, family)]
        names = form.of_kind(FieldKind.NAME)
        called = words | lexicon().concepts["last_name"]
        own = [field for field in names if _names(field, called)]
        return [((own or names)[0].key,)] if names else []
    if concept == "first_name":
        return [(given,)] if given else []
    kinds = _KINDS.get(concept)
    fields = [f for f in form.fields if (kinds is None or f.kind in kinds) and _names(f, words)]
    if not fields and concept in ("email", "phone"):  # one after the other: "gsm ouder 1", "gsm ouder 2"
        fields = list(form.of_kind(_KINDS[concept][0]))
    return [(f.key,) for f in fields]


def _names(field: FormField, words: frozenset[str]) -> bool:
    return any(letters(label) in words for label in field.labels)
