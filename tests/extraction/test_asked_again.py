"""What a form asks again below another heading, or of the parent who signs, is of somebody else."""

from __future__ import annotations

from datetime import datetime
from time import process_time

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.document import Cell, Location, Table, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.form import FieldKind
from tests.extraction.blocks import answers, cell, grid, line, lines
from tests.extraction.test_forms_of_others import asking, read

NAME, DATE, PHONE, TEXT = FieldKind.NAME, FieldKind.BIRTH_DATE, FieldKind.PHONE, FieldKind.TEXT
EMAIL, BODY, YES_NO = FieldKind.EMAIL, FieldKind.ORGANISATION, FieldKind.YES_NO

RUN = asking(
    name=("Naam", NAME),
    year=("Geboortejaar", FieldKind.NUMBER),
    mail=("E-mail", EMAIL),
    health=("Medische problemen", TEXT),
    phone=("Telefoon", PHONE),
)


@pytest.mark.parametrize(
    "heading",
    [
        "In geval van nood verwittigen:",
        "Uw clubverantwoordelijke",
        "Contactpersoon bij nood",
        "Trainer-leider:",
    ],
)
def test_who_is_named_below_a_heading_of_somebody_else_does_not_come(
    settings: Settings, now: datetime, heading: str
) -> None:
    written = lines(
        f"Looptraining\nNaam: Ann Sels  Geboortejaar: 1980\nE-mail: ann@sels.example\n{heading}\n"
        "Naam: Piet Mol  Telefoon: 0477 00 19 19\nMedische problemen: knie"
    )
    assert answers(read(RUN, settings, now, *written)) == [
        {"name": "Ann Sels", "year": "1980", "mail": "ann@sels.example", "health": "knie"}
    ]


def test_each_of_those_whom_headings_count_comes(settings: Settings, now: datetime) -> None:
    camp = asking(name=("Naam", NAME), born=("Geboortedatum", DATE))
    written = lines(
        "Chirokamp\nKind 1\nNaam: Bas Roels\nGeboortedatum: 1/4/2014\nKind 2\nNaam: Jade Roels\n"
        "Geboortedatum: 9/9/2016\nHuisdokter\nNaam: dr. Put"
    )
    told = answers(read(camp, settings, now, *written))
    assert [one["name"] for one in told][:2] == ["Bas Roels", "Jade Roels"]


VISIT = asking(
    school=("School", BODY),
    teacher=("Leerkracht", NAME),
    mail=("E-mail leerkracht", EMAIL),
    day=("Voorkeurdatum", FieldKind.DATE),
)


def test_a_question_asked_in_all_its_words_is_not_asked_again_by_fewer(
    settings: Settings, now: datetime
) -> None:
    rows = [
        ["School", "De Ster"],
        ["Leerkracht", "An Pauwels"],
        ["E-mail leerkracht", ""],
        ["Directie"],
        ["Naam", ""],
        ["E-mail", "info@dester.example"],
        ["Voorkeurdatum", ""],
    ]
    [told] = answers(read(VISIT, settings, now, grid(rows)))
    assert "mail" not in told


def test_what_is_open_above_and_answered_below_another_heading_is_doubted(
    settings: Settings, now: datetime
) -> None:
    party = asking(body=("Vereniging", BODY), who=("Verantwoordelijke", NAME), born=("Geboortedatum", DATE))
    rows = [
        ["Vereniging", "KLJ Meldorp"],
        ["Verantwoordelijke", "Pia Til"],
        ["Geboortedatum", ""],
        ["Tweede verantwoordelijke", "Bas Til"],
        ["Geboortedatum", "4/4/2001"],
    ]
    told = read(party, settings, now, grid(rows))
    assert [(p.field, p.reason) for p in told.problems] == [("born", Reason.OF_WHICH_PERSON)]


SEA = asking(
    child=("Naam kind", NAME),
    parent=("Ouder of voogd", NAME),
    born=("Geboren op", DATE),
    swims=("Kan zwemmen", YES_NO),
)
CHILD_ALONE = asking(child=("Naam kind", NAME), born=("Geboren op", DATE), swims=("Kan zwemmen", YES_NO))
SIGNED = (
    "Toestemming\nOndergetekende {parent}, {of} {child}, geboren op {born}, geeft toestemming.\n"
    "Mijn kind kan zwemmen: {swims}"
)


@pytest.mark.parametrize("of", ["vader / moeder / voogd van", "moeder van", "ouder of voogd (*) van"])
def test_who_signs_as_a_parent_is_not_the_child(settings: Settings, now: datetime, of: str) -> None:
    written = lines(SIGNED.format(parent="Dries Bens", of=of, child="Nora Bens", born="7/8/2017", swims="ja"))
    [told] = answers(read(SEA, settings, now, *written))
    assert (told["child"], told["parent"], told["born"]) == ("Nora Bens", "Dries Bens", "7/8/2017")
    [told] = answers(read(CHILD_ALONE, settings, now, *written))
    assert told["child"] == "Nora Bens"


