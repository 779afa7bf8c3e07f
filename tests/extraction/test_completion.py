"""A plain answer in the thread of our question completes a registration, or is left alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.config.loader import load
from mailbot.config.settings import Settings
from mailbot.domain.decision import Ask, PendingQuestion
from mailbot.domain.doubt import Reason
from mailbot.domain.form import Form
from mailbot.domain.organisation import Organisation, Organisations
from mailbot.domain.registration import Registration, Status
from mailbot.domain.submission import (
    Answer,
    Code,
    Intent,
    Person,
    Problem,
    Submission,
    SubmissionKind,
    Value,
)
from mailbot.intent.classifier import read_intent
from mailbot.intent.follow_up import complete
from mailbot.message import parse

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)

CONFIGURATION = """
[[mailbox]]
name = "main"
host = "imap.example"
user = "in@vvsg.example"
password_env = "NONE"
since = 2026-09-01
address = "Secretariaat <in@vvsg.example>"
[smtp]
host = "smtp.example"
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("config")
    (folder / "mailbot.toml").write_text(CONFIGURATION)
    loaded = load(Path(folder / "mailbot.toml"))
    known = Organisations(
        organisation=(Organisation(name="Brugge"), Organisation(name="OCMW Damme", kind="OCMW")), lists={}
    )
    return replace(loaded, organisations=known)


@pytest.fixture(scope="module")
def form(settings: Settings) -> Form:
    return settings.forms["kennisplatform"]


def answered(
    text: str,
    settings: Settings,
    form: Form,
    missing: tuple[str, ...] = (),
    unsure: Mapping[str, Value] | None = None,
    kind: Ask = Ask.INCOMPLETE,
    code: Code = Code.UNSURE,
) -> Submission:
    """What a reply says to the question for what is ``missing`` and what is ``unsure``, by this ``code``."""
    doubts = [Problem(0, key, Code.MISSING, Reason.MISSING) for key in missing]
    doubts += [Problem(0, key, code, Reason.CONFIRM, str(value)) for key, value in (unsure or {}).items()]
    registration = Registration(
        "INS-0007",
        "e",
        Status.INCOMPLETE,
        dict(unsure or {}),
        NOW,
        NOW,
        NOW,
        sender="jan@x.example",
        doubts=tuple(doubts),
    )
    message = parse(f"From: jan@x.example\nSubject: Re: u\n\n{text}\n".encode(), frozenset())
    wish = read_intent(message)
    said = Submission(
        SubmissionKind.NO_FORM, intent=wish.intent, words=wish.words, question=wish.question, acts=wish.acts
    )
    return complete(said, PendingQuestion(kind, "e", ("INS-0007",), (registration,)), form, settings)


def values(submission: Submission) -> dict[str, Value]:
    assert len(submission.people) == 1
    return {key: answer.value for key, answer in submission.people[0].answers.items()}


@pytest.mark.parametrize(
    ("text", "missing", "expected"),
    [
        ("OCMW Damme", ("organisation",), {"organisation": "OCMW Damme"}),
        ("Ik werk voor OCMW Damme.", ("organisation",), {"organisation": "OCMW Damme"}),
        ("OCMW Damme, dank u", ("organisation",), {"organisation": "OCMW Damme"}),
        ("Sorry, dat was ik vergeten: OCMW Damme.", ("organisation",), {"organisation": "OCMW Damme"}),
        ("jan@brugge.example", ("email",), {"email": "jan@brugge.example"}),
        ("Mijn mail is jan@brugge.example", ("email",), {"email": "jan@brugge.example"}),
        ("0478 12 34 56", ("phone",), {"phone": "0478 12 34 56"}),
        ("Voornaam: Jan", ("first_name",), {"first_name": "Jan"}),
        ("mijn voornaam is Jan", ("first_name", "organisation"), {"first_name": "Jan"}),
        ("Jan", ("first_name",), {"first_name": "Jan"}),
        ("Jan.", ("first_name",), {"first_name": "Jan"}),
        ("Ja, ik kom.", ("attends",), {"attends": True}),
        ("Oei, ik kom wel hoor!", ("attends",), {"attends": True}),
        (
            "Ik ben burgemeester, dat ontbreekt nog. Mijn nummer is 050 28 95 00.",
            (),
            {"role": "burgemeester", "phone": "050 28 95 00"},
        ),
        ("Ik ben er zeker bij.\n\nJan", ("attends",), {"attends": True}),
        ("Jan is de voornaam.", ("first_name",), {"first_name": "Jan"}),
        ("Gemeente Damme (en niet het OCMW)", ("organisation",), {"organisation": "Gemeente Damme"}),
        ("Damme hoor", ("organisation",), {"organisation": "Damme"}),
        (
            "Ik ben van OCMW Damme en mijn mailadres is jan@damme.example.",
            ("organisation", "email"),
            {"organisation": "OCMW Damme", "email": "jan@damme.example"},
        ),
        (
            "Op mijn toestel vind ik dat teken niet, 't moet jan@damme.example zijn",
            ("email",),
            {"email": "jan@damme.example"},
        ),
        (
            "U kan mij bereiken op volgend adres: jan@damme.example",
            ("email",),
            {"email": "jan@damme.example"},
        ),
        ("Jan", ("first_name", "organisation"), {}),
        (
            "Jan\nOCMW Damme",
            ("first_name", "organisation"),
            {"first_name": "Jan", "organisation": "OCMW Damme"},
        ),
        (
            "Jan, OCMW Damme, jan@damme.example",
            ("first_name", "organisation", "email"),
            {"first_name": "Jan", "organisation": "OCMW Damme", "email": "jan@damme.example"},
        ),
        (
            "Beste\n\nStad Brugge\n\nMet vriendelijke groeten\nJan",
            ("organisation",),
            {"organisation": "Stad Brugge"},
        ),
        (
            "Bestuur: Brugge. Mijn gsm is trouwens 0471 22 33 44.",
            ("organisation",),
            {"organisation": "Brugge", "phone": "0471 22 33 44"},
        ),
        ("PEETERS Jan", ("last_name", "first_name"), {"last_name": "PEETERS", "first_name": "Jan"}),
        (
            "Oei, vergeten! Ik ben van de gemeente Brugge.",
            ("organisation",),
            {"organisation": "gemeente Brugge"},
        ),
        ("Van Brugge natuurlijk, al jaren.", ("organisation",), {"organisation": "Brugge"}),
        ("Il s'agit de l'administration de Brugge.", ("organisation",), {"organisation": "Brugge"}),
        (
            "Foutje van mijn kant, het moet zijn jan@brugge.example",
            ("email",),
            {"email": "jan@brugge.example"},
        ),
        ("Het betreft OCMW Deinze.", ("organisation",), {"organisation": "OCMW Deinze"}),
        (
            "Ik ben raadslid in Deinze, dus Gemeente Deinze",
            ("organisation",),
            {"organisation": "Gemeente Deinze"},
        ),
        ("Il s'agit de CPAS Mouscron.", ("organisation",), {"organisation": "CPAS Mouscron"}),
        (
            "Bonjour, mon prénom est Els. Désolée pour l'oubli.",
            ("first_name",),
            {"first_name": "Els"},
        ),
        (
            "Mijn voornaam is Jan, dat was ik vergeten in te vullen. Excuseer!",
            ("first_name",),
            {"first_name": "Jan"},
        ),
        (
            "Mail gerust naar dit adres hier: jan@x.example, dat lees ik elke dag",
            ("email",),
            {"email": "jan@x.example"},
        ),
        ("ja", ("attends",), {"attends": True}),
        ("neen", ("attends",), {"attends": False}),
    ],
)
def test_plain_answers_find_the_field_that_was_asked(
    text: str, missing: tuple[str, ...], expected: dict[str, Value], settings: Settings, form: Form
) -> None:
    submission = answered(text, settings, form, missing)
    if not expected:
        assert submission.people == ()
        return
    assert values(submission) == expected
    assert submission.problems == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mijn naam is Els Maes, meer niet.", "Maes"),
        ("De naam is Els Maes.", "Maes"),
        ("Naam: Maes Els", "Maes"),
        ("Naam: Maes", "Maes"),
        ("Mijn naam is Van den Berghe.", "Van den Berghe"),
    ],
)
def test_a_whole_name_where_the_name_was_asked_does_not_take_in_the_known_first_name(
    text: str, name: str, settings: Settings, form: Form
) -> None:
    known = {"first_name": "Els", "last_name": "Maes 2"}
    assert values(answered(text, settings, form, (), known))["last_name"] == name


