"""Who comes by the same mail as somebody of their body leaves takes that place: nobody who waits for one
comes between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mailbot.decision.capacity import organisation_key
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.domain.registration import Registration, Status
from mailbot.domain.saw import Saw
from mailbot.matching.names import name_of

NAME = "plaats van wie wegvalt"


def passed_place(draft: DecisionDraft) -> DecisionDraft:
    """Gives each of those who come new the place, and the arrival, of one of the same body who leaves by this
    mail, in the order in which it names them. Where one leaves and one comes, the rows know each other."""
    leaving = [entry for entry in draft.entries if _leaves(entry)]
    coming = [entry for entry in draft.entries if _comes_new(entry)]
    pairs = _pairs(draft, leaving, coming)
    alone = len(leaving) == len(coming) == len(pairs) == 1
    for left, comes in pairs:
        assert left.current is not None
        draft = draft.saw(
            NAME, Saw.TAKES_PLACE_OF, name=name_of(comes.answers, draft.form), nr=left.current.nr
        )
        comes = _in_place(comes, left.current)
        if alone:
            left, comes = replace(left, successor=comes.index), replace(comes, predecessor=left.index)
        draft = _with(draft, left, comes)
    return draft


def _leaves(entry: Entry) -> bool:
    """Whether an entry is settled as of somebody who gives up a place, or one on the waiting list."""
    current, status = entry.current, entry.status
    return current is not None and current.status.is_in and status is not None and status.is_out


def _comes_new(entry: Entry) -> bool:
    """Whether somebody of whom nothing is settled yet has no place of their own."""
    current = entry.current
    return entry.outcome is None and (current is None or current.status is not Status.REGISTERED)


def _pairs(
    draft: DecisionDraft, leaving: Sequence[Entry], coming: Sequence[Entry]
) -> list[tuple[Entry, Entry]]:
    """Who leaves with who comes, of one body each: of who names none, that of whom they come with."""
    pairs: list[tuple[Entry, Entry]] = []
    free = list(leaving)
    for comes in coming:
        body = organisation_key(draft, comes)
        left = next((one for one in free if body in ("", organisation_key(draft, one))), None)
        if left is not None:
            free.remove(left)
            pairs.append((left, comes))
    return pairs


def _in_place(comes: Entry, leaving: Registration) -> Entry:
    own = comes.current.arrived if comes.current is not None and comes.current.status.is_in else None
    arrived = min(filter(None, (own, leaving.arrived)))
    waits = leaving.reason if leaving.is_kept_waiting else ""
    return replace(comes, arrived=arrived, place_of=leaving, waits=waits)


def _with(draft: DecisionDraft, *entries: Entry) -> DecisionDraft:
    new = {entry.index: entry for entry in entries}
    return replace(draft, entries=tuple(new.get(entry.index, entry) for entry in draft.entries))
