"""A form for an event that is over, cancelled, replaced or has no date yet becomes a case."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.event_selection import open_events
from mailbot.domain.case import ABOUT_EVENT, CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.event import Event
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, Statement, say

NAME = "bijeenkomst nog open"


def event_closed(draft: DecisionDraft) -> DecisionDraft:
    """Keeps what comes for an event that no longer takes anybody for a person."""
    event, settings = draft.event, draft.settings
    assert event is not None
    successor, is_over = settings.successor_of(event), event.is_over(draft.came_at, settings.zone)
    events: tuple[str, ...] = ()
    if draft.override.event == event.id:
        return draft.saw(NAME, Saw.SECRETARY_CHOSE_THIS)
    if is_over:
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
    if (is_over or (event.cancelled and successor is None)) and (others := open_events(draft)):
        return _for_another(draft.found(NAME, why), event, why, tuple(one.id for one in others))
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


def _for_another(
    draft: DecisionDraft, event: Event, why: Statement, others: tuple[str, ...]
) -> DecisionDraft:
    """A case at no event, since an old form may be meant for one of ``others``: she says for which. The mail
    is of none either, or it would be cleared with what is kept of the old one."""
    came = say(Says.CAME_IN_STILL, why=why, subject=draft.arrival.message.subject)
    draft = replace(draft, event=None).open_case(
        CaseKind.WHICH_EVENT,
        (came, say(Says.PERHAPS_FOR_ANOTHER)),
        (Choice.ACCEPT, Choice.REFUSE, Choice.ASK, Choice.DONE),
        events=(event.id, *others),
        payload={ABOUT_EVENT: event.id},
    )
    return draft.settle(Outcome.REVIEW, answer=False)
