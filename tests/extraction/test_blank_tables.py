"""Tables of blank forms, in which people write, tick and leave cells open: adopted, and their copies read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document

from mailbot.config.settings import Settings
from mailbot.domain.document import Block
from mailbot.domain.form import FieldKind
from mailbot.domain.submission import Submission
from mailbot.extraction.adoption import fields_of, is_filled_in
from mailbot.extraction.alignment import align
from mailbot.extraction.drafting import template_of
from mailbot.extraction.tokens import span_text, tokenised
from tests.extraction.blocks import grid, lines
from tests.extraction.test_blank_layouts import adopted, answers, read_with
from tests.extraction.test_companions import table

ABOVE = lines(
    "Inschrijving lentefeest van de harmonie\nWij verwachten jullie om drie uur in de kantine van het park."
)
BRAM = {"Familienaam": "Cools", "Voornaam": "Bram", "E-mailadres": "bram@post.example"}


@pytest.fixture
def read(settings: Settings, now: datetime, tmp_path: Path) -> Callable[[Document, Document], Submission]:
    """Adopts one document and reads another as a copy of it."""

    def reading(blank: Document, copy: Document) -> Submission:
        blank.save(str(tmp_path / "blank.docx"))
        copy.save(str(tmp_path / "ingevuld.docx"))
        return read_with(adopted(tmp_path / "blank.docx"), tmp_path / "ingevuld.docx", settings, now)

    return reading


def written(blank: Sequence[Block], copy: Sequence[Block]) -> tuple[dict[tuple[str, int], str], list[str]]:
    """What a copy says at each label for each person, and what was found beside the rooms."""
    found = align(template_of(blank), tokenised(copy, blank=False))
    said = {(one.question.label, one.person): span_text(one.spans) for one in found.written if one.spans}
    return said, [text for _, text in found.beside]


@pytest.mark.parametrize(
    "head", [("Naam", "Sessie", "Telefoon", "Fax"), ("E-mail", "Faxnummer", "Telefoon", "Badge")]
)
def test_labels_side_by_side_are_no_answers_of_each_other(head: Sequence[str]) -> None:
    assert not is_filled_in(template_of((*ABOVE, grid([head, [""] * 4, [""] * 4]))))


def test_a_form_with_a_name_and_a_number_beside_their_labels_is_filled_in() -> None:
    rows = [("Naam", "Bram Cools", "Telefoon", "0478 11 22 33"), ("Voornaam", "", "Fax", "")]
    assert is_filled_in(template_of((*ABOVE, grid(rows))))


DAYS = ("", "Workshop", "Middagmaal", "Concert")


def days(*rows: Sequence[str], told: str = "Kruis aan waar jullie bij zijn:") -> tuple[Block, ...]:
    """A form with boxes where days and what happens on them cross."""
    labels = ("Zaterdag", "Zondag", "Maandag")
    named = grid([("Naam", ""), ("Voornaam", "")])
    return (
        *ABOVE,
        named,
        *lines(told),
        grid([DAYS, *((label, *row) for label, row in zip(labels, rows, strict=True))], 2),
    )


BOXES = days(("☐", "☐", "☐"), ("☐", "☐", "–"), ("☐", "☐", "☐"))


def test_a_day_on_which_something_does_not_take_place_is_asked_with_what_does() -> None:
    options = {one.field.label: one.question.options for one in fields_of(template_of(BOXES))}
    assert options["Zaterdag"] == options["Maandag"] == DAYS[1:]
    assert options["Zondag"] == DAYS[1:3]


def test_a_cell_that_is_closed_is_asked_of_no_column() -> None:
    blank = days(("☐", "☐", "☐"), ("☐", "☐", "–"), ("☐", "☐", "☐"), told="Aanwezigheid")
    asked = [one.question for one in fields_of(template_of(blank))]
    assert [one.section for one in asked if one.label == "Zondag"] == ["Workshop", "Middagmaal"]
    assert [one.section for one in asked if one.label == "Maandag"] == list(DAYS[1:])


def test_marks_typed_over_boxes_tick_the_columns_that_they_stand_in() -> None:
    said, beside = written(BOXES, days(("x", "x", "☐"), ("☐", "x", "–"), ("☐", "☐", "X")))
    assert said["Zaterdag", 0].split() == ["☒", "Workshop", "☒", "Middagmaal", "☐", "Concert"]
    assert said["Zondag", 0].split() == ["☐", "Workshop", "☒", "Middagmaal"]
    assert said["Maandag", 0].split() == ["☐", "Workshop", "☐", "Middagmaal", "☒", "Concert"]
    assert not beside


def listed(rows: Sequence[Sequence[str]]) -> Document:
    document = docx.Document()
    document.add_heading("Inschrijving wandeldag", 1)
    document.add_paragraph("Vereniging: " + ("De Stappers" if rows else "." * 30))
    labels = ("", "Naam en voornaam", "Soep", "Broodje kaas")
    numbered = [(str(n), *row) for n, row in enumerate(rows or [("", "", "")] * 3, start=1)]
    table(document, [labels, *numbered])
    document.add_paragraph("Tot dan, het bestuur van de wandelclub, Molenstraat 8, 8999 Aldermeer")
    return document


@pytest.mark.parametrize("mark", ["☒", "✓", "x", "broodje kaas"])
def test_whatever_marks_a_column_is_an_answer(
    mark: str, read: Callable[[Document, Document], Submission]
) -> None:
    said = read(listed(()), listed([("An Maes", "", mark), ("Jef Baert", "x", ""), ("", "", "")]))
    assert [set(one) & {"soep", "broodje_kaas"} for one in answers(said)] == [{"broodje_kaas"}, {"soep"}]
    assert not said.problems


def test_labels_that_stand_in_a_row_once_more_are_nobody(
    read: Callable[[Document, Document], Submission],
) -> None:
    again = ("Naam en voornaam", "Soep", "Broodje kaas")
    said = read(listed(()), listed([("An Maes", "x", ""), again, ("Jef Baert", "", "x")]))
    assert len(said.people) == 2


def test_the_number_of_a_row_that_was_added_is_no_text_beside_it(
    read: Callable[[Document, Document], Submission],
) -> None:
    said = read(listed(()), listed([(f"{name} Maes", "3", "") for name in ("An", "Jef", "Mia", "Lou")]))
    assert [one["soep"] for one in answers(said)] == ["3"] * 4
    assert not [problem for problem in said.problems if problem.field == "soep"]


def test_a_label_that_its_cell_breaks_is_no_text_beside_an_answer() -> None:
    rows = [("Naam en voornaam", "Verenigingsfunctie"), ("", "")]
    blank = (*ABOVE, grid(rows))
    broken = [("Naam en voornaam", "Verenigingsfunc tie"), ("An Maes", "voorzitter")]
    said, beside = written(blank, (*ABOVE, grid(broken)))
    assert said == {("Naam en voornaam", 1): "An Maes", ("Verenigingsfunctie", 1): "voorzitter"}
    assert not beside


def test_the_foot_of_each_page_is_nobodys_answer() -> None:
    foot = lines("Harmonie De Lindekring, Kerkplein 3, 8999 Aldermeer, harmonie@lindekring.example")
    asked = "Vragen: ..................\nNaam: ........................"
    said, beside = written(
        (*ABOVE, *lines(asked), *foot),
        (*ABOVE, *lines("Vragen: is er"), *foot, *lines("een stalling?\nNaam: An Maes"), *foot),
    )
    assert said == {("Vragen", 0): "is er\neen stalling?", ("Naam", 0): "An Maes"}
    assert not beside


def ordering(rows: Sequence[Sequence[str]], said: Mapping[str, str]) -> Document:
    """One person's form, with a list of what they order."""
    document = docx.Document()
    document.add_heading("Inschrijving buurtfeest", 1)
    table(document, [(label, said.get(label, "")) for label in BRAM])
    document.add_paragraph("Wat wij graag lenen van de dienst")
    table(document, [("Artikel", "Aantal"), *((*rows, ("", ""), ("", ""), ("", ""))[:3])])
    document.add_paragraph("Het materiaal wordt de ochtend van het feest in de straat geleverd.")
    return document


