"""Captions of other hands: what they ask, and that others beside them are not taken for our questions.

``phrasings/`` holds them as lines: ``asked.tsv`` with the field that is asked, ``others.txt`` other
questions, ``answers.txt`` what people write as an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.submission import Submission
from mailbot.extraction.labels import Labels
from tests.blank_forms.building import INSTALLED
from tests.extraction.blocks import answers, doubts, grid, lines

Read = Callable[..., Submission]

_FOLDER = Path(__file__).with_name("phrasings")
_MORE = (
    FormField(key="plate", label="Nummerplaat", kind=FieldKind.PLATE),
    FormField(key="address", label="Adres", kind=FieldKind.ADDRESS),
    FormField(key="birth_date", label="Geboortedatum", kind=FieldKind.BIRTH_DATE),
)
_USUAL = INSTALLED.forms["kennisplatform"]
FORM: Form = _USUAL.model_copy(update={"fields": (*_USUAL.fields, *_MORE)})
#: Lines that stay a miss: each is safe, as nothing is taken for it.
NOT_YET = {
    "Vragen voor de spreker of opmerkingen",
    "Wie schrijft u in? (naam en voornaam)",
    "Vegetarisch of ander dieet",
    "Professioneel e-mailadres of privémail",
    "Contact e-mailadres",
    "Varia / opmerkingen",
}


def _lines(name: str) -> list[str]:
    return (_FOLDER / name).read_text("utf-8").splitlines()


def _asked(caption: str) -> set[str]:
    label = Labels(FORM).match(caption)
    return set(label.keys) if label and not label.is_other else set()


@pytest.mark.parametrize("row", _lines("asked.tsv"))
def test_a_caption_with_words_around_what_it_asks_is_understood(row: str) -> None:
    keys, caption = row.split("\t")
    assert _asked(caption) == (set() if caption in NOT_YET else set(keys.split("+")))


@pytest.mark.parametrize("caption", _lines("others.txt"))
def test_another_question_is_not_taken_for_one_of_the_form(caption: str) -> None:
    assert _asked(caption) == ({"last_name"} if caption == "Naam en handtekening" else set())


@pytest.mark.parametrize("answer", _lines("answers.txt"))
def test_an_answer_is_no_caption(answer: str) -> None:
    bare = {"Mandaat": {"role"}, "Van de Gemeente": {"organisation"}}  # nothing but a word that asks
    assert _asked(answer) == bare.get(answer, set())


def test_a_word_that_nobody_knows_is_another_for_what_is_known() -> None:
    assert _asked("Gemeente/OCMW/intercommunale") == {"organisation"}
    assert _asked("Naam van het bestuur of de vereniging") == {"organisation"}
    assert _asked("OCMW en Brugge") == _asked("Jan / gemeente") == _asked("Lunch / dessert") == set()


def test_the_forms_own_question_goes_before_a_caption() -> None:
    own = FormField(key="talk", label="Vragen bij deze inschrijving", kind=FieldKind.LONG_TEXT)
    form = _USUAL.model_copy(update={"fields": (*_USUAL.fields, own)})
    label = Labels(form).match("Vragen bij deze inschrijving")
    assert label and label.keys == ("talk",)
    assert Labels(_USUAL).match("Vragen bij deze inschrijving").key == "remarks"  # type: ignore[union-attr]


def test_an_answer_below_its_label_in_a_cell_is_no_part_of_a_caption(read: Read) -> None:
    cells = ["Naam\nPeeters", "Voornaam\nJan", "Gemeente/OCMW\nOCMW", "E-mail\nan@stad.example"]
    asked = ["Functie\nschepen", "Ik neem deel\nja", "Opmerkingen\nGeen", "Telefoon\n050 11 22 33"]
    (person,) = answers(read(grid([cells, asked])))
    assert (person["email"], person["attends"]) == ("an@stad.example", True)
    assert _asked("E-mail an@stad") == _asked("Functie opdracht") == set()


def test_a_caption_in_a_cell_may_go_on_below(read: Read) -> None:
    rows = [["Naam", "Peeters"], ["Voornaam", "Jan"], ["Opmerkingen\nbij uw inschrijving", "Tot dan."]]
    assert answers(read(grid([*rows, ["Gemeente", "Damme"]])))[0]["remarks"] == "Tot dan."


WHO = "Naam: Peeters\nVoornaam: Jan\nGemeente: Damme\nE-mail: jan@damme.example\n"


@pytest.mark.parametrize(
    "asked",
    [
        "Aanwezig op 3 december? neen",
        "Aanwezig op 3 december?\nneen",
        "Ik neem deel aan de bijeenkomst (ja/neen): neen",
        "6. Neemt u deel aan de bijeenkomst van 3 december? [ ] ja [x] neen",
        "[ ] Ik ben aanwezig op 3 december\n[x] Ik ben niet aanwezig op 3 december",
        "( ) Ik neem deel\n(x) Ik neem niet deel",
    ],
)
def test_who_says_no_in_a_line_stays_away(read: Read, asked: str) -> None:
    submission = read(*lines(WHO + asked))
    assert [one["attends"] for one in answers(submission)] == [False]
    assert doubts(submission) == set()


@pytest.mark.parametrize("box", ["[x]", "(x)", "x", "[ X ]"])
def test_a_typed_box_before_a_statement_is_one(read: Read, box: str) -> None:
    submission = read(*lines(f"{WHO}{box} Ik neem deel\n[ ] Ik neem niet deel"))
    assert [one["attends"] for one in answers(submission)] == [True]


def test_another_question_that_begins_like_ours_is_not_answered(read: Read) -> None:
    submission = read(*lines(f"{WHO}Neemt u deel aan de lunch? [x] ja [ ] neen\nOpmerkingen: geen"))
    assert "attends" not in answers(submission)[0]


def test_a_sentence_that_could_be_a_caption_stays_in_the_answer(read: Read) -> None:
    submission = read(*lines(f"{WHO}Opmerkingen:\nIk ben aanwezig op 3 december\nIk kom met de trein"))
    assert answers(submission)[0]["remarks"] == "Ik ben aanwezig op 3 december\nIk kom met de trein"


def test_a_lead_before_a_colon_leaves_the_question_what_it_is(read: Read) -> None:
    rows = [["Naam", "Peeters"], ["Voornaam", "Jan"], ["Lunch: dieet of allergie", "vegetarisch"]]
    assert answers(read(grid([*rows, ["Gemeente", "Damme"]])))[0]["diet"] == "vegetarisch"
    assert _asked("Secretariaat: dieet of allergie") == _asked("Type: gemeente") == set()
