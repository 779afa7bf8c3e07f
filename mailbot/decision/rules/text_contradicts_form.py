"""Words that withdraw beside a form that registers: a case asks which of them counts."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.sender_relation import is_named
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.form import ATTENDS
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Intent

NAME = "woorden en formulier"


def text_contradicts_form(draft: DecisionDraft) -> DecisionDraft:
    """Carries a withdrawal in words to the people of the form; where the form says "ja" or nobody
    knows them, a person decides."""
    intent = draft.submission.intent
    if not draft.submission.people:
        return draft.saw(NAME, Saw.NO_FORM)
    if intent not in (Intent.WITHDRAW, Intent.EXCUSE, Intent.MAYBE_WITHDRAW):
        return draft.saw(NAME, Saw.AGREE)
    if draft.agreed:
        return draft.saw(NAME, Saw.FORM_COUNTS)
    return draft.each(_judge)


def _judge(draft: DecisionDraft, entry: Entry) -> tuple[DecisionDraft, Entry]:
    named = draft.submission.named
    if named and not any(is_named(name, entry.answers, draft.form) for name in named):
        return draft.saw(NAME, Saw.NOT_NAMED, who=draft.who(entry)), entry
    answer = entry.person.answers.get(ATTENDS)
    if answer is not None and answer.value is False:
        return draft.saw(NAME, Saw.SAY_THE_SAME), entry
    sure = draft.submission.intent is not Intent.MAYBE_WITHDRAW
    if sure and answer is None and entry.current is not None:
        return draft.saw(NAME, Saw.WITHDRAWN), replace(entry, intent=Intent.WITHDRAW)
    draft = draft.saw(NAME, Saw.DISAGREE).open_case(
        CaseKind.UNCLEAR,
        (say(Says.MAIL_AND_FORM_DIFFER, words=draft.submission.words.strip()),),
        (Choice.ACCEPT, Choice.REFUSE, Choice.ASK, Choice.DONE),
        entry=entry,
    )
    return draft, entry.settled(Outcome.REVIEW, None, say(Says.MAIL_CONTRADICTS_FORM))
