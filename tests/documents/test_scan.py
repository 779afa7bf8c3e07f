"""What is done to a picture before its words are read."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from mailbot.documents import scan
from mailbot.documents.content import Content, Unreadable, Unsupported
from mailbot.documents.page_lines import Item
from mailbot.documents.pdf_layout import blocks
from mailbot.documents.scan_boxes import boxes
from mailbot.documents.scan_grid import grids, ink, straightened, to_read_anew
from mailbot.documents.scan_sheet import flat
from mailbot.documents.scan_words import ScannedLine, beside_boxes, off_rules, spaced, without_marks
from mailbot.domain.document import Location, Paragraph, Span, all_lines
from mailbot.text.characters import TICKED, UNTICKED


@pytest.fixture
def sheet() -> np.ndarray:
    """An upright sheet of white paper with a black square in its left upper corner."""
    paper = np.full((1100, 800, 3), 255, np.uint8)
    paper[60:160, 60:160] = 0
    return paper


def test_a_photographed_sheet_is_cut_out_and_set_straight(sheet: np.ndarray) -> None:
    corners = np.array([[0, 0], [800, 0], [800, 1100], [0, 1100]], np.float32)
    askew = np.array([[150, 130], [930, 170], [960, 1230], [110, 1260]], np.float32)
    turn = cv2.getPerspectiveTransform(corners, askew)
    photo = cv2.warpPerspective(sheet, turn, (1100, 1400), borderValue=(70, 90, 110))
    photo = (photo * np.linspace(1.0, 0.6, 1100)[None, :, None]).astype(np.uint8)
    seen = flat(photo)
    height, width = seen.shape[:2]
    assert abs(height / width - 1100 / 800) < 0.1
    light = seen.mean(axis=2)
    assert light[height // 2 :, width // 2 :].mean() > 235, "the shadow is gone"
    dark = np.argwhere(light < 100)
    assert dark.max(axis=0)[0] < 0.2 * height and dark.max(axis=0)[1] < 0.25 * width


def test_a_scan_without_an_edge_stays_as_it_is(sheet: np.ndarray) -> None:
    assert flat(sheet) is sheet


@pytest.fixture
def ruled() -> np.ndarray:
    """A page with a table of three rows and four columns, thin and pale."""
    page = np.full((2200, 1600, 3), 255, np.uint8)
    for y in (300, 380, 460, 540):
        cv2.line(page, (200, y), (1400, y), (150, 150, 150), 2)
    for x in (200, 500, 700, 900, 1400):
        cv2.line(page, (x, 300), (x, 540), (150, 150, 150), 2)
    for y in (250, 350, 430, 510, 700, 760):
        cv2.putText(page, "Naam Voornaam", (210, y), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (0, 0, 0), 3)
    return page


def test_the_cells_of_a_ruled_table_are_found(ruled: np.ndarray) -> None:
    (rows,) = grids(ruled, 2.75)
    assert [len(row) for row in rows] == [4, 4, 4]
    assert all(abs(a - b) < 2 for a, b in zip(rows[0][0], (73, 109, 182, 138), strict=True))


def test_a_wall_that_stands_a_little_off_in_one_row_makes_no_column_more(ruled: np.ndarray) -> None:
    cv2.rectangle(ruled, (690, 304), (710, 376), (255, 255, 255), -1)
    cv2.line(ruled, (703, 300), (703, 380), (150, 150, 150), 2)
    (rows,) = grids(ruled, 2.75)
    assert len({round(cell[0]) for row in rows for cell in row}) == 4


def test_noise_and_a_gap_break_no_table(ruled: np.ndarray) -> None:
    cv2.line(ruled, (520, 380), (545, 380), (255, 255, 255), 2)
    noise = np.random.default_rng(1).normal(0, 12, ruled.shape)
    noisy = np.clip(cv2.GaussianBlur(ruled, (5, 5), 1.0) + noise, 0, 255).astype(np.uint8)
    (rows,) = grids(noisy, 2.75)
    assert [len(row) for row in rows] == [4, 4, 4]


def test_a_cell_over_two_rows_stays_one(ruled: np.ndarray) -> None:
    cv2.rectangle(ruled, (905, 375), (1395, 385), (255, 255, 255), -1)
    (rows,) = grids(ruled, 2.75)
    assert [len(row) for row in rows] == [4, 3, 4] or [len(row) for row in rows] == [4, 4, 3]


def test_a_page_that_lies_askew_is_set_straight(ruled: np.ndarray) -> None:
    turn = cv2.getRotationMatrix2D((800, 1100), 2.2, 1)
    askew = cv2.warpAffine(ruled, turn, (1600, 2200), borderValue=(255, 255, 255))
    (rows,) = grids(straightened(askew), 2.75)
    assert [len(row) for row in rows] == [4, 4, 4]
    assert straightened(ruled) is ruled


def test_words_read_across_a_rule_are_read_anew_in_their_cells(ruled: np.ndarray) -> None:
    (rows,) = grids(ruled, 2.75)
    cells = [cell for row in rows for cell in row]
    across = Item(76, 115, 250, 128, Span("Naam Voornaam"))
    anew = to_read_anew([across], cells, ink(ruled), 2.75)
    assert anew[:2] == rows[0][:2]
    assert rows[0][3] not in anew, "nothing stands there"


def test_a_letter_in_a_word_is_no_box_to_tick() -> None:
    page = np.full((1100, 800, 3), 255, np.uint8)
    cv2.rectangle(page, (100, 100), (120, 120), (0, 0, 0), 2)
    cv2.rectangle(page, (300, 100), (320, 120), (0, 0, 0), 2)
    cv2.putText(page, "Brugge", (320, 120), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0, 0, 0), 2)
    assert [round(box.x0) for box in boxes(ink(page), 2.0)] == [50]


def test_a_shadow_over_a_sheet_cuts_nothing_off(sheet: np.ndarray) -> None:
    corners = np.array([[0, 0], [800, 0], [800, 1100], [0, 1100]], np.float32)
    askew = np.array([[150, 130], [930, 170], [960, 1230], [110, 1260]], np.float32)
    turn = cv2.getPerspectiveTransform(corners, askew)
    photo = cv2.warpPerspective(sheet, turn, (1100, 1400), borderValue=(40, 70, 100)).astype(np.float32)
    across, down = np.meshgrid(np.arange(1100), np.arange(1400))
    photo[across + 0.6 * down < 900] *= 0.62
    height, width = flat(photo.astype(np.uint8)).shape[:2]
    assert abs(height - 1110) < 40 and abs(width - 840) < 40


def _squares(mark: bool) -> np.ndarray:
    page = np.full((400, 800, 3), 255, np.uint8)
    cv2.rectangle(page, (100, 100), (120, 120), (0, 0, 0), 2)
    cv2.rectangle(page, (200, 100), (220, 120), (0, 0, 0), 2)
    if mark:
        cv2.line(page, (94, 93), (126, 128), (120, 40, 20), 3)
        cv2.line(page, (127, 92), (93, 127), (120, 40, 20), 3)
    return page


@pytest.mark.parametrize(("mark", "signs"), [(True, [TICKED, UNTICKED]), (False, [UNTICKED, UNTICKED])])
def test_a_cross_by_hand_over_a_square_is_a_tick(mark: bool, signs: list[str]) -> None:
    found = sorted(boxes(ink(_squares(mark)), 2.0), key=lambda box: box.x0)
    assert [box.span.text for box in found] == signs


def test_a_mark_that_joins_a_square_with_a_rule_is_found_by_the_square_beside_it() -> None:
    page = _squares(mark=True)
    cv2.line(page, (20, 92), (700, 92), (0, 0, 0), 2)
    found = sorted(boxes(ink(page), 2.0), key=lambda box: box.x0)
    assert [(round(box.x0 / 10), box.span.text) for box in found] == [(5, TICKED), (10, UNTICKED)]


def test_circles_to_tick_are_told_from_letters() -> None:
    page = np.full((400, 800, 3), 255, np.uint8)
    for x in (110, 210):
        cv2.circle(page, (x, 110), 10, (0, 0, 0), 2, cv2.LINE_AA)
    cv2.polylines(page, [np.array([[104, 108], [109, 116], [124, 96]], np.int32)], False, (90, 30, 30), 3)
    for x in (300, 323, 346, 369):
        cv2.circle(page, (x, 110), 10, (0, 0, 0), 2, cv2.LINE_AA)
    found = sorted(boxes(ink(page), 2.0), key=lambda box: box.x0)
    assert [(round(box.x0 / 10), box.span.text) for box in found] == [(5, TICKED), (10, UNTICKED)]


@pytest.mark.parametrize("stem", [(396, 446), (388, 452)])
def test_the_stem_of_a_letter_is_no_wall_of_a_table(ruled: np.ndarray, stem: tuple[int, int]) -> None:
    cv2.putText(ruled, "Bald", (1000, 448), cv2.FONT_HERSHEY_SIMPLEX, 1.9, (0, 0, 0), 4)
    cv2.line(ruled, (1075, stem[0]), (1075, stem[1]), (0, 0, 0), 4)
    (rows,) = grids(ruled, 2.75)
    assert [len(row) for row in rows] == [4, 4, 4]


def _written(words: str, gaps: dict[int, int]) -> tuple[np.ndarray, ScannedLine]:
    """Letters like an H, six points wide and one apart, with more room before those of ``gaps``."""
    dark = np.zeros((40, 600), np.uint8)
    x, places = 10, []
    for n, _ in enumerate(words.replace(" ", "")):
        x += gaps.get(n, 0)
        dark[10:22, x : x + 1] = dark[10:22, x + 3 : x + 6] = dark[15, x : x + 6] = 255
        places.append(x + 3.0)
        x += 7
    return dark, ScannedLine(Item(8, 8, x + 2, 24, Span(words)), tuple(places))


@pytest.mark.parametrize(
    ("read", "gaps", "pieces"),
    [
        ("Ikneem deel", {2: 4, 6: 4}, ["Ik neem deel"]),
        ("Naamvoornaam", {4: 5}, ["Naam voornaam"]),
        ("Naamvoornaam", {}, ["Naamvoornaam"]),
        ("NaamJan", {4: 40}, ["Naam", "Jan"]),
        ("jan@brugge.example", {}, ["jan@brugge.example"]),
    ],
)
def test_words_stand_apart_where_the_page_has_room_between_them(
    read: str, gaps: dict[int, int], pieces: list[str]
) -> None:
    dark, line = _written(read, gaps)
    assert [item.span.text for item in spaced(line, dark, 1.0)] == pieces


def test_a_stroke_that_comes_out_of_a_box_is_no_part_of_the_word_beside_it() -> None:
    line, tick = Item(40, 100, 120, 120, Span("Xja")), Item(44, 102, 60, 118, Span(TICKED))
    assert beside_boxes(line, [tick]) == [(40, 44), (60, 120)]
    page = np.full((40, 100, 3), 255, np.uint8)
    dark = np.zeros((40, 104), np.uint8)
    cv2.line(dark, (0, 30), (20, 5), 255, 3)
    cv2.rectangle(dark, (40, 10), (60, 30), 255, -1)
    page[dark[:, 2:102] > 0] = 0
    clean = without_marks(page, dark, 2)
    assert clean[:, :25].min() == 255 and clean[20, 48].max() == 0


def test_a_wall_that_rounds_to_another_point_makes_no_column_more() -> None:
    cells = [
        [(50.0, y, 284.4 + y / 100, y + 20), (284.4 + y / 100, y, 500.0, y + 20)] for y in (0.0, 20.0, 40.0)
    ]
    words = [Item(290, y + 4, 330, y + 16, Span("Jan")) for y in (0, 20, 40)]
    (table,) = blocks(words, [cells], Location())
    assert [[(cell.column, cell.columns) for cell in row] for row in table.rows] == [[(0, 1), (1, 1)]] * 3  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Dieetwensen _vegetarisch", "Dieetwensen vegetarisch"),
        ("Naam Jan_", "Naam Jan"),
        ("Naam ____", "Naam ____"),
        ("jan_maes@brugge.example", "jan_maes@brugge.example"),
    ],
)
def test_what_is_left_of_a_rule_is_no_part_of_the_word_on_it(read: str, meant: str) -> None:
    assert off_rules(read) == meant


def test_a_line_that_wraps_keeps_the_space_between_its_words() -> None:
    lines = [
        Item(100, 100, 298, 112, Span("Ik kom met de trein, aankomst rond")),
        Item(100, 114, 140, 126, Span("9u30 aan")),
    ]
    cells = [[(98.0, 98.0, 300.0, 130.0)], [(98.0, 130.0, 300.0, 160.0)]]
    (table,) = blocks(lines, [cells], Location())
    (paragraph,) = table.rows[0][0].blocks  # type: ignore[union-attr]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.spans[0].text == "Ik kom met de trein, aankomst rond 9u30 aan"


def _tiff(*words: str) -> bytes:
    pages = []
    for word in words:
        page = np.full((1100, 800), 255, np.uint8)
        cv2.putText(page, word, (80, 200), cv2.FONT_HERSHEY_SIMPLEX, 2.0, 0, 4)
        pages.append(Image.fromarray(page))
    out = io.BytesIO()
    pages[0].save(out, format="TIFF", save_all=True, append_images=pages[1:])
    return out.getvalue()


def _said(content: Content) -> list[str]:
    return [block.spans[0].text for block in content.blocks if isinstance(block, Paragraph)]


def test_each_page_of_a_scan_in_one_tiff_is_read() -> None:
    found = scan.read(_tiff("Brugge", "Torhout"), Location())
    assert _said(found) == ["Brugge", "Torhout"]
    assert [str(block.where) for block in found.blocks] == ["pagina 1, regel 1", "pagina 2, regel 1"]


def test_a_photo_of_a_kind_that_is_not_opened_here_is_not_damaged() -> None:
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(range(256)) * 40
    with pytest.raises(Unsupported):
        scan.read(heic, Location())
    with pytest.raises(Unreadable) as damaged:
        scan.read(b"\x89PNG\r\n\x1a\n" + bytes(60), Location())
    assert not isinstance(damaged.value, Unsupported)


def test_a_table_that_begins_within_another_says_nothing_twice() -> None:
    labels = {110.0: "Bestelbon", 130.0: "Peppol", 150.0: "Adres", 190.0: "Reden"}
    items = [Item(10, top, 60, top + 8, Span(text)) for top, text in labels.items()]
    items += [Item(110, 130, 140, 138, Span("nee")), Item(110, 190, 160, 198, Span("website"))]
    upper = [[(100.0, top - 5, 300.0, top + 15)] for top in (110.0, 130.0, 150.0)]
    lower = [[(100.0, 125.0, 300.0, 165.0)], [(100.0, 185.0, 300.0, 205.0)]]
    said = [line.text for line in all_lines(blocks(items, [upper, lower], Location()))]
    assert sorted(said) == ["Adres", "Bestelbon", "Peppol", "Reden", "nee", "website"]


@pytest.mark.parametrize(("bottom", "has_room"), [(150.0, True), (114.0, False)])
def test_words_at_the_top_of_a_high_box_have_room_below_them(bottom: float, has_room: bool) -> None:
    words = [Item(10, 102, 60, 112, Span("Adres")), Item(110, 102, 160, 112, Span("E-mail"))]
    row = [(5.0, 100.0, 100.0, bottom), (100.0, 100.0, 300.0, bottom)]
    (table,) = blocks(words, [[row]], Location())
    assert [cell.room for cell in table.rows[0]] == [has_room, has_room]  # type: ignore[union-attr]
