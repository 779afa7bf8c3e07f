"""Whether a decision is answered, and whether the secretary hears of it at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Ask, Note, Outcome
from mailbot.domain.event import Calendar
from mailbot.domain.message import Address, Verdict
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, Statement, say
from mailbot.matching.names import email_of

NAME = "antwoord"

#: Characters of a mail that a case repeats.
_LONGEST = 1_500


def limited(draft: DecisionDraft) -> DecisionDraft:
    """Takes the answer away from bulk mail and from who had too many today (a loop of two machines ends
    here); the last answer of the day says that it is the last.

    What nobody would hear of is not carried out but left to a person: or somebody's answers could be
    used up in their name, and their registration changed after that behind their back."""
    limits, context = draft.settings.limits, draft.context
    if draft.arrival.message.no_answer:
        return _unanswered(draft)
    if draft.override.waived:
        return draft.saw(NAME, Saw.SECRETARY_DECIDED)
    others = _to_others(draft)
    if others and context.drawn_today and context.drawn_today + others > limits.mails_to_others:
        return _held(
            replace(draft, answer=False).saw(NAME, Saw.NO_ANSWER_TO_OTHERS, count=context.drawn_today),
            say(Says.MANY_TO_OTHERS, count=context.drawn_today),
        )
    had, why = context.answered_today, Says.MANY_ANSWERS
    if context.answered_today < limits.answers_per_sender:
        had, why = context.answered_in_thread, Says.MANY_ANSWERS_IN_THREAD
    if context.answered_today >= limits.answers_per_sender or had >= limits.answers_per_thread:
        told = say(why, count=had)
        return _held(replace(draft, to_sender=False).saw(NAME, Saw.NO_ANSWER, why=told), told)
    if draft.answer and context.answered_today == limits.answers_per_sender - 1:
        entries = tuple(replace(e, notes=(*e.notes, Note.LAST_ANSWER)) for e in draft.entries)
        return replace(draft, entries=entries, last_answer=True).saw(NAME, Saw.LAST_ANSWER)
    return draft.saw(NAME, Saw.ANSWER_DUE if draft.answer else Saw.NOTHING)


def _unanswered(draft: DecisionDraft) -> DecisionDraft:
    """The draft of bulk mail without an answer; a case where it would change somebody who is registered."""
    message = draft.arrival.message
    # anybody who saw a mail of ours answers it in their name: only a server's word makes a mail theirs
    sure = message.authentication is Verdict.PASS
    behind = [e for e in draft.entries if e.current is not None and e.mail and _changes(e)]
    silent = replace(draft, answer=bool(_told_others(draft)), to_sender=False).saw(
        NAME, Saw.NO_ANSWER, why=say(Says.MACHINE, sign=message.no_answer)
    )
    if behind and not sure:
        return _held(silent, say(Says.NOT_ANSWERED_KIND, kind=message.no_answer))
    return silent


def _changes(entry: Entry) -> bool:
    """Whether something follows from an entry that somebody should hear of."""
    return entry.outcome not in (None, Outcome.UNCHANGED, Outcome.AUTOMATIC) and (
        entry.status is not None or entry.outcome is Outcome.INCOMPLETE
    )


def _held(draft: DecisionDraft, why: Statement) -> DecisionDraft:
    """The message as one case, instead of what would follow from it; as it is, where nothing would."""
    if not any(entry.mail and _changes(entry) for entry in draft.entries):
        return draft
    people = tuple(dict.fromkeys(draft.who(e) for e in draft.entries if _changes(e)))
    words = draft.submission.words.strip()[:_LONGEST] or draft.arrival.message.subject
    bare = replace(
        draft, entries=(), cases=(), closes=(), log=(), asks=Ask.NOTHING, question="", answer=False
    )
    return bare.open_case(
        CaseKind.TOO_MANY,
        (say(Says.NOBODY_WOULD_HEAR, why=why, people=people, words=words),),
        (Choice.ACCEPT, Choice.REFUSE, Choice.DONE),
    ).settle(Outcome.REVIEW, answer=False)


def _to_others(draft: DecisionDraft) -> int:
    """How many mails to others than the sender may follow: a mail and a calendar entry for each person,
    and the answer itself where it goes to another address."""
    message = draft.arrival.message
    sender = message.sender.mailbox
    answered = draft.answered_to or message.answered_at(draft.settings.web_forms)
    invites = draft.event is not None and draft.event.calendar is Calendar.INVITE and draft.event.starts
    each = 2 if invites else 1
    return each * len(_told_others(draft)) + (answered.mailbox != sender)


def is_near(draft: DecisionDraft) -> bool:
    """Whether the event starts within a day, so that every change is told at once."""
    start = draft.event.starts_at(draft.settings.zone) if draft.event else None
    return start is not None and start - timedelta(hours=24) <= draft.now < start


def _told_others(draft: DecisionDraft) -> list[str]:
    """The mailboxes of the people who hear of it themselves, other than the one that mailed."""
    people = [entry for entry in draft.entries if _is_told_others(entry)]
    own = [Address(email_of(entry.answers, draft.form)).mailbox for entry in people]
    return [one for one in own if one not in ("", draft.arrival.message.sender.mailbox)]


def _is_told_others(entry: Entry) -> bool:
    """Whether the person hears of it themselves, whoever mailed."""
    outcome = entry.outcome
    return entry.mail and not (outcome and (outcome.is_silent or outcome.is_for_sender_only))
