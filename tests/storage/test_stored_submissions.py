"""Submissions that lie in a ledger: what an older mailbot wrote, and what this one adds."""

from __future__ import annotations

from mailbot.domain.submission import Act, ActKind, Intent, Submission, SubmissionKind, Who
from mailbot.storage.serialization import SUBMISSION, to_json


def test_a_submission_stored_before_there_were_acts_still_loads() -> None:
    stored = '{"found":"no-form","intent":"excuse","named":["Jan Peeters"],"words":"Jan Peeters komt niet."}'
    assert SUBMISSION.validate_json(stored) == Submission(
        SubmissionKind.NO_FORM, intent=Intent.EXCUSE, named=("Jan Peeters",), words="Jan Peeters komt niet."
    )


def test_acts_with_their_slots_survive_the_ledger() -> None:
    acts = (
        Act(ActKind.NOT_COME, Who.NAMED, ("Jan Peeters",), asked_out=True, agreed=True),
        Act(ActKind.CHANGE, field="phone", value="0478 12 34 56", words="Mijn gsm is 0478 12 34 56."),
        Act(ActKind.CONDITION, condition="indien er plaats is"),
    )
    kept = Submission(SubmissionKind.NO_FORM, intent=Intent.UNCLEAR, acts=acts, heard=(ActKind.NOT_COME,))
    assert SUBMISSION.validate_json(to_json(SUBMISSION, kept)) == kept
