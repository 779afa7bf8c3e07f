"""Yes or no, in all the shapes people give it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from mailbot.domain.doubt import Reason
from mailbot.domain.form import FormField
from mailbot.domain.submission import Code
from mailbot.extraction.boilerplate import (
    IN_PARENTHESES,
    is_instruction,
    is_placeholder,
    without_filler,
    without_remarks,
)
from mailbot.extraction.lexicon import phrases
from mailbot.extraction.spans import OPEN, Spans, text_of
from mailbot.extraction.values.options import Chosen, Option, chosen, last_choice
from mailbot.extraction.values.result import OPEN_ANSWER, ParsedValue, doubted
from mailbot.text.lexicon import A_NO, A_YES
from mailbot.text.normalize import tidy

#: With the full stop that ends it; "j." and "no. 4" are short for something else.
_NO = re.compile(rf"\b(?:(?:{phrases('no_answer')}|{A_NO})\b(?!\.\s*\w)|n\b(?!\.))", re.I)
_YES = re.compile(rf"\b(?:(?:{phrases('yes_answer')}|{A_YES})\b(?!\.\s*\w)|j\b(?!\.))", re.I)
#: Words of an answer that take or deny only what stands behind them: "ja (geen vis)", "nee (wel de lunch)".
_OF_WHAT_FOLLOWS = re.compile(rf"{phrases('of_what_follows')}\s+\w", re.I)
_RESERVE = re.compile(rf"\?|\b{phrases('reserve')}\b|\d", re.I)


def read_yes_no(field: FormField, spans: Spans, *, negative: bool) -> ParsedValue:
    """True or false; open where neither or nothing was chosen; doubted where both were.

    ``negative``: the label denies ("Ik neem niet deel"), so that its tick means no.
    """
    seen = tidy(text_of(spans).replace(OPEN, ""))
    if not seen or is_placeholder(seen):
        return OPEN_ANSWER
    spans = tuple(
        replace(span, text=without_remarks(without_filler(span.text), is_instruction))
        for span in last_choice(spans)
    )
    options = [*_statements(field.labels), ("nee", _NO), ("ja", _YES)]
    choice = chosen(spans, options)
    if len(choice.options) > 1 and not choice.boxes:
        choice = _without_remark(spans, options) or choice
    if choice.unclear or (choice.marks > 1 and not choice.offered):
        return doubted(None, Code.AMBIGUOUS, Reason.YES_NO_UNCLEAR, seen)
    if not choice.offered:
        return _without_a_word(choice, seen, negative=negative)
    if len(choice.options) > 1 and (choice.marks or any(c.isalnum() for c in choice.rest)):
        return doubted(None, Code.AMBIGUOUS, Reason.YES_AND_NO, seen)
    if len(choice.options) != 1:
        return OPEN_ANSWER  # "ja / nee", as the form has it
    return _said(choice, seen, negative=negative)


def _without_remark(spans: Spans, options: Sequence[Option]) -> Chosen | None:
    """The choice of "ja (geen vis)": what stands in parentheses is about something else; None where that
    leaves no single answer, or a remark takes it back ("ja (neen, toch niet)")."""
    bare = tuple(replace(span, text=IN_PARENTHESES.sub(" ", span.text)) for span in spans)
    choice = chosen(bare, options)
    if len(choice.options) != 1:
        return None
    other = _NO if choice.options[0] == "ja" else _YES
    remarks = (remark[1].strip() for remark in IN_PARENTHESES.finditer(text_of(spans)))
    if any(other.match(remark) and not _OF_WHAT_FOLLOWS.match(remark) for remark in remarks):
        return None
    return replace(choice, rest=text_of(spans))


def _without_a_word(choice: Chosen, seen: str, *, negative: bool) -> ParsedValue:
    """What a mark alone says, or words that are neither yes nor no."""
    if choice.marks == 1:
        return ParsedValue(not negative, seen=seen)
    if not any(c.isalnum() for c in choice.rest):
        return OPEN_ANSWER
    if choice.rest.strip(" .!").casefold() == "y":
        return ParsedValue(not negative, seen=seen)
    return doubted(None, Code.UNSURE, Reason.NEITHER_YES_NOR_NO, seen)


def _said(choice: Chosen, seen: str, *, negative: bool) -> ParsedValue:
    """The one answer that was chosen; doubted where other words beside it take something back."""
    value = choice.options[0] == "ja"
    if negative and not value:
        return doubted(None, Code.AMBIGUOUS, Reason.DOUBLE_DENIAL, seen)
    if negative:
        return ParsedValue(False, seen=seen)
    rest = IN_PARENTHESES.sub(" ", choice.rest) if choice.is_plainly_ticked else choice.rest
    if _RESERVE.search(rest):
        return doubted(value, Code.UNSURE, Reason.RESERVED, seen)
    return ParsedValue(value, seen=seen)


@lru_cache(maxsize=256)
def _statements(labels: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The labels themselves as answers: "Deelname: ☒ Ik neem deel"."""
    longest_first = sorted(labels, key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, label.strip(" ?").split())) for label in longest_first)
    return (("ja", re.compile(rf"\b(?:{words})\b", re.I)),)
