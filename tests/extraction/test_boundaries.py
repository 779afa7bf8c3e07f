"""Boundaries of a form: what still belongs to it, and what does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mailbot.domain.document import Location, Span
from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.submission import Submission
from mailbot.extraction.form_reader import _ABOUT_IT, _OWN_LABEL, _TITLED
from mailbot.extraction.labels import Labels
from mailbot.extraction.scoring import worth
from mailbot.extraction.spans import Candidate
from mailbot.intent.classifier import read_intent
from mailbot.message import parse
from tests.blank_forms.building import INSTALLED
from tests.extraction.blocks import answers, doubts, grid, lines

Read = Callable[..., Submission]

PEOPLE = [
    ["Naam", "Voornaam", "Gemeente/OCMW", "E-mail"],
    ["De Smet", "An", "Brugge", "an@brugge.example"],
    ["Maes", "Els", "Damme", "els@damme.example"],
]


def test_a_total_below_a_table_of_people_is_nobody(read: Read) -> None:
    total = [*PEOPLE, ["Totaal", "", "", "2"]]
    assert [one["last_name"] for one in answers(read(grid(total)))] == ["De Smet", "Maes"]


def test_a_question_below_a_table_of_people_is_nobody_and_is_answered_for_all(read: Read) -> None:
    below = [*PEOPLE, ["Opmerkingen", "Wij komen met de trein.", "", ""]]
    assert [one["last_name"] for one in answers(read(grid(below)))] == ["De Smet", "Maes"]


def test_two_answers_beside_one_label_are_doubted(read: Read) -> None:
    table = grid(
        [
            ["Naam", "Maes", ""],
            ["Voornaam", "Els", ""],
            ["Functie", "schepen", "raadslid"],
            ["Gemeente/OCMW", "Damme", ""],
            ["E-mail", "els@damme.example", ""],
        ]
    )
    assert (0, "role", "unsure") in doubts(read(table))
    assert [p.reason for p in read(table).problems if p.field == "role"] == [Reason.MANY_BESIDE]


def test_what_stands_below_a_closing_is_a_signature_and_nobodys_words() -> None:
    raw = (
        b"From: jan@x.example\nSubject: Vraag\n\nIs er parking?\n\nMet vriendelijke groeten,\n"
        b"Ik kan niet komen BV\nKerkstraat 1\n"
    )
    message = parse(raw, frozenset())
    said = [block.text for block in message.body if not getattr(block, "signature", False)]
    assert "Kerkstraat 1" not in said
    assert "Kerkstraat" not in read_intent(message).words


def test_the_own_words_of_a_form_weigh_more_than_spellings_and_its_title_most(read: Read) -> None:
    assert 1 < _OWN_LABEL < 2  # two spellings weigh more than one own label
    assert _ABOUT_IT < _OWN_LABEL < _TITLED
    ours = lines(
        "Antwoordformulier Burgemeestersoverleg\nNaam: Maes\nVoornaam: Els\n"
        "Gemeente: Damme\nE-mail: els@damme.example\nIk neem deel: ja"
    )
    assert read(*ours).form == "burgemeestersoverleg"
    other = lines(
        "Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken\nNaam: Maes\nVoornaam: Els\n"
        "Gemeente: Damme\nE-mail: els@damme.example\nIk neem deel: ja"
    )
    assert read(*other).form == "kennisplatform"


def test_a_label_counts_without_an_answer_and_less_where_it_is_misspelt_or_doubted() -> None:
    labels = Labels(INSTALLED.forms["kennisplatform"])
    asked = Candidate(("last_name",), (), Location())
    told = replace(asked, spans=(Span("Peeters"),))
    assert 0 < worth([replace(asked, exact=False)], labels) < worth([asked], labels) < worth([told], labels)
    assert worth([replace(told, doubt=Doubt(Reason.NAME))], labels) < worth([told], labels)
