"""Who comes for a body that sends them: "wij vaardigen Els Maes af", "zij zal ons vertegenwoordigen".

That is a coming, and nobody's place: whoever writes so may come as well, until something says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mailbot.domain.submission import Act, ActKind, Who, acts_here
from mailbot.intent.lexicon import language_of, lexicon, spaced
from mailbot.intent.person_mentions import names
from mailbot.intent.substitutes import replaced_by_writer, standin
from mailbot.text.normalize import plain

#: What says in whose place somebody comes.
_OF_A_PLACE = ("instead", "my_place", "their_place", "in_my_place")
#: What says by whom, who stays away then.
_BY_WHOM = "sends_theirs"
#: What says beside it that somebody does not come: "zelf kan ik niet".
_AWAY = ("not", "away", "leave", "hindered")


def sent(text: str) -> str:
    """The one whom a sentence, as it was written, says to be sent for a body; empty where it says so of
    nobody by a whole name, or of several."""
    said = spaced(plain(text))
    people = [name for name in names(text) if " " in name]
    return people[0] if len(people) == 1 and lexicon(language_of(said)).says("delegates", said) else ""


def sends_somebody(acts: Iterable[Act]) -> bool:
    """Whether a coming is one of somebody who is sent: whoever is on the list and writes so may mean it of
    their own place."""
    return any(act.kind is ActKind.COME and act.people and sent(act.words) for act in acts)


def as_delegates(acts: list[Act]) -> list[Act]:
    """The acts of a mail, where a substitution that only says who is sent is a coming of theirs: beside
    somebody who does not come it is in their place."""
    if acts_here(acts, ActKind.NOT_COME) or len(acts_here(acts, ActKind.SUBSTITUTE)) > 1:
        return acts
    return [_as_coming(act) if _only_sends(act) else act for act in acts]


def _only_sends(act: Act) -> bool:
    """Whether a substitution says no more than that somebody is sent, or comes for a body."""
    if act.kind is not ActKind.SUBSTITUTE or replaced_by_writer(act.words):
        return False
    said = spaced(act.words)
    lex = lexicon(language_of(said))
    rest = spaced(lex.concepts["delegates"].sub(" ", said))
    who = standin(act.words)
    in_place = any(lex.says(one, rest) for one in (*_OF_A_PLACE, *_AWAY)) or (
        who is not None and who.instead_of
    )
    return rest != said and not (in_place or lex.says(_BY_WHOM, said))


def _as_coming(act: Act) -> Act:
    who = standin(act.words)
    people = act.people or ((who.name,) if who else ())
    return replace(act, kind=ActKind.COME, who=Who.NAMED if people else Who.COLLEAGUE, people=people)
