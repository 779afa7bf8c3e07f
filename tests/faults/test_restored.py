"""docs/backup.md, walked: what came after the backup is met again, and the workbooks of later days
are set aside."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from mailbot.service.daemon import now
from mailbot.storage import queries
from mailbot.wording import matter
from tests.cli.conftest import in_process
from tests.service.conftest import NOW, Office

EVENT = "kis-2026-3"


def a_round(office: Office) -> None:
    with office.worker(now) as worker:
        assert worker.cycle(immediate=True).errors == {}


def type_in(office: Office, nr: str, diet: str) -> None:
    """She types a diet in a row and saves."""
    path = office.folder / "workbooks" / f"{EVENT}.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Deelnemers"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    (row,) = [at for at in range(2, sheet.max_row + 1) if sheet.cell(at, columns["Nr"]).value == nr]
    sheet.cell(row, columns["Dieetwensen"]).value = diet
    book.save(path)


def shown(office: Office) -> list[tuple[object, object, object]]:
    """Nr, name and diet of each row of the workbook."""
    sheet = openpyxl.load_workbook(office.folder / "workbooks" / f"{EVENT}.xlsx")["Deelnemers"]
    header = [cell.value for cell in sheet[1]]
    places = [header.index(name) for name in ("Nr", "Naam", "Dieetwensen")]
    return [
        (row[places[0]], row[places[1]], row[places[2]])
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ]


@pytest.mark.parametrize(
    "workbooks",
    [
        pytest.param("of that day", marks=pytest.mark.long),
        pytest.param("removed", marks=pytest.mark.long),
        "from after the backup",
    ],
)
def test_after_a_restore_everyone_is_there_once_whatever_became_of_the_workbooks(
    office: Office, tmp_path: Path, workbooks: str
) -> None:
    config = ("--config", str(office.config))
    folder = office.folder / "workbooks"
    for second, name in enumerate(("Aerts", "Bral")):
        office.deliver(name, at=NOW + timedelta(seconds=second))
    a_round(office)
    type_in(office, "INS-0001", "geen noten")
    a_round(office)
    backup = tmp_path / "backup.db"
    assert in_process("backup", str(backup), *config).returncode == 0
    that_day = (folder / f"{EVENT}.xlsx").read_bytes()
    for second, name in enumerate(("Claeys", "Dhaene"), start=5):
        office.deliver(name, at=NOW + timedelta(seconds=second))
        a_round(office)
    type_in(office, "INS-0002", "veganistisch")
    a_round(office)
    type_in(office, "INS-0003", "glutenvrij")  # saved, and never read

    for part in (office.folder / "state").glob("mailbot.db*"):
        part.rename(tmp_path / part.name)
    assert in_process("restore", str(backup), *config).returncode == 0
    if workbooks == "of that day":
        (folder / f"{EVENT}.xlsx").write_bytes(that_day)
    elif workbooks == "removed":
        (folder / f"{EVENT}.xlsx").unlink()
    late = (folder / f"{EVENT}.xlsx").read_bytes() if workbooks == "from after the backup" else b""
    assert in_process("status", *config).returncode == 0
    for _ in range(4):
        a_round(office)
    assert shown(office) == [
        ("INS-0001", "Aerts", "geen noten"),
        ("INS-0002", "Bral", None),
        ("INS-0003", "Claeys", None),
        ("INS-0004", "Dhaene", None),
    ]
    with office.worker(now) as worker, worker.store.read_transaction() as tx:
        assert [row.text("last_name") for row in queries.registrations(tx, EVENT)] == [
            "Aerts",
            "Bral",
            "Claeys",
            "Dhaene",
        ]
        told = [matter(case) for case in queries.open_cases(tx, EVENT)]
    aside = list(folder.glob("* zoals gevonden *.xlsx"))
    assert [path.read_bytes() for path in aside] == ([late] if late else [])
    assert len(told) == (workbooks != "of that day")  # what became of the file is told
    type_in(office, "INS-0004", "vegetarisch")
    a_round(office)
    assert shown(office)[3] == ("INS-0004", "Dhaene", "vegetarisch")
