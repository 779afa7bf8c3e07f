"""Somebody who withdrew, and of whom a mail only tells something or brings an old form, stays withdrawn: a
case asks what they want."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.finalize import changes, shown
from mailbot.decision.unclear import said
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.document import Unit
from mailbot.domain.form import ATTENDS
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import ActKind, Intent
from mailbot.matching.names import email_of, same_address

NAME = "komt nog altijd niet"

#: What the words of somebody want who comes after all.
_COMING = (Intent.REGISTER, Intent.RESTORE)


def still_away(draft: DecisionDraft) -> DecisionDraft:
    """Opens a case for somebody who withdrew or was excused and now sends something in words, or whose form
    of before is passed on: a number, a function or an old copy does not tell whether they come."""
    return draft.each(_judge)


def _judge(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    current = entry.current
    away = current is not None and current.status.is_out
    if current is None or not away or not _only_tells(draft, entry) or draft.override.waived:
        return draft.saw(NAME, Saw.NOTHING), entry
    new = {change.key: change.new for change in changes(entry) if change.new is not None}
    labels = {field.key: field.label for field in draft.form.fields if not field.is_sensitive}
    values = tuple(
        say(Says.NEW_VALUE, label=labels[key], value=shown(value))
        for key, value in new.items()
        if key in labels
    )
    away_and_writes = say(Says.AWAY_AND_WRITES, nr=current.nr, status=str(current.status), words=said(draft))
    draft = draft.saw(NAME, Saw.IS_AWAY, nr=current.nr, status=str(current.status)).open_case(
        CaseKind.UNCLEAR,
        (away_and_writes, *[say(Says.NEW_VALUES, values=values)] * bool(values)),
        (*[Choice.TAKE_NEW] * bool(new), Choice.REGISTER, *draft.answering, Choice.DONE),
        entry=entry,
        fields=tuple(new),
    )
    return draft, entry.settled(Outcome.REVIEW, None, say(Says.COMES_NOT_SAID))


def _only_tells(draft: DecisionDraft, entry: Entry) -> bool:
    """Whether an entry was read in words that answer a mail of ours, and those say of nobody that they
    come, or on a copy of a form that said the same before they withdrew and that is passed on: who sends
    the form once more themselves comes again."""
    if entry.repeats:
        return entry.intent is Intent.FORM and _is_passed_on(draft, entry)
    answers, acts = entry.person.answers, draft.submission.acts
    comes = any(act.kind in (ActKind.COME, ActKind.RESTORE) and not act.elsewhere for act in acts)
    told = bool(answers) and all(answer.where.has(Unit.ANSWER) for answer in answers.values())
    return told and not comes and ATTENDS not in answers and draft.submission.intent not in _COMING


def _is_passed_on(draft: DecisionDraft, entry: Entry) -> bool:
    """Whether a mail forwards another, or is neither of the person nor of who registered them."""
    message, current = draft.arrival.message, entry.current
    assert current is not None
    own = {same_address(email_of(current.answers, draft.form)), same_address(current.sender)}
    return message.forwarded is not None or same_address(message.sender.email) not in own
