"""Reading ahead: the order, the bounds, and what becomes of trouble."""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import timedelta
from functools import partial

import pytest

from mailbot.domain.case import CaseKind
from mailbot.pipeline.sandbox import Sandbox
from mailbot.service.prefetch import AHEAD, SMALL, read_ahead
from mailbot.storage import queries
from mailbot.storage.messages import SHELVED, Waiting
from tests.service.conftest import NOW, Office


def waiting(count: int, *, size: int = 1000) -> list[Waiting]:
    return [Waiting(number, "main", NOW, whole=True, size=size) for number in range(count)]


def test_each_message_comes_in_order_with_its_own_reading() -> None:
    with closing(read_ahead(waiting(20), lambda one: one.id * 2)) as ahead:
        assert [(one.id, read()) for one, read in ahead] == [(number, number * 2) for number in range(20)]


def test_only_a_few_are_read_before_their_turn() -> None:
    begun: list[int] = []
    with closing(read_ahead(waiting(50), lambda one: begun.append(one.id))) as ahead:
        for one, read in ahead:
            read()
            assert len(begun) <= one.id + 1 + AHEAD


def test_a_large_message_is_read_in_its_turn() -> None:
    begun: list[int] = []
    large = waiting(3, size=SMALL + 1)
    with closing(read_ahead(large, lambda one: begun.append(one.id))) as ahead:
        for one, read in ahead:
            assert one.id not in begun
            read()
    assert begun == [0, 1, 2]


def test_one_message_is_read_at_a_time() -> None:
    immediate, most = threading.Semaphore(1), []

    def read(one: Waiting) -> None:
        most.append(immediate.acquire(blocking=False))
        immediate.release()

    mixed = [*waiting(10), *waiting(10, size=SMALL + 1), *waiting(10)]
    with closing(read_ahead(mixed, read)) as ahead:
        for _, reading in ahead:
            reading()
    assert most == [True] * 30


def test_what_reading_raises_is_raised_at_the_turn_of_its_message() -> None:
    def read(one: Waiting) -> int:
        if one.id == 1:
            raise ValueError("the second")
        return one.id

    with closing(read_ahead(waiting(3), read)) as ahead:
        for one, reading in ahead:
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

    ahead = read_ahead(waiting(50), read)
    next(ahead)
    assert going.wait(10)
    threading.Timer(0.05, go_on.set).start()
    ahead.close()
    assert begun == [0]


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
