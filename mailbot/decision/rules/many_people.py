"""A mail with more people than the limit, such as a list of staff, becomes a case and registers nobody."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import Person
from mailbot.matching.names import describe

NAME = "aantal personen"

#: How many of them the case names.
SHOWN = 30


def many_people(draft: DecisionDraft) -> DecisionDraft:
    """Records and answers nothing where one message holds more people than ``limits.people``."""
    count, limit = len(_everybody(draft)), draft.settings.limits.people
    draft = draft.saw(NAME, Saw.PEOPLE_AT_ONCE, count=count, limit=limit)
    if count <= limit or CaseKind.MANY_PEOPLE in draft.override.waived:
        return draft
    names = _names(draft)
    more = (say(Says.AND_OTHERS, count=count - SHOWN),) if count > SHOWN else ()
    return draft.open_case(
        CaseKind.MANY_PEOPLE,
        (say(Says.MANY_PEOPLE, count=count, names=names[:SHOWN], more=more),),
        (Choice.ACCEPT, Choice.REFUSE, Choice.ASK, Choice.DONE),
    ).settle(Outcome.REVIEW, answer=False)


def _everybody(draft: DecisionDraft) -> tuple[Person, ...]:
    return draft.submission.people or draft.submission.told


def _names(draft: DecisionDraft) -> tuple[str | Statement, ...]:
    said = (person.values for person in _everybody(draft))
    return tuple(describe(answers, draft.form) or say(Says.NAMELESS) for answers in said)
