"""A pool of children by jobs that read nothing: which child does one, how it may die, what it may use."""

from __future__ import annotations

import os
import resource
import select
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.sandbox import pool as pools
from mailbot.sandbox.nursery import NURSERY
from mailbot.sandbox.pool import Budget, ChildDied, Pool

ENTRY = "tests.sandbox.jobs"


@pytest.fixture
def pool() -> Iterator[Pool]:
    with Pool(ENTRY, children=1) as pool:
        yield pool


def too_slow(pool: Pool, job: str, *given: object, seconds: float | None = None) -> bool:
    """Whether the child of a job dies of its time."""
    with pytest.raises(ChildDied) as death:
        pool.run(job, *given, seconds=seconds)
    assert str(death.value) == ("out of time" if death.value.too_slow else "died")
    return death.value.too_slow


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_what_is_sent_and_answered_is_the_same_whatever_its_size(pool: Pool, size: int) -> None:
    data = os.urandom(size)
    assert pool.run("back", data, "x", data[:9]) == (data, "x", data[:9])


def test_more_of_an_answer_than_there_may_be_is_none(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = 64  # what goes before the bytes
    monkeypatch.setattr(pools, "_MOST_ANSWER", 100_000)
    assert pool.run("bytes", 100_000 - frame) == bytes(100_000 - frame)
    assert not too_slow(pool, "bytes", 100_000)


def test_jobs_and_their_time_are_counted_by_kind(pool: Pool) -> None:
    pool.run("back")
    pool.run("back")
    pool.run("work", 60)
    assert too_slow(pool, "sleep", 60, seconds=0.05)
    (backs, little), (works, some), (sleeps, all_of_it) = (pool.jobs[n] for n in ("back", "work", "sleep"))
    assert (backs, works, sleeps) == (2, 1, 1)
    assert 0 <= little < 0.06 <= some < 5
    assert all_of_it == pools.CPU_SECONDS  # a child that did not live to tell may have used all of it


def test_a_child_may_use_what_it_is_told_and_no_more() -> None:
    with Pool(ENTRY, children=1, cpu_seconds=7, memory=1 << 30) as pool:
        for budget, seconds in ((None, 7), (Budget(100), 7), (Budget(100, each=3), 3), (Budget(2.9), 2)):
            memory, cpu, core, ignored = pool.run("limits", budget=budget)
            assert memory == (1 << 30, 1 << 30)
            assert cpu in (seconds + 1, seconds)  # a second more, since used seconds are whole ones
            assert core == (0, 0)
            assert ignored == (True, True)
    assert resource.getrlimit(resource.RLIMIT_CPU)[0] == resource.RLIM_INFINITY


def test_a_job_takes_from_the_budget_what_it_used() -> None:
    budget = Budget(2)
    with Pool(ENTRY, children=1, cpu_seconds=2) as pool:
        pool.run("work", 200, budget=budget)
        assert budget.take(9) == 1  # of 1.8
        budget.give_back(0)
        with pytest.raises(ChildDied) as death:
            pool.run("back", budget=budget)
        assert death.value.too_slow
        assert pool.jobs["back"] == (1, 0.0)


def test_jobs_that_run_side_by_side_share_a_budget() -> None:
    budget = Budget(7, each=4)
    assert [budget.take(40), budget.take(2), budget.take(40)] == [4, 2, 1]
    got: list[int] = []
    waiting = threading.Thread(target=lambda: got.append(budget.take(40)))
    waiting.start()
    waiting.join(0.05)
    assert waiting.is_alive()  # nothing is left, and others may give back
    budget.give_back(0.5)
    waiting.join(0.05)
    assert waiting.is_alive()  # no whole second
    budget.give_back(0.5)
    waiting.join(10)
    assert got == [1]
    budget.give_back(-1.0)
    assert not got[1:]
    waiting = threading.Thread(target=lambda: got.append(budget.take(40)))
    waiting.start()
    waiting.join(0.05)
    assert waiting.is_alive()  # one is at work still
    budget.give_back(0)
    waiting.join(10)
    assert got == [1, 0]  # now nobody has any to give back


def test_a_job_for_which_nothing_is_left_and_nobody_works_does_not_wait() -> None:
    assert Budget(0.9).take(40) == 0
    assert Budget(1).take(40) == 1
    assert Budget(-3).take(40) == 0


def test_a_child_is_ended_by_the_clock_or_by_itself(pool: Pool, tmp_path: Path) -> None:
    assert too_slow(pool, "sleep", 60, seconds=0.05)
    assert too_slow(pool, "stop", seconds=0.05)
    assert not too_slow(pool, "end", str(tmp_path / "tried"), 0)
    assert not too_slow(pool, "travels not")
    assert not too_slow(pool, "no such job")
    assert pool.run("back", 1) == (1,)


def test_a_job_that_a_stopped_child_does_not_take_in_is_late_and_holds_nobody_up(pool: Pool) -> None:
    os.kill(pool.run("pid"), signal.SIGSTOP)
    assert too_slow(pool, "back", bytes(3 << 20), seconds=0.1)


def test_a_job_is_tried_twice_by_a_warm_child_and_once_by_a_fresh_one(pool: Pool, tmp_path: Path) -> None:
    tried = tmp_path / "tried"
    assert not too_slow(pool, "end", str(tried), 3)
    assert tried.read_text() == "x"
    pool.run("back")
    assert not too_slow(pool, "end", str(tried), 3)
    assert tried.read_text() == "xxx"
    pool.run("back")
    assert too_slow(pool, "sleep", 60, seconds=0.05)
    assert pool.jobs["sleep"][0] == 1


def test_each_child_does_the_first_job_once_before_any_other() -> None:
    words = iter("abc")
    with Pool(ENTRY, children=1, first=lambda: ("first", next(words))) as pool:
        assert pool.run("firsts") == ("a",)
        assert pool.run("firsts") == ("a",)
        os.kill(pool.run("pid"), signal.SIGKILL)
        assert pool.run("firsts") == ("b",)
        assert set(pool.jobs) == {"firsts", "pid"}


def test_what_a_pool_names_is_imported_once_for_all_its_children() -> None:
    module = "this"  # what nothing else imports
    with Pool(ENTRY, children=1) as without, Pool(ENTRY, children=1, modules=(module,)) as pool:
        assert not without.run("imported", module)
        assert pool.run("imported", module)
        assert pool.run("imported", ENTRY)


def test_after_so_many_jobs_a_child_is_replaced(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "_JOBS_OF_A_CHILD", 3)
    pids = [pool.run("pid") for _ in range(7)]
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]


def test_the_child_that_was_last_at_work_comes_first() -> None:
    with Pool(ENTRY, children=3) as pool:
        assert pool.size == 3
        assert len({pool.run("pid") for _ in range(5)}) == 1


def test_a_nursery_that_was_closed_takes_its_children_along_and_another_takes_its_place(pool: Pool) -> None:
    pid = pool.run("pid")
    ended = os.pidfd_open(pid)
    NURSERY.close()
    NURSERY.close()
    assert select.select([ended], [], [], 10)[0]
    os.close(ended)
    pool.close()  # the number of that child may be another's by now
    assert pool.run("pid") != pid
