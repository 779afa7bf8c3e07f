"""What is due by the clock alone, besides what ``decision.passing`` decides: the digest, alarms
about what stands still, and mail that is no longer kept."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from mailbot.edge.store import Store, overview
from mailbot.edge.store.person import purge
from mailbot.edge.store.record import queue
from mailbot.model import Mail
from mailbot.settings import Settings

#: A trouble that lasts this long is told to the secretariat, once.
PATIENCE = timedelta(minutes=30)
#: The trouble of too many answers in an hour, which is told at once.
BRAKE = "brake"


def digest_due(store: Store, settings: Settings, now: datetime) -> None:
    """Queues the daily digest, where it is configured and its time has come. The first day only
    notes when it began."""
    if not settings.secretariat.digest:
        return
    local = now.astimezone(settings.zone)
    todays = datetime.combine(local, time.fromisoformat(settings.secretariat.digest), settings.zone)
    with store.deciding() as tx:
        last = overview.fact(tx, "digest")
        if last and datetime.fromisoformat(last) < todays <= now:
            since = datetime.fromisoformat(last)
            events = [e.id for e in settings.events.values() if not e.is_over(since, settings.zone)]
            states = [overview.event_state(tx, event, now) for event in (*events, "")]
            from mailbot.replies.digest import digest

            for mail in digest(states, overview.no_form_since(tx, since), since, settings, now):
                queue(tx, mail, now)
        if not last or datetime.fromisoformat(last) < todays <= now:
            overview.note(tx, "digest", now.isoformat())


def alarms(store: Store, settings: Settings, now: datetime) -> None:
    """Queues an alarm for each trouble that lasts; the same one is mailed once."""
    with store.deciding() as tx:
        for what, text, since in overview.troubles(tx):
            if now - since >= PATIENCE or what == BRAKE:
                mail = _alarm(what, text, since, settings)
                if mail:
                    queue(tx, mail, now)


def _alarm(what: str, text: str, since: datetime, settings: Settings) -> Mail | None:
    from mailbot.replies.alarm import alarm

    mend = "Vraag de beheerder om te kijken: mailbot status en mailbot check zeggen meer."
    return alarm(what.replace(" ", "-"), since, f"{what}: {text}", mend, settings)


def purge_due(store: Store, settings: Settings, now: datetime) -> tuple[int, ...]:
    """Once a day, and when another event is long over: drops the bytes of mail that is kept long
    enough; gives the messages."""
    kept = timedelta(days=settings.retention.keep_mail_days)
    over = [
        event.id
        for event in settings.events.values()
        if (end := event.ends_at(settings.zone)) is not None and now >= end + kept
    ]
    with store.deciding() as tx:
        done = " ".join((now.astimezone(settings.zone).date().isoformat(), *over))
        if overview.fact(tx, "purged") == done:
            return ()
        overview.note(tx, "purged", done)
        open_events = [event for event in settings.events if event not in over]
        return purge(tx, over, open_events, now - kept)
