"""The sandbox with real children: what they answer, how they die, what it costs."""

import errno
import io
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from mailbot import documents, message
from mailbot.domain.document import Location, ParseStatus, Part, Unit
from mailbot.pipeline.sandbox import OUT_OF_TIME, Sandbox
from mailbot.sandbox.nursery import NURSERY
from mailbot.sandbox.pool import Budget, ChildDied
from tests.fuzz.hostile import LETTERS, mangled
from tests.sandbox.slow import slow_document

SAMPLES = Path(__file__).parent.parent / "documents" / "samples"
FORM = Part("form.docx", "application/octet-stream", (SAMPLES / "form.docx").read_bytes())


def workbook(rows: int) -> Part:
    """A workbook that takes real work to read."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in range(rows):
        sheet.append([f"{row} {column}" for column in range(9)])
    file = io.BytesIO()
    book.save(file)
    return Part("lijst.xlsx", "", file.getvalue())


BIG, SOME = workbook(5_000), workbook(500)


def parents() -> dict[int, int]:
    """The parent of each process of a sandbox that runs now."""
    found = {}
    for folder in Path("/proc").iterdir():
        try:
            status, command = (folder / "stat").read_text(), (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if b"mailbot.sandbox.child" in command:
            found[int(folder.name)] = int(status.rpartition(")")[2].split()[1])
    return found


def children() -> list[int]:
    """The reading processes that this process has now, forked from its nursery."""
    of = parents()
    return sorted(child for child, nursery in of.items() if of.get(nursery) == os.getpid())


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def test_a_child_reads_exactly_what_the_readers_read(sandbox: Sandbox) -> None:
    for path in sorted(SAMPLES.glob("*.*")):
        part = Part(path.name, "", path.read_bytes())
        assert sandbox.read(part, Location().at(Unit.ATTACHMENT, path.name)) == documents.read(
            part, Location().at(Unit.ATTACHMENT, path.name)
        )


def test_a_child_takes_a_mail_apart_exactly_as_the_parser_does(sandbox: Sandbox) -> None:
    own = frozenset({"inschrijvingen@example.org"})
    for seed, letter in enumerate([*LETTERS, *LETTERS, *LETTERS]):
        raw = mangled(letter, seed) if seed >= len(LETTERS) else letter
        assert sandbox.parse(raw, own, "mx.example.org") == message.parse(raw, own, "mx.example.org")


def test_a_mail_that_kills_its_child_says_so() -> None:
    with Sandbox(memory=1 << 20) as sandbox, pytest.raises(ChildDied):  # no child can live with this
        sandbox.parse(LETTERS[0], frozenset(), "")


def test_no_child_is_started_before_there_is_something_to_read(sandbox: Sandbox) -> None:
    assert children() == []


def test_one_child_serves_many_documents(sandbox: Sandbox) -> None:
    sandbox.read(FORM, Location())
    first = children()
    for _ in range(20):
        sandbox.read(FORM, Location())
    assert children() == first
    assert len(first) == 1


def test_several_parts_are_read_at_once_and_come_back_in_order(sandbox: Sandbox) -> None:
    parts = [
        (Part(f"{n}.txt", "", f"Naam: nummer {n}".encode()), Location().at(Unit.FILE, str(n)))
        for n in range(30)
    ]
    readings = sandbox.read_all(parts, Budget(90), recognise=True)
    assert [reading.blocks[0].text for reading in readings] == [f"Naam: nummer {n}" for n in range(30)]


def test_leaving_the_sandbox_ends_its_children() -> None:
    with Sandbox() as sandbox:
        sandbox.read(FORM, Location())
        assert children()
    assert children() == []


def test_a_document_that_outlasts_its_time_is_too_large_and_says_so() -> None:
    with Sandbox(seconds=0.05) as sandbox:
        reading = sandbox.read(BIG, Location().at(Unit.ATTACHMENT, "lijst.xlsx"))
    assert (reading.state, reading.notes) == (ParseStatus.TOO_SLOW, (OUT_OF_TIME,))


def test_nobody_gets_the_answer_that_came_too_late_for_another() -> None:
    with Sandbox(seconds=0.05) as sandbox:
        assert sandbox.read(BIG, Location().at(Unit.ATTACHMENT, "lijst.xlsx")).state is ParseStatus.TOO_SLOW
        assert children() == []  # who still reads the one before would answer that for the next


def test_a_child_in_the_middle_of_something_never_serves_another(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(data: bytes) -> object:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr("mailbot.sandbox.protocol.load", broken_off)
        with pytest.raises(MemoryError):
            sandbox.read(FORM, Location())
        assert children() == []
    assert sandbox.read(FORM, Location()).state is ParseStatus.READ


def test_after_a_killed_child_the_next_document_is_read(sandbox: Sandbox) -> None:
    sandbox.read(FORM, Location())
    for pid in children():
        os.kill(pid, signal.SIGKILL)
    assert sandbox.read(FORM, Location()).state is ParseStatus.READ


def test_a_signal_to_stop_that_reaches_the_child_too_leaves_it_to_the_worker(sandbox: Sandbox) -> None:
    sandbox.read(FORM, Location())
    (pid,) = children()
    os.kill(pid, signal.SIGTERM)
    os.kill(pid, signal.SIGINT)
    assert sandbox.read(FORM, Location()).state is ParseStatus.READ
    assert children() == [pid]


def test_a_document_whose_warm_child_was_killed_in_the_middle_is_read_again(sandbox: Sandbox) -> None:
    sandbox.read(FORM, Location())
    (pid,) = children()
    os.kill(pid, signal.SIGSTOP)  # it will take the document in and not answer
    threading.Timer(0.2, os.kill, (pid, signal.SIGKILL)).start()
    assert sandbox.read(SOME, Location().at(Unit.ATTACHMENT, "lijst.xlsx")).state is ParseStatus.READ
    assert pid not in children()


def test_a_document_that_kills_every_child_is_unreadable_and_says_so() -> None:
    with Sandbox(memory=1 << 20) as sandbox:  # no child can live with this
        reading = sandbox.read(FORM, Location().at(Unit.ATTACHMENT, "form.docx"))
    assert reading.state is ParseStatus.UNREADABLE
    assert reading.notes


def test_work_is_counted_for_each_document_and_not_for_the_childs_life() -> None:
    with Sandbox(children=1, cpu_seconds=1) as sandbox:
        used = 0.0
        while used < 2.2:
            assert sandbox.read(SOME, Location()).state is ParseStatus.READ
            (pid,) = children()
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            used = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_document_that_works_too_long_is_stopped() -> None:
    with Sandbox(cpu_seconds=1) as sandbox:
        reading = sandbox.read(
            Part("lus.zip", "", slow_document()), Location().at(Unit.ATTACHMENT, "lus.zip")
        )
    assert (reading.state, reading.notes) == (ParseStatus.TOO_SLOW, (OUT_OF_TIME,))


def test_a_document_that_needs_too_much_memory_is_too_large() -> None:
    with Sandbox(memory=320 << 20) as sandbox:  # what is loaded may take 200
        assert sandbox.read(FORM, Location()).state is ParseStatus.READ
        many = Part("veel.txt", "", b"Naam: x\r\n" * 3_000_000)
        assert sandbox.read(many, Location()).state in (ParseStatus.TOO_LARGE, ParseStatus.UNREADABLE)
        assert sandbox.read(FORM, Location()).state is ParseStatus.READ


def test_where_memory_runs_out_the_kernel_takes_the_child_and_not_the_worker(sandbox: Sandbox) -> None:
    sandbox.read(FORM, Location())
    (pid,) = children()
    assert Path(f"/proc/{pid}/oom_score_adj").read_text() == "1000\n"


def test_children_end_when_their_pipes_close(sandbox: Sandbox) -> None:
    sandbox.read(FORM, Location())
    (pid,) = children()
    os.kill(pid, signal.SIGSTOP)  # it cannot end before this process has a hold of it
    ended = os.pidfd_open(pid)
    child = next(child for child in sandbox._children if child._process)
    assert child._process
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), child._process.jobs)
    os.kill(pid, signal.SIGCONT)
    assert select.select([ended], [], [], 10)[0]
    os.close(ended)


def test_the_nursery_and_its_children_end_when_the_worker_is_killed() -> None:
    worker = subprocess.Popen([sys.executable, "-c", READS_AND_WAITS], stdout=subprocess.PIPE)
    assert worker.stdout
    with worker.stdout:
        assert worker.stdout.readline() == b"read\n"
        of = parents()
        (nursery,) = (pid for pid, parent in of.items() if parent == worker.pid)
        ending = {os.pidfd_open(pid) for pid in of if nursery in (pid, of[pid])}
        assert len(ending) == 2
        worker.kill()
        worker.wait()
    while ending:
        ended = set(select.select(list(ending), [], [], 10)[0])
        assert ended
        ending -= ended
        for one in ended:
            os.close(one)


READS_AND_WAITS = """
import time
from mailbot.domain.document import Location, Part
from mailbot.pipeline.sandbox import Sandbox

