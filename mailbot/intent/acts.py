"""Sentences → acts: what each clause of a mail in words does, with its slots.

What a sentence does is told by ``sentence_acts``; here the sentences of a mail are looked at beside each
other. Nothing is guessed from a greeting, a quote or a signature: the lines given
are the writer's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, takewhile

from mailbot.domain.submission import Act, ActKind, Who, acts_here
from mailbot.intent.act_of_clause import act_of
from mailbot.intent.clause import (
    COMING,
    Clause,
    begins_with_but,
    elsewhere,
    presence_in,
)
from mailbot.intent.delegates import as_delegates, sent
from mailbot.intent.denied_parts import SOMEBODY
from mailbot.intent.echoes import without_echoes
from mailbot.intent.lexicon import Lexicon, is_word, language_of, lexicon, spaced
from mailbot.intent.person_mentions import like_names, names, only_names
from mailbot.intent.questions import is_question
from mailbot.intent.roles import ROLES
from mailbot.intent.said_of import held, leaves_open
from mailbot.intent.sentence_acts import FORM_LINE, acts_of, on_presence, without_with
from mailbot.intent.sentences import DATA_ASIDE, ITEM, Sentence, sentences
from mailbot.intent.substitutes import standin
from mailbot.intent.verdicts import PRESENCE, as_clauses, elliptic_act, says_of_what_is_told
from mailbot.intent.whom import without_who_asks
from mailbot.text.lexicon import BUT, LANGUAGES
from mailbot.text.normalize import plain

#: More acts than a mail can mean; what a hostile mail says beyond them is not read.
_MOST_ACTS = 40


def read_acts(lines: Iterable[str]) -> tuple[Act, ...]:
    """The acts in these lines, in the order they are written, each once; none for an empty text."""
    return acts_in(sentences(lines))


@lru_cache(maxsize=64)  # parts of a mail are asked for their acts by what lists, details and pleas are in it
def acts_in(said: tuple[Sentence, ...]) -> tuple[Act, ...]:
    """The acts in sentences that were cut already."""
    found: list[Act] = []
    language = language_of(spaced(" ".join(sentence.plain for sentence in said)[:2_000]))
    below = 0  # lines of a list, read with the sentence above it
    for number, sentence in enumerate(said):
        if below:
            below -= 1
            continue
        language = language_of(spaced(sentence.plain), otherwise=language)
        listed, below = _of_those_below(sentence, said[number + 1 :], lexicon(language))
        for read in [listed] if listed else acts_of(sentence, language):
            act = _of_who_was_named(read, found, lexicon(language))
            known = next((n for n, one in enumerate(found) if _same(one, act)), None)
            if known is None:
                found.append(act)
            else:
                found[known] = _fuller(found[known], act)
    found = [*_open_beside_another_matter(said, found), *_turns_of_nobody_read(said, found)]
    found = [*_turned_down(said, _without_reported(found)), *_sent_instead(said, found)]
    found = as_delegates(_with_who_takes_the_place(found))
    found = found if {act.kind for act in found} - _QUIET else [*found, *_by_reason(said)]
    return tuple(without_echoes(held(found))[:_MOST_ACTS])


def _open_beside_another_matter(said: tuple[Sentence, ...], acts: list[Act]) -> list[Act]:
    """The acts, those of a "ik niet, Els Maes wel" as open where another sentence asks something or is of
    another matter: who does not may not want to park, or no lunch."""
    done = PRESENCE | {ActKind.SUBSTITUTE}
    if len(said) == 1 or not any(act.kind in done for act in acts):
        return acts
    told = {one.text for one in said if says_of_what_is_told(one, _lexicon_of(one))}
    if not told or not any(_is_another_matter(one) for one in said if one.text not in told):
        return acts
    return [
        replace(act, kind=ActKind.UNSURE) if act.words in told and act.kind in done else act for act in acts
    ]


def _is_another_matter(sentence: Sentence) -> bool:
    """Whether a sentence asks, tells or notes something else than who comes, why, or thanks."""
    lex, words = _lexicon_of(sentence), spaced(sentence.plain)
    acts = acts_of(sentence, lex.language)
    tells = all(act.kind in _OF_A_MATTER or act.field for act in acts)
    return is_question(sentence) or (
        tells and not any(lex.says(one, words) for one in ("hindered", "heading"))
    )


#: What a sentence is that may be of anything, and of what a part of the day is.
_OF_A_MATTER = frozenset({ActKind.OTHER, ActKind.QUESTION, ActKind.PARTIAL})


def _turns_of_nobody_read(said: tuple[Sentence, ...], acts: list[Act]) -> Iterator[Act]:
    """What a piece says of somebody by a word alone, beside who comes or stays away, where no act is of them:
    a doubt where they do not, as "Jan Peeters kan niet komen. Ik ook niet." is of two."""
    if not acts_here(acts, *PRESENCE):
        return
    for sentence in said:
        for piece in () if is_question(sentence) else as_clauses(sentence):
            elliptic = (elliptic_act(piece, sentence, lexicon(one)) for one in LANGUAGES)
            read = next(filter(None, elliptic), None)  # too short to tell its language
            if read is not None and not any(_is_of_the_same(read, act) for act in acts):
                yield read if read.kind is ActKind.COME else replace(read, kind=ActKind.UNSURE)


def _is_of_the_same(turned: Act, act: Act) -> bool:
    """Whether an act says of those of a turn what that says, or leaves it open."""
    same = {*turned.people} <= {*act.people} if turned.people else turned.who is act.who
    return same and act.kind not in (PRESENCE | _QUIET | {ActKind.DENY, ActKind.CONFIRM}) - {turned.kind}


def _lexicon_of(sentence: Sentence) -> Lexicon:
    return lexicon(language_of(spaced(sentence.plain)))


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
        name = who.name if who is not None else "" if is_question(sentence) else sent(sentence.text)
        if name and not any(name in act.people for act in found if act.kind is not ActKind.OTHER):
            words = sentence.text
            yield Act(
                ActKind.SUBSTITUTE,
                Who.NAMED,
                (name,),
                words=words,
                clause=spaced(sentence.plain).strip(),
                of_self=True,
            )
            return


def _with_who_takes_the_place(acts: list[Act]) -> list[Act]:
    """The acts, where an "in my place" that names nobody is of the only one who comes while the writer does
    not: "ik niet, Jan Claes wel. In mijn plaats dus." is one thing."""
    ours = acts_here(acts)
    instead = [act for act in ours if act.kind is ActKind.SUBSTITUTE]
    coming = [act for act in ours if act.kind is ActKind.COME]
    leaves = [act.who is Who.WRITER and not act.people for act in ours if act.kind is ActKind.NOT_COME]
    if [*map(len, (instead, coming))] != [1, 1] or leaves != [True]:
        return acts
    place, who = instead[0], coming[0].people
    if not (len(who) == 1 and " " in who[0] and _is_writers_place(place)):
        return acts
    return [replace(act, people=who) if act is place else act for act in acts if act is not coming[0]]


def _is_writers_place(act: Act) -> bool:
    """Whether somebody comes in the writer's place, and the sentence that says so names nobody."""
    said = spaced(act.words)
    mine = lexicon(language_of(said)).says("in_my_place", said)
    return mine and not act.people and (act.who is Who.WRITER or act.pointed) and standin(act.words) is None


