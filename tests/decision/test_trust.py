"""What an address, a domain or a time proves, at its bounds: rules whose slip nobody would see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.decision import decide
from mailbot.decision.access import Right, Writer, access_of, visible
from mailbot.decision.sender_relation import body_of
from mailbot.decision.undo import refusal
from mailbot.domain.case import DOMAIN, Case, CaseKind, Choice
from mailbot.domain.decision import DecisionContext
from mailbot.domain.message import Address, Verdict
from mailbot.domain.organisation import Organisation, Organisations
from mailbot.domain.registration import Registration, Status
from mailbot.domain.settled import SettledCase, Settlement
from mailbot.domain.submission import Intent
from mailbot.notifications import compose
from mailbot.wording import matter

from .building import BRUSSELS, MORNING, clue, event, form, form_of, known, mail, person, row, settings, words

SECRETARY = "post@elders.example"
STARTS = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)  # 14 o'clock in Brussels


def _sent_in(**more: object) -> Registration:
    return row(email="els@prive.example", sender=SECRETARY, **more)


def _may_withdraw(registration: Registration, context: DecisionContext) -> bool:
    found = access_of(Writer(SECRETARY), registration, form("kennisplatform"), settings(), context)
    return found.may(Right.WITHDRAW)


def test_who_sent_somebody_in_may_withdraw_them_until_they_write_themselves() -> None:
    assert _may_withdraw(_sent_in(), known(_sent_in()))
    assert not _may_withdraw(_sent_in(claimed=True), known(_sent_in(claimed=True)))
    wrote = known(_sent_in(), wrote=frozenset({"els@prive.example"}))
    assert not _may_withdraw(_sent_in(), wrote)


def _given_domain(context: DecisionContext) -> str:
    """The mail domain that the secretary is offered for the organisation, where a stranger withdraws."""
    away = words(Intent.WITHDRAW, "Els Maes komt niet.", "Els Maes")
    arrival = mail("jo@kabinet.example", authentication=Verdict.PASS)
    decision = decide(arrival, away, context, settings(), MORNING)
    (case,) = decision.cases
    assert case.kind is CaseKind.UNRELATED
    return case.payload.get(DOMAIN, "")


def test_a_domain_that_people_of_another_organisation_have_is_given_to_none() -> None:
    assert _given_domain(known(row())) == "kabinet.example"
    assert _given_domain(known(row(), domain_organisations=frozenset({"Damme"}))) == "kabinet.example"
    assert _given_domain(known(row(), domain_organisations=frozenset({"Damme", "Brugge"}))) == ""


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (STARTS - timedelta(hours=24, seconds=1), False),
        (STARTS - timedelta(hours=24), True),
        (STARTS - timedelta(seconds=1), True),
        (STARTS, False),
    ],
)
def test_the_secretary_hears_at_once_of_what_changes_in_the_last_day(now: datetime, *, told: bool) -> None:
    arrival = mail(at=now)
    decision = decide(arrival, form_of(person(phone="0478 12 34 56")), known(row()), settings(), now)
    assert decision.tell_secretariat is told


def test_a_decision_is_not_taken_back_over_an_answer_that_came_since() -> None:
    became = row()
    case = Case(CaseKind.LATE, "Els Maes", "?", (Choice.ACCEPT,), MORNING, "kis", id=7)
    held = SettledCase(case, MORNING, Settlement(Choice.ACCEPT, before=(), after=(became,)))
    since = replace(became, answers={**became.answers, "phone": "0478 12 34 56"})
    assert refusal(held, known(became), settings()) is None
    assert refusal(held, known(since), settings()) is not None


def test_who_withdrew_and_comes_again_stands_in_line_by_the_second_mail() -> None:
    before = row(1, Status.CANCELLED, at=MORNING - timedelta(days=5))
    waits = row(2, Status.WAITLISTED, "Jo Bos", email="jo@damme.example", at=MORNING - timedelta(days=1))
    full = settings(event(capacity=1))
    context = known(before, waits, row(3, name="An Claes", email="an@damme.example"))
    decision = decide(mail(), form_of(person(), clues=(clue(),)), context, full, MORNING)
    (result,) = decision.results
    assert result.after is not None
    assert (result.after.status, result.after.arrived) == (Status.WAITLISTED, MORNING)


def test_an_address_that_no_person_answers_is_nobodys_own() -> None:
    def registered(sender: str) -> object:
        arrival = mail(sender, name="Els Maes")
        decision = decide(arrival, form_of(person(), clues=(clue(),)), known(), settings(), MORNING)
        (result,) = decision.results
        return result.after.answers.get("email") if result.after else None

    assert registered("els.maes@damme.example") == "els.maes@damme.example"
    assert registered("noreply@damme.example") is None


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (STARTS - timedelta(hours=24, seconds=1), Status.REGISTERED),
        (STARTS - timedelta(hours=24), Status.WAITLISTED),
    ],
)
def test_the_last_24_hours_give_no_place_without_the_secretary(now: datetime, first: Status) -> None:
    waits = row(2, Status.WAITLISTED, "Jo Bos", email="jo@damme.example")
    away = words(Intent.WITHDRAW, "Ik kom niet.")
    decision = decide(mail(at=now), away, known(row(), waits), settings(event(capacity=1)), now)
    came = {result.after.nr: result.after.status for result in decision.results if result.after}
    assert came[row().nr] is Status.CANCELLED
    assert came.get(waits.nr, Status.WAITLISTED) is first


def test_who_leaves_gives_their_place_to_one_and_no_other_place_to_anybody() -> None:
    line = [row(n, Status.WAITLISTED, f"Jo Bos{n}", email=f"jo{n}@damme.example") for n in (2, 3)]
    away = words(Intent.WITHDRAW, "Ik kom niet.")
    decision = decide(mail(), away, known(row(), *line), settings(event(capacity=9)), MORNING)
    came = [r.after.nr for r in decision.results if r.after and r.after.status is Status.REGISTERED]
    assert came == [line[0].nr]


def test_a_thread_draws_as_many_answers_as_it_may_and_not_one_more() -> None:
    most = settings().limits.answers_per_thread

    def opened(had: int) -> list[CaseKind]:
        new = form_of(person(), clues=(clue(),))
        return [c.kind for c in decide(mail(), new, known(answered_in_thread=had), settings(), MORNING).cases]

    assert opened(most - 1) == []
    assert opened(most) == [CaseKind.TOO_MANY]


def test_what_a_decision_put_under_another_address_is_shown_only_to_who_said_it() -> None:
    form_ = form("kennisplatform")
    moved = row(answers={"phone": "0478 12 34 56"}, withheld=frozenset({"phone"}))
    reader = Writer("els@damme.example")
    assert "phone" not in visible(reader, moved, moved, None, form_, settings(), known(moved))
    said = person(phone="0478 12 34 56")
    assert "phone" in visible(reader, moved, moved, said, form_, settings(), known(moved))


def test_an_address_that_she_typed_shows_nothing_sensitive_until_somebody_writes_from_there() -> None:
    form_, reader = form("kennisplatform"), Writer("els@damme.example", "Els Maes")

    def shown(unanswered: bool, *, said: bool = False) -> bool:
        hers = row(answers={"diet": "glutenvrij"}, unanswered=unanswered)
        submitted = person(diet="glutenvrij") if said else None
        return "diet" in visible(reader, hers, hers, submitted, form_, settings(), known(hers))

    assert shown(unanswered=False)
    assert not shown(unanswered=True)
    assert shown(unanswered=True, said=True)


def test_an_event_is_over_at_the_second_at_which_it_ends() -> None:
    meeting, ends = event(), STARTS + timedelta(hours=3)
    assert not meeting.is_over(ends - timedelta(seconds=1), BRUSSELS)
    assert meeting.is_over(ends, BRUSSELS)


def test_a_domain_that_two_organisations_have_says_of_neither() -> None:
    def organisation(*names: str) -> str:
        bodies = tuple(Organisation(name=name, domains=("fusie.example",)) for name in names)
        listed = Organisations(organisation=bodies)
        return body_of(Address("els@fusie.example"), listed)

    assert organisation("Damme") == "Damme"
    assert organisation("Damme", "Brugge") == ""


@pytest.mark.parametrize(
    ("writer", "marked"),
    [("els.maes@damme.example", True), ("jo@kabinet.example", False)],
)
def test_who_writes_to_come_is_heard_in_the_case_in_which_another_wants_them_out(
    writer: str, *, marked: bool
) -> None:
    els = row(name="Els Maes", email="els.maes@damme.example", claimed=True)
    away = words(Intent.WITHDRAW, "Els Maes komt niet.", "Els Maes")
    (case,) = decide(mail("jo@kabinet.example"), away, known(els), settings(), MORNING).cases
    case = replace(case, id=7)
    again = mail(writer, name="Els Maes", number=2)
    context = known(els, open_cases=(case,), wrote=frozenset({"els.maes@damme.example"}))
    decision = decide(
        again, words(Intent.REGISTER, "Jo vergist zich, ik kom wel."), context, settings(), MORNING
    )
    assert (decision.closes == (7,)) is marked
    told = [one for one in decision.cases if one.kind is CaseKind.UNRELATED and one.key == f"{case.key}+"]
    assert [matter(one).endswith('ingeschreven: "Jo vergist zich, ik kom wel."') for one in told] == [
        True
    ] * marked
    if marked:
        assert [mail.subject for mail in compose(decision, again, settings(), MORNING)][:1] == [
            "Genoteerd: Kennisplatform"
        ]


OURS = known(
    row(), thread=("INS-0001",), answers_mail_to="els@damme.example", answers_mail_about={"INS-0001"}
)


@pytest.mark.parametrize(
    ("shown", "signed", "may"),
    [
        ("Els Maes", "", True),
        ("Maes, Els", "", True),
        ("E. Maes", "", True),
        ("Elsa Maes", "", False),
        ("Els Maas", "", False),
        ("", "", True),
        ("", "Els", True),
        ("", "Els Maes\nschepen", True),
        ("", "P. Zot", False),
        ("", "Elsa Maes", False),
    ],
)
def test_our_mail_speaks_for_nobody_of_nearly_the_persons_name(shown: str, signed: str, *, may: bool) -> None:
    writer = Writer("els@elders.example", shown, answers_mail_to="els@damme.example", signed=signed)
    found = access_of(writer, row(), form("kennisplatform"), settings(), OURS)
    assert found.may(Right.WITHDRAW) is may


@pytest.mark.parametrize(
    ("field", "text", "cases"),
    [
        ("remarks", "Bo Claes komt niet meer, ik neem de plaats in", 1),
        ("remarks", "schrap Claes Bo aub", 1),
        ("diet", "Bo Claes kan niet komen", 1),
        ("remarks", "Els Maes eet geen vis", 0),
        ("remarks", "Jan Peeters komt niet meer", 0),
    ],
)
def test_a_remark_on_a_form_about_somebody_else_who_is_registered_is_a_case(
    field: str, text: str, cases: int
) -> None:
    told = form_of(person(email="els@damme.example", **{field: text}), clues=(clue(),))
    decision = decide(mail(), told, known(row(2, name="Bo Claes", email="bo@x.example")), settings(), MORNING)
    assert [case.kind for case in decision.cases] == [CaseKind.QUESTION] * cases
    assert not cases or text in matter(decision.cases[0])
