"""The handbook shows pictures that are there, each drawn by the script."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.handbook_pictures import PAGES, TARGET


def test_every_picture_of_the_handbook_is_there_and_drawn_by_the_script() -> None:
    text = (Path(TARGET).parent / "handleiding-secretariaat.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"!\[[^\]]+\]\(afbeeldingen/([\w-]+)\.png\)", text))
    assert shown <= {*PAGES, "antwoord"}
    assert shown == {path.stem for path in TARGET.glob("*.png")}
