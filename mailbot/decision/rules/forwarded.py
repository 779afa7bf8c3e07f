"""Partners forward registrations: the inner sender is the one who is answered."""

from __future__ import annotations

from dataclasses import replace

from mailbot.decision.draft import DecisionDraft

NAME = "doorgestuurd"


def forwarded(draft: DecisionDraft) -> DecisionDraft:
    """Takes the inner sender for the sender, where a configured forwarder passed the mail on."""
    inner = draft.arrival.message.forwarded
    if inner is None or "@" not in inner.sender.email:
        return draft.find(NAME, "rechtstreeks gestuurd")
    outer = draft.arrival.message.sender.email
    if outer.lower() not in draft.settings.forwarders:
        return draft.find(NAME, f"doorgestuurd door {outer}, die niet bij de doorstuurders staat")
    if inner.sender.email.lower() in draft.settings.own_addresses:
        return draft.find(NAME, "de binnenste mail is van ons zelf: de doorstuurder telt als afzender")
    return replace(draft, sender=inner.sender, answered_to=inner.answered_at(draft.settings.web_forms)).find(
        NAME, f"doorgestuurd door {outer} namens {inner.sender.email}"
    )
