"""The words that the questions of a form are known by: its own labels and aliases, those of the lexicon, what
a question is called below a heading, and what opens an answer in a running sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

from mailbot.domain.form import UNASKED, FieldKind, Form
from mailbot.extraction.label import Label, by_bare_label, name_fields, without_heading
from mailbot.extraction.lexicon import LabelLexicon, lexicon
from mailbot.text.normalize import letters, plain

WORDS = re.compile(r"[^\W_]+")
#: Words of a heading that a label below it may belong to, and letters of the word that they share.
_MOST_OF_A_HEADING, _TELLING_HEADING = 6, 3
_POSSESSED = re.compile(r"['’]s\b")


@dataclass(frozen=True, slots=True)
class _Below:
    """A question as it is called below a heading: the words of the ``heading``, those that are left, and
    what these ask anywhere else; ``is_whole``: the heading is the question, and a label for a name below it
    asks nothing else; ``is_name``: a name is asked, and any label for a whole one below it asks that."""

    key: str
    heading: frozenset[str]
    words: str
    keys: tuple[str, ...]
    is_whole: bool = False
    is_name: bool = False

    def asks(self, keys: tuple[str, ...]) -> bool:
        """Whether a label with these keys may be it."""
        return bool(self.keys) and self.keys == keys != (self.key,)


class KnownLabels:
    """What the questions of one form are called, made once; ``labels`` asks it."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._known: dict[str, Label] = {}
        known = lexicon()
        everywhere = frozenset[str]().union(*known.concepts.values(), *known.elsewhere.values())
        self._add_own(everywhere)
        self._add_without_their_heading()
        self._own = dict(self._known)
        self._concepts: dict[str, Label] = {}
        self._add_lexicon(known)
        self.in_sentences = self._sentences(known)
        self.counted = frozenset(self._counted(known))
        self.places = dict(self._places(known))
        self._own_questions = self._without_common_words()
        self._last_heading: tuple[str, tuple[_Below, ...]] = ("", ())
        self._below_headings = list(self._parts_below_headings())

    def _add_own(self, everywhere: Set[str]) -> None:
        """The labels and aliases of the form, and words for a whole name or for everybody where it asks that.
        What the lexicon has (``everywhere``) is particular to no form."""
        for field in self.form.fields:
            words = letters(field.label)
            first = self._known.get(words, Label((field.key,), main=True, particular=words not in everywhere))
            again = () if field.key == first.key else (field.key,)
            self._known[words] = replace(first, also=(*first.also, *again))
        names = (self.form.given_name, self.form.family_name)
        if all(names):
            self._known.update({words: Label(names) for words in lexicon().whole_name})
        for field in self.form.fields:
            for alias in field.aliases:
                words = letters(alias)
                self._known.setdefault(words, Label((field.key,), particular=words not in everywhere))
        everybody = names if all(names) else self._name_of_each()
        if everybody and not self.form.per_organisation:
            for words in lexicon().everybody:
                self._known.setdefault(words, Label(everybody, many=True))

    def _name_of_each(self) -> tuple[str, ...]:
        """The field for the name of who registers: of several ("Contactpersoon") the one that is called so
        and no more."""
        fields = self.form.of_kind(FieldKind.NAME)
        called = lexicon().concepts["full_name"] | lexicon().concepts["last_name"]
        own = [field.key for field in fields if any(letters(label) in called for label in field.labels)]
        return tuple(own if len(own) == 1 else [field.key for field in fields])

    def _add_lexicon(self, known: LabelLexicon) -> None:
        """The words of the lexicon, where the form does not use them itself."""
        for concept, fields in known.fields(self.form).items():
            keys, *others = fields or [(f"{UNASKED}{concept}",)]
            label = Label(keys, also=tuple(key for also in others for key in also))
            self._concepts[concept] = label
            for word in known.concepts[concept]:
                self._known.setdefault(word, label)
        for group, belonging in known.elsewhere.items():
            for word in belonging:
                self._known.setdefault(word, Label((f"{UNASKED}{group}",)))

    def _own_words(self, label: Label) -> set[str]:
        """The form's words for what is asked in one field and no other."""
        field = self.form.field(label.key) if label.also == () and len(label.keys) == 1 else None
        return {letters(text) for text in field.labels} if field else set()

    def _without_common_words(self) -> list[tuple[list[str], Label]]:
        """The words of the form's labels that no other form has."""
        found = []
        for field in self.form.fields:
            words = WORDS.findall(plain(without_heading(field.label)))
            own = self._known.get(letters(field.label))
            if words and own and own.particular:
                found.append((words, Label((field.key,), exact=False, reworded=True)))
        return found

    def _parts_below_headings(self) -> Iterator[_Below]:
        """What each question is called below a heading that holds the rest of its words."""
        called = lexicon().concepts["full_name"] | lexicon().concepts["last_name"]
        for field in self.form.fields:
            words = WORDS.findall(_POSSESSED.sub("", plain(field.label)))
            is_named = field.kind is FieldKind.NAME and not self.form.given_name
            for n in range(1, len(words)):
                for heading, part in ((words[:n], words[n:]), (words[n:], words[:n])):
                    if any(len(word) >= _TELLING_HEADING for word in heading):
                        asked = self._known.get(letters(" ".join(part)))
                        keys = asked.keys if asked and not asked.is_other else ()
                        left = letters(" ".join(part))
                        is_name = is_named and left in called
                        yield _Below(field.key, frozenset(heading), left, keys, is_name=is_name)
            if field.kind is FieldKind.NAME:
                for names in name_fields(self.form):
                    yield _Below(field.key, frozenset(words), "", names, is_whole=True, is_name=is_named)

    def _parts_below(self, heading: str) -> tuple[_Below, ...]:
        """What of the form is asked below a heading: of the one that was asked for last it is known."""
        if self._last_heading[0] != heading:
            above = frozenset(WORDS.findall(_POSSESSED.sub("", plain(heading))))
            parts = (
                part
                for part in self._below_headings
                if (part.heading == above if part.is_whole else part.heading <= above)
            )
            self._last_heading = heading, tuple(parts) if 0 < len(above) <= _MOST_OF_A_HEADING else ()
        return self._last_heading[1]

    def below(self, heading: str, words: str, label: Label | None) -> Label | None:
        """What a label asks below a heading: "Adres" below "Facturatie" the form's own "Adres facturatie",
        "Volledige naam" below its own question "Ouder" that one. ``label`` is what it asks anywhere else."""
        parts = self._parts_below(heading)
        if not parts or (label and (label.many or label.number)):
            return label
        said = letters(without_signs(words))
        names = lexicon().concepts["full_name"] | lexicon().concepts["last_name"]
        found = {
            part.key
            for part in parts
            if (part.words and part.words == said)
            or (label is not None and part.asks(label.keys))
            or (part.is_name and said in names)
        }
        found -= {key for key in found if label and label.main and key in label.keys}
        if len(found) != 1:
            return label
        return Label((found.pop(),), particular=True, bare=label.keys if label else ())

    def _sentences(self, known: LabelLexicon) -> dict[str, list[tuple[tuple[str, ...], Label]]]:
        """The labels that may stand in a running sentence, in folded words, by their first word, the longest
        first: the form's own, and where it does not use them, the words that open an answer in any."""
        found: dict[tuple[str, ...], Label] = {}
        for field in self.form.fields:
            for text in field.labels:
                words = tuple(WORDS.findall(plain(without_heading(text))))
                found.setdefault(words, Label((field.key,), main=text == field.label, particular=True))
        fields = known.fields(self.form)
        for concept, opening in known.sentences.items():
            opens = {tuple(WORDS.findall(phrase)) for phrase in opening}
            asked = fields.get(concept) or [label.keys for words, label in found.items() if words in opens]
            for phrase in opens if len(asked) == 1 else ():
                found.setdefault(phrase, Label(asked[0]))
        by_first: dict[str, list[tuple[tuple[str, ...], Label]]] = {}
        for words, label in sorted(found.items(), key=lambda one: -len(one[0])):
            if words:
                by_first.setdefault(words[0], []).append((words, label))
        return by_first

    def _counted(self, known: LabelLexicon) -> Iterator[tuple[str, ...]]:
        """What questions for a number count ("Aantal leden": leden), in folded words: in a sentence a number
        stands before it."""
        for field in self.form.of_kind(FieldKind.NUMBER):
            for text in field.labels:
                words = tuple(WORDS.findall(plain(without_heading(text))))
                if words and words[0] in known.concepts["count"]:
                    rest = list(words[1:])
                    while rest and rest[0] in known.neutral:
                        del rest[0]
                    if rest:
                        self.in_sentences.setdefault(rest[0], []).append((tuple(rest), Label((field.key,))))
                        yield tuple(rest)

    def _places(self, known: LabelLexicon) -> Iterator[tuple[str, Label]]:
        """The question for the place that goes on with the answer to another: where somebody was born or
        lives, behind when or at which street."""
        towns = known.concepts["postcode"] | known.concepts["town"]
        for field in self.form.fields:
            first = WORDS.findall(plain(field.label))[:1]
            for other in self.form.fields:
                born = field.kind is FieldKind.BIRTH_DATE and other.kind is FieldKind.TEXT
                same = WORDS.findall(plain(other.label))[:1] == first
                lives = field.kind is FieldKind.ADDRESS and letters(other.label) in towns
                if (born and same) or lives:
                    yield field.key, Label((other.key,))

    def _add_without_their_heading(self) -> None:
        """ "Naam (facturatie)" is asked by "Naam" as well, where no other field is called that."""
        for words, keys in by_bare_label(self.form).items():
            self._known.setdefault(words, Label(keys[:1], also=keys[1:]))


def without_signs(text: str) -> str:
    """A text, folded, without the signs around a label: "Naam:" and "naam ..." are "naam"."""
    return plain(text).strip(" :*?.…=-–\t")
