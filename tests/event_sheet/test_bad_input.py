"""What goes wrong at the other end: strangers, namesakes, old threads, wrong addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from tests.event_sheet.test_coming_and_going import AN, JAN, registered
from tests.event_sheet.town import DAMME, Town, answers, in_days, person, plain, typed

ANS_ADDRESS = "an.desmet@brugge.example"


def test_a_withdrawal_by_somebody_not_registered_excuses_and_touches_nobody(town: Town) -> None:
    registered(town)
    stranger = town.mail(
        "Piet Goethals <piet@gent.example>", "Kennisplatform", "Gelieve mij uit te schrijven."
    )
    named = town.mail("iemand@elders.example", "Kennisplatform", "Gelieve Jan Peeters uit te schrijven.")
    told = answers(town.run())
    assert town.outcome(stranger) == "excused"
    assert town.outcome(named) == "review", "a stranger takes nobody off the list"
    assert [mail["X-Envelope-To"] for mail in told] == ["piet@gent.example"]
    assert {row["Naam"]: row["Status"] for row in town.sheet()} == {
        "Peeters": "Ingeschreven",
        "Goethals": "Verontschuldigd",
    }


def test_two_of_the_same_name_in_one_organisation_are_told_apart_by_a_person(town: Town) -> None:
    town.configure(organisations=DAMME)
    registered(town)
    second = person(**{"E-mail": "jan.peeters2@damme.example", "Functie": "raadslid"})
    mail = town.mail("jan.peeters2@damme.example", "Inschrijving", typed(second))
    assert answers(town.run()) == []
    assert town.outcome(mail) == "review"
    town.decide("Peeters", "andere persoon")
    (told,) = answers(town.run())
    assert told["X-Envelope-To"] == "jan.peeters2@damme.example"
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven", "Ingeschreven"]
    both = town.mail("collega@damme.example", "Kennisplatform", "Gelieve Jan Peeters uit te schrijven.")
    (question,) = answers(town.run())
    assert town.outcome(both) == "incomplete"
    assert "INS-0001" in plain(question)
    assert "INS-0002" in plain(question)
    chosen = town.mail("collega@damme.example", "Re: wie", "INS-0002", answers=question)
    town.run()
    assert town.outcome(chosen) == "cancelled"
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven", "Afgemeld"]


def test_an_answer_to_a_thread_already_completed_changes_nothing_unsaid(town: Town) -> None:
    half = person()
    del half["Gemeente/OCMW"]
    town.mail(JAN, "Inschrijving", typed(half))
    (question,) = answers(town.run())
    town.mail(JAN, "Re: inschrijving", "OCMW Damme", answers=question)
    (done,) = answers(town.run())
    assert done["X-Mailbot-Outcome"] == "registered"
    again = town.mail(JAN, "Re: inschrijving", "OCMW Damme", answers=question)
    town.run()
    assert town.outcome(again) in ("unchanged", "no-form", "review")
    assert [(row["Gemeente/OCMW"], row["Status"]) for row in town.sheet()] == [("OCMW Damme", "Ingeschreven")]


def test_a_plain_ja_completes_what_was_only_doubted(town: Town) -> None:
    town.mail(f"Jan Peeters <{JAN}>", "Kennisplatform Intergemeentelijk Samenwerken", "Ik kom graag.")
    (question,) = answers(town.run())
    assert question["X-Mailbot-Outcome"] == "incomplete"
    partly = town.mail(JAN, "Re: inschrijving", "ja\nGemeente Damme", answers=question)
    (told,) = answers(town.run())
    assert town.outcome(partly) == "registered"
    assert told["X-Mailbot-Outcome"] == "registered"
    (row,) = town.sheet()
    assert (row["Voornaam"], row["Naam"], row["Status"]) == ("Jan", "Peeters", "Ingeschreven")


def test_an_unanswered_question_becomes_a_case_after_its_days(town: Town) -> None:
    half = person()
    del half["Gemeente/OCMW"]
    town.mail(JAN, "Inschrijving", typed(half), at=datetime.now(UTC) - timedelta(days=4))
    town.run()
    assert town.sheet("Te behandelen") == []  # the days count from our question
    town.run_later(timedelta(days=4))
    (case,) = town.sheet("Te behandelen")
    assert "Niet aangevuld" in str(case)
    assert "Gemeente/OCMW" in str(case)
    town.decide("niet aangevuld", "aanvaarden")
    (told,) = (mail for mail in answers(town.run()) if mail["X-Mailbot-Outcome"] == "registered")
    assert told["X-Envelope-To"] == JAN


def test_a_decline_for_an_unknown_uid_is_a_machines_mail(town: Town) -> None:
    registered(town)
    reply = EmailMessage()
    reply["From"], reply["To"], reply["Subject"] = JAN, "inschrijvingen@example.org", "Geweigerd: overleg"
    reply["Message-ID"], reply["Date"] = "<vreemd@damme.example>", "Mon, 16 Nov 2026 10:00:00 +0100"
    reply.set_content("")
    reply.add_alternative(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:iets-anders@elders\r\n"
        f"DTSTAMP:20261116T090000Z\r\nATTENDEE;PARTSTAT=DECLINED:mailto:{JAN}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        subtype="calendar",
        params={"method": "REPLY"},
    )
    town.dovecot.deliver(town.user, reply.as_bytes(), received=datetime.now(UTC))
    assert town.run() == []
    assert town.outcome("<vreemd@damme.example>") == "automatic"
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]


def test_a_form_for_a_meeting_that_is_over_is_for_a_person(town: Town) -> None:
    town.event(starts=in_days(-3), ends=in_days(-3, 17), deadline=in_days(-10).date())
    town.event("kis-2027-1", title="Trefdag Klimaat en Energie", starts=in_days(40), ends=in_days(40, 17))
    mail = town.mail(JAN, "Inschrijving Kennisplatform Intergemeentelijk Samenwerken", typed(person()))
    assert answers(town.run()) == []
    assert town.outcome(mail) == "review"


def test_a_reply_that_quotes_older_confirmations_is_read_by_its_own_words(town: Town) -> None:
    confirmation = registered(town)
    town.mail(JAN, "Wijziging", typed(person(Functie="burgemeester")))
    (second,) = answers(town.run())
    town.mail(JAN, "Wijziging", typed(person(**{"Telefoon/gsm": "0499 11 22 33"})))
    (third,) = answers(town.run())
    quoted = "\n\n".join(
        "Van: Secretariaat <inschrijvingen@example.org>\nVerzonden: maandag 16 november 2026 10:00\n"
        f"Aan: {JAN}\nOnderwerp: {mail['Subject']}\n\n{plain(mail)}"
        for mail in (third, second, confirmation)
    )
    thanks = town.mail(
        JAN, "RE: Aangepast", f"Dank u wel.\n\n{quoted}", headers=[("In-Reply-To", third["Message-ID"])]
    )
    gone = town.mail(
        JAN,
        "RE: Aangepast",
        f"Ik moet helaas annuleren.\n\n{quoted}",
        headers=[("In-Reply-To", third["Message-ID"])],
    )
    told = answers(town.run())
    assert (town.outcome(thanks), town.outcome(gone)) == ("no-form", "cancelled")
    assert [mail["X-Mailbot-Outcome"] for mail in told] == ["cancelled"]
    (row,) = town.sheet()
    assert (row["Functie"], row["Telefoon/gsm"], row["Status"]) == ("schepen", "0499 11 22 33", "Afgemeld")


def test_a_capacity_lowered_below_what_is_taken_throws_nobody_out(town: Town) -> None:
    town.event(capacity=3, per_organisation=1)
    town.mail(JAN, "Inschrijving", typed(person()))
    town.mail(ANS_ADDRESS, "Inschrijving", typed(AN))
    town.run()
    colleague = person(Naam="Maes", Voornaam="Lies", **{"E-mail": "lies@damme.example"})
    second = town.mail("lies@damme.example", "Inschrijving", typed(colleague))
    (told,) = answers(town.run())
    assert town.outcome(second) == "waitlisted"
    assert "al 1 deelnemer" in plain(told)
    assert "Lies Maes (INS-0003)" in town.page("Overzicht")
    assert "dit bestuur heeft al 1 deelnemer" in town.page("Overzicht")
    town.event(capacity=1)
    assert town.run() == []
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven", "Ingeschreven", "Wachtlijst"]
    assert any("Niemand is geschrapt" in str(case) for case in town.sheet("Te behandelen"))


def test_the_secretariats_own_address_on_a_form_is_nobodys(town: Town) -> None:
    for address in ("inschrijvingen@example.org", "griet@vereniging.example"):
        mail = town.mail(JAN, "Inschrijving", typed(person(**{"E-mail": address})))
        sent = town.run()
        assert town.outcome(mail) in ("registered", "unchanged")
        assert {one["X-Envelope-To"] for one in sent} == {JAN}
    assert [row["E-mail"] for row in town.sheet()] == [JAN]
