"""PDFs made by reportlab and pypdf, read as people see them."""

from __future__ import annotations

import io
import zlib

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Ellipse, FreeText, Line
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from mailbot.documents import read
from mailbot.domain.document import (
    Block,
    Location,
    Paragraph,
    ParsedDocument,
    ParseStatus,
    Part,
    Table,
    Unit,
)
from mailbot.text.characters import TICKED, UNTICKED


def test_a_field_stands_beside_the_words_it_was_drawn_beside() -> None:
    page, out = _page()
    page.drawString(50, 700, "Naam")
    page.acroForm.textfield(name="Text17", x=200, y=695, width=200, height=18, value="Van den Broeck")
    page.drawString(50, 670, "Voornaam")
    page.acroForm.textfield(name="Text3", x=200, y=665, width=200, height=18, value="Liesbeth")
    (grid,) = _blocks(_saved(page, out))
    assert grid.text == "Naam\tVan den Broeck\nVoornaam\tLiesbeth"


def test_an_empty_field_is_an_empty_slot_with_its_name() -> None:
    page, out = _page()
    page.drawString(50, 700, "Naam:")
    page.acroForm.textfield(name="naam", x=100, y=695, width=200, height=18, value="")
    spans = [span for block in _blocks(_saved(page, out)) for span in _spans(block)]
    assert [(span.text, span.name) for span in spans if span.slot] == [("", "naam")]


def test_ticked_and_open_boxes_of_a_form_are_told_apart() -> None:
    page, out = _page()
    page.drawString(50, 700, "Ik neem deel")
    page.acroForm.checkbox(name="a", x=150, y=698, size=12, checked=True)
    page.drawString(170, 700, "ja")
    page.acroForm.checkbox(name="b", x=200, y=698, size=12, checked=False)
    page.drawString(220, 700, "nee")
    assert _text(_saved(page, out)).split() == ["Ik", "neem", "deel", TICKED, "ja", UNTICKED, "nee"]


def test_a_radio_button_keeps_no_name_because_the_whole_group_has_it() -> None:
    page, out = _page()
    for x, value, chosen in ((150, "ja", False), (220, "nee", True)):
        page.acroForm.radio(name="attends", value=value, x=x, y=698, size=12, selected=chosen)
        page.drawString(x + 20, 700, value)
    spans = [span for block in _blocks(_saved(page, out)) for span in _spans(block)]
    assert [(s.text, s.name) for s in spans if s.slot] == [(UNTICKED, ""), (TICKED, "")]


def test_text_added_on_top_of_a_flat_form_is_typed_into_it() -> None:
    page, out = _page()
    page.drawString(50, 700, "Naam:")
    data = _annotated(_saved(page, out), FreeText(text="Peeters", rect=(110, 694, 300, 712)))
    (line,) = _blocks(data)
    assert line.text == "Naam:\tPeeters"
    assert [span.text for span in _spans(line) if span.slot] == ["Peeters"]


def test_a_circled_word_is_ticked() -> None:
    page, out = _page()
    page.drawString(50, 700, "Lunch:")
    page.drawString(120, 700, "ja")
    page.drawString(180, 700, "nee")
    data = _annotated(_saved(page, out), Ellipse(rect=(172, 692, 208, 716)))
    assert _text(data).split() == ["Lunch:", "ja", TICKED, "nee"]


def test_a_line_through_a_word_strikes_it_and_one_under_it_does_not() -> None:
    page, out = _page()
    page.drawString(50, 700, "ja")
    page.drawString(120, 700, "nee")
    page.line(48, 704, 62, 704)
    page.line(118, 697.5, 142, 697.5)
    spans = [span for block in _blocks(_saved(page, out)) for span in _spans(block)]
    assert [(s.text, s.struck) for s in spans if s.text.strip()] == [("ja", True), ("nee", False)]


def test_words_are_underlined_by_a_line_as_long_as_they_are() -> None:
    page, out = _page()
    page.setFont("Helvetica", 10)
    page.drawString(60, 700, "Tak: kapoen  welp")
    start = 60 + page.stringWidth("Tak: ", "Helvetica", 10)
    page.line(start, 698.5, start + page.stringWidth("kapoen", "Helvetica", 10), 698.5)
    page.drawString(60, 660, "Naam: Maes")
    page.line(60 + page.stringWidth("Naam: ", "Helvetica", 10), 658.5, 300, 658.5)
    spans = [span for block in _blocks(_saved(page, out)) for span in _spans(block)]
    assert [span.text.strip() for span in spans if getattr(span, "underlined", False)] == ["kapoen"]


