"""Slips of the fingers: a letter too few, too many, or two exchanged in a long word."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from string import ascii_lowercase

#: Letters. In shorter words one letter makes another word ("schijven" and "schrijven").
_LONG = 10
_LONGEST = 40
_MOST = 20  # words of one text: what nobody knows costs the most
_WORD = re.compile(rf"\b[a-z]{{{_LONG - 1},{_LONGEST}}}\b")


def mended(text: str, is_known: Callable[[str], bool], may_be: Callable[[str], bool] = lambda _: True) -> str:
    """``text`` in plain letters, with each long word that is nearly a known one as that one. No letter is
    taken for another: that is how words differ ("verhinderd", "verminderd"). ``may_be`` says, sooner than by
    trying all slips, that a word cannot be one of a known one."""

    left = _MOST

    def mend(found: re.Match[str]) -> str:
        nonlocal left
        word = found[0]
        if is_known(word) or left == 0 or not may_be(word):
            return word
        left -= 1
        return next((one for one in _near(word) if len(one) >= _LONG and is_known(one)), word)

    return _WORD.sub(mend, text)


def mended_as(text: str, known: Collection[str]) -> str:
    """``text`` with each long word that is nearly one of a few ``known`` ones as that one."""

    def may_be(word: str) -> bool:
        return any(abs(len(word) - len(one)) <= 1 and one[0] in word[:2] for one in known)

    return mended(text, known.__contains__, may_be)


def _near(word: str) -> Iterator[str]:
    """The words that differ by one slip; the first letter is right, or the second."""
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
    for at in range(1, len(word) + 1):
        for letter in ascii_lowercase:
            yield word[:at] + letter + word[at:]
