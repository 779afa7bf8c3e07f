"""A decided case stays, grey, until the next digest, says what followed, and can be undone."""

from __future__ import annotations

import time
from datetime import timedelta
from email.message import EmailMessage

import pytest
from openpyxl import load_workbook

from mailbot.config.loader import load
from mailbot.storage import Store, consistency
from mailbot.wording.dates import day_of_month
from tests.event_sheet.test_coming_and_going import AN, JAN
from tests.event_sheet.town import DAMME, Town, answers, in_days, person, plain, typed
from tests.workbook.strict import complaints

UNDO = "ongedaan maken"


def late(town: Town) -> str:
    """Jan mails too late; the case waits."""
    town.event(deadline=in_days(-2).date())
    mail = town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    return mail


def corrections(mails: list[EmailMessage]) -> list[EmailMessage]:
    return [mail for mail in mails if "Rechtzetting" in str(mail["Subject"])]


def test_before_she_decides_each_mail_can_be_read_and_after_it_the_row_says_what_went_out(town: Town) -> None:
    late(town)
    (row,) = town.sheet("Te behandelen")
    assert "aanvaarden: mail aan jan.peeters@damme.example" in row["Wat volgt"]
    assert "afgehandeld: geen mail" in row["Wat volgt"]
    foretold = town.page("Voorbeelden")
    town.decide("te laat", "aanvaarden")
    (sent,) = answers(town.run())
    for line in filter(None, (line.strip() for line in plain(sent).splitlines())):
        assert line in foretold
    (row,) = town.sheet("Te behandelen")
    assert row["Beslissing"] == "aanvaarden"
    assert f"Mail aan {JAN}: “{sent['Subject']}”, verstuurd" in row["Wat volgt"]
    sheet = load_workbook(town.workbook())["Te behandelen"]
    assert {cell.fill.fgColor.rgb for cell in sheet[2]} == {"FFF2F2F2"}
    (choices,) = [
        v.formula1 for v in sheet.data_validations.dataValidation if "H2" in v.sqref or "G2" in v.sqref
    ]
    assert UNDO in choices


def test_a_decision_undone_leaves_the_row_as_it_was_and_is_followed_by_one_correction(town: Town) -> None:
    mail = late(town)
    (before,) = town.sheet()
    town.decide("te laat", "aanvaarden")
    first = town.run()
    assert len(answers(first)) == 1
    town.decide("te laat", UNDO)
    second = town.run()
    (correction,) = corrections(second)
    assert correction["X-Envelope-To"] == JAN
    assert plain(correction).splitlines()[0] == "Beste Jan Peeters"
    assert str(answers(first)[0]["Subject"]) in plain(correction)
    (cancel,) = (one for one in second if one is not correction)  # out of his calendar again
    assert [part.get_param("method") for part in cancel.walk() if part.get_param("method")] == ["CANCEL"]
    (after,) = town.sheet()
    assert {k: v for k, v in after.items() if k != "Gewijzigd"} == {
        k: v for k, v in before.items() if k != "Gewijzigd"
    }
    assert town.outcome(mail) == "review"
    (row,) = town.open_cases()
    assert row["Beslissing"] is None
    assert town.run() == []
    town.decide("te laat", "aanvaarden", "Toch welkom.")
    (again,) = answers(town.run())
    assert "Toch welkom." in plain(again)
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]


def test_a_correction_says_what_was_wrong_and_what_holds_now(town: Town) -> None:
    late(town)
    town.decide("te laat", "aanvaarden")
    town.run()
    town.decide("aanvaarden", "ongedaan maken")
    (corrected,) = corrections(town.run())
    text = plain(corrected)
    assert "stuurden wij u de mail “Ingeschreven: Kennisplatform Intergemeentelijk Samenwerken”" in text
    assert "wat erin staat, geldt niet" in text
    assert "- Over uw inschrijving is nog niet beslist." in text


def test_registrations_that_a_decision_made_are_gone_once_it_is_undone(town: Town) -> None:
    group = [person(Voornaam=f"Jan {letter}") for letter in "ABCDEFGHIJKL"]
    town.mail(JAN, "Inschrijving", typed(*group))
    town.run()
    assert town.sheet() == []
    town.decide("veel personen", "aanvaarden")
    town.run()
    assert len(town.sheet()) == len(group)
    town.decide("veel personen", UNDO)
    (correction,) = corrections(town.run())
    assert plain(correction).splitlines()[0] == "Goedendag"  # twelve people share that address
    assert town.sheet() == []
    assert town.run() == []
    town.decide("veel personen", "aanvaarden")
    town.run()
    assert {row["Status"] for row in town.sheet()} == {"Ingeschreven"}
    assert len(town.sheet()) == len(group)


