"""Who hears of us for the first time is told that they are registered, whatever brought the mail about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.decision import Outcome
from mailbot.domain.doubt import Reason
from mailbot.domain.mail import Mail
from mailbot.domain.message import Arrival
from mailbot.domain.registration import STATUS, Change, Registration, Status
from mailbot.domain.statement import Says, say
from mailbot.domain.submission import Code, Problem, Value
from mailbot.notifications import compose
from tests.notifications.building import JAN, NOW, SENDER, arrival, decided, result

TYPED = replace(
    JAN,
    sender="secretariaat",
    message=None,
    unsent_changes=(Change(STATUS, None, "Ingeschreven"),),
    sequence=-1,
)
WITHOUT = {key: value for key, value in JAN.answers.items() if key != "email"}
BY_ANOTHER = replace(JAN, answers=WITHOUT, sender="rita@oostkamp.example")
ROLE, EMAIL = Change("role", None, "schepen"), Change("email", None, SENDER.email)
SLIP = Change("email", "jan.peters@oostkamp.example", SENDER.email)
BOTH = Problem(0, "attends", Code.AMBIGUOUS, Reason.YES_AND_NO, "☒ ja ☒ neen")


def without(key: str) -> Mapping[str, Value]:
    return {one: value for one, value in JAN.answers.items() if one != key}


def told(
    before: Registration, configured: Settings, *changes: Change, mail: Arrival | None = None
) -> list[Mail]:
    outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
    after = replace(before, answers=JAN.answers, unsent_changes=(), doubts=())
    of = result(outcome, after, before=before, changes=changes)
    return [*compose(decided(outcome, of), mail, configured, NOW)]


@pytest.mark.parametrize(
    ("before", "changes", "mail"),
    [
        (TYPED, (ROLE,), arrival()),
        (TYPED, (), arrival()),
        (BY_ANOTHER, (EMAIL,), arrival()),
        (BY_ANOTHER, (EMAIL,), None),
        (replace(JAN, sender="rita@oostkamp.example"), (SLIP,), None),
        (
            replace(JAN, answers=without("attends"), doubts=(BOTH,)),
            (Change("attends", None, True),),
            arrival(),
        ),
    ],
)
def test_the_first_mail_to_somebody_confirms_their_registration(
    before: Registration, changes: tuple[Change, ...], mail: Arrival | None, installed: Settings
) -> None:
    first, invited = told(before, installed, *changes, mail=mail)
    assert first.subject.startswith("Ingeschreven: ")
    assert "U bent ingeschreven voor" in first.text and "Functie: schepen" in first.text
    assert "veranderd" not in first.text
    assert invited.calendar_method == "REQUEST"


def test_the_first_mail_to_somebody_who_waits_says_so(installed: Settings) -> None:
    waiting = replace(TYPED, status=Status.WAITLISTED, reason=say(Says.FULL, count=120))
    (first,) = told(waiting, installed, ROLE, mail=arrival())
    assert first.subject.startswith("Op de wachtlijst: ")
    assert "120" in first.text


@pytest.mark.parametrize(
    ("before", "changes"),
    [
        (JAN, (ROLE,)),
        (replace(JAN, sender="rita@oostkamp.example"), (ROLE,)),
        (
            replace(JAN, answers={**JAN.answers, "email": "jan@thuis.example"}),
            (replace(EMAIL, old="jan@thuis.example"),),
        ),
    ],
)
def test_who_heard_of_us_before_reads_what_changed(
    before: Registration, changes: tuple[Change, ...], installed: Settings
) -> None:
    assert told(before, installed, *changes, mail=arrival())[0].subject.startswith("Aangepast: ")


def test_a_change_of_somebody_else_is_told_to_who_mailed_it_as_a_change(installed: Settings) -> None:
    els = replace(BY_ANOTHER, nr="INS-0004", answers={**WITHOUT, "first_name": "Els", "last_name": "Maes"})
    of = result(
        Outcome.CHANGED, els, before=replace(els, unsent_changes=TYPED.unsent_changes), changes=(ROLE,)
    )
    first = compose(decided(Outcome.CHANGED, of), arrival(), installed, NOW)[0]
    assert (first.to, first.subject[:11]) == (SENDER, "Aangepast: ")
