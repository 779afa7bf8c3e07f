"""Options of a question that stand apart from it: as columns, as rows, by their sign, or as a word that says
nothing anywhere else; and who is listed beside them."""

from __future__ import annotations

from datetime import datetime

import pytest

from mailbot.config.settings import Settings
from mailbot.domain.document import Block
from mailbot.domain.form import FieldKind, Form, FormField
from mailbot.extraction.boilerplate import is_to_come
from mailbot.extraction.ticks import is_chosen
from mailbot.extraction.values.choice import option_named
from tests.extraction.blocks import answers, doubts, grid, lines
from tests.extraction.test_forms_of_others import asking, read

DAYS = ("Dag 1 – erfgoed (4 mei)", "Dag 2 – water (11 mei)")
CARE = ("voor", "na", "geen")
FORM = Form(
    id="form",
    title="form",
    field=(
        FormField(key="contact", label="Contactpersoon", kind=FieldKind.NAME),
        FormField(key="mail", label="E-mail", kind=FieldKind.EMAIL),
        FormField(key="child", label="Naam kind", kind=FieldKind.NAME),
        FormField(key="own", label="E-mail deelnemer", kind=FieldKind.EMAIL),
        FormField(key="days", label="Welke dagen", kind=FieldKind.CHOICE, choices=DAYS),
        FormField(key="care", label="Opvang", kind=FieldKind.CHOICE, choices=CARE),
        FormField(key="meal", label="Maaltijd", kind=FieldKind.CHOICE, choices=("Lunch", "Diner")),
    ),
)
HEADER = ["Naam kind", "Dag 1", "Dag 2", "Opvang"]
CONTACT = grid([["Contactpersoon", "E-mail"], ["Tine Maes", "tine@maes.example"]], 1)
MIA, TOM = "Mia Maes", "Tom Maes"


def _read(settings: Settings, now: datetime, *blocks: Block) -> list[dict[str, str | bool]]:
    return answers(read(FORM, settings, now, *lines("Inschrijving"), *blocks))


@pytest.mark.parametrize("mark", ["x", "XX", "v", "☒", "ja", "1"])
def test_a_mark_below_an_option_that_heads_a_column_chooses_it(
    mark: str, settings: Settings, now: datetime
) -> None:
    table = grid([HEADER, [MIA, "", mark, "na"], [TOM, mark, "-", "geen"]], 2)
    assert _read(settings, now, CONTACT, table) == [
        {"contact": "Tine Maes", "mail": "tine@maes.example", "child": MIA, "days": DAYS[1], "care": "na"},
        {"contact": "Tine Maes", "mail": "tine@maes.example", "child": TOM, "days": DAYS[0], "care": "geen"},
    ]


def test_words_below_an_option_that_heads_a_column_are_a_doubt(settings: Settings, now: datetime) -> None:
    table = grid([HEADER, [MIA, "beide dagen", "", "na"], [TOM, "x", "", ""]], 2)
    submission = read(FORM, settings, now, *lines("Inschrijving"), CONTACT, table)
    assert [(who, what) for who, what, _ in doubts(submission)] == [(0, "days")]


def test_who_stands_alone_above_a_list_of_others_is_said_of_all_and_nobody_more(
    settings: Settings, now: datetime
) -> None:
    table = grid([HEADER, [MIA, "x", "", ""], [TOM, "x", "", ""]], 2)
    people = _read(settings, now, CONTACT, table)
    assert [(one["child"], one["contact"]) for one in people] == [(MIA, "Tine Maes"), (TOM, "Tine Maes")]


def test_a_column_asks_the_longer_question_where_the_shorter_stands_above_the_list(
    settings: Settings, now: datetime
) -> None:
    above = grid([["Contactpersoon", "Tine Maes"], ["E-mail", "tine@maes.example"]], 1)
    table = grid([["Naam kind", "E-mail"], [MIA, "mia@maes.example"], [TOM, ""]], 2)
    people = _read(settings, now, above, table)
    assert [(one["mail"], one.get("own")) for one in people] == [
        ("tine@maes.example", "mia@maes.example"),
        ("tine@maes.example", None),
    ]


