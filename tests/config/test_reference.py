"""docs/configuration.md has every key, and says of it what the models say."""

from __future__ import annotations

import tomllib

import pytest
from pydantic import TypeAdapter

from scripts import configuration_reference as reference


def test_the_page_is_what_the_models_and_their_meanings_make() -> None:
    made = reference.page()
    there = reference.PAGE.read_text(encoding="utf-8")
    assert there == made, "run: python -m scripts.configuration_reference"


@pytest.mark.parametrize("name", reference.TABLES)
def test_every_example_is_one_that_the_model_takes(name: str) -> None:
    meanings = tomllib.loads(reference.MEANINGS.read_text(encoding="utf-8"))[name]
    fields = {field.alias or key: field for key, field in reference.TABLES[name][1].model_fields.items()}
    for key, meaning in meanings.items():
        if isinstance(meaning, list):
            value = tomllib.loads(f"value = {meaning[1]}")["value"]
            TypeAdapter(fields[key].rebuild_annotation()).validate_python(value)  # raises