#: Beside these a reason alone may say that somebody stays away.
_QUIET = frozenset({ActKind.THANKS, ActKind.OTHER, ActKind.QUESTION})


#: Who tells more has something to say that a reason is not.
_FEW_SENTENCES = 4


def _by_reason(said: tuple[Sentence, ...]) -> Iterator[Act]:
    """The staying away of a mail that says nothing of coming and gives only a reason for it: "Ik lig in het
    ziekenhuis. Een andere keer graag." Whether it is one is for the second reader to hear."""
    for sentence in said if len(said) <= _FEW_SENTENCES else ():
        lex = lexicon(language_of(spaced(sentence.plain)))
        said_alone = without_with(spaced(sentence.plain), lex)
        clause = Clause(said_alone, lex, alone=not names(sentence.text))
        if is_question(sentence) or FORM_LINE.search(sentence.text):
            continue
        if not lex.says("hindered", clause.text) or elsewhere(clause) or lex.says("diet_said", clause.text):
            continue  # "van de dokter mag ik geen varkensvlees" is a reason for that
        if _is_writers_reason(sentence, lex):
            continue  # "ik ben ziek maar Els Maes gaat in elk geval"
        act = act_of(ActKind.NOT_COME, clause, sentence, names(DATA_ASIDE.sub(" ", sentence.text)))
        if act.kind is ActKind.NOT_COME and (act.of_self or act.people or _leaves_i_out(sentence, lex)):
            yield replace(act, by_reason=True)
            return


