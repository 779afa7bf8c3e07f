"""A form that says what one of before said already, of somebody who changed something since: an old copy sent
again puts no old answers back."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.finalize import changes
from mailbot.domain.case import LETS_A_FORM_IN
from mailbot.domain.decision import Outcome
from mailbot.domain.saw import Saw
from mailbot.domain.submission import Intent, SubmissionKind

NAME = "zelfde formulier"


def said_before(draft: DecisionDraft) -> DecisionDraft:
    """Leaves the row of whom the same form of before is known as it is, and tells it; who is off the list is
    for ``still_away``. Where she saw which answers it changes, what she decided holds."""
    if draft.submission.found is not SubmissionKind.FORM or draft.override.waived - LETS_A_FORM_IN:
        return draft.saw(NAME, Saw.NOTHING)
    return draft.each(_judge)


def _judge(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    current = entry.current
    if current is None or not _is_same(draft, entry):
        return draft.saw(NAME, Saw.NOTHING), entry
    if current.status.is_out:
        return draft.saw(NAME, Saw.SAID_BEFORE, nr=current.nr), replace(entry, repeats=True)
    old = {change.key for change in changes(entry)}
    doubted = {problem.field for problem in current.doubts}
    problems = tuple(one for one in entry.problems if one.field in doubted)
    entry = replace(entry, kept=entry.kept | old, problems=problems, repeats=True)
    draft = draft.saw(NAME, Saw.SAID_BEFORE, nr=current.nr)
    if not old or current.doubts or entry.intent is not Intent.FORM:
        return draft, entry
    return draft, entry.settled(Outcome.UNCHANGED, current.status)


def _is_same(draft: DecisionDraft, entry: Entry) -> bool:
    """Whether a form of before gave the very answers of this one of the same person."""
    assert entry.current is not None
    return entry.person.values in draft.context.said_before.get(entry.current.nr, ())
