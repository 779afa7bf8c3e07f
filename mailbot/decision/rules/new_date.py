"""The answer to our question whether people of an event that was replaced come on the new date."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.access import Right, access
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Ask, Outcome
from mailbot.domain.document import Location, Unit
from mailbot.domain.form import ATTENDS, Form
from mailbot.domain.registration import Registration
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Answer, Intent, Person
from mailbot.matching.names import name_of, same_name

NAME = "nieuwe datum"

_YES = frozenset({Intent.CONFIRM, Intent.REGISTER, Intent.RESTORE})
_NO = frozenset({Intent.DENY, Intent.WITHDRAW, Intent.EXCUSE})


def new_date(draft: DecisionDraft) -> DecisionDraft:
    """Carries the registrations that our question was about over to the event it asked about."""
    asked, intent = draft.context.asked, draft.submission.intent
    if asked is None or asked.kind is not Ask.NEW_DATE or draft.submission.people or intent not in _YES | _NO:
        return draft.saw(NAME, Saw.NOT_ASKED)
    about = [old for old in draft.context.registrations if old.nr in asked.nrs]
    if not draft.agreed and not all(access(draft, old).may(Right.CONFIRM) for old in about):
        return (
            draft.saw(NAME, Saw.ANSWERED_BY_OTHER)
            .open_case(
                CaseKind.UNCLEAR,
                (say(Says.ANSWERS_FOR_ANOTHER, by=draft.sender.email, words=draft.submission.words.strip()),),
                (Choice.ACCEPT, *draft.answering, Choice.DONE),
            )
            .settle(Outcome.REVIEW, answer=False)
        )
    entries: list[Entry] = []
    for old in about:
        moved = next((r for r in draft.at_event if _same(r, old, draft.form)), None)
        if moved is None or all(entry.current != moved for entry in entries):
            entries.append(_carried_over(draft, old, moved, len(entries)))
    return replace(draft, entries=tuple(entries)).saw(NAME, Saw.YES if intent in _YES else Saw.NO)


def _carried_over(draft: DecisionDraft, old: Registration, moved: Registration | None, index: int) -> Entry:
    """An ``old`` registration as an entry at the new event, where its person may have ``moved`` before."""
    comes = draft.submission.intent in _YES
    as_before = Location().at(Unit.REGISTRATION, old.nr)
    answers = {k: Answer(v, as_before) for k, v in old.answers.items()} if moved is None else {}
    if draft.form.field(ATTENDS) is not None:
        answers[ATTENDS] = Answer(comes, Location().at(Unit.MAIL))
    return Entry(
        index,
        Person(answers, old.organisation_known),
        current=moved,
        arrived=None if old.status.is_out else old.arrived,  # who comes after all stands at the end
        intent=Intent.RESTORE if comes else Intent.EXCUSE,
    )


def _same(one: Registration, other: Registration, form: Form) -> bool:
    return same_name(name_of(one.answers, form), name_of(other.answers, form)) and (
        one.organisation_known == other.organisation_known
    )
