"""What one clause says: which acts its words are, about which field, of how many places, and whether about
a meeting or an object of ours.

The lexicons say which words stand for which concept; the tables here say which concepts make an act, and in
which order they are asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from mailbot.domain.submission import ActKind
from mailbot.intent.lexicon import HOURS, Lexicon, pattern
from mailbot.intent.roles import ROLES
from mailbot.text.dates import dates_in, without_dates
from mailbot.text.lexicon import BUT

_NUMBER = re.compile(r"(?<= )(\d{1,3})(?= )")
SHORT = 8  # words: a bare yes or no, a bare change of a field
#: Kinds that leave no room for a plain coming or staying away in the same clause.
_WHOLE = (
    (ActKind.ERASE, "erase"),
    (ActKind.COPY, "copy"),
    (ActKind.ACCESS, "access"),
)
#: A day that suits badly, which is neither a coming nor a staying away.
_SUITS_BADLY = "suits_badly"
#: Kinds that say of a coming how it is, in the order in which one hides the next.
_QUALIFIED = (
    (ActKind.CONDITION, "condition"),
    (ActKind.UNSURE, "unsure"),
    (ActKind.UNSURE, _SUITS_BADLY),
    (ActKind.UNSURE, "for_a_trade"),
    (ActKind.SUBSTITUTE, "instead"),
    (ActKind.RESTORE, "restore"),
    (ActKind.BRING, "bring"),
    (ActKind.PLACES, "places"),
    (ActKind.PARTIAL, "partial"),
)
_ABOUT_HOW = re.compile(rf"{pattern('about_how')}\b")
#: What somebody may politely ask for and mean: "mag mijn collega mee?".
_ASKED_FOR = frozenset({ActKind.SUBSTITUTE, ActKind.BRING, ActKind.PLACES, ActKind.RESTORE})
#: A telephone number or an address: beside the name of a field it is its new value.
VALUE = re.compile(r"(?:\d[ ./-]?){8,}|\S+@\S+")
#: Words of coming: verbs, and the nouns that anything may be said of.
COMING = ("come", "come_noun", "adds_oneself", "suits")
#: Beside these a word of coming is nobody's wish: it is over, somebody else did it, it did not work, or it
#: only tells what we noted.
_NO_WISH = ("past", "registered_by", "trouble", "in_the_name", "noted_there")
#: Who denies more often in one breath is not understood.
_MOST_NOTS = 3
#: What a "not" turns into staying away.
_DENIED_WITH = frozenset({ActKind.RESTORE, ActKind.BRING, ActKind.PLACES})
#: Beside these a coming or staying away is no act of its own.
_ALONE = frozenset({ActKind.SUBSTITUTE, ActKind.RESTORE, ActKind.CONDITION, ActKind.UNSURE})
#: Words between a "because of" and its noun.
_NEAR = 6


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, or a whole sentence with its ``parts``, with the lexicon of its language. ``asks``: of a
    sentence with a question mark; ``alone``: of one that names nobody. A particle that ends a clause is found
    in the parts."""

    text: str
    lexicon: Lexicon
    asks: bool = False
    parts: tuple[str, ...] = ()
    alone: bool = False

    def says(self, *concepts: str) -> bool:
        said = (self.text, *self.parts)
        return any(self.lexicon.says(concept, text) for concept in concepts for text in said)

    @property
    def words(self) -> int:
        return len(self.text.split())


def acts_of_clause(clause: Clause) -> Iterator[ActKind]:
    """Each kind of act that a clause, or a sentence with its parts, is."""
    for kind, concept in _WHOLE:
        if clause.says(concept) and not (kind is ActKind.COPY and _is_of_what_is_done(clause)):
            yield kind
            return
    about_how = clause.asks and _ABOUT_HOW.match(clause.text.strip())
    off_list = clause.says("off_list")
    reach = off_list and field_of(clause) in _ON_A_LIST  # their number, and not they themselves
    changes = _is_change(clause) and not off_list and not clause.says("comes_instead")
    if not about_how and (reach or changes):
        yield ActKind.CHANGE
    elif clause.asks:
        asked_for = None if about_how else _qualified(clause)
        yield asked_for if asked_for in _ASKED_FOR else ActKind.QUESTION
    else:
        yield from presence_in(clause)


def _is_of_what_is_done(clause: Clause) -> bool:
    """Whether what is asked to be confirmed is what another part says: "ik meld mij af, graag een
    bevestiging". Beside a coming it must be no more than that plea."""
    asked = [part for part in apart(clause) if part.says("copy")]
    rest = [part for part in apart(clause) if not part.says("copy")]
    pleads = bool(asked) and all(part.lexicon.consists_of("plea", part.text) for part in asked)
    return any(_away(part) or (pleads and part.says(*COMING)) for part in rest)


