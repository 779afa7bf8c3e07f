"""Which event a message is for: what it names, what it answers, else the only open one."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.event_selection import event_named, only_open, open_events
from mailbot.decision.other_form import by_form_of
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.event import Event
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say

NAME = "welke bijeenkomst"


def which_event(draft: DecisionDraft) -> DecisionDraft:
    """Finds the event, or leaves that choice to the secretary."""
    if draft.override.event:
        event = draft.settings.events.get(draft.override.event)
        if event is not None:
            return _at(draft, event).saw(NAME, Saw.EVENT_BY, event=event.id, by=say(Saw.BY_SECRETARY))
    if draft.event is not None:
        return _at(draft, draft.event).saw(NAME, Saw.EVENT, event=draft.event.id)
    found = event_named(draft) or only_open(draft)
    if found.event is not None:
        return _at(draft, found.event).saw(NAME, Saw.EVENT_BY, event=found.event.id, by=found.by)
    assert found.doubt is not None  # which is why there is no event
    return (
        draft.found(NAME, found.doubt)
        .open_case(
            CaseKind.WHICH_EVENT,
            (say(Says.WHICH_EVENT, subject=draft.arrival.message.subject, why=found.doubt),),
            (Choice.ACCEPT, Choice.REFUSE, Choice.ASK, Choice.DONE),
            events=tuple(event.id for event in open_events(draft)),
        )
        .settle(Outcome.REVIEW, answer=False)
    )


def _at(draft: DecisionDraft, event: Event) -> DecisionDraft:
    """The draft at an event, with what its mail says under the keys of the form of that."""
    here = replace(draft, event=event)
    return replace(here, submission=by_form_of(draft.submission, here.form, draft.settings))
