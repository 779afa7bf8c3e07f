"""Submissions that lie in a ledger: what an older mailbot wrote, and what this one adds."""

from __future__ import annotations

from mailbot.domain.document import Location, Unit
from mailbot.domain.submission import Act, ActKind, Answer, Intent, Person, Submission, SubmissionKind, Who
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


def test_a_source_that_an_older_mailbot_kept_in_words_is_shown_as_it_was() -> None:
    stored = (
        '{"found":"form","people":[{"answers":{"diet":{"value":"vis","where":"tabel 1, rij 9"},'
        '"phone":{"value":"050","where":""}}}]}'
    )
    (person,) = SUBMISSION.validate_json(stored).people
    assert str(person.answers["diet"].where) == "tabel 1, rij 9"
    assert person.answers["phone"].where == Location()


def test_what_an_answer_follows_from_survives_the_ledger_as_a_value() -> None:
    where = Location().at(Unit.REGISTRATION, "INS-0007")
    kept = Submission(SubmissionKind.FORM, people=(Person({"email": Answer("els@damme.example", where)}),))
    assert SUBMISSION.validate_json(to_json(SUBMISSION, kept)) == kept
    assert str(where) == "zoals INS-0007"
