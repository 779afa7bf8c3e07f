"""A required answer that is missing, invalid or doubted is asked, all at once."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.capacity import holds_place, why_wait
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.domain.decision import Note, Outcome
from mailbot.domain.form import FieldKind
from mailbot.domain.registration import Status
from mailbot.domain.submission import Answer, Code, Person, Problem

NAME = "volledig"


def complete(draft: DecisionDraft) -> DecisionDraft:
    """Fills an empty e-mail with the sender's, and settles those who must be asked something."""
    return draft.each(_judge)


def _judge(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    entry = _with_email(draft, entry)
    current = entry.current
    known = current.answers if current else {}
    open_before = {p.field: p for p in current.doubts} if current else {}
    needed: list[Problem] = []
    for field in draft.form.fields:
        if not field.required:
            continue
        problem = next(
            (p for p in entry.problems if p.field == field.key and p.code is not Code.MISSING), None
        )
        answer = entry.person.answers.get(field.key)
        value = known.get(field.key)
        if problem is not None and not (answer and field.key not in open_before and answer.value == value):
            needed.append(problem)
        elif answer is None and value is None:
            missing = next((p for p in entry.problems if p.field == field.key), None)
            needed.append(
                missing or Problem(entry.index, field.key, Code.MISSING, f"{field.label} ontbreekt.")
            )
        elif answer is None and field.key in open_before:
            needed.append(replace(open_before[field.key], person=entry.index))
    if not needed:
        return draft.find(NAME, f"{draft.who(entry)}: ja"), entry
    asked = {p.field for p in needed}
    optional = tuple(p for p in entry.problems if p.field not in asked and p.code is not Code.MISSING)
    entry = replace(entry, problems=(*needed, *optional))
    labels = ", ".join(f.label for f in draft.form.fields if f.key in asked)
    draft = draft.find(NAME, f"{draft.who(entry)}: te vragen: {labels}")
    seated = current is not None and current.status.is_in
    if current is not None and seated:
        kept = entry.kept | {key for key in asked if key in known}
        return draft, replace(entry, kept=kept).settled(Outcome.INCOMPLETE, current.status)
    assert draft.event is not None
    if not holds_place(current, draft.event, draft.received):
        entry = replace(entry, waits=entry.waits or why_wait(draft, entry))
    return draft, entry.settled(Outcome.INCOMPLETE, Status.INCOMPLETE)


def _with_email(draft: DecisionDraft, entry: Entry) -> Entry:
    for field in draft.form.of_kind(FieldKind.EMAIL)[:1]:
        known = entry.current.answers.get(field.key) if entry.current else None
        doubted = any(p.field == field.key and p.code is not Code.MISSING for p in entry.problems)
        if field.key in entry.person.answers or known or doubted or not draft.sender.email:
            continue
        answer = Answer(draft.sender.email, "afzender van de mail")
        person = Person({**entry.person.answers, field.key: answer}, entry.person.organisation_known)
        problems = tuple(p for p in entry.problems if p.field != field.key)
        entry = replace(entry, person=person, problems=problems, notes=(*entry.notes, Note.EMAIL_OF_SENDER))
    return entry
