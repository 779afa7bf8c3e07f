"""Captions in words that nobody knows, which share a telling word with one question of the form: "Rekening
voor het geval dat" with "Rekeningnummer", "Instrument dat je bespeelt" with "Instrument"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from mailbot.domain.form import Form, FormField
from mailbot.extraction.lexicon import lexicon
from mailbot.text.normalize import letters, plain

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4  # letters of a word that tells something
_SHARED = 5  # letters that two words have in common, at the start of both or as the end of a compound
_MOST_OF = 0.6  # of the shorter word


@lru_cache(maxsize=2048)
def _telling(text: str) -> frozenset[str]:
    """The words of a label or a caption that tell what is asked: not those that stand in any."""
    known = lexicon().labels | lexicon().other
    words = _WORD.findall(plain(text))
    return frozenset(word for word in words if len(word) >= _SHORTEST or word in known) - _common()


def _of_question(label: str) -> frozenset[str]:
    """The words of a question of the form that tell what is asked; all of them where each stands in labels
    of any sort ("Adres")."""
    return _telling(label) or frozenset(w for w in _WORD.findall(plain(label)) if len(w) >= _SHORTEST)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Words that stand in labels of any sort, but for those that say who is meant ("kind")."""
    known = lexicon()
    asking = frozenset[str]().union(*known.asking.values())
    common = known.neutral | known.around | known.addressed | known.coming | known.turning | asking
    return frozenset(plain(word) for word in common - known.other)


@lru_cache(maxsize=32)
def words_of(form: Form) -> dict[str, frozenset[str]]:
    """The telling words of each question of a form, with those by which any form asks the same."""
    known = lexicon()
    words = {field.key: frozenset[str]().union(*map(_of_question, field.labels)) for field in form.fields}
    for concept, fields in known.fields(form).items():
        if len(fields) == 1 and len(fields[0]) == 1:
            more = frozenset[str]().union(*map(_telling, known.concepts[concept]))
            words[fields[0][0]] = words[fields[0][0]] | more
    return words


def shared(caption: str, field: FormField, words: Iterable[str], *, whole: bool = False) -> float:
    """How much of a caption and of a question are the same words (``words``: all by which it is asked), or
    of the same stem, or a compound of one; ``whole``: only the words themselves, as "kooklunch" is no lunch.
    0 for nothing, 2 for all of either."""
    told = _telling(caption)
    alike = str.__eq__ if whole else _alike
    found = {one for one in told if any(alike(one, other) for other in words)}
    if not found:
        return 0
    covered = (
        sum(any(alike(one, other) for one in found) for other in own) / len(own)
        for own in filter(None, map(_of_question, field.labels))
    )
    return max(covered, default=0) + len(found) / len(told)


def says_no_more(caption: str, words: Iterable[str]) -> bool:
    """Whether a caption has one of these words, and besides nothing but what stands in labels of any sort."""
    told = _telling(caption)
    return bool(told) and told <= {*words, *lexicon().labels}


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter, longer = sorted((letters(one), letters(other)), key=len)
    if len(shorter) < _SHARED:
        return False
    if shorter in longer:
        return longer.startswith(shorter) or longer.endswith(shorter)
    begun = next((n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return begun >= _SHARED and begun >= _MOST_OF * len(longer)