#: What may stand on a list beside a name, and go from it.
_ON_A_LIST = frozenset({"phone", "email"})


def presence_in(clause: Clause) -> Iterator[ActKind]:
    """The acts about who will be there, and the small ones that are left where there is none."""
    if _denies_oddly(clause):
        yield ActKind.UNSURE
        return
    qualified = _qualified(clause)
    away = _away(clause)
    if qualified in _DENIED_WITH and away and clause.says("not"):
        qualified = None  # "toch niet", "Jan en ik kunnen niet komen"
    if qualified is not None:
        yield qualified
        if qualified in _ALONE:
            return
    if away:
        if qualified is None and not clause.says(*_NO_WISH):
            yield _how_away(clause)
    elif clause.says(*COMING) and (clause.says("polite_wish") or not clause.says(*_NO_WISH)):
        yield ActKind.COME
    elif qualified is None:
        yield from [ActKind.CHANGE] if _gives_value(clause) else _small(clause)


def _how_away(clause: Clause) -> ActKind:
    """Whether a staying away is of all of our meeting; one from a day to another may be of none."""
    if len(dates_in(clause.text)) > 1:
        return ActKind.UNSURE
    return ActKind.PARTIAL if _is_partly(clause) else ActKind.NOT_COME


def _qualified(clause: Clause) -> ActKind | None:
    """The kind of a clause that is more than a coming or a staying away, where it says one."""
    found = _first_said(clause) or _left_before(clause)
    if found is None and not clause.alone and clause.says("their_place"):
        return ActKind.SUBSTITUTE  # "ik vertegenwoordig Jan Peeters", and not "ik vertegenwoordig Damme"
    if found is ActKind.SUBSTITUTE and clause.alone and clause.says("given_away"):
        return None  # "geef mijn stoel maar aan iemand anders"
    if found is ActKind.SUBSTITUTE and clause.says("does_for_them") and not clause.says(*COMING):
        return ActKind.UNSURE  # "An Claes neemt in mijn naam het woord"
    return found


def _first_said(clause: Clause) -> ActKind | None:
    """The first of the kinds that a clause says by a phrase, without those whose phrase means nothing beside
    its other words."""
    said = (
        kind
        for kind, concept in _QUALIFIED
        if _said_in(clause, kind, concept).says(concept)
        and not (_is_aside(clause, kind, concept) or _looks_so(clause, concept))
    )
    found = next(said, None)
    if found is ActKind.CONDITION and not clause.says(*COMING, "away", "leave", "instead"):
        found = next(said, None)  # "indien mogelijk kreeg ik graag de slides"
    if found is ActKind.BRING and clause.says("leave", "off_list") and not clause.says(*COMING):
        found = next(said, None)  # "schrijf mij en mijn collega uit"
    if found in _DOUBTS and _is_certain(clause, found):
        found = next(said, None)
    return found


def _said_in(clause: Clause, kind: ActKind, concept: str) -> Clause:
    """A clause as a kind is looked for in it: days and hours are no numbers of places ("5 november deze
    mensen"), and how a day suits says nothing beside who comes or does not ("dat past mij slecht, maar ik
    kom")."""
    if concept == _SUITS_BADLY and clause.parts:
        suits = [part for part in apart(clause) if part.says(concept)]
        beside = [part for part in apart(clause) if part not in suits]
        says_more = any(_away(part) or part.says(*COMING) for part in beside)
        return replace(clause, text=" ", parts=() if says_more else tuple(part.text for part in suits))
    if kind is not ActKind.PLACES:
        return clause
    return replace(clause, text=_uncounted(clause.text), parts=tuple(map(_uncounted, clause.parts)))


def _uncounted(text: str) -> str:
    return f" {' '.join(HOURS.sub(' ', without_dates(text)).split())} "


#: What leaves open whether somebody comes.
_DOUBTS = {ActKind.CONDITION: "condition", ActKind.UNSURE: "unsure"}


def _is_certain(clause: Clause, kind: ActKind) -> bool:
    """Whether a part of a sentence says for certain who is there, and what leaves something open stands in
    another: "moest ge nog twijfelen: ik kom wel degelijk"."""
    certain = [part for part in apart(clause) if part.says("certain") and part.says(*COMING)]
    return bool(certain) and not any(part.says("not", _DOUBTS[kind]) for part in certain)


