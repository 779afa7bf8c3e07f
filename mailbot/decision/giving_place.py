"""Whose place somebody may take by her decision: that of whom the mail speaks of, or else of any
colleague."""

from __future__ import annotations

from collections.abc import Iterator

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.sender_relation import is_named
from mailbot.domain.case import IN_PLACE_OF, Choice
from mailbot.domain.submission import Intent, acts_here
from mailbot.matching.names import name_of
from mailbot.text.normalize import fold


def choices(draft: DecisionDraft) -> tuple[Choice, ...]:
    """What she can decide about a new person who is not simply let in. That they take somebody's place stands
    first among what is no place of their own where the mail speaks of it, and else behind all others."""
    asked = _speaks_of_it(draft)
    return (
        Choice.ACCEPT,
        Choice.WAITLIST,
        *(Choice.REPLACES,) * asked,
        Choice.REFUSE,
        Choice.ASK,
        Choice.DONE,
        *(Choice.REPLACES,) * (not asked),
    )


def places(draft: DecisionDraft) -> dict[str, str]:
    """What such a case keeps of whose place the mail speaks of; nothing where it speaks of none."""
    return {IN_PLACE_OF: " ".join(dict.fromkeys(named_in_words(draft)))} if _speaks_of_it(draft) else {}


def _speaks_of_it(draft: DecisionDraft) -> bool:
    return draft.submission.replaces or draft.submission.intent is Intent.SUBSTITUTE


def named_in_words(draft: DecisionDraft) -> Iterator[str]:
    """The nrs of those whom the mail names."""
    acts = acts_here(draft.submission.acts)
    names = (*draft.submission.named, *(name for act in acts for name in act.people))
    words = fold(draft.submission.words)
    for row in draft.at_event if draft.event is not None else ():
        whole = fold(name_of(row.answers, draft.form))
        if any(is_named(name, row.answers, draft.form) for name in names) or f" {whole} " in f" {words} ":
            yield row.nr
