"""What somebody asks to have sent again: what we sent, or something of others ("het reglement").

Plain words, our events and when a mail was received go in; whether all that is asked for is another's comes
out.
"""

from __future__ import annotations

import re
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.matching.subject_matter import has_another_object, is_place_of_ours, says_nothing
from mailbot.text.lexicon import either, words_of
from mailbot.text.normalize import plain

_WE_SENT = re.compile(rf"\b{either(*words_of('subject', 'what_we_sent'))}\b")
_OBJECT = re.compile(
    rf"\b{either(*words_of('subject', 'determiners'))} (?P<noun>[a-z][\w'-]*)(?: (?P<next>[\w'-]+))?"
)


def is_of_others(subject: str, words: str, settings: Settings, received: datetime) -> bool:
    """Whether words that ask to send something once more name no thing of ours, and one of others."""
    if has_another_object(subject, words, settings, received):
        return True
    named = [(one["noun"], one["next"] or "") for one in _OBJECT.finditer(plain(words))]
    return bool(named) and not any(_may_be_ours(*pair, settings, received) for pair in named)


def _may_be_ours(noun: str, behind: str, settings: Settings, received: datetime) -> bool:
    """Whether a noun, or the one behind it where it may be an adjective, is a thing of ours or of nobody."""
    words = [noun, *([behind] if len(behind) > _SHORT else [])]
    return any(says_nothing(one) or is_place_of_ours(one, settings, received) for one in words)


#: Letters of a word that says nothing of its own.
_SHORT = 3


def names_what_we_sent(words: str) -> bool:
    """Whether words name a mail of ours or a registration as what is to be sent."""
    return bool(_WE_SENT.search(plain(words)))
