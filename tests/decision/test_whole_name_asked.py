"""An own form that asks a whole name in one question: what answers give it, and what it leaves in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.config.settings import Settings
from mailbot.decision import decide
from mailbot.domain.decision import Ask, Decision, PendingQuestion
from mailbot.domain.doubt import Reason
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.registration import Registration, Status
from mailbot.domain.submission import Answer, Code, Person, Problem, Value
from mailbot.intent.follow_up import complete
from mailbot.matching.names import name_of
from mailbot.notifications import compose
from mailbot.wording import matter

from .building import MORNING, event, form_of, known, mail, person, row, rows_after, settings
from .test_read_and_decided import read

TITLE = "Studiedag Water in de Stad"
WATER = Form(
    id="water",
    title=TITLE,
    field=(
        FormField(key="name", label="Naam en voornaam", kind=FieldKind.NAME, required=True),
        FormField(key="organisation", label="Bestuur / organisatie", kind=FieldKind.ORGANISATION),
        FormField(key="role", label="Functie"),
        FormField(key="e_mailadres", label="E-mailadres", kind=FieldKind.EMAIL),
        FormField(key="gsm", label="GSM", kind=FieldKind.PHONE),
        FormField(
            key="group",
            label="Ik kies voor de werkgroep",
            kind=FieldKind.CHOICE,
            choices=("Ontharding", "Regenwater", "Beken en grachten"),
        ),
        FormField(key="dieet_of_allergie", label="Dieet of allergie", kind=FieldKind.LONG_TEXT),
    ),
)


def with_own_form(*events: object) -> Settings:
    """Settings in which the form of the house can be chosen."""
    here = settings(*(events or (event(form="water", title=TITLE),)))  # type: ignore[arg-type]
    return replace(here, forms={**here.forms, WATER.id: WATER})


HERE = with_own_form()


def asked_row(sender: str, doubted: dict[str, str], **answers: Value) -> Registration:
    """A row of the own form about which was asked: what is doubted, and what is missing (no text)."""
    doubts = tuple(
        Problem(0, key, Code.UNSURE if said else Code.MISSING, Reason.FROM_WORDS if said else Reason.MISSING)
        for key, said in doubted.items()
    )
    base = row(1, Status.INCOMPLETE, email=sender, doubts=doubts)
    return replace(
        base, answers={"organisation": "Damme", **answers, **{k: v for k, v in doubted.items() if v}}
    )


def answered(text: str, about: Registration, sender: str) -> Decision:
    """What becomes of an answer to a question about a row."""
    now = MORNING + timedelta(hours=1)
    arrival, said = read(text, f"Re: Nog iets nodig: {TITLE}", sender, HERE, now)
    asked = PendingQuestion(Ask.INCOMPLETE, "kis", (about.nr,), (about,))
    thread = {"thread": (about.nr,), "thread_event": "kis", "answers_mail_about": frozenset({about.nr})}
    context = known(about, asked=asked, **thread)
    return decide(arrival, complete(said, asked, WATER, HERE), context, HERE, now)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Karel Dewulf", "Karel Dewulf"),
        ("Mijn naam is Karel Dewulf.", "Karel Dewulf"),
        ("Naam: Karel Dewulf", "Karel Dewulf"),
        ("Mijn naam is Karel Dewulf. Zoals gezegd kies ik Beken en grachten.", "Karel Dewulf"),
        ("Voornaam: Karel\nNaam: Dewulf", "Dewulf Karel"),
        ("Naam: Dewulf\nVoornaam: Karel", "Dewulf Karel"),
    ],
)
def test_a_name_in_any_words_answers_the_one_question_for_it(text: str, name: str) -> None:
    about = asked_row("karel@damme.example", {"name": ""})
    (after,) = rows_after(answered(text, about, "Karel Dewulf <karel@damme.example>"))
    assert (after.text("name"), after.status) == (name, Status.REGISTERED)


@pytest.mark.parametrize(
    ("text", "name", "email"),
    [
        ("Ja, stefanie.vos@damme.example", "Stefanie Vos", "stefanie.vos@damme.example"),
        ("stefanie.vos@damme.example", "Stefanie Vos", "stefanie.vos@damme.example"),
        ("Ja, haar e-mailadres is stefanie.vos@damme.example", "Stefanie Vos", "stefanie.vos@damme.example"),
        ("Ja, info@damme.example", "Stefanie Vos", ""),
        ("Ja, maar het is Stephanie", "Stefanie Vos", ""),
        ("Neen, Stefanie De Vos", "Stefanie De Vos", ""),
    ],
)
def test_neither_an_address_nor_a_part_takes_the_place_of_a_whole_name(
    text: str, name: str, email: str
) -> None:
    about = asked_row("carlo@damme.example", {"name": "Stefanie Vos"})
    (after,) = rows_after(answered(text, about, "Carlo Cools <carlo@damme.example>"))
    assert (after.text("name"), after.text("e_mailadres")) == (name, email)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Ja, maar mijn gsm is 0475 07 08 10.", {"gsm": "0475 07 08 10"}),
        ("Ja, mijn gsm is 0475 07 08 10.", {"gsm": "0475 07 08 10"}),
        ("Ja, behalve de gsm: 0475 07 08 10", {"gsm": "0475 07 08 10"}),
        ("Alles klopt, enkel mijn functie is burgemeester.", {"role": "burgemeester"}),
        ("Ja maar ik ben burgemeester", {"role": "burgemeester"}),
        ("Oui, mais mon gsm est le 0475 07 08 10.", {"gsm": "0475 07 08 10"}),
        ("Yes, but my phone number is 0475 07 08 10.", {"gsm": "0475 07 08 10"}),
    ],
)
def test_a_yes_with_a_correction_is_both(text: str, changed: dict[str, str]) -> None:
    said = {"name": "Cools Dora", "role": "schepen", "gsm": "0475 07 08 09"}
    about = asked_row("dora.cools@damme.example", said)
    (after,) = rows_after(answered(text, about, "Dora Cools <dora.cools@damme.example>"))
    assert (after.status, after.doubts) == (Status.REGISTERED, ())
    assert {key: after.text(key) for key in said} == {**said, **changed}


@pytest.mark.parametrize("text", ["Ja, maar mijn gsm klopt niet.", "Dat klopt, alleen mijn gsm niet."])
def test_what_is_wrong_beside_a_yes_is_not_confirmed_by_it(text: str) -> None:
    said = {"name": "Cools Dora", "role": "schepen", "gsm": "0475 07 08 09"}
    about = asked_row("dora.cools@damme.example", said)
    decision = answered(text, about, "Dora Cools <dora.cools@damme.example>")
    (after,) = rows_after(decision)
    assert [one.field for one in after.doubts] == ["gsm"]
    assert "gsm" in matter(decision.cases[0])


@pytest.mark.parametrize(
    ("noted", "called"),
    [
        ("Baert Els", "Els Baert"),
        ("Els Baert", "Els Baert"),
        ("Van den Broeck Els", "Els Van den Broeck"),
        ("Vandewynckele Nore", "Nore Vandewynckele"),
        ("Claeys Bouuaert Els", "Claeys Bouuaert Els"),
        ("Baert", "Baert"),
    ],
)
def test_who_gave_the_last_name_first_as_asked_is_called_by_the_first(noted: str, called: str) -> None:
    assert name_of({"name": noted}, WATER) == called
    said = replace(form_of(person()), form="water", people=(Person({"name": Answer(noted)}, "Damme"),))
    arrival = mail("secretariaat@damme.example")
    decision = decide(arrival, said, known(), HERE, MORNING)
    text = " ".join(one.text for one in compose(decision, arrival, HERE, MORNING))
    assert f"{called} is ingeschreven" in text
    assert rows_after(decision)[0].text("name") == noted


@pytest.mark.parametrize("text", ["Ik schrijf mij graag in.", "Graag inschrijven: Rita Vercruysse, schepen."])
def test_who_comes_by_words_stands_in_the_order_that_the_form_asks(text: str) -> None:
    arrival, said = read(text, TITLE, "Rita Vercruysse <rita.vercruysse@damme.example>", HERE)
    (after,) = rows_after(decide(arrival, said, known(), HERE, MORNING))
    assert after.text("name") == "Vercruysse Rita"
