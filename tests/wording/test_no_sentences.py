"""Dutch for people stands in ``wording`` and in templates alone: no code composes any."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import mailbot

ROOT = Path(mailbot.__file__).parent
#: All but ``wording``, and ``demo``, which shows itself on a terminal in the language of its mails. What
#: ``domain`` holds are names: of statuses, kinds and choices, as ledger, sheets and people have them.
PACKAGES = (
    "blank_forms",
    "cli",
    "config",
    "decision",
    "documents",
    "extraction",
    "files",
    "intent",
    "matching",
    "message",
    "notifications",
    "pipeline",
    "sandbox",
    "service",
    "storage",
    "text",
    "transport",
    "workbook",
    "xlsx",
)
#: Phrases that are names, by the module that has them, and why they are no wording.
NAMES = {
    "service/workbook_sync.py": "the name of a file",
    "workbook/case_rows.py": "columns, by which her file is read back",
    "workbook/event_file.py": "columns, by which her file is read back",
    "workbook/mailings.py": "columns, by which her file is read back",
    "workbook/overview.py": "the cell beside which she asks for a list, and columns",
}
#: Words without which hardly anybody writes a Dutch sentence.
_SMALL_WORDS = """
    aan al als bij dan dat de deze die dit door een en er geen heeft hebt het hij kan maar met naar niet nog
    of om ons onze ook op over staat te tot u uit uw van voor waar wat we werd wie wij wordt zijn zo
"""
_SMALL = frozenset(_SMALL_WORDS.split())
#: Those of them that are English words as well.
_ENGLISH = frozenset({"door", "had", "met", "of", "over", "was", "we", "is", "in", "en"})
_WORDS = re.compile(r"[^\W\d_]+")
#: A sentence ends, or another one begins behind it.
_ENDS = re.compile(r"[.?!:]\s*$|[.?!] [A-Z{]")
#: A regular expression about sentences is none, nor are a list of phrases and a command.
_PATTERN = re.compile(r"\\|\(\?|\||\n| --? ?\w")


def _text(node: ast.AST) -> str:
    """The text of a literal; what is put into it stands as {}."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts of a module, without docstrings."""
    nodes = list(ast.walk(tree))
    apart = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            apart |= {id(one) for one in ast.walk(node) if one is not node}
    for node in nodes:
        if id(node) not in apart and (text := _text(node)):
            yield getattr(node, "lineno", 0), text


def is_sentence(text: str) -> bool:
    """Whether a text is a Dutch sentence, or a part of one that ends it."""
    words = _WORDS.findall(text.lower())
    small = any(word in _SMALL - _ENGLISH for word in words)
    return len(words) > 3 and small and bool(_ENDS.search(text)) and not _PATTERN.search(text)


def is_phrase(text: str) -> bool:
    """Whether a text is some words of Dutch that make no sentence: "vraagt wie er komt"."""
    words = _WORDS.findall(text.lower())
    small = [word for word in words if word in _SMALL - _ENGLISH]
    return len(words) > 2 and " " in text.strip() and bool(small) and not _PATTERN.search(text)


@pytest.mark.parametrize("package", PACKAGES)
def test_no_dutch_phrase_stands_outside_wording_but_for_names(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in sorted((ROOT / package).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in NAMES and path.parent.name != "rules"
        for line, text in _literals(ast.parse(path.read_text(encoding="utf-8")))
        if is_phrase(text)
    ]
    assert found == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_dutch_sentence_stands_where_it_is_read_decided_or_kept(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, text in _literals(ast.parse(path.read_text(encoding="utf-8")))
        if is_sentence(text)
    ]
    assert found == []


@pytest.mark.parametrize("module", NAMES)
def test_a_module_that_is_let_off_has_a_phrase(module: str) -> None:
    texts = _literals(ast.parse((ROOT / module).read_text(encoding="utf-8")))
    assert any(is_phrase(text) for _, text in texts)


@pytest.mark.parametrize(
    "source",
    [
        'why = "De inschrijving waarover het gaat is er niet meer."',
        'f"{name} staat niet op de lijst van de genodigden. Mag deze persoon inschrijven?"',
        'draft.open_case(kind, f"Niet gelezen: {files}. Kijk na of er nog iemand in staat.", choices)',
    ],
)
def test_a_sentence_is_seen_wherever_it_is_composed(source: str) -> None:
    texts = [text for _, text in _literals(ast.parse(f"x = {source.removeprefix('why = ')}"))]
    assert [text for text in texts if is_sentence(text)]


@pytest.mark.parametrize("text", ["afzender hoort bij de inschrijving", r"\b(?:ik|wij) kom(?:en)? niet\b."])
def test_a_name_of_a_rule_or_a_pattern_is_no_sentence(text: str) -> None:
    assert not is_sentence(text)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("vraagt wie er komt", True),
        ("{} adressen ({}, en nog meer)", True),
        ("the list of names that we met", False),
        ("kom|komt|ik kom niet", False),
        ("Deelnemers", False),
    ],
)
def test_some_words_of_dutch_are_a_phrase(text: str, phrase: bool) -> None:
    assert is_phrase(text) is phrase
