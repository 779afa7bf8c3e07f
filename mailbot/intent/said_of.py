"""Whether a clause of coming or staying away says it of whom it names, or only speaks of it.

A name stands in many sentences that tell nothing of that person's coming: "zonder Jan kan ik niet komen",
"de vrouw van Jan kan niet komen", "Jan weet dat ik niet kan komen". And a writer cancels things, hears
rumours and regrets that others stay away. None of that may be done without a person.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mailbot.domain.submission import Act, ActKind, Who
from mailbot.intent.clause import COMING, Clause, presence_in
from mailbot.intent.lexicon import Lexicon, lexicon, spaced
from mailbot.intent.person_mentions import like_names
from mailbot.text.lexicon import LANGUAGES

#: What is done without a person where both readers find it.
_DONE = frozenset({ActKind.COME, ActKind.NOT_COME, ActKind.RESTORE})
#: Words between a preposition and the name that it takes out: "zonder mijn collega Jan".
_BESIDE = 2
#: Words before a name in which its owner or its preposition stands.
_BEFORE = 8
_PIECE = re.compile(r"[,;:!]")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]{8,200})[\"“”„«»]")


def held(acts: list[Act]) -> list[Act]:
    """The acts, those that a sentence only speaks of as open. A coming at another time is none at ours, and
    open where nothing else is said."""
    found = [_held(act) for act in acts]
    later = [_is_later(act) for act in found]
    says_more = any(act.kind in _DONE and not off for act, off in zip(found, later, strict=True))
    return [
        act if not off else replace(act, elsewhere=True) if says_more else replace(act, kind=ActKind.UNSURE)
        for act, off in zip(found, later, strict=True)
    ]


def _held(act: Act) -> Act:
    if act.kind not in _DONE or act.elsewhere:
        return act
    said = spaced(act.words)
    if any(_sets_right(act, lexicon(one)) for one in LANGUAGES):
        return replace(act, kind=ActKind.RESTORE)
    spoken = any(_only_speaks(act, said, lexicon(one)) for one in LANGUAGES)
    return replace(act, kind=ActKind.UNSURE) if spoken else act


def _is_later(act: Act) -> bool:
    """Whether somebody comes at another time than ours."""
    comes = act.kind in (ActKind.COME, ActKind.RESTORE) and not act.elsewhere
    said = spaced(act.clause)
    return comes and any(lexicon(one).says("other_time", said) for one in LANGUAGES)


def _only_speaks(act: Act, said: str, lex: Lexicon) -> bool:
    if lex.says("hearsay", said) or _is_quoted(act, lex) or _asks_whether(said, lex):
        return True
    if act.kind is ActKind.NOT_COME and (_frees_the_day(said, lex) or leaves_open(act.words, lex)):
        return True
    if _is_regretted(said, lex):
        return True
    named = dict.fromkeys((*act.people, *like_names(act.words)))
    if any(_tells(name, said, lex) for name in named):
        return True
    leaves = act.kind is ActKind.NOT_COME
    return any(_is_beside(name, said, lex) for name in act.people or (named if leaves else ()))


def leaves_open(text: str, lex: Lexicon) -> bool:
    """Whether what stands in brackets leaves open what is said beside it, or limits it: "Afwezig: Jan Peeters
    (onder voorbehoud)", "(tot 15 uur)"."""
    asides = [spaced(found[1]) for found in _BRACKETS.finditer(text)]
    return any(lex.says(one, aside) for aside in asides for one in _OPEN)


#: What leaves a coming open, or limits it.
_OPEN = ("unsure", "condition", "partial", "to_be_confirmed")


def _sets_right(act: Act, lex: Lexicon) -> bool:
    """Whether the writer denies what was said, and says beside it that they come."""
    pieces = [spaced(piece) for piece in _PIECE.split(act.words)]
    own = [piece for piece in pieces if not lex.says("hearsay", piece)]
    comes, not_so = (any(lex.says(one, piece) for piece in own) for one in ("restore", "not"))
    return act.who is Who.WRITER and len(own) < len(pieces) and comes and not not_so


def _asks_whether(said: str, lex: Lexicon) -> bool:
    """Whether all that a sentence says of coming is asked, or still to be told: "graag laten weten of deze
    mensen komen", and not "ik kom, en zou graag weten of er parking is"."""
    found = lex.find("asks_whether", said)
    if found is None:
        return False
    before, behind = Clause(f" {said[: found.start()]} ", lex), Clause(f" {said[found.end() :]}", lex)
    return behind.says(*COMING) and not before.says(*COMING)


def _is_beside(name: str, said: str, lex: Lexicon) -> bool:
    """Whether a name is no subject: left out by a preposition ("zonder Jan"), or the owner of who or what
    is it ("de vrouw van Jan", "Jan zijn auto")."""
    called = spaced(name).split()
    at = said.find(f" {called[-1]} ")
    before = f" {' '.join(said[: at + 1].split()[-_BEFORE:])} "
    for concept, between in (("left_out", _BESIDE), ("owner", 0)):
        for found in lex.concepts[concept].finditer(before):
            rest = [word for word in before[found.end() :].split() if word not in called]
            called_so = bool(rest) and bool(lex.who["colleague"].search(f" {rest[-1]} "))
            near = len(rest) <= between or (called_so and len(rest) <= _BESIDE)
            if near and not lex.says("owns_coming", found[0]) and not lex.says("their_coming", said[at:]):
                return True
    behind = said[at + len(called[-1]) + 1 :]
    return bool(lex.concepts["owns"].match(behind, 1))


def _tells(name: str, said: str, lex: Lexicon) -> bool:
    """Whether somebody only says, knows or asks something, that is not of themselves."""
    last = f" {spaced(name).split()[-1]} "
    behind = said[said.find(last) + len(last) - 1 :]
    if lex.concepts["asks_whether"].match(behind, 1):
        return True
    told = lex.concepts["tells_that"].match(behind, 1)
    return told is not None and not lex.says("of_themselves", f" {behind[told.end() :].strip()} ")


def _is_regretted(said: str, lex: Lexicon) -> bool:
    """Whether a writer is sorry for a staying away that is not their own: "jammer dat Piet niet kan"."""
    found = lex.find("sorry_that", said)
    return found is not None and not lex.who["writer"].search(
        f" {' '.join(said[found.end() :].split()[:3])} "
    )


def _frees_the_day(said: str, lex: Lexicon) -> bool:
    """Whether something else is cancelled, or in order to come."""
    leaves = lex.says("leave", said) and not lex.says("not", said)
    return lex.says("cancels_other", said) or (leaves and lex.says("in_order_to_come", said))


def _is_quoted(act: Act, lex: Lexicon) -> bool:
    """Whether it is said between quotation marks."""
    quoted = (Clause(spaced(found[1]), lex) for found in _QUOTED.finditer(act.words))
    return any(act.kind in presence_in(one) for one in quoted)
