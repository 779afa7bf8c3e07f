"""What the writer of an answer says that they do not eat.

Words as written go in; the diet as they say it comes out, or nothing where the words say more.
"""

from __future__ import annotations

import re

from mailbot.intent.answers.beside import is_courtesy, pleads_only, says_why, to_be_noted
from mailbot.intent.lexicon import Lexicon, as_written, language_of, lexicon, spaced
from mailbot.text.normalize import plain

_CLAUSE_END = re.compile(r"[,;.!](?:\s|$)|\s[-–(]\s?")


def diet_in(text: str) -> str:
    """What the writer says that they do not eat, in their words: "vegetarisch", "allergisch voor noten".
    The clause that says so must say nothing else, and be the writer's own; what comes behind it, as in
    "allergisch voor noten, pinda's en soja", may only be why or thanks."""
    text = to_be_noted(text) or text
    clause, _, behind = _CLAUSE_END.sub("\n", text, count=1).partition("\n")
    more = diet_in(behind) if behind else ""  # "ik eet geen vlees of vis, dus vegetarisch"
    if behind and not (more or says_why(behind) or pleads_only(behind) or is_courtesy(behind)):
        return ""
    words = spaced(as_written(plain(clause)))
    lex = lexicon(language_of(words))
    found = lex.find("diet_said", words)
    if found is None:
        return ""
    rest = spaced(f"{words[: found.start()]} {words[found.end() :]}")
    if not (_asks_for_it(rest, lex) if text.endswith("?") else lex.consists_of("wish", rest)):
        return ""
    said = found[0].strip()
    written = re.search(r"\W+".join(map(re.escape, said.split())), plain(clause))
    same = written and len(plain(clause)) == len(clause)
    diet = clause[written.start() : written.end()] if written and same else said
    return f"{diet}, {more}" if more else diet


def _asks_for_it(words: str, lex: Lexicon) -> bool:
    """Whether a question only asks for what it says, for the writer: "kan ik een ... maaltijd hebben?"."""
    each = (spaced(word) for word in words.split())
    asked = all(any(lex.consists_of(one, word) for one in ("wish", "asks_meal")) for word in each)
    return asked and bool(lex.who["writer"].search(words))
