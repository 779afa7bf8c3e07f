"""What a language says for the concepts of registering: one TOML file a language, compiled once.

The files hold the vocabulary and nothing else; how concepts make acts stands in ``intent/clause.py``.
A new language is a new file (CONTRIBUTING.md names what else knows languages).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any

from mailbot.matching.names import PARTICLES
from mailbot.text.lexicon import LANGUAGES, WEEKDAYS
from mailbot.text.normalize import plain
from mailbot.text.slips import mended

#: Words between the two halves of a phrase: bounded, so that no text makes the search slow.
_GAP = r"(?:\S+ ){0,6}?"
#: Words between a verb and its particle, which ends the clause: "trek ik mijn inschrijving ... in".
_TO_THE_END = r"(?:\S+ ){0,25}?"
#: What a concept matches for which a language has no phrase.
_NOTHING = "(?!)"
_HOUR = r"\d{1,2}(?:[u:.h]\d{0,2}| ?uur| ?heures?| ?uhr| h)"
#: A time of day as a word of its own.
HOURS = re.compile(rf"(?<= ){_HOUR}(?= )")
_YEAR = r"20\d\d"
#: A letter, or two of one ("een c", "dubbele l", "twee t's"): how a name is spelt.
_LETTER = r"[a-z]{1,2}(?:'[sn])?"
#: A day of the month or of the week.
_DAY = rf"(?:\d\S*|{'|'.join(WEEKDAYS)})"
#: What a sign in a phrase stands for.
_KINDS = {"#": _HOUR, "%": _YEAR, "&": _DAY, "^": _LETTER}
_SEPARATORS = re.compile(
    r"(?<=[a-z])-(?=moi\b(?!-))|(?<=ez)-(?=nous\b)"  # "inscrivez-moi" is two words
    r"|[^\w@.+/?-]+|(?<=[a-z])/(?=[a-z])|[.?]+(?=\s|$)|(?<=\s)[-/]+(?=\s)"
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled phrases of one language: by concept, by whom they are about, by field. ``numbers``
    are the words for one, two and on, ``present`` says of somebody that they are there,
    ``if_words`` are those before somebody on whom it depends; ``spelling`` is how people write some words,
    and which they are."""

    language: str
    small_words: frozenset[str]
    concepts: Mapping[str, re.Pattern[str]]
    who: Mapping[str, re.Pattern[str]]
    fields: Mapping[str, re.Pattern[str]]
    numbers: tuple[str, ...]
    present: str
    if_words: tuple[str, ...]
    spelling: Mapping[str, str]
    words: frozenset[str]
    stems: frozenset[str]

    def says(self, concept: str, text: str) -> bool:
        """Whether ``text`` (of ``spaced``) has a phrase of the concept."""
        return self.find(concept, text) is not None

    def knows(self, word: str) -> bool:
        """Whether a plain word is one of those that the lexicons have: no name, then, that stands alone."""
        return is_word(word) or word in self.small_words

    def find(self, concept: str, text: str) -> re.Match[str] | None:
        """The first phrase of the concept in ``text`` (of ``spaced``)."""
        return self.concepts[concept].search(text)

    def consists_of(self, concepts: str | Iterable[str], text: str) -> bool:
        """Whether ``text`` (of ``spaced``) is nothing but phrases of the concept, or of some of them in any
        order; an empty one is. Each place is read on from once, however many ways lead to it."""
        text = f" {text.strip()} " if text.strip() else " "
        phrases = [self.concepts[one] for one in ([concepts] if isinstance(concepts, str) else concepts)]
        begins, seen = [1], {1}
        while begins and len(text) not in seen:
            at = begins.pop()
            ends = {found.end() for one in phrases if (found := one.match(text, at))} - seen
            seen |= ends
            begins += ends
        return len(text) in seen


def spaced(text: str) -> str:
    """Plain words with one space around each, as phrases are matched in them."""
    return f" {' '.join(_SEPARATORS.sub(' ', plain(text)).split())} "


@lru_cache(maxsize=len(LANGUAGES))
def _data(language: str) -> dict[str, Any]:
    return tomllib.loads((files(__name__) / f"{language}.toml").read_text("utf-8"))


@lru_cache
def pattern(name: str) -> str:
    """A regular expression for an entry of ``[pattern]``, in any language."""
    found = (one for language in LANGUAGES for one in _data(language)["pattern"][name])
    return f"(?:{'|'.join(dict.fromkeys(found))})"


def turns_of_phrase(name: str, /, **slots: str) -> tuple[str, ...]:
    """The regular expressions for an entry of ``[turn]``, of every language: a space in one is any blank, and
    ``{names}`` the slot of that name."""
    found = (one for language in LANGUAGES for one in _data(language)["turn"][name])
    return tuple(_SLOT.sub(lambda slot: slots[slot[1]], one.replace(" ", r"\s+")) for one in found)


