"""A receipt, once a thread, for somebody whose mail waits for a decision of the secretary's that was not
taken in time."""

from __future__ import annotations

from mailbot.decision.concern import names_unknown
from mailbot.decision.draft import DecisionDraft
from mailbot.decision.intents import asks_about_data
from mailbot.domain.case import KNOWN, Case, CaseKind
from mailbot.domain.decision import Outcome
from mailbot.domain.message import Verdict
from mailbot.matching.names import same_address

#: Cases about a mail that certainly concerns an event, from somebody who may be answered.
_KINDS = frozenset(
    {
        CaseKind.UNCLEAR,
        CaseKind.QUESTION,
        CaseKind.SAME_PERSON,
        CaseKind.NOT_INVITED,
        CaseKind.LATE,
        CaseKind.CONTRADICTION,
        CaseKind.WHICH_EVENT,
    }
)


def is_due(draft: DecisionDraft, outcome: Outcome) -> bool:
    """Whether a receipt follows from a settled draft: not for what she decided, for mail that may not be
    answered, that nobody can be sure of, or that is only perhaps for an event; nor for a request about the
    data that is held, or the receipt would tell who is known; nor for what the secretariat
    itself passed on."""
    theirs = bool(draft.cases) and all(map(_may_hear, draft.cases))
    waits = outcome is Outcome.REVIEW and theirs and not draft.override.waived
    if not (draft.settings.secretariat.receipts and waits):
        return False
    telling = draft.no_data or asks_about_data(draft)
    return _is_for_an_event(draft) and _may_be_answered(draft) and not telling


def _is_for_an_event(draft: DecisionDraft) -> bool:
    """Whether a mail surely concerns an event, or two: a case at each of them says so."""
    known = draft.event is not None or any(case.event for case in draft.cases) or _is_form_of_several(draft)
    return known and not names_unknown(draft)


def _may_be_answered(draft: DecisionDraft) -> bool:
    """Whether a person wrote, from an address that may be theirs and is not the secretariat's own."""
    message = draft.arrival.message
    silent = message.no_answer or message.automatic or message.calendar_reply or not draft.to_sender
    ours = same_address(message.sender.email) in _secretariat(draft)
    return message.authentication is not Verdict.FAIL and not (silent or ours)


def _may_hear(case: Case) -> bool:
    """Whether the writer may hear that a case waits: of what they may not do alone, who is known at the
    registration only."""
    return case.kind in _KINDS or (case.kind is CaseKind.UNRELATED and KNOWN in case.payload)


def _is_form_of_several(draft: DecisionDraft) -> bool:
    """Whether a filled in form is for one of several events, and names none that is not ours."""
    ours = all(clue.event for clue in draft.submission.clues)
    return ours and bool(draft.submission.people) and any(len(case.events) > 1 for case in draft.cases)


def _secretariat(draft: DecisionDraft) -> frozenset[str]:
    """The addresses, for all events or this one, at which the secretariat itself reads."""
    settings = draft.settings
    theirs = (settings.secretariat.address, settings.secretariat_of(draft.event), *settings.forwarders)
    return frozenset(same_address(one) for one in theirs if one)
