"""Sentences → acts: what each clause of a mail in words does, with its slots.

What a clause says is told by ``clause``, of whom by ``whom``; here its sentence is looked at as a whole, and
the sentences beside each other. Nothing is guessed from a greeting, a quote or a signature: the lines given
are the writer's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from mailbot.domain.submission import Act, ActKind, Who
from mailbot.intent.clause import (
    COMING,
    DETAILS,
    VALUE,
    Clause,
    acts_of_clause,
    apart,
    elsewhere,
    field_of,
    places_in,
    presence_in,
    turns,
)
from mailbot.intent.lexicon import Lexicon, has_words_of, language_of, lexicon, pattern, spaced
from mailbot.intent.person_mentions import names, only_names
from mailbot.intent.questions import is_question, is_request
from mailbot.intent.said_of import held
from mailbot.intent.sentences import DATA_ASIDE, ITEM, LABELLED, Sentence, sentences
from mailbot.intent.substitutes import standin
from mailbot.intent.whom import whom
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.lexicon import AND, BUT, JOINING, LANGUAGES, either
from mailbot.text.normalize import plain

#: More acts than a mail can mean; what a hostile mail says beyond them is not read.
_MOST_ACTS = 40
#: Acts of people whose data may stand beside them.
_WITH_DATA = frozenset({ActKind.COME, ActKind.BRING, ActKind.SUBSTITUTE})
#: What stands beside a change that names nothing, and is not what it asks for.
_ECHOED = frozenset({ActKind.CHANGE, ActKind.THANKS, ActKind.OTHER, ActKind.CONFIRM, ActKind.QUESTION})
#: Coming and staying away: the two that may stand in one sentence about two people.
_PRESENCE = frozenset({ActKind.COME, ActKind.NOT_COME})
#: Said of what is not certain: beside the writer, whoever else is named may only be why.
_OPEN = frozenset({ActKind.CONDITION, ActKind.UNSURE})
#: Clauses; in a longer sentence another meeting may be the reason for staying away from ours.
_FEW = 2
_HEADING = 4  # words
#: Words of a clause that says of what its "not" is.
_SAYS_OF_WHAT = 4
#: Words for people, of whom a clause tells no mere thing.
_SOMEBODY = ("mayor", "colleague", "group", "company")
#: Fields whose old values "vervallen" as well.
_REACHED = ("phone", "email")
#: A line of a form that nobody took for one: "Ik neem deel: neen", "☐ Ik kom".
_FORM_LINE = re.compile(
    rf"[{TICKED}{UNTICKED}]|:\s*(?:ja|nee+n?|yes|no|oui|non)\b\s*[./]?|\bja\s*/\s*nee", re.I
)
#: Asked without a mark, and asked how or until when: nothing is done on it.
_ASKS = re.compile(rf"{pattern('asks')}\b")
_PIECE = re.compile(rf",|\s(?={either(*AND, *BUT)}\s)")
_BUT_THEY = re.compile(rf"(?:(?i:{either(*AND, *BUT)}) )?(?P<who>.{{3,80}}?) {pattern('they_do')}")
_THEY_DO = re.compile(rf"(?i:{pattern('but_they')})\b:? (?P<who>.{{3,80}})")


def read_acts(lines: Iterable[str]) -> tuple[Act, ...]:
    """The acts in these lines, in the order they are written, each once; none for an empty text."""
    return acts_in(sentences(lines))


def acts_in(said: tuple[Sentence, ...]) -> tuple[Act, ...]:
    """The acts in sentences that were cut already."""
    found: list[Act] = []
    language = language_of(spaced(" ".join(sentence.plain for sentence in said)[:2_000]))
    for number, sentence in enumerate(said):
        language = language_of(spaced(sentence.plain), otherwise=language)
        listed = _of_those_below(sentence, said[number + 1 :], lexicon(language))
        for read in [listed] if listed else _in_some_language(sentence, language):
            act = _of_who_was_named(read, found, lexicon(language))
            known = next((n for n, one in enumerate(found) if _same(one, act)), None)
            if known is None:
                found.append(act)
            else:
                found[known] = _fuller(found[known], act)
    found = [*_turned_down(said, _without_reported(found)), *_sent_instead(said, found)]
    found = found if {act.kind for act in found} - _QUIET else [*found, *_by_reason(said)]
    return tuple(_without_echoes(held(found))[:_MOST_ACTS])


def _sent_instead(said: tuple[Sentence, ...], found: list[Act]) -> Iterator[Act]:
    """Whom a writer who does not come names as who comes, where no act has them: "ik stuur Jan Peeters, zelf
    kan ik niet" is two halves. Whether it is a substitution ("ik stuur Jan Peeters nog een mail") is for the
    second reader to hear."""
    leaves = any(
        act.kind is ActKind.NOT_COME and act.who is Who.WRITER and not act.elsewhere for act in found
    )
    if not leaves or any(act.kind is ActKind.SUBSTITUTE for act in found):
        return
    for sentence in said:
        who = None if is_question(sentence) else standin(sentence.text)
        if who is not None and not any(who.name in act.people for act in found):
            words = sentence.text
            yield Act(
                ActKind.SUBSTITUTE,
                Who.NAMED,
                (who.name,),
                words=words,
                clause=spaced(sentence.plain).strip(),
                of_self=True,
            )
            return


#: Beside these a reason alone may say that somebody stays away.
_QUIET = frozenset({ActKind.THANKS, ActKind.OTHER, ActKind.QUESTION})


#: Who tells more has something to say that a reason is not.
_FEW_SENTENCES = 4


def _by_reason(said: tuple[Sentence, ...]) -> Iterator[Act]:
    """The staying away of a mail that says nothing of coming and gives only a reason for it: "Ik lig in het
    ziekenhuis. Een andere keer graag." Whether it is one is for the second reader to hear."""
    for sentence in said if len(said) <= _FEW_SENTENCES else ():
        lex = lexicon(language_of(spaced(sentence.plain)))
        said_alone = _without_with(spaced(sentence.plain), lex)
        clause = Clause(said_alone, lex, alone=not names(sentence.text))
        if is_question(sentence) or _FORM_LINE.search(sentence.text):
            continue
        if not lex.says("hindered", clause.text) or elsewhere(clause):
            continue
        act = _act(ActKind.NOT_COME, clause, sentence, names(DATA_ASIDE.sub(" ", sentence.text)))
        if act.kind is ActKind.NOT_COME and (act.of_self or act.people):
            yield replace(act, by_reason=True)
            return


