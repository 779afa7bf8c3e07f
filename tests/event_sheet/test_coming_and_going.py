"""Everything people mail after "ik schrijf mij in"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from openpyxl import load_workbook

from tests.event_sheet.town import (
    Town,
    answers,
    calendar,
    in_days,
    person,
    plain,
    typed,
    word_rows,
)

JAN = "jan.peeters@damme.example"
AN = person(
    Naam="De Smet", Voornaam="An", **{"E-mail": "an.desmet@brugge.example", "Gemeente/OCMW": "Brugge"}
)


def registered(town: Town, **said: str) -> EmailMessage:
    """Jan registers; gives the confirmation."""
    town.mail(JAN, "Inschrijving", typed(person(**said)))
    (confirmation,) = answers(town.run())
    return confirmation


def test_after_a_corrected_address_nothing_goes_to_the_old_one(town: Town) -> None:
    confirmation = registered(town)
    town.mail(JAN, "Re: nieuw adres", typed(person(**{"E-mail": "jan@damme.example"})), answers=confirmation)
    town.run()
    (row,) = town.sheet()
    assert row["E-mail"] == "jan@damme.example"
    town.mail(
        "jan@damme.example", "Re: uw inschrijving", "Gelieve mij uit te schrijven.", answers=confirmation
    )
    assert {mail["X-Envelope-To"] for mail in town.run()} == {"jan@damme.example"}


def test_an_answer_that_names_what_changes_changes_it_and_other_wishes_are_a_case(town: Town) -> None:
    confirmation = registered(town)
    quoted = "".join(f"> {line}\n" for line in plain(confirmation).splitlines())
    mail = town.mail(
        JAN,
        "Re: Ingeschreven",
        f"Dag Lies,\n\nMijn gsm-nummer is eigenlijk 0499 88 77 66.\n\nGroet\nJan\n\n{quoted}",
        answers=confirmation,
    )
    (answer,) = answers(town.run())
    assert town.outcome(mail) == "changed"
    assert "0499 88 77 66" in plain(answer)
    (row,) = town.sheet()
    assert row["Telefoon/gsm"] == "0499 88 77 66"
    mail = town.mail(
        JAN, "Re: Aangepast", "Oei, mijn functie klopt niet meer.\n\nGroet\nJan", answers=confirmation
    )
    assert town.run() == []
    assert town.outcome(mail) == "review"
    (case,) = town.sheet("Te behandelen")
    assert "mijn functie klopt niet meer" in case["Wat er gelezen werd"]


def test_a_reply_without_a_form_proposes_name_and_address_and_asks_the_rest(town: Town) -> None:
    mail = town.mail(
        "Jan Peeters <jan.peeters@damme.example>",
        "Re: Uitnodiging Kennisplatform Intergemeentelijk Samenwerken",
        "Dag Griet, schrijf mij gerust in.\n\nGroeten, Jan",
    )
    (question,) = answers(town.run())
    assert town.outcome(mail) == "incomplete"
    assert "Peeters" in plain(question)
    assert "Gemeente/OCMW" in plain(question)
    (row,) = town.sheet()
    assert (row["Status"], row["E-mail"]) == ("Onvolledig", JAN)


@pytest.mark.parametrize(
    "words",
    ["Ik laat mij verontschuldigen.", "Ik kan er helaas niet bij zijn en wens mij te verontschuldigen."],
)
def test_an_excuse_from_someone_never_registered_is_a_state_of_its_own(town: Town, words: str) -> None:
    mail = town.mail(f"Jan Peeters <{JAN}>", "Kennisplatform Intergemeentelijk Samenwerken", words)
    town.run()
    assert town.outcome(mail) == "excused"
    assert [row["Status"] for row in town.sheet()] == ["Verontschuldigd"]


def test_a_no_on_the_form_excuses(town: Town) -> None:
    mail = town.mail(JAN, "Antwoord", typed(person(**{"Ik neem deel": "nee"})))
    town.run()
    assert town.outcome(mail) == "excused"


def test_who_registered_three_is_asked_which_and_may_name_one(town: Town) -> None:
    people = [person(Naam=name, Voornaam="Bart", **{"E-mail": ""}) for name in ("Maes", "Claeys", "Willems")]
    town.mail("secretariaat@damme.example", "Inschrijvingen", "", ("lijst.docx", word_rows(*people)))
    (summary,) = answers(town.run())
    unclear = town.mail(
        "secretariaat@damme.example", "Re: inschrijving", "Gelieve uit te schrijven.", answers=summary
    )
    (question,) = answers(town.run())
    assert {row["Status"] for row in town.sheet()} == {"Ingeschreven"}, unclear
    named = town.mail("secretariaat@damme.example", "Re: inschrijving", "Bart Claeys", answers=question)
    town.run()
    assert town.outcome(named) == "cancelled"
    assert {row["Naam"]: row["Status"] for row in town.sheet()} == {
        "Maes": "Ingeschreven",
        "Claeys": "Afgemeld",
        "Willems": "Ingeschreven",
    }


def test_withdrawn_and_toch_wel_restores(town: Town) -> None:
    confirmation = registered(town)
    town.mail(JAN, "Re: inschrijving", "Ik moet helaas afzeggen.", answers=confirmation)
    (bye,) = answers(town.run())
    town.mail(JAN, "Re: inschrijving", "Ik kom toch wel.", answers=bye)
    (back,) = answers(town.run())
    assert back["X-Mailbot-Outcome"] == "registered"
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]


def test_words_that_only_look_like_a_withdrawal_are_a_case(town: Town) -> None:
    confirmation = registered(town)
    mail = town.mail(JAN, "Re: inschrijving", "Ik kan niet bij de lunch zijn.", answers=confirmation)
    assert answers(town.run()) == []
    assert town.outcome(mail) == "review"
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]
    assert any("lunch" in str(row) for row in town.sheet("Te behandelen"))


def answer_from_calendar(town: Town, subject: str, method: str, partstat: str) -> str:
    """Registers Jan, whose calendar then answers the invitation; gives the answer's Message-ID."""
    town.mail(JAN, "Inschrijving", typed(person()))
    invitation = next(calendar(mail) for mail in town.run() if calendar(mail))
    uid = next(
        line.removeprefix("UID:")
        for line in invitation.replace("\r\n ", "").splitlines()
        if line.startswith("UID:")
    )
    reply = EmailMessage()
    reply["From"], reply["To"], reply["Subject"] = JAN, "inschrijvingen@example.org", subject
    reply["Message-ID"], reply["Date"] = "<agenda@damme.example>", "Mon, 16 Nov 2026 10:00:00 +0100"
    reply.set_content("")
    reply.add_alternative(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n"
        f"DTSTAMP:20261116T090000Z\r\nORGANIZER:mailto:inschrijvingen@example.org\r\n"
        f"ATTENDEE;PARTSTAT={partstat}:mailto:{JAN}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        subtype="calendar",
        params={"method": method},
    )
    town.dovecot.deliver(town.user, reply.as_bytes(), received=datetime.now(UTC))
    return str(reply["Message-ID"])


