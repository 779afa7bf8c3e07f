"""Mails that were not understood are read again once the form of their event was mended."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from pathlib import Path

from mailbot.config.settings import Settings
from mailbot.domain.case import OF_FORM, Case, CaseKind
from mailbot.domain.form import Form
from mailbot.pipeline.blanks import FORMATS
from mailbot.service import inbox
from mailbot.storage import Store, Transaction, health, messages, queries, rereading, workbooks

log = logging.getLogger(__name__)

#: How the facts begin that say by which definition of a form mails were last read.
_READ_BY = "form:"
#: Kinds of cases about mails that a mended form may make plain.
_UNREAD = (CaseKind.PERHAPS, CaseKind.UNCLEAR, CaseKind.UNREADABLE, CaseKind.WHICH_EVENT)


class Rereading:
    """The forms of one installation, for as long as its settings hold: they are compared once."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings, self._store = settings, store
        self._compared = False

    def take_up(self, now: datetime) -> None:
        """Puts mails back in line that may be understood by a form that changed since they were read. Raises
        ``StoreTrouble``."""
        if self._compared:
            return
        with self._store.read_transaction() as tx:
            held = health.facts(tx, _READ_BY)
        changed = {one: by for one, by in self._forms_read_by().items() if held.get(f"{_READ_BY}{one}") != by}
        mended = {one for one in changed if f"{_READ_BY}{one}" in held}
        if changed:
            with self._store.write_transaction() as tx:
                asked = [one.id for one in self._settings.events.values() if one.form in mended]
                numbers = rereading.untouched(tx, self._not_understood(tx, mended, now)) if mended else []
                numbers += rereading.incomplete(tx, asked)
                rereading.take_up(tx, numbers, now)
                workbooks.mark_behind(tx, asked, now)  # its headers are the form's questions
                for one, by in changed.items():
                    health.note(tx, f"{_READ_BY}{one}", by)
            if numbers:
                log.info("forms %s changed: %d messages are read again", sorted(mended), len(numbers))
        self._compared = True

    def _forms_read_by(self) -> dict[str, str]:
        """A digest of the definition of each form that is agreed and has an event."""
        used = {event.form for event in self._settings.events.values()}
        forms = self._settings.forms.values()
        return {form.id: known_by(form) for form in forms if form.agreed and form.id in used}

    def _not_understood(self, tx: Transaction, forms: set[str], now: datetime) -> set[int]:
        """The messages that may be registrations by one of these forms, and those with a document that a case
        of its events, or Postvak, leaves to a person."""
        cases = [one for one in queries.open_of_kinds(tx, _UNREAD) if self._is_by(one, forms)]
        left = {one.message for one in cases if one.message} | {
            row.id for row in inbox.listed(tx, self._settings, now)
        }
        perhaps = {one.message for one in cases if one.message and one.kind is CaseKind.PERHAPS}
        return perhaps | {one for one in left - perhaps if self._has_document(tx, one)}

    def _is_by(self, case: Case, forms: set[str]) -> bool:
        events = [self._settings.events[one] for one in case.may_be_of if one in self._settings.events]
        return OF_FORM not in case.payload and (not events or any(one.form in forms for one in events))

    def _has_document(self, tx: Transaction, number: int) -> bool:
        from mailbot.message import parse

        data = messages.raw_of(tx, number) or b""
        mail = parse(data, self._settings.own_addresses, self._settings.authserv_id)
        return any(part.name.lower().endswith(FORMATS) for part in mail.parts)


def known_by(form: Form) -> str:
    """A digest of the definition that a form is read by: its fields and its blanks. Defaults are left
    out, so that a later mailbot with more properties of a field reads no mail again."""
    told = form.model_dump_json(include={"fields", "per_organisation"}, exclude_defaults=True)
    blanks = [hashlib.sha256(Path(one).read_bytes()).hexdigest() for one in form.blank if Path(one).is_file()]
    return hashlib.sha256("|".join((told, *blanks)).encode()).hexdigest()[:16]