def test_a_mail_that_cannot_be_drawn_costs_its_preview_and_no_workbook(town: Town) -> None:
    own = town.config.parent / "templates" / "nl"
    own.mkdir(parents=True)
    broken = '{% extends "answer.j2" %}{% block subject %}{{ absent.name }}{% endblock %}'
    (own / "registered.j2").write_text(broken, encoding="utf-8")
    late(town)
    (row,) = town.sheet("Te behandelen")
    assert "Jan Peeters" in str(row)
    assert not row["Wat volgt"]


def test_a_deleted_row_can_be_put_back_from_its_grey_row(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.mail("an.desmet@brugge.example", "Inschrijving", typed(AN))
    town.run()
    book = load_workbook(town.workbook())
    book["Deelnemers"].delete_rows(2)
    book.save(town.workbook())
    assert town.run() == []
    (row,) = town.sheet("Te behandelen")
    assert "Jan Peeters" in row["Wie"]
    assert "Niemand kreeg een mail" in row["Wat volgt"]
    town.decide("Jan Peeters", UNDO)
    assert town.run() == []
    assert sorted((row["Naam"], row["Status"]) for row in town.sheet()) == [
        ("De Smet", "Ingeschreven"),
        ("Peeters", "Ingeschreven"),
    ]
    assert town.sheet("Te behandelen") == []


def test_a_deleted_row_comes_back_with_what_stood_in_columns_of_hers(town: Town) -> None:
    """Also where she typed it, and deleted the row, without a word to write for mailbot in between."""
    town.mail(JAN, "Inschrijving", typed(person()))
    town.mail("an.desmet@brugge.example", "Inschrijving", typed(AN))
    town.run()
    path = town.workbook()
    book = load_workbook(path)
    sheet = book["Deelnemers"]
    own = {"Parking": "P1", "Bedrag": 12.5, "Dag": in_days(3, 0), "Som": "=1+1", "Vrij": True}
    for at, (header, value) in enumerate(own.items(), start=sheet.max_column + 1):
        sheet.cell(1, at).value, sheet.cell(2, at).value = header, value
    book.save(path)
    town.run()
    book = load_workbook(path)
    book["Deelnemers"].delete_rows(2)
    book.save(path)
    town.run()
    town.decide("Jan Peeters", UNDO)
    town.run()
    (jan,) = (row for row in town.sheet() if row["Naam"] == "Peeters")
    assert {name: jan[name] for name in own} == {**own, "Som": None}  # a formula is about its own row
    (an,) = (row for row in town.sheet() if row["Naam"] == "De Smet")
    assert an["Parking"] is None
    assert complaints(path.read_bytes()) == []
    assert town.run() == []


def test_the_digest_ends_it(town: Town) -> None:
    town.configure(first="", rest='\n[secretariat]\naddress = "griet@vereniging.example"\ndigest = "07:30"\n')
    late(town)
    town.decide("te laat", "weigeren")
    town.run()
    assert len(town.sheet("Te behandelen")) == 1
    for hours in (2, 14):  # one of them is after 07:30 of its day, whenever this test runs
        town.run_later(timedelta(days=1, hours=hours))
    assert town.sheet("Te behandelen") == []


def test_what_she_decided_while_a_digest_was_overdue_can_still_be_undone(town: Town) -> None:
    town.configure(first="", rest='\n[secretariat]\naddress = "griet@vereniging.example"\ndigest = "07:30"\n')
    late(town)
    town.decide("te laat", "aanvaarden")
    # Nothing ran for two days: this round takes her decision in, and sends the digest that is overdue.
    sent = town.run_later(timedelta(days=2))
    (digest,) = (mail for mail in sent if str(mail["Subject"]).startswith("Overzicht van"))
    assert digest["X-Envelope-To"] == "griet@vereniging.example"
    (row,) = town.sheet("Te behandelen")
    assert "Ongedaan maken kan" in row["Wat volgt"]


def test_a_second_decision_that_contradicts_is_told_on_the_row_and_changes_nothing(town: Town) -> None:
    late(town)
    before = town.workbook().read_bytes()
    town.decide("te laat", "aanvaarden")
    town.run()
    town.workbook().write_bytes(before)  # a colleague's copy, decided otherwise
    town.decide("te laat", "weigeren")
    assert town.run() == []
    (row,) = town.sheet("Te behandelen")
    assert row["Beslissing"] == "aanvaarden"
    assert "“weigeren”: dat gebeurde niet" in row["Wat volgt"]
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]


