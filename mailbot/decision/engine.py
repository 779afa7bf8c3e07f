"""A message and the rules: every rule is asked in turn, until one has settled the message."""

from __future__ import annotations

from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.draft import DecisionDraft, Override, Rule
from mailbot.decision.her_questions import in_one_case
from mailbot.decision.reply_limits import limited
from mailbot.decision.rules import AFTERWARDS, MESSAGE, PEOPLE
from mailbot.domain.decision import DecisionContext
from mailbot.domain.message import Arrival
from mailbot.domain.submission import Submission


def judged(
    arrival: Arrival,
    submission: Submission,
    context: DecisionContext,
    settings: Settings,
    now: datetime,
    override: Override,
) -> DecisionDraft:
    """The draft of a message after all rules; ``override`` is what the secretary decided before."""
    draft = DecisionDraft(arrival, submission, context, settings, now, arrival.message.sender, override)
    for rules in (MESSAGE, PEOPLE, AFTERWARDS):
        draft = _asked(rules, draft)
    return limited(in_one_case(draft))


def _asked(rules: tuple[Rule, ...], draft: DecisionDraft) -> DecisionDraft:
    for rule in rules:
        if draft.outcome is not None:
            break
        draft = rule(draft)
    return draft
