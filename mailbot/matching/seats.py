"""A place that somebody takes or gives away, which is none at a meeting of ours: "mijn plaats op rij twee",
"vervangt mij in het panel".

A sentence in plain letters, our events and when a mail was received go in; whether its place is another comes
out.
"""

from __future__ import annotations

import re
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.matching.subject_matter import is_place_of_ours, says_nothing
from mailbot.text.lexicon import words_of


def _phrases(key: str) -> str:
    return "|".join(words_of("subject", key))


_PLACE = rf"\b(?:{_phrases('place_of_somebody')})\b"
_NOUN = r"(?P<noun>[a-z][\w'-]*)"
#: What stands between a preposition and its noun.
_BETWEEN = rf"(?:(?:{_phrases('determiners')}|{_phrases('which_of_them')}) )"
#: Where a place is, right behind it or behind whom somebody replaces; a piece of a house needs no article.
_WHERE = re.compile(rf"{_PLACE} (?:{_phrases('at')}) (?:{_BETWEEN}+|(?=(?:{_phrases('pieces')})\b)){_NOUN}")
#: What somebody is replaced during, on either side of it.
_WHEN = rf"\b(?:{_phrases('during')}) {_BETWEEN}*{_NOUN}"
_DURING = tuple(map(re.compile, (rf"{_PLACE}[^,;.]*?{_WHEN}", rf"{_WHEN}[^,;.]*?{_PLACE}")))
_PIECE = re.compile(_phrases("pieces"))
_MEETING = re.compile(rf"(?:{_phrases('meetings')}|{_phrases('meeting_nouns')})\b")


def is_another_seat(sentence: str, settings: Settings, received: datetime) -> bool:
    """Whether a place that a sentence gives to somebody is said to be where no meeting of ours is, or held
    for a time that is none."""
    where = (found["noun"] for found in _WHERE.finditer(sentence))
    during = (found["noun"] for way in _DURING for found in way.finditer(sentence))
    return any(_is_elsewhere(one, settings, received) for one in where) or not all(
        _is_of_ours(one, settings, received) for one in during
    )


def _is_elsewhere(noun: str, settings: Settings, received: datetime) -> bool:
    if _PIECE.fullmatch(noun):
        return True
    return not (says_nothing(noun) or _is_of_ours(noun, settings, received))


def _is_of_ours(noun: str, settings: Settings, received: datetime) -> bool:
    """Whether a noun is a meeting by a word for any, or one that ours is called by."""
    return bool(_MEETING.match(noun)) or is_place_of_ours(noun, settings, received)
