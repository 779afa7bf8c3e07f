"""Whether the writer comes beside those whom a sentence names: "Ik kom, en mijn man Jan Peeters komt ook"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from mailbot.domain.submission import Act, ActKind, Who
from mailbot.intent.acts import acts_in
from mailbot.intent.clause import Clause
from mailbot.intent.lexicon import language_of, lexicon, pattern, spaced, turns_of_phrase
from mailbot.intent.sentences import Sentence
from mailbot.intent.whom import without_who_asks
from mailbot.text.lexicon import LANGUAGES

#: The writer, as a word of its own or left out ("kom graag mee"); in a sentence of no French "je" is nobody's
#: "I".
_MYSELF = re.compile(rf"(?:^|[\s(]){pattern('writer')}(?=$|[\s,.!)]|')|^{pattern('writer_left_out')}")
_YOU = re.compile(pattern("you_and_no_i"))
_BESIDE_ME = re.compile(pattern("beside_me"))
#: The writer as who comes: of "ik schrijf Jan Peeters in" that is not said.
_I_COME = re.compile("|".join(turns_of_phrase("writer_comes", there=pattern("is_there"))))
#: The writer as one of those whom a sentence speaks for, where it names the rest.
_ALSO_FOR = re.compile(pattern("also_for"))
_WE = re.compile(rf"\b{pattern('we')}\b")
_BOTH = re.compile(rf"\b{pattern('both')}\b")
#: The most people whom a "we" counts.
_MOST = 6


def writer_comes(sentence: Sentence, others: int, *, of_named: bool = False) -> bool:
    """Whether a sentence that puts people on the list says of its writer that they come, where it names so
    many ``others``. "Ik schrijf Jan Peeters in" is about Jan alone, "ik schrijf mijn collega in" about
    nobody by name. ``of_named``: a sentence before named who comes, so that "ik verzoek u de inschrijving te
    noteren" is of them."""
    if _is_one_more(sentence.plain, others):
        return True
    if not _is_of_me(sentence, asks=not (others or of_named)):
        return False
    acts = acts_in((sentence,))
    along = any(act.who is Who.COMPANY for act in acts)
    alone = not others and not all(map(_is_of_another, acts))
    return alone or along or bool(_BESIDE_ME.search(sentence.plain) or _I_COME.search(sentence.plain))


def _is_of_another(act: Act) -> bool:
    """Whether it is somebody else who comes: "je souhaite inscrire ma fille"."""
    return act.kind is ActKind.COME and act.who in (Who.COLLEAGUE, Who.MAYOR)


def _is_one_more(text: str, others: int) -> bool:
    """Whether a "we" counts one more than the ``others`` who are named: "wij komen met twee, Jan Peeters en
    ik", "ook namens Jan Peeters: wij komen alle twee"."""
    if not others or not _WE.search(text):
        return False
    number = _counted(text) or 2 * bool(_BOTH.search(text))
    return number == others + 1 or (not number and bool(_ALSO_FOR.search(text)))


def _counted(text: str) -> int:
    """With how many a "we" says to come ("met drie"), from two on; 0 where it does not."""
    numbers, turns = _counts()
    found = next(filter(None, (one.search(text) for one in turns)), None)
    return 0 if found is None else numbers[found["number"]]


@lru_cache(maxsize=1)
def _counts() -> tuple[Mapping[str, int], tuple[re.Pattern[str], ...]]:
    """The words and figures for two and on, and the turns of phrase that count with them."""
    counted = [
        (word, n) for one in LANGUAGES for n, word in enumerate(lexicon(one).numbers[:_MOST], 1) if n > 1
    ]
    numbers = {**dict(counted), **{str(n): n for n in range(2, _MOST + 1)}}
    number = rf"(?P<number>{'|'.join(numbers)})"
    return numbers, tuple(map(re.compile, turns_of_phrase("we_are_so_many", number=number)))


def _is_of_me(sentence: Sentence, *, asks: bool) -> bool:
    """Whether a sentence says "I", where only who ``asks`` for something may do so as well; the "je" of Dutch
    is "you", its "m'n" is "my"."""
    words = spaced(sentence.plain)
    language = language_of(words)
    asked = without_who_asks(Clause(words, lexicon(language)))
    text = sentence.plain if asks or asked.text == words else asked.text.strip()
    if language == "fr":
        return bool(_MYSELF.search(text) or lexicon("fr").who["writer"].search(words if asks else asked.text))
    return bool(_MYSELF.search(_YOU.sub(" ", text)))
