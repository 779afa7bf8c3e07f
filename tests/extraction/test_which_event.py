"""Which event a message names, and when it names another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.form import mark
from mailbot.domain.message import Address, Message
from mailbot.domain.submission import ClueSource, EventClue, Submission
from tests.extraction.blocks import lines, mail

Read = Callable[..., Submission]

FORM = "Naam: Peeters\nVoornaam: Jan\nGemeente: Brugge\nE-mail: jan@post.example"
TITLE = "Kennisplatform Intergemeentelijk Samenwerken"


def named(submission: Submission) -> set[tuple[str, bool]]:
    return {(clue.event, clue.stale) for clue in submission.clues}


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        (f"Inschrijving {TITLE}", {("kis-2026-3", False)}),
        (f"{TITLE}\ndonderdag 3 december 2026", {("kis-2026-3", False)}),
        (f"{TITLE} - 3/12/2026", {("kis-2026-3", False)}),
        ("Kennisplatform intergemeentelijk samenwerking", {("kis-2026-3", False)}),
        ("Inschrijving 3 december", {("kis-2026-3", False)}),
        (f"{TITLE}\n10 september 2026", {("kis-2026-3", True)}),
        (f"Inschrijvingsformulier {TITLE}\nTerug te sturen vóór 23 november 2026", {("kis-2026-3", False)}),
        ("Inschrijvingsformulier Studiedag Omgeving", {("", False)}),
        ("Inschrijving 12 januari 2027", {("", False)}),
        ("Inschrijvingsformulier", set()),
        ("Inschrijvingsformulier deelnemers", set()),
    ],
)
def test_the_heading_of_a_form(read: Read, heading: str, expected: set[tuple[str, bool]]) -> None:
    assert named(read(*lines(f"{heading}\n{FORM}"))) == expected


def test_the_mark_tells_the_event_and_whether_its_date_was_moved(read: Read, settings: Settings) -> None:
    event = settings.events["kis-2026-3"]
    now = mark(event.id, event.version(settings.form_of(event)))
    assert named(read(*lines(f"{FORM}\n{now}"))) == {("kis-2026-3", False)}
    assert named(read(*lines(f"{FORM}\n{mark(event.id, '00000000')}"))) == {("kis-2026-3", True)}
    assert named(read(*lines(f"{FORM}\n{mark('elders-1', '00000000')}"))) == {("", False)}


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Inschrijving kis-2026-3", {("kis-2026-3", False)}),
        (f"RE: Uitnodiging {TITLE}", {("kis-2026-3", False)}),
        ("Inschrijving 3 december", {("kis-2026-3", False)}),
        ("Inschrijving Infosessie Wonen 3 december", {("kis-2026-3", False)}),  # a date says more than a name
        ("Inschrijving 14 januari 2027", {("", False)}),
        ("Inschrijving voor donderdag 14 januari 2027", {("", False)}),
        ("Inschrijving Trefdag Klimaat", {("", False)}),
        ("Inschrijving voor de Klimaattafel", {("", False)}),
        ("Inschrijving, hopelijk nog op tijd", set()),
        ("Inschrijving OCMW Brugge", set()),
        ("Inschrijving schepen Jan Peeters voor de studienamiddag", set()),
        ("Inschrijvingsformulier in bijlage", set()),
        ("kis-2026-31", set()),
        ("Inschrijving", set()),
    ],
)
def test_the_subject(read: Read, subject: str, expected: set[tuple[str, bool]]) -> None:
    assert named(read(message=mail(*lines(FORM), subject=subject))) == expected


def test_the_sub_address(read: Read) -> None:
    to = (Address("inschrijvingen+kis-2026-3@overleg.example"),)
    message = Message("<1@x.example>", Address("jan@post.example"), "", None, to=to, body=lines(FORM))
    assert EventClue("kis-2026-3", ClueSource.ADDRESS) in read(message=message).clues


def test_the_form_that_fits_best_speaks(read: Read) -> None:
    camp = (
        "Kind: Lotte Claes\nGeboortedatum: 3/4/2015\nWelke week: Eerste week\nMailadres ouder: m@post.example"
    )
    assert read(*lines(camp)).form == "zomerkamp"
    mayors = "Antwoordformulier Burgemeestersoverleg\nNaam: Claes\nVoornaam: Dirk\nGemeente: Damme\n"
    mayors += "Ik ben aanwezig: nee"
    assert read(*lines(mayors)).form == "burgemeestersoverleg"
    joint = (
        "Bestuur: Zedelgem\nOns bestuur neemt deel: ja\nGeschatte hoeveelheid: 50\nContactpersoon: An Smet"
    )
    assert read(*lines(joint)).form == "gezamenlijke-aankoop"
    assert read(*lines(FORM + "\nIk neem deel: ja")).form == "kennisplatform"
