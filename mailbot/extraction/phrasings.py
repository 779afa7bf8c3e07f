"""Phrasings: a known word with more around it → what the whole of it asks.

"Opmerkingen of vragen bij deze inschrijving" asks for remarks, "Functie / dienst" for a function, "Wat wilt
u ons nog meegeven?" for remarks without naming them. A caption is understood only where each of its words is:
one that asks something, a small word, or one that the lexicon has beside what is asked ("waarop u bereikbaar
bent" beside a telephone). One more word ("Vragen voor de spreker", "E-mail van uw leidinggevende") makes it
another question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from mailbot.extraction.lexicon import lexicon
from mailbot.text.lexicon import JOINING, OR
from mailbot.text.normalize import plain

_WORDS = re.compile(r"[^\W_]+")
_HINT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LEAD = re.compile(r"^\s*[^\W\d_][^:]{1,40}:\s+(?=\S)")
_JOINT = re.compile(rf"\s*[/|,]\s*|\s+(?:{OR})\s+")
#: What joins words for one thing: a comma only goes before it ("gemeente, OCMW of intercommunale").
_OTHERWISE = re.compile(rf"[/|]|\s(?:{OR})\s")
_MOST_WORDS, _LONGEST_HEAD, _MOST_ALTERNATIVES = 14, 6, 4
#: What may be asked by a word beside one that nobody knows ("Gemeente/intercommunale").
_WITH_ALTERNATIVES = frozenset({"organisation", "role", "diet", "remarks", "email", "phone"})
#: What may stand behind a lead that nobody knows: its words are no answer themselves, as in "Type: gemeente".
_BEHIND_LEADS = frozenset({"diet", "remarks"})
#: What ``coming`` knows better.
_COMING = "attends"
_SHORTEST_ALTERNATIVE = 4  # letters


@dataclass(frozen=True, slots=True)
class Phrasing:
    """What a caption asks, as a ``concept`` of the lexicon; ``plain``: it begins with the word for that and
    beside it stands no word that nobody knows."""

    concept: str
    plain: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a concept in captions: ``heads`` as letters, ``around`` those that change nothing."""

    heads: frozenset[str]
    around: frozenset[str]


@cache
def _vocabulary() -> dict[str, _Words]:
    known = lexicon()
    small = known.neutral | known.around
    every = known.labels.union(*known.heads.values())
    return {
        concept: _Words(
            words | known.heads.get(concept, frozenset()),
            (small - every) | known.beside.get(concept, frozenset()),
        )
        for concept, words in known.concepts.items()
        if concept != _COMING
    }


@cache
def _small_words() -> frozenset[str]:
    """All words but heads that a caption may begin with."""
    known = lexicon()
    told = (word for sayings in known.told.values() for saying in sayings for word in saying.split())
    around = (words.around for words in _vocabulary().values())
    return frozenset(told).union(*around, *known.asking.values())


