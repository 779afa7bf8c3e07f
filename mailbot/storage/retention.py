"""After an event: the answers that nobody needs any more (``Form.cleared``) leave the ledger.

The registrations themselves are cleared by a decision (``decision.scheduled.retention``); here go
the traces: what was read, log lines, letters and cases that repeat such an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from mailbot.config.settings import Settings
from mailbot.domain.decision import Finding
from mailbot.domain.form import FormField, keys_of_cleared
from mailbot.domain.statement import told_with_text, with_text
from mailbot.storage import Store, settled, workbooks
from mailbot.storage.health import fact, facts, note
from mailbot.storage.messages import DECIDED, ERASED
from mailbot.storage.schema.tables import case, log, mail, message
from mailbot.storage.serialization import CASE, FINDINGS, MAIL, log_columns, log_line, to_json


def clear(tx: sa.Connection, event: str, fields: Sequence[FormField], now: datetime) -> tuple[int, ...]:
    """Clears the traces of these answers at an event, as far as something changed since the last
    time; gives its messages, whose copies beside the workbook are to go. The workbook is then to
    be written, after which ``WorkbookSync`` drops its former versions."""
    if not fields or fact(tx, _mark(event)) == str(workbooks.wanted(tx, event)):
        return ()
    named = re.compile("|".join(rf"(?<!\w){re.escape(field.label)}(?!\w):?" for field in fields))
    keys = keys_of_cleared(fields)
    touched = [_log(tx, event, named), _messages(tx, event, named), _mails(tx, event, named)]
    touched.append(_cases(tx, event, named, keys))
    touched.append(bool(settled.drop(tx, events=[event])))
    if any(touched) or workbooks.wanted(tx, event):
        note(tx, f"forget:{event}", now.isoformat())
        workbooks.mark_behind(tx, [event], now)
    note(tx, _mark(event), str(workbooks.wanted(tx, event)))
    return tuple(tx.scalars(sa.select(message.c.id).where(message.c.event == event)))


def clear_due(store: Store, settings: Settings, now: datetime) -> tuple[int, ...]:
    """Clears what is due at ``now``; gives the messages of those events. Events whose file is
    gone are left to ``personal_data.purge``."""
    cleared: tuple[int, ...] = ()
    with store.read_transaction() as tx:
        marks, changes = facts(tx, _mark("")), workbooks.all_wanted(tx)
    for event in settings.events.values():
        end = event.ends_at(settings.zone)
        if end is None or now < end + timedelta(days=event.clear_after_days):
            continue
        if marks.get(_mark(event.id)) != str(changes.get(event.id, 0)):
            with store.write_transaction() as tx:
                cleared += clear(tx, event.id, settings.cleared_of(event), now)
    return cleared


def _mark(event: str) -> str:
    return f"cleared:{event}"


class _Cut:
    """Texts that are read one after the other, up to the first answer that is cleared. What follows goes with
    it: where an answer ends cannot be told."""

    def __init__(self, named: re.Pattern[str]) -> None:
        self._named = named
        self._is_past = False

    def __call__(self, text: str) -> str:
        if self._is_past:
            return ERASED if text else text
        found = self._named.search(text)
        self._is_past = found is not None
        return f"{text[: found.end()]} {ERASED}" if found else text


def _log(tx: sa.Connection, event: str, named: re.Pattern[str]) -> bool:
    changed = False
    for row in tx.execute(sa.select(log).where(log.c.event == event)).all():
        before, cut = log_line(row), _Cut(named)
        what, says = told_with_text(before.what, cut), with_text(before.says, cut)
        after = replace(before, what=what, says=says, why=told_with_text(before.why, _Cut(named)))
        if after != before:
            tx.execute(sa.update(log).where(log.c.id == row.id).values(**log_columns(after)))
            changed = True
    return changed


def _messages(tx: sa.Connection, event: str, named: re.Pattern[str]) -> bool:
    """What was read of a message says more than the answers: it goes as a whole."""
    here = (message.c.event == event) & (message.c.state == DECIDED)
    for row in tx.execute(sa.select(message.c.id, message.c.findings).where(here)).all():
        if row.findings:
            findings = FINDINGS.validate_json(row.findings)
            cut = tuple(_finding(one, _Cut(named)) for one in findings)
            if cut != findings:
                tx.execute(
                    sa.update(message).where(message.c.id == row.id).values(findings=to_json(FINDINGS, cut))
                )
    gone = sa.update(message).where(here, message.c.submission.is_not(None)).values(submission=None)
    return tx.execute(gone).rowcount > 0


def _finding(found: Finding, cut: _Cut) -> Finding:
    return replace(found, text=cut(found.text), says=with_text(found.says, cut))


def _mails(tx: sa.Connection, event: str, named: re.Pattern[str]) -> bool:
    changed = False
    done = mail.c.state.in_(("sent", "failed"))
    for row in tx.execute(sa.select(mail.c.id, mail.c.data).where(mail.c.event == event, done)).all():
        letter = MAIL.validate_json(row.data)
        if letter.text != ERASED and named.search(letter.text):
            black = replace(letter, text=ERASED, html="")
            tx.execute(sa.update(mail).where(mail.c.id == row.id).values(data=to_json(MAIL, black)))
            changed = True
    return changed


def _cases(tx: sa.Connection, event: str, named: re.Pattern[str], keys: frozenset[str]) -> bool:
    changed = False
    for row in tx.execute(
        sa.select(case.c.id, case.c.closed, case.c.data).where(case.c.event == event)
    ).all():
        before = CASE.validate_json(row.data)
        person = before.person
        if person is not None:
            kept = {key: answer for key, answer in person.answers.items() if key not in keys}
            person = None if row.closed else replace(person, answers=kept)
        doubts = tuple(one for one in before.doubts if one.field not in keys)
        cut = _Cut(named)
        what, says = cut(before.what), with_text(before.says, cut)
        after = replace(before, what=what, says=says, person=person, doubts=doubts)
        if after != before:
            tx.execute(sa.update(case).where(case.c.id == row.id).values(data=to_json(CASE, after)))
            changed = True
    return changed
