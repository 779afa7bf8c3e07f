"""Ordinary mail is for a person, and stays where it is; plain thanks included."""

from __future__ import annotations

from mailbot.decision.draft import Draft
from mailbot.model import CaseKind, Choice, Found, Intent, Outcome, State

NAME = "gewone mail"

#: Intents that say nothing mailbot can act on by themselves.
WORDLESS = frozenset(
    {
        Intent.NONE,
        Intent.THANKS,
        Intent.REPLY,
        Intent.CONFIRM,
        Intent.DENY,
        Intent.FORM,
        Intent.MAYBE_WITHDRAW,
    }
)


def ordinary(draft: Draft) -> Draft:
    """Leaves mail alone that neither registers, nor changes, nor answers a question of ours."""
    submission, known = draft.submission, draft.known
    if submission.people or submission.intent not in WORDLESS:
        return draft.find(NAME, "de mail wil iets van de inschrijvingen")
    if _meant_for_an_event(draft):
        return draft.find(NAME, "bijlage zonder leesbaar formulier, bedoeld voor een bijeenkomst")
    if known.asked is not None:
        if known.asked.kind == "new-date" and submission.intent in (Intent.CONFIRM, Intent.DENY):
            return draft.find(NAME, "antwoord op onze vraag naar de nieuwe datum")
        return _unclear(draft, "Antwoord op onze vraag, maar daarmee is ze niet beantwoord")
    if submission.intent is Intent.MAYBE_WITHDRAW and (known.registrations or submission.clues):
        return _unclear(draft, "Dit lijkt op een afmelding, maar zegt het niet met zoveel woorden")
    if submission.question and any(r.nr in known.thread for r in known.registrations):
        return draft.find(NAME, "vraag over een inschrijving, zonder meer").settle(
            Outcome.NO_FORM, answer=False
        )
    return draft.find(NAME, "geen inschrijving: voor een persoon").settle(Outcome.NO_FORM, answer=False)


def _meant_for_an_event(draft: Draft) -> bool:
    """Whether a form that could not be read, or that nobody filled in, is plainly for an event."""
    submission = draft.submission
    troubled = submission.found in (
        Found.BLANK,
        Found.PROTECTED,
        Found.UNREADABLE,
        Found.TOO_LARGE,
    ) or any(state is not State.UNSUPPORTED for _, state in submission.unread)
    meant = any(clue.event for clue in submission.clues) or bool(draft.known.thread_event)
    return troubled and meant


def _unclear(draft: Draft, what: str) -> Draft:
    return (
        draft.find(NAME, what.lower())
        .open_case(
            CaseKind.UNCLEAR,
            f'{what}: "{draft.submission.words.strip() or draft.arrival.message.subject}"',
            (Choice.ACCEPT, Choice.ASK, Choice.DONE),
        )
        .settle(Outcome.REVIEW, answer=False)
    )
