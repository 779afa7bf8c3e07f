"""Rows of ``Berichten`` at the bound of how many one mail may reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.decision import decide_case, decide_edit, decide_scheduled
from mailbot.decision.announcements import facts_of
from mailbot.decision.mailing_recipients import MailingContext
from mailbot.decision.mailings import decide_mailing, shown
from mailbot.domain.announcement import Announcing
from mailbot.domain.case import Choice, Edit, EditKind
from mailbot.domain.decision import EventState
from mailbot.domain.doubt import Reason
from mailbot.domain.mailing import MOST, Audience, Mailing, MailingRow, MailingState
from mailbot.domain.message import Address
from mailbot.domain.registration import Registration, Removal, Status
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Code, Problem
from mailbot.service.previews import foreseen
from mailbot.wording import as_told

from .building import MORNING, event, known, local, row, settings


@pytest.mark.parametrize(("count", "may"), [(MOST, True), (MOST + 1, False)])
def test_one_row_reaches_as_many_addresses_as_she_is_told_and_no_more(count: int, *, may: bool) -> None:
    addresses = tuple(Address(f"p{number}@damme.example") for number in range(count))
    typed = MailingRow(id=1, key="1", to="Uitgenodigden", subject="Welkom", text="Tot dan.", listed=addresses)
    context = MailingContext(event(), (), (), lambda _: frozenset(), 0, settings(), MORNING)
    (mailing,) = decide_mailing(typed, context).mailings
    problem = shown(mailing, context).problem
    assert problem == (None if may else say(Says.TOO_MANY_ADDRESSES, count=count, most=MOST))


@pytest.mark.parametrize(
    "kind", [Announcing.THANKS, Announcing.PRACTICAL, Announcing.AGAIN, Announcing.WRITTEN]
)
@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("changed", ["", " Nog iets."])
def test_the_copy_of_a_row_that_went_out_reaches_nobody_a_second_time(
    kind: Announcing, number: int, changed: str
) -> None:
    there = replace(row(email="els@damme.example"), attended=True)
    words = {"to": Audience.PRESENT, "subject": "Bedankt", "text": "Tot dan.", "files": "attest"}
    sent = Mailing("kis", "proposed", MORNING, kind=kind, state=MailingState.SENT, id=1, **words)
    context = MailingContext(
        event(),
        (there,),
        (sent,),
        lambda one: frozenset({"els@damme.example"} if one.version == sent.version else ()),
        0,
        settings(),
        MORNING,
    )
    typed = {**words, "text": words["text"] + changed}
    copied = MailingRow(id=0, key="copy", copy_of=number, **typed)
    (mailing,) = decide_mailing(copied, context).mailings
    assert mailing.kind is (kind if number else Announcing.WRITTEN)
    assert not mailing.waits
    assert shown(mailing, context).addresses == (("els@damme.example",) if changed else ())


@pytest.mark.parametrize("status", [Status.EXCUSED, Status.CANCELLED])
def test_a_new_date_is_put_to_who_said_no_to_the_former_one_alone(status: Status) -> None:
    before, after = MORNING - timedelta(days=3), MORNING + timedelta(hours=2)
    people = (
        row(1, status, since=before),
        row(2, status, name="An Bos", email="an@damme.example", since=after),  # read of the new date
        row(3, status, name="Bo Claes", email="bo@damme.example"),  # of a former release
        row(4, name="Cas Dries", email="cas@damme.example", since=before),
    )
    who = "verontschuldigd, afgemeld"
    again = Mailing(
        "kis", "again:kis:1", MORNING, to=who, subject="Gewijzigd", text="x", kind=Announcing.AGAIN
    )
    context = MailingContext(event(), people, (again,), lambda _: frozenset(), 0, settings(), after)
    assert set(shown(again, context).addresses) == {"els@damme.example", "bo@damme.example"}
    hers = replace(again, kind=Announcing.WRITTEN)
    assert len(shown(hers, context).addresses) == 3, "to whom she chooses, whenever that was"


def test_who_sent_somebody_in_their_place_or_was_struck_is_not_among_the_withdrawn() -> None:
    gone = row(1, Status.CANCELLED)
    struck = replace(gone, removed=Removal.DOUBLE)
    typed = MailingRow(id=1, key="1", to=Audience.WITHDRAWN, subject="Nieuw", text="Tot dan.")
    for one, reached in ((gone, 1), (replace(gone, replaced_by="INS-0002"), 0), (struck, 0)):
        context = MailingContext(event(), (one,), (), lambda _: frozenset(), 0, settings(), MORNING)
        (mailing,) = decide_mailing(typed, context).mailings
        assert len(shown(mailing, context).addresses) == reached


def _shown_for(one: Registration) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Whom a row to all who come names, where this is all who come."""
    context = MailingContext(event(), (one,), (), lambda _: frozenset(), 0, settings(), MORNING)
    typed = MailingRow(id=1, key="1", to=Audience.REGISTERED, subject="Welkom", text="Tot dan.")
    (mailing,) = decide_mailing(typed, context).mailings
    preview = shown(mailing, context)
    return preview.addresses, preview.people


