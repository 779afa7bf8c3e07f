"""The files of phrases: each says something of its own, in a form that is read as it was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from mailbot.intent.lexicon import _data, _pattern, spaced
from mailbot.text.lexicon import LANGUAGES

#: Concepts of which it matters what their phrase spans: a longer one that stands first is not shadowed.
_SPANNED = frozenset(
    {
        "as_present",
        "apology",
        "asked_around",
        "asks_for_oneself",
        "asks_us",
        "asks_whether",
        "become",
        "becomes",
        "before_whose",
        "cancels_other",
        "come",
        "diet_said",
        "does_to",
        "done_to",
        "eats_all",
        "told_around",
        "asked_instead",
        "echoed",
        "elsewhere",
        "ends_object",
        "if_room",
        "left_by_another",
        "left_out",
        "listed_in",
        "listed_instead",
        "listed_out",
        "meal",
        "none_noted",
        "not_of_anybody",
        "not_this_time",
        "noted_as",
        "of_whom",
        "of_writer",
        "opens_wish",
        "own_reach_of",
        "owned",
        "owner",
        "owns",
        "partly",
        "places",
        "plea",
        "tells_that",
        "that_part",
        "together",
        "wish",
    }
)
_PARTS = ("concept", "who", "field")
_LISTS = [
    (language, part, name)
    for language in LANGUAGES
    for part in _PARTS
    for name in sorted(_data(language)[part])
]


def _sets(language: str) -> Mapping[str, list[str]]:
    return {name: words.split() for name, words in _data(language)["set"].items()}


def _choices(token: str, sets: Mapping[str, list[str]]) -> list[str]:
    """What may stand in one place of a phrase."""
    if token in ("..", "..."):
        return ["", "qq " * (6 if token == ".." else 20)]
    said: list[str] = []
    for one in token.split("|"):
        if one.startswith("<"):
            said += sets[one.strip("<>")]
        else:
            said += (
                [one[:-1], f"{one[:-1]}qq"]
                if one.endswith("~")
                else [{"#": "15u", "%": "2026", "&": "13", "^": "c"}.get(one, one)]
            )
    return [f"{word.strip()} " for word in map(spaced, said) if word.strip()]


def _said_with(phrase: str, sets: Mapping[str, list[str]]) -> Iterator[str]:
    """Texts in which a phrase stands, with each of its choices once."""
    places = [_choices(token, sets) for token in phrase.split() if token != "$"]
    behind = "" if "$" in phrase or "..." in phrase else "qq "
    for number, place in enumerate(places):
        for one in place:
            words = (one if at == number else other[0] for at, other in enumerate(places))
            yield f" qq {''.join(words)}{behind}"


@pytest.mark.parametrize(("language", "part", "name"), _LISTS)
def test_no_phrase_is_matched_by_another_of_its_list_wherever_it_stands(
    language: str, part: str, name: str
) -> None:
    sets, phrases = _sets(language), _data(language)[part][name]
    compiled = [re.compile(f"(?<= ){_pattern(one, sets)}") for one in phrases]
    for number, phrase in enumerate(phrases):
        others = compiled[:number] if name in _SPANNED else [*compiled[:number], *compiled[number + 1 :]]
        said = [*_said_with(phrase, sets)]
        first = [one for one in others if one.search(said[0])]
        if name in _SPANNED:  # the first of a list is taken where both begin in one place
            first = [
                one for one in first if all((at := one.search(text)) and at.start() <= 4 for text in said)
            ]
        assert not any(all(one.search(text) for text in said) for one in first), phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_place_of_a_phrase_is_words_between_bars(language: str) -> None:
    sets = _sets(language)
    for part in _PARTS:
        for name, phrases in _data(language)[part].items():
            for token in (token for phrase in phrases for token in phrase.split()):
                choices = token.split("|")
                assert all(choices), (name, token)  # "a | b" would be three places
                assert all(one.strip("<>") in sets for one in choices if one.startswith("<")), (name, token)
