"""Forms of other fields than ours, the shapes that a region may have, and what each answer beat."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.forms import CONFIG
from mailbot.config.loader import load
from mailbot.config.settings import Settings
from mailbot.domain.document import Block, ParsedDocument, ParseStatus, Span
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.noticed import Noticed
from mailbot.domain.statement import say
from mailbot.extraction.form_reader import highest_score
from mailbot.pipeline.interpret import understand
from mailbot.pipeline.report import as_json
from mailbot.text.normalize import letters
from tests.extraction.blocks import grid, line, lines

KAMP = """
id = "kamp"
title = "Inschrijving zomerkamp"
[[field]]
key = "last_name"
label = "Naam"
kind = "name"
[[field]]
key = "first_name"
label = "Voornaam"
kind = "name"
[[field]]
key = "born"
label = "Geboortedatum"
kind = "birth_date"
[[field]]
key = "week"
label = "Week"
kind = "choice"
choices = ["5 - 9 juli: circus", "12 - 16 juli: natuur"]
[[field]]
key = "parent"
label = "Naam en voornaam"
kind = "name"
[[field]]
key = "parent_phone"
label = "Gsm"
kind = "phone"
[[field]]
key = "other_parent"
label = "Naam en voornaam"
kind = "name"
[[field]]
key = "other_parent_phone"
label = "Gsm"
kind = "phone"
[[field]]
key = "emergency"
label = "Naam"
kind = "name"
[[field]]
key = "emergency_phone"
label = "Telefoon"
kind = "phone"
[[field]]
key = "meals"
label = "Warme maaltijden"
kind = "number"
"""
CHILD = {"last_name": "Peeters", "first_name": "Noor", "born": "14/03/2019"}


@pytest.fixture
def camp(tmp_path: Path) -> Settings:
    (tmp_path / "config").mkdir()
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "kamp.toml").write_text(KAMP, encoding="utf-8")
    (tmp_path / "config" / "mailbot.toml").write_text(CONFIG, encoding="utf-8")
    return load(tmp_path / "config" / "mailbot.toml")


def read(settings: Settings, *blocks: Block) -> dict[str, Any]:
    document = ParsedDocument("kamp.docx", ParseStatus.READ, (line("Inschrijving zomerkamp"), *blocks))
    now = datetime(2026, 11, 16, 9, tzinfo=UTC)
    return as_json("kamp.docx", understand(None, (document,), settings, frozenset(), now, form="kamp"))


def only(said: dict[str, Any]) -> dict[str, Any]:
    assert len(said["people"]) == 1, said
    return {key: value for key, value in said["people"][0].items() if value is not None}


def test_the_same_words_ask_the_next_of_their_questions(camp: Settings) -> None:
    told = lines(
        "Naam: Peeters\nVoornaam: Noor\nGeboortedatum: 14/03/2019\nNaam en voornaam: Bart Peeters\n"
        "Gsm: 0470 12 34 56\nNaam en voornaam: Lien Smet\nGsm: 0471 12 34 57\n"
        "Te verwittigen in geval van nood\n"
        "Naam: Rita Smet\nTelefoon: 050 12 34 58"
    )
    person = only(read(camp, *told))
    assert person.items() >= CHILD.items()
    assert (person["parent"], person["parent_phone"]) == ("Bart Peeters", "0470 12 34 56")
    assert (person["other_parent"], person["other_parent_phone"]) == ("Lien Smet", "0471 12 34 57")
    assert (person["emergency"], person["emergency_phone"]) == ("Rita Smet", "050 12 34 58")


def test_columns_of_parents_are_questions_about_one_child(camp: Settings) -> None:
    child = grid([["Naam", "Peeters"], ["Voornaam", "Noor"]])
    parents = grid(
        [
            ["", "Ouder 1", "Ouder 2"],
            ["Naam en voornaam", "Bart Peeters", "Lien Smet"],
            ["Gsm", "0470 12 34 56", "0471 12 34 57"],
        ],
        2,
    )
    person = only(read(camp, child, line("Gegevens van de ouders"), parents))
    assert (person["parent"], person["other_parent"]) == ("Bart Peeters", "Lien Smet")
    assert (person["parent_phone"], person["other_parent_phone"]) == ("0470 12 34 56", "0471 12 34 57")


def test_answers_above_their_labels_win_where_they_look_like_answers(camp: Settings) -> None:
    said = read(camp, *lines("Peeters\nNaam\nNoor\nVoornaam\n14/03/2019\nGeboortedatum\n0470 12 34 56\nGsm"))
    assert only(said).items() >= CHILD.items()
    source = next(one for one in said["sources"] if one["field"] == "born")
    assert "antwoord boven het label" in source["reader"]
    assert any("zoals het staat" in one for one in source["beat"])


BLANK = (
    "Speler\nNaam\n{0}\nVoornaam\n{1}\nGeboortedatum\n{2}\nNaaste verwant\nNaam en voornaam\n{3}\nGsm\n{4}"
)
ROOM = "____________________"


def test_a_heading_above_a_label_is_no_answer_where_the_room_is_below_it(camp: Settings) -> None:
    assert read(camp, *lines(BLANK.format(*[ROOM] * 5)))["people"] == []
    person = only(read(camp, *lines(BLANK.format("Peeters", "Noor", "14/03/2019", ROOM, ROOM))))
    assert person == CHILD


@pytest.mark.parametrize("shows", ["vb.", "Exemple", "Beispiel:"])
def test_a_list_without_a_row_filled_in_is_nobody(camp: Settings, shows: str) -> None:
    head = ["Nr.", "Naam", "Voornaam", "Geboortedatum", "Telefoon"]
    example = [shows, "Peeters", "Jan", "01/02/2018", "050 12 34 56"]
    office = ["Vak voor de dienst:", "dossiernr.:", "", "behandeld door:", ""]
    rows = [head, example, ["1", "", "", "", ""], ["2", "", "", "", ""], office]
    assert read(camp, grid(rows))["people"] == []
    rows[2] = ["1", "Peeters", "Noor", "14/03/2019", ""]
    assert only(read(camp, grid(rows))) == CHILD


def test_a_row_of_captions_goes_on_about_the_same_person(camp: Settings) -> None:
    first = grid([["Peeters", "Noor"], ["Naam", "Voornaam"]])
    second = grid([["14/03/2019", "0470 12 34 56"], ["Geboortedatum", "Gsm"]], 2)
    assert only(read(camp, first, second)).items() >= {**CHILD, "parent_phone": "0470 12 34 56"}.items()


def test_a_person_may_take_several_rows_of_a_table(camp: Settings) -> None:
    rows = [
        ["Nr.\tNaam Voornaam\tGeboortedatum"],
        ["1", "", "", ""],
        ["", "Peeters", "Noor", "14/03/2019"],
        ["2", "", "", ""],
        ["", "Smet", "Jan", "2/4/2018"],
    ]
    people = read(camp, grid(rows))["people"]
    assert [(p["last_name"], p["first_name"], p["born"]) for p in people] == [
        ("Peeters", "Noor", "14/03/2019"),
        ("Smet", "Jan", "2/4/2018"),
    ]


@pytest.mark.parametrize("figures", ["14/03/2019", "01-12-2018"])
def test_boxes_may_hold_figures(camp: Settings, figures: str) -> None:
    boxes = grid([["Geboortedatum", *figures]])
    told = lines("Naam: Peeters\nVoornaam: Noor")
    assert only(read(camp, *told, boxes))["born"] == figures


def test_a_price_is_no_number_of_meals(camp: Settings) -> None:
    child = lines("Naam: Peeters\nVoornaam: Noor\nGsm: 0470 12 34 56")
    meals = grid([["Wij bestellen", "Prijs", "Aantal"], ["Warme maaltijden", "4 euro", ""]])
    assert "meals" not in only(read(camp, *child, meals))
    meals = grid([["Wij bestellen", "Prijs", "Aantal"], ["Warme maaltijden", "4 euro", "5"]])
    assert only(read(camp, *child, meals))["meals"] == "5"


def test_a_choice_may_hold_any_sign(camp: Settings) -> None:
    told = "Naam: Peeters\nVoornaam: Noor\nWeek\n"
    told += "☐ 5 - 9 juli: circus\n☒ 12 - 16 juli: natuur\nGsm: 0470 12 34 56"
    said = read(camp, *lines(told))
    assert only(said)["week"] == "12 - 16 juli: natuur"
    assert not said["problems"]


def test_cells_of_a_line_begin_with_their_labels(camp: Settings) -> None:
    told = "Naam Peeters\tVoornaam Noor\nGeboortedatum 14/03/2019\tGsm 0470 12 34 56"
    assert only(read(camp, *lines(told))).items() >= {**CHILD, "parent_phone": "0470 12 34 56"}.items()


def test_what_stands_between_two_lines_to_write_on_is_the_answer(settings: Settings) -> None:
    told = (
        "Naam: Peeters\nVoornaam: Jan\nE-mail: jan@damme.be\nOpmerkingen: ..................\n"
        "Ik kom met de trein\n......................"
    )
    document = ParsedDocument("formulier.docx", ParseStatus.READ, lines(told))
    now = datetime(2026, 11, 16, 9, tzinfo=UTC)
    said = as_json("a", understand(None, (document,), settings, frozenset(), now, form="kennisplatform"))
    assert only(said)["remarks"] == "Ik kom met de trein"


def test_a_field_is_answered_in_itself(settings: Settings) -> None:
    blocks = (
        *lines("Naam: Peeters\nVoornaam: Jan\nE-mail: jan@damme.be"),
        line((Span("Opmerkingen: "), Span("graag vooraan", slot=True))),
        line("Opslaan en meebrengen naar de zaal"),
    )
    document = ParsedDocument("formulier.docx", ParseStatus.READ, blocks)
    now = datetime(2026, 11, 16, 9, tzinfo=UTC)
    said = as_json("a", understand(None, (document,), settings, frozenset(), now, form="kennisplatform"))
    assert only(said)["remarks"] == "graag vooraan"


def test_a_run_of_labels_and_a_run_of_answers_are_paired(camp: Settings) -> None:
    labels = "Naam:\nVoornaam:\nGeboortedatum:\nGsm:"
    said = read(camp, *lines(f"{labels}\nPeeters\nNoor\n14/03/2019\n0470 12 34 56"))
    assert only(said).items() >= {**CHILD, "parent_phone": "0470 12 34 56"}.items()
    assert read(camp, *lines(f"{labels}\nTot dan"))["people"] == []


def test_a_hint_that_spells_an_address_was_typed_over(settings: Settings) -> None:
    def hint(label: str, text: str) -> Block:
        return line((Span(f"{label}: "), Span(text, slot=True, placeholder=True)))

    def told(*blocks: Block) -> dict[str, Any]:
        document = ParsedDocument("formulier.rtf", ParseStatus.READ, blocks)
        now = datetime(2026, 11, 16, 9, tzinfo=UTC)
        return as_json("a", understand(None, (document,), settings, frozenset(), now, form="kennisplatform"))

    typed = told(
        hint("Naam", "Vermeulen"), hint("Voornaam", "Liesbeth"), hint("E-mail", "l.vermeulen@lede.be")
    )
    assert only(typed).items() >= {"last_name": "Vermeulen", "first_name": "Liesbeth"}.items()
    short = told(hint("Naam", "Joos"), hint("Voornaam", "An"), hint("E-mail", "an.joos@lede.be"))
    assert only(short).items() >= {"last_name": "Joos", "first_name": "An"}.items()
    left = told(
        hint("Naam", "Vul uw naam in"), hint("Voornaam", "uw voornaam"), hint("E-mail", "naam@lede.be")
    )
    assert left["people"] == []


def test_a_document_of_endless_tables_is_bounded_and_says_so(camp: Settings) -> None:
    tables = [grid([["Peeters", "Noor"], ["Naam", "Voornaam"]], n) for n in range(1, 700)]
    document = ParsedDocument("kamp.docx", ParseStatus.READ, tuple(tables))
    now = datetime(2026, 11, 16, 9, tzinfo=UTC)
    submission = understand(None, (document,), camp, frozenset(), now, form="kamp")
    assert say(Noticed.WEIGHED, what=say(Noticed.TOO_MANY_TABLES), weight="+0.0") in submission.evidence


def test_a_number_right_behind_a_question_without_a_colon_begins_its_answer(camp: Settings) -> None:
    told = lines("Naam: Peeters\nVoornaam: Noor\nGeboortedatum 18 mei 2014\nGsm: 0470 12 34 56")
    person = only(read(camp, *told))
    assert (person["last_name"], person["born"]) == ("Peeters", "18 mei 2014")


def test_what_a_form_says_below_its_list_is_nobody(camp: Settings) -> None:
    rows = grid(
        [
            ["Naam", "Voornaam", "Geboortedatum", "Warme maaltijden"],
            ["Peeters", "Noor", "14/03/2019", "2"],
            ["Maes", "Lou", "2/05/2018", "1"],
            ["", "", "", ""],
            ["Mailen naar cultuur@damme.example voor 1 april. Geboortedatum is verplicht.", "", "", ""],
        ]
    )
    said = read(camp, line("Telefoon: 050 12 34 58"), rows)
    assert [person["last_name"] for person in said["people"]] == ["Peeters", "Maes"]


def test_a_form_is_worth_as_much_at_most_as_the_words_in_a_document_may_ask_of_it() -> None:
    def fields(*labels: str) -> Form:
        asked = (FormField(key=f"f{n}", label=one, kind=FieldKind.TEXT) for n, one in enumerate(labels))
        name = FormField(key="name", label="Naam", kind=FieldKind.NAME)
        return Form(id="form", title="form", field=(name, *asked))

    form = fields("Nummerplaat", "Afstand")
    texts = [
        "Naam: Jan\nNummerplaat: 1-ABC-234\nAfstand: 10",
        "Wie: Jan\nNummer van de plaat: 1\nAfstanden: 10",
        "Wie: Jan",
    ]
    scores = [highest_score(lines(text), form, letters(text)) for text in texts]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(texts)
    known = fields("E-mail", "Functie")
    assert highest_score(lines("Wie: Jan"), known, "wiejan") > scores[-1]  # what is asked in any words
