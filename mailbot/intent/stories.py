"""Sentences that only tell something beside one in which the writer says plainly that they come, or that they
do not: "Op mijn leeftijd laat de gezondheid het soms afweten. Ik moet mij dus, met veel spijt, afmelden."

What the rules read in such a sentence is a slip of theirs where the statistical reader, asked about it alone,
hears nothing of the kind, nor anything else that wants something of us. What asks, names somebody, gives a
number or depends on something is no story.
"""

from __future__ import annotations

import re

from mailbot.domain.submission import Act, ActKind, Who
from mailbot.intent.acts import acts_in
from mailbot.intent.agreement import IDLE, THRESHOLDS, weighed
from mailbot.intent.clause import DETAILS
from mailbot.intent.lexicon import language_of, lexicon, pattern, spaced
from mailbot.intent.person_mentions import like_names
from mailbot.intent.questions import is_question
from mailbot.intent.sentence_acts import on_presence
from mailbot.intent.sentences import Sentence
from mailbot.intent.statistical import ELSEWHERE, Model
from mailbot.intent.statistical import model as shipped
from mailbot.text.lexicon import AN_AND, MONTHS, either

#: What a writer says of themselves beside which a story may stand, and what contradicts it.
_OWN = {
    ActKind.COME: ActKind.NOT_COME,
    ActKind.NOT_COME: ActKind.COME,
}
#: What the rules may read in a story. A condition, a question, places and whoever else comes are none.
_MISREAD = frozenset(
    {ActKind.UNSURE, ActKind.PARTIAL, ActKind.CHANGE, ActKind.COME, ActKind.NOT_COME, ActKind.RESTORE, *IDLE}
    | {ActKind.CONFIRM}
)
#: How likely what wants something of us may be in a story (as in ``nothing_more``).
_UNHEARD = 0.15
_WANTS_NOTHING = frozenset({ActKind.THANKS, ActKind.OTHER, ActKind.CONFIRM, ELSEWHERE})
#: Words for more people than the writer.
_SEVERAL = ("group", "all_of_them", "colleague", "mayor", "pronoun")
#: What may contradict what was said, or limit it, unless it is over.
_AGAINST = {
    ActKind.COME: ("come", "not_there", "away", "leave", "hindered", "partly"),
    ActKind.NOT_COME: ("come", "restore", "certain"),
}
#: What says that a coming is of before, or of another meeting than this one.
_ANOTHER_TIME = ("past", "had_done", "gone_by", "next_edition")
#: What may be left open of another meeting.
_OPEN = (ActKind.UNSURE, ActKind.CONDITION, ActKind.RESTORE)
#: Two by one name each: "Amber en Ruben".
_AND_NAME = re.compile(rf"[A-Z]\w+ {AN_AND} [A-Z]\w")
#: What is left open, or taken back: "ik blijf wel komen ... grapje".
_TRAILS_OFF = re.compile(r"\.\.|…")
#: Words of a condition, at least; and acts beside which a sentence says nothing to the rules.
_FEW, _IDLE = 3, IDLE | {ActKind.CONFIRM}
_VALUE = re.compile(r"\d{3}|@|\?")
_ORDERS = re.compile(rf"(?:\w+ ){{0,2}}{pattern('requests')}")


def without_stories(
    said: tuple[Sentence, ...], *, reply: bool, model: Model | None = None
) -> tuple[Sentence, ...]:
    """The sentences of a mail without its stories; all of them where nothing is said plainly, or more than
    one thing is. ``reply``: the mail answers one of ours; ``model``: another than the one shipped."""
    if len(said) < 2:
        return said
    reader = model or shipped()
    told = {one.text: _said_plainly(one, reader, reply=reply) for one in said}
    kinds = {kind for kind in told.values() if kind is not None}
    if len(kinds) != 1:
        return said
    (kind,) = kinds
    return tuple(one for one in said if told[one.text] or not _is_story(one, kind, reader, reply=reply))


def leaves_open(said: tuple[Sentence, ...], *, reply: bool) -> bool:
    """Whether a sentence in which the rules read nothing is, to the statistical reader, what another one
    depends on, or a doubt of it: "schrijf mij in. Als mijn baas akkoord gaat toch." """
    return len(said) > 1 and any(_opens(one, reply=reply) for one in said)


#: What makes the sentence before a condition, and what would have it at another time.
_LIMITS, _RATHER = re.compile(pattern("opens_limit")), re.compile(pattern("rather"))
_MONTH = re.compile(rf"\b{either(*MONTHS)}\b")


