"""Each statement has its sentence, and who makes one gives the facts that its sentence has room for."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

import pytest

import mailbot
from mailbot.config.settings import LANGUAGES
from mailbot.domain.case import about_all, about_several
from mailbot.domain.done import Done
from mailbot.domain.file_says import FileSays
from mailbot.domain.message import MachineSign
from mailbot.domain.noticed import FoundBy, Noticed
from mailbot.domain.relation import Relation
from mailbot.domain.saw import Saw
from mailbot.domain.statement import Says, Statement, StatementCode, say
from mailbot.storage.serialization import STATEMENTS, to_json
from mailbot.wording import LEXICON, as_told, told, why_waits
from mailbot.wording.findings import FINDINGS, RELATIONS, WISHED
from mailbot.wording.kinds import ACTS, MACHINES, WISHES
from mailbot.wording.log import LOGGED
from mailbot.wording.reading import READING
from mailbot.wording.secretary import SENTENCES
from mailbot.wording.statements import TABLES

ROOT = Path(mailbot.__file__).parent
ENUMS: Mapping[str, type[StatementCode]] = {
    one.__name__: one for one in (Says, FileSays, Saw, Done, FoundBy, Noticed)
}


CODES: tuple[StatementCode, ...] = (*Says, *FileSays, *Saw, *Done, *FoundBy, *Noticed)
WORDS = {**SENTENCES, **FINDINGS, **LOGGED, **READING}


def _facts(code: StatementCode) -> list[str]:
    """The facts that a sentence has room for, in its order."""
    return list(dict.fromkeys(name for _, name, _, _ in Formatter().parse(WORDS[code]) if name))


def _named(node: ast.AST) -> set[StatementCode]:
    return {
        ENUMS[one.value.id][one.attr]
        for one in ast.walk(node)
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id in ENUMS
    }


def _said() -> Iterator[tuple[str, set[StatementCode], list[str]]]:
    """Where a statement is made: which it can be, and the facts that it is given."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (code := _code(node)) is not None:
                given = [one.arg for one in node.keywords if one.arg]
                if not any(one.arg is None for one in node.keywords):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", _named(code), given


def _code(call: ast.Call) -> ast.expr | None:
    """What ``say(CODE, ...)`` and ``draft.saw(RULE, CODE, ...)`` have for a code; None for another call."""
    if getattr(call.func, "id", "") == "say" and call.args:
        return call.args[0]
    return call.args[1] if getattr(call.func, "attr", "") == "saw" and len(call.args) == 2 else None


@pytest.mark.parametrize("code", CODES)
def test_a_statement_has_a_sentence(code: StatementCode) -> None:
    assert WORDS[code].strip()


def test_a_stored_code_is_of_one_statement_alone() -> None:
    assert len({code.value for code in CODES}) == len(CODES) == len(WORDS)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_read_back_as_what_it_was(code: StatementCode) -> None:
    stored = to_json(STATEMENTS, (say(code),))
    (read,) = STATEMENTS.validate_json(stored)
    assert read.code is code


def test_each_relation_has_its_words() -> None:
    assert RELATIONS.keys() == {*Relation}


def test_each_sign_of_a_machine_has_its_words() -> None:
    assert MACHINES.keys() == {*MachineSign} - {MachineSign.NONE}
    assert len(set(MACHINES.values())) == len(MACHINES)


def test_a_sign_that_a_ledger_of_before_holds_in_words_is_shown_as_it_is() -> None:
    shown = [
        told((say(Says.NOT_ANSWERED_KIND, kind=one),)) for one in ("een nieuwsbrief", MachineSign.NEWSLETTER)
    ]
    assert shown == ["zo’n mail wordt niet beantwoord (een nieuwsbrief)"] * 2


def test_what_is_said_somewhere_is_given_the_facts_of_its_sentence_in_their_order() -> None:
    found = list(_said())
    assert len(found) > 200
    wrong = [(place, code, given) for place, codes, given in found for code in codes if given != _facts(code)]
    assert wrong == []


def test_no_sentence_is_left_that_nobody_says() -> None:
    trees = (
        ast.parse(p.read_text(encoding="utf-8")) for p in ROOT.rglob("*.py") if p.parent.name != "wording"
    )
    named = set().union(*map(_named, trees))
    assert set(CODES) - named == set()


