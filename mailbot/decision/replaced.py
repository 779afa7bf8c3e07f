"""Whose place somebody takes where the words tell it by a function: "de burgemeester laat zich vervangen"."""

from __future__ import annotations

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.sender_relation import body_of
from mailbot.domain.form import ROLE
from mailbot.domain.registration import Registration
from mailbot.domain.submission import Act, ActKind, acts_here
from mailbot.matching.functions import kind_of, kinds_in, without_person
from mailbot.matching.names import email_of, name_of
from mailbot.text.normalize import fold


def replaced_by_function(draft: DecisionDraft) -> list[Registration] | None:
    """Those who come and have the function that the words replace, of whom the writer has to do with; None
    where the words tell it by no function. The mail that they answer may be about somebody else of the same
    office."""
    newcomer, act = draft.submission.substitute, _only_act(draft)
    if newcomer is None or act is None:
        return None
    words = without_person(name_of(newcomer.values, draft.form), act.words)
    near = [one for one in draft.at_event if not one.status.is_out and _is_near(one, draft)]
    by_word = [one for one in near if _says(one.text(ROLE), words)]
    kinds = kinds_in(words)
    if not kinds and not by_word:
        return None
    return by_word or [one for one in near if kind_of(one.text(ROLE)) in kinds]


def _only_act(draft: DecisionDraft) -> Act | None:
    """The one act by which a writer says that somebody replaces another, whom they name in no other way."""
    said = draft.submission
    if said.named or said.nrs or draft.passed_on:
        return None
    acts = acts_here(said.acts, ActKind.SUBSTITUTE)
    return acts[0] if len(acts) == 1 and not acts[0].of_self else None


def _says(role: str, words: str) -> bool:
    return bool(role) and f" {fold(role)} " in f" {fold(words)} "


def _is_near(one: Registration, draft: DecisionDraft) -> bool:
    """Whether the writer has to do with a registration: by the thread, an address, or the domain."""
    first_person = draft.first_person
    addresses = (one.sender.lower(), email_of(one.answers, draft.form))
    body = body_of(first_person, draft.settings.organisations)
    return (
        one.nr in draft.context.thread
        or first_person.email.lower() in addresses
        or bool(body and one.organisation_known == body)
    )
