"""A question is for the secretary: it delays nothing, and is never answered by mailbot."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Note
from mailbot.domain.statement import Says, say

NAME = "vraag"


def question(draft: DecisionDraft) -> DecisionDraft:
    """Passes a question on in the sender's own words, and lets the answer say so."""
    asked = draft.submission.question.strip()
    if not asked:
        return draft.find_nothing(NAME)
    entries = tuple(replace(e, notes=(*e.notes, Note.QUESTION_PASSED_ON)) for e in draft.entries)
    return (
        replace(draft, entries=entries, question=asked)
        .find(NAME, asked)
        .open_case(CaseKind.QUESTION, (say(Says.QUOTED, words=asked),), (*draft.answering, Choice.DONE))
    )
