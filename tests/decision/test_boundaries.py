"""Where one thing ends and another begins: each boundary of a rule, from both sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.config.settings import Limits
from mailbot.decision import decide, decide_case
from mailbot.domain.case import Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import Outcome
from mailbot.domain.doubt import Reason
from mailbot.domain.message import Address, MachineSign, Message, Verdict
from mailbot.domain.places import holds_place
from mailbot.domain.registration import Status
from mailbot.domain.submission import Answer, Code, Intent, Person, Problem
from mailbot.extraction.deduplicate import merged
from mailbot.extraction.labels import Labels
from mailbot.extraction.verdict import Kind, kind_of
from mailbot.matching.names import same_letters, similar_name
from mailbot.notifications import compose
from mailbot.wording import matter

from .building import (
    BRUSSELS,
    MORNING,
    event,
    form,
    form_of,
    known,
    local,
    mail,
    person,
    row,
    rows_after,
    settings,
    words,
)

PROVIDERS = ["gmail.com", "hotmail.com", "outlook.com", "telenet.be", "skynet.be", "icloud.com"]


@pytest.mark.parametrize("domain", PROVIDERS)
def test_two_strangers_at_one_provider_are_not_related(domain: str) -> None:
    of = known(row(email=f"els@{domain}"))
    form_sent = form_of(person(email=f"els@{domain}", attends=False))
    decision = decide(mail(f"stranger@{domain}"), form_sent, of, settings(event()), MORNING)
    assert CaseKind.UNRELATED in [case.kind for case in decision.cases]
    assert all(
        result.after is None or result.after.status is Status.REGISTERED for result in decision.results
    )
    said = decide(mail(f"stranger@{domain}"), words(Intent.WITHDRAW, "Els komt niet", "Els Maes"), of,
                  settings(event()), MORNING)  # fmt: skip
    assert said.outcome is not Outcome.CANCELLED


@pytest.mark.parametrize(
    ("before", "outcome"), [(timedelta(0), Outcome.WAITLISTED), (timedelta(seconds=-1), Outcome.REGISTERED)]
)
def test_who_waits_since_your_second_or_earlier_stands_before_you(
    before: timedelta, outcome: Outcome
) -> None:
    waiting = row(9, Status.WAITLISTED, "An Claes", "Brugge", "an@brugge.example", at=MORNING - before)
    decision = decide(mail(), form_of(person()), known(waiting), settings(event(capacity=1)), MORNING)
    new = [result.outcome for result in decision.results if result.after and result.after.nr != waiting.nr]
    assert new == [outcome]


@pytest.mark.parametrize(
    ("one", "other", "similar"),
    [
        ("Karel Janssens", "Karel Jansen", True),  # two letters
        ("Maria Verbeke", "Maria Verbist", False),  # three
        ("Jan Maes", "Jan Maas", True),
        ("An Bos", "An Bal", False),  # short names forgive one letter only
        ("Jan Peeters", "J Peeters", True),
        ("Jan Peeters", "Piet Peeters", False),
    ],
)
def test_names_are_alike_up_to_two_slips(one: str, other: str, similar: bool) -> None:
    assert similar_name(one, other) is similar
    assert not same_letters(one, other)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Voornaan", "first_name"),
        ("Voornam", "first_name"),
        ("Noornaam", ""),
        ("Goornaam", ""),
        ("Raam", ""),
        ("Nele", ""),
        ("Roel", ""),
    ],
)
def test_a_label_is_misspelt_but_never_in_its_first_letter_and_no_first_name(written: str, key: str) -> None:
    label = Labels(form("kennisplatform")).match(written)
    assert (label.key if label else "") == key


def _form(**answers: str) -> tuple[tuple[Person, ...], tuple[()]]:
    return ((Person({key: Answer(value) for key, value in answers.items()}),), ())


def test_twins_share_two_answers_at_least() -> None:
    one = _form(last_name="Maes", first_name="Els", role="schepen")
    assert len(merged([one, _form(last_name="Maes", first_name="Els", phone="050")])[0]) == 1
    assert len(merged([one, _form(last_name="Maes", phone="050")])[0]) == 2
    assert len(merged([one, _form(last_name="Maes", first_name="An")])[0]) == 2


@pytest.mark.parametrize(
    ("score", "kind"),
    [(4.0, Kind.REGISTRATION), (3.99, Kind.PERHAPS), (3.0, Kind.PERHAPS), (2.99, Kind.NO_FORM)],
)
def test_evidence_makes_a_registration_from_four_and_perhaps_one_from_three(score: float, kind: Kind) -> None:
    assert kind_of(score) is kind


def test_a_date_as_deadline_lasts_through_the_last_second_of_that_day() -> None:
    midnight = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)  # in Brussels the 24th begins
    assert event().is_late(midnight, BRUSSELS)
    assert not event().is_late(midnight - timedelta(seconds=1), BRUSSELS)


def test_an_hour_as_deadline_lasts_through_that_very_second() -> None:
    noon = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # in Brussels 12 o'clock
    meeting = event(deadline=local(2026, 11, 23, 12))
    assert not meeting.is_late(noon, BRUSSELS)
    assert meeting.is_late(noon + timedelta(seconds=1), BRUSSELS)


def test_who_is_incomplete_keeps_a_place_only_where_there_was_one_when_they_came() -> None:
    in_time = MORNING + timedelta(days=3)
    assert holds_place(row(status=Status.INCOMPLETE), event(), in_time)
    assert not holds_place(row(status=Status.INCOMPLETE), event(), in_time + timedelta(seconds=1))
    assert not holds_place(row(status=Status.INCOMPLETE, reason="volzet"), event(), in_time)


def test_the_last_answer_of_a_day_says_so_and_the_next_mail_gets_none() -> None:
    config = settings(event(), limits=Limits(answers_per_sender=5, answers_per_thread=9))
    last = decide(mail(), form_of(person()), known(answered_today=4), config, MORNING)
    assert (last.answer, last.last_answer) == (True, True)
    over = decide(mail(), form_of(person()), known(answered_today=5), config, MORNING)
    assert not (over.answer and over.to_sender)


def test_who_waits_for_having_been_late_comes_after_who_is_in_time() -> None:
    early = row(2, Status.WAITLISTED, "An Bos", email="an@damme.example", at=MORNING - timedelta(days=1))
    late = replace(early, after_deadline=True)
    one_place = settings(event(capacity=1))
    behind = decide(mail(), form_of(person()), known(early), one_place, MORNING)
    before = decide(mail(), form_of(person()), known(late), one_place, MORNING)
    assert [result.after.status for result in behind.results if result.after] == [Status.WAITLISTED]
    assert [result.after.status for result in before.results if result.after] == [Status.REGISTERED]


def test_a_mail_domain_is_offered_to_the_secretary_only_of_who_wrote_the_words() -> None:
    away = words(Intent.WITHDRAW, "Els Maes komt niet.", "Els Maes")
    inner = Message("<binnen@elders.example>", Address("an@elders.example", "An Bos"), "Afmelding", MORNING)
    own = mail("piet@kabinet.example")
    passed_on = mail("piet@kabinet.example", forwarded=inner)
    (case,) = decide(own, away, known(row()), settings(), MORNING).cases
    assert Choice.AS_COLLEAGUE in case.choices
    (case,) = decide(passed_on, away, known(row()), settings(), MORNING).cases
    assert Choice.AS_COLLEAGUE not in case.choices


def test_what_nobody_hears_of_is_done_only_for_who_is_certainly_the_sender() -> None:
    away, unanswered = words(Intent.WITHDRAW, "Ik kom niet."), "een mailinglijst"
    unsure = decide(mail(no_answer=unanswered), away, known(row()), settings(), MORNING)
    proven = mail(no_answer=unanswered, authentication=Verdict.PASS)
    sure = decide(proven, away, known(row()), settings(), MORNING)
    assert [case.kind for case in unsure.cases] == [CaseKind.TOO_MANY]
    assert unsure.results == ()
    assert [result.after.status for result in sure.results if result.after] == [Status.CANCELLED]
    assert not sure.answer


@pytest.mark.parametrize("email", ["wim@damme.example", ""])
def test_a_scan_in_doubt_of_which_nobody_can_be_asked_is_for_her(email: str) -> None:
    machine = mail("scanner@damme.example", no_answer=MachineSign.NO_REPLY_ADDRESS)
    doubts = (Problem(0, "last_name", Code.UNSURE, Reason.FROM_PICTURE),)
    scan = form_of(person("Wim Coopman", email=email), problems=doubts, recognised=True)
    decision = decide(machine, scan, known(), settings(), MORNING)
    (case,) = decision.cases
    assert [one for one in compose(decision, machine, settings(), MORNING) if not one.calendar] == []
    assert Choice.ACCEPT in case.choices
    if not email:
        return  # neither a row, nor anybody to tell
    (incomplete,) = rows_after(decision)
    assert (case.kind, incomplete.status) == (CaseKind.INCOMPLETE, Status.INCOMPLETE)
    assert "Naam" in matter(case)
    shown = replace(case, registration=incomplete.nr)
    edit = Edit(EditKind.DECISION, "Te behandelen", choice=Choice.ACCEPT)
    accepted = decide_case(shown, edit, known(incomplete), settings(), MORNING, machine, scan)
    (after,) = rows_after(accepted)
    assert after.status is Status.REGISTERED
    letter = compose(accepted, machine, settings(), MORNING)[0]
    assert letter.to.email == email
    assert "Klopt" not in letter.text


@pytest.mark.parametrize("kind", [CaseKind.PERHAPS, CaseKind.WHICH_EVENT])
def test_a_case_about_several_events_is_overtaken_when_the_last_of_them_is_over(kind: CaseKind) -> None:
    events = {one.id: one for one in (event(), event(id="later", ends=local(2026, 12, 10, 17)))}
    case = Case(kind, "Els Maes", "", (Choice.DONE,), MORNING, events=tuple(events))
    between, after = datetime(2026, 12, 5, tzinfo=UTC), datetime(2026, 12, 11, tzinfo=UTC)
    assert not case.is_overtaken(events, between, BRUSSELS)
    assert case.is_overtaken(events, after, BRUSSELS)