def test_declining_the_invitation_withdraws_without_an_answer_and_makes_a_case(town: Town) -> None:
    mail = answer_from_calendar(town, "Geweigerd: Kennisplatform", "REPLY", "DECLINED")
    assert answers(town.run()) == []
    assert town.outcome(mail) == "cancelled"
    assert [row["Status"] for row in town.sheet()] == ["Afgemeld"]
    assert len(town.sheet("Te behandelen")) == 1


def test_another_time_proposed_by_a_calendar_is_a_case(town: Town) -> None:
    mail = answer_from_calendar(town, "Nieuwe tijd voorgesteld: Kennisplatform", "COUNTER", "TENTATIVE")
    assert answers(town.run()) == []
    assert town.outcome(mail) == "review"
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]
    (case,) = town.open_cases()
    assert "een ander moment" in str(case["Wat er gelezen werd"])


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("Gelieve INS-9999 uit te schrijven.", {"antwoord sturen", "navragen", "afgehandeld"}),
        (
            "Mag ik iemand meebrengen naar het Kennisplatform? Ik kom zeker.",
            {"antwoord sturen", "navragen", "inschrijven", "noteren als verontschuldigd", "afgehandeld"},
        ),
    ],
)
def test_the_choices_do_what_the_sender_may_mean(town: Town, words: str, offered: set[str]) -> None:
    town.mail("An Claes <an.claes@damme.example>", "Kennisplatform", f"Beste\n\n{words}\n\nAn Claes")
    town.run()
    (case,) = town.open_cases()
    foretold = str(case["Wat volgt"]).splitlines()[:-1]
    assert {line.partition(":")[0] for line in foretold} == offered


