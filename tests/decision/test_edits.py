"""What the secretary types wins, and mails nobody unless she says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.decision import decide_edit
from mailbot.domain.case import CaseKind, Edit, EditKind
from mailbot.domain.decision import Decision, DecisionContext, Outcome
from mailbot.domain.doubt import Reason
from mailbot.domain.form import ATTENDS
from mailbot.domain.registration import STATUS, Change, Registration, Status
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Code, Problem, Value
from mailbot.notifications import compose
from mailbot.wording import as_told, matter, what_was_done

from .building import MORNING, event, known, row, settings

LATER = MORNING + timedelta(hours=1)


def cell(key: str, new: Value | None, nr: str = "INS-0001") -> Edit:
    return Edit(EditKind.CELL, "Deelnemers, rij 2", nr=nr, key=key, new=new)


def edited(edit: Edit, of: DecisionContext) -> Decision:
    decision = decide_edit(edit, of, settings(event(capacity=1)), LATER)
    if edit.kind is not EditKind.CONFIRM:
        assert not decision.answer
        assert not any(result.mail for result in decision.results)
    return decision


def only(decision: Decision) -> Registration:
    (result,) = decision.results
    assert result.after is not None
    return result.after


def test_a_correction_is_taken_over_and_marked_as_hers() -> None:
    decision = edited(cell("phone", "050"), known(row()))
    after = only(decision)
    assert (after.text("phone"), after.by_hand, after.changed) == ("050", frozenset({"phone"}), LATER)
    (line,) = decision.log
    assert (line.who, as_told(line.what)) == ("secretariaat", "Telefoon/gsm: leeg → 050")


@pytest.mark.parametrize("emptied", [None, ""])
def test_an_emptied_cell_is_empty(emptied: str | None) -> None:
    after = only(edited(cell("diet", emptied), known(row(answers={"diet": "vegetarisch"}))))
    assert "diet" not in after.answers
    assert "diet" in after.by_hand


def test_ja_in_a_cell_is_a_yes() -> None:
    assert only(edited(cell("attends", "ja"), known(row()))).answers["attends"] is True


def test_another_organisation_is_recognised() -> None:
    assert only(edited(cell("organisation", "brugge"), known(row()))).organisation_known == "Brugge"


def test_a_row_typed_in_is_a_registration_and_a_name_is_enough() -> None:
    edit = Edit(EditKind.NEW_ROW, "Deelnemers, rij 9", row={"last_name": "Claes"}, event="kis")
    after = only(edited(edit, known(row(), next_nr=8)))
    assert (after.nr, after.status, after.text("last_name")) == ("INS-0008", Status.REGISTERED, "Claes")
    assert after.by_hand == {"last_name"}


def test_an_empty_row_is_no_registration() -> None:
    edit = Edit(EditKind.NEW_ROW, "Deelnemers, rij 9", row={"last_name": ""}, event="kis")
    assert edited(edit, known()).results == ()


def test_a_deleted_row_is_a_withdrawal_kept_in_the_log() -> None:
    decision = edited(Edit(EditKind.DELETED_ROW, "Deelnemers", nr="INS-0001"), known(row()))
    assert only(decision).status is Status.CANCELLED
    assert "afgemeld door het secretariaat" in what_was_done(decision.log[0])


@pytest.mark.parametrize(("places", "kept"), [(1, False), (2, True), (None, True)])
def test_whom_she_puts_on_the_waiting_list_stands_in_line_only_where_there_is_no_place(
    places: int | None, kept: bool
) -> None:
    late, comes = row(status=Status.LATE), row(2, name="An Bos", email="an@gent.example")
    decision = decide_edit(
        cell("status", "Wachtlijst"), known(late, comes), settings(event(capacity=places)), MORNING
    )
    assert only(decision).is_kept_waiting is kept


def test_who_gives_their_place_to_the_waiting_list_by_her_hand_does_not_get_it_back() -> None:
    waiting = row(2, Status.WAITLISTED, name="W W", email="w@gent.example", reason=say(Says.FULL, count=1))
    decision = decide_edit(
        cell("status", "Wachtlijst"), known(row(), waiting), settings(event(capacity=1)), MORNING
    )
    assert only(decision).is_kept_waiting


def _found_full(nr: int = 1, **more: object) -> Registration:
    """Somebody incomplete who came when there was no place."""
    doubt = Problem(0, "organisation", Code.MISSING, Reason.MISSING)
    facts = {"organisation": "", "doubts": (doubt,), "reason": say(Says.FULL, count=2), **more}
    return row(nr, Status.INCOMPLETE, **facts)  # type: ignore[arg-type]


def _waits(nr: int, **more: object) -> Registration:
    named = {"name": "W W", "email": "w@gent.example", "reason": say(Says.FULL, count=2)}
    return row(nr, Status.WAITLISTED, **{**named, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("places", "earlier", "status", "why"),
    [
        (1, False, Status.WAITLISTED, say(Says.FULL, count=1)),
        (2, False, Status.REGISTERED, ""),
        (None, False, Status.REGISTERED, ""),
        (3, True, Status.WAITLISTED, say(Says.ONE_BEFORE)),
    ],
)
def test_whom_she_completes_is_in_where_a_place_is_free_and_nobody_waits_before_them(
    places: int | None, status: Status, why: object, *, earlier: bool
) -> None:
    comes = row(3, name="An Bos", email="an@gent.example")
    before = (_waits(2, arrived=MORNING - timedelta(hours=1)),) if earlier else ()
    decision = decide_edit(
        cell("organisation", "Damme"),
        known(_found_full(), comes, *before),
        settings(event(capacity=places)),
        LATER,
    )
    after = only(decision)
    assert (after.status, after.reason, after.is_kept_waiting) == (status, why, False)
    assert after.unsent_changes[-1] == Change(STATUS, "Onvolledig", str(status))


def test_whom_she_completes_waits_on_for_another_reason_than_a_place() -> None:
    late = say(Says.UNTIL_MOMENT, at="2026-11-01T12:00:00")
    decision = decide_edit(
        cell("organisation", "Damme"), known(_found_full(reason=late)), settings(event(capacity=9)), LATER
    )
    assert (only(decision).status, only(decision).reason) == (Status.WAITLISTED, late)


def test_a_confirmation_of_who_has_no_address_names_what_she_filled_in_and_why_they_wait() -> None:
    config, confirm = (
        settings(event(capacity=1)),
        Edit(EditKind.CONFIRM, "Deelnemers, rij 2", "INS-0001", new="ja"),
    )
    answers = {"organisation": "Damme", "attends": True}
    place = row(
        status=Status.INCOMPLETE, name="", email="", sender="tine@damme.example", answers=answers,
        reason=say(Says.FULL, count=1), by_sender=frozenset(answers),
    )  # fmt: skip
    comes = row(3, name="An Bos", email="an@gent.example")
    for key, value in (
        ("last_name", "Pollet"),
        ("role", "schepen"),
        ("diet", "veganistisch"),
        ("first_name", "Geert"),
    ):
        place = only(decide_edit(cell(key, value), known(place, comes), config, LATER))
    decision = decide_edit(confirm, known(place, comes), config, LATER)
    (told,) = compose(decision, None, config, LATER)
    assert told.to.email == "tine@damme.example"
    for said in ("Naam: Pollet", "Voornaam: Geert", "Functie: schepen", "de bijeenkomst is volzet"):
        assert said in told.text
    assert "veganistisch" not in told.text, "that is for Geert alone"


@pytest.mark.parametrize("status", list(Status))
def test_every_status_can_be_set_by_hand(status: Status) -> None:
    after = only(edited(cell("status", status.value.lower()), known(row())))
    assert after.status is status
    assert "status" in after.by_hand


def test_a_status_that_does_not_exist_changes_nothing_and_is_said() -> None:
    decision = edited(cell("status", "misschien"), known(row()))
    assert decision.results == ()
    assert "misschien" in what_was_done(decision.log[0])
    (case,) = decision.cases
    assert (case.kind, case.who) == (CaseKind.WORKBOOK, "Els Maes (Damme)")
    assert '"misschien" is geen status. Er is niets veranderd.' in matter(case)


def test_the_last_answer_filled_in_by_hand_completes_the_row() -> None:
    doubt = Problem(0, "organisation", Code.MISSING, Reason.MISSING)
    after = only(
        edited(
            cell("organisation", "Damme"),
            known(row(status=Status.INCOMPLETE, organisation="", doubts=(doubt,))),
        )
    )
    assert (after.status, after.doubts) == (Status.REGISTERED, ())


def test_the_last_answer_filled_in_completes_a_row_whose_address_nobody_gave() -> None:
    asked = Problem(0, ATTENDS, Code.MISSING, Reason.MISSING)
    waits = row(status=Status.INCOMPLETE, email="", sender="secretariaat@damme.example", doubts=(asked,))
    after = only(edited(cell(ATTENDS, "ja"), known(waits)))
    assert (after.status, after.doubts) == (Status.REGISTERED, ())
    assert edited(confirm(), known(after)).outcome is Outcome.REGISTERED


def test_a_confirmation_of_an_incomplete_row_names_what_is_missing() -> None:
    waits = row(status=Status.INCOMPLETE, organisation="")
    decision = edited(confirm(), known(waits))
    (mail,) = (one for one in compose(decision, None, settings(event()), LATER) if one.outcome)
    assert "Gemeente/OCMW: ontbreekt" in mail.text


@pytest.mark.parametrize(("typed", "attended"), [("ja", True), ("neen", False), (None, None)])
def test_who_was_there(typed: str | None, attended: bool | None) -> None:
    edit = Edit(EditKind.ATTENDED, "Deelnemers, rij 2", nr="INS-0001", new=typed)
    assert only(edited(edit, known(row(attended=True)))).attended is attended


def confirm(nr: str = "INS-0001") -> Edit:
    return Edit(EditKind.CONFIRM, "Deelnemers, rij 2", nr=nr, new="ja")


def test_a_confirmation_tells_all_that_she_changed_once() -> None:
    once = only(edited(cell("phone", "051"), known(row(answers={"phone": "050"}))))
    twice = only(edited(cell("phone", "052"), known(once)))
    decision = edited(confirm(), known(twice))
    (result,) = decision.results
    assert (decision.outcome, result.mail, decision.answer) == (Outcome.CHANGED, True, True)
    assert result.changes == (Change("phone", "050", "052"),)
    assert only(decision).unsent_changes == ()


def test_what_she_took_back_is_not_told() -> None:
    once = only(edited(cell("phone", "051"), known(row(answers={"phone": "050"}))))
    back = only(edited(cell("phone", "050"), known(once)))
    assert back.unsent_changes == ()


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (Status.CANCELLED, Outcome.CANCELLED),
        (Status.REGISTERED, Outcome.REGISTERED),
        (Status.WAITLISTED, Outcome.WAITLISTED),
        (Status.EXCUSED, Outcome.EXCUSED),
    ],
)
def test_a_status_set_by_hand_is_told_as_what_it_is(status: Status, outcome: Outcome) -> None:
    before = row(status=Status.LATE)
    moved = only(edited(cell("status", status.value), known(before)))
    decision = edited(confirm(), known(moved))
    assert decision.outcome is outcome
    assert [change.old for change in decision.results[0].changes] == ["Te laat"]  # what they last heard


def test_a_row_typed_in_is_confirmed_as_registered() -> None:
    edit = Edit(
        EditKind.NEW_ROW, "rij 9", row={"last_name": "Claes", "email": "c@damme.example"}, event="kis"
    )
    typed = only(edited(edit, known()))
    assert edited(confirm(typed.nr), known(typed)).outcome is Outcome.REGISTERED


def test_nobody_without_an_address_can_be_told() -> None:
    typed = row(email="", sender="secretariaat")
    decision = edited(confirm(), known(typed))
    assert decision.results == ()
    assert "geen e-mail" in what_was_done(decision.log[0])


def test_an_edit_of_a_row_that_is_gone_is_said_and_changes_nothing() -> None:
    decision = edited(cell("phone", "1", nr="INS-0099"), known(row(), thread_event="kis"))
    assert decision.results == ()
    assert decision.log


def test_a_word_under_bevestiging_sturen_that_is_neither_yes_nor_no_mails_nobody_and_is_told() -> None:
    decision = edited(replace(confirm(), new="ja graag"), known(row()))
    assert (decision.results, decision.answer) == ((), False)
    assert "er vertrok geen mail" in matter(decision.cases[0])
    assert edited(replace(confirm(), new="neen"), known(row())).cases == ()


@pytest.mark.parametrize(
    ("status", "typed", "attends", "ends"),
    [
        (Status.REGISTERED, "neen", True, Status.EXCUSED),
        (Status.WAITLISTED, "neen", True, Status.EXCUSED),
        (Status.EXCUSED, "ja", False, Status.REGISTERED),
        (Status.CANCELLED, "neen", True, Status.CANCELLED),
        (Status.WAITLISTED, "ja", False, Status.WAITLISTED),
    ],
)
def test_her_no_to_who_takes_part_is_somebody_who_does_not_come(
    status: Status, typed: str, attends: bool, ends: Status
) -> None:
    held = row(status=status, answers={ATTENDS: attends})
    decision = edited(cell(ATTENDS, typed), known(held))
    assert only(decision).status is ends
    if ends is not status:
        assert f"{status.value} → {ends.value}" in as_told(decision.log[0].what)


def test_a_confirmation_names_no_number_of_who_was_replaced() -> None:
    moved = Change(STATUS, "Afgemeld", "Ingeschreven")
    held = replace(row(), replaces="INS-0005", unsent_changes=(moved,))
    decision = edited(confirm(), known(held))
    (mail,) = (one for one in compose(decision, None, settings(event()), LATER) if one.outcome)
    assert "ingeschreven" in mail.text
    assert "INS-0005" not in mail.text
