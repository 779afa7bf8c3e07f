"""Sends due mail (claim, hand over, mark), and puts copies into the Sent folder."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from mailbot.config.settings import Settings
from mailbot.domain.case import Case, CaseKind, Choice
from mailbot.domain.decision import MAILBOT, Decision, LogLine, Outcome, Result
from mailbot.domain.done import Done
from mailbot.domain.statement import Says, say
from mailbot.service.timings import stage
from mailbot.storage import Store, queries
from mailbot.storage import outbox as outbox_store
from mailbot.storage.decisions import record
from mailbot.storage.outbox import Claimed
from mailbot.transport.connection import MailServerTrouble, place
from mailbot.transport.imap import Mailbox
from mailbot.transport.mime import render
from mailbot.transport.smtp import DeliveryStatus, Outbox, SendResult, next_try

log = logging.getLogger(__name__)

#: Mails claimed in one transaction, and handed over one after the other.
BATCH = 50
#: Seconds after which SQLite syncs a mark to the disk, besides the last of a batch: a power cut loses no
#: more, and what bears no mark is sent again, under the same Message-ID. PostgreSQL syncs each.
UNSYNCED = 1.0
HOUR = timedelta(hours=1)
#: Copies for sent folders that are made in a row.
COPIES = 500
#: So often a mail goes out without the server saying that it took it: each time it may have arrived.
UNSURE_TRIES = 5

#: One mail that a server drops at its end, or refuses before it knows for whom, may be that mail's
#: trouble; several in a row are the server's: a rate, a login, a sender that it does not take.
IN_A_ROW = 2

Clock = Callable[[], datetime]


def send_due(
    store: Store,
    outbox: Outbox,
    settings: Settings,
    clock: Clock,
    stopping: Callable[[], bool],
    *,
    retry_all: bool,
) -> int:
    """Hands over what is due until nothing is, and gives how many the server put off.

    ``retry_all`` takes mails whose next try is later too, each once. Once as many answers went out in an
    hour as are allowed, only mails that no message drew go on (``braked``); a fifth of them is kept for
    proven people. ``stopping`` is asked before each mail. Raises ``StoreTrouble``, ``MailServerTrouble``
    and ``ConfigurationError``; none counts against a mail.
    """
    started = clock() if retry_all else None
    put_off = in_a_row = 0
    while not stopping():
        batch = _claimed(store, settings, clock, started)
        if not batch:
            return put_off
        synced = time.monotonic()
        try:
            while batch and not stopping():
                claimed = batch[0]
                sent = _send(outbox, claimed, settings)
                del batch[0]  # where the mark is lost the claim stays, and is counted once it is found
                last = not batch or time.monotonic() - synced >= UNSYNCED
                _mark(store, claimed, sent, settings, clock(), synced=last)
                synced = time.monotonic() if last else synced
                put_off += sent.fate in (DeliveryStatus.LATER, DeliveryStatus.UNSURE)
                of_server = sent.of_server or sent.fate is DeliveryStatus.UNSURE
                in_a_row = in_a_row + 1 if of_server else 0
                if in_a_row == IN_A_ROW:
                    raise MailServerTrouble(place(settings.smtp), sent.reply, _mend(sent, settings))
        finally:
            if batch:
                with store.write_transaction() as tx:
                    outbox_store.release(tx, [claimed.id for claimed in batch])
    return put_off


def _claimed(store: Store, settings: Settings, clock: Clock, started: datetime | None) -> list[Claimed]:
    """The next mails to hand over: of answers no more than are left of this hour's."""
    with store.write_transaction() as tx:
        room = settings.limits.answers_per_hour - outbox_store.sent_since(tx, clock() - HOUR)
        for_all = room - _share_of_the_proven(settings)
        return outbox_store.claim(
            tx,
            clock(),
            min(BATCH, for_all if for_all > 0 else room) if room > 0 else BATCH,
            owner=store.host,
            answers=room > 0,
            unproven=for_all > 0,
            last_tried_before=started,
        )


def _mend(sent: SendResult, settings: Settings) -> str:
    """What the administrator can do where the server takes no mail of ours."""
    if not sent.of_server or sent.reply.startswith("4"):
        return "it is tried again"
    return f"let {settings.smtp.user or 'this host'} send as the addresses of the mailboxes"


def _share_of_the_proven(settings: Settings) -> int:
    """How many of an hour's answers are kept for senders whose address is proven, so that a flood under
    changing names does not use up theirs."""
    return settings.limits.answers_per_hour // 5


def braked(store: Store, settings: Settings, now: datetime) -> str:
    """Why answers wait although they are due (a flood, or a loop); empty where they do not."""
    limit = settings.limits.answers_per_hour - _share_of_the_proven(settings)
    with store.read_transaction() as tx:
        waiting = outbox_store.answers_due(tx, now)
        if not waiting or outbox_store.sent_since(tx, now - HOUR) < limit:
            return ""
    return f"{limit} answers went out within the hour, the most allowed: {waiting} wait"