def test_every_answer_says_which_line_it_came_from(settings: Settings, form: Form) -> None:
    submission = answered("Jan\nOCMW Damme", settings, form, ("first_name", "organisation"))
    answers = submission.people[0].answers
    assert (str(answers["first_name"].where), str(answers["organisation"].where)) == (
        "antwoord, regel 1",
        "antwoord, regel 2",
    )
    assert submission.people[0].organisation_known == "OCMW Damme"


@pytest.mark.parametrize("text", ["ja", "Ja, dat klopt.", "klopt\n\nGroeten\nJan", "Alles klopt, dank u"])
def test_a_plain_yes_confirms_what_was_doubted(text: str, settings: Settings, form: Form) -> None:
    submission = answered(text, settings, form, unsure={"email": "jan@gmial.com"})
    assert values(submission) == {"email": "jan@gmial.com"}
    assert submission.problems == ()


@pytest.mark.parametrize("code", [Code.INVALID, Code.AMBIGUOUS])
def test_a_plain_yes_confirms_nothing_that_cannot_be_right(
    code: Code, settings: Settings, form: Form
) -> None:
    said = answered("ja", settings, form, unsure={"email": "jan@gmial"}, code=code)
    assert said.people == ()


def test_a_yes_with_a_correction_takes_the_correction(settings: Settings, form: Form) -> None:
    submission = answered(
        "Ja, maar mijn e-mail is jan@gmail.com", settings, form, unsure={"email": "jan@gmial.com"}
    )
    assert values(submission) == {"email": "jan@gmail.com"}


def test_a_yes_with_a_greeting_behind_it_asks_nobody_anything(settings: Settings, form: Form) -> None:
    said = answered("Ja, dat is correct. Tot dan!", settings, form, unsure={"last_name": "Peeters"})
    assert values(said) == {"last_name": "Peeters"}
    assert said.question == ""


def test_a_yes_says_nothing_of_what_was_missing(settings: Settings, form: Form) -> None:
    assert answered("ja", settings, form, ("organisation",)).people == ()


def test_a_full_name_that_could_be_read_two_ways_is_doubted(settings: Settings, form: Form) -> None:
    submission = answered("Thomas Jan", settings, form, ("last_name", "first_name"))
    assert {problem.code for problem in submission.problems} == {Code.UNSURE}


def test_an_invalid_answer_is_a_problem_and_no_answer(settings: Settings, form: Form) -> None:
    submission = answered("E-mail: jan.brugge", settings, form, ("email",))
    assert [(p.field, p.code) for p in submission.problems] == [("email", Code.INVALID)]


@pytest.mark.parametrize(
    "text",
    [
        "Bedankt!",
        "Gelieve mij uit te schrijven",
        "Ik kan niet bij de lunch zijn",
        "",
        "Wat bedoelt u?",
        "nee",
    ],
)
def test_what_is_no_answer_is_left_as_it_is(text: str, settings: Settings, form: Form) -> None:
    submission = answered(text, settings, form, ("organisation",))
    assert submission.people == ()


def test_other_questions_of_ours_are_not_answered_by_values(settings: Settings, form: Form) -> None:
    assert answered("OCMW Damme", settings, form, ("organisation",), kind="which").people == ()


def test_words_beside_an_answer_are_kept_for_a_person(settings: Settings, form: Form) -> None:
    submission = answered(
        "OCMW Damme\nMijn collega Piet Pieters zou ook graag meekomen en eet vegetarisch",
        settings,
        form,
        ("organisation",),
    )
    assert "Piet Pieters" in submission.question
    assert submission.intent is Intent.FORM


