"""Taking a decision back: which rows go back, what they keep, and what refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.decision.undo import refusal, undone
from mailbot.domain.case import Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.registration import Registration, Removal, Status
from mailbot.domain.settled import SentMail, SettledCase, Settlement
from mailbot.domain.statement import Says, say

from .building import MORNING, event, known, row, settings

LATER = MORNING + timedelta(hours=2)
UNDO = Edit(EditKind.DECISION, "Te behandelen, rij 2", case=7, choice=Choice.UNDO)


def settled(
    before: tuple[Registration, ...], after: tuple[Registration, ...], final: str = ""
) -> SettledCase:
    case = Case(CaseKind.LATE, "Els Maes", "?", (Choice.ACCEPT,), MORNING, "kis", id=7)
    return SettledCase(case, MORNING, Settlement(Choice.ACCEPT, before=before, after=after, final=final))


def test_a_row_goes_back_to_what_it_was_and_keeps_what_others_noted_since() -> None:
    was, became = row(status=Status.LATE), row(status=Status.REGISTERED)
    since = replace(became, attended=True, bounced=True, claimed=True)
    (result,) = undone(settled((was,), (became,)), UNDO, known(since), settings(), LATER).results
    assert result.after == replace(was, attended=True, bounced=True, claimed=True, changed=LATER)
    assert result.before == since
    assert not result.mail


def test_a_row_that_the_decision_made_is_out_and_says_why() -> None:
    made = row()
    (result,) = undone(settled((), (made,)), UNDO, known(made), settings(), LATER).results
    assert result.after is not None
    assert (result.after.status, result.after.removed) == (Status.CANCELLED, Removal.UNDONE)
    assert result.after.is_undone


def test_what_mail_servers_and_calendars_noted_since_is_no_reason_to_refuse() -> None:
    became = row()
    held = settled((row(status=Status.LATE),), (became,))
    assert refusal(held, known(replace(became, bounced=True, sequence=2, attended=False)), settings()) is None


def test_a_row_that_changed_since_refuses_and_names_it() -> None:
    became = row()
    held = settled((row(status=Status.LATE),), (became,))
    excused = refusal(held, known(replace(became, status=Status.EXCUSED)), settings())
    assert excused == say(Says.CHANGED_SINCE, who="Els Maes (Damme)", nr="INS-0001")
    assert refusal(held, known(), settings()) == say(Says.NO_SUCH_ROW, nr="INS-0001")
    assert refusal(settled((), (), "Te laat."), known(), settings()) == "Te laat."


def test_who_moved_up_keeps_a_place_that_is_free_without_the_decision() -> None:
    """She took off Els, and Bo moved up: of three places two are free besides, of one none is."""
    els, left = row(), row(status=Status.CANCELLED)
    waits = row(2, Status.WAITLISTED, name="Bo Claes", email="bo@damme.example")
    seated = replace(waits, status=Status.REGISTERED, reason=say(Says.CAME_FREE))
    mails = (
        SentMail(1, "els@damme.example", "Afgemeld", "answer", nrs=(els.nr,), left=True),
        SentMail(2, "bo@damme.example", "Ingeschreven", "answer", nrs=(waits.nr,), left=True),
    )
    case = Case(CaseKind.UNCLEAR, "Els Maes", "?", (Choice.WITHDRAW,), MORNING, "kis", id=7)
    held = SettledCase(case, MORNING, Settlement(Choice.WITHDRAW, "", (els, waits), (left, seated)), mails)

    def stand(places: int) -> tuple[dict[str, Status], list[str]]:
        setup = settings(event(capacity=places))
        decision = undone(held, UNDO, known(left, seated), setup, LATER)
        rows = {one.after.nr: one.after.status for one in decision.results if one.after}
        return rows, [one.to for one in decision.corrects]

    assert stand(3) == ({els.nr: Status.REGISTERED, waits.nr: Status.REGISTERED}, ["els@damme.example"])
    assert stand(1) == (
        {els.nr: Status.REGISTERED, waits.nr: Status.WAITLISTED},
        ["els@damme.example", "bo@damme.example"],
    )
