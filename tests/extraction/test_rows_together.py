"""What says something only beside something else: lines above tables, marks below options, how words look."""

from __future__ import annotations

from datetime import datetime

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.document import Block, Span
from tests.extraction.blocks import answers, cell, doubts, grid, line, lines
from tests.extraction.test_forms_of_others import (
    CHOICE,
    CONSENT,
    NAME,
    PHONE,
    TEXT,
    TOLD,
    YES_NO,
    asking,
    read,
)

FORM = asking(
    name=("Naam ouder", NAME),
    phone=("Telefoon", PHONE),
    group=("Wandeling", CHOICE),
    swims=("Kan zwemmen", YES_NO),
)
TINE, NUMBER = "Tine Vermeersch", "0479 55 66 77"


@pytest.mark.parametrize(
    ("blocks", "told"),
    [
        ((line("Naam ouder\tTelefoon"), grid([[TINE, NUMBER]])), {"name": TINE, "phone": NUMBER}),
        (
            (
                grid(
                    [
                        ["Naam ouder", "Wandeling", "", ""],
                        [TINE, "Duinen", "Bos", "Polder"],
                        ["", "", "x", ""],
                    ]
                ),
            ),
            {"name": TINE, "group": "Bos"},
        ),
        (
            (
                line("Naam ouder\tWandeling (kruis aan)\tTelefoon"),
                grid([[TINE, "Duinen", "Bos", "Polder", NUMBER], ["", "", "", "x", ""]]),
            ),
            {"name": TINE, "group": "Polder", "phone": NUMBER},
        ),
        (
            lines(f"Naam ouder: ~~Jan Claes~~ {TINE}\nTelefoon: {NUMBER}"),
            {"name": TINE, "phone": NUMBER},
        ),
        (
            lines(f"Naam ouder:\ttine Telefoon:\t{NUMBER} (papa)\nMijn kind kan zwemmen:  x ja    O nee"),
            {"name": "tine", "phone": f"{NUMBER} (papa)", "swims": True},
        ),
        (lines(f"Naam ouder: {TINE}\nTelefoon: {NUMBER}\nKan zwemmen: y"), {"swims": True}),
    ],
    ids=[
        "a line of labels above a table",
        "marks below options",
        "both",
        "tildes",
        "a remark behind a number",
        "y",
    ],
)
def test_what_belongs_together_is_read_together(
    blocks: tuple[Block, ...], told: dict[str, str | bool], settings: Settings, now: datetime
) -> None:
    submission = read(FORM, settings, now, *blocks)
    assert not {field for _, field, _ in doubts(submission)} & {*told} - {"name"}
    assert [{key: person[key] for key in told} for person in answers(submission)] == [told]


def test_options_without_a_mark_below_them_answer_nothing(settings: Settings, now: datetime) -> None:
    table = grid([["Naam ouder", "Wandeling", "", "", "Telefoon"], [TINE, "Duinen", "Bos", "Polder", NUMBER]])
    assert answers(read(FORM, settings, now, table)) == [{"name": TINE, "phone": NUMBER}]


def test_cells_as_wide_as_the_labels_above_them_are_their_answers(settings: Settings, now: datetime) -> None:
    form = asking(name=("Naam ouder", NAME), firm=("Zaak", TEXT), number=("Btw-nummer zaak", TEXT))
    heads = tuple(cell(text, 0, n) for n, text in enumerate(("Zaak", "", "", "Naam ouder", "")))
    below = cell("Bakkerij De Korenaar", 1, 0, columns=3), cell(TINE, 1, 3, columns=2)
    third = grid([["", "", "", "", ""]] * 2 + [["Btw-nummer zaak", "BE 0400", "", "", ""]])
    table = type(third)((heads, below, *third.rows[2:]), third.where)
    assert answers(read(form, settings, now, table)) == [
        {"firm": "Bakkerij De Korenaar", "name": TINE, "number": "BE 0400"}
    ]


def test_bold_words_behind_each_room_of_a_sentence_were_typed_there(
    settings: Settings, now: datetime
) -> None:
    spans: list[Span] = []
    for before, key in (
        ("Ondergetekende", "parent"),
        (", wonende te", "home"),
        (", geeft mijn kind", ""),
        (" (naam kind), geboren op", "born"),
        (", de toelating om mee te gaan en is te bereiken op", "phone"),
    ):
        spans += [Span(f"{before} ....................")]
        spans += [Span(f" {TOLD[key]}", bold=True)] if key else []
    told = {key: value for key, value in TOLD.items() if key not in ("child", "group")}
    assert answers(read(CONSENT, settings, now, line(tuple(spans)))) == [told]