def _of_those_below(sentence: Sentence, below: tuple[Sentence, ...], lex: Lexicon) -> Act | None:
    """The coming or staying away of those whom the lines below a sentence name, one a line: "De volgende
    raadsleden kunnen niet komen:", "Voor Gemeente Damme zullen aanwezig zijn:"; None where it does not say
    so, or names nobody there."""
    if not sentence.text.endswith((":", "?")) or is_question(sentence) or names(sentence.text):
        return None
    people: list[str] = []
    for line in below:
        if not (named := only_names(ITEM.sub("", line.text))):
            break
        people += named
    clause = Clause(_on_presence(sentence.plain, lex), lex)
    kinds = [*presence_in(clause)]
    points = lex.says("those_below", clause.text) or (
        kinds == [ActKind.COME] and sentence.text.endswith(":") and not lex.who["writer"].search(clause.text)
    )
    if not people or not points or len(kinds) != 1 or kinds[0] not in _PRESENCE:
        return None
    said = clause.text.strip()
    return Act(kinds[0], Who.NAMED, tuple(people), elsewhere(clause), words=sentence.text, clause=said)


def _of_who_was_named(act: Act, before: list[Act], lex: Lexicon) -> Act:
    """An act of a "he" or "she", or of "the" registration, as one of the only person or mayor that the
    sentences before are about."""
    if act.kind not in _PRESENCE or act.people:
        return act
    if act.who is Who.MAYOR:
        return _of_the_mayor(act, before)
    clause = spaced(act.clause)
    theirs = lex.who["of_them"].search(clause) and not lex.who["writer"].search(clause)
    if not theirs and (act.who is Who.WRITER or not lex.who["pronoun"].search(clause)):
        return act
    said = [one for one in before if one.kind in _PRESENCE or (theirs and one.people)]
    said = said or [one for one in before if _only_names(one, lex)]
    named = {(one.who, one.people) for one in said if one.people or one.who is Who.MAYOR}
    if len(named) != 1:
        return act
    who, people = named.pop()
    return replace(act, who=who, people=people)


def _of_the_mayor(act: Act, before: list[Act]) -> Act:
    """An act of "the mayor" as one of whom the sentences before call so: "on behalf of the mayor, Jan
    Peeters, ... Please register the mayor"."""
    mayors = lexicon(language_of(spaced(act.words))).who["mayor"]
    called = {one.people for one in before if one.people and mayors.search(spaced(one.words))}
    named = called.pop() if len(called) == 1 else ()
    return replace(act, who=Who.NAMED, people=named) if len(named) == 1 else act


