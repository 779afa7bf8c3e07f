"""Who does not come, and is told by their function alone: a cabinet that excuses "the mayor"."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.decision import decide_case
from mailbot.domain.case import Choice, Edit, EditKind
from mailbot.domain.registration import Status
from mailbot.notifications import compose
from mailbot.wording import matter

from .building import MORNING, known, row
from .test_read_and_decided import ONE_MEETING, mailed, read

CABINET = "Kabinet <kabinet@damme.example>"
SIGNED = "\n\nMet vriendelijke groeten\nAnn Smet\nkabinet van burgemeester Piet Claes\nStad Damme"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("De burgemeester laat zich verontschuldigen voor het Kennisplatform.", ("burgemeester", "", "")),
        ("De burgemeester is verontschuldigd." + SIGNED, ("burgemeester", "Piet", "Claes")),
        (
            "Hij laat zich verontschuldigen voor het Kennisplatform." + SIGNED,
            ("burgemeester", "Piet", "Claes"),
        ),
        (
            "Burgemeester Claes kreeg uw uitnodiging. Hij laat zich verontschuldigen.",
            ("burgemeester", "", "Claes"),
        ),
        ("Onze schepen van cultuur kan er niet bij zijn op 3 december.", ("schepen van cultuur", "", "")),
    ],
)
def test_who_is_excused_by_function_is_noted_with_role_name_and_municipality(
    text: str, who: tuple[str, str, str]
) -> None:
    case = mailed(text, sender=CABINET)[0].cases[0]
    assert case.choices[0] is Choice.EXCUSE
    assert "niet over wie schreef" in matter(case)
    arrival, submission = read(text, sender=CABINET)
    edit = Edit(EditKind.DECISION, "Te behandelen", choice=Choice.EXCUSE)
    decision = decide_case(case, edit, known(), ONE_MEETING, MORNING, arrival, submission)
    (after,) = (result.after for result in decision.results)
    assert after is not None
    assert (after.status, after.organisation_known) == (Status.EXCUSED, "Damme")
    assert (after.text("role"), after.text("first_name"), after.text("last_name")) == who
    assert after.answers["attends"] is False
    (mail,) = compose(decision, arrival, ONE_MEETING, MORNING)
    assert mail.to.email == "kabinet@damme.example"


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("De burgemeester en de schepen zijn verontschuldigd.", CABINET),
        ("De burgemeester is verontschuldigd.", "iemand@elders.example"),
        ("Mijn collega is verontschuldigd voor het Kennisplatform.", CABINET),
    ],
)
def test_nobody_is_noted_by_function_who_may_be_two_or_anybody(text: str, sender: str) -> None:
    assert Choice.EXCUSE not in mailed(text, sender=sender)[0].cases[0].choices


def test_the_mayor_who_is_on_the_list_is_the_one_that_is_meant() -> None:
    mayor = replace(
        row(name="Piet Claes", email="piet@damme.example"),
        answers={"role": "burgemeester", **row(name="Piet Claes").answers},
    )
    case = mailed("De burgemeester is verontschuldigd.", sender=CABINET, context=known(mayor))[0].cases[0]
    assert case.registration == "INS-0001"


def test_two_by_function_keep_their_order_and_the_whole_of_it() -> None:
    text = "Burgemeester Ria Beeusaert en algemeen directeur Jo Vanneste komen."
    _, submission = read(text, "Kennisplatform", "Secretariaat <info@damme.example>")
    rows = [(one.text("last_name"), one.text("role")) for one in submission.told]
    assert rows == [("Beeusaert", "burgemeester"), ("Vanneste", "algemeen directeur")]
