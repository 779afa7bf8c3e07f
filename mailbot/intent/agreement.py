"""Where the two readers of a mail in words agree.

The rules of the lexicon read acts with their slots; the statistical reader says how likely each kind is.
An act read from sentences is carried out without a person only where both found it, and where the
statistical reader found nothing beside it. The thresholds were set by hand and checked afterwards on the
families that may be trained on, each fifth read by a model of the others (``python -m benchmarks.words
--thresholds``): every pair there buys less harm with more cases, and these stand in the middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain

from mailbot.domain.submission import Act, ActKind, Who
from mailbot.intent.asked_of_named import asked_of_named, only_tells_of
from mailbot.intent.clause import DETAILS
from mailbot.intent.lexicon import Lexicon, is_word, language_of, lexicon, spaced
from mailbot.intent.person_mentions import without_apposition
from mailbot.intent.phrases import THANKS
from mailbot.intent.sentences import Sentence, sentences
from mailbot.intent.statistical import ELSEWHERE, Model, chances_in, tokens
from mailbot.intent.substitutes import replaced_by_writer, standin
from mailbot.text.lexicon import LANGUAGES
from mailbot.text.normalize import plain as plain_letters


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How far the statistical reader is believed. ``supports``: from here on it supports an act that the
    rules read. ``hears``: from here on it says by itself that a text holds one."""

    supports: float
    hears: float


THRESHOLDS = Thresholds(supports=0.1, hears=0.5)
#: Words. "Afmelden aub" is as bare as a yes: there is nothing in it for a second reader.
_BARE = 3
#: How likely a staying away must be of which the rules read only a reason; in a mail that answers no other it
#: may be about anything.
_BY_REASON = 0.75
#: The same, of which they read that somebody cannot do something.
_BY_WHAT_ONE_CAN = 0.9
#: What wants nothing of a registration.
IDLE = frozenset({ActKind.THANKS, ActKind.OTHER})
#: Kinds that are done alike, so that one reader may take one for the other.
_ALIKE = (
    frozenset({ActKind.COME, ActKind.RESTORE, ActKind.BRING}),
    frozenset({ActKind.COME, ActKind.CONFIRM}),
    frozenset({ActKind.CONFIRM, ActKind.THANKS}),
    frozenset({ActKind.CHANGE, ActKind.ANSWER, ActKind.DENY}),
    frozenset({ActKind.SUBSTITUTE, ActKind.NOT_COME}),
)


def weighed(
    acts: tuple[Act, ...],
    text: str,
    *,
    reply: bool,
    said: tuple[Sentence, ...] = (),
    model: Model | None = None,
    thresholds: Thresholds = THRESHOLDS,
) -> tuple[tuple[Act, ...], tuple[ActKind, ...]]:
    """The acts with ``agreed`` set, and the kinds that the statistical reader heard in ``text``.
    ``reply``: the mail answers one of ours; ``said``: the sentences of the text; ``model``,
    ``thresholds``: others than those shipped."""
    if len(text.split()) <= _BARE and len(acts) == 1 and not _says_little(acts[0]):
        return (replace(acts[0], agreed=True),), (acts[0].kind,)
    reader = _Reader(model, reply, thresholds)
    whole = said or sentences([text])
    said = _without_details(acts, whole)
    text = text if said == whole else " ".join(sentence.text for sentence in said)
    chances = reader.read(text)
    asked = _asked(said)
    plain = asked.is_all or _is_plain(acts, text)
    heard = _corrected(_heard(acts, text, chances, reader), acts, asked, plain=plain)
    kinds = tuple(ActKind(label) for label in chances if label in heard and label != ELSEWHERE)
    named = any(act.elsewhere for act in acts)
    undisputed = not _beside(kinds, acts) and (ELSEWHERE not in heard or named)
    supported = (plain or _is_supported(act, chances, replace(reader, beside_another=named)) for act in acts)
    return tuple(
        replace(act, agreed=undisputed and is_supported)
        for act, is_supported in zip(acts, supported, strict=True)
    ), kinds