#: What looks like a word of a concept, and is part of another phrase: no "if" in "noteer mij als afwezig" and
#: "iemand anders", no
#: "possible" in "niet langer mogelijk", nobody brought along in "voeg mij toe", "voeg dit toe" and "avec
#: plaisir", nobody back in "valt het weer mee", and nobody replaced in "de 20ste in plaats van de 13de" and
#: "gaat voor mij niet lukken".
_LOOKS_LIKE = {
    "condition": ("noted_as", "other_than"),
    "unsure": ("not_possible", "as_you_know"),
    "bring": ("adds_oneself", "adds_that", "gladly", "brings_a_thing"),
    "restore": ("of_weather",),
    "instead": ("another_day", "fails_for_me", "in_the_name", "puts_a_thing"),
}


def _looks_so(clause: Clause, concept: str) -> bool:
    """Whether all that a clause seems to say of a concept belongs to phrases that only look like it."""
    others = [one for one in _LOOKS_LIKE.get(concept, ()) if clause.says(one)]
    rest = [clause.text, *clause.parts]
    for other in others:
        rest = [clause.lexicon.concepts[other].sub(" ", text) for text in rest]
    return bool(others) and not any(clause.lexicon.says(concept, text) for text in rest)


#: What says how many come, with whom, or how long: beside a staying away it is no more than why.
_LIMITS = frozenset({ActKind.BRING, ActKind.PLACES, ActKind.PARTIAL})


def _is_aside(clause: Clause, kind: ActKind, concept: str) -> bool:
    """Whether what would limit a coming stands in another part of a sentence than the one that says, without
    it, that somebody does not come ("mijn vlucht komt pas om 18 uur aan, ik haal het niet"), and speaks of
    nobody's coming itself ("niet op de lunch, wel op de namiddag")."""
    parts = apart(clause)
    if kind not in _LIMITS or not parts:
        return False
    limiting = [part for part in parts if part.says(concept)]
    rest = [part for part in parts if part not in limiting]
    whole = any(_away(part) and not _is_partly(part) for part in rest)
    if not limiting:  # the "not" is of the next: "ik moet thuis blijven dus ik kom niet"
        return whole and not any(part.says(*COMING) and not part.says("not") for part in parts)
    return whole and not any(part.says("affirmed", *COMING) for part in limiting)


def apart(clause: Clause) -> list[Clause]:
    """The parts of a sentence, each as a clause of its own."""
    return [replace(clause, text=part, parts=()) for part in clause.parts]


def _left_before(clause: Clause) -> ActKind | None:
    """What it is that somebody says to have withdrawn before: a wish to be back where a part beside it speaks
    of coming, a doubt beside anything else that it is set against, and where they only were taken off; None
    where it just says that they withdrew."""
    if not clause.says("was_off", "has_left"):
        return None
    beside = [part for part in apart(clause) if not part.says("was_off", "has_left")]
    if any(part.says(*COMING, "not_there") and not part.says("not") for part in beside):
        return ActKind.RESTORE
    return ActKind.UNSURE if clause.says("was_off") or any(map(begins_with_but, beside)) else None


def _denies_oddly(clause: Clause) -> bool:
    """Whether a clause denies too often, twice in a row, or says nothing else ("Ik kom. Niet.")."""
    nots = [*clause.lexicon.concepts["not"].finditer(clause.text)]
    twice = any(one.end() == other.start() for one, other in pairwise(nots))
    return len(nots) > _MOST_NOTS or twice or (bool(nots) and clause.lexicon.consists_of("not", clause.text))


def _is_partly(clause: Clause) -> bool:
    """Whether a "not there" is of a part of the day alone; "die namiddag" is the whole meeting, and what
    stands in another part of the sentence is why."""
    parts = apart(clause)
    if any(part.says("leave") and not part.says("not") and not _limits(part) for part in parts):
        return False  # "ik raak niet tijdig weg, dus schrap mij maar"
    if _is_of_how(clause) or any(is_as_whom(part.text) for part in parts or [clause] if _away(part)):
        return True
    whole, *texts = (
        clause.lexicon.concepts["that_part"].sub(" ", one.text)
        for one in (clause, *(part for part in parts if _away(part)))
    )
    limits = [found[0] for found in clause.lexicon.concepts["partly"].finditer(whole)]
    within = [one for one in limits if any(one in part.text for part in parts)]  # one may go on in the next
    return len(within) < len(limits) or any(clause.lexicon.says("partly", text) for text in texts or [whole])


def _is_of_how(clause: Clause) -> bool:
    """Whether a "not" is of how somebody comes, since another way follows: "ik kom niet met den auto, met den
    trein", "niet als schepen, maar als burger"."""
    denied = clause.lexicon.concepts["not"].finditer(clause.text)
    return any(_OTHERWISE.match(clause.text, one.end()) for one in denied)


