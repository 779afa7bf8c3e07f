"""Somebody whom another person's mail would take off the list writes that they come: what they wrote is
shown in the case about that mail."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.access import access
from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.unclear import said
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import Note, Outcome
from mailbot.domain.relation import Relation
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Intent

NAME = "komt zelf"

#: What words, or a form, want of somebody who comes.
_COMING = (Intent.REGISTER, Intent.RESTORE, Intent.FORM)


def comes_after_all(draft: DecisionDraft) -> DecisionDraft:
    """Shows what the person wrote in each case that would take them off the list, and thanks them."""
    for entry in draft.entries:
        if entry.current is None or draft.override.waived or not _says_so(draft, entry):
            continue
        for case in draft.context.open_cases:
            if case.registration == entry.current.nr and _takes_out(case, draft):
                draft = _marked(draft, case, entry)
    return draft.saw(NAME, Saw.NOTHING)


def _says_so(draft: DecisionDraft, entry: Entry) -> bool:
    """Whether an entry is of the person, who is on the list and says that they come."""
    if entry.current is None or entry.intent not in _COMING or entry.status is None or entry.status.is_out:
        return False
    return access(draft, entry.current).relation in (Relation.PERSON, Relation.ANSWERS)


def _takes_out(case: Case, draft: DecisionDraft) -> bool:
    """Whether a choice of a case from another mail takes the person off the list."""
    another = case.message is not None and case.message != draft.arrival.id
    wants = next((one.facts.get("wants") for one in case.says if one.code is Says.MAY_NOT), None)
    asked = isinstance(wants, tuple) and say(Says.WOULD_WITHDRAW) in wants
    return another and (Choice.WITHDRAW in case.choices or (case.kind is CaseKind.UNRELATED and asked))


def _marked(draft: DecisionDraft, case: Case, entry: Entry) -> DecisionDraft:
    """The draft with a case closed and open again with the person's words in it."""
    own_word = say(Says.WRITES_TO_COME, who=draft.who(entry), words=said(draft))
    again = replace(case, id=0, opened=draft.now, says=(*case.says, own_word), key=f"{case.key}+")
    thanked = entry.outcome is Outcome.UNCHANGED and Note.CONFIRMED not in entry.notes
    entries = tuple(
        replace(one, notes=(*one.notes, Note.CONFIRMED)) if thanked and one.index == entry.index else one
        for one in draft.entries
    )
    draft = replace(draft, entries=entries, cases=(*draft.cases, again), closes=(*draft.closes, case.id))
    return draft.saw(NAME, Saw.JOINED_CASE, case=case.id)
