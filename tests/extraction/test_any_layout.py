"""Random people in random layouts come back exactly, or with a doubt where they do not."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from mailbot.domain.document import Block
from mailbot.domain.submission import Submission
from tests.extraction.blocks import grid, lines

Read = Callable[..., Submission]

GIVEN = st.sampled_from(
    [
        "Jan",
        "An",
        "Els",
        "Karel-Jan",
        "Lieve",
        "Noah",
        "Amélie",
        "Björn",
        "Marie-Thérèse",
        "Noam",
        "Maël",
        "Tom",
        "Rolf",
    ]
)
FAMILY = st.sampled_from(
    [
        "Peeters",
        "Smet",
        "Van den Broeck",
        "De Smet",
        "D'hondt",
        "Naessens",
        "van der Meulen",
        "Ter Heide",
        "Claes",
        "D’Hoore",
        "Vandenbroucke",
        "Mailleux",
        "Tellier",
    ]
)
ROLE = st.sampled_from(
    [
        "schepen",
        "burgemeester",
        "algemeen directeur",
        "raadslid",
        "diensthoofd Vrije Tijd",
        "",
        "/",
        "beleidsmedewerker",
        "coördinator welzijn & zorg",
        "deskundige ICT (50 %)",
        "n.v.t.",
    ]
)
BODY = st.sampled_from(
    [
        "Brugge",
        "Stad Brugge",
        "OCMW Damme",
        "gemeentebestuur Oostkamp",
        "knokke heist",
        "Gemeente & OCMW Jabbeke",
        "OCMW",
        "WVI",
        "Lokaal bestuur Torhout",
    ]
)
EMAIL = st.sampled_from(
    [
        "jan.peeters@brugge.be",
        "els@ocmw.example",
        "info@damme.be",
        "x.y-z+1@knokke-heist.be",
        "a@gmial.com",
        "an@stad",
    ]
)
PHONE = st.sampled_from(
    ["0478 12 34 56", "050 40 55 00", "+32 478 12 34 56", "050/40.55.00", "", "-", "1234"]
)
DIET = st.sampled_from(["vegetarisch", "geen noten", "glutenvrij, lactosevrij", "", "geen", "halal"])
REMARK = st.sampled_from(
    [
        "Ik kom iets later",
        "Is er parking",
        "Ik breng een collega mee uit Gent",
        "",
        "Graag een rekening op naam",
    ]
)

PERSON = st.fixed_dictionaries(
    {
        "Naam": FAMILY,
        "Voornaam": GIVEN,
        "Functie": ROLE,
        "Gemeente/OCMW": BODY,
        "E-mail": EMAIL,
        "Telefoon/gsm": PHONE,
        "Ik neem deel": st.sampled_from(
            ["ja", "nee", "", "☒ ja  ☐ nee", "☐ ja  ☒ nee", "☐ ja  ☐ nee", "X", "Ja"]
        ),
        "Dieetwensen": DIET,
        "Opmerkingen": REMARK,
    }
).map(lambda person: {label: person[label] for label in KEYS})
KEYS = {
    "Naam": "last_name",
    "Voornaam": "first_name",
    "Functie": "role",
    "Gemeente/OCMW": "organisation",
    "E-mail": "email",
    "Telefoon/gsm": "phone",
    "Ik neem deel": "attends",
    "Dieetwensen": "diet",
    "Opmerkingen": "remarks",
}
TICKS = {"ja": True, "Ja": True, "nee": False, "☒ ja  ☐ nee": True, "☐ ja  ☒ nee": False, "X": True}
NOTHING = {"", "-", "/", "geen", "n.v.t.", "☐ ja  ☐ nee"}


def colon_lines(person: dict[str, str]) -> tuple[Block, ...]:
    return lines("\n".join(f"{label}: {value}" for label, value in person.items()))


def dotted_lines(person: dict[str, str]) -> tuple[Block, ...]:
    return lines("\n".join(f"{label} .....{value}........" for label, value in person.items()))


def tabbed_lines(person: dict[str, str]) -> tuple[Block, ...]:
    return lines("\n".join(f"{label}\t{value}" for label, value in person.items()))


def labels_above(person: dict[str, str]) -> tuple[Block, ...]:
    return lines("\n".join(f"{label}\n{value}\n" for label, value in person.items()))


def two_columns(person: dict[str, str]) -> tuple[Block, ...]:
    return (grid([label, value] for label, value in person.items()),)


def four_columns(person: dict[str, str]) -> tuple[Block, ...]:
    pairs = list(person.items())
    rows = []
    for index in range(0, len(pairs), 2):
        row = [text for pair in pairs[index : index + 2] for text in pair]
        rows.append(row + [""] * (4 - len(row)))
    return (grid(rows),)


def a_row(person: dict[str, str]) -> tuple[Block, ...]:
    return (grid([list(person), list(person.values()), [""] * len(person)]),)


def alternating(person: dict[str, str]) -> tuple[Block, ...]:
    pairs = list(person.items())
    rows = []
    for index in range(0, len(pairs), 3):
        some = pairs[index : index + 3]
        rows += [[label for label, _ in some], [value for _, value in some]]
    return (grid(rows),)


def cells_of_both(person: dict[str, str]) -> tuple[Block, ...]:
    pairs = list(person.items())
    texts = [f"{label}: {value}" for label, value in pairs]
    return (grid([texts[index : index + 3] for index in range(0, len(texts), 3)]),)


def stacked_cells(person: dict[str, str]) -> tuple[Block, ...]:
    pairs = list(person.items())
    texts = [f"{label}\n{value}" for label, value in pairs]
    return (grid([texts[index : index + 3] for index in range(0, len(texts), 3)]),)


LAYOUTS = (
    colon_lines,
    dotted_lines,
    tabbed_lines,
    labels_above,
    two_columns,
    four_columns,
    a_row,
    alternating,
    cells_of_both,
    stacked_cells,
)
HEADING = "Inschrijvingsformulier"


def wrong(submission: Submission, people: list[dict[str, str]]) -> list[str]:
    """Answers that are neither what was written nor doubted."""
    if len(submission.people) != len(people):
        return [f"{len(submission.people)} people instead of {len(people)}"]
    doubted = {(problem.person, problem.field) for problem in submission.problems}
    found = []
    for index, (person, read) in enumerate(zip(people, submission.people, strict=True)):
        for label, key in KEYS.items():
            answer = read.answers.get(key)
            written: str | bool | None = TICKS.get(person[label], person[label])
            written = None if person[label] in NOTHING else written
            if (answer.value if answer else None) != written and (index, key) not in doubted:
                found.append(f"{label}: {person[label]!r} read as {answer}")
    return found


@given(person=PERSON, layout=st.sampled_from(LAYOUTS))
@trying(max_examples=200, deadline=None)
def test_one_person_comes_back_from_any_layout(read: Read, person: dict[str, str], layout: object) -> None:
    assert callable(layout)
    submission = read(*lines(HEADING), *layout(person))
    assert wrong(submission, [person]) == [], layout


@given(people=st.lists(PERSON, min_size=2, max_size=4, unique_by=lambda p: (p["Naam"], p["Voornaam"])))
@trying(max_examples=60, deadline=None)
def test_several_people_come_back_from_rows_columns_and_blocks(
    read: Read, people: list[dict[str, str]]
) -> None:
    rows = (grid([list(KEYS), *(list(person.values()) for person in people), [""] * len(KEYS)]),)
    columns = (grid([label, *(person[label] for person in people)] for label in KEYS),)
    blocks = tuple(block for person in people for block in (*colon_lines(person), *lines("")))
    tables = tuple(block for person in people for block in two_columns(person))
    for layout in (rows, columns, blocks, tables):
        assert wrong(read(*lines(HEADING), *layout), people) == []