def test_a_line_annotation_across_a_word_strikes_it() -> None:
    page, out = _page()
    page.drawString(50, 700, "ja")
    page.drawString(120, 700, "nee")
    data = _annotated(
        _saved(page, out), Line(p1=(118, 696), p2=(142, 712), rect=(117, 695, 143, 713), text="")
    )
    spans = [span for block in _blocks(data) for span in _spans(block)]
    assert [(s.text, s.struck) for s in spans if s.text.strip()] == [("ja", False), ("nee", True)]


@pytest.mark.parametrize("pen", ["x", "X", "v"])
def test_a_letter_in_a_drawn_box_is_a_tick(pen: str) -> None:
    page, out = _page()
    page.rect(50, 698, 11, 11)
    page.drawString(52.5, 700, pen)
    page.drawString(70, 700, "ja")
    page.rect(100, 698, 11, 11)
    page.drawString(120, 700, "nee")
    assert _text(_saved(page, out)).split() == [TICKED, "ja", UNTICKED, "nee"]


def test_a_round_box_whose_rim_and_inside_are_drawn_apart_is_empty() -> None:
    page, out = _page()
    for x, word in ((50, "piano"), (150, "viool")):
        page.setFillColorRGB(0.8, 0.85, 1)
        page.circle(x, 704, 3.6, stroke=0, fill=1)
        page.circle(x, 704, 3.3)
        page.setFillColorRGB(0, 0, 0)
        page.drawString(x + 8, 700, word)
    page.circle(150, 704, 1.5, fill=1)
    assert _text(_saved(page, out)).split() == [UNTICKED, "piano", TICKED, "viool"]


def _outline(page: canvas.Canvas, x: float, y: float, width: float, height: float) -> None:
    """The rim of a field as a path, which ends where it began twice, as flattened fields have it."""
    path = page.beginPath()
    path.moveTo(x, y)
    for right, up in ((width, 0), (width, height), (0, height), (0, 0), (0, 0)):
        path.lineTo(x + right, y + up)
    page.drawPath(path)


def test_the_rim_of_a_field_is_no_tick_and_circles_no_word() -> None:
    page, out = _page()
    page.drawString(52, 700, "jo@post.example")
    _outline(page, 50, 697, 74, 12)
    for x, word in ((150, "ja"), (220, "nee")):
        page.rect(x, 698, 11, 11)
        _outline(page, x + 0.2, 698.2, 10.6, 10.6)
        page.drawString(x + 16, 700, word)
    cross = page.beginPath()
    cross.moveTo(221, 699)
    for x, y in (
        (225, 703),
        (229, 699),
        (230, 700),
        (226, 704),
        (230, 708),
        (229, 709),
        (225, 705),
        (221, 709),
    ):
        cross.lineTo(x, y)
    page.drawPath(cross, fill=1)
    assert _text(_saved(page, out)).split() == ["jo@post.example", UNTICKED, "ja", TICKED, "nee"]


def test_boxes_that_stand_against_each_other_hold_the_letters_of_a_word() -> None:
    page, out = _page()
    page.drawString(50, 720, "Naam")
    for n, letter in enumerate("MAES  "):
        page.rect(50 + 14 * n, 690, 14, 14)
        page.drawString(54 + 14 * n, 693, letter)
    assert "".join(_text(_saved(page, out)).split()) == "NaamMAES"


def _comb(page: canvas.Canvas, y: int, label: str, sizes: tuple[int, ...], said: str = "") -> None:
    """A label, and boxes for a letter each in groups of some sizes."""
    page.drawString(50, y + 3, label)
    x, letters = 150, iter(said.ljust(sum(sizes)))
    for size in sizes:
        for _ in range(size):
            page.rect(x, y, 13, 15)
            page.drawString(x + 4, y + 4, next(letters))
            x += 13
        x += 8