#: A place in a turn of phrase that its reader fills in: no number of times.
_SLOT = re.compile(r"\{([a-z_]+)\}")


@lru_cache
def listed(name: str) -> frozenset[str]:
    """The words of an entry of ``[words]``, of every language."""
    return frozenset(word for language in LANGUAGES for word in _data(language)["words"][name].split())


#: Concepts of what is told beside an act: a mail with their words is none that is understood to the last one.
_ASIDE = frozenset(
    {
        *(
            "asked_on",
            "asked_off",
            "asked_off_apart",
            "asked_instead",
            "asked_passive",
            "asked_done",
            "asked_orders",
            "asked_along",
            "asked_also",
        ),
        *("asked_around", "told_around", "who_they_are", "as_you_know", "comes_instead", "in_name_of"),
        *(
            "does_for_them",
            "for_a_purpose",
            "for_a_time",
            "for_a_trade",
            "for_which",
            "group_size",
            "says_how",
            "since_when",
        ),
        *("forgets_nothing", "mails_them", "nothing_to_do", "rest_stays", "sends", "small_talk", "the_rest"),
    }
    | {
        "asks_papers",
        "both",
        "can",
        "cannot_do",
        "delegates",
        "echoed",
        "own_or_more",
        "brings_a_thing",
        "puts_a_thing",
        "sends_theirs",
        "had_done",
        "meal_prepared",
        "next_edition",
        "no_company",
        "of_weather",
        "one_of",
        "typed_on",
    }
)


@lru_cache(maxsize=len(LANGUAGES))
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language of ``LANGUAGES``."""
    data = _data(language)
    sets = {name: words.split() for name, words in data["set"].items()}
    concepts = _phrases_of_concepts(data)
    words = _words_of(concepts, data["who"], data["field"])
    return Lexicon(
        language,
        frozenset(data["language"].split()),
        _each_compiled(concepts, sets),
        _each_compiled(data["who"], sets),
        _each_compiled(data["field"], sets),
        tuple(data["counting"].split()),
        data["present"],
        tuple(data["if"].split()),
        data.get("spelling", {}),
        frozenset(
            {word for word in words if not word.endswith("~")}
            | {word for some in sets.values() for word in some}
            | {*data["known"].split()}
        ),
        frozenset(word[:-1] for word in words if word.endswith("~")),
    )


def _words_of(concepts: Mapping[str, list[str]], *others: Mapping[str, list[str]]) -> set[str]:
    """The words of all phrases but of those concepts that are told beside an act; no names of sets."""
    telling = {name: some for name, some in concepts.items() if name not in _ASIDE}
    phrases = chain.from_iterable(some for part in (telling, *others) for some in part.values())
    return {word for phrase in phrases for word in re.split(r"[ |]", phrase) if not word.startswith("<")}


def _each_compiled(
    phrases: Mapping[str, list[str]], sets: Mapping[str, list[str]]
) -> dict[str, re.Pattern[str]]:
    return {name: _compiled(some, sets) for name, some in phrases.items()}


def _phrases_of_concepts(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The phrases of each concept, with those that its verbs and its nouns for a coming make."""
    verbs, nouns = data.get("verb", {}), data.get("noun", {})
    return {
        name: [
            *phrases,
            *(phrase for verb in verbs.get(name, ()) for phrase in _inflected(verb)),
            *(phrase for happens in nouns.get(name, ()) for phrase in _of_a_coming(happens)),
        ]
        for name, phrases in data["concept"].items()
    }


@lru_cache(maxsize=512)
def as_written(text: str) -> str:
    """``text`` in plain letters with words of dialect and mistyped words as the lexicons have them. The
    spelling of the first language serves all: people write it without a word that tells which it is. A word
    that the language of the text has as well stays as it is ("ni viande ni poisson", "mein Name ist ...")."""
    spelling, own = lexicon(LANGUAGES[0]).spelling, lexicon(language_of(spaced(text)))
    stays = own.words | own.small_words if own.language != LANGUAGES[0] else frozenset[str]()
    said = _respelled(LANGUAGES[0]).sub(
        lambda found: found[0] if found[0] in stays else spelling[found[0]], text
    )
    return mended(said, is_word)


def written_out(text: str) -> str:
    """``text`` as it was written, in the first language, with the short words of its lexicon in full where
    what stands around them leaves no other sense: "ik kan niet ma Els gaat wel"."""
    shorts = [one for one in _shorts() if one[0].search(text)]
    if not shorts or language_of(spaced(text)) != LANGUAGES[0]:
        return text
    for short, word in shorts:
        text = short.sub(word, text)
    return text


