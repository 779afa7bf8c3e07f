"""Captions in words that nobody knows, learned for one document by what stands at them.

"Dienstadres (digitaal) | jan@damme.example" is no question of the form in any words that are known. Where the
form's own question was met nowhere, all that stands at a caption is plainly of one kind and no other caption
has such answers, it asks that in this document; so it does where it shares more telling words with that
question than any other caption. Its answers are doubted, unless two that know nothing of each other tell the
same: a word, a value that is checked, an address that spells a name. What a caption or its section asks of
somebody else (who approves, drives, organises, pays) is nobody's, unless the form asks of them too. A name is
told by the address that spells it, by the half of the name beside it that is asked in known words, or by its
place before all else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from mailbot.domain.document import Span
from mailbot.domain.form import REMARKS, UNASKED, FieldKind, FormField
from mailbot.extraction.bare_labels import bare_label
from mailbot.extraction.boilerplate import is_contact_line, is_instruction, means_nothing
from mailbot.extraction.captions import PRINTED
from mailbot.extraction.context import ExtractionContext
from mailbot.extraction.headings import says_whom_to_ask, section
from mailbot.extraction.label import Label
from mailbot.extraction.labels import Labels
from mailbot.extraction.lexicon import phrases
from mailbot.extraction.likeness import likeness
from mailbot.extraction.line_cuts import OFFERED, segments
from mailbot.extraction.pairs import Pair, may_be_caption
from mailbot.extraction.shared_words import says_no_more, shared, words_of
from mailbot.extraction.subjects import (
    asks_something_apart,
    names_a_body,
    names_a_diet,
    names_a_function,
)
from mailbot.extraction.ticks import has_box
from mailbot.extraction.unknown_captions import CHECKED, MOST_WORDS, is_somebody_elses, tests_of
from mailbot.extraction.values.choice import option_named
from mailbot.extraction.values.kinds import ValueContext, read_value
from mailbot.matching.addresses import addresses_in
from mailbot.text.normalize import letters, plain

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_HINT = re.compile(r"\([^()]*\)")
#: One to five words of a name, of which the first begins with a capital.
_NAME = re.compile(r"['’]?[^\W\d_a-zà-ÿ][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,4}")
_DENIES = re.compile(rf"\b(?:{phrases('denies')})\b")
_WITNESSES = 2  # of what a caption asks, for no doubt to be left
#: Whatever for, an address to send something to is somebody's.
_REACHES = frozenset({FieldKind.EMAIL, FieldKind.PHONE})
_SENTENCE = 4  # words of a remark
_WHOLE = 2  # words of a name that an address spells, which make it somebody's who is reached so
_HABIT = 2  # known captions above their answers
_HEAD = 3  # letters of a label among other words
_SPELT = 3  # letters of a word that an address is said to spell


@dataclass(frozen=True, slots=True)
class _Asked:
    """A caption that nobody knows, with all that stands at it, and its place among the captions; ``apart``:
    it is surely about something else than who comes, unless its words ask a name; ``theirs``: or about
    somebody else."""

    place: int
    caption: str
    said: tuple[str, ...]
    cut: bool
    apart: bool
    theirs: bool = False


def learned(found: Sequence[Pair], reading: ExtractionContext, asked: Set[str]) -> dict[str, Label]:
    """What captions ask in this document that ask nothing in known words; ``asked`` are the questions that
    were met in it."""
    labels = dict(_printed(found, reading.labels))
    if not reading.form.per_organisation:
        learning = _Learning(_told_apart(found, reading.labels), reading, asked)
        labels.update(learning.learned())
    return labels


def _printed(found: Iterable[Pair], labels: Labels) -> Iterator[tuple[str, Label]]:
    """The captions that ask nothing in known words: whatever stands there, they are nobody's answer."""
    for one in found:
        words = letters(one.caption)
        is_caption = one.cut and not one.apart and words and may_be_caption(one.caption)
        is_offered = any(option_named(one.caption, field.choices) for field in labels.form.fields)
        if is_caption and not (is_offered or _is_heading(one.caption)) and not _is_known(one.caption, labels):
            yield one.caption, Label((f"{PRINTED}{words}",))


