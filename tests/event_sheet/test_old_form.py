"""An old form that comes again: she takes it to the meeting that is open, or refuses it."""

from __future__ import annotations

from tests.event_sheet.test_coming_and_going import JAN
from tests.event_sheet.town import Town, answers, in_days, person, plain, typed

#: The workbook of what is of no meeting, and its sheet.
COMMON = "Te behandelen"


def decide(town: Town, decision: str, event: str = "") -> None:
    """Chooses in the one row of the common workbook, and the meeting where one is given."""
    chosen = {(2, "Beslissing"): decision, **({(2, "Bijeenkomst"): event} if event else {})}
    town.type_in({**chosen}, COMMON, COMMON)


def shown(town: Town) -> dict[str, object]:
    (row,) = town.sheet(COMMON, COMMON)
    return row


def old_form(town: Town) -> None:
    """A form that names a meeting of last spring, while another is open."""
    town.event(
        "kis-2026-1",
        title="Voorjaarsoverleg",
        starts=in_days(-200),
        ends=in_days(-200, 17),
        deadline=in_days(-210).date(),
    )
    town.mail(JAN, "Inschrijving Voorjaarsoverleg", typed(person()))
    assert town.run() == []


def test_it_stands_where_she_can_choose_the_open_meeting(town: Town) -> None:
    old_form(town)
    assert "voorbij" in str(shown(town))
    decide(town, "aanvaarden", "kis-2026-3")
    (told,) = answers(town.run())
    assert told["X-Mailbot-Outcome"] == "registered"
    assert len(town.sheet()) == 1


def test_it_puts_no_answer_back_that_changed_since_when_she_takes_it(town: Town) -> None:
    town.event("kis-2026-3")
    town.mail(JAN, "Inschrijving", typed(person(Dieetwensen="lactosevrij")))
    (confirmation,) = answers(town.run())
    town.mail(JAN, "Re: Ingeschreven", "Dieetwensen: lactosevrij en vegetarisch", answers=confirmation)
    town.run()
    (row,) = town.sheet()
    assert row["Dieetwensen"] == "lactosevrij en vegetarisch"
    town.event(
        "kis-2026-1",
        title="Voorjaarsoverleg",
        starts=in_days(-200),
        ends=in_days(-200, 17),
        deadline=in_days(-210).date(),
    )
    town.mail(
        JAN,
        "Inschrijving Voorjaarsoverleg",
        "Nogmaals mijn formulier.\n\n" + typed(person(Dieetwensen="lactosevrij")),
    )
    town.run()
    decide(town, "aanvaarden", "kis-2026-3")
    (told,) = answers(town.run())
    assert told["X-Mailbot-Outcome"] == "unchanged"
    (row,) = town.sheet()
    assert row["Dieetwensen"] == "lactosevrij en vegetarisch"
    assert "Dit is veranderd" not in plain(told)


def test_a_refusal_says_of_which_day_the_meeting_was(town: Town) -> None:
    old_form(town)
    decide(town, "weigeren")
    (told,) = answers(town.run())
    assert str(in_days(-200).year) in plain(told).partition("Wanneer:")[2]


def test_an_undone_decision_keeps_the_meeting_that_she_chose(town: Town) -> None:
    old_form(town)
    decide(town, "aanvaarden", "kis-2026-3")
    town.run()
    decide(town, "ongedaan maken")
    town.run()
    again = shown(town)
    assert str(again["Bijeenkomst"]).endswith("(kis-2026-3)")
    assert again["Beslissing"] is None
    decide(town, "aanvaarden")
    assert any(mail["X-Mailbot-Outcome"] == "registered" for mail in town.run())
