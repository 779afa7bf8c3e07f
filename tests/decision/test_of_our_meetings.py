"""Words of coming and staying away that may be about another meeting, or another day, than ours."""

from __future__ import annotations

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.decision import Decision, Outcome
from mailbot.domain.registration import Status

from .building import event, known, local, row, settings
from .test_read_and_decided import ONE_MEETING, mailed

JAN = row(1, name="Jan Peeters", email="jan@damme.example")
ANSWERED = known(JAN, thread=("INS-0001",), thread_event="kis", answers_mail_about=frozenset({"INS-0001"}))
ON_THE_19TH = settings(event(starts=local(2026, 12, 19, 14), ends=local(2026, 12, 19, 17)))


def of_jan(text: str, *, in_thread: bool, here: Settings = ONE_MEETING) -> Decision:
    """What becomes of words of Jan's, who is registered, in a mail of its own or below ours."""
    subject = "Re: Ingeschreven: Kennisplatform" if in_thread else "Afzegging"
    decision, _ = mailed(text, subject, context=ANSWERED if in_thread else known(JAN), here=here)
    return decision


@pytest.mark.parametrize(
    "text",
    [
        "Voor de mobiliteitsdag moet ik helaas afzeggen.",
        "Ik kan niet naar de klimaatdag komen.",
        "Op de mobiliteitsdag kan ik niet aanwezig zijn.",
        "De trefdag zorg kan ik niet bijwonen.",
        "Voor de Week van de Mobiliteit moet ik afzeggen.",
        "Je dois annuler pour la journée de la mobilité.",
        "I have to cancel for the mobility day.",
    ],
)
@pytest.mark.parametrize("in_thread", [True, False])
def test_a_meeting_by_a_name_that_none_of_ours_has_is_shown(text: str, in_thread: bool) -> None:
    decision = of_jan(text, in_thread=in_thread)
    assert (decision.results, len(decision.cases)) == ((), 1)


def test_a_meeting_of_others_that_the_clause_before_names_withdraws_nobody() -> None:
    decision = of_jan("De gemeenteraad, daar kan ik niet bij zijn.", in_thread=True)
    assert (decision.results, len(decision.cases)) == ((), 1)


@pytest.mark.parametrize(
    "text",
    [
        "Die dag kan ik niet komen.",
        "Ik kan die donderdagnamiddag niet komen.",
        "De vergadering kan ik niet bijwonen.",
        "Op de dag van de vergadering zit ik in Gent, ik kan niet komen.",
        "Dat is mijn verlofdag, ik kan niet komen.",
        "De trefdag kan ik niet bijwonen.",
    ],
)
def test_a_day_by_a_word_for_any_is_ours(text: str) -> None:
    decision = of_jan(text, in_thread=True)
    assert [r.after.status for r in decision.results if r.after] == [Status.CANCELLED]


def test_a_stranger_who_stays_away_from_a_meeting_of_others_is_left_alone() -> None:
    decision, _ = mailed("Voor de mobiliteitsdag moet ik afzeggen.", "Afzegging")
    assert decision.outcome is Outcome.NO_FORM


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("De 19de kan ik niet.", True),
        ("Den 19den kan ik niet komen.", True),
        ("I can't come on the 19th.", True),
        ("Le 19 je ne peux pas venir.", True),
        ("De 20ste kan ik niet.", False),
        ("Ik kan de 18de niet komen.", False),
        ("Le 20 je ne peux pas venir.", False),
        ("I can't come on the 20th.", False),
        ("Am 20 kann ich nicht kommen.", False),
    ],
)
def test_a_day_without_its_month_is_that_of_the_event_or_a_doubt(text: str, leaves: bool) -> None:
    decision = of_jan(text, in_thread=True, here=ON_THE_19TH)
    left = [r.after.status for r in decision.results if r.after]
    assert (left, len(decision.cases)) == (([Status.CANCELLED], 0) if leaves else ([], 1))


def test_a_coming_on_another_day_of_the_month_registers_nobody() -> None:
    decision, _ = mailed("Ik kom de 20ste naar het kennisplatform.", here=ON_THE_19TH)
    assert (decision.results, len(decision.cases)) == ((), 1)
    same, _ = mailed("Ik kom de 19de naar het kennisplatform.", here=ON_THE_19TH)
    assert len(same.results) == 1


NEXT_WEEK = settings(event(starts=local(2026, 11, 18, 14), ends=local(2026, 11, 18, 17)))


@pytest.mark.parametrize(
    "text",
    [
        "Volgende week ben ik afwezig.",
        "Ik ben deze week afwezig wegens verlof.",
        "Ik kan morgen niet komen.",
        "Dit weekend kan ik er niet bij zijn.",
        "Je suis absent la semaine prochaine.",
        "I am on leave next week.",
        "Ich bin nächste Woche nicht da.",
    ],
)
def test_days_counted_from_today_that_are_none_of_ours_withdraw_nobody(text: str) -> None:
    decision = of_jan(text, in_thread=True)
    assert (decision.results, len(decision.cases)) == ((), 1)


@pytest.mark.parametrize(
    ("text", "here"),
    [
        ("Volgende week ben ik afwezig, ik kan dus niet komen.", NEXT_WEEK),
        ("Op 3 december kan ik niet, ik ben die hele week weg.", ONE_MEETING),
        ("Ik ben er niet bij, ik heb het te druk deze week.", ONE_MEETING),
        ("Ik moet afzeggen. Volgende week word ik geopereerd.", ONE_MEETING),
        ("Goede morgen ik kan er niet bij zijn", ONE_MEETING),
        ("Goede morgen\n\nik schrijf mij uit", ONE_MEETING),
    ],
)
def test_the_week_of_ours_and_a_reason_of_another_withdraw(text: str, here: Settings) -> None:
    assert of_jan(text, in_thread=True, here=here).outcome is Outcome.CANCELLED


@pytest.mark.parametrize(
    "text",
    [
        "Mogen wij daar een stand zetten?",
        "Wij zijn een softwarebedrijf en willen graag deelnemen met een stand.",
        "Wij willen graag aanwezig zijn als sponsor op het Kennisplatform van 3 december.",
        "Ik kom graag onze oplossing tonen op het Kennisplatform.",
        "Schrijf ons in als exposant.",
        "Wij komen op 3 december de beamer installeren.",
        "We would like to attend the Kennisplatform with a booth.",
        "Nous aimerions participer avec un stand.",
    ],
)
def test_who_is_there_for_a_trade_is_not_put_on_the_list(text: str) -> None:
    decision, _ = mailed(text, sender="Piet Bos <piet@firma.example>")
    assert (decision.results, len(decision.cases)) == ((), 1)


@pytest.mark.parametrize(
    "text",
    ["Ik kom graag naar het Kennisplatform, ik werk bij een softwarebedrijf.", "Ik neem deel als schepen."],
)
def test_who_comes_and_has_a_trade_is(text: str) -> None:
    assert mailed(text)[0].outcome is Outcome.REGISTERED