def test_no_two_statements_say_the_same() -> None:
    assert len(set(SENTENCES.values())) == len(SENTENCES)
    assert len(set(FINDINGS.values()) - {"{count}"}) == len(FINDINGS) - 1


@pytest.mark.parametrize("table", [ACTS, WISHES, WISHED])
def test_what_is_looked_up_has_words(table: dict[str, str]) -> None:
    assert all(words.strip() for words in table.values())
    assert table in TABLES.values()


def test_what_a_sentence_quotes_stands_in_it_as_it_is() -> None:
    assert told([say(Says.QUOTED, words="{words} {0}")]) == '"{words} {0}"'


def test_statements_within_a_statement_are_told_with_it() -> None:
    candidates = tuple(
        say(Says.CANDIDATE, nr=nr, name="Els Maes", organisation="Damme", email="", status="Afgemeld")
        for nr in ("INS-0001", "INS-0002")
    )
    said = told([say(Says.RESEMBLES, who=("Els Maes", "els@damme.example"), others=candidates)])
    assert said == (
        "Els Maes, els@damme.example lijkt op INS-0001 Els Maes, Damme, zonder e-mail (Afgemeld); INS-0002 "
        "Els Maes, Damme, zonder e-mail (Afgemeld). Is dat dezelfde persoon?"
    )


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "de bijeenkomst is volzet (1 plaats)"), (20, "de bijeenkomst is volzet (20 plaatsen)")],
)
def test_a_number_takes_the_word_for_one_or_for_more(count: int, words: str) -> None:
    assert told([say(Says.FULL, count=count)]) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_somebody_waits_is_told_in_the_language_of_the_mail(language: str) -> None:
    waits = LEXICON[language].waits
    assert waits.keys() == LEXICON["nl"].waits.keys()
    assert "120" in why_waits(say(Says.FULL, count=120), language)
    assert all(waits[code] != LEXICON["nl"].waits[code] for code in waits if language != "nl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dutch_reason_of_a_ledger_of_before_is_told_to_dutch_readers_alone(language: str) -> None:
    assert why_waits("volzet (120 plaatsen)", language) == (
        "volzet (120 plaatsen)" if language == "nl" else ""
    )


def test_a_moment_is_told_by_its_own_clock_and_one_that_was_erased_as_that() -> None:
    assert told([say(Says.INNER_DATED, sent="2026-11-10T10:00:00+01:00")]) == "van 10/11/2026 om 10.00 uur"
    assert told([say(Says.INNER_DATED, sent="[gewist]")]) == "van [gewist]"


def test_a_fact_that_a_statement_of_before_has_not_is_left_open() -> None:
    assert told([Statement(Says.LISTED, {"nr": "INS-0001"})]) == "INS-0001 , "


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("An Bos",), "An Bos <bureau@damme.example>"),
        (("An Bos", "Jan Maes"), "An Bos en Jan Maes <bureau@damme.example>"),
        (("An Bos", "Jan Maes", "Els Roels"), "An Bos, Jan Maes en Els Roels <bureau@damme.example>"),
    ],
)
def test_names_are_joined_where_they_are_shown(names: tuple[str, ...], said: str) -> None:
    assert as_told(say(Says.MAILED_TO, names=names, address="bureau@damme.example")) == said


def test_what_the_system_refuses_is_told_in_dutch_and_what_has_no_words_as_it_is() -> None:
    said = [told([say(FileSays.FILE_NOT_KEPT, file="kis.toml", why=why)]) for why in ("ENOSPC", "Input lost")]
    assert said == [
        "kis.toml kan niet bewaard worden (de schijf is vol)",
        "kis.toml kan niet bewaard worden (Input lost)",
    ]


def test_whom_a_case_is_about_is_told_by_the_first_and_how_many_more() -> None:
    names = [f"W {number}" for number in range(10)]
    assert as_told(about_all(names)) == "10 personen: W 0, W 1, W 2, W 3, W 4, W 5, W 6, W 7 en nog 2"
    assert as_told(about_several(names[:2])) == "W 0, W 1"