def test_an_answer_typed_beside_a_decision_about_the_same_person_and_the_decision_both_hold(
    town: Town,
) -> None:
    town.mail(f"Jan Peeters <{JAN}>", "Kennisplatform Intergemeentelijk Samenwerken", "Schrijf mij in.")
    (question,) = answers(town.run())
    town.mail(f"Jan Peeters <{JAN}>", "Re: inschrijving", "Dank, tot dan!", answers=question)
    town.run()
    town.type_in({(2, "Gemeente/OCMW"): "Damme"})
    town.decide("tot dan", "inschrijven")
    town.run()
    (row,) = town.sheet()
    assert (row["Gemeente/OCMW"], row["Status"]) == ("Damme", "Ingeschreven")
    assert town.open_cases() == []


def test_a_row_copied_with_another_decision_decides_nothing_and_is_told(town: Town) -> None:
    late(town)
    town.decide("te laat", "aanvaarden")
    book = load_workbook(town.workbook())
    sheet = book["Te behandelen"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for cell in sheet[2]:
        sheet.cell(3, cell.column).value = cell.value
    sheet.cell(3, columns["Beslissing"]).value = "weigeren"
    book.save(town.workbook())
    assert town.run() == []
    told = town.sheet("Te behandelen")
    assert [row["Beslissing"] for row in told] == [None]
    assert "Kies één van beide" in told[0]["Wat volgt"]
    assert [row["Status"] for row in town.sheet()] == ["Te laat"]
    assert town.run() == []


def test_a_decision_on_a_case_that_is_gone_is_told(town: Town) -> None:
    late(town)
    before = town.workbook().read_bytes()
    town.mail(JAN, "Annuleren", "Ik kan toch niet komen, schrap mijn inschrijving.")
    town.run()
    town.workbook().write_bytes(before)
    town.decide("te laat", "aanvaarden")
    town.run()
    assert any("kon niet meer" in str(row) for row in town.sheet("Te behandelen"))
    assert "Ingeschreven" not in [row["Status"] for row in town.sheet()]


def test_a_remark_that_goes_nowhere_is_told(town: Town) -> None:
    late(town)
    town.decide("te laat", "afgehandeld", "Ik belde hem op.")
    assert town.run() == []
    (row,) = town.sheet("Te behandelen")
    assert "toelichting ging nergens heen" in row["Wat volgt"]


def test_what_changed_since_is_not_taken_back(town: Town) -> None:
    late(town)
    town.decide("te laat", "aanvaarden")
    town.run()
    town.type_in({(2, "Functie"): "burgemeester"})
    town.run()
    town.decide("te laat", UNDO)
    assert town.run() == []
    (row,) = town.sheet("Te behandelen")
    assert "verbeter de rij zelf" in row["Wat volgt"]
    town.decide("te laat", UNDO)  # however often she tries, the row says it once
    town.run()
    (row,) = town.sheet("Te behandelen")
    assert str(row["Wat volgt"]).count("Ongedaan maken kon niet") == 1
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]


def test_who_comes_too_late_can_take_the_place_of_a_colleague(town: Town) -> None:
    mieke = person(Naam="Goethals", Voornaam="Mieke", **{"E-mail": "mieke@damme.example"})
    town.mail("mieke@damme.example", "Inschrijving", typed(mieke))
    town.run()
    late(town)
    word = f"vervangt {town.sheet()[0]['Nr']}"
    (row,) = town.open_cases()
    told = f"{word} (Mieke Goethals): mail aan jan.peeters@damme.example, Mieke Goethals"
    assert told in str(row["Wat volgt"]).splitlines()
    town.decide("te laat", word)
    assert {mail["X-Envelope-To"] for mail in answers(town.run())} == {JAN, "mieke@damme.example"}
    assert [(r["Voornaam"], r["Status"]) for r in town.sheet()] == [
        ("Mieke", "Afgemeld"),
        ("Jan", "Ingeschreven"),
    ]
    (row,) = town.sheet("Te behandelen")
    assert row["Beslissing"] == word
    assert str(row["Wat volgt"]).startswith(f"Beslist: {word}, ")
    town.decide("te laat", UNDO)
    town.run()
    assert [r["Status"] for r in town.sheet()] == ["Ingeschreven", "Te laat"]


