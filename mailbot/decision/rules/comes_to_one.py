"""Somebody who comes to one event and stays away from another, or says the same of two, in one mail: each
gets a case of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from mailbot.decision.draft import DecisionDraft, Entry
from mailbot.decision.event_selection import event_named, open_events
from mailbot.decision.parts import part_at, parts_of
from mailbot.decision.sender_relation import called, registrations_of
from mailbot.decision.unclear import said
from mailbot.domain.case import BESIDE, CaseKind, Choice
from mailbot.domain.decision import Outcome
from mailbot.domain.event import Event
from mailbot.domain.registration import Registration
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, Statement, say
from mailbot.domain.submission import ActKind, Intent, Person, Submission, acts_here
from mailbot.matching.names import name_of, same_name
from mailbot.matching.subject_matter import events_called, names_event
from mailbot.text.lexicon import AFTER_ALL, AND, BUT, JOINING, NOT, either

NAME = "de ene wel, de andere niet"

#: What words want that say of one event another thing than of the other: neither is sure.
_IN_DOUBT = (Intent.MAYBE_WITHDRAW, Intent.UNCLEAR)
#: What they want of each event that they name.
_OF_ALL = (Intent.REGISTER, Intent.WITHDRAW, Intent.EXCUSE)
_PIECES = re.compile(rf"[.!?;:,()\n]+|\s(?={either(*JOINING, *BUT)}\s)", re.I)
_NOT = re.compile(rf"\b{either(*NOT)}\b", re.I)
_GOES_ON = re.compile(rf"\s*{either(*AND)}\s", re.I)
_YES = re.compile(rf"\b{either(*AFTER_ALL)}\b", re.I)
#: What somebody wants besides coming.
_MORE = frozenset({ActKind.BRING, ActKind.PLACES, ActKind.CHANGE, ActKind.SUBSTITUTE, ActKind.QUESTION})
#: Events, of which a case about one would be half of the mail.
_SEVERAL = 2


def comes_to_one(draft: DecisionDraft) -> DecisionDraft:
    """Opens a case at each event that a mail in words names which stays away from one of them, or which comes
    to, or stays away from, more than one. None where its writer is registered and comes.

    What she decides about one would leave the other unheard."""
    submission = draft.submission
    if submission.people or draft.override.waived or not (_from_one(draft) or _says_of_all(draft)):
        return draft.saw(NAME, Saw.NOTHING)
    ahead = open_events(draft)
    named = events_called("", submission.words, draft.settings, draft.received)
    events = [event for event in named if event in ahead]
    if len(events) < _SEVERAL:
        return draft.saw(NAME, Saw.AT_EVENTS, count=len(events))
    lead = say(Says.COMES_TO_ONE, titles=tuple(event.title for event in events))
    left = [event for event in events if not _comes_as_known(draft, event)] or events
    cases = draft
    for number, event in enumerate(left):
        part = part_at(submission, event, events)
        here = replace(cases, event=event, submission=part)
        about = _known_at(draft, event)
        instead = () if about else _instead(here, part)
        cases = here.open_case(
            CaseKind.UNCLEAR,
            (say(Says.WROTE, lead=lead, words=said(draft)), *instead),
            (
                *_fitting(about, away=not instead and _is_away(here, event, events)),
                *draft.answering,
                Choice.DONE,
            ),
            entry=Entry(number, Person(), current=about),
            payload={BESIDE: " ".join(one.id for one in events)},
        )
    return replace(draft, cases=cases.cases).found(NAME, lead).settle(Outcome.REVIEW, answer=False)


def _instead(draft: DecisionDraft, part: Submission) -> tuple[Statement, ...]:
    """What registering does where the writer stays away and names who comes instead."""
    if part.newcomer is None or ActKind.NOT_COME not in parts_of(part).writer:
        return ()
    comes = name_of(part.newcomer.values, draft.form) or draft.who()
    return (
        say(
            Says.CHOICE_FOR_EACH,
            comes=(comes,),
            away=(called(draft.first_person) or draft.first_person.email,),
        ),
    )


def _from_one(draft: DecisionDraft) -> bool:
    """Whether somebody stays away from one of the events, and it is not sure from which."""
    leaves = bool(acts_here(draft.submission.acts, ActKind.NOT_COME))
    return leaves and draft.submission.intent in _IN_DOUBT


def _says_of_all(draft: DecisionDraft) -> bool:
    """Whether words that say one thing may say it of more than one event."""
    if draft.submission.intent not in _OF_ALL:
        return False
    found = event_named(draft)
    return found is not None and found.event is None


def _known_at(draft: DecisionDraft, event: Event) -> Registration | None:
    """The registration at an event that the words are about; None where that is not one alone."""
    rows = registrations_of(replace(draft, event=event))
    return rows[0] if len(rows) == 1 else None


def _comes_as_known(draft: DecisionDraft, event: Event) -> bool:
    """Whether the writer is registered at an event, and surely says that they come: nothing is to be done."""
    row, acts = _known_at(draft, event), draft.submission.acts
    if row is None or row.status.is_out or not _is_writer(row, event, draft):
        return False
    if any(act.people or act.kind in _MORE for act in acts) or len(draft.submission.told) > 1:
        return False
    if draft.submission.intent is Intent.REGISTER:
        return True
    comes = (act.clause for act in acts if act.kind is ActKind.COME and not act.elsewhere)
    pieces = _PIECES.split(draft.submission.words)
    said = (*comes, *(one for one in pieces if _YES.search(one)))
    return any(not _NOT.search(one) and names_event(one, event) for one in said) and not _is_denied(
        draft, event
    )


def _is_writer(row: Registration, event: Event, draft: DecisionDraft) -> bool:
    return same_name(called(draft.first_person), name_of(row.answers, draft.settings.form_of(event)))


def _fitting(about: Registration | None, *, away: bool) -> tuple[Choice, ...]:
    if about is None or about.status.is_out:
        return (Choice.EXCUSE, Choice.REGISTER) if away else (Choice.REGISTER, Choice.EXCUSE)
    return (Choice.WITHDRAW, Choice.EXCUSE) if away else ()


def _is_away(draft: DecisionDraft, event: Event, events: list[Event]) -> bool:
    """Whether the words say of an event that somebody stays away, as far as that is known: what is offered
    first. Of all where they deny none by itself."""
    intent = draft.submission.intent
    if intent is Intent.REGISTER or _is_denied(draft, event):
        return intent is not Intent.REGISTER
    return intent in _OF_ALL and not any(_is_denied(draft, one) for one in events)


def _is_denied(draft: DecisionDraft, event: Event) -> bool:
    """Whether a part of the words that names the event says "not" of it, or goes on from one that does: "niet
    naar het ene en naar het andere"."""
    denied = False
    for piece in _PIECES.split(draft.submission.words):
        goes_on = denied and _GOES_ON.match(piece) and not _YES.search(piece)
        denied = bool(_NOT.search(piece) or goes_on)
        if denied and names_event(piece, event):
            return True
    return False
