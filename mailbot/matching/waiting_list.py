"""The waiting list of an event: who stands in it, for whom there is a place, and why not for others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from mailbot.domain.event import Event
from mailbot.domain.form import Form
from mailbot.domain.places import holds_place, why_full
from mailbot.domain.registration import Registration, Status
from mailbot.domain.statement import Says, Statement, Told, say
from mailbot.domain.submission import Value
from mailbot.matching.names import organisation_of
from mailbot.text.normalize import fold

#: Why somebody waits who would come if there were a place.
_FOR_A_PLACE = frozenset({Says.FULL, Says.FULL_BODY, Says.ONE_BEFORE, Says.OTHERS_BEFORE})


def organisation_key(organisation_known: str, answers: Mapping[str, Value], form: Form) -> str:
    """What an organisation is counted under: its known name, else what was written, folded."""
    return organisation_known or fold(organisation_of(answers, form))


def waiting_list(registrations: Iterable[Registration]) -> tuple[Registration, ...]:
    """Those who wait, by arrival, and of those that came in the same second by reference."""
    waiting = (one for one in registrations if one.status is Status.WAITLISTED)
    return tuple(sorted(waiting, key=_in_line))


def _in_line(one: Registration) -> tuple[datetime, int, str]:
    return one.arrived, len(one.nr), one.nr


class WaitingList:
    """The people of one event at ``now`` (aware)."""

    def __init__(
        self, event: Event, form: Form, registrations: tuple[Registration, ...], now: datetime
    ) -> None:
        self._event, self._form = event, form
        held = [one for one in registrations if holds_place(one, event, now)]
        self.taken = len(held)
        self._by = Counter(map(self._organisation, held))
        self.everybody = waiting_list(registrations)
        self.seated = self._seated()

    def _seated(self) -> tuple[Registration, ...]:
        """The people in line for whom there is a place, in order; each is counted together with those before.
        Who waits by the secretary's decision gets no place, nor, where places are not counted, does who waits
        for another reason."""
        taken, by, found = self.taken, Counter(self._by), []
        counted = self._event.capacity is not None or self._event.per_organisation is not None
        for one in self.everybody:
            body = self._organisation(one)
            if one.is_kept_waiting or not (counted or waits_for_place(one.reason)):
                continue
            if why_full(self._event, body, taken, by[body]) is None:
                found.append(one)
                taken += 1
                by[body] += 1
        return tuple(found)

    def why(self, waiting: Registration) -> Told:
        """Why somebody waits, as things stand now; empty where there is a place for them."""
        if waiting in self.seated:
            return ""
        if not waits_for_place(waiting.reason):
            return waiting.reason
        body = self._organisation(waiting)
        if (full := why_full(self._event, body, self.taken, self._by[body])) is not None:
            return full
        ahead = sum(_in_line(one) < _in_line(waiting) for one in self.seated)
        return say(Says.ONE_BEFORE) if ahead == 1 else say(Says.OTHERS_BEFORE, count=ahead)

    def _organisation(self, one: Registration) -> str:
        return organisation_key(one.organisation_known, one.answers, self._form)


def waits_for_place(reason: Told) -> bool:
    """Whether ``reason`` is that there was no place."""
    return isinstance(reason, Statement) and reason.code in _FOR_A_PLACE
