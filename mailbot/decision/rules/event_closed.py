"""A form for an event that is over, cancelled, replaced or has no date yet is for a person."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Outcome

NAME = "bijeenkomst nog open"


def event_closed(draft: DecisionDraft) -> DecisionDraft:
    """Keeps what comes for an event that no longer takes anybody for a person."""
    event, settings = draft.event, draft.settings
    assert event is not None
    successor = next((e for e in settings.events.values() if e.replaces == event.id), None)
    events: tuple[str, ...] = ()
    if draft.override.event == event.id:
        return draft.find(NAME, "het secretariaat koos deze bijeenkomst")
    if event.is_over(draft.heard, settings.zone):
        why = f"{event.title} is voorbij"
    elif draft.started:
        why = f"{event.title} is al begonnen"
    elif successor is not None:
        why = f"{event.title} is vervangen door {successor.title}"
        events = (successor.id, event.id)
    elif event.cancelled:
        why = f"{event.title} gaat niet door"
    elif event.is_draft:
        why = f"{event.title} ({event.id}) heeft nog geen datum"
    else:
        return draft.find(NAME, "ja")
    return (
        draft.find(NAME, why)
        .open_case(
            CaseKind.WHICH_EVENT,
            f'{why}; toch kwam "{draft.arrival.message.subject}" nog binnen.',
            (Choice.ACCEPT, Choice.REFUSE, Choice.ASK, Choice.DONE),
            events=events,
        )
        .settle(Outcome.REVIEW, answer=False)
    )
