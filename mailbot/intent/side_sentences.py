"""Sentences beside an act that ask for nothing but what is done with it: the meal of who stays away goes, and
who comes instead is mailed to. Read by themselves they would be acts of their own, and a person's."""

from __future__ import annotations

import re

from mailbot.domain.submission import ActKind, Who
from mailbot.intent.acts import acts_in
from mailbot.intent.answers import beside
from mailbot.intent.clause import DETAILS
from mailbot.intent.echoed_pleas import without_echoed_pleas
from mailbot.intent.lexicon import Lexicon, language_of, lexicon, pattern, spaced
from mailbot.intent.person_mentions import names
from mailbot.intent.questions import is_question
from mailbot.intent.roles import ROLES
from mailbot.intent.sentences import Sentence
from mailbot.intent.substitutes import Standin, standin
from mailbot.text.lexicon import JOINING

_VALUE = re.compile(r"\d{3}|@")
#: What plain thanks are.
_THANKS = frozenset({ActKind.THANKS, ActKind.CONFIRM})
#: Words of small talk.
_FEW = 12
#: What a mail may say in which nothing but a staying away is done.
_LEAVES = frozenset({ActKind.NOT_COME, ActKind.THANKS, ActKind.OTHER})


def without_what_follows(said: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """The sentences of a mail without those that ask only for what is done with another."""
    return _without_small_talk(_without_meals(_without_mails(without_echoed_pleas(_without_pleas(said)))))


def _without_pleas(said: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """The sentences without those that only ask to note what the others say of who comes or does not:
    "gelieve uw lijst in die zin aan te passen", "gelieve mij de ontvangst te bevestigen"."""
    rest = tuple(one for one in said if not _only_pleads(one))
    if not rest or len(rest) == len(said):
        return said
    kinds = {act.kind for act in acts_in(rest) if not act.elsewhere}
    if ActKind.COME in kinds and any(_sets_right(one) for one in said if one not in rest):
        return said  # "op mijn inschrijving staat schepen, ik ben directeur. Kan u dat aanpassen?"
    return rest if kinds & _WHO_COMES and kinds <= _WHO_COMES | _IDLE else said


def _sets_right(sentence: Sentence) -> bool:
    """Whether a plea is to change what was just told, and not a list: "kan u dat verbeteren?"."""
    words = spaced(sentence.plain)
    return lexicon(language_of(words)).says("sets_right", words) and bool(_THAT.search(words))


#: What points to what was told.
_THAT = re.compile(rf" (?:{pattern('that_told')}) ")


def _only_pleads(sentence: Sentence) -> bool:
    """Whether each word of a sentence is one of a plea, and some ask for it."""
    words = spaced(sentence.plain)
    lex = lexicon(language_of(words))
    return lex.consists_of("plea", words) and len(words.split()) >= _PLEA


#: Words of a plea, at least.
_PLEA = 3
#: What is noted of who comes, and what is nothing beside it.
_WHO_COMES = frozenset({ActKind.COME, ActKind.NOT_COME, ActKind.RESTORE, ActKind.SUBSTITUTE})
_IDLE = frozenset({ActKind.THANKS, ActKind.OTHER, ActKind.CONFIRM})


def _without_small_talk(said: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """The sentences without the small talk beside plain thanks: "De dienstwagen is al gereserveerd."."""
    rest = tuple(one for one in said if not (_is_small_talk(one) or _is_story(one)))
    if not rest or len(rest) == len(said):
        return said
    kinds = {act.kind for act in acts_in(rest)}
    return rest if kinds and kinds <= _THANKS else said


def _is_small_talk(sentence: Sentence) -> bool:
    """Whether a sentence of one clause tells in a few words that somebody made ready for a meeting, or looks
    forward to it: it asks and denies nothing, has no value and names nobody."""
    words = spaced(sentence.plain)
    lex = lexicon(language_of(words))
    rest = spaced(lex.concepts["forgets_nothing"].sub(" ", words))
    is_talk = rest != words or lex.says("small_talk", words)
    whole = len(sentence.clauses) == 1 and len(words.split()) <= _FEW
    if not (is_talk and whole) or is_question(sentence) or _VALUE.search(sentence.text):
        return False
    named = any(" " in one for one in names(sentence.text))
    return not (named or _wants_more(rest, lex))


#: What makes words of small talk, or beside it, more than that: "de oppas is nog niet geregeld".
_MORE = ("not", "regret", "condition", "unsure", "partial", "for_the_office")


def _wants_more(words: str, lex: Lexicon) -> bool:
    """Whether words of small talk may want something, or name what we note."""
    return (
        any(spaced(one) in words for one in lex.if_words)
        or any(lex.says(one, words) for one in _MORE)
        or any(named.search(words) for named in lex.fields.values())
    )


def _is_story(sentence: Sentence) -> bool:
    """Whether a sentence tells what is over, or that something pleases its writer, and nothing that keeps
    anybody away or that somebody has to know."""
    words = spaced(sentence.plain)
    lex = lexicon(language_of(words))
    more = any(lex.says(one, words) for one in _MORE_THAN_A_STORY)
    details = any(lex.fields[one].search(words) for one in DETAILS)
    if more or details or ROLES.search(sentence.plain) or any(lex.who[one].search(words) for one in _OTHERS):
        return False
    data = any(field.search(words) for field in lex.fields.values())
    over = beside.tells_only(sentence.text) and not (data or lex.says("not", words))
    return over or beside.is_glad(sentence)


#: Words for others than the writer.
_OTHERS = ("colleague", "mayor", "group")


#: What makes a story more than that: "mijn vrouw lag in het ziekenhuis".
_MORE_THAN_A_STORY = ("hindered", "regret", "condition", "unsure", "partial", "for_the_office", "apology")


def _without_mails(said: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """The sentences without those that only ask to mail who comes instead, whose address is given: so we do.
    "Kunt u de bevestiging aan mijn vervanger bezorgen?" """
    who = next(filter(None, (standin(sentence.text) for sentence in said)), None)
    if who is None or not who.email:
        return said
    return tuple(one for one in said if not _mails_to(one, who)) or said


def _mails_to(sentence: Sentence, who: Standin) -> bool:
    """Whether a sentence only asks to send something of ours to ``who``."""
    text = sentence.text.replace(who.email, " ")
    words = spaced(sentence.plain)
    others = [one for one in names(text) if one not in who.name]
    lex = lexicon(language_of(words))
    found = lex.find("mails_them", words)
    beside = {*words[found.end() :].split()} if found else set()
    more = bool(beside & {*JOINING}) or (bool(beside) and lex.says("of_myself", spaced(" ".join(beside))))
    return found is not None and not (more or others or _VALUE.search(text) or standin(sentence.text))


def asks_to_send(sentence: Sentence) -> bool:
    """Whether a sentence asks us to send something, to whomever: "stuur de bevestiging ook naar mij", and not
    "ik stuur de gegevens nog"."""
    clauses = (spaced(one) for one in sentence.clauses)
    read = ((one, lexicon(language_of(one))) for one in clauses)
    return any(lex.says("sends", one) and not lex.says("oneself", one) for one, lex in read)


def _without_meals(said: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """The sentences without those that only say that a meal may go, where the others say that their writer
    stays away, and nothing else."""
    rest = tuple(one for one in said if not _is_a_meal_that_goes(one))
    if not rest or len(rest) == len(said):
        return said
    acts = acts_in(rest)
    own = any(act.kind is ActKind.NOT_COME and act.who in (Who.WRITER, Who.NAMED) for act in acts)
    leaves = own and all(act.kind in _LEAVES and not act.elsewhere for act in acts)
    return rest if leaves else said


def _is_a_meal_that_goes(sentence: Sentence) -> bool:
    """Whether a sentence only says of a meal that it may go: "broodje mag dus ook weg"."""
    rest = spaced(sentence.plain)
    lex = lexicon(language_of(rest))
    if is_question(sentence):
        return False
    for concept in ("may_go", "meal"):
        if not lex.says(concept, rest):
            return False
        rest = spaced(lex.concepts[concept].sub(" ", rest))
    return lex.consists_of("around_may_go", rest)
