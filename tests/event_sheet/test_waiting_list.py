"""Places that come free by the secretary's hand, and those whom she lets wait."""

from __future__ import annotations

from email.message import EmailMessage

from openpyxl import load_workbook

from tests.event_sheet.town import Town, answers, in_days, person, plain, typed


def come(town: Town, *people: tuple[str, str]) -> list[EmailMessage]:
    """Registers people, one after the other, by surname and organisation."""
    mails: list[EmailMessage] = []
    for name, organisation in people:
        email = f"{name.lower()}@{organisation.lower()}.example"
        said = person(Naam=name, **{"E-mail": email, "Gemeente/OCMW": organisation})
        town.mail(email, "Inschrijving", typed(said))
        mails += answers(town.run())
    return mails


def standing(town: Town) -> dict[str, str]:
    """The status of each, by surname."""
    return {str(row["Naam"]): str(row["Status"]) for row in town.sheet()}


def test_more_places_typed_in_her_sheet_of_events_go_to_the_first_in_line_by_one_decision(town: Town) -> None:
    town.event(capacity=1)
    come(town, ("Aerts", "Damme"), ("Bos", "Torhout"), ("Claes", "Damme"), ("Dams", "Torhout"))
    path = town.workbook("bijeenkomsten")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    (column,) = (cell.column for cell in sheet[1] if cell.value == "Plaatsen")
    sheet.cell(2, column).value = 3
    book.save(path)
    assert town.run() == []
    (case,) = town.open_cases()
    assert case["Wie"] == "Jan Bos (Torhout), Jan Claes (Damme)"
    assert "er is plaats: u beslist" in town.page("Overzicht")
    assert "volzet" not in town.page("Overzicht")
    town.decide("Vrijgekomen plaats", "aanvaarden")
    mails = answers(town.run())
    assert {str(mail["X-Envelope-To"]) for mail in mails} == {"bos@torhout.example", "claes@damme.example"}
    assert all("Er is een plaats vrijgekomen" in plain(mail) for mail in mails)
    assert standing(town) == {
        "Aerts": "Ingeschreven", "Bos": "Ingeschreven", "Claes": "Ingeschreven", "Dams": "Wachtlijst",
    }  # fmt: skip
    assert town.open_cases() == []


def test_whom_she_lets_wait_although_there_is_a_place_waits_until_she_says_otherwise(town: Town) -> None:
    town.event(capacity=5, deadline=in_days(-2).date())
    assert come(town, ("Aerts", "Damme")) == []
    town.decide("Aerts", "op wachtlijst")
    (told,) = answers(town.run())
    assert "zo besliste het secretariaat" in plain(told)
    assert town.run() == []
    assert (standing(town), town.open_cases()) == ({"Aerts": "Wachtlijst"}, [])
    assert "door u op de wachtlijst gezet" in town.page("Overzicht")
    town.type_in({(2, "Status"): "Ingeschreven"})
    town.run()
    assert standing(town) == {"Aerts": "Ingeschreven"}


def test_who_moved_up_stays_in_when_that_is_undone_and_there_is_a_place_besides(town: Town) -> None:
    town.event(capacity=1)
    come(town, ("Aerts", "Damme"), ("Bos", "Torhout"))
    town.mail("Jan Aerts <aerts@damme.example>", "Kennisplatform", "Misschien kan ik er niet bij zijn.")
    town.event(capacity=2)
    town.run()
    town.decide("Onduidelijk", "afmelden")
    town.run()
    assert standing(town) == {"Aerts": "Afgemeld", "Bos": "Ingeschreven"}
    town.decide("Onduidelijk", "ongedaan maken")
    assert {str(one["X-Envelope-To"]) for one in town.run()} == {"aerts@damme.example"}
    assert standing(town) == {"Aerts": "Ingeschreven", "Bos": "Ingeschreven"}
