"""Decisions: what a message, a case, an edit by hand or the passing of time brings about.

Pure: all that is known, and ``now``, are arguments; what must happen is the value returned.
"""

from __future__ import annotations

from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.cases import decide_case
from mailbot.decision.draft import Override
from mailbot.decision.edits import decide_edit
from mailbot.decision.engine import judged
from mailbot.decision.finalize import record
from mailbot.decision.scheduled import decide_scheduled
from mailbot.domain.decision import Decision, DecisionContext
from mailbot.domain.message import Arrival
from mailbot.domain.submission import Submission

__all__ = ["decide", "decide_case", "decide_edit", "decide_scheduled"]


def decide(
    arrival: Arrival, submission: Submission, context: DecisionContext, settings: Settings, now: datetime
) -> Decision:
    """What becomes of one message. ``context`` is read under the lock that the decision is written
    under; ``now`` is aware. Never raises for what a message holds."""
    return record(judged(arrival, submission, context, settings, now, Override()))
