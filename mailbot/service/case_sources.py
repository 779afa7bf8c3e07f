"""The mails that cases came from, with what was read in them and what is known beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.decision.people_told import named
from mailbot.domain.case import LETS_A_FORM_IN, OF_ANOTHER, Case, CaseKind, offered
from mailbot.domain.decision import DecisionContext
from mailbot.domain.message import Arrival, Message
from mailbot.domain.submission import Submission
from mailbot.pipeline.limits import bounded_message
from mailbot.storage import Transaction, queries
from mailbot.storage import messages as message_store
from mailbot.storage.decision_context import context_for, context_of


class CaseSources:
    """The messages of cases; the last ``most`` that were asked for are kept, parsed."""

    def __init__(self, settings: Settings, most: int) -> None:
        self._settings = settings
        self._most = most
        self._parsed: dict[int, Message] = {}

    def known(
        self, tx: Transaction, case: Case, now: datetime, *nrs: str
    ) -> tuple[Arrival | None, Submission | None, DecisionContext]:
        """The message that a case came from, its submission, and the context of the decision."""
        settings = self._settings
        arrival, submission = self.of(tx, case)
        if arrival and submission:
            if who := case.payload.get(OF_ANOTHER, ""):  # the context has to hold them as well
                submission = replace(submission, named=(named(who)[0],))
            told = replace(submission, told=(*submission.told, *case.people))
            wanted, compared = (case.registration, *nrs), case.kind in LETS_A_FORM_IN
            context = context_for(tx, arrival, told, settings, now, nrs=wanted, compared=compared)
            return arrival, submission, context
        whole = case.kind is CaseKind.ANNOUNCE
        concerned = (*offered(case), *nrs)
        context = context_of(tx, concerned, case.event, settings, now, whole_event=whole)
        return arrival, submission, context

    def of(self, tx: Transaction, case: Case) -> tuple[Arrival | None, Submission | None]:
        """The message that a case came from, and its submission; None once it was purged."""
        from mailbot.message import parse

        dangerous = case.kind is CaseKind.SHELVED  # what ended a child process would end this one too
        met = message_store.of_id(tx, case.message) if case.message and not dangerous else None
        if met is None or not message_store.has_raw(tx, met.id):
            return None, None
        message = self._parsed.get(met.id)
        if message is None:
            data = message_store.raw_of(tx, met.id) or b""
            whole = parse(data, self._settings.own_addresses, self._settings.authserv_id)
            message = bounded_message(whole).without_bytes()
            self._parsed = dict([*self._parsed.items(), (met.id, message)][-self._most :])
        arrival = Arrival(met.id, met.mailbox, met.received, message)
        return arrival, queries.submission_of(tx, met.id)