sandbox = Sandbox()
sandbox.read(Part("a.txt", "", b"Naam: x"), Location())
print("read", flush=True)
time.sleep(60)
"""


def test_after_a_killed_nursery_the_next_document_is_read(sandbox: Sandbox) -> None:
    sandbox.read(FORM, Location())
    of = parents()
    (nursery,) = {of[child] for child in children()}
    os.kill(nursery, signal.SIGKILL)
    sandbox.close()
    assert sandbox.read(FORM, Location()).state is ParseStatus.READ
    (again,) = children()
    assert of.keys().isdisjoint({again, parents()[again]})


def test_children_of_several_sandboxes_come_from_one_nursery() -> None:
    with Sandbox() as one, Sandbox() as another:
        one.read(FORM, Location())
        another.read(FORM, Location())
        assert len(children()) == 2


def test_a_child_sees_none_of_the_workers_environment(sandbox: Sandbox) -> None:
    sandbox.read(FORM, Location())
    (pid,) = children()
    variables = Path(f"/proc/{pid}/environ").read_bytes().rstrip(b"\0").split(b"\0")
    assert {variable.partition(b"=")[0] for variable in variables} == {b"PYTHONPATH", b"LC_ALL"}


def test_a_child_that_hangs_ends_with_its_nursery(sandbox: Sandbox) -> None:
    sandbox.read(FORM, Location())
    (pid,) = children()
    os.kill(pid, signal.SIGSTOP)  # it will not notice that its pipes are closed
    ended = os.pidfd_open(pid)
    os.kill(parents()[pid], signal.SIGKILL)
    assert select.select([ended], [], [], 10)[0]
    os.close(ended)


def test_where_no_child_can_be_had_nobodys_document_is_called_unreadable(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(*_: object) -> object:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(NURSERY, "fork", none_left)
    with pytest.raises(OSError, match="Too many open files"):
        sandbox.read(FORM, Location())


def test_a_nursery_that_died_unnoticed_costs_no_document(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.read(FORM, Location())
    sandbox.close()
    assert NURSERY._process
    monkeypatch.setattr(NURSERY._process, "poll", lambda: None)  # it is looked at just before
    NURSERY._process.kill()
    assert sandbox.read(FORM, Location()).state is ParseStatus.READ
