"""Whether a word for staying away is itself denied, or tells of somebody else who did it: "ik heb mij niet
afgemeld", "iemand annuleerde mijn inschrijving". That may be a protest, and is nobody's wish."""

from __future__ import annotations

import re
from dataclasses import replace

from mailbot.intent.clause import Clause
from mailbot.intent.lexicon import pattern, spaced

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
