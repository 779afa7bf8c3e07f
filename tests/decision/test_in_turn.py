"""A sentence that says of two in turn who comes and who does not: a "niet" is of whom it stands beside."""

from __future__ import annotations

import time

import pytest

from mailbot.domain.decision import Outcome
from mailbot.domain.submission import ActKind
from mailbot.intent.acts import read_acts
from mailbot.wording import matter

from .test_beside_what_is_done import answered
from .test_changes_in_words import GRETA, HENDRIK, of_two
from .test_read_and_decided import left


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("Greta komt, Hendrik niet.", HENDRIK.nr),
        ("Hendrik komt, Greta niet.", GRETA.nr),
        ("Hendrik komt maar Greta niet.", GRETA.nr),
        ("Greta komt niet, Hendrik wel.", GRETA.nr),
        ("Hendrik wel, Greta niet", GRETA.nr),
        ("Hendrik Claeys komt, Greta Maes niet.", GRETA.nr),
    ],
)
def test_who_does_not_come_beside_who_does_is_whom_the_not_stands_beside(text: str, leaves: str) -> None:
    decision = of_two(text)
    assert (left(decision), decision.cases) == ([leaves], ())


@pytest.mark.parametrize(
    "text",
    [
        "Greta komt, Hendrik niet. Bo Claes (bo@damme.example) komt wel in de plaats.",
        "hendrik komt, greta niet",
        "Hendrik en Greta: de eerste komt, de tweede niet",
    ],
)
def test_who_may_be_either_of_two_leaves_by_nobodys_guess(text: str) -> None:
    decision = of_two(text)
    assert (decision.outcome, left(decision)) == (Outcome.REVIEW, [])


@pytest.mark.parametrize(
    "text",
    ["ik kom, mijn vrouw niet", "Ik kom maar mijn collega niet.", "kga komen, piet ni", "Ik kom, Piet niet."],
)
def test_who_comes_without_another_stays_on_the_list(text: str) -> None:
    decision = answered(text)
    assert (decision.outcome, left(decision)) == (Outcome.REVIEW, [])


@pytest.mark.parametrize("text", ["ik kom toch niet", "ik kom die dag niet"])
def test_a_not_of_the_writer_is_theirs(text: str) -> None:
    decision = answered(text)
    assert left(decision) == ["INS-0001"]


@pytest.mark.parametrize(
    "text",
    [
        "Beiden zijn verhinderd.",
        "Wij kunnen er geen van beiden bij zijn. Onze excuses.",
        "We kunnen allebei niet komen.",
        "Gelieve beide inschrijvingen te annuleren.",
        "Door een ingelaste raad kunnen onze twee mandatarissen niet komen. Mogen wij hen verontschuldigen?",
    ],
)
def test_both_whom_somebody_registered_leave_by_a_word_for_both(text: str) -> None:
    decision = of_two(text)
    assert (left(decision), decision.cases) == ([HENDRIK.nr, GRETA.nr], ())


@pytest.mark.parametrize(
    "text",
    [
        "Een van beiden komt niet.",
        "Beiden komen later.",
        "Misschien zijn beiden verhinderd.",
        "Zijn beiden verhinderd?",
        "Onze delegatie kan niet komen.",
    ],
)
def test_one_of_both_and_a_doubt_about_both_take_nobody_off(text: str) -> None:
    decision = of_two(text)
    assert (left(decision), len(decision.cases)) == ([], 1)


@pytest.mark.parametrize(
    "text",
    [
        "moet werken die dag, sorry",
        "helaas, agenda zit vol",
        "heb een andere verplichting, kan dus niet",
        "kan der ni bij zijn moet werken",
        "gaat nie door voor mij, kind ziek",
        "mijn plaats mag naar iemand anders gaan, ik kan niet",
    ],
)
def test_who_leaves_the_i_out_on_a_telephone_leaves(text: str) -> None:
    decision = answered(text)
    assert (left(decision), decision.cases) == (["INS-0001"], ())


@pytest.mark.parametrize(
    "text",
    [
        "moet werken tot 14u",
        "moet ik daarvoor verlof nemen",
        "moet mijn collega nog inschrijven",
        "heb geen parking nodig",
        "mijn plaats mag naar iemand van mijn dienst",
        "Ik kom, tot u iets anders hoort.",
    ],
)
def test_what_looks_like_it_is_shown(text: str) -> None:
    decision = answered(text)
    assert (decision.outcome, left(decision)) == (Outcome.REVIEW, [])


@pytest.mark.parametrize(
    "text",
    [
        "Schrijf mij uit en Henk Claes (henk@damme.example) in.",
        "Schrijf Henk Claes in en mij uit.",
        "Gelieve mij uit te schrijven en Henk Claes in te schrijven.",
        "Meld mij af en Henk Claes aan.",
        "Désinscrivez-moi et inscrivez Henk Claes.",
    ],
)
def test_who_is_put_on_where_another_is_taken_off_is_not_excused_or_lost(text: str) -> None:
    decision = answered(text)
    assert (decision.results, len(decision.cases)) == ((), 1)
    assert "Henk Claes komt" in matter(decision.cases[0])


def test_a_list_of_two_who_are_taken_off_takes_off_both() -> None:
    assert left(of_two("Gelieve Hendrik Claeys en Greta Maes uit te schrijven.")) == [HENDRIK.nr, GRETA.nr]


def test_a_list_of_ten_who_stay_away_is_read_in_a_moment() -> None:
    surnames = "Aerts Bos Claes Daems Engels Fret Geens Hens Ides Joos"
    everybody = " en ".join(f"Greta {one}" for one in surnames.split())
    started = time.process_time()
    (act,) = read_acts([f"{everybody} melden zich af."])
    assert (act.kind, len(act.people)) == (ActKind.NOT_COME, 10)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "text",
    [
        "mijn plaats mag naar Henk Claes, henk@damme.example",
        "Mijn stoel mag naar mijn collega Henk Claes gaan.",
        "In de plaats van mezelf zal Henk Claes (ons diensthoofd) de vergadering bijwonen.",
    ],
)
def test_whose_place_goes_to_somebody_by_name_leaves_it_to_them(text: str) -> None:
    decision = answered(text)
    names = [r.after.text("last_name") for r in decision.results if r.after]
    assert (left(decision), names, decision.cases) == (["INS-0001"], ["Peeters", "Claes"], ())
