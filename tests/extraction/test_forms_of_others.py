"""Layouts of schools, clubs and administrations, each with its own questions, and nothing but its blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.document import NOWHERE, Block, ParsedDocument, ParseStatus, Span
from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.domain.submission import Submission, SubmissionKind
from mailbot.extraction.grouping import drafts
from mailbot.extraction.label import Label
from mailbot.extraction.spans import Candidate, candidate
from mailbot.pipeline.interpret import understand
from mailbot.text.characters import TICKED, UNTICKED
from tests.extraction.blocks import answers, doubts, grid, line, lines

NAME, DATE, PHONE, TEXT = FieldKind.NAME, FieldKind.BIRTH_DATE, FieldKind.PHONE, FieldKind.TEXT
ADDRESS, CHOICE, EMAIL, POSTCODE = FieldKind.ADDRESS, FieldKind.CHOICE, FieldKind.EMAIL, FieldKind.POSTCODE
YES_NO, LONG = FieldKind.YES_NO, FieldKind.LONG_TEXT
WALKS = ("Duinen", "Bos", "Polder")


def asking(**labels: tuple[str, FieldKind]) -> Form:
    """A form of these questions, by their keys."""
    fields = [
        FormField(key=key, label=label, kind=kind, choices=WALKS if kind is CHOICE else ())
        for key, (label, kind) in labels.items()
    ]
    return Form(id="form", title="form", field=tuple(fields))


def read(form: Form, settings: Settings, now: datetime, *blocks: Block) -> Submission:
    document = ParsedDocument("formulier.docx", ParseStatus.READ, blocks)
    settings = replace(settings, forms={"form": form}, events={})
    return understand(None, (document,), settings, frozenset(), now, form="form")


CONSENT = asking(
    parent=("Ondergetekende", NAME),
    home=("wonende te", ADDRESS),
    child=("naam kind", NAME),
    born=("geboren op", DATE),
    group=("groep", TEXT),
    phone=("te bereiken op", PHONE),
)


def consent(told: Mapping[str, str]) -> tuple[Block, ...]:
    """A permission in running sentences; what was not told is still room."""
    room = {key: told.get(key, "." * 25) for key in ("parent", "home", "child", "born", "group", "phone")}
    return lines(
        "Toelating kamp\n"
        "Ondergetekende {parent}, wonende te {home}, geeft mijn kind {child} (naam kind), geboren op {born}, "
        "groep {group}, de toelating om mee te gaan.\n"
        "Tijdens het kamp ben ik te bereiken op {phone} en kom ik zo nodig langs.".format(**room)
    )


TOLD = {
    "parent": "Tine Vermeersch",
    "home": "Dorpsstraat 12, 9880 Aalter",
    "child": "Jules Van den Broeck",
    "born": "12/05/2017",
    "group": "speelclub",
    "phone": "0479 55 66 77",
}


def test_a_running_sentence_is_asked_and_answered(settings: Settings, now: datetime) -> None:
    assert answers(read(CONSENT, settings, now, *consent(TOLD))) == [TOLD]


@pytest.mark.parametrize("left_open", ["home", "born", "group", "phone"])
def test_room_left_open_in_a_sentence_is_answered_by_nothing_behind_it(
    left_open: str, settings: Settings, now: datetime
) -> None:
    told = {key: value for key, value in TOLD.items() if key != left_open}
    assert answers(read(CONSENT, settings, now, *consent(told))) == [told]


def test_answers_typed_into_the_dots_of_a_sentence_leave_the_dots_behind(
    settings: Settings, now: datetime
) -> None:
    dotted = {key: f"....{value}......" for key, value in TOLD.items()}
    assert answers(read(CONSENT, settings, now, *consent(dotted))) == [TOLD]


def test_a_blank_of_running_sentences_is_nobody(settings: Settings, now: datetime) -> None:
    submission = read(CONSENT, settings, now, *consent({}))
    assert (submission.found, submission.people) == (SubmissionKind.BLANK, ())


@pytest.mark.parametrize(
    ("plate", "iban", "count", "told"),
    [
        (
            "1-ABC-234",
            "BE68 5390 0754 7034",
            "3",
            {"plate": "1-ABC-234", "iban": "BE68 5390 0754 7034", "count": "3"},
        ),
        ("e-mail volgt", "van de groep", "12345", {}),
    ],
)
def test_figures_in_a_sentence_are_taken_whole_or_not_at_all(
    plate: str, iban: str, count: str, told: dict[str, str], settings: Settings, now: datetime
) -> None:
    form = asking(
        parent=("Ondergetekende", NAME),
        child=("naam kind", NAME),
        plate=("nummerplaat", FieldKind.PLATE),
        iban=("rekening", FieldKind.IBAN),
        count=("aantal", FieldKind.NUMBER),
    )
    written = lines(
        f"Toelating kamp\nOndergetekende Tine Vermeersch brengt mijn kind Jules Claeys (naam kind) "
        f"met nummerplaat {plate}, betaalt vanop rekening {iban} van de groep en heeft aantal "
        f"{count} personen mee."
    )
    people = {"parent": "Tine Vermeersch", "child": "Jules Claeys"}
    assert answers(read(form, settings, now, *written)) == [people | told]


ACADEMY = asking(
    name=("naam", NAME),
    given=("voornaam", NAME),
    street=("straat", ADDRESS),
    code=("postcode", POSTCODE),
    town=("gemeente", TEXT),
)
PUPIL = {"name": "Verbeke", "given": "Hanne", "street": "Lindelaan 5", "code": "8340", "town": "Damme"}


def test_several_captions_stand_below_a_line_of_answers(settings: Settings, now: datetime) -> None:
    written = lines("Verbeke\tHanne\nnaam\tvoornaam\nLindelaan 5\nstraat\n8340\tDamme\npostcode\tgemeente")
    assert answers(read(ACADEMY, settings, now, line("Academie"), *written)) == [PUPIL]


def test_captions_stand_below_columns_and_lines_by_turns(settings: Settings, now: datetime) -> None:
    """What a PDF gives: aligned columns are tables, what stands alone between them lines."""
    written = (
        line("Academie"),
        grid([["Verbeke", "Hanne"], ["naam", "voornaam"]], 1),
        line("Lindelaan 5", 2),
        line("straat", 3),
        grid([["8340", "Damme"], ["postcode", "gemeente"]], 2),
    )
    assert answers(read(ACADEMY, settings, now, *written)) == [PUPIL]


WALK = asking(
    name=("Naam", NAME), given=("Voornaam", NAME), mail=("E-mail", EMAIL), walk=("Wandeling", CHOICE)
)
WALKER = {"name": "Maes", "given": "An", "mail": "an@maes.example", "walk": "Bos"}


def test_a_choice_a_row_is_the_one_that_is_marked(settings: Settings, now: datetime) -> None:
    written = grid(
        [
            ["Naam", "", "Maes"],
            ["Voornaam", "", "An"],
            ["E-mail", "", "an@maes.example"],
            ["Wandeling", "", "Duinen"],
            ["", "x", "Bos"],
            ["", "", "Polder"],
        ]
    )
    assert answers(read(WALK, settings, now, written)) == [WALKER]


def test_a_choice_a_row_is_of_the_last_question_beside_others(settings: Settings, now: datetime) -> None:
    written = grid(
        [
            ["Naam", "Maes", "", "Wandeling", "", "Duinen"],
            ["", "", "", "", "x", "Bos"],
            ["", "", "", "", "", "Polder"],
            ["Voornaam", "An", "", "E-mail", "", "an@maes.example"],
        ]
    )
    assert answers(read(WALK, settings, now, written)) == [WALKER]


def test_a_list_to_tick_goes_on_below_the_line_of_its_label(settings: Settings, now: datetime) -> None:
    written = lines(
        "Naam: Maes\nVoornaam: An\nE-mail: an@maes.example\n"
        f"Wandeling\t{UNTICKED} Duinen\n{TICKED} Bos\n{UNTICKED} Polder"
    )
    assert answers(read(WALK, settings, now, *written)) == [WALKER]


def test_a_row_of_choices_speaks_of_who_stands_in_the_lines_around_it(
    settings: Settings, now: datetime
) -> None:
    form = asking(
        name=("Naam", NAME), mail=("E-mail", EMAIL), walk=("Wandeling", CHOICE), pm=("Middag", TEXT)
    )
    choices = f"{UNTICKED} Duinen\n{TICKED} Bos\n{UNTICKED} Polder"
    written = (
        *lines("Naam: Maes\nE-mail: an@maes.example"),
        grid([["Wandeling", "Middag"], [choices, "soep"]]),
    )
    told = {"name": "Maes", "mail": "an@maes.example", "walk": "Bos", "pm": "soep"}
    assert answers(read(form, settings, now, *written)) == [told]


HALL = asking(
    club=("Vereniging", FieldKind.ORGANISATION),
    name=("Naam aanvrager", NAME),
    home=("Adres", ADDRESS),
    mail=("E-mail", EMAIL),
    payer=("Naam (facturatie)", TEXT),
    bill=("Adres (facturatie)", ADDRESS),
    vat=("Ondernemingsnummer", TEXT),
)


def test_a_question_below_its_heading_is_the_forms_own(settings: Settings, now: datetime) -> None:
    written = lines(
        "Gemeente Jabbeke - Dienst Vrije Tijd\n"
        "Tel. 050 81 01 20 - E-mail: vrijetijd@jabbeke.example\n"
        "Aanvraag gemeentezaal\n"
        "1. Aanvrager\n"
        "Vereniging: Toneelkring Elckerlyc\nNaam aanvrager: Geert Buyse\nAdres: Kerkplein 2, 8490 Jabbeke\n"
        "E-mail: geert@elckerlyc.example\n"
        "2. Facturatie (enkel indien verschillend)\n"
        "Naam: Elckerlyc vzw\nAdres: Postbus 12, 8490 Jabbeke\nOndernemingsnummer: 0412.345.678"
    )
    submission = read(HALL, settings, now, *written)
    assert answers(submission) == [
        {
            "club": "Toneelkring Elckerlyc",
            "name": "Geert Buyse",
            "home": "Kerkplein 2, 8490 Jabbeke",
            "mail": "geert@elckerlyc.example",
            "payer": "Elckerlyc vzw",
            "bill": "Postbus 12, 8490 Jabbeke",
            "vat": "0412.345.678",
        }
    ]
    assert doubts(submission) == set()


@pytest.mark.parametrize(("yes", "no", "said"), [(TICKED, UNTICKED, True), (UNTICKED, TICKED, False)])
def test_no_is_told_from_yes_in_german(
    yes: str, no: str, said: bool, settings: Settings, now: datetime
) -> None:
    form = asking(name=("Name", NAME), mail=("E-Mail", EMAIL), park=("Parkplatz", FieldKind.YES_NO))
    written = lines(f"Name: Brandt\nE-Mail: u.brandt@metall.example\nParkplatz\t{yes} ja {no} nein")
    assert answers(read(form, settings, now, *written))[0]["park"] is said


SCOUTS = asking(
    name=("Naam", NAME),
    mail=("E-mail", EMAIL),
    home=("Adres", ADDRESS),
    group=("Groep", TEXT),
    tel=("Gsm", PHONE),
)
BESIDE = "Naam: Maes\nE-mail: an@maes.example\nAdres: Dorp 1\nGroep: welpen\nGsm:"


def test_a_bad_answer_below_its_question_where_others_are_beside_theirs_is_kept_and_doubted(
    settings: Settings, now: datetime
) -> None:
    submission = read(SCOUTS, settings, now, *lines(f"{BESIDE}\n1234"))
    assert answers(submission)[0]["tel"] == "1234"
    assert "tel" in {problem.field for problem in submission.problems}


def test_a_line_below_the_last_question_left_open_is_no_answer_where_others_are_beside_theirs(
    settings: Settings, now: datetime
) -> None:
    below = "Voorschot van 200 euro op BE68 5390 0754 7034 van de groep."
    assert "tel" not in answers(read(SCOUTS, settings, now, *lines(f"{BESIDE}\n{below}")))[0]


def test_a_label_of_the_form_may_hold_a_colon(settings: Settings, now: datetime) -> None:
    form = asking(who=("Aanvrager: naam en voornaam", NAME), mail=("E-mail", EMAIL), town=("Gemeente", TEXT))
    written = lines("Aanvrager: naam en voornaam\nMaes An\nE-mail\nan@maes.example\nGemeente\nDamme")
    told = {"who": "Maes An", "mail": "an@maes.example", "town": "Damme"}
    assert answers(read(form, settings, now, *written)) == [told]


def test_an_example_sentence_is_nobody(settings: Settings, now: datetime) -> None:
    form = asking(name=("Name", NAME), born=("born on", DATE), phone=("phone", PHONE))
    said = "name Jane Sample, born on 12/05/2010, phone 0470 00 12 13 please"
    assert read(form, settings, now, *lines(f"Entry form\nThe {said}")).people
    example = lines(f"Entry form\nExample: {said}")
    assert read(form, settings, now, *example).people == ()


FAMILIES = asking(name=("Naam", NAME), tel=("Gsm", PHONE), walk=("Tak", CHOICE), mail=("e-mail", EMAIL))
COMPANY = asking(
    firm=("Bedrijf", FieldKind.ORGANISATION),
    number=("Ondernemingsnummer", TEXT),
    bill=("E-mail facturatie", EMAIL),
    contact=("Contactpersoon opleidingen", NAME),
    name=("Naam", NAME),
    first=("Voornaam", NAME),
    role=("Functie", TEXT),
    mail=("E-mail", EMAIL),
)


def test_a_table_without_names_speaks_of_all_people_of_the_table_with_names(
    settings: Settings, now: datetime
) -> None:
    firm = grid([["Bedrijf", "E-mail facturatie"], ["Drukkerij Wens", "boekhouding@wens.example"]])
    people = grid(
        [
            ["Naam", "Voornaam", "Functie", "E-mail"],
            ["Bosmans", "Ellen", "zetter", "ellen@wens.example"],
            ["Maes", "Jan", "drukker", "jan@wens.example"],
        ],
        number=2,
    )
    read_people = answers(read(COMPANY, settings, now, firm, *lines("Wij komen met:"), people))
    assert [one["name"] for one in read_people] == ["Bosmans", "Maes"]
    assert {(one["firm"], one["bill"]) for one in read_people} == {
        ("Drukkerij Wens", "boekhouding@wens.example")
    }


def test_a_second_table_with_a_row_each_is_given_to_nobody(settings: Settings, now: datetime) -> None:
    people = grid([["Naam", "Gsm"], ["Jef Maes", "0486 00 43 43"], ["Lotte Claes", "0486 00 43 44"]])
    more = grid([["Tak", "e-mail"], ["Duinen", "jef@maes.example"], ["Bos", "lotte@claes.example"]], number=2)
    told = answers(read(FAMILIES, settings, now, people, *lines("Verder:"), more))
    assert [one.get("walk") for one in told if "name" in one] == [None, None]
    assert [one["walk"] for one in told if "name" not in one] == ["Duinen", "Bos"]


def test_a_word_alone_in_a_row_is_nobody_though_the_firm_is_said_once_for_all(
    settings: Settings, now: datetime
) -> None:
    people = grid(
        [
            ["Naam", "Voornaam", "Functie", "E-mail"],
            ["Bosmans", "Ellen", "zetter", "ellen@wens.example"],
            ["stagiair", "", "", ""],
        ],
        number=2,
    )
    written = (*lines("Bedrijf: Drukkerij Wens\nOndernemingsnummer: BE0400000456"), people)
    assert [one["name"] for one in answers(read(COMPANY, settings, now, *written))] == ["Bosmans"]


def test_a_family_name_is_the_name_beside_the_first_name(settings: Settings, now: datetime) -> None:
    """Not the contact person, who is asked for first; and of "de ridder kevin" kevin is the first name."""
    people = grid(
        [
            ["Naam", "Voornaam", "Functie", "E-mail"],
            ["de ridder kevin", "", "zetter", "kevin@wens.example"],
        ],
        number=2,
    )
    written = (*lines("Bedrijf: Drukkerij Wens\nContactpersoon opleidingen: Vera Pauwels"), people)
    told = answers(read(COMPANY, settings, now, *written))
    assert [(one["name"], one["first"]) for one in told] == [("de ridder", "kevin")]


CLUB = asking(
    name=("Name", NAME),
    first=("Vorname", NAME),
    phone=("Tel.", PHONE),
    walk=("Wandeling", CHOICE),
    guide=("Gids nodig", FieldKind.YES_NO),
)


def test_labels_without_any_sign_are_told_by_the_forms_own_words(settings: Settings, now: datetime) -> None:
    written = lines("Name Hoffmann-Graf Vorname Elfriede Tel. 050 12 34 56")
    submission = read(CLUB, settings, now, *written)
    assert answers(submission) == [{"name": "Hoffmann-Graf", "first": "Elfriede", "phone": "050 12 34 56"}]
    assert doubts(submission) == set()


def test_a_label_without_any_sign_leaves_doubt_where_no_answer_tells(
    settings: Settings, now: datetime
) -> None:
    submission = read(CLUB, settings, now, *lines("Name hoffmann graf Vorname Elfriede Tel. 050 12 34 56"))
    assert (0, "name", "unsure") in doubts(submission)


def test_a_label_before_a_tab_ends_the_answer_before_it(settings: Settings, now: datetime) -> None:
    written = lines("Name\tHoffmann-Graf Vorname\tElfriede\nTel.\t02472-000111")
    assert answers(read(CLUB, settings, now, *written)) == [
        {"name": "Hoffmann-Graf", "first": "Elfriede", "phone": "02472-000111"}
    ]


def test_options_with_boxes_answer_their_question_whatever_stands_above_them(
    settings: Settings, now: datetime
) -> None:
    written = lines(
        "Name: Maes\nVorname: An\nTel.: 050 12 34 56\nIch melde mich an für:\n"
        f"{UNTICKED} Duinen\n{TICKED} Bos\n{UNTICKED} Polder"
    )
    (told,) = answers(read(CLUB, settings, now, *written))
    assert told["walk"] == "Bos"


def test_a_list_of_options_is_of_the_person_above_it(settings: Settings, now: datetime) -> None:
    written = lines(
        "Deelnemer 1\nName: Maes\nVorname: An\nTel.: 050 12 34 56\nIch melde mich an für:\n"
        f"{UNTICKED} Duinen\n{TICKED} Bos\n{UNTICKED} Polder\n"
        "Deelnemer 2\nName: Claes\nVorname: Jan\nTel.: 050 12 34 57"
    )
    told = answers(read(CLUB, settings, now, *written))
    assert [(one["name"], one.get("walk")) for one in told] == [("Maes", "Bos"), ("Claes", None)]


def test_a_mark_beside_a_box_ticks_the_option_of_both(settings: Settings, now: datetime) -> None:
    written = lines(
        f"Name: Maes\nVorname: An\nTel.: 050 12 34 56\n{UNTICKED} Duinen\n{UNTICKED} x Bos\n{UNTICKED} Polder"
    )
    (told,) = answers(read(CLUB, settings, now, *written))
    assert told["walk"] == "Bos"


def test_options_repeated_without_end_on_a_line_are_looked_at_once(settings: Settings, now: datetime) -> None:
    written = lines("Name: Maes\nVorname: An\nTel.: 050 12 34 56\n" + f"{UNTICKED} Bos " * 5_000)
    (told,) = answers(read(CLUB, settings, now, *written))
    assert "walk" not in told


def test_options_that_say_something_else_than_the_label_are_a_doubt(
    settings: Settings, now: datetime
) -> None:
    written = (
        *lines("Name: Maes\nVorname: An\nTel.: 050 12 34 56\nWandeling: Polder"),
        grid([[UNTICKED, "Duinen", TICKED, "Bos", UNTICKED, "Polder"]]),
    )
    submission = read(CLUB, settings, now, *written)
    assert [field for _, field, _ in doubts(submission)] == ["walk"]


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ("Hebt u een gids nodig?   ☐ ja    ☒ neen", False),
        ("Hebt u misschien ook een gids nodig: ☒ ja ☐ nee", True),
        ("Hebt u geen gids nodig: ☒ ja ☐ nee", None),
        ("Zonder gids is een kaart nodig: ☒ ja ☐ nee", None),
        ("Ein Gids ist keinesfalls nodig: ☒ ja ☐ nee", None),
        ("Is there no gids nodig: ☒ ja ☐ nee", None),
        ("Sans gids nodig: ☒ ja ☐ nee", None),
    ],
)
def test_a_longer_question_asks_what_its_words_hold_unless_it_denies(
    settings: Settings, now: datetime, asked: str, value: bool | None
) -> None:
    written = lines(f"Name: Maes\nVorname: An\nTel.: 050 12 34 56\n{asked}")
    (told,) = answers(read(CLUB, settings, now, *written))
    assert told.get("guide") is value


@pytest.mark.parametrize(
    ("asked", "doubted"),
    [
        ("Blijft u na de lunch in Brugge: ☒ ja", True),
        ("Lunch op zaterdag: ☒ ja", False),
        ("Komt u naar de kooklunch in Brugge: ☒ ja", None),
    ],
)
def test_yes_at_one_word_of_a_longer_question_is_doubted_unless_it_begins_with_it(
    settings: Settings, now: datetime, asked: str, doubted: bool | None
) -> None:
    form = asking(name=("Naam", NAME), mail=("E-mail", EMAIL), lunch=("Lunch", FieldKind.YES_NO))
    submission = read(form, settings, now, *lines(f"Naam: An Maes\nE-mail: an@maes.example\n{asked}"))
    assert answers(submission)[0].get("lunch") is (None if doubted is None else True)
    assert ((0, "lunch", "unsure") in doubts(submission)) is bool(doubted)


def test_a_cross_in_the_row_of_an_option_is_the_answer_of_its_column(
    settings: Settings, now: datetime
) -> None:
    hours = ("16.00 – 17.00", "17.00 – 18.00", "18.00 – 19.00")
    form = Form(
        id="form",
        title="form",
        field=(
            FormField(key="child", label="Naam leerling", kind=NAME),
            FormField(key="group", label="Klas", kind=TEXT),
            FormField(key="one", label="1ste keuze", kind=CHOICE, choices=hours),
            FormField(key="two", label="2de keuze", kind=CHOICE, choices=hours),
        ),
    )
    table = grid(
        [["Uur", "1ste keuze", "2de keuze"], [hours[0], "", "x"], [hours[1], "x", ""], [hours[2], "", ""]]
    )
    written = (*lines("Naam leerling: Fien Baeyens\nKlas: 3 LA\nWelk uur past?"), table)
    assert answers(read(form, settings, now, *written)) == [
        {"child": "Fien Baeyens", "group": "3 LA", "one": hours[1], "two": hours[0]}
    ]


@pytest.mark.parametrize(
    ("written", "people", "is_told"),
    [
        ("Name: familie nowak\nVorname: piotr, ania", [("nowak", "piotr"), ("nowak", "ania")], True),
        ("Name: Brandt\nVorname: Ava and Leo", [("Brandt", "Ava"), ("Brandt", "Leo")], False),
    ],
)
def test_several_first_names_are_a_person_each_and_doubted_where_nothing_says_that_they_are_several(
    settings: Settings, now: datetime, written: str, people: list[tuple[str, str]], is_told: bool
) -> None:
    submission = read(CLUB, settings, now, *lines(f"{written}\nTel.: 0470 12 34 56"))
    assert [(one["name"], one["first"]) for one in answers(submission)] == people
    assert [one["phone"] for one in answers(submission)] == ["0470 12 34 56"] * 2
    doubted = set() if is_told else {(n, key, "unsure") for n in (0, 1) for key in ("name", "first")}
    assert doubts(submission) == doubted


@pytest.mark.parametrize(
    "written",
    [
        "Name: Vervloet / Samyn\nVorname: Tijs en Ruth\nTel.: 0470 12 34 56",
        "Name: Brandt\nVorname: Ava and Leo\nTel.: 0470 12 34 56 / 0470 12 34 57",
    ],
)
def test_as_many_answers_elsewhere_leave_no_doubt_that_they_are_several(
    settings: Settings, now: datetime, written: str
) -> None:
    submission = read(CLUB, settings, now, *lines(written))
    assert len(answers(submission)) == 2
    assert doubts(submission) == set()


@pytest.mark.parametrize("names", ["Jan, Maria", "idem / idem"])
def test_a_comma_or_a_ditto_alone_makes_no_second_person(
    settings: Settings, now: datetime, names: str
) -> None:
    submission = read(CLUB, settings, now, *lines(f"Name: Maes\nVorname: {names}\nTel.: 0470 12 34 56"))
    assert len(answers(submission)) == 1
    assert any(field == "first" for _, field, _ in doubts(submission))


PAIR = asking(
    name=("Naam", NAME), first=("Voornaam", NAME), role=("Functie", TEXT), born=("Geboortedatum", DATE)
)


def test_what_two_people_wrote_each_is_theirs_and_what_nobody_shares_is_doubted(
    settings: Settings, now: datetime
) -> None:
    each = "Naam: Maes / Samyn\nVoornaam: Tijs en Ruth\nFunctie: schepen / archivaris\n"
    told = answers(read(PAIR, settings, now, *lines(f"{each}Geboortedatum: 01/05/1984 en 17/11/1986")))
    assert [(one["role"], one["born"]) for one in told] == [
        ("schepen", "01/05/1984"),
        ("archivaris", "17/11/1986"),
    ]
    once = read(PAIR, settings, now, *lines(f"{each}Geboortedatum: 01/05/1984"))
    assert {(0, "born", "unsure"), (1, "born", "unsure")} <= doubts(once)


CAMP = asking(
    name=("Naam", NAME),
    born=("Geboren op", DATE),
    walk=("Tak", CHOICE),
    one=("gsm ouder 1", PHONE),
    two=("gsm ouder 2", PHONE),
    mail=("e-mail", EMAIL),
    order=("Bestelbonnr.", TEXT),
    plate=("Nummerplaat parking", FieldKind.PLATE),
    dinner=("Spaghettiavond", FieldKind.NUMBER),
)
JEF = "Naam: Jef Maes\ne-mail: jef@maes.example\n"


def test_telephones_without_more_words_are_asked_one_after_the_other(
    settings: Settings, now: datetime
) -> None:
    written = lines(f"{JEF}Ouder 1: Els\ngsm: 0486 00 43 43\nOuder 2: Bart\ngsm: 0486 00 43 44")
    (told,) = answers(read(CAMP, settings, now, *written))
    assert (told["one"], told["two"]) == ("0486 00 43 43", "0486 00 43 44")


def test_a_date_behind_its_label_needs_no_colon_though_options_stand_above(
    settings: Settings, now: datetime
) -> None:
    written = lines(f"{JEF}Tak: {UNTICKED} Duinen {TICKED} Bos {UNTICKED} Polder\nGeboren op 18 mei 2014____")
    (told,) = answers(read(CAMP, settings, now, *written))
    assert (told["walk"], told["born"]) == ("Bos", "18 mei 2014")


def test_a_numbered_heading_below_a_question_is_no_address(settings: Settings, now: datetime) -> None:
    written = lines(f"Naam: Jef Maes\nGeboren op: 18/05/2014\ne-mail\n2. De opleiding\nTak: {TICKED} Bos")
    (told,) = answers(read(CAMP, settings, now, *written))
    assert "mail" not in told


def test_another_question_of_the_form_is_no_answer(settings: Settings, now: datetime) -> None:
    table = grid([["Naam", "Bestelbonnr."], ["Jef Maes", "Nummerplaat parking"]])
    (told,) = answers(read(CAMP, settings, now, *lines("e-mail: jef@maes.example"), table))
    assert "order" not in told


def test_another_question_typed_into_a_field_is_kept_and_doubted(settings: Settings, now: datetime) -> None:
    typed = line((Span("Bestelbonnr.: "), Span("Nummerplaat parking", slot=True)), 9)
    submission = read(CAMP, settings, now, *lines(f"{JEF}Geboren op: 18/05/2014"), typed)
    assert answers(submission)[0]["order"] == "Nummerplaat parking"
    assert (0, "order", "unsure") in doubts(submission)


@pytest.mark.parametrize(
    ("asked", "doubted"), [("Spaghettiavond op zaterdag", False), ("Wij eten op de spaghettiavond", True)]
)
def test_an_answer_to_a_longer_question_is_doubted_where_one_word_in_its_midst_tells(
    settings: Settings, now: datetime, asked: str, doubted: bool
) -> None:
    written = lines(f"{JEF}Geboren op: 18/05/2014\n{asked}: 4")
    submission = read(CAMP, settings, now, *written)
    assert answers(submission)[0]["dinner"] == "4"
    assert ((0, "dinner", "unsure") in doubts(submission)) is doubted


def test_a_form_that_asks_no_name_is_one_by_what_reaches_people(settings: Settings, now: datetime) -> None:
    form = asking(mail=("E-mail", EMAIL), phone=("Telefoon", PHONE), walk=("Wandeling", CHOICE))
    written = lines("Inschrijving\nE-mail: jef@maes.example\nTelefoon: 050 12 34 56\nWandeling: Bos")
    assert answers(read(form, settings, now, *written)) == [
        {"mail": "jef@maes.example", "phone": "050 12 34 56", "walk": "Bos"}
    ]


def test_the_option_that_is_underlined_alone_is_chosen(settings: Settings, now: datetime) -> None:
    walks = (Span(f"Wandeling: {UNTICKED} Duinen  {UNTICKED} "), Span("Bos", underlined=True))
    written = (
        *lines("Naam: Maes\nVoornaam: An\nE-mail: an@maes.example"),
        line((*walks, Span(f"  {UNTICKED} Polder")), 4),
    )
    assert answers(read(WALK, settings, now, *written)) == [WALKER]


def test_the_option_that_is_bold_alone_is_chosen(settings: Settings, now: datetime) -> None:
    walks = (Span("Wandeling: Duinen / "), Span("Bos", bold=True), Span(" / Polder"))
    written = (*lines("Naam: Maes\nVoornaam: An\nE-mail: an@maes.example"), line(walks, 4))
    assert answers(read(WALK, settings, now, *written)) == [WALKER]


BOLD_LABEL = Span("Wandeling:", bold=True)


@pytest.mark.parametrize(
    ("walks", "chosen"),
    [
        ([(Span("Wandeling: Duinen", bold=True), Span(" / Bos / Polder"))], None),
        ([(Span("Wandeling Duinen", bold=True), Span(" / Bos / Polder"))], None),
        ([(Span("Wandeling: Duinen", underlined=True), Span(" / Bos / Polder"))], None),
        (
            [
                (
                    Span(f"Wandeling: {UNTICKED} Duinen", bold=True),
                    Span(f" {UNTICKED} Bos {UNTICKED} Polder"),
                )
            ],
            None,
        ),
        ([(BOLD_LABEL,), (Span("Duinen", bold=True),), "Bos", "Polder"], None),
        ([(BOLD_LABEL,), "Duinen", (Span("Bos", bold=True),), "Polder"], "Bos"),
        ([(BOLD_LABEL, Span(" Duinen / "), Span("Bos", bold=True), Span(" / Polder"))], "Bos"),
        ([(Span("Wandeling: "), Span("Duinen", bold=True), Span(" / Bos / Polder"))], "Duinen"),
    ],
)
def test_bold_that_runs_on_from_a_label_chooses_nothing(
    settings: Settings, now: datetime, walks: list[str | tuple[Span, ...]], chosen: str | None
) -> None:
    written = [line(one, n) for n, one in enumerate(walks, 4)]
    who = lines("Naam: Maes\nVoornaam: An\nE-mail: an@maes.example")
    (told,) = answers(read(WALK, settings, now, *who, *written))
    assert told.get("walk") == chosen


def test_the_option_that_is_underlined_is_chosen_where_all_are_bold(
    settings: Settings, now: datetime
) -> None:
    bos = Span("Bos", bold=True, underlined=True)
    walks = (Span("Wandeling: Duinen / ", bold=True), bos, Span(" / Polder", bold=True))
    written = (*lines("Naam: Maes\nVoornaam: An\nE-mail: an@maes.example"), line(walks, 4))
    assert answers(read(WALK, settings, now, *written)) == [WALKER]


def test_the_same_number_below_two_labels_explains_neither(settings: Settings, now: datetime) -> None:
    form = asking(name=("Naam", NAME), phone=("Telefoon", PHONE), mobile=("Gsm", PHONE))
    rows = [["Naam\nMaes", "Telefoon\n050 12 34 56"], ["Gsm\n050 12 34 56", ""]]
    (told,) = answers(read(form, settings, now, grid(rows)))
    assert (told["phone"], told["mobile"]) == ("050 12 34 56", "050 12 34 56")


def test_the_same_words_below_two_labels_may_answer_both(settings: Settings, now: datetime) -> None:
    form = asking(name=("Naam", NAME), board=("Bestuur", TEXT), town=("Gemeente", TEXT))
    (told,) = answers(
        read(form, settings, now, grid([["Naam\nMaes", "Bestuur\nDamme"], ["Gemeente\nDamme"]]))
    )
    assert (told["board"], told["town"]) == ("Damme", "Damme")


@pytest.mark.parametrize("beside", ["Schoenmaat\n43", "Haarkleur\nbruin", "bruin"])
def test_an_answer_below_a_label_is_not_what_stands_in_the_cell_beside_it(
    settings: Settings, now: datetime, beside: str
) -> None:
    form = asking(name=("Naam", NAME), board=("Bestuur", TEXT), town=("Gemeente", TEXT))
    rows = [["Naam\nMaes", beside], ["Bestuur\nDamme", beside], ["Gemeente\nBrugge", beside]]
    assert answers(read(form, settings, now, grid(rows))) == [
        {"name": "Maes", "board": "Damme", "town": "Brugge"}
    ]


def test_a_town_behind_a_line_is_no_name_for_sure(settings: Settings, now: datetime) -> None:
    written = lines(f"Naam: {'_' * 22} Gent\nVoornaam: An\nE-mail: an@maes.example")
    assert (0, "name", "unsure") in doubts(read(WALK, settings, now, *written))


@pytest.mark.parametrize(("below", "guide"), [("nee", None), ("Tel.: 050 12 34 56", True)])
def test_options_of_a_line_each_of_which_none_is_marked_are_no_answer(
    settings: Settings, now: datetime, below: str, guide: bool | None
) -> None:
    written = lines(f"Name: Maes\nVorname: An\nGids nodig: ja\n{below}\nWandeling: Bos")
    (told,) = answers(read(CLUB, settings, now, *written))
    assert told.get("guide") is guide


def test_a_label_that_begins_as_a_closing_does_ends_nothing(settings: Settings, now: datetime) -> None:
    form = asking(
        name=("Full name", NAME), takes=("Wishes to take part", FieldKind.YES_NO), mail=("E-mail", EMAIL)
    )
    written = lines("Full name: An Maes\nWishes to take part: yes\nE-mail: an@maes.example")
    assert answers(read(form, settings, now, *written)) == [
        {"name": "An Maes", "takes": True, "mail": "an@maes.example"}
    ]


def test_a_number_behind_a_question_for_one_is_its_answer(settings: Settings, now: datetime) -> None:
    form = asking(name=("Naam", NAME), seats=("Aantal plaatsen", FieldKind.NUMBER), mail=("E-mail", EMAIL))
    written = lines("Naam: Maes\nAantal plaatsen 6\nE-mail: an@maes.example")
    assert answers(read(form, settings, now, *written)) == [
        {"name": "Maes", "seats": "6", "mail": "an@maes.example"}
    ]


def test_people_beside_each_other_in_lines_cut_by_tabs_are_columns(settings: Settings, now: datetime) -> None:
    written = lines("\tDeelnemer 1\tDeelnemer 2\nName\tDe Wit\tMaes\nVorname\tAn\tJef")
    told = answers(read(CLUB, settings, now, *written))
    assert [(one["name"], one["first"]) for one in told] == [("De Wit", "An"), ("Maes", "Jef")]


def test_two_answers_with_a_tab_between_them_are_doubted(settings: Settings, now: datetime) -> None:
    written = lines("Name: De Wit\tMaes\nVorname: An\nTel.: 050 12 34 56")
    assert (0, "name", "unsure") in doubts(read(CLUB, settings, now, *written))


def test_a_column_of_answers_each_above_its_label_may_have_words_around_it(
    settings: Settings, now: datetime
) -> None:
    rows = [[text] for text in ("Anmeldung", "Maes", "(Name)", "An", "(Vorname)", "050 12 34 56", "(Tel.)")]
    rows += [["Bos"], ["(Wandeling)"], ["Zurück an das Büro."]]
    assert answers(read(CLUB, settings, now, grid(rows))) == [
        {"name": "Maes", "first": "An", "phone": "050 12 34 56", "walk": "Bos"}
    ]


def test_each_part_below_a_heading_in_bold_has_a_layout_of_its_own(settings: Settings, now: datetime) -> None:
    form = asking(
        name=("Naam", NAME),
        given=("Voornaam", NAME),
        mail=("E-mail", EMAIL),
        phone=("Telefoon", PHONE),
        role=("Functie", TEXT),
        town=("Gemeente", TEXT),
        group=("Klas", TEXT),
    )
    written = (
        line((Span("A. Uw gegevens", bold=True),), 1),
        *lines("Naam\nMaes\nVoornaam\nAn\nE-mail\nan@maes.example", first=2),
        line((Span("B. Deelname", bold=True),), 9),
        *lines("050 12 34 56\n(Telefoon)\nleerkracht\n(Functie)\nDamme\n(Gemeente)\n3B\n(Klas)", first=10),
    )
    (told,) = answers(read(form, settings, now, *written))
    assert (told["name"], told["mail"]) == ("Maes", "an@maes.example")
    assert (told["phone"], told["town"], told["group"]) == ("050 12 34 56", "Damme", "3B")


def test_the_option_between_stars_is_chosen(settings: Settings, now: datetime) -> None:
    """As a mail program writes what was bold, in plain text."""
    written = lines(
        "Naam: Maes\nVoornaam: An\nE-mail: an@maes.example\nWandeling: [ ] Duinen   [ ] *Bos*   [ ] Polder"
    )
    assert answers(read(WALK, settings, now, *written)) == [WALKER]


def test_options_that_are_all_underlined_are_print(settings: Settings, now: datetime) -> None:
    offered = [Span(f"{UNTICKED} {walk}  ", underlined=True) for walk in WALKS]
    written = (
        *lines("Naam: Maes\nVoornaam: An\nE-mail: an@maes.example"),
        line((Span("Wandeling: "), *offered), 4),
    )
    assert answers(read(WALK, settings, now, *written)) == [{k: v for k, v in WALKER.items() if k != "walk"}]


@pytest.mark.parametrize(
    "written",
    [
        "straat: Lindelaan 5\npostcode: ......   gemeente: 8340 Damme",
        "straat: Lindelaan 5\npostcode: 8340 Damme   gemeente: ......",
        "straat: Lindelaan 5\npostcode: ......   gemeente: F-59000 Lille",
    ],
)
def test_postcode_and_town_in_the_room_of_one_are_two_answers(
    settings: Settings, now: datetime, written: str
) -> None:
    pupil = PUPIL | ({"code": "F-59000", "town": "Lille"} if "Lille" in written else {})
    given = lines(f"Academie\nnaam: Verbeke\nvoornaam: Hanne\n{written}")
    assert answers(read(ACADEMY, settings, now, *given)) == [pupil]


def test_an_address_that_ends_in_a_town_answers_the_questions_left_open(
    settings: Settings, now: datetime
) -> None:
    given = lines(
        "Academie\nnaam: Verbeke\nvoornaam: Hanne\nstraat: Lindelaan 5, 8340 Damme\n"
        "postcode: ......   gemeente: ......"
    )
    assert answers(read(ACADEMY, settings, now, *given)) == [PUPIL | {"street": "Lindelaan 5, 8340 Damme"}]


def test_a_town_that_was_answered_keeps_its_postcode_open(settings: Settings, now: datetime) -> None:
    given = lines(
        "Academie\nnaam: Verbeke\nvoornaam: Hanne\nstraat: Lindelaan 5, 8340 Damme\n"
        "postcode: ......   gemeente: Brugge"
    )
    (pupil,) = answers(read(ACADEMY, settings, now, *given))
    assert "code" not in pupil and pupil["town"] == "Brugge"


def test_a_number_behind_a_name_is_the_next_questions(settings: Settings, now: datetime) -> None:
    form = asking(
        name=("Naam kind", NAME), parent=("Ouder", NAME), phone=("Gsm", PHONE), mail=("E-mail", EMAIL)
    )
    given = lines(
        "Naam kind: Ada Maes\nOuder: Kris Maes 0487 00 44 44\nGsm: ......\nE-mail: kris@maes.example"
    )
    found = read(form, settings, now, *given)
    told = {"name": "Ada Maes", "parent": "Kris Maes", "phone": "0487 00 44 44", "mail": "kris@maes.example"}
    assert answers(found) == [told]
    assert not doubts(found)


SHIFT = asking(
    name=("Naam", NAME), given=("Voornaam", NAME), early=("Komt vroeger", YES_NO), walk=("Wandeling", CHOICE)
)
EARLY = {"name": "Maes", "given": "An", "early": True, "walk": "Bos"}


def test_what_may_be_answered_stands_beside_the_answer(settings: Settings, now: datetime) -> None:
    """As in a sheet with a list to choose from, and a column that explains it."""
    written = grid(
        [
            ["Naam", "Maes", ""],
            ["Voornaam", "An", ""],
            ["Komt vroeger", "ja", "ja / nee"],
            ["Wandeling", "Bos", "kies uit de lijst"],
        ]
    )
    found = read(SHIFT, settings, now, written)
    assert answers(found) == [EARLY]
    assert {field for _, field, _ in doubts(found)} == set()


def test_what_stands_below_an_answer_with_room_left_is_another_matter(
    settings: Settings, now: datetime
) -> None:
    written = lines(
        "Academie\nDE LEERLING\nnaam: Verbeke______\nvoornaam: Hanne______\n"
        "straat: Lindelaan 5____________\nTHUIS\npostcode: 8340______\ngemeente: Damme______"
    )
    assert answers(read(ACADEMY, settings, now, *written)) == [PUPIL]


def test_an_answer_goes_on_in_the_room_of_its_next_line(settings: Settings, now: datetime) -> None:
    form = asking(
        name=("naam", NAME), given=("voornaam", NAME), notes=("opmerkingen", LONG), mail=("mail", EMAIL)
    )
    written = lines(
        "Academie\nnaam: Verbeke______\nvoornaam: Hanne______\nmail: h@post.example\n"
        "opmerkingen: komt later______\nen eet geen vis______\nTot ziens!"
    )
    (told,) = answers(read(form, settings, now, *written))
    assert told["notes"] == "komt later\nen eet geen vis"


FAMILY = asking(
    child=("Kind", NAME),
    born=("Geboren op", DATE),
    parent=("Ouder", NAME),
    mail=("E-mail ouder", EMAIL),
    mother=("Telefoon moeder", PHONE),
    father=("Telefoon vader", PHONE),
)
TOGETHER = {"child": "Ada Maes", "born": "3 mei 2015", "parent": "Els Maes", "mail": "els@maes.example"}


def test_labels_below_a_heading_ask_what_it_says(settings: Settings, now: datetime) -> None:
    written = lines(
        "Kind: Ada Maes\nGeboren op: 3 mei 2015\nOuder\nVolledige naam: Els Maes\nE-mail: els@maes.example"
    )
    assert answers(read(FAMILY, settings, now, *written)) == [TOGETHER]


def test_a_label_that_says_all_itself_is_not_asked_by_its_heading(settings: Settings, now: datetime) -> None:
    form = asking(
        name=("Naam", NAME), child=("Naam kind", NAME), mail=("E-mail", EMAIL), group=("Groep", TEXT)
    )
    written = lines(
        "Inschrijving kind\nNaam: Els Maes\nNaam kind: Ada Maes\nE-mail: els@maes.example\nGroep: Welpen"
    )
    told = {"name": "Els Maes", "child": "Ada Maes", "mail": "els@maes.example", "group": "Welpen"}
    assert answers(read(form, settings, now, *written)) == [told]


def test_lines_in_a_cell_ask_what_the_cell_before_it_says(settings: Settings, now: datetime) -> None:
    written = grid(
        [
            ["Kind", "Ada Maes"],
            ["Geboren op", "3 mei 2015"],
            ["Ouder", "Els Maes"],
            ["E-mail ouder", "els@maes.example"],
            ["Telefoon ouders", "moeder: 0471 00 10 20........\nvader: 0471 00 10 21........"],
        ]
    )
    phones = {"mother": "0471 00 10 20", "father": "0471 00 10 21"}
    assert answers(read(FAMILY, settings, now, written)) == [TOGETHER | phones]


def test_an_invoice_has_an_address_of_its_own(settings: Settings, now: datetime) -> None:
    form = asking(
        name=("Naam", NAME),
        given=("Voornaam", NAME),
        home=("Adres", ADDRESS),
        bill=("Factuur: adres", ADDRESS),
    )
    written = (
        *lines("Naam: Maes\nVoornaam: An\nAdres: Lindelaan 5, 8340 Damme"),
        line("2. Factuur", 4, heading=True),
        grid([["Adres", "Markt 1, 8000 Brugge"]]),
    )
    told = {"name": "Maes", "given": "An", "home": "Lindelaan 5, 8340 Damme", "bill": "Markt 1, 8000 Brugge"}
    assert answers(read(form, settings, now, *written)) == [told]


def test_options_a_row_are_ticked_in_the_column_of_each_person(settings: Settings, now: datetime) -> None:
    written = grid(
        [
            ["", "Deelnemer 1", "Deelnemer 2"],
            ["Naam", "Maes", "Claes"],
            ["Voornaam", "An", "Jo"],
            ["E-mail", "an@maes.example", "jo@claes.example"],
            ["Duinen", "", "x"],
            ["Bos", "x", ""],
            ["Polder", "", ""],
        ]
    )
    other = {"name": "Claes", "given": "Jo", "mail": "jo@claes.example", "walk": "Duinen"}
    assert answers(read(WALK, settings, now, written)) == [WALKER, other]


def test_choices_cut_short_head_the_columns_of_their_marks(settings: Settings, now: datetime) -> None:
    written = grid(
        [
            ["Naam", "Maes", "", ""],
            ["Voornaam", "An", "", ""],
            ["E-mail", "an@maes.example", "", ""],
            ["", "du", "bo", "po"],
            ["Wandeling", "", "x", ""],
        ]
    )
    assert answers(read(WALK, settings, now, written)) == [WALKER]


def test_a_mark_at_no_option_is_doubted(settings: Settings, now: datetime) -> None:
    written = grid(
        [
            ["Naam", "Maes", ""],
            ["Voornaam", "An", ""],
            ["E-mail", "an@maes.example", ""],
            ["Wandeling", "", "x"],
        ]
    )
    found = read(WALK, settings, now, written)
    assert "walk" in {field for _, field, _ in doubts(found)}


def test_words_below_a_label_explain_it(settings: Settings, now: datetime) -> None:
    form = asking(name=("Naam", NAME), given=("Voornaam", NAME), bank=("Rekeningnummer", FieldKind.IBAN))
    written = grid(
        [
            ["Naam", "Maes"],
            ["Voornaam", "An"],
            ["Rekeningnummer\nvoor terugbetalingen", "BE68 5390 0754 7034"],
        ]
    )
    assert answers(read(form, settings, now, written)) == [
        {"name": "Maes", "given": "An", "bank": "BE68 5390 0754 7034"}
    ]


@pytest.mark.parametrize(
    "walks",
    ["☐ Duinen v Bos ☐ Polder", "☐ Duinen  v Bos  ☐ Polder", "v Bos ☐ Duinen ☐ Polder"],
)
def test_a_letter_in_the_place_of_a_box_ticks_it(settings: Settings, now: datetime, walks: str) -> None:
    written = lines(f"Naam: Maes\nVoornaam: An\nE-mail: an@maes.example\nWandeling: {walks}")
    assert answers(read(WALK, settings, now, *written)) == [WALKER]


@pytest.mark.parametrize(("said", "early"), [("nee", False), ("ja", True), ("ja, met de trein", True)])
def test_an_answer_stands_behind_what_is_offered(
    settings: Settings, now: datetime, said: str, early: bool
) -> None:
    written = lines(f"Naam: Maes\nVoornaam: An\nKomt vroeger: ja / nee    {said}\nWandeling: Bos")
    assert answers(read(SHIFT, settings, now, *written)) == [EARLY | {"early": early}]


def test_a_question_is_met_in_a_line_with_other_words_before_it(settings: Settings, now: datetime) -> None:
    form = asking(name=("Naam", NAME), given=("Voornaam", NAME), dinner=("Feestelijk avondmaal", YES_NO))
    written = lines(
        "Naam: Maes\nVoornaam: An\n"
        f"B. Programma - Feestelijk avondmaal, 9 mei (€ 55): {TICKED} ja {UNTICKED} nee"
    )
    assert answers(read(form, settings, now, *written)) == [{"name": "Maes", "given": "An", "dinner": True}]


def test_what_else_is_asked_with_a_question_leaves_its_answer_doubted(
    settings: Settings, now: datetime
) -> None:
    form = asking(name=("Naam", NAME), given=("Voornaam", NAME), diet=("Dieet", TEXT))
    found = read(form, settings, now, *lines("Naam: Maes\nVoornaam: An\nDieet, medicatie: geen noten"))
    assert answers(found) == [{"name": "Maes", "given": "An", "diet": "geen noten"}]
    assert "diet" in {field for _, field, _ in doubts(found)}


def test_who_is_head_of_a_service_answers_what_they_do(settings: Settings, now: datetime) -> None:
    form = asking(
        name=("Naam", NAME), given=("Voornaam", NAME), role=("Functie", TEXT), mail=("E-mail", EMAIL)
    )
    written = lines("Naam\nMaes\nVoornaam\nAn\nFunctie\nDiensthoofd thuiszorg\nE-mail\nan@maes.example")
    told = {"name": "Maes", "given": "An", "role": "Diensthoofd thuiszorg", "mail": "an@maes.example"}
    assert answers(read(form, settings, now, *written)) == [told]


@pytest.mark.parametrize(
    ("label", "doubted"),
    [("Wandelingen en workshops", False), ("Wandeling (max. 2)", False), ("Wandeling", True)],
)
def test_several_ticks_are_doubted_unless_the_question_speaks_of_several(
    settings: Settings, now: datetime, label: str, doubted: bool
) -> None:
    form = asking(name=("Naam", NAME), mail=("E-mail", EMAIL), walk=(label, CHOICE))
    ticked = f"{label}: ☒ Duinen  ☒ Bos  ☐ Polder"
    submission = read(form, settings, now, *lines(f"Naam: An Maes\nE-mail: an@maes.example\n{ticked}"))
    assert answers(submission)[0]["walk"] == "Duinen, Bos"
    assert ((0, "walk", "ambiguous") in doubts(submission)) is doubted


@pytest.mark.parametrize("asked", [True, False])
def test_what_is_asked_once_of_several_is_doubted_where_they_were_asked_it_too(asked: bool) -> None:
    form = asking(name=("Naam", NAME), mail=("E-mail", EMAIL), phone=("Gsm", PHONE))

    def said(key: str, text: str, place: str = "") -> Candidate:
        return candidate(Label((key,)), (Span(text),), NOWHERE, place=place)

    rows = [said("name", "An Maes", "t#1"), said("name", "Bo Smet", "t#2")]
    rows += [said("phone", "", row.place) for row in rows if asked]
    people = drafts([*rows, said("phone", "0470 12 34 56")], form)
    doubts = [piece.doubt for one in people for piece in one.pieces["phone",]]
    assert doubts == [Doubt(Reason.ONCE_FOR_SEVERAL) if asked else None] * 2


@pytest.mark.parametrize(
    ("born", "doubted"), [("3.3.85", False), ("30. Januar 1957", False), ("3 mei", True)]
)
def test_a_birth_date_is_doubted_where_its_year_is_left_out(
    settings: Settings, now: datetime, born: str, doubted: bool
) -> None:
    submission = read(CAMP, settings, now, *lines(f"{JEF}Geboren op: {born}"))
    assert answers(submission)[0]["born"] == born
    assert bool(doubts(submission)) is doubted


def test_words_below_a_heading_go_on_with_no_answer_above_it(settings: Settings, now: datetime) -> None:
    written = "Naam: Maes\nVoornaam: An\nFunctie: lid van de\nDeelnemer 2\nraad\nNaam: Smet\nVoornaam: Bo"
    told = answers(read(PAIR, settings, now, *lines(written)))
    assert [(one["name"], one.get("role")) for one in told] == [("Maes", "lid van de"), ("Smet", None)]


CHILDREN = asking(child=("Nom", NAME), born=("Date de naissance", DATE), parent=("Parent", NAME))


def test_a_line_of_labels_and_answers_below_a_list_is_no_more_of_its_people(
    settings: Settings, now: datetime
) -> None:
    rows = [
        ("N°", "Nom", "Date de naissance"),
        ("1", "Lambert Noé", "05/04/2017"),
        ("2", "Lambert Zoé", "01/09/2019"),
        ("Fait à", "Namur", "Date", "03/05/2027"),
    ]
    found = answers(read(CHILDREN, settings, now, grid(rows)))
    assert [one["child"] for one in found] == ["Lambert Noé", "Lambert Zoé"]


def test_what_explains_a_form_beside_a_name_is_no_second_person(settings: Settings, now: datetime) -> None:
    form = asking(captain=("Ploegkapitein", NAME), mail=("E-mail", EMAIL), club=("Club", TEXT))
    rows = [
        ("Club", "De Meeuw", "x = ja"),
        ("Ploegkapitein", "Tom Aerts", "Reeks: U15, U18, senioren"),
        ("E-mail", "tom@aerts.example", ""),
    ]
    (found,) = answers(read(form, settings, now, grid(rows)))
    assert found["mail"] == "tom@aerts.example"


@pytest.mark.parametrize(
    ("said", "is_sure"),
    [
        ("Vervloet, Tijs, 05/04/2007", True),
        ("Vervloet, 05/04/2007, Tijs", False),
        ("Vervloet, Tijs", False),
    ],
)
def test_a_label_that_asks_several_things_is_answered_in_its_order(
    said: str, is_sure: bool, settings: Settings, now: datetime
) -> None:
    form = asking(name=("Naam", NAME), given=("Voornaam", NAME), born=("Geboortedatum", DATE))
    blocks = lines(f"Inschrijving\nNaam, voornaam, geboortedatum: {said}")
    submission = read(form, settings, now, *blocks)
    assert bool(answers(submission)[0])
    assert (not submission.problems) is is_sure


def test_two_numbers_are_doubted_where_a_form_asks_two(settings: Settings, now: datetime) -> None:
    form = asking(
        child=("Kind", NAME),
        phone=("Gsm", PHONE),
        doctor=("Huisarts", TEXT),
        other=("Telefoon huisarts", PHONE),
    )
    rows = [
        ("Kind", "Leo Maes", "", ""),
        ("Gsm", "0470 22 11 00", "", ""),
        ("Huisarts", "dr. Claes", "Telefoon", "09 222 33 44"),
    ]
    submission = read(form, settings, now, grid(rows))
    (found,) = answers(submission)
    assert found["phone"] == "0470 22 11 00" or (0, "phone", "unsure") in doubts(submission)


@pytest.mark.parametrize(
    ("choices", "is_sure"),
    [
        (("woensdag 8", "donderdag 9", "vrijdag 10"), True),
        (("Wed 8", "Thu 9", "Fri 10"), True),
        (("voormiddag", "namiddag (13 uur)", "avond"), True),
        (WALKS, False),
    ],
)
def test_several_days_may_be_ticked(
    choices: tuple[str, ...], is_sure: bool, settings: Settings, now: datetime
) -> None:
    fields = (
        FormField(key="name", label="Naam", kind=NAME),
        FormField(key="when", label="Wanneer", kind=CHOICE, choices=choices),
    )
    ticked = f"{TICKED} {choices[0]}  {TICKED} {choices[1]}  {UNTICKED} {choices[2]}"
    blocks = lines(f"Inschrijving\nNaam: An Maes\nWanneer: {ticked}")
    submission = read(Form(id="form", title="form", field=fields), settings, now, *blocks)
    assert answers(submission)[0]["when"] == f"{choices[0]}, {choices[1]}"
    assert (not submission.problems) is is_sure


@pytest.mark.parametrize(
    ("line", "is_sure"),
    [
        ("Ik wil graag elke maand de nieuwsbrief ontvangen: ja", True),
        ("Kende u onze organisatie al voor de nieuwsbrief: ja", False),
    ],
)
def test_a_question_in_more_words_is_doubted_where_they_turn_it(
    line: str, is_sure: bool, settings: Settings, now: datetime
) -> None:
    form = asking(name=("Naam", NAME), news=("Nieuwsbrief", YES_NO))
    submission = read(form, settings, now, *lines(f"Inschrijving\nNaam: An Maes\n{line}"))
    assert answers(submission)[0]["news"] is True
    assert ((0, "news", "unsure") not in doubts(submission)) is is_sure