def test_who_says_again_that_they_come_and_tells_a_diet_has_that_noted(town: Town) -> None:
    confirmation = registered(town)
    said = "Hallo, ik ben ingeschreven voor het Kennisplatform. Ik eet geen vlees.\n\nJan"
    town.mail(JAN, "Dieet", said, answers=confirmation)
    town.run()
    (row,) = town.sheet()
    assert (row["Status"], row["Dieetwensen"]) == ("Ingeschreven", "geen vlees")
    assert not town.open_cases()


def test_a_substitute_takes_one_place_and_both_are_told(town: Town) -> None:
    confirmation = registered(town)
    mail = town.mail(
        JAN,
        "Re: inschrijving",
        "Ik kan er niet bij zijn. An De Smet (an.desmet@damme.example) komt in mijn plaats.",
        answers=confirmation,
    )
    told = {mail["X-Envelope-To"] for mail in answers(town.run())}
    assert town.outcome(mail) == "substituted"
    assert told == {JAN, "an.desmet@damme.example"}
    assert {row["Naam"]: row["Status"] for row in town.sheet()} == {
        "Peeters": "Afgemeld",
        "De Smet": "Ingeschreven",
    }


def test_a_substitute_who_is_registered_already_has_one_row(town: Town) -> None:
    town.mail("an.desmet@brugge.example", "Inschrijving", typed({**AN, "Gemeente/OCMW": "Damme"}))
    town.run()
    confirmation = registered(town)
    mail = town.mail(JAN, "Re: inschrijving", "An De Smet komt in mijn plaats.", answers=confirmation)
    town.run()
    assert town.outcome(mail) == "substituted"
    assert [(row["Naam"], row["Status"], row["E-mail"]) for row in town.sheet()] == [
        ("De Smet", "Ingeschreven", "an.desmet@brugge.example"),
        ("Peeters", "Afgemeld", JAN),
    ]


def test_six_people_without_an_address_bring_one_mail_to_the_sender(town: Town) -> None:
    people = [
        person(Naam=name, Voornaam="Bart", **{"E-mail": ""})
        for name in ("Aers", "Boon", "Crul", "Dams", "Eeckhout", "Foulon")
    ]
    town.mail("secretariaat@damme.example", "Inschrijvingen", "", ("lijst.docx", word_rows(*people)))
    assert [mail["X-Envelope-To"] for mail in answers(town.run())] == ["secretariaat@damme.example"]
    assert len(town.sheet()) == 6


def test_the_sender_gets_a_summary_and_each_participant_a_mail_of_their_own(town: Town) -> None:
    town.mail("secretariaat@damme.example", "Inschrijvingen", "", ("lijst.docx", word_rows(person(), AN)))
    told = {mail["X-Envelope-To"]: plain(mail) for mail in answers(town.run())}
    assert set(told) == {"secretariaat@damme.example", JAN, "an.desmet@brugge.example"}
    assert "De Smet" not in told[JAN]
    assert "De Smet" in told["secretariaat@damme.example"]


