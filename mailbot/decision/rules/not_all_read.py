"""Files that took too long to read beside others that were understood: a case names them."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.document import ParseStatus
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say

NAME = "alles gelezen"


def not_all_read(draft: DecisionDraft) -> DecisionDraft:
    """Shows the secretary the files that the time of one mail was not enough for: somebody may be
    registered in one."""
    files = [name or "bijlage" for name, state in draft.submission.unread if state is ParseStatus.TOO_SLOW]
    if not files or CaseKind.UNREADABLE in draft.override.waived:
        return draft.saw(NAME, Saw.YES)
    return draft.saw(NAME, Saw.NOT_READ, files=tuple(files)).open_case(
        CaseKind.UNREADABLE,
        (say(Says.NOT_READ_IN_TIME, files=tuple(files)),),
        (Choice.DONE,),
    )
