"""One person's data: shown on request, erased on request, in every place it was written."""

from __future__ import annotations

import json

from tests.privacy.everywhere import holding
from tests.season.town import Town, person, typed

JAN = "jan.peeters@damme.example"
AN = person(
    Naam="De Smet",
    Voornaam="An",
    **{"E-mail": "an.desmet@brugge.example", "Gemeente/OCMW": "Brugge", "Telefoon/gsm": "050 11 11 11"},
)
ELS = person(
    Naam="Maes", Voornaam="Els", **{"E-mail": "els.maes@damme.example", "Telefoon/gsm": "050 22 22 22"}
)
TRACES = (JAN, "jan.peeters", "Peeters", "0478 12 34 56")


def busy(town: Town) -> None:
    """Jan registers, changes, asks something and is corrected by hand; An registers herself, and
    a colleague too, together with Jan."""
    town.mail(
        f"Jan Peeters <{JAN}>", "Inschrijving Jan Peeters", typed(person(Opmerkingen="Waar kan ik parkeren?"))
    )
    town.mail("an.desmet@brugge.example", "Inschrijving", typed(AN))
    town.run()
    town.mail(JAN, "Re: andere functie", typed(person(Functie="raadslid")))
    town.mail("secretaris@damme.example", "Twee collega's", typed(person(), ELS))
    town.run()
    town.type_in({(2, "Functie"): "burgemeester"})
    town.mail(JAN, "Re: functie", typed(person(Functie="schepen")))
    town.run()


def test_an_export_prints_all_that_is_held_and_nothing_of_others(town: Town) -> None:
    busy(town)
    lines = [json.loads(line) for line in town.command("person", JAN, "--export").splitlines()]
    kinds = {line["kind"] for line in lines}
    assert kinds == {"registration", "message", "mail", "case", "log"}
    printed = json.dumps(lines, ensure_ascii=False)
    assert "parkeren" in printed
    assert "an.desmet@brugge.example" not in printed


def test_an_erasure_reaches_every_place_and_leaves_a_blacked_out_trace(town: Town) -> None:
    busy(town)
    assert holding(town.folder, *TRACES)
    town.command("person", JAN, "--erase")
    assert holding(town.folder, *TRACES) == []
    assert sorted(row["Naam"] for row in town.sheet()) == ["De Smet", "Maes"]
    log = town.sheet("Logboek")
    assert any(row["Wie"] == "■■■" and row["Wat"] == "gegevens gewist" for row in log)
    assert town.command("person", JAN, "--export") == ""
    assert town.run() == []
    assert holding(town.folder, *TRACES) == []


def test_an_erasure_while_the_workbook_is_open_is_finished_once_it_is_closed(town: Town) -> None:
    busy(town)
    lock = town.workbook().with_name(f".~lock.{town.workbook().name}#")
    lock.write_text(",griet,kantoor,22.11.2026 09:00,;", encoding="utf-8")
    said = town.command("person", JAN, "--erase")
    assert "kis-2026-3" in said
    places = {place.partition(":")[0].partition("/")[0] for place in holding(town.folder, *TRACES)}
    versions = {path.name for path in (town.folder / "workbooks" / "versies").iterdir()}
    # What she has open, its former versions, and the cells it is compared with when she closes it.
    assert places <= {town.workbook().name, "workbook_base.cells", "mailbot.db", "mailbot.db-wal", *versions}
    lock.unlink()
    town.run()
    assert holding(town.folder, *TRACES) == []
