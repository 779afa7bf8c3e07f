"""What the words of labels mean, whatever form they stand on: concepts, and the words around them.

The words are data, a file a language in ``lexicon/``. Concepts are what forms ask ("e-mail", "birth
date"); a form's field belongs to the concept that one of its labels names, so that it is asked by
every other word of that concept as well. What a form does not ask is still a label: what stands at
"Postcode" answers no question of ours.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

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
    ``turning`` those by which a word beside them is asked of otherwise (when, whose), ``companions`` who
    somebody brings, of whom a form may ask things of their own (a guest's diet);
    ``subjects`` words of questions by what those are about, in which "*" leaves an end open; ``headings`` the
    words of headings by what the questions below them are about, ``person`` those that a number can stand
    behind ("Deelnemer 2"), ``ordinals`` the numbers that stand before them, ``along`` how words begin that
    tell of people who are registered beside the first. It holds no guest or partner: what a form asks of
    those is not who registers asked again. ``hints`` are the words above or in a column that only explains,
    as letters; ``several`` finds the words of a question that allow more than one option."""

    concepts: dict[str, frozenset[str]]
    elsewhere: dict[str, frozenset[str]]
    sentences: dict[str, frozenset[str]]
    neutral: frozenset[str]
    other: frozenset[str]
    coming: frozenset[str]
    turning: frozenset[str]
    companions: frozenset[str]
    subjects: dict[str, frozenset[str]]
    headings: dict[str, tuple[str, ...]]
    person: tuple[str, ...]
    ordinals: dict[str, int]
    along: tuple[str, ...]
    hints: frozenset[str]
    several: re.Pattern[str]

    @cached_property
    def labels(self) -> frozenset[str]:
        """All words of concepts, folded."""
        return frozenset().union(*self.concepts.values())

    def fields(self, form: Form) -> dict[str, list[tuple[str, ...]]]:
        """For each concept what of the form asks it: the keys of a field, or of several that its words
        ask at once; more than one where the form asks it of several people, none where it does not."""
        return {concept: _keys(form, concept, words) for concept, words in self.concepts.items()}


@cache
def lexicon() -> LabelLexicon:
    """The words of every language there is a file for."""
    concepts: dict[str, set[str]] = {}
    elsewhere: dict[str, set[str]] = {}
    sentences: dict[str, set[str]] = {}
    neutral: set[str] = set()
    other: set[str] = set()
    coming: set[str] = set()
    turning: set[str] = set()
    companions: set[str] = set()
    subjects: dict[str, set[str]] = {}
    headings: dict[str, list[str]] = {}
    person: list[str] = []
    ordinals: dict[str, int] = {}
    along: list[str] = []
    hints: set[str] = set()
    several: list[str] = []
    for file in sorted(_FOLDER.glob("*.toml")):
        words = tomllib.loads(file.read_text(encoding="utf-8"))
        for concept, labels in words["concepts"].items():
            concepts.setdefault(concept, set()).update(map(letters, labels))
        for concept, phrases in words["sentences"].items():
            sentences.setdefault(concept, set()).update(map(plain, phrases))
        for group, labels in words["elsewhere"].items():
            elsewhere.setdefault(group, set()).update(map(letters, labels))
        neutral.update(map(plain, words["qualifiers"]["neutral"]))
        other.update(map(plain, words["qualifiers"]["other"]))
        coming.update(map(plain, words["qualifiers"]["coming"]))
        turning.update(map(plain, words["qualifiers"]["turning"]))
        companions.update(map(plain, words["people"]["companions"]))
        for subject, patterns in words["subjects"].items():
            subjects.setdefault(subject, set()).update(map(plain, patterns))
        for about, phrases in words["headings"].items():
            headings.setdefault(about, []).extend(phrases)
        person += map(plain, words["people"]["person"])
        along += map(plain, words["people"]["along"])
        hints.update(map(letters, words["columns"]["hints"]))
        several += map(plain, words["choices"]["several"])
        ordinals.update({plain(word): n for n, word in enumerate(words["people"]["ordinals"], start=1)})
    return LabelLexicon(
        {concept: frozenset(words) for concept, words in concepts.items()},
        {group: frozenset(words) for group, words in elsewhere.items()},
        {concept: frozenset(phrases) for concept, phrases in sentences.items()},
        frozenset(neutral),
        frozenset(other),
        frozenset(coming),
        frozenset(turning),
        frozenset(companions),
        {subject: frozenset(patterns) for subject, patterns in subjects.items()},
        {about: tuple(phrases) for about, phrases in headings.items()},
        tuple(person),
        ordinals,
        tuple(along),
        frozenset(hints),
        re.compile(rf"\b(?:{'|'.join(map(_pattern, several))})\b"),
    )


def _pattern(words: str) -> str:
    return re.escape(words.removesuffix("*")) + (r"\w*" if words.endswith("*") else "")


def _keys(form: Form, concept: str, words: frozenset[str]) -> list[tuple[str, ...]]:
    given, family = form.given_name, form.family_name
    if concept == "full_name":
        if given and family:
            return [(given, family)]
        names = form.of_kind(FieldKind.NAME)
        return [(names[0].key,)] if names else []
    if concept == "first_name":
        return [(given,)] if given else []
    kinds = _KINDS.get(concept)
    fields = [f for f in form.fields if (kinds is None or f.kind in kinds) and _names(f, words)]
    if not fields and concept in ("email", "phone"):  # one after the other: "gsm ouder 1", "gsm ouder 2"
        fields = list(form.of_kind(_KINDS[concept][0]))
    return [(f.key,) for f in fields]


def _names(field: FormField, words: frozenset[str]) -> bool:
    return any(letters(label) in words for label in field.labels)