def test_half_a_name_where_another_cannot_be_read_is_a_doubt(settings: Settings, now: datetime) -> None:
    table = grid([HEADER, ["Mia", "x", "", ""], ["Tom (zelfde fam.naam)", "x", "", ""]], 2)
    submission = read(FORM, settings, now, *lines("Inschrijving"), CONTACT, table)
    assert {(who, what) for who, what, _ in doubts(submission)} == {(0, "child"), (1, "child")}


def test_options_with_a_price_beside_them_are_chosen_in_the_one_column_of_marks(
    settings: Settings, now: datetime
) -> None:
    meals = grid(
        [
            ["Maaltijd", "Prijs", "Schrijf in (kruis aan)"],
            ["Lunch", "18 euro", ""],
            ["Diner", "42 euro", "x"],
        ],
        1,
    )
    (one,) = _read(settings, now, *lines("Contactpersoon: Tine Maes\nE-mail: tine@maes.example"), meals)
    assert one["meal"] == "Diner"


@pytest.mark.parametrize(
    ("text", "choices", "option"),
    [
        ("Dag 1", DAYS, DAYS[0]),
        ("dag 2", DAYS, DAYS[1]),
        ("Dag", DAYS, ""),
        ("Lid", ("Lid (€ 20)", "Niet-lid (€ 40)"), "Lid (€ 20)"),
        ("Station", ("Station – Brussel", "Station – Gent"), ""),
        ("Dag 1", ("Dag 1", "Dag 10"), "Dag 1"),
        ("Werk", ("Werkgroep water", "Diner"), ""),
        ("", CARE, ""),
    ],
)
def test_an_option_is_named_without_what_explains_it(
    text: str, choices: tuple[str, ...], option: str
) -> None:
    assert option_named(text, choices) == option


@pytest.mark.parametrize(
    ("text", "said"),
    [("x", True), ("☒", True), ("", False), ("neen", False), ("☐", False), ("2", None), ("misschien", None)],
)
def test_room_for_a_mark_chooses_or_not_or_says_something_else(text: str, said: bool | None) -> None:
    assert is_chosen(text) is said


@pytest.mark.parametrize(
    "text", ["reiche ich nach", "wird nachgereicht", "bezorg ik later", "je vous l'envoie plus tard"]
)
def test_what_somebody_will_send_is_no_answer_yet(text: str) -> None:
    assert is_to_come(text)
    assert not is_to_come(f"{text} aan de balie")


def test_the_foot_of_a_page_goes_on_with_no_answer(settings: Settings, now: datetime) -> None:
    foot = "events@kust.example · 059 00 01 00 · Vereniging van kustgemeenten"
    told = lines(f"Contactpersoon: Tine Maes\nE-mail: tine@maes.example\nRemark: ringleiding\n{foot}")
    remark = FormField(key="remark", label="Remark", kind=FieldKind.LONG_TEXT)
    form = Form(id="form", title="form", field=(*FORM.fields, remark))
    (one,) = answers(read(form, settings, now, *lines("Inschrijving"), *told))
    assert one["remark"] == "ringleiding"


def test_labels_without_a_sign_are_meant_as_the_heading_above_them_says(
    settings: Settings, now: datetime
) -> None:
    form = asking(
        first=("First name", FieldKind.NAME),
        last=("Surname", FieldKind.NAME),
        parent=("Parent / guardian", FieldKind.NAME),
        mail=("E-mail parent", FieldKind.EMAIL),
    )
    told = (
        "First name Isla\nSurname MacLeod\nParent / guardian\nFull name Fiona MacLeod\nE-mail fiona@x.example"
    )
    assert answers(read(form, settings, now, *lines("Enrolment"), *lines(told))) == [
        {"first": "Isla", "last": "MacLeod", "parent": "Fiona MacLeod", "mail": "fiona@x.example"}
    ]
