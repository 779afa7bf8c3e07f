"""Which sentences ask something that a person must answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailbot.domain.submission import ActKind
from mailbot.intent.asked_of_named import asked_of_named
from mailbot.intent.clause import Clause, acts_of_clause
from mailbot.intent.lexicon import Lexicon, language_of, lexicon, pattern, spaced, turns_of_phrase
from mailbot.intent.sentences import Sentence, opens_question, sentences
from mailbot.text.lexicon import either

#: Asked without a question's word order: "graag vernam ik ook wanneer de volgende is".
_ASKS = re.compile(either(*turns_of_phrase("asks_something")))
_ABOUT_HOW = re.compile(either(*turns_of_phrase("asks_how")))
_ASKS_NOTHING = re.compile(either(*turns_of_phrase("asks_nothing")))
#: A question within one.
_ASKS_WHAT = re.compile(rf"\b{pattern('asks_what')}\b")
#: What asks in front of a formula of request makes it none: "en tot wanneer | kan ik mij inschrijven".
_ASKED_BY = re.compile(rf"\b{pattern('asked_by')}(?: [^\W\d]+){{0,3}} $")
_CONFIRM_RECEIPT = re.compile(either(*turns_of_phrase("asks_receipt")))


def is_question(sentence: Sentence) -> bool:
    """Whether it asks something, mark or no mark; small talk and pleas to confirm do not."""
    text = sentence.plain.strip(" ?!.\"'")
    if _ASKS_NOTHING.fullmatch(text) or _CONFIRM_RECEIPT.search(text) or is_request(sentence):
        return False
    return sentence.asks or bool(_ASKS.match(text)) or opens_question(text)


def is_request(sentence: Sentence) -> bool:
    """Whether it asks in a question's word order for what we do ("mag ik u verzoeken de schepen op de lijst
    te plaatsen"), and neither how, nor to be told something."""
    said = spaced(sentence.plain)
    lex = lexicon(language_of(said))
    if asked_of_named(sentence.text) or _meal_asked_for(said, lex):
        return True
    found = [formula for one in ("asks_us", "asks_for_oneself") if (formula := lex.find(one, said))]
    rests = [said[formula.end() - 1 :] for formula in found]
    if _ABOUT_HOW.match(sentence.plain) or any(lex.says("asks_to_tell", rest) for rest in rests):
        return False
    if any(_ASKED_BY.search(said[: formula.start()]) for formula in found):
        return False
    if lex.concepts["tells_us"].match(said, 1):
        rests.append(said)
    return any(_is_ours_to_do(rest, lex) for rest in rests)


def meal_asked_for(sentence: Sentence) -> str:
    """The meal that a sentence asks to be made ready, in plain letters ("vegetarische maaltijd"); empty for
    any other, and where it asks whether there is one."""
    said = spaced(sentence.plain)
    return _meal_asked_for(said, lexicon(language_of(said)))


def _meal_asked_for(said: str, lex: Lexicon) -> str:
    if not lex.says("meal_prepared", said) or lex.says("asks_to_tell", said):
        return ""
    found = lex.find("diet_said", said)
    return found[0].strip() if found else ""


#: How people ask a colleague to mail on what stands below.
_PASSES_ON = re.compile(rf"\b{either(*turns_of_phrase('passes_on'))}\b")


def question_to_us(question: str) -> str:
    """What a mail that was passed on asks, without what only asks its first reader to pass it on."""
    asked = sentences([question])
    left = [sentence.text for sentence in asked if not _asks_to_pass_on(sentence)]
    return question if len(left) == len(asked) else " ".join(left)


def _asks_to_pass_on(sentence: Sentence) -> bool:
    """ "Stuur jij dit even door?"."""
    text = sentence.plain
    return bool(_PASSES_ON.search(text)) and not _ASKS_WHAT.search(text) and not re.search(r"\d|@", text)


#: What somebody may ask us to do, and we do.
_DONE = frozenset(
    {ActKind.COME, ActKind.NOT_COME, ActKind.RESTORE, ActKind.SUBSTITUTE, ActKind.BRING, ActKind.CHANGE}
)


def _is_ours_to_do(rest: str, lex: Lexicon) -> bool:
    """Whether what follows a formula of request would do something as a statement, or is a plea to note what
    was told."""
    if lex.says("to_note", rest) and lex.says("pointing", rest) and lex.consists_of("plea", rest):
        return True
    if any(lex.says(one, rest) for one in ("leave", "put_on", "restore")):
        return True
    return lex.says("done_by_us", rest) and not _DONE.isdisjoint(acts_of_clause(Clause(rest, lex)))


def question_in(lines: Iterable[str]) -> str:
    """The sentences in these lines that ask something, in the words they were asked in."""
    return " ".join(sentence.text for sentence in sentences(lines) if is_question(sentence))
