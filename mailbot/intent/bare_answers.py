"""A mail that is nothing but a plain yes, a no or thanks: no second reader is needed for it."""

from __future__ import annotations

import re

from mailbot.domain.submission import Intent
from mailbot.intent import phrases
from mailbot.intent.lexicon import pattern
from mailbot.intent.sentences import Sentence


def bare_answer(said: tuple[Sentence, ...]) -> Intent | None:
    """A plain yes, no or thanks, for which no second reader is needed."""
    whole = " ".join(sentence.plain for sentence in said).strip(" .!")
    if len(whole) <= 150 and not any(sentence.asks for sentence in said):
        if _only_yes(said) and not _only_thanks(said):
            return Intent.CONFIRM
        if phrases.says_no(whole):
            return Intent.DENY
    # a thumb, three hearts
    wordless = not any(c.isalnum() for c in whole) and not any(one.asks for one in said)
    return Intent.THANKS if _only_thanks(said) or wordless else None


def _only_yes(said: tuple[Sentence, ...]) -> bool:
    """Whether all of it is a plain yes, beside which there may be thanks: "Ok voor mij, tot dan."."""
    if phrases.says_yes(" ".join(sentence.plain for sentence in said).strip(" .!")):
        return True
    pieces = [clause for sentence in said for clause in sentence.clauses]
    yes = [phrases.says_yes(piece) for piece in pieces]
    return any(yes) and all(
        is_yes or phrases.THANKS.fullmatch(p) for p, is_yes in zip(pieces, yes, strict=True)
    )


_COURTEOUS = re.compile(pattern("courteous"))


def _only_thanks(said: tuple[Sentence, ...]) -> bool:
    pieces = [clause for sentence in said for clause in sentence.clauses]
    return (
        bool(pieces)
        and all(len(piece) <= 150 and phrases.THANKS.fullmatch(piece) for piece in pieces)
        and not any(sentence.asks for sentence in said)
        and any(_COURTEOUS.search(p) for p in pieces)
    )