def _only_names(act: Act, lex: Lexicon) -> bool:
    """Whether an act is none, of a sentence that only tells something of one person: "Jan Peeters brak zijn
    voet."."""
    others = any(lex.who[one].search(spaced(act.words)) for one in ("mayor", "group"))
    return act.kind is ActKind.OTHER and len(act.people) == 1 and " " in act.people[0] and not others


def _same(one: Act, other: Act) -> bool:
    return (one.kind, one.who, one.people, one.elsewhere, one.field) == (
        other.kind,
        other.who,
        other.people,
        other.elsewhere,
        other.field,
    )


def _fuller(one: Act, other: Act) -> Act:
    return replace(
        one,
        value=one.value or other.value,
        places=one.places or other.places,
        condition=one.condition or other.condition,
        asked_out=one.asked_out or other.asked_out,
    )


#: Of acts beside each other, which say more than which: a wish than thanks, "komt later" than "komt".
_SAYS_MORE: tuple[tuple[frozenset[ActKind], frozenset[ActKind]], ...] = (
    (
        frozenset(ActKind) - {ActKind.THANKS, ActKind.OTHER},
        frozenset({ActKind.THANKS, ActKind.OTHER}),
    ),
    (
        frozenset({ActKind.RESTORE, ActKind.CONDITION, ActKind.UNSURE, ActKind.BRING}),
        frozenset({ActKind.COME}),
    ),
    (
        frozenset({ActKind.RESTORE, ActKind.CONDITION}),
        frozenset({ActKind.NOT_COME}),
    ),
    (
        frozenset(ActKind) - {ActKind.CONFIRM, ActKind.DENY, ActKind.THANKS, ActKind.OTHER, ActKind.QUESTION},
        frozenset({ActKind.CONFIRM, ActKind.DENY}),
    ),
)


def _without_echoes(acts: list[Act]) -> list[Act]:
    """Without what another act says more fully."""
    kinds = {act.kind for act in acts}
    hidden = frozenset().union(*(echoes for saying, echoes in _SAYS_MORE if kinds & saying))
    if ActKind.RESTORE in kinds:  # "ik had mij afgemeld. Ik kan nu toch komen."
        acts = [act for act in acts if act.kind is not ActKind.UNSURE or not _was_off(act)]
    if len({act.people for act in acts if _is_with_data(act)}) == 1:
        acts = [act for act in acts if not _is_data_of_another(act)]
    if kinds - _ECHOED:
        acts = [act for act in acts if not _asks_for_that(act)]
    return [act for act in acts if act.elsewhere or act.kind not in hidden]


def _without_reported(acts: list[Act]) -> list[Act]:
    """Without the coming, or the staying away, of the writer that is only spoken of where the writer says the
    other: "wie zegt dat ik niet kom? Ik kom", "ik hoor dat er 200 man komt. Ik blijf thuis"."""
    own = [act for act in acts if act.kind in _PRESENCE and act.who is Who.WRITER and not act.elsewhere]
    if {act.kind for act in own} != _PRESENCE or any(act.people for act in own):
        return acts
    alone = all(_says_only_that(act) for act in own if act.kind is ActKind.NOT_COME)
    reported = [act for act in own if _is_reported(act) or (alone and _only_stands(act))]
    if len({act.kind for act in own if act not in reported}) != 1:
        return acts
    return [act for act in acts if act not in reported]


def _turned_down(said: tuple[Sentence, ...], acts: list[Act]) -> list[Act]:
    """The acts, where a coming of the writer is only a wish if what stays is a "but" with a reason against
    it: "I'd love to attend but I'm abroad"."""
    clauses = [
        Clause(spaced(one), lexicon(language_of(spaced(sentence.plain))))
        for sentence in said
        for one in sentence.clauses
    ]
    against = [number for number, one in enumerate(clauses) if turns(one) and _hinders(one)]
    if not against or any(one.says(*COMING, "restore") for one in clauses[against[-1] + 1 :]):
        return acts
    return [
        replace(act, kind=ActKind.UNSURE) if act.kind is ActKind.COME and act.who is Who.WRITER else act
        for act in acts
    ]


def _hinders(clause: Clause) -> bool:
    """Whether a clause gives a reason for staying away that is the writer's own, and says of no coming."""
    others = any(clause.lexicon.who[one].search(clause.text) for one in _SOMEBODY)
    return clause.says("hindered") and not others and not clause.says(*COMING, "certain", "restore")


