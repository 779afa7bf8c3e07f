"""Somebody who comes to one event and stays away from another, in one mail: each gets a case of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.event_selection import open_events
from mailbot.decision.sender_relation import registrations_of
from mailbot.decision.unclear import said
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.event import Event
from mailbot.domain.registration import Registration
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import ActKind, Intent, Person
from mailbot.matching.subject_matter import events_called, names_an_event

NAME = "de ene wel, de andere niet"

#: What words want that say of one event another thing than of the other: neither is sure.
_IN_DOUBT = (Intent.MAYBE_WITHDRAW, Intent.UNCLEAR)
_PIECES = re.compile(r"[.!?;:,()\n]+|\s(?=(?:en|maar|of|et|mais|and|but)\s)", re.I)
_NOT = re.compile(r"\b(?:niet|geen|noch|pas|not|nicht)\b", re.I)
#: Events, of which a case about one would be half of the mail.
_SEVERAL = 2


def comes_to_one(draft: DecisionDraft) -> DecisionDraft:
    """Opens a case at each event that a mail in words names which stays away from one of them.

    What she decides about one would leave the other unheard."""
    submission = draft.submission
    leaves = any(act.kind is ActKind.NOT_COME and not act.elsewhere for act in submission.acts)
    if submission.people or draft.override.waived or not leaves or submission.intent not in _IN_DOUBT:
        return draft.saw(NAME, Saw.NOTHING)
    ahead = open_events(draft)
    named = events_called("", submission.words, draft.settings, draft.received)
    events = [event for event in named if event in ahead]
    if len(events) < _SEVERAL:
        return draft.saw(NAME, Saw.AT_EVENTS, count=len(events))
    lead = say(Says.COMES_TO_ONE, titles=tuple(event.title for event in events))
    cases = draft
    for number, event in enumerate(events):
        here = replace(cases, event=event)
        rows = registrations_of(here)
        about = rows[0] if len(rows) == 1 else None
        cases = here.open_case(
            CaseKind.UNCLEAR,
            (say(Says.WROTE, lead=lead, words=said(draft)),),
            (*_fitting(about, away=_is_denied(here, event)), *draft.answering, Choice.DONE),
            entry=Entry(number, Person(), current=about),
        )
    return replace(draft, cases=cases.cases).found(NAME, lead).settle(Outcome.REVIEW, answer=False)


def _fitting(about: Registration | None, *, away: bool) -> tuple[Choice, ...]:
    if about is None or about.status.is_out:
        return (Choice.EXCUSE, Choice.REGISTER) if away else (Choice.REGISTER, Choice.EXCUSE)
    return (Choice.WITHDRAW, Choice.EXCUSE) if away else ()


def _is_denied(draft: DecisionDraft, event: Event) -> bool:
    """Whether a part of the words that names the event says "not" of it: what is offered first."""
    here = replace(draft.settings, events={event.id: event})
    pieces = _PIECES.split(draft.submission.words)
    return any(_NOT.search(one) and names_an_event(one, here, draft.received) for one in pieces)
