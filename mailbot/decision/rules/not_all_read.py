"""Files that were not read whole, beside what was understood: a case names them."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.document import ParseStatus
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say

NAME = "alles gelezen"


def not_all_read(draft: DecisionDraft) -> DecisionDraft:
    """Shows the secretary the files that the time of one mail was not enough for: somebody may be
    registered in one; and so in cells whose formulas say nothing."""
    files = [name or "bijlage" for name, state in draft.submission.unread if state is ParseStatus.TOO_SLOW]
    empty = [name or "bijlage" for name in draft.submission.uncalculated]
    if not (files or empty) or CaseKind.UNREADABLE in draft.override.waived:
        return draft.saw(NAME, Saw.YES)
    told = (
        *[say(Says.NOT_READ_IN_TIME, files=tuple(files))] * bool(files),
        *[say(Says.NOT_CALCULATED, files=tuple(empty))] * bool(empty),
    )
    return draft.saw(NAME, Saw.NOT_READ, files=(*files, *empty)).open_case(
        CaseKind.UNREADABLE,
        told,
        (Choice.DONE,),
    )
