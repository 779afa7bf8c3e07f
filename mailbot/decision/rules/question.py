"""A question is for the secretary: it delays nothing, and is never answered by mailbot."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.intents import asks_again
from mailbot.decision.sender_relation import also_named, is_named
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Note
from mailbot.domain.form import FieldKind
from mailbot.domain.registration import Registration
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import ActKind
from mailbot.matching.names import name_of, stands_in
from mailbot.matching.sent_again import names_what_we_sent

NAME = "vraag"

#: Cases about whether somebody may still come, whose mail goes with her Toelichting.
_WITH_AN_ANSWER = frozenset({CaseKind.LATE, CaseKind.FORWARDED})
#: Fields that hold who somebody is, which names another only where that is a namesake.
_OF_THEMSELVES = (FieldKind.NAME, FieldKind.ORGANISATION, FieldKind.EMAIL)
#: What words about standing in say, beside small talk.
_OF_STANDING_IN = frozenset(
    {ActKind.SUBSTITUTE, ActKind.COME, ActKind.THANKS, ActKind.OTHER, ActKind.CONFIRM, ActKind.ANSWER}
)


def question(draft: DecisionDraft) -> DecisionDraft:
    """Passes a question on in the sender's own words, and lets the answer say so. Where she decides about
    the same mail in another case that is answered in any event, that case shows the question and no case is
    opened for it."""
    asked = draft.submission.question.strip() or _told_of_another(draft)
    if not asked or _is_done(draft, asked):
        return draft.saw(NAME, Saw.NOTHING)
    if draft.override.waived & _WITH_AN_ANSWER:
        return draft.saw(NAME, Saw.STOOD_IN_CASE)
    draft = replace(draft, question=asked).saw(NAME, Saw.WORDS, words=asked)
    beside = next((case for case in draft.cases if case.kind in _WITH_AN_ANSWER), None)
    if beside is not None:
        shown = replace(beside, says=(*beside.says, say(Says.ALSO_WRITES, words=asked)))
        return replace(draft, cases=tuple(shown if case is beside else case for case in draft.cases))
    asks = draft.submission.question and not draft.submission.asks_nothing
    note = Note.QUESTION_PASSED_ON if asks else Note.WORDS_PASSED_ON
    entries = tuple(
        e if Note.PROMOTED in e.notes else replace(e, notes=(*e.notes, note)) for e in draft.entries
    )
    return replace(draft, entries=entries).open_case(
        CaseKind.QUESTION, (say(Says.QUOTED, words=asked),), (*draft.answering, Choice.DONE)
    )


def _is_done(draft: DecisionDraft, asked: str) -> bool:
    """Whether a question only asks for the confirmation that is sent again."""
    copies = (act.words for act in draft.submission.acts if act.kind is ActKind.COPY)
    return asks_again(draft) and names_what_we_sent(asked) and asked == " ".join(copies)


def _told_of_another(draft: DecisionDraft) -> str:
    """The text of a mail with a form that concerns somebody whom the form does not register; empty where
    nobody is meant. That are the words, where they name somebody who is registered ("Els Maes kan niet
    komen, in bijlage het formulier van haar vervanger"), or say that somebody comes in the place of another
    who was not found; else an answer on the form ("Els Maes komt niet meer")."""
    if not draft.submission.people:
        return ""
    here = [entry.current for entry in draft.entries if entry.current is not None]
    numbers = {one.nr for one in here}
    others = [one for one in draft.known_at_event if one.nr not in numbers and not one.status.is_out]
    told = any(is_named(name, one.answers, draft.form) for name in draft.submission.named for one in others)
    left = _left_already(draft)
    if told or (draft.submission.replaces and not left) or also_named(draft, [*here, *left]):
        return draft.submission.words.strip()
    names = [name_of(one.answers, draft.form) for one in others]
    return "\n".join(text for text in _remarks(draft) if any(stands_in(name, text) for name in names))


def _left_already(draft: DecisionDraft) -> list[Registration]:
    """The registrations of those whose place somebody takes, where each of them has left already and the
    words say nothing else: then nothing remains to be done for whoever comes in their place. Empty
    otherwise."""
    said = draft.submission
    out = [one for one in draft.known_at_event if one.status.is_out]
    left = [[one for one in out if is_named(name, one.answers, draft.form)] for name in said.named]
    only = said.replaces and all(act.kind in _OF_STANDING_IN for act in said.acts if not act.elsewhere)
    return [one for found in left for one in found] if only and all(left) else []


def _remarks(draft: DecisionDraft) -> list[str]:
    """What the people of a form answered to questions whose answer may be about somebody else."""
    fields = [field for field in draft.form.fields if field.kind not in _OF_THEMSELVES]
    return [person.text(field.key) for person in draft.submission.people for field in fields]
