"""One of our own workbooks, mailed in, registers and changes nobody: a case shows it to the secretary."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.unclear import review
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say

NAME = "werkboek van ons"


def own_workbook(draft: DecisionDraft) -> DecisionDraft:
    """Sets a workbook of ours aside with a case; a form in the same mail is carried out beside it."""
    files = draft.submission.workbooks
    if not files or draft.override.waived:
        return draft.saw(NAME, Saw.NOTHING)
    lead = say(Says.SENDS_OUR_WORKBOOK, files=files)
    if not draft.submission.people:
        return review(draft, NAME, lead)
    return draft.found(NAME, lead).open_case(CaseKind.UNREADABLE, (lead,), (Choice.DONE,))
