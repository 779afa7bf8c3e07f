"""Another form for an event in which people stand already."""

from __future__ import annotations

from openpyxl import load_workbook

from tests.event_sheet.test_coming_and_going import JAN
from tests.event_sheet.town import DAMME, Town, person, typed
from tests.workbook.strict import complaints

OTHER = """
id = "kort"
title = "Inschrijving"
[[field]]
key = "last_name"
label = "Naam"
kind = "name"
required = true
[[field]]
key = "first_name"
label = "Voornaam"
kind = "name"
[[field]]
key = "organisation"
label = "Bestuur"
kind = "organisation"
[[field]]
key = "email"
label = "E-mail"
kind = "email"
[[field]]
key = "train"
label = "Komt met de trein"
kind = "yes_no"
"""


def hidden(town: Town) -> set[str]:
    """The headers of the columns that cannot be seen."""
    sheet = load_workbook(town.workbook())["Deelnemers"]
    return {str(cell.value) for cell in sheet[1] if sheet.column_dimensions[cell.column_letter].hidden}


def test_columns_of_a_former_form_that_nobody_answered_are_put_away_and_come_back_with_it(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    folder = town.config.parent / "eigen"
    folder.mkdir()
    (folder / "kort.toml").write_text(OTHER)
    town.config.write_text('forms_dir = "eigen"\n' + town.config.read_text())
    town.event(form="kort")
    town.run()
    assert hidden(town) == {"Dieetwensen", "Opmerkingen"}  # "Functie" and others hold what Jan answered
    assert town.sheet()[0]["Functie"] == "schepen"
    assert "Komt met de trein" in town.sheet()[0]
    assert town.open_cases() == []  # she renamed nothing
    assert complaints(town.workbook().read_bytes()) == []
    town.event()
    town.run()
    assert hidden(town) == {"Komt met de trein"}
    assert not any(line["Wie"] == "secretariaat" for line in town.sheet("Logboek"))


def test_a_first_mail_answers_a_question_of_the_form_in_its_own_words(town: Town) -> None:
    town.configure(organisations=DAMME)
    town.event(form="burgemeestersoverleg", title="Burgemeestersoverleg")
    words = "Beste,\n\nIk kom graag naar het Burgemeestersoverleg. {}\n\nMvg\nJan Peeters\nschepen Damme"
    town.mail(f"Jan Peeters <{JAN}>", "Burgemeestersoverleg", words.format("Ik blijf ook voor de broodjes."))
    town.run()
    (row,) = town.registrations()
    assert (row["status"], row["lunch"]) == ("Ingeschreven", True)
    assert town.open_cases() == []
    an = "An Claes <an@damme.example>"
    town.mail(
        an, "Burgemeestersoverleg", words.replace("Jan Peeters", "An Claes").format("Ik eet ook iets mee.")
    )
    town.run()
    assert "Ik eet ook iets mee." in str(town.open_cases())  # what is not certain is for her