@pytest.mark.parametrize(
    "text",
    [
        "Dat is OCMW Damme, excuses voor het vergeten vakje.",
        "OCMW Damme dus, dacht dat dat duidelijk was.",
        "OCMW Damme\ngrtjs Jan",
    ],
)
def test_why_an_answer_was_missing_needs_nobody(text: str, settings: Settings, form: Form) -> None:
    submission = answered(text, settings, form, ("organisation",))
    assert (values(submission), submission.question) == ({"organisation": "OCMW Damme"}, "")


@pytest.mark.parametrize("text", ["Ik werk niet meer bij OCMW Damme.", "Ik was vroeger van OCMW Damme."])
def test_a_body_that_is_denied_is_no_answer(text: str, settings: Settings, form: Form) -> None:
    assert answered(text, settings, form, ("organisation",)).people == ()


def test_an_address_beside_somebody_who_comes_along_is_theirs(settings: Settings, form: Form) -> None:
    text = "Mag Piet Pieters ook mee? Mail piet.pieters@damme.example"
    assert answered(text, settings, form, kind=Ask.TOLD).people == ()


@pytest.mark.parametrize(
    "text",
    ["Ik laat het nog weten.", "Dat weet ik nog niet", "Wat bedoelt u", "Zie bijlage", "Sorry, te druk"],
)
def test_a_sentence_is_never_taken_for_the_body_or_name_that_was_asked(
    text: str, settings: Settings, form: Form
) -> None:
    assert answered(text, settings, form, ("organisation",)).people == ()
    assert answered(text, settings, form, ("last_name",)).people == ()


def test_an_answer_in_small_letters_that_nobody_knows_is_asked_back(settings: Settings, form: Form) -> None:
    submission = answered("de federatie", settings, form, ("organisation",))
    assert [problem.code for problem in submission.problems] == [Code.UNSURE]


def test_a_body_is_recognised_by_its_kind_among_other_words(settings: Settings, form: Form) -> None:
    submission = answered("Oei vergeten, OCMW Deinze.", settings, form, ("organisation",))
    assert values(submission) == {"organisation": "OCMW Deinze"}
    assert submission.question == ""


def test_a_number_under_the_answer_is_not_taken_for_another_answer(settings: Settings, form: Form) -> None:
    submission = answered("Stad Brugge\nT 056 11 22 33", settings, form, ("organisation",))
    assert values(submission) == {"organisation": "Stad Brugge"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mijn gsm-nummer is eigenlijk 0499 88 77 66.", {"phone": "0499 88 77 66"}),
        ("Functie: schepen", {"role": "schepen"}),
        ("Gelieve mijn functie te wijzigen in diensthoofd.", {"role": "diensthoofd"}),
        ("Mijn nieuwe e-mailadres is jan@damme.example", {"email": "jan@damme.example"}),
        ("Kan u mijn e-mailadres aanpassen naar jan@damme.example", {"email": "jan@damme.example"}),
        ("Kunnen jullie noteren dat ik vegetarisch eet? Alvast bedankt!", {"diet": "vegetarisch"}),
        ("Ik heb een notenallergie. Graag hiermee rekening houden aub.", {"diet": "notenallergie"}),
        ('Mijn functie is "jurist". Graag ook zo op het naamkaartje.', {"role": "jurist"}),
        ("Geachte mevrouw, heer\n\nMijn functie is jurist.", {"role": "jurist"}),
        ("Mijn telefoonnummer is gewijzigd, het nieuwe is 050 12 34 56.", {"phone": "050 12 34 56"}),
    ],
)
def test_an_answer_to_what_we_told_changes_what_it_names(
    text: str, expected: dict[str, Value], settings: Settings, form: Form
) -> None:
    submission = answered(text, settings, form, kind=Ask.TOLD)
    assert values(submission) == expected
    assert submission.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "Bedankt",
        "Tot dan\n\n0478 12 34 56",
        "Mijn functie is niet juist.",
        "OCMW Damme",
        "Jan",
        "ja, klopt",
        "Mijn gsm is gewijzigd.",
    ],
)
def test_what_names_no_new_answer_changes_nothing(text: str, settings: Settings, form: Form) -> None:
    assert answered(text, settings, form, kind=Ask.TOLD).people == ()


@pytest.mark.parametrize(
    "text",
    [
        "Gelieve mijn gsm-nummer te vervangen door 0478 12 34 56.",
        "Hallo, mijn gsm is intussen 0478 12 34 56. Kan je dat wijzigen aub?",
        "Telefoon: 0478 12 34 56\ngroeten, Jan Peeters",
        "Wil je mijn telefoonnummer aanpassen naar 0478 12 34 56 aub?",
    ],
)
def test_a_change_of_a_number_in_our_thread_is_taken_and_nothing_is_left_to_ask(
    text: str, settings: Settings, form: Form
) -> None:
    known: dict[str, Value] = {"first_name": "Jan", "last_name": "Peeters"}
    submission = changed(text, known, settings, form)
    assert values(submission) == {"phone": "0478 12 34 56"}
    assert not submission.question


@pytest.mark.parametrize(
    "text",
    [
        "Gelieve mijn gsm-nummer 0478 12 34 56 te schrappen.",
        "Mijn gsm 0478 12 34 56 werkt niet meer, gelieve aan te passen.",
        "Gelieve mijn gsm-nummer niet te vervangen door 0478 12 34 56.",
        "Gelieve de gsm van mijn collega te vervangen door 0478 12 34 56.",
        "Gelieve mijn gsm 0471 22 33 44 te vervangen door 0478 12 34 56.",
        "Gelieve mijn gsm te vervangen door 0478 12 34.",
    ],
)
def test_a_number_that_is_not_plainly_the_new_one_of_the_writer_is_left(
    text: str, settings: Settings, form: Form
) -> None:
    assert not changed(text, {}, settings, form).people


def test_another_thing_asked_beside_a_change_is_kept(settings: Settings, form: Form) -> None:
    text = "Mijn gsm is intussen 0478 12 34 56. Kan je dat wijzigen? Is er parking aan het gebouw?"
    submission = changed(text, {}, settings, form)
    assert values(submission) == {"phone": "0478 12 34 56"}
    assert submission.question == "Is er parking aan het gebouw?"


