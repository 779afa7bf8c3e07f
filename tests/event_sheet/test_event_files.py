"""Event files that somebody works at, or deletes, beside a sheet that was drawn from them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from openpyxl import load_workbook

from mailbot.config import loader
from mailbot.service.worker import Worker
from mailbot.storage import Store
from mailbot.workbook.event_sheet import COLUMNS, SHEET
from tests.event_sheet.town import Town, rows

GONE = "is er niet meer, of bevat een fout"


def _file(town: Town) -> Path:
    return town.config.parent / "events" / "kis-2026-3.toml"


def _sheet(town: Town) -> Path:
    return town.workbook().with_name("bijeenkomsten.xlsx")


def _type(town: Town, key: str, value: str, row: int = 2) -> None:
    book = load_workbook(_sheet(town))
    book[SHEET].cell(row, 1 + list(COLUMNS).index(key), value)
    book.save(_sheet(town))


def _told(town: Town) -> list[str]:
    """What stands under ``Melding``, by row."""
    column = 1 + list(COLUMNS).index("problem")
    sheet = load_workbook(_sheet(town))[SHEET]
    return [str(sheet.cell(row, column).value or "") for row in range(2, sheet.max_row + 1)]


def _cycle_beside(town: Town, text: str) -> None:
    """A cycle of a service that is running while the event file becomes ``text``."""
    settings = loader.load(town.config)
    _file(town).write_text(text, encoding="utf-8")
    with (
        Store(settings.store_url) as store,
        Worker(settings, store, lambda: datetime.now(UTC), lambda: False) as worker,
    ):
        worker.cycle(immediate=True)


def test_an_event_file_with_a_mistake_is_left_to_whoever_is_at_work_in_it(town: Town) -> None:
    town.run()
    good = '# a remark\npractical = "Neem de trein."\n' + _file(town).read_text(encoding="utf-8")
    half_written = good.replace("starts = ", "starts = 20")
    _cycle_beside(town, half_written)
    assert _file(town).read_text(encoding="utf-8") == half_written
    assert [GONE in said for said in _told(town)] == [True]

    _type(town, "place", "Damme")
    _file(town).write_text(good, encoding="utf-8")
    town.run()
    after = _file(town).read_text(encoding="utf-8")
    assert after == good.replace("OC De Kleine Beer, Beernem", "Damme")
    assert _told(town) == [""]


def test_a_meeting_whose_file_is_deleted_does_not_come_back_from_the_sheet(town: Town) -> None:
    town.event("kis-2027-1", title="Een andere bijeenkomst")
    town.run()
    _file(town).unlink()
    town.run()
    town.run()
    assert [file.stem for file in _file(town).parent.iterdir()] == ["kis-2027-1"]
    assert sorted(GONE in said for said in _told(town)) == [False, True]
    assert [
        GONE in str(case) for case in rows(_sheet(town).with_name("Te behandelen.xlsx"), "Te behandelen")
    ] == [True]


def test_a_copy_of_the_row_of_a_deleted_meeting_is_a_meeting_of_its_own(town: Town) -> None:
    town.event("kis-2027-1", title="Een andere bijeenkomst")
    town.run()
    _file(town).unlink()
    town.run()
    book = load_workbook(_sheet(town))
    sheet = book[SHEET]
    (of_deleted,) = (row for row, said in enumerate(_told(town), 2) if said)
    for column in range(1, len(COLUMNS)):
        sheet.cell(4, column, sheet.cell(of_deleted, column).value)
    book.save(_sheet(town))
    town.run()
    (new,) = {file.stem for file in _file(town).parent.iterdir()} - {"kis-2027-1"}
    assert new.startswith("kennisplatform-intergemeentelijk")
