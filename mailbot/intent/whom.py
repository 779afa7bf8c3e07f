"""Whom a clause is about: the writer, those it names, their mayor, a colleague, or nobody of whom anything is
known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from mailbot.domain.submission import Act, ActKind, Who
from mailbot.intent.clause import Clause, presence_in
from mailbot.intent.lexicon import Lexicon, is_word, lexicon, listed, pattern, spaced
from mailbot.intent.person_mentions import NAME, TOKEN, names, only_names
from mailbot.intent.sentences import Sentence
from mailbot.text.lexicon import AN_AND, AND, BUT, LANGUAGES, either
from mailbot.text.normalize import plain

#: Somebody by one name, who is ill or does something: "Trui ligt met griep in bed en zal er niet geraken".
_OPENS = re.compile(rf"(?P<name>{TOKEN}) (?:{pattern('name_verb')}|{pattern('is_so')})\b")
_LISTS = re.compile(rf":\s*(?:[-–•]\s*)?{NAME}")
#: What may stand before a name or between two that belong together.
_TITLES = re.compile(
    rf"(?:\s|\b(?:{pattern('office')}|{pattern('mister')}|{pattern('called')}|{AN_AND})(?!\w))*", re.I
)
_OBJECT = re.compile(rf"\b{pattern('before_object')}\s+(?P<name>{NAME})")


def whom(clause: Clause, sentence: Sentence, people: tuple[str, ...]) -> tuple[Who | None, tuple[str, ...]]:
    """Whom a clause is about, and the names in it; None for somebody of whom nothing is known. A verb of the
    third person takes whom its sentence names: "De burgemeester, Jan Peeters, laat zich excuseren"."""
    if listed := _all_of_them(clause, sentence):
        return Who.NAMED, listed
    if opened := _opened_for(clause, sentence, people):
        return opened, _without_who_asks(people, sentence, clause.lexicon)
    if not people and _is_of_who_reads(clause):
        return None, ()
    if not people and (is_done_to_another(clause) or _is_somebody_of_theirs(clause)):
        return Who.COLLEAGUE, ()
    named = _meant(clause, sentence, people)
    if not named and _third_comes(clause) and _who(clause, ()) is Who.WRITER:
        return None, ()  # "ik hoor dat er 200 man komt"
    whole = replace(clause, text=spaced(sentence.plain))
    if not _is_of_another(clause, named):
        return (
            _of_nobody(whole, sentence, people)
            if _names_nobody(clause, named)
            else (_who(clause, named), named)
        )
    who = None if _is_of_another(whole, people) else _who(whole, people)
    return (None if who is Who.WRITER else who), people  # "ik had ons ingeschreven maar Karel meldt zich af"


def without_who_asks(clause: Clause) -> Clause:
    """A clause without the "I" of who only asks for what it says: "ik verzoek u haar in te schrijven"."""
    asks = clause.lexicon.concepts["i_ask_you"]
    return replace(clause, text=asks.sub(" ", clause.text)) if asks.search(clause.text) else clause


def _meant(clause: Clause, sentence: Sentence, people: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the people of a sentence whom a clause of it is about, by its words or by their order."""
    for_another = clause.lexicon.who["another"].search(clause.text)
    named = people if for_another else _named_in(clause, sentence, people)
    named = _without_who_asks(named, sentence, clause.lexicon)
    if named:
        return named
    if clause.lexicon.says("nor_oneself", clause.text):
        return people  # "noch Jan Peeters, noch ikzelf kunnen komen"
    # "Jan Peeters is ziek, hij kan niet komen"
    return people if len(people) == 1 and _is_of_subject(clause, sentence, people[0]) else ()


def _without_who_asks(people: tuple[str, ...], sentence: Sentence, lex: Lexicon) -> tuple[str, ...]:
    """The people without those on whose behalf something is asked of others that the sentence names: "namens
    burgemeester Jan Peeters meld ik Els Maes af". Without others it is of themselves."""
    others = tuple(one for one in people if not _asks(one, sentence, lex))
    return others or people


def _asks(name: str, sentence: Sentence, lex: Lexicon) -> bool:
    """Whether nothing but titles and other names stands between an "on behalf of" and a name."""
    before = spaced(sentence.text[: sentence.text.find(name)].rpartition(":")[2])
    for_whom = [*lex.who["another"].finditer(before)]
    between = before[for_whom[-1].end() :] if for_whom else ""
    for other in names(sentence.text):
        between = between.replace(spaced(other).strip(), " ")
    return bool(for_whom) and bool(_TITLES.fullmatch(between))