#: Behind a "not": with what or as whom somebody comes, and the same word again.
_OTHERWISE = re.compile(rf"(?:\S+ ){{0,2}}?({pattern('how')}) (?:\S+ ){{1,8}}?\1 ")


def is_as_whom(text: str) -> bool:
    """Whether a clause says as whom somebody does not come, by what they would do there ("als spreker"): who
    does not speak may still come. An office ("als schepen") is who they are."""
    played = _AS_WHOM.finditer(text)
    return any(not ROLES.fullmatch(one["whom"]) and not _NO_PART.match(one["whom"]) for one in played)


#: As whom, by a word for who does something: "als gastspreker", "comme oratrice", "as a panellist".
_AS_WHOM = re.compile(
    rf" (?:{pattern('as_whom')}) (?:{pattern('before_whom')} )?(?P<whom>{pattern('by_what_one_does')}) "
)
#: Words that only look like one, or say no more than that somebody is there: "als deelnemer".
_NO_PART = re.compile(pattern("no_part_played"))


def _limits(part: Clause) -> bool:
    """Whether a part of a sentence says of what part of the day it is, or of what part somebody plays."""
    if is_as_whom(part.text):
        return True
    said = part.lexicon.concepts["that_part"].sub(" ", part.text)
    return any(part.lexicon.says(one, said) for one in ("partly", "partial"))


def _small(clause: Clause) -> Iterator[ActKind]:
    short = [part for part in (clause.text, *clause.parts) if len(part.split()) <= SHORT]
    if clause.words <= SHORT and clause.says("deny"):
        yield ActKind.DENY
    elif any(clause.lexicon.says("confirm", part) for part in short):
        yield ActKind.CONFIRM
    elif clause.says("thanks"):
        yield ActKind.THANKS


def _is_change(clause: Clause) -> bool:
    """Whether something noted must be otherwise: a word for it, beside a field."""
    if clause.says("bare_change") and not clause.says("own_agenda"):
        return True
    parts = apart(clause)
    said = [clause] if not any(map(_away, parts)) else parts  # "ik ben alleen op dienst, dus het lukt niet"
    return any(_names_field(one) and one.says("change") for one in said)


def _gives_value(clause: Clause) -> bool:
    """ "Mijn gsm is 0478 12 34 56": a field with its value, and no other act."""
    return _names_field(clause) and bool(VALUE.search(clause.text))


def _names_field(clause: Clause) -> bool:
    return any(pattern.search(clause.text) for pattern in clause.lexicon.fields.values())


def _away(clause: Clause) -> bool:
    """Whether somebody will not be there: a word for it, or a "not" beside a word of coming. A "not"
    beside the word for it ("niet uitschrijven", "niet verhinderd") says the contrary, in its own clause
    alone: "ik kom niet, schrap mij"."""
    said = apart(clause) or [clause]
    leaving = [part for part in said if part.says("leave", "away")]
    if not leaving and clause.says("leave", "away"):
        leaving, said = [clause], []  # a word for it that goes on behind a comma
    if leaving:
        beside = (part for part in said if part not in leaving)
        return not all(map(_denied, leaving)) or any(map(_denies_coming, beside))
    return _denies_coming(clause)


def _denies_coming(clause: Clause) -> bool:
    return clause.says("not") and clause.says(*COMING, "not_there")


def _denied(clause: Clause) -> bool:
    """Whether the word for staying away is itself denied, and nothing else is."""
    return bool(clause.lexicon.find("not_away", clause.text))


def begins_with_but(clause: Clause) -> bool:
    """Whether a clause sets itself against the one before: "maar ik wil mij inschrijven"."""
    return clause.text.startswith(tuple(f" {one} " for one in BUT))


def elsewhere(clause: Clause) -> bool:
    """Whether a clause speaks of another meeting or object than ours, and not as its reason."""
    found = clause.lexicon.find("elsewhere", clause.text)
    if found is None or clause.says("ours"):
        return False
    before = " " + " ".join(clause.text[: found.start()].split()[-_NEAR:]) + " "
    return not clause.lexicon.says("reason", before)


#: Fields of what who comes eats or needs.
DETAILS = frozenset({"diet", "remarks"})


def field_of(clause: Clause) -> str:
    """The field that a change names, by its key."""
    found = (key for key, pattern in clause.lexicon.fields.items() if pattern.search(clause.text))
    return next(found, "")


def places_in(clause: Clause) -> int:
    """The number of places asked for, 0 where it is not plain."""
    found = clause.lexicon.find("places", _uncounted(clause.text))
    digits = _NUMBER.search(f" {found[0]}") if found else None
    if digits:
        return int(digits[1])
    words = set(found[0].split()) if found else set()
    return next((n for n, name in enumerate(clause.lexicon.numbers, 1) if name in words), 0)
