"""What says something only beside something else: lines above tables, marks below options, how words look."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.document import Block, Paragraph, Span
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.extraction.typed_looks import with_typed_looks
from tests.extraction.blocks import answers, cell, doubts, grid, line, lines
from tests.extraction.test_forms_of_others import (
    ADDRESS,
    CHOICE,
    CONSENT,
    DATE,
    EMAIL,
    NAME,
    PHONE,
    POSTCODE,
    TEXT,
    TOLD,
    YES_NO,
    asking,
    read,
)

COUNT = FieldKind.NUMBER
FORM = asking(
    name=("Naam ouder", NAME),
    phone=("Telefoon", PHONE),
    group=("Wandeling", CHOICE),
    swims=("Kan zwemmen", YES_NO),
)
OUTING = Form(
    id="form",
    title="form",
    field=(
        FormField(key="name", label="Ondergetekende", kind=NAME),
        FormField(key="members", label="aantal leden", kind=COUNT),
        FormField(key="others", label="aantal niet-leden", kind=COUNT),
        FormField(key="menu", label="menu", kind=CHOICE, choices=("kalkoen", "zalm")),
        FormField(key="sex", label="Geslacht", kind=CHOICE, choices=("V", "M", "X")),
    ),
)
TINE, NUMBER = "Tine Vermeersch", "0479 55 66 77"


@pytest.mark.parametrize(
    ("blocks", "told"),
    [
        ((line("Naam ouder\tTelefoon"), grid([[TINE, NUMBER]])), {"name": TINE, "phone": NUMBER}),
        (
            (
                grid(
                    [
                        ["Naam ouder", "Wandeling", "", ""],
                        [TINE, "Duinen", "Bos", "Polder"],
                        ["", "", "x", ""],
                    ]
                ),
            ),
            {"name": TINE, "group": "Bos"},
        ),
        (
            (
                line("Naam ouder\tWandeling (kruis aan)\tTelefoon"),
                grid([[TINE, "Duinen", "Bos", "Polder", NUMBER], ["", "", "", "x", ""]]),
            ),
            {"name": TINE, "group": "Polder", "phone": NUMBER},
        ),
        (
            lines(f"Naam ouder: ~~Jan Claes~~ {TINE}\nTelefoon: {NUMBER}"),
            {"name": TINE, "phone": NUMBER},
        ),
        (
            lines(f"Naam ouder:\ttine Telefoon:\t{NUMBER} (papa)\nMijn kind kan zwemmen:  x ja    O nee"),
            {"name": "tine", "phone": f"{NUMBER} (papa)", "swims": True},
        ),
        (lines(f"Naam ouder: {TINE}\nTelefoon: {NUMBER}\nKan zwemmen: y"), {"swims": True}),
        (
            (grid([["Naam ouder", "Telefoon", "Kan zwemmen: ja", "nee"], [TINE, NUMBER, "", "x"]]),),
            {"name": TINE, "swims": False},
        ),
        (
            (
                *lines(f"Naam ouder: {TINE}\nTelefoon: {NUMBER}\nIk ga mee naar"),
                line((Span("☐ Duinen"),)),
                line((Span("☐ Bos", bold=True),)),
                line((Span("☐ Polder"),)),
            ),
            {"name": TINE, "group": "Bos"},
        ),
    ],
    ids=[
        "a line of labels above a table",
        "marks below options",
        "both",
        "tildes",
        "a remark behind a number",
        "y",
        "no beside a heading that names yes",
        "an option in bold",
    ],
)
def test_what_belongs_together_is_read_together(
    blocks: tuple[Block, ...], told: dict[str, str | bool], settings: Settings, now: datetime
) -> None:
    submission = read(FORM, settings, now, *blocks)
    assert not {field for _, field, _ in doubts(submission)} & {*told} - {"name"}
    assert [{key: person[key] for key in told} for person in answers(submission)] == [told]


def test_options_without_a_mark_below_them_answer_nothing(settings: Settings, now: datetime) -> None:
    table = grid([["Naam ouder", "Wandeling", "", "", "Telefoon"], [TINE, "Duinen", "Bos", "Polder", NUMBER]])
    assert answers(read(FORM, settings, now, table)) == [{"name": TINE, "phone": NUMBER}]


def test_cells_as_wide_as_the_labels_above_them_are_their_answers(settings: Settings, now: datetime) -> None:
    form = asking(name=("Naam ouder", NAME), firm=("Zaak", TEXT), number=("Btw-nummer zaak", TEXT))
    heads = tuple(cell(text, 0, n) for n, text in enumerate(("Zaak", "", "", "Naam ouder", "")))
    below = cell("Bakkerij De Korenaar", 1, 0, columns=3), cell(TINE, 1, 3, columns=2)
    third = grid([["", "", "", "", ""]] * 2 + [["Btw-nummer zaak", "BE 0400", "", "", ""]])
    table = type(third)((heads, below, *third.rows[2:]), third.where)
    assert answers(read(form, settings, now, table)) == [
        {"firm": "Bakkerij De Korenaar", "name": TINE, "number": "BE 0400"}
    ]


def test_bold_words_behind_each_room_of_a_sentence_were_typed_there(
    settings: Settings, now: datetime
) -> None:
    spans: list[Span] = []
    for before, key in (
        ("Ondergetekende", "parent"),
        (", wonende te", "home"),
        (", geeft mijn kind", ""),
        (" (naam kind), geboren op", "born"),
        (", de toelating om mee te gaan en is te bereiken op", "phone"),
    ):
        spans += [Span(f"{before} ....................")]
        spans += [Span(f" {TOLD[key]}", bold=True)] if key else []
    told = {key: value for key, value in TOLD.items() if key not in ("child", "group")}
    assert answers(read(CONSENT, settings, now, line(tuple(spans)))) == [told]


@pytest.mark.parametrize(
    ("first", "labels", "behind"),
    [
        ("Naam van wie de toelating geeft voor dit kind", ("Voornaam:", "Adres:"), " (verplicht)"),
        ("Naam van wie de toelating geeft voor dit kind", ("Voornaam", "Adres"), " : ........"),
        ("Naam", ("Jan", "Damme"), ", . . . - - / / ("),
    ],
    ids=["labels with a colon", "labels with room behind them", "too few words for a sentence"],
)
def test_bold_words_with_room_of_their_own_are_labels(
    first: str, labels: tuple[str, ...], behind: str
) -> None:
    spans = [Span(f"{first} ........")]
    for label in labels:
        spans += [Span(label, bold=True), Span(f"{behind} ........")]
    block = line(tuple(spans))
    assert with_typed_looks(block) == block


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "met 2....... leden en 1 niet-leden, kiest als menu zalm",
            {"members": "2", "others": "1", "menu": "zalm"},
        ),
        ("met geen leden en ....... niet-leden, kiest als menu kalkoen / zalm", {}),
        ("met 12345 leden", {}),
    ],
)
def test_a_number_in_a_sentence_stands_before_what_it_counts(
    said: str, told: dict[str, str], settings: Settings, now: datetime
) -> None:
    blocks = lines(
        f"Ondergetekende {TINE}, geeft zich hierbij op voor de uitstap {said}\nGeslacht: x V  ☐ M  ☐ X"
    )
    assert answers(read(OUTING, settings, now, *blocks)) == [{"name": TINE, "sex": "V", **told}]


@pytest.mark.parametrize(
    ("none", "told"), [("geen", "0"), ("aucun", "0"), ("none", "0"), ("nvt", None), ("-", None)]
)
def test_words_for_none_are_a_number(none: str, told: str | None, settings: Settings, now: datetime) -> None:
    blocks = lines(f"Ondergetekende: {TINE}\nAantal leden: 3\nAantal niet-leden: {none}")
    (person,) = answers(read(OUTING, settings, now, *blocks))
    assert person.get("others") == told


@pytest.mark.parametrize("ages", ["7 en 10", "7"])
def test_two_whole_names_are_two_people_where_something_was_told_of_each(
    ages: str, settings: Settings, now: datetime
) -> None:
    form = asking(child=("Naam kind", NAME), age=("Leeftijd", COUNT), phone=("Telefoon", PHONE))
    submission = read(
        form, settings, now, *lines(f"Naam kind: Max u. Moritz Lang\nLeeftijd: {ages}\nTelefoon: {NUMBER}")
    )
    names = [person["child"] for person in answers(submission)]
    assert names == (["Max Lang", "Moritz Lang"] if "en" in ages else ["Max u. Moritz Lang"])
    assert ("child" in {field for _, field, _ in doubts(submission)}) is ("en" not in ages)


def test_figures_in_boxes_above_their_label_are_its_answer(settings: Settings, now: datetime) -> None:
    form = asking(
        name=("Naam", NAME), street=("Straat", ADDRESS), code=("Postcode", POSTCODE), town=("Stad", TEXT)
    )
    boxes = [grid([list(word)], number) for number, word in enumerate(("PEETERS", "9880"), 1)]
    blocks = (
        boxes[0],
        line("Naam", 1),
        grid([["Straat", "Burgweg 9"]], 3),
        boxes[1],
        line("Postcode\tStad\tAalter", 2),
    )
    told = {"name": "PEETERS", "street": "Burgweg 9", "code": "9880", "town": "Aalter"}
    assert answers(read(form, settings, now, *blocks)) == [told]


def test_a_place_behind_a_house_number_needs_no_comma(settings: Settings, now: datetime) -> None:
    form = asking(
        name=("Naam", NAME), street=("Straat", ADDRESS), code=("Postcode", POSTCODE), town=("Stad", TEXT)
    )
    blocks = lines(f"Naam: {TINE}\nStraat: Burgweg 9 9880 Aalter\nPostcode: ......\nStad: .........")
    (person,) = answers(read(form, settings, now, *blocks))
    assert (person["code"], person["town"]) == ("9880", "Aalter")


def test_a_small_m_before_one_name_may_be_a_title(settings: Settings, now: datetime) -> None:
    submission = read(FORM, settings, now, *lines(f"Naam ouder: m. vermeersch\nTelefoon: {NUMBER}"))
    assert (0, "name", "unsure") in doubts(submission)


@pytest.mark.parametrize("room", ["", "........."], ids=["typed", "typed into dots"])
def test_a_place_goes_on_with_the_answer_before_it(room: str, settings: Settings, now: datetime) -> None:
    form = asking(
        name=("Ondergetekende", NAME),
        number=("lidnummer", TEXT),
        born=("geboren op", DATE),
        where=("geboren te", TEXT),
        home=("Adres", ADDRESS),
        town=("postcode en gemeente", TEXT),
    )
    said = (
        f"Ondergetekende {TINE}{room} (lidnummer 214), geboren op 12/05/1949 te Poperinge{room}, "
        f"wonende in de Kerkstraat 3{room} te 8970 Watou{room}, schrijft zich in voor de uitstap."
    )
    home = {"home": "Kerkstraat 3", "town": "8970 Watou"} if room else {"home": "Kerkstraat 3 te 8970 Watou"}
    told = {"name": TINE, "number": "214", "born": "12/05/1949", "where": "Poperinge", **home}
    assert answers(read(form, settings, now, *lines(f"Strook\n{said}"))) == [told]


def test_a_note_below_a_table_of_answers_is_nobodys(settings: Settings, now: datetime) -> None:
    note = "Uw gegevens worden bewaard tot het einde van de uitstap."
    rows = [["Naam ouder", TINE], ["Telefoon", NUMBER], ["Kan zwemmen", "ja"], ["Klas", ""], [note, ""]]
    form = asking(
        name=("Naam ouder", NAME),
        phone=("Telefoon", PHONE),
        swims=("Kan zwemmen", YES_NO),
        group=("Klas", TEXT),
    )
    told = {"name": TINE, "phone": NUMBER, "swims": True}
    assert answers(read(form, settings, now, grid(rows))) == [told]


@pytest.mark.parametrize("behind", [2, 1])
def test_answers_behind_their_line_are_where_somebody_wrote_if_several_are(
    behind: int, settings: Settings, now: datetime
) -> None:
    room = "_" * 30
    form = asking(name=("Naam", NAME), group=("Klas", TEXT), school=("School", TEXT), phone=("Gsm", PHONE))
    said = [f"Klas: {room} 3A", f"School: {room} De Linde"][:behind]
    blocks = lines("\n".join((f"Naam: {room} Gent", *said, f"Gsm: {NUMBER}")))
    doubted = {field for _, field, _ in doubts(read(form, settings, now, *blocks))}
    assert bool(doubted) is (behind == 1)


@pytest.mark.parametrize("contact", [f"Contactpersoon: {TINE}\n", ""])
def test_an_address_beside_the_name_of_a_contact_is_for_all(
    contact: str, settings: Settings, now: datetime
) -> None:
    form = asking(
        contact=("Contactpersoon", NAME),
        mail=("E-mail", EMAIL),
        name=("Naam vrijwilliger", NAME),
        task=("Taak", TEXT),
    )
    people = grid([["Naam vrijwilliger", "Taak"], ["Jan Claes", "bar"], ["An Smet", "bar"]])
    submission = read(form, settings, now, *lines(f"{contact}E-mail: club@post.example"), people)
    assert ("mail" in {field for _, field, _ in doubts(submission)}) is not bool(contact)


def test_headings_above_questions_in_cells_are_no_labels_of_columns(
    settings: Settings, now: datetime
) -> None:
    form = asking(
        firm=("Bedrijf", FieldKind.ORGANISATION), number=("Ondernemingsnummer", TEXT), name=("Naam", NAME),
        role=("Functie", TEXT), mail=("E-mail facturatie", EMAIL), order=("Bestelbonnummer", TEXT),
    )  # fmt: skip
    firm = grid(
        [
            ["UW BEDRIJF", "FACTURATIE"],
            ["Bedrijf: Drukkerij Sys", "E-mail facturatie: ap@sys.example"],
            ["Ondernemingsnummer: 0400.111.222", "Bestelbonnummer: B-17"],
        ]
    )
    people = grid([["Naam", "Functie"], ["Greet Sys", "drukker"], ["Wim Hens", "zetter"]], 2)
    told = answers(read(form, settings, now, firm, line("Wij komen met:", 9), people))
    shared = {"firm": "Drukkerij Sys", "number": "0400.111.222", "mail": "ap@sys.example", "order": "B-17"}
    assert told == [
        {**shared, "name": "Greet Sys", "role": "drukker"},
        {**shared, "name": "Wim Hens", "role": "zetter"},
    ]


def test_a_space_that_stands_alone_parts_no_answer_in_bold_from_its_room() -> None:
    spread = (
        "Ondergetekende ......",
        " ",
        "*An Maes",
        ", geboren op ......",
        " ",
        "*'71",
        " ",
        "te ...... schrijft in voor 1 juni",
    )
    spans = tuple(Span(one.removeprefix("*"), bold=one.startswith("*")) for one in spread)
    block = replace(line("x"), spans=spans)
    told = with_typed_looks(block)
    assert isinstance(told, Paragraph)
    assert [span.text for span in told.spans if span.slot] == ["An Maes", "'71"]
