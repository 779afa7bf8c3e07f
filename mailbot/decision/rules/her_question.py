"""An answer to a question of the secretary is shown in the row where she asked, even if carried out."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.her_questions import asked_about, with_answer
from mailbot.domain.decision import Ask
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say

NAME = "antwoord op uw vraag"


def her_question(draft: DecisionDraft) -> DecisionDraft:
    """Tells her, in the row in which she asked and still waits, what was answered and what followed."""
    asked = draft.context.asked
    if asked is None or asked.kind is not Ask.REMARK or draft.override.waived:
        return draft.saw(NAME, Saw.NOTHING)
    case = asked_about(draft, asked)
    followed = tuple(
        say(Says.STANDS, who=draft.who(entry), status=str(entry.status))
        for entry in draft.entries
        if entry.status is not None
    )
    if case is None or not followed:
        return draft.saw(NAME, Saw.NOTHING)
    done = say(Says.TAKEN_OVER_ITSELF, people=followed)
    return with_answer(draft.saw(NAME, Saw.ANSWERED_IN_CASE, case=case.id), case, done)
