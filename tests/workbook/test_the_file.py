"""The file on disk: locks, rights, versions, and saves in the very moment of a write."""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from mailbot.files import shared_folder
from mailbot.wording import as_told
from tests.workbook.conftest import NOW, Desk, person


def _typed(desk: Desk, value: str) -> None:
    book = openpyxl.load_workbook(desk.path)
    book["Deelnemers"]["E2"] = value
    book.save(desk.path)


@pytest.mark.parametrize("name", ["~$kis.xlsx", ".~lock.kis.xlsx#"])
def test_an_open_workbook_waits_and_a_dated_copy_shows_the_newest_state(desk: Desk, name: str) -> None:
    before = desk.path.read_bytes()
    lock = desk.path.with_name(name)
    lock.write_text("secretariaat")
    os.utime(lock, (NOW.timestamp(), NOW.timestamp()))
    desk.add(person(4))
    wrote = desk.round()
    assert not wrote.done
    assert name in as_told(wrote.why or "")
    assert desk.path.read_bytes() == before
    copy = desk.path.with_name("kis stand 2026-11-22.xlsx")
    assert openpyxl.load_workbook(copy)["Deelnemers"]["A5"].value == "INS-0004"
    lock.unlink()
    assert desk.round().done
    assert openpyxl.load_workbook(desk.path)["Deelnemers"]["A5"].value == "INS-0004"
    assert not copy.exists()  # the workbook shows it all
    assert desk.remarks == []


def _lock(desk: Desk) -> Path:
    lock = desk.path.with_name("~$kis.xlsx")
    lock.write_text("secretariaat")
    os.utime(lock, (NOW.timestamp(), NOW.timestamp()))
    return lock


@pytest.mark.parametrize("then", ["the next round", "the next day", "the workbook closed"])
def test_what_she_typed_in_the_dated_copy_is_kept_and_told(desk: Desk, then: str) -> None:
    lock, copy = _lock(desk), desk.path.with_name("kis stand 2026-11-22.xlsx")
    desk.add(person(4))
    assert not desk.round().done
    book = openpyxl.load_workbook(copy)
    book["Deelnemers"]["E2"] = "Schepen"
    book.save(copy)
    hers, written = copy.read_bytes(), desk.file.copy.written
    desk.restart()
    desk.file.copy.written = written  # the ledger holds it
    desk.add(person(5))
    if then == "the next day":
        desk.now += timedelta(days=1)
        os.utime(lock, (desk.now.timestamp(), desk.now.timestamp()))
    if then == "the workbook closed":
        lock.unlink()
    assert desk.round().done is (then == "the workbook closed")
    (kept,) = desk.path.parent.glob("kis zoals gevonden *.xlsx")
    assert kept.read_bytes() == hers
    assert copy.exists() is (then == "the next round")
    (told,) = desk.remarks
    assert told.startswith("kis stand 2026-11-22.xlsx is een kopie om te lezen")
    assert kept.name in told


def test_what_was_found_in_one_second_is_kept_side_by_side(desk: Desk) -> None:
    lock, copy = _lock(desk), desk.path.with_name("kis stand 2026-11-22.xlsx")
    for hers in ("Schepen", "Raadslid"):
        desk.add(person(4 if hers == "Schepen" else 5))
        desk.round()
        book = openpyxl.load_workbook(copy)
        book["Deelnemers"]["E2"] = hers
        book.save(copy)
    lock.unlink()
    assert desk.round().done
    kept = desk.path.parent.glob("kis zoals gevonden *.xlsx")
    assert {openpyxl.load_workbook(one)["Deelnemers"]["E2"].value for one in kept} == {"Schepen", "Raadslid"}
    assert len({*desk.remarks}) == 2


def test_a_dated_copy_that_she_has_open_is_left_until_it_is_closed(desk: Desk) -> None:
    lock, copy = _lock(desk), desk.path.with_name("kis stand 2026-11-22.xlsx")
    desk.add(person(4))
    desk.round()
    before, other = copy.read_bytes(), copy.with_name(f"~${copy.name}")
    other.write_text("secretariaat")
    os.utime(other, (NOW.timestamp(), NOW.timestamp()))
    desk.add(person(5))
    desk.round()
    assert copy.read_bytes() == before
    other.unlink()
    desk.round()
    assert openpyxl.load_workbook(copy)["Deelnemers"]["A6"].value == "INS-0005"
    lock.unlink()
    assert desk.round().done
    assert (copy.exists(), desk.remarks) == (False, [])