def _is_reported(act: Act) -> bool:
    said, clause = spaced(act.words), spaced(act.clause)
    told = said[: said.find(clause)] if clause in said else ""
    lex = lexicon(language_of(said))
    return lex.says("reported", clause) or lex.says("reported_next", told)


def _only_stands(act: Act) -> bool:
    """Whether a coming only tells that its writer is on the list."""
    clause = spaced(act.clause)
    return act.kind is ActKind.COME and lexicon(language_of(clause)).says("stands", clause)


#: What a clause may say beside its "not" that is nothing of its own.
_NOTHING_MORE = ("not", "not_there", "away", "come", "regret")


def _says_only_that(act: Act) -> bool:
    """Whether the clause of a staying away has no object of its own: "maar ik kan niet", and not "maar de
    betaling lukt niet" or "maar ik kan niet wachten"."""
    clause = spaced(act.clause)
    lex = lexicon(language_of(clause))
    for concept in _NOTHING_MORE:
        clause = lex.concepts[concept].sub(" ", clause)
    return all(word in lex.small_words or word in BUT for word in clause.split())


def _was_off(act: Act) -> bool:
    """Whether an act tells that its writer had withdrawn before."""
    said = spaced(act.words)
    lex = lexicon(language_of(said))
    return any(lex.says(one, said) for one in ("was_off", "has_left"))


def _is_with_data(act: Act) -> bool:
    """Whether an act of people by name may have their data beside it."""
    return act.kind in _WITH_DATA and bool(act.people) and not act.elsewhere


def _is_data_of_another(act: Act) -> bool:
    """Whether a sentence without a word for a change only gives a value, and not of the writer: "zijn gsm:
    0478 12 34 56", below who comes."""
    if act.kind is not ActKind.CHANGE or not VALUE.search(act.words):
        return False
    said = spaced(act.words)
    lex = lexicon(language_of(said))
    own = any(lex.who[one].search(said) for one in ("writer", "mine"))
    return not lex.says("bare_change", said) and not own


def _asks_for_that(act: Act) -> bool:
    """ "Kan dat aangepast worden?": a change without a field or anybody, of what it points to beside it."""
    bare = act.kind is ActKind.CHANGE and not act.field and not act.people and not VALUE.search(act.words)
    said = spaced(act.words)
    points = lexicon(language_of(said)).says("pointing", said)
    return bare and points and len(act.words.split()) <= _FEW_WORDS


#: Words of a plea to change what is meant, with all its courtesy.
_FEW_WORDS = 12


#: What a sentence may be taken to say by the words of a language that it does not seem to be in.
_PLAIN = _PRESENCE | {ActKind.RESTORE, ActKind.SUBSTITUTE}


#: Concepts by which a sentence says something in its own language, though no act.
_READ = ("not", "come", "leave", "away", "undone")


def _in_some_language(sentence: Sentence, language: str) -> list[Act]:
    """The acts of a sentence by the words of its language, and where those say nothing by another's: who
    writes in Brussels mixes them ("sign me up voor het kennisplatform")."""
    lex = lexicon(language)
    read = [*_in_sentence(sentence, lex)]
    said = spaced(sentence.plain)
    understood = any(act.kind is not ActKind.OTHER or act.elsewhere for act in read)
    understood |= _on_presence(said, lex) != said or any(lex.says(one, said) for one in _READ)
    if understood or is_question(sentence):
        return read
    for other in LANGUAGES:
        mixed = other != language and has_words_of(other, said)
        acts = [*_in_sentence(sentence, lexicon(other))] if mixed else []
        if acts and {act.kind for act in acts} <= _PLAIN:
            return acts
    return read


