"""Whole documents in layouts that are met once: read right or doubted, and nobody from nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from benchmarks.odd_forms import Truth, odd_forms, odd_strangers
from mailbot import documents, message
from mailbot.config.settings import Settings
from mailbot.domain.document import Block, Location, Paragraph, Part, Span, Unit
from mailbot.domain.submission import Submission, SubmissionKind
from mailbot.pipeline.interpret import understand
from tests.extraction.blocks import answers, doubts, grid, line, lines

Read = Callable[..., Submission]
FORMS = odd_forms()
STRANGERS = odd_strangers()
BASE = "Inschrijving\nNaam: Peeters\nVoornaam: Jan\nGemeente: Brugge\nE-mail: jan@post.example"


def understood(name: str, data: bytes, settings: Settings, now: datetime) -> Submission:
    if name.endswith(".eml"):
        return understand(message.parse(data, frozenset(), ""), (), settings, frozenset(), now)
    reading = documents.read(Part(name, "", data), Location())
    return understand(None, (reading,), settings, frozenset(), now)


@pytest.mark.parametrize("name", FORMS)
def test_an_odd_form_is_read_right_or_doubted(name: str, settings: Settings, now: datetime) -> None:
    data, people = FORMS[name]
    submission = understood(name, data, settings, now)
    assert silently_wrong(submission, people) == []


def silently_wrong(submission: Submission, people: list[Truth]) -> list[str]:
    doubted = {(problem.person, problem.field) for problem in submission.problems}
    read = answers(submission)
    wrong = [f"{len(read)} people"] if len(read) != len(people) else []
    for number, (found, meant) in enumerate(zip(read, people, strict=False)):
        wrong += [
            f"{number} {key}: {found.get(key)!r} instead of {meant.get(key)!r}"
            for key in found.keys() | meant.keys()
            if found.get(key) != meant.get(key) and (number, key) not in doubted
        ]
    return wrong


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_comes_out_of_a_strange_paper(name: str, settings: Settings, now: datetime) -> None:
    submission = understood(name, STRANGERS[name], settings, now)
    assert submission.people == ()
    assert submission.found is SubmissionKind.NO_FORM


def test_a_word_that_may_have_been_broken_is_doubted(read: Read) -> None:
    role = Paragraph(
        (Span("Functie: "), Span("beleids medewerker", unsure=True)),
        Location().at(Unit.PAGE, 1).at(Unit.LINE, 6),
    )
    submission = read(*lines(BASE), role)
    assert answers(submission)[0]["role"] == "beleids medewerker"
    assert (0, "role", "unsure") in doubts(submission)


def paged(*texts: tuple[str, Location]) -> tuple[Block, ...]:
    return tuple(Paragraph((Span(text),), where) for text, where in texts)


def test_an_answer_that_runs_on_over_the_page_is_doubted(read: Read) -> None:
    after = paged(
        ("Opmerkingen: ik kom", Location().at(Unit.PAGE, 1).at(Unit.LINE, 9)),
        ("met de trein", Location().at(Unit.PAGE, 2).at(Unit.LINE, 1)),
    )
    submission = read(*lines(BASE), *after)
    assert answers(submission)[0]["remarks"] == "ik kom\nmet de trein"
    assert (0, "remarks", "unsure") in doubts(submission)


def test_a_page_header_is_nobodys_remark(read: Read) -> None:
    after = paged(
        ("Opmerkingen:", Location().at(Unit.LINE, 9)),
        ("Vereniging van gemeenten", Location().at(Unit.HEADER).at(Unit.LINE, 1)),
    )
    assert "remarks" not in answers(read(*lines(BASE), *after))[0]


def test_the_title_of_a_form_on_its_second_page_is_nobodys_remark(read: Read) -> None:
    title = "Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken"
    after = paged(
        ("Opmerkingen:", Location().at(Unit.PAGE, 1).at(Unit.LINE, 9)),
        (title, Location().at(Unit.PAGE, 2).at(Unit.LINE, 1)),
    )
    assert "remarks" not in answers(read(*lines(BASE), *after))[0]


@pytest.mark.parametrize(
    ("said", "remarks"),
    [
        ("Vragen? An Claes, 050 40 55 00, an@post.example", None),
        ("Vragen? Bel gerust naar het secretariaat op 050 40 55 00", None),
        ("Vragen: mag mijn kind mee? Bel 0478 12 34 56", "mag mijn kind mee? Bel 0478 12 34 56"),
        ("Vragen: is er parking?", "is er parking?"),
    ],
)  # fmt: skip
def test_where_to_ask_is_no_question_of_the_sender(read: Read, said: str, remarks: str | None) -> None:
    assert answers(read(*lines(BASE), line(said, 9)))[0].get("remarks") == remarks


@pytest.mark.parametrize(
    "ditto", ["idem", "Idem.", "zie boven", "zelfde als hierboven", "″", "-//-", "(idem)"]
)
def test_idem_stands_for_the_answer_above(read: Read, ditto: str) -> None:
    rows = [
        ["Naam", "Voornaam", "Functie", "Gemeente", "E-mail"],
        ["Peeters", "Jan", "schepen", "Brugge", "jan@post.example"],
        ["De Smet", "An", ditto, ditto, "an@post.example"],
    ]
    second = answers(read(*lines("Inschrijving"), grid(rows)))[1]
    assert (second["role"], second["organisation"]) == ("schepen", "Brugge")


def test_idem_without_an_answer_above_is_no_answer(read: Read) -> None:
    submission = read(*lines("Inschrijving\nNaam: Peeters\nVoornaam: Jan\nGemeente: idem\nFunctie: idem"))
    assert answers(submission) == [{"last_name": "Peeters", "first_name": "Jan"}]
    assert {(0, "organisation", "unsure"), (0, "role", "unsure")} <= doubts(submission)


def test_a_hint_that_still_stands_before_the_answer_is_left_out(read: Read) -> None:
    text = BASE.replace("Naam: ", "Naam: (vul hier uw naam in) ", 1)
    assert answers(read(*lines("Inschrijving\n" + text)))[0]["last_name"] == "Peeters"


@pytest.mark.parametrize("label", ["GSM-nr.", "Telefoonnr", "Tel. nummer", "gsm nr"])
def test_the_word_for_number_makes_no_other_question(read: Read, label: str) -> None:
    assert answers(read(*lines(f"{BASE}\n{label}: 0475 12 34 56")))[0]["phone"] == "0475 12 34 56"


def test_a_substitute_is_doubted(read: Read) -> None:
    submission = read(*lines(f"{BASE}\nWordt vervangen door:\nNaam: De Smet\nVoornaam: An"))
    assert (1, "last_name", "unsure") in doubts(submission)


def test_a_tick_in_a_column_without_a_name_is_doubted(read: Read) -> None:
    rows = [
        ["Naam", "Peeters", ""],
        ["Voornaam", "Jan", ""],
        ["Gemeente", "Brugge", ""],
        ["Ik neem deel", "", "x"],
    ]
    submission = read(*lines("Inschrijving"), grid(rows))
    assert (0, "attends", "unsure") in doubts(submission)


def test_ticked_options_of_an_open_question_are_the_answer(read: Read) -> None:
    submission = read(*lines(f"{BASE}\nDieetwensen: ☐ vegetarisch  ☒ glutenvrij  ☒ halal"))
    assert answers(submission)[0]["diet"] == "glutenvrij, halal"
