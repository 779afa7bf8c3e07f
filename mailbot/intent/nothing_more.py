"""Whether words in a thread of ours want nothing, beside thanks or a yes.

The other way round than ``agreement``: there two readers must agree that something is wanted, here that
nothing is. The rules read no act in the words, and the statistical reader hears one of the kinds that want
nothing of us, and hardly any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailbot.domain.submission import Act, ActKind
from mailbot.intent.lexicon import language_of, lexicon, spaced
from mailbot.intent.questions import is_question
from mailbot.intent.sentences import Sentence
from mailbot.intent.statistical import chances_in

#: Kinds that ask for nothing.
_CONTENT = frozenset({ActKind.THANKS, ActKind.OTHER, ActKind.CONFIRM})
#: How likely one of these must be, and how likely no other kind may be, in the whole and in each clause.
#: Chosen on the families that may be trained on, each fifth read by a model of the others (docs/words.md).
_HEARD, _UNHEARD = 0.1, 0.15
#: Words. In a longer text each kind is less likely than it is said, and a shorter clause is a greeting.
_LONGEST, _SHORTEST = 40, 3
#: A number or an address, which somebody may have to note.
_VALUE = re.compile(r"\d{3}|@")


def wants_nothing_more(said: tuple[Sentence, ...], acts: Iterable[Act]) -> bool:
    """Whether sentences that answer a mail of ours want nothing; ``acts`` are what the rules read in them."""
    text = " ".join(sentence.text for sentence in said)
    asks = "?" in text or any(map(is_question, said))
    is_read = all(one.whole for one in said) and len(text.split()) <= _LONGEST
    idle = all(act.kind in _CONTENT and not act.elsewhere for act in acts)
    if asks or _VALUE.search(text) or not (text and is_read and idle):
        return False
    if any(map(_denies, said)):
        return False
    clauses = {clause for one in said for clause in (one.text, *one.clauses)}
    return all(map(is_content, {text, *(one for one in clauses if len(one.split()) >= _SHORTEST)}))


def _denies(sentence: Sentence) -> bool:
    """Whether a sentence denies something, but that anything has to be done: "ik kreeg geen bijlage"."""
    words = spaced(sentence.plain)
    lex = lexicon(language_of(words))
    return lex.says("not", words) and not any(lex.says(one, words) for one in _DENIES_NOTHING)


#: A "not" that asks for nothing.
_DENIES_NOTHING = ("nothing_to_do", "forgets_nothing", "rest_stays")


def is_content(text: str) -> bool:
    """Whether the statistical reader hears in a text nothing but what asks for nothing."""
    chances = chances_in(text, reply=True)
    content = max(chances.get(str(kind), 0.0) for kind in _CONTENT)
    beside = max(chance for label, chance in chances.items() if label not in _CONTENT)
    return content >= _HEARD and beside < _UNHEARD
