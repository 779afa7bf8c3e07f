"""Forms composed from independent factors: layout, labels, surroundings, foreign fields, container.

    python -m benchmarks.families [--show]

Each family is one layout with one way to write the labels and one thing around the form; each is read
filled in and blank, by the blocks that a reader of documents gives, so that only understanding is
measured. A factor's line says what was right with it, whatever the others were. *Silently wrong* and
*invented* must be zero, and a blank form nobody. The levels were written with sight of the engine: they
keep what was reached, and say little of forms by other hands.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from benchmarks.forms import _settings
from benchmarks.scores import Score, show
from mailbot.config.settings import Settings
from mailbot.domain.document import (
    Block,
    Cell,
    Location,
    Paragraph,
    ParsedDocument,
    ParseStatus,
    Span,
    Table,
    Unit,
)
from mailbot.domain.message import Address, Message
from mailbot.domain.submission import Submission
from mailbot.pipeline.interpret import understand
from tests.extraction.blocks import grid as table_of
from tests.extraction.blocks import line as paragraph

Answers = dict[str, str]

PERSON: Answers = {
    "last_name": "Van den Broeck",
    "first_name": "Liesbeth",
    "role": "schepen van cultuur",
    "organisation": "Gemeente Zedelgem",
    "email": "liesbeth.vandenbroeck@zedelgem.be",
    "phone": "0478 12 34 56",
    "attends": "ja",
    "diet": "vegetarisch",
    "remarks": "Ik kom met de trein",
}
OTHER: Answers = {
    "last_name": "Maes",
    "first_name": "An",
    "role": "raadslid",
    "organisation": "Gemeente Zedelgem",
    "email": "an.maes@zedelgem.be",
    "phone": "0479 65 43 21",
    "attends": "nee",
    "diet": "geen noten",
    "remarks": "Graag vooraan",
}
_LABELS = """
plain|Naam|Voornaam|Functie|Gemeente/OCMW|E-mail|Telefoon/gsm|Ik neem deel|Dieetwensen|Opmerkingen
qualified|Uw familienaam (in drukletters)|Voornaam van de deelnemer|Functie binnen het bestuur\
|Gemeente of OCMW|E-mail voor de bevestiging|Gsm-nummer\
|Aanwezig (ja/nee)|Allergieën of dieet|Vragen of opmerkingen
french|Nom|Prénom|Fonction|Commune/CPAS|Adresse e-mail|Téléphone|Je participe|Régime alimentaire|Remarques
bilingual|Naam / Nom|Voornaam / Prénom|Functie / Fonction|Gemeente / Commune|E-mail / Courriel|\
Telefoon / Téléphone|Aanwezig / Présent|Dieet / Régime|Opmerkingen / Remarques
german|Nachname|Vorname|Funktion|Gemeinde|E-Mail-Adresse|Telefonnummer|Teilnahme|Allergien|Bemerkungen
"""
LABELS: dict[str, tuple[str, ...]] = {
    name: tuple(labels) for name, *labels in (line.split("|") for line in _LABELS.strip().splitlines())
}
TITLE = "Inschrijvingsformulier Kennisplatform Intergemeentelijk Samenwerken"


class Sheet:
    """Blocks in the making, each with a place of its own."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._lines = self._tables = 0

    def line(self, text: str, *, heading: bool = False) -> None:
        self._lines += 1
        self.blocks.append(paragraph(text, self._lines, heading=heading))

    def table(self, rows: list[list[str]]) -> None:
        self._tables += 1
        self.blocks.append(table_of(rows, self._tables))


Layout = Callable[[Sheet, tuple[str, ...], list[Answers]], None]


def lines(sheet: Sheet, labels: tuple[str, ...], people: list[Answers]) -> None:
    """Label, colon, answer."""
    for person in people:
        for label, answer in zip(labels, person.values(), strict=True):
            sheet.line(f"{label}: {answer}")


def dotted(sheet: Sheet, labels: tuple[str, ...], people: list[Answers]) -> None:
    """Dots to write on, typed over or left."""
    for person in people:
        for label, answer in zip(labels, person.values(), strict=True):
            sheet.line(f"{label} : ....{answer}........................")


def beside(sheet: Sheet, labels: tuple[str, ...], people: list[Answers]) -> None:
    """Two columns."""
    for person in people:
        sheet.table([[label, answer] for label, answer in zip(labels, person.values(), strict=True)])


def pairs(sheet: Sheet, labels: tuple[str, ...], people: list[Answers]) -> None:
    """Label, answer, label, answer."""
    for person in people:
        flat = [[label, answer] for label, answer in zip(labels, person.values(), strict=True)]
        sheet.table(
            [flat[n] + (flat[n + 1] if n + 1 < len(flat) else ["", ""]) for n in range(0, len(flat), 2)]
        )


def below(sheet: Sheet, labels: tuple[str, ...], people: list[Answers]) -> None:
    """Labels above their answers, three a row."""
    for person in people:
        told = list(person.values())
        rows: list[list[str]] = []
        for n in range(0, len(labels), 3):
            rows += [list(labels[n : n + 3]), told[n : n + 3]]
        sheet.table(rows)


