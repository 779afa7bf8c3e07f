"""What a list or a turn says of people by a word alone: "weg: Jan Peeters", "ik niet, Els Maes wel"."""

from __future__ import annotations

import re

from mailbot.domain.submission import Act, ActKind, Who
from mailbot.intent.clause import Clause, presence_in
from mailbot.intent.lexicon import (
    Lexicon,
    as_written,
    is_word,
    language_of,
    lexicon,
    pattern,
    spaced,
    written_out,
)
from mailbot.intent.person_mentions import TOKEN, names, only_names
from mailbot.intent.questions import is_question
from mailbot.intent.sentences import LABELLED, Sentence
from mailbot.matching.given_names import is_given
from mailbot.text.lexicon import AND, BUT, LANGUAGES, either
from mailbot.text.normalize import plain

#: Coming and staying away: the two that may stand in one sentence about two people.
PRESENCE = frozenset({ActKind.COME, ActKind.NOT_COME})
#: What a list says of people.
_LISTED = PRESENCE | {ActKind.SUBSTITUTE}
#: What the words that are a verdict by themselves say of whom they stand beside in a list.
_VERDICTS = (
    (ActKind.NOT_COME, "listed_out"),
    (ActKind.COME, "listed_in"),
    (ActKind.SUBSTITUTE, "listed_instead"),
)
_HEADING = 4  # words
_JOINED = re.compile(rf" {either(*AND)} ")
#: Words of a clause that only sets ours against what the one before it is about.
ELLIPSIS = 8
_PIECE = re.compile(rf",|\s(?={either(*AND, *BUT)}\s)")
_BUT_THEY = re.compile(rf"(?:(?i:{either(*AND, *BUT)}) )?(?P<who>.{{3,80}}?) {pattern('they_do')}")
_THEY_DO_NOT = re.compile(rf"(?:(?i:{either(*AND, *BUT)}) )?(?P<who>.{{3,80}}?) {pattern('they_do_not')}")
_THEY_TOO = re.compile(rf"(?:(?i:{either(*AND, *BUT)}) )?(?P<who>.{{3,80}}?) {pattern('they_too')}")
_CALLED = re.compile(r"^(?:[a-zà-ÿ'’-]+ ){1,3}")
_THEY_DO = re.compile(rf"(?i:{pattern('but_they')})\b:? (?P<who>.{{3,80}})")


def as_clauses(sentence: Sentence) -> list[str]:
    """The pieces of a sentence as they were written, at its commas and its "but"."""
    return [piece.strip() for piece in _PIECE.split(written_out(sentence.text)) if piece.strip()]


def verdict(sentence: Sentence, lex: Lexicon) -> Act | None:
    """The act of a line that lists people with a verdict: "Jan Peeters: verontschuldigd", "Aanwezig: Jan
    Peeters (schepen), Els Maes"; None for any other."""
    said = LABELLED.fullmatch(sentence.text.strip(" .;*•-"))
    for who, told in ((said["label"], said["value"]), (said["value"], said["label"])) if said else ():
        clause = Clause(spaced(told), lex)
        kinds = _in_one_word(clause) or ({*presence_in(clause)} if clause.words <= _HEADING else set())
        if len(kinds) == 1 and kinds <= _LISTED and (people := only_names(who)):
            return Act(kinds.pop(), Who.NAMED, people, words=sentence.text, clause=clause.text.strip())
    return coming_by_word(sentence.text, sentence)


def _in_one_word(clause: Clause) -> set[ActKind]:
    """The verdict of a list that is no more than a word for it, of any language, since names tell none: "weg:
    Jan Peeters", "in de plaats: Els Maes"."""
    return {
        kind
        for kind, concept in _VERDICTS
        if clause.text.strip() and any(lexicon(one).consists_of(concept, clause.text) for one in LANGUAGES)
    }


def contrasted_acts(sentence: Sentence, lex: Lexicon) -> list[Act]:
    """The acts of a sentence that says of two in turn, by a "wel" and a "niet" alone, who comes and who does
    not: "ik niet, Els Maes wel"; none for any other."""
    pieces = [] if is_question(sentence) else as_clauses(sentence)
    turned = [elliptic_act(piece, sentence, lex) for piece in pieces]
    if not any(turned):
        return []
    acts = (act or _in_full(piece, sentence, lex) for piece, act in zip(pieces, turned, strict=True))
    found = [act for act in acts if act is not None]
    both = {act.kind for act in found} == PRESENCE
    return found if both and len(found) == len(pieces) == len({act.people for act in found}) else []