class Phrasings:
    """The captions that a form may have: the words of the lexicon, and its ``own`` for each concept."""

    def __init__(self, own: Mapping[str, Set[str]]) -> None:
        self._words = {
            concept: _Words(words.heads | own.get(concept, frozenset()), words.around)
            for concept, words in _vocabulary().items()
        }
        self._every = frozenset[str]().union(*(words.heads for words in self._words.values()))
        self._begins = _small_words()

    def asks(self, text: str) -> Phrasing | None:
        """What a caption asks; None where one of its words is not understood, or it may ask two things."""
        said = plain(_HINT.sub(" ", text))
        if "@" in said:
            return None
        if not self._may_begin(_WORDS.findall(said)) and ":" not in said:
            return None
        found = self._whole(said) or self._alternatives(said)
        lead = None if found else _LEAD.match(said)
        if lead is None or not self._is_lead(_WORDS.findall(lead[0])):
            return found
        behind = self._whole(said[lead.end() :])
        return behind if behind and behind.plain and behind.concept in _BEHIND_LEADS else None

    def _whole(self, said: str) -> Phrasing | None:
        if ":" in said.rstrip(": "):
            return None
        words = _WORDS.findall(said)
        if not 0 < len(words) <= _MOST_WORDS:
            return None
        asks = "?" in said or not lexicon().addressed.isdisjoint(words)
        found = [*self._named(words, asks), *(_told(words) if asks else ())]
        return found[0] if len({one.concept for one in found}) == 1 else None

    def _may_begin(self, words: Sequence[str]) -> bool:
        """Whether the first word is one of any caption: most of what stands on a form is not."""
        return bool(words) and (words[0] in self._begins or bool(self._head_at(self._every, words, 0)))

    def _named(self, words: Sequence[str], asks: bool) -> Iterator[Phrasing]:
        """What is asked by words that name it, and others that change nothing beside those."""
        for concept, known in self._words.items():
            small = known.around | _asking(concept) if asks else known.around
            heads = self._heads(known.heads, small, words)
            if heads:
                yield Phrasing(concept, heads[0] == 0)

    def _heads(self, heads: Set[str], small: Set[str], words: Sequence[str]) -> list[int]:
        """Where the heads among the words begin; none where another word is not a small one, or two stand
        side by side: "Functie opdracht" is a label and its answer."""
        found, at, ends = [], 0, -1
        while at < len(words):
            count = self._head_at(heads, words, at)
            if count:
                if at == ends:
                    return []
                found.append(at)
                ends = at + count
            elif words[at] not in small:
                return []
            at += count or 1
        return found

    @staticmethod
    def _head_at(heads: Set[str], words: Sequence[str], at: int) -> int:
        """How many words from a place on are one of the heads, at most."""
        longest = min(_LONGEST_HEAD, len(words) - at)
        return next((n for n in range(longest, 0, -1) if "".join(words[at : at + n]) in heads), 0)

    def _is_lead(self, words: Sequence[str]) -> bool:
        """Whether words before a colon ask nothing themselves, nor say whose it is what stands behind it."""
        known = lexicon()
        others = known.other.union(*known.elsewhere.values())
        return others.isdisjoint(words) and not self._holds_a_head(" ".join(words))

    def _holds_a_head(self, text: str) -> bool:
        words = _WORDS.findall(text)
        return any(self._head_at(self._every, words, at) for at in range(len(words)))

    def _alternatives(self, said: str) -> Phrasing | None:
        """ "Gemeente/OCMW/intercommunale": the first is known, and a word that nobody knows is
        another for it."""
        parts = [part for part in _JOINT.split(said.strip(" :?*")) if part]
        if not 1 < len(parts) <= _MOST_ALTERNATIVES or not _OTHERWISE.search(said):
            return None
        found = [self._whole(part) for part in parts]
        first = next((n for n, one in enumerate(found) if one), len(found))
        asked = found[first] if first < len(found) else None
        if asked is None or not asked.plain or asked.concept not in _WITH_ALTERNATIVES:
            return None
        others = [(n, part) for n, part in enumerate(parts) if found[n] != asked]
        fits = all(
            found[n] is None
            and (self._is_small(part, asked.concept) or (n > first and self._is_a_noun(part)))
            for n, part in others
        )
        return Phrasing(asked.concept, plain=False) if fits else None

    def _is_small(self, part: str, concept: str) -> bool:
        return self._words[concept].around.issuperset(_WORDS.findall(part))

    def _is_a_noun(self, part: str) -> bool:
        """Whether a part is one word that may name the same, and nothing that the lexicon knows otherwise."""
        known = lexicon()
        otherwise = known.other | known.turning | known.denying | known.companions | JOINING
        words = [
            word for word in _WORDS.findall(part) if word not in known.neutral or self._holds_a_head(word)
        ]
        if len(words) != 1 or not words[0].isalpha() or len(words[0]) < _SHORTEST_ALTERNATIVE:
            return False
        return words[0] not in otherwise and not self._holds_a_head(words[0])


@cache
def _asking(concept: str) -> frozenset[str]:
    """The words of a question to the reader that names a concept."""
    asking = lexicon().asking
    return asking["any"] | asking.get(concept, frozenset())


def _told(words: Sequence[str]) -> Iterator[Phrasing]:
    """What a question asks without naming it ("Wat wilt u ons nog meegeven?")."""
    known = lexicon()
    for concept, sayings in known.told.items():
        small = known.neutral | known.around | known.beside.get(concept, frozenset()) | _asking(concept)
        for telling in map(str.split, sayings):
            if {*telling} <= {*words} and all(word in telling or word in small for word in words):
                yield Phrasing(concept, plain=False)
