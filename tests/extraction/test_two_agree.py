"""An answer of which one sign makes a doubt is none where a second one, which knows nothing of it, agrees."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.document import Location, Span, Table, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.form import FieldKind
from mailbot.domain.submission import Code
from mailbot.extraction.taken_apart import Reads, take_apart
from mailbot.extraction.values.numbers import read_plate
from mailbot.extraction.values.result import doubted
from tests.extraction.blocks import answers, cell, grid, line, lines
from tests.extraction.test_forms_of_others import asking, read

NAME, DATE, PHONE, TEXT = FieldKind.NAME, FieldKind.BIRTH_DATE, FieldKind.PHONE, FieldKind.TEXT
EMAIL, NUMBER, BODY = FieldKind.EMAIL, FieldKind.NUMBER, FieldKind.ORGANISATION

TRIP = asking(
    pupil=("Naam van de leerling", NAME),
    room=("Kamergenoten", TEXT),
    parent=("Naam van de ouder", NAME),
    phone=("Gsm van de ouder", PHONE),
    mail=("E-mail van de ouder", EMAIL),
)


@pytest.mark.parametrize(
    ("rest", "doubts"), [("........................", set()), ("____________", set()), ("", {"room"})]
)
def test_what_fills_the_room_below_its_question_answers_it(
    settings: Settings, now: datetime, rest: str, doubts: set[str]
) -> None:
    written = lines(
        "Studiereis\nNaam van de leerling: Arthur Smeyers\nNaam van de ouder: Tine Craenen\n"
        "Gsm van de ouder: 0473 11 84 01\nE-mail van de ouder: tine@craenen.example\n"
        f"Kamergenoten (max. 3 namen):\nMilo, Jonas en Ferre{rest}"
    )
    told = read(TRIP, settings, now, *written)
    assert {problem.field for problem in told.problems} == doubts
    assert str(answers(told)[0]["room"]).strip(" ._") == "Milo, Jonas en Ferre"


@pytest.mark.parametrize(("mail", "doubts"), [("kristof.maertens", set()), ("info", {"parent"})])
def test_a_name_behind_the_line_that_an_address_spells_is_one(
    settings: Settings, now: datetime, mail: str, doubts: set[str]
) -> None:
    written = lines(
        "Studiereis\nNaam van de leerling: Mona Maertens\n"
        f"Naam van de ouder: ................................ Kristof Maertens\n"
        f"E-mail van de ouder: {mail}@post.example"
    )
    assert {problem.field for problem in read(TRIP, settings, now, *written).problems} == doubts


def test_a_name_and_a_number_in_one_room_are_both_told(settings: Settings, now: datetime) -> None:
    written = lines(
        "Studiereis\nNaam van de leerling: Mona Maertens\n"
        "Naam van de ouder: Kris Van Looy 0478 12 34 56\nGsm van de ouder: ____________"
    )
    told = read(TRIP, settings, now, *written)
    assert (answers(told)[0]["parent"], answers(told)[0]["phone"]) == ("Kris Van Looy", "0478 12 34 56")
    assert not told.problems


def test_a_name_that_was_read_in_two_ways_is_not_settled_by_its_number() -> None:
    both = doubted("Kris Van Looy 0478 12 34 56", Code.AMBIGUOUS, Reason.TWO_ANSWERS, "Kris ... / Bart Mol")
    reads: Reads = {"parent": (both, Location().at(Unit.LINE, 3))}
    take_apart(reads, lambda key: True, TRIP)
    assert (reads["parent"][0].value, reads["parent"][0].reason) == ("Kris Van Looy", Reason.TWO_ANSWERS)
    assert reads["phone"][0].value == "0478 12 34 56"


@pytest.mark.parametrize(("said", "doubts"), [("opa: Hans Graf", set()), ("Graf: Hans", {"parent"})])
def test_who_a_parent_is_may_stand_before_their_name(
    settings: Settings, now: datetime, said: str, doubts: set[str]
) -> None:
    written = lines(f"Studiereis\nNaam van de leerling: Mona Graf\nNaam van de ouder: {said}")
    assert {problem.field for problem in read(TRIP, settings, now, *written).problems} == doubts


HOLIDAY = asking(child=("Naam kind", NAME), age=("Leeftijd", NUMBER), club=("Club", TEXT))


@pytest.mark.parametrize(("ages", "doubts"), [("7 en 10", set()), ("7 en een beetje", {"age"})])
def test_as_many_ages_as_names_are_as_many_children(
    settings: Settings, now: datetime, ages: str, doubts: set[str]
) -> None:
    written = lines(f"Vakantiewerking\nNaam kind: Max en Moritz Lang\nLeeftijd: {ages}\nClub: turnen")
    told = read(HOLIDAY, settings, now, *written)
    if not doubts:
        assert [(one["child"], one["age"]) for one in answers(told)] == [
            ("Max Lang", "7"),
            ("Moritz Lang", "10"),
        ]
    assert doubts <= {problem.field for problem in told.problems}
    assert bool(told.problems) == bool(doubts)


EXPO = asking(
    firm=("Firma", BODY),
    contact=("Contactpersoon", NAME),
    mail=("E-mail", EMAIL),
    badge=("Naam op badge", NAME),
    meals=("Maaltijden", NUMBER),
)


def test_what_stands_in_a_list_is_of_its_row_whoever_stands_above_it(
    settings: Settings, now: datetime
) -> None:
    written = lines(
        "Beurs\nFirma: Groen Trac\nContactpersoon: Ola Lind / Per Ek\nE-mail: ola@groentrac.example"
    )
    rows = [["Naam op badge", "Maaltijden"], ["Ola Lind", "3"], ["Per Ek", "2"]]
    told = read(EXPO, settings, now, *written, grid(rows))
    assert [one["meals"] for one in answers(told)] == ["3", "2"]
    assert "meals" not in {problem.field for problem in told.problems}
    assert ("contact", Reason.MANY_PEOPLE) in {(p.field, p.reason) for p in told.problems}


PRINTED = asking(
    name=("Naam en voornaam", NAME),
    body=("Organisatie", BODY),
    mail=("E-mail", EMAIL),
    order=("Bestelbonnummer van uw dienst", TEXT),
    plate=("Nummerplaat", FieldKind.PLATE),
    known=("Nieuwsbrief", FieldKind.YES_NO),
)


@pytest.mark.parametrize(
    ("order", "doubts"), [((0, 1, 2, 3, 4), set()), ((0, 3, 1, 2, 4), {"order"}), ((0, 2, 3, 4), set())]
)
def test_other_words_where_the_form_asks_the_question_ask_it(
    settings: Settings, now: datetime, order: tuple[int, ...], doubts: set[str]
) -> None:
    """In the form's own order; anywhere else they are a guess."""
    said = ["Naam en voornaam: Jan Put", "Organisatie: Groen", "E-mail: jan@groen.example"]
    said += ["Nummer bestelbon dienst: PO-77", "Nummerplaat: 1-ABC-234"]
    told = read(PRINTED, settings, now, *lines("\n".join(["Beurs", *(said[n] for n in order)])))
    assert answers(told)[0]["order"] == "PO-77"
    assert {problem.field for problem in told.problems} == doubts