def test_rows_of_things_are_one_answer_and_no_people(
    read: Callable[[Document, Document], Submission], tmp_path: Path
) -> None:
    (person,) = answers(
        read(ordering((), {}), ordering((("tafels", "4"), ("banken", ""), ("tent", "1")), BRAM))
    )
    assert (person["last_name"], person["artikel"]) == ("Cools", "tafels\nbanken\ntent")
    assert person["aantal"] == "4\n–\n1"
    kinds = {field.key: field.kind for field in adopted(tmp_path / "blank.docx").fields}
    assert kinds["aantal"] is kinds["artikel"] is FieldKind.LONG_TEXT


def conference(companions: Sequence[Sequence[str]], said: Mapping[str, Any]) -> Document:
    document = docx.Document()
    document.add_heading("Registration form / Bulletin d'inscription", 1)
    labels = {
        "last": "Family name / Nom de famille",
        "first": "First name / Prénom",
        "mail": "E-mail / Courriel",
    }
    table(document, [(label, said.get(name, "")) for name, label in labels.items()])
    document.add_paragraph("Accompanying persons / Personnes accompagnantes")
    rows = (*companions, ("", ""), ("", ""))[:2]
    table(document, [("Name / Nom", "City walk / Visite guidée"), *rows])
    document.add_paragraph(
        "Please return this form to the secretariat of the conference before the first of May."
    )
    return document


