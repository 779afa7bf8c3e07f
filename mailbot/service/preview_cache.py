"""Caches the mails that each possible decision would send, which the sheet ``Voorbeelden`` shows; they
are drawn again where something changed."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.domain.case import Case
from mailbot.domain.decision import EventState
from mailbot.domain.settled import Preview
from mailbot.service import inbox
from mailbot.service.case_sources import CaseSources
from mailbot.storage import Transaction
from mailbot.storage.decision_context import context_of
from mailbot.workbook.cases import drawn_places, replaceable

log = logging.getLogger(__name__)

#: The mails of so many cases are drawn before she decides, those that wait longest first.
MOST_CASES = 60
#: How many cases and mails have their previews drawn.
MOST = MOST_CASES + inbox.MOST_FORETOLD
#: By case: what its previews were drawn from, and the previews.
_Foretold = dict[int, tuple[int, tuple[Preview, ...]]]


class PreviewCache:
    """The previews of all workbooks of one installation."""

    def __init__(self, settings: Settings, sources: CaseSources) -> None:
        self._settings = settings
        self._sources = sources
        self._drawn: dict[tuple[str, bool], _Foretold] = {}

    def previews(
        self, tx: Transaction, state: EventState, whom: Mapping[int, str], now: datetime
    ) -> tuple[Preview, ...]:
        """The mails that each possible decision would send. Those of cases about which nothing changed are
        not drawn again."""
        from mailbot.service.previews import of_undoing

        found = self._foreseen(tx, state, state.cases[:MOST_CASES], now, 0)
        rows, given = inbox.newest_as_cases(state.inbox, whom), sum(_registers(found).values())
        of_inbox = self._foreseen(tx, state, rows, now, given, of_inbox=True)
        found += [replace(one, of_inbox=True) for one in of_inbox]
        for one in state.settled:
            nrs = tuple(row.nr for row in one.settlement.after)
            arrival = self._sources.of(tx, one.case)[0] if one.mails else None
            context = context_of(tx, nrs, one.case.event, self._settings, now)
            found += of_undoing(one, context, self._settings, now, arrival)
        return tuple(found)

    def _foreseen(
        self,
        tx: Transaction,
        state: EventState,
        cases: Sequence[Case],
        now: datetime,
        given: int,
        *,
        of_inbox: bool = False,
    ) -> list[Preview]:
        """What each decision about these cases would mail, as if she took them from the top: each gives the
        numbers that follow on those which the cases before it give, of which ``given`` are shown elsewhere.
        Those of ``Postvak`` are cached apart, since they are known by the ids of their messages."""
        from mailbot.service.previews import foreseen

        former, drawn = self._drawn.get((state.event, of_inbox), {}), _Foretold()
        for case in cases:
            places = drawn_places(case, replaceable(case, state.registrations))
            arrival, submission, context = self._sources.known(tx, case, now, *places)
            context = replace(context, next_nr=context.next_nr + given)
            fingerprint = hash(repr((case, context, now.date())))
            drawn[case.id] = former.get(case.id, (0, ()))
            if drawn[case.id][0] != fingerprint:
                try:
                    held = tuple(foreseen(case, places, context, self._settings, now, arrival, submission))
                except Exception:
                    log.exception("defect: what a decision about case %d mails cannot be shown", case.id)
                    held = ()
                drawn[case.id] = (fingerprint, held)
            given += sum(_registers(drawn[case.id][1]).values())
        self._drawn[state.event, of_inbox] = drawn
        return [one for _, previews in drawn.values() for one in previews]


def _registers(previews: Sequence[Preview]) -> dict[int, int]:
    """How many people at most get a number by a decision, by case."""
    most: dict[int, int] = {}
    for one in previews:
        most[one.case] = max(most.get(one.case, 0), one.registers)
    return most
