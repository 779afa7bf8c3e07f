"""Who has no address of their own gets a calendar file through who mailed for them; it follows what becomes
of them, by the same way."""

from __future__ import annotations

from collections.abc import Iterable
from email.message import EmailMessage

import icalendar

from tests.event_sheet.test_coming_and_going import JAN
from tests.event_sheet.town import Town, answers, calendar, in_days, person, plain, word_rows

OFFICE = "secretariaat@damme.example"
OPEN_IT = "Open dan “uit agenda Bart Claeys.ics”: dan verdwijnt ze."


def files(mails: Iterable[EmailMessage]) -> dict[str, tuple[str, int, str]]:
    """The calendar files in mails to the office: METHOD, SEQUENCE and UID, by name."""
    found = {}
    for mail in mails:
        for part in mail.iter_attachments():
            name = part.get_filename() or ""
            if name.endswith(".ics"):
                assert mail["X-Envelope-To"] == OFFICE
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                parsed = icalendar.Calendar.from_ical(content)
                (event,) = parsed.walk("VEVENT")
                found[name] = (str(parsed["METHOD"]), int(event["SEQUENCE"]), str(event["UID"]))
    return found


def two_registered(town: Town) -> tuple[EmailMessage, str]:
    """Two people whom an office registers; gives its answer and the UID of Bart's entry."""
    people = [person(Naam=name, Voornaam="Bart", **{"E-mail": ""}) for name in ("Maes", "Claeys")]
    town.mail(OFFICE, "Inschrijvingen", "", ("lijst.docx", word_rows(*people)))
    (summary,) = answers(town.run())
    method, sequence, uid = files([summary])["agenda Bart Claeys.ics"]
    assert (method, sequence) == ("PUBLISH", 0)
    return summary, uid


def change(town: Town, header: str, value: str) -> None:
    """Types into the row of Bart Claeys."""
    names = [row["Naam"] for row in town.sheet()]
    town.type_in({(2 + names.index("Claeys"), header): value})


def test_a_withdrawal_takes_the_file_back_and_who_comes_again_gets_a_newer_one(town: Town) -> None:
    summary, uid = two_registered(town)
    town.mail(OFFICE, "Re: inschrijving", "Gelieve Bart Claeys uit te schrijven.", answers=summary)
    (bye,) = town.run()
    assert files([bye]) == {"uit agenda Bart Claeys.ics": ("CANCEL", 1, uid)}
    assert OPEN_IT in plain(bye)
    again = person(Naam="Claeys", Voornaam="Bart", **{"E-mail": ""})
    town.mail(OFFICE, "Toch wel", "", ("lijst.docx", word_rows(again)))
    (back,) = town.run()
    assert files([back]) == {"agenda Bart Claeys.ics": ("PUBLISH", 2, uid)}
    assert "Open dan" not in plain(back)


def test_what_she_withdraws_without_a_mail_is_taken_back_once_she_has_it_told(town: Town) -> None:
    _, uid = two_registered(town)
    change(town, "Status", "Afgemeld")
    assert town.run() == []
    change(town, "Bevestiging sturen", "ja")
    (told,) = town.run()
    assert files([told]) == {"uit agenda Bart Claeys.ics": ("CANCEL", 1, uid)}


def test_who_gets_an_address_has_the_entry_there_and_no_more_in_the_file_of_another(town: Town) -> None:
    _, uid = two_registered(town)
    change(town, "E-mail", "bart.claeys@damme.example")
    change(town, "Bevestiging sturen", "ja")
    sent = town.run()
    assert files(sent) == {"uit agenda Bart Claeys.ics": ("CANCEL", 1, uid)}
    theirs = [mail for mail in sent if mail["X-Envelope-To"] == "bart.claeys@damme.example"]
    (invited,) = [mail for mail in theirs if calendar(mail)]
    assert "SEQUENCE:2" in calendar(invited)
    (taken,) = [mail for mail in sent if mail["X-Envelope-To"] == OFFICE]
    assert OPEN_IT in plain(taken)
    assert "Met deze mail verdwijnt" not in plain(taken)


def test_a_new_date_brings_a_newer_file_and_an_event_that_is_off_takes_it_back(town: Town) -> None:
    _, uid = two_registered(town)
    town.event(starts=in_days(27), ends=in_days(27, 17))
    town.run()
    town.decide("Datum", "versturen")
    (moved,) = town.run()
    assert files([moved])["agenda Bart Claeys.ics"] == ("PUBLISH", 1, uid)
    assert "Open “agenda Bart Maes.ics” en “agenda Bart Claeys.ics” om de nieuwe datum" in plain(moved)
    town.event(starts=in_days(27), ends=in_days(27, 17), cancelled=True)
    town.run()
    town.decide("Gaat niet door", "versturen")
    (off,) = town.run()
    assert files([off])["uit agenda Bart Claeys.ics"] == ("CANCEL", 2, uid)
    assert "dan verdwijnt ze" in plain(off)
    assert "U hoeft niets te doen" not in plain(off)


def test_a_decision_that_is_undone_takes_its_file_back(town: Town) -> None:
    town.event(deadline=in_days(-1).date())
    bart = person(Naam="Claeys", Voornaam="Bart", **{"E-mail": ""})
    town.mail(OFFICE, "Inschrijving", "", ("lijst.docx", word_rows(bart)))
    town.run()
    town.decide("Claeys", "aanvaarden")
    (told,) = answers(town.run())
    uid = files([told])["agenda Bart Claeys.ics"][2]
    town.decide("Claeys", "ongedaan maken")
    (corrected,) = town.run()
    assert files([corrected]) == {"uit agenda Bart Claeys.ics": ("CANCEL", 1, uid)}
    assert OPEN_IT in plain(corrected)
    assert JAN not in str(corrected)


def test_a_withdrawal_that_is_undone_brings_a_newer_file(town: Town) -> None:
    _, uid = two_registered(town)
    words = "Bart Claeys kan niet komen naar het Kennisplatform Intergemeentelijk Samenwerken."
    town.mail("kris@elders.example", "Afmelding", words)
    town.run()
    town.decide("wil deze inschrijving afmelden", "aanvaarden")
    assert files(answers(town.run())) == {"uit agenda Bart Claeys.ics": ("CANCEL", 1, uid)}
    town.decide("wil deze inschrijving afmelden", "ongedaan maken")
    assert files(town.run()) == {"agenda Bart Claeys.ics": ("PUBLISH", 2, uid)}
