"""Several hosts at work on one PostgreSQL, each with its mailboxes; and one that is killed."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import openpyxl

from mailbot.config.loader import load
from mailbot.service.daemon import CONFIGURATION
from mailbot.service.shared_configuration import RECORD
from tests.cli.conftest import in_process
from tests.servers.postgresql import PostgreSQL
from tests.service.conftest import NOW, Office
from tests.service.test_service import Service, answered, running, until

#: What takes others for dead sooner.
HASTY = ("tests.faults.hasty",)


def host(office: Office, name: str) -> Office:
    """Another machine of the same installation: a configuration and a state of its own, and the shared folder
    of workbooks."""
    folder = office.folder / name
    shutil.copytree(office.config.parent, folder / "config")
    file = folder / "config" / "mailbot.toml"
    shared = office.folder / "workbooks"
    file.write_text(file.read_text().replace('"../workbooks"', f'"{shared}"'))
    return replace(office, config=file)


def held(office: Office) -> dict[str, set[str]]:
    """What each host holds by its process, as `mailbot status` says it."""
    said = in_process("status", "--json", "--config", str(office.config)).stdout
    return {one["process"]: set(one["holds"]) for one in json.loads(said)["hosts"]}


def test_hosts_share_the_mailboxes_and_one_takes_over_those_of_another_that_is_killed(
    make_office: Callable[..., Office], postgresql: PostgreSQL
) -> None:
    office = make_office(rest=f'[store]\nurl = "{postgresql.emptied()}"\n[worker]\npoll_seconds = 1')
    second = office.second_mailbox()

    def deliver(first_name: str, second_name: str, at: int) -> None:
        office.deliver(first_name, at=NOW + timedelta(seconds=at))
        second.deliver(second_name, at=NOW + timedelta(seconds=at + 1))

    here, there = host(office, "one"), host(office, "two")
    with running(here, "log one", *HASTY) as one, running(there, "log two", *HASTY) as two:
        both = {"main", "second", "the lead"}

        def spread() -> bool:
            jobs = held(office)
            return sorted(map(len, jobs.values())) == [1, 2] and set.union(*jobs.values()) == both

        until(spread, one.log)
        deliver("Maes", "Claeys", 1)
        until(lambda: len(answered(office)) == 2, one.log)
        stored = [line for line in logged(one, two) if "new messages stored" in line]
        assert sorted(line.split(": ")[-2].rpartition(" ")[2] for line in stored) == ["main", "second"]
        leads = next(process for process, jobs in held(office).items() if "the lead" in jobs)
        killed, other = (one, two) if one.process.pid == leads else (two, one)
        killed.process.kill()
        deliver("Peeters", "Aerts", 3)
        until(lambda: len(answered(office)) == 4, other.log)
        until(lambda: held(office).get(other.process.pid) == both, other.log)
        until(lambda: in_workbook(office) == {"Aerts", "Claeys", "Maes", "Peeters"}, other.log)
        other.end()
    sent = Counter(answered(office))
    assert set(sent.values()) == {1}
    people = in_process("registrations", "kis-2026-3", "--json", "--config", str(office.config)).stdout
    rows = [json.loads(line) for line in people.splitlines()]
    assert sorted(row["nr"] for row in rows) == ["INS-0001", "INS-0002", "INS-0003", "INS-0004"]
    assert len({row["email"] for row in rows}) == 4


def test_a_host_that_cannot_keep_the_files_of_all_goes_on_and_says_so(
    make_office: Callable[..., Office], postgresql: PostgreSQL
) -> None:
    office = make_office(rest=f'[store]\nurl = "{postgresql.emptied()}"\n[worker]\npoll_seconds = 1')
    record = load(office.config).state_dir / RECORD
    with running(office) as service:
        until(record.is_file, service.log)
        kept = record.read_bytes()
        record.unlink()
        record.mkdir()  # the record can be neither read nor written, whoever it is that runs
        event = office.config.parent / "events" / "kis-2026-3.toml"
        event.write_text(event.read_text() + "capacity = 12\n")
        service.says("(the former one stays in use)")
        office.deliver("Maes")
        until(lambda: answered(office) == ["maes@damme.example"], service.log)
        until(lambda: CONFIGURATION in troubles(office), service.log)
        record.rmdir()
        record.write_bytes(kept)
        until(lambda: CONFIGURATION not in troubles(office), service.log)
        service.end()


def troubles(office: Office) -> set[str]:
    """What is the matter, as `mailbot status` says it."""
    said = in_process("status", "--json", "--config", str(office.config)).stdout
    return set(json.loads(said)["troubles"])


def in_workbook(office: Office) -> set[object]:
    """The names that the workbook shows, nobody while it is not drawn yet."""
    file = office.folder / "workbooks" / "kis-2026-3.xlsx"
    if not file.is_file():
        return set()
    sheet = openpyxl.load_workbook(file)["Deelnemers"]
    column = [cell.value for cell in sheet[1]].index("Naam")
    return {row[column] for row in sheet.iter_rows(min_row=2, values_only=True)} - {None}


def logged(*services: Service) -> list[str]:
    """What the services logged."""
    return [line for one in services for line in one.log.read_text().splitlines()]