def _is_writers_reason(sentence: Sentence, lex: Lexicon) -> bool:
    """Whether a reason is its writer's by the clause that gives it, and another clause names somebody."""
    people = [spaced(plain(one)) for one in names(sentence.text)]
    reasons = [said for one in sentence.clauses if lex.says("hindered", said := spaced(one))]
    own = any(lex.who["writer"].search(one) for one in reasons)
    return own and bool(people) and not any(name in one for name in people for one in reasons)


def _leaves_i_out(sentence: Sentence, lex: Lexicon) -> bool:
    """Whether a clause begins with a verb of the writer's without its "I", and its sentence speaks of nobody:
    "moet werken die dag"."""
    begins = any(lex.concepts["drops_i"].match(spaced(one), 1) for one in sentence.clauses)
    others = (*SOMEBODY, "pronoun", "you")
    return begins and not any(lex.who[one].search(spaced(sentence.plain)) for one in others)


def _of_those_below(sentence: Sentence, below: tuple[Sentence, ...], lex: Lexicon) -> tuple[Act | None, int]:
    """The coming or staying away of those whom the lines below a sentence name, one a line ("De volgende
    raadsleden kunnen niet komen:", "Verontschuldigd:"), and how many lines these are; nothing where it does
    not say so, or names nobody there."""
    if not sentence.text.endswith((":", "?")) or is_question(sentence) or names(sentence.text):
        return None, 0
    clause = Clause(on_presence(sentence.plain, lex), lex)
    kinds = [*presence_in(clause)]
    heads = sentence.text.endswith(":") and not lex.who["writer"].search(clause.text)
    if not (heads or lex.says("those_below", clause.text)) or len(kinds) != 1 or kinds[0] not in PRESENCE:
        return None, 0
    leaves, said = kinds[0] is ActKind.NOT_COME, clause.text.strip()
    listed = [*takewhile(bool, (_listed(ITEM.sub("", line.text), with_role=leaves) for line in below))]
    if listed:
        people, away = tuple(chain.from_iterable(listed)), elsewhere(clause)
        is_open = leaves and any(leaves_open(line.text, lex) for line in below[: len(listed)])
        kind = ActKind.UNSURE if is_open else kinds[0]
        return Act(kind, Who.NAMED, people, away, words=sentence.text, clause=said), len(listed)
    if leaves and below and _may_name(below[0].text):  # of somebody, and not of who wrote
        return Act(ActKind.UNSURE, Who.COLLEAGUE, words=sentence.text, clause=said), 0
    return None, 0


def _may_name(line: str) -> bool:
    """Whether a line begins with what may be somebody's name, or is a first name."""
    words = line.strip(" .,").split()
    first = len(words) == 1 and words[0][0].isupper() and not is_word(plain(words[0]))
    return first or bool(like_names(line))


def _listed(line: str, *, with_role: bool) -> tuple[str, ...]:
    """Those whom a line of a list names, with their function behind a comma or in brackets where it may have
    one."""
    name, _, role = line.partition(",")
    return only_names(line) or (only_names(name) if with_role and ROLES.search(plain(role)) else ())


def _of_who_was_named(act: Act, before: list[Act], lex: Lexicon) -> Act:
    """An act of a "he" or "she", or of "the" registration, as one of the only person or mayor that the
    sentences before are about."""
    if act.kind not in _OF_SOMEBODY or act.people:
        return act
    if act.who is Who.MAYOR:
        return _of_the_mayor(act, before)
    clause = without_who_asks(Clause(spaced(act.clause), lex)).text
    of_writer = lex.who["writer"].search(clause)
    to_note = act.kind in PRESENCE and act.who is Who.WRITER and not of_writer and lex.says("note_so", clause)
    if to_note and (told := _told_last(act.kind, before)):
        return replace(act, who=told.who, people=told.people)
    theirs = (lex.who["of_them"].search(clause) and not of_writer) or lex.says("done_to_them", clause)
    if not theirs and (act.who is Who.WRITER or not lex.who["pronoun"].search(clause)):
        return act
    said = [one for one in before if one.kind in _OF_SOMEBODY or (theirs and one.people)]
    named = _named_by(said or [one for one in before if _only_names(one, lex)])
    if len(named) != 1:
        return act
    who, people = named.pop()
    return replace(act, who=who, people=people)