def changed(text: str, known: dict[str, Value], settings: Settings, form: Form) -> Submission:
    """What a reply to our confirmation says of somebody who is registered."""
    registration = Registration("INS-0007", "e", Status.REGISTERED, known, NOW, NOW, NOW)
    wish = read_intent(parse(f"From: jan@x.example\nSubject: Re: u\n\n{text}\n".encode(), frozenset()))
    said = Submission(
        SubmissionKind.NO_FORM, intent=wish.intent, words=wish.words, question=wish.question, acts=wish.acts
    )
    return complete(said, PendingQuestion(Ask.TOLD, "e", ("INS-0007",), (registration,)), form, settings)


def test_of_a_full_name_only_the_part_that_was_asked_is_taken(settings: Settings, form: Form) -> None:
    known = {"last_name": "De Smet"}
    assert values(answered("Jan De Smet", settings, form, ("first_name",), known))["first_name"] == "Jan"
    assert values(answered("De Smet Jan", settings, form, ("first_name",), known))["first_name"] == "Jan"


def test_a_request_for_the_change_that_was_found_is_no_question(settings: Settings, form: Form) -> None:
    said = changed("Pourriez-vous corriger mon GSM ? Le bon est le 0478 12 34 56.", {}, settings, form)
    assert (values(said), said.question) == ({"phone": "0478 12 34 56"}, "")


@pytest.mark.parametrize("text", ["Gewoon Peeters, zonder 2", "haha die 2 is per ongeluk, gewoon Peeters"])
def test_what_an_answer_repeats_of_a_doubted_name_is_the_name(
    text: str, settings: Settings, form: Form
) -> None:
    assert values(answered(text, settings, form, unsure={"last_name": "Peeters 2"})) == {
        "last_name": "Peeters"
    }


def test_a_sentence_about_a_doubted_name_is_no_name(settings: Settings, form: Form) -> None:
    said = answered("Die 2 hoort er echt bij", settings, form, unsure={"last_name": "Peeters 2"})
    assert not said.people


def test_another_name_beside_the_doubted_one_settles_nothing(settings: Settings, form: Form) -> None:
    said = answered(
        "Nee, Peeters is mijn man. Ik heet Pieters.", settings, form, unsure={"last_name": "Peeters 2"}
    )
    assert not said.people or said.people[0].answers["last_name"].value != "Peeters"


def test_that_the_old_number_goes_needs_nobody_beside_the_new_one(settings: Settings, form: Form) -> None:
    text = "Ik ben voortaan bereikbaar op 0486 99 88 77. Het oude nummer mag weg."
    said = answered(text, settings, form, unsure={"phone": "0478 12 34 56"}, kind=Ask.TOLD)
    assert (values(said), said.question) == ({"phone": "0486 99 88 77"}, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nr klopt niet moet 0478 12 34 56 zijn", {"phone": "0478 12 34 56"}),
        ("Het juiste nummer is 0478 12 34 56.", {"phone": "0478 12 34 56"}),
        ("Mijn nieuwe functie: diensthoofd.", {"role": "diensthoofd"}),
        ("Alles klopt, behalve de gsm. Het is 0478 12 34 56.", {"phone": "0478 12 34 56"}),
        ("Ik ben vegetariër, dat was ik vergeten.", {"diet": "vegetariër"}),
        ("Geen vis voor mij aub", {"diet": "Geen vis"}),
        ("nieuw nr 0478 12 34 56, oude nt meer gebruiken", {"phone": "0478 12 34 56"}),
        ("Mijn oude gsm stond er nog op. Dit is de juiste 👉 0478 12 34 56", {"phone": "0478 12 34 56"}),
        ("Mijn gsm is veranderd. Het nieuwe nummer luidt 0478 12 34 56.", {"phone": "0478 12 34 56"}),
    ],
)
def test_what_is_told_is_corrected_in_the_words_that_people_use(
    settings: Settings, form: Form, text: str, expected: dict[str, Value]
) -> None:
    assert values(answered(text, settings, form, kind=Ask.TOLD)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mijn voornaam wordt met een c geschreven.",
        "Het nummer van mijn collega is 0478 12 34 56.",
        "Mijn gsm 0478 12 34 56 werkt niet meer.",
        "Allergisch voor noten en voor schaaldieren",
        "Mijn vrouw is vegetariër.",
        "Functie: klopt",
    ],
)
def test_what_is_no_value_or_somebody_elses_is_left_to_a_person(
    settings: Settings, form: Form, text: str
) -> None:
    assert not answered(text, settings, form, kind=Ask.TOLD).people


def test_a_no_before_another_name_is_no_yes(settings: Settings, form: Form) -> None:
    said = answered("klopt niet, 't is Peeters", settings, form, unsure={"last_name": "Peeters 2"})
    assert values(said) == {"last_name": "Peeters"}


def test_talk_beside_an_answer_is_no_question_and_what_is_asked_is(settings: Settings, form: Form) -> None:
    talk = answered(
        "Mijn bril lag in de auto.\nOCMW Damme",
        settings,
        form,
        ("organisation",),
    )
    assert talk.question == ""
    asks = answered("OCMW Damme\nGraag een stoel vooraan.", settings, form, ("organisation",))
    assert asks.question == "Graag een stoel vooraan."


@pytest.mark.parametrize("told", ["Ik hoor niet goed.", "Ik ben blind.", "Ik heb een geleidehond."])
def test_how_somebody_is_reaches_a_person_beside_an_answer(settings: Settings, form: Form, told: str) -> None:
    said = answered(f"OCMW Damme\n{told}", settings, form, ("organisation",))
    assert (values(said), said.question) == ({"organisation": "OCMW Damme"}, told)


@pytest.mark.parametrize(
    "told",
    [
        "Ik ben allergisch voor noten, pinda's en soja.",
        "Ik ben vegetarisch, mijn collega Jan Peeters eet alles.",
    ],
)
def test_what_stands_behind_a_diet_is_not_lost(settings: Settings, form: Form, told: str) -> None:
    said = answered(f"OCMW Damme\n{told}", settings, form, ("organisation",))
    assert (values(said), said.question) == ({"organisation": "OCMW Damme"}, told)


