"""A row that she types is treated as a mail is: nobody sits twice, and nobody vanishes by a guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.decision import decide, decide_case, decide_edit
from mailbot.decision.typed_rows import completed
from mailbot.decision.undo import undone
from mailbot.domain.case import Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import Decision
from mailbot.domain.form import FieldKind
from mailbot.domain.registration import Registration, Removal, Status
from mailbot.domain.settled import SettledCase, Settlement
from mailbot.domain.submission import Intent, Value
from mailbot.wording import matter, what_was_done

from .building import MORNING, clue, event, form_of, known, mail, person, row, settings, words

LATER = MORNING + timedelta(hours=1)


def typed(of: Registration, **answers: Value) -> Decision:
    edit = Edit(EditKind.NEW_ROW, "Deelnemers, rij 9", row=answers, event="kis")
    return decide_edit(edit, known(of, next_nr=8), settings(event()), LATER)


def case_of(decision: Decision) -> Case:
    (case,) = decision.cases
    assert not decision.results
    return replace(case, id=5)


def told(of: Registration) -> dict[str, Value]:
    return {key: of.text(key) for key in ("last_name", "first_name", "organisation", "email")}


def test_the_status_of_a_row_typed_in_counts_for_the_person_it_turns_out_to_be() -> None:
    here = row()
    case = case_of(typed(here, **told(here), status="Verontschuldigd"))
    edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=5, choice=Choice.SAME)
    (same,) = decide_case(case, edit, known(here, next_nr=8), settings(event()), LATER).results
    other = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=5, choice=Choice.OTHER)
    (new,) = decide_case(case, other, known(here, next_nr=8), settings(event()), LATER).results
    assert same.after and new.after
    assert (same.after.nr, same.after.status) == (here.nr, Status.EXCUSED)
    assert (new.after.nr, new.after.status) == ("INS-0008", Status.EXCUSED)


@pytest.mark.parametrize("left_out", ["", "email"])
@pytest.mark.parametrize("status", [Status.REGISTERED, Status.CANCELLED, Status.WAITLISTED])
def test_who_is_in_the_list_already_is_a_case_and_no_second_seat(left_out: str, status: Status) -> None:
    here = replace(row(), status=status)
    answers = {key: value for key, value in told(here).items() if key != left_out}
    case = case_of(typed(here, **answers))
    assert case.kind is CaseKind.SAME_PERSON
    assert case.choices[0] is Choice.SAME
    assert here.nr in matter(case) and status.value in matter(case)


def test_the_same_name_at_another_organisation_is_somebody_else() -> None:
    here = row()
    answers = {**told(here), "organisation": "Ieper", "email": "ander@ieper.example"}
    assert len(typed(here, **answers).results) == 1


def test_what_can_be_no_address_makes_one_person_of_no_two() -> None:
    here = replace(row(name="Jo Maes"), answers={**row(name="Jo Maes").answers, "email": "jo@"})
    answers = {"last_name": "Maas", "first_name": "Jo", "organisation": "Ieper", "email": "jo@"}
    decision = typed(here, **answers)
    assert len(decision.results) == 1
    assert [case.kind for case in decision.cases] == [CaseKind.DOUBT]
    (asked,) = typed(here, **{**answers, "last_name": "Maes", "organisation": "Damme"}).cases
    assert asked.kind is CaseKind.SAME_PERSON


def test_an_address_in_a_row_that_she_typed_is_one_that_nobody_wrote_from() -> None:
    (result,) = typed(row(event="other"), **told(row())).results
    assert result.after
    assert result.after.unanswered


def test_who_is_registered_for_another_event_is_new_at_this_one() -> None:
    here = row(event="other")
    assert len(typed(here, **told(here)).results) == 1


def test_the_same_person_gets_what_she_typed_and_comes_after_all() -> None:
    here = replace(row(), status=Status.CANCELLED)
    case = case_of(typed(here, **told(here), phone="050 11 22 33"))
    edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=5, choice=Choice.SAME)
    decision = decide_case(case, edit, known(here, next_nr=8), settings(event()), LATER)
    (result,) = decision.results
    assert result.after
    assert (result.after.nr, result.after.status) == (here.nr, Status.REGISTERED)
    assert result.after.text("phone") == "050 11 22 33"
    assert not decision.answer
    assert 5 in decision.closes


@pytest.mark.parametrize(("organisation", "known_as"), [("Vzw De Bron", ""), ("Gent", "Gent"), ("", "Damme")])
def test_an_organisation_typed_once_more_is_known_as_what_it_says(organisation: str, known_as: str) -> None:
    here = row()
    case = case_of(typed(here, **{**told(here), "organisation": organisation}))
    edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=5, choice=Choice.SAME)
    (result,) = decide_case(case, edit, known(here, next_nr=8), settings(event()), LATER).results
    assert result.after
    assert result.after.organisation_known == known_as


def test_another_person_is_a_registration_of_its_own() -> None:
    here = row()
    case = case_of(typed(here, **told(here)))
    edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=5, choice=Choice.OTHER)
    (result,) = decide_case(case, edit, known(here, next_nr=8), settings(event()), LATER).results
    assert result.before is None
    assert result.after
    assert result.after.nr == "INS-0008"


def test_a_deleted_double_is_in_no_list_and_any_other_is_her_withdrawal() -> None:
    one, other = row(), replace(row(), nr="INS-0002")
    gone = Edit(EditKind.DELETED_ROW, "Deelnemers", nr="INS-0002")
    (double,) = decide_edit(gone, known(one, other), settings(event()), LATER).results
    assert double.after
    assert (double.after.removed, double.after.is_struck) == (Removal.DOUBLE, True)
    (single,) = decide_edit(gone, known(other), settings(event()), LATER).results
    assert single.after
    assert single.after.removed is Removal.BY_HAND
    back = Edit(EditKind.NEW_ROW, "Deelnemers, rij 3", nr="INS-0002")
    (again,) = decide_edit(back, known(single.after), settings(event()), LATER).results
    assert again.after
    assert (again.after.status, again.after.is_struck) == (Status.REGISTERED, False)


def test_who_was_deleted_and_put_back_by_undo_withdraws_like_anybody() -> None:
    one = row()
    gone = Edit(EditKind.DELETED_ROW, "Deelnemers", nr=one.nr)
    (deleted,) = decide_edit(gone, known(one), settings(event()), LATER).results
    assert deleted.before == one
    assert deleted.after
    undo = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=Choice.UNDO)
    case = Case(CaseKind.REMOVED, "Els Maes", "", (Choice.UNDO,), LATER, "kis", id=7)
    held = SettledCase(case, LATER, Settlement(Choice.UNDO, before=(deleted.before,), after=(deleted.after,)))
    (back,) = undone(held, undo, known(deleted.after), settings(), LATER).results
    assert back.after
    assert (back.after.status, back.after.removed) == (Status.REGISTERED, None)


@pytest.mark.parametrize("removed", Removal)
def test_who_stands_in_the_list_again_withdraws_by_mail_like_anybody(removed: Removal) -> None:
    """A ledger of before may hold such a row: registered, and still with why it was once taken out."""
    back = replace(row(), removed=removed)
    leaving = words(Intent.WITHDRAW, clues=(clue(),))
    (result,) = decide(mail(), leaving, known(back), settings(event()), LATER).results
    assert result.after
    assert (result.after.status, result.after.has_withdrawn) == (Status.CANCELLED, True)


def test_a_row_typed_in_is_told_once_its_person_was_answered() -> None:
    typed_in = typed(row(9, name="An Bos", email="an@damme.example"), **told(row())).results[0].after
    assert typed_in and typed_in.is_untold
    form = form_of(person(email="els@damme.example", role="schepen"))
    decision = decide(mail(name="Els Maes"), form, known(typed_in), settings(event()), LATER)
    (changed,) = decision.results
    assert changed.after and not changed.after.is_untold
    by_rita = decide(mail("rita@damme.example"), form, known(typed_in), settings(event()), LATER)
    assert all(one.after is None or one.after.is_untold for one in by_rita.results)


def test_the_same_body_in_other_words_leaves_what_somebody_wrote() -> None:
    before = replace(row(organisation="Gemeente Jabbeke"), organisation_known="Jabbeke")
    form = settings().form_of(event())
    assert form is not None
    body = form.of_kind(FieldKind.ORGANISATION)[0].key
    after, changes = completed(before, {body: "Jabbeke", "role": "schepen"}, "Jabbeke", None, form, MORNING)
    assert (after.text(body), after.text("role")) == ("Gemeente Jabbeke", "schepen")
    assert [one.key for one in changes] == ["role"]
    after, _ = completed(before, {body: "Damme"}, "Damme", None, form, MORNING)
    assert after.text(body) == "Damme"


def same(case: Case, here: Registration) -> Decision:
    edit = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=5, choice=Choice.SAME)
    return decide_case(case, edit, known(here, next_nr=8), settings(event()), LATER + timedelta(hours=1))


def test_the_case_and_the_log_tell_what_a_row_typed_once_more_changes() -> None:
    here = row(answers={"role": "schepen", "phone": "050 11 22 33"})
    case = case_of(typed(here, **{**told(here), "role": "burgemeester", "phone": ""}))
    assert "Functie: schepen → burgemeester" in matter(case)
    assert "050" not in matter(case)
    decision = same(case, here)
    (result,) = decision.results
    assert result.after
    assert (result.after.text("role"), result.after.text("phone")) == ("burgemeester", "050 11 22 33")
    assert any("schepen → burgemeester" in what_was_done(line) for line in decision.log)


def test_what_came_in_after_she_typed_a_row_once_more_is_newer_than_that() -> None:
    here = row(answers={"role": "schepen"})
    case = case_of(typed(here, **told(here), role="burgemeester", phone="050 11 22 33"))
    since = replace(here, answers={**here.answers, "role": "raadslid"}, changed=LATER + timedelta(minutes=1))
    (result,) = same(case, since).results
    assert result.after
    assert (result.after.text("role"), result.after.text("phone")) == ("raadslid", "050 11 22 33")


@pytest.mark.parametrize("status", ["", "Ingeschreven"])
def test_who_left_after_she_typed_them_once_more_stays_out(status: str) -> None:
    here = row()
    case = case_of(typed(here, **told(here), phone="050 11 22 33", status=status))
    left = replace(here, status=Status.CANCELLED, changed=LATER + timedelta(minutes=1))
    (result,) = same(case, left).results
    assert result.after
    assert (result.after.status, result.after.text("phone")) == (Status.CANCELLED, "050 11 22 33")
