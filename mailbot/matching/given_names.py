"""Which of two words is a first name: in lists people write either of them in front."""

from __future__ import annotations

from importlib.resources import files

from mailbot.text.normalize import fold

#: First names of people here, of which some are family names as well.
_GIVEN = frozenset(fold((files(__package__) / "given_names.txt").read_text("utf-8")).split())
_TWO = 2


def is_given(word: str) -> bool:
    """Whether a word is a first name of people here."""
    return fold(word) in _GIVEN


def told_apart(name: str) -> tuple[str, str] | None:
    """First and last name of two words of which only one is a first name; None for any other name. Where it
    stands behind, they may be in order all the same: many a first name is a family's."""
    words = name.split()
    given = [all(part in _GIVEN for part in fold(word).split()) for word in words]
    if len(words) != _TWO or sum(given) != 1:
        return None
    return (words[0], words[1]) if given[0] else (words[1], words[0])
