"""The first mail that somebody gets from us is a confirmation, whatever it follows from.

Who is on the list may never have heard of it: the secretary typed their row, a colleague gave no address for
them, or the address was another's. What changes about them then, or does not, is told as that they are
registered. So is the yes of whom we asked whether they come.
"""

from __future__ import annotations

from dataclasses import replace

from mailbot.config.settings import Settings
from mailbot.domain.decision import Note, Outcome, Result
from mailbot.domain.form import ATTENDS, Form
from mailbot.domain.registration import Status
from mailbot.matching.names import same_address, written_email_of
from mailbot.notifications.person_view import answers_before
from mailbot.notifications.recipients import Recipient, is_reader

#: As which outcome a first mail tells a status.
_TOLD_AS = {Status.REGISTERED: Outcome.REGISTERED, Status.WAITLISTED: Outcome.WAITLISTED}
#: What tells somebody of a registration that they know.
_OF_A_CHANGE = (Outcome.CHANGED, Outcome.UNCHANGED)


def as_first_mail(recipient: Recipient, form: Form | None, settings: Settings) -> Recipient:
    """The recipient as their mail tells it: with the outcome of a registration for who reads of theirs for
    the first time."""
    if form is None or recipient.former:
        return recipient
    results = tuple(
        _confirmed(result)
        if is_first(result, recipient, form) and is_reader(result, recipient, form, settings)
        else result
        for result in recipient.results
    )
    if results == recipient.results:
        return recipient
    outcomes = {result.outcome for result in results}
    return replace(
        recipient, results=results, outcome=outcomes.pop() if len(outcomes) == 1 else recipient.outcome
    )


def is_first(result: Result, recipient: Recipient, form: Form) -> bool:
    """Whether nobody at the address of a mail heard before of the registration that it changes or leaves."""
    before, after = result.before, result.after
    if before is None or after is None or after.status not in _TOLD_AS or result.outcome not in _OF_A_CHANGE:
        return False
    if before.is_untold or (before.is_asked_whether(ATTENDS) and not after.is_asked_whether(ATTENDS)):
        return True
    former = same_address(written_email_of(answers_before(result), form))
    if same_address(recipient.to.email) in (former, same_address(before.sender)):
        return False
    # Who writes from an address that we do not know may have been answered there.
    return not recipient.in_thread or not former or before.email_of_sender


def _confirmed(result: Result) -> Result:
    assert result.after is not None
    outcome = _TOLD_AS[result.after.status]
    notes = tuple(note for note in result.notes if note is not Note.CONFIRMED)
    return replace(
        result, outcome=outcome, changes=(), notes=notes, reason=result.reason or result.after.reason
    )