def test_boxes_for_letters_in_groups_are_one_answer() -> None:
    page, out = _page()
    _comb(page, 700, "Geboren op", (2, 2, 4), "07111994")
    _comb(page, 670, "Rekening", (4, 4, 4, 4), "BE62510007547061")
    _comb(page, 640, "Postcode", (4,))
    _comb(page, 610, "Lidnummer", (2, 5), "A 12 45")
    assert _text(_saved(page, out)).replace("\t", "\n").split("\n") == [
        "Geboren op", "07/11/1994", "Rekening", "BE62 5100 0754 7061",
        "Postcode", "_" * 20, "Lidnummer", "A 12 45",
    ]  # fmt: skip


def test_letters_typed_over_boxes_for_letters_are_one_answer() -> None:
    page, out = _page()
    _comb(page, 700, "Postcode", (4,))
    letters = [FreeText(text=c, rect=(151 + 13 * n, 701, 161 + 13 * n, 714)) for n, c in enumerate("9880")]
    (line,) = _blocks(_annotated(_saved(page, out), *letters))
    assert line.text.split() == ["Postcode", "9880"]


def test_boxes_below_a_heading_each_are_ticked_and_hold_no_letters() -> None:
    page, out = _page()
    page.drawString(50, 703, "Ik kom op")
    for n, (day, mark) in enumerate(zip(("ma", "di", "wo", "do"), "x  x", strict=True)):
        page.drawString(150 + 14 * n, 716, day)
        page.rect(150 + 14 * n, 700, 14, 14)
        page.drawString(154 + 14 * n, 704, mark)
    assert _text(_saved(page, out)).split().count("x") == 2


def test_a_drawn_circle_beside_a_word_is_a_box_and_what_is_filled_inside_it_its_tick() -> None:
    page, out = _page()
    page.drawString(50, 700, "Niveau")
    for x, word, filled in ((130, "laag", False), (200, "hoog", True)):
        page.circle(x, 704, 5)
        if filled:
            page.circle(x, 704, 3, fill=1)
        page.drawString(x + 10, 700, word)
    assert f"{UNTICKED} laag" in _text(_saved(page, out))
    page, out = _page()
    page.drawString(50, 700, "Niveau")
    page.circle(130, 704, 5)
    page.circle(130, 704, 3, fill=1)
    page.drawString(140, 700, "laag")
    assert f"{TICKED} laag" in _text(_saved(page, out))


def test_an_address_below_the_small_print_of_its_label_is_not_joined_to_it() -> None:
    page, out = _page()
    page.rect(50, 680, 250, 40)
    page.rect(300, 680, 200, 40)
    for x, label, answer in ((54, "E-mailadres", "an@maes.example"), (304, "Naam", "Maes")):
        page.setFont("Helvetica", 7)
        page.drawString(x, 710, label)
        page.setFont("Helvetica", 11)
        page.drawString(x, 690, answer)
    assert "E-mailadres\nan@maes.example" in _text(_saved(page, out))


def test_one_answer_below_two_labels_stands_in_the_column_of_its_own() -> None:
    page, out = _page()
    rows = (("Naam", "Voornaam"), ("Maes", "An"), ("Gemeente", "Telefoon"), ("Damme", ""))
    for (left, right), y in zip(rows, (700, 682, 652, 634), strict=True):
        page.drawString(60, y, left)
        page.drawString(300, y, right)
    (table,) = (block for block in _blocks(_saved(page, out)) if isinstance(block, Table))
    assert [cell.text for cell in table.rows[-1]] == ["Damme", ""]


def test_columns_without_rules_become_a_grid() -> None:
    page, out = _page()
    rows = [("Naam", "Voornaam", "Gemeente"), ("Peeters", "Jan", "Damme"), ("De Smet", "An", "Knokke-Heist")]
    for n, row in enumerate(rows):
        for x, text in zip((50, 180, 300), row, strict=True):
            page.drawString(x, 700 - 16 * n, text)
    (grid,) = _blocks(_saved(page, out))
    assert isinstance(grid, Table)
    assert [[cell.text for cell in row] for row in grid.rows] == [list(row) for row in rows]


def test_a_wrapped_cell_is_one_line_again_and_a_short_line_stays_its_own() -> None:
    page, out = _page()
    page.grid([50, 200, 360], [720, 650])
    page.drawString(55, 705, "Functie")
    page.drawString(205, 705, "directeur intergemeentelijke")
    page.drawString(205, 692, "samenwerking")
    page.drawString(205, 679, "en")
    page.drawString(205, 666, "secretaris")
    (grid,) = _blocks(_saved(page, out))
    assert isinstance(grid, Table)
    assert grid.rows[0][1].text == "directeur intergemeentelijke samenwerking\nen\nsecretaris"


