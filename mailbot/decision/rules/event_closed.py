"""A form for an event that is over, cancelled, replaced or has no date yet becomes a case."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say

NAME = "bijeenkomst nog open"


def event_closed(draft: DecisionDraft) -> DecisionDraft:
    """Keeps what comes for an event that no longer takes anybody for a person."""
    event, settings = draft.event, draft.settings
    assert event is not None
    successor = settings.successor_of(event)
    events: tuple[str, ...] = ()
    if draft.override.event == event.id:
        return draft.saw(NAME, Saw.SECRETARY_CHOSE_THIS)
    if event.is_over(draft.came_at, settings.zone):
        why = say(Says.EVENT_OVER, title=event.title)
    elif draft.started:
        why = say(Says.EVENT_STARTED, title=event.title)
    elif successor is not None:
        why = say(Says.EVENT_REPLACED, title=event.title, successor=successor.called)
        events = (successor.id,)
    elif event.cancelled:
        why = say(Says.EVENT_CANCELLED, title=event.title)
    elif event.is_draft:
        why = say(Says.EVENT_WITHOUT_DATE, title=event.title, id=event.id)
    else:
        return draft.saw(NAME, Saw.YES)
    return (
        draft.found(NAME, why)
        .open_case(
            CaseKind.WHICH_EVENT,
            (say(Says.CAME_IN_STILL, why=why, subject=draft.arrival.message.subject),),
            (Choice.ACCEPT, Choice.REFUSE, Choice.ASK, Choice.DONE),
            events=events,
        )
        .settle(Outcome.REVIEW, answer=False)
    )
