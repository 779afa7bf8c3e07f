"""Whom words call by a function, or politely by a last name: "de burgemeester eet ...", "mevrouw Maes ...".

Words as written, the registrations that they may be about and the form go in; the words come out with the
whole name of the one person meant in place of that, so that all that reads names reads it. What may mean two
stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.domain.form import ROLE, Form
from mailbot.domain.registration import Registration
from mailbot.intent.lexicon import pattern
from mailbot.intent.roles import ROLES, WHOLE
from mailbot.matching.functions import NONE, OTHER, kind_of
from mailbot.matching.names import name_of
from mailbot.text.normalize import fold, plain

#: Before whom something is said.
FOR = rf"(?:\b(?i:{pattern('for_them')}|{pattern('whose')})\s+)?"
THE = rf"(?:(?i:{pattern('the_one')})\s+)"
#: A function with no name behind it.
_OFFICE = re.compile(rf"\b{THE}(?P<role>{WHOLE})\b(?!\s+[A-ZÀ-Þ])")
_OF_TOWN = rf"(?:\W+(?i:{pattern('whose')})(?:\s+[A-ZÀ-Þ][\w'’-]*){{1,3}})?"
#: A line that is no more, as who writes signs: "De burgemeester,", "De burgemeester van Damme".
_IS_OFFICE = re.compile(rf"\W*{THE}{WHOLE}{_OF_TOWN}\W*")
#: The same with what says that something is of them, or for them.
_SAID_OF = re.compile(rf"{FOR}{_OFFICE.pattern}")
_NAME = r"[A-ZÀ-Þ][\w'’-]*(?:\s+[A-ZÀ-Þ][\w'’-]*)*"
#: What stands before a last name: a title or a function.
TITLE = rf"\b{THE}?(?i:{ROLES.pattern}|{pattern('mister')}(?!\w))\s+"
_TITLED = re.compile(rf"{TITLE}(?P<last>{_NAME})")


def with_names(words: str, rows: Sequence[Registration], form: Form) -> str:
    """The words with a whole name for each function or title that means one of the ``rows`` and no other; a
    line that is a function alone is that of who signs."""
    whole = {row.nr: name_of(row.answers, form) for row in rows}

    def named(found: re.Match[str], meant: Sequence[Registration]) -> str:
        name = whole[meant[0].nr] if len(meant) == 1 else ""
        return name if " " in name else found[0]

    def by_title(found: re.Match[str]) -> str:
        said = fold(found["last"])
        return named(found, [row for row in rows if said and fold(row.text(form.family_name)) == said])

    def by_office(found: re.Match[str]) -> str:
        return named(found, _of_function(found["role"], rows))

    lines = _TITLED.sub(by_title, words).split("\n")
    return "\n".join(line if _IS_OFFICE.fullmatch(line) else _OFFICE.sub(by_office, line) for line in lines)


def without_office(text: str, rows: Sequence[Registration]) -> tuple[str, Registration | None]:
    """A text without the function that it calls one of the ``rows`` by, and that one; the text as it is and
    None where it calls nobody so, or may mean two."""
    for found in _SAID_OF.finditer(text):
        if len(meant := _of_function(found["role"], rows)) == 1:
            return f"{text[: found.start()]} {text[found.end() :]}", meant[0]
    return text, None


def _of_function(role: str, rows: Sequence[Registration]) -> list[Registration]:
    return [row for row in rows if _is_function(role, row.text(ROLE))]


def _is_function(said: str, role: str) -> bool:
    """Whether a function that words name is the one that somebody has: "de schepen" of a "schepen van sport",
    and not "de schepen van cultuur"."""
    one, other = plain(said), plain(role)
    alike = kind_of(said) == kind_of(role) not in (OTHER, NONE)
    return bool(other) and (one == other or (alike and (one in other or other in one)))
