"""The sender is not always the person: whose address stands in the row, and who hears."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.decision import decide
from mailbot.domain.case import CaseKind
from mailbot.domain.decision import Decision, Outcome
from mailbot.domain.document import Location, Paragraph, Span
from mailbot.domain.message import Address, Arrival, Message
from mailbot.domain.registration import Registration
from mailbot.domain.submission import Intent
from mailbot.notifications import compose

from .building import MORNING, clue, form_of, known, mail, person, settings, words
from .building import row as registered

AN = Address("an@damme.example", "An Maes")


def decided(
    arrival: Arrival, name: str = "An Maes", web_forms: tuple[str, ...] = (), **more: str
) -> Decision:
    config = replace(settings(), web_forms=frozenset(web_forms))
    return decide(arrival, form_of(person(name, **more), clues=(clue(),)), known(), config, MORNING)


def row(decision: Decision) -> Registration:
    (result,) = decision.results
    assert result.after is not None
    return result.after


def hears(decision: Decision, arrival: Arrival) -> list[str]:
    return [one.to.email for one in compose(decision, arrival, settings(), MORNING)]


@pytest.mark.parametrize(
    ("email", "shown", "own"),
    [
        ("els@damme.example", "An Maes", True),
        ("post@damme.example", "Maes, An", True),
        ("an.maes@damme.example", "", True),
        ("amaes@damme.example", "", True),
        ("secretariaat@damme.example", "Secretariaat Damme", False),
        ("info@damme.example", "", False),
        ("piet@damme.example", "Piet Callens", False),
        ("wordpress@damme.example", "WordPress", False),
    ],
)
def test_an_empty_address_takes_the_senders_only_where_that_is_the_person(
    email: str, shown: str, own: bool
) -> None:
    arrival = mail(email, name=shown)
    decision = decided(arrival)
    assert decision.outcome is Outcome.REGISTERED
    assert row(decision).text("email") == (email if own else "")
    assert hears(decision, arrival)[0] == email


def test_a_signature_says_whose_address_it_is() -> None:
    signed = (Paragraph((Span("An Maes"),), Location(), signature=True),)
    assert row(decided(mail("dienst@damme.example", body=signed))).text("email") == "dienst@damme.example"
    assert row(decided(mail("dienst@damme.example", body=signed), "Piet Callens")).text("email") == ""


def test_a_first_name_below_a_mail_is_not_a_signature_of_who_has_no_other_name() -> None:
    signed = (Paragraph((Span("Els"),), Location(), signature=True),)
    assert row(decided(mail("dienst@damme.example", body=signed), "Els")).text("email") == ""


@pytest.mark.parametrize(
    "why", ["adres dat geen antwoord wil", "herschreven door een lijst", "kopieertoestel"]
)
def test_who_stands_behind_a_list_or_a_web_form_is_answered_and_has_the_row(why: str) -> None:
    arrival = mail("lijst@groups.example", name="An via Lijst", stands_in=why, reply_to=AN)
    decision = decided(arrival)
    assert (row(decision).text("email"), row(decision).sender) == (AN.email, AN.email)
    assert set(hears(decision, arrival)) == {AN.email}


def test_the_address_beside_it_is_not_that_of_somebody_with_another_name() -> None:
    arrival = mail("no-reply@site.example", stands_in="adres dat geen antwoord wil", reply_to=AN)
    decision = decided(arrival, "Piet Callens")
    assert row(decision).text("email") == ""
    assert hears(decision, arrival) == [AN.email]


def test_a_configured_web_form_is_nobodys_address() -> None:
    arrival = mail("wordpress@damme.example", reply_to=AN)
    assert row(decided(arrival, web_forms=("wordpress@damme.example",))).text("email") == AN.email
    assert row(decided(arrival)).text("email") == ""


def test_where_nobody_can_be_answered_it_is_a_case() -> None:
    why = "adres dat geen antwoord wil"
    arrival = mail("no-reply@site.example", stands_in=why, no_answer=why)
    decision = decided(arrival)
    assert (decision.outcome, [one.kind for one in decision.cases]) == (Outcome.REVIEW, [CaseKind.UNCLEAR])
    assert decided(arrival, email="an@damme.example").outcome is Outcome.REGISTERED


@pytest.mark.parametrize("why", ["kopieertoestel", "bulkmail (Precedence: list)"])
def test_who_is_not_answered_hears_nothing_and_the_person_of_the_form_does(why: str) -> None:
    arrival = mail("lijst@groups.example", name="An via Lijst", no_answer=why)
    decision = decided(arrival, email="an@damme.example")
    assert decision.outcome is Outcome.REGISTERED
    assert set(hears(decision, arrival)) == {"an@damme.example"}


def test_a_colleague_who_passes_a_form_on_is_not_the_person() -> None:
    inner = Message("", AN, "Inschrijving", None)
    decision = decided(mail("piet@damme.example", name="Piet Callens", forwarded=inner))
    assert row(decision).text("email") == AN.email


AWAY = words(Intent.WITHDRAW, "Ik kan er niet bij zijn.", clues=(clue(),))


def away(
    *registered: Registration, reply_to: Address | None = None, no_answer: str = ""
) -> tuple[Decision, Arrival]:
    why = "adres dat geen antwoord wil"
    arrival = mail("no-reply@groups.example", stands_in=why, reply_to=reply_to, no_answer=no_answer)
    return decide(arrival, AWAY, known(*registered), settings(), MORNING), arrival


def test_who_excuses_themselves_through_a_list_has_the_row_and_the_answer() -> None:
    decision, arrival = away(reply_to=AN)
    assert (row(decision).text("email"), row(decision).sender) == (AN.email, AN.email)
    assert row(decision).text("last_name") == "Maes"
    assert hears(decision, arrival) == [AN.email]


def test_nobody_is_excused_by_the_address_that_a_list_names() -> None:
    decision, _ = away(registered(email=AN.email), reply_to=AN)
    assert (decision.outcome, decision.results) == (Outcome.REVIEW, ())
    assert decision.receipt  # and no more than that


def test_who_cannot_be_reached_is_not_excused_but_a_case() -> None:
    decision, arrival = away(no_answer="adres dat geen antwoord wil")
    assert (decision.outcome, decision.results) == (Outcome.REVIEW, ())
    assert hears(decision, arrival) == []


def test_a_number_is_no_name_to_greet() -> None:
    arrival = mail("boos5@damme.example", name="")
    decision = decide(arrival, AWAY, known(), settings(), MORNING)
    (one,) = compose(decision, arrival, settings(), MORNING)
    assert one.text.startswith("Goedendag\n")
