"""A sender's own words, cut into sentences and clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mailbot.intent.lexicon import as_written
from mailbot.text.closings import begins_closing, without_closing
from mailbot.text.normalize import plain, tidy

_MAX_SENTENCES = 200
_LOOKED_AT = 3_000  # characters of a sentence
_LONG_GREETING = 300
_WRAPPED = 55  # a line this long that ends without a stop was broken by the mail program
_STOP = re.compile(r"(?<=[.!?…])[\"')\]]*\s+|\s*;\s+|\s+[•*]\s+")
_NO_STOP = re.compile(
    r"\b(mevr|mw|dhr|hr|dr|prof|ir|ing|bv|bijv|bvb|o\.a|i\.p\.v|ipv|m\.b\.t|a\.u\.b|aub|nr|tel|incl|excl"
    r"|ca|st|jl|a\.s|blz|art|resp)\.\s+",
    re.I,
)
_CLAUSE = re.compile(
    r"\s*[,:()–—]\s*|\s+-\s+|(?<! mij)(?<! me)(?<! ons)(?<! je)\s+(?=maar\s)|\s+(?=(?:want(?! to)|aangezien"
    r"|omdat|zodat|doordat|waardoor|vandaar|gelieve|mais|car|but|because)\s)"
    # "ik ben ziek dus ik kom niet", and not "ik kom dus niet"
    r"|\s+(?=(?:dus|daarom) (?:ik|k|we|wij|hij|zij|ze|het|er|kan|kunnen|zal|zullen|kom|moet|moeten|ben)\s)"
)
_GREETING = re.compile(
    r"\s*(beste|dag|hallo|hoi|hey|goedemorgen|goedemiddag|goeiemorgen|goedendag|goededag|geachte|bonjour"
    r"|dear|hello|hi|cher|chere|"
    r"madame|monsieur|mevrouw|mijnheer|allen|collega'?s?)\b(?:\s+[^\s,.!?]+){0,5}\s*[,!.]?\s*"
)
_OPENING = re.compile(
    r"^\s*(?:beste|dag|hallo|hoi|hey|geachte|goedemorgen|goedemiddag|dear|hello|hi"
    r"|bonjour)\b[^,.!?]{0,50}[,!]\s*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: as written, and in plain letters with its clauses."""

    text: str
    plain: str
    clauses: tuple[str, ...]
    whole: bool = True  # else it went on where nobody read

    @property
    def asks(self) -> bool:
        """Whether it ends in a question mark."""
        return self.text.rstrip("\"') ").endswith("?")


def sentences(lines: Iterable[str]) -> tuple[Sentence, ...]:
    """The sentences in these lines, greetings left out. A line break ends a sentence unless the
    line was long and the next goes on in lower case."""
    joined: list[str] = []
    length = 0
    for line in map(tidy, lines):
        if not line:
            continue
        ends = begins_closing(line) or (joined and joined[-1][-1] in ".!?:;")
        goes_on = joined and not ends and (line[0].islower() or length >= _WRAPPED)
        if goes_on and (length >= _WRAPPED or line[0].islower()) and not _is_greeting(joined[-1]):
            joined[-1] = f"{joined[-1][:_LOOKED_AT]} {line}"
        else:
            joined.append(line)
        length = len(line)
    out: list[Sentence] = []
    for line in joined[:_MAX_SENTENCES]:
        kept = _NO_STOP.sub(lambda found: found[0].replace(". ", ".\x00"), line[:_LOOKED_AT])
        for piece in _STOP.split(kept):
            text = piece.replace("\x00", " ").strip()
            if not text or _is_greeting(text) or (out and _is_closing(text)):
                continue
            text = without_greeting(text)
            letters = as_written(plain(text))
            clauses = tuple(clause.strip(" .!?\"'") for clause in _CLAUSE.split(letters))
            said = tuple(clause for clause in clauses if clause)
            out.append(Sentence(text, letters, said, len(line) <= _LOOKED_AT))
    return tuple(out[:_MAX_SENTENCES])


def without_greeting(text: str) -> str:
    """A line without the greeting that it opens with; a greeting alone stays."""
    return _OPENING.sub("", text, count=1) or text


def _is_closing(text: str) -> bool:
    """ "Groetjes Jan" behind the last sentence of a line."""
    words = plain(text)
    return len(text.split()) <= _SIGNED and without_closing(words) != words and not _CLAUSE.search(text)


_SIGNED = 4  # words


def _is_greeting(text: str) -> bool:
    return len(text) < _LONG_GREETING and bool(_GREETING.fullmatch(plain(text)))
