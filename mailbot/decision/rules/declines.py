"""Somebody who says that they do not come is excused if they were not registered, withdrawn if they were."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.intents import stays_away, stays_away_by_form
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Note, Outcome
from mailbot.domain.form import ATTENDS
from mailbot.domain.registration import Status
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, Statement, say
from mailbot.matching.names import name_of, organisation_of

NAME = "komt niet"


def declines(draft: DecisionDraft) -> DecisionDraft:
    """Settles those who say in words or on the form that they do not come."""
    return draft.each(_judge)


def _judge(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    if not stays_away(draft, entry):
        return draft.saw(NAME, Saw.NOT_AWAY), entry
    draft = draft.found(NAME, _said(draft, entry))
    current, event = entry.current, draft.event
    assert event is not None
    if event.is_late(draft.received, draft.settings.zone):
        entry = replace(entry, after_deadline=True, notes=(*entry.notes, Note.AFTER_DEADLINE))
    if current is not None and draft.override.excused and current.status is not Status.EXCUSED:
        return draft, entry.settled(Outcome.EXCUSED, Status.EXCUSED)
    if current is not None and current.status.is_out:
        return draft, entry.settled(Outcome.UNCHANGED, current.status)
    if current is not None:
        return draft, entry.settled(Outcome.CANCELLED, Status.CANCELLED)
    answers = entry.person.values
    body_itself = draft.agreed and organisation_of(answers, draft.form)
    if not name_of(answers, draft.form) and not body_itself:
        draft = draft.open_case(
            CaseKind.DOUBT,
            (say(Says.NAMELESS_EXCUSE),),
            (*draft.answering, Choice.DONE),
            entry=entry,
        )
    return draft, entry.settled(Outcome.EXCUSED, Status.EXCUSED)


def _said(draft: DecisionDraft, entry: Entry) -> Statement:
    """Where somebody says it."""
    if not stays_away_by_form(draft, entry):
        return say(Saw.AWAY_IN_WORDS)
    where = str(entry.person.answers[ATTENDS].where)
    return say(Saw.AWAY_AT, where=where) if where else say(Saw.AWAY_IN_FORM)
