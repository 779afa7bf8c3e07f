"""Somebody who writes that they come to none of our events: each event that they are registered for gets
a case of its own."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.event_selection import open_events
from mailbot.decision.sender_relation import registrations_of
from mailbot.decision.unclear import fitting, said
from mailbot.domain.case import CaseKind
from mailbot.domain.decision import Outcome
from mailbot.domain.registration import Registration
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Person

NAME = "alle bijeenkomsten"


def everywhere(draft: DecisionDraft) -> DecisionDraft:
    """Opens a case at each event that somebody is registered for who says that they come to none. For one
    event the words are judged as any."""
    if draft.submission.people or draft.override.waived or not draft.submission.everywhere:
        return draft.saw(NAME, Saw.NOTHING)
    about = [one for event in open_events(draft) for one in _coming(replace(draft, event=event))]
    events = draft.settings.events
    titles = tuple(dict.fromkeys(events[one.event].title for one in about))
    if len(titles) < _SEVERAL:
        return draft.saw(NAME, Saw.AT_EVENTS, count=len(titles))
    lead = say(Says.LEAVES_EVERYWHERE, titles=titles)
    cases = draft
    for one in about:
        here = replace(cases, event=events[one.event])
        cases = here.open_case(
            CaseKind.UNCLEAR,
            (say(Says.WROTE, lead=lead, words=said(draft)),),
            fitting(here, one),
            entry=Entry(0, Person(), current=one),
        )
    return replace(draft, cases=cases.cases).found(NAME, lead).settle(Outcome.REVIEW, answer=False)


#: From so many events on: a case at one of them would leave the rest of the mail undecided.
_SEVERAL = 2


def _coming(draft: DecisionDraft) -> list[Registration]:
    return [one for one in registrations_of(draft) if not one.status.is_out]