def _opened_for(clause: Clause, sentence: Sentence, people: tuple[str, ...]) -> Who | None:
    """Whom a sentence is about that opens with for whom it speaks: what "I" say behind the comma is of them
    ("on behalf of the mayor, Jan Peeters, I am pleased to accept"). None for any other, and for a body."""
    whole = spaced(sentence.plain)
    opens = clause.lexicon.who["another"].match(whole, 1)
    if (
        not opens
        or opens[0] in clause.text
        or _says_who_comes(replace(clause, text=spaced(sentence.clauses[0])))
    ):
        return None
    who = _who(replace(clause, text=whole), people)
    return who if who in (Who.NAMED, Who.MAYOR) else None


def _says_who_comes(clause: Clause) -> bool:
    """Whether a clause says itself whether somebody comes: "mijn collega Rita Maes kan niet komen"."""
    return bool({*presence_in(clause)} & {ActKind.COME, ActKind.NOT_COME, ActKind.RESTORE})


def _is_of_subject(clause: Clause, sentence: Sentence, name: str) -> bool:
    """Whether a clause is of a "he" or "she" who is whom its sentence opens with, and of whom that only tells
    something, not what they say."""
    lex, first = clause.lexicon, _of_name_before(clause, sentence, name)
    if not clause.text.strip() or not first:
        return False
    points = lex.who["pronoun"].match(clause.text, 1) or _THAT_ONE.match(clause.text, 1)
    own = first != clause.text and points
    told = any(lex.says(one, first) for one in ("tells_that", "asks_whether", "hearsay", "reported"))
    return bool(own) and not told and " " in name


def _of_name_before(clause: Clause, sentence: Sentence, name: str) -> str:
    """The clause that opens with somebody's name: that of the whole sentence, or the one just before
    ("..., maar Els Maes gaat wel, die moet blijven staan"); empty for none."""
    called = spaced(name)
    if spaced(sentence.plain).startswith(called):
        return spaced(sentence.clauses[0])
    clauses = [*map(spaced, sentence.clauses)]
    at = clauses.index(clause.text) if clause.text in clauses else 0
    before = clauses[at - 1] if at else ""
    return before if _JOINED_TO_IT.sub(" ", before, count=1).startswith(called) else ""


#: "Maar Els Maes ...": what joins a clause to the one before it.
_JOINED_TO_IT = re.compile(rf"^ {either(*AND, *BUT)} ")
#: "Die blijft": whoever was just named.
_THAT_ONE = re.compile(rf"{pattern('that_one')} {pattern('name_verb')} ")


def leaves_everywhere(acts: Iterable[Act]) -> bool:
    """Whether somebody stays away from all meetings, and not from one: "schrijf mij uit voor alles"."""
    said = [spaced(act.words) for act in acts if act.kind is ActKind.NOT_COME and not act.elsewhere]
    return any(lexicon(one).says("everywhere", words) for words in said for one in LANGUAGES)


def is_done_to_another(clause: Clause) -> bool:
    """Whether somebody is asked to be taken off or put on the list who is not the writer: it is done to a
    word that no lexicon has, to "these" alone, or to somebody of the writer's ("graag peeters afmelden",
    "gelieve deze te schrappen", "je souhaite inscrire ma collègue"). Capitals are not needed for it, and the
    writer may be who asks ("ik wil tom afmelden"). A short request has no words that tell its language, so
    that each is asked."""
    return any(
        words and not _is_writers(words, lex) and _is_somebody(words, lex)
        for lex in map(lexicon, LANGUAGES)
        for words in _objects(clause.text, lex)
    )


def _is_of_who_reads(clause: Clause) -> bool:
    """Whether a clause without an "I" says of whoever is spoken to that they come or do not ("zoals gezegd ga
    jij naar het kennisplatform"), in a mail to a colleague that we only see."""
    who = clause.lexicon.who
    return bool(who["you"].search(clause.text)) and not who["writer"].search(clause.text)


def _is_somebody_of_theirs(clause: Clause) -> bool:
    """Whether somebody or something of the writer's does what a clause without an "I" says, by a word of any
    kind: "mijn buddy kan niet komen"."""
    return _names_nobody(clause, ()) and clause.lexicon.says("of_theirs", clause.text)