@pytest.mark.parametrize(
    ("text", "expected", "told"),
    [
        (
            "OCMW Damme\nIk ben vegetarisch, en ik zit in een rolstoel.",
            {"organisation": "OCMW Damme", "diet": "vegetarisch"},
            "en ik zit in een rolstoel.",
        ),
        (
            "Ik werk bij OCMW Damme en zit in een rolstoel",
            {"organisation": "OCMW Damme"},
            "zit in een rolstoel",
        ),
        (
            "Mijn gsm is 0478 12 34 56 en ik zit in een rolstoel.",
            {"phone": "0478 12 34 56"},
            "ik zit in een rolstoel.",
        ),
        (
            "OCMW Damme\nSorry voor de vergissing, liefst lokaal 2.",
            {"organisation": "OCMW Damme"},
            "Sorry voor de vergissing, liefst lokaal 2.",
        ),
    ],
)
def test_what_stands_around_an_answer_reaches_a_person(
    settings: Settings, form: Form, text: str, expected: dict[str, Value], told: str
) -> None:
    said = answered(text, settings, form, ("organisation", "phone"))
    assert (values(said), said.question) == (expected, told)


def test_an_address_that_spells_somebody_else_is_theirs(settings: Settings, form: Form) -> None:
    known: dict[str, Value] = {"first_name": "Jan", "last_name": "Claes", "email": "jan@x.example"}
    other = "Naast mijzelf komt An Maes, adviseur (e-mailadres: an.maes@x.example)."
    assert "email" not in {k for p in changed(other, known, settings, form).people for k in p.answers}
    own = changed("Mijn e-mailadres is nu claes.jan@y.example.", known, settings, form)
    assert values(own) == {"email": "claes.jan@y.example"}


def test_what_we_are_asked_to_note_and_was_not_found_reaches_a_person(settings: Settings, form: Form) -> None:
    asked = "Mijn gsm is 0478 12 34 56. Kan u ook noteren dat ik in een rolstoel zit?"
    assert "rolstoel" in changed(asked, {}, settings, form).question
    diet = "Kan u noteren dat ik vegetarisch eet?"
    assert values(said := changed(diet, {}, settings, form)) == {"diet": "vegetarisch"}
    assert said.question == ""


def test_a_short_word_is_no_label_with_a_slip_in_it(settings: Settings, form: Form) -> None:
    assert changed("Name: fout", {}, settings, form).people == ()


def test_two_lines_like_a_form_are_the_answer_to_what_was_asked(settings: Settings, form: Form) -> None:
    doubts = (Problem(0, "last_name", Code.UNSURE, Reason.CONFIRM, "Maes 2"),)
    noted: dict[str, Value] = {"last_name": "Maes 2", "first_name": "An"}
    about = Registration("INS-0007", "e", Status.INCOMPLETE, noted, NOW, NOW, NOW, doubts=doubts)
    question = PendingQuestion(Ask.INCOMPLETE, "e", ("INS-0007",), (about,))
    answers = {"last_name": Answer("Maes"), "first_name": Answer("An")}
    said = Submission(SubmissionKind.PERHAPS, form=form.id, people=(Person(answers),))
    assert complete(said, question, form, settings).found is SubmissionKind.FORM
    other = replace(said, people=(Person({**answers, "first_name": Answer("Els")}),))
    assert complete(other, question, form, settings) == other


OF_A_DAY = Form.model_validate(
    {
        "id": "dag",
        "title": "Netwerkdag",
        "field": (
            {"key": "last_name", "label": "Naam", "kind": "name"},
            {"key": "lunch", "label": "Lunch", "kind": "choice", "choices": ("Vlees", "Vis", "Vegetarisch")},
            {
                "key": "sessie",
                "label": "Sessie",
                "kind": "choice",
                "choices": ("Sessie A: wonen", "Sessie B: klimaat"),
            },
            {"key": "wagen", "label": "Ik kom met de wagen", "kind": "yes_no"},
            {"key": "attends", "label": "Ik neem deel", "kind": "yes_no"},
        ),
    }
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Toch liever vlees als lunch.", {"lunch": "Vlees"}),
        ("Vis, in plaats van vlees", {"lunch": "Vis"}),
        ("Ik eet vegetarisch.", {"lunch": "Vegetarisch"}),
        ("liever sessie B", {"sessie": "Sessie B: klimaat"}),
        ("niet met de wagen", {"wagen": False}),
        ("Ik kom toch met de wagen.", {"wagen": True}),
        ("Graag vis. Ik kom niet met de wagen.", {"lunch": "Vis", "wagen": False}),
    ],
)
def test_a_question_of_the_form_is_answered_in_its_own_words(
    settings: Settings, text: str, expected: dict[str, Value]
) -> None:
    said = changed(text, {}, settings, OF_A_DAY)
    assert (values(said), said.question) == (expected, "")


#: A yes or no whose noun is a compound, beside one that shares a word with it.
OF_MAYORS = Form.model_validate(
    {
        "id": "overleg",
        "title": "Overleg",
        "field": (
            {"key": "last_name", "label": "Naam", "kind": "name"},
            {"key": "lunch", "label": "Ik blijf voor de broodjeslunch", "kind": "yes_no"},
            {"key": "visit", "label": "Ik ga mee op bezoek", "kind": "yes_no"},
        ),
    }
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik blijf ook eten.", {"lunch": True}),
        ("Ik lunch graag mee.", {"lunch": True}),
        ("Ik blijf niet voor de broodjes", {"lunch": False}),
        ("Ik ga ook mee op bezoek.", {"visit": True}),
    ],
)
def test_a_yes_is_known_by_the_verb_and_the_noun_of_its_question(
    settings: Settings, text: str, expected: dict[str, Value]
) -> None:
    said = changed(text, {}, settings, OF_MAYORS)
    assert (values(said), said.question) == (expected, "")


