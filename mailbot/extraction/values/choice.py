"""One of the choices that the form offers."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from mailbot.domain.doubt import Reason
from mailbot.domain.form import FormField
from mailbot.domain.submission import Code
from mailbot.extraction.boilerplate import is_placeholder, means_nothing
from mailbot.extraction.lexicon import lexicon
from mailbot.extraction.spans import OPEN, Spans, text_of
from mailbot.extraction.ticks import BOX
from mailbot.extraction.values.options import Chosen, chosen
from mailbot.extraction.values.result import OPEN_ANSWER, ParsedValue, doubted
from mailbot.text.dates import names_a_day
from mailbot.text.lexicon import AN_AND
from mailbot.text.normalize import letters, plain, tidy

#: Between options that a person names, and not a form that offers them.
_LISTED = re.compile(rf", |\b{AN_AND}\b|&|\+")
_JOINED = re.compile(rf"\b{AN_AND}\b", re.I)
#: What an option is numbered with, by which people name it: "B. Verzekering en statuut", "C – Water",
#: "A2 Strips".
_SIGN = re.compile(
    r"((?:[^\W_]|\d{1,2})(?=[.):]|\s+[-–—])|[A-Za-z]\d{1,2}|\d{1,2}[A-Za-z])(?:[.):]|\s+[-–—])?\s+\S"
)
#: What explains an option behind its name: "Module 1 – Klimaat (4 mei)", "Lid (€ 20)", "Atelier 1 : eau".
_EXPLAINS = re.compile(r"\s+[-–—:]\s+|:\s+|\s+\(")
_BETWEEN_SIGNS = re.compile(rf"\s*(?:[,;/+&]|\b{AN_AND}\b)\s*", re.I)
_TELLING = 4  # letters that an option begins with


def read_choice(field: FormField, spans: Spans) -> ParsedValue:
    """The choice as the form spells it; doubted where several or none of them were named."""
    seen = tidy(text_of(spans).replace(OPEN, ""))
    if not seen or is_placeholder(seen):
        return OPEN_ANSWER
    choice = chosen(spans, option_patterns(field.choices))
    if choice.unclear:
        return doubted(None, Code.AMBIGUOUS, Reason.CHOICE_UNCLEAR, seen)
    if len(choice.options) > 1:
        return _several(field, choice, seen)
    if choice.options:
        if any(c.isalnum() for c in choice.rest) and not choice.is_plainly_ticked:
            whole = [one for one in field.choices if letters(one) == letters(seen)]
            if len(whole) == 1 and not BOX.search(seen):
                return ParsedValue(whole[0], seen=seen)  # "niet lid" for "niet-lid", and no member
            return doubted(choice.options[0], Code.UNSURE, Reason.MORE_THAN_CHOICE, seen)
        return ParsedValue(_with_its_words(choice.options[0], seen), seen=seen)
    if choice.marks and not choice.offered:
        return doubted(None, Code.AMBIGUOUS, Reason.TICK_OF_WHAT, seen)
    if choice.offered or means_nothing(seen):
        return OPEN_ANSWER
    return _in_other_words(field, seen)


def _with_its_words(option: str, seen: str) -> str:
    """An option that asks which ("andere:"), with the words that stand behind it."""
    at = re.search(re.escape(option), seen, re.I) if option.endswith(":") else None
    words = BOX.split(seen[at.end() :], maxsplit=1)[0].strip(" ._…") if at else ""
    return f"{option} {words}" if any(c.isalnum() for c in words) else option


def _several(field: FormField, choice: Chosen, seen: str) -> ParsedValue:
    """Several options: all of them, where each has a mark or they are listed and nothing else is said; a
    doubt where the form does not say that it allows that."""
    told = ", ".join(_with_its_words(option, seen) for option in choice.options)
    if choice.marks:
        if len(choice.options) != choice.marks:
            return doubted(None, Code.AMBIGUOUS, Reason.CHOICE_UNCLEAR, seen)
        if _allows_several(field, choice):
            return ParsedValue(told, seen=seen)
        return doubted(told, Code.AMBIGUOUS, Reason.MANY_CHOICES, seen)
    if len(choice.options) == len(field.choices) and not _LISTED.search(choice.rest):
        return OPEN_ANSWER  # all of them, as the form lists them
    is_list = not any(c.isalnum() for c in _JOINED.sub(" ", choice.rest))
    return doubted(told if is_list else None, Code.AMBIGUOUS, Reason.MANY_CHOICES, seen)


def _allows_several(field: FormField, choice: Chosen) -> bool:
    """Whether the question speaks of several, or its options are days or parts of one: people come on those
    they tick."""
    told = lexicon().several.search(plain(f"{field.label} {choice.rest}"))
    return (
        told is not None or all(map(names_a_day, field.choices)) or all(map(_is_part_of_day, field.choices))
    )


def _is_part_of_day(option: str) -> bool:
    """Whether an option names a part of a day, and perhaps what is then: "voormiddag (9.30 uur)"."""
    return lexicon().dayparts.match(plain(option)) is not None


def _in_other_words(field: FormField, seen: str) -> ParsedValue:
    """Options that were named by their signs, or one that was named without what explains it, misspelt, or
    named by the words that it begins with."""
    said = letters(seen)
    signs = {letters(sign[1]): choice for choice in field.choices if (sign := _SIGN.match(choice))}
    named = list(map(letters, _BETWEEN_SIGNS.split(seen)))
    if len(signs) == len(field.choices) and set(named) <= signs.keys():
        told = ", ".join(dict.fromkeys(signs[one] for one in named))
        if len(named) > 1:
            return doubted(told, Code.AMBIGUOUS, Reason.MANY_CHOICES, seen)
        return ParsedValue(told, seen=seen)
    if option := option_named(seen, field.choices):
        return ParsedValue(option, seen=seen)
    near = [c for c in field.choices if OSA.distance(letters(c), said) <= min(2, len(letters(c)) // 4)]
    near = near or [c for c in field.choices if len(said) >= _TELLING and letters(c).startswith(said)]
    if len(near) == 1:
        return doubted(near[0], Code.UNSURE, Reason.CHOICE_TAKEN_AS, seen, near[0])
    return doubted(None, Code.INVALID, Reason.NO_CHOICE, seen, ", ".join(field.choices))


@lru_cache(maxsize=4096)
def option_named(text: str, choices: tuple[str, ...]) -> str:
    """The option that a text is, or is without what explains it behind its name, where no other begins so;
    empty for none."""
    said = letters(text)
    if not said:
        return ""
    whole = [choice for choice in choices if letters(choice) == said]
    if whole:
        return whole[0]
    begun = [choice for choice in choices if letters(choice).startswith(said)]
    return begun[0] if len(begun) == 1 and letters(_EXPLAINS.split(begun[0])[0]) == said else ""


@lru_cache(maxsize=256)
def option_patterns(choices: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each option with the words that stand for it, the longest first."""
    longest_first = sorted(choices, key=len, reverse=True)
    return tuple((choice, re.compile(rf"(?<!\w){_words(choice)}(?!\w)", re.I)) for choice in longest_first)


def _words(choice: str) -> str:
    return r"\s+".join(map(re.escape, choice.split()))
