"""A document that may be a registration or something else becomes a case: no row, no place, no mail."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.event_selection import open_events
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import SubmissionKind

NAME = "misschien een inschrijving"

#: How many of the people read the case shows.
SHOWN = 10


def perhaps(draft: DecisionDraft) -> DecisionDraft:
    """Opens a case for a message whose document may be a registration. Once she accepted it, the draft goes
    on with the document as a form, and is judged by the other rules with its own time of arrival."""
    submission = draft.submission
    if submission.found is not SubmissionKind.PERHAPS:
        return draft
    if CaseKind.PERHAPS in draft.override.waived:
        accepted = replace(submission, found=SubmissionKind.FORM)
        return replace(draft, submission=accepted).saw(NAME, Saw.YES_SHE_SAYS)
    events = () if draft.event else tuple(event.id for event in open_events(draft))
    return (
        draft.saw(NAME, Saw.NOT_ENOUGH)
        .open_case(
            CaseKind.PERHAPS,
            (_read(draft),),
            (Choice.ACCEPT, Choice.REFUSE, Choice.ASK, Choice.DONE),
            events=events,
        )
        .settle(Outcome.REVIEW, answer=False)
    )


def _read(draft: DecisionDraft) -> Statement:
    """What was read of the first ``SHOWN`` people, which the case shows."""
    people = draft.submission.people
    said = (
        "; ".join(str(a.value) for a in p.answers.values() if a.value not in ("", True, False))
        for p in people
    )
    more = (say(Says.AND_OTHERS, count=len(people) - SHOWN),) if len(people) > SHOWN else ()
    subject = draft.arrival.message.subject
    return say(Says.PERHAPS_REGISTRATION, subject=subject, people=tuple(said)[:SHOWN], more=more)
