"""Where those stand whom her hand puts on the waiting list, or completes who came when there was no place."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.capacity import no_place, why_wait
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.domain.case import Edit, EditKind
from mailbot.domain.decision import SECRETARIAT, Decision, DecisionContext, Outcome, Result
from mailbot.domain.event import Event
from mailbot.domain.message import Address, Arrival, Message
from mailbot.domain.registration import STATUS, Change, Registration, Status
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import Person, Submission, SubmissionKind
from mailbot.matching.waiting_list import waits_for_place


def in_line_or_kept(
    decision: Decision,
    edit: Edit,
    row: Registration | None,
    event: Event,
    context: DecisionContext,
    settings: Settings,
    now: datetime,
) -> Decision:
    """Whom she puts on the waiting list stands in line where there is no place; where there is, they wait
    until she says otherwise. Whom she only completes is in where there is a place and nobody before them."""
    result = decision.results[0] if decision.results else None
    after = result.after if result else None
    if after is None or after.status is not Status.WAITLISTED or (row and row.status is Status.WAITLISTED):
        return decision
    assert result is not None
    written = Arrival(0, "", now, Message("", Address(SECRETARIAT), "", None))
    here = Entry(0, Person(), current=row).settled(Outcome.WAITLISTED, Status.WAITLISTED)
    draft = DecisionDraft(
        written,
        Submission(SubmissionKind.NO_FORM),
        context,
        settings,
        now,
        written.message.sender,
        event=event,
        entries=(here,) if row else (),
    )
    entry = Entry(1, Person(), current=after, arrived=after.arrived)
    typed = edit.kind is EditKind.CELL and edit.key != STATUS
    if typed and row is not None and row.status is Status.INCOMPLETE:
        result = _completed_by_her(result, after, draft, entry)
    else:
        why = no_place(draft, entry) or say(Says.PUT_TO_WAIT)
        result = replace(result, after=replace(after, reason=why))
    return replace(decision, results=(result, *decision.results[1:]))


def _completed_by_her(result: Result, after: Registration, draft: DecisionDraft, entry: Entry) -> Result:
    """Who came when there was no place and is complete now: in, where there is one and nobody waits before
    them; else in line. Who waits for another reason than a place waits on for that."""
    if isinstance(after.reason, Statement) and not waits_for_place(after.reason):
        return result
    if (why := why_wait(draft, entry)) is not None:
        return replace(result, after=replace(after, reason=why))
    moved = Change(STATUS, str(Status.INCOMPLETE), str(Status.REGISTERED))
    row = replace(after, status=Status.REGISTERED, reason="", unsent_changes=unsent(after, moved))
    return replace(result, after=row)


def unsent(row: Registration, change: Change) -> tuple[Change, ...]:
    """The changes the person was not told, each from the value they know to the present one."""
    first = next((c for c in row.unsent_changes if c.key == change.key), change)
    others = tuple(c for c in row.unsent_changes if c.key != change.key)
    return others if first.old == change.new else (*others, Change(change.key, first.old, change.new))