def _limits(sentence: Sentence) -> bool:
    """Whether a sentence says on what the one before depends ("Enkel als het in Beernem doorgaat."), or that
    it were better at another time ("Liever de volgende editie.")."""
    rather = _RATHER.match(sentence.plain)
    another_time = _is_of_another_time(sentence.plain) or bool(_MONTH.search(sentence.plain))
    return bool(_LIMITS.match(sentence.plain)) or (rather is not None and another_time)


def _opens(sentence: Sentence, *, reply: bool) -> bool:
    if _limits(sentence):
        return True
    asked = is_question(sentence) or _ORDERS.match(sentence.plain)  # "laat mij weten als er iets ontbreekt"
    if asked or len(sentence.plain.split()) < _FEW or _is_of_another_time(sentence.plain):
        return False
    words = spaced(sentence.plain)
    of_nobody = on_presence(words, lexicon(language_of(words))) != words  # "ik vrees dat ik wat laat ben"
    if of_nobody or any(act.kind not in _IDLE for act in acts_in((sentence,))):
        return False
    chances = shipped().read(sentence.text, reply=reply)
    return any(chances.get(str(one), 0.0) >= THRESHOLDS.hears for one in (ActKind.CONDITION, ActKind.UNSURE))


def _said_plainly(sentence: Sentence, reader: Model, *, reply: bool) -> ActKind | None:
    """Whether a sentence says of its writer alone that they come or do not, as both readers find in it."""
    if is_question(sentence) or not sentence.whole or _TRAILS_OFF.search(sentence.text):
        return None
    acts, _ = weighed(acts_in((sentence,)), sentence.text, reply=reply, model=reader)
    done = [act for act in acts if act.kind not in IDLE]
    if len(done) != 1 or done[0].kind not in _OWN or not (done[0].agreed and _is_of_writer(done[0])):
        return None
    words = spaced(sentence.plain)
    lex = lexicon(language_of(words))
    several = any(lex.who[one].search(words) for one in _SEVERAL) or lex.says("past", words)
    heard = reader.read(sentence.text, reply=reply).get(str(done[0].kind), 0.0) >= THRESHOLDS.hears
    return done[0].kind if heard and not several else None


def _is_of_writer(act: Act) -> bool:
    return act.who is Who.WRITER and not (act.people or act.elsewhere or act.by_reason) and act.of_self


def _is_story(sentence: Sentence, kind: ActKind, reader: Model, *, reply: bool) -> bool:
    """Whether a sentence beside one that says ``kind`` only tells something."""
    acts = [act for act in acts_in((sentence,)) if act.kind not in IDLE]
    if not acts or not all(map(_may_be_misread, acts)) or _may_want(sentence):
        return False
    another_time = _is_of_another_time(sentence.plain)
    if not another_time and _contradicts(sentence, kind):
        return False
    against = [act for act in acts if act.kind in (_OWN[kind], ActKind.RESTORE)]
    if not all(_is_of_another_time(act.clause) for act in against):
        return False
    quiet = {*_WANTS_NOTHING, kind, *((_OWN[kind], *_OPEN) if another_time else ())}
    chances = reader.read(sentence.text, reply=reply)
    return all(chance < _UNHEARD for label, chance in chances.items() if label not in quiet)


def _contradicts(sentence: Sentence, kind: ActKind) -> bool:
    """Whether words may say the contrary of ``kind``, or a part of it, or name what is noted of who comes."""
    words = spaced(sentence.plain)
    lex = lexicon(language_of(words))
    noted = any(lex.fields[one].search(words) for one in DETAILS)
    return noted or any(lex.says(one, words) for one in _AGAINST[kind])


def _is_of_another_time(text: str) -> bool:
    """Whether a text tells of what was meant before, or of another meeting than this one."""
    words = spaced(text)
    lex = lexicon(language_of(words))
    return any(lex.says(one, words) for one in _ANOTHER_TIME)


def _may_be_misread(act: Act) -> bool:
    return act.kind in _MISREAD and act.who is Who.WRITER and not (act.people or act.value)


def _may_want(sentence: Sentence) -> bool:
    """Whether a sentence asks, orders, names somebody or gives a number, so that it is no story."""
    orders = _ORDERS.match(sentence.plain)
    said = spaced(orders[0]) if orders else ""
    asks = is_question(sentence) or (orders and not lexicon(language_of(said)).says("oneself", said))
    named = _AND_NAME.search(sentence.text) or like_names(sentence.text)
    return bool(asks or named or _VALUE.search(sentence.text))
