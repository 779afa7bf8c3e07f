"""Several hosts, each with files of its own: all work by the same."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import openpyxl
import pytest

from mailbot.config.loader import load
from mailbot.config.settings import ConfigurationError, Settings
from mailbot.files.event_sheet_file import FILE
from mailbot.pipeline.sandbox import Sandbox
from mailbot.service import daemon
from mailbot.service.daemon import Service
from mailbot.service.distribution import release
from mailbot.service.event_sheet_sync import EventSheetSync
from mailbot.service.shared_configuration import RECORD, REPLACED, Plan, SharedConfiguration, agreed, plan
from mailbot.service.steps import Cycle
from mailbot.service.worker import Worker
from mailbot.storage import Store, configuration, hosts
from mailbot.storage.lease import Lease, Share
from tests.servers import configuration as files
from tests.servers.postgresql import PostgreSQL
from tests.service.conftest import NOW

EVENT = "kis-2026-3"


@dataclass
class Machine:
    """A host: its folder, with a configuration that names the shared ledger."""

    folder: Path
    store: Store

    @property
    def settings(self) -> Settings:
        return load(self.folder / "config" / "mailbot.toml")

    def event(self, name: str = EVENT) -> Path:
        return self.folder / "config" / "events" / f"{name}.toml"

    def agree(self, *, bring: bool = True) -> bool:
        return SharedConfiguration(self.settings, self.store).agree(bring=bring)


@pytest.fixture
def machine(postgresql: PostgreSQL, tmp_path: Path) -> Iterator[Callable[..., Machine]]:
    """Makes a host of the ledger that all of them share."""
    url = postgresql.emptied()
    opened = ExitStack()

    def make(
        name: str, *events: str, timezone: str = "Europe/Brussels", rest: str = "", **keys: object
    ) -> Machine:
        store = f'[store]\nurl = "{url}"\n{rest}'
        file = files.write(tmp_path / name, imap_port=1, smtp_port=1, user="x", rest=store, **keys)  # type: ignore[arg-type]
        file.write_text(file.read_text().replace("Europe/Brussels", timezone))
        found = Machine(tmp_path / name, opened.enter_context(Store(url)))
        for event in events:
            found.event(event).write_text(files.meeting(event))
        return found

    with opened:
        yield make


def test_a_change_goes_where_nothing_changed_and_gives_way_where_something_did() -> None:
    had = {"a": "1", "b": "1", "c": "1", "gone": "1", "same": "1"}
    here = {"a": "2", "b": "1", "c": "2", "same": "2", "new": "1"}
    there = {"a": "1", "b": "2", "c": "3", "gone": "1", "same": "2", "other": "1"}
    assert plan(had, here, there) == Plan(
        bring=frozenset({"a", "gone", "new"}), take=frozenset({"b", "c", "other"}), give_way=frozenset({"c"})
    )


def test_who_joins_takes_the_files_of_who_works_and_brings_none(machine: Callable[..., Machine]) -> None:
    first, second = machine("first", EVENT), machine("second", "voorbeeld")
    blank = first.settings.forms_dir / "leeg.docx"
    blank.parent.mkdir(exist_ok=True)
    blank.write_bytes(b"a blank")
    assert not first.agree()
    assert second.agree()
    assert second.settings.events == first.settings.events
    assert (second.settings.forms_dir / "leeg.docx").read_bytes() == b"a blank"
    assert (second.settings.state_dir / REPLACED / "events" / "voorbeeld.toml").exists(), "kept beside"
    assert not first.agree()
    assert not second.agree()


def test_the_newest_version_of_each_file_holds_wherever_it_was_changed(
    machine: Callable[..., Machine],
) -> None:
    first, second = machine("first", EVENT, "kis-2026-4"), machine("second")
    first.agree()
    second.agree()
    first.event().write_text(first.event().read_text() + "capacity = 12\n")
    second.event("kis-2026-4").unlink()
    second.event("kis-2026-5").write_text(files.meeting("kis-2026-5"))
    first.agree()
    assert second.agree()
    assert first.agree()
    assert first.settings.events == second.settings.events
    assert sorted(first.settings.events) == [EVENT, "kis-2026-5"]
    assert second.settings.events[EVENT].capacity == 12
    with first.store.read_transaction() as tx:
        assert configuration.version(tx) == 3


def test_a_file_that_was_changed_on_both_gives_way_to_the_ledger_and_is_kept(
    machine: Callable[..., Machine], caplog: pytest.LogCaptureFixture
) -> None:
    first, second = machine("first", EVENT), machine("second")
    first.agree()
    second.agree()
    for one, capacity in ((first, 12), (second, 13)):
        one.event().write_text(one.event().read_text() + f"capacity = {capacity}\n")
    first.agree()
    assert second.agree()
    assert second.settings.events[EVENT].capacity == 12
    assert "capacity = 13" in (second.settings.state_dir / REPLACED / "events" / f"{EVENT}.toml").read_text()
    assert f"events/{EVENT}.toml was changed here and elsewhere" in caplog.text


def test_a_host_whose_folder_is_empty_deletes_nothing_elsewhere(machine: Callable[..., Machine]) -> None:
    first, second = machine("first", EVENT, "kis-2026-4"), machine("second")
    first.agree()
    second.agree()
    for name in (EVENT, "kis-2026-4"):
        second.event(name).unlink()  # as where a share is not mounted
    assert second.agree()
    assert sorted(second.settings.events) == [EVENT, "kis-2026-4"]
    assert not first.agree()
    assert sorted(first.settings.events) == [EVENT, "kis-2026-4"]


def test_who_has_no_event_left_still_brings_a_form(machine: Callable[..., Machine]) -> None:
    first, second = machine("first", EVENT), machine("second")
    first.agree()
    second.agree()
    second.event().unlink()
    blank = second.settings.forms_dir / "leeg.docx"
    blank.parent.mkdir(exist_ok=True)
    blank.write_bytes(b"a blank")
    second.agree()
    assert first.agree()
    assert (first.settings.forms_dir / "leeg.docx").read_bytes() == b"a blank"
    assert sorted(first.settings.events) == [EVENT]


@pytest.mark.parametrize("record", ["", "{", "[]", "{}", '{"ledger": 1, "files": [1]}', "\udcff"])
def test_a_damaged_record_counts_as_none(machine: Callable[..., Machine], record: str) -> None:
    first, second = machine("first", EVENT), machine("second")
    first.agree()
    second.agree()
    first.event().write_text(first.event().read_text() + "capacity = 12\n")
    first.agree()
    (second.settings.state_dir / RECORD).write_bytes(record.encode(errors="surrogateescape"))
    assert second.agree()
    assert second.settings.events[EVENT].capacity == 12


def test_what_cannot_be_loaded_goes_to_no_other_host(machine: Callable[..., Machine]) -> None:
    first, second = machine("first", EVENT), machine("second")
    first.agree()
    second.agree()
    good, shared = first.event().read_text(), SharedConfiguration(first.settings, first.store)
    first.event().write_text("title = ")
    assert not shared.agree(bring=False)
    assert not second.agree()
    first.event().write_text(good + "capacity = 12\n")
    first.agree()
    assert second.agree()
    assert second.settings.events[EVENT].capacity == 12


def test_what_the_secretary_types_in_the_sheet_of_events_is_in_the_ledger_before_the_sheet_shows_it(
    machine: Callable[..., Machine],
) -> None:
    first, second = machine("first", EVENT), machine("second")
    first.agree()
    second.agree()
    with Sandbox() as sandbox:
        EventSheetSync(first.settings, first.store, sandbox).import_edits(NOW)
        path = first.settings.workbook_dir / FILE
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        [column] = [cell.column for cell in sheet[1] if cell.value == "Plaatsen"]
        sheet.cell(2, column).value = 12
        book.save(path)
        assert EventSheetSync(first.settings, first.store, sandbox).import_edits(NOW)
    assert second.agree(), "although the first host ended right then"
    assert second.settings.events[EVENT].capacity == 12


def test_a_host_with_other_rules_is_refused_while_another_lives(
    machine: Callable[..., Machine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = machine("first", EVENT, rest="[retention]\nkeep_mail_days = 100")
    other = machine(
        "other",
        timezone="Europe/Paris",
        mailbox='filed_folder = "Verwerkt"\nca_file = "ca.pem"',
        rest='[retention]\nkeep_mail_days = 30\n[log]\nformat = "json"',
    )
    agreed(first.settings, first.store)
    joining = SharedConfiguration(other.settings, other.store)
    joining.refuse_other_rules()  # nobody lives
    lease = Lease(first.store, tmp_path, release())
    lease.take()
    monkeypatch.setattr("mailbot.service.shared_configuration.time.sleep", lambda seconds: None)
    with pytest.raises(ConfigurationError) as refused:
        joining.refuse_other_rules()
    named = (
        "mailbox main.filed_folder, retention.keep_mail_days, timezone: not the same as where mailbot runs"
    )
    assert named in str(refused.value)
    SharedConfiguration(first.settings, first.store).refuse_other_rules()
    monkeypatch.setattr(hosts, "GONE", -1)  # its last sign of life is too long ago
    joining.refuse_other_rules()
    lease.release()


def test_the_rules_of_another_release_are_not_held_against_ours(
    machine: Callable[..., Machine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, other = machine("first", EVENT), machine("other", timezone="Europe/Paris")
    with monkeypatch.context() as former:
        former.setattr("mailbot.service.shared_configuration.release", lambda: "0.0.1")
        agreed(first.settings, first.store)
    lease = Lease(first.store, tmp_path / "lease", "0.0.1")
    assert lease.take()
    monkeypatch.setattr("mailbot.service.shared_configuration.time.sleep", lambda seconds: None)
    with Store(other.store.url.render_as_string(hide_password=False)) as standing_by:
        second = Lease(standing_by, tmp_path / "second", release())
        assert not second.take(), "one of our release stands by, which works by nothing yet"
        SharedConfiguration(other.settings, other.store).refuse_other_rules()
        second.release()
    lease.release()


def test_where_nothing_changed_no_file_is_read(
    machine: Callable[..., Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = machine("first", EVENT), machine("second")
    first.agree()
    shared = SharedConfiguration(second.settings, second.store)
    assert shared.agree()
    assert not shared.agree()
    with monkeypatch.context() as reading:
        reading.setattr(SharedConfiguration, "_here", lambda self: pytest.fail("it reads files"))
        assert not shared.agree()
    first.event().write_text(first.event().read_text() + "capacity = 12\n")
    first.agree()
    assert shared.agree(), "the version is another"
    shared.agree()
    second.event().write_text(second.event().read_text() + "# here\n")
    shared.agree()
    assert first.agree(), "a file is another"


def test_what_could_not_be_loaded_is_brought_once_it_can(machine: Callable[..., Machine]) -> None:
    first, second = machine("first", EVENT), machine("second")
    shared = SharedConfiguration(first.settings, first.store)
    shared.agree()
    second.agree()
    first.event().write_text(first.event().read_text() + "capacity = 12\n")
    shared.agree(bring=False)  # something else of its configuration is faulty
    shared.agree(bring=False)
    shared.agree()
    assert second.agree()


def test_a_blank_that_is_taken_from_another_host_is_in_use_at_once(machine: Callable[..., Machine]) -> None:
    first, second = machine("first", EVENT), machine("second")
    first.agree()
    second.agree()
    service = Service(second.settings, second.store, Lease(second.store, second.folder), Event())
    former = service._worker
    assert service._agree() == {}
    assert service._worker is former
    blank = first.settings.forms_dir / "leeg.docx"
    blank.parent.mkdir(exist_ok=True)
    blank.write_bytes(b"a blank")
    first.agree()
    assert service._agree() == {}
    assert service._worker is not former, "which keeps what stands on blanks"
    service._worker.close()


def test_a_cycle_works_by_the_files_that_it_took_from_another_host(
    machine: Callable[..., Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = machine("first", EVENT), machine("second")
    first.agree()
    second.agree()
    lease, worked = Lease(second.store, second.folder), []

    def cycle(worker: Worker, **_: object) -> Cycle:
        worked.append(worker.settings.events[EVENT].capacity)
        return Cycle()

    monkeypatch.setattr(Worker, "cycle", cycle)
    assert lease.take()
    service = Service(second.settings, second.store, lease, Event())
    try:
        first.event().write_text(first.event().read_text() + "capacity = 12\n")
        first.agree()
        service._cycles()
        assert worked == [12]
    finally:
        daemon.end_all(service._watchers)
        service._worker.close()
        lease.release()


def test_a_blank_that_is_changed_here_is_in_use_at_once(machine: Callable[..., Machine]) -> None:
    first = machine("first", EVENT)
    first.settings.forms_dir.mkdir(exist_ok=True)
    service = Service(first.settings, first.store, Lease(first.store, first.folder), Event())
    former = service._worker
    service._reload()
    assert service._worker is former
    (first.settings.forms_dir / "leeg.docx").write_bytes(b"a blank")
    service._reload()
    assert service._worker is not former, "which keeps what stands on blanks"
    service._worker.close()


def test_what_word_leaves_beside_an_open_blank_goes_to_no_other_host(machine: Callable[..., Machine]) -> None:
    first, second = machine("first", EVENT), machine("second")
    first.settings.forms_dir.mkdir(exist_ok=True)
    for name in ("leeg.docx", "~$leeg.docx", ".~lock.leeg.docx#"):
        (first.settings.forms_dir / name).write_bytes(b"a blank")
    first.agree()
    second.agree()
    assert [path.name for path in second.settings.forms_dir.iterdir()] == ["leeg.docx"]


def test_so_many_mailboxes_are_watched_and_the_others_polled(
    machine: Callable[..., Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daemon, "MOST_WATCHED", 2)
    more = "".join(ANOTHER.format(name) for name in ("b", "c"))
    first = machine("first", EVENT, rest=more)
    service = Service(first.settings, first.store, Lease(first.store, first.folder), Event())
    service._watch()
    try:
        assert [watcher._mailbox.name for watcher in service._watchers] == ["main", "b"]
    finally:
        daemon.end_all(service._watchers)
        service._worker.close()


ANOTHER = """
[[mailbox]]
name = "{0}"
host = "127.0.0.1"
port = 1
security = "none"
user = "{0}"
password_file = "secrets/imap"
since = 2025-01-01
address = "{0}@example.org"
"""


def test_a_look_at_other_hosts_that_end_too_keeps_nobody_from_ending(
    machine: Callable[..., Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daemon, "LOOK_AGAIN", 1)
    first, stop, looking, shutting = machine("first", EVENT), Event(), Event(), Event()
    lease = Lease(first.store, first.folder)
    assert lease.take()
    service = Service(first.settings, first.store, lease, stop)
    begun, shutdown = service._ended_at, service._scheduler.shutdown

    def shut_down(*, wait: bool) -> None:
        shutting.set()
        shutdown(wait=wait)

    def takes_over() -> bool:
        looking.set()
        stop.wait(30)
        shutting.wait(1)
        lease.share = Share(lease.share.host, True, frozenset({"main"}))
        return True

    monkeypatch.setattr(service._scheduler, "shutdown", shut_down)
    running = Thread(target=service.run, daemon=True)
    running.start()
    try:
        while service._ended_at == begun:  # a cycle ended
            assert running.is_alive()
            time.sleep(0.05)
        monkeypatch.setattr(lease, "take", takes_over)
        assert looking.wait(30)
        stop.set()
        running.join(30)
        assert not running.is_alive()
    finally:
        lease.release()