#: What depends on what a sentence opens with, without an "if": "krijg ik het rond, dan kom ik".
_OPENS_CONDITION = re.compile(pattern("opens_condition"))


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence with whom it names, its ``parts`` without those about mere things, and what is left of it as
    a clause."""

    sentence: Sentence
    people: tuple[str, ...]
    parts: tuple[Clause, ...]
    whole: Clause


def _in_sentence(sentence: Sentence, lex: Lexicon) -> Iterator[Act]:
    if listed := _verdict(sentence, lex):
        yield listed
    elif not _FORM_LINE.search(sentence.text):
        said = _in_parts(sentence, lex)
        opposed = [*_opposed(said.parts, sentence, said.people)]
        yield from opposed or _of_parts(said)


def _in_parts(sentence: Sentence, lex: Lexicon) -> _Said:
    """A sentence by its clauses, without those of things that do not take place and a mere heading."""
    asks = (is_question(sentence) and not is_request(sentence)) or bool(_ASKS.match(sentence.plain))
    people = names(DATA_ASIDE.sub(" ", sentence.text))
    clauses = tuple(Clause(_on_presence(clause, lex), lex, alone=not people) for clause in sentence.clauses)
    parts = tuple(part for part in clauses if not _is_undone(part, people))
    if len(parts) > 1 and _is_heading(parts[0], sentence) and any(map(_says_presence, parts[1:])):
        parts = parts[1:]  # "kleine wijziging: Jan haakt af"
    text = sentence.plain if parts == clauses else " ".join(part.text for part in parts)
    whole = Clause(_on_presence(text, lex), lex, asks, tuple(part.text for part in parts), alone=not people)
    return _Said(sentence, people, parts, whole)


def _of_parts(said: _Said) -> Iterator[Act]:
    """The acts of a sentence by what its parts say of who will be there, and as a whole."""
    presence = [(part, kind) for part, kind in _set_beside(said.parts) if kind in _PRESENCE]
    found = {kind for _, kind in presence}
    if ActKind.NOT_COME in found:  # "Jan kan niet, maar Els Maes wel"
        beside = (_affirmed(one, said.sentence) for one in _as_clauses(said.sentence))
        yield from islice(filter(None, beside), 1)
    hangs = bool(_OPENS_CONDITION.match(said.sentence.plain)) or _hangs_on_somebody(said.whole, said.people)
    kinds = [ActKind.CONDITION] if presence and hangs else _kinds(said.whole, presence)
    if found >= _PRESENCE and {*kinds} & _PRESENCE:  # "ik kom, maar Jan kan niet"
        yield from (_act(kind, part, said.sentence, said.people) for part, kind in presence)
        return
    if kinds == [ActKind.CHANGE] and (comes := _comes_beside_a_detail(said, presence)):
        kinds = [ActKind.COME, *kinds]
        presence = comes
    for kind in kinds or [ActKind.OTHER]:
        said_in = next((part for part, one in presence if one is kind), said.whole)
        act = _act(kind, said_in, said.sentence, said.people)
        act = act if kind in found else _by_what_is_denied(act, said.parts)
        yield replace(act, elsewhere=elsewhere(said.whole)) if len(said.parts) < _FEW else act


def _by_what_is_denied(act: Act, parts: tuple[Clause, ...]) -> Act:
    """A staying away that no part of its sentence says by itself: a reason for one at most where the "not" is
    of something else, and a doubt where its writer is on the list."""
    if act.kind is not ActKind.NOT_COME or not _denies_something_else(parts):
        return act
    stands = any(part.says("stands") for part in parts)
    return replace(act, kind=ActKind.UNSURE) if stands else replace(act, by_reason=True)


def _denies_something_else(parts: tuple[Clause, ...]) -> bool:
    """Whether the only "not" of a sentence stands in a "but" that says nothing of coming: "ik ben
    ingeschreven maar eet geen vlees" stays away from nothing, "... maar mijn auto start niet" may by that."""
    denied = [part for part in parts if part.says("not")]
    return bool(denied) and all(
        turns(part) and not part.says(*COMING, "not_there", "leave", "away") for part in denied
    )


def _comes_beside_a_detail(
    said: _Said, presence: list[tuple[Clause, ActKind]]
) -> list[tuple[Clause, ActKind]]:
    """The parts of a sentence that say who comes, where another tells what they eat or need: "ik schrijf mij
    in, en ik eet vegetarisch" is no change of what we know."""
    comes = [one for one in presence if one[1] is ActKind.COME and not field_of(one[0])]
    fields = {field_of(part) for part in said.parts} - {""}
    return comes if fields and fields <= DETAILS else []


#: Words of a clause that only sets ours against what the one before it is about.
_ELLIPSIS = 8
_LAST_WORD = re.compile(
    rf" (?:{pattern('after_all')}|(?P<denied>{pattern('not_at_all')}))(?: {pattern('closing_words')})? $"
)
_BUT_NOT = re.compile(rf" {pattern('but_not')} ")