def test_what_may_have_arrived_is_corrected_and_does_not_go_out_again(town: Town) -> None:
    late(town)
    town.decide("te laat", "aanvaarden")
    town.smtp.close_after_data = 1  # it takes the answer, and hangs up instead of saying so
    (first, *_) = answers(town.run_later(timedelta()))
    town.decide("te laat", UNDO)
    second = town.run_later(timedelta(seconds=1))
    (correction,) = corrections(second)
    assert str(first["Subject"]) in plain(correction)
    assert not any(mail["Message-ID"] == first["Message-ID"] for mail in (*second, *town.run()))


_PASSED_ON = (
    "Ter info, graag verwerken.\n\n---------- Doorgestuurd bericht ----------\n"
    "Van: Leen Maertens <leen.maertens@damme.example>\nDatum: do 19 nov 2026\nOnderwerp: kennisplatform\n"
    "Aan: Wim Baert <wim.baert@damme.example>\n\n{}\n\nLeen Maertens\nschepen Damme\n"
)


@pytest.mark.parametrize(
    ("words", "choice", "who", "status"),
    [
        (
            "Marie Vermeulen komt naar het Kennisplatform, tenzij haar trein staakt.",
            "inschrijven",
            "Vermeulen",
            "Ingeschreven",
        ),
        (
            "Marie Vermeulen kan niet komen naar het Kennisplatform, tenzij het later begint.",
            "noteren als verontschuldigd",
            "Vermeulen",
            "Verontschuldigd",
        ),
        (
            _PASSED_ON.format("Ik schrijf mij in voor het Kennisplatform."),
            "inschrijven",
            "Maertens",
            "Ingeschreven",
        ),
        (
            _PASSED_ON.format("Ik kan niet komen naar het Kennisplatform."),
            "noteren als verontschuldigd",
            "Maertens",
            "Verontschuldigd",
        ),
    ],
)
def test_a_decision_about_another_than_the_sender_is_about_that_other(
    town: Town, words: str, choice: str, who: str, status: str
) -> None:
    town.configure(organisations=DAMME)
    town.mail("Wim Baert <wim.baert@damme.example>", "Fwd: Kennisplatform", words)
    assert answers(town.run()) == []
    (case,) = town.open_cases()
    assert f"{choice}: mail aan wim.baert@damme.example" in str(case["Wat volgt"])
    town.decide("Wim Baert", choice)
    told = {mail["X-Envelope-To"] for mail in answers(town.run())}
    assert "wim.baert@damme.example" in told
    (row,) = town.sheet()
    assert (row["Naam"], row["Status"], row["Gemeente/OCMW"]) == (who, status, "Damme")


def test_an_answer_to_what_she_asked_stands_in_the_row_that_she_asked_it_in(town: Town) -> None:
    town.event(deadline=in_days(-2).date())
    secretary, els = (
        "griet@damme.example",
        person(Naam="Maes", Voornaam="Els", **{"E-mail": "els@damme.example"}),
    )
    town.mail(secretary, "Inschrijvingen", typed(person(), els))
    town.run()
    questions = {}
    for name in ("Peeters", "Maes"):
        town.decide(name, "navragen", f"Waarom komt {name} zo laat?")
        (questions[name],) = answers(town.run())
    town.mail(
        "griet@thuis.example", "Re: Inschrijvingen", "Dat was ik vergeten.", answers=questions["Peeters"]
    )
    assert answers(town.run()) == []
    told = [str(row["Wat er gelezen werd"]) for row in town.open_cases()]
    on = f"Nagevraagd op {day_of_month(in_days(0).date())}: "
    (waits,) = (text for text in told if text.startswith(f'{on}"Waarom komt Maes zo laat?"; nog geen'))
    (answered,) = (text for text in told if text != waits)
    assert answered.endswith(
        f'{on}"Waarom komt Peeters zo laat?" Antwoord van griet@thuis.example: "Dat was ik vergeten."'
    )
    with Store(load(town.config).store_url) as store, store.read_transaction() as tx:
        assert consistency.without_consequence(tx) == [], "no alarm: it is in that row"


def test_who_comes_in_the_place_of_nobody_known_can_be_registered_from_the_row(town: Town) -> None:
    town.configure(organisations=DAMME)
    town.mail("griet@damme.example", "Kennisplatform", "An De Smet komt in de plaats van Piet Ots.")
    assert answers(town.run()) == []
    (row,) = town.open_cases()
    assert "inschrijven: mail aan griet@damme.example" in row["Wat volgt"]
    town.decide("onduidelijk", "inschrijven")
    assert [mail["X-Envelope-To"] for mail in answers(town.run())] == ["griet@damme.example"]
    assert [(row["Voornaam"], row["Naam"], row["Gemeente/OCMW"], row["Status"]) for row in town.sheet()] == [
        ("An", "De Smet", "Damme", "Ingeschreven")
    ]