def _without_details(acts: Sequence[Act], said: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """The sentences without those that only tell of people by name who come what they eat or are, or where
    they are reached ("Els Maes komt ook. Zij eet vegetarisch."): beside these the second reader no longer
    hears that they come. All where nobody comes by name."""
    people = {name for act in acts if act.kind in _ALONG for name in act.people}
    if not people:
        return said
    meals = {act.words for act in acts if act.kind is ActKind.CHANGE and act.field in DETAILS and act.pointed}
    meals -= {act.words for act in acts if act.kind is not ActKind.CHANGE or act.of_self}
    comes = {act.words for act in acts if act.kind in _ALONG}
    details = {
        one.text
        for one in said
        if one.text in meals or (one.text not in comes and only_tells_of(one.text, people))
    }
    return tuple(one for one in said if one.text not in details)


#: Kinds of somebody who comes, beside whom may stand what they eat.
_ALONG = frozenset({ActKind.COME, ActKind.BRING, ActKind.SUBSTITUTE})


def _corrected(
    heard: AbstractSet[str], acts: Iterable[Act], asked: _AskedOfNamed, *, plain: bool
) -> AbstractSet[str]:
    """The labels that were heard without those that are misheard in what is asked of people by name, and in
    words that are plain; with what is asked of them."""
    contrary = {str(one) for act in acts if not act.people for one in _opposites(act)} if plain else set()
    of_named = {str(act.kind) for act in acts if act.people} if asked.is_all else set()
    return ((heard - asked.misheard) - contrary) | of_named


def _says_little(act: Act) -> bool:
    """Whether an act says too little for a few words to be done without the second reader."""
    clause = spaced(act.clause)
    return act.elsewhere or act.by_reason or _is_of_what_one_can(act, clause, lexicon(language_of(clause)))


@dataclass(frozen=True, slots=True)
class _AskedOfNamed:
    """What a mail asks about people by name: whether that ``is_all`` it says, with data of theirs and thanks,
    and the labels that are ``misheard`` in it."""

    is_all: bool = False
    misheard: frozenset[str] = frozenset()


def _asked(said: tuple[Sentence, ...]) -> _AskedOfNamed:
    """What the sentences of a mail ask about people by name to their last word. The second reader knows data
    for an answer or a change, and a request with a question mark for a question."""
    asked = {one: found.people for one in said if (found := asked_of_named(one.text)) and found.people}
    standing_in = {one: who.name for one in said if (who := standin(one.text))}
    if not asked and not standing_in:
        return _AskedOfNamed()
    people = {*chain.from_iterable(asked.values()), *standing_in.values()}
    others = [one for one in said if one not in asked]
    telling = [one for one in others if only_tells_of(one.text, people)]
    rest = [one for one in others if one not in telling]
    if asked and all(map(_adds_nothing, rest)):
        return _AskedOfNamed(is_all=True, misheard=frozenset(map(str, ActKind)))
    question = {ActKind.QUESTION} if not any(one.asks for one in rest) else set()
    beside = any(_ADDRESS.search(one.text) for one in standing_in)
    data = {ActKind.ANSWER, ActKind.CHANGE} if telling or beside else set()
    return _AskedOfNamed(misheard=frozenset(map(str, question | data)))


def _adds_nothing(sentence: Sentence) -> bool:
    """Whether a sentence beside what is asked of people by name asks the same, thanks, or pleads for it."""
    said = spaced(sentence.plain)
    pleads = lexicon(language_of(said)).consists_of("plea", said)
    return pleads or asked_of_named(sentence.text) is not None or only_thanks(sentence.text)


def only_thanks(text: str) -> bool:
    """Whether a text holds nothing but thanks."""
    return bool(THANKS.fullmatch(plain_letters(text).strip(" .!")))


#: What somebody may ask or answer about anything.
_OF_ANYTHING = IDLE | {ActKind.QUESTION, ActKind.ANSWER, ActKind.DENY}


def is_elsewhere(text: str, heard: Iterable[ActKind], *, reply: bool) -> bool:
    """Whether the statistical reader hears that a text is about something else than our meetings, and in
    ``heard`` nothing that is done at one."""
    if not _OF_ANYTHING.issuperset(heard):
        return False
    chances = chances_in(text, reply=reply)
    return max(chances.get(ELSEWHERE, 0.0), chances.get(str(ActKind.OTHER), 0.0)) >= THRESHOLDS.hears


def _heard(acts: tuple[Act, ...], text: str, chances: Mapping[str, float], reader: _Reader) -> set[str]:
    """The labels that are likely enough, but those known to be misheard in such words."""
    heard = {label for label, chance in chances.items() if chance >= reader.thresholds.hears}
    if any(map(_only_gives_away, acts)):
        heard.discard(str(ActKind.SUBSTITUTE))
    return heard - {str(kind) for kind in _misheard(acts, text, heard, reader)}


def _only_gives_away(act: Act) -> bool:
    """Whether an act is a staying away in words that speak of another's place, and of nobody who takes it:
    "mijn plaats mag naar iemand anders", "voor mij gaat het niet door"."""
    clause = spaced(act.clause)
    lex = lexicon(language_of(clause))
    own = act.kind is ActKind.NOT_COME and act.who is Who.WRITER and not act.people
    return own and any(lex.says(one, clause) for one in ("given_away", "fails_for_me"))


#: Words of a mail that the rules may understand to the last one.
_FEW = 14
#: What it says of its writer, or of those it names.
_OWN = frozenset({ActKind.COME, ActKind.NOT_COME, ActKind.RESTORE, ActKind.SUBSTITUTE})
#: What else such a mail may be about: another thing, or what is over.
_NOT_PLAIN = ("elsewhere", "past", "has_left", "reported")
#: Signs that say nothing of their own.
_SIGNS = frozenset("!:?")


def _is_plain(acts: tuple[Act, ...], text: str) -> bool:
    """Whether a mail says one thing of its writer, or of people by name, or of two in turn, in a few words,
    each of which a lexicon has ("U mag mij schrappen van de deelnemerslijst."), days and names aside: where
    nothing is left unread, a second reader who never saw such words need not know them. What it hears
    against them counts as ever."""
    said = [act for act in acts if act.kind not in IDLE]
    one_thing = len(said) == 1 or _in_turn(said)
    if not one_thing or any(act.elsewhere or act.by_reason or not _says_who(act) for act in acts):
        return False
    more = any(_needed(act, THRESHOLDS) > THRESHOLDS.supports for act in said)
    if more or is_of_something_else(text):
        return False
    names = {word for act in said for name in act.people for word in tokens(name)}
    read = tokens(_without_substitute(said[0], without_apposition(text)))
    words = [word for word in read if word not in _SIGNS | names]
    short = len(words) - _courtesy(text) <= _FEW
    return said[0].kind in _OWN and short and all(map(is_known, words))


def _courtesy(text: str) -> int:
    """How many words of a text only say that something is asked of us: "mag ik u verzoeken ..."."""
    said = spaced(text)
    asked = lexicon(language_of(said)).find("i_ask_you", said)
    return len(asked[0].split()) if asked else 0


def is_known(word: str) -> bool:
    """Whether a lexicon has a word, a small one too."""
    return is_word(word) or any(word in lexicon(one).small_words for one in LANGUAGES)


def _in_turn(said: Sequence[Act]) -> bool:
    """Whether acts are those of one sentence that says of two, and of one of them by name, that one comes and
    the other does not: "Els Maes komt, Jan Claes niet"."""
    whom, kinds = {(act.who, act.people) for act in said}, {act.kind for act in said}
    in_one = len({act.words for act in said}) == 1
    return in_one and len(whom) == len(said) == len(kinds) and kinds == {ActKind.COME, ActKind.NOT_COME}


def is_of_something_else(text: str) -> bool:
    """Whether words may be about another thing than an event of ours, or about what is over."""
    return any(lexicon(one).says(concept, spaced(text)) for one in LANGUAGES for concept in _NOT_PLAIN)


def _says_who(act: Act) -> bool:
    """Whether an act is of its writer, or of somebody by name."""
    return act.who is Who.WRITER or bool(act.people)


def _without_substitute(act: Act, text: str) -> str:
    """A text without the names and the address of who comes instead of whom, which no lexicon has."""
    who = standin(act.words) if act.kind is ActKind.SUBSTITUTE else None
    if who is None:
        return text
    for name in filter(None, (who.name, who.instead_of)):
        text = text.replace(name, " ")
    return _ADDRESS.sub(" ", text)


_ADDRESS = re.compile(r"\(?\S+@[\w.-]+\w\)?")


@dataclass(frozen=True, slots=True)
class _Reader:
    """The statistical reader, asked about one mail: the one that is shipped where there is no ``model``."""

    model: Model | None
    reply: bool
    thresholds: Thresholds
    beside_another: bool = False  # the rules find something else in it as well

    def read(self, text: str) -> Mapping[str, float]:
        if self.model is None:
            return chances_in(text, reply=self.reply)
        return self.model.read(text, reply=self.reply)


def _is_supported(act: Act, chances: Mapping[str, float], reader: _Reader) -> bool:
    """Whether an act is likely enough in the whole text; a coming, and one that asks us to take somebody off,
    in its own sentence as well, and of people by name in its clause: beside others a short wish is lost."""
    needed = _needed(act, reader.thresholds)
    if act.by_reason and not reader.reply:
        return False
    of_another = act.asked_out and reader.beside_another and not act.of_self
    if of_another:  # "De factuur is fout. Graag annuleren." is of the invoice
        return _chance(act, chances) >= reader.thresholds.hears
    if _chance(act, chances) >= needed:
        return True
    short = act.asked_out or act.kind in _SHORT
    own = (act.words, *((act.clause,) if act.people and act.clause else ())) if short else ()
    return any(_chance(act, reader.read(text)) >= needed for text in own)


#: Kinds that take few words.
_SHORT = frozenset({ActKind.COME, ActKind.SUBSTITUTE})


def _needed(act: Act, thresholds: Thresholds) -> float:
    """How likely an act must be. Of a noun ("mijn inschrijving"), and of an "instead" without its object, the
    rules do not know what is said, so that there the statistical reader must hear it by itself."""
    if act.by_reason:
        return _BY_REASON
    said, clause = spaced(act.words), spaced(act.clause)
    lex = lexicon(language_of(said))
    if act.kind is ActKind.SUBSTITUTE:
        return thresholds.supports if _says_whose_place(act, said, lex) else thresholds.hears
    if _is_of_what_one_can(act, clause, lex):
        return _BY_WHAT_ONE_CAN
    verbs = ("come", "leave", "away", "not_there") if act.kind is ActKind.NOT_COME else ("come",)
    by_noun = act.kind in _OPPOSITE and lex.says("come_noun", clause)
    by_noun = by_noun and not any(lex.says(one, clause) for one in verbs)
    return thresholds.hears if by_noun else thresholds.supports


def _is_of_what_one_can(act: Act, clause: str, lex: Lexicon) -> bool:
    """Whether a staying away is told by no more than a "cannot" beside something that one may be unable to do
    and come all the same: "ik kan geen trappen doen"."""
    if act.kind is not ActKind.NOT_COME or not lex.says("cannot_do", clause):
        return False
    rest = spaced(lex.concepts["can"].sub(" ", clause))
    return not any(lex.says(one, rest) for one in _GOING)


#: Concepts of coming, leaving and staying away.
_GOING = ("come", "adds_oneself", "suits", "not_there", "leave", "away")


def _says_whose_place(act: Act, said: str, lex: Lexicon) -> bool:
    """Whether an "instead" says in whose place: the writer's, or somebody's by name."""
    who = standin(act.words)
    named = replaced_by_writer(act.words) or (who is not None and who.instead_of)
    return bool(named) or lex.says("come_noun", said) or lex.says("my_place", said)


#: One clause says one of these: whoever hears the other in it has taken its noun for the whole.
_OPPOSITE = {
    ActKind.COME: (ActKind.NOT_COME,),
    ActKind.NOT_COME: (ActKind.COME, ActKind.RESTORE),  # "ik kan toch niet komen"
    ActKind.RESTORE: (ActKind.NOT_COME,),
}


def _opposites(act: Act) -> tuple[ActKind, ...]:
    """What is heard in words that are all known, and say ``act``, by its noun or its "toch": a return only
    beside a "not" ("ik kan toch niet"), or what is told may be a withdrawal of before."""
    clause = spaced(act.clause)
    denied = lexicon(language_of(clause)).says("not", clause)
    return tuple(one for one in _OPPOSITE.get(act.kind, ()) if denied or one is not ActKind.RESTORE)


def _misheard(acts: tuple[Act, ...], text: str, heard: AbstractSet[str], reader: _Reader) -> set[ActKind]:
    """What of the labels ``heard`` is heard in the very clause in which both readers find its opposite ("ik
    trek mijn deelname in"), and nowhere beside it."""
    read = {act.kind for act in acts if not act.elsewhere}
    found: set[ActKind] = set()
    opposed = ((act, other) for act in acts for other in _OPPOSITE.get(act.kind, ()))
    for act, other in opposed:
        if other not in heard or other in read or not act.clause:
            continue
        own = reader.read(act.clause)
        clauses = (clause for one in sentences([act.words]) for clause in one.clauses)
        others = (clause for clause in clauses if spaced(clause).strip() not in act.clause)
        beside = " ".join((text.replace(act.words, " "), *others))
        agrees = own.get(str(act.kind), 0.0) >= min(reader.thresholds.hears, own.get(str(other), 0.0))
        if agrees and any(
            reader.read(words).get(str(other), 0.0) < reader.thresholds.hears
            for words in (beside, _without_stories(text))
        ):
            found.add(other)
    return found


def _without_stories(text: str) -> str:
    """A text without the sentences that only tell of what is over, or of others in general ("vorige maand
    schreef ik mij in", "hopelijk komt er veel volk")."""
    return " ".join(one.text for one in sentences([text]) if not _is_story(one.plain))


def _is_story(words: str) -> bool:
    said = spaced(words)
    lex = lexicon(language_of(said))
    return any(lex.says(one, said) for one in ("past", "registered_by", "not_of_anybody"))


def _beside(kinds: Iterable[ActKind], acts: tuple[Act, ...]) -> frozenset[ActKind]:
    """What was heard that no act about us is, or is done alike. Somebody who comes instead is more than that
    another does not."""
    read = {act.kind for act in acts if not act.elsewhere}
    # "neen, ik kom niet" is one thing, and so is an answer that says so
    said_with = {ActKind.DENY, ActKind.ANSWER} if ActKind.NOT_COME in read else set()
    if ActKind.SUBSTITUTE in read:
        read |= {ActKind.ANSWER, ActKind.COME}  # who comes, with their data
    beside = {kind for kind in kinds if kind not in {*IDLE, *said_with} and not _among(kind, read)}
    return frozenset(beside | ({ActKind.SUBSTITUTE} & {*kinds} - read))


def _chance(act: Act, chances: Mapping[str, float]) -> float:
    if act.elsewhere:
        return chances.get(ELSEWHERE, 0.0)
    like = _like(act.kind)
    if act.kind is ActKind.SUBSTITUTE and replaced_by_writer(act.words):
        like |= {ActKind.COME}  # "ik kom in de plaats van Jan Peeters"
    return max(chances.get(str(kind), 0.0) for kind in like)


def _among(kind: ActKind, kinds: set[ActKind]) -> bool:
    return bool(_like(kind) & kinds)


def _like(kind: ActKind) -> frozenset[ActKind]:
    return frozenset({kind}).union(*(alike for alike in _ALIKE if kind in alike))