def rows(sheet: Sheet, labels: tuple[str, ...], people: list[Answers]) -> None:
    """A person a row, and a spare one."""
    sheet.table([list(labels), *(list(person.values()) for person in people), [""] * len(labels)])


def banner(sheet: Sheet, labels: tuple[str, ...], people: list[Answers]) -> None:
    """A person a row, under rows that say of which group."""
    table = [list(labels)]
    for group, person in zip(("Schepencollege", "Gemeenteraad"), people, strict=False):
        table += [[group] + [""] * (len(labels) - 1), list(person.values())]
    sheet.table(table)


def example(sheet: Sheet, labels: tuple[str, ...], people: list[Answers]) -> None:
    """A person a row, after one that shows how, and before a total."""
    shown = [
        "Voorbeeld: Janssens",
        "Piet",
        "schepen",
        "Gemeente Voorbeeld",
        "piet@voorbeeld.be",
        "0400 00 00 00",
    ]
    total = ["Totaal", str(len(people))] + [""] * (len(labels) - 2)
    example_row = [*shown, "ja", "geen", *[""] * (len(labels) - 8)]
    sheet.table([list(labels), example_row, *(list(p.values()) for p in people), total])


LAYOUTS: tuple[Layout, ...] = (lines, dotted, beside, pairs, below, rows, banner, example)
SEVERAL = frozenset({rows, banner, example})
Around = tuple[Callable[[Sheet], None] | None, Callable[[Sheet], None] | None]


def _letter(sheet: Sheet) -> None:
    for text in (
        "Geachte mandataris",
        "Hierbij nodigen wij u uit op het Kennisplatform Intergemeentelijk Samenwerken.",
        "Programma",
        "13u30 Onthaal met koffie",
        "14u00 Verwelkoming door de voorzitter",
        "16u45 Vragen en afsluiting",
        "Praktisch",
        "Wanneer: donderdag 3 december 2026, van 14 tot 17 uur",
        "Deelname: gratis",
        "Met vriendelijke groeten",
        "Luc Ameloot, voorzitter",
    ):
        sheet.line(text)


def _letterhead(sheet: Sheet) -> None:
    for text in (
        "Kennisplatform vzw",
        "Markt 2, 8730 Beernem",
        "Tel: 050 55 00 10",
        "E-mail: info@kp.example",
    ):
        sheet.line(text)


def _invoice(sheet: Sheet) -> None:
    sheet.line("Facturatiegegevens", heading=True)
    for text in (
        "Naam: OCMW Zedelgem",
        "Adres: Markt 1",
        "E-mail: facturen@zedelgem.be",
        "Btw-nummer: BE 0123",
    ):
        sheet.line(text)


def _office(sheet: Sheet) -> None:
    sheet.line("Voorbehouden aan de administratie", heading=True)
    for text in ("Ontvangen op: 3 november", "Naam: K. Claes", "Dossiernummer: 14"):
        sheet.line(text)


def _footer(sheet: Sheet) -> None:
    sheet.line("Kennisplatform vzw - Markt 2, 8730 Beernem - donderdag 3 december 2026")


def _return(sheet: Sheet) -> None:
    sheet.line("Terug te bezorgen aan:")
    for text in ("Secretariaat Kennisplatform", "E-mail: info@kp.example", "Tel: 050 55 00 10"):
        sheet.line(text)


def _contacts(sheet: Sheet) -> None:
    sheet.line("Meer weten? Neem contact op met:")
    sheet.table(
        [["Naam", "Functie", "Telefoon", "E-mail"], ["Lotte Roels", "lid", "050 55 00 11", "l@kp.example"]]
    )


def _signing(sheet: Sheet) -> None:
    for text in ("Datum: 4 november 2026", "Handtekening:", "L. Van den Broeck"):
        sheet.line(text)


AROUND: dict[str, Around] = {
    "nothing": (None, None),
    "letter above": (_letter, None),
    "letterhead": (_letterhead, None),
    "contacts above": (_contacts, None),
    "invoice below": (None, _invoice),
    "office below": (None, _office),
    "footer": (None, _footer),
    "return address": (None, _return),
    "signature": (None, _signing),
}


#: Questions of other organisations, that no field of ours asks.
FOREIGN: Answers = {
    "Geboortedatum": "14/03/1980",
    "Straat en nummer": "Kerkstraat 12 bus 3",
    "Postcode": "8210",
    "Nummerplaat": "1-ABC-234",
    "Contactpersoon bij ongeval": "Rita Claes",
}
CONTAINERS = ("document", "text of the mail", "quoted", "cell of a table")


@dataclass(frozen=True)
class Family:
    """One combination of levels."""

    layout: Layout
    labels: str
    around: str
    foreign: bool = False
    container: str = CONTAINERS[0]

    @property
    def factors(self) -> tuple[tuple[str, str], ...]:
        """Each factor with its level."""
        return (
            ("layout", self.layout.__name__),
            ("labels", self.labels),
            ("around", self.around),
            ("foreign fields", "five" if self.foreign else "none"),
            ("container", self.container),
        )


