"""A form that is protected, damaged, empty, missing, of an unknown kind or not filled in is asked again."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.unread_attachments import asks_for_a_form, unread
from mailbot.domain.decision import Ask, Outcome
from mailbot.domain.saw import Saw
from mailbot.domain.statement import say

NAME = "leesbaar"


def unreadable_form(draft: DecisionDraft) -> DecisionDraft:
    """Asks for a readable form where the one sent says nothing and the words neither."""
    files = unread(draft)
    told = tuple(say(Saw.FILE_STATE, file=name, state=state) for name, state in files)
    if not asks_for_a_form(draft):
        return draft.found(NAME, say(Saw.FILES, files=told) if told else say(Saw.YES))
    draft = replace(draft, submission=replace(draft.submission, unread=files))
    asked = say(Saw.READABLE_ASKED, files=told) if told else say(Saw.BLANK_LEFT_OPEN)
    return draft.found(NAME, asked).settle(Outcome.INCOMPLETE, asks=Ask.READABLE)
