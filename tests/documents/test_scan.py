"""What is done to a picture before its words are read."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from mailbot.documents.pdf_layout import Item
from mailbot.documents.scan import _boxes, _flat
from mailbot.documents.scan_grid import grids, ink, straightened, to_read_anew
from mailbot.domain.document import Span


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
    flat = _flat(photo)
    height, width = flat.shape[:2]
    assert abs(height / width - 1100 / 800) < 0.1
    light = flat.mean(axis=2)
    assert light[height // 2 :, width // 2 :].mean() > 235, "the shadow is gone"
    dark = np.argwhere(light < 100)
    assert dark.max(axis=0)[0] < 0.2 * height and dark.max(axis=0)[1] < 0.25 * width


def test_a_scan_without_an_edge_stays_as_it_is(sheet: np.ndarray) -> None:
    assert _flat(sheet) is sheet


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
    assert [round(box.x0) for box in _boxes(page, 2.0)] == [50]
