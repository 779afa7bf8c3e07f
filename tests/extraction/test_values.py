"""What people write as a value, and what it must be taken for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailbot.domain.document import Span
from mailbot.domain.form import FieldKind, FormField
from mailbot.domain.submission import Code, Submission
from mailbot.extraction.values.choice import read_choice
from mailbot.extraction.values.email import read_email
from mailbot.extraction.values.names import read_name, split_name
from mailbot.extraction.values.phone import read_phone
from mailbot.extraction.values.text import read_date, read_number
from mailbot.extraction.values.yes_no import read_yes_no
from tests.extraction.blocks import answers, doubts, lines

Read = Callable[..., Submission]

DOMAINS = frozenset({"brugge.be", "oostkamp.be"})


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("jan@brugge.be", "jan@brugge.be", None),
        ("mailto:jan@brugge.be", "jan@brugge.be", None),
        ("jan@brugge.be.", "jan@brugge.be", None),
        ("<jan@brugge.be>", "jan@brugge.be", None),
        ("jan.d’hondt@brugge.be", "jan.d'hondt@brugge.be", None),
        ("‘jan@brugge.be’", "jan@brugge.be", None),
        ("jan@brugge.be, an@brugge.be", "jan@brugge.be, an@brugge.be", Code.AMBIGUOUS),
        ("jan@brugge.be / an@brugge.be", "jan@brugge.be / an@brugge.be", Code.AMBIGUOUS),
        ("jan@brugge.b", "jan@brugge.b", Code.UNSURE),
        ("jan@gmial.com", "jan@gmial.com", Code.UNSURE),
        ("jan@gmail.con", "jan@gmail.con", Code.UNSURE),
        ("jan@brugge", "jan@brugge", Code.INVALID),
        ("jan.brugge.be", "jan.brugge.be", Code.INVALID),
        ("jan@bruge.be", "jan@bruge.be", Code.UNSURE),
        ("jan@brugge.be (privé)", "jan@brugge.be", Code.UNSURE),
        ("jan@brugge.be of an@brugge.be", "jan@brugge.be of an@brugge.be", Code.AMBIGUOUS),
        ("inschrijvingen@overleg.example", "inschrijvingen@overleg.example", Code.INVALID),
    ],
)
def test_mail_addresses(text: str, value: str, code: Code | None) -> None:
    read = read_email(text, DOMAINS, frozenset({"inschrijvingen@overleg.example"}))
    assert (read.value, read.code) == (value, code)


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("0478 12 34 56", "0478 12 34 56", None),
        ("050/40.55.00", "050/40.55.00", None),
        ("+32 (0)478 12 34 56", "+32 (0)478 12 34 56", None),
        ("0032 50 40 55 00", "0032 50 40 55 00", None),
        ("+33 6 12 34 56 78", "+33 6 12 34 56 78", None),
        ("050 40 55 00 / 0478 12 34 56", "050 40 55 00 / 0478 12 34 56", None),
        ("478123456", "0478 12 34 56", None),
        ("050 40 55 00 (werk)", "050 40 55 00 (werk)", None),
        ("0478 12 3", "0478 12 3", Code.INVALID),
        ("zie mail", "zie mail", Code.INVALID),
    ],
)
def test_phones_are_kept_as_people_write_them(text: str, value: str, code: Code | None) -> None:
    read = read_phone(text)
    assert (read.value, read.code) == (value, code)


@pytest.mark.parametrize(
    ("text", "given_first", "email", "given", "family", "sure"),
    [
        ("Peeters, Jan", True, "", "Jan", "Peeters", True),
        ("PEETERS Jan", True, "", "Jan", "PEETERS", True),
        ("Jan PEETERS", False, "", "Jan", "PEETERS", True),
        ("Jan Van den Broeck", False, "", "Jan", "Van den Broeck", True),
        ("Van den Broeck Els", False, "", "Els", "Van den Broeck", True),
        ("Peeters Jan", False, "jan.peeters@brugge.be", "Jan", "Peeters", True),
        ("Jan Peeters", False, "jan.peeters@brugge.be", "Jan", "Peeters", True),
        ("Peeters An", True, "apeeters@brugge.be", "An", "Peeters", True),
        ("Peeters An", True, "peeters.a@brugge.be", "An", "Peeters", True),
        ("Oumar Thys", False, "o-thys@brugge.be", "Oumar", "Thys", True),
        ("An Peeters", True, "peeters.an@brugge.be", "An", "Peeters", True),
        ("Oumar Jan", True, "jan.oumar@brugge.be", "Jan", "Oumar", True),
        ("Oumar Thys", True, "jthys@brugge.be", "Oumar", "Thys", False),
        ("Peeters Jan", False, "info@brugge.be", "Jan", "Peeters", True),
        ("Jan Peeters", False, "info@brugge.be", "Jan", "Peeters", False),
        ("Peeters Jan", True, "", "Peeters", "Jan", False),
        ("Thomas Willem", True, "", "Thomas", "Willem", False),
        ("Oumar Thys", True, "", "Oumar", "Thys", False),
        ("dhr. Jan Peeters", True, "", "Jan", "Peeters", True),
        ("Peeters A.", True, "", "A.", "Peeters", True),
        ("Jan P.", True, "", "P.", "Jan", False),
    ],
)
def test_a_full_name_is_split_with_good_reason_only(
    text: str, given_first: bool, email: str, given: str, family: str, sure: bool
) -> None:
    name = split_name(text, given_first=given_first, email=email)
    assert name is not None
    assert (name.given, name.family, name.sure) == (given, family, sure)


@pytest.mark.parametrize(
    "name",
    [
        "Van den Broeck",
        "An (Anneke) Maes",
        "D'hondt",
        "De Smet - Claes",
        "’t Jampens",
        "Müller",
        "O'Neill",
        "J.P.Claes",
        "Mevr.Claes",
        "dr.An Maes",
    ],
)
def test_names_are_kept_as_written(name: str) -> None:
    read = read_name(name)
    assert (read.value, read.code) == (name, None)


@pytest.mark.parametrize(
    "name",
    [
        "Peeters en Smet",
        "Jan / An",
        "jan@brugge.be",
        "Peeters 2",
        "Naam: Peeters",
        "Jan Peeters (opa van An)",
    ],
)
def test_what_is_no_single_name_is_doubted(name: str) -> None:
    assert read_name(name).code is not None


WEEK = FormField(
    key="week", label="Week", kind=FieldKind.CHOICE, choices=("Eerste week", "Tweede week", "Beide weken")
)


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("tweede week", "Tweede week", None),
        ("☐ Eerste week ☒ Tweede week ☐ Beide weken", "Tweede week", None),
        ("☐ Eerste week X ☐ Tweede week ☐ Beide weken", None, Code.AMBIGUOUS),
        ("Eerste week (x) Tweede week ( ) Beide weken ( )", "Eerste week", None),
        ("Eerste week / Tweede week / Beide weken", None, None),
        ("☒ Eerste week ☒ Tweede week ☐ Beide weken", "Eerste week, Tweede week", Code.AMBIGUOUS),
        ("☐ Eerste week  v Tweede week  ☐ Beide weken", "Tweede week", None),
        ("Eerste week + Tweede week", "Eerste week, Tweede week", Code.AMBIGUOUS),
        ("beide", "Beide weken", Code.UNSURE),
        ("Eerste week of Tweede week", None, Code.AMBIGUOUS),
        ("Eerst week", "Eerste week", Code.UNSURE),
        ("derde week", None, Code.INVALID),
        ("-", None, None),
    ],
)
def test_choices(text: str, value: str | None, code: Code | None) -> None:
    read = read_choice(WEEK, (Span(text),))
    assert (read.value, read.code) == (value, code)


MEALS = FormField(key="meal", label="Maaltijd", kind=FieldKind.CHOICE, choices=("alles", "andere:"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("☐ alles ☒ andere: geen varkensvlees", "andere: geen varkensvlees"),
        ("☐ alles ☒ andere: ……", "andere:"),
        ("☐ andere: ☒ alles", "alles"),
    ],
)
def test_an_option_that_asks_which_keeps_the_words_behind_it(text: str, value: str) -> None:
    read = read_choice(MEALS, (Span(text),))
    assert (read.value, read.code) == (value, None)


WORKSHOP = FormField(
    key="workshop", label="Workshop", kind=FieldKind.CHOICE, choices=("A. Werven", "B. Beheren", "C. Koken")
)


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [("B", "B. Beheren", None), ("c.", "C. Koken", None), ("D", None, Code.INVALID)],
)
def test_a_choice_is_named_by_the_sign_before_it(text: str, value: str | None, code: Code | None) -> None:
    read = read_choice(WORKSHOP, (Span(text),))
    assert (read.value, read.code) == (value, code)


@pytest.mark.parametrize(
    ("text", "value"),
    [("A2", "A2 Houtbewerking"), ("a1", "A1 Breien"), ("A3", None), ("1", None)],
)
def test_a_choice_is_named_by_the_letter_and_figure_before_it(text: str, value: str | None) -> None:
    field = FormField(
        key="w", label="Atelier", kind=FieldKind.CHOICE, choices=("A1 Breien", "A2 Houtbewerking")
    )
    assert read_choice(field, (Span(text),)).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("☐ ja / oui ☒ nee / non", False),
        ("☒ ja / oui ☐ nee / non", True),
        ("☐ ja / oui ☐ nee / non", None),
        ("ja/oui ☒ nee/non ☐", True),
    ],
)
def test_a_yes_and_a_no_in_two_languages_have_a_box_each(text: str, value: bool | None) -> None:
    field = FormField(key="lid", label="Lid / Membre", kind=FieldKind.YES_NO)
    read = read_yes_no(field, (Span(text),), negative=False)
    assert (read.value, read.code) == (value, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("jaa", True),
        ("OK", True),
        ("akkoord!", True),
        ("Akkoord.", True),
        ("Ja.", True),
        ("Neen.", False),
        ("√", True),
        ("niet akkoord", False),
        ("niet ok", False),
        ("☐ akkoord ☒ niet akkoord", False),
        ("☐ niet akkoord ☒ akkoord", True),
    ],
)
def test_words_and_marks_that_agree_are_a_yes(text: str, value: bool) -> None:
    field = FormField(key="terms", label="Annuleringsvoorwaarden", kind=FieldKind.YES_NO)
    read = read_yes_no(field, (Span(text),), negative=False)
    assert (read.value, read.code) == (value, None)


@pytest.mark.parametrize("text", ["J. Claes", "n.", "No. 4"])
def test_what_is_short_for_something_else_is_neither_yes_nor_no(text: str) -> None:
    field = FormField(key="terms", label="Annuleringsvoorwaarden", kind=FieldKind.YES_NO)
    assert read_yes_no(field, (Span(text),), negative=False).value is None


@pytest.mark.parametrize(
    ("text", "value"), [("ja / nein", None), ("nein", False), ("☐ ja ☒ nein", False), ("ja", True)]
)
def test_yes_and_no_in_german(text: str, value: bool | None) -> None:
    field = FormField(key="home", label="Darf nach Hause gehen", kind=FieldKind.YES_NO)
    read = read_yes_no(field, (Span(text),), negative=False)
    assert (read.value, read.code) == (value, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [("50", None), ("ca. 50 stuks", None), ("1.500", None), ("50 à 60", Code.UNSURE), ("veel", Code.INVALID)],
)
def test_quantities(text: str, code: Code | None) -> None:
    assert (read_number(text).value, read_number(text).code) == (text, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3/4/2015", None),
        ("3 april 2015", None),
        ("2015-04-03", None),
        ("in april", Code.INVALID),
        ("1/1 2/2", Code.INVALID),
    ],
)
def test_dates(text: str, code: Code | None) -> None:
    assert (read_date(text).value, read_date(text).code) == (text, code)


def test_a_date_is_read_between_what_is_left_of_its_lines() -> None:
    assert read_date("21_ / _05_ / _2018").value == "21 / 05 / 2018"


@pytest.mark.parametrize(
    "nothing", ["/", "-", "--", "nvt", "n.v.t.", "N.v.t", "geen", "Geen.", "....", "niet van toepassing"]
)
def test_nothing_is_said_in_many_ways(read: Read, nothing: str) -> None:
    text = (
        f"Inschrijving\nNaam: Peeters\nVoornaam: Jan\nGemeente: Brugge\nDieet: {nothing}\nFunctie: {nothing}"
    )
    assert answers(read(*lines(text))) == [
        {"last_name": "Peeters", "first_name": "Jan", "organisation": "Brugge"}
    ]


def test_a_full_name_under_naam_is_split_by_the_mail_address(read: Read) -> None:
    text = "Inschrijving\nNaam: Peeters Jan\nGemeente: Brugge\nE-mail: jan.peeters@brugge.be"
    submission = read(*lines(text))
    assert answers(submission)[0]["first_name"] == "Jan"
    assert doubts(submission) == set()


def test_a_first_name_that_may_stand_under_naam_in_small_letters_is_doubted(read: Read) -> None:
    text = "Inschrijving\nNaam: oumar peeters\nVoornaam:\nGemeente: Brugge\nE-mail: info@post.example"
    assert (0, "last_name", "unsure") in doubts(read(*lines(text)))


def test_a_known_first_name_under_naam_is_told_apart(read: Read) -> None:
    text = "Inschrijving\nNaam: an peeters\nVoornaam:\nGemeente: Brugge\nE-mail: info@post.example"
    submission = read(*lines(text))
    assert [(one["last_name"], one["first_name"]) for one in answers(submission)] == [("peeters", "an")]
    assert not doubts(submission)


def test_a_first_name_behind_a_family_name_with_its_particle_is_told_apart(read: Read) -> None:
    text = "Inschrijving\nNaam: de smet kevin\nVoornaam:\nGemeente: Brugge\nE-mail: info@post.example"
    (person,) = answers(read(*lines(text)))
    assert (person["last_name"], person["first_name"]) == ("de smet", "kevin")


@pytest.mark.parametrize("name", ["de smet", "van den Broeck"])
def test_a_family_name_with_particles_alone_is_no_doubt(read: Read, name: str) -> None:
    text = f"Inschrijving\nNaam: {name}\nVoornaam:\nGemeente: Brugge\nE-mail: info@post.example"
    assert (0, "last_name", "unsure") not in doubts(read(*lines(text)))


def test_a_first_name_repeated_under_naam_is_doubted(read: Read) -> None:
    submission = read(
        *lines("Inschrijving\nNaam: Jan Peeters\nVoornaam: Jan\nGemeente: Brugge\nE-mail: j@post.example")
    )
    assert doubts(submission) == {(0, "last_name", "unsure")}


def test_two_different_answers_to_one_question_are_doubted(read: Read) -> None:
    text = (
        "Inschrijving\nNaam: Peeters\nVoornaam: Jan\nGemeente: Brugge\nGemeente: Damme\nE-mail: j@x.example"
    )
    assert doubts(read(*lines(text))) == {(0, "organisation", "ambiguous")}


def test_everything_read_from_a_picture_is_to_be_confirmed(read: Read) -> None:
    text = "Inschrijving\nNaam: Peeters\nVoornaam: Jan\nGemeente: Brugge\nE-mail: j@post.example"
    submission = read(*lines(text), recognised=True)
    assert submission.recognised
    assert {field for _, field, code in doubts(submission) if code == "unsure"} == {
        "last_name",
        "first_name",
        "organisation",
        "email",
    }


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("ja (geen vis)", True, None),
        ("nee (wel de lunch)", False, None),
        ("ja (maar later)", True, Code.UNSURE),
        ("nee (vis ja, vlees nee)", False, None),
    ],
)
def test_what_stands_in_parentheses_behind_yes_or_no_is_about_something_else(
    text: str, value: bool, code: Code | None
) -> None:
    field = FormField(key="walk", label="Walking dinner", kind=FieldKind.YES_NO)
    read = read_yes_no(field, (Span(text),), negative=False)
    assert (read.value, read.code) == (value, code)


@pytest.mark.parametrize("text", ["ja (neen, toch niet)", "nee (ja, echt)", "yes (no, sorry)"])
def test_a_remark_that_answers_anew_leaves_yes_or_no_open(text: str) -> None:
    field = FormField(key="walk", label="Walking dinner", kind=FieldKind.YES_NO)
    read = read_yes_no(field, (Span(text),), negative=False)
    assert (read.value, read.code) == (None, Code.AMBIGUOUS)


@pytest.mark.parametrize(("said", "is_doubted"), [("niet lid", False), ("zeker lid", True)])
def test_a_choice_is_the_one_that_has_all_its_letters(said: str, is_doubted: bool) -> None:
    field = FormField(key="rate", label="Tarief", kind=FieldKind.CHOICE, choices=("lid", "niet-lid"))
    read = read_choice(field, (Span(said),))
    assert bool(read.code) is is_doubted
    assert is_doubted or read.value == "niet-lid"
