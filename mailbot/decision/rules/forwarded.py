"""A configured partner may forward a registration: the sender of the inner mail is then answered."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft
from mailbot.domain.saw import Saw

NAME = "doorgestuurd"


def forwarded(draft: DecisionDraft) -> DecisionDraft:
    """Takes the inner sender for the sender, where a configured forwarder passed the mail on."""
    inner = draft.arrival.message.forwarded
    if inner is None or "@" not in inner.sender.email:
        return draft.saw(NAME, Saw.SENT_DIRECTLY)
    outer = draft.arrival.message.sender.email
    if outer.lower() not in draft.settings.forwarders:
        return draft.saw(NAME, Saw.FORWARDED_BY_STRANGER, by=outer)
    if inner.sender.email.lower() in draft.settings.own_addresses:
        return draft.saw(NAME, Saw.INNER_IS_OURS)
    return replace(draft, sender=inner.sender, answered_to=inner.answered_at(draft.settings.web_forms)).saw(
        NAME, Saw.FORWARDED_FOR, by=outer, of=inner.sender.email
    )
