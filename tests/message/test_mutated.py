"""Mails of the demo, written anew with the faults of real programs: nothing of them is lost. `make long`
does two thousand (``benchmarks.wire``), damaged ones too."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.wire import mutations
from benchmarks.wire.reading import read
from mailbot import demo
from tests.message.build import parsed

MAILS = [read(path.read_bytes()) for path in sorted(Path(demo.__file__).with_name("mail").glob("*.eml"))]


@pytest.mark.parametrize("seed", range(0, 200, 20))
def test_a_mail_that_is_odd_and_whole_says_what_its_writer_meant(seed: int) -> None:
    for number in range(seed, seed + 20):
        rng = random.Random(number)
        meant = mutations.accented(MAILS[number % len(MAILS)], rng)
        odd = mutations.written(meant, rng)
        message = parsed(odd.raw)
        said = (message.sender.email, message.sender.name, message.subject, message.message_id)
        assert said == (meant.address, meant.name, meant.subject, meant.message_id), odd.done
        assert [part.data for part in message.parts] == [data for _, data in meant.files], odd.done
        text = "".join("".join(block.text.split()) for block in message.body)
        assert text == "".join("".join(line.split()) for line in meant.lines), odd.done
