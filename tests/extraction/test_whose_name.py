"""Whose name, number or meal it is where a form asks it of several: by headings, lists and captions."""

from __future__ import annotations

from datetime import datetime

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.form import FieldKind, Form
from mailbot.domain.submission import SubmissionKind
from tests.extraction.blocks import answers, doubts, grid, line, lines
from tests.extraction.test_forms_of_others import asking, read

NAME, DATE, PHONE, TEXT = FieldKind.NAME, FieldKind.BIRTH_DATE, FieldKind.PHONE, FieldKind.TEXT
EMAIL, YES_NO = FieldKind.EMAIL, FieldKind.YES_NO

PUPIL = asking(
    pupil=("Naam en voornaam leerling", NAME),
    born=("Geboortedatum", DATE),
    one=("Naam ouder 1", NAME),
    phone_one=("Gsm ouder 1", PHONE),
    two=("Naam ouder 2", NAME),
    doctor=("Huisarts", NAME),
)
DAY = asking(
    body=("Naam van uw bestuur", FieldKind.ORGANISATION),
    contact=("Contactpersoon", NAME),
    contact_mail=("E-mail contactpersoon", EMAIL),
    name=("Naam", NAME),
    mail=("E-mail", EMAIL),
    lunch=("Lunch", YES_NO),
)
CAMP = asking(
    first=("Voornaam", NAME), last=("Naam", NAME), born=("Geboortedatum", DATE), group=("Groep", TEXT)
)


def test_a_whole_name_below_a_heading_is_of_whom_the_heading_names(settings: Settings, now: datetime) -> None:
    told = {
        "Leerling": "Naam en voornaam: Roos Pauwels\nGeboortedatum: 08/07/2016",
        "Ouder 1": "Naam en voornaam: Jan Pauwels\nGsm: 0475 12 34 56",
        "Ouder 2": "Naam en voornaam: Veerle Adams",
        "Huisarts": "Naam: dr. Mertens",
    }
    blocks = [
        one
        for n, (heading, text) in enumerate(told.items())
        for one in (line(heading, 10 * n + 1, heading=True), *lines(text, first=10 * n + 2))
    ]
    (pupil,) = answers(read(PUPIL, settings, now, *blocks))
    assert (pupil["pupil"], pupil["one"], pupil["two"]) == ("Roos Pauwels", "Jan Pauwels", "Veerle Adams")
    assert "Mertens" in str(pupil["doctor"]) and pupil["phone_one"] == "0475 12 34 56"


def test_a_list_of_who_comes_names_nobodys_contact(settings: Settings, now: datetime) -> None:
    contact = (
        "Naam van uw bestuur: Stad Damme\nContactpersoon: Bo Claes\nE-mail contactpersoon: bo@damme.example"
    )
    listed = (
        "Deelnemers (naam, e-mail):\n1. An Maes, an.maes@damme.example\n2. Els Put, els.put@damme.example"
    )
    people = answers(read(DAY, settings, now, *lines(f"{contact}\n{listed}\nLunch: ja")))
    assert [person["name"] for person in people] == ["An Maes", "Els Put"]
    assert [person["mail"] for person in people] == ["an.maes@damme.example", "els.put@damme.example"]
    assert {person["contact_mail"] for person in people} == {"bo@damme.example"}


def test_parents_in_columns_beside_the_children_are_no_children(settings: Settings, now: datetime) -> None:
    children = grid([["", "Kind 1", "Kind 2"], ["Voornaam", "Lou", "Fee"], ["Naam", "Maes", "Maes"]])
    parents = grid([["Ouders", "Mama", "Papa"], ["Naam", "Ann Put", "Kris Maes"], ["Gsm", "0472", ""]], 2)
    people = answers(read(CAMP, settings, now, *lines("Zomerkamp inschrijving"), children, parents))
    assert [person["first"] for person in people] == ["Lou", "Fee"]


