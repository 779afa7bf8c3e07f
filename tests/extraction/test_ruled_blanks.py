"""Blanks whose answers stand on rules, above captions, in frames and combs: adopted without a correction,
each copy is read, filled in as a document or typed on the print (``make_ruled``)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from mailbot.config.settings import Settings
from tests.extraction.make_ruled import BOWLS, HERE, KILN, bowls, kiln
from tests.extraction.test_blank_layouts import adopted, answers, read_with

SAID: dict[str, dict[str, Any]] = {
    "bowls": dict(
        zip(
            ("ploegnaam", "kapitein", "adres_kapitein", "phone", "aantal_spelers", "wensen"),
            BOWLS.values(),
            strict=True,
        )
    ),
    "kiln": dict(
        zip(("last_name", "first_name", "email", "atelier", "nombre_de_pieces"), KILN.values(), strict=True)
    ),
}


DRAWN = {"bowls": bowls, "kiln": kiln}
ASKED = {
    "bowls": [*list(BOWLS)[:5], "Jeugdploeg", "Wensen voor de loting"],
    "kiln": [*list(KILN)[:3], "Atelier ou école d'art", "Nombre de pièces"],
}


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
@pytest.mark.parametrize("form", ASKED)
def test_each_rule_caption_frame_and_comb_is_asked(form: str, suffix: str, tmp_path: Path) -> None:
    blank = HERE / f"{form}-blank.pdf"
    if suffix == ".docx":
        blank = tmp_path / "blank.docx"
        DRAWN[form]({}).save(str(blank))
    assert [field.label for field in adopted(blank).fields] == ASKED[form]


@pytest.mark.parametrize("copy", ["ingevuld.docx", "ingevuld.odt", "ingevuld.pdf", "typed.pdf"])
@pytest.mark.parametrize("form", SAID)
def test_what_stands_on_a_rule_is_the_answer_to_its_words(
    form: str, copy: str, settings: Settings, now: datetime
) -> None:
    read = read_with(adopted(HERE / f"{form}-blank.pdf"), HERE / f"{form}-{copy}", settings, now)
    (person,) = answers(read)
    assert list(person.values()) == list(SAID[form].values())
