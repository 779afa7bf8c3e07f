"""The mails left for a person, as the sheet Postvak lists them: those that still wait, without those that
people handled in the mailbox."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mailbot.config.settings import MailboxSettings, Settings
from mailbot.domain.case import OF_ANOTHER, Case, CaseKind, Choice, Edit
from mailbot.storage import Store, Transaction, filed, health, queries, workbooks
from mailbot.storage.decisions import open_case
from mailbot.storage.filed import LeftMail
from mailbot.storage.messages import MailPlace
from mailbot.transport.imap import Mailbox
from mailbot.workbook.cases import COURTESY, PREFILLED

#: So many are listed, of so many days.
MOST, DAYS = 200, timedelta(days=30)
#: What decisions would mail is drawn before, for the newest so many.
MOST_FORETOLD = 30
_SUBJECT, _WORDS = 80, 100
_CHOICES = (Choice.REGISTER, Choice.EXCUSE, Choice.WITHDRAW, Choice.DONE)
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def listed(tx: Transaction, settings: Settings, now: datetime) -> tuple[Case, ...]:
    """The rows of Postvak, newest first; each carries the id of its message. Plain thanks stay until the next
    digest: they need no answer, but she may want to see them."""
    return tuple(_row(tx, one, settings) for one in _listed(tx, settings, now))


def _listed(tx: Transaction, settings: Settings, now: datetime) -> list[LeftMail]:
    shown = {box.name for box in settings.mailboxes if is_listed(box)}
    named = health.fact(tx, health.DIGEST)
    seen = datetime.fromisoformat(named) if named else _EVER
    if not shown:
        return []
    return filed.left_for_a_person(tx, now - DAYS, MOST, mailboxes=shown, thanks_since=seen)


def is_listed(box: MailboxSettings) -> bool:
    """Whether Postvak lists the mails of a mailbox."""
    return box.inbox_list != "none"


def decided(tx: Transaction, edit: Edit, settings: Settings, now: datetime) -> tuple[Case | None, Edit]:
    """The case that her decision about a mail of Postvak makes, and the decision. None where the mail was
    decided, answered or removed in the meantime."""
    found = filed.left_for_a_person(tx, _EVER, 1, edit.message)
    if not found:
        return None, edit
    row = _row(tx, found[0], settings)
    who = edit.who.strip()
    open_case(tx, replace(_to_decide(row, who), id=0, opened=now))
    case = queries.open_case_by_key(tx, row.key)
    going = (e for e in settings.events.values() if e.is_going_on(now, settings.zone))
    open_events = [event.id for event in going]
    alone = open_events[0] if len(open_events) == 1 and not row.event else ""
    event = edit.event or alone  # a mail about a meeting stays about that one, and not about the next
    return case, replace(edit, case=case.id if case else 0, event=event)


def newest_as_cases(rows: Sequence[Case], whom: Mapping[int, str]) -> list[Case]:
    """The newest rows as the cases that decisions about them would make; ``whom`` holds, by message, whom
    she says the mail is about."""
    return [_to_decide(row, whom.get(row.id, "").strip()) for row in rows[:MOST_FORETOLD]]


def _to_decide(row: Case, who: str) -> Case:
    """A row as the case that is decided; ``who`` is whom she says that it is about. Where that is the person
    whom the row proposes, or empty, it is about its sender."""
    return replace(row, payload={OF_ANOTHER: who} if who not in ("", row.payload[PREFILLED]) else {})


def look(store: Store, mailbox: Mailbox, now: datetime) -> None:
    """Notes which of the listed mails of a mailbox were answered, moved or deleted by people: by the flags of
    the mail itself, or by a mail in the Sent folder that refers to it. Raises ``StoreTrouble`` and
    ``MailServerTrouble``."""
    with store.read_transaction() as tx:
        left = filed.left_for_a_person(tx, now - DAYS, MOST, mailboxes={mailbox.mailbox.name})
    here = [one for one in left if one.place.folder == mailbox.mailbox.folder]
    if not here:
        return
    answered = mailbox.referred_to(min(one.received for one in here))
    gone = [one.place for one in here if one.message_id and one.message_id in answered]
    gone += _no_longer_listed(mailbox, [one.place for one in here])
    if gone:
        with store.write_transaction() as tx:
            filed.note(tx, list(dict.fromkeys(gone)), filed.SETTLED)


def _no_longer_listed(mailbox: Mailbox, places: list[MailPlace]) -> list[MailPlace]:
    """The places whose mail has a flag that it was answered, or is no longer there; none under a UIDVALIDITY
    that the folder no longer has."""
    gone: list[MailPlace] = []
    for uidvalidity in {place.uidvalidity for place in places}:
        of_it = [place for place in places if place.uidvalidity == uidvalidity]
        still = mailbox.unanswered(sorted(place.uid for place in of_it), uidvalidity)
        gone += [place for place in of_it if still is not None and place.uid not in still]
    return gone


def note_changes(store: Store, settings: Settings, now: datetime) -> None:
    """Has the sheet drawn again where other mails are to be listed, whatever the reason. A row that goes
    is also removed from kept versions and copies."""
    with store.read_transaction() as tx:
        wanted = [one.id for one in _listed(tx, settings, now)]
        before: list[int] = json.loads(health.fact(tx, health.INBOX) or "[]")
    if wanted == before:
        return
    with store.write_transaction() as tx:
        health.note(tx, health.INBOX, json.dumps(wanted))
        if set(before) - set(wanted):
            health.note(tx, "forget:", now.isoformat())
        workbooks.mark_behind(tx, [""], now)


def _row(tx: Transaction, one: LeftMail, settings: Settings) -> Case:
    box = next((box for box in settings.mailboxes if box.name == one.place.mailbox), None)
    what = one.subject[:_SUBJECT]
    if box is not None and box.inbox_list == "first_words":
        said = queries.submission_of(tx, one.id)
        what = " ".join(said.words.split())[:_WORDS] if said else what
    return Case(
        kind=CaseKind.UNCLEAR,
        who=f"{one.sender} <{one.email}>" if one.sender else one.email,
        what=what,
        choices=_CHOICES,
        opened=one.received,
        event=one.event if one.event in settings.events else "",
        message=one.id,
        payload={PREFILLED: one.sender or one.email, **({COURTESY: "ja"} if one.courtesy else {})},
        key=f"inbox:{one.id}",
        id=one.id,
    )