@pytest.mark.parametrize("ruled", [True, False])
def test_an_address_that_is_broken_within_its_ending_is_one_word_again(ruled: bool) -> None:
    page, out = _page()
    if ruled:
        page.grid([50, 200, 366], [720, 690, 660])
    for top, label, first, rest in (
        (708, "E-mail", "jan.vandenbossche@oudenburg.exa", "mple"),
        (678, "Contact", "els@damme.example", "Els"),
    ):
        page.drawString(55, top, label)
        page.drawString(205, top, first)
        page.drawString(205, top - 12, rest)
    (grid,) = _blocks(_saved(page, out))
    assert isinstance(grid, Table)
    told = [" ".join(row[1].text.split()) for row in grid.rows]
    assert told == ["jan.vandenbossche@oudenburg.example", "els@damme.example Els"]
    spans = (span for block in grid.rows[0][1].blocks if isinstance(block, Paragraph) for span in block.spans)
    assert not any(span.unsure for span in spans)


def test_words_spread_over_a_line_are_a_sentence() -> None:
    page, out = _page()
    x = 60.0
    for word in ("op", "......", "te", "Gent,", "wonende", "in"):
        page.drawString(x, 700, word)
        x += page.stringWidth(word) + 26
    (block,) = _blocks(_saved(page, out))
    assert block.text == "op ...... te Gent, wonende in"


def test_a_word_and_the_room_behind_it_go_on_with_the_line_that_had_no_place_for_both() -> None:
    page, out = _page()
    page.drawString(
        60, 700, "De secretaris van de vereniging verwacht dit formulier voor het einde van de maand mei en"
    )
    page.drawString(60, 680, "Overdag ben ik met een vraag over dit alles te bereiken op dit nummer van een")
    page.drawString(60, 666, "gsm ........................................ 0479 00 11 22")
    *_, last = _blocks(_saved(page, out))
    assert last.text.endswith("van een gsm ........................................ 0479 00 11 22")


def test_a_password_protects_and_a_password_of_the_owner_alone_does_not() -> None:
    page, out = _page()
    page.drawString(50, 700, "Naam: Peeters")
    data = _saved(page, out)
    assert _read(_encrypted(data, "geheim", None)).state is ParseStatus.PROTECTED
    assert _text(_encrypted(data, "", "eigenaar")) == "Naam: Peeters"


def test_a_lost_cross_reference_table_is_mended_and_half_a_file_is_unreadable() -> None:
    page, out = _page()
    page.drawString(50, 700, "Naam: Peeters")
    data = _saved(page, out)
    assert _text(data[: data.rindex(b"xref") - 10]) == "Naam: Peeters"
    assert _read(data[:300]).state is ParseStatus.UNREADABLE


def test_more_than_twenty_pages_are_too_large() -> None:
    page, out = _page()
    for _ in range(22):
        page.drawString(50, 700, "Naam: Peeters")
        page.showPage()
    assert _read(_saved(page, out)).state is ParseStatus.TOO_LARGE


def test_a_page_that_unpacks_to_hundreds_of_megabytes_is_not_unpacked() -> None:
    bomb = zlib.compress(b"0 0 m 9 9 l S\n" * 20_000_000, 9)
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    )
    leaf = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
    stream = b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n" % (len(bomb), bomb)
    data = head + leaf + stream + b"trailer<</Root 1 0 R>>\n%%EOF"
    assert _read(data).state in (ParseStatus.TOO_LARGE, ParseStatus.UNREADABLE)


# ---------------------------------------------------------------- making and reading


def test_an_empty_frame_is_room_and_a_filled_one_begins_at_its_side() -> None:
    page, out = _page()
    for x, label, value in ((50, "Naam", "Maes"), (300, "Voornaam", "")):
        page.drawString(x, 722, label)
        page.rect(x, 700, 200, 18)
        page.drawString(x + 6, 705, value)
    grid = _blocks(_saved(page, out))[0]
    assert grid.text == f"Naam\tVoornaam\nMaes\t{'_' * 20}"


