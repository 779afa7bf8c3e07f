"""The secretary's mornings: what she types is read, kept and carried out."""

from __future__ import annotations

from datetime import UTC, datetime

from openpyxl import load_workbook

from tests.event_sheet.test_coming_and_going import AN, JAN
from tests.event_sheet.town import Town, answers, in_days, person, plain, rows, typed


def test_a_correction_wins_over_later_mail_which_becomes_a_case(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    town.type_in({(2, "Functie"): "burgemeester"})
    assert town.run() == []
    assert town.sheet()[0]["Functie"] == "burgemeester"
    town.mail(JAN, "Inschrijving", typed(person(Functie="raadslid")))
    town.run()
    assert town.sheet()[0]["Functie"] == "burgemeester"
    (case,) = town.sheet("Te behandelen")
    assert "raadslid" in str(case)
    assert "burgemeester" in str(case)
    town.type_in({(2, "Beslissing"): "nieuwe waarde overnemen"}, sheet="Te behandelen")
    town.run()
    assert town.sheet()[0]["Functie"] == "raadslid"
    assert town.open_cases() == []


def test_a_row_typed_in_becomes_a_registration_and_mails_nobody(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    town.type_in({(3, "Naam"): "Goethals", (3, "Voornaam"): "Mieke", (3, "E-mail"): "mieke@damme.example"})
    assert town.run() == []
    assert [(row["Naam"], row["Status"], bool(row["Nr"])) for row in town.sheet()] == [
        ("Peeters", "Ingeschreven", True),
        ("Goethals", "Ingeschreven", True),
    ]
    town.type_in({(3, "Bevestiging sturen"): "ja"})
    (told,) = (
        answers(town.run())
        or [mail for mail in town.smtp.mails() if mail["X-Envelope-To"] == "mieke@damme.example"][:1]
    )
    assert told["X-Envelope-To"] == "mieke@damme.example"
    assert town.sheet()[1]["Bevestiging sturen"] in (None, "")


def test_a_line_break_typed_into_an_address_holds_nothing_up(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    town.type_in({(2, "E-mail"): "jan@elders\n.example", (2, "Bevestiging sturen"): "ja"})
    mails = town.run()
    assert {mail["X-Envelope-To"] for mail in mails} == {"jan@elders.example", JAN}
    (gone,) = (mail for mail in mails if mail["X-Envelope-To"] == JAN)  # the entry at the former address
    assert "Uit uw agenda" in str(gone["Subject"])


def test_a_deleted_row_is_a_withdrawal_by_hand(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.mail("an.desmet@brugge.example", "Inschrijving", typed(AN))
    town.run()
    book = load_workbook(town.workbook())
    book["Deelnemers"].delete_rows(2)
    book.save(town.workbook())
    assert town.run() == []
    assert [(r["last_name"], r["status"]) for r in town.registrations()] == [
        ("Peeters", "Afgemeld"),
        ("De Smet", "Ingeschreven"),
    ]


def test_a_late_one_is_accepted_in_the_workbook_and_hears_why(town: Town) -> None:
    town.event(deadline=in_days(-2).date())
    first = town.mail(JAN, "Inschrijving", typed(person()))
    assert town.run() == []
    assert town.outcome(first) == "review"
    cases = town.sheet("Te behandelen")
    assert len(cases) == 1
    town.type_in(
        {(2, "Beslissing"): "aanvaarden", (2, "Toelichting"): "Er is nog plaats aan tafel 4."},
        sheet="Te behandelen",
    )
    (told,) = answers(town.run())
    assert told["X-Mailbot-Outcome"] == "registered"
    assert told["In-Reply-To"] == first
    assert "Er is nog plaats aan tafel 4." in plain(told)
    assert [row["Status"] for row in town.sheet()] == ["Ingeschreven"]
    assert town.open_cases() == []
    assert any("aanvaarden" in str(row) for row in town.sheet("Logboek"))


def test_who_came_too_late_and_is_typed_to_the_letter_is_asked_about_and_comes(town: Town) -> None:
    town.event(deadline=in_days(-2).date())
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    town.type_in({(3, header): value for header, value in person().items()})
    town.run()
    assert len(town.sheet()) == 2
    town.decide("U typte Jan Peeters", "zelfde persoon")
    town.run()
    assert [(row["Naam"], row["Status"]) for row in town.sheet()] == [("Peeters", "Ingeschreven")]


def test_a_row_typed_again_goes_once_it_is_the_same_person_though_the_registration_keeps_its_own_words(
    town: Town,
) -> None:
    town.mail(JAN, "Inschrijving", typed(person(Functie="schepen van cultuur")))
    town.run()
    again = {"Naam": "Peeters", "Voornaam": "Jan", "Gemeente/OCMW": "Gemeente Damme"}
    town.type_in({(3, header): value for header, value in again.items()})
    town.run()
    town.decide("U typte Jan Peeters", "zelfde persoon")
    town.run()
    assert [(row["Naam"], row["Status"]) for row in town.sheet()] == [("Peeters", "Ingeschreven")]


def test_a_row_typed_again_is_kept_in_its_case_when_her_decision_about_it_is_undone(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    again = person(Functie="burgemeester")
    town.type_in({(3, header): value for header, value in again.items()})
    town.run()
    town.decide("U typte Jan Peeters", "andere persoon")
    town.run()
    assert [row["Functie"] for row in town.sheet()] == ["schepen", "burgemeester"]
    town.decide("U typte Jan Peeters", "ongedaan maken")
    town.run()
    assert [row["Functie"] for row in town.sheet()] == ["schepen"]
    (case,) = town.open_cases()
    assert "rij 3" not in str(case)
    assert "De rij die u typte, staat er niet meer, maar wat erin stond, is bewaard" in str(case)
    town.decide("U typte Jan Peeters", "andere persoon")
    town.run()
    assert [row["Functie"] for row in town.sheet()] == ["schepen", "burgemeester"]


def test_her_columns_sheets_and_order_survive(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.mail("an.desmet@brugge.example", "Inschrijving", typed(AN))
    town.run()
    book = load_workbook(town.workbook())
    sheet = book["Deelnemers"]
    last = sheet.max_column + 1
    sheet.cell(1, last).value = "Badge"
    sheet.cell(2, last).value = "blauw"
    sheet.cell(3, last).value = "rood"
    book.create_sheet("Mijn notities")["A1"] = "taart bestellen"
    book.save(town.workbook())
    town.mail(
        "lies@torhout.example",
        "Inschrijving",
        typed(
            person(
                Naam="Maes", Voornaam="Lies", **{"E-mail": "lies@torhout.example", "Gemeente/OCMW": "Torhout"}
            )
        ),
    )
    town.run()
    assert [(row["Naam"], row["Badge"]) for row in town.sheet()] == [
        ("Peeters", "blauw"),
        ("De Smet", "rood"),
        ("Maes", None),
    ]
    assert load_workbook(town.workbook())["Mijn notities"]["A1"].value == "taart bestellen"


def test_while_the_workbook_is_open_answers_go_on_and_the_rows_follow(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    lock = town.workbook().with_name(f"~${town.workbook().name}")
    lock.write_bytes(b"\x05Griet")
    town.mail("an.desmet@brugge.example", "Inschrijving", typed(AN))
    assert len(answers(town.run())) == 1
    assert len(town.sheet()) == 1
    lock.unlink()
    town.run()
    assert len(town.sheet()) == 2


def test_text_from_outside_is_never_a_formula(town: Town) -> None:
    town.mail(
        JAN, "Inschrijving", typed(person(Functie='=HYPERLINK("http://kwaad.example")', Opmerkingen="+1+1"))
    )
    town.run()
    cell = next(
        c
        for row in load_workbook(town.workbook())["Deelnemers"].iter_rows()
        for c in row
        if str(c.value).startswith("=HYPER")
    )
    assert cell.data_type == "s"


def test_a_message_of_no_event_is_decided_in_the_common_workbook(town: Town) -> None:
    town.event("bmo-2026-5", title="Burgemeestersoverleg regio Brugge", form="kennisplatform")
    mail = town.mail(JAN, "Inschrijving", typed(person()))
    assert town.run() == []
    assert town.outcome(mail) == "review"
    path = town.folder / "workbooks" / "Te behandelen.xlsx"
    sheet = load_workbook(path).sheetnames[0]
    (case,) = rows(path, sheet)
    book = load_workbook(path)
    columns = {cell.value: cell.column for cell in book[sheet][1]}
    book[sheet].cell(2, columns["Bijeenkomst"]).value = "kis-2026-3"
    book[sheet].cell(2, columns["Beslissing"]).value = "aanvaarden"
    book.save(path)
    (told,) = answers(town.run())
    assert told["X-Mailbot-Outcome"] == "registered", case
    assert len(town.sheet()) == 1


def test_received_and_changed_are_dates(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()), at=datetime(2026, 11, 10, 9, 30, tzinfo=UTC))
    town.run()
    assert town.sheet()[0]["Ontvangen"] == datetime(2026, 11, 10, 10, 30)  # noqa: DTZ001  as the cell holds it
