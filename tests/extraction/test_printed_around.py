"""What a form prints around its questions: captions that it has no field for, and whom to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from mailbot.domain.document import Block, Location, Span, Table, Unit
from mailbot.domain.submission import Submission, SubmissionKind
from tests.extraction.blocks import answers, doubts, grid, line, lines

Read = Callable[..., Submission]
TITLE = line("Inschrijving Kennisplatform Intergemeentelijk Samenwerken")
JAN = {
    "last_name": "Peeters",
    "first_name": "Jan",
    "organisation": "Stad Damme",
    "email": "jan.peeters@damme.example",
}
REACHED = {"role": "schepen", "phone": "0478 11 22 33"}
ASKED = {
    "Naam": "Peeters",
    "Voornaam": "Jan",
    "Functie": "schepen",
    "Gemeente/OCMW": "Stad Damme",
    "E-mail": "jan.peeters@damme.example",
    "Telefoon": "0478 11 22 33",
    "Dieetwensen": "",
    "Opmerkingen": "",
}
ORGANISER = [["Naam", "Ann Claes"], ["E-mail", "ann.claes@overleg.example"], ["Telefoon", "050 36 71 80"]]


def typed(*, filled: bool = True) -> str:
    """The questions in lines, with or without their answers."""
    return "\n".join(f"{label}: {value if filled else ''}" for label, value in ASKED.items())


def beside(asked: dict[str, str], *more: Sequence[str]) -> Block:
    return grid([*([label, value] for label, value in asked.items()), *more])


def left_open(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[text if n % 2 == 0 else "" for n, text in enumerate(row)] for row in rows]


def answers_left_open(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [list(row) if n % 2 == 0 else [""] * len(row) for n, row in enumerate(rows)]


# ---------------------------------------------------------------- captions

BESIDE = [
    ["Naam", "Peeters"],
    ["Voornaam", "Jan"],
    ["Functie", "schepen"],
    ["Aantal collega's in uw dienst", "4"],
    ["Gemeente/OCMW", "Stad Damme"],
    ["Hoeveel jaar werkt u er al", ""],
    ["E-mail", "jan.peeters@damme.example"],
    ["Telefoon", "0478 11 22 33"],
    ["Dieetwensen", ""],
    ["Carpool mogelijk vanuit", "Brugge"],
    ["Opmerkingen", ""],
    ["Mag uw naam op de deelnemerslijst", ""],
]
TWICE = [
    ["Naam:", "Peeters", "Voornaam:", "Jan"],
    ["Functie:", "schepen", "Kostenplaats:", "4500"],
    ["Bestuur:", "Stad Damme", "Parkeerkaart nodig:", ""],
    ["E-mail:", "jan.peeters@damme.example", "Telefoon:", "0478 11 22 33"],
    ["Dieet:", "", "Opmerkingen:", ""],
]
ABOVE = [
    ["Naam", "Voornaam", "Functie"],
    ["Peeters", "Jan", "schepen"],
    ["Gemeente/OCMW", "Kantoor of vestiging", ""],
    ["Stad Damme", "Huis van de Buurt", ""],
    ["Wie is uw dossierbeheerder bij ons", "E-mail", "Telefoon"],
    ["Dirk Claeys", "jan.peeters@damme.example", "0478 11 22 33"],
    ["Dieetwensen", "Opmerkingen", ""],
    ["", "", ""],
]
IN_CAPITALS = [
    ["NAAM", "VOORNAAM"],
    ["Peeters", "Jan"],
    ["ADRES VAN UW WERKPLEK", "BESTUUR"],
    ["Markt 1", "Stad Damme"],
    ["FUNCTIE", "AANTAL JAREN DIENST"],
    ["schepen", "12"],
    ["E-MAIL", "GSM"],
    ["jan.peeters@damme.example", "0478 11 22 33"],
]


@pytest.mark.parametrize(
    "rows", [BESIDE, TWICE, ABOVE, IN_CAPITALS], ids=["beside", "twice", "above", "capitals"]
)
def test_a_caption_that_no_field_has_is_nobody_s_answer(rows: list[list[str]], read: Read) -> None:
    submission = read(TITLE, grid(rows))
    assert answers(submission) == [{**JAN, **REACHED}]
    assert doubts(submission) == set()


@pytest.mark.parametrize(
    "rows",
    [left_open(BESIDE), left_open(TWICE), answers_left_open(ABOVE), answers_left_open(IN_CAPITALS)],
    ids=["beside", "twice", "above", "capitals"],
)
def test_captions_of_a_form_left_open_are_nobody(rows: list[list[str]], read: Read) -> None:
    assert not read(TITLE, grid(rows)).people


def test_a_question_left_open_is_not_answered_by_the_caption_below_it(read: Read) -> None:
    rows = [[label, "" if label == "Gemeente/OCMW" else value] for label, value in BESIDE]
    submission = read(TITLE, grid(rows))
    assert "organisation" not in answers(submission)[0]
    assert doubts(submission) == {(0, "organisation", "missing")}


def test_an_address_typed_below_its_label_is_its_answer_all_the_same(read: Read) -> None:
    rows = [
        ["Naam", "Peeters"],
        ["Voornaam", "Jan"],
        ["Bestuur", "Damme"],
        ["E-mail", ""],
        [JAN["email"], ""],
    ]
    assert answers(read(TITLE, grid(rows)))[0]["email"] == JAN["email"]


def bold_lines(asked: dict[str, str]) -> tuple[Block, ...]:
    """Each label in bold in a line of its own, and what was answered below it."""
    told = [one for label, value in asked.items() for one in ((label, True), (value, False))]
    spans = ((Span(text, bold=bold),) for text, bold in told)
    return tuple(line(one, n) for n, one in enumerate(spans, start=2))


def test_a_line_in_bold_among_labels_in_bold_is_no_answer(read: Read) -> None:
    asked = {**ASKED, "Opmerkingen": "Is er parking?", "Hoe vernam u hiervan": "via een collega"}
    asked = {"Naam": "", **asked, "Carpool mogelijk vanuit": "Brugge"}
    submission = read(TITLE, *bold_lines(asked))
    assert answers(submission) == [{**JAN, **REACHED, "remarks": "Is er parking?"}]


def test_a_line_in_bold_answers_where_everything_is_in_bold(read: Read) -> None:
    told = (text for label, value in ASKED.items() for text in (label, value))
    blocks = (line((Span(text, bold=True),), n) for n, text in enumerate(told, start=2))
    assert answers(read(TITLE, *blocks)) == [{**JAN, **REACHED}]


OPEN = {
    "Naam": "Peeters",
    "Voornaam": "Jan",
    "Functie": "",
    "Aantal collega's in uw dienst": "4",
    "Gemeente/OCMW": "",
    "Bereikbaar tussen": "9 en 12 uur",
    "E-mail": "jan.peeters@damme.example",
    "Telefoon": "0478 11 22 33",
    "Carpool mogelijk vanuit": "",
    "Dieetwensen": "geen noten",
}


def numbered() -> tuple[Block, ...]:
    told = [text for n, (label, value) in enumerate(OPEN.items(), 1) for text in (f"{n}. {label}", value)]
    return lines("\n".join(filter(None, told)), first=2)


def below_gaps() -> tuple[Block, ...]:
    told = lines("\n\n".join(f"{label}\n{value}" for label, value in OPEN.items()), first=3)
    return tuple(one for one in told if one.text)


def in_one_column() -> tuple[Block, ...]:
    return (grid([text] for pair in OPEN.items() for text in pair),)


def stacked() -> tuple[Block, ...]:
    texts = [f"{label}\n{value}".strip() for label, value in OPEN.items()]
    return (grid(texts[n : n + 2] for n in range(0, len(texts), 2)),)


@pytest.mark.parametrize("drawn", [numbered, below_gaps, in_one_column, stacked])
def test_a_caption_between_questions_left_open_answers_none(
    drawn: Callable[[], tuple[Block, ...]], read: Read
) -> None:
    submission = read(TITLE, *drawn())
    told = {key: value for key, value in {**JAN, **REACHED}.items() if key not in ("role", "organisation")}
    assert answers(submission) == [{**told, "diet": "geen noten"}]
    assert doubts(submission) == {(0, "organisation", "missing")}


# ---------------------------------------------------------------- the organiser


@pytest.mark.parametrize("heading", ["Inlichtingen", "Contact bij het overleg", "Terug te sturen naar"])
def test_the_contact_of_the_organiser_below_the_questions_is_nobody(heading: str, read: Read) -> None:
    for contact in ([[heading, ""], *ORGANISER], [[heading, "Ann Claes"], *ORGANISER[1:]]):
        filled, blank = beside(ASKED, *contact), beside(dict.fromkeys(ASKED, ""), *contact)
        assert answers(read(TITLE, filled)) == [{**JAN, **REACHED}]
        assert not read(TITLE, blank).people


@pytest.mark.parametrize("heading", ["Contact Overleg", "Contactpersoon OVERLEG:"])
def test_our_name_right_behind_contact_heads_how_to_reach_us(heading: str, read: Read) -> None:
    contact = "Naam: Ann Claes\nE-mail: ann.claes@elders.example\nTelefoon: 050 36 71 80"
    for filled in (True, False):
        submission = read(TITLE, *lines(f"{typed(filled=filled)}\n{heading}\n{contact}", first=2))
        assert answers(submission) == ([{**JAN, **REACHED}] if filled else [])
        assert not filled or doubts(submission) == set()


@pytest.mark.parametrize(
    "heading", ["Inlichtingen:", "Terug te bezorgen aan", "Vragen? Contacteer ons gerust:"]
)
def test_a_heading_of_the_organiser_ends_the_answers_in_lines(heading: str, read: Read) -> None:
    contact = "\n".join(f"{label}: {value}" for label, value in ORGANISER)
    for filled in (True, False):
        submission = read(TITLE, *lines(f"{typed(filled=filled)}\n{heading}\n{contact}", first=2))
        assert answers(submission) == ([{**JAN, **REACHED}] if filled else [])


def test_a_contact_below_a_list_is_nobody_on_it(read: Read) -> None:
    asked = ["Naam", "Voornaam", "Gemeente/OCMW", "E-mail"]
    contact = [["Contact bij het overleg"], ["Ann Claes"], ["ann.claes@overleg.example"], ["050 36 71 80"]]
    assert answers(read(TITLE, grid([asked, list(JAN.values()), [""], *contact]))) == [JAN]
    assert not read(TITLE, grid([asked, [""] * 4, [""], *contact])).people


def test_a_contact_beside_the_questions_is_nobody(read: Read) -> None:
    for filled in (True, False):
        rows = [[label, value if filled else ""] for label, value in ASKED.items()]
        contact = [["Contact bij het overleg", ""], *ORGANISER]
        beside_it = [[*row, *more] for row, more in zip(rows, contact, strict=False)]
        submission = read(TITLE, grid([*beside_it, *rows[len(contact) :]]))
        assert answers(submission) == ([{**JAN, **REACHED}] if filled else [])
        assert not filled or doubts(submission) == set()
        assert not filled or submission.found is SubmissionKind.FORM
    heads = [["Naam", "", "Contact bij het overleg"], ["Voornaam", "", ""], ["Gemeente/OCMW", "", ""]]
    assert not read(TITLE, grid(heads)).people


def test_an_address_of_ours_below_the_questions_needs_no_heading(read: Read) -> None:
    contact = ORGANISER[1:]
    assert answers(read(TITLE, beside(ASKED, *contact))) == [{**JAN, **REACHED}]
    assert not read(TITLE, beside(dict.fromkeys(ASKED, ""), *contact)).people


def test_somebody_of_ours_registers_as_anybody_does(read: Read) -> None:
    asked = {**ASKED, "E-mail": "els.wouters@overleg.example"}
    told = [{**JAN, **REACHED, "email": "els.wouters@overleg.example"}]
    assert answers(read(TITLE, beside(asked))) == told
    assert answers(read(TITLE, beside(asked, *ORGANISER[1:]))) == told


def test_a_heading_of_returning_above_the_questions_ends_nothing(read: Read) -> None:
    submission = read(TITLE, *lines(f"Terug te bezorgen aan ons secretariaat\n{typed()}", first=2))
    assert answers(submission) == [{**JAN, **REACHED}]
    assert submission.found is SubmissionKind.FORM


# ---------------------------------------------------------------- the invoice, and two numbers


def test_what_is_asked_in_other_words_beside_an_answer_competes_with_no_answer(read: Read) -> None:
    invoice = [["Factuur op naam van", "Gemeente Oostkamp"], ["KBO", "0207.487.571"]]
    submission = read(TITLE, beside(ASKED), grid(invoice, number=2))
    assert answers(submission) == [{**JAN, **REACHED}]
    assert doubts(submission) == set()


def test_a_heading_with_a_price_behind_it_is_a_heading(read: Read) -> None:
    heading = line("Facturatiegegevens (deelname: 25 euro per persoon)", 9)
    invoice = grid([["Gemeente", "Oostkamp"], ["E-mail", "facturen@oostkamp.example"]], number=2)
    submission = read(TITLE, beside(ASKED), heading, invoice)
    assert answers(submission) == [{**JAN, **REACHED}]
    assert doubts(submission) == set()


def test_two_numbers_in_one_block_are_one_answer_and_apart_they_are_doubted(read: Read) -> None:
    near = {**{key: ASKED[key] for key in ("Naam", "Voornaam", "Gemeente/OCMW")}, "Telefoon": "050 40 55 00"}
    near |= {"E-mail": JAN["email"], "Gsm": "0478 11 22 33"}
    submission = read(TITLE, beside(near))
    assert answers(submission) == [{**JAN, "phone": "050 40 55 00 / 0478 11 22 33"}]
    assert doubts(submission) == set()
    submission = read(TITLE, beside(ASKED, ["Bij pech", ""], ["Gsm", "0499 88 77 66"]))
    assert doubts(submission) == {(0, "phone", "unsure")}


# ---------------------------------------------------------------- whether somebody comes, struck or typed


@pytest.mark.parametrize("yes", [True, False])
@pytest.mark.parametrize(
    "asks",
    [
        "Ik zal aanwezig zijn op deze bijeenkomst",
        "Ik neem deel aan de bijeenkomst",
        "Aanwezig op 3 december",
        "Komt u (ja/nee)",
    ],
)
def test_what_is_left_of_yes_and_no_answers_any_words_for_coming(asks: str, yes: bool, read: Read) -> None:
    struck = (Span("JA", struck=not yes), Span(" / "), Span("NEEN", struck=yes))
    dinner = (Span("Ik blijf voor het avondmaal: "), Span("JA", struck=yes), Span(" / "), Span("NEEN"))
    told = line((Span(f"{asks}: "), *struck, Span("  (schrappen wat niet past)")), 20)
    submission = read(TITLE, *lines(typed(), first=2), told, line(dinner, 21))
    assert answers(submission) == [{**JAN, **REACHED, "attends": yes}]
    in_table = beside({**ASKED, f"{asks}?": "ja" if yes else "nee", "Komt u met de trein?": "ja"})
    assert answers(read(TITLE, in_table)) == [{**JAN, **REACHED, "attends": yes}]


@pytest.mark.parametrize("asks", ["Aanwezig op de receptie", "Ik kom met de wagen", "Komt u met de trein"])
def test_how_or_to_what_somebody_comes_is_another_question(asks: str, read: Read) -> None:
    submission = read(TITLE, beside({**ASKED, f"{asks}?": "ja"}))
    assert "attends" not in answers(submission)[0]


@pytest.mark.parametrize("more", ["Ik blijf eten", "Ik neem deel aan de lunch"])
@pytest.mark.parametrize(("on", "off"), [("x ", ""), ("☒ ", "☐ ")])
def test_a_statement_left_open_is_not_marked_by_the_one_below_it(
    on: str, off: str, more: str, read: Read
) -> None:
    submission = read(
        TITLE, *lines(f"{typed()}\n{on}Ik neem deel\n{off}Ik neem niet deel\n{on}{more}", first=2)
    )
    assert answers(submission) == [{**JAN, **REACHED, "attends": True}]
    assert doubts(submission) == set()


@pytest.mark.parametrize("more", ["nee, ik kom niet", "☒ nee", "x niet"])
def test_what_denies_below_a_statement_that_denies_stays_a_doubt(more: str, read: Read) -> None:
    submission = read(TITLE, *lines(f"{typed()}\nx Ik neem deel\nIk neem niet deel\n{more}", first=2))
    assert (0, "attends", "ambiguous") in doubts(submission)


def test_a_row_without_cells_changes_nothing(read: Read) -> None:
    asked = beside(ASKED)
    assert isinstance(asked, Table)
    with_empty_rows = Table(((), *asked.rows, ()), Location().at(Unit.TABLE, 1))
    assert answers(read(TITLE, with_empty_rows)) == [{**JAN, **REACHED}]


def test_people_listed_below_questions_in_one_table_are_no_captions(read: Read) -> None:
    rows = [
        ["Gemeente/OCMW", "Stad Damme"],
        ["E-mail", "info@damme.example"],
        ["Telefoon", "050 11 22 33"],
        ["Naam", "Voornaam"],
        ["Maes", "Els"],
        ["Claeys", "Dirk"],
    ]
    assert [one["last_name"] for one in answers(read(TITLE, grid(rows)))] == ["Maes", "Claeys"]
