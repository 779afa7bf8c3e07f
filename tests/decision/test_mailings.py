"""Rows of ``Berichten`` at the bound of how many one mail may reach."""

from __future__ import annotations

import pytest

from mailbot.decision.mailings import MailingContext, decide_mailing, shown
from mailbot.domain.mailing import MOST, MailingRow
from mailbot.domain.message import Address
from mailbot.domain.statement import Says, say

from .building import MORNING, event, settings


@pytest.mark.parametrize(("count", "may"), [(MOST, True), (MOST + 1, False)])
def test_one_row_reaches_as_many_addresses_as_she_is_told_and_no_more(count: int, *, may: bool) -> None:
    addresses = tuple(Address(f"p{number}@damme.example") for number in range(count))
    row = MailingRow(id=1, key="1", to="Uitgenodigden", subject="Welkom", text="Tot dan.", listed=addresses)
    known = MailingContext(event(), (), (), lambda _: frozenset(), 0, settings(), MORNING)
    (mailing,) = decide_mailing(row, known).mailings
    problem = shown(mailing, known).problem
    assert problem == (None if may else say(Says.TOO_MANY_ADDRESSES, count=count, most=MOST))