def test_late_is_reviewed_by_default_and_withdrawals_are_always_accepted(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()), at=datetime.now(UTC) - timedelta(days=5))
    (confirmation,) = answers(town.run())
    town.event(deadline=in_days(-2).date())
    late = town.mail("an.desmet@brugge.example", "Inschrijving", typed(AN))
    gone = town.mail(JAN, "Re: inschrijving", "Gelieve mij uit te schrijven.", answers=confirmation)
    told = answers(town.run())
    assert town.outcome(late) == "review"
    assert town.outcome(gone) == "cancelled"
    assert [mail["X-Envelope-To"] for mail in told] == [JAN]
    assert any("De Smet" in str(row) for row in town.sheet("Te behandelen"))
    assert "na de uiterste datum" in town.page("Logboek")
    assert "U bent afgemeld" in plain(told[0])
    assert "Inschrijven kon" not in plain(told[0]), "a withdrawal is late for nothing"


def test_who_withdraws_while_she_has_not_decided_yet_is_no_case_any_more(town: Town) -> None:
    town.event(deadline=in_days(-2).date())
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    assert len(town.sheet("Te behandelen")) == 1
    town.mail(JAN, "Afmelding", "Ik kan toch niet komen, gelieve mij uit te schrijven.\n\nJan Peeters")
    town.run()
    assert town.sheet("Te behandelen") == []
    assert "Te laat: vervallen" in town.page("Logboek")


def test_the_waiting_list_gives_a_freed_place_to_the_first_in_line(town: Town) -> None:
    town.event(capacity=1)
    town.mail(JAN, "Inschrijving", typed(person()))
    (confirmation,) = answers(town.run())
    waiting = town.mail("an.desmet@brugge.example", "Inschrijving", typed(AN))
    town.run()
    assert town.outcome(waiting) == "waitlisted"
    town.mail(JAN, "Re: inschrijving", "Gelieve mij uit te schrijven.", answers=confirmation)
    told = {mail["X-Envelope-To"]: mail["X-Mailbot-Outcome"] for mail in answers(town.run())}
    assert told == {JAN: "cancelled", "an.desmet@brugge.example": "registered"}
    assert {row["Naam"]: row["Status"] for row in town.sheet()} == {
        "Peeters": "Afgemeld",
        "De Smet": "Ingeschreven",
    }


def test_who_moves_up_hears_nothing_of_a_question_that_another_asked(town: Town) -> None:
    town.event(capacity=1)
    first = registered(town)
    lies = person(Naam="Maes", Voornaam="Lies", **{"E-mail": "lies@torhout.example"})
    town.mail("lies@torhout.example", "Inschrijving", typed(lies))
    town.run()
    town.mail(JAN, "Re", "Ik kan toch niet komen, schrijf mij uit. Krijg ik het verslag?", answers=first)
    mails = {str(mail["X-Envelope-To"]): plain(mail) for mail in answers(town.run())}
    assert "Uw vraag is doorgegeven" in mails[JAN]
    assert "een plaats vrijgekomen" in mails["lies@torhout.example"]
    assert "Uw vraag" not in mails["lies@torhout.example"]


def test_who_sent_in_somebody_without_an_address_hears_what_another_changed(town: Town) -> None:
    sent = {label: value for label, value in person().items() if label != "E-mail"}
    town.mail("sofie@damme.example", "Inschrijving", typed(sent))
    town.run()
    words = "Jan Peeters kan niet komen naar het Kennisplatform Intergemeentelijk Samenwerken."
    town.mail("kris@elders.example", "Afmelding", words)
    assert town.run() == []
    town.decide("wil deze inschrijving afmelden", "aanvaarden")
    mails = {str(mail["X-Envelope-To"]): plain(mail) for mail in answers(town.run())}
    assert mails.keys() == {"kris@elders.example", "sofie@damme.example"}
    assert "Jan Peeters is afgemeld" in mails["sofie@damme.example"]


