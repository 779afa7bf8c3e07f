"""A body of which nobody comes: "voor Damme zal niemand aanwezig zijn", "er komt niemand van ons bestuur".

The acts of a mail and whom they name go in, with the list of bodies and that of the sender's address; the
name of the body in the list comes out, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mailbot.domain.submission import Act, ActKind, Who, acts_here
from mailbot.intent.lexicon import language_of, lexicon, spaced
from mailbot.matching.organisations import Directory

#: What somebody does who comes, or may.
_MAY_COME = frozenset(
    {
        ActKind.COME,
        ActKind.RESTORE,
        ActKind.SUBSTITUTE,
        ActKind.BRING,
        ActKind.PLACES,
        ActKind.CONDITION,
        ActKind.UNSURE,
        ActKind.PARTIAL,
    }
)
#: Words of the name of a body, with what it is before it: "de gemeente Sint Maria Lierde".
_MOST_WORDS = 5


def absent_body(acts: Iterable[Act], named: Iterable[str], directory: Directory, of: str) -> str:
    """The one body of which words say that nobody comes; empty where they name anybody, or say that somebody
    may come. ``named`` are those whom they name, ``of`` is the body of who wrote."""
    here = acts_here(acts)
    away = [act for act in here if act.kind is ActKind.NOT_COME]
    if any(act.kind in _MAY_COME for act in here):
        return ""
    names = {*named, *(name for act in away for name in act.people)}
    told = [directory.recognise(name) for name in sorted(names)]
    told += [body for act in away if not act.people and (body := _of_all(act, directory, of))]
    bodies = set(told)
    return bodies.pop() if len(bodies) == 1 else ""


def _of_all(act: Act, directory: Directory, of: str) -> str:
    """The body that an act without a name is about: one that its clause begins with, or of which it says
    "nobody"; empty where it is about somebody."""
    if act.who not in (Who.GROUP, Who.COLLEAGUE):
        return ""
    words = act.clause.split()
    if begins := next(_bodies_in(words, range(1), directory), ""):
        return begins
    said = spaced(act.clause)
    nobody = act.who is Who.GROUP and lexicon(language_of(said)).who["nobody"].search(said)
    return next(_bodies_in(words, range(len(words)), directory), of) if nobody else ""


def _bodies_in(words: list[str], begins: Iterable[int], directory: Directory) -> Iterator[str]:
    """The bodies that some of the words name, the longest names first, by where they begin."""
    for start in begins:
        for length in range(min(_MOST_WORDS, len(words) - start), 0, -1):
            if body := directory.recognise(" ".join(words[start : start + length])):
                yield body
