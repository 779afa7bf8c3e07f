"""``mailbot form adopt``: a blank form of an office becomes a form, and its copies are read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocxDocument

from mailbot.domain.form import read_form
from tests.cli.conftest import Done, Run

SAMPLES = Path(__file__).parents[1] / "extraction" / "adopted"
BLANK = SAMPLES / "groendienst.docx"


def adopt(mailbot: Run, *words: str) -> Done:
    """Gives the command."""
    return mailbot("form", "adopt", *words)


def the_file(done: Done) -> Path:
    """The definition that was written: the first line says where."""
    return Path(done.stdout.split(".toml: ")[0] + ".toml")


def test_each_gap_becomes_a_field_with_the_label_before_it(mailbot: Run) -> None:
    done = adopt(mailbot, str(BLANK))
    assert done.returncode == 0, done.stderr
    form = read_form(the_file(done))
    assert form.id == "groendienst"
    assert [(f.key, f.label, f.kind.value, f.required) for f in form.fields] == [
        ("last_name", "Naam", "name", True),
        ("first_name", "Voornaam", "name", True),
        ("organisation", "Gemeente", "organisation", True),
        ("role", "Functie", "text", False),
        ("email", "E-mail", "email", True),
        ("phone", "Gsm", "phone", False),
        ("nummerplaat", "Nummerplaat", "plate", False),
        ("geboortedatum", "Geboortedatum", "birth_date", False),
        ("attends", "Ik neem deel", "yes_no", False),
        ("ik_kies_voor_de_werkgroep", "Ik kies voor de werkgroep", "choice", False),
        ("remarks", "Vragen of opmerkingen", "long_text", False),
    ]
    assert form.fields[9].choices == ("bomen", "grasland", "begraafplaatsen")
    assert "not recognised as a question: Handtekening" in done.stdout
    assert "not recognised as a question: Ontvangen op" in done.stdout
    assert Path(form.blank[0]).read_bytes() == BLANK.read_bytes()


@pytest.mark.parametrize("form", ["docx", "odt", "doc", "rtf", "pdf", "html"])
def test_a_copy_is_read_whatever_it_was_saved_as(mailbot: Run, form: str) -> None:
    adopt(mailbot, str(BLANK))
    done = mailbot("read", "--json", "--form", "groendienst", str(SAMPLES / f"ingevuld.{form}"))
    read = json.loads(done.stdout)
    assert read["people"] == [
        {
            "last_name": "Verhelst",
            "first_name": "Sien",
            "organisation": "Gemeente Beernem",
            "organisation_known": read["people"][0].get("organisation_known"),
            "role": "hoofd groendienst",
            "email": "sien.verhelst@beernem.example",
            "phone": "0470 12 00 34",
            "nummerplaat": "1-ABC-123",
            "geboortedatum": "4 maart 1980",
            "attends": True,
            "ik_kies_voor_de_werkgroep": "grasland",
            "remarks": "Ik kom met de fiets, is er een stalling?",
        }
    ]
    assert read["problems"] == []


def test_the_blank_itself_is_nobody_and_half_a_copy_is_asked_for_the_rest(mailbot: Run) -> None:
    adopt(mailbot, str(BLANK))
    done = mailbot("read", "--json", str(BLANK), str(SAMPLES / "half.docx"))
    blank, half = map(json.loads, done.stdout.splitlines())
    assert (blank["outcome"], blank["people"]) == ("blank", [])
    assert [p["last_name"] for p in half["people"]] == ["Verhelst"]
    assert {p["field"] for p in half["problems"] if p["code"] == "missing"} == {"organisation", "email"}


def test_check_shows_what_filled_ones_give(mailbot: Run) -> None:
    done = adopt(mailbot, str(BLANK), "--check", str(SAMPLES / "ingevuld.odt"))
    assert "sien.verhelst@beernem.example" in done.stdout


def test_a_form_that_is_there_is_replaced_with_force_only_and_keeps_what_was_decided(mailbot: Run) -> None:
    file = the_file(adopt(mailbot, str(BLANK)))
    text = file.read_text()
    file.write_text(text.replace('key = "nummerplaat"', 'key = "wagen"\naliases = ["Auto"]'))
    again = adopt(mailbot, str(BLANK))
    assert again.returncode == 2
    assert len(again.stderr.splitlines()) == 1
    assert adopt(mailbot, str(BLANK), "--force").returncode == 0
    kept = read_form(file).field("wagen")
    assert kept is not None
    assert kept.aliases == ("Auto",)


def test_what_is_no_blank_form_is_refused_in_one_line_and_nothing_is_written(
    mailbot: Run, tmp_path: Path
) -> None:
    letter, damaged, other = tmp_path / "brief.docx", tmp_path / "stuk.docx", tmp_path / "ander.docx"
    document = Document()
    document.add_paragraph("Beste collega, hierbij de uitnodiging voor onze dag. Tot dan!")
    document.save(str(letter))
    damaged.write_bytes(BLANK.read_bytes()[:3000])
    document = Document()
    document.add_paragraph("Titel van het boek: ...............")
    document.add_paragraph("Aantal exemplaren: ...............")
    document.save(str(other))
    picture = tmp_path / "vorm.pptx"
    shutil.copy(BLANK, picture)
    for words in (
        [str(letter)],
        [str(damaged)],
        [str(SAMPLES / "ingevuld.docx")],
        [str(BLANK), str(other)],
        [str(tmp_path / "weg.docx")],
        [str(picture)],
        [str(BLANK), "--id", "Niet Goed"],
    ):
        done = adopt(mailbot, *words)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), words
    assert adopt(mailbot, str(BLANK)).returncode == 0  # nothing of it was in the way


def test_two_people_side_by_side_are_two_and_a_column_left_open_is_nobody(
    mailbot: Run, tmp_path: Path
) -> None:
    def draw(name: str, answers: list[list[str]]) -> str:
        document = Document()
        document.add_paragraph("Inschrijving daguitstap, terug te bezorgen aan het secretariaat")
        table = document.add_table(rows=4, cols=3)
        table.style = "Table Grid"
        for row, words in enumerate([["", "Deelnemer 1", "Deelnemer 2"], *answers]):
            for column, word in enumerate(words):
                table.cell(row, column).text = word
        document.add_paragraph("Wie mogen wij bellen bij nood? ..............................")
        document.save(str(tmp_path / name))
        return str(tmp_path / name)

    open_boxes = "O vis  O vlees  O veggie"
    blank = draw(
        "uitstap.docx", [["Naam en voornaam", "", ""], ["Gsm", "", ""], ["Menu", open_boxes, open_boxes]]
    )
    both = [["Naam en voornaam", "Jan Peeters", "Els Maes"], ["Gsm", "0470 11 22 33", ""]]
    chosen = ["Menu", "X vis  O vlees  O veggie", "O vis  O vlees  X veggie"]
    alone = [["Naam en voornaam", "Jan Peeters", ""], ["Gsm", "0470 11 22 33", ""]]
    assert adopt(mailbot, blank).returncode == 0
    done = mailbot(
        "read",
        "--json",
        draw("twee.docx", [*both, chosen]),
        draw("een.docx", [*alone, ["Menu", "X vis  O vlees  O veggie", open_boxes]]),
    )
    two, one = (json.loads(line)["people"] for line in done.stdout.splitlines())
    assert [(p["name"], p["menu"]) for p in two] == [("Jan Peeters", "vis"), ("Els Maes", "veggie")]
    assert [(p["name"], p["phone"], p["menu"]) for p in one] == [("Jan Peeters", "0470 11 22 33", "vis")]


def test_what_stands_elsewhere_than_in_the_blank_is_doubted(mailbot: Run, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Inschrijvingsformulier voor de dag van de zorg in het dienstencentrum")
    labels = ["Naam", "Voornaam", "Gemeente", "E-mail", "Telefoon", "Dieetwensen"]
    for label in labels:
        document.add_paragraph(f"{label}: ....................")
    document.save(str(tmp_path / "zorg.docx"))
    assert adopt(mailbot, str(tmp_path / "zorg.docx")).returncode == 0
    moved = Document()
    moved.add_paragraph("Inschrijvingsformulier voor de dag van de zorg in het dienstencentrum")
    values = ["Peeters", "Jan", "Damme", "jan@damme.example", "050 11 22 33", "veggie"]
    for label, value in reversed(list(zip(labels, values, strict=True))):
        moved.add_paragraph(f"{label}: {value}")
    moved.save(str(tmp_path / "omgekeerd.docx"))
    read = json.loads(mailbot("read", "--json", str(tmp_path / "omgekeerd.docx")).stdout)
    doubted = {problem["field"] for problem in read["problems"]}
    (person,) = read["people"]
    assert {key for key in person if key != "organisation_known"} <= doubted


def test_a_book_is_laid_over_no_blank(mailbot: Run, tmp_path: Path) -> None:
    adopt(mailbot, str(BLANK))
    book = Document(str(SAMPLES / "ingevuld.docx"))
    for _ in range(300):
        book.add_paragraph("woord " * 80)
    book.save(str(tmp_path / "boek.docx"))
    read = json.loads(mailbot("read", "--json", "--form", "groendienst", str(tmp_path / "boek.docx")).stdout)
    assert all(person.get("last_name") == "Verhelst" for person in read["people"])


def test_options_may_stand_before_the_blank(mailbot: Run) -> None:
    done = adopt(mailbot, "--id", "groen", str(BLANK))
    assert (done.returncode, the_file(done).name) == (0, "groen.toml")


def _table(document: DocxDocument, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            table.cell(number, column).text = words


def test_rows_that_were_added_to_a_list_are_people_too(mailbot: Run, tmp_path: Path) -> None:
    def draw(name: str, rows: list[list[str]]) -> str:
        document = Document()
        document.add_paragraph("Inschrijving voor de trefdag van de jeugdraden in het cultuurcentrum")
        _table(document, [["Naam", "Voornaam", "E-mail"], *rows])
        document.add_paragraph(
            "Wie brengt de sleutel van het lokaal terug na de trefdag? ..................."
        )
        document.save(str(tmp_path / name))
        return str(tmp_path / name)

    assert adopt(mailbot, draw("trefdag.docx", [["", "", ""]] * 2)).returncode == 0
    people = [["Maes", "Els", "els@raad.example"], ["Dox", "Ali", ""], ["Smit", "An", "an@raad.example"]]
    read = json.loads(mailbot("read", "--json", draw("drie.docx", people)).stdout)
    found = [[p.get("last_name"), p.get("first_name"), p.get("email") or ""] for p in read["people"]]
    assert found == people


def test_room_in_a_sentence_is_labelled_by_the_words_on_both_sides(mailbot: Run, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Inschrijving spaghettiavond van de oudervereniging in de turnzaal")
    document.add_paragraph("De familie ............ komt met ....... volwassenen en ....... kinderen")
    document.save(str(tmp_path / "avond.docx"))
    form = read_form(the_file(adopt(mailbot, str(tmp_path / "avond.docx"))))
    assert [field.label for field in form.fields] == ["De familie", "komt met … volwassenen", "kinderen"]


def test_boxes_between_labels_above_and_beside_say_which_were_ticked(mailbot: Run, tmp_path: Path) -> None:
    def draw(name: str, child: str, boxes: list[str]) -> str:
        document = Document()
        document.add_paragraph("Inschrijving speelplein zomer, terug te bezorgen aan de jeugddienst")
        document.add_paragraph(f"Naam: {child}")
        document.add_paragraph("Kruis de dagen aan waarop uw kind komt")
        rows = [["Week", "ma", "di"], ["eerste week", *boxes[:2]], ["tweede week", *boxes[2:]]]
        _table(document, rows)
        document.save(str(tmp_path / name))
        return str(tmp_path / name)

    assert adopt(mailbot, draw("speelplein.docx", "." * 30, ["☐"] * 4)).returncode == 0
    read = json.loads(mailbot("read", "--json", draw("ik.docx", "Jo Maes", ["☒", "☒", "☐", "x"])).stdout)
    (person,) = read["people"]
    assert (person["eerste_week"], person["tweede_week"]) == ("ma, di", "di")
