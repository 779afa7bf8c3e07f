"""A workbook of many people is drawn in a child: the same file, by the same rules."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from mailbot.files import drawing
from mailbot.sandbox.pool import ChildDied, Pool
from mailbot.service.daemon import HUNG, SILENCE
from mailbot.wording import as_told
from tests.workbook.conftest import Desk, person


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two people are many."""
    monkeypatch.setattr(drawing, "MANY", 2)


def drawn_twice(folder: Path) -> Desk:
    """A desk with three people on it, and then a fourth."""
    folder.mkdir()
    desk = Desk(folder)
    desk.add(person(1), person(2, organisation="Stad Brugge"), person(3))
    assert desk.round().done
    desk.add(person(4))
    assert desk.round().done
    return desk


def test_a_child_draws_the_very_file_that_is_drawn_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = drawn_twice(tmp_path / "here")
    monkeypatch.setattr(drawing, "MANY", 2)
    there = drawn_twice(tmp_path / "there")
    assert there.path.read_bytes() == here.path.read_bytes()
    assert there.bases == here.bases


@pytest.mark.usefixtures("many")
def test_a_childs_processor_time_counts_and_nothing_is_written_that_did_not_change(desk: Desk) -> None:
    desk.add(person(4))
    wrote = desk.write()
    assert wrote.done
    assert wrote.worked > 0
    written = desk.path.stat().st_mtime_ns
    assert desk.write().done
    assert desk.path.stat().st_mtime_ns == written


@pytest.mark.usefixtures("many")
def test_what_she_typed_is_taken_in_before_a_child_draws(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.path)
    columns = {cell.value: cell.column for cell in book["Deelnemers"][1]}
    book["Deelnemers"].cell(3, columns["Naam"]).value = "Pieters"
    book.save(desk.path)
    desk.add(person(4))
    assert desk.file.write(desk.state, desk.bases.get, desk.keep, desk.now).late
    assert desk.round().done
    assert desk.people["INS-0002"].text("last_name") == "Pieters"


@pytest.mark.usefixtures("many")
def test_a_child_that_dies_of_it_keeps_no_workbook_from_being_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object, **__: object) -> object:
        raise ChildDied(too_slow=False)

    monkeypatch.setattr(Pool, "run", dies)
    desk.add(person(4))
    assert desk.round().done
    assert b"INS-0004" in desk.bases[max(desk.bases)].encode()


@pytest.mark.usefixtures("many")
def test_a_drawing_whose_time_is_over_is_said_so_and_not_drawn_here_and_rests(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hangs(*_: object, **__: object) -> object:
        raise ChildDied(too_slow=True)

    monkeypatch.setattr(Pool, "run", hangs)
    monkeypatch.setattr(drawing, "_here", lambda *_: pytest.fail("it would take as long"))
    desk.add(person(4))
    wrote = desk.write()
    assert not wrote.done
    assert "te lang" in as_told(wrote.why or "")
    assert wrote.worked >= drawing.CPU_SECONDS


def test_a_drawing_ends_before_the_service_is_taken_for_hung() -> None:
    assert drawing.SECONDS < SILENCE < HUNG
