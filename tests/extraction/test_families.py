"""Forms composed from independent factors: one layout, one wording, one thing around them each."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.families import LAYOUTS, Layout, Score, count, families, understood
from benchmarks.forms import _settings


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_nothing_is_silently_wrong_and_nobody_invented_whatever_is_around(
    layout: Layout, tmp_path: Path
) -> None:
    settings, score = _settings(tmp_path), Score()
    for family, blocks, people in families():
        if family.layout is layout:
            count(score, people, understood(blocks, settings, family.container))
    assert (score.silent, score.invented, score.blank_people) == (0, 0, 0)
    assert score.right == score.answers
