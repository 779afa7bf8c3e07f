"""Papers with labels and names in them that register nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.document import Block, ParsedDocument, ParseStatus
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.submission import Submission, SubmissionKind
from mailbot.pipeline.interpret import understand
from tests.extraction.blocks import grid, lines, mail

Read = Callable[..., Submission]

STAFF = grid(
    [["Naam", "Voornaam", "Functie", "Telefoon", "E-mail"]]
    + [[f"Peeters{c}", "Jan", "bediende", "050 40 55 00", f"{c}@post.example"] for c in "abcdefgh"]
)


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param(
            lines("Agenda vergadering 3 september\n1. Verslag\n2. Varia\nAanwezig: Jan, An"), id="agenda"
        ),
        pytest.param(
            (
                *lines("Verslag van het overleg van 3 september"),
                grid(
                    [["Naam", "Functie", "Gemeente", "Aanwezig"], ["Jan Peeters", "schepen", "Brugge", "ja"]]
                ),
            ),
            id="minutes",
        ),
        pytest.param(
            lines(
                "FACTUUR 2026/14\nNaam: Drukkerij De Ster\n"
                "E-mail: x@ster.example\nTelefoon: 050 40 55 00\nBedrag: 12"
            ),
            id="invoice",
        ),
        pytest.param(
            lines(
                "Offerte strooizout\nContactpersoon: An Smet\nFunctie: verkoop\n"
                "Telefoon: 050 40 55 00\nAantal: 50"
            ),
            id="offer",
        ),
        pytest.param((*lines("Personeelslijst"), STAFF), id="staff list"),
        pytest.param((STAFF,), id="staff list without a title"),
        pytest.param(
            lines("Nieuwsbrief\nSchrijf u in met naam, voornaam en gemeente via onze website"),
            id="newsletter",
        ),
        pytest.param(
            lines("Beste collega\nIs er parking?\nJan Peeters\nTel: 050 40 55 00\nE-mail: j@post.example"),
            id="sign",
        ),
        pytest.param(
            (
                *lines("Deelnemerslijst Kennisplatform 4 juni 2026"),
                grid([["Naam", "Voornaam", "Gemeente", "Aanwezig"], ["Peeters", "Jan", "Brugge", "x"]]),
            ),
            id="who was there last time",
        ),
        pytest.param((), id="nothing"),
    ],
)
def test_nobody_comes_out(read: Read, blocks: tuple[Block, ...]) -> None:
    submission = read(*blocks, name="bijlage.docx")
    assert submission.found is SubmissionKind.NO_FORM
    assert submission.people == ()


def test_a_form_nobody_filled_in_is_blank(read: Read) -> None:
    rows = [["Naam", ""], ["Voornaam", ""], ["Gemeente/OCMW", ""], ["Ik neem deel", "☐ ja ☐ nee"]]
    assert read(*lines("Inschrijvingsformulier"), grid(rows)).found is SubmissionKind.BLANK


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (ParseStatus.PROTECTED, SubmissionKind.PROTECTED),
        (ParseStatus.UNREADABLE, SubmissionKind.UNREADABLE),
        (ParseStatus.TOO_LARGE, SubmissionKind.TOO_LARGE),
        (ParseStatus.UNSUPPORTED, SubmissionKind.UNSUPPORTED),
    ],
)
def test_what_could_not_be_read_says_why(
    settings: Settings, now: datetime, state: ParseStatus, found: SubmissionKind
) -> None:
    submission = understand(None, (ParsedDocument("a.docx", state),), settings, frozenset(), now)
    assert submission.found is found
    assert submission.unread == (("a.docx", state),)


def test_a_readable_form_beside_an_unreadable_file_is_a_form(settings: Settings, now: datetime) -> None:
    form = lines("Inschrijving\nNaam: Peeters\nVoornaam: Jan\nGemeente: Brugge")
    readings = (
        ParsedDocument("logo.xyz", ParseStatus.UNSUPPORTED),
        ParsedDocument("form.docx", ParseStatus.READ, form),
    )
    submission = understand(mail(), readings, settings, frozenset(), now)
    assert submission.found is SubmissionKind.FORM
    assert submission.unread == (("logo.xyz", ParseStatus.UNSUPPORTED),)


def test_a_table_far_too_large_for_a_form_registers_nobody(read: Read) -> None:
    rows = [["Naam", "Voornaam", "Gemeente"]] + [["Peeters", "Jan", "Brugge"]] * 2000
    assert read(*lines("Inschrijving"), grid(rows)).found is SubmissionKind.NO_FORM


OPINION = "\nNaam: Jan Peeters\nE-mail: jan@brugge.example\nWas de zaal goed? ja\nOpmerkingen: mooi"


@pytest.mark.parametrize(
    ("title", "called", "kind"),
    [
        ("Evaluatie Studiedag erfgoed", "Studiedag erfgoed", SubmissionKind.NO_FORM),
        ("Studiedag erfgoed\nTevredenheidsenquête", "Studiedag erfgoed", SubmissionKind.NO_FORM),
        ("Inschrijving evaluatie erfgoed", "Studiedag erfgoed", SubmissionKind.FORM),
        ("Evaluatie erfgoeddecreet", "Evaluatie erfgoeddecreet", SubmissionKind.FORM),
    ],
)
def test_an_evaluation_asks_who_was_there_and_not_who_comes(
    settings: Settings, now: datetime, title: str, called: str, kind: SubmissionKind
) -> None:
    fields = (
        FormField(key="name", label="Naam", kind=FieldKind.NAME),
        FormField(key="mail", label="E-mail", kind=FieldKind.EMAIL),
        FormField(key="remarks", label="Opmerkingen", kind=FieldKind.LONG_TEXT),
    )
    form = Form(id="form", title=called, field=fields)
    document = ParsedDocument("formulier.docx", ParseStatus.READ, lines(f"{title}{OPINION}"))
    settings = replace(settings, forms={"form": form}, events={})
    assert understand(None, (document,), settings, frozenset(), now).found is kind


@pytest.mark.parametrize(
    ("first", "found"),
    [
        ("Kennisplatform Intergemeentelijk Samenwerken", SubmissionKind.FORM),
        ("Platform Wonen en Zorg", SubmissionKind.NO_FORM),
    ],
)
def test_a_title_of_ours_stands_above_another_line_of_it(
    first: str, found: SubmissionKind, read: Read
) -> None:
    said = "Naam: Maes\nVoornaam: Lien\nE-mail: lien@damme.example\nFunctie: jurist\nGemeente/OCMW: Damme"
    title = f"{first}\nInschrijving lentebezoek Bulskampveld en kasteelpark"
    assert read(*lines(f"{title}\n{said}")).found is found
