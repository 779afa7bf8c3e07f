"""Ten forms that were drawn before the adopting code was looked at, adopted without a correction, and filled
in five to seven ways: every answer is right, or doubted and so looked at by a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import benchmarks.blanks
from benchmarks.adopted import Family, adopted, families, measured
from benchmarks.forms import CONFIG
from mailbot.config.loader import load
from mailbot.config.settings import Settings
from mailbot.pipeline.attachments import read_file
from mailbot.pipeline.interpret import understand
from mailbot.pipeline.sandbox import Sandbox

NEWCOMERS = list(families(Path(__file__).with_name("newcomers")))
BLANKS = [
    replace(family, copies=[copy for copy in family.copies if "scan" not in copy.path.name])
    for family in families(Path(benchmarks.blanks.__file__).parent)
]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    file = tmp_path_factory.mktemp("config") / "mailbot.toml"
    file.write_text(CONFIG, encoding="utf-8")
    return load(file)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


@pytest.mark.parametrize("family", NEWCOMERS, ids=lambda family: family.name)
def test_each_answer_on_a_copy_is_right_or_doubted(
    family: Family, sandbox: Sandbox, settings: Settings
) -> None:
    for copy, counts, said in measured(family, adopted(family, sandbox), sandbox, settings):
        assert not counts["silently wrong"] + counts["invented"] + counts["no field"], (copy.path, said)
        if "scan" not in copy.path.name:
            assert not counts["missing"], (copy.path, said)
            assert counts["right"] + counts["right, doubted"] >= 3 * counts["wrong, doubted"], said


@pytest.mark.parametrize("family", BLANKS, ids=lambda family: family.name)
def test_each_answer_on_a_copy_in_a_file_or_a_mail_is_right_or_doubted(
    family: Family, sandbox: Sandbox, settings: Settings
) -> None:
    for copy, counts, said in measured(family, adopted(family, sandbox), sandbox, settings):
        lost = ("silently wrong", "invented", "no field")
        assert not any(counts[kind] for kind in lost), (copy.path, said)
        # Missing only where nothing is taken without a doubt, so that a person looks at the whole copy.
        assert not (counts["missing"] and counts["right"]), (copy.path, said)
        if copy.path.suffix != ".pdf":
            assert not counts["wrong, doubted"], (copy.path, said)


@pytest.mark.parametrize("family", NEWCOMERS, ids=lambda family: family.name)
def test_the_blank_of_somebody_else_is_nobody_whichever_form_it_is_read_with(
    family: Family, sandbox: Sandbox, settings: Settings
) -> None:
    message, readings = read_file(family.blank.name, family.blank.read_bytes(), sandbox, settings)
    now = datetime(2026, 11, 16, 9, tzinfo=UTC)
    for form in ("", *settings.forms):
        assert not understand(message, readings, settings, frozenset(), now, form).people, form
