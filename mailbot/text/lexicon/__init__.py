"""Words that every reader needs, whatever it reads: a TOML file a language, all languages together.

What only forms or only sentences say stands in the lexicons of ``extraction`` and ``intent``. Each of the
three has a file for each language of ``LANGUAGES``.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files

from mailbot.text.characters import DRAWN_MARKS, TICKED, TYPED_MARKS

#: The languages that people write to us in. Where words of two fit, the first counts.
LANGUAGES = ("nl", "fr", "en", "de")

_DATA = [tomllib.loads((files(__name__) / f"{one}.toml").read_text("utf-8")) for one in LANGUAGES]


def _all(key: str) -> tuple[str, ...]:
    """The words of every language, each once."""
    return tuple(dict.fromkeys(word for data in _DATA for word in data[key]))


def words_of(table: str, key: str) -> tuple[str, ...]:
    """The words, or patterns, that a table of every language has for one thing, each once."""
    found = (data[table][key] for data in _DATA)
    return tuple(
        dict.fromkeys(w for words in found for w in (words.split() if isinstance(words, str) else words))
    )


def either(*words: str) -> str:
    """A regular expression for one of these words."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


YES, NO = _all("yes"), _all("no")
#: Regular expressions: a yes, a no, either of them, and what stands between the two where both are offered.
A_YES, A_NO, YES_OR_NO, OR = either(*YES), either(*NO), either(*YES, *NO), either(*_all("or"))
#: What joins two words: and, or; two clauses: but.
AND, BUT = _all("and"), _all("but")
#: A regular expression for an "and".
AN_AND = either(*AND)
JOINING = frozenset((*AND, *_all("or")))
#: What says no of the clause it stands in, and what says yes of one beside such a clause.
NOT, AFTER_ALL = _all("not"), _all("after_all")
#: What stands between somebody's name and the town where they are from.
OF_PLACE = _all("of_place")
#: The number of a day of the week by its names, from Monday.
WEEKDAYS = {name: at for data in _DATA for at, name in enumerate(data["weekdays"])}
#: The number of a month by its names.
MONTHS = {name: at for data in _DATA for at, names in enumerate(data["months"], start=1) for name in names}


#: What cells say besides: a letter, a word of agreement, a mark, and what Excel makes of a box.
_IN_CELLS = {
    **dict.fromkeys((*YES, "j", "ok", "oke", "oké", "okay", "☑", TICKED, "1", "waar", "true"), True),
    **dict.fromkeys((*TYPED_MARKS.casefold(), *DRAWN_MARKS), True),
    **dict.fromkeys((*NO, "n", "0", "onwaar", "false"), False),
}


def of_cell(text: str) -> bool | None:
    """Yes or no, as somebody typed it in a cell; None for anything else."""
    return _IN_CELLS.get(text.strip().casefold())


def is_yes_or_no(word: str) -> bool:
    """Whether a word is yes or no and nothing else."""
    return word.lower() in (*YES, *NO)
