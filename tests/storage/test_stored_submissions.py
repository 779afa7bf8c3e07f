"""Submissions that lie in a ledger: what an older mailbot wrote, and what this one adds."""

from __future__ import annotations

from mailbot.domain.document import Location, Unit
from mailbot.domain.noticed import FoundBy, Noticed
from mailbot.domain.statement import say
from mailbot.domain.submission import Act, ActKind, Answer, Intent, Person, Submission, SubmissionKind, Who
from mailbot.storage.serialization import GIVEN_FORM, SUBMISSION, to_json
from mailbot.wording import as_told


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


def test_how_an_answer_was_found_that_an_older_mailbot_kept_in_words_is_shown_as_it_was() -> None:
    stored = (
        '{"found":"form","notes":["blad 1: leeg"],"evidence":["eigen formulier +0.0"],"people":[{"answers":'
        '{"diet":{"value":"vis","reader":"naast het label","beat":["lopende tekst (1.0 tegen 0.5)"]}}}]}'
    )
    kept = SUBMISSION.validate_json(stored)
    diet = kept.people[0].answers["diet"]
    told = [as_told(one) for one in (*kept.notes, *kept.evidence, diet.reader, *diet.beat)]
    assert told == [
        "blad 1: leeg",
        "eigen formulier +0.0",
        "naast het label",
        "lopende tekst (1.0 tegen 0.5)",
    ]


def test_how_an_answer_was_found_survives_the_ledger_as_codes() -> None:
    found = say(FoundBy.IN_SHAPE, place=say(FoundBy.BEHIND), shape=say(FoundBy.ROWS_JOINED))
    beat = (say(FoundBy.BETTER_THAN, what=say(FoundBy.HEADING), best="1.2", worth="0.9"),)
    people = (Person({"diet": Answer("vis", reader=found, beat=beat)}),)
    evidence = (say(Noticed.WEIGHED, what=say(Noticed.ASKS_SO_MANY, count=3, all=7), weight="+2.9"),)
    kept = Submission(SubmissionKind.FORM, people=people, evidence=evidence)
    assert SUBMISSION.validate_json(to_json(SUBMISSION, kept)) == kept
    assert as_told(evidence[0]) == "3 van 7 vragen +2.9"
    assert as_told(found) == "achter het label, een persoon in verschillende rijen"


def test_what_a_form_answered_is_read_alone_as_it_is_within_the_whole() -> None:
    found = say(FoundBy.IN_SHAPE, place=say(FoundBy.BEHIND), shape=say(FoundBy.ROWS_JOINED))
    answer = Location().at(Unit.ANSWER).at(Unit.LINE, 2)
    people = (
        Person({"diet": Answer("vis", reader=found, beat=(found,)), "attends": Answer(value=False)}, "Damme"),
        Person({"email": Answer("els@damme.example", answer)}),
    )
    kept = Submission(SubmissionKind.FORM, people=people, words="Bijgevoegd.")
    given = GIVEN_FORM.validate_json(to_json(SUBMISSION, kept))
    assert given.found is SubmissionKind.FORM
    assert [one.values for one in given.people] == [one.values for one in people]
    assert given.people[1].answers["email"].where == answer
    stored = '{"found":"form","people":[{"answers":{"diet":{"value":"vis","where":"tabel 1, rij 9"}}}]}'
    assert [one.values for one in GIVEN_FORM.validate_json(stored).people] == [{"diet": "vis"}]
