"""Mail of a web form that is not configured.

Its Reply-To names the person whom it is about. They may not be answered there, since anybody can write
any Reply-To, and nobody reads the form's own address, so that the person would hear nothing."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, say
from mailbot.matching.names import belongs_to, email_of, name_of

NAME = "antwoordadres"


def reply_to(draft: DecisionDraft) -> DecisionDraft:
    """Shows the secretary whom Reply-To names, where that is who has a row and the sender is not."""
    other = draft.arrival.message.reply_to
    if other is None or draft.arrival.message.is_for_another(draft.settings.web_forms):
        return draft.saw(NAME, Saw.NO_OTHER_REPLY_TO)
    for entry in (one for one in draft.entries if _hears_nothing(draft, one)):
        who, sender = draft.who(entry), draft.sender.email
        draft = draft.saw(NAME, Saw.REPLY_TO_NAMES, address=other.email).open_case(
            CaseKind.UNCLEAR,
            (say(Says.ANSWER_WENT_TO_SENDER, who=who, sender=sender, other=other.email),),
            (Choice.DONE,),
            entry=entry,
        )
    return draft


def _hears_nothing(draft: DecisionDraft, entry: Entry) -> bool:
    """Whether a row without an address is of the person whom Reply-To names, and not of the sender."""
    other, sender = draft.arrival.message.reply_to, draft.sender
    name = name_of(entry.answers, draft.form)
    if other is None or entry.status is None or email_of(entry.answers, draft.form):
        return False
    return belongs_to(other.email, other.name, name) and not belongs_to(sender.email, sender.name, name)