def _opposed(parts: tuple[Clause, ...], sentence: Sentence, people: tuple[str, ...]) -> Iterator[Act]:
    """The acts of a sentence that stays away from something, or comes to it, and then says the contrary of
    ours by a "wel" or "niet" alone: "de jeugdraad skip ik, jullie niet", "maandag kan ik niet, bij u wel"."""
    for before, part in pairwise(parts):
        kinds = {*presence_in(before)} & {*_PRESENCE, ActKind.PARTIAL}
        ours = part.words <= _ELLIPSIS and part.says("ours_here") and not before.says("ours_here")
        last = _LAST_WORD.search(part.text) if ours else None
        turned = last or (ours and _BUT_NOT.match(part.text))
        if not turned or len(kinds) != 1 or people:
            continue
        leaves = kinds != {ActKind.COME}
        denied = last is None or last["denied"] is not None
        if leaves and denied and before.says("not"):
            continue  # "ik kan maandag niet, en jullie namiddag ook niet"
        kind = ActKind.NOT_COME if denied and not leaves else ActKind.COME
        yield replace(
            _act(ActKind.NOT_COME if leaves else ActKind.COME, before, sentence, ()), elsewhere=True
        )
        yield replace(_act(kind, part, sentence, ()), who=Who.WRITER, elsewhere=False)
        return


def _set_beside(parts: tuple[Clause, ...]) -> Iterator[tuple[Clause, ActKind]]:
    """What each part of a sentence says of who will be there. A "wel" of the writer beside somebody else who
    does not come is no return: "mijn collega Rita Maes kan niet, ik kom wel"."""
    said = [(part, kind) for part in parts for kind in presence_in(part)]
    away = [part for part, kind in said if kind is ActKind.NOT_COME]
    others_away = bool(away) and not any(map(_is_of_writer, away))
    for part, kind in said:
        beside = kind is ActKind.RESTORE and others_away and _is_of_writer(part)
        yield part, ActKind.COME if beside else kind


def _is_of_writer(clause: Clause) -> bool:
    return bool(clause.lexicon.who["writer"].search(clause.text))


def _as_clauses(sentence: Sentence) -> list[str]:
    """The pieces of a sentence as they were written, at its commas and its "but"."""
    return [piece.strip() for piece in _PIECE.split(sentence.text) if piece.strip()]


def _verdict(sentence: Sentence, lex: Lexicon) -> Act | None:
    """The act of a line that lists people with a verdict: "Jan Peeters: verontschuldigd", "Aanwezig: Jan
    Peeters (schepen), Els Maes"; None for any other."""
    said = LABELLED.fullmatch(sentence.text.strip(" .;*•-"))
    for who, verdict in ((said["label"], said["value"]), (said["value"], said["label"])) if said else ():
        clause = Clause(spaced(verdict), lex)
        kinds = {*presence_in(clause)} if clause.words <= _HEADING else set()
        if len(kinds) == 1 and kinds <= _PRESENCE and (people := only_names(who)):
            return Act(kinds.pop(), Who.NAMED, people, words=sentence.text, clause=clause.text.strip())
    return _affirmed(sentence.text, sentence)


def _affirmed(text: str, sentence: Sentence) -> Act | None:
    """The coming that a "wel" behind a name or before it says, beside somebody who does not: "Els Maes wel",
    "wel mijn collega Els". Of a colleague without a whole name it is known that one comes."""
    bare = text.strip(" .!")
    said = _BUT_THEY.fullmatch(bare) or _THEY_DO.fullmatch(bare)
    people = only_names(said["who"]) if said else ()
    theirs = said and _is_a_colleague(said["who"])
    who = Who.NAMED if people else Who.COLLEAGUE
    found = Act(ActKind.COME, who, people, words=sentence.text, clause=plain(text))
    return found if people or theirs else None


def _is_a_colleague(text: str) -> bool:
    """Whether a piece of a sentence is a colleague of somebody's and says nothing of them."""
    said = spaced(plain(text))
    clauses = (Clause(said, lexicon(one)) for one in LANGUAGES)
    return any(
        one.lexicon.who["colleague"].search(said) and one.words <= _ELLIPSIS and not [*presence_in(one)]
        for one in clauses
    )


def _kinds(whole: Clause, presence: list[tuple[Clause, ActKind]]) -> list[ActKind]:
    """What a whole sentence does; ``presence`` is what its clauses say of coming and staying away."""
    acts = [*acts_of_clause(whole)]
    turned = [kind for part, kind in presence if turns(part)]
    only_come = acts == [ActKind.NOT_COME] and {kind for _, kind in presence} == {ActKind.COME}
    if only_come and ({*turned} == {ActKind.COME} or _is_denied_beside(whole)):
        return [ActKind.COME]  # the "not" is of something else: "ik vind het niet, maar ik kom"
    if acts:
        return acts
    troubled = whole.says("trouble")  # a past or some trouble beside it: "ik was ingeschreven, maar"
    return [*dict.fromkeys(kind for part, kind in presence if not troubled or turns(part))]