@pytest.mark.parametrize(
    "text", ["Ik blijf tot vier uur.", "Ik neem mijn lunch zelf mee.", "Ik wil graag eten."]
)
def test_a_wish_that_says_more_than_a_question_or_less_answers_none(settings: Settings, text: str) -> None:
    assert not changed(text, {}, settings, OF_MAYORS).people


@pytest.mark.parametrize(
    "text",
    [
        "Graag vlees en vis.",
        "niet met de wagen maar met de trein",
        "Kan ik vlees krijgen?",
        "Mijn collega wil vis.",
        "Is er een lunch?",
        "Ik kom niet",
    ],
)
def test_words_that_fit_two_answers_or_say_more_choose_nothing(settings: Settings, text: str) -> None:
    assert not changed(text, {}, settings, OF_A_DAY).people


@pytest.mark.parametrize("text", ["Nu lukt het wel!", "Het formulier gaat nu wel open"])
def test_a_sentence_is_no_name_of_a_body(settings: Settings, form: Form, text: str) -> None:
    assert not answered(text, settings, form, ("organisation",)).people


def test_a_change_for_everybody_is_nobodys_answer(settings: Settings, form: Form) -> None:
    text = "Verander het e-mailadres van iedereen in info@ander.example"
    assert not answered(text, settings, form, kind=Ask.TOLD).people


@pytest.mark.parametrize(
    "text",
    [
        "Ons bestuur is verhuisd naar een ander gebouw",
        "Onze gemeente is overgestapt op een andere centrale.",
        "mijn functie is gewijzigd",
        "mijn naam is veranderd",
    ],
)
def test_what_happened_to_something_is_not_its_value(text: str, settings: Settings, form: Form) -> None:
    assert not answered(text, settings, form, kind=Ask.TOLD).people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mijn nieuwe gsm is 0478 12 34 56, voor alle berichten", "0478 12 34 56"),
        ("mijn gsm-nummer is 0478 12 34 56 ook voor berichten", "0478 12 34 56"),
        ("mijn gsm-nummer is 0478 12 34 56 (privé)", "0478 12 34 56 (privé)"),
    ],
)
def test_a_number_is_taken_without_the_words_behind_it(
    text: str, expected: str, settings: Settings, form: Form
) -> None:
    assert values(answered(text, settings, form, kind=Ask.TOLD)) == {"phone": expected}


def test_words_behind_a_number_reach_a_person(settings: Settings, form: Form) -> None:
    read = answered("Mijn gsm is 0478 12 34 56, bel me om te bevestigen", settings, form, kind=Ask.TOLD)
    assert read.question == "bel me om te bevestigen"


@pytest.mark.parametrize(
    "text",
    [
        "De ontbrekende voornaam is: Jan.",
        "Zoals u vroeg bezorg ik de voornaam: Jan",
        "Mijn voornaam ontbrak, die is Jan",
        "Sorry, de voornaam was ik vergeten. Dat is Jan.",
    ],
)
def test_a_sentence_that_points_to_what_was_asked_gives_its_value(
    text: str, settings: Settings, form: Form
) -> None:
    assert values(answered(text, settings, form, ("first_name",))) == {"first_name": "Jan"}


def test_a_word_that_joins_sentences_is_no_part_of_a_name(settings: Settings, form: Form) -> None:
    text = "Mijn voornaam is Jan, en Maes is mijn achternaam"
    read = answered(text, settings, form, ("first_name",))
    assert values(read) == {"first_name": "Jan", "last_name": "Maes"}


@pytest.mark.parametrize("text", ["Dat is niet nodig", "die kent iedereen", "Dat is bij u bekend"])
def test_what_points_and_gives_no_value_answers_nothing(text: str, settings: Settings, form: Form) -> None:
    assert not answered(f"Mijn voornaam?\n{text}", settings, form, ("first_name",)).people


def test_two_corrections_in_a_list_are_two_answers_and_leave_nothing_to_ask(
    settings: Settings, form: Form
) -> None:
    text = "Twee correcties:\n1. mijn functie is diensthoofd sport\n2. mijn gsm is 0478 12 34 56"
    read = answered(text, settings, form, kind=Ask.TOLD)
    assert values(read) == {"role": "diensthoofd sport", "phone": "0478 12 34 56"}
    assert not read.question


def test_a_diet_with_a_plea_behind_it_is_noted(settings: Settings, form: Form) -> None:
    read = answered("Ik eet trouwens vegetarisch, als dat nog kan.", settings, form, kind=Ask.TOLD)
    assert values(read) == {"diet": "vegetarisch"}
    assert not read.question


def test_a_new_function_in_a_sentence_of_its_own_is_taken(settings: Settings, form: Form) -> None:
    text = (
        "Mijn functie staat verkeerd: ik ben sinds mei diensthoofd burgerzaken.\nGelieve dit aan te passen."
    )
    read = answered(text, settings, form, kind=Ask.TOLD)
    assert values(read) == {"role": "diensthoofd burgerzaken"}
    assert not read.question


@pytest.mark.parametrize("text", ["die 2 moet weg tikfoutje", "laat die 2 maar weg, was een tikfout"])
def test_a_sign_that_is_no_part_of_a_doubted_name_is_dropped(
    text: str, settings: Settings, form: Form
) -> None:
    assert values(answered(text, settings, form, unsure={"last_name": "Maes 2"})) == {"last_name": "Maes"}


def test_another_number_is_no_sign_of_a_name(settings: Settings, form: Form) -> None:
    said = answered("er mogen 3 personen weg", settings, form, unsure={"last_name": "Maes 2"})
    assert not said.people


def test_the_old_number_needs_no_comma_to_go(settings: Settings, form: Form) -> None:
    read = answered("nieuwe gsm 0478 12 34 56 den oude bestaat nie meer", settings, form, kind=Ask.TOLD)
    assert values(read) == {"phone": "0478 12 34 56"}
    assert not read.question


