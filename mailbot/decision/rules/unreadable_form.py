"""A form that is protected, damaged, empty, missing, of an unknown kind or not filled in is asked again."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.unread_attachments import asks_for_a_form, unread
from mailbot.domain.decision import Ask, Outcome

NAME = "leesbaar"


def unreadable_form(draft: DecisionDraft) -> DecisionDraft:
    """Asks for a readable form where the one sent says nothing and the words neither."""
    files = unread(draft)
    told = ", ".join(f"{name or 'bijlage'} ({state})" for name, state in files)
    if not asks_for_a_form(draft):
        return draft.find(NAME, told or "ja")
    draft = replace(draft, submission=replace(draft.submission, unread=files))
    return draft.find(NAME, f"{told or 'niet ingevuld'}: een leesbaar formulier gevraagd").settle(
        Outcome.INCOMPLETE, asks=Ask.READABLE
    )