@pytest.mark.parametrize(
    "words",
    [
        "Beste, ik kom in de plaats van Jan Peeters naar het Kennisplatform.",
        "Dag, ik zou eventueel in de plaats kunnen komen van Jan Peeters op het Kennisplatform, als dat mag.",
    ],
)
def test_who_comes_in_the_place_of_somebody_whom_the_mail_names_can_take_it_by_one_choice(
    town: Town, words: str
) -> None:
    registered(town)
    town.mail("kris@elders.example", "Kennisplatform", words)
    assert town.run() == []
    book = load_workbook(town.workbook())
    offered = [str(rule.formula1) for rule in book["Te behandelen"].data_validations.dataValidation]
    assert any("vervangt INS-0001" in one and "inschrijven" in one for one in offered)


def test_a_question_delays_nothing_and_becomes_a_case(town: Town) -> None:
    mail = town.mail(JAN, "Inschrijving", typed(person(Opmerkingen="Is er parking in de buurt?")))
    (told,) = answers(town.run())
    assert town.outcome(mail) == "registered"
    assert "Uw vraag is doorgegeven aan het secretariaat." in plain(told)
    assert any("parking" in str(row) for row in town.sheet("Te behandelen"))


def test_more_than_ten_people_make_no_rows_and_no_mails(town: Town) -> None:
    people = [person(Naam=f"Maes{chr(97 + n)}", Voornaam="Bart", **{"E-mail": ""}) for n in range(14)]
    mail = town.mail("personeel@damme.example", "Lijst", "", ("personeel.docx", word_rows(*people)))
    assert town.run() == []
    assert town.outcome(mail) == "review"
    assert not town.workbook().exists() or town.sheet() == []


def test_a_form_that_names_another_meeting_never_goes_to_the_only_open_one(town: Town) -> None:
    from tests.event_sheet.town import word_table

    form = word_table(person(), title="Inschrijvingsformulier Trefdag Klimaat 14 januari 2027")
    mail = town.mail(JAN, "Inschrijving", "", ("formulier.docx", form))
    assert answers(town.run()) == []
    assert town.outcome(mail) == "review"


def test_bulk_mail_with_a_form_is_registered_and_not_answered(town: Town) -> None:
    mail = town.mail(JAN, "Inschrijving", typed(person()), headers=[("Precedence", "bulk")])
    assert answers(town.run()) == []
    assert town.outcome(mail) == "registered"


def test_the_same_name_with_another_address_is_a_case(town: Town) -> None:
    registered(town)
    mail = town.mail("jan@elders.example", "Inschrijving", typed(person(**{"E-mail": "jan@elders.example"})))
    assert answers(town.run()) == []
    assert town.outcome(mail) == "review"
    (case,) = town.sheet("Te behandelen")
    assert "Peeters" in str(case)


def test_an_old_form_sent_again_puts_no_old_answer_back(town: Town) -> None:
    confirmation = registered(town)
    town.mail(JAN, "Re: Ingeschreven", "Mijn gsm-nummer is 0499 88 77 66.", answers=confirmation)
    town.run()
    again = town.mail(JAN, "Fwd: Inschrijving", typed(person()))
    (answer,) = answers(town.run())
    assert town.outcome(again) == "unchanged"
    assert "0499 88 77 66" in plain(answer)
    assert [row["Telefoon/gsm"] for row in town.sheet()] == ["0499 88 77 66"]
    other = town.mail(JAN, "Inschrijving", typed(person(**{"Telefoon/gsm": "0471 22 33 44"})))
    town.run()
    assert town.outcome(other) == "changed"
    assert [row["Telefoon/gsm"] for row in town.sheet()] == ["0471 22 33 44"]


@pytest.mark.parametrize(
    ("sender", "status"), [(JAN, "Ingeschreven"), ("Onthaal <onthaal@damme.example>", "Afgemeld")]
)
def test_the_same_form_brings_who_withdrew_back_where_they_send_it_themselves(
    town: Town, sender: str, status: str
) -> None:
    confirmation = registered(town)
    town.mail(JAN, "Re: Ingeschreven", "Ik kan helaas niet komen.", answers=confirmation)
    town.run()
    town.mail(sender, "Inschrijving", typed(person()))
    town.run()
    assert [row["Status"] for row in town.sheet()] == [status]
    assert bool(town.sheet("Te behandelen")) == (status == "Afgemeld")