@pytest.mark.parametrize(
    "text",
    [
        "das toch ni nodig",
        "iedereen kent mij",
        "dat moet ge ni weten",
        "Geen idee",
        "Toch niet nodig",
        "Iedereen kent ons",
    ],
)
@pytest.mark.parametrize("asked", ["organisation", "last_name", "role"])
def test_a_remark_is_never_the_value_that_was_asked(
    text: str, asked: str, settings: Settings, form: Form
) -> None:
    assert not answered(text, settings, form, (asked,)).people


def test_a_sentence_in_small_letters_ends_an_answer(settings: Settings, form: Form) -> None:
    read = answered("OCMW Damme. ik had dat vakje niet gezien, sorry hoor", settings, form, ("organisation",))
    assert values(read) == {"organisation": "OCMW Damme"}
    assert not read.question


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Graag 2 zaken aanpassen:\n- mijn gsm is voortaan 0478 12 34 56", {"phone": "0478 12 34 56"}),
        ("Ja, dat ben ik! Mijn gsm is 0478 12 34 56.", {"phone": "0478 12 34 56"}),
        ("Vergeten te vermelden dat ik geen vlees eet.", {"diet": "geen vlees"}),
    ],
)
def test_what_only_leads_to_a_value_leaves_nothing_to_ask(
    text: str, expected: dict[str, Value], settings: Settings, form: Form
) -> None:
    read = answered(text, settings, form, kind=Ask.TOLD)
    assert values(read) == expected
    assert not read.question


@pytest.fixture
def told(settings: Settings, form: Form) -> Callable[[str], dict[str, Value]]:
    """What a reply to a confirmation changes of Jan Peeters, by field; nothing where a person must look."""
    noted = {
        "first_name": "Jan",
        "last_name": "Verhage",
        "phone": "0470 11 22 33",
        "email": "jan@x.example",
        "role": "consulent",
    }

    def read(text: str) -> dict[str, Value]:
        about = Registration(
            "INS-0007", "e", Status.REGISTERED, dict(noted), NOW, NOW, NOW, sender="jan@x.example"
        )
        head = "From: jan@x.example\nSubject: Re: u\nContent-Type: text/plain; charset=utf-8"
        wish = read_intent(parse(f"{head}\n\n{text}\n".encode(), frozenset()))
        said = Submission(
            SubmissionKind.NO_FORM,
            intent=wish.intent,
            words=wish.words,
            question=wish.question,
            acts=wish.acts,
            heard=wish.heard,
        )
        out = complete(said, PendingQuestion(Ask.TOLD, "e", ("INS-0007",), (about,)), form, settings)
        return values(out) if out.people and not out.question and not out.problems else {}

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "U bereikt mij sinds de verhuis op 059 99 00 11 in plaats van het nummer dat u hebt.",
            "059 99 00 11",
        ),
        ("Mijn oude nummer 0470 11 22 33 werkt niet meer, neem 0488 77 66 55.", "0488 77 66 55"),
        (
            "Ik kreeg een ander toestel, met als nummer 0488 77 66 55. Het vorige werkt niet meer.",
            "0488 77 66 55",
        ),
        ("Alles klopt, alleen de gsm niet: 0488 77 66 55.", "0488 77 66 55"),
        ("Op het werk zijn alle nummers gewijzigd: u belt mij op 0488 77 66 55.", "0488 77 66 55"),
    ],
)
def test_the_number_that_is_not_the_noted_one_is_the_new_one(
    told: Callable[[str], dict[str, Value]], text: str, expected: str
) -> None:
    assert told(text) == {"phone": expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik ben glutenintolerant, kunt u dat noteren?", {"diet": "glutenintolerant"}),
        ("Zet mij bij de vegetariërs.", {"diet": "vegetariërs"}),
        ("Nog iets over het eten: geen schaaldieren voor mij.", {"diet": "geen schaaldieren"}),
        ("Pas de porc pour moi, merci d'en tenir compte.", {"diet": "Pas de porc"}),
        ("Kunnen jullie mijn functie updaten naar communitymanager?", {"role": "communitymanager"}),
        (
            "Er staat nog consulent, maar ik ben diensthoofd. Gelieve mijn functie aan te passen.",
            {"role": "diensthoofd"},
        ),
        ("Ik ben geen consulent meer maar diensthoofd.", {"role": "diensthoofd"}),
        ("Mijn naam is verkeerd geschreven, het is Verhaege met ae.", {"last_name": "Verhaege"}),
        (
            "In de bevestiging staat vegetarisch maar dat is een vergissing. Ik eet gewoon alles.",
            {"diet": ""},
        ),
    ],
)
def test_a_change_is_read_of_the_whole_mail(
    told: Callable[[str], dict[str, Value]], text: str, expected: dict[str, Value]
) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Het nummer van mijn collega is veranderd, het is nu 0488 77 66 55.",
        "Mijn nummer is nu 0488 77 66 55. Rita Maes heeft 0499 11 22 33.",
        "Ik kom niet, en mijn nummer mag u aanpassen naar 0488 77 66 55.",
        "Noteer dat ik pas om elf uur arriveer en dat mijn nummer intussen 0488 77 66 55 is.",
        "Het algemene nummer 0488 77 66 55 wordt afgeschaft.",
        "My old number is 0488 77 66 55.",
        "Mon ancien numéro est le 0488 77 66 55.",
        "Mijn oud nummer is 0488 77 66 55.",
        "Mijn oude gsm: 0488 77 66 55",
        "0488 77 66 55 was mijn oud nummer.",
        "Old phone: 0488 77 66 55",
        "Ancien gsm : 0488 77 66 55",
        "Allergisch voor noten en voor ananas.",
        "Ik ben geen vegetariër meer.",
        "Mijn nieuwe nummer is 0488 77 66 55. Bel me om te bevestigen.",
        "Functie: klopt",
        "Mijn functie is diensthoofd. En de organisatie mag u noteren als Lokaal Bestuur Wulvenhoek.",
        "Ik eet geen vlees. Kan ik een collega meebrengen?",
    ],
)
def test_a_change_that_is_not_all_or_not_theirs_is_for_a_person(
    told: Callable[[str], dict[str, Value]], text: str
) -> None:
    assert told(text) == {}