def test_who_may_not_take_a_place_can_be_registered_beside_who_has_it(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    town.mail("piet@elders.example", "Kennisplatform", "An De Smet komt in de plaats van Jan Peeters.")
    assert answers(town.run()) == []
    town.decide("onbekend", "inschrijven")
    town.run()
    assert [(row["Voornaam"], row["Status"]) for row in town.sheet()] == [
        ("Jan", "Ingeschreven"),
        ("An", "Onvolledig"),
    ]


def test_who_registered_meanwhile_is_taken_out_only_where_she_says_so_twice(town: Town) -> None:
    town.mail(
        "kabinet@elders.example",
        "Kennisplatform",
        "Jan Peeters laat zich verontschuldigen voor het Kennisplatform.",
    )
    town.run()
    time.sleep(1)  # the mail server tells an arrival in whole seconds
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    town.decide("kabinet@elders.example", "noteren als verontschuldigd")
    assert answers(town.run()) == []
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]
    (row,) = town.open_cases()
    assert "Intussen kwam een inschrijving binnen van Jan Peeters" in str(row["Wat er gelezen werd"])
    town.decide("kabinet@elders.example", "noteren als verontschuldigd")
    assert JAN in {mail["X-Envelope-To"] for mail in answers(town.run())}
    assert [row["Status"] for row in town.sheet()] == ["Verontschuldigd"]


def test_what_followed_can_be_read_in_a_row_whose_height_a_program_had_fixed(town: Town) -> None:
    late(town)
    town.decide("te laat", "aanvaarden", "Er is nog plaats.")  # openpyxl fixes each height that it met
    town.run()
    (row,) = town.sheet("Te behandelen")
    sheet = load_workbook(town.workbook())["Te behandelen"]
    assert sheet.row_dimensions[2].height >= 13 * str(row["Wat volgt"]).count("\n")
    town.run()
    lines = sum(1 + len(line) // 60 for line in str(row["Wat volgt"]).split("\n"))
    assert sheet.row_dimensions[2].height >= 13 * lines


def test_a_question_that_she_takes_back_is_followed_by_a_correction_and_the_case_is_as_it_was(
    town: Town,
) -> None:
    late(town)
    (before,) = town.open_cases()
    town.decide("te laat", "navragen", "Komt u alleen?")
    assert len(answers(town.run())) == 1
    (asking,) = town.sheet("Te behandelen")
    assert "Nagevraagd" in asking["Wat er gelezen werd"]
    town.type_in({(2, "Beslissing"): UNDO}, sheet="Te behandelen")
    (told,) = corrections(town.run())
    assert told["X-Envelope-To"] == JAN
    (again,) = town.sheet("Te behandelen")
    assert again["Wat er gelezen werd"] == before["Wat er gelezen werd"]
    assert (again["Beslissing"], UNDO in str(again["Wat volgt"])) == (None, False)
    town.decide("te laat", "aanvaarden")
    assert [mail["X-Mailbot-Outcome"] for mail in answers(town.run())] == ["registered"]


def test_a_question_that_waits_in_the_outbox_is_taken_back_without_a_word(town: Town) -> None:
    late(town)
    town.decide("te laat", "navragen", "Komt u alleen?")
    town.smtp.busy = True
    town.command("run", "--once", expect=1)
    town.type_in({(2, "Beslissing"): UNDO}, sheet="Te behandelen")
    town.command("run", "--once")
    town.smtp.busy = False
    assert [mail for mail in town.run_later(timedelta(minutes=20)) if "Komt u alleen" in plain(mail)] == []


def test_who_is_answered_about_one_mail_gets_no_receipt_for_another_in_the_same_round(town: Town) -> None:
    late(town)
    town.mail(JAN, "Vraagje", "Is er parking voor het Kennisplatform?")
    assert town.run() == []
    town.decide("te laat", "aanvaarden")
    sent = town.run_later(timedelta(minutes=40))
    assert [mail["X-Mailbot-Outcome"] for mail in answers(sent)] == ["registered"]
    (receipt,) = answers(town.run_later(timedelta(minutes=80)))  # the question waits on
    assert receipt["X-Mailbot-Outcome"] == "review"


def test_who_waits_and_was_answered_by_nobody_gets_one_receipt(town: Town) -> None:
    late(town)
    assert [mail["X-Mailbot-Outcome"] for mail in town.run_later(timedelta(minutes=40))] == ["review"]
