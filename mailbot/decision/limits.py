"""Whether a decision is answered, and whether the secretary hears of it at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.decision.draft import Draft
from mailbot.model import CaseKind, Choice, Note

NAME = "antwoord"


def limited(draft: Draft) -> Draft:
    """Takes the answer away from bulk mail and from who had too many today (a loop of two
    machines ends here); the last answer of the day says that it is the last."""
    limits, known = draft.settings.limits, draft.known
    if draft.arrival.message.no_answer:
        return replace(draft, answer=False).find(NAME, f"geen: {draft.arrival.message.no_answer}")
    if known.answered_today >= limits.answers_per_sender:
        return replace(draft, answer=False).find(NAME, f"geen: al {known.answered_today} antwoorden vandaag")
    if known.answered_in_thread >= limits.answers_per_thread:
        return replace(draft, answer=False).find(NAME, f"geen: al {known.answered_in_thread} in dit gesprek")
    if known.drawn_today >= limits.mails_to_others:
        return _told_nobody(draft).find(NAME, f"geen: al {known.drawn_today} mails aan anderen")
    if draft.answer and known.answered_today == limits.answers_per_sender - 1:
        entries = tuple(replace(e, notes=(*e.notes, Note.LAST_ANSWER)) for e in draft.entries)
        return replace(draft, entries=entries, last_answer=True).find(NAME, "het laatste van vandaag")
    return draft.find(NAME, "mag" if draft.answer else "geen")


def _told_nobody(draft: Draft) -> Draft:
    """Without an answer; where something is noted that nobody hears of, she does, once a day."""
    draft = replace(draft, answer=False)
    if not any(entry.status for entry in draft.entries):
        return draft
    draft = draft.open_case(
        CaseKind.UNCLEAR,
        f"Door mails van {draft.sender.email} kregen vandaag al {draft.known.drawn_today} anderen bericht. "
        "Wat nog volgt wordt genoteerd, maar niemand hoort het: is dit in orde?",
        (Choice.DONE,),
    )
    told = replace(draft.cases[-1], key=f"drawn:{draft.sender.email.lower()}:{draft.received:%Y%m%d}")
    return replace(draft, cases=(*draft.cases[:-1], told))


def is_near(draft: Draft) -> bool:
    """Whether the event starts within a day, so that every change is told at once."""
    start = draft.event.starts_at(draft.settings.zone) if draft.event else None
    return start is not None and start - timedelta(hours=24) <= draft.now < start