def copies_due(store: Store, settings: Settings, mailboxes: Collection[str]) -> dict[str, list[Claimed]]:
    """What was sent and is to be copied into the sent folders of these mailboxes, as many at once as may lie
    in memory. Raises ``StoreTrouble``."""
    found: dict[str, list[Claimed]] = {}
    nobodys: list[int] = []
    last = 0
    while sum(map(len, found.values())) < COPIES:  # by mailbox: one that takes no copies holds up no other
        with store.read_transaction() as tx:
            page = outbox_store.to_copy(tx, COPIES, after=last)
        if not page:
            break
        last = page[-1].id
        for sent in page:
            name = _mailbox_of(sent, settings)
            if not name:
                nobodys.append(sent.id)
            elif name in mailboxes:
                found.setdefault(name, []).append(sent)
    if nobodys:
        with store.write_transaction() as tx:
            outbox_store.mark_copied(tx, nobodys)
    return found


def copy_sent(
    store: Store, mailbox: Mailbox, due: Sequence[Claimed], settings: Settings, *, resumed: bool
) -> None:
    """Puts copies of mails into the sent folder of their mailbox. ``resumed``: the last time may have ended
    between a copy and its mark, so the first is looked for. Raises ``StoreTrouble`` and
    ``MailServerTrouble``.
    """
    for sent in due:
        if not (resumed and mailbox.has_sent(sent.mail.message_id, sent.made_at)):
            mailbox.append_sent(_bytes(sent, settings), sent.made_at)
        resumed = False
        with store.write_transaction() as tx:
            outbox_store.mark_copied(tx, [sent.id])


def _send(outbox: Outbox, claimed: Claimed, settings: Settings) -> SendResult:
    try:
        with stage("render"):
            raw = _bytes(claimed, settings)
    except Exception as error:  # noqa: BLE001  the standard library on an odd address: the next mail goes on
        return SendResult(DeliveryStatus.REFUSED, str(error))
    with stage("hand over"):
        return outbox.send(claimed.mail.sender.email, claimed.mail.to.email, raw)


def _bytes(claimed: Claimed, settings: Settings) -> bytes:
    """The mail as bytes. Its Date is the time of the decision, so that every try sends the same bytes."""
    return render(claimed.mail, claimed.made_at.astimezone(settings.zone), settings.logo)


def _mark(
    store: Store, claimed: Claimed, sent: SendResult, settings: Settings, now: datetime, *, synced: bool
) -> None:
    taken = sent.fate is DeliveryStatus.SENT  # no decision follows from a mail that went out
    with store.write_transaction(synced=synced or not taken, beside=() if taken else None) as tx:
        later = next_try(claimed.tries, now)
        match sent.fate:
            case DeliveryStatus.SENT:
                copied, shown = not _mailbox_of(claimed, settings), claimed.of_case != 0
                outbox_store.mark_sent(tx, claimed.id, now, copied=copied, shown=shown)
            case DeliveryStatus.LATER:
                outbox_store.mark_failed(tx, claimed.id, now, sent.reply, next_try=later)
            case DeliveryStatus.UNSURE if claimed.tries < UNSURE_TRIES:
                outbox_store.mark_failed(tx, claimed.id, now, sent.reply, next_try=later, unsure=True)
            case DeliveryStatus.REFUSED | DeliveryStatus.UNSURE:
                outbox_store.mark_failed(tx, claimed.id, now, sent.reply)
                known = queries.by_nrs(tx, claimed.mail.nrs)
                record(tx, _undelivered(claimed, sent, known, now), (), settings, now)
    log.info("mail %d (%s) for message %s: %s", claimed.id, claimed.mail.kind, claimed.message, sent.fate)


def _undelivered(claimed: Claimed, sent: SendResult, known: queries.Rows, now: datetime) -> Decision:
    """What follows when a server will never take a mail: the rows show it, and so does a case."""
    mail = claimed.mail
    case = Case(
        kind=CaseKind.UNDELIVERED,
        who=mail.to.name or mail.to.email,
        what="",
        says=(say(Says.REFUSED_BY_SERVER, to=mail.to.email, reply=sent.reply), say(_where_to_mend(known)))
        if sent.fate is DeliveryStatus.REFUSED
        else (say(Says.UNSURE_DELIVERED, to=mail.to.email, tries=UNSURE_TRIES, reply=sent.reply),),
        choices=(Choice.DONE,),
        opened=now,
        event=mail.event,
        registration=mail.nrs[0] if mail.nrs else "",
        message=claimed.message,
        key=f"mail-{claimed.id}:undelivered",
    )
    return Decision(
        outcome=Outcome.AUTOMATIC,
        event=mail.event,
        results=tuple(Result(Outcome.AUTOMATIC, replace(row, bounced=True), row) for row in known),
        cases=(case,),
        log=tuple(
            LogLine(MAILBOT, say(Done.MAIL_UNDELIVERED), sent.reply, row.nr, row.event, claimed.message)
            for row in known
        ),
    )


def _where_to_mend(known: queries.Rows) -> Says:
    """Where the secretary can correct the address: the row of the person, or, for somebody who was only
    invited, where she took the address from."""
    return Says.MEND_IN_PARTICIPANTS if known else Says.MEND_ELSEWHERE


def _mailbox_of(claimed: Claimed, settings: Settings) -> str:
    """The mailbox whose sent folder takes the copy; empty for none."""
    for mailbox in settings.mailboxes:
        if mailbox.sent_folder and mailbox.replies_from.email == claimed.mail.sender.email:
            return mailbox.name
    return ""