def _hangs_on_somebody(clause: Clause, people: tuple[str, ...]) -> bool:
    """Whether what is said depends on what somebody does: "als Jan Peeters gaat, kom ik ook"."""
    return any(spaced(f"{word} {one}") in clause.text for word in clause.lexicon.if_words for one in people)


def _is_denied_beside(whole: Clause) -> bool:
    """Whether each "not" of a sentence is in a clause that says itself of what: "ik kom graag, mijn Frans is
    niet perfect", and not "ik kom graag, helaas niet"."""
    parts = apart(whole)
    denied = [part for part in parts if part.says("not")]
    if denied and parts[-1] not in denied and [*presence_in(parts[-1])] == [ActKind.COME]:
        return not any(part.says(*COMING, "not_there", "leave", "away") for part in denied)
    return (
        bool(denied)
        and not whole.says("leave", "away")
        and not any(map(turns, parts[: parts.index(denied[-1]) + 1]))  # "ik kwam graag, maar mijn auto ..."
        and all(len(part.text.split()) >= _SAYS_OF_WHAT and _says_of_what(part) for part in denied)
        and not any(part.says(*COMING, "not_there") for part in denied)
    )


def _says_of_what(part: Clause) -> bool:
    """Whether a clause says of what its "not" is, or begins with it: "... en die haalt het niet", and not
    "... en die dag haal ik het niet"."""
    opens = part.text.split()[:_OPENING]
    of_it = part.lexicon.says("points_at", spaced(" ".join(opens))) and not part.lexicon.who["writer"].search(
        part.text
    )
    return part.says("of_what") or of_it


#: Words: an "and", and what a clause is about.
_OPENING = 2


def _on_presence(text: str, lex: Lexicon) -> str:
    """A text without its "geen dieetwensen", "excuses voor de vergissing" and "dat er veel volk komt", and
    without the "with" of what coincides: they are about nobody's coming."""
    said = spaced(text)
    for concept in ("none_noted", "apology", "not_of_anybody"):
        said = lex.concepts[concept].sub(" ", said)
    said = _without_with(said, lex)
    said = lex.concepts["as_present"].sub(f" {lex.present} ", said)
    return lex.concepts["if_room"].sub(lambda found: found[0] if _AND.match(said, found.end()) else " ", said)


def _without_with(said: str, lex: Lexicon) -> str:
    """A text without the "with" of what only coincides with something: "valt samen met het vast bureau"."""
    return lex.concepts["together"].sub(lambda found: _WITH.sub("", found[0]), said)


#: What looks like bringing somebody along, behind a verb of coinciding: "valt samen met het vast bureau".
_WITH = re.compile(rf"\b{pattern('with')} ")
#: What adds another condition to one: "als er nog plaats is en het gratis is".
_AND = re.compile(f"{either(*JOINING)} ")


def _is_undone(clause: Clause, people: tuple[str, ...]) -> bool:
    """Whether a clause tells of a thing that does not take place: "de lunch is afgelast", "mijn vlucht werd
    geschrapt". Its subject is nobody (of ``people`` neither, whole or in front; in German all nouns look like
    names), nobody's coming, and nothing that we note."""
    if not clause.says("undone") or clause.says("own_coming"):
        return False
    lex, text = clause.lexicon, clause.text
    named = ((" " in one and spaced(one) in text) or text.startswith(spaced(one)) for one in people)
    about_somebody = any(lex.who[one].search(text) for one in _SOMEBODY)
    noted = any(lex.fields[one].search(text) for one in _REACHED)
    return not noted and not about_somebody and not (lex.language != "de" and any(named))


def _is_heading(clause: Clause, sentence: Sentence) -> bool:
    """Whether a clause only says before a colon that there is something to tell: "kleine wijziging:"."""
    head, colon, _ = sentence.text.partition(":")
    words = spaced(head)
    short = bool(colon) and len(words.split()) <= _HEADING and words.strip() == clause.text.strip()
    return (
        short and clause.says("heading") and not any(f.search(words) for f in clause.lexicon.fields.values())
    )


def _says_presence(clause: Clause) -> bool:
    return any(kind in _PRESENCE or kind is ActKind.SUBSTITUTE for kind in presence_in(clause))


