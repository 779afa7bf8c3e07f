"""A form that is protected, damaged, too large or not filled in is asked again."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft
from mailbot.domain.decision import Ask, Outcome
from mailbot.domain.document import ParseStatus
from mailbot.domain.submission import Intent, SubmissionKind

NAME = "leesbaar"


def readable(draft: DecisionDraft) -> DecisionDraft:
    """Asks for a readable form where the one sent says nothing and the words neither."""
    submission = draft.submission
    unread = [
        f"{name} ({state})" for name, state in submission.unread if state is not ParseStatus.UNSUPPORTED
    ]
    if submission.intent in _PLAIN_WORDS:
        return draft.find(NAME, "de woorden zeggen genoeg")
    if submission.people or not (unread or submission.found in (SubmissionKind.BLANK, *_UNREAD)):
        return draft.find(NAME, ", ".join(unread) or "ja")
    what = (
        "niet ingevuld" if submission.found is SubmissionKind.BLANK else ", ".join(unread) or submission.found
    )
    return draft.find(NAME, f"{what}: een leesbaar formulier gevraagd").settle(
        Outcome.INCOMPLETE, asks=Ask.READABLE
    )


_PLAIN_WORDS = (Intent.WITHDRAW, Intent.EXCUSE, Intent.RESTORE, Intent.SUBSTITUTE)
_UNREAD = (SubmissionKind.PROTECTED, SubmissionKind.UNREADABLE, SubmissionKind.TOO_LARGE)
