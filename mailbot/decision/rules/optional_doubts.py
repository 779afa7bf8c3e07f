"""A doubted optional answer delays no registration: the answer names it, and a case shows it."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Note, Outcome
from mailbot.domain.form import ATTENDS
from mailbot.domain.saw import Saw
from mailbot.domain.submission import Code, Problem

NAME = "twijfel"

_IN = frozenset({Outcome.REGISTERED, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.WAITLISTED})


def optional_doubts(draft: DecisionDraft) -> DecisionDraft:
    """Names the doubted answers of everybody who is in, and lets the secretary see them."""
    for entry in draft.entries:
        doubted = [p for p in entry.problems if p.code is not Code.MISSING]
        if entry.outcome in _IN and doubted:
            noted = replace(entry, notes=(*entry.notes, Note.DOUBTED))
            entries = tuple(noted if e.index == entry.index else e for e in draft.entries)
            draft = _case(replace(draft, entries=entries), noted, doubted)
        draft = draft.saw(NAME, Saw.ANSWERS_DOUBTED, count=len(doubted), who=draft.who(entry))
    return draft


def _case(draft: DecisionDraft, entry: Entry, doubted: list[Problem]) -> DecisionDraft:
    kept = bool(entry.kept & {p.field for p in doubted})
    choices = (Choice.TAKE_NEW, Choice.KEEP_CURRENT) if kept else (Choice.ACCEPT,)
    whether = any(p.field == ATTENDS for p in doubted) and entry.answers.get(ATTENDS) is None
    choices = (*choices, *[Choice.EXCUSE] * whether)
    return draft.open_case(
        CaseKind.DOUBT,
        (),
        (*choices, Choice.ASK, Choice.DONE),
        entry=entry,
        fields=tuple(p.field for p in doubted),
        doubts=tuple(replace(p, read=_read(entry, p)) for p in doubted),
    )


def _read(entry: Entry, problem: Problem) -> str:
    answer = entry.person.answers.get(problem.field)
    return problem.read or (str(answer.value) if answer else "")
