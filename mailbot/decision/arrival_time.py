"""When a mail came, which two clocks say: the mailbox (INTERNALDATE, the time that counts) and the host that
received it (its ``Received``, RFC 5321 §4.4).

Servers were seen an hour off, mail in a mailbox that was moved bears the time of the move, and some
clocks are ahead. Of all ``Received`` headers only that of the host that always stands on top in this
mailbox is believed: a sender can write any, but none above that of the server that takes the mail in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from mailbot.config.settings import local
from mailbot.decision.draft import DecisionDraft
from mailbot.domain.decision import MAILBOT, LogLine
from mailbot.domain.done import Done
from mailbot.domain.statement import Says, Statement, say

#: Mail waits so long in queues and filters without anything being wrong.
_APART = timedelta(minutes=30)
#: Clocks of two machines differ by minutes.
_AHEAD = timedelta(minutes=10)


def other_time(draft: DecisionDraft) -> datetime | None:
    """When the host on top of this mailbox says that the mail came; None where none is heard."""
    message, host = draft.arrival.message, draft.context.top_host
    return message.received_at if host and message.received_by == host else None


def across_deadline(draft: DecisionDraft, arrived: datetime) -> Statement | None:
    """Both times, where the one in the ``Received`` is on the other side of the deadline; None where it is
    not, or where another arrival than this mail's counts."""
    event, other = draft.event, other_time(draft)
    if event is None or other is None or arrived != draft.received:
        return None
    zone = draft.settings.zone
    if event.is_late(other, zone) == event.is_late(draft.received, zone):
        return None
    return _both(draft, other)


def noted(draft: DecisionDraft) -> DecisionDraft:
    """The draft with a line in the log where the two times are far apart, or where the mailbox gives a
    time that is still to come."""
    other = other_time(draft)
    if other is not None and abs(other - draft.received) >= _APART:
        why = _both(draft, other)
    elif draft.received > draft.now + _AHEAD:
        why = say(Says.CLOCK_AHEAD, ours=_shown(draft, draft.received))
    else:
        return draft
    line = LogLine(
        MAILBOT, say(Done.OTHER_ARRIVAL), event=draft.event.id if draft.event else "",
        message=draft.arrival.id, says=(why,),
    )  # fmt: skip
    return replace(draft, log=(*draft.log, line))


def _both(draft: DecisionDraft, other: datetime) -> Statement:
    host = draft.arrival.message.received_by
    return say(Says.TWO_CLOCKS, ours=_shown(draft, draft.received), host=host, theirs=_shown(draft, other))


def _shown(draft: DecisionDraft, moment: datetime) -> str:
    return local(moment, draft.settings.zone).isoformat()
