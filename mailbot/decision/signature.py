"""What stands below a mail of who wrote it: a signature, or a name in the last line of its words.

What follows asks for more or less certainty: ``signed_name`` is surely somebody's whole name, ``signed``
all that may be a name, and ``signs_as`` tells whether that may be a certain person's.
"""

from __future__ import annotations

from mailbot.domain.document import Paragraph
from mailbot.domain.message import Message
from mailbot.matching.names import PARTICLES, is_less_of
from mailbot.matching.shown_names import name_shown
from mailbot.text.closings import begins_closing, without_closing
from mailbot.text.normalize import fold

#: Words of a name below a mail, at most.
_NAME_WORDS = 5


def signed_lines(message: Message) -> tuple[str, ...]:
    """The lines of the signature that the writer of a mail put below it."""
    signed = (b.text for b in message.body if isinstance(b, Paragraph) and b.signature and not b.quote)
    return tuple(line for text in signed for line in text.split("\n"))


def last_line(words: str) -> str:
    """The last line of the words of a mail, where a name without a closing stands."""
    return words.strip().rpartition("\n")[2]


def signed(message: Message, words: str) -> str:
    """The signature, however many lines, or else the name in the last line of the words."""
    return "\n".join(signed_lines(message)) or _name_below(words)


def signed_name(message: Message, words: str) -> str:
    """The name of the one person whom the line below the words of a mail names, above what else stands there;
    empty where that line is no whole name, with capitals, as people sign."""
    below = (*signed_lines(message), last_line(words))
    first = next((line.strip(" ,.") for line in below if line.strip() and not begins_closing(line)), "")
    return name_shown(first) if _has_capitals(first.split()) else ""


def signs_as(below: str, name: str) -> bool:
    """Whether what is ``signed`` is no other name than this one: none at all, the name in one of its lines,
    or a word of it where no line is a whole name."""
    lines = [name_shown(line) or line for line in below.splitlines() if fold(line)]
    words = {word for line in lines for word in fold(line).split()}
    whole = any(map(name_shown, lines))
    theirs = any(is_less_of(line, name) for line in lines)
    return not lines or theirs or (not whole and not words.isdisjoint(fold(name).split()))


def _name_below(words: str) -> str:
    """What stands for a name in the last line of words: "P. Zot", "groetjes, Pier"."""
    last = last_line(words)
    if (behind := without_closing(fold(last))) != fold(last):
        return behind
    said = [word for word in last.split() if word[:1].isalpha()]
    signs = 0 < len(said) <= _NAME_WORDS and _has_capitals(said)
    return last if "\n" in words.strip() and signs and not begins_closing(last) else ""


def _has_capitals(words: list[str]) -> bool:
    """Whether all words are written as those of a name."""
    return all(word[:1].isupper() or fold(word) in PARTICLES for word in words)
