"""A required answer that is missing, invalid or doubted is asked, all at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from mailbot.decision.capacity import why_wait
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.sender_relation import own_address
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Note, Outcome
from mailbot.domain.document import Location, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.form import FieldKind, FormField
from mailbot.domain.places import holds_place
from mailbot.domain.registration import Status
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Answer, Code, Problem
from mailbot.matching.names import email_of

NAME = "volledig"


#: Why what was read in words alone is doubted: her case shows it, and she accepts it with the rest.
OF_WORDS = frozenset(
    {Reason.FROM_WORDS, Reason.FROM_SENDER, Reason.SIGNED_BY_ANOTHER, Reason.WHICH_NAME_IS_FIRST}
)
#: Cases of which she accepts what the words say, having read them.
_SHOWS_THE_WORDS = frozenset({CaseKind.UNCLEAR, CaseKind.WHICH_EVENT})


def complete(draft: DecisionDraft) -> DecisionDraft:
    """Fills an empty e-mail with the sender's, and settles those who must be asked something."""
    return draft.each(_judge)


def _judge(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    entry = _with_email(draft, entry)
    if _reaches_nobody(draft, entry) and not draft.agreed:
        return _unreachable(draft, entry)
    entry = _without_email(draft, entry)
    if draft.override.waived and not draft.submission.people:
        # She saw what was read in the words, and decided on it; a form's answers her case does not show.
        all_read = bool(draft.override.waived & _SHOWS_THE_WORDS)
        read = tuple(p for p in entry.problems if _is_of_words(p, all_read=all_read))
        draft = with_accepted(draft, entry, read)
        entry = replace(entry, problems=tuple(p for p in entry.problems if p not in read))
    needed = _needed(draft, entry)
    if not needed:
        return draft.saw(NAME, Saw.COMPLETE, who=draft.who(entry)), entry
    asked = {p.field for p in needed}
    optional = tuple(p for p in entry.problems if p.field not in asked and p.code is not Code.MISSING)
    entry = replace(entry, problems=(*needed, *optional))
    labels = tuple(f.label for f in draft.form.fields if f.key in asked)
    draft = draft.saw(NAME, Saw.TO_ASK, who=draft.who(entry), labels=labels)
    entry = _incomplete(draft, entry, asked)
    return (_unasked(draft, entry, labels) if _asks_nobody(draft, entry) else draft), entry


def _asks_nobody(draft: DecisionDraft, entry: Entry) -> bool:
    """Whether somebody who is not in yet is to be asked something, and nobody reads an answer: what is asked
    goes to who mailed alone, since an address that was read may be another's."""
    return bool(draft.arrival.message.no_answer) and entry.status is Status.INCOMPLETE


def _unasked(draft: DecisionDraft, entry: Entry, labels: tuple[str, ...]) -> DecisionDraft:
    """The draft with a case about a row that stays incomplete, since nobody was asked."""
    message = draft.arrival.message
    says = say(Says.NOBODY_ASKED, sender=draft.sender.email, kind=message.no_answer, labels=labels)
    choices = (Choice.ACCEPT, Choice.DONE)
    return draft.open_case(CaseKind.INCOMPLETE, (says,), choices, entry=entry)


def with_accepted(draft: DecisionDraft, entry: Entry, doubts: Collection[Problem]) -> DecisionDraft:
    """The draft with a finding about ``doubts`` that no longer hold, since she accepted what was read."""
    if not doubts:
        return draft
    fields = ((one.field, draft.form.field(one.field)) for one in doubts)
    labels = tuple(dict.fromkeys(field.label if field else key for key, field in fields))
    return draft.saw(NAME, Saw.ACCEPTED_AS_READ, who=draft.who(entry), labels=labels)


def _is_of_words(problem: Problem, *, all_read: bool) -> bool:
    """Whether a doubt is only that something was read in words; ``all_read``: whatever is not sure is."""
    return problem.code is Code.UNSURE and (all_read or problem.reason in OF_WORDS)


def _incomplete(draft: DecisionDraft, entry: Entry, asked: set[str]) -> Entry:
    """An entry that is asked something: a row that is in stays so, with the answers that it has."""
    current = entry.current
    if current is not None and current.status.is_in:
        kept = entry.kept | {key for key in asked if key in current.answers}
        return replace(entry, kept=kept).settled(Outcome.INCOMPLETE, current.status)
    assert draft.event is not None
    if not any(holds_place(one, draft.event, draft.received) for one in (current, entry.place_of)):
        entry = replace(entry, waits=entry.waits or why_wait(draft, entry) or "")
    return entry.settled(Outcome.INCOMPLETE, Status.INCOMPLETE)


def _needed(draft: DecisionDraft, entry: Entry) -> list[Problem]:
    """What must be asked: of each required field, at most one problem."""
    current = entry.current
    open_before = {p.field: p for p in current.doubts} if current else {}
    doubted = {p.field for p in entry.problems} | set(open_before)
    required = (
        f for f in draft.form.fields if f.required and (f.kind is not FieldKind.EMAIL or f.key in doubted)
    )
    found = (_needed_of(field, entry, open_before.get(field.key)) for field in required)
    return [problem for problem in found if problem is not None]


def _needed_of(field: FormField, entry: Entry, before: Problem | None) -> Problem | None:
    """What must be asked of a required field; ``before`` is what was doubted about it already."""
    own = [p for p in entry.problems if p.field == field.key]
    problem = next((p for p in own if p.code is not Code.MISSING), None)
    answer = entry.person.answers.get(field.key)
    value = entry.current.answers.get(field.key) if entry.current else None
    if problem is not None and not (answer and before is None and answer.value == value):
        return problem
    if answer is not None:
        return None
    if value is None:
        return own[0] if own else Problem(entry.index, field.key, Code.MISSING, Reason.MISSING)
    return replace(before, person=entry.index) if before is not None else None


def _with_email(draft: DecisionDraft, entry: Entry) -> Entry:
    """The entry with the sender's address, where it has none and the sender is that person."""
    for field in draft.form.of_kind(FieldKind.EMAIL)[:1]:
        known = entry.current.answers.get(field.key) if entry.current else None
        doubted = any(p.field == field.key and p.code is not Code.MISSING for p in entry.problems)
        own = own_address(draft, entry)
        if field.key in entry.person.answers or known or doubted or not own:
            continue
        answer = Answer(own, Location().at(Unit.SENDER))
        person = replace(entry.person, answers={**entry.person.answers, field.key: answer})
        problems = tuple(p for p in entry.problems if p.field != field.key)
        entry = replace(entry, person=person, problems=problems, notes=(*entry.notes, Note.EMAIL_OF_SENDER))
    return entry


def _without_email(draft: DecisionDraft, entry: Entry) -> Entry:
    """The entry without the question for an address that nobody gave: what is for them goes to who mailed."""
    keys = {*draft.form.keys_of(FieldKind.EMAIL)}
    problems = tuple(p for p in entry.problems if p.field not in keys or p.code is not Code.MISSING)
    return replace(entry, problems=problems)


def _reaches_nobody(draft: DecisionDraft, entry: Entry) -> bool:
    """Whether neither the person nor who mailed can be told anything."""
    return bool(draft.arrival.message.no_answer) and not email_of(entry.answers, draft.form)


def _unreachable(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    draft = draft.saw(NAME, Saw.NOBODY_CAN_ANSWER, who=draft.who(entry)).open_case(
        CaseKind.UNCLEAR,
        (say(Says.NOBODY_ANSWERED, sender=draft.sender.email, kind=draft.arrival.message.no_answer),),
        (Choice.ACCEPT, Choice.DONE),
        entry=entry,
    )
    return draft, entry.settled(Outcome.REVIEW, None, say(Says.NOBODY_TO_HEAR))
