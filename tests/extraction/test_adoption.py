"""Which questions, of which kind, adopting a blank form finds."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from mailbot.domain.document import Block, Location, Span, Table, Unit
from mailbot.domain.form import FieldKind
from mailbot.extraction.adoption import fields_of
from mailbot.extraction.alignment import align
from mailbot.extraction.drafting import template_of
from mailbot.extraction.form_toml import toml_of
from mailbot.extraction.tokens import span_text, tokenised
from tests.extraction.blocks import grid, line, lines


def adopted(text: str) -> list[tuple[str, FieldKind]]:
    """The labels and kinds of the fields of a blank form."""
    return [(one.field.label, one.field.kind) for one in fields_of(template_of(lines(text)))]


def test_each_question_of_a_line_that_is_led_by_tabs_is_found() -> None:
    blank = "Inschrijving uitstap\nNaam leerling\t Klas\t\nGeboortedatum\t Nationaliteit\t\nGsm ouder\t"
    assert [label for label, _ in adopted(blank)] == [
        "Naam leerling", "Klas", "Geboortedatum", "Nationaliteit", "Gsm ouder",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Naam en voornaam van de leerling", FieldKind.NAME),
        ("Nom et prénom de l'élève", FieldKind.NAME),
        ("Postcode en gemeente", FieldKind.TEXT),
        ("Postcode", FieldKind.POSTCODE),
    ],
)
def test_a_label_of_two_things_keeps_the_kind_that_both_have(label: str, kind: FieldKind) -> None:
    assert (label, kind) in adopted(f"Inschrijving uitstap\n{label}: ..............\nGsm: ............")


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Dieetwensen of allergieën", "diet"),
        ("Dieet, allergieën of voedingswensen", "diet"),
        ("Opmerkingen en vragen", "remarks"),
        ("Dieetwensen of opmerkingen", "dieetwensen_of_opmerkingen"),
    ],
)
def test_a_label_that_joins_words_for_one_thing_has_its_key(label: str, key: str) -> None:
    blank = f"Inschrijving uitstap\nNaam: ............\n{label}: ............"
    drafted = fields_of(template_of(lines(blank)))
    assert [one.field.key for one in drafted][-1] == key


def test_only_who_registers_has_a_name_that_is_required() -> None:
    blank = (
        "Inschrijving uitstap\nNaam van het kind: ..........\nVoornaam van het kind: ..........\n"
        "Gegevens van de ouder\nNaam: ..........\nVoornaam: ..........\nGsm: .........."
    )
    fields = [one.field for one in fields_of(template_of(lines(blank)))]
    named = [(field.label, field.required) for field in fields if field.kind is FieldKind.NAME]
    assert named == [("Naam van het kind", True), ("Voornaam van het kind", True)]


def test_a_name_asked_in_one_stands_alone() -> None:
    blank = "Inschrijving\nNaam en voornaam: ..........\nVoornaam op de badge: ..........\nGsm: .........."
    assert adopted(blank)[:2] == [
        ("Naam en voornaam", FieldKind.NAME),
        ("Voornaam op de badge", FieldKind.TEXT),
    ]


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Mijn kind neemt deel", "attends"),
        ("Mijn dochter gaat mee (omcirkelen)", "attends"),
        ("Mijn kind neemt deel aan de barbecue", "mijn_kind_neemt_deel_aan_de_barbecue"),
        ("Mijn partner komt", "mijn_partner_komt"),
        ("Mijn partner gaat mee", "mijn_partner_gaat_mee"),
        ("Ik neem deel aan de uitstap", "attends"),
        ("Ik kom met de wagen", "ik_kom_met_de_wagen"),
    ],
)
def test_a_no_to_coming_at_all_is_no_registration(label: str, key: str) -> None:
    blank = f"Inschrijving uitstap\nNaam: ..........\n{label}: ja / neen\nGsm: .........."
    assert key in [one.field.key for one in fields_of(template_of(lines(blank)))]


@pytest.mark.parametrize(
    ("label", "is_sensitive"),
    [
        ("Allergieën of bijzondere noden", True),
        ("Voedselallergie", True),
        ("Vragen of opmerkingen", True),
        ("Heeft u een beperking waarmee wij rekening houden", True),
        ("Geboortedatum", True),
        ("Rijksregisternummer", True),
        ("Régime alimentaire", True),
        ("Lunch", False),
        ("Ik kom met de wagen", False),
        ("Functie", False),
    ],
)
def test_what_is_nobody_elses_business_is_drafted_as_sensitive(label: str, is_sensitive: bool) -> None:
    blank = f"Inschrijving\nNaam: ..........\n{label}: ..............\nGsm: .........."
    (field,) = [
        one.field for one in fields_of(template_of(lines(blank))) if one.field.label not in ("Naam", "Gsm")
    ]
    assert (field.is_sensitive, field.is_cleared) == (is_sensitive, is_sensitive)
    assert ("sensitive = true" in toml_of("f", "F", [], [field])) is is_sensitive


@pytest.mark.parametrize("answer", ["ja", "neen", "ja / neen"])
def test_an_answer_that_its_label_ends_with_stands_in_its_room(answer: str) -> None:
    head = lines("Inschrijving voor de uitstap naar de molens\nWij vertrekken om negen uur aan de kerk.")
    labels = ["Naam", "Voornaam", "E-mail", "Ik wandel mee (ja / neen)", "Opmerkingen"]
    answers = ["Maes", "An", "an@post.example", answer, ""]
    blank = template_of((*head, grid((label, "") for label in labels)))
    found = align(blank, tokenised((*head, grid(zip(labels, answers, strict=True))), blank=False))
    written = {one.question.label: span_text(one.spans) for one in found.written}
    assert [written.get(label, "") for label in labels] == answers
    assert not found.beside


def asked(*blocks: Block) -> dict[str, tuple[str, ...]]:
    """The options of each question of a blank form, by its label."""
    return {one.field.label: one.question.options for one in fields_of(template_of(blocks))}


@pytest.mark.parametrize(
    ("line", "label", "options"),
    [
        ("Ik kom met de trein / auto / fiets *", "Ik kom met de", ("trein", "auto", "fiets")),
        ("Wij overnachten in een tent/caravan (schrappen)", "Wij overnachten in een", ("tent", "caravan")),
        ("Vervoer: trein ☐ auto ☐ fiets ☐", "Vervoer", ("trein", "auto", "fiets")),
        ("Lunch ja ☐ neen ☐", "Lunch", ("ja", "neen")),
        ("Menu: vlees – vis – vegetarisch", "Menu", ("vlees", "vis", "vegetarisch")),
        (
            "Je participe / Ik neem deel:  ja/oui - neen/non",
            "Je participe / Ik neem deel",
            ("ja/oui", "neen/non"),
        ),
    ],
)
def test_options_are_found_whatever_stands_between_and_beside_them(
    line: str, label: str, options: tuple[str, ...]
) -> None:
    blank = f"Inschrijving uitstap\nNaam: ..........\n{line}\nGsm: ..........\n* schrappen wat niet past"
    assert asked(*lines(blank))[label] == options


@pytest.mark.parametrize(("whose", "people"), [("Deelnemer", {1, 2}), ("Kind", {1, 2}), ("Workshop", {0})])
def test_the_same_labels_side_by_side_are_people_where_their_heading_counts_some(
    whose: str, people: set[int]
) -> None:
    heads = (f"{whose} 1", "", f"{whose} 2", "")
    rows = [(label, "", label, "") for label in ("Titel", "E-mail", "Functie")]
    template = template_of((*lines("Inschrijving opleiding"), grid([heads, *rows])))
    assert {place.person for question in template.questions for place in question.places} == people


def test_a_sentence_below_options_is_none_of_them() -> None:
    blank = lines(
        "Inschrijving\nWij brengen mee:\n☐ salade\n☐ dessert\n"
        "☐ Ik ga akkoord met de verwerking van mijn gegevens.\n☐ Ik wil de nieuwsbrief van de club ontvangen."
    )
    assert asked(*blank) == {
        "Wij brengen mee": ("salade", "dessert"),
        "Ik ga akkoord met de verwerking van mijn gegevens": (),
        "Ik wil de nieuwsbrief van de club ontvangen": (),
    }


def test_what_was_left_of_options_in_two_cells_is_said_by_each() -> None:
    labels = ("Naam", "Voornaam", "E-mail", "Lunch", "Dieet", "Functie", "Vervoer", "Aankomst")

    def table(lunch: tuple[str, str]) -> Table:
        rows = [(label, *(lunch if label == "Lunch" else ("", ""))) for label in labels]
        return grid([("", "Deelnemer 1", "Deelnemer 2"), *rows])

    head = lines("Inschrijving studiedag over archieven, schrappen wat niet past")
    blank = template_of((*head, table(("ja / nee", "ja / nee"))))
    for left in (("ja", "nee"), ("nee", "ja"), ("ja", "ja"), ("nee", "ja / nee")):
        found = align(blank, tokenised((*head, table(left)), blank=False))
        said = [span_text(one.spans) for one in found.written if one.question.label == "Lunch"]
        assert said == [text if text in ("ja", "nee") else "" for text in left]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (("", "ja", "nee"), FieldKind.YES_NO),
        (("Vraag", "Oui", "Non"), FieldKind.YES_NO),
        (("", "altijd", "soms", "nooit"), FieldKind.CHOICE),
        (("Maaltijd", "vegetarisch", "vlees", "geen"), FieldKind.CHOICE),
        (("", "ik wel", "ik niet"), FieldKind.CHOICE),
        (("", "met lunch", "zonder lunch"), FieldKind.CHOICE),
        (("", "ja / oui", "nee / non"), FieldKind.YES_NO),
        (("", "aanwezig", "niet aanwezig"), FieldKind.CHOICE),
    ],
)
def test_columns_of_answers_are_one_question_a_row(head: tuple[str, ...], kind: FieldKind) -> None:
    table = grid([head, ("Ik breng een vriend mee", *[""] * (len(head) - 1))])
    (only,) = fields_of(template_of((*lines("Inschrijving zomerfeest"), table)))
    assert (only.field.label, only.field.kind) == ("Ik breng een vriend mee", kind)
    assert only.field.choices == (head[1:] if kind is FieldKind.CHOICE else ())


@pytest.mark.parametrize(
    ("head", "labels"),
    [
        (("", "ja", "nee", "toelichting"), ["Ik rijd mee", "Ik rijd mee (toelichting)"]),
        (("", "Vader", "Moeder"), ["Ik rijd mee", "Ik rijd mee (Moeder)"]),
    ],
)
def test_columns_of_parts_or_of_more_stay_questions(head: tuple[str, ...], labels: list[str]) -> None:
    table = grid([head, ("Ik rijd mee", *[""] * (len(head) - 1))])
    assert [one.field.label for one in fields_of(template_of((*lines("Inschrijving"), table)))] == labels


def test_a_label_in_two_words_is_no_choice_to_strike_out() -> None:
    blank = "Inschrijving\nNaam: ..........\nMijn straat / plein: ..........\n* schrappen wat niet past"
    assert list(asked(*lines(blank))) == ["Naam", "Mijn straat / plein"]


def test_sessions_with_their_box_in_the_last_column_are_one_question() -> None:
    table = grid(
        [
            ("Uur", "Sessie", "Aankruisen"),
            ("9.30 uur", "Klimaat", "☐"),
            ("11 uur", "Digitaal", "☐"),
            ("13 uur", "Inspraak", "☐"),
        ]
    )
    assert asked(*lines("Inschrijving\nNaam: .........."), table)["Sessie"] == (
        "Klimaat", "Digitaal", "Inspraak",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("above", "is_asked"), [("Wensen of vragen:", True), ("5. Wensen of vragen", True), ("Tot dan", False)]
)
def test_an_empty_frame_answers_the_label_above_it(above: str, is_asked: bool) -> None:
    labels = asked(*lines(f"Inschrijving\nNaam: ..........\n{above}"), grid([("",)]))
    assert ("Wensen of vragen" in labels) is is_asked
    assert len(labels) == 1 + is_asked


@pytest.mark.parametrize(
    "end",
    [
        lines("Datum: ..........   Handtekening: .........."),
        lines("Opgemaakt te ..........\nHandtekening:"),
        (grid([("Datum", ""), ("Handtekening", "")]),),
    ],
)
def test_the_day_beside_a_signature_is_asked_of_nobody(end: tuple[Block, ...]) -> None:
    template = template_of((*lines("Inschrijving\nNaam: ..........\nGsm: .........."), *end))
    assert [one.field.label for one in fields_of(template)] == ["Naam", "Gsm"]
    assert template.skipped


def test_a_day_that_is_asked_elsewhere_is_a_question() -> None:
    blank = "Inschrijving\nNaam: ..........\nDatum: ..........\nGsm: ..........\nHandtekening:"
    assert ("Datum", FieldKind.DATE) in adopted(blank)


def test_a_label_in_two_languages_is_what_both_halves_are() -> None:
    blank = "Inscription\nNaam / Nom: ..........\nGemeente / Commune: ..........\nGsm / Naam: .........."
    keys = [one.field.key for one in fields_of(template_of(lines(blank)))]
    assert keys == ["last_name", "organisation", "gsm_naam"]


def test_an_answer_in_the_next_cell_of_a_label_that_ends_with_it_is_found_where_the_copy_has_no_cells() -> (
    None
):
    head = lines("Inschrijving voor de uitstap naar de molens\nWij vertrekken om negen uur aan de kerk.")
    labels = ["Naam", "Voornaam", "E-mail", "Ik wandel mee (ja/neen)", "Opmerkingen"]
    blank = template_of((*head, grid((label, "") for label in labels)))
    said = ["Naam\tMaes", "Voornaam\tAn", "E-mail\tan@post.example", "Ik wandel mee (ja/neen)\tneen"]
    copy = lines("\n".join((*said, "Opmerkingen")))
    found = align(blank, tokenised((*head, *copy), blank=False))
    written = {one.question.label: span_text(one.spans) for one in found.written}
    assert written["Ik wandel mee (ja/neen)"] == "neen"
    assert not found.beside


def test_a_label_stands_where_its_words_stand_together() -> None:
    head = lines("Inschrijving voor de uitstap naar de molens\nWij vertrekken om negen uur aan de kerk.")
    labels = ["Naam", "Voornaam", "E-mail", "Opmerkingen", "Wij zijn verhinderd"]
    answers = ["Maes", "An", "an@post.example", "Die dag hebben wij zelf feest", "x"]
    blank = template_of((*head, grid((label, "") for label in labels)))
    found = align(blank, tokenised((*head, grid(zip(labels, answers, strict=True))), blank=False))
    written = {one.question.label: span_text(one.spans) for one in found.written}
    assert [written.get(label, "") for label in labels] == answers


def sheet(rows: list[tuple[str, ...]]) -> Table:
    """A table of a spreadsheet."""
    where = Location().at(Unit.SHEET, "Blad1")
    table = grid(rows)
    return replace(
        table,
        rows=tuple(
            tuple(replace(cell, where=where.at(Unit.ROW, n).at(Unit.COLUMN, cell.column + 1)) for cell in row)
            for n, row in enumerate(table.rows, 1)
        ),
    )


@pytest.mark.parametrize(
    ("head", "labels", "are_asked"),
    [
        ("BEDRIJFSGEGEVENS (ook voor de factuur)", ("Naam", "Bedrijf", "Telefoon"), False),
        ("(kruis aan met x)", ("Naam", "Bedrijf", "Telefoon"), False),
        ("BEROEP IN DE STREEK", ("NAAM VAN DE DEELNEMER", "BEDRIJF OF DIENST", "TELEFOON OVERDAG"), True),
    ],
)
def test_what_heads_a_sheet_is_no_question(head: str, labels: tuple[str, ...], are_asked: bool) -> None:
    rows = [("Inschrijving netwerkdag", ""), (head, ""), *((label, "") for label in labels)]
    found = [one.field.label for one in fields_of(template_of((sheet(rows),)))]
    assert found == [*([head] if are_asked else []), *labels]


MILLS = "Inschrijving voor de uitstap naar de molens\nWij vertrekken om negen uur aan de kerk.\n"


@pytest.mark.parametrize(
    "rows",
    [
        [("1. Naam:", "", "E-mail:", ""), ("2. Naam:", "", "E-mail:", "")],
        [("", "Naam", "E-mail"), ("Deelnemer 1", "", ""), ("Deelnemer 2", "", "")],
    ],
)
def test_rows_that_are_counted_and_ask_the_same_are_of_people(rows: list[tuple[str, ...]]) -> None:
    template = template_of((*lines("Deelnemers"), grid(rows)))
    assert [one.field.label for one in fields_of(template)] == ["Naam", "E-mail"]
    assert [[p.person for p in question.places] for question in template.questions] == [[1, 2], [1, 2]]


def test_what_a_sentence_counts_is_named_by_all_words_behind_its_room() -> None:
    blank = "Naam: ..........\nWij bestellen ..... porties voor volwassenen en ..... porties voor kinderen."
    assert list(asked(*lines(blank))) == [
        "Naam",
        "Wij bestellen … porties voor volwassenen",
        "porties voor kinderen",
    ]


def test_room_of_an_option_with_a_colon_is_not_what_the_heading_asks() -> None:
    blank = lines("1. Uw gegevens"), grid([("Naam", ""), ("Ik ben", "☐ lid   ☐ andere: ........")])
    assert asked(*blank[0], blank[1]) == {"Naam": (), "Ik ben": ("lid", "andere:")}


def test_room_behind_an_option_is_a_question_that_says_more_of_it() -> None:
    blank = (
        f"{MILLS}Naam: ..........\nE-mail: ..........\nDieet: ☐ neen  ☐ ja, namelijk ..............\n"
        "☐ geeft volmacht aan ..............\nVervoer: ☐ trein  ☐ andere: .........."
    )
    copy = (
        f"{MILLS}Naam: Maes\nE-mail: an@post.example\nDieet: ☐ neen  ☒ ja, namelijk geen noten\n"
        "☒ geeft volmacht aan Paul Claes\nVervoer: ☐ trein  ☒ andere: step"
    )
    template = template_of(lines(blank))
    found = align(template, tokenised(lines(copy), blank=False))
    assert [(one.field.label, one.field.kind) for one in fields_of(template)][2:] == [
        ("Dieet", FieldKind.YES_NO),
        ("Dieet: ja, namelijk", FieldKind.TEXT),
        ("geeft volmacht aan", FieldKind.YES_NO),
        ("geeft volmacht aan 2", FieldKind.TEXT),
        ("Vervoer", FieldKind.CHOICE),
    ]
    assert [(span_text(one.spans), one.unclear) for one in found.written][2:] == [
        ("☐ neen  ☒ ja, namelijk", False),
        ("geen noten", False),
        ("☒ geeft volmacht aan", False),
        ("Paul Claes", False),
        ("☐ trein  ☒ andere: step", False),
    ]


def test_days_to_mark_where_they_cross_a_row_are_one_question_a_row() -> None:
    days = grid([("", "ma", "di", "wo"), ("Voor school", "", "", ""), ("Na school", "", "", "")])
    found = asked(*lines("Opvang\nNaam kind: ..........\nKruis aan:"), days)
    assert found == {"Naam kind": (), "Voor school": ("ma", "di", "wo"), "Na school": ("ma", "di", "wo")}


@pytest.mark.parametrize(
    ("line", "label", "options"),
    [
        ("Ik slaap in : een tent / de bus / thuis (schrappen wat niet past)", "Ik slaap in", 3),
        ("Kleur trui (omcirkelen): 1 – 2 – 3", "Kleur trui (omcirkelen)", 3),
        ("Lengte (onderlijnen) : 98 / 104 / 110 / 116", "Lengte (onderlijnen)", 4),
    ],
)
def test_options_that_are_struck_out_or_marked_are_found(line: str, label: str, options: int) -> None:
    blank = f"Inschrijving kamp\nNaam: ..........\n{line}\nGsm: .........."
    (found,) = [one.field for one in fields_of(template_of(lines(blank))) if one.field.label == label]
    assert (found.kind, len(found.choices)) == (FieldKind.CHOICE, options)


def test_options_to_strike_before_room_are_a_question_of_their_own() -> None:
    blank = (
        f"{MILLS}Naam en voornaam: ..........\n"
        "ouder / grootouder / voogd (doorstrepen wat niet past) van .......... uit klas ......"
    )
    struck = (Span("ouder "), Span("/ grootouder / voogd", struck=True))
    chosen = line((*struck, Span(" (doorstrepen wat niet past) van Lowie uit klas 2B")), 4)
    template = template_of(lines(blank))
    found = align(template, tokenised((*lines(f"{MILLS}Naam en voornaam: An Maes"), chosen), blank=False))
    assert [(one.field.label, one.field.choices) for one in fields_of(template)][1:] == [
        ("ouder / grootouder / voogd", ("ouder", "grootouder", "voogd")),
        ("van", ()),
        ("uit klas", ()),
    ]
    assert [span_text(one.spans) for one in found.written][2:] == ["Lowie", "2B"]


def test_much_room_in_a_line_is_read_in_a_moment() -> None:
    began = process_time()
    assert "x klas" in dict(
        adopted(f"{MILLS}(schrappen wat niet past)\nNaam: ......{' ' * 4000}x klas ......")
    )
    assert process_time() - began < 5


def test_columns_below_a_label_that_tells_to_mark_are_a_yes_or_no_each() -> None:
    rows = ("", "", "", "")
    head = ("Naam", "Functie", "Aanwezig (x)", "")
    table = grid([head, ("", "", "do 22 april", "vr 23 april"), rows, rows, rows])
    wide = replace(table.rows[0][2], columns=2)
    table = replace(table, rows=((*table.rows[0][:2], wide), table.rows[1][2:], *table.rows[2:]))
    kinds = {one.field.label: one.field.kind for one in fields_of(template_of((*lines(MILLS), table)))}
    assert kinds["Aanwezig (x): do 22 april"] is kinds["Aanwezig (x): vr 23 april"] is FieldKind.YES_NO


@pytest.mark.parametrize(("shown", "beside"), [("480", []), ("2 met korting", ["2 met korting"])])
def test_what_a_formula_shows_in_a_copy_is_nobodys(shown: str, beside: list[str]) -> None:
    def booked(number: str, sum_: str) -> Table:
        table = grid([("Formule", "Aantal", "Bedrag"), ("Congres", number, sum_), ("Diner", "", "0")])
        rows = ((*row[:2], replace(row[2], computed=n > 0)) for n, row in enumerate(table.rows))
        return replace(table, rows=tuple(rows))

    above = f"{MILLS}Naam en voornaam: "
    template = template_of((*lines(f"{above}..........\nGsm: .........."), booked("", "0")))
    copy = (*lines(f"{above}An Maes\nGsm: 0470 00 11 22"), booked("2", shown))
    assert [text for _, text in align(template, tokenised(copy, blank=False)).beside] == beside


def test_letters_drawn_for_boxes_are_no_words_of_the_options() -> None:
    menu = "Wij komen:   O ja      O neen\nMenu:  O vis    O vlees"
    blank = f"{MILLS}Naam: ..........\n{menu}\nFoto: ja / neen (schrappen wat niet past)"
    found = {one.field.label: one.field for one in fields_of(template_of(lines(blank)))}
    assert found["Wij komen"].kind is FieldKind.YES_NO
    assert found["Menu"].choices == ("vis", "vlees")


def test_things_behind_their_rooms_are_asked_each() -> None:
    blank = (
        "Inschrijving eetfestijn\nNaam: ..........\nWij bestellen:\n..... x kip met sla (€ 16)\n"
        "..... x groenteburger (€ 14)\n..... porties friet\nOpmerkingen: .........."
    )
    assert [label for label, _ in adopted(blank)] == [
        "Naam", "kip met sla (€ 16)", "groenteburger (€ 14)", "porties friet", "Opmerkingen",
    ]  # fmt: skip


def test_words_behind_the_room_of_a_label_are_no_things() -> None:
    blank = "Inschrijving kamp\nNaam: ..........\nAllergieën:\n..........\n..........\nGsm: .........."
    assert [label for label, _ in adopted(blank)] == ["Naam", "Allergieën", "Gsm"]


def test_what_is_reached_at_a_number_offers_nothing() -> None:
    blank = "Inschrijving kamp (doorhalen wat niet past)\nNaam: ..........\nInfo: 050 / 12 / 34 of 051"
    assert [label for label, _ in adopted(blank)] == ["Naam"]


def test_a_letter_above_a_slip_is_no_part_of_it_and_captions_say_whose_name_is_asked() -> None:
    blank = (
        "Beste ouders,\nWij gaan zwemmen.\n"
        "Ondergetekende, .......... (naam ouder), voogd van .......... (naam kind) uit groep ....\n"
        "geeft WEL / geeft GEEN toestemming om mee te gaan.\nNaam begeleider: .........."
    )
    assert adopted(blank) == [
        ("Ondergetekende (naam ouder)", FieldKind.TEXT),
        ("voogd van (naam kind)", FieldKind.NAME),
        ("uit groep", FieldKind.TEXT),
        ("geeft … toestemming om mee te gaan", FieldKind.YES_NO),
        ("Naam begeleider", FieldKind.TEXT),
    ]


@pytest.mark.parametrize("caption", ["naam en voornaam", "nom et prénom"])
def test_a_caption_without_a_person_leaves_a_parent_a_parent(caption: str) -> None:
    blank = f"Inschrijving kamp\nOuder ({caption}): ..........\nKind ({caption}): ..........\nGsm: .........."
    assert [label for label, kind in adopted(blank) if kind is FieldKind.NAME] == [f"Kind ({caption})"]
