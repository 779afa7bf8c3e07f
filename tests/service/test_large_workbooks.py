"""A workbook that takes long to draw holds up nobody: not who waits for an answer, and not the end."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from mailbot.config import loader
from mailbot.files import drawing
from mailbot.service.worker import Worker
from mailbot.storage import Store, personal_data, workbooks
from tests.patience import PATIENCE
from tests.servers import configuration
from tests.service.conftest import NOW, Office

EVENT, OTHER = "kis-2026-3", "vorming-2026-4"
TITLE, OTHER_TITLE = "Kennisplatform Intergemeentelijk Samenwerken", "Vormingsdag Archief"


class Child:
    """Stands for the child that draws: it waits until it is let go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.may_go_on = threading.Event()
        self.told = threading.Event()
        self.drawn = 0
        monkeypatch.setattr(drawing, "MANY", 1)
        monkeypatch.setattr(drawing, "_in_child", self._draw)

    def _draw(self, _: object, wanted: drawing.DrawingInput, data: bytes | None) -> drawing.Drawn | None:
        assert self.may_go_on.wait(PATIENCE)
        self.drawn += 1
        return drawing._here(wanted, data)

    def finishes(self) -> None:
        """Lets it draw, and waits until that is told; what follows waits again."""
        self.may_go_on.set()
        assert self.told.wait(PATIENCE)
        self.may_go_on.clear()
        self.told.clear()


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    """A child that draws when the test says so, and one person is many."""
    made = Child(monkeypatch)
    yield made
    made.may_go_on.set()


@contextmanager
def working(office: Office, child: Child) -> Iterator[Worker]:
    """A worker that is told of what is drawn, with time passing from cycle to cycle."""
    settings = loader.load(office.config)
    minutes = iter(range(10_000))
    with (
        Store(settings.store_url) as store,
        Worker(
            settings,
            store,
            lambda: NOW + timedelta(minutes=next(minutes)),
            lambda: False,
            drawn=child.told.set,
        ) as worker,
    ):
        yield worker


def names(path: Path) -> list[object]:
    """Who stands in the workbook."""
    sheet = openpyxl.load_workbook(path)["Deelnemers"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Naam")
    return [name for (name,) in sheet.iter_rows(2, None, column, column, values_only=True) if name]


def test_answers_go_out_while_a_large_workbook_is_drawn(office: Office, child: Child) -> None:
    path = office.folder / "workbooks" / f"{EVENT}.xlsx"
    office.deliver("Maes")
    with working(office, child) as worker:
        assert worker.cycle(immediate=False).handled == 1
        office.deliver("Claeys")
        assert worker.cycle(immediate=False).handled == 1
        assert {mail["X-Envelope-To"] for mail in office.smtp.mails()} == {
            "maes@damme.example",
            "claeys@damme.example",
        }
        assert not path.exists()

        child.finishes()
        worker.cycle(immediate=False)
        assert names(path) == ["Maes"]  # as the ledger was when it was begun; what came since follows
        child.finishes()
        worker.cycle(immediate=False)
        assert names(path) == ["Maes", "Claeys"]


def test_a_large_workbook_that_is_being_drawn_is_dropped_for_no_other(office: Office, child: Child) -> None:
    other = configuration.meeting(OTHER).replace(TITLE, OTHER_TITLE)
    (office.config.parent / "events" / f"{OTHER}.toml").write_text(other)
    office.deliver("Maes", subject=f"Inschrijving {TITLE}")
    office.deliver("Claeys", subject=f"Inschrijving {OTHER_TITLE}")
    with working(office, child) as worker:
        assert worker.cycle(immediate=False).handled == 2
        for _ in (EVENT, OTHER):
            child.finishes()
            worker.cycle(immediate=False)
        assert child.drawn == 2
    written = {event: names(office.folder / "workbooks" / f"{event}.xlsx") for event in (EVENT, OTHER)}
    assert written == {EVENT: ["Maes"], OTHER: ["Claeys"]}


def test_a_child_that_cannot_be_had_is_trouble_outside_and_no_defect(
    office: Office, monkeypatch: pytest.MonkeyPatch, child: Child
) -> None:
    def refused(*_: object) -> None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    office.deliver("Maes")
    with working(office, child) as worker:
        with monkeypatch.context() as busy:
            busy.setattr(drawing, "_in_child", refused)
            made = worker.cycle(immediate=True)
        assert made.errors.keys() == {f"workbook {EVENT}"}
        assert made.errors[f"workbook {EVENT}"].startswith(os.strerror(errno.EAGAIN))
        child.may_go_on.set()
        assert worker.cycle(immediate=True).errors == {}
    assert names(office.folder / "workbooks" / f"{EVENT}.xlsx") == ["Maes"]


def test_what_she_typed_while_it_was_drawn_stays(office: Office, child: Child) -> None:
    path = office.folder / "workbooks" / f"{EVENT}.xlsx"
    office.deliver("Maes")
    with working(office, child) as worker:
        worker.cycle(immediate=False)
        child.finishes()
        worker.cycle(immediate=False)

        office.deliver("Claeys")
        worker.cycle(immediate=False)  # begins to draw
        book = openpyxl.load_workbook(path)
        columns = {cell.value: cell.column for cell in book["Deelnemers"][1]}
        book["Deelnemers"].cell(2, columns["Voornaam"]).value = "Joanna"
        book["Deelnemers"].cell(2, 40).value = "van haar"
        book.save(path)
        child.finishes()
        worker.cycle(immediate=False)
        child.may_go_on.set()
        worker.cycle(immediate=True)
    sheet = openpyxl.load_workbook(path)["Deelnemers"]
    assert (sheet.cell(2, columns["Voornaam"]).value, sheet.cell(2, 40).value) == ("Joanna", "van haar")
    assert names(path) == ["Maes", "Claeys"]


def test_what_was_erased_while_it_was_drawn_is_in_no_version_of_the_workbook(
    office: Office, child: Child
) -> None:
    path = office.folder / "workbooks" / f"{EVENT}.xlsx"
    office.deliver("Maes")
    office.deliver("Claeys")
    with working(office, child) as worker:
        worker.cycle(immediate=False)  # begins to draw both
        with worker.store.write_transaction() as tx:
            personal_data.erase(tx, "maes@damme.example", NOW)
        child.finishes()
        worker.cycle(immediate=False)
        child.may_go_on.set()
        worker.cycle(immediate=True)
        assert names(path) == ["Claeys"]
        versions = sorted((path.parent / "versies").glob(f"{EVENT} *.xlsx"))
        assert not any("Maes" in names(version) for version in versions)


def test_the_end_waits_for_what_is_owed_no_longer_than_told(office: Office, child: Child) -> None:
    path = office.folder / "workbooks" / f"{EVENT}.xlsx"
    office.deliver("Maes")
    with working(office, child) as worker:
        worker.cycle(immediate=False)
        worker.write_owed(seconds=0)
        assert not path.exists()
        with worker.store.read_transaction() as tx:
            assert [one.event for one in workbooks.behind(tx)] == [EVENT]  # for the next start
        child.may_go_on.set()
        worker.write_owed(seconds=PATIENCE)
        assert names(path) == ["Maes"]
        assert child.drawn == 1
