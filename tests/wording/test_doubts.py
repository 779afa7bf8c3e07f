"""Each reason for a doubt has its sentence in every language, and the workbook shows it."""

from __future__ import annotations

from datetime import UTC, datetime
from string import Formatter

import pytest

from mailbot.config.settings import LANGUAGES
from mailbot.domain.case import TYPED_AT, TYPED_ROW, Case, CaseKind, Choice
from mailbot.domain.doubt import Reason
from mailbot.domain.form import UNASKED_DIET, Form
from mailbot.domain.submission import Code, Problem
from mailbot.wording import LEXICON, in_general, why_doubted
from mailbot.workbook.cases import text_of_case

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
FORM = Form.model_validate(
    {"id": "a", "title": "A", "field": [{"key": "email", "label": "E-mail", "kind": "email"}]}
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_a_reason_has_a_sentence_to_stand_behind_what_was_read(reason: Reason, language: str) -> None:
    sentence = LEXICON[language].doubts[reason]
    assert sentence.strip(" .:!") == sentence
    assert {name for _, name, _, _ in Formatter().parse(sentence) if name is not None} <= {"detail"}


@pytest.mark.parametrize("reason", Reason)
def test_no_two_languages_say_the_same(reason: Reason) -> None:
    assert len({LEXICON[language].doubts[reason] for language in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_reasons_say_the_same(language: str) -> None:
    said = LEXICON[language].doubts
    assert len(set(said.values())) == len(said)


def test_what_a_sentence_quotes_stands_in_it_as_it_is() -> None:
    problem = Problem(0, "diet", Code.INVALID, Reason.NO_CHOICE, "{x}", "vis, {reason}")
    assert why_doubted(problem) == "geen van de keuzes (vis, {reason})"


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_not_see_why_hears_what_is_missing_and_what_is_unclear(language: str) -> None:
    doubts = LEXICON[language].doubts
    assert in_general(Code.MISSING, language) == doubts[Reason.MISSING]
    assert in_general(Code.INVALID, language) == doubts[Reason.UNCLEAR]


def _case(**more: object) -> Case:
    doubt = Problem(0, "email", Code.UNSURE, Reason.RESEMBLES, "els@dame.example", "@damme.example")
    fields = {"doubts": (doubt,), **more}
    return Case(CaseKind.DOUBT, "Els", "", (Choice.DONE,), NOW, **fields)  # type: ignore[arg-type]


def test_a_case_says_what_was_read_and_why_it_is_in_doubt() -> None:
    assert text_of_case(_case(), FORM) == 'E-mail: "els@dame.example" (het lijkt op @damme.example).'


@pytest.mark.parametrize(
    "payload",
    [
        {TYPED_AT: "Deelnemers", TYPED_ROW: "2"},
        pytest.param({TYPED_AT: "Deelnemers, rij 2"}, id="of a ledger of before"),
    ],
)
def test_a_case_says_where_the_secretary_typed_what_is_in_doubt(payload: dict[str, str]) -> None:
    said = text_of_case(_case(payload=payload), FORM)
    assert said.startswith("U typte “els@dame.example” als E-mail (Deelnemers, rij 2; het lijkt op @damme.")


def test_what_a_case_says_besides_stands_behind_its_doubts() -> None:
    case = Case(CaseKind.DOUBT, "Els", "Antwoord: ja", (Choice.DONE,), NOW, doubts=_case().doubts)
    assert text_of_case(case, None) == 'email: "els@dame.example" (het lijkt op @damme.example). Antwoord: ja'


def test_a_case_says_plainly_what_the_form_has_no_question_for() -> None:
    told = Problem(0, UNASKED_DIET, Code.UNSURE, Reason.NOT_ASKED, "vegetarisch")
    said = text_of_case(_case(doubts=(told,)), FORM)
    assert said.startswith("De mail zegt ook “vegetarisch” (het formulier heeft daar geen vraag voor).")
    assert UNASKED_DIET not in said
