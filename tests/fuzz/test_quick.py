"""Nothing that strangers send makes a reader raise. ``benchmarks/fuzz.py`` does the same for hours."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbot import documents, message, workbook
from mailbot.config.loader import load
from mailbot.config.settings import Settings
from mailbot.domain.document import Location, ParsedDocument, Part
from mailbot.domain.message import Message
from mailbot.message import outlook
from mailbot.pipeline.interpret import understand
from tests.fuzz.hostile import LETTERS, SEEDS, TEXT, mangled

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
OWN = frozenset({"inschrijvingen@example.org"})
FEW = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
SEED = st.integers(min_value=0, max_value=2**32)


@FEW
@given(letter=st.sampled_from(LETTERS), seed=SEED)
def test_a_mangled_mail_is_a_message(letter: bytes, seed: int) -> None:
    assert isinstance(message.parse(mangled(letter, seed), OWN, "mx.example.org"), Message)


@FEW
@given(
    headers=st.lists(st.tuples(st.sampled_from(["From", "To", "Subject", "Content-Type", "Date"]), TEXT)),
    body=TEXT,
)
def test_odd_headers_are_a_message(headers: list[tuple[str, str]], body: str) -> None:
    raw = "".join(f"{name}: {value}\n" for name, value in headers) + "\n" + body
    assert isinstance(message.parse(raw.encode("utf-8", "replace"), OWN, ""), Message)


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_a_mangled_document_is_a_reading(name: str) -> None:
    rng = random.Random(name)
    for _ in range(25):
        part = Part(name, "application/octet-stream", mangled(SEEDS[name], rng.randrange(2**32)))
        assert isinstance(documents.read(part, Location()), ParsedDocument)


@FEW
@given(
    data=st.binary(max_size=400), name=st.sampled_from(["a.doc", "a.pdf", "a.zip", "a.csv", "a", "a.html"])
)
def test_any_bytes_are_a_reading(data: bytes, name: str) -> None:
    assert isinstance(documents.read(Part(name, "", data), Location()), ParsedDocument)


@FEW
@given(data=st.binary(max_size=600))
def test_any_bytes_are_an_outlook_message_or_none(data: bytes) -> None:
    outlook.parse(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data, OWN)
    outlook.winmail(b"\x78\x9f\x3e\x22" + data, OWN)


@FEW
@given(lines=st.lists(st.tuples(st.sampled_from(["Naam", "Voornaam", "E-mail", "Ik neem deel", ""]), TEXT)))
def test_any_form_is_understood_or_doubted(plain: Settings, lines: list[tuple[str, str]]) -> None:
    raw = "From: a@damme.example\nSubject: Inschrijving\n\n" + "\n".join(f"{k}: {v}" for k, v in lines)
    read = message.parse(raw.encode("utf-8", "replace"), OWN, "")
    understand(read, (), plain, frozenset(), NOW)


@FEW
@given(seed=SEED)
def test_a_mangled_workbook_is_an_accident_or_read(plain: Settings, seed: int) -> None:
    layout = workbook.layout(None, plain)
    found = workbook.read(mangled(SEEDS["sheet.xlsx"], seed), layout, workbook.Base())
    workbook.accident(workbook.Base(), found)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    file: Path = tmp_path_factory.mktemp("config") / "mailbot.toml"
    file.write_text(
        '[[mailbox]]\nname = "main"\nhost = "localhost"\nsecurity = "none"\nsince = 2026-01-01\n'
        'address = "inschrijvingen@example.org"\n[smtp]\nhost = "localhost"\nsecurity = "none"\n'
    )
    return load(file)