def _is_somebody(words: list[str], lex: Lexicon) -> bool:
    return _points(words, lex) or _is_ones_own(words, lex) or not all(map(_is_known, words))


def _is_known(word: str) -> bool:
    """Whether any lexicon has a word: "cancel for 21 december" is English, whatever else "cancel" is."""
    return any(lexicon(one).knows(word) for one in LANGUAGES)


def _points(words: list[str], lex: Lexicon) -> bool:
    return lex.says("points_at", spaced(words[-1]))


def _is_writers(words: list[str], lex: Lexicon) -> bool:
    """Whether the writer is among the words to whom something is done, or theirs is ("mij gerust"), and not
    somebody of theirs ("ma collègue")."""
    said = spaced(" ".join(words))
    mine = lex.who["mine"].search(said) and not _is_ones_own(words, lex)
    return bool(mine or lex.who["writer"].search(said))


def _is_ones_own(words: list[str], lex: Lexicon) -> bool:
    """Whether the words call somebody by what they are to the writer: "ma collègue"."""
    said = spaced(" ".join(words))
    return bool(lex.who["mine"].match(said, 1)) and any(
        lex.who[one].search(said) for one in ("colleague", "mayor")
    )


def _objects(text: str, lex: Lexicon) -> Iterator[list[str]]:
    """The words to which something is done in a clause: between what the wish opens with, or the beginning,
    and the verb, and behind a verb that has none there; a preposition ends them."""
    for verb in lex.concepts["done_to"].finditer(text):
        before = text[: verb.start()]
        opened = [*lex.concepts["opens_wish"].finditer(before)]
        found = _up_to_preposition(f" {before[opened[-1].end() :]}" if opened else before, lex)
        yield found or _up_to_preposition(text[verb.end() - 1 :], lex)
    for verb in lex.concepts["does_to"].finditer(text):
        yield _up_to_preposition(text[verb.end() - 1 :], lex)


def _up_to_preposition(text: str, lex: Lexicon) -> list[str]:
    words = lex.concepts["ends_object"].split(text, 1)[0].split()
    return [word for word in words if word.isalpha()][:_NEAR]


#: Words beside a verb among which its object stands.
_NEAR = 3


def _all_of_them(clause: Clause, sentence: Sentence) -> tuple[str, ...]:
    """Those whom a sentence lists before a colon, where the clause speaks of them all: "Jan Peeters en Els
    Maes: gelieve beiden te verontschuldigen", or behind it: "volgende personen zijn verontschuldigd: Jan
    Peeters en Els Maes"; else nobody."""
    head, colon, tail = sentence.text.partition(":")
    lists = colon and (clause.lexicon.says("those_below", clause.text) or _only_asks(clause, head))
    if lists and (below := only_names(_without_what_all_are(tail, clause.lexicon))):
        return below
    listed = only_names(head) if colon and clause.lexicon.who["all_of_them"].search(clause.text) else ()
    return listed if len(listed) > 1 else ()


def _only_asks(clause: Clause, head: str) -> bool:
    """Whether what stands before a colon only asks to put somebody on the list or to take them off, without
    saying whom: "Inschrijven aub: Jan Peeters en Els Maes"."""
    asks = clause.text.strip() == spaced(head).strip() and len(head.split()) <= _ONLY_ASKS
    return asks and _says_who_comes(clause) and _names_nobody(clause, ())


#: Words of such a request, with its courtesy.
_ONLY_ASKS = 5


def _without_what_all_are(listed: str, lex: Lexicon) -> str:
    """A list of names without what is told of all of them behind it: "..., beiden raadslid in Damme"."""
    pieces = listed.split(",")
    told = (at for at, one in enumerate(pieces) if lex.who["all_of_them"].search(spaced(one)))
    return ",".join(pieces[: next(told, len(pieces))])


def _who(clause: Clause, people: tuple[str, ...]) -> Who:
    who = clause.lexicon.who
    clause = replace(clause, text=_without_owners(clause))
    if _is_company(clause, people):
        return Who.COMPANY
    if who["another"].search(clause.text):
        return Who.NAMED if people else Who.MAYOR if who["mayor"].search(clause.text) else Who.COLLEAGUE
    if who["mayor"].search(clause.text):
        return Who.MAYOR
    if people:
        return Who.NAMED
    if who["nobody"].search(clause.text):
        return Who.GROUP  # "bij ons kan er niemand komen" is not the writer alone
    if who["writer"].search(clause.text) and not _third_comes(clause):
        return Who.WRITER
    for one in (Who.GROUP, Who.COLLEAGUE):
        if who[one.value].search(clause.text):
            return one
    return Who.WRITER


