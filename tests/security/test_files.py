"""Files of mailbot's own are for their owner; links that others put into the shared folder lead nowhere."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.event_sheet.town import Town, person, typed
from tests.servers.dovecot import PASSWORD

JAN = "jan.peeters@damme.example"


def test_nobody_else_on_the_machine_can_look_into_the_state(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    umask = os.umask(0o022)
    try:
        town.run()
        copy = town.folder / "kopie.db"
        town.command("backup", str(copy))
    finally:
        os.umask(umask)
    assert (town.folder / "state").stat().st_mode & 0o077 == 0
    assert copy.stat().st_mode & 0o077 == 0


def test_a_link_that_waits_for_a_file_of_ours_is_not_followed(town: Town) -> None:
    theirs = town.folder / "van-een-ander"
    theirs.write_text("blijft")
    books = town.folder / "workbooks"
    (books / "berichten").mkdir(parents=True)
    for name in (".kis-2026-3.xlsx.mailbot", ".bijeenkomsten.xlsx.mailbot", "berichten/1.part"):
        (books / name).symlink_to(theirs)
    town.mail("eve@evil.example", "Uitschrijving", "Gelieve Jan Peeters uit te schrijven.")
    town.mail(JAN, "Inschrijving", typed(person(Opmerkingen="Is er parking?")))
    town.run()
    assert theirs.read_text() == "blijft"
    assert [row["Naam"] for row in town.sheet()] == ["Peeters"]


def test_a_link_in_the_place_of_a_workbook_copies_nothing_of_where_it_leads(town: Town) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    town.workbook().unlink()
    town.workbook().symlink_to(town.config.parent / "secrets/imap")
    town.mail(JAN, "Inschrijving", typed(person(Functie="raadslid")))
    town.command("run", "--once", expect=1)
    assert [name for name in files(town.workbook().parent) if PASSWORD.encode() in name.read_bytes()] == []
    town.workbook().unlink()
    town.run()
    assert [row["Functie"] for row in town.sheet()] == ["raadslid"]


@pytest.mark.parametrize("name", ["berichten", "versies"])
def test_a_link_in_the_place_of_a_folder_of_ours_is_not_followed(town: Town, name: str) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    elsewhere = town.folder / "van-een-ander"
    elsewhere.mkdir()
    (elsewhere / "1.eml").write_text("blijft")
    (elsewhere / "kis-2026-3 0.xlsx").write_text("blijft")
    shutil.rmtree(town.workbook().parent / name, ignore_errors=True)
    (town.workbook().parent / name).symlink_to(elsewhere)
    town.mail("eve@evil.example", "Uitschrijving", "Gelieve Jan Peeters uit te schrijven.")
    town.mail(JAN, "Inschrijving", typed(person(Functie="raadslid")))
    town.command("run", "--once", expect=1)
    assert {path.name: path.read_text() for path in elsewhere.iterdir()} == {
        "1.eml": "blijft",
        "kis-2026-3 0.xlsx": "blijft",
    }
    assert name in town.command("status")
    (town.workbook().parent / name).unlink()
    town.run()
    assert [row["Functie"] for row in town.sheet()] == ["raadslid"]


def test_a_link_to_a_message_or_a_version_is_not_followed(town: Town) -> None:
    theirs = town.folder / "van-een-ander"
    theirs.write_text("blijft")
    books = town.folder / "workbooks"
    for folder, link in (("berichten", "1.eml"), ("versies", "kis-2026-3 99999999-000000-000000.xlsx")):
        (books / folder).mkdir(parents=True)
        (books / folder / link).symlink_to(theirs)
    town.mail("eve@evil.example", "Uitschrijving", "Gelieve Jan Peeters uit te schrijven.")
    town.run()
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    assert theirs.read_text() == "blijft"
    assert [row["Naam"] for row in town.sheet()] == ["Peeters"]


@pytest.mark.parametrize("name", [".kis-2026-3.xlsx.mailbot", "kis-2026-3.xlsx", "bijeenkomsten.xlsx"])
def test_a_pipe_in_the_place_of_a_file_holds_nobody_up(town: Town, name: str) -> None:
    town.mail(JAN, "Inschrijving", typed(person()))
    town.run()
    path = town.workbook().parent / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    mail = town.mail(JAN, "Inschrijving", typed(person(Functie="raadslid")))
    town.command("run", "--once", "--dry-run", expect=0)
    town.command("run", "--once", expect=0 if name.startswith(".") else 1)
    assert town.outcome(mail) == "changed"
    path.unlink(missing_ok=True)
    town.run()
    assert [row["Functie"] for row in town.sheet()] == ["raadslid"]


def test_a_link_in_the_place_of_the_list_of_events_copies_nothing(town: Town) -> None:
    town.run()
    sheet = town.workbook().parent / "bijeenkomsten.xlsx"
    sheet.unlink()
    sheet.symlink_to(town.config.parent / "secrets/imap")
    mail = town.mail(JAN, "Inschrijving", typed(person()))
    town.command("run", "--once", expect=1)
    assert town.outcome(mail) == "registered"
    assert [name for name in files(town.workbook().parent) if PASSWORD.encode() in name.read_bytes()] == []


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
