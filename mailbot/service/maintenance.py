"""What is due at set times, besides what ``decision.scheduled`` decides: the digest, alarms about what
has not worked for some time, and deleting mail that is kept long enough."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from email.utils import make_msgid

from mailbot.config.settings import SECRET_NOTICE, ConfigurationError, Settings
from mailbot.domain.case import ABOUT_COMING, Case, CaseKind
from mailbot.domain.decision import MAILBOT, Decision, LogLine, Outcome
from mailbot.domain.done import Done
from mailbot.domain.statement import Statement, say
from mailbot.service import inbox
from mailbot.storage import Store, StoreTrouble, Transaction, filed, health, mailings, queries, settled
from mailbot.storage.database import LeaseLost
from mailbot.storage.decisions import queue, record
from mailbot.storage.personal_data import purge
from mailbot.transport.connection import MailServerTrouble
from mailbot.transport.mime import render
from mailbot.transport.oauth import ends_on
from mailbot.transport.smtp import DeliveryStatus, Outbox
from mailbot.workbook.cases import COURTESY, PREFILLED

log = logging.getLogger(__name__)

#: A trouble that lasts this long is told to the secretariat, once.
PATIENCE = timedelta(minutes=30)
#: The trouble of too many answers in an hour, which is told at once.
BRAKE = "brake"
#: The trouble that no cycle ends, and the fact that says which time it was told.
ROUNDS, TOLD = "rounds", "told:rounds"
#: The facts that say which troubles were told, with when each began.
ALARMED = "alarmed:"
#: The fact that says that the next digest tells of something new in mailbot itself.
NEWS = "news"


def digest_due(store: Store, settings: Settings, now: datetime) -> None:
    """Queues the daily digest, where it is configured and its time has come. The first day only
    notes since when: who came that day is new in the first. Takes the lock only where something is due."""
    if not settings.secretariat.digest:
        shown_until = now - timedelta(days=1)
        with store.read_transaction() as tx:
            if not settled.is_any(tx, shown_until) and not _overtaken(tx, settings, now):
                return
        with store.write_transaction() as tx:
            settled.forget(tx, shown_until, now)
            _close(tx, _overtaken(tx, settings, now), say(Done.IS_OVER), settings, now)
        return
    local = now.astimezone(settings.zone)
    due = datetime.combine(local, time.fromisoformat(settings.secretariat.digest), settings.zone)
    due -= timedelta(days=due > now)  # yesterday's, where no cycle ran between its time and midnight
    with store.read_transaction() as tx:
        last = health.fact(tx, health.DIGEST)
    if last and datetime.fromisoformat(last) >= due:
        return
    with store.write_transaction() as tx:
        if last:
            _queue_digest(tx, settings, datetime.fromisoformat(last), now)
            # What she decided after the digest was due, while none was sent, she has not seen grey yet.
            settled.forget(tx, due, now)
            _close(tx, _told_before(tx, datetime.fromisoformat(last)), say(Done.WAS_TOLD), settings, now)
        health.note(tx, health.DIGEST, (now if last else due).isoformat())


def _queue_digest(tx: Transaction, settings: Settings, since: datetime, now: datetime) -> None:
    """Queues the digest of what was ``since`` the last one, and closes what it names as overtaken."""
    from mailbot.notifications.digest import digest

    overtaken = _overtaken(tx, settings, now)
    named = {event for case in overtaken for event in case.may_be_of} | queries.events_with_open_cases(tx)
    named |= _with_proposals(tx, settings, now)
    events = [e.id for e in settings.events.values() if e.id in named or not e.is_over(since, settings.zone)]
    states = [queries.event_state(tx, event, now) for event in (*events, "")]
    left = [row for row in inbox.listed(tx, settings, now) if COURTESY not in row.payload]
    mails = [(row.payload[PREFILLED], row.what) for row in left]
    new = any(row.opened >= since for row in left)
    news = bool(health.fact(tx, NEWS))
    for mail in digest(states, mails, since, settings, now, new_mail=new, news=news):
        queue(tx, mail, now)
        health.note(tx, NEWS, "")
    _close(tx, overtaken, say(Done.IS_OVER), settings, now)


def _with_proposals(tx: Transaction, settings: Settings, now: datetime) -> set[str]:
    """The events at which a mail to many waits for her to start it, as long as there is reason to."""
    of = ((settings.events.get(one.event), one) for one in mailings.waiting(tx))
    return {
        event.id
        for event, one in of
        if event and not one.is_outlived(event, settings.successor_of(event), now, settings.zone)
    }


def _overtaken(tx: Transaction, settings: Settings, now: datetime) -> tuple[Case, ...]:
    """The undecided cases about whether somebody comes to an event that is over."""
    found = queries.open_of_kinds(tx, ABOUT_COMING)
    return tuple(case for case in found if case.is_overtaken(settings.events, now, settings.zone))


def _told_before(tx: Transaction, last: datetime) -> tuple[Case, ...]:
    """What was mended in workbooks, and stood there when the ``last`` digest said so."""
    found = queries.open_of_kinds(tx, (CaseKind.WORKBOOK,))
    return tuple(case for case in found if case.only_tells and case.opened < last)


def _close(
    tx: Transaction, cases: tuple[Case, ...], why: Statement, settings: Settings, now: datetime
) -> None:
    """Closes cases about which nothing is to be decided any more, in the transaction that queues the digest.
    Their mails stay unread."""
    for case in cases:
        line = LogLine(
            MAILBOT,
            say(Done.CASE_OBSOLETE, kind=str(case.kind)),
            why,
            case.registration,
            case.event,
            case.message,
        )
        closed = Decision(Outcome.UNCHANGED, case.event, closes=(case.id,), log=(line,), answer=False)
        record(tx, closed, (), settings, now)
    filed.leave_unread(tx, {case.message for case in cases if case.message})


def alarms(store: Store, settings: Settings, now: datetime) -> None:
    """Queues an alarm for each trouble that lasts, and a mail that it is over once it ended; each once.
    That no cycle ends is reported by ``tell_overdue``. Takes the lock only where there is something to
    report."""
    with store.read_transaction() as tx:
        lasting, ended = _to_tell(tx, settings, now)
    if not lasting and not ended:
        return
    from mailbot.notifications.alarm import alarm, mended

    with store.write_transaction() as tx:
        lasting, ended = _to_tell(tx, settings, now)
        for key, what, since in ended:
            mail = mended(what, since, settings, now) if what else None
            if mail:
                queue(tx, mail, now)
            health.note(tx, key, "")
        for what, text, began in lasting:
            mail = alarm(what, text, began, settings, now)
            if mail and queue(tx, mail, now):
                health.note(tx, f"{ALARMED}{what}", began.isoformat())


def _to_tell(
    tx: Transaction, settings: Settings, now: datetime
) -> tuple[list[tuple[str, str, datetime]], list[tuple[str, str, datetime]]]:
    """The troubles that last and were not reported yet (key, text, since when), and the facts of reported
    troubles that ended: key, what (empty where another of its kind began), since when."""
    troubles = [*health.troubles(tx), *_ending_secrets(settings, now)]
    told = {**health.facts(tx, ALARMED), **health.facts(tx, TOLD)}
    lasting = [
        (what, text, began)
        for what, text, began in troubles
        if what != ROUNDS and (now - began >= PATIENCE or what == BRAKE)
        if _began(told.get(f"{ALARMED}{what}", "")) != began
    ]
    still = {what: began for what, _, began in troubles}
    ended = []
    for key, fact in told.items():
        what, since = ROUNDS if key == TOLD else key.removeprefix(ALARMED), _began(fact)
        if since is not None and still.get(what) != since:
            ended.append((key, "" if what in still else what, since))
    return lasting, ended


def _ending_secrets(settings: Settings, now: datetime) -> list[tuple[str, str, datetime]]:
    """Client secrets and certificates that end within three weeks, as troubles: no server tells of them
    before they have ended. A new one mends it."""
    logins = {**{box.name: box for box in settings.mailboxes}, "smtp": settings.smtp}
    found = []
    for name, login in logins.items():
        if login.oauth2 is None:
            continue
        try:
            ends = ends_on(login.oauth2, settings)
        except ConfigurationError:
            continue  # whoever needs that certificate for a token reports it
        if ends and ends - SECRET_NOTICE <= now.astimezone(settings.zone).date():
            what = "certificate" if login.oauth2.certificate_file else "client secret"
            began = datetime.combine(ends - SECRET_NOTICE, time.min, settings.zone)
            found.append((f"secret {name}", f"the {what} ends on {ends}: make a new one", began))
    return found


def _began(fact: str) -> datetime | None:
    """When a reported trouble began: from its fact, or from the end of the key of its mail."""
    if not fact:
        return None
    if fact.startswith("alarm/"):
        return datetime.strptime(fact.split("/")[2], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return datetime.fromisoformat(fact)


def tell_overdue(store: Store, settings: Settings, at: str, ended: datetime, now: datetime) -> bool:
    """Reports that no cycle ends: at once in the log and the ledger, and to the secretariat where it lasts;
    that mail bypasses the ledger, which may be what hangs. ``at`` is the current step, ``ended`` (aware) when
    a cycle of this process last ended. Returns whether the mail was sent, or none is wanted."""
    told = ""
    try:
        with store.write_transaction() as tx:
            last = health.fact(tx, health.ROUND)
            ended, told = datetime.fromisoformat(last) if last else ended, health.fact(tx, TOLD)
            if now - ended < PATIENCE / 3:
                return False  # another host's cycles end
            health.note_trouble(tx, ROUNDS, f"none ends, the last step begun is {at}", ended)
    except LeaseLost as error:  # another host goes on, and reports what there is to report
        log.warning("ledger: %s", error)
        return False
    except StoreTrouble as error:
        log.warning("ledger: %s", error)
    log.error("no round has ended since %s, the last step begun is %s", ended.isoformat(), at)
    from mailbot.notifications.alarm import alarm

    mail = alarm(ROUNDS, at, ended, settings, now) if now - ended >= PATIENCE else None
    if mail is None or mail.key == told:
        return now - ended >= PATIENCE
    try:
        with Outbox(settings) as outbox:
            named = replace(mail, message_id=make_msgid(domain=mail.sender.email.rpartition("@")[2]))
            raw = render(named, now.astimezone(settings.zone))
            if outbox.send(mail.sender.email, mail.to.email, raw).fate is not DeliveryStatus.SENT:
                return False
    except (MailServerTrouble, ConfigurationError, OSError) as error:
        log.warning("smtp: %s", error)
        return False
    try:
        with store.write_transaction() as tx:
            health.note(tx, TOLD, mail.key)
    except StoreTrouble as error:
        log.warning("ledger: %s", error)
    return True


def purge_due(store: Store, settings: Settings, now: datetime) -> tuple[int, ...]:
    """Deletes the bytes of mail that was kept for ``retention.keep_mail_days``, once a day and when
    another event is over for as long. Returns the ids of those messages."""
    kept = timedelta(days=settings.retention.keep_mail_days)
    over = [
        event.id
        for event in settings.events.values()
        if (end := event.ends_at(settings.zone)) is not None and now >= end + kept
    ]
    done = " ".join((now.astimezone(settings.zone).date().isoformat(), *over))
    with store.read_transaction() as tx:
        if health.fact(tx, "purged") == done:
            return ()
    with store.write_transaction() as tx:
        health.note(tx, "purged", done)
        open_events = [event for event in settings.events if event not in over]
        gone = purge(tx, over, open_events, now - kept)
    store.wipe()
    return gone