@pytest.mark.parametrize("email", ["els@gmial.com", "els@torhout.exmaple", "els@damme"])
def test_an_address_that_may_be_a_slip_gets_nothing_until_she_accepts_it(email: str) -> None:
    typed = {"last_name": "Maes", "first_name": "Els", "organisation": "Damme", "email": email}
    edit = Edit(EditKind.NEW_ROW, "Deelnemers, rij 9", row=typed, event="kis")
    decision = decide_edit(edit, known(), settings(), MORNING)
    (result,) = decision.results
    assert result.after is not None
    assert _shown_for(result.after) == ((), (say(Says.ADDRESS_TO_CHECK, who=("Els Maes",)),))
    case = replace(decision.cases[0], id=7)
    accepted = Edit(EditKind.DECISION, "rij 2", case=7, choice=Choice.ACCEPT)
    (right,) = decide_case(case, accepted, known(result.after), settings(), MORNING).results
    assert right.after is not None
    assert say(Says.ADDRESS_TO_CHECK, who=("Els Maes",)) not in _shown_for(right.after)[1]


def test_who_sent_somebody_in_hears_for_them_while_their_address_may_be_a_slip() -> None:
    one = row(email="els@gmial.com", sender="an@damme.example")
    doubt = Problem(0, "email", Code.UNSURE, Reason.EMAIL_SLIP, "els@gmial.com")
    assert _shown_for(replace(one, doubts=(doubt,)))[0] == ("an@damme.example",)
    assert _shown_for(replace(one, doubts=(doubt,), sender="els@gmial.com"))[0] == ("els@gmial.com",)


def test_what_a_sent_row_says_stays_as_it_was_sent() -> None:
    jan = row(2, name="Jan Peeters", email="", sender="els@damme.example")

    def knowing(*rows: Registration) -> MailingContext:
        return MailingContext(event(), rows, (), lambda _: frozenset(), 0, settings(), MORNING)

    typed = MailingRow(id=1, key="1", to=Audience.REGISTERED, subject="Broodjes", text="Tot dan.")
    before = knowing(row(1), jan)
    (mailing,) = decide_mailing(typed, before).mailings
    preview = shown(mailing, before)
    chosen = replace(typed, choice="versturen", preview=mailing.preview, shown=tuple(preview.addresses))
    (sent,) = decide_mailing(chosen, replace(before, mailings=(replace(mailing, id=1),))).mailings
    later = knowing(
        row(1, name="Els Vandamme"), replace(jan, answers={**jan.answers, "email": "jan@x.example"})
    )
    assert shown(sent, later).people == preview.people
    assert [*map(as_told, preview.people)] == ["Els Maes en Jan Peeters <els@damme.example>"]


def test_a_move_tells_her_whom_no_mail_reaches_and_counts_those_whom_one_does() -> None:
    rik = row(3, name="Rik Storme", email="", sender="Secretariaat")
    jan = row(2, name="Jan Peeters", email="", sender="els@damme.example")
    before, moved = event(), event(starts=local(2026, 12, 10, 14), ends=local(2026, 12, 10, 17))
    here, rows = settings(moved), (row(1), jan, rik)
    state = EventState("kis", rows, (), (), MORNING)
    (decision,) = decide_scheduled(moved, facts_of(before), state, frozenset(), here, MORNING)
    (case,) = decision.cases
    assert case.says[-1] == say(Says.WITHOUT_ADDRESS, who=("Rik Storme (Damme)",))
    (preview, *_) = foreseen(case, (), known(*rows), here, MORNING, None, None)
    assert preview.to == say(Says.ADDRESSEES, count=1)