def test_companions_asked_in_two_languages_are_people_and_nobody_must_bring_one(
    read: Callable[[Document, Document], Submission],
) -> None:
    said = {"last": "Cools", "first": "Bram", "mail": "bram@post.example"}
    alone = read(conference((), {}), conference((), said))
    assert [one["last_name"] for one in answers(alone)] == ["Cools"]
    assert not alone.problems
    three = answers(read(conference((), {}), conference((("Lien Maes", "x"), ("Ngozi Okafor", "")), said)))
    assert [one["last_name"] for one in three] == ["Cools", "Maes", "Okafor"]
    assert [one.get("city_walk_visite_guidee") for one in three] == [None, "x", None]


def test_captions_below_room_that_a_heading_stands_above_are_labels_of_that_room() -> None:
    rows = [
        ("1. Deelnemer\n__________", "__________", "__________"),
        ("Naam", "Voornaam", "Functie"),
        ("__________", "__________", "__________"),
        ("Telefoon", "E-mail", "Badge"),
    ]
    blank = (*ABOVE, grid(rows))
    asked = [one.question for one in fields_of(template_of(blank))]
    assert [one.label for one in asked] == ["Naam", "Voornaam", "Functie", "Telefoon", "E-mail", "Badge"]
    assert {one.section for one in asked} == {"Deelnemer"}
    filled = [
        ("1. Deelnemer\nCools", "Bram", "bakker"),
        rows[1],
        ("0478 11 22 33", "bram@post.example", ""),
        rows[3],
    ]
    said, _ = written(blank, (*ABOVE, grid(filled)))
    assert said[("Naam", 0)] == "Cools"
    assert said[("Voornaam", 0)] == "Bram"
    assert said[("E-mail", 0)] == "bram@post.example"


@pytest.mark.parametrize("head", ["Drink (oui/ja – non/nee)", "Drink (ja/nee)"])
def test_a_column_that_says_in_parentheses_how_to_answer_is_one_of_people(head: str) -> None:
    labels = ("Nom et prénom / Naam en voornaam", "E-mail", head)
    asked = fields_of(template_of((*ABOVE, grid([labels, [""] * 3, [""] * 3]))))
    assert [one.question.column is not None for one in asked] == [True] * 3
    assert asked[-1].field.kind is FieldKind.YES_NO


def test_rows_that_describe_what_is_chosen_are_asked_by_what_heads_their_room() -> None:
    head = ("Moment", "Aanbod", "Ik volg")
    texts = (("vrijdag 10 uur", "1A Archief\n1B Depot"), ("vrijdag 14 uur", "2A Scannen\n2B Film"))
    blank = (*ABOVE, grid([head, *((*one, "") for one in texts)]), *lines("Naam: ........\nE-mail: ........"))
    copy = (
        *ABOVE,
        grid([head, (*texts[0], "1B"), (*texts[1], "")]),
        *lines("Naam: Bram Cools\nE-mail: ........"),
    )
    said, beside = written(blank, copy)
    assert said == {("Ik volg vrijdag 10 uur", 0): "1B", ("Naam", 0): "Bram Cools"}
    assert not beside


def test_when_an_option_takes_place_is_no_question_beside_it() -> None:
    rows = [("☐ Improvisatie", "za 10 u.", "☐ Koor", "za 14 u."), ("☐ Linosnede", "zo 10 u.", "☐ Dans", "")]
    blank = (*ABOVE, *lines("Ik schrijf in voor (hoogstens twee)"), grid(rows), *lines("Naam: ........"))
    question, _ = template_of(blank).questions
    assert question.label == "Ik schrijf in voor (hoogstens twee)"
    assert question.options == ("Improvisatie", "Koor", "Linosnede", "Dans")