def _told_apart(found: Sequence[Pair], labels: Labels) -> list[Pair]:
    """The pairs, without lines above others that no sign tells to be captions, unless known ones stand so."""
    below = [one for one in found if not one.cut and one.said and labels.match(one.caption) is not None]
    if len(below) >= _HABIT:
        return list(found)
    return [one for one in found if one.cut or one.caption.endswith((":", "?"))]


def _is_heading(caption: str) -> bool:
    return section(caption, heading=False) is not None or says_whom_to_ask(caption)


def _is_known(caption: str, labels: Labels) -> bool:
    """Whether a caption asks something in known words, all of it or a part that stands apart in it."""
    ways = (caption, OFFERED.sub("", caption.rstrip(" :?")))
    if any(labels.match(one) or labels.reworded(one) for one in ways):
        return True
    return any(one.label is not None for one in segments((Span(caption),), labels))


class _Learning:
    """Goes through the ways to tell what a caption asks, the surest first."""

    def __init__(self, found: Sequence[Pair], reading: ExtractionContext, asked: Set[str]) -> None:
        self._form, self._labels, self._reading = reading.form, reading.labels, reading
        self._found = found
        self._asked = set(asked)
        self._spelt = " ".join(letters(a.partition("@")[0]) for one in found for a in addresses_in(one.said))
        self._tests = tests_of(reading)
        self._words = words_of(self._form)
        self._own_words = frozenset[str]().union(
            *(its for key, its in self._words.items() if key not in asked)
        )
        every = list(self._nobody_knows())
        self._unknown = [one for one in every if not one.theirs]
        self._theirs = [one for one in every if one.theirs]

    def learned(self) -> dict[str, Label]:
        """The captions, each with what it asks here."""
        labels: dict[str, Label] = {}
        ways = (
            self._by_head,
            self._by_kind,
            self._by_words,
            self._by_name,
            self._by_place,
            self._by_sentence,
        )
        for way in ways:
            for one, *keys in list(way()):
                is_told = self._is_told_twice(one, keys)
                labels[one.caption] = Label(tuple(keys), learned=True, settled=is_told)
                self._asked.update(keys)
                (self._theirs if one.theirs else self._unknown).remove(one)
        return labels

    def _is_told_twice(self, one: _Asked, keys: Sequence[str]) -> bool:
        """Whether two of three that know nothing of each other tell what a caption asks: a word of it, what
        plainly stands there, and an address that spells it, or that the name of this one person spells."""
        fields = [field for key in keys if (field := self._form.field(key))]
        words = self._opens(one.caption, keys)
        words |= any(says_no_more(one.caption, self._words[key]) for key in keys)
        test = self._tests.get(keys[0])
        plainly = test is not None and all(test(said, one.caption) for said in one.said)
        plainly |= len(fields) == 1 and all(_is_plainly(said, fields[0]) for said in one.said)
        names = all(field.kind is FieldKind.NAME for field in fields)
        spelt = names and self._spells(one, 1)
        if fields[0].kind is FieldKind.EMAIL:
            spelt = all(map(self._is_of_somebody_named, one.said))
        return words + plainly + spelt >= _WITNESSES and not one.theirs

    def _opens(self, caption: str, keys: Sequence[str]) -> bool:
        """Whether a caption is words that open the answer in a sentence ("Te bereiken op")."""
        words = tuple(_WORD.findall(plain(caption)))
        known = self._labels.in_sentences.get(words[0], []) if words else []
        return any(its == words and label.keys == tuple(keys) for its, label in known)

    def _is_of_somebody_named(self, address: str) -> bool:
        """Whether an address spells a name that stands at a caption."""
        spelt = letters(address.partition("@")[0])
        names = [one.said.split() for one in self._found if " " in one.said and self._is_name(one.said)]
        return any(all(letters(word) in spelt for word in words) for words in names)

    def _nobody_knows(self) -> Iterator[_Asked]:
        """The captions that ask nothing in known words, and nothing of somebody else; none that also stands
        where it does ask that."""
        said: dict[str, list[Pair]] = {}
        for one in self._found:
            said.setdefault(letters(one.caption), []).append(one)
        theirs = self._of_somebody_named()
        for place, (words, its) in enumerate(said.items()):
            caption = its[0].caption
            texts = tuple(one.said for one in its if one.said and not means_nothing(one.said))
            is_ours = words not in theirs and not any(one.apart for one in its) and may_be_caption(caption)
            if not texts or not is_ours or self._is_told(caption, texts):
                continue
            if not names_a_function(caption) or caption.endswith(("?", ":")):
                is_apart = asks_something_apart(_HINT.sub("", caption))
                is_cut = all(one.cut for one in its)
                yield _Asked(place, caption, texts, is_cut, is_apart, is_somebody_elses(caption))

    def _is_told(self, caption: str, texts: Iterable[str]) -> bool:
        """Whether a caption asks something in known words; a label of no field of the form ("Adres") does not
        where an e-mail address stands at it, nor one of somebody whom the form itself asks of ("Kind")."""
        label = self._labels.match(caption)
        if label is not None and label.is_other:
            whose = label.key.removeprefix(UNASKED)
            if whose in self._own_words or all(map(_is_email, texts)):
                return False
        begun = bare_label(caption, self._labels, None)  # "Naam Peeters", with the next question behind a tab
        return _is_known(caption, self._labels) or (
            begun is not None and self._asked.issuperset(begun.label.keys)
        )

    def _of_somebody_named(self) -> set[str]:
        """The captions, as letters, below one that nobody knows with somebody at it, up to the next that
        is known and answered: they may be about that person."""
        theirs: set[str] = set()
        is_theirs = False
        for one in self._found:
            if _is_known(one.caption, self._labels):
                is_theirs = is_theirs and not one.said
            elif is_theirs:
                theirs.add(letters(one.caption))
            elif one.said.istitle() and " " in one.said and self._is_name(one.said):
                is_theirs = self._words_spelt(one.said) < _WHOLE
        return theirs

    # ------------------------------------------------------------ a label among other words

    def _by_head(self) -> Iterator[tuple[_Asked, str]]:
        """The captions that hold one label of the form among words that nobody knows ("Voornaam volgens
        identiteitskaart"), where all that stands at them may answer it and no other caption holds it."""
        told: dict[str, list[_Asked]] = {}
        for one in self._unknown:
            words = (word for word in _WORD.findall(one.caption) if len(word) >= _HEAD)
            labels = [label for word in words if (label := self._labels.exactly(word)) is not None]
            heads = {label.key for label in labels if not label.is_other}
            if len(heads) == 1 and not heads & self._asked and self._may_answer(one, *heads):
                told.setdefault(heads.pop(), []).append(one)
        return ((its[0], key) for key, its in told.items() if len(its) == 1)

    def _may_answer(self, one: _Asked, key: str) -> bool:
        field = self._form.field(key)
        if field is None or field.kind.traits.offered or field.kind.traits.lines:
            return False
        if field.kind is FieldKind.NAME:
            return all(map(self._is_name, one.said))
        if one.apart or (field.kind is FieldKind.ORGANISATION and any(map(names_a_function, one.said))):
            return False
        few = all(len(said.split()) <= MOST_WORDS for said in one.said)
        return few and all(likeness(said, field.kind, self._labels) > 0 for said in one.said)

    # ------------------------------------------------------------ what tells itself

    def _by_kind(self) -> Iterator[tuple[_Asked, str]]:
        """The captions at which stands plainly what one field asks and no other, where no other caption has
        the like."""
        tests = {key: test for key, test in self._tests.items() if key not in self._asked}
        unknown = [one for one in self._unknown if not one.apart]
        fits = {
            one.place: [
                key for key, test in tests.items() if all(test(said, one.caption) for said in one.said)
            ]
            for one in unknown
        }
        for key in tests:
            ours = [one for one in unknown if key in fits[one.place]]
            if len(ours) == 1 and fits[ours[0].place] == [key]:
                yield ours[0], key

    # ------------------------------------------------------------ words of a question

    def _by_words(self) -> Iterator[tuple[_Asked, str]]:
        """The captions with more telling words of one question of the form that was met nowhere than of any
        other, where no other caption has as many of it and what stands at it may answer it."""
        fields = [field for field in self._form.fields if field.key not in self._asked]
        worth = {
            (one, field.key): its
            for one in (*self._unknown, *self._theirs)
            for field in fields
            if self._fits(one, field) and (its := self._shared(one.caption, field))
        }
        for (one, key), its in worth.items():
            rivals = (more for (other, asked), more in worth.items() if (other is one) != (asked == key))
            if its > max(rivals, default=0):
                yield one, key

    def _shared(self, caption: str, field: FormField) -> float:
        """How much of a caption and of a question are the same words."""
        return shared(caption, field, self._words[field.key], whole=field.kind is FieldKind.YES_NO)

    def _fits(self, one: _Asked, field: FormField) -> bool:
        """Whether all that stands at a caption may answer a question, which is as much about something else,
        or somebody else, as the caption."""
        if not one.cut:
            return False
        asks_us = says_whom_to_ask(one.caption)
        if one.theirs and (asks_us or not any(map(is_somebody_elses, field.labels))):
            return False
        if one.apart and not (field.kind in _REACHES or any(map(asks_something_apart, field.labels))):
            return False
        if field.kind is FieldKind.YES_NO and _DENIES.search(plain(one.caption)):
            return False
        if field.kind is FieldKind.NAME:
            return all(map(self._is_name, one.said))
        return all(likeness(said, field.kind, self._labels) > 0 for said in one.said)

    # ------------------------------------------------------------ names

    def _by_name(self) -> Iterator[tuple[_Asked, *tuple[str, ...]]]:
        names = [one for one in self._unknown if not one.apart and all(map(self._is_name, one.said))]
        given, family = self._form.given_name, self._form.family_name
        if not (given and family):
            fields = [*self._form.keys_of(FieldKind.NAME)]
            whole = [one for one in names if self._spells(one, _WHOLE)]
            if len(fields) == len(whole) == 1 and fields[0] not in self._asked:
                yield whole[0], fields[0]
        elif not {given, family} & self._asked:
            yield from self._both_names(names, given, family)
        elif not {given, family} <= self._asked:
            yield from self._other_name(names, given, family)

    def _other_name(
        self, names: Sequence[_Asked], given: str, family: str
    ) -> Iterator[tuple[_Asked, *tuple[str, ...]]]:
        """The caption beside the one of two names that is asked, which asks the other."""
        missing = family if given in self._asked else given
        beside = self._beside({given, family})
        near = [one for one in names if {one.place - 1, one.place + 1} & beside]
        told = [one for one in near if self._spells(one, 1)] or near
        if len(told) == 1:
            yield told[0], missing

    def _by_place(self) -> Iterator[tuple[_Asked, *tuple[str, ...]]]:
        """The first caption of all, where a name stands at it and no name was met: who registers comes first.
        Most of what the form asks was met, or it is another paper."""
        fields = self._form.of_kind(FieldKind.NAME)
        keys = [self._form.given_name, self._form.family_name]
        keys = keys if all(keys) else [field.key for field in fields] if len(fields) == 1 else []
        first = next((one for one in self._unknown if one.place == 0), None)
        is_met = bool(self._asked & {field.key for field in fields}) or not keys
        if first is None or is_met or 2 * len(self._asked) < len(self._form.fields):
            return
        if first.cut and not first.apart and all(map(self._is_whole_name, first.said)):
            yield first, *keys

    def _is_whole_name(self, said: str) -> bool:
        return " " in said and all(word[:1].isupper() for word in said.split()) and self._is_name(said)

    def _both_names(
        self, names: Sequence[_Asked], given: str, family: str
    ) -> Iterator[tuple[_Asked, *tuple[str, ...]]]:
        """The caption that asks the whole name, or the two beside each other that ask its halves: an address
        spells them, mostly the first name first."""
        whole = [one for one in names if all(" " in said for said in one.said) and self._spells(one, _WHOLE)]
        halves = [one for one in names if self._spells(one, 1)]
        if len(whole) == 1:
            yield whole[0], given, family
        elif len(halves) == len({given, family}) and halves[1].place - halves[0].place == 1:
            one, other = halves
            turned = self._spelt.find(letters(other.said[0])) < self._spelt.find(letters(one.said[0]))
            yield one, family if turned else given
            yield other, given if turned else family

    def _beside(self, keys: Set[str]) -> set[int]:
        """The places of the captions that ask one of these fields in known words."""
        captions = dict.fromkeys(letters(one.caption) for one in self._found)
        asked = {letters(one.caption) for one in self._found if self._asks(one.caption, keys)}
        return {place for place, caption in enumerate(captions) if caption in asked}

    def _asks(self, caption: str, keys: Set[str]) -> bool:
        label = self._labels.match(caption)
        return label is not None and bool(keys & set(label.keys))

    def _is_name(self, said: str) -> bool:
        if not _NAME.fullmatch(said) or self._labels.match(said) is not None:
            return False
        is_other = names_a_function(said) or names_a_diet(said) or names_a_body(said)
        is_other |= any(map(str.isdigit, said))
        return not is_other and not self._reading.directory.recognise(said)

    def _spells(self, one: _Asked, least: int) -> bool:
        """Whether an address spells so many words of each of the names at a caption."""
        return all(self._words_spelt(said) >= least for said in one.said)

    def _words_spelt(self, said: str) -> int:
        """How many words of a name an address spells; an initial is one beside a whole word."""
        words = [letters(word) for word in said.split()]
        if len(words) > 1 and letters(said) in self._spelt:
            return len(words)
        whole = [word for word in words if len(word) >= _SPELT and word in self._spelt]
        others = (word[:1] for word in words if word not in whole)
        initials = sum(any(part.startswith(first) for part in self._spelt.split()) for first in others)
        return len(whole) + (initials if whole else 0)

    # ------------------------------------------------------------ remarks

    def _by_sentence(self) -> Iterator[tuple[_Asked, str]]:
        """The one caption at which somebody wrote a sentence, where no question for remarks was met."""
        if REMARKS not in self._asked and self._form.field(REMARKS) is not None:
            told = [one for one in self._unknown if one.cut and not one.apart]
            told = [one for one in told if len(one.said) == 1 and _is_sentence(one.said[0])]
            if len(told) == 1:
                yield told[0], REMARKS


def _is_plainly(said: str, field: FormField) -> bool:
    """Whether a text is surely what a field asks whose answers are checked or offered."""
    if field.kind is FieldKind.CHOICE:
        return bool(option_named(said, field.choices))
    if field.kind not in CHECKED:
        return False
    read = read_value(field, said, ValueContext())
    return read.code is None and read.value is not None


def _is_email(said: str) -> bool:
    return "@" in said and len(said.split()) == 1


def _is_sentence(said: str) -> bool:
    words = plain(said).split()
    return (
        len(words) >= _SENTENCE
        and not has_box(said)
        and not is_instruction(said)
        and not is_contact_line(said)
        and said[:1].isupper()
        and sum(word.islower() for word in said.split()) >= _SENTENCE - 1
    )