def elliptic_act(piece: str, sentence: Sentence, lex: Lexicon) -> Act | None:
    """What a piece of a sentence says by a "wel" or "niet" alone of its writer, or of whom it names; with an
    "ook" they do as was said before."""
    said = spaced(as_written(plain(piece)))
    own = lex.consists_of("elliptic", said) and bool(lex.who["writer"].search(said))
    denies, affirms = lex.says("not", said), lex.says("affirms", said)
    if own and denies != affirms:
        kind = ActKind.NOT_COME if denies else ActKind.COME
        return Act(kind, words=sentence.text, clause=said.strip(), of_self=True)
    joined = piece != sentence.text and _JOINED.match(said)  # "Els Maes komt en ik ook" lists both
    if own and not denies and not joined and lex.says("too", said):  # "Els Maes komt. Ik ook."
        return Act(ActKind.UNSURE, words=sentence.text, clause=said.strip(), of_self=True)
    for one, kind in ((_THEY_DO_NOT, ActKind.NOT_COME), (_THEY_TOO, ActKind.UNSURE)):
        named = one.fullmatch(piece.strip(" .!"))
        whom = only_names if one is _THEY_TOO else _in_a_turn
        if named and (people := whom(named["who"])):
            return Act(kind, Who.NAMED, people, words=sentence.text, clause=said.strip())
        if named and (people := only_names(_CALLED.sub("", named["who"]))):  # "haar man Piet Claes niet"
            return Act(ActKind.UNSURE, Who.NAMED, people, words=sentence.text, clause=said.strip())
    return coming_by_word(piece, sentence)


def _in_a_turn(text: str) -> tuple[str, ...]:
    """Those whom a turn names, and no other words: by whole names, or one by a single name, which colleagues
    go by: "Jan komt, Els niet"."""
    alone = text if _ONE_NAME.fullmatch(text) and (is_given(text) or not is_word(plain(text))) else ""
    return only_names(text) or ((alone,) if alone else ())


_ONE_NAME = re.compile(TOKEN)


def _in_full(piece: str, sentence: Sentence, lex: Lexicon) -> Act | None:
    """What a short piece says in full of one person by name, or of its writer, beside a turn: "ik kom", "Els
    Maes komt", and not "Jan Peeters niet" behind it."""
    clause, people = Clause(spaced(as_written(plain(piece))), lex), names(piece)
    own = not people and bool(lex.who["writer"].search(clause.text))
    kinds = {*presence_in(clause)} if (own or len(people) == 1) and clause.words <= ELLIPSIS else set()
    if len(kinds) != 1 or not kinds <= PRESENCE:
        return None
    (kind,), said = kinds, clause.text.strip()
    if own:
        return Act(kind, words=sentence.text, clause=said, of_self=True)
    opens = plain(piece).startswith(plain(people[0]))
    return Act(kind, Who.NAMED, people, words=sentence.text, clause=said) if opens else None


def says_of_what_is_told(sentence: Sentence, lex: Lexicon) -> bool:
    """Whether a sentence says of people by a word alone that they do or do not: what, stands around it."""
    said = LABELLED.fullmatch(sentence.text.strip(" .;*•-"))
    told = (Clause(spaced(said[one]), lex) for one in ("label", "value")) if said else ()
    return bool(
        any(map(_in_one_word, told))
        or contrasted_acts(sentence, lex)
        or coming_by_word(sentence.text, sentence)
    )


def coming_by_word(text: str, sentence: Sentence) -> Act | None:
    """The coming that a "wel" behind a name or before it says, beside somebody who does not: "Els Maes wel",
    "wel mijn collega Els". Of a colleague without a whole name it is known that one comes."""
    bare = text.strip(" .!")
    said = _BUT_THEY.fullmatch(bare) or _THEY_DO.fullmatch(bare)
    people = _in_a_turn(said["who"]) if said else ()
    theirs = said and _is_a_colleague(said["who"])
    who = Who.NAMED if people else Who.COLLEAGUE
    found = Act(ActKind.COME, who, people, words=sentence.text, clause=plain(text))
    return found if people or theirs else None


def _is_a_colleague(text: str) -> bool:
    """Whether a piece of a sentence is a colleague of somebody's and says nothing of them."""
    said = spaced(plain(text))
    one = Clause(said, lexicon(language_of(said)))
    called = one.lexicon.who["colleague"].search(said)
    return bool(called) and one.words <= ELLIPSIS and not [*presence_in(one)]