def test_a_lock_left_over_since_yesterday_is_said_once_and_stops_nothing(desk: Desk) -> None:
    lock = desk.path.with_name("~$kis.xlsx")
    lock.write_text("secretariaat")
    old = (NOW - timedelta(hours=13)).timestamp()
    os.utime(lock, (old, old))
    _typed(desk, "Schepen")
    desk.add(person(4))
    assert desk.round().done
    assert desk.round().done
    assert len(desk.remarks) == 1
    assert "~$kis.xlsx bleef achter" in desk.remarks[0]


def test_owner_group_and_mode_are_kept(desk: Desk) -> None:
    desk.path.chmod(0o664)
    if os.geteuid() == 0:
        os.chown(desk.path, 1234, 4321)
    before = desk.path.stat()
    desk.add(person(4))
    old = os.umask(0o077)
    try:
        assert desk.round().done
    finally:
        os.umask(old)
    after = desk.path.stat()
    assert after.st_ino != before.st_ino
    assert stat.S_IMODE(after.st_mode) == 0o664
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)


def test_a_new_workbook_can_be_opened_by_the_folder_s_group(tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        desk = Desk(tmp_path)
        desk.add(person(1))
        assert desk.round().done
    finally:
        os.umask(old)
    assert stat.S_IMODE(desk.path.stat().st_mode) == 0o660
    assert desk.path.stat().st_gid == tmp_path.stat().st_gid


def test_the_last_ten_versions_are_kept(desk: Desk) -> None:
    for number in range(4, 20):
        desk.now += timedelta(minutes=1)
        desk.add(person(number))
        assert desk.round().done
    versions = sorted((desk.path.parent / "versies").iterdir())
    assert len(versions) == 10
    last = openpyxl.load_workbook(versions[-1])["Deelnemers"]
    assert last["A19"].value == "INS-0018"


@pytest.mark.parametrize("killed", [False, True])
def test_what_she_saves_between_reading_and_replacing_is_not_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, killed: bool
) -> None:
    exchange = shared_folder._exchange
    desk.add(person(4))

    class Killed(BaseException):
        pass

    def saved_meanwhile(one: Path, other: Path) -> None:
        monkeypatch.setattr(shared_folder, "_exchange", exchange)
        book = openpyxl.load_workbook(other)
        book["Deelnemers"]["E2"] = "net nog getypt"
        book["Deelnemers"]["T2"] = "eigen nota"
        book.save(other)
        exchange(one, other)
        if killed:
            raise Killed

    monkeypatch.setattr(shared_folder, "_exchange", saved_meanwhile)
    try:
        desk.write()
    except Killed:
        desk.restart()
    assert desk.round().done
    assert desk.people["INS-0001"].text("role") == "net nog getypt"
    sheet = openpyxl.load_workbook(desk.path)["Deelnemers"]
    assert (sheet["E2"].value, sheet["T2"].value, sheet["A5"].value) == (
        "net nog getypt", "eigen nota", "INS-0004",
    )  # fmt: skip
    assert sorted(p.name for p in desk.path.parent.iterdir()) == ["kis.xlsx", "versies"]


def test_an_older_file_put_back_is_still_understood(desk: Desk) -> None:
    _typed(desk, "Schepen")
    older = desk.path.read_bytes()
    desk.round()
    desk.add(person(4))
    desk.round()
    desk.path.write_bytes(older)
    desk.round()
    assert not desk.remarks
    assert [one.nr for one in desk.people.values() if one.status == "Ingeschreven"] == list(desk.people)
    assert openpyxl.load_workbook(desk.path)["Deelnemers"]["A5"].value == "INS-0004"


def test_a_folder_that_cannot_be_made_raises_for_a_later_try(tmp_path: Path) -> None:
    (tmp_path / "dir").write_text("no folder")
    desk = Desk(tmp_path / "dir")
    desk.add(person(1))
    with pytest.raises(OSError):
        desk.round()
