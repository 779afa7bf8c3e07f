"""What the secretary decides, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.config.settings import Settings
from mailbot.decision import decide, decide_case
from mailbot.decision.case_endings import refused
from mailbot.domain.case import OF_ANOTHER, Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import Ask, Decision, DecisionContext, Note, Outcome, PendingQuestion
from mailbot.domain.doubt import Reason
from mailbot.domain.form import ATTENDS, FieldKind
from mailbot.domain.message import Arrival, Verdict
from mailbot.domain.registration import Registration, Removal, Status
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import (
    Act,
    ActKind,
    ClueSource,
    Code,
    EventClue,
    Intent,
    Problem,
    Submission,
    SubmissionKind,
    Who,
)
from mailbot.notifications import compose
from mailbot.wording import matter, what_was_found

from .building import MORNING, clue, event, form_of, known, mail, person, row, settings, words
from .building import rows_after as rows

LATE = datetime(2026, 11, 24, 9, tzinfo=UTC)
LATER = LATE + timedelta(hours=3)


def chosen(choice: Choice, remark: str = "", event: str = "") -> Edit:
    return Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=choice, remark=remark, event=event)


def case_of(decision: Decision, kind: CaseKind) -> Case:
    (case,) = (case for case in decision.cases if case.kind is kind)
    return replace(case, id=7)


def decided_twice(
    arrival: Arrival,
    submission: Submission,
    kind: CaseKind,
    edit: Edit,
    of: DecisionContext | None = None,
    config: Settings | None = None,
) -> Decision:
    """A message, the case it opened, and her decision about that."""
    config, of = config or settings(), of or known()
    first = decide(arrival, submission, of, config, arrival.received)
    assert first.outcome is Outcome.REVIEW
    new = {r.nr: r for r in (*of.registrations, *rows(first))}
    after = replace(known(*new.values()), thread=of.thread)
    case = case_of(first, kind)
    return decide_case(case, edit, after, config, LATER, arrival, submission)


def test_accepting_a_late_one_registers_and_carries_her_words() -> None:
    decision = decided_twice(
        mail(at=LATE), form_of(person()), CaseKind.LATE, chosen(Choice.ACCEPT, "Graag tot dan.")
    )
    (result,) = decision.results
    assert (decision.outcome, decision.closes, decision.answer) == (Outcome.REGISTERED, (7,), True)
    assert result.after is not None
    assert (result.after.nr, result.after.status) == ("INS-0001", Status.REGISTERED)
    assert result.remark == "Graag tot dan."
    assert all(line.who == "secretariaat" for line in decision.log)


@pytest.mark.parametrize(
    ("choice", "outcome", "status"),
    [
        (Choice.WAITLIST, Outcome.WAITLISTED, Status.WAITLISTED),
        (Choice.REFUSE, Outcome.LATE, Status.LATE),
    ],
)
def test_a_late_one_may_wait_or_be_refused(choice: Choice, outcome: Outcome, status: Status) -> None:
    decision = decided_twice(mail(at=LATE), form_of(person()), CaseKind.LATE, chosen(choice))
    assert decision.outcome is outcome
    assert [row.status for row in rows(decision)] == [status]


def test_a_late_one_accepted_without_a_required_answer_is_asked_for_it() -> None:
    problem = Problem(0, "organisation", Code.MISSING, Reason.MISSING)
    submission = form_of(person(organisation=""), problems=(problem,))
    decision = decided_twice(mail(at=LATE), submission, CaseKind.LATE, chosen(Choice.ACCEPT))
    assert decision.outcome is Outcome.INCOMPLETE
    assert [row.status for row in rows(decision)] == [Status.INCOMPLETE]


def test_a_question_of_hers_goes_out_and_the_case_stays_open() -> None:
    decision = decided_twice(
        mail(at=LATE), form_of(person()), CaseKind.LATE, chosen(Choice.ASK, "Waarom nu?")
    )
    assert (decision.asks, decision.remark, decision.answer) == ("remark", "Waarom nu?", True)
    assert decision.closes == (7,)
    (again,) = decision.cases
    assert again.kind is CaseKind.LATE
    assert again.choices[0] is Choice.ACCEPT
    assert matter(again).startswith('Nagevraagd op 24 november: "Waarom nu?"; nog geen antwoord.')
    assert again.opened == LATE, "since when it waits for her"


def test_a_question_of_hers_is_about_the_mail_since_it_may_register_nobody() -> None:
    decision = decided_twice(
        mail(at=LATE), form_of(person()), CaseKind.LATE, chosen(Choice.ASK, "Waarom nu?")
    )
    (told,) = (one for one in compose(decision, mail(at=LATE), settings(event()), LATER) if one.outcome)
    assert told.subject.startswith("Een vraag over uw mail: ")
    assert "uw inschrijving" not in told.subject + told.text


def test_who_is_not_invited_and_refused_hears_that_nothing_was_registered() -> None:
    case = Case(CaseKind.NOT_INVITED, "An", "", (Choice.REFUSE,), MORNING, "kis", id=7)
    decision = refused(case, chosen(Choice.REFUSE, "Voor tien besturen."))
    (told,) = compose(decision, mail(), settings(event()), LATER)
    assert "De gevraagde inschrijving is niet genoteerd." in told.text
    asks = replace(case, kind=CaseKind.QUESTION)
    other = refused(asks, chosen(Choice.REFUSE, "Daar antwoorden wij niet op."))
    (told,) = compose(other, mail(), settings(event()), LATER)
    assert "niet genoteerd" not in told.text


def test_asking_without_a_question_says_what_is_needed_and_mails_nobody() -> None:
    decision = decided_twice(mail(at=LATE), form_of(person()), CaseKind.LATE, chosen(Choice.ASK))
    assert not decision.answer
    assert "Toelichting" in matter(decision.cases[0])


def test_more_than_ten_are_registered_once_she_agrees() -> None:
    many = form_of(*(person(f"P Naam{n}", email=f"p{n}@damme.example") for n in range(11)))
    decision = decided_twice(mail(), many, CaseKind.MANY_PEOPLE, chosen(Choice.ACCEPT))
    assert decision.outcome is Outcome.REGISTERED
    assert len({row.nr for row in rows(decision)}) == 11


def test_a_staff_list_is_shown_by_name_as_far_as_a_cell_is_wide() -> None:
    names = [f"P Naam{n}" for n in range(32)]
    (case,) = decide(mail(), form_of(*map(person, names)), known(), settings(), LATER).cases
    assert "P Naam0 (Damme), P Naam1 (Damme)" in matter(case)
    assert "P Naam29 (Damme) en nog 2." in matter(case)


def test_refusing_a_staff_list_records_and_mails_nothing() -> None:
    many = form_of(*(person(f"P Naam{n}", email=f"p{n}@damme.example") for n in range(11)))
    decision = decided_twice(mail(), many, CaseKind.MANY_PEOPLE, chosen(Choice.REFUSE))
    assert (rows(decision), decision.answer, decision.closes) == ((), False, (7,))


@pytest.mark.parametrize("said", ["other", "Studiedag"])
def test_the_event_she_chooses_is_the_one(said: str) -> None:
    config = settings(event(), event(id="other", title="Studiedag"))
    edit = chosen(Choice.ACCEPT, event=said)
    decision = decided_twice(mail(), form_of(person()), CaseKind.WHICH_EVENT, edit, config=config)
    assert (decision.event, decision.outcome) == ("other", Outcome.REGISTERED)


def test_accepting_without_choosing_one_of_several_events_asks_for_it() -> None:
    config = settings(event(), event(id="other", title="Studiedag"))
    decision = decided_twice(
        mail(), form_of(person()), CaseKind.WHICH_EVENT, chosen(Choice.ACCEPT), config=config
    )
    assert rows(decision) == ()
    assert "Kies ook de bijeenkomst" in matter(decision.cases[0])


@pytest.mark.parametrize("said", ["", "new", "kis"])
@pytest.mark.parametrize("replacing", [True, False])
def test_nobody_is_accepted_for_a_meeting_that_does_not_take_place(said: str, replacing: bool) -> None:
    new = event(id="new", title="Nieuwe", replaces="kis") if replacing else event(id="new", title="Nieuwe")
    config = settings(event(cancelled=True), new)
    for_it = form_of(person(), clues=(clue(),))
    edit = chosen(Choice.ACCEPT, event=said)
    decision = decided_twice(mail(), for_it, CaseKind.WHICH_EVENT, edit, config=config)
    if said == "new" or (replacing and not said):
        assert (decision.event, decision.outcome) == ("new", Outcome.REGISTERED)
    else:
        assert rows(decision) == ()
        assert "gaat niet door" in matter(decision.cases[0])


def test_who_leaves_a_meeting_that_is_replaced_is_not_carried_to_the_next() -> None:
    config = settings(event(), event(id="new", title="Nieuwe", replaces="kis"))
    leaves = words(Intent.WITHDRAW, clues=(clue(),))
    of = known(row(), thread=("INS-0001",), thread_event="kis")
    decision = decided_twice(mail(), leaves, CaseKind.WHICH_EVENT, chosen(Choice.ACCEPT), of, config)
    assert (decision.event, decision.outcome) == ("kis", Outcome.CANCELLED)


def test_forms_for_two_events_in_one_mail_each_go_to_their_own() -> None:
    config = settings(event(), event(id="other", title="Studiedag"))
    for_this, for_other = (replace(person(), event="kis"), replace(person("An Maes"), event="other"))
    both = form_of(for_this, for_other, clues=(clue(), clue("other")))
    first = decided_twice(
        mail(), both, CaseKind.WHICH_EVENT, chosen(Choice.ACCEPT, event="kis"), config=config
    )
    assert [r.text("last_name") for r in rows(first)] == ["Maes"]
    (left,) = first.cases
    assert (left.event, left.kind) == ("other", CaseKind.WHICH_EVENT)
    assert "An Maes" in matter(left)
    second = decide_case(
        replace(left, id=8), chosen(Choice.ACCEPT), known(*rows(first)), config, LATER, mail(), both
    )
    assert [(r.event, r.text("first_name")) for r in rows(second)] == [("other", "An")]
    assert second.cases == ()


def test_the_case_of_two_forms_says_who_stands_in_which() -> None:
    config = settings(event(), event(id="other", title="Studiedag"))
    both = form_of(replace(person(), event="kis"), replace(person("An Maes"), event="other"))
    decision = decide(mail(), both, known(), config, LATER)
    assert decision.outcome is Outcome.REVIEW
    assert "Els Maes voor Kennisplatform; An Maes voor Studiedag" in matter(decision.cases[0])


def test_who_is_not_let_in_hears_it_although_she_wrote_nothing() -> None:
    closed = settings(event(organisations="brugge"))
    stranger = form_of(person(organisation="Gent"))
    refused = decided_twice(mail(), stranger, CaseKind.NOT_INVITED, chosen(Choice.REFUSE), config=closed)
    assert (refused.answer, refused.asks, rows(refused)) == (True, "refused", ())


@pytest.mark.parametrize(("words_of_hers", "heard"), [("Uw functie blijft schepen.", True), ("", False)])
def test_her_words_go_out_also_where_nothing_changes(words_of_hers: str, heard: bool) -> None:
    hers = row(answers={"phone": "050"}, by_hand=frozenset({"phone"}))
    of = known(hers)
    case = case_of(
        decide(mail(), form_of(person(phone="0478")), of, settings(), LATER), CaseKind.CONTRADICTION
    )
    kept = decide_case(
        case,
        chosen(Choice.KEEP_CURRENT, words_of_hers),
        of,
        settings(),
        LATER,
        mail(),
        form_of(person(phone="0478")),
    )
    assert [result.mail for result in kept.results] == [heard]


def test_the_same_person_is_updated_and_another_one_is_new() -> None:
    submission = form_of(person(email="els@prive.example", phone="050"))
    same = decided_twice(mail(), submission, CaseKind.SAME_PERSON, chosen(Choice.SAME), known(row()))
    other = decided_twice(mail(), submission, CaseKind.SAME_PERSON, chosen(Choice.OTHER), known(row()))
    assert (same.outcome, [r.nr for r in rows(same)]) == (Outcome.CHANGED, ["INS-0001"])
    assert (other.outcome, [r.nr for r in rows(other)]) == (Outcome.REGISTERED, ["INS-0002"])


def test_only_the_person_of_the_case_is_decided_about() -> None:
    submission = form_of(person("Jan Peeters", email="jan@damme.example"), person(email="els@prive.example"))
    decision = decided_twice(mail(), submission, CaseKind.SAME_PERSON, chosen(Choice.OTHER), known(row()))
    assert [one.outcome for one in decision.results if one.after != one.before] == [Outcome.REGISTERED]
    assert [r.text("first_name") for r in rows(decision)] == ["Els", "Jan"]


def test_an_accepted_stranger_may_withdraw_somebody() -> None:
    of = known(row(), thread_event="kis")
    decision = decided_twice(
        mail("els@gmail.com"),
        words(Intent.WITHDRAW, "Els komt niet", "Els Maes", clues=(clue(),)),
        CaseKind.UNRELATED,
        chosen(Choice.ACCEPT),
        of,
    )
    assert decision.outcome is Outcome.CANCELLED


def test_a_forged_mail_that_she_accepts_is_registered_and_its_answer_repeats_nothing() -> None:
    decision = decided_twice(
        mail(authentication=Verdict.FAIL), form_of(person()), CaseKind.FORGED, chosen(Choice.ACCEPT)
    )
    assert decision.outcome is Outcome.REGISTERED
    assert decision.no_data


def test_a_forged_mail_that_answers_ours_withdraws_nobody_though_she_accepts_it() -> None:
    of = known(
        row(), thread=("INS-0001",), answers_mail_to="els@damme.example", answers_mail_about={"INS-0001"}
    )
    leaves, arrival = words(Intent.WITHDRAW, "Ik kom niet."), mail(authentication=Verdict.FAIL)
    assert decide(mail(), leaves, of, settings(), MORNING).outcome is Outcome.CANCELLED
    forged = case_of(decide(arrival, leaves, of, settings(), MORNING), CaseKind.FORGED)
    decision = decide_case(forged, chosen(Choice.ACCEPT), of, settings(), LATER, arrival, leaves)
    assert [case.kind for case in decision.cases] == [CaseKind.UNRELATED]


def test_two_matters_are_decided_one_after_the_other_and_never_asked_again() -> None:
    many = form_of(*(person(f"P Naam{n}", email=f"p{n}@damme.example") for n in range(11)))
    arrival = mail(authentication=Verdict.FAIL)
    first = decide(arrival, many, known(), settings(), MORNING)
    forged = case_of(first, CaseKind.FORGED)
    second = decide_case(forged, chosen(Choice.ACCEPT), known(), settings(), LATER, arrival, many)
    crowd = case_of(second, CaseKind.MANY_PEOPLE)
    third = decide_case(crowd, chosen(Choice.ACCEPT), known(), settings(), LATER, arrival, many)
    assert (second.outcome, third.outcome) == (Outcome.REVIEW, Outcome.REGISTERED)


def test_explain_tells_which_doubts_her_acceptance_settled() -> None:
    doubted = (Problem(0, "phone", Code.UNSURE, Reason.FROM_WORDS, "0478 12"),)
    of = known(row(status=Status.LATE, doubts=doubted))
    case = Case(
        CaseKind.LATE, "Els Maes", "", (Choice.ACCEPT,), MORNING, "kis", registration="INS-0001", id=7
    )
    decision = decide_case(case, chosen(Choice.ACCEPT), of, settings(), LATER, mail(), None)
    assert [one.doubts for one in rows(decision)] == [()]
    said = [f"{finding.rule}: {what_was_found(finding)}" for finding in decision.findings]
    assert "volledig: Els Maes (Damme): aanvaard zoals gelezen: Telefoon/gsm" in said


def test_explain_tells_which_doubts_about_her_reading_of_the_words_are_gone() -> None:
    told = (person("An Nieuw"),)
    doubts = (Problem(0, "last_name", Code.UNSURE, Reason.FROM_WORDS, "Nieuw"),)
    said = words(Intent.REGISTER, "Ik kom met An Nieuw.", told=told, told_doubts=doubts)
    case = _unclear(Choice.REGISTER)
    decision = decide_case(case, chosen(Choice.REGISTER), known(), settings(), LATER, mail(), said)
    found = [what_was_found(finding) for finding in decision.findings if finding.rule == "volledig"]
    assert "An Nieuw (Damme): aanvaard zoals gelezen: Naam" in found


def test_who_was_not_invited_is_in_once_she_accepts() -> None:
    config = settings(event(organisations="brugge"))
    decision = decided_twice(
        mail(),
        form_of(person(organisation="Gent")),
        CaseKind.NOT_INVITED,
        chosen(Choice.ACCEPT),
        config=config,
    )
    assert decision.outcome is Outcome.REGISTERED


@pytest.mark.parametrize(
    ("choice", "phone", "outcome"),
    [
        (Choice.TAKE_NEW, "0478", Outcome.CHANGED),
        (Choice.KEEP_CURRENT, "050", Outcome.UNCHANGED),
    ],
)
def test_a_contradiction_ends_as_she_chooses(choice: Choice, phone: str, outcome: Outcome) -> None:
    hers = row(answers={"phone": "050"}, by_hand=frozenset({"phone"}))
    arrival, submission = mail(), form_of(person(phone="0478"))
    first = decide(arrival, submission, known(hers), settings(), MORNING)
    case = case_of(first, CaseKind.CONTRADICTION)
    decision = decide_case(case, chosen(choice), known(*rows(first)), settings(), LATER, arrival, submission)
    assert decision.outcome is outcome
    assert [r.text("phone") for r in rows(decision)] == [phone]


def test_a_withdrawal_of_hers_is_taken_back_when_she_takes_the_new_value() -> None:
    hers = row(status=Status.CANCELLED, by_hand=frozenset({"status"}))
    decision = decided_twice(
        mail(), form_of(person()), CaseKind.CONTRADICTION, chosen(Choice.TAKE_NEW), known(hers)
    )
    assert decision.outcome is Outcome.REGISTERED
    assert [r.status for r in rows(decision)] == [Status.REGISTERED]


def test_who_comes_after_all_against_her_no_comes_when_she_takes_the_new_value() -> None:
    hers = row(status=Status.EXCUSED, answers={"attends": False}, by_hand=frozenset({"attends"}))
    arrival, submission = mail(), form_of(person(attends=True, phone="0478"))
    first = decide(arrival, submission, known(hers), settings(), MORNING)
    case = case_of(first, CaseKind.CONTRADICTION)
    after = known(*(rows(first) or [hers]))
    decision = decide_case(case, chosen(Choice.TAKE_NEW), after, settings(), LATER, arrival, submission)
    (row_,) = rows(decision)
    assert (decision.outcome, row_.status, row_.answers["attends"]) == (
        Outcome.REGISTERED,
        Status.REGISTERED,
        True,
    )
    assert row_.text("phone") == "0478"


def test_an_accepted_doubt_is_no_doubt_any_more() -> None:
    doubt = Problem(0, "phone", Code.INVALID, Reason.INVALID_PHONE)
    arrival, submission = mail(), form_of(person(phone="04781"), problems=(doubt,))
    first = decide(arrival, submission, known(), settings(), MORNING)
    case = case_of(first, CaseKind.DOUBT)
    decision = decide_case(
        case, chosen(Choice.ACCEPT), known(*rows(first)), settings(), LATER, arrival, submission
    )
    assert [r.doubts for r in rows(decision)] == [()]
    assert not any(result.mail for result in decision.results)


@pytest.mark.parametrize("choice", [Choice.ACCEPT, Choice.KEEP_CURRENT])
def test_what_a_choice_settled_about_a_row_can_be_put_back_as_it_was(choice: Choice) -> None:
    doubt = Problem(0, "phone", Code.INVALID, Reason.INVALID_PHONE)
    doubted = row(doubts=(doubt,), by_hand=frozenset({"phone"}))
    case = Case(CaseKind.DOUBT, "Els", "?", (choice,), MORNING, "kis", registration="INS-0001",
                fields=("phone",), id=7)  # fmt: skip
    (result,) = decide_case(case, chosen(choice), known(doubted), settings(), LATER).results
    assert result.after is not None
    assert (result.before, result.after.doubts) == (doubted, ())


def test_who_completes_their_answers_takes_no_place_of_who_waits_since_the_same_second() -> None:
    first = row(2, Status.WAITLISTED, name="An Bos", email="an@gent.example", reason="volzet")
    late = row(
        3, Status.INCOMPLETE, name="Jan Vos", organisation="", email="jan@gent.example", reason="volzet"
    )
    asked = PendingQuestion(Ask.INCOMPLETE, "kis", ("INS-0003",))
    of = known(first, late, thread=("INS-0003",), thread_event="kis", asked=asked)
    said = form_of(person("Jan Vos", "Gent", email="jan@gent.example"))
    decision = decide(mail("jan@gent.example"), said, of, settings(event(capacity=1)), LATER)
    assert [(r.nr, r.status) for r in rows(decision)] == [("INS-0003", Status.WAITLISTED)]


def test_whom_she_writes_is_excused_on_a_form_that_does_not_ask_who_comes() -> None:
    asks = settings().forms["kennisplatform"]
    plain = asks.model_copy(update={"fields": tuple(f for f in asks.fields if f.key != ATTENDS)})
    config = replace(settings(event(capacity=1)), forms={"kennisplatform": plain})
    case = Case(CaseKind.UNCLEAR, "Els", "?", (Choice.EXCUSE,), MORNING, "kis", message=1, id=7,
                payload={OF_ANOTHER: "Piet Vanneste"})  # fmt: skip
    full = replace(known(), taken={"kis": 1})
    said = words(Intent.NONE, "Bedankt voor de mail.")
    decision = decide_case(case, chosen(Choice.EXCUSE), full, config, LATER, mail(), said)
    assert [(r.status, r.text("last_name")) for r in rows(decision)] == [(Status.EXCUSED, "Vanneste")]


@pytest.mark.parametrize(
    ("kind", "choice"),
    [
        (CaseKind.QUESTION, Choice.REGISTER),
        (CaseKind.LATE, Choice.ACCEPT),
        (CaseKind.LATE, Choice.WAITLIST),
        (CaseKind.UNCLEAR, Choice.REPLACES),
    ],
)
def test_nobody_is_told_that_they_come_to_what_is_over(kind: CaseKind, choice: Choice) -> None:
    after = datetime(2026, 12, 4, 9, tzinfo=UTC)
    case = Case(kind, "Els", "?", (choice,), MORNING, "kis", message=1, registration="INS-0001", id=7)
    said = words(Intent.REGISTER, "Mag ik nog komen?")
    decision = decide_case(
        case, chosen(choice), known(row(status=Status.LATE)), settings(), after, mail(), said
    )
    assert (decision.results, decision.stays, decision.answer) == ((), True, False)
    assert "De bijeenkomst is voorbij" in matter(decision.cases[0])


def test_who_was_put_on_the_list_by_a_slip_does_not_come_again() -> None:
    undone = row(status=Status.CANCELLED, removed=Removal.UNDONE)
    decision = decide(mail(), form_of(person()), known(undone), settings(), MORNING)
    assert [Note.RESTORED in result.notes for result in decision.results] == [False]


def test_a_freed_place_goes_to_the_first_in_line_when_she_accepts() -> None:
    waiting = row(2, Status.WAITLISTED, name="W W", email="w@gent.example")
    choices = (Choice.ACCEPT, Choice.DONE)
    case = Case(CaseKind.FREED_PLACE, "W W", "vrij", choices, MORNING, "kis", registration="INS-0002", id=7)
    decision = decide_case(case, chosen(Choice.ACCEPT), known(waiting), settings(event(capacity=1)), LATER)
    assert decision.outcome is Outcome.REGISTERED
    assert Note.PROMOTED in decision.results[0].notes
    full = replace(known(waiting), taken={"kis": 1})
    decision = decide_case(case, chosen(Choice.ACCEPT), full, settings(event(capacity=1)), LATER)
    assert (decision.results, decision.stays) == ((), True)
    assert "geen plaats meer: de bijeenkomst is volzet" in matter(decision.cases[0])


@pytest.mark.parametrize(
    ("choice", "outcome", "status"),
    [
        (Choice.ACCEPT, Outcome.REGISTERED, Status.REGISTERED),
        (Choice.REFUSE, Outcome.CANCELLED, Status.CANCELLED),
    ],
)
def test_an_incomplete_one_is_taken_as_it_is_or_not(choice: Choice, outcome: Outcome, status: Status) -> None:
    waiting = row(status=Status.INCOMPLETE, organisation="")
    choices = (Choice.ACCEPT, Choice.REFUSE)
    case = Case(CaseKind.INCOMPLETE, "Els", "?", choices, MORNING, "kis", registration="INS-0001", id=7)
    decision = decide_case(case, chosen(choice), known(waiting), settings(), LATER)
    assert (decision.outcome, [r.status for r in rows(decision)]) == (outcome, [status])


@pytest.mark.parametrize("returns", [Choice.REGISTER, Choice.REFUSE])
def test_a_declined_invitation_that_was_a_mistake_is_put_back(returns: Choice) -> None:
    """In a case of a former release "weigeren" did that."""
    gone = row(status=Status.CANCELLED)
    choices = (Choice.ACCEPT, returns)
    case = Case(CaseKind.CALENDAR_DECLINE, "Els", "?", choices, MORNING, "kis", registration="INS-0001", id=7)
    kept = decide_case(case, chosen(Choice.ACCEPT), known(gone), settings(), LATER)
    back = decide_case(case, chosen(returns), known(gone), settings(), LATER)
    assert (rows(kept), kept.closes) == ((), (7,))
    told = [(mail.to.email, mail.subject) for mail in compose(back, None, settings(), LATER)]
    assert told[0] == ("els@damme.example", "Ingeschreven: Kennisplatform")
    assert [r.status for r in rows(back)] == [Status.REGISTERED]


def test_what_does_not_fit_the_case_leaves_it_open() -> None:
    case = Case(CaseKind.QUESTION, "Els", "parking?", (Choice.DONE,), MORNING, "kis", id=7)
    decision = decide_case(case, chosen(Choice.SEND), known(), settings(), LATER)
    assert decision.cases
    done = decide_case(case, chosen(Choice.DONE), known(), settings(), LATER)
    assert (done.closes, done.cases, done.answer) == ((7,), (), False)


@pytest.mark.parametrize("choice", [Choice.ACCEPT, Choice.REFUSE])
def test_a_list_is_destroyed_only_when_she_accepts(choice: Choice) -> None:
    case = Case(CaseKind.DESTROY, "kis", "?", (Choice.ACCEPT, Choice.REFUSE), MORNING, "kis", id=7)
    decision = decide_case(case, chosen(choice), known(row()), settings(), LATER)
    assert decision.destroy is (choice is Choice.ACCEPT)


def test_a_form_with_another_title_goes_where_she_says() -> None:
    clues = (EventClue("", ClueSource.HEADING),)
    decision = decided_twice(
        mail(), form_of(person(), clues=clues), CaseKind.WHICH_EVENT, chosen(Choice.ACCEPT)
    )
    assert (decision.event, decision.outcome) == ("kis", Outcome.REGISTERED)


def test_every_choice_of_every_case_a_message_opens_closes_it() -> None:
    messages: Mapping[CaseKind, tuple[Arrival, Submission, DecisionContext]] = {
        CaseKind.LATE: (mail(at=LATE), form_of(person()), known()),
        CaseKind.SAME_PERSON: (mail(), form_of(person(email="els@prive.example")), known(row())),
        CaseKind.FORGED: (mail(authentication=Verdict.FAIL), form_of(person()), known()),
        CaseKind.UNRELATED: (mail("x@gmail.com"), form_of(person(phone="1")), known(row())),
        CaseKind.UNCLEAR: (mail(), words(Intent.MAYBE_WITHDRAW, "lunch"), known(row())),
    }
    for kind, (arrival, submission, of) in messages.items():
        first = decide(arrival, submission, of, settings(), arrival.received)
        case = case_of(first, kind)
        for choice in case.choices:
            new = {r.nr: r for r in (*of.registrations, *rows(first))}
            edit = chosen(choice, "uitleg")
            decision = decide_case(case, edit, known(*new.values()), settings(), LATER, arrival, submission)
            assert decision.closes == (7,), (kind, choice)
            assert all(r.outcome is not Outcome.REVIEW for r in decision.results), (kind, choice)


def test_what_only_looked_like_a_withdrawal_is_one_when_she_says_so() -> None:
    submission = words(Intent.MAYBE_WITHDRAW, "ik kan niet bij de lunch zijn")
    decision = decided_twice(mail(), submission, CaseKind.UNCLEAR, chosen(Choice.WITHDRAW), known(row()))
    assert [r.status for r in rows(decision)] == [Status.CANCELLED]


def _unclear(*choices: Choice, registration: str = "") -> Case:
    return Case(
        CaseKind.UNCLEAR, "Els", "wat?", choices, MORNING, "kis", registration=registration, message=1, id=7
    )


@pytest.mark.parametrize(
    ("choice", "before", "after", "outcome"),
    [
        (Choice.WITHDRAW, Status.REGISTERED, Status.CANCELLED, Outcome.CANCELLED),
        (Choice.EXCUSE, Status.REGISTERED, Status.EXCUSED, Outcome.EXCUSED),
        (Choice.REGISTER, Status.CANCELLED, Status.REGISTERED, Outcome.REGISTERED),
        (Choice.REGISTER, Status.REGISTERED, Status.REGISTERED, Outcome.UNCHANGED),
        (Choice.WITHDRAW, Status.CANCELLED, Status.CANCELLED, Outcome.UNCHANGED),
    ],
)
def test_her_reading_of_the_words_is_carried_out(
    choice: Choice, before: Status, after: Status, outcome: Outcome
) -> None:
    case, of = _unclear(choice, registration="INS-0001"), known(row(status=before))
    decision = decide_case(case, chosen(choice), of, settings(), LATER, mail(), words(Intent.REPLY, "hm"))
    assert ([one.status for one in rows(decision)], decision.outcome) == ([after], outcome)
    assert (decision.closes, decision.answer) == ((7,), True)


@pytest.mark.parametrize(
    ("choice", "status"), [(Choice.EXCUSE, Status.EXCUSED), (Choice.REGISTER, Status.REGISTERED)]
)
def test_her_reading_of_a_mail_of_somebody_new_makes_their_row(choice: Choice, status: Status) -> None:
    said, sender = words(Intent.REPLY, "Wij zijn met verlof."), mail(name="Els Maes")
    decision = decide_case(_unclear(choice), chosen(choice), known(), settings(), LATER, sender, said)
    assert [(one.status, one.text("last_name")) for one in rows(decision)] == [(status, "Maes")]


def _asked(number: int, name: str, email: str = "", **more: object) -> Registration:
    """Somebody whose name was read and doubted, sent in by Els, whom we asked whether it is right."""
    doubts = (Problem(0, "last_name", Code.UNSURE, Reason.FROM_WORDS, name),)
    found = row(number, Status.INCOMPLETE, name, "Damme", email or "els@damme.example", doubts=doubts, **more)
    return replace(found, sender="els@damme.example", message=1)


def _answered(*about: Registration) -> tuple[Decision, DecisionContext, Arrival, Submission]:
    """What follows of "Ja, klopt. We zijn alle drie van Damme." as the answer to our question."""
    nrs = tuple(one.nr for one in about)
    of = known(*about, thread=nrs, thread_event="kis", asked=PendingQuestion(Ask.INCOMPLETE, "kis", nrs))
    text = "We zijn alle drie van Damme."
    said = words(Intent.REPLY, f"Ja, klopt. {text}", acts=(Act(ActKind.CONFIRM),), unread_words=text)
    return decide(mail(name="Els Maes"), said, of, settings(), MORNING), of, mail(name="Els Maes"), said


@pytest.mark.parametrize("people", [1, 3])
def test_registering_who_answered_our_question_registers_all_it_asked_about(people: int) -> None:
    asked = (_asked(1, "Els Maes"), _asked(2, "Jan Claes", "jan@damme.example"), _asked(3, "Lien Bos"))
    first, of, answer, said = _answered(*asked[:people])
    case = case_of(first, CaseKind.UNCLEAR)
    assert case.choices[0] is Choice.REGISTER
    decision = decide_case(case, chosen(Choice.REGISTER), of, settings(), MORNING, answer, said)
    assert [(one.status, one.doubts) for one in rows(decision)] == [(Status.REGISTERED, ())] * people
    assert (decision.outcome, decision.closes, decision.cases) == (Outcome.REGISTERED, (7,), ())
    told = compose(decision, answer, settings(), MORNING)
    theirs = " ".join(letter.text for letter in told if letter.to.email == "els@damme.example")
    assert "ingeschreven" in theirs
    assert people == 1 or "Lien Bos is ingeschreven" in theirs


def test_a_required_answer_that_nobody_gave_is_still_asked_for() -> None:
    missing = Problem(0, "organisation", Code.MISSING, Reason.MISSING)
    waiting = _asked(1, "Els Maes")
    given = {key: value for key, value in waiting.answers.items() if key != "organisation"}
    waiting = replace(waiting, doubts=(*waiting.doubts, missing), answers=given)
    first, of, answer, said = _answered(waiting)
    edit, case = chosen(Choice.REGISTER), case_of(first, CaseKind.UNCLEAR)
    decision = decide_case(case, edit, of, settings(), MORNING, answer, said)
    assert (decision.outcome, decision.answer) == (Outcome.INCOMPLETE, True)


def test_registering_is_not_offered_where_all_are_registered() -> None:
    both = (row(1), row(2, name="Jan Claes", sender="els@damme.example"))
    of = known(*both, thread=("INS-0001", "INS-0002"), thread_event="kis")
    decision = decide(
        mail(name="Els Maes"), words(Intent.REPLY, "Wij met zijn allen"), of, settings(), MORNING
    )
    assert Choice.REGISTER not in case_of(decision, CaseKind.UNCLEAR).choices


def test_her_answer_goes_out_in_her_words_and_settles_the_case() -> None:
    edit = chosen(Choice.ANSWER, "Ja, er is een lift.")
    decision = decide_case(_unclear(Choice.ANSWER), edit, known(), settings(), LATER, mail(), form_of())
    assert (decision.asks, decision.remark, decision.cases) == ("answered", "Ja, er is een lift.", ())
    (letter,) = compose(decision, mail(name="Els Maes"), settings(), LATER)
    assert "Ja, er is een lift." in letter.text
    assert letter.to.email == "els@damme.example"


def test_an_empty_answer_is_asked_of_her() -> None:
    decision = decide_case(_unclear(Choice.ANSWER), chosen(Choice.ANSWER), known(), settings(), LATER, mail())
    assert not decision.answer
    assert "Toelichting" in matter(decision.cases[0])


def maybe(*people: str) -> Submission:
    """What may be a form: the people stand in it, but little says that it registers them."""
    return replace(form_of(*(person(name) for name in people)), found=SubmissionKind.PERHAPS)


def test_what_may_be_a_registration_is_one_case_and_mails_nobody() -> None:
    decision = decide(mail(), maybe("Jan Peeters", "An Smet"), known(), settings(), MORNING)
    (case,) = decision.cases
    assert (decision.outcome, decision.answer, rows(decision)) == (Outcome.REVIEW, False, ())
    assert (case.kind, case.choices[0]) == (CaseKind.PERHAPS, Choice.ACCEPT)
    assert "Peeters" in matter(case)
    assert compose(decision, mail(), settings(), LATER) == ()


def test_accepting_it_judges_it_by_its_own_arrival() -> None:
    decision = decided_twice(mail(), maybe("Jan Peeters"), CaseKind.PERHAPS, chosen(Choice.ACCEPT))
    (result,) = decision.results
    assert decision.outcome is Outcome.REGISTERED
    assert result.after is not None
    assert result.after.arrived == mail().received


def test_accepting_one_that_came_too_late_leaves_the_deadline_to_judge() -> None:
    decision = decided_twice(mail(at=LATE), maybe("Jan Peeters"), CaseKind.PERHAPS, chosen(Choice.ACCEPT))
    assert [case.kind for case in decision.cases] == [CaseKind.LATE]


def test_refusing_it_tells_the_sender_and_closing_it_nobody() -> None:
    refused = decided_twice(mail(), maybe("Jan Peeters"), CaseKind.PERHAPS, chosen(Choice.REFUSE))
    assert (refused.answer, refused.asks, rows(refused)) == (True, "refused", ())
    closed = decided_twice(mail(), maybe("Jan Peeters"), CaseKind.PERHAPS, chosen(Choice.DONE))
    assert (closed.answer, closed.closes, rows(closed)) == (False, (7,), ())


def test_registering_who_wrote_registers_whom_they_bring() -> None:
    text = "Kan u mij en mijn collega Leen Pauwels (leen.pauwels@damme.example) inschrijven?"
    acts = (Act(ActKind.COME), Act(ActKind.BRING, people=("Leen Pauwels",)))
    said = replace(words(Intent.REPLY, text), acts=acts)
    case, sender = _unclear(Choice.REGISTER), mail(name="Els Maes")
    decision = decide_case(case, chosen(Choice.REGISTER), known(), settings(), LATER, sender, said)
    assert [(one.text("last_name"), one.text("email"), one.status) for one in rows(decision)] == [
        ("Maes", sender.message.sender.email, Status.REGISTERED),
        ("Pauwels", "leen.pauwels@damme.example", Status.REGISTERED),
    ]


#: The writer stays away, and a colleague comes.
EXCHANGE = words(
    Intent.EXCUSE,
    "Ik kan niet komen. Mijn collega Rita Maes komt wel.",
    clues=(clue(),),
    acts=(
        Act(ActKind.NOT_COME, agreed=True, of_self=True),
        Act(ActKind.COME, Who.NAMED, ("Rita Maes",), agreed=True),
    ),
    staying=("Rita Maes",),
)


def _standing(decision: Decision) -> dict[str, Status]:
    return {str(one.answers["first_name"]): one.status for one in rows(decision)}


def test_registering_who_comes_for_a_writer_who_does_not_excuses_the_writer() -> None:
    sender = mail(name="Jan Claes", sender="jan.claes@damme.example")
    (case,) = decide(sender, EXCHANGE, known(), settings(), MORNING).cases
    assert case.choices == (Choice.REGISTER, Choice.ANSWER, Choice.ASK, Choice.DONE)
    assert "Rita Maes komt, Jan Claes komt niet" in matter(case)
    decision = decided_twice(sender, EXCHANGE, CaseKind.UNCLEAR, chosen(Choice.REGISTER))
    assert _standing(decision) == {"Rita": Status.REGISTERED, "Jan": Status.EXCUSED}


@pytest.mark.parametrize("choice", [Choice.REPLACES, Choice.REGISTER])
def test_who_comes_for_a_registered_writer_is_in_and_the_writer_out(choice: Choice) -> None:
    jan = row(name="Jan Claes", email="jan.claes@damme.example")
    sender = mail(name="Jan Claes", sender="jan.claes@damme.example")
    (case,) = decide(sender, EXCHANGE, known(jan), settings(), MORNING).cases
    assert case.choices[:2] == (Choice.REPLACES, Choice.REGISTER)
    edit = replace(chosen(choice), nr=jan.nr if choice is Choice.REPLACES else "")
    decision = decide_case(replace(case, id=7), edit, known(jan), settings(), LATER, sender, EXCHANGE)
    assert _standing(decision) == {"Rita": Status.REGISTERED, "Jan": Status.CANCELLED}


@pytest.mark.parametrize("registered", [True, False])
def test_a_colleagues_mail_about_somebody_unknown_is_decided_about_them(registered: bool) -> None:
    text = "Misschien komt mijn collega Rita Maes."
    acts = (Act(ActKind.UNSURE, Who.NAMED, ("Rita Maes",)),)
    said = words(Intent.UNCLEAR, text, acts=acts, clues=(clue(),))
    jan = row(name="Jan Claes", email="jan.claes@damme.example")
    sender, context = mail(name="Jan Claes", sender="jan.claes@damme.example"), known(*[jan] * registered)
    (case,) = decide(sender, said, context, settings(), MORNING).cases
    assert (case.registration, case.choices[:2]) == ("", (Choice.REGISTER, Choice.EXCUSE))
    assert "Uw keuze gaat over Rita Maes" in matter(case)
    decision = decide_case(
        replace(case, id=7), chosen(Choice.EXCUSE), context, settings(), LATER, sender, said
    )
    assert _standing(decision) == {"Rita": Status.EXCUSED}


def test_her_words_go_to_who_wrote_and_not_to_whom_else_is_registered() -> None:
    text = "Ik kan er niet bij zijn, collega Leen Pauwels (leen.pauwels@damme.example) komt."
    acts = (Act(ActKind.COME), Act(ActKind.BRING, people=("Leen Pauwels",)))
    said, sender, config = replace(words(Intent.REPLY, text), acts=acts), mail(name="Els Maes"), settings()
    edit = chosen(Choice.REGISTER, "Jammer dat u er niet bij kunt zijn.")
    decision = decide_case(_unclear(Choice.REGISTER), edit, known(), config, LATER, sender, said)
    told = {one.to.email: edit.remark in one.text for one in compose(decision, sender, config, LATER)
            if one.kind != "invitation"}  # fmt: skip
    assert told == {sender.message.sender.email: True, "leen.pauwels@damme.example": False}


def test_who_is_registered_after_all_takes_part() -> None:
    declined = row(status=Status.EXCUSED, answers={"attends": False})
    case = _unclear(Choice.REGISTER, registration="INS-0001")
    said = words(Intent.REPLY, "Nu lukt het wel!")
    decision = decide_case(case, chosen(Choice.REGISTER), known(declined), settings(), LATER, mail(), said)
    assert [(one.status, one.answers["attends"]) for one in rows(decision)] == [(Status.REGISTERED, True)]


def test_a_form_that_counts_against_its_mail_keeps_the_doubts_about_its_answers() -> None:
    doubts = tuple(
        Problem(0, key, Code.UNSURE, reason, read)
        for key, reason, read in (
            ("last_name", Reason.BROKEN_OFF, "Maes"),
            ("phone", Reason.INVALID_PHONE, "04"),
        )
    )
    said = form_of(person(phone="04"), problems=doubts, words="Ik kan er niet bij zijn.", clues=(clue(),))
    said = replace(said, intent=Intent.WITHDRAW)
    decision = decided_twice(mail(), said, CaseKind.UNCLEAR, chosen(Choice.ACCEPT))
    assert [(one.status, [doubt.field for doubt in one.doubts]) for one in rows(decision)] == [
        (Status.INCOMPLETE, ["last_name", "phone"])
    ]


@pytest.mark.parametrize(
    ("sender", "named"),
    [
        ("secretariaat@buiten.example", ("Damme",)),
        ("info@damme.example", ("Damme",)),
        ("info@damme.example", ()),
    ],
)
def test_a_body_that_she_excuses_as_a_whole_is_a_row_with_its_name_and_no_question(
    sender: str, named: tuple[str, ...]
) -> None:
    said = words(Intent.EXCUSE, "Er kan niemand van Damme aanwezig zijn.", *named)
    (asked,) = decide(mail(sender), said, known(), settings(), MORNING).cases
    arrival = mail(sender)
    decision = decide_case(
        replace(asked, id=7), chosen(Choice.EXCUSE), known(), settings(), LATER, arrival, said
    )
    (excused,) = rows(decision)
    assert (excused.status, excused.text("organisation")) == (Status.EXCUSED, "Damme")
    assert (excused.organisation_known, excused.text("last_name")) == ("Damme", "")
    assert decision.cases == ()
    (told,) = compose(decision, arrival, settings(), LATER)
    assert ("Damme is verontschuldigd" if named else "Wij noteerden dat u niet naar") in told.text


def test_what_stands_in_the_way_of_a_choice_is_said_once_however_often_she_tries() -> None:
    case = Case(CaseKind.WHICH_EVENT, "Els", "", (Choice.ACCEPT,), MORNING, message=1, id=7, key="k")
    for _ in range(2):
        (again,) = decide_case(
            case, chosen(Choice.ACCEPT), known(), settings(), LATER, mail(), words(Intent.REGISTER)
        ).cases
        case = replace(again, id=8)
    assert case.says == (say(Says.PICK_EVENT),)


def test_who_comes_again_by_her_decision_waits_where_there_is_no_place() -> None:
    excused = row(1, Status.EXCUSED)
    case = Case(
        CaseKind.UNCLEAR, "Els", "?", (Choice.REGISTER,), MORNING, "kis", registration="INS-0001", id=7
    )
    of = replace(known(excused), taken={"kis": 1})
    full, room = (
        decide_case(case, chosen(Choice.REGISTER), of, settings(event(capacity=seats)), LATER)
        for seats in (1, 2)
    )
    assert [r.status for r in (*rows(full), *rows(room))] == [Status.WAITLISTED, Status.REGISTERED]


def test_a_first_name_that_is_all_a_mail_tells_is_the_first_name_of_their_row() -> None:
    case = Case(CaseKind.UNCLEAR, "Katrien", "?", (Choice.REGISTER,), MORNING, "kis", message=1, id=7)
    said = words(Intent.REGISTER, "Gelieve Katrien in te schrijven.", "Katrien")
    decision = decide_case(case, chosen(Choice.REGISTER), known(), settings(), MORNING, mail(), said)
    assert [(r.text("first_name"), r.text("last_name")) for r in rows(decision)] == [("Katrien", "")]


def test_one_name_behind_a_function_is_the_last_name_of_their_row() -> None:
    case = Case(CaseKind.UNCLEAR, "Deprez", "?", (Choice.EXCUSE,), MORNING, "kis", message=1, id=7)
    said = words(Intent.EXCUSE, "Burgemeester Deprez is verontschuldigd.", "Deprez", roles=("Burgemeester",))
    decision = decide_case(case, chosen(Choice.EXCUSE), known(), settings(), MORNING, mail(), said)
    assert [(r.text("first_name"), r.text("last_name"), r.text("role")) for r in rows(decision)] == [
        ("", "Deprez", "Burgemeester")
    ]


def test_whom_she_registers_by_name_is_registered_on_a_form_that_asks_no_name() -> None:
    purchase, asks = "gezamenlijke-aankoop", settings().forms["gezamenlijke-aankoop"]
    fields = tuple(field for field in asks.fields if field.kind is not FieldKind.NAME)
    config = replace(
        settings(event(form=purchase)), forms={purchase: asks.model_copy(update={"fields": fields})}
    )
    case = Case(CaseKind.UNCLEAR, "Els", "?", (Choice.REGISTER,), MORNING, "kis", message=1, id=7,
                payload={OF_ANOTHER: "Piet Vanneste"})  # fmt: skip
    said = words(Intent.NONE, "Bedankt voor de mail.")
    decision = decide_case(case, chosen(Choice.REGISTER), known(), config, LATER, mail(), said)
    assert [r.organisation_known for r in rows(decision)] == ["Damme"]


def test_who_sent_in_several_hears_of_all_with_the_last_that_she_decides() -> None:
    read = form_of(
        person("Els Maes", email="els@elders.example"),
        person("Jan Vos", email="jan@damme.example"),
        person("An Bos", email="an@damme.example", attends=False),
    )
    secretary = mail("post@damme.example", name="Rita Bos")
    els = row(9, email="els@damme.example", message=3)
    first = decide(secretary, read, known(els), settings(), MORNING)
    case = case_of(first, CaseKind.SAME_PERSON)
    jan, an = (r for r in rows(first) if r.text("last_name") in ("Vos", "Bos"))
    assert (first.outcome, jan.status, an.status) == (Outcome.REVIEW, Status.REGISTERED, Status.EXCUSED)
    beside = replace(case, id=8)
    for open_cases, told in (((case,), True), ((case, beside), False)):
        of = known(els, jan, an, open_cases=open_cases)
        decision = decide_case(case, chosen(Choice.OTHER), of, settings(), LATER, secretary, read)
        answer = next(
            one for one in compose(decision, secretary, settings(), LATER) if one.kind != "calendar"
        )
        assert ("genoteerd: Jan Vos komt" in answer.text) is told
        assert ("An Bos is verontschuldigd." in answer.text) is told


def test_of_each_of_several_that_she_decides_their_sender_hears_once() -> None:
    read = form_of(
        person("Els Maes", email="els@elders.example"),
        person("Jan Vos", email="jan@damme.example"),
        person("Wim Claes", email="wim@elders.example"),
    )
    secretary = mail("post@elders.example", name="Rita Bos")
    here = (row(8), row(9, name="Wim Claes", email="wim@damme.example"))
    first = decide(secretary, read, known(*here), settings(), MORNING)
    jan = next(r for r in rows(first) if r.text("last_name") == "Vos")
    els, wim = (replace(case, id=number) for number, case in enumerate(first.cases, 1))
    alone = decide_case(
        els,
        chosen(Choice.OTHER),
        known(*here, jan, open_cases=(els, wim)),
        settings(),
        LATER,
        secretary,
        read,
    )
    context = known(*here, jan, *rows(alone), open_cases=(wim,))
    last = decide_case(wim, chosen(Choice.OTHER), context, settings(), LATER, secretary, read)
    assert [r.text("last_name") for r in rows(alone)] == ["Maes"]
    assert [r.text("last_name") for r in rows(last)] == ["Claes", "Vos"]


def test_what_somebody_decided_themselves_since_is_not_told_with_a_case_of_who_sent_them_in() -> None:
    read = form_of(
        person("Els Maes", email="els@elders.example"), person("Jan Vos", email="jan@damme.example")
    )
    secretary = mail("post@elders.example", name="Rita Bos")
    first = decide(secretary, read, known(row(9)), settings(), MORNING)
    case = first.cases[0]
    jan = next(r for r in rows(first) if r.text("last_name") == "Vos")
    gone = replace(jan, status=Status.CANCELLED, changed=case.opened + timedelta(hours=1), claimed=True)
    context = known(row(9), gone, open_cases=(case,))
    decision = decide_case(case, chosen(Choice.OTHER), context, settings(), LATER, secretary, read)
    assert [r.text("last_name") for r in rows(decision)] == ["Maes"]


def test_who_asks_again_after_a_refusal_is_shown_as_who_was_refused() -> None:
    late, again = row(status=Status.LATE), form_of(person(email="els@damme.example"))
    (case,) = decide(mail(at=LATE), again, known(late), settings(), LATE).cases
    assert matter(case).endswith("Deze inschrijving was al eens te laat en werd toen niet aanvaard.")
    waiting = replace(case, id=4, says=case.says[:1])
    waits = decide(mail(at=LATE), again, known(late, open_cases=(waiting,)), settings(), LATE)
    assert not any("niet aanvaard" in matter(one) for one in waits.cases)


@pytest.mark.parametrize(("said", "known_as", "asked"), [("Stad Damme", "Damme", 0), ("Gent", "Gent", 1)])
def test_a_body_in_other_words_than_she_typed_is_no_other_value(said: str, known_as: str, asked: int) -> None:
    hers = row(by_hand=frozenset({"organisation"}))
    said_by = person(organisation=said, phone="0478", email="els@damme.example")
    from_there = replace(said_by, organisation_known=known_as)
    decision = decide(mail(), form_of(from_there), known(hers), settings(), LATER)
    assert [case.kind for case in decision.cases] == [CaseKind.CONTRADICTION] * asked
    (result,) = decision.results
    assert result.after
    assert (result.after.text("organisation"), result.after.text("phone")) == ("Damme", "0478")
    assert (Note.LOOKED_AT in result.notes) is bool(asked)