@lru_cache(maxsize=1)
def _shorts() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The short words of the first language, each with what it is in full."""
    return tuple((re.compile(short), word) for word, short in _data(LANGUAGES[0]).get("short", {}).items())


@lru_cache(maxsize=1)
def _respelled(language: str) -> re.Pattern[str]:
    """One pattern for all words, and words in a row, that people write in another way; the longest first."""
    ways = sorted(lexicon(language).spelling, key=len, reverse=True)
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(map(re.escape, ways))})(?![\w'-])")


def respelled(text: str) -> str:
    """``text`` as it was written, with its words of dialect as the lexicons have them; what may belong to a
    name, a word with a capital or a particle, stays."""
    spelling = lexicon(LANGUAGES[0]).spelling
    return _respelled(LANGUAGES[0]).sub(
        lambda found: found[0] if found[0] in PARTICLES else spelling[found[0]], text
    )


def is_word(word: str) -> bool:
    """Whether a lexicon has a word, or the beginning of it."""
    words, stems = _vocabulary()
    return word in words or any(word[:length] in stems for length in range(_STEM, len(word) + 1))


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    """The words of all lexicons, and the beginnings of words."""
    every = [lexicon(one) for one in LANGUAGES]
    return frozenset().union(*(one.words for one in every)), frozenset().union(*(one.stems for one in every))


#: Letters: a shorter beginning is that of too many words.
_STEM = 8


@lru_cache(maxsize=256)  # every reader asks it of each sentence
def language_of(text: str, otherwise: str = LANGUAGES[0]) -> str:
    """The language whose words are most of ``text`` (of ``spaced``); a draw is ``otherwise``. A little word
    that another language has too ("in", "me", "die") counts less than one that only one of them has."""
    words = text.split()[:200]
    counted = {
        one: sum((word in lexicon(one).small_words) + (word in _own_words()[one]) for word in words)
        for one in LANGUAGES
    }
    best = max(counted.values())
    return otherwise if counted.get(otherwise) == best else max(counted, key=lambda one: counted[one])


def has_words_of(language: str, text: str) -> bool:
    """Whether ``text`` (of ``spaced``) has a word that only this language has."""
    return not _own_words()[language].isdisjoint(text.split())


@lru_cache(maxsize=1)
def _own_words() -> Mapping[str, frozenset[str]]:
    """The words of each language that no other has."""
    every = {one: lexicon(one).words | lexicon(one).small_words for one in LANGUAGES}
    return {
        one: words.difference(*(some for other, some in every.items() if other != one))
        for one, words in every.items()
    }


def _inflected(verb: str) -> list[str]:
    """The phrases of a verb, from the forms that its language has no rule for: "af melden meld meldt
    afgemeld" (a particle or "-", and the forms with the participle last). Behind an "of" stands to what it
    must be done."""
    forms, _, done_to = verb.partition(" of ")
    particle, infinitive, *finite, participle = forms.split()
    front = "" if particle == "-" else particle
    ends = "|".join(dict.fromkeys((front + infinitive, *(front + one for one in finite), participle)))
    begins = "|".join(dict.fromkeys((infinitive, *finite)))
    if not done_to:
        apart = [f"{begins} .. {front}", f"{begins} ... {front}", f"{front} te {infinitive}"] if front else []
        return [ends, *apart]
    apart = [f"{begins} .. {done_to}"]
    if front:
        apart = [f"{begins} .. {done_to} .. {front}", f"{done_to} .. {front} te {infinitive}"]
    return [f"{done_to} .. {ends}", f"{done_to} ... {participle}", *apart]


def _of_a_coming(happens: str) -> list[str]:
    """The phrases of what happens to a coming, in both orders: "mijn deelname ... vervalt", "vervalt mijn
    deelname"."""
    return [f"<coming> .. {happens}", f"{happens} .. <coming>"]


def _compiled(phrases: list[str], sets: Mapping[str, list[str]]) -> re.Pattern[str]:
    """One pattern for all phrases of a concept, over words with a space on both sides; of none, one that
    matches nothing."""
    either = "|".join(_pattern(phrase, sets) for phrase in phrases) or _NOTHING
    return re.compile(rf"(?<= )(?:{either})")


def _pattern(phrase: str, sets: Mapping[str, list[str]]) -> str:
    gaps = {"..": _GAP, "...": _TO_THE_END, "$": "$"}
    matched = "".join(gaps.get(word) or _word(word, sets) for word in phrase.split())
    return f"{matched}$" if "..." in phrase else matched


def _word(word: str, sets: Mapping[str, list[str]]) -> str:
    """One place in a phrase: a word, an alternative or a set, with the space behind it."""
    choices: list[str] = []
    for choice in word.split("|"):
        if choice in _KINDS:
            choices.append(_KINDS[choice])
        elif choice.startswith("<"):
            choices += map(_literal, sets[choice.strip("<>")])
        else:
            choices.append(_literal(choice))
    return rf"(?:{'|'.join(dict.fromkeys(choices))}) "


def _literal(word: str) -> str:
    parts = (re.escape(spaced(part).strip()).replace(r"\ ", " ") for part in word.split("~"))
    return r"\S*".join(parts)
