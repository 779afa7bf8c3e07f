"""A sender whose own domain says the mail is not theirs (RFC 8601) is not believed."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.message import Verdict
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Intent, SubmissionKind

NAME = "echtheid van de afzender"


def forged(draft: DecisionDraft) -> DecisionDraft:
    """Keeps a submission whose authentication failed for a person; no answer repeats its data."""
    if draft.arrival.message.authentication is not Verdict.FAIL:
        return draft.saw(NAME, Saw.SENDER_NOT_DENIED)
    draft = replace(draft.saw(NAME, Saw.SENDER_NOT_CONFIRMED), no_data=True)
    submission = draft.submission
    if CaseKind.FORGED in draft.override.waived or (
        submission.found is SubmissionKind.NO_FORM
        and submission.intent in (Intent.NONE, Intent.THANKS, Intent.REPLY)
    ):
        return draft
    return draft.open_case(
        CaseKind.FORGED,
        (say(Says.UNCONFIRMED_SENDER, subject=draft.arrival.message.subject, sender=draft.sender.email),),
        (Choice.ACCEPT, Choice.REFUSE, Choice.DONE),
    ).settle(Outcome.REVIEW, answer=False)