def test_the_time_of_who_signs_grows_no_faster_than_their_words(settings: Settings, now: datetime) -> None:
    said = "Ondergetekende Dries Bens, " + "vader / moeder / " * 150 + "geboren op 7/8/1987, gaat mee."
    began = process_time()
    assert answers(read(SEA, settings, now, *lines(f"Toestemming\n{said}")))[0]["born"] == "7/8/1987"
    assert process_time() - began < 5


def test_words_between_two_rooms_of_a_blank_are_nobody(settings: Settings, now: datetime) -> None:
    room = dict.fromkeys(("parent", "child", "born", "swims"), "." * 25)
    written = lines(SIGNED.format(of="vader / moeder / voogd van", **room))
    assert answers(read(SEA, settings, now, *written)) == []


def test_a_row_of_captions_with_their_answers_is_nobody(settings: Settings, now: datetime) -> None:
    trip = asking(name=("Naam", NAME), number=("Lidnummer", TEXT), stop=("Opstapplaats", TEXT))
    rows = [
        ["Naam", "Lidnummer", "Opstapplaats"],
        ["Maria Put", "123", "kerk"],
        ["Jef Put", "124", "kerk"],
        ["", "", ""],
        ["Aantal personen: 2", "", "Te betalen: 80 euro"],
    ]
    told = answers(read(trip, settings, now, grid(rows)))
    assert [one["name"] for one in told] == ["Maria Put", "Jef Put"]


def test_a_line_that_begins_with_somebody_else_is_about_them(settings: Settings, now: datetime) -> None:
    written = lines(
        "Seniorenreis\nNaam: Mia Sels\nGeboortejaar: 1950\nE-mail: ..........\n"
        "Bij ongeval te verwittigen: naam .............. tel. 0470 11 61 62"
    )
    assert answers(read(RUN, settings, now, *written)) == [{"name": "Mia Sels", "year": "1950"}]


@pytest.mark.parametrize(
    ("said", "told"), [("...... watt", None), ("2000 watt", "2000 watt"), ("...... gewoon", "gewoon")]
)
def test_what_is_counted_in_room_that_was_left_open_is_no_answer(
    settings: Settings, now: datetime, said: str, told: str | None
) -> None:
    stall = asking(name=("Naam", NAME), body=("Vereniging", BODY), power=("Vermogen", TEXT))
    written = lines(f"Kerstmarkt\nNaam: Mia Sels\nVereniging: Chiro Lo\nVermogen: {said}")
    assert answers(read(stall, settings, now, *written))[0].get("power") == told


TRAINING = asking(
    name=("Naam personeelslid", NAME),
    service=("Dienst", TEXT),
    title=("Titel opleiding", TEXT),
    day=("Datum", FieldKind.DATE),
    why=("Motivatie", TEXT),
)


def test_a_label_below_a_heading_in_its_table_asks_what_both_say(settings: Settings, now: datetime) -> None:
    def heading(text: str, row: int) -> tuple[Cell, ...]:
        return (cell(text, row, 0, columns=4),)

    def asked(row: int, *texts: str) -> tuple[Cell, ...]:
        return tuple(cell(text, row, column) for column, text in enumerate(texts))

    rows = (
        heading("Personeelslid", 0),
        asked(1, "Naam", "Els Nel", "Dienst", "Burgerzaken"),
        heading("Opleiding", 2),
        asked(3, "Titel", "Klare taal", "Datum", "4/5/2027"),
        heading("Leidinggevende", 4),
        asked(5, "Naam", "Rik Bal", "Gunstig", "ja"),
    )
    told = read(
        TRAINING, settings, now, Table(rows, Location().at(Unit.TABLE, 1)), line("Motivatie: taak", 9)
    )
    assert answers(told) == [
        {"name": "Els Nel", "service": "Burgerzaken", "title": "Klare taal", "day": "4/5/2027", "why": "taak"}
    ]


@pytest.mark.parametrize(("rest", "form"), [("klas .....", "Klas"), ("groep ........", "Groep")])
def test_a_label_before_open_room_ends_the_answer_before_it(
    settings: Settings, now: datetime, rest: str, form: str
) -> None:
    sale = asking(seller=("Verkoper", NAME), group=(form, TEXT), phone=("Telefoon", PHONE))
    written = lines(f"Wafelverkoop\nVerkoper (leerling): Siebe Nel {rest}\nTelefoon: 0471 11 52 52")
    assert answers(read(sale, settings, now, *written)) == [{"seller": "Siebe Nel", "phone": "0471 11 52 52"}]


def test_what_a_form_asks_in_words_of_an_invoice_is_its_own_below_that_heading(
    settings: Settings, now: datetime
) -> None:
    evening = asking(name=("Naam en voornaam", NAME), mail=("E-mail", EMAIL), order=("Bestelbon", TEXT))
    written = lines(
        "Studieavond\n1. Deelnemer\nNaam en voornaam: Rita Claes\nE-mail: rita@balderen.example\n"
        "2. Facturatie\nContactpersoon: Dienst Financien\nE-mail: facturen@balderen.example\nBestelbon: B-17"
    )
    told = answers(read(evening, settings, now, *written))
    assert told == [{"name": "Rita Claes", "mail": "rita@balderen.example", "order": "B-17"}]
