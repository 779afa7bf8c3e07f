"""Requests to note something of somebody by name, as the plain statement that they ask to be noted.

A text as written goes in, and comes out with "kan u voor Bo Claes noteren dat zij glutenvrij eet?" as "Bo
Claes: glutenvrij eet.", so that all that reads statements reads it: who asks so asks no question.
"""

from __future__ import annotations

import re

from mailbot.intent.lexicon import pattern, turns_of_phrase
from mailbot.intent.person_mentions import TOKEN
from mailbot.matching.names import PARTICLES

_LONGEST = 1_500
#: A first and a last name.
_NAME = rf"(?P<name>{TOKEN}(?:\s+(?:{'|'.join(PARTICLES)})){{0,3}}(?:\s+{TOKEN}){{1,3}})"
#: What is to be noted, up to the end of the sentence.
_WHAT = r"(?P<what>(?:[^.!?\n]|\.(?=\S)){2,160}?)"
_END = r"\s*(?=[.!?](?:\s|$)|\n|$)[.!?]?"
_BEGINS = r"(?:^|(?<=[.!?]\s)|(?<=\n))"
_ASKED = tuple(
    re.compile(rf"{_BEGINS}{one}{_END}", re.I | re.M)
    for one in turns_of_phrase("noted_for", name=f"(?-i:{_NAME})", what=_WHAT)
)
#: "Als functie schepen": the question and its answer.
_AS = re.compile(rf"^(?:{pattern('as_one')})\s+(?P<label>[a-z-]+)\s+(?P<value>\S.*)$", re.I)


def as_statement(text: str) -> str:
    """The text with each request to note something of one person by name as what it tells of them."""
    said = text[:_LONGEST]
    for one in _ASKED:
        said = one.sub(_told, said)
    return said + text[_LONGEST:]


def _told(found: re.Match[str]) -> str:
    what = _AS.sub(lambda one: f"{one['label']}: {one['value']}", found["what"].strip())
    return f"{found['name']} {what}."
