"""From a mailbox to rows and answers, by the commands alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.event_sheet.town import (
    Town,
    answers,
    calendar,
    in_days,
    person,
    plain,
    typed,
    word_rows,
    word_table,
)

BRUSSELS = ZoneInfo("Europe/Brussels")


def test_three_forms_and_an_ordinary_mail(town: Town) -> None:
    one = town.mail(
        "jan.peeters@damme.example", "Inschrijving", "Zie bijlage.", ("formulier.docx", word_table(person()))
    )
    an = person(
        Naam="De Smet", Voornaam="An", **{"E-mail": "an.desmet@brugge.example", "Gemeente/OCMW": "Brugge"}
    )
    two = town.mail("an.desmet@brugge.example", "Inschrijving kennisplatform", typed(an))
    others = [
        person(
            Naam=name,
            Voornaam="Bart",
            **{"E-mail": f"bart.{name.lower()}@torhout.example", "Gemeente/OCMW": "Torhout"},
        )
        for name in ("Maes", "Claeys")
    ]
    three = town.mail(
        "secretariaat@torhout.example", "Twee inschrijvingen", "", ("lijst.docx", word_rows(*others))
    )
    four = town.mail(
        "iemand@elders.example",
        "Vraag over de zaalhuur",
        "Dag, kan ik volgende week even bellen?\n\nGroeten, Piet",
    )
    sent = town.run()

    outcomes = {m: town.outcome(m) for m in (one, two, three, four)}
    assert outcomes == {one: "registered", two: "registered", three: "registered", four: "no-form"}
    assert [(row["Naam"], row["Voornaam"], row["Status"]) for row in town.sheet()] == [
        ("Peeters", "Jan", "Ingeschreven"),
        ("De Smet", "An", "Ingeschreven"),
        ("Maes", "Bart", "Ingeschreven"),
        ("Claeys", "Bart", "Ingeschreven"),
    ]
    told = answers(sent)
    assert sorted(mail["X-Envelope-To"] for mail in told) == sorted(
        [
            "jan.peeters@damme.example",
            "an.desmet@brugge.example",
            "secretariaat@torhout.example",
            "bart.maes@torhout.example",
            "bart.claeys@torhout.example",
        ]
    )
    to_sender = next(mail for mail in told if mail["X-Envelope-To"] == "jan.peeters@damme.example")
    assert to_sender["In-Reply-To"] == one
    assert to_sender["X-Mailbot-Outcome"] == "registered"
    assert to_sender["X-Auto-Response-Suppress"] == "All"
    assert "OC De Kleine Beer" in plain(to_sender)
    invitations = [mail for mail in sent if calendar(mail)]
    assert sorted(mail["X-Envelope-To"] for mail in invitations) == sorted(
        [
            "jan.peeters@damme.example",
            "an.desmet@brugge.example",
            "bart.maes@torhout.example",
            "bart.claeys@torhout.example",
        ]
    )
    client = town.dovecot.client(town.user)
    client.select_folder("INBOX", readonly=True)
    assert client.search("UNSEEN"), "ordinary mail stays unread"
    client.logout()

    written = town.workbook().stat().st_mtime_ns
    assert town.run() == []
    assert town.workbook().stat().st_mtime_ns == written


def test_the_last_second_of_the_deadline_is_in_and_the_third_after_is_late(town: Town) -> None:
    deadline = in_days(-1).date()
    town.event(deadline=deadline, late="refuse")
    last = datetime.combine(deadline, datetime.max.time(), BRUSSELS).replace(second=58, microsecond=0)
    early = town.mail("jan.peeters@damme.example", "Inschrijving", typed(person()), at=last)
    an = person(Naam="De Smet", Voornaam="An", **{"E-mail": "an.desmet@damme.example"})
    late = town.mail("an.desmet@damme.example", "Inschrijving", typed(an), at=last + timedelta(seconds=3))
    town.run()
    assert town.outcome(early) == "registered"
    assert town.outcome(late) == "late"


def test_the_same_mail_again_is_a_duplicate_and_the_same_form_again_unchanged(town: Town) -> None:
    town.mail("jan.peeters@damme.example", "Inschrijving", typed(person()))
    town.run()
    again = town.mail("jan.peeters@damme.example", "Inschrijving", typed(person()))
    sent = town.run()
    assert town.outcome(again) == "unchanged"
    assert [mail["X-Mailbot-Outcome"] for mail in answers(sent)] == ["unchanged"]
    assert len(town.sheet()) == 1


def test_a_correction_says_what_changed_and_a_withdrawal_takes_the_row_out(town: Town) -> None:
    town.mail("jan.peeters@damme.example", "Inschrijving", typed(person()))
    (confirmation,) = answers(town.run())
    changed = town.mail(
        "jan.peeters@damme.example", "Verbetering", typed(person(**{"Telefoon/gsm": "0499 11 22 33"}))
    )
    (told,) = answers(town.run())
    assert town.outcome(changed) == "changed"
    assert "0499 11 22 33" in plain(told)
    gone = town.mail(
        "jan.peeters@damme.example",
        "Re: " + str(confirmation["Subject"]),
        "Ik kan er helaas niet bij zijn, gelieve mij uit te schrijven.",
        answers=confirmation,
    )
    (bye,) = answers(town.run())
    assert town.outcome(gone) == "cancelled"
    assert bye["X-Mailbot-Outcome"] == "cancelled"
    assert [row["Status"] for row in town.sheet()] == ["Afgemeld"]


def test_an_incomplete_form_is_completed_by_a_plain_answer(town: Town) -> None:
    half = person()
    del half["Voornaam"], half["Gemeente/OCMW"]
    first = town.mail("jan.peeters@damme.example", "Inschrijving", typed(half))
    (question,) = answers(town.run())
    assert town.outcome(first) == "incomplete"
    assert "Voornaam" in plain(question)
    second = town.mail(
        "jan.peeters@damme.example", "Re: uw inschrijving", "Voornaam: Jan\nOCMW Damme", answers=question
    )
    (told,) = answers(town.run())
    assert town.outcome(second) == "registered"
    assert told["X-Mailbot-Outcome"] == "registered"
    (row,) = town.sheet()
    assert (row["Voornaam"], row["Gemeente/OCMW"], row["Status"]) == ("Jan", "OCMW Damme", "Ingeschreven")


def test_machines_and_thanks_are_not_answered(town: Town) -> None:
    town.mail("jan.peeters@damme.example", "Inschrijving", typed(person()))
    (confirmation,) = answers(town.run())
    away = town.mail(
        "jan.peeters@damme.example",
        "Automatisch antwoord: uw inschrijving",
        "Ik ben afwezig tot maandag.",
        headers=[("Auto-Submitted", "auto-replied")],
        answers=confirmation,
    )
    thanks = town.mail(
        "jan.peeters@damme.example", "Re: uw inschrijving", "Dank, tot dan!", answers=confirmation
    )
    assert town.run() == []
    assert (town.outcome(away), town.outcome(thanks)) == ("automatic", "no-form")
