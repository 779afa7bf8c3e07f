"""What the writer of an answer says that they do not eat.

Words as written go in; the diet as they say it comes out, or nothing where the words say more.
"""

from __future__ import annotations

import re

from mailbot.intent.answers.beside import is_courtesy, pleads_only, says_why, to_be_noted
from mailbot.intent.lexicon import language_of, lexicon, spaced
from mailbot.text.normalize import plain

_CLAUSE_END = re.compile(r"[,;.!](?:\s|$)|\s[-–(]\s?")


def diet_in(text: str) -> str:
    """What the writer says that they do not eat, in their words: "vegetarisch", "allergisch voor noten".
    The clause that says so must say nothing else, and be the writer's own; what comes behind it, as in
    "allergisch voor noten, pinda's en soja", may only be why or thanks."""
    text = to_be_noted(text) or text
    clause, _, behind = _CLAUSE_END.sub("\n", text, count=1).partition("\n")
    if behind and not (says_why(behind) or pleads_only(behind) or is_courtesy(behind)):
        return ""
    words = spaced(clause)
    lex = lexicon(language_of(words))
    found = lex.find("diet_said", words)
    if found is None or text.endswith("?"):
        return ""
    if not lex.consists_of("wish", spaced(f"{words[: found.start()]} {words[found.end() :]}")):
        return ""
    said = found[0].strip()
    at = plain(clause).find(said)
    return clause[at : at + len(said)] if at >= 0 and len(plain(clause)) == len(clause) else said