REGISTERED: dict[str, Value] = {
    "last_name": "Maes",
    "first_name": "Els",
    "email": "els@damme.example",
    "phone": "0470 11 22 33",
}


@pytest.mark.parametrize(
    "text",
    [
        "Nummer van de burgemeester is veranderd, 't is nu 0478 12 34 56.",
        "Het nummer van de burgemeester is veranderd. Het is nu 0478 12 34 56.",
        "Gsm van mijn chauffeur is 0478 12 34 56.",
        "Telefoon van het secretariaat is nu 051 22 33 44.",
        "Onze chauffeur heeft een nieuw nummer: 0478 12 34 56.",
        "Zijn nummer is 0478 12 34 56.",
        "Nummer voor noodgevallen: 0478 12 34 56",
        "Contactpersoon voor de catering: 0478 12 34 56",
        "Voor het vervoer bel je 0478 12 34 56.",
        "Adres voor facturatie is facturen@damme.example.",
        "Mijn adres voor facturatie is facturen@damme.example.",
        "Voor facturatie is het adres facturen@damme.example.",
        "Mailadres facturatie: facturen@damme.example",
        "L'adresse pour la facturation est facturen@damme.example.",
        "The number of our driver has changed to 0478 12 34 56.",
        "Die Adresse für die Rechnung ist rechnung@damme.example.",
    ],
)
def test_a_number_or_address_of_somebody_or_something_else_is_not_the_writers(
    text: str, settings: Settings, form: Form
) -> None:
    assert not changed(text, dict(REGISTERED), settings, form).people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Het nummer van mijn nieuwe gsm is 0478 12 34 56.", {"phone": "0478 12 34 56"}),
        ("Mijn nummer op de dienst is 051 22 33 44 geworden.", {"phone": "051 22 33 44"}),
        ("Het juiste nummer voor de inschrijving is 0478 12 34 56.", {"phone": "0478 12 34 56"}),
        ("Gsm van Els Maes: 0478 12 34 56", {"phone": "0478 12 34 56"}),
        (
            "Mijn nieuw e-mailadres van de gemeente is els.maes@damme.example.",
            {"email": "els.maes@damme.example"},
        ),
        ("Mon numéro de téléphone est le 0478 12 34 56.", {"phone": "0478 12 34 56"}),
    ],
)
def test_what_is_said_to_be_of_the_writers_own_telephone_work_or_house_is_theirs(
    text: str, expected: dict[str, Value], settings: Settings, form: Form
) -> None:
    assert values(changed(text, dict(REGISTERED), settings, form)) == expected


def of_one(text: str, name: str, sender: str, email: str, settings: Settings, form: Form) -> Submission:
    """What a reply from ``sender`` says to the question for the body of somebody with this ``email``."""
    first, _, last = name.partition(" ")
    noted: dict[str, Value] = {"first_name": first, "last_name": last, **({"email": email} if email else {})}
    doubts = (Problem(0, "organisation", Code.MISSING, Reason.MISSING),)
    about = Registration(
        "INS-0007", "e", Status.INCOMPLETE, noted, NOW, NOW, NOW, sender=sender, doubts=doubts
    )
    wish = read_intent(parse(f"From: {sender}\nSubject: Re: u\n\n{text}\n".encode(), frozenset()))
    said = Submission(
        SubmissionKind.NO_FORM, intent=wish.intent, words=wish.words, question=wish.question, acts=wish.acts
    )
    return complete(said, PendingQuestion(Ask.INCOMPLETE, "e", ("INS-0007",), (about,)), form, settings)


ELSIE = "elsie.desender@torhout.example"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"Elsie Desender is schepen van Stad Brugge. Haar adres is {ELSIE}.",
            {"organisation": "Stad Brugge", "role": "schepen", "email": ELSIE},
        ),
        (
            "Elsie Desender is van Stad Brugge. Haar gsm is 0478 12 34 56.",
            {"organisation": "Stad Brugge", "phone": "0478 12 34 56"},
        ),
    ],
)
def test_what_is_said_by_a_pronoun_of_the_only_one_named_is_theirs(
    text: str, told: dict[str, Value], settings: Settings, form: Form
) -> None:
    read = of_one(text, "Elsie Desender", "kabinet@torhout.example", "", settings, form)
    assert (values(read), read.question) == (told, "")


@pytest.mark.parametrize(
    "text",
    [
        "Elsie Desender is van Stad Brugge. Hun adres is info@torhout.example.",
        "Elsie Desender is van Stad Brugge. Haar chauffeur is ziek. Zijn gsm is 0478 12 34 56.",
        "Elsie Desender en Bo Claes zijn van Stad Brugge. Haar gsm is 0478 12 34 56.",
        "Stad Brugge, ik ben kabinetschef.",
    ],
)
def test_what_may_be_anothers_beside_an_answer_is_not_taken_for_who_was_asked_about(
    text: str, settings: Settings, form: Form
) -> None:
    read = of_one(text, "Elsie Desender", "kabinet@torhout.example", "", settings, form)
    taken = {key for person in read.people for key in person.answers}
    assert not taken & {"email", "phone", "role"}
    assert read.question or not read.people


def test_an_address_that_was_not_taken_reaches_a_person(settings: Settings, form: Form) -> None:
    text = f"Elsie Desender is schepen van Stad Brugge en ze is te vinden op {ELSIE}."
    read = of_one(text, "Elsie Desender", "kabinet@torhout.example", "", settings, form)
    assert ELSIE in read.question or not read.people or values(read).get("email") == ELSIE


@pytest.mark.parametrize(
    "text",
    [
        "Stad Brugge, ik ben raadslid.",
        "Stad Brugge. Ik ben raadslid.",
        "Stad Brugge\nIk ben raadslid",
        "Ik ben raadslid in Stad Brugge.",
    ],
)
def test_a_function_that_somebody_adds_to_their_body_is_theirs(
    text: str, settings: Settings, form: Form
) -> None:
    marc = "marc.coene@brugge.example"
    read = of_one(text, "Marc Coene", marc, marc, settings, form)
    assert (values(read), read.question) == ({"organisation": "Stad Brugge", "role": "raadslid"}, "")
