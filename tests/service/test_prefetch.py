"""Reading ahead: the order, the bounds, and what becomes of trouble."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import pytest

from mailbot.domain.case import CaseKind
from mailbot.pipeline.sandbox import Sandbox
from mailbot.service.prefetch import AHEAD, EARLY, SMALL, ReadAhead
from mailbot.storage import queries
from mailbot.storage.messages import SHELVED, Waiting
from tests.patience import PATIENCE
from tests.service.conftest import NOW, Office


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def waiting(count: int, *, size: int = 1000) -> list[Waiting]:
    return [Waiting(number, "main", NOW, whole=True, size=size) for number in range(count)]


def test_each_message_comes_in_order_with_its_own_reading() -> None:
    with ReadAhead(lambda one: one.id * 2) as ahead:
        assert [(one.id, read()) for one, read in ahead.each(waiting(20))] == [
            (number, number * 2) for number in range(20)
        ]


def test_only_a_few_are_read_before_their_turn() -> None:
    begun: list[int] = []
    with ReadAhead(lambda one: begun.append(one.id)) as ahead:
        for one, read in ahead.each(waiting(3 * AHEAD)):
            read()
            assert len(begun) <= one.id + 1 + AHEAD


def test_no_more_bytes_are_read_before_their_turn_than_memory_allows() -> None:
    begun: list[int] = []
    with ReadAhead(lambda one: begun.append(one.id)) as ahead:
        for one, read in ahead.each(waiting(20, size=SMALL)):
            read()
            assert len(begun) <= one.id + 1 + EARLY // SMALL


def test_as_many_are_read_at_once_as_there_are_children_and_come_in_order() -> None:
    together = threading.Barrier(2)

    def read(one: Waiting) -> int:
        together.wait(PATIENCE)  # raises where nobody else is read meanwhile
        return one.id

    with ReadAhead(read, 2) as ahead:
        assert [reading() for _, reading in ahead.each(waiting(20))] == [*range(20)]


def test_a_large_message_is_read_in_its_turn() -> None:
    begun: list[int] = []
    large = waiting(3, size=SMALL + 1)
    with ReadAhead(lambda one: begun.append(one.id)) as ahead:
        for one, read in ahead.each(large):
            assert one.id not in begun
            read()
    assert begun == [0, 1, 2]


def test_one_message_is_read_at_a_time() -> None:
    immediate, most = threading.Semaphore(1), []

    def read(one: Waiting) -> None:
        most.append(immediate.acquire(blocking=False))
        immediate.release()

    mixed = [*waiting(10), *waiting(10, size=SMALL + 1), *waiting(10)]
    with ReadAhead(read) as ahead:
        for _, reading in ahead.each(mixed):
            reading()
    assert most == [True] * 30


def test_what_reading_raises_is_raised_at_the_turn_of_its_message() -> None:
    def read(one: Waiting) -> int:
        if one.id == 1:
            raise ValueError("the second")
        return one.id

    with ReadAhead(read) as ahead:
        for one, reading in ahead.each(waiting(3)):
            if one.id == 1:
                with pytest.raises(ValueError, match="the second"):
                    reading()
            else:
                assert reading() == one.id


def test_what_was_not_begun_when_it_ends_is_never_read() -> None:
    begun: list[int] = []
    going, go_on = threading.Event(), threading.Event()

    def read(one: Waiting) -> None:
        begun.append(one.id)
        going.set()
        go_on.wait(10)

    ahead = ReadAhead(read)
    next(ahead.each(waiting(50)))
    assert going.wait(10)
    threading.Timer(0.05, go_on.set).start()
    ahead.close()
    assert begun == [0]


def test_what_is_stored_is_read_while_more_is_fetched_as_far_as_memory_allows() -> None:
    begun: list[int] = []

    def read(one: Waiting) -> int:
        begun.append(one.id)
        return one.id

    some = waiting(EARLY // SMALL + 2, size=SMALL)
    with ReadAhead(read) as ahead:
        ahead.begin(waiting(1, size=SMALL + 1))
        ahead.begin(some)
        until(lambda: len(begun) == EARLY // SMALL)
        time.sleep(0.05)
        assert len(begun) == EARLY // SMALL
        assert [reading() for _, reading in ahead.each(some)] == [one.id for one in some]
    assert begun == [one.id for one in some], "each once"


def test_who_came_first_is_not_kept_waiting_by_what_was_to_be_read_early() -> None:
    begun: list[int] = []
    going, go_on = threading.Event(), threading.Event()

    def read(one: Waiting) -> int:
        begun.append(one.id)
        going.set()
        go_on.wait(PATIENCE)
        return one.id

    some = waiting(4)
    with ReadAhead(read) as ahead:
        ahead.begin(reversed(some[1:]))
        assert going.wait(PATIENCE)
        each = ahead.each(some)
        threading.Timer(0.05, go_on.set).start()
        assert [reading() for _, reading in each] == [0, 1, 2, 3]
    assert begun == [3, 0, 1, 2]


def test_reading_begins_with_the_first_batch_and_the_order_of_arrival_decides(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailbot.service.intake.BATCH", 2)
    monkeypatch.setattr("mailbot.transport.imap.inbox.BATCH", 2)
    names = ["Maes", "Claeys", "Peeters", "Baert"]
    for place, name in enumerate(names):
        office.deliver(name, at=NOW - timedelta(seconds=place))  # who was put there last came first
    read_when_stored: list[int] = []
    with office.worker() as worker:

        def stored(some: Sequence[Waiting]) -> None:
            worker.decider.read_early(some)
            if some:
                expected = len(read_when_stored) * 2 + len(some)
                until(lambda: worker.read_in_children.get("whole", (0, 0.0))[0] == expected)
                read_when_stored.append(expected)

        monkeypatch.setattr(worker.intake, "_stored", stored)
        assert worker.cycle(immediate=True).handled == 4
        with worker.store.read_transaction() as tx:
            assert [row.text("last_name") for row in queries.registrations(tx, "kis-2026-3")] == names[::-1]
        assert worker.read_in_children["whole"][0] == 4
    assert read_when_stored == [2, 4]


def test_mail_that_waited_together_is_registered_in_the_order_of_its_arrival(office: Office) -> None:
    names = [f"P{letter}ters" for letter in "jihgfedcba"]
    for place, name in enumerate(names):
        office.deliver(name, at=NOW + timedelta(seconds=place))
    with office.worker() as worker:
        made = worker.cycle(immediate=True)
        assert (made.handled, made.errors) == (10, {})
        with worker.store.read_transaction() as tx:
            assert [row.text("last_name") for row in queries.registrations(tx, "kis-2026-3")] == names


def test_a_mail_that_kills_the_child_that_takes_it_apart_is_shelved(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.deliver("Gif")
    monkeypatch.setattr(
        "mailbot.service.reader.Sandbox", partial(Sandbox, memory=1 << 20)
    )  # no child can live with this
    with office.worker() as worker:
        assert worker.cycle(immediate=True).errors == {}
        with worker.store.read_transaction() as tx:
            (met,) = queries.messages(tx)
            (case,) = queries.open_cases(tx, "")
    assert (met.state, case.kind) == (SHELVED, CaseKind.SHELVED)