def _is_company(clause: Clause, people: tuple[str, ...]) -> bool:
    """Whether a clause is of its writer and others: "Piet Claes en ik", and not "Jan en Els moeten allebei
    passen"."""
    who, said = clause.lexicon.who, clause.lexicon.concepts["no_company"].sub(" ", clause.text)
    company = who["company"].search(said)
    if company is None and clause.says("leave", "off_list"):
        company = who["leaving_company"].search(said)
    of_both = company is not None and len(people) > 1 and who["all_of_them"].search(f" {company[0]}")
    return company is not None and (not of_both or bool(who["writer"].search(clause.text)))


def _without_owners(clause: Clause) -> str:
    """A clause without those of whom only a thing is spoken of ("een wijziging in de agenda van de
    burgemeester noopt mij ..."), and not their coming ("... laat zijn aanwezigheid niet toe")."""
    if clause.lexicon.says("their_coming", clause.text):
        return clause.text
    return clause.lexicon.concepts["owned"].sub(" ", clause.text)


def _third_comes(clause: Clause) -> bool:
    """Whether all that a clause says of coming is a verb that cannot be the writer's, whatever else they say
    of themselves: "ik word tachtig en dan komt iedereen"."""
    found = [match[0] for match in clause.lexicon.concepts["come"].finditer(clause.text)]
    third = clause.lexicon.concepts["comes"]
    writes = clause.lexicon.who["writer"].search(clause.text)
    return bool(writes and found) and all(third.fullmatch(f" {one.strip()} ", 1) for one in found)


def _named_in(clause: Clause, sentence: Sentence, people: tuple[str, ...]) -> tuple[str, ...]:
    """Who is named in a clause, and in those that only begin its list: "gelieve An Maes, Jan Peeters en Koen
    Claes in te schrijven"."""
    here = {name for name in people if spaced(name) in clause.text}
    if not here:
        return ()
    clauses = (replace(clause, text=spaced(one), parts=()) for one in sentence.clauses)
    listed = [one.text for one in clauses if not ([*presence_in(one)] or _affirms(one))]
    here |= {name for name in people if any(spaced(name) in text for text in listed)}
    return tuple(name for name in people if name in here)


def _affirms(clause: Clause) -> bool:
    """Whether a clause says the contrary of the one before by its last word: "..., mevrouw Maes wel"."""
    return bool(_AT_THE_END.search(clause.text))


_AT_THE_END = re.compile(rf" (?:{pattern('after_all')}|{pattern('they_do')}) $")


def _of_nobody(whole: Clause, sentence: Sentence, people: tuple[str, ...]) -> tuple[Who, tuple[str, ...]]:
    """Whom a clause without anybody in it is about, by its ``whole`` sentence: the names there only beside a
    word for who they are ("gelieve onze directeur, Els Maes, te verontschuldigen")."""
    if not people:
        return (Who.COLLEAGUE if _speaks_of_another(sentence.text) else _who(whole, people)), ()
    called = any(whole.lexicon.who[one].search(whole.text) for one in ("colleague", "mayor"))
    return (_who(whole, people), people) if called else (Who.COLLEAGUE, ())


def _speaks_of_another(text: str) -> bool:
    """Whether a sentence without an "I" names somebody whom no pattern knows: "er mag nog een naam bij: An
    Peeters", "wil je An Peeters (an@x.example) op de lijst zetten", or opens with whom it is about."""
    opens = _OPENS.match(text)
    if opens and not is_word(plain(opens["name"])) and plain(opens["name"]) not in listed("no_name"):
        return True
    return bool(_LISTS.search(text)) or any(" " in found["name"] for found in _OBJECT.finditer(text))


def _is_of_another(clause: Clause, people: tuple[str, ...]) -> bool:
    """Whether a clause has a verb of the third person and nobody in it: "laat zich verontschuldigen"."""
    return _names_nobody(clause, people) and bool(clause.lexicon.who["third"].search(clause.text))


def _names_nobody(clause: Clause, people: tuple[str, ...]) -> bool:
    """Whether a clause has neither a name nor a word for anybody in it, the writer included."""
    return _who(clause, people) is Who.WRITER and not clause.lexicon.who["writer"].search(clause.text)
