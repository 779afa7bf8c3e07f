"""A receipt, once a thread, for somebody whose mail waits for a decision that was not taken in time."""

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
    message = draft.arrival.message
    # a case at each of two events is of a mail that surely concerns them
    known = draft.event is not None or any(case.event for case in draft.cases) or _is_form_of_several(draft)
    known = known and not names_unknown(draft)
    certain = known and message.authentication is not Verdict.FAIL
    telling = draft.no_data or asks_about_data(draft)
    silent = message.no_answer or message.automatic or message.calendar_reply or not draft.to_sender
    silent = silent or same_address(message.sender.email) in _secretariat(draft)
    theirs = bool(draft.cases) and all(map(_may_hear, draft.cases))
    waits = outcome is Outcome.REVIEW and theirs and not draft.override.waived
    return bool(draft.settings.secretariat.receipts and waits and certain and not (silent or telling))


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