def test_a_frame_around_other_frames_or_words_is_no_room() -> None:
    page, out = _page()
    page.rect(40, 600, 500, 150)
    page.rect(50, 700, 200, 18)
    page.drawString(55, 705, "Niet vergeten")
    assert "_" not in _text(_saved(page, out))


@pytest.mark.parametrize(("left", "right", "is_marked"), [(0, 0, True), (-4, 0, True), (-4, 4, False)])
def test_words_on_a_ground_that_ends_with_them_were_gone_over(left: int, right: int, is_marked: bool) -> None:
    page, out = _page()
    width = page.stringWidth("vis", "Helvetica", 11)
    page.setFillColorRGB(1, 1, 0)
    page.rect(150 + left, 697, width - left + right, 13, stroke=0, fill=1)
    page.setFillColorRGB(0, 0, 0)
    page.drawString(50, 700, "Menu:")
    page.drawString(100, 700, "vlees")
    page.drawString(150, 700, "vis")
    spans = [span for block in _blocks(_saved(page, out)) for span in _spans(block)]
    assert [span.text.strip() for span in spans if span.marked] == (["vis"] if is_marked else [])


def test_options_stay_with_the_first_box_of_their_row_whose_ground_makes_a_cell() -> None:
    page, out = _page()
    for y in (720, 694, 670, 646):
        page.line(56, y, 567, y)
    for x in (56, 250, 567):
        page.line(x, 646, x, 720)
    page.setFillColorRGB(0.9, 0.9, 1)
    for x, y, width, height in ((252, 697, 276, 21), (252, 683, 10, 10), (252, 648, 50, 20)):
        page.rect(x, y, width, height, stroke=0, fill=1)
    page.setFillColorRGB(0, 0, 0)
    for y, label in ((702, "Naam"), (684, "Soort groep"), (654, "Aantal")):
        page.drawString(59, y, label)
    for x, option in ((252, "school"), (302, "bedrijf")):
        page.acroForm.checkbox(name=option, x=x, y=684, size=8)
        page.drawString(x + 12, 684, option)
    (grid,) = _blocks(_saved(page, out))
    assert f"Soort groep\t{UNTICKED} school {UNTICKED} bedrijf" in grid.text.split("\n")


def test_frames_in_the_cells_of_a_table_are_no_rows_of_it() -> None:
    page, out = _page()
    for y in (640, 664, 688, 712):
        page.line(50, y, 450, y)
    for x in (50, 150, 300, 450):
        page.line(x, 640, x, 712)
    for y, labels in ((695, "Roepnaam Woonplaats"), (671, "Leeftijd Kleur"), (647, "Maat Ploeg")):
        for x, label in zip((53, 303), labels.split(), strict=True):
            page.drawString(x, y, label)
        page.rect(152.5, y - 3, 140, 15)
        page.drawString(156, y, "Mia")
    (grid,) = _blocks(_saved(page, out))
    assert grid.text == "Roepnaam\tMia\tWoonplaats\nLeeftijd\tMia\tKleur\nMaat\tMia\tPloeg"


def test_boxes_to_tick_that_stand_in_line_make_no_table() -> None:
    page, out = _page()
    for y, asked, words in ((700, "Soep", ("tomaat", "kip")), (686.4, "Drank", ("water", "melk"))):
        page.drawString(50, y, asked)
        for x, word in zip((150, 250), words, strict=True):
            page.setFillColorRGB(0.9, 0.9, 0.9)
            page.rect(x - 1, y - 2, 12, 12, stroke=0, fill=1)
            page.setFillColorRGB(0, 0, 0)
            page.rect(x, y - 1, 8, 8)
            page.drawString(x + 14, y, word)
    page.drawString(151.5, 700, "x")
    assert " ".join(_text(_saved(page, out)).split()) == (
        f"Soep {TICKED} tomaat {UNTICKED} kip Drank {UNTICKED} water {UNTICKED} melk"
    )


def _page() -> tuple[canvas.Canvas, io.BytesIO]:
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    page.setFont("Helvetica", 11)
    return page, out


def _saved(page: canvas.Canvas, out: io.BytesIO) -> bytes:
    page.save()
    return out.getvalue()