@pytest.mark.parametrize(
    "below", ["Reserve", "Te betalen (x 45 euro)", "À payer (x 45 euro)", "Totaal aantal"]
)
def test_a_row_below_a_list_that_is_of_nobody_is_nobody(
    settings: Settings, now: datetime, below: str
) -> None:
    heads = ["Plaats", "Voornaam", "Naam", "Geboortedatum", "Groep"]
    rows = [["1", "Lou", "Maes", "4/4/2014", "A"], ["2", "Fee", "Put", "5/5/2015", "B"]]
    said = [below, "Jan", "Claes", "", ""] if below == "Reserve" else ["", below, "", "", "90"]
    people = answers(read(CAMP, settings, now, *lines("Zomerkamp"), grid([heads, *rows, said])))
    assert [person["first"] for person in people] == ["Lou", "Fee"]


def test_labels_left_open_beside_others_are_not_answered_by_the_office_below(
    settings: Settings, now: datetime
) -> None:
    form = asking(
        name=("Naam", NAME), mail=("E-mail", EMAIL), bill=("Factuur op naam van", TEXT), no=("Kbo-nr", TEXT)
    )
    rows = [["Naam", "An Maes", "E-mail", "an@maes.example"], ["Gemeente", "Damme", "Functie", "jurist"]]
    rows += [["Facturatie"], ["Factuur op naam van", "", "Kbo-nr", ""], ["Voorbehouden aan de dienst"]]
    (person,) = answers(read(form, settings, now, grid([*rows, ["Ontvangen op", "", "Betaling", ""]])))
    assert not {"bill", "no"} & set(person)


def test_first_and_last_name_in_one_caption_ask_the_whole_name(settings: Settings, now: datetime) -> None:
    rows = [["Achternaam + voornaam", "E-mail", "Lunch"], ["Maes An", "an@damme.example", "ja"]]
    (person,) = answers(read(DAY, settings, now, *lines("Inschrijving"), grid(rows)))
    assert person["name"] == "Maes An"


BIVOUAC = asking(
    member=("Naam lid", NAME), group=("Afdeling", TEXT), born=("Geboortedatum", DATE), mail=("E-mail", EMAIL)
)


def test_a_name_at_the_first_caption_is_of_who_registers_and_is_doubted(
    settings: Settings, now: datetime
) -> None:
    text = "Bivak\nWie mogen we verwachten: Warre Claeys\nAfdeling: rakwi\nGeboortedatum: 9/5/2015"
    submission = read(BIVOUAC, settings, now, *lines(f"{text}\nE-mail: an@thuis.example"))
    assert answers(submission)[0]["member"] == "Warre Claeys"
    assert (0, "member", "unsure") in doubts(submission)


def test_a_caption_of_somebody_the_form_itself_asks_of_is_no_others(
    settings: Settings, now: datetime
) -> None:
    form: Form = asking(
        parent=("Naam ouder", NAME), child=("Naam kind", NAME), group=("Groep", TEXT), days=("Dagen", TEXT)
    )
    rows = [["Kind", "Groep", "Dagen"], ["Jef Maes", "A", "ma di"], ["Mona Maes", "B", "wo"]]
    submission = read(form, settings, now, *lines("Speelweek"), grid(rows), line("Naam ouder: An Put", 9))
    assert submission.found is SubmissionKind.FORM
    assert [person["child"] for person in answers(submission)] == ["Jef Maes", "Mona Maes"]


def test_small_words_behind_a_label_may_be_the_rest_of_its_caption(settings: Settings, now: datetime) -> None:
    asked = {"name": ("Naam", NAME), "club": ("Club", TEXT), "town": ("Woonplaats", TEXT)}
    form = asking(**asked, last=("Laatste cursus", TEXT))
    text = "Inschrijving\nNaam An Maes\nClub TK Damme\nWoonplaats Damme\nLaatste cursus van het jaar 2024"
    submission = read(form, settings, now, *lines(text))
    assert (0, "last", "unsure") in doubts(submission)


FEAST = asking(
    parents=("De ouders van", NAME),
    adults=("Volwassenenmenu", FieldKind.NUMBER),
    children=("Kindermenu", FieldKind.NUMBER),
    phone=("Gsm", PHONE),
)


