"""The languages that people write to us in: every list of words has each of them."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import mailbot
from mailbot.intent import lexicon as sentences
from mailbot.text.dates import dates_in
from mailbot.text.lexicon import LANGUAGES, MONTHS, NO, YES, is_yes_or_no, of_cell
from mailbot.text.normalize import plain
from mailbot.wording import LEXICON

PACKAGES = ("text", "extraction", "intent")


def _files(package: str) -> dict[str, dict[str, object]]:
    """The files of a lexicon, by their language."""
    folder = Path(mailbot.__file__).parent / package / "lexicon"
    return {file.stem: tomllib.loads(file.read_text("utf-8")) for file in folder.glob("*.toml")}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_lexicon_has_a_file_for_each_language_and_no_other(package: str) -> None:
    assert _files(package).keys() == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_yes_no_twelve_months_and_seven_days(language: str) -> None:
    words = _files("text")[language]
    assert words["yes"] and words["no"] and words["or"] and len(words["weekdays"]) == 7
    months = words["months"]
    assert isinstance(months, list) and len(months) == 12 and all(months)


@pytest.mark.parametrize(
    ("package", "table"),
    [
        ("text", "subject"),
        ("text", "organisation"),
        ("text", "nobody"),
        ("text", "meeting"),
        ("text", "which"),
        ("text", "function"),
        ("text", "shown"),
        ("text", "attachment"),
        ("text", "invitation"),
        ("extraction", "phrases"),
        ("intent", "pattern"),
        ("intent", "words"),
    ],
)
def test_a_table_has_the_same_entries_in_every_language(package: str, table: str) -> None:
    entries = {language: set(words[table]) for language, words in _files(package).items()}  # type: ignore[call-overload]
    assert all(entries[language] == entries["nl"] for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", ["concept", "who", "field"])
def test_a_language_has_a_phrase_for_all_that_denies_doubts_or_limits_a_coming(
    table: str, language: str
) -> None:
    phrases, of_dutch = _files("intent")[language][table], _files("intent")["nl"][table]
    assert isinstance(phrases, dict) and isinstance(of_dutch, dict)
    assert phrases.keys() == of_dutch.keys()
    assert all(phrases.values())


@pytest.mark.parametrize("language", [one for one in LEXICON if one in LANGUAGES])
def test_a_day_in_a_mail_of_ours_is_read_as_that_day(language: str) -> None:
    for number, name in enumerate(LEXICON[language].months, start=1):
        assert [day.month for day, _ in dates_in(f"14 {name} 2026")] == [number]
        assert MONTHS[plain(name)] == number


def test_no_word_is_yes_in_one_language_and_no_in_another() -> None:
    assert not {*YES} & {*NO}
    assert all(map(is_yes_or_no, (*YES, *NO, "Ja", "NEEN")))
    assert not any(map(is_yes_or_no, ("", "ja graag", "misschien", "nr")))


def test_a_cell_says_yes_or_no_in_every_language_and_by_a_mark() -> None:
    assert all(of_cell(word) is True for word in (*YES, "J", " x ", "V", "OK", "oké", "✓", "WAAR"))
    assert all(of_cell(word) is False for word in (*NO, "n", "0", "ONWAAR"))
    assert all(of_cell(word) is None for word in ("", "misschien", "ja graag"))


def test_a_language_has_nothing_of_what_it_has_no_phrase_for(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = {**tomllib.loads((Path(sentences.__file__).parent / "en.toml").read_text("utf-8"))}
    bare |= {part: {key: [] for key in bare[part]} for part in ("concept", "who", "field")}
    monkeypatch.setattr(sentences, "_data", lambda _language: bare)
    empty = sentences.lexicon.__wrapped__("en")
    for phrases in (empty.concepts, empty.who, empty.fields):
        assert not [name for name, phrase in phrases.items() if phrase.search(" please delete my data ")]


def _said_in_code() -> set[str]:
    """The texts that stand in the code as they are, by which an entry of a lexicon is asked for."""
    folder = Path(mailbot.__file__).parent
    trees = (ast.parse(file.read_text("utf-8")) for file in folder.rglob("*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


#: Tables whose entries are all read: by what a form asks, by the field of a form, or as written.
_READ_WHOLE = {"concepts", "elsewhere", "sentences", "field", "spelling", "short", "verb", "noun"}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_entry_of_a_lexicon_is_read(package: str) -> None:
    said = _said_in_code()
    for words in _files(package).values():
        phrases = " ".join(_phrases_in(words))
        for table, entries in words.items():
            assert table in said
            if isinstance(entries, dict) and table not in _READ_WHOLE:
                read = {key for key in entries if f"<{key}>" in phrases} if table == "set" else said
                assert not [f"{table}.{key}" for key in entries if key not in read]


def _phrases_in(words: object) -> Iterator[str]:
    """All texts of a lexicon."""
    if isinstance(words, str):
        yield words
    elif isinstance(words, dict | list):
        for one in words.values() if isinstance(words, dict) else words:
            yield from _phrases_in(one)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_of_others_stands_in_one_list(language: str) -> None:
    """``asks_of_others`` takes them all."""
    words: dict[str, Any] = _files("extraction")[language]
    others = {*words["qualifiers"]["other"], *words["people"]["companions"]}
    assert others.isdisjoint(words["subjects"]["of_others"])
