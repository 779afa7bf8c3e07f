"""The life of a registration, as people mail it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.config.settings import Settings
from mailbot.decision import decide, decide_case, decide_edit
from mailbot.domain.case import ASKED, Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import Ask, Decision, DecisionContext, Note, Outcome, PendingQuestion
from mailbot.domain.document import Location, ParseStatus, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.event import Event
from mailbot.domain.message import Arrival, CalendarReply, MachineSign
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import (
    Act,
    ActKind,
    Answer,
    Code,
    Intent,
    Person,
    Problem,
    Submission,
    SubmissionKind,
    Who,
)
from mailbot.matching.waiting_list import waiting_list
from mailbot.wording import as_told, matter

from .building import (
    MORNING,
    clue,
    event,
    form_of,
    invited,
    known,
    local,
    mail,
    person,
    row,
    rows_after,
    settings,
    words,
)

LATE = datetime(2026, 11, 23, 23, 0, 1, tzinfo=UTC)  # a second into the 24th, in Brussels
IN_TIME = datetime(2026, 11, 23, 22, 59, 58, tzinfo=UTC)
LAST_DAY = datetime(2026, 12, 2, 20, 0, tzinfo=UTC)


def decided(
    submission: Submission,
    of: DecisionContext | None = None,
    config: Settings | None = None,
    arrival: Arrival | None = None,
) -> Decision:
    arrival = arrival or mail()
    return decide(arrival, submission, of or known(), config or settings(), arrival.received)


def kinds(decision: Decision) -> list[CaseKind]:
    return [case.kind for case in decision.cases]


def statuses(decision: Decision) -> list[Status | None]:
    return [result.after.status if result.after else None for result in decision.results]


# ---------------------------------------------------------------- a form


def test_a_form_of_somebody_new_registers_with_the_next_reference() -> None:
    decision = decided(form_of(person(email="els@damme.example")), known(next_nr=42))
    (result,) = decision.results
    assert decision.outcome is Outcome.REGISTERED
    assert result.after is not None
    assert (result.after.nr, result.after.status) == ("INS-0042", Status.REGISTERED)
    assert decision.event == "kis"


def test_an_empty_email_takes_the_senders_and_says_so() -> None:
    (result,) = decided(form_of(person())).results
    assert result.after is not None
    assert result.after.text("email") == "els@damme.example"
    assert Note.EMAIL_OF_SENDER in result.notes


def test_the_same_form_again_is_unchanged() -> None:
    decision = decided(form_of(person(email="els@damme.example")), known(row()))
    assert decision.outcome is Outcome.UNCHANGED
    assert decision.log == ()


def test_another_phone_changes_the_row_and_says_from_what_to_what() -> None:
    decision = decided(form_of(person(phone="0478 12 34 56")), known(row(answers={"phone": "050 11"})))
    (result,) = decision.results
    assert decision.outcome is Outcome.CHANGED
    assert [(c.key, c.old, c.new) for c in result.changes] == [("phone", "050 11", "0478 12 34 56")]
    (line,) = decision.log
    assert (line.who, as_told(line.what)) == ("els@damme.example", "Telefoon/gsm: 050 11 → 0478 12 34 56")


def test_an_empty_answer_erases_nothing() -> None:
    (result,) = decided(form_of(person()), known(row(answers={"diet": "vegetarisch"}))).results
    assert result.after is not None
    assert result.after.text("diet") == "vegetarisch"


def test_a_corrected_email_in_the_thread_of_the_registration_replaces_the_old_one() -> None:
    decision = decided(form_of(person(email="els.maes@damme.example")), known(row(), thread=("INS-0001",)))
    (result,) = decision.results
    assert decision.outcome is Outcome.CHANGED
    assert result.after is not None
    assert result.after.text("email") == "els.maes@damme.example"


def test_one_person_in_two_copies_of_the_form_is_one_person() -> None:
    decision = decided(form_of(person(), person(phone="050")))
    assert len(decision.results) == 1
    assert decision.results[0].after is not None
    assert decision.results[0].after.text("phone") == "050"


# ---------------------------------------------------------------- who is who


@pytest.mark.parametrize(
    ("submitted", "kind"),
    [
        (person(email="els@prive.example"), "case"),  # same name and organisation, another e-mail
        (person("Elsje Maes", email="els@damme.example"), "case"),  # same e-mail, a similar name
        (person(), "known"),  # same name and organisation, no e-mail
        (person(organisation="Gent", email="els@damme.example"), "known"),  # same name and e-mail
        (person("Jan Peeters", email="jan@damme.example"), "new"),
        (person("Jan Peeters", email="els@damme.example"), "new"),  # a shared address
        (person(organisation="Gent", email="els@gent.example"), "new"),  # a namesake elsewhere
    ],
)
def test_who_counts_as_the_same_person(submitted, kind) -> None:  # type: ignore[no-untyped-def]
    decision = decided(form_of(submitted), known(row()))
    before = decision.results[0].before
    found = "case" if CaseKind.SAME_PERSON in kinds(decision) else "known" if before else "new"
    assert found == kind
    assert (decision.outcome is Outcome.REVIEW) == (kind == "case")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan Van den Broeck", "Jan Vandenbroeck"),
        ("Jan De Smet", "Jan Desmet"),
        ("Jan Vande Walle", "Jan Vandewalle"),
        ("Jan D'Hulst", "Jan Dhulst"),
    ],
)
@pytest.mark.parametrize(
    ("reach", "kind"),
    [
        ({"email": "jan@damme.example"}, "known"),
        ({"email": "", "phone": "+32 50 28 30 00"}, "known"),
        ({"email": "jan@prive.example", "phone": "+32 50 28 30 00"}, "case"),
        ({"email": "jan@prive.example", "phone": "+32 50 28 30 00", "organisation": "Gent"}, "case"),
        ({"email": "jan@prive.example"}, "case"),
        ({"email": "jan@prive.example", "organisation": "Gent"}, "new"),
    ],
)
def test_particles_joined_otherwise_are_one_person_only_by_address_or_phone(
    one: str, other: str, reach: dict[str, str], kind: str
) -> None:
    there = known(row(name=one, email="jan@damme.example", answers={"phone": "050 28 30 00"}))
    decision = decided(form_of(person(other, **reach)), there)
    found = (
        "case"
        if CaseKind.SAME_PERSON in kinds(decision)
        else "known"
        if decision.results[0].before
        else "new"
    )
    assert found == kind


def test_two_people_of_the_same_name_in_one_organisation_are_a_case() -> None:
    two = known(row(1, email="els1@damme.example"), row(2, email="els2@damme.example"))
    decision = decided(form_of(person()), two)
    assert kinds(decision) == [CaseKind.SAME_PERSON]
    assert statuses(decision) == [None]


@pytest.mark.parametrize("name", ["J. Peeters", "Jan Peters", "Jan Peeters"])
@pytest.mark.parametrize("since", [-1, 1])
def test_who_becomes_whole_by_a_yes_after_a_namesake_registered_is_a_case(name: str, since: int) -> None:
    doubts = (Problem(0, "first_name", Code.UNSURE, Reason.FROM_SENDER, name),)
    asked = row(1, Status.INCOMPLETE, name=name, email="x@thuis.example", doubts=doubts)
    other = row(2, name="Jan Peeters", at=MORNING + timedelta(hours=since))
    here = known(asked, other, thread=(asked.nr,), asked=PendingQuestion(Ask.INCOMPLETE, "kis", (asked.nr,)))
    arrival = mail("x@thuis.example")
    decision = decided(words(Intent.CONFIRM, "Ja"), here, arrival=arrival)
    assert kinds(decision) == ([CaseKind.SAME_PERSON] if since > 0 else [])  # she was asked about it before
    if since > 0:
        edit = Edit(EditKind.DECISION, "rij 2", case=7, choice=Choice.OTHER)
        case = replace(decision.cases[0], id=7)
        submission = words(Intent.CONFIRM, "Ja")
        done = decide_case(case, edit, here, settings(), MORNING, arrival, submission)
        assert [(r.after.nr, r.after.status) for r in done.results if r.after] == [
            (asked.nr, Status.REGISTERED)
        ]


def test_one_answer_per_organisation_is_updated_by_its_second() -> None:
    joint = event(id="aankoop", form="gezamenlijke-aankoop", starts=None, ends=None)
    before = row(event="aankoop", answers={"joins": True, "contact_name": "Els"}, email="els@damme.example")
    answer = form_of(
        person("", joins=False, contact_name="Jan", email="jan@damme.example"), form="gezamenlijke-aankoop"
    )
    decision = decided(answer, known(before), settings(joint), mail("els@damme.example"))
    assert decision.outcome is Outcome.CHANGED
    assert statuses(decision) == [Status.REGISTERED]
    colleague = decided(answer, known(before), settings(joint), mail("jan@damme.example"))
    assert colleague.outcome is Outcome.REVIEW


@pytest.mark.parametrize("both", ["Damme en Brugge", "Brugge, Damme", "gemeente Damme / stad Brugge"])
@pytest.mark.parametrize("sender", ["els@damme.example", "x@elders.example", "partner@koepel.example"])
def test_one_answer_for_two_bodies_is_a_case(both: str, sender: str) -> None:
    joint = event(id="aankoop", form="gezamenlijke-aankoop", starts=None, ends=None)
    answer = form_of(
        person("", both, joins=True, contact_name="Jan", email=sender), form="gezamenlijke-aankoop"
    )
    decision = decided(answer, known(), settings(joint, forwarders=("partner@koepel.example",)), mail(sender))
    assert (kinds(decision), statuses(decision)) == ([CaseKind.UNRELATED], [None])


# ---------------------------------------------------------------- no, and words


def test_a_no_on_the_form_of_somebody_new_excuses() -> None:
    decision = decided(form_of(person(attends=False)))
    assert (decision.outcome, statuses(decision)) == (Outcome.EXCUSED, [Status.EXCUSED])


def test_a_no_on_the_form_of_somebody_registered_cancels() -> None:
    decision = decided(form_of(person(attends=False)), known(row()))
    assert (decision.outcome, statuses(decision)) == (Outcome.CANCELLED, [Status.CANCELLED])


def test_somebody_never_registered_excuses_themselves_in_words() -> None:
    decision = decided(words(Intent.EXCUSE), arrival=mail(name="Els Maes"))
    (result,) = decision.results
    assert decision.outcome is Outcome.EXCUSED
    assert result.after is not None
    assert result.after.text("last_name") == "Maes"
    assert result.after.organisation_known == "Damme"


def test_who_excuses_themselves_is_noted_with_what_their_signature_tells() -> None:
    signed = person(role="schepen", last_name="Iemand", email="ander@damme.example")
    decision = decided(words(Intent.EXCUSE, writer=signed), arrival=mail(name="Els Maes"))
    (result,) = decision.results
    assert result.after is not None
    noted = [result.after.text(key) for key in ("role", "last_name", "email")]
    assert noted == ["schepen", "Maes", "els@damme.example"]


def test_a_withdrawal_by_somebody_not_registered_excuses_and_without_a_name_is_a_case() -> None:
    decision = decided(words(Intent.WITHDRAW), arrival=mail("info@damme.example", name="Els Maes"))
    assert decision.outcome is Outcome.EXCUSED
    nameless = decided(words(Intent.WITHDRAW), arrival=mail("info@damme.example"))
    assert (nameless.outcome, nameless.results, kinds(nameless)) == (Outcome.REVIEW, (), [CaseKind.UNCLEAR])
    assert Choice.EXCUSE in nameless.cases[0].choices


def test_a_place_that_a_form_frees_goes_to_who_waits_though_it_names_somebody_twice() -> None:
    there = known(
        row(1, name="Jan Peeters", email="jan@damme.example"), row(2, Status.WAITLISTED, name="An Bos")
    )
    twice, leaves = person("Els Maes"), person("Jan Peeters", email="jan@damme.example", attends=False)
    decision = decided(
        form_of(twice, twice, leaves), there, settings(event(capacity=2)), mail("jan@damme.example")
    )
    jan = next(result for result in decision.results if result.before and result.before.nr == "INS-0001")
    assert jan.after is not None
    assert (jan.after.nr, jan.after.status) == ("INS-0001", Status.CANCELLED)


def test_a_colleague_excuses_by_name_somebody_who_is_not_registered() -> None:
    said = words(Intent.EXCUSE, "Burgemeester Jan Peeters van Damme kan niet komen.", "Jan Peeters van Damme")
    decision = decided(said, arrival=mail(name="Els Maes"))
    (result,) = decision.results
    assert (decision.outcome, decision.cases) == (Outcome.EXCUSED, ())
    assert result.after is not None
    assert [result.after.text(key) for key in ("first_name", "last_name", "email")] == ["Jan", "Peeters", ""]
    assert result.after.organisation_known == "Damme"


def test_who_is_excused_by_name_is_noted_with_the_function_that_the_words_give() -> None:
    said = words(Intent.EXCUSE, "Onze schepen Jan Peeters kan niet komen.", "Jan Peeters", roles=("schepen",))
    (result,) = decided(said, known(), arrival=mail("secretariaat@damme.example")).results
    assert result.after is not None
    assert (result.after.status, result.after.text("role")) == (Status.EXCUSED, "schepen")


@pytest.mark.parametrize(
    ("sender", "name", "rows"),
    [
        ("els@provider.example", "Jan Peeters", ()),  # of no body that we know
        ("els@damme.example", "Jan", ()),
        ("els@damme.example", "Dienst Peeters", ()),
        ("els@damme.example", "Stad Brugge", ()),
        ("els@damme.example", "Jan Peeters", (row(2, name="Jan Peeter", email="jan@damme.example"),)),
    ],
)
def test_who_is_excused_by_name_on_a_guess_is_a_case(
    sender: str, name: str, rows: tuple[Registration, ...]
) -> None:
    said = words(Intent.EXCUSE, f"{name} kan niet komen.", name)
    decision = decided(said, known(*rows), arrival=mail(sender, name="Els Maes"))
    assert (decision.outcome, {*statuses(decision)} - {None}) == (Outcome.REVIEW, set())


def test_a_question_beside_an_excuse_by_name_is_read_by_a_person() -> None:
    said = words(Intent.WITHDRAW, "Schrijf Jan Peeters uit.", "Jan Peeters", question="Is er een verslag?")
    assert decided(said, arrival=mail(name="Els Maes")).outcome is Outcome.REVIEW


def test_a_withdrawal_touches_the_senders_only_registration() -> None:
    decision = decided(words(Intent.WITHDRAW), known(row()))
    assert (decision.outcome, statuses(decision)) == (Outcome.CANCELLED, [Status.CANCELLED])


def test_whoever_registered_six_is_asked_which() -> None:
    six = [
        row(n, name=f"Persoon {n}", email=f"p{n}@x.example", sender="els@damme.example") for n in range(1, 7)
    ]
    decision = decided(words(Intent.WITHDRAW), known(*six))
    assert (decision.outcome, decision.asks) == (Outcome.INCOMPLETE, "which")
    assert [(result.before is None, result.after) for result in decision.results] == [(False, None)] * 6


def test_a_withdrawal_touches_only_the_people_named() -> None:
    two = known(row(1), row(2, name="Jan Peeters", email="jan@damme.example", sender="els@damme.example"))
    decision = decided(words(Intent.WITHDRAW, "", "Jan Peeters"), two)
    assert [r.after.nr for r in decision.results if r.after] == ["INS-0002"]


@pytest.mark.parametrize(
    ("text", "nrs"),
    [("Jan", ["INS-0002"]), ("allebei", ["INS-0001", "INS-0002"]), ("Maes aub", ["INS-0001"])],
)
def test_an_answer_to_which_names_them(text: str, nrs: list[str]) -> None:
    two = known(
        row(1),
        row(2, name="Jan Peeters", email="jan@damme.example"),
        asked=PendingQuestion(Ask.WHICH, "kis", ("INS-0001", "INS-0002")),
        thread_event="kis",
    )
    decision = decided(words(Intent.REPLY, text), two)
    assert decision.outcome is Outcome.CANCELLED
    assert [r.after.nr for r in decision.results if r.after] == nrs


def test_toch_wel_restores() -> None:
    decision = decided(words(Intent.RESTORE), known(row(status=Status.CANCELLED)))
    assert (decision.outcome, statuses(decision)) == (Outcome.REGISTERED, [Status.REGISTERED])
    assert Note.RESTORED in decision.results[0].notes


def test_words_that_only_look_like_a_withdrawal_are_a_case() -> None:
    decision = decided(words(Intent.MAYBE_WITHDRAW, "ik kan niet bij de lunch zijn"), known(row()))
    assert (decision.outcome, kinds(decision)) == (Outcome.REVIEW, [CaseKind.UNCLEAR])
    assert "ik kan niet bij de lunch zijn" in matter(decision.cases[0])


def test_a_declined_invitation_withdraws_without_an_answer_and_is_a_case() -> None:
    decline = mail(calendar_reply=CalendarReply("uid-1", "els@damme.example", "DECLINED"), automatic="agenda")
    decision = decided(words(Intent.NONE), invited(), arrival=decline)
    assert (decision.outcome, statuses(decision)) == (Outcome.CANCELLED, [Status.CANCELLED])
    assert not decision.answer
    (case,) = decision.cases
    assert (case.kind, case.choices) == (
        CaseKind.CALENDAR_DECLINE,
        (Choice.ACCEPT, Choice.REGISTER, Choice.DONE),
    )
    assert '"inschrijven" zet de inschrijving terug' in matter(case)


@pytest.mark.parametrize(("uid", "partstat"), [("unknown", "DECLINED"), ("uid-1", "ACCEPTED")])
def test_other_calendar_replies_are_automatic(uid: str, partstat: str) -> None:
    reply = mail(calendar_reply=CalendarReply(uid, "els@damme.example", partstat))
    decision = decided(words(Intent.NONE), invited(), arrival=reply)
    assert (decision.outcome, decision.results, decision.answer) == (Outcome.AUTOMATIC, (), False)


@pytest.mark.parametrize("name", ["Secretariaat Damme", "OCMW Damme", "Gemeente Damme"])
def test_the_name_of_an_office_is_proposed_for_nobody(name: str) -> None:
    register = words(Intent.REGISTER, "Ik kom graag.", clues=(clue(),))
    (result,) = decided(register, arrival=mail("post@damme.example", name=name)).results
    assert result.after is not None
    assert not {"last_name", "first_name"} & set(result.after.answers)
    assert {p.field for p in result.problems} >= {"last_name", "first_name"}


def test_words_for_somebody_known_register_nobody_else() -> None:
    wim = person("Wim Desmedt")
    said = put_on_the_list(wim)
    context = known(row(name="Wim Desmedt", email="wim@damme.example", status=Status.EXCUSED))
    decision = decided(said, context, arrival=mail(name="Els Maes"))
    assert [case.kind for case in decision.cases] == [CaseKind.UNCLEAR]
    assert not any(result.after for result in decision.results)
    assert "Wim Desmedt wordt ingeschreven, maar staat al in de lijst" in matter(decision.cases[0])


def test_ik_kom_graag_of_a_whole_name_at_a_known_body_asks_nothing() -> None:
    decision = decided(words(Intent.REGISTER, clues=(clue(),)), arrival=mail(name="Els Maes"))
    (result,) = decision.results
    assert (decision.outcome, statuses(decision)) == (Outcome.REGISTERED, [Status.REGISTERED])
    assert result.after is not None
    assert result.after.answers["first_name"] == "Els"
    assert result.after.answers["email"] == "els@damme.example"
    assert result.after.answers["organisation"] == "Damme"


@pytest.mark.parametrize(
    ("sender", "name", "signed_by", "asked"),
    [
        (
            "els@damme.example",
            "Simon Thomas",
            "",
            {("last_name", Reason.WHICH_NAME_IS_FIRST), ("first_name", Reason.WHICH_NAME_IS_FIRST)},
        ),
        (
            "els.maes@damme.example",
            "",
            "",
            {("last_name", Reason.FROM_SENDER), ("first_name", Reason.FROM_SENDER)},
        ),
        ("els@x.example", "Els Maes", "", {("organisation", Reason.MISSING)}),
        (
            "els@damme.example",
            "Els Maes",
            "Jan Poot",
            {(field, Reason.SIGNED_BY_ANOTHER) for field in ("last_name", "first_name", "organisation")},
        ),
    ],
)
def test_what_is_in_doubt_of_who_comes_is_asked_and_nothing_else(
    sender: str, name: str, signed_by: str, asked: set[tuple[str, Reason]]
) -> None:
    said = words(Intent.REGISTER, clues=(clue(),), signed_by_another=signed_by)
    decision = decided(said, arrival=mail(sender, name=name))
    (result,) = decision.results
    assert decision.outcome is Outcome.INCOMPLETE
    assert {(p.field, p.reason) for p in result.problems} == asked


def test_ik_kom_graag_that_names_no_event_is_for_a_person() -> None:
    assert decided(words(Intent.REGISTER)).outcome is Outcome.REVIEW


def test_who_comes_late_to_the_waiting_list_reads_why_in_a_sentence() -> None:
    late = decided(form_of(person()), config=settings(event(late="waitlist")), arrival=mail(at=LATE))
    (result,) = late.results
    assert result.after is not None
    assert (
        as_told(result.after.reason) == "de inschrijving kwam na de uiterste datum, op 24/11/2026 om 0.00 uur"
    )


# ---------------------------------------------------------------- in somebody's place


def test_a_substitute_takes_the_place_and_a_name_is_enough() -> None:
    submission = words(Intent.SUBSTITUTE, substitute=person("Jan Peeters", ""))
    full = settings(event(capacity=1))
    decision = decided(submission, known(row()), full)
    left, comes = decision.results
    assert decision.outcome is Outcome.SUBSTITUTED
    assert statuses(decision) == [Status.CANCELLED, Status.REGISTERED]
    assert left.after is not None
    assert comes.after is not None
    assert (left.after.replaced_by, comes.after.replaces) == ("INS-0002", "INS-0001")
    assert comes.after.text("organisation") == "Damme"


def test_a_substitute_who_comes_already_keeps_their_own_row_and_address() -> None:
    submission = words(Intent.SUBSTITUTE, substitute=person("Jan Peeters", ""))
    jan = row(2, name="Jan Peeters", email="jan@damme.example")
    decision = decided(submission, known(row(), jan, thread=("INS-0001",)))
    assert decision.outcome is Outcome.SUBSTITUTED
    assert [(r.after.nr, r.after.status) for r in decision.results if r.after] == [
        ("INS-0001", Status.CANCELLED),
        ("INS-0002", Status.REGISTERED),
    ]
    comes = decision.results[1].after
    assert comes is not None
    assert comes.text("email") == "jan@damme.example"


def test_a_substitute_who_said_not_to_come_is_not_brought_back_by_a_colleague() -> None:
    submission = words(Intent.SUBSTITUTE, substitute=person("Jan Peeters", ""))
    jan = row(2, Status.EXCUSED, "Jan Peeters", email="jan@damme.example")
    decision = decided(submission, known(row(), jan, thread=("INS-0001",)))
    assert [case.kind for case in decision.cases] == [CaseKind.SAME_PERSON]
    assert Status.REGISTERED not in [
        r.after.status for r in decision.results if r.after and r.after.nr == jan.nr
    ]


def test_a_substitute_on_the_last_day_tells_the_secretariat_at_once() -> None:
    submission = words(Intent.SUBSTITUTE, substitute=person("Jan Peeters", ""))
    decision = decided(submission, known(row()), arrival=mail(at=LAST_DAY))
    assert decision.outcome is Outcome.SUBSTITUTED
    assert decision.tell_secretariat
    assert all(r.after and r.after.after_deadline for r in decision.results)


# ---------------------------------------------------------------- incomplete


def missing(field: str, code: Code = Code.MISSING) -> Problem:
    return Problem(0, field, code, Reason.UNCLEAR)


def test_a_missing_required_answer_is_asked_and_the_row_waits() -> None:
    decision = decided(form_of(person(organisation=""), problems=(missing("organisation"),)))
    assert (decision.outcome, statuses(decision)) == (Outcome.INCOMPLETE, [Status.INCOMPLETE])
    assert [p.field for p in decision.results[0].problems] == ["organisation"]


def test_a_doubted_optional_answer_registers_and_is_a_case() -> None:
    decision = decided(form_of(person(phone="04781"), problems=(missing("phone", Code.INVALID),)))
    assert decision.outcome is Outcome.REGISTERED
    assert Note.DOUBTED in decision.results[0].notes
    assert kinds(decision) == [CaseKind.DOUBT]
    assert decision.cases[0].registration == "INS-0001"


def test_a_plain_answer_in_the_thread_completes_within_its_time_and_keeps_the_arrival() -> None:
    first = IN_TIME - timedelta(hours=1)
    waiting = row(status=Status.INCOMPLETE, organisation="", at=first, doubts=(missing("organisation"),))
    of = known(waiting, thread=("INS-0001",), asked=PendingQuestion(Ask.INCOMPLETE, "kis", ("INS-0001",)))
    reply = form_of(person("", "Damme"))
    decision = decided(reply, of, arrival=mail(at=LATE))
    assert (decision.outcome, statuses(decision)) == (Outcome.REGISTERED, [Status.REGISTERED])
    assert decision.results[0].after is not None
    assert decision.results[0].after.arrived == first


def test_an_answer_after_completion_days_counts_from_when_it_came() -> None:
    first = LATE - timedelta(days=5)
    waiting = row(status=Status.INCOMPLETE, organisation="", at=first, doubts=(missing("organisation"),))
    of = known(waiting, thread=("INS-0001",), asked=PendingQuestion(Ask.INCOMPLETE, "kis", ("INS-0001",)))
    decision = decided(form_of(person("", "Damme")), of, arrival=mail(at=LATE))
    assert (decision.outcome, kinds(decision)) == (Outcome.REVIEW, [CaseKind.LATE])


def test_the_days_to_complete_count_from_our_first_question() -> None:
    sent = LATE - timedelta(days=5)
    asked = LATE - timedelta(days=2)  # its mail had waited for the secretary
    gap = (missing("organisation"),)
    waiting = row(status=Status.INCOMPLETE, organisation="", at=sent, asked_at=asked, doubts=gap)
    of = known(waiting, thread=("INS-0001",), asked=PendingQuestion(Ask.INCOMPLETE, "kis", ("INS-0001",)))
    decision = decided(form_of(person("", "Damme")), of, arrival=mail(at=LATE))
    assert decision.outcome is Outcome.REGISTERED


@pytest.mark.parametrize("late", ["review", "refuse"])
def test_who_was_let_in_late_and_completes_what_was_asked_is_not_too_late_again(late: str) -> None:
    gap = (missing("organisation"),)
    accepted = row(status=Status.INCOMPLETE, organisation="", at=LATE, asked_at=LATE, doubts=gap)
    of = known(accepted, thread=("INS-0001",), asked=PendingQuestion(Ask.INCOMPLETE, "kis", ("INS-0001",)))
    answer = mail(at=LATE + timedelta(days=1))
    decision = decided(form_of(person("", "Damme")), of, settings(event(late=late)), answer)
    assert (decision.outcome, decision.cases) == (Outcome.REGISTERED, ())


@pytest.mark.parametrize("late", ["review", "waitlist"])
def test_who_is_let_in_late_stays_in_whatever_the_event_says_now_and_who_waits_still_waits(late: str) -> None:
    gap, ahead = (missing("organisation"),), settings(event(late="waitlist"))
    waits = decided(form_of(person("Els Maes", ""), problems=gap), config=ahead, arrival=mail(at=LATE))
    (asked,) = rows_after(waits)
    assert (asked.status, asked.found_no_place) == (Status.INCOMPLETE, True)
    question = PendingQuestion(Ask.INCOMPLETE, "kis", ("INS-0001",))
    answer = mail(at=LATE + timedelta(days=1))
    for first, status in ((asked, Status.WAITLISTED), (replace(asked, reason=""), Status.REGISTERED)):
        of = known(first, thread=("INS-0001",), asked=question)
        decision = decided(form_of(person("", "Damme")), of, settings(event(late=late)), answer)
        late_again = status is Status.WAITLISTED and late == "review"
        assert statuses(decision) == [Status.LATE if late_again else status]
        assert kinds(decision) == [CaseKind.LATE] * late_again
    decision = decided(form_of(person("", "Damme")), known(asked, thread=("INS-0001",)), ahead, answer)
    (after,) = rows_after(decision)
    assert after.reason == asked.reason, "late since their first mail, not since their answer"


def test_who_takes_the_place_of_one_who_had_found_none_waits_as_they_did() -> None:
    full = say(Says.FULL, count=1)
    waiting = row(2, Status.INCOMPLETE, " Bos", email="bos@damme.example", reason=full, asked_at=MORNING)
    wants = words(Intent.SUBSTITUTE, "Bo Claes komt in mijn plaats.", substitute=person("Bo Claes"))
    of, here = known(row(), waiting, thread=(waiting.nr,)), settings(event(capacity=1))
    decision = decided(wants, of, here, mail("bos@damme.example"))
    assert statuses(decision) == [Status.CANCELLED, Status.WAITLISTED]


def test_a_later_question_leaves_the_time_of_the_first() -> None:
    first = decided(form_of(person("Els Maes", "")))
    (result,) = first.results
    assert result.after is not None
    assert result.after.asked_at == MORNING
    of = known(
        result.after, thread=("INS-0001",), asked=PendingQuestion(Ask.INCOMPLETE, "kis", ("INS-0001",))
    )
    later = decided(form_of(person("", "", phone="050 1")), of, arrival=mail(at=MORNING + timedelta(days=1)))
    assert [one.after.asked_at for one in later.results if one.after] == [MORNING]


def test_a_plain_ja_confirms_what_was_doubted() -> None:
    doubts = (missing("organisation", Code.UNSURE),)
    of = known(
        row(status=Status.INCOMPLETE, doubts=doubts),
        asked=PendingQuestion(Ask.INCOMPLETE, "kis", ("INS-0001",)),
    )
    decision = decided(words(Intent.CONFIRM, "ja", clues=(clue(),)), of)
    assert decision.outcome is Outcome.REGISTERED
    assert decision.results[0].after is not None
    assert decision.results[0].after.doubts == ()


def test_a_yes_to_a_mail_that_asked_nothing_answers_the_question_put_elsewhere_unless_there_are_two() -> None:
    waiting = row(status=Status.INCOMPLETE, doubts=(missing("organisation", Code.UNSURE),))
    bo = replace(waiting, nr="INS-0002", answers={**waiting.answers, "first_name": "Bo"})
    one = PendingQuestion(Ask.INCOMPLETE, "kis", ("INS-0001",), elsewhere=True)
    two = PendingQuestion(Ask.INCOMPLETE, "kis", ("INS-0001", "INS-0002"), elsewhere=True, several=True)
    yes, thanks = words(Intent.CONFIRM, "ja, klopt"), words(Intent.THANKS, "dank u")
    thread = known(waiting, bo, thread=("INS-0001",), thread_event="kis")
    assert decided(yes, replace(thread, asked=one)).outcome is Outcome.REGISTERED
    unclear = decided(yes, replace(thread, asked=two))
    assert unclear.outcome is Outcome.REVIEW
    assert [one.kind for one in unclear.cases] == [CaseKind.UNCLEAR]
    for question in (one, two):  # nobody waits for more than thanks there
        assert decided(thanks, replace(thread, asked=question)).outcome is Outcome.NO_FORM


def test_an_answer_to_a_thread_already_completed_is_left_alone() -> None:
    of = known(row(), asked=PendingQuestion(Ask.INCOMPLETE, "kis", ("INS-0001",)), thread=("INS-0001",))
    assert decided(words(Intent.CONFIRM, "ja"), of).outcome is Outcome.NO_FORM


def test_a_doubted_required_answer_of_somebody_registered_keeps_place_and_value() -> None:
    doubted = (missing("organisation", Code.UNSURE),)
    decision = decided(
        form_of(person(organisation="Dame"), problems=doubted), known(row(), thread=("INS-0001",))
    )
    (result,) = decision.results
    assert decision.outcome is Outcome.INCOMPLETE
    assert result.after is not None
    assert (result.after.status, result.after.text("organisation")) == (Status.REGISTERED, "Damme")


# ---------------------------------------------------------------- late


@pytest.mark.parametrize(
    ("late", "outcome", "status"),
    [
        ("review", Outcome.REVIEW, Status.LATE),
        ("waitlist", Outcome.WAITLISTED, Status.WAITLISTED),
        ("refuse", Outcome.LATE, Status.LATE),
    ],
)
def test_late_judges_new_people_as_the_event_wants(late: str, outcome: Outcome, status: Status) -> None:
    config = settings(event(late=late))
    in_time = decided(form_of(person()), config=config, arrival=mail(at=IN_TIME))
    too_late = decided(form_of(person()), config=config, arrival=mail(at=LATE))
    assert in_time.outcome is Outcome.REGISTERED
    assert (too_late.outcome, statuses(too_late)) == (outcome, [status])
    assert "24/11/2026 om 0.00" in as_told(too_late.results[0].reason)


@pytest.mark.parametrize(
    ("submission", "outcome"),
    [
        (form_of(person(phone="050")), Outcome.CHANGED),
        (form_of(person(attends=False)), Outcome.CANCELLED),
        (words(Intent.WITHDRAW), Outcome.CANCELLED),
    ],
)
def test_known_people_change_and_withdraw_after_the_deadline(
    submission: Submission, outcome: Outcome
) -> None:
    decision = decided(submission, known(row()), settings(event(late="refuse")), mail(at=LATE))
    assert decision.outcome is outcome
    assert Note.AFTER_DEADLINE in decision.results[0].notes


def test_nothing_is_changed_once_the_event_has_begun() -> None:
    begun = mail(at=datetime(2026, 12, 3, 13, 30, tzinfo=UTC))
    assert decided(words(Intent.WITHDRAW), known(row()), arrival=begun).outcome is Outcome.REVIEW


# ---------------------------------------------------------------- places


def test_who_finds_no_place_waits_with_the_reason() -> None:
    decision = decided(form_of(person()), known(row(1, name="An Bos")), settings(event(capacity=1)))
    assert (decision.outcome, statuses(decision)) == (Outcome.WAITLISTED, [Status.WAITLISTED])
    assert "volzet" in as_told(decision.results[0].reason)


def test_the_last_place_is_not_given_twice_within_one_message() -> None:
    two = form_of(person(), person("Jan Peeters", email="jan@damme.example"))
    decision = decided(two, config=settings(event(capacity=1)))
    assert statuses(decision) == [Status.REGISTERED, Status.WAITLISTED]


def test_an_organisation_has_its_own_number_of_places() -> None:
    decision = decided(form_of(person()), known(row(1, name="An Bos")), settings(event(per_organisation=1)))
    assert decision.outcome is Outcome.WAITLISTED
    assert "bestuur" in as_told(decision.results[0].reason)


def test_a_place_that_comes_free_by_mail_goes_to_the_first_in_line() -> None:
    line = [row(n, Status.WAITLISTED, name=f"W {n}", email=f"w{n}@gent.example") for n in (2, 3)]
    decision = decided(words(Intent.WITHDRAW), known(row(), *line), settings(event(capacity=1)))
    assert statuses(decision) == [Status.CANCELLED, Status.REGISTERED]
    promoted = decision.results[1]
    assert decision.outcome is Outcome.CANCELLED
    assert promoted.after is not None
    assert promoted.after.nr == "INS-0002"
    assert Note.PROMOTED in promoted.notes


@pytest.mark.parametrize(
    "facts",
    [
        {"cancelled": True},
        {"starts": local(2026, 11, 9, 14), "ends": local(2026, 11, 9, 17)},
        {},
    ],
)
def test_nobody_is_promoted_at_a_meeting_that_is_off_over_or_replaced(facts: dict[str, object]) -> None:
    replaced = () if facts else (event(id="new", replaces="kis"),)
    config = settings(event(capacity=1, **facts), *replaced)
    going, line = row(), row(2, Status.WAITLISTED, name="W W", email="w@gent.example")
    offered = (Choice.WITHDRAW,)
    case = Case(CaseKind.UNCLEAR, "Els", "", offered, MORNING, event="kis", registration=going.nr)
    edit = Edit(EditKind.DECISION, "Te behandelen", choice=Choice.WITHDRAW)
    decision = decide_case(case, edit, known(going, line), config, MORNING)
    assert statuses(decision) == [Status.CANCELLED]


def test_a_day_before_the_start_nobody_is_promoted_without_her() -> None:
    line = row(2, Status.WAITLISTED, name="W W", email="w@gent.example")
    decision = decided(
        words(Intent.WITHDRAW), known(row(), line), settings(event(capacity=1)), mail(at=LAST_DAY)
    )
    assert statuses(decision) == [Status.CANCELLED]


def test_whom_she_keeps_waiting_is_promoted_by_nobody_and_keeps_nobody_waiting() -> None:
    kept = row(2, Status.WAITLISTED, name="W W", email="w@gent.example", reason=say(Says.PUT_TO_WAIT))
    decision = decided(words(Intent.WITHDRAW), known(row(), kept), settings(event(capacity=1)))
    assert statuses(decision) == [Status.CANCELLED]
    earlier = replace(kept, arrived=MORNING - timedelta(days=1))
    decision = decided(form_of(person()), known(earlier), settings(event(capacity=1)))
    assert decision.outcome is Outcome.REGISTERED


def test_who_waits_and_changes_something_waits_on_for_the_same_reason() -> None:
    waits = row(2, Status.WAITLISTED, reason=say(Says.FULL, count=1))
    decision = decided(form_of(person(phone="050 11 22 33")), known(row(1, name="An Bos"), waits))
    assert [result.after.reason for result in decision.results if result.after] == [waits.reason]


def test_somebody_new_does_not_pass_those_who_wait() -> None:
    earlier = MORNING - timedelta(days=1)
    line = row(1, Status.WAITLISTED, name="W W", email="w@gent.example", at=earlier)
    decision = decided(form_of(person()), known(line), settings(event(capacity=1)))
    assert decision.outcome is Outcome.WAITLISTED


# ---------------------------------------------------------------- for a person


def test_a_question_delays_nothing_and_is_passed_on_in_their_words() -> None:
    decision = decided(form_of(person(), question="Is er parking?"))
    assert decision.outcome is Outcome.REGISTERED
    assert decision.question == "Is er parking?"
    assert Note.QUESTION_PASSED_ON in decision.results[0].notes
    assert kinds(decision) == [CaseKind.QUESTION]
    assert "Is er parking?" in matter(decision.cases[0])


def test_who_thanks_and_comes_as_we_told_them_hears_nothing_more() -> None:
    hers = row()
    said = words(Intent.REGISTER, "Dank u, ik zal er zijn.", acts=(Act(ActKind.COME, agreed=True),))
    told = known(hers, thread=(hers.nr,), thread_event="kis")
    thanks = decided(replace(said, heard=(ActKind.THANKS,)), told)
    assert (thanks.outcome, thanks.cases) == (Outcome.NO_FORM, ())
    assert decided(said, told).outcome is Outcome.UNCHANGED


def test_what_stands_beside_and_asks_nothing_is_not_called_a_question() -> None:
    decision = decided(form_of(person(), question="De factuur mag naar ons.", asks_nothing=True))
    assert [case.kind for case in decision.cases] == [CaseKind.QUESTION]
    assert Note.WORDS_PASSED_ON in decision.results[0].notes


def test_who_is_late_and_asks_something_is_one_case() -> None:
    decision = decided(form_of(person(), question="Is er parking?"), arrival=mail(at=LATE))
    (case,) = decision.cases
    assert case.kind is CaseKind.LATE
    assert "Is er parking?" in matter(case)


def test_plain_thanks_are_left_alone_and_after_our_question_a_case() -> None:
    of = known(row(status=Status.INCOMPLETE), thread=("INS-0001",))
    asked = replace(of, asked=PendingQuestion(Ask.INCOMPLETE, "kis", ("INS-0001",)))
    quiet = decided(words(Intent.THANKS, "dank, tot dan"), of)
    assert (quiet.outcome, quiet.cases, quiet.answer) == (Outcome.NO_FORM, (), False)
    assert kinds(decided(words(Intent.THANKS, "dank u"), asked)) == [CaseKind.UNCLEAR]


def test_more_than_ten_people_are_review_without_rows_or_mails() -> None:
    many = form_of(*(person(f"P Naam{n}", email=f"p{n}@damme.example") for n in range(11)))
    decision = decided(many)
    assert (decision.outcome, decision.results, decision.answer) == (Outcome.REVIEW, (), False)
    assert kinds(decision) == [CaseKind.MANY_PEOPLE]
    ten = decided(replace(many, people=many.people[:10]))
    assert (ten.outcome, len(ten.results)) == (Outcome.REGISTERED, 10)


@pytest.mark.parametrize(
    "found",
    [SubmissionKind.PROTECTED, SubmissionKind.UNREADABLE, SubmissionKind.TOO_LARGE, SubmissionKind.BLANK],
)
def test_a_form_that_cannot_be_read_is_asked_again_where_it_is_meant_for_an_event(
    found: SubmissionKind,
) -> None:
    submission = Submission(
        found, unread=() if found is SubmissionKind.BLANK else (("form.docx", ParseStatus.PROTECTED),)
    )
    meant = decided(replace(submission, clues=(clue(),)))
    assert (meant.outcome, meant.asks, meant.answer) == (Outcome.INCOMPLETE, "readable", True)
    assert decided(submission, arrival=mail(subject="Ter info")).outcome is Outcome.NO_FORM
    named = decided(submission, arrival=mail(subject="Mijn inschrijving"))
    assert named.outcome is Outcome.INCOMPLETE  # one event is open


def test_a_list_of_ours_and_a_file_that_took_too_long_stand_in_one_case() -> None:
    files = {"workbooks": ("deelnemers.xlsx",), "unread": (("scan.pdf", ParseStatus.TOO_SLOW),)}
    decision = decide(mail(), form_of(person(), **files), known(), settings(), MORNING)
    (case,) = [one for one in decision.cases if one.kind is CaseKind.UNREADABLE]
    assert "deelnemers.xlsx" in matter(case)
    assert "scan.pdf" in matter(case)


# ---------------------------------------------------------------- forwards and strangers


def forwarded(at: datetime = MORNING) -> Arrival:
    return mail("partner@wvi.example", at, forwarded=mail("els@damme.example", MORNING).message)


def test_a_forwarders_mail_is_answered_to_the_inner_sender() -> None:
    config = settings(forwarders=("partner@wvi.example",))
    decision = decided(form_of(person()), config=config, arrival=forwarded())
    assert decision.outcome is Outcome.REGISTERED
    assert decision.answered_to is not None
    assert decision.answered_to.email == "els@damme.example"
    assert decision.results[0].after is not None
    assert decision.results[0].after.text("email") == "els@damme.example"


def test_a_forward_after_the_deadline_is_review_with_the_inner_date() -> None:
    config = settings(event(late="refuse"), forwarders=("partner@wvi.example",))
    decision = decided(form_of(person()), config=config, arrival=forwarded(LATE))
    assert (decision.outcome, kinds(decision)) == (Outcome.REVIEW, [CaseKind.FORWARDED])
    assert "10/11/2026 om 10.00 uur" in matter(decision.cases[0])


def test_a_mail_passed_on_in_words_has_the_hour_that_stands_in_it() -> None:
    config = settings(event(), forwarders=("partner@wvi.example",))
    passed_on = forwarded(LATE)
    inner = passed_on.message.forwarded
    assert inner is not None
    in_words = replace(passed_on, message=replace(passed_on.message, forwarded=replace(inner, message_id="")))
    (case,) = decided(form_of(person()), config=config, arrival=in_words).cases
    assert "De mail erin is van 10/11/2026 om 9.00 uur." in matter(case)


def test_another_address_takes_the_mark_of_a_returned_mail_away() -> None:
    returned = row(bounced=True)
    (same,) = decided(form_of(person(phone="050")), known(returned)).results
    (another,) = decided(
        form_of(person(email="e.maes@damme.example")), known(returned, thread=(returned.nr,))
    ).results
    assert (same.after and same.after.bounced, another.after and another.after.bounced) == (True, False)


@pytest.mark.parametrize(
    ("sender", "related"),
    [
        ("els@damme.example", True),
        ("collega@damme.example", True),  # the organisation's domain
        ("els@gmail.com", False),
        ("iemand@gent.example", False),
    ],
)
def test_only_who_has_to_do_with_a_registration_changes_it(sender: str, related: bool) -> None:
    decision = decided(form_of(person(attends=False)), known(row()), arrival=mail(sender))
    assert (CaseKind.UNRELATED in kinds(decision)) is not related
    assert (decision.outcome is Outcome.CANCELLED) is related


# ---------------------------------------------------------------- her corrections


def test_a_mail_that_contradicts_her_correction_does_not_overwrite_it() -> None:
    hers = row(answers={"phone": "050 11"}, by_hand=frozenset({"phone"}))
    decision = decided(form_of(person(phone="0478", role="Schepen")), known(hers))
    (result,) = decision.results
    assert result.after is not None
    assert (result.after.text("phone"), result.after.text("role")) == ("050 11", "Schepen")
    assert kinds(decision) == [CaseKind.CONTRADICTION]
    assert decision.cases[0].choices[:2] == (Choice.TAKE_NEW, Choice.KEEP_CURRENT)
    assert "050 11" in matter(decision.cases[0])
    assert "0478" in matter(decision.cases[0])
    assert Note.LOOKED_AT in result.notes


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.EXCUSED])
def test_who_she_took_off_by_hand_and_says_so_too_agrees_with_her(status: Status) -> None:
    hers = row(status=status, by_hand=frozenset({"status"}))
    in_words = decided(words(Intent.WITHDRAW, "Ik kan niet komen."), known(hers, thread=(hers.nr,)))
    on_the_form = decided(form_of(person(attends=False)), known(hers))
    assert (in_words.outcome, kinds(in_words)) == (Outcome.UNCHANGED, [])
    assert (on_the_form.outcome, kinds(on_the_form)) == (Outcome.UNCHANGED, [])


def test_a_form_of_somebody_she_withdrew_by_hand_is_her_decision() -> None:
    hers = row(status=Status.CANCELLED, by_hand=frozenset({"status"}))
    decision = decided(form_of(person()), known(hers))
    assert (decision.outcome, kinds(decision)) == (Outcome.REVIEW, [CaseKind.CONTRADICTION])


def test_an_excuse_in_other_words_under_a_reminder_of_ours_is_for_a_person() -> None:
    excuse = words(Intent.MAYBE_WITHDRAW, "Stad Brugge laat zich verontschuldigen.")
    assert decided(excuse, known(thread_event="kis")).outcome is Outcome.REVIEW
    assert decided(excuse).outcome is Outcome.REVIEW


def test_the_answer_to_a_question_of_hers_is_hers_to_read() -> None:
    asked = known(row(), thread=("INS-0001",), asked=PendingQuestion(Ask.REMARK, "kis", ("INS-0001",)))
    decision = decided(words(Intent.REPLY, "Met de auto."), asked)
    assert decision.outcome is Outcome.REVIEW
    assert [matter(case) for case in decision.cases] == ['Antwoord op uw vraag: "Met de auto."']


@pytest.mark.parametrize("of_before", [False, True])
def test_the_answer_to_a_question_of_hers_closes_the_case_that_she_asked_about(of_before: bool) -> None:
    case = Case(
        CaseKind.LATE, "Els Maes", "Na de deadline.", (Choice.ACCEPT, Choice.REFUSE, Choice.ASK), MORNING,
        event="kis", registration="INS-0001", message=3, id=7, key="late:INS-0001",
    )  # fmt: skip
    edit = Edit(EditKind.DECISION, "rij 2", case=7, choice=Choice.ASK, remark="Komt u met de auto?")
    asking = decide_case(case, edit, known(row()), settings(), MORNING, mail())
    (waiting,) = asking.cases
    if of_before:  # a former mailbot kept no more than that she asked
        waiting = replace(waiting, payload={ASKED: "ja"})
    another = replace(waiting, id=9, payload={ASKED: "6"})
    of = known(
        row(),
        thread=("INS-0001",),
        asked=PendingQuestion(Ask.REMARK, "kis", ("INS-0001",), case=0 if of_before else 7),
        open_cases=(replace(waiting, id=8), another),
    )
    decision = decided(words(Intent.REPLY, "Met de trein."), of)
    assert (decision.outcome, decision.closes, kinds(decision)) == (Outcome.REVIEW, (8,), [CaseKind.LATE])
    (again,) = decision.cases
    assert matter(again).endswith(
        'Nagevraagd op 10 november: "Komt u met de auto?" Antwoord: "Met de trein."'
    )
    assert (again.choices, again.message) == (case.choices, case.message)  # decided once, with all of it


def test_an_answer_to_her_that_is_carried_out_stands_in_her_row_too() -> None:
    waiting = Case(
        CaseKind.UNCLEAR, "Els Maes", "Weet het nog niet.", (Choice.REGISTER, Choice.DONE), MORNING,
        event="kis", message=3, id=8, payload={ASKED: "7"}, key="unclear:3:",
    )  # fmt: skip
    asked = PendingQuestion(Ask.REMARK, "kis", case=7)
    of = known(asked=asked, thread_event="kis", open_cases=(waiting,))
    decision = decided(words(Intent.REGISTER, "Ja, ik kom."), of)
    assert [result.after.status for result in decision.results if result.after] == [Status.INCOMPLETE]
    assert decision.closes == (8,)
    assert [matter(case) for case in decision.cases] == [
        'Weet het nog niet. Antwoord: "Ja, ik kom." Dat is uitgevoerd (Damme: Onvolledig). '
        "Is er verder niets te doen, kies dan afgehandeld."
    ]


@pytest.mark.parametrize("registered", [True, False])
def test_who_is_said_to_come_beside_who_does_not_must_be_known_to_come(registered: bool) -> None:
    els = row(status=Status.REGISTERED if registered else Status.CANCELLED)
    jan = row(2, name="Jan Claes", email="jan@damme.example")
    said = replace(words(Intent.WITHDRAW, "Jan meldt zich af, Els komt wel.", "Jan"), staying=("Els",))
    decision = decided(said, known(els, jan, thread=("INS-0001", "INS-0002")))
    assert decision.outcome is (Outcome.CANCELLED if registered else Outcome.REVIEW)


def test_another_first_name_in_words_makes_no_second_participant() -> None:
    said = form_of(Person({"first_name": Answer("Marc", Location().at(Unit.ANSWER))}))
    of = known(row(), thread=("INS-0001",), asked=PendingQuestion(Ask.TOLD, "kis", ("INS-0001",)))
    assert kinds(decided(said, of)) == [CaseKind.SAME_PERSON]


def test_time_to_complete_counts_from_the_first_question_and_later_ones_do_not_prolong_it() -> None:
    first = LATE - timedelta(days=2)
    asked = PendingQuestion(Ask.INCOMPLETE, "kis", ("INS-0001",))
    begun = decided(
        form_of(person(organisation=""), problems=(missing("organisation"),)), arrival=mail(at=first)
    )
    waiting = begun.results[0].after
    assert waiting is not None
    doubted = form_of(person("", "Dame"), problems=(missing("organisation", Code.UNSURE),))
    again = decided(doubted, known(waiting, thread=("INS-0001",), asked=asked), arrival=mail(at=LATE))
    still = again.results[0].after
    assert still is not None
    assert (still.status, still.arrived) == (Status.INCOMPLETE, first)
    answer = mail(at=first + timedelta(days=3, seconds=1))  # within three days of the second question alone
    last = decided(
        form_of(person("", "Damme")), known(still, thread=("INS-0001",), asked=asked), arrival=answer
    )
    assert (last.outcome, kinds(last)) == (Outcome.REVIEW, [CaseKind.LATE])


def test_the_form_of_somebody_she_typed_in_without_an_address_is_theirs() -> None:
    phoned = row(email="", sender="secretariaat", by_hand=frozenset({"last_name", "first_name"}))
    private = mail("els@elders.example")
    form = decided(form_of(person(role="Burgemeester")), known(phoned), arrival=private)
    assert (form.outcome, kinds(form)) == (Outcome.CHANGED, [])
    withdrawal = words(Intent.WITHDRAW, "Schrijf Els Maes uit.", "Els Maes")
    in_words = decided(withdrawal, known(phoned), arrival=private)
    assert (in_words.outcome, kinds(in_words)) == (Outcome.REVIEW, [CaseKind.UNRELATED])


def test_the_secretariats_own_address_in_a_form_gives_way_to_the_senders() -> None:
    (result,) = decided(form_of(person(email="in@post.example"))).results
    assert result.after is not None
    assert result.after.text("email") == "els@damme.example"
    assert Note.EMAIL_OF_SENDER in result.notes


def test_an_address_taken_from_the_sender_is_known_as_such_until_another_is_given() -> None:
    (result,) = decided(form_of(person())).results
    assert result.after is not None
    assert result.after.email_of_sender
    changed = form_of(person(email="e.maes@damme.example"))
    (again,) = decided(changed, known(result.after, thread=(result.after.nr,))).results
    assert again.after is not None
    assert not again.after.email_of_sender


def test_a_withdrawal_by_somebody_whom_a_colleague_registered_is_known_by_name() -> None:
    colleague = row(email="an@damme.example")
    decision = decided(words(Intent.WITHDRAW), known(colleague), arrival=mail(name="Els Maes"))
    assert (decision.outcome, statuses(decision)) == (Outcome.CANCELLED, [Status.CANCELLED])


# ---------------------------------------------------------------- put on the list in words


def put_on_the_list(*people: Person) -> Submission:
    doubts = tuple(Problem(n, "last_name", Code.UNSURE, Reason.CONFIRM) for n in range(len(people)))
    return words(Intent.REGISTER, "Wij komen.", clues=(clue(),), told=people, told_doubts=doubts)


def test_people_named_in_words_are_incomplete_until_the_sender_says_that_it_is_right() -> None:
    decision = decided(put_on_the_list(person("Jan Peeters"), person("An Smet")))
    assert decision.outcome is Outcome.INCOMPLETE
    assert statuses(decision) == [Status.INCOMPLETE, Status.INCOMPLETE]
    assert [r.after.text("last_name") for r in decision.results if r.after] == ["Peeters", "Smet"]


def test_who_is_on_the_list_already_is_not_put_there_again_by_words() -> None:
    decision = decided(put_on_the_list(person("Els Maes"), person("An Smet")), known(row()))
    assert [r.after.text("last_name") for r in decision.results if r.after] == ["Smet"]


def test_ik_kom_graag_of_who_is_registered_changes_nothing() -> None:
    decision = decided(put_on_the_list(person("Els Maes", email="els@damme.example")), known(row()))
    assert decision.outcome is Outcome.UNCHANGED


def test_more_people_in_words_than_one_mail_may_register_are_for_a_person() -> None:
    crowd = (person(f"An {letter}maes") for letter in "ABCDEFGHIJKL")
    assert kinds(decided(put_on_the_list(*crowd))) == [CaseKind.MANY_PEOPLE]


def _reply(partstat: str, text: str = "", sender: str = "els@damme.example", **more: str) -> Arrival:
    attendee = more.pop("attendee", "els@damme.example")
    reply = CalendarReply("uid-1", attendee, partstat, words=text, **more)
    return mail(sender, calendar_reply=reply)


def _answered(
    intent: Intent, arrival: Arrival, status: Status = Status.REGISTERED, **more: object
) -> Decision:
    assert arrival.message.calendar_reply is not None
    said = words(intent, arrival.message.calendar_reply.words, **more)
    return decided(said, invited(row(status=status)), arrival=arrival)


def test_a_colleague_to_whom_an_invitation_was_passed_on_withdraws_nobody() -> None:
    passed_on = _reply("DECLINED", sender="piet@damme.example", attendee="piet@damme.example")
    decision = _answered(Intent.NONE, passed_on)
    assert (decision.outcome, statuses(decision), kinds(decision)) == (
        Outcome.REVIEW,
        [],
        [CaseKind.UNRELATED],
    )
    assert "piet@damme.example" in matter(decision.cases[0])
    assert "Els Maes" in matter(decision.cases[0])


def test_in_the_name_of_the_invited_only_who_answers_for_them_withdraws() -> None:
    for_her = {"attendee": "els@damme.example", "sender": "secretaris@damme.example"}
    named = _answered(Intent.NONE, _reply("DECLINED", sent_by="secretaris@damme.example", **for_her))
    unnamed = _answered(Intent.NONE, _reply("DECLINED", **for_her))
    stranger = {"attendee": "els@damme.example", "sender": "x@gmail.com", "sent_by": "x@gmail.com"}
    assert named.outcome is Outcome.CANCELLED
    assert unnamed.outcome is Outcome.REVIEW
    assert _answered(Intent.NONE, _reply("DECLINED", **stranger)).outcome is Outcome.REVIEW


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE", "DECLINED", "DELEGATED", "COUNTER"])
def test_what_is_written_with_a_calendar_answer_reaches_the_secretary(partstat: str) -> None:
    decision = _answered(Intent.REPLY, _reply(partstat, "Ik zit in een rolstoel."))
    assert "Ik zit in een rolstoel." in matter(decision.cases[0])
    assert not decision.answer


def test_who_proposes_another_moment_is_a_case_without_a_word_of_theirs() -> None:
    decision = _answered(Intent.NONE, _reply("COUNTER"))
    assert (decision.outcome, statuses(decision)) == (Outcome.REVIEW, [])
    assert "ander moment" in matter(decision.cases[0])


def test_thanks_with_an_accepted_invitation_are_nothing() -> None:
    decision = _answered(Intent.THANKS, _reply("ACCEPTED", "Bedankt!"))
    assert (decision.outcome, decision.cases) == (Outcome.AUTOMATIC, ())


def test_a_substitute_named_with_a_decline_takes_the_place() -> None:
    text = "Piet Verbeke komt in mijn plaats."
    decision = _answered(Intent.SUBSTITUTE, _reply("DECLINED", text), substitute=person("Piet Verbeke"))
    assert [result.outcome for result in decision.results] == [Outcome.SUBSTITUTED, Outcome.REGISTERED]


@pytest.mark.parametrize("sign", [MachineSign.NONE, MachineSign.AUTO_REPLY])
def test_a_decline_that_sends_a_colleague_half_understood_keeps_the_place_until_she_gives_it(
    sign: MachineSign,
) -> None:
    text = "Helaas, ik stuur mijn collega Jan De Smet (jan.desmet@damme.example)"
    arrival, here = _reply("DECLINED", text), invited()
    arrival = replace(arrival, message=replace(arrival.message, automatic=sign))
    comes = person("Jan De Smet", email="jan.desmet@damme.example")
    act = Act(ActKind.SUBSTITUTE, people=("Jan De Smet",), of_self=True)
    submission = words(Intent.UNCLEAR, text, substitute=comes, acts=(act,))
    decision = decided(submission, here, arrival=arrival)
    assert (decision.outcome, statuses(decision), kinds(decision)) == (
        Outcome.REVIEW,
        [],
        [CaseKind.UNCLEAR],
    )
    case = replace(decision.cases[0], id=7)
    assert {Choice.REPLACES, Choice.ANSWER, Choice.ASK} <= set(case.choices)
    edit = Edit(EditKind.DECISION, "rij 2", case=7, choice=Choice.REPLACES, nr="INS-0001")
    done = decide_case(case, edit, here, settings(), MORNING, arrival, submission)
    assert [result.outcome for result in done.results] == [Outcome.SUBSTITUTED, Outcome.REGISTERED]


def test_a_decline_whose_words_say_that_they_come_is_for_a_person() -> None:
    decision = _answered(Intent.RESTORE, _reply("DECLINED", "Ik kom toch!"))
    assert (decision.outcome, statuses(decision)) == (Outcome.REVIEW, [])


def test_who_passes_an_invitation_on_is_a_case_that_names_both() -> None:
    decision = _answered(Intent.NONE, _reply("DELEGATED", delegated_to="piet@damme.example"))
    assert "els@damme.example gaf" in matter(decision.cases[0])
    assert "piet@damme.example" in matter(decision.cases[0])


def test_two_people_of_one_name_with_addresses_of_their_own_are_two() -> None:
    one, other = (person(email=f"{who}@damme.example") for who in ("els", "els.maes"))
    decision = decided(form_of(one, other))
    assert len(decision.results) == 2
    (alone,) = decided(form_of(one, replace(one))).results
    assert alone.after


def test_who_is_read_again_by_a_mended_form_keeps_the_number_of_their_name() -> None:
    def numbers(first: str, *people: str) -> list[str | None]:
        names = (first, "Jan Claes")
        rows = (row(n, Status.INCOMPLETE, name, email="", message=1) for n, name in enumerate(names, start=1))
        return [
            one.after and one.after.nr for one in decided(form_of(*map(person, people)), known(*rows)).results
        ]

    assert numbers("Els Maes", "Jan Claes", "Els Maes") == ["INS-0002", "INS-0001"]
    assert numbers("Voertuig 7", "Jan Claes", "Els Maes") == ["INS-0002", "INS-0001"]
    assert numbers("Voertuig 7", "Els Maes", "Jan Claes") == ["INS-0001", "INS-0002"]


def test_mails_that_say_other_things_of_a_registration_are_other_cases() -> None:
    hers = known(row(answers={**row().answers, "phone": "050 11 11 11"}, by_hand=frozenset({"phone"})))

    def key(phone: str) -> str:
        said = form_of(person(email="els@damme.example", phone=phone))
        (case,) = decided(said, hers).cases
        assert case.kind is CaseKind.CONTRADICTION
        return case.key

    assert key("0478 11 22 33") == key("0478 11 22 33")
    assert key("0478 11 22 33") != key("0478 99 99 99")


def test_two_strangers_who_say_the_same_of_a_registration_are_two_cases() -> None:
    def key(sender: str) -> str:
        said = form_of(person(email="els@damme.example", phone="0478 11 22 33"))
        (case,) = decided(said, known(row()), arrival=mail(sender)).cases
        assert case.kind is CaseKind.UNRELATED
        return case.key

    assert key("an@elders.example") == key("an@elders.example")
    assert key("an@elders.example") != key("bo@elders.example")


@pytest.mark.parametrize(
    ("said", "by_hand", "after"),
    [
        ("Brugge", frozenset({"organisation"}), ("Damme", "Damme")),
        ("Vzw Zonder", frozenset(), ("Vzw Zonder", "")),
        ("Brugge", frozenset(), ("Brugge", "Brugge")),
    ],
    ids=["hers wins", "one that is not known", "another that is known"],
)
def test_an_organisation_is_known_as_what_the_row_says(
    said: str, by_hand: frozenset[str], after: tuple[str, str]
) -> None:
    submission = form_of(person(organisation=said, email="els@damme.example"))
    (result,) = decided(submission, known(row(by_hand=by_hand))).results
    assert result.after is not None
    assert (result.after.text("organisation"), result.after.organisation_known) == after


def _of_another(kind: ActKind, who: Who, **more: object) -> Act:
    return replace(Act(kind, who, agreed=True, pointed=who is Who.COLLEAGUE), **more)  # type: ignore[arg-type]


_MAYOR = row(name="Els Maes", email="els@damme.example", answers={"role": "Burgemeester"})


@pytest.mark.parametrize("who", [Who.MAYOR, Who.COLLEAGUE])
def test_who_is_not_named_is_whom_the_mail_that_is_answered_is_about(who: Who) -> None:
    away = words(Intent.MAYBE_WITHDRAW, "Zij komt niet.", acts=(_of_another(ActKind.NOT_COME, who),))
    of = known(_MAYOR, thread=("INS-0001",))
    decision = decided(away, of, arrival=mail("an@damme.example", name="An Claes"))
    assert (decision.outcome, statuses(decision)) == (Outcome.CANCELLED, [Status.CANCELLED])


@pytest.mark.parametrize(
    ("act", "rows"),
    [
        (_of_another(ActKind.NOT_COME, Who.COLLEAGUE, pointed=False), (_MAYOR,)),  # "mijn collega"
        (_of_another(ActKind.NOT_COME, Who.COLLEAGUE, agreed=False), (_MAYOR,)),
        (_of_another(ActKind.NOT_COME, Who.MAYOR), (row(answers={"role": "Schepen"}),)),
        (_of_another(ActKind.NOT_COME, Who.COLLEAGUE), (_MAYOR, row(2, name="Jan Peeters"))),
    ],
)
def test_who_is_not_named_and_may_be_another_is_for_a_person(
    act: Act, rows: tuple[Registration, ...]
) -> None:
    away = words(Intent.MAYBE_WITHDRAW, "Zij komt niet.", acts=(act,))
    of = known(*rows, thread=tuple(one.nr for one in rows))
    decision = decided(away, of, arrival=mail("an@damme.example", name="An Claes"))
    assert decision.outcome is Outcome.REVIEW


def test_a_he_of_the_writers_own_mail_is_somebody_else() -> None:
    away = words(
        Intent.MAYBE_WITHDRAW, "Hij komt niet.", acts=(_of_another(ActKind.NOT_COME, Who.COLLEAGUE),)
    )
    decision = decided(away, known(_MAYOR, thread=("INS-0001",)), arrival=mail(name="Els Maes"))
    assert decision.outcome is Outcome.REVIEW


# ---------------------------------------------------------------- coming back, and the waiting list

Back = Callable[[Registration, Registration, Event], Decision]


def by_an_answer(excused: Registration, waiting: Registration, at: Event) -> Decision:
    asked = PendingQuestion(Ask.NEW_DATE, "kis", (excused.nr,))
    of = known(row(3, name="An Joris"), excused, waiting, thread=(excused.nr,), asked=asked)
    arrival = mail(at=MORNING + timedelta(hours=2))
    return decided(words(Intent.RESTORE, "Dan kan ik wel."), of, settings(at), arrival)


def by_her_hand(excused: Registration, waiting: Registration, at: Event) -> Decision:
    edit = Edit(EditKind.CELL, "Deelnemers, rij 2", nr=excused.nr, key="status", new="Wachtlijst")
    of, now = known(row(3, name="An Joris"), excused, waiting), MORNING + timedelta(hours=2)
    return decide_edit(edit, of, settings(at), now)


def by_her_decision(excused: Registration, waiting: Registration, at: Event) -> Decision:
    case = Case(
        CaseKind.UNCLEAR, "Els Maes", "?", (Choice.REGISTER,), MORNING, "kis", registration=excused.nr, id=7
    )
    edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=Choice.REGISTER)
    of, now = known(row(3, name="An Joris"), excused, waiting), MORNING + timedelta(hours=2)
    return decide_case(case, edit, of, settings(at), now)


@pytest.mark.parametrize("comes_back", [by_an_answer, by_her_hand, by_her_decision])
@pytest.mark.parametrize("status", [Status.EXCUSED, Status.CANCELLED])
def test_who_comes_back_stands_behind_those_who_wait(comes_back: Back, status: Status) -> None:
    waiting = row(
        2,
        name="Tom Aerts",
        email="tom@damme.example",
        status=Status.WAITLISTED,
        at=MORNING + timedelta(hours=1),
    )
    waiting = replace(waiting, reason=say(Says.FULL, count=1))
    (result,) = comes_back(row(status=status, answers={"attends": False}), waiting, event(capacity=1)).results
    assert result.after is not None
    assert result.after.status is Status.WAITLISTED
    assert waiting_list((result.after, waiting)) == (waiting, result.after)


@pytest.mark.parametrize("comes_back", [by_an_answer, by_her_decision])
def test_who_comes_back_does_not_take_the_place_of_who_waited_since_the_deadline(
    comes_back: Back,
) -> None:
    raised = event(capacity=2)  # since, and not yet given
    waiting = row(2, name="Tom Aerts", email="tom@damme.example", status=Status.WAITLISTED)
    waiting = replace(waiting, reason=say(Says.FULL, count=1), after_deadline=True)
    (result,) = comes_back(row(status=Status.EXCUSED, answers={"attends": False}), waiting, raised).results
    assert result.after is not None
    assert (result.after.status, result.after.reason) == (Status.WAITLISTED, say(Says.ONE_BEFORE))
