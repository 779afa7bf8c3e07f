"""What takes long rests the longer."""

from __future__ import annotations

import time

from mailbot.service.step_rest import LONG, TIMES, Rest


def test_what_is_done_quickly_has_no_rest() -> None:
    rest = Rest()
    with rest.after("kis"):
        pass
    assert (rest.of("kis"), rest.lasts("kis")) == (0, False)
    assert (rest.of("never done"), rest.lasts("never done")) == (0, False)


def test_what_takes_long_rests_many_times_as_long_and_nothing_else_does() -> None:
    rest = Rest()
    with rest.after("kis"):
        until = time.thread_time() + LONG
        while time.thread_time() < until:
            pass
    assert rest.of("kis") >= TIMES * LONG
    assert rest.lasts("kis")
    assert not rest.lasts("another")


def test_waiting_is_no_work() -> None:
    rest = Rest()
    with rest.after("kis"):
        time.sleep(LONG)
    assert not rest.lasts("kis")