def _annotated(data: bytes, *annotations: object) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    for annotation in annotations:
        writer.add_annotation(0, annotation)  # type: ignore[arg-type]  # pypdf's own annotations
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _encrypted(data: bytes, user: str, owner: str | None) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user, owner_password=owner, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _read(data: bytes) -> ParsedDocument:
    return read(
        Part("formulier.pdf", "application/pdf", data), Location().at(Unit.ATTACHMENT, "formulier.pdf")
    )


def _blocks(data: bytes) -> tuple[Block, ...]:
    reading = _read(data)
    assert reading.state is ParseStatus.READ
    return reading.blocks


def _text(data: bytes) -> str:
    return "\n".join(block.text for block in _blocks(data))


def _spans(block: Block) -> list[object]:
    if isinstance(block, Table):
        return [s for row in block.rows for cell in row for inner in cell.blocks for s in _spans(inner)]
    return list(block.spans)


@pytest.mark.parametrize("banner", [False, True], ids=["alone", "below a banner as wide"])
def test_a_table_whose_last_side_is_not_drawn_keeps_its_last_column(banner: bool) -> None:
    page, out = _page()
    page.setFont("Helvetica", 9)
    if banner:
        page.setFillGray(0.8)
        page.rect(50, 740, 400, 20, stroke=0, fill=1)
        page.setFillGray(0)
    for y in (700, 680, 660):
        page.line(50, y, 450, y)
    for x in (50, 200):
        page.line(x, 700, x, 660)
    for y, label, answer in ((686, "Dienst", "Brandweer Oostrand"), (666, "Contactpersoon", "Vera Pauwels")):
        page.drawString(54, y, label)
        page.drawString(204, y, answer)
    *_, table = _blocks(_saved(page, out))
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Dienst", "Brandweer Oostrand"],
        ["Contactpersoon", "Vera Pauwels"],
    ]


@pytest.mark.parametrize("banner", [False, True], ids=["alone", "below a banner as wide as the page"])
def test_labels_without_rules_stand_beside_the_cells_that_have_some(banner: bool) -> None:
    page, out = _page()
    page.setFont("Helvetica", 9)
    said = (("Dienst", "Brandweer Oostrand"), ("Contactpersoon", "Vera Pauwels"), ("Mail", ""))
    if banner:
        page.rect(50, 700, 500, 20)
        page.drawString(54, 706, "UW ORGANISATIE")
    for n, (label, answer) in enumerate(said):
        page.rect(300, 680 - 20 * n, 250, 20)
        page.drawString(54, 686 - 20 * n, label)
        page.drawString(304, 686 - 20 * n, answer)
    table = next(block for block in _blocks(_saved(page, out)) if isinstance(block, Table))
    assert [tuple(cell.text for cell in row) for row in table.rows if len(row) > 1] == [*said]


def test_boxes_side_by_side_have_their_own_words_and_make_one_row() -> None:
    page, out = _page()
    page.setFont("Helvetica", 9)
    said = (("Dienst", "Oostrand", "Contact", "Vera"), ("Gemeente", "Aalter", "Telefoon", ""))
    for n, (label, answer, other, beside) in enumerate(said):
        for left, words, room in ((54, label, answer), (304, other, beside)):
            page.rect(left + 100, 680 - 20 * n, 120, 20)
            page.drawString(left, 686 - 20 * n, words)
            page.drawString(left + 104, 686 - 20 * n, room)
    (table,) = _blocks(_saved(page, out))
    assert isinstance(table, Table)
    assert [tuple(cell.text for cell in row) for row in table.rows] == [*said]


@pytest.mark.parametrize("is_ruled", [False, True])
def test_labels_above_all_columns_but_the_first_are_a_row_of_their_table(is_ruled: bool) -> None:
    page, out = _page()
    page.setFont("Helvetica", 9)
    rows = (("", "Naam", "Functie"), ("Deelnemer 1", "An Maes", "juf"), ("Deelnemer 2", "Bo Sow", "meester"))
    for n, row in enumerate(rows):
        for x, text in zip((54, 154, 304), row, strict=True):
            page.drawString(x, 686 - 20 * n, text)
    if is_ruled:
        page.grid([50, 150, 300, 450], [640, 660, 680])
    (table,) = _blocks(_saved(page, out))
    assert isinstance(table, Table)
    assert [tuple(cell.text for cell in row) for row in table.rows] == [*rows]