def combinations() -> Iterator[Family]:
    """Every layout with every wording and surrounding, and with each other factor by itself."""
    for layout, wording, around in product(LAYOUTS, LABELS, AROUND):
        yield Family(layout, wording, around)
    for layout, wording in product(LAYOUTS, LABELS):
        yield Family(layout, wording, "nothing", foreign=True)
    for layout, container, foreign in product(LAYOUTS, CONTAINERS[1:], (False, True)):
        yield Family(layout, "plain", "nothing", foreign, container)


def families() -> Iterator[tuple[Family, tuple[Block, ...], list[Answers]]]:
    """Each family filled in, and blank with nobody expected."""
    for family in combinations():
        filled = [PERSON, OTHER] if family.layout in SEVERAL else [PERSON]
        for people in (filled, []):
            yield family, _drawn(family, people), people


def _drawn(family: Family, people: list[Answers]) -> tuple[Block, ...]:
    sheet = Sheet()
    before, after = AROUND[family.around]
    if before:
        before(sheet)
    sheet.line(TITLE, heading=True)
    labels, told = LABELS[family.labels], people or [dict.fromkeys(PERSON, "")]
    if family.foreign:  # behind the name, and before what is asked last
        labels = (*labels[:2], *FOREIGN, *labels[2:])
        told = [_with_foreign(person, filled=bool(people)) for person in told]
    family.layout(sheet, labels, told)
    if after:
        after(sheet)
    return tuple(sheet.blocks)


def _with_foreign(person: Answers, *, filled: bool) -> Answers:
    items = list(person.items())
    return dict([*items[:2], *((key, value if filled else "") for key, value in FOREIGN.items()), *items[2:]])


def count(score: Score, people: list[Answers], read: Submission) -> None:
    """Adds one form to a score."""
    doubts = {(problem.person, problem.field) for problem in read.problems}
    perhaps = read.found == "perhaps"
    if not people:
        score.blanks += 1
        score.blank_people += bool(read.people)
        return
    score.forms += 1
    score.perhaps += perhaps
    score.invented += max(0, len(read.people) - len(people))
    for n, truth in enumerate(people):
        answers = read.people[n].answers if n < len(read.people) else {}
        for key, meant in truth.items():
            value = answers[key].value if key in answers else None
            found = {True: "ja", False: "nee"}.get(value, value) if isinstance(value, bool) else value
            score.answer(key, found, meant, doubted=perhaps or (n, key) in doubts)


def main() -> None:
    """Prints a line a factor; exits 1 where an answer was silently wrong or somebody invented."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--show", action="store_true", help="print what was not read right")
    given = options.parse_args()
    scores: dict[tuple[str, str], Score] = defaultdict(Score)
    whole = Score()
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = _settings(Path(folder))
        for family, blocks, people in families():
            started = time.process_time()
            read = understood(blocks, settings, family.container)
            seconds.append(time.process_time() - started)
            count(whole, people, read)
            for factor in family.factors:
                count(scores[factor], people, read)
            if given.show:
                one = Score()
                count(one, people, read)
                if one.said or one.invented or (not people and read.people):
                    seen = (
                        [{k: a.value for k, a in p.answers.items()} for p in read.people]
                        if not people
                        else ""
                    )
                    levels = (level for _, level in family.factors)
                    print(*levels, read.found, one.invented, *one.said, seen, sep=" | ")
    show("Answers per factor", ("factor", "level"), {("all", ""): whole, **scores})
    print(whole.doubts)
    print(
        f"understanding one form: {1000 * statistics.median(seconds):.1f} ms of processor time in the median"
    )
    raise SystemExit(1 if whole.silent or whole.invented or whole.blank_people else 0)


def understood(blocks: tuple[Block, ...], settings: Settings, container: str = CONTAINERS[0]) -> Submission:
    """What is read of one form, in the container that it stands in."""
    now = datetime(2026, 11, 16, 9, tzinfo=UTC)
    message: Message | None = None
    documents: tuple[ParsedDocument, ...] = ()
    if container in CONTAINERS[1:3]:
        quote = int(container == "quoted")
        own = Paragraph((Span("Zie hieronder, ingevuld."),), Location().at(Unit.LINE, 1))
        body = (own, *(replace(block, quote=quote) for block in blocks))
        sender = Address("liesbeth.vandenbroeck@zedelgem.be", "Liesbeth Van den Broeck")
        message = Message("<1@zedelgem.be>", sender, "Inschrijving kennisplatform", None, body=body)
    else:
        if container == "cell of a table":
            where = Location().at(Unit.TABLE, 99)
            blocks = (Table(((Cell(blocks, where.at(Unit.ROW, 1), column=0),),), where),)
        documents = (ParsedDocument("formulier.docx", ParseStatus.READ, blocks),)
    return understand(message, documents, settings, frozenset(), now)


if __name__ == "__main__":
    main()
