"""A decision carries all that its mails need."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.decision import decide, decide_case
from mailbot.domain.case import Choice, Edit, EditKind
from mailbot.domain.submission import Intent
from mailbot.notifications import compose

from .building import MORNING, event, form_of, known, mail, person, row, settings, words


def test_her_refusal_of_what_has_no_row_goes_out_in_her_words() -> None:
    many = form_of(*(person(f"P Naam{n}", email=f"p{n}@damme.example") for n in range(11)))
    arrival, config = mail(), settings()
    (case,) = decide(arrival, many, known(), config, MORNING).cases
    refuse = Edit(
        EditKind.DECISION, "rij 2", case=3, choice=Choice.REFUSE, remark="Stuur liever een formulier."
    )
    decision = decide_case(replace(case, id=3), refuse, known(), config, MORNING, arrival, many)
    (letter,) = compose(decision, arrival, config, MORNING)
    assert (letter.kind, letter.to.email) == ("refused", "els@damme.example")
    assert "Stuur liever een formulier." in letter.text
    assert "vraag" not in letter.text


def test_who_leaves_and_who_gets_the_place_are_both_told() -> None:
    line = row(2, name="W W", email="w@gent.example", status=row().status.WAITLISTED)
    config = settings(event(capacity=1))
    arrival = mail(at=MORNING + timedelta(days=1))
    decision = decide(arrival, words(Intent.WITHDRAW), known(row(), line), config, arrival.received)
    told = {m.to.email: m.outcome for m in compose(decision, arrival, config, arrival.received) if m.outcome}
    assert {address: str(outcome) for address, outcome in told.items()} == {
        "els@damme.example": "cancelled",
        "w@gent.example": "registered",
    }
