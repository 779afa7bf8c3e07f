"""People whom a mail registers in plain words: read, and every answer doubted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.document import Block
from mailbot.domain.doubt import Reason
from mailbot.domain.message import Address, Message
from mailbot.domain.organisation import Organisation, Organisations
from mailbot.domain.submission import Intent, Submission
from mailbot.intent.answers.field_statements import statements_in
from mailbot.intent.free_text_registration import roles_of
from mailbot.intent.roles import new_role, role_of_writer
from mailbot.pipeline.interpret import understand as understand_message
from mailbot.pipeline.report import as_json
from tests.extraction.blocks import line, lines

Read = Callable[..., Submission]
SUBJECT = "Kennisplatform Intergemeentelijk Samenwerken"
SIGNED = ("Met vriendelijke groeten", "An Smet", "Schepen", "Stad Damme", "0475 12 34 56")


def told(
    settings: Settings, now: datetime, words: str, *signed: str, subject: str = SUBJECT, name: str = "An Smet"
) -> Submission:
    below: tuple[Block, ...] = tuple(line(text, 90, signature=True) for text in signed)
    sender = Address("an.smet@damme.example", name)
    message = Message("<1@post.example>", sender, subject, None, body=(*lines(words), *below))
    return understand_message(message, (), settings, frozenset(), now)


def names(submission: Submission) -> list[str]:
    return [f"{p.text('first_name')} {p.text('last_name')}" for p in submission.told]


@pytest.mark.parametrize("shown", ["", "An", "Secretariaat Damme", "An Smet"])
@pytest.mark.parametrize(
    "words", ["Graag schrijf ik mij in voor het Kennisplatform.", "Ik kom naar het Kennisplatform."]
)
def test_who_signs_with_a_whole_name_need_not_be_shown_with_it(
    settings: Settings, now: datetime, shown: str, words: str
) -> None:
    said = told(settings, now, words, *SIGNED, name=shown)
    assert (names(said), said.told_doubts) == (["An Smet"], ())


@pytest.mark.parametrize("signed", [("Els Maes", "Schepen"), ("Els Maes",), (*SIGNED[:2], "Els Maes")])
@pytest.mark.parametrize("marked", [True, False])
def test_a_mail_that_another_signed_says_who_in_its_doubt(
    settings: Settings, now: datetime, signed: tuple[str, ...], marked: bool
) -> None:
    words = "Graag schrijf ik mij in voor het Kennisplatform."
    said = told(settings, now, words, *signed) if marked else told(settings, now, "\n".join((words, *signed)))
    doubts = {(one.field, one.reason, one.detail) for one in said.told_doubts}
    assert ("last_name", Reason.SIGNED_BY_ANOTHER, "Els Maes") in doubts


@pytest.mark.parametrize("below", ["namens Els Maes", "voor Els Maes, schepen", "In opdracht van Els Maes"])
@pytest.mark.parametrize("signed", [True, False])
def test_who_writes_in_the_name_of_another_is_asked_who_comes(
    settings: Settings, now: datetime, below: str, *, signed: bool
) -> None:
    words = "Graag inschrijving voor het Kennisplatform."
    said = told(settings, now, words, *(SIGNED[:2] if signed else ()), below)
    assert said.signed_by_another == "Els Maes"


def test_who_signs_is_not_the_one_whose_first_name_is_shown(settings: Settings, now: datetime) -> None:
    signed = ("Met vriendelijke groeten", "Els Maes", "Schepen", "Stad Damme")
    said = told(settings, now, "Graag schrijf ik mij in voor het Kennisplatform.", *signed, name="An")
    assert said.told == ()


@pytest.mark.parametrize(
    ("listed", "doubted"),
    [
        ("Voor Damme komen op 3 december: Jan Peeters (raadslid), Els Maes (schepen) en Tom Baert.", False),
        ("Voor Damme komen op 3 december: Jan Peeters en Els Maes. Els Maes eet glutenvrij.", False),
        ("Voor Damme komen op 3 december: Jan Peeters en Els Maes. Els Maes ziet nog wanneer.", True),
    ],
)
def test_a_list_of_nothing_but_names_and_data_needs_no_second_reader(
    settings: Settings, now: datetime, listed: str, doubted: bool
) -> None:
    damme = Organisation(name="Damme", domains=("damme.example",))
    settings = replace(settings, organisations=Organisations(organisation=(damme,), lists={}))
    said = told(settings, now, listed, name="Stad Damme")
    assert not said.told or bool(said.told_doubts) is doubted


def test_the_title_of_a_meeting_is_nobodys_name(settings: Settings, now: datetime) -> None:
    words = "Graag inschrijving voor het Kennisplatform Intergemeentelijk Samenwerken."
    assert "Intergemeentelijk Samenwerken" not in names(told(settings, now, words, *SIGNED))


def test_who_registers_in_a_sentence_is_read_with_what_the_signature_tells(
    settings: Settings, now: datetime
) -> None:
    words = "Graag schrijf ik mij in voor het Kennisplatform, ik heb een vegetarische maaltijd nodig."
    said = told(settings, now, words, *SIGNED)
    (person,) = said.told
    assert "email" not in {problem.field for problem in said.told_doubts}, "it came from there"
    assert {key: answer.value for key, answer in person.answers.items()} == {
        "last_name": "Smet",
        "first_name": "An",
        "role": "Schepen",
        "organisation": "Stad Damme",
        "email": "an.smet@damme.example",
        "phone": "0475 12 34 56",
        "attends": True,
        "diet": "vegetarische maaltijd",
    }
    assert person.organisation_known == "Damme"


def test_a_signature_with_the_name_of_from_leaves_nothing_to_ask(settings: Settings, now: datetime) -> None:
    said = told(settings, now, "Graag schrijf ik mij in voor het Kennisplatform.", *SIGNED)
    assert said.told_doubts == ()
    signed = {key for key, answer in said.told[0].answers.items() if answer.signed}
    assert signed == {"last_name", "first_name", "role", "organisation", "phone"}


@pytest.mark.parametrize("below", [("Els Maes", "Schepen", "Stad Damme"), (*SIGNED, "Els Maes")])
def test_a_signature_with_another_name_is_asked_about(
    settings: Settings, now: datetime, below: tuple[str, ...]
) -> None:
    said = told(settings, now, "Graag schrijf ik mij in voor het Kennisplatform.", *below)
    assert {problem.field for problem in said.told_doubts} >= {"last_name", "organisation"}
    assert not any(answer.signed for answer in said.told[0].answers.values())


@pytest.mark.parametrize(
    "words",
    [
        "Wij komen met drie: Jan Peeters (schepen), Els Maes (raadslid) en Koen De Smet (directeur).",
        "Volgende personen nemen deel aan:\n- Jan Peeters, schepen\n- Els Maes\n- Koen De Smet",
        "Deelnemers Damme:\n1. Jan Peeters - schepen\n2. Els Maes - raadslid\n3. Koen De Smet",
        "Gelieve Jan Peeters, Els Maes en Koen De Smet in te schrijven.",
        "Jan Peeters, Els Maes en Koen De Smet zullen aanwezig zijn.",
        "Jan Peeters, burgemeester Els Maes en collega Koen De Smet zullen aanwezig zijn.",
        "In te schrijven:\n* Jan Peeters\n* Els Maes\n* Koen De Smet",
        "Mogen wij volgende personen inschrijven: Jan Peeters, Els Maes en Koen De Smet.",
    ],
)
def test_all_who_are_named_are_read(settings: Settings, now: datetime, words: str) -> None:
    submission = told(settings, now, words)
    assert names(submission) == ["Jan Peeters", "Els Maes", "Koen De Smet"]
    assert submission.intent is Intent.REGISTER


def test_function_and_address_stand_beside_the_name(settings: Settings, now: datetime) -> None:
    words = "Deelnemers overleg:\n- Jan Peeters, schepen Brugge, jan@brugge.example\n- Els Maes, 050 40 55 00"
    one, other = told(settings, now, words).told
    assert (one.text("role"), one.text("organisation"), one.text("email")) == (
        "schepen",
        "Brugge",
        "jan@brugge.example",
    )
    assert (other.text("phone"), other.text("email")) == ("050 40 55 00", "")


@pytest.mark.parametrize(
    "words",
    ["Hierbij bevestig ik mijn aanwezigheid.", "Ik ben er graag bij.", "Ik neem deel.", "Ja, ik kom."],
)
def test_who_says_ik_comes(settings: Settings, now: datetime, words: str) -> None:
    assert names(told(settings, now, words)) == ["An Smet"]


def test_who_registers_another_does_not_come_along(settings: Settings, now: datetime) -> None:
    assert names(told(settings, now, "Ik schrijf Jan Peeters in voor het Kennisplatform.")) == ["Jan Peeters"]
    assert names(told(settings, now, "Ikzelf en Els Maes zullen aanwezig zijn.")) == ["An Smet", "Els Maes"]


@pytest.mark.parametrize(
    "words",
    [
        "Ik kom graag, en mijn collega Els Maes komt ook.",
        "Graag ook collega Els Maes inschrijven, ik kom zelf ook.",
        "Hierbij schrijf ik mijzelf en Els Maes (schepen) in.",
        "Ook namens Els Maes: wij komen alle twee naar de bijeenkomst.",
        "Wij komen met twee naar het Kennisplatform, Els Maes sluit ook aan.",
        "Naast mezelf komt ook Els Maes.",
        "Ik ben blij dat ik er kan zijn op het Kennisplatform, samen met Els Maes.",
    ],
)
def test_who_comes_beside_those_they_name_is_read_too(settings: Settings, now: datetime, words: str) -> None:
    assert names(told(settings, now, words)) == ["An Smet", "Els Maes"]


def test_what_is_to_be_noted_beside_a_withdrawal_is_passed_on(settings: Settings, now: datetime) -> None:
    words = "Els Maes kan niet komen. En voor mij geen varkensvlees op mijn bord."
    said = told(settings, now, words)
    assert (said.intent, said.named) == (Intent.EXCUSE, ("Els Maes",))
    assert "varkensvlees" in said.question


@pytest.mark.parametrize(
    "words",
    [
        "Ik schrijf me in na overleg met Els Maes.",
        "Wij komen met vier: Jan Peeters en Els Maes.",
        "Hierbij kondigt Els Maes aan dat ik aanwezig ben.",
    ],
)
def test_nobody_is_read_where_a_name_is_left_over(settings: Settings, now: datetime, words: str) -> None:
    submission = told(settings, now, words)
    assert submission.told == ()
    assert submission.intent is not Intent.REGISTER


def test_a_list_of_names_and_data_from_a_known_body_leaves_nothing_to_ask(
    settings: Settings, now: datetime
) -> None:
    submission = told(settings, now, "Deelnemers Damme:\nJan Peeters, 0475 12 34 56", *SIGNED)
    assert submission.told_doubts == ()
    assert submission.told[0].text("phone") == "0475 12 34 56"
    printed = as_json("mail.eml", submission)
    assert (printed["outcome"], printed["event"], len(printed["people"])) == ("form", "kis-2026-3", 1)


def test_the_day_in_the_sentence_names_the_event(settings: Settings, now: datetime) -> None:
    submission = told(
        settings, now, "Ik schrijf mij graag in voor het overleg van 3 december.", subject="inschrijving"
    )
    assert [clue.event for clue in submission.clues] == ["kis-2026-3"]
    assert names(submission) == ["An Smet"]


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("Zijn Jan Peeters en Els Maes al ingeschreven?", SUBJECT),
        ("Wij bekijken nog of Jan Peeters naar het Kennisplatform komt.", SUBJECT),
        ("Jan Peeters komt niet naar het Kennisplatform.", SUBJECT),
        ("Graag schrijf ik mij in voor de cursus van 14 januari.", "Inschrijving cursus EHBO"),
        ("Ik kom graag eens langs.", "Afspraak"),
        ("Dank voor de uitnodiging.", SUBJECT),
        ("Verslag\nAanwezig: Jan Peeters, Els Maes", SUBJECT),
    ],
)
def test_nobody_is_registered_by_other_words(
    settings: Settings, now: datetime, words: str, subject: str
) -> None:
    assert told(settings, now, words, *SIGNED, subject=subject).told == ()


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("Graag 2 plaatsen voor stad Damme: Els Maes (schepen) en Jan Poot (jurist, jan@x.example)", True),
        ("Gelieve in te schrijven voor het platform:\n- Els Maes\n- Jan Poot, raadslid", False),
    ],
)
def test_a_list_behind_a_sentence_that_asks_places_is_read(
    settings: Settings, now: datetime, words: str, *, asked: bool
) -> None:
    said = told(settings, now, words, subject="Inschrijvingen kennisplatform")
    assert (said.intent, names(said)) == (Intent.REGISTER, ["Els Maes", "Jan Poot"])
    assert bool(said.told_doubts) is asked


@pytest.mark.parametrize(
    ("written", "asked"), [("An Smet", False), ("Lies Baert", False), ("Zorin Baert", True)]
)
def test_a_name_in_one_line_is_divided_as_the_senders_address_spells_it(
    settings: Settings, now: datetime, written: str, asked: bool
) -> None:
    block = (f"Naam: {written}", "Bestuur: Damme", "Functie: schepen", "Gsm: 0475 12 34 56")
    words = "\n".join(("Hierbij bevestig ik mijn deelname.", *block))
    said = told(settings, now, words)
    assert [person.text("last_name") for person in said.people] == [written.split()[1]]
    assert ("last_name" in {problem.field for problem in said.problems}) == asked


def test_who_brings_somebody_without_a_name_is_not_registered_alone(
    settings: Settings, now: datetime
) -> None:
    said = told(settings, now, "Ik breng onze nieuwe jurist mee naar het Kennisplatform.")
    assert (said.told, said.intent) == ((), Intent.UNCLEAR)


def test_the_place_of_the_meeting_is_nobodys_organisation(settings: Settings, now: datetime) -> None:
    sender = Address("an.smet@post.example", "An Smet")
    body = lines("Kan u mij inschrijven voor het Kennisplatform in Beernem?")
    message = Message("<1@post.example>", sender, SUBJECT, None, body=tuple(body))
    said = understand_message(message, (), settings, frozenset(), now)
    assert [person.text("organisation") for person in said.told] == [""]


def test_who_cancels_on_a_day_that_no_meeting_has_withdraws_from_none(
    settings: Settings, now: datetime
) -> None:
    other = "Op 14 januari 2031 kan ik niet aanwezig zijn."
    assert told(settings, now, other).intent in (Intent.UNCLEAR, Intent.MAYBE_WITHDRAW)
    away = "Ik kan niet komen, ik ben in het buitenland tot 14 januari 2031."
    assert told(settings, now, away).intent is Intent.EXCUSE


def test_a_self_registration_that_somebody_passes_on_is_of_who_wrote_it(
    settings: Settings, now: datetime
) -> None:
    inner = Message(
        "",
        Address("an.smet@damme.example", "An Smet"),
        SUBJECT,
        None,
        body=lines("Ik schrijf mij in voor het Kennisplatform."),
    )
    outer = Message(
        "<1@post.example>",
        Address("onthaal@damme.example", "Onthaal Damme"),
        f"FW: {SUBJECT}",
        None,
        body=(
            *lines("Voor jullie, denk ik."),
            line("Ik schrijf mij in voor het Kennisplatform.", 5, quote=1),
        ),
        forwarded=inner,
    )
    assert names(understand_message(outer, (), settings, frozenset(), now)) == ["An Smet"]


def test_whose_own_address_of_a_known_body_spells_their_name_is_asked_nothing(
    settings: Settings, now: datetime
) -> None:
    bruges = Organisations(organisation=(Organisation(name="Brugge", domains=("brugge.example",)),), lists={})
    settings = replace(settings, organisations=bruges)
    head = "Gelieve volgende personen in te schrijven voor het Kennisplatform:"
    said = told(
        settings, now, f"{head}\n- Jan Peeters, schepen, jan.peeters@brugge.example\n- Maes Els, raadslid"
    )
    assert names(said) == ["Jan Peeters", "Els Maes"]
    assert {problem.person for problem in said.told_doubts} == {1}


def test_a_full_signature_counts_below_any_words_of_coming(settings: Settings, now: datetime) -> None:
    said = told(settings, now, "Ik zal aanwezig zijn op het Kennisplatform.", *SIGNED, subject="Ja")
    assert [answer.signed for key, answer in said.told[0].answers.items() if key == "last_name"] == [True]


def test_a_running_sentence_may_list_people_with_what_is_told_of_each(
    settings: Settings, now: datetime
) -> None:
    words = (
        "Onze afvaardiging op het kennisplatform zal bestaan uit de heer Jan Peeters, schepen van wegen, "
        "bereikbaar op jan.peeters@damme.example, en mevrouw Els Maes, diensthoofd, "
        "Stad Damme, 0475 12 34 56."
    )
    said = told(settings, now, words)
    assert names(said) == ["Jan Peeters", "Els Maes"]
    first, second = said.told
    assert (first.text("role"), first.text("email")) == ("schepen van wegen", "jan.peeters@damme.example")
    assert (second.text("role"), second.text("phone")) == ("diensthoofd", "0475 12 34 56")


def test_what_stands_behind_a_name_is_told_of_it(settings: Settings, now: datetime) -> None:
    words = "Jan Peeters raadslid gemeente Damme schrijft zich in voor het kennisplatform."
    (person,) = told(settings, now, words).told
    assert person.text("role") == "raadslid"


def test_the_data_of_the_only_one_may_stand_in_sentences_of_their_own(
    settings: Settings, now: datetime
) -> None:
    words = (
        "Gelieve Jan Peeters in te schrijven voor het kennisplatform. Zijn mail: jan.peeters@damme.example. "
        "Zijn gsm: 0475 12 34 56."
    )
    (person,) = told(settings, now, words).told
    assert (person.text("email"), person.text("phone")) == ("jan.peeters@damme.example", "0475 12 34 56")


def test_beside_an_excuse_a_list_registers_nobody(settings: Settings, now: datetime) -> None:
    said = told(settings, now, "Aanwezig: Jan Peeters, Koen Claes\nVerontschuldigd: Els Maes")
    assert said.told == ()


def test_who_comes_with_somebody_is_on_the_list_too(settings: Settings, now: datetime) -> None:
    said = told(
        settings, now, "Ik kom graag naar het kennisplatform, alsook mijn collega Jan Peeters.", *SIGNED
    )
    assert sorted(names(said)) == ["An Smet", "Jan Peeters"]


def test_the_signature_of_who_excuses_themselves_tells_their_function(
    settings: Settings, now: datetime
) -> None:
    said = told(settings, now, "Ik kan er helaas niet bij zijn op het kennisplatform.", *SIGNED)
    assert (said.intent, said.told) == (Intent.EXCUSE, ())
    assert said.writer is not None
    assert (said.writer.text("role"), said.writer.text("phone")) == ("Schepen", "0475 12 34 56")
    other = told(
        settings, now, "Ik kan er helaas niet bij zijn op het kennisplatform.", "Els Maes", "Schepen"
    )
    assert other.writer is None


@pytest.mark.parametrize(
    "words",
    [
        "Graag 3 plaatsen voor het kennisplatform: Jan Peeters en Els Maes.",
        "Gelieve Jan Peeters in te schrijven voor het kennisplatform. Ook els (els.maes@damme.example).",
    ],
)
def test_of_several_people_none_is_left_out_in_silence(settings: Settings, now: datetime, words: str) -> None:
    assert told(settings, now, words).told == ()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Als schepen van mobiliteit van Gemeente Damme schrijf ik mij in.", "schepen van mobiliteit"),
        ("In mijn hoedanigheid van raadslid moet ik mij verontschuldigen.", "raadslid"),
        ("Als burgemeester Claes komt, kom ik ook.", ""),
        ("Als schepen kan hij niet komen.", ""),
    ],
)
def test_the_function_as_which_somebody_writes_is_theirs(text: str, role: str) -> None:
    assert role_of_writer([text]) == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Onze schepen van cultuur Tine Dekeyser kan niet.", "schepen van cultuur"),
        ("Burgemeester Tine Dekeyser laat zich verontschuldigen.", "burgemeester"),
        ("Schepen van cultuur Tine Dekeyser kan niet.", "schepen van cultuur"),
        ("Tine Dekeyser, diensthoofd omgeving, kan niet.", "diensthoofd omgeving"),
        ("Tine Dekeyser kan niet.", ""),
    ],
)
def test_the_function_beside_a_name_is_of_whoever_bears_it(text: str, role: str) -> None:
    assert roles_of(("Tine Dekeyser",), [text]) == (role,)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "Mijn functie is sinds september coördinator klantenzorg, niet meer diensthoofd.",
            "coördinator klantenzorg",
        ),
        ("Mijn functie is sinds 1 mei 2026 schepen.", "schepen"),
        ("Ma fonction est depuis le 1er mai échevin.", "échevin"),
    ],
)
def test_since_when_somebody_has_a_function_is_no_part_of_it(text: str, role: str) -> None:
    assert new_role(text) == role


def test_since_when_somebody_has_a_number_is_no_part_of_it() -> None:
    (said, *_) = statements_in("mijn gsm is sinds 1 mei 0478 12 34 56")
    assert said.value == "0478 12 34 56"


HEAD = "Gelieve volgende personen in te schrijven voor het Kennisplatform:"


def test_a_name_with_its_function_from_the_senders_own_body_is_no_guess(
    settings: Settings, now: datetime
) -> None:
    damme = Organisation(name="Damme", domains=("damme.example",))
    brugge = Organisation(name="Brugge", domains=("brugge.example",))
    settings = replace(settings, organisations=Organisations(organisation=(damme, brugge), lists={}))
    listed = ("Jan Peeters, burgemeester", "Els Maes (schepen)", "Koen De Smet, jurist, gsm 0478 12 34 56")
    said = told(settings, now, "\n- ".join((HEAD, *listed)))
    assert (names(said), said.told_doubts) == (["Jan Peeters", "Els Maes", "Koen De Smet"], ())
    name = {("last_name", Reason.WHICH_NAME_IS_FIRST), ("first_name", Reason.WHICH_NAME_IS_FIRST)}
    body, everything = {("organisation", Reason.FROM_WORDS)}, {"last_name", "first_name", "organisation"}
    asked = {
        "Jan Peeters": set[tuple[str, Reason]](),
        "Simon Thomas, raadslid": name,
        "Wim Claes, schepen Brugge": body,
        "Maes Els, schepen": name,
        "Bo Claes (nog te bevestigen)": {(field, Reason.FROM_WORDS) for field in everything},
    }
    said = told(settings, now, "\n- ".join((HEAD, *asked)))
    for number, expected in enumerate(asked.values()):
        doubts = {(one.field, one.reason) for one in said.told_doubts if one.person == number}
        assert doubts == expected, names(said)[number]
    assert names(said)[3] == "Els Maes"
    written = lines("\n- ".join((HEAD.replace("voor", "voor Damme voor"), *listed)))
    stranger = Message("<1@x.example>", Address("an@x.example", "An"), SUBJECT, None, body=written)
    said = understand_message(stranger, (), settings, frozenset(), now)
    assert {one.field for one in said.told_doubts} <= {"organisation"}, "of no body that is known"
    assert not any(one.organisation_known for one in said.told) or said.told_doubts


@pytest.mark.parametrize(
    "beside",
    ["gsm 0478 12 34 56", "tel. 0478 12 34 56", "gsm: 0478 12 34 56", "tel 0478/12.34.56", "0478 12 34 56"],
)
@pytest.mark.parametrize("joined", ["{}, {}", "{} ({})", "{} - {}", "{} {}"])
def test_a_telephone_behind_a_function_is_its_persons_and_no_part_of_it(
    settings: Settings, now: datetime, beside: str, joined: str
) -> None:
    first, second = joined.format("Jan Peeters, directeur", beside), "Els Maes, schepen"
    (jan, els) = told(settings, now, f"{HEAD}\n- {first}\n- {second}").told
    assert (jan.text("role"), els.text("role"), els.text("phone")) == ("directeur", "schepen", "")
    assert "".join(filter(str.isdigit, jan.text("phone"))) == "0478123456"
