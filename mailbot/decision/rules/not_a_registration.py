"""Ordinary mail is for a person, and stays where it is; plain thanks included."""

from __future__ import annotations

import re
from dataclasses import replace

from mailbot.decision.draft import DecisionDraft
from mailbot.decision.event_selection import only_open
from mailbot.domain.case import CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.document import ParseStatus
from mailbot.domain.registration import Status
from mailbot.domain.submission import Intent, SubmissionKind

NAME = "gewone mail"

#: Intents that say nothing mailbot can act on by themselves.
WORDLESS = frozenset(
    {
        Intent.NONE,
        Intent.THANKS,
        Intent.CHANGE,
        Intent.REPLY,
        Intent.CONFIRM,
        Intent.DENY,
        Intent.FORM,
        Intent.MAYBE_WITHDRAW,
    }
)

#: How subjects and file names call a registration (nl, fr, en).
REGISTERING = re.compile(
    r"\b(?:inschrij[fv]|aanmeld(?:ing|formulier)|inscription|registration)", re.IGNORECASE
)

#: Characters. Who registers or excuses somebody in words writes a few lines.
_LONG = 2_000


def ordinary(draft: DecisionDraft) -> DecisionDraft:
    """Leaves mail alone that neither registers, nor changes, nor answers a question of ours."""
    submission, known = draft.submission, draft.known
    if _tells_of_something_else(draft):
        what = "een lange tekst over niets dat wij kennen: voor een persoon"
        return draft.find(NAME, what).settle(Outcome.NO_FORM, answer=False)
    if submission.people or submission.intent not in WORDLESS:
        return draft.find(NAME, "de mail wil iets van de inschrijvingen")
    if _meant_for_an_event(draft):
        return draft.find(NAME, "bijlage zonder leesbaar formulier, bedoeld voor een bijeenkomst")
    asked = known.asked
    if asked is not None and asked.kind == "new-date" and submission.intent in (Intent.CONFIRM, Intent.DENY):
        return draft.find(NAME, "antwoord op onze vraag naar de nieuwe datum")
    if asked is not None and asked.kind.startswith("which") and submission.intent is not Intent.THANKS:
        return draft.find(NAME, "antwoord op onze vraag welke inschrijving")
    if (
        asked is not None
        and asked.kind == "incomplete"
        and submission.intent is Intent.CONFIRM
        and _is_open(draft)
    ):
        return draft.find(NAME, "bevestigt wat wij gelezen hadden")
    if asked is not None and asked.kind == "remark":
        return _unclear(draft, "Antwoord op uw vraag")
    if asked is not None and _is_open(draft):
        return _unclear(draft, "Antwoord op onze vraag, maar daarmee is ze niet beantwoord")
    about_us = known.registrations or submission.clues or known.thread_event
    if submission.intent is Intent.MAYBE_WITHDRAW and about_us:
        if CaseKind.UNCLEAR in draft.ruling.waived:
            return draft.find(NAME, "een afmelding, zegt het secretariaat")
        what = "Dit lijkt op een afmelding, maar zegt het niet met zoveel woorden; aanvaarden meldt af"
        return _unclear(draft, what, Choice.ACCEPT, Choice.REFUSE)
    if submission.intent is Intent.CHANGE and _still_to_come(draft):
        return _unclear(draft, "Vraagt in woorden om een inschrijving aan te passen")
    return draft.find(NAME, "geen inschrijving: voor een persoon").settle(Outcome.NO_FORM, answer=False)


def _tells_of_something_else(draft: DecisionDraft) -> bool:
    """Whether words of coming or going stand in a newsletter or a report, by chance: a long text
    that names no event, answers no mail of ours, and comes from nobody who is registered."""
    submission, known = draft.submission, draft.known
    nothing_read = submission.found is SubmissionKind.NO_FORM and not (submission.people or submission.unread)
    about = submission.clues or known.registrations or known.thread_event
    return nothing_read and not about and len(submission.words) > _LONG


def _meant_for_an_event(draft: DecisionDraft) -> bool:
    """Whether a form that could not be read, or that nobody filled in, is plainly for an event."""
    submission = draft.submission
    troubled = submission.found in (
        SubmissionKind.BLANK,
        SubmissionKind.PROTECTED,
        SubmissionKind.UNREADABLE,
        SubmissionKind.TOO_LARGE,
    ) or any(state is not ParseStatus.UNSUPPORTED for _, state in submission.unread)
    meant = any(clue.event for clue in submission.clues) or bool(draft.known.thread_event)
    return troubled and (meant or _speaks_of_the_only_one(draft))


def _speaks_of_the_only_one(draft: DecisionDraft) -> bool:
    """Whether subject or file name say "inschrijving" while one event is open, and no other is named."""
    submission = draft.submission
    said = (draft.arrival.message.subject, *(name for name, _ in submission.unread))
    spoken = any(REGISTERING.search(text) for text in said)
    return spoken and not submission.clues and only_open(draft)[0] is not None


def _is_open(draft: DecisionDraft) -> bool:
    """Whether the question of ours that the mail answers still waits for an answer."""
    asked = draft.known.asked
    assert asked is not None
    about = [r for r in draft.known.registrations if r.nr in asked.nrs]
    if asked.kind != "incomplete" or not about:
        return asked.kind not in ("refused", "answered")
    return any(r.status is Status.INCOMPLETE or r.doubts for r in about)


def _still_to_come(draft: DecisionDraft) -> bool:
    """Whether a registration that the mail may be about is for an event that is not over."""
    events = [draft.settings.events.get(one.event) for one in draft.known.registrations]
    return any(event and not event.is_over(draft.received, draft.settings.zone) for event in events)


def _unclear(draft: DecisionDraft, what: str, *choices: Choice) -> DecisionDraft:
    """A case at the event that the thread, or the only registration, is for."""
    at = {draft.known.thread_event} - {""} or {one.event for one in draft.known.registrations}
    event = draft.settings.events.get(at.pop()) if len(at) == 1 else None
    return (
        replace(draft, event=draft.event or event)
        .find(NAME, what.lower())
        .open_case(
            CaseKind.UNCLEAR,
            f'{what}: "{draft.submission.words.strip() or draft.arrival.message.subject}"',
            (*choices, Choice.DONE, Choice.ASK),
        )
        .settle(Outcome.REVIEW, answer=False)
    )