@pytest.mark.parametrize("plate", ["1-ABC-23", "AB123CD", "BOEKENWURM"])
def test_a_plate_that_may_be_a_slip_of_the_pen_is_doubted(plate: str) -> None:
    assert read_plate(plate).code is not None


ORDER = asking(
    name=("Naam en voornaam", NAME),
    body=("Organisatie", BODY),
    order=("Bestelbon", TEXT),
    place=("Zaal", TEXT),
)


def test_what_is_crossed_out_in_lines_cut_alike_by_tabs_is_no_answer(
    settings: Settings, now: datetime
) -> None:
    told = ("Jan Put", "Groen", "BB 1102", "Klok")
    written = [
        line(f"{one.label}: {said}\t", n)
        for n, (one, said) in enumerate(zip(ORDER.fields, told, strict=True))
    ]
    written[2] = line((Span("Bestelbon: "), Span("BB 1102", struck=True), Span(" BB 1120\t")), 2)
    assert answers(read(ORDER, settings, now, *written))[0]["order"] == "BB 1120"


def test_what_is_crossed_out_in_a_cell_of_several_lines_is_no_answer(
    settings: Settings, now: datetime
) -> None:
    asked = cell("Naam en voornaam\nOrganisatie\nBestelbon", 0, 0)
    crossed = (Span("Jan Put\nGroen\n"), Span("BB 1102", struck=True), Span(" BB 1120"))
    said = replace(cell("", 0, 1), blocks=(line(crossed),))
    table = Table(((asked, said),), Location().at(Unit.TABLE, 1))
    assert answers(read(ORDER, settings, now, table))[0]["order"] == "BB 1120"
