"""Whether the writer comes beside those whom a sentence names: "Ik kom, en mijn man Jan Peeters komt ook"."""

from __future__ import annotations

import re

from mailbot.domain.submission import Act, ActKind, Who
from mailbot.intent.acts import acts_in
from mailbot.intent.lexicon import language_of, lexicon, spaced
from mailbot.intent.sentences import Sentence

_MYSELF = re.compile(
    r"(?:^|[\s(])(?:ik|'?k|ikzelf|mij|me|mezelf|mijzelf|ondergetekende|je|m'|i|i'm|i'll)"
    r"(?=$|[\s,.!)]|')"
    r"|^(?:kom|ben|zal|neem|doe) (?!(?:je|jij|jullie|u|ge|we|wij)\b)"  # without its "I"
)
#: Of Dutch; in French it is "I".
_YOU = re.compile(r"\bje\b")
_BESIDE_ME = re.compile(
    r"\b(?:mij|me|mezelf|mijzelf|ikzelf|(?:te)?samen met|ik en|en ik"
    r"|ondergetekende en|en ondergetekende)\b"
    r"|^ik, "
)
#: The writer as who comes: of "ik schrijf Jan Peeters in" that is not said.
_I = r"(?:ik(?:zelf)?|'?k)"
_THERE = r"(?:\S+ ){0,5}?(?:er|erbij|aanwezig|bij|deel|deelnemen|komen|meedoen|present|van de partij)\b"
_I_COME = re.compile(
    rf"\b{_I} (?:kom\b|ga (?:er |graag )?naar\b|breng\b|schrijf (?:me|mij)\b|meld (?:me|mij)\b"
    rf"|(?:ben|zal|wil|neem|doe|hoop|wens) {_THERE})"
    rf"|\b(?:kom|breng) {_I}\b|\b(?:schrijf|meld) {_I} (?:me|mij)\b|\b(?:ben|zal|wil|neem|doe) {_I} {_THERE}"
    r"|\bi(?:'ll| will)? (?:come|attend|be there)\b|\bje (?:viens|viendrai|participe|participerai)\b"
)
#: The writer as one of those whom a sentence speaks for, where it names the rest.
_ALSO_FOR = re.compile(r"\b(?:ook|mede|mee|eveneens) (?:namens|in naam van|voor)\b")
_WE = re.compile(r"\b(?:wij|we|ons|nous|us)\b")
_BOTH = re.compile(r"\b(?:alle ?(?:twee|bei(?:de)?)|allebei|beiden?|tous les deux|both)\b")
_COUNTED = re.compile(
    r"\bmet (?:ons |z'n |zijn |z'n )?(twee|drie|vier|vijf|zes|[2-6])(?:en|n)?\b"
    r"(?! (?:collega|personen|mensen|anderen))"
)
_NUMBERS = {"twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6}


def writer_comes(sentence: Sentence, others: int) -> bool:
    """Whether a sentence that puts people on the list says of its writer that they come, where it names so
    many ``others``. "Ik schrijf Jan Peeters in" is about Jan alone, "ik schrijf mijn collega in" about
    nobody by name."""
    if _is_one_more(sentence.plain, others):
        return True
    if not _is_of_me(sentence):
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
    counted = _COUNTED.search(text)
    number = _NUMBERS.get(counted[1]) or int(counted[1]) if counted else 2 * bool(_BOTH.search(text))
    return number == others + 1 or (not number and bool(_ALSO_FOR.search(text)))


def _is_of_me(sentence: Sentence) -> bool:
    """Whether a sentence says "I"; the "je" of Dutch is "you", its "m'n" is "my"."""
    text, words = sentence.plain, spaced(sentence.plain)
    if language_of(words) == "fr":
        return bool(_MYSELF.search(text) or lexicon("fr").who["writer"].search(words))
    return bool(_MYSELF.search(_YOU.sub(" ", text)))