def test_a_number_before_an_x_counts_what_stands_behind_it(settings: Settings, now: datetime) -> None:
    text = (
        "De ouders van: Robbe Claes\nWij bestellen: 2 x volwassenenmenu, 3 x kindermenu\nGsm: 0474 12 34 56"
    )
    (person,) = answers(read(FEAST, settings, now, *lines(f"Schoolfeest\n{text}")))
    assert (person["adults"], person["children"]) == ("2", "3")


def test_the_caption_of_the_next_room_is_no_answer_in_the_room_before_it(
    settings: Settings, now: datetime
) -> None:
    text = "De ouders van .............. uit klas ......\nWij bestellen: ... x kindermenu\nGsm: ......."
    assert not answers(read(FEAST, settings, now, *lines(f"Schoolfeest\n{text}")))


def test_a_list_beside_what_is_asked_is_nobody_who_comes(settings: Settings, now: datetime) -> None:
    asked = [["Naam van uw bestuur", "Stad Damme"], ["Contactpersoon", "Bo Claes"]]
    asked += [
        ["E-mail contactpersoon", "bo@damme.example"],
        ["Naam", "An Maes"],
        ["E-mail", "an@maes.example"],
    ]
    beside = ["Gidsen (naam)", "Els Put", "", "", ""]
    rows = [[*pair, "", guide] for pair, guide in zip(asked, beside, strict=True)]
    (person,) = answers(
        read(DAY, settings, now, *lines("Inschrijving"), grid([*rows, ["Lunch", "ja", "", ""]]))
    )
    assert (person["body"], person["contact"]) == ("Stad Damme", "Bo Claes")


def test_a_sum_below_numbered_rows_is_nobody(settings: Settings, now: datetime) -> None:
    heads = ["Nr.", "Voornaam", "Naam", "Geboortedatum", "Groep"]
    rows = [
        ["1", "Lou", "Maes", "4/4/2014", "A"],
        ["2", "Fee", "Put", "5/5/2015", "B"],
        ["3", "", "", "", ""],
    ]
    rows.append(["", "", "Totaal aantal kinderen", "", "2"])
    people = answers(read(CAMP, settings, now, *lines("Zomerkamp"), grid([heads, *rows])))
    assert [person["first"] for person in people] == ["Lou", "Fee"]


def test_how_to_reach_somebody_else_is_not_the_forms_for_what_is_chosen_below_it(
    settings: Settings, now: datetime
) -> None:
    form = asking(name=("Naam", NAME), phone=("Gsm", PHONE), walk=("Wandeling", FieldKind.CHOICE))
    text = "Naam: An Maes\nIn geval van nood\nNaam: Bo Claes\nGsm: 0474 12 34 56\nWandeling: Bos"
    (person,) = answers(read(form, settings, now, *lines(f"Inschrijving\n{text}")))
    assert person["walk"] == "Bos" and "phone" not in person


def test_two_names_in_a_sentence_are_not_the_first_of_them(settings: Settings, now: datetime) -> None:
    text = "De ouders van Robbe en Lotte Claes uit klas 2A\nWij bestellen: 2 x kindermenu\nGsm: 0474 12 34 56"
    submission = read(FEAST, settings, now, *lines(f"Schoolfeest\n{text}"))
    (person,) = answers(submission)
    assert person["parents"] != "Robbe" and "Lotte" in str(person["parents"])


def test_the_forms_own_question_with_its_answer_is_no_heading(settings: Settings, now: datetime) -> None:
    form = asking(
        body=("Vereniging", FieldKind.ORGANISATION),
        who=("Naam en voornaam verantwoordelijke", NAME),
        phone=("Gsm", PHONE),
        offers=("Wat biedt u aan", TEXT),
    )
    text = "Vereniging: KWB Damme\nNaam en voornaam verantwoordelijke Gerda Dils\nGsm: 0474 12 34 56"
    (person,) = answers(read(form, settings, now, *lines(f"Kerstmarkt\n{text}\nWat biedt u aan: wafels")))
    assert (person["who"], person["phone"]) == ("Gerda Dils", "0474 12 34 56")
