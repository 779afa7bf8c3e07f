"""``mailbot status``: how things stand, for people or as one JSON object."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mailbot.cli.output import say, say_json, settings_of
from mailbot.cli.well import NEEDS_A_PERSON, is_late, judge
from mailbot.config.settings import Settings
from mailbot.wording import as_told

if TYPE_CHECKING:
    from mailbot.storage.hosts import Host

#: A host is told of as silent after so many seconds without a sign of life.
SILENT = 10


def run(given: argparse.Namespace) -> int:
    """Prints the state of polls, messages, mails, workbooks and cases."""
    from mailbot.decision.announcements import unanswered
    from mailbot.storage import Store, StoreTrouble, health, hosts, queries

    settings = settings_of(given)
    moment = datetime.now(UTC)
    if given.check:
        try:
            with Store(settings.store_url) as store, store.read_transaction() as tx:
                worst, line = judge(health.status(tx, settings.zone), health.troubles(tx), settings, moment)
        except StoreTrouble as trouble:  # nobody can say since when: a person looks
            worst, line = NEEDS_A_PERSON, f"needs a person: ledger: {trouble}"
        say(line)
        return worst
    with Store(settings.store_url) as store, store.read_transaction() as tx:
        status: dict[str, Any] = health.status(tx, settings.zone)
        troubles = health.troubles(tx)
        status["last_reckoning"] = [*map(as_told, status["last_reckoning"])]
        status["hosts"] = [_host(one, settings) for one in hosts.listed(tx)]
        status["not_answered"] = {
            event.id: unanswered(event, queries.event_state(tx, event.id, moment).registrations, settings)
            for event in settings.events.values()
            if event.organisations and not event.is_over(moment, settings.zone)
        }
    if given.json:
        say_json(status)
        return 0
    for line in (_round(status["last_round"], settings, moment), *_lines(status, troubles, settings)):
        say(line)
    return 0


def _round(last: str | None, settings: Settings, now: datetime) -> str:
    """When a cycle last ended, and what it means where another should have ended since."""
    line = f"last round ended: {_when(last, settings)}"
    if last and is_late(last, settings, now):
        line += ", long ago: mailbot is stopped, or hangs, or cannot write its ledger: see its log"
    return line


def _host(one: Host, settings: Settings) -> dict[str, Any]:
    """A host as an object; times are ISO 8601 in the zone of the installation."""
    return {
        "name": one.name,
        "process": one.process,
        "release": one.release,
        "started": one.started.astimezone(settings.zone).isoformat(timespec="seconds"),
        "silent_seconds": round(one.silent, 1),
        "holds": {
            job: since.astimezone(settings.zone).isoformat(timespec="seconds") for job, since in one.holds
        },
    }


def _of_host(one: dict[str, Any], settings: Settings) -> str:
    line = f"host {one['name']}, process {one['process']}, since {_when(one['started'], settings)}: "
    held = [f"{job} since {_when(since, settings)}" for job, since in one["holds"].items()]
    line += f"holds {', '.join(held)}" if held else "stands by"
    if one["silent_seconds"] > SILENT:
        line += f"; no sign of life for {one['silent_seconds']:.0f} s"
    return line


def _lines(
    status: dict[str, Any], troubles: list[tuple[str, str, datetime]], settings: Settings
) -> list[str]:
    lines = [_of_host(one, settings) for one in status["hosts"]]
    for mailbox in settings.mailboxes:
        poll = status["last_good_poll"].get(mailbox.name)
        lines.append(f"mailbox {mailbox.name}: last good poll {_when(poll, settings)}")
    lines += [
        f"trouble, {what}: {text} (since {_when(since.isoformat(), settings)})"
        for what, text, since in troubles
    ]
    lines += [f"reckoning of {status['last_reckoning'][0]}: {text}" for text in status["last_reckoning"][1:]]
    lines += _of_mail(status)
    lines += [
        f"workbook {one['event'] or 'Te behandelen'} waits since {_when(one['since'], settings)}"
        + (f": {one['why']}" if one["why"] else "")
        for one in status["workbooks_waiting"]
    ]
    open_in = status["cases_open"].items()
    cases = ", ".join(f"{count} in {event or 'Te behandelen'}.xlsx" for event, count in open_in)
    lines.append(f"cases to decide: {cases or 'none'}")
    lines += [
        f"not answered for {event}: {', '.join(names) or 'none'}"
        for event, names in status["not_answered"].items()
    ]
    lines += [
        f"shelved: message {one['id']} ({one['error']}): mailbot retry {one['id']}"
        for one in status["shelved"]
    ]
    return lines


def _of_mail(status: dict[str, Any]) -> list[str]:
    """What came in and went out, and the mails that are held up."""
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in status["outcomes"].items())
    return [
        f"messages: {outcomes or 'none yet'}; {status['messages_waiting']} waiting",
        f"mails: {status['mails_sent']} sent, {status['mails_waiting']} waiting, "
        f"{status['mails_failed']} failed, {status['mails_resent']} sent again after a crash",
        *(
            f"  mail {one['mail']} {one['state']} after {one['tries']} tries: {one['why']}"
            for one in status["mails_held_up"]
        ),
    ]


def _when(moment: str | None, settings: Settings) -> str:
    if not moment:
        return "never"
    return f"{datetime.fromisoformat(moment).astimezone(settings.zone):%Y-%m-%d %H:%M:%S}"
