"""How a case ends, or goes on: closed, answered, asked once more, with a line in the log by her name."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailbot.config.settings import Settings, local
from mailbot.domain.case import (
    ABOUT_EVENT,
    ASKED,
    CHOSEN_EVENT,
    GOES_ON,
    HEARS_REFUSAL,
    UNSENT,
    Case,
    Choice,
    Edit,
)
from mailbot.domain.decision import SECRETARIAT, Ask, Decision, LogLine, Outcome
from mailbot.domain.done import Done
from mailbot.domain.message import Arrival
from mailbot.domain.statement import Says, Statement, say

_NOBODY = say(Says.NOBODY_TO_ANSWER)


def asked(case: Case, edit: Edit, now: datetime, arrival: Arrival | None, settings: Settings) -> Decision:
    """Her question goes out in her own words; the case stays open, with its moment, until it is answered or
    she takes the question back."""
    if not edit.remark.strip():
        return stays_open(case, edit, now, say(Says.WRITE_QUESTION))
    if arrival is None:
        return stays_open(case, edit, now, _NOBODY)
    again = (*(one for one in case.choices if one is not Choice.UNDO), Choice.UNDO)
    waiting = replace(case, choices=again, payload={**case.payload, ASKED: str(case.id)})
    on = say(Says.ON_DAY, at=local(now, settings.zone).isoformat())
    question = say(Says.ASKED, on=on, words=edit.remark.strip())
    decision = stays_open(waiting, edit, now, question, went=True)
    # What would be overtaken by its event waits for an answer from now on.
    overtaken = case.is_overtaken(settings.events, now, settings.zone)
    cases = tuple(replace(one, opened=now if overtaken else case.opened) for one in decision.cases)
    decision = replace(decision, cases=cases)
    return replace(decision, outcome=Outcome.INCOMPLETE, answer=True, asks=Ask.REMARK, remark=edit.remark)


def answered(case: Case, edit: Edit, now: datetime, arrival: Arrival | None) -> Decision:
    """Her answer goes out in her own words, and settles the case."""
    if not edit.remark.strip():
        return stays_open(case, edit, now, say(Says.WRITE_ANSWER))
    if arrival is None:
        return stays_open(case, edit, now, _NOBODY)
    decision = closed(case, edit, say(Says.ANSWERED_BY_HER, words=edit.remark.strip()))
    return replace(decision, outcome=Outcome.UNCHANGED, answer=True, asks=Ask.ANSWERED, remark=edit.remark)


def refused(case: Case, edit: Edit) -> Decision:
    """Nothing is recorded. Who asked to come hears that they are refused; anybody else hears from her
    only where she wrote something."""
    decision = closed(case, edit)
    waits = case.kind in HEARS_REFUSAL and edit.choice is Choice.REFUSE
    if not edit.remark.strip() and not waits:
        return decision
    said = replace(decision, outcome=Outcome.LATE, answer=True, asks=Ask.REFUSED, remark=edit.remark)
    return replace(said, turned_away=waits)


def closed(case: Case, edit: Edit, *says: Statement) -> Decision:
    """The case closed by her choice: nothing is recorded of its message, and nobody is answered."""
    decision = Decision(Outcome.NO_FORM, case.event or case.payload.get(ABOUT_EVENT, ""), answer=False)
    return logged(decision, case, edit, *says)


def stays_open(case: Case, edit: Edit, now: datetime, why: Statement, *, went: bool = False) -> Decision:
    """The same case once more, with what there is to say about it. What she wrote to somebody is kept with
    it, unless it ``went``."""
    decision = closed(case, edit, why)
    key = f"{case.key}+"
    payload = {name: value for name, value in case.payload.items() if name != UNSENT}
    payload[GOES_ON] = str(case.id)
    payload |= {UNSENT: edit.remark} if edit.remark.strip() and not went else {}
    payload |= {CHOSEN_EVENT: edit.event} if edit.event else {}
    says = (*(one for one in case.says if one != why), why)
    again = replace(case, id=0, opened=now, payload=payload, says=says, key=key)
    return replace(decision, cases=(again,), stays=True)


def contradicted(case: Case, edit: Edit, now: datetime, nr: str) -> Decision:
    """Two things that she did in one sitting say the opposite of the same row: the first holds, and she is
    told of the second."""
    return stays_open(case, edit, now, say(Says.DECIDED_CONTRARY, nr=nr, choice=str(edit.choice)))


def decided_as(case: Case, choice: str | None) -> Statement:
    """A case with the choice that was made in it, or the case alone."""
    kind = str(case.kind)
    return (
        say(Done.CASE_DECIDED, kind=kind, choice=str(choice)) if choice else say(Done.CASE_OPENED, kind=kind)
    )


def logged(decision: Decision, case: Case, edit: Edit, *says: Statement) -> Decision:
    """The decision with the case closed, and with her as the one who decided; ``says`` is what became of her
    choice, where that is not the choice itself."""
    line = LogLine(
        SECRETARIAT,
        decided_as(case, "" if says else edit.choice),
        edit.remark,
        case.registration,
        case.event or decision.event,
        case.message,
        says,
    )
    log = (line, *(replace(one, who=SECRETARIAT) for one in decision.log))
    return replace(decision, closes=(*decision.closes, case.id), log=log, by_hand=True)
