"""Every kind of case with every choice that it offers: what becomes of the rows, and who hears of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.config.settings import Settings
from mailbot.decision import decide, decide_case
from mailbot.domain.case import Case, CaseKind, Choice, Edit, EditKind
from mailbot.domain.decision import Decision, DecisionContext
from mailbot.domain.doubt import Reason
from mailbot.domain.message import Arrival, Verdict
from mailbot.domain.registration import Registration, Status
from mailbot.domain.submission import Act, ActKind, Code, Intent, Problem, Submission, SubmissionKind
from mailbot.notifications import compose
from mailbot.pipeline.offered_change import with_offered_changes
from mailbot.wording import matter

from .building import MORNING, clue, event, form_of, known, mail, person, row, settings, words
from .building import rows_after as after

LATE = datetime(2026, 11, 24, 9, tzinfo=UTC)
LATER = LATE + timedelta(hours=3)
JAN = row(3, name="Jan Claes", email="jan@damme.example")
ELS = "els@damme.example"


@dataclass(frozen=True)
class Waiting:
    """A case that waits for her, with all that it is decided by."""

    case: Case
    context: DecisionContext
    config: Settings
    arrival: Arrival | None = None
    submission: Submission | None = None


def of_mail(
    kind: CaseKind,
    arrival: Arrival,
    submission: Submission,
    context: DecisionContext | None = None,
    config: Settings | None = None,
) -> Waiting:
    """The case that a message opens."""
    context, config = context or known(), config or settings()
    first = decide(arrival, submission, context, config, arrival.received)
    first = with_offered_changes(first, submission, context, arrival.message, config).decision
    case = next(one for one in first.cases if one.kind is kind)
    rows = {r.nr: r for r in (*context.registrations, *after(first))}
    return Waiting(
        replace(case, id=7),
        replace(context, registrations=tuple(rows.values()), answered_today=0),
        config,
        arrival,
        submission,
    )


def about(kind: CaseKind, who: Registration | None, *choices: Choice, **more: object) -> Waiting:
    """A case that time, a server or her own hand opens about a row."""
    nr = who.nr if who else ""
    case = Case(kind, "Els", "?", choices, MORNING, "kis", registration=nr, id=7, **more)  # type: ignore[arg-type]  # a test names the fields it sets
    by_mail = (mail(), form_of(person(email=ELS))) if Choice.ASK in choices else (None, None)
    return Waiting(case, known(*([who] if who else [])), settings(), *by_mail)


def _change(text: str, **act: str) -> Submission:
    said = Act(ActKind.CHANGE, words=text, agreed=True, **act)  # type: ignore[arg-type]  # a test names the fields it sets
    return words(Intent.UNCLEAR, text, acts=(said, Act(ActKind.UNSURE, words=text)), heard=(ActKind.CHANGE,))


def _asks(act: ActKind) -> Submission:
    text = "Wat met mijn gegevens?"
    return words(Intent.UNCLEAR, text, acts=(Act(act, words=text, agreed=True),), heard=(act,))


MANY = form_of(*(person(f"P Naam{n}", email=f"p{n}@damme.example") for n in range(11)))
STRANGER = form_of(person("Els Maes", "Gent", email="els@gent.example"))
CLOSED = settings(event(organisations="brugge"))
TWO = settings(event(), event(id="other", title="Kennisplatform elders"))
DOUBTED = form_of(
    person(email=ELS, phone="04"), problems=(Problem(0, "phone", Code.UNSURE, Reason.INVALID_PHONE, "04"),)
)

CASES: dict[str, Callable[[], Waiting]] = {
    "te laat": lambda: of_mail(CaseKind.LATE, mail(at=LATE), form_of(person(email=ELS)), known(JAN)),
    "doorgestuurd na de deadline": lambda: about(
        CaseKind.FORWARDED,
        row(status=Status.LATE),
        *(Choice.ACCEPT, Choice.WAITLIST, Choice.REFUSE, Choice.ASK, Choice.DONE),
    ),
    "welke bijeenkomst": lambda: of_mail(
        CaseKind.WHICH_EVENT, mail(), form_of(person(email=ELS)), config=TWO
    ),
    "wie is wie": lambda: of_mail(
        CaseKind.SAME_PERSON, mail(), form_of(person(email="els@prive.example")), known(row())
    ),
    "andere waarde dan de uwe": lambda: of_mail(
        CaseKind.CONTRADICTION,
        mail(),
        form_of(person(email=ELS, phone="0478")),
        known(row(answers={"phone": "050"}, by_hand=frozenset({"phone"}))),
    ),
    "twijfel over een antwoord": lambda: of_mail(CaseKind.DOUBT, mail(), DOUBTED),
    "vraag": lambda: of_mail(
        CaseKind.QUESTION, mail(), form_of(person(email=ELS), question="Is er parking?")
    ),
    "veel personen": lambda: of_mail(CaseKind.MANY_PEOPLE, mail(), MANY),
    "niet op de lijst": lambda: of_mail(
        CaseKind.NOT_INVITED, mail("els@gent.example"), STRANGER, known(JAN), CLOSED
    ),
    "veel mails van één adres": lambda: of_mail(
        CaseKind.TOO_MANY,
        mail(),
        form_of(person(email=ELS)),
        replace(known(), answered_today=99),
        settings(),
    ),
    "afzender niet bevestigd": lambda: of_mail(
        CaseKind.FORGED, mail(authentication=Verdict.FAIL), form_of(person(email=ELS))
    ),
    "afzender onbekend bij de inschrijving": lambda: of_mail(
        CaseKind.UNRELATED, mail("x@gmail.com"), form_of(person(phone="1")), known(row())
    ),
    "onbekende die afmeldt": lambda: of_mail(
        CaseKind.UNRELATED,
        mail("x@kabinet.example"),
        words(Intent.WITHDRAW, "Els Maes komt niet", "Els Maes"),
        known(row()),
    ),
    "adressen van een bestuur": lambda: about(CaseKind.COLLEAGUES, None, Choice.REVOKE),
    "misschien een inschrijving": lambda: of_mail(
        CaseKind.PERHAPS,
        mail(),
        form_of(person(email=ELS), found=SubmissionKind.PERHAPS, clues=(clue(),)),
    ),
    "onduidelijk: bekend": lambda: of_mail(
        CaseKind.UNCLEAR, mail(), words(Intent.MAYBE_WITHDRAW, "ik eet niet mee"), known(row())
    ),
    "onduidelijk: ander nummer": lambda: of_mail(
        CaseKind.UNCLEAR, mail(), _change("Mijn nieuw gsm-nummer is 0478 99 88 77."), known(row())
    ),
    "onduidelijk: vervanging": lambda: of_mail(
        CaseKind.UNCLEAR,
        mail(name="Griet Bos"),
        words(
            Intent.SUBSTITUTE,
            "Els Maes komt in de plaats van Piet",
            "Piet Ots",
            substitute=person(),
            clues=(clue(),),
        ),
        known(JAN),
    ),
    "wissen": lambda: of_mail(CaseKind.ERASURE, mail(), _asks(ActKind.ERASE), known(row())),
    "inzage": lambda: of_mail(CaseKind.ACCESS, mail(), _asks(ActKind.ACCESS), known(row())),
    "niet aangevuld": lambda: about(
        CaseKind.INCOMPLETE,
        row(status=Status.INCOMPLETE),
        *(Choice.ACCEPT, Choice.REFUSE, Choice.ASK, Choice.DONE),
    ),
    "agenda-uitnodiging geweigerd": lambda: about(
        CaseKind.CALENDAR_DECLINE,
        row(status=Status.CANCELLED),
        *(Choice.ACCEPT, Choice.REGISTER, Choice.DONE),
    ),
    "vrijgekomen plaats": lambda: about(
        CaseKind.FREED_PLACE, row(status=Status.WAITLISTED), Choice.ACCEPT, Choice.DONE
    ),
    "mail klaar om te versturen": lambda: about(
        CaseKind.ANNOUNCE,
        row(),
        *(Choice.SEND, Choice.DO_NOT_SEND),
        payload={"kind": "practical", "version": "1"},
    ),
    "voorstel tot vernietiging": lambda: about(CaseKind.DESTROY, None, Choice.ACCEPT, Choice.REFUSE),
    **{
        kind.value: (lambda kind=kind: about(kind, row(), Choice.DONE))  # type: ignore[misc]  # one kind each
        for kind in (
            CaseKind.CAPACITY,
            CaseKind.UNDELIVERED,
            CaseKind.SHELVED,
            CaseKind.WORKBOOK,
            CaseKind.UNREADABLE,
        )
    },
}


def decided(waiting: Waiting, choice: Choice) -> tuple[Decision, list[str]]:
    """What follows from a choice, and who is mailed."""
    remark = "Dag Els." if choice in (Choice.ASK, Choice.ANSWER) else ""
    nr = JAN.nr if choice is Choice.REPLACES else ""
    which = "kis" if waiting.case.kind is CaseKind.WHICH_EVENT else ""
    edit = Edit(EditKind.DECISION, "", nr, case=7, choice=choice, remark=remark, event=which)
    one = waiting
    decision = decide_case(one.case, edit, one.context, one.config, LATER, one.arrival, one.submission)
    mails = compose(decision, one.arrival, one.config, LATER)
    return decision, sorted({mail.to.email for mail in mails if not mail.calendar})


#: What becomes of (at most three) rows, and who is written to.
EXPECTED = {
    ("te laat", "aanvaarden"): ("INS-0002 Ingeschreven", "els"),
    ("te laat", "op wachtlijst"): ("INS-0002 Wachtlijst", "els"),
    ("te laat", "vervangt"): ("INS-0003 Afgemeld, INS-0002 Ingeschreven", "els, jan"),
    ("te laat", "weigeren"): ("INS-0002 Te laat", "els"),
    ("te laat", "navragen"): ("", "els"),
    ("te laat", "afgehandeld"): ("", ""),
    ("doorgestuurd na de deadline", "aanvaarden"): ("INS-0001 Ingeschreven", "els"),
    ("doorgestuurd na de deadline", "op wachtlijst"): ("INS-0001 Wachtlijst", "els"),
    ("doorgestuurd na de deadline", "weigeren"): ("INS-0001 Te laat", "els"),
    ("doorgestuurd na de deadline", "navragen"): ("", "els"),
    ("doorgestuurd na de deadline", "afgehandeld"): ("", ""),
    ("welke bijeenkomst", "aanvaarden"): ("INS-0001 Ingeschreven", "els"),
    ("welke bijeenkomst", "weigeren"): ("", "els"),
    ("welke bijeenkomst", "navragen"): ("", "els"),
    ("welke bijeenkomst", "afgehandeld"): ("", ""),
    ("wie is wie", "zelfde persoon"): ("INS-0001 Ingeschreven", "els, els thuis"),
    ("wie is wie", "andere persoon"): ("INS-0002 Ingeschreven", "els, els thuis"),
    ("wie is wie", "navragen"): ("", "els"),
    ("wie is wie", "afgehandeld"): ("", ""),
    ("andere waarde dan de uwe", "nieuwe waarde overnemen"): ("INS-0001 Ingeschreven", "els"),
    ("andere waarde dan de uwe", "huidige waarde behouden"): ("INS-0001 Ingeschreven", ""),
    ("andere waarde dan de uwe", "navragen"): ("", "els"),
    ("twijfel over een antwoord", "aanvaarden"): ("INS-0001 Ingeschreven", ""),
    ("twijfel over een antwoord", "navragen"): ("", "els"),
    ("twijfel over een antwoord", "afgehandeld"): ("", ""),
    ("vraag", "antwoord sturen"): ("", "els"),
    ("vraag", "navragen"): ("", "els"),
    ("vraag", "afgehandeld"): ("", ""),
    ("veel personen", "aanvaarden"): (
        "INS-0001 Ingeschreven, INS-0002 Ingeschreven, INS-0003 Ingeschreven",
        "els, p0, p10",
    ),
    ("veel personen", "weigeren"): ("", ""),
    ("veel personen", "navragen"): ("", "els"),
    ("veel personen", "afgehandeld"): ("", ""),
    ("niet op de lijst", "aanvaarden"): ("INS-0002 Ingeschreven", "els te Gent"),
    ("niet op de lijst", "op wachtlijst"): ("INS-0002 Wachtlijst", "els te Gent"),
    ("niet op de lijst", "vervangt"): ("INS-0003 Afgemeld, INS-0002 Ingeschreven", "els te Gent, jan"),
    ("niet op de lijst", "weigeren"): ("", "els te Gent"),
    ("niet op de lijst", "navragen"): ("", "els te Gent"),
    ("niet op de lijst", "afgehandeld"): ("", ""),
    ("veel mails van één adres", "aanvaarden"): ("INS-0001 Ingeschreven", "els"),
    ("veel mails van één adres", "weigeren"): ("", ""),
    ("veel mails van één adres", "afgehandeld"): ("", ""),
    ("afzender niet bevestigd", "aanvaarden"): ("INS-0001 Ingeschreven", "els"),
    ("afzender niet bevestigd", "weigeren"): ("", ""),
    ("afzender niet bevestigd", "afgehandeld"): ("", ""),
    ("afzender onbekend bij de inschrijving", "aanvaarden"): ("INS-0001 Ingeschreven", "els, een vreemde"),
    ("afzender onbekend bij de inschrijving", "weigeren"): ("", ""),
    ("afzender onbekend bij de inschrijving", "navragen"): ("", "een vreemde"),
    ("afzender onbekend bij de inschrijving", "afgehandeld"): ("", ""),
    ("onbekende die afmeldt", "aanvaarden"): ("INS-0001 Afgemeld", "els, kabinet"),
    ("onbekende die afmeldt", "aanvaarden, voortaan als collega"): ("INS-0001 Afgemeld", "els, kabinet"),
    ("onbekende die afmeldt", "weigeren"): ("", ""),
    ("onbekende die afmeldt", "navragen"): ("", "kabinet"),
    ("onbekende die afmeldt", "afgehandeld"): ("", ""),
    ("adressen van een bestuur", "intrekken"): ("", ""),
    ("misschien een inschrijving", "aanvaarden"): ("INS-0001 Ingeschreven", "els"),
    ("misschien een inschrijving", "weigeren"): ("", "els"),
    ("misschien een inschrijving", "navragen"): ("", "els"),
    ("misschien een inschrijving", "afgehandeld"): ("", ""),
    ("onduidelijk: bekend", "afmelden"): ("INS-0001 Afgemeld", "els"),
    ("onduidelijk: bekend", "noteren als verontschuldigd"): ("INS-0001 Verontschuldigd", "els"),
    ("onduidelijk: bekend", "antwoord sturen"): ("", "els"),
    ("onduidelijk: bekend", "navragen"): ("", "els"),
    ("onduidelijk: bekend", "afgehandeld"): ("", ""),
    ("onduidelijk: ander nummer", "nieuwe waarde overnemen"): ("INS-0001 Ingeschreven", "els"),
    ("onduidelijk: ander nummer", "afmelden"): ("INS-0001 Afgemeld", "els"),
    ("onduidelijk: ander nummer", "noteren als verontschuldigd"): ("INS-0001 Verontschuldigd", "els"),
    ("onduidelijk: ander nummer", "antwoord sturen"): ("", "els"),
    ("onduidelijk: ander nummer", "navragen"): ("", "els"),
    ("onduidelijk: ander nummer", "afgehandeld"): ("", ""),
    ("onduidelijk: vervanging", "vervangt"): ("INS-0003 Afgemeld, INS-0002 Ingeschreven", "els, jan"),
    ("onduidelijk: vervanging", "inschrijven"): ("INS-0002 Ingeschreven", "els"),
    ("onduidelijk: vervanging", "antwoord sturen"): ("", "els"),
    ("onduidelijk: vervanging", "navragen"): ("", "els"),
    ("onduidelijk: vervanging", "afgehandeld"): ("", ""),
    ("wissen", "afmelden"): ("INS-0001 Afgemeld", "els"),
    ("wissen", "noteren als verontschuldigd"): ("INS-0001 Verontschuldigd", "els"),
    ("wissen", "antwoord sturen"): ("", "els"),
    ("wissen", "navragen"): ("", "els"),
    ("wissen", "afgehandeld"): ("", ""),
    ("inzage", "antwoord sturen"): ("", "els"),
    ("inzage", "navragen"): ("", "els"),
    ("inzage", "afgehandeld"): ("", ""),
    ("niet aangevuld", "aanvaarden"): ("INS-0001 Ingeschreven", "els"),
    ("niet aangevuld", "weigeren"): ("INS-0001 Afgemeld", "els"),
    ("niet aangevuld", "navragen"): ("", "els"),
    ("niet aangevuld", "afgehandeld"): ("", ""),
    ("agenda-uitnodiging geweigerd", "aanvaarden"): ("", ""),
    ("agenda-uitnodiging geweigerd", "inschrijven"): ("INS-0001 Ingeschreven", "els"),
    ("agenda-uitnodiging geweigerd", "afgehandeld"): ("", ""),
    ("vrijgekomen plaats", "aanvaarden"): ("INS-0001 Ingeschreven", "els"),
    ("vrijgekomen plaats", "afgehandeld"): ("", ""),
    ("mail klaar om te versturen", "versturen"): ("", "els"),
    ("mail klaar om te versturen", "niet versturen"): ("", ""),
    ("voorstel tot vernietiging", "aanvaarden"): ("", ""),
    ("voorstel tot vernietiging", "weigeren"): ("", ""),
    ("meer inschrijvingen dan plaatsen", "afgehandeld"): ("", ""),
    ("mail niet bezorgd", "afgehandeld"): ("", ""),
    ("kon niet verwerkt worden", "afgehandeld"): ("", ""),
    ("werkboek", "afgehandeld"): ("", ""),
    ("onleesbaar", "afgehandeld"): ("", ""),
}
_SHORT = {
    "els": "els@damme.example",
    "jan": "jan@damme.example",
    "els thuis": "els@prive.example",
    "els te Gent": "els@gent.example",
    "een vreemde": "x@gmail.com",
    "kabinet": "x@kabinet.example",
    "p0": "p0@damme.example",
    "p10": "p10@damme.example",
}


def test_every_kind_of_case_and_every_choice_of_it_is_here() -> None:
    kinds = {make().case.kind for make in CASES.values()}
    assert kinds == {*CaseKind} - {CaseKind.REMOVED}  # which offers to undo it, and nothing else
    assert {(name, str(choice)) for name, make in CASES.items() for choice in make().case.choices} == {
        *EXPECTED
    }


@pytest.mark.parametrize(("name", "choice"), EXPECTED)
def test_a_choice_does_what_it_says_and_who_waits_hears_it(name: str, choice: str) -> None:
    decision, heard = decided(CASES[name](), Choice(choice))
    rows, addresses = EXPECTED[name, choice]
    assert ", ".join(f"{r.nr} {r.status}" for r in after(decision)[:3]) == rows
    assert heard[:3] == [_SHORT[one] for one in addresses.split(", ") if one]
    assert decision.stays is (choice == Choice.ASK)
    assert 7 in decision.closes


def test_a_case_about_a_changed_number_offers_that_number_and_takes_it_over() -> None:
    waiting = CASES["onduidelijk: ander nummer"]()
    assert waiting.case.choices[0] is Choice.TAKE_NEW
    assert "0478 99 88 77" in matter(waiting.case)
    decision, _ = decided(waiting, Choice.TAKE_NEW)
    assert [one.text("phone") for one in after(decision)] == ["0478 99 88 77"]


def test_who_comes_in_somebodys_place_is_of_that_organisation_and_has_the_place() -> None:
    decision, _ = decided(CASES["te laat"](), Choice.REPLACES)
    left, comes = after(decision)
    assert (left.replaced_by, comes.replaces) == (comes.nr, left.nr)
    assert (comes.text("organisation"), comes.text("email")) == ("Damme", "els@damme.example")