def test_boxes_before_their_words_are_read_with_them() -> None:
    page, out = _page()
    page.setFont("Helvetica", 9)
    said = (("2", "verslagboek", "", "nieuwsbrief"), ("", "parkeerkaart", "x", "collega"))
    for n, (count, thing, mark, source) in enumerate(said):
        for left, room, words in ((54, count, thing), (304, mark, source)):
            page.rect(left, 680 - 20 * n, 40, 20)
            page.drawRightString(left + 39, 686 - 20 * n, room)
            page.drawString(left + 41, 686 - 20 * n, words)
    (table,) = _blocks(_saved(page, out))
    assert isinstance(table, Table)
    assert [tuple(cell.text for cell in row) for row in table.rows] == [*said]


def test_letters_close_on_both_sides_of_a_rule_are_of_two_cells() -> None:
    page, out = _page()
    page.grid([50, 80, 160], [680, 700, 720])
    for y, number, name in ((704, "1", "Aerts"), (684, "2", "Sow")):
        page.drawRightString(79.2, y, number)
        page.drawString(80.8, y, name)
    (grid,) = _blocks(_saved(page, out))
    assert grid.text == "1\tAerts\n2\tSow"


def test_a_word_that_runs_over_a_rule_stays_whole() -> None:
    page, out = _page()
    page.grid([50, 80, 160], [680, 700, 720])
    page.drawString(60, 704, "Oudenaarde")
    assert "Oudenaarde" in _text(_saved(page, out))


def test_cells_printed_over_one_another_are_unsure() -> None:
    page, out = _page()
    for y, words in ((700, "GemeenteStad Brugge"), (680, "Naam Peeters"), (660, "Telefoon/g0478 12 34 56")):
        page.drawString(50, y, words)
    assert all(span.unsure for block in _blocks(_saved(page, out)) for span in _spans(block))


def test_a_word_with_a_capital_inside_makes_no_page_unsure() -> None:
    page, out = _page()
    for y, words in ((700, "Naam: Peeters"), (680, "LinkedIn: jan-peeters"), (660, "Gemeente: Brugge")):
        page.drawString(50, y, words)
    assert not any(span.unsure for block in _blocks(_saved(page, out)) for span in _spans(block))


def test_a_box_printed_behind_a_check_box_of_the_form_says_nothing() -> None:
    page, out = _page()
    page.acroForm.checkbox(name="a", x=50, y=698, size=12, checked=True)
    page.rect(66, 698, 11, 11)
    page.drawString(82, 700, "vrijdag")
    (line,) = _blocks(_saved(page, out))
    assert line.text.count(TICKED) == 1
    assert UNTICKED not in line.text


def test_a_remark_below_room_that_was_left_open_is_not_joined_to_it() -> None:
    page, out = _page()
    page.drawString(50, 700, "Bestelbon: " + "." * 150)
    page.drawString(50, 687, "! de schepen vertrekt om 11 uur")
    assert _text(_saved(page, out)).split("\n")[-1] == "! de schepen vertrekt om 11 uur"


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    page, out = _page()
    for n, text in enumerate(
        ("Naam: Jef", "Totem: ____", "Geboren op", "1/9/2020____", "Ouder 1: els", "wuyts____")
    ):
        page.drawString(46, 700 - 17 * n, text)
    for n, text in enumerate(
        ("Zwemmen: goed", "Medicatie: nee", "Maat: M", "Betalen tegen 1 mei", "met de naam")
    ):
        page.drawString(310, 703 - 13 * n, text)
    texts = [block.text for block in _blocks(_saved(page, out))]
    assert texts.index("Zwemmen: goed") > texts.index("Naam: Jef")
    assert all("els" not in text or "met" not in text for text in texts)
    assert texts[-1] == "Betalen tegen 1 mei met de naam"


def test_answers_a_little_above_their_labels_are_no_column_of_their_own() -> None:
    page, out = _page()
    for n, (label, said) in enumerate(
        (
            ("Naam", "Maes"),
            ("Voornaam", "An"),
            ("Functie", "schepen"),
            ("Gsm", "0470 12 34 56"),
            ("Dieet", "geen"),
        )
    ):
        page.drawString(50, 700 - 22 * n, label)
        page.drawString(300, 704 - 22 * n, said)
    assert "Naam\tMaes" in _text(_saved(page, out))