def _act(kind: ActKind, clause: Clause, sentence: Sentence, people: tuple[str, ...]) -> Act:
    """An act with the slots of the clause that it is said in."""
    who, named = whom(clause, sentence, people)
    if kind is ActKind.COME and who is None:
        return Act(ActKind.OTHER, elsewhere=elsewhere(clause), words=sentence.text)  # "de trein komt"
    about = who or Who.COLLEAGUE
    of_self = bool(clause.lexicon.who["writer"].search(spaced(sentence.plain)))
    if kind in _OPEN and of_self:
        named = ()  # "als Jan Peeters gaat, kom ik ook"
    where, said = elsewhere(clause), clause.text.strip()
    points = any(clause.lexicon.who[one].search(clause.text) for one in ("pronoun", "of_them"))
    act = Act(kind, about, named, where, words=sentence.text, clause=said, of_self=of_self, pointed=points)
    if _is_unsure(kind, clause, sentence):
        return replace(act, kind=ActKind.UNSURE)
    if kind is ActKind.CHANGE:
        return replace(act, field=field_of(clause))
    if kind is ActKind.NOT_COME:
        return replace(act, asked_out=clause.lexicon.says("leave", spaced(sentence.plain)))
    if kind is ActKind.CONDITION:
        return replace(act, condition=sentence.text)
    return replace(act, places=places_in(clause)) if kind is ActKind.PLACES else act


def _is_unsure(kind: ActKind, clause: Clause, sentence: Sentence) -> bool:
    """Whether a clause asks for an act of this kind or denies it, or tells of another who did it."""
    if kind is ActKind.SUBSTITUTE:
        renames = clause.lexicon.fields["name"].search(clause.text)  # theirs, or who is to come
        asks = sentence.asks and (renames or not is_request(sentence))
        return bool(asks or _denies(sentence, clause.lexicon))
    if kind is ActKind.NOT_COME:
        return denies_leaving(clause)  # "ik heb mij niet afgemeld"
    # "ik werd door mijn ex uitgeschreven"
    return kind is ActKind.RESTORE and left_by_another(clause) and not clause.says("come")


#: Where a clause goes on with another: "ik geraak er niet en schrijf mij uit"; not in "schrap mij maar niet".
_GOES_ON = re.compile(rf" {pattern('goes_on')} ")


#: Words before a verb among which its subject may be: "I've cancelled".
_SUBJECT = 2
#: A staying away that is itself denied: "ik zie er van af om niet te komen".
_NOT_TO = re.compile(f" {pattern('not_to')}")


def left_by_another(clause: Clause) -> bool:
    """Whether a clause tells that somebody else withdrew its writer: that is no wish of theirs."""
    found = clause.lexicon.find("left_by_another", clause.text)
    if found is None:
        return clause.says("withdrawn_by")
    before = clause.text[: found.start()].split()[-_SUBJECT:]
    inside = found[0].split()[:_SUBJECT]  # "gisteren had ik mij afgemeld"
    return not clause.lexicon.says("oneself", spaced(" ".join((*before, *inside))))


def denies_leaving(clause: Clause) -> bool:
    """Whether a "not" is of the leaving itself, and of no coming beside it, or stands below it, or somebody
    else did it: that may be a protest."""
    if left_by_another(clause) or _WRONGLY.search(clause.text):
        return True  # "iemand anders annuleerde mijn inschrijving"
    parts = [replace(clause, text=f" {part.strip()} ", parts=()) for part in _GOES_ON.split(clause.text)]
    return any(
        part.says("leave", "away")
        and part.lexicon.says("not", _beside_leaving(part))
        and (part.says("deny") or not part.says("come", "not_there") or _denies_below(part))
        for part in parts
    )


#: Said of a leaving that was done, and not to be.
_WRONGLY = re.compile(rf" {pattern('wrongly')} ")


def _beside_leaving(clause: Clause) -> str:
    """A clause without a "not" that is itself its word for staying away: "deze keer niet"."""
    return clause.lexicon.concepts["not_this_time"].sub(" ", clause.text)


def _denies_below(clause: Clause) -> bool:
    """Whether a "not to" follows the word for staying away."""
    found = [*filter(None, (clause.lexicon.find(one, clause.text) for one in ("leave", "away")))]
    return bool(_NOT_TO.search(clause.text, min(one.start() for one in found)))


def _denies(sentence: Sentence, lex: Lexicon) -> bool:
    """Whether a "not" stands in the very clause that names a substitute."""
    clauses = (spaced(clause) for clause in sentence.clauses)
    return any(lex.says("instead", clause) and lex.says("not", clause) for clause in clauses)
