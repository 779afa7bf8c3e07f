"""Registering others, in the order people do it, and one whole season read through its mails."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

from openpyxl import Workbook

from tests.event_sheet.test_coming_and_going import AN, JAN, registered
from tests.event_sheet.town import FULL, Town, answers, calendar, in_days, person, plain, typed, word_rows

OFFICE = "Secretariaat Torhout <secretariaat@torhout.example>"
OFFICE_ADDRESS = "secretariaat@torhout.example"


def excel(*people: dict[str, str]) -> bytes:
    """A list of people as an Excel file, one a row."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(FULL))
    for one in people:
        sheet.append([one.get(label, "") for label in FULL])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def of_torhout(last: str, first: str, email: str = "", organisation: str = "Torhout") -> dict[str, str]:
    """Somebody of Torhout."""
    return person(Naam=last, Voornaam=first, **{"E-mail": email, "Gemeente/OCMW": organisation})


def test_six_people_in_one_excel_each_hear_what_is_theirs(town: Town) -> None:
    six = [
        of_torhout("Aers", "Bart", "bart.aers@torhout.example"),
        of_torhout("Boon", "Lien", "team@torhout.example"),
        of_torhout("Crul", "Tom", "team@torhout.example"),
        of_torhout("Dams", "Sofie"),
        of_torhout("Eeckhout", "Wim"),
        of_torhout("Foulon", "Greet", organisation=""),
    ]
    mail = town.mail(OFFICE, "Inschrijvingen", "Is er een laadpaal?", ("deelnemers.xlsx", excel(*six)))
    sent = town.run()
    told = {one["X-Envelope-To"]: one for one in answers(sent)}
    assert town.outcome(mail) == "incomplete"
    assert set(told) == {OFFICE_ADDRESS, "bart.aers@torhout.example", "team@torhout.example"}
    summary = plain(told[OFFICE_ADDRESS])
    assert "Greet Foulon: Klopt dit? Torhout." in summary
    assert "Uw vraag is doorgegeven aan het secretariaat." in summary
    own = plain(told["bart.aers@torhout.example"])
    assert f"omdat Secretariaat Torhout ({OFFICE_ADDRESS}) uw gegevens doorgaf." in own
    assert "Lien Boon" not in own
    assert "Uw vraag" not in own, "only who asked hears of it"
    shared = [part.get_filename() for part in told["team@torhout.example"].iter_attachments()]
    assert sorted(filter(None, shared)) == ["agenda Lien Boon.ics", "agenda Tom Crul.ics"]
    assert [one["X-Envelope-To"] for one in sent if one["Auto-Submitted"] == "auto-generated"] == [
        "bart.aers@torhout.example"
    ]

    completed = town.mail(OFFICE, "Re: inschrijvingen", "OCMW Torhout", answers=told[OFFICE_ADDRESS])
    (done,) = answers(town.run())
    assert town.outcome(completed) == "registered"
    assert "Greet Foulon is ingeschreven" in plain(done)
    assert {row["Status"] for row in town.sheet()} == {"Ingeschreven"}

    town.mail(OFFICE, "Afmelding", "Gelieve Sofie Dams en Wim Eeckhout uit te schrijven.")
    town.run()
    unclear = town.mail(OFFICE, "Toch wel", "Toch wel, zij komt.")
    assert answers(town.run()) == []
    assert town.outcome(unclear) == "review"
    assert "Toch wel, zij komt." in str(town.sheet("Te behandelen"))
    statuses = {row["Naam"]: row["Status"] for row in town.sheet()}
    assert (statuses["Dams"], statuses["Eeckhout"]) == ("Afgemeld", "Afgemeld")


def test_the_first_arrival_counts_for_who_completes_in_time(town: Town) -> None:
    now = datetime.now(UTC)
    half = person()
    del half["Gemeente/OCMW"]
    town.event(deadline=in_days(-1).date(), late="refuse")
    town.mail(JAN, "Inschrijving", typed(half), at=now - timedelta(days=2))
    (question,) = answers(town.run())
    town.mail(JAN, "Re: inschrijving", "OCMW Damme", answers=question)
    (told,) = answers(town.run())
    assert told["X-Mailbot-Outcome"] == "registered"
    late = town.mail("an.desmet@brugge.example", "Inschrijving", typed(AN))
    (refused,) = answers(town.run())
    assert town.outcome(late) == "late"
    assert "Uw mail kwam aan op" in plain(refused)
    assert "Inschrijven kon tot en met" in plain(refused)
    town.event(deadline=in_days(-1).date(), late="waitlist")
    third = person(Naam="Maes", Voornaam="Lies", **{"E-mail": "lies@damme.example"})
    waiting = town.mail("lies@damme.example", "Inschrijving", typed(third))
    (waits,) = answers(town.run())
    assert town.outcome(waiting) == "waitlisted"
    assert "wachtlijst" in plain(waits)


def test_a_place_freed_by_her_hand_waits_for_her(town: Town) -> None:
    town.event(capacity=1)
    registered(town)
    town.mail("an.desmet@brugge.example", "Inschrijving", typed(AN))
    town.run()
    town.type_in({(2, "Status"): "Afgemeld"})
    assert town.run() == []
    assert {row["Naam"]: row["Status"] for row in town.sheet()}["De Smet"] == "Wachtlijst"
    town.decide("vrijgekomen plaats", "aanvaarden")
    (promoted,) = answers(town.run())
    assert (promoted["X-Envelope-To"], promoted["X-Mailbot-Outcome"]) == (
        "an.desmet@brugge.example",
        "registered",
    )


def test_a_joint_list_without_names_of_its_own_is_one_mail(town: Town) -> None:
    people = [
        person(Naam=name, Voornaam="Bart", **{"E-mail": "team@torhout.example"}) for name in ("Aers", "Boon")
    ]
    town.mail("team@torhout.example", "Inschrijving", "", ("lijst.docx", word_rows(*people)))
    sent = town.run()
    (told,) = sent
    assert told["X-Mailbot-Outcome"] == "registered"
    files = [part.get_filename() for part in told.iter_attachments()]
    assert sorted(filter(None, files)) == ["agenda Bart Aers.ics", "agenda Bart Boon.ics"]
    assert "METHOD:PUBLISH" in calendar(told)
