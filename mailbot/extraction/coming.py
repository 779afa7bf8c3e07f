"""Whether a question asks that somebody comes, and nothing more than that.

"Ik ben aanwezig" does; how they come, with whom, or to what part ("Ik kom met de wagen", "Aanwezig op de
receptie") is a question of its own, which "ik kom" in a mail does not answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from mailbot.domain.form import ATTENDS, FieldKind, Form
from mailbot.extraction.lexicon import lexicon, phrases
from mailbot.text.lexicon import MONTHS, WEEKDAYS
from mailbot.text.normalize import letters, plain

#: The event itself, behind a word of coming.
ABOUT_THE_EVENT = re.compile(rf"\s+{phrases('of_the_event')}\W*$")
_WORDS = re.compile(r"[^\W_]+")
#: Words of a phrase of coming, at most ("zal aanwezig zijn").
_LONGEST_PHRASE = 4
#: Letters of a word of the title that tells which event is meant.
_TELLING = 4


def presence_field(form: Form) -> str:
    """The key of the yes or no that says whether somebody comes: the one known by its key, or else the only
    one that asks just that; empty where none does, or several do (a day each)."""
    asked = [
        field.key
        for field in form.of_kind(FieldKind.YES_NO)
        if field.key == ATTENDS or asks_whether_somebody_comes(field.label, form.title)
    ]
    if ATTENDS in asked:
        return ATTENDS
    return asked[0] if len(asked) == 1 else ""


def asks_whether_somebody_comes(label: str, title: str) -> bool:
    """Whether a label says that somebody comes and adds nothing to it but who they are and to what event:
    ``title`` is what the form is called."""
    if not tells_of_coming(label):
        return False
    words = _WORDS.findall(ABOUT_THE_EVENT.sub(" ", plain(label)))
    return any(_adds_nothing(rest, title) for rest in _around_coming(words))


def tells_of_coming(text: str) -> bool:
    """Whether the letters of a text hold anything that may tell of coming: a cheap test before others."""
    return _tells_of_coming().search(letters(text)) is not None


@cache
def _tells_of_coming() -> re.Pattern[str]:
    known = lexicon()
    return re.compile("|".join({*known.concepts["attends"], *(first for first, _ in known.parted)}))


def _around_coming(words: list[str]) -> Iterable[list[str]]:
    """What is left of the words without a phrase of coming, for each that they hold."""
    known = lexicon().concepts["attends"]
    for begin in range(len(words)):
        for end in range(begin + 1, min(begin + _LONGEST_PHRASE, len(words)) + 1):
            if "".join(words[begin:end]) in known:
                yield words[:begin] + words[end:]
    for first, last in lexicon().parted:  # "ich nehme an der Sitzung teil"
        if first in words and last in (behind := words[words.index(first) + 1 :]):
            at = words.index(first) + 1 + behind.index(last)
            yield [*words[: words.index(first)], *behind[: behind.index(last)], *words[at + 1 :]]


def _adds_nothing(words: Iterable[str], title: str) -> bool:
    known = lexicon()
    named = [word for word in _WORDS.findall(plain(title)) if len(word) >= _TELLING]
    return all(
        word in known.neutral
        or word in known.coming
        or word.isdigit()
        or word in MONTHS
        or word in WEEKDAYS
        or (len(word) >= _TELLING and any(name.endswith(word) for name in named))
        for word in words
    )


def is_of_companion(label: str) -> bool:
    """Whether a label is about who comes along: "Mijn partner komt mee"."""
    return bool({letters(word) for word in plain(label).split()} & lexicon().companions)
