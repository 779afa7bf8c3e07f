"""Copies of a blank whose cells have a label above its room, and marks beside the boxes of a blank."""

from __future__ import annotations

import pytest

from mailbot.domain.document import Block, Cell, Location, Span, Table, Unit
from mailbot.extraction.alignment import align
from mailbot.extraction.drafting import template_of
from mailbot.extraction.stacked import as_stacked
from mailbot.extraction.tokens import span_text, tokenised
from mailbot.text.characters import TICKED
from tests.extraction.blocks import grid, line, lines

TITLE = lines("Inschrijving voor de ateliers van het voorjaar\nWij nodigen u uit in het cultuurhuis.")
ROOM = "\n.........."
BLANK = (
    *TITLE,
    grid(
        [
            (f"Naam{ROOM}", f"Voornaam{ROOM}"),
            (f"Straat en nummer{ROOM}", f"Postcode en gemeente{ROOM}"),
            (f"Telefoon of gsm van wie deelneemt{ROOM}", f"E-mail{ROOM}"),
        ]
    ),
)


def answers(blank: tuple[Block, ...], copy: tuple[Block, ...]) -> dict[str, str]:
    """What a copy answers, by label, laid out as the blank."""
    template = template_of(blank)
    sheet = tokenised(as_stacked(copy, template.sheet, template.stacked), blank=False)
    return {one.question.label: span_text(one.spans).strip() for one in align(template, sheet).written}


def test_a_row_of_labels_above_a_row_of_answers_is_a_row_of_cells() -> None:
    page = grid(
        [
            ("Naam", "Voornaam"),
            ("Ndiaye", "Moussa"),
            ("Straat en nummer", "Postcode en gemeente"),
            ("Bergkouter 150", "9550 Nederzele"),
            ("bus 12", ""),
            ("Telefoon of gsm van", "E-mail"),
            ("wie deelneemt", "moussa@post.example"),
            ("0486 00 20 71", ""),
        ]
    )
    assert answers(BLANK, (*TITLE, page)) == {
        "Naam": "Ndiaye",
        "Voornaam": "Moussa",
        "Straat en nummer": "Bergkouter 150\nbus 12",
        "Postcode en gemeente": "9550 Nederzele",
        "Telefoon of gsm van wie deelneemt": "0486 00 20 71",
        "E-mail": "moussa@post.example",
    }


def test_what_is_open_in_a_row_of_answers_stays_open() -> None:
    page = grid(
        [
            ("Naam", "Voornaam"),
            ("Ndiaye", "Moussa"),
            ("Straat en nummer", "Postcode en gemeente"),
            ("", "9550 Nederzele"),
            ("Telefoon of gsm van wie deelneemt", "E-mail"),
        ]
    )
    found = answers(BLANK, (*TITLE, page))
    assert (found["Straat en nummer"], found["Postcode en gemeente"]) == ("", "9550 Nederzele")
    assert (found["Telefoon of gsm van wie deelneemt"], found["E-mail"]) == ("", "")


def test_cells_as_the_blank_has_them_are_left_alone() -> None:
    copy = (*TITLE, grid([("Naam\nNdiaye", "Voornaam\nMoussa")]))
    template = template_of(BLANK)
    assert as_stacked(copy, template.sheet, template.stacked) == copy


@pytest.mark.parametrize(
    "marked", ["☐x vrijdag", "☐ X vrijdag", "x☐ vrijdag", "☐☒ vrijdag", "☒☐ vrijdag", "☐ vrijdag x"]
)
def test_a_mark_beside_the_box_of_an_option_ticks_it(marked: str) -> None:
    blank = (*TITLE, *lines("Naam: ..........\nWanneer komt u?\n☐ donderdag\n☐ vrijdag\n☐ zaterdag"))
    copy = (*TITLE, *lines(f"Naam: Maes\nWanneer komt u?\n☐ donderdag\n{marked}\n☐ zaterdag"))
    said = answers(blank, copy)["Wanneer komt u?"]
    assert [option.split() for option in said.split(TICKED)[1:]] == [["vrijdag", "☐", "zaterdag"]]


def test_an_option_made_bold_in_a_row_of_a_list_is_the_one_that_is_meant() -> None:
    def listed(*rows: tuple[str, tuple[Span, ...]]) -> Table:
        head = grid([("Naam", "Functie", "Lunch")]).rows
        where = Location().at(Unit.TABLE, 1)
        body = tuple(
            tuple(
                Cell((line(text),) if text else (), where.at(Unit.ROW, n + 2), column=column)
                for column, text in enumerate((name, "schepen" if name else "", lunch))
            )
            for n, (name, lunch) in enumerate(rows)
        )
        return Table((*head, *body), where)

    offered = (Span("☐ ja  ☐ neen"),)
    bold = (Span("☐ ja  ☐ "), Span("neen", bold=True))
    template = template_of((*TITLE, listed(("", offered), ("", offered))))
    copy = (*TITLE, listed(("An Maes", bold), ("Jo Claes", offered)))
    written = align(template, tokenised(copy, blank=False)).written
    lunch = [one.spans for one in written if one.question.label == "Lunch" and one.person]
    assert [[span.text for span in spans if span.underlined] for spans in lunch] == [["neen"], []]
