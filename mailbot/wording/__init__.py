"""Words for people: codes and facts → text, one file a language.

Mails, the workbook, commands and the JSON of ``mailbot read`` take their sentences from here. Nothing that
reads or decides does: an import contract says so. A language that mails are written in is a file here, a
folder of the same name in ``notifications/templates/`` and its code in ``config.settings.Language``; the
tests of ``tests/notifications`` then draw every mail in it. What only the secretary reads is Dutch
(``secretary``).
"""

from __future__ import annotations

from mailbot.domain.doubt import Reason
from mailbot.domain.statement import Told
from mailbot.domain.submission import Code, Problem
from mailbot.wording.languages import LEXICON
from mailbot.wording.statements import (
    as_told,
    enumerated,
    matter,
    sentence,
    title,
    told,
    what_was_done,
    what_was_found,
    who_did_it,
)

__all__ = [
    "LEXICON",
    "as_told",
    "enumerated",
    "in_general",
    "matter",
    "title",
    "told",
    "what_was_done",
    "what_was_found",
    "who_did_it",
    "why_doubted",
    "why_waits",
]


def why_doubted(problem: Problem, language: str = "nl") -> str:
    """Why an answer is doubted, without a full stop, the label or what was read. A ``Problem`` of a ledger of
    before has its reason in Dutch alone: in another language only what its code says."""
    if problem.text and language == "nl":
        return problem.text
    if problem.reason is Reason.UNCLEAR:
        return in_general(problem.code, language)
    return LEXICON[language].doubts[problem.reason].format(detail=problem.detail)


def why_waits(reason: Told, language: str) -> str:
    """Why somebody waits for a place, for a mail to them; empty where there are no words for it. A ledger of
    before has it in Dutch alone."""
    if isinstance(reason, str):
        return reason if language == "nl" else ""
    waits = LEXICON[language].waits
    return sentence(reason, waits) if reason.code in waits else ""


def in_general(code: Code, language: str) -> str:
    """What is the matter with an answer, for who may not see why."""
    reason = Reason.MISSING if code is Code.MISSING else Reason.UNCLEAR
    return LEXICON[language].doubts[reason]
