"""What is done to a picture before its words are read."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from mailbot.documents.scan import _flat


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
