"""Boxes to tick and the marks in them, however they are typed or drawn: the one source for every reader.

A reader of documents makes ``TICKED`` and ``UNTICKED`` of what is drawn; what people type in their place
("[x]", "( )", a lone x) is told here.
"""

from __future__ import annotations

import re

from mailbot.extraction.boilerplate import means_nothing
from mailbot.text.characters import DRAWN_MARKS, FILLED, TICKED, TYPED_MARKS, UNTICKED
from mailbot.text.lexicon import NO, YES

#: Both signs, for the inside of a character class.
SIGNS = TICKED + UNTICKED
#: A box of any kind: ``on`` where it is ticked, ``off`` where it is not.
BOX = re.compile(
    rf"(?P<on>{TICKED}|[{DRAWN_MARKS}]|\[\s*[{TYPED_MARKS}]\s*\]|\(\s*[{TYPED_MARKS}]\s*\)|(?<![\w.])[xX](?![\w.]))"
    rf"|(?P<off>{UNTICKED}|\[\s*\]|\(\s*\)|(?<![\w.'’])[oO](?![\w.'’]))"
)
#: A lone "v" where the other options of a line still have their box: it was typed over one.
TYPED_OVER = re.compile(r"(?:(?<=\s\s)|(?<=[\t\n])|(?<=\A))(?P<on>[vV])(?=\s{1,2}\S)")
#: A lone "v" right before an option, where others of the line have their box: it took the place of one.
IN_PLACE_OF_BOX = re.compile(r"(?:\A|(?<=\s))(?P<on>[vV])\s{1,2}\Z")
#: A text that is a mark and nothing else.
LONE_MARK = re.compile(rf"\s*[{TYPED_MARKS}{DRAWN_MARKS}{TICKED}]\s*")
#: A box, drawn or typed, ticked or not, as a pattern.
ANY_BOX = rf"[{SIGNS}]|[(\[]\s*[{TYPED_MARKS}]?\s*[)\]]"
#: What begins with a box, drawn or typed.
BOXED = re.compile(rf"\s*(?:{ANY_BOX})")
#: The box, or the lone letter in its place, that a line of a list begins with.
LEADING = re.compile(rf"^[\s{SIGNS}]*(?:[(\[]?\s*[{TYPED_MARKS}oO]?\s*[)\]]\s*|[{TYPED_MARKS}oO]\s+)?")
#: The box, perhaps the half of one, that words end in: it belongs to the words behind it.
TRAILING = re.compile(rf"[(\[]\s*[{TYPED_MARKS}]?\s*[)\]]?$")


def has_box(text: str) -> bool:
    """Whether a drawn box stands in a text, ticked or not."""
    return TICKED in text or UNTICKED in text


def is_mark(text: str) -> bool:
    """Whether somebody who wrote nothing but this marked something: a letter, a tick, a filled shape."""
    return LONE_MARK.fullmatch(text) is not None or (len(text) == 1 and text in FILLED)


def is_chosen(text: str) -> bool | None:
    """Whether what stands in the room for a mark chooses ("x", "XX", "ja", "1"), or not ("", "-", "0");
    None where it is something else."""
    said = text.replace(UNTICKED, " ").strip(" ._…\n\t")
    word = said.lower().rstrip("!")
    if said and (word in YES or said == "1" or all(map(is_mark, said.replace(" ", "")))):
        return True
    return False if not said or word in NO or said == "0" or means_nothing(said) else None
