"""What the passing of time, and a change in an event file, bring about."""

from __future__ import annotations

from datetime import datetime

from mailbot.decision.passing.frame import Moment, Watch, gathered
from mailbot.decision.passing.incomplete import incomplete
from mailbot.decision.passing.moved import moved
from mailbot.decision.passing.overtaken import overtaken
from mailbot.decision.passing.places import places
from mailbot.decision.passing.practical import practical
from mailbot.decision.passing.reminder import reminder
from mailbot.decision.passing.replaced import replaced
from mailbot.decision.passing.retention import retention
from mailbot.decision.passing.thanks import thanks
from mailbot.event import Event
from mailbot.model import Decision, EventFacts, EventState
from mailbot.settings import Settings

#: All that is watched; each by itself, in this order.
WATCHES: tuple[Watch, ...] = (
    overtaken,  # cases that settled themselves
    moved,  # another date or place, or cancelled
    replaced,  # by another event
    reminder,  # a closed list that has not answered
    practical,  # some days before
    thanks,  # afterwards
    incomplete,  # asked, and not answered in time
    places,  # too few, or one that is free
    retention,  # what must no longer be held
)


def decide_passing(
    event: Event,
    told: EventFacts | None,
    state: EventState,
    settled: frozenset[str],
    settings: Settings,
    now: datetime,
) -> tuple[Decision, ...]:
    """What is due at one event at ``now`` (aware); nothing, where nothing is.

    ``told`` are the facts that people have of it, None where it was never looked at: it then only
    gets them. ``state`` is all the ledger holds of it, its open cases included; ``settled`` are
    the keys of its cases that were closed: what was decided once is not proposed again.
    """
    moment = Moment(event, told, state, settled, settings, now)
    return tuple(d for watch in WATCHES if (d := gathered(watch(moment), moment)) is not None)