def _told_last(kind: ActKind, before: Sequence[Act]) -> Act | None:
    """The last act of coming or staying away, where it is of this kind and of people by name."""
    told = next((one for one in reversed(before) if one.kind in PRESENCE), None)
    return told if told and told.kind is kind and told.people else None


def _named_by(acts: Iterable[Act]) -> set[tuple[Who, tuple[str, ...]]]:
    """Whom acts are about, where they name somebody or are of the mayor."""
    return {(one.who, one.people) for one in acts if one.people or one.who is Who.MAYOR}


#: What is said of somebody whom a sentence before names: "Kan zij er ook bij?".
_OF_SOMEBODY = PRESENCE | {ActKind.BRING}


def _of_the_mayor(act: Act, before: list[Act]) -> Act:
    """An act of "the mayor" as one of whom the sentences before call so: "on behalf of the mayor, Jan
    Peeters, ... Please register the mayor"."""
    mayors = lexicon(language_of(spaced(act.words))).who["mayor"]
    called = {one.people for one in before if one.people and mayors.search(spaced(one.words))}
    named = called.pop() if len(called) == 1 else ()
    return replace(act, who=Who.NAMED, people=named) if len(named) == 1 else act


def _only_names(act: Act, lex: Lexicon) -> bool:
    """Whether an act is none, of a sentence that only tells something of people by their whole names: "Jan
    Peeters brak zijn voet."."""
    others = any(lex.who[one].search(spaced(act.words)) for one in ("mayor", "group"))
    whole = bool(act.people) and all(" " in one for one in act.people)
    return act.kind is ActKind.OTHER and whole and not others


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


def _without_reported(acts: list[Act]) -> list[Act]:
    """Without the coming, or the staying away, of the writer that is only spoken of where the writer says the
    other: "wie zegt dat ik niet kom? Ik kom", "ik hoor dat er 200 man komt. Ik blijf thuis"."""
    own = [act for act in acts if act.kind in PRESENCE and act.who is Who.WRITER and not act.elsewhere]
    if {act.kind for act in own} != PRESENCE or any(act.people for act in own):
        return acts
    alone = all(_says_only_that(act) for act in own if act.kind is ActKind.NOT_COME)
    reported = [act for act in own if _is_reported(act) or (alone and _only_stands(act))]
    if len({act.kind for act in own if act not in reported}) != 1:
        return acts
    return [act for act in acts if act not in reported]


def _turned_down(said: tuple[Sentence, ...], acts: list[Act]) -> list[Act]:
    """The acts, where a coming of the writer is only a wish if what stays is a "but" with a reason against
    it: "I'd love to attend but I'm abroad", or, of a coming that was meant before, with whatever it tells:
    "ik zei dat ik ging komen, maar mijn kelder staat blank"."""
    clauses = [
        Clause(spaced(one), lexicon(language_of(spaced(sentence.plain))))
        for sentence in said
        for one in sentence.clauses
    ]
    meant = next((number for number, one in enumerate(clauses) if one.says("was_to_come")), len(clauses))
    against = [
        number
        for number, one in enumerate(clauses)
        if begins_with_but(one) and (number > meant or _hinders(one))
    ]
    if not against or any(one.says(*COMING, "restore") for one in clauses[against[-1] + 1 :]):
        return acts
    return [
        replace(act, kind=ActKind.UNSURE) if act.kind is ActKind.COME and act.who is Who.WRITER else act
        for act in acts
    ]


def _hinders(clause: Clause) -> bool:
    """Whether a clause gives a reason for staying away that is the writer's own, and says of no coming."""
    others = any(clause.lexicon.who[one].search(clause.text) for one in SOMEBODY)
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
