"""Numbers and addresses that hold for a time or a purpose only: "tijdens mijn verlof ben ik bereikbaar op
...", "voor dringende zaken: ...". They take the place of nothing that is noted.

Words as written go in; the values of such sentences, as letters and figures, come out.
"""

from __future__ import annotations

import re

from mailbot.intent.answers.values import phones_in
from mailbot.intent.lexicon import Lexicon, lexicon, spaced
from mailbot.intent.sentences import sentences
from mailbot.matching.addresses import addresses_in
from mailbot.text.lexicon import LANGUAGES
from mailbot.text.normalize import letters

#: Between the parts of a sentence of which each value may have a time or a purpose of its own.
_APART = re.compile(r"[,;]\s+")


def only_then(words: str) -> frozenset[str]:
    """The numbers and addresses (as ``letters``) that words give for a time or a purpose of its own alone."""
    said = [sentence.text for sentence in sentences(words.splitlines())]
    return frozenset(
        letters(value)
        for before, text in zip(("", *said), said, strict=False)
        for part in _parts(text)
        if (values := _values(part))
        if _is_limited(part, values) or (_tells_a_time(before) and not _is_new(part))
        for value in values
    )


def _tells_a_time(text: str) -> bool:
    """Whether a sentence without a value says when what follows holds: "Ik ben met verlof."."""
    said = spaced(text)
    return not _values(text) and any(lexicon(one).says("for_a_time", said) for one in LANGUAGES)


def _is_new(text: str) -> bool:
    said = spaced(text)
    return any(lexicon(one).says(concept, said) for one in LANGUAGES for concept in ("change", "dropped"))


def _parts(text: str) -> list[str]:
    """A sentence, cut behind each number or address where another follows: what stands before the first is of
    that, what stands behind the last of the last."""
    parts = [""]
    for piece in _APART.split(text):
        if _values(piece) and _values(parts[-1]):
            parts.append("")
        parts[-1] = f"{parts[-1]}, {piece}" if parts[-1] else piece
    return parts


def _values(text: str) -> list[str]:
    return [*phones_in(text), *addresses_in(text)]


def _is_limited(text: str, values: list[str]) -> bool:
    """Whether what ``values`` of a text are given for is a time, or a purpose that is none of ours. A new
    value may have a time alone; since when it holds is no limit: "vanaf 1 december"."""
    for value in values:
        text = text.replace(value, " ")
    said = spaced(text)
    return any(_limits(lexicon(one), lexicon(one).concepts["since_when"].sub(" ", said)) for one in LANGUAGES)


def _limits(lex: Lexicon, said: str) -> bool:
    if lex.says("for_a_time", said):
        return True
    if lex.says("change", said) or lex.says("dropped", said):
        return False
    behind = (said[found.end() - 1 :] for found in lex.concepts["for_which"].finditer(said))
    return lex.says("for_a_purpose", said) or not all(_is_ours(words, lex) for words in behind)


def _is_ours(words: str, lex: Lexicon) -> bool:
    """Whether the words behind a "for" say no purpose: nothing, who writes or reads, what is noted, ours, or
    how it is meant ("voor alle duidelijkheid")."""
    at = 1
    while at < len(words) and (found := lex.concepts["before_whose"].match(words, at)):
        at = found.end()
    return at >= len(words) or any(
        lex.concepts[one].match(words, at) for one in ("of_writer", "ours", "says_how")
    )
