"""After the event: what nobody needs any more goes, everywhere it was written."""

from __future__ import annotations

from tests.event_sheet.town import Town, in_days, person, typed
from tests.privacy.everywhere import holding

JAN = "jan.peeters@damme.example"


def test_diet_and_remarks_are_gone_everywhere_some_days_after_the_event(town: Town) -> None:
    said = person(Dieetwensen="glutenvrij", Opmerkingen="Ik kom met krukken")
    town.mail(JAN, "Inschrijving", typed(said))
    town.run()
    town.mail(
        JAN,
        "Re: andere wens",
        typed(person(Dieetwensen="zonder noten", Functie="raadslid")),
    )
    town.run()
    town.type_in({(2, "Opmerkingen"): "komt met de rolstoel"})
    town.mail(JAN, "Re: nog iets", typed(person(Functie="raadslid", Opmerkingen="toch krukken")))
    town.run()
    assert len(town.sheet("Te behandelen")) == 1  # her value against the mail's
    words = ("glutenvrij", "noten", "krukken", "rolstoel")
    everything = holding(town.folder, *words)
    assert {place.partition(":")[0] for place in everything} >= {"registration.data", "log.says", "mail.data"}

    town.event(starts=in_days(-40), ends=in_days(-40, 17), deadline=in_days(-50).date(), clear_after_days=30)
    assert town.run() == []
    left = holding(town.folder, *words)
    # The mail as it came is kept longer (keep_mail_days), for whom it was registered by.
    assert {place.partition(":")[0] for place in left} <= {"raw.data", "2.eml", "3.eml"}
    (row,) = town.sheet()
    assert (row["Naam"], row["Functie"], row["Dieetwensen"], row["Opmerkingen"]) == (
        "Peeters",
        "raadslid",
        None,
        None,
    )
    before = town.workbook().stat().st_mtime_ns
    town.run()
    assert town.workbook().stat().st_mtime_ns == before


def test_mail_as_it_came_is_purged_and_the_list_only_proposed_for_destruction(town: Town) -> None:
    town.configure("[retention]\nkeep_mail_days = 60\n")
    town.mail(JAN, "Inschrijving", typed(person(Opmerkingen="Ik kom met krukken")))
    town.mail("els@brugge.example", "Een vraag", "Hebben jullie een plattegrond van krukkenland?")
    town.run()
    town.event(starts=in_days(-70), ends=in_days(-70, 17), deadline=in_days(-80).date())
    town.run()
    assert holding(town.folder, "met krukken") == []
    assert [row["Naam"] for row in town.sheet()] == ["Peeters"]
    (case,) = town.sheet("Te behandelen")
    assert "vernietig" in str(case)
    town.type_in({(2, "Beslissing"): "aanvaarden"}, sheet="Te behandelen")
    town.run()
    assert holding(town.folder, "Peeters", JAN) == []
    assert town.sheet() == []
    assert [row["Wat"] for row in town.sheet("Logboek")][:1] == ["gegevens vernietigd"]
