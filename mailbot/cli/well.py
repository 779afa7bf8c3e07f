"""``mailbot status --check``: one line and an exit status for who watches by machine."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from mailbot.config.settings import Settings
from mailbot.wording import as_told

WELL, MENDS_ITSELF, NEEDS_A_PERSON = 0, 1, 2
_SAID = {WELL: "well", MENDS_ITSELF: "will mend itself", NEEDS_A_PERSON: "needs a person"}
#: A trouble that lasts longer needs a person.
PATIENCE = timedelta(minutes=30)
#: A workbook that is open for longer was probably forgotten.
OPEN_WORKBOOK = timedelta(hours=12)
#: A cycle or poll that is later than this, beyond ``poll_seconds``, is overdue.
LATE = timedelta(minutes=10)


def judge(
    status: dict[str, Any], troubles: list[tuple[str, str, datetime]], settings: Settings, now: datetime
) -> tuple[int, str]:
    """The exit status, 0 well, 1 will mend itself, 2 needs a person, and the line: the worst first."""
    found = sorted(
        (*_rounds(status, settings, now), *_troubles(troubles, now), *_left(status, now)),
        key=lambda one: -one[0],
    )
    worst = found[0][0] if found else WELL
    says = "; ".join(text for _, text in found)
    if not found:
        says = (
            f"last round {status['last_round']}, {status['messages_waiting']} messages and "
            f"{status['mails_waiting']} mails waiting"
        )
    return worst, f"{_SAID[worst]}: {says}"


def is_late(moment: str | None, settings: Settings, now: datetime) -> bool:
    """Whether a cycle or a poll is overdue."""
    allowed = LATE + timedelta(seconds=settings.worker.poll_seconds)
    return moment is None or now - datetime.fromisoformat(moment) > allowed


def _rounds(status: dict[str, Any], settings: Settings, now: datetime) -> list[tuple[int, str]]:
    last = status["last_round"]
    if is_late(last, settings, now):
        says = f"no round has ended since {last}" if last else "no round has ended yet"
        return [(NEEDS_A_PERSON, f"{says}: mailbot is stopped, or hangs: systemctl status mailbot")]
    polls = {box.name: status["last_good_poll"].get(box.name) for box in settings.mailboxes}
    return [
        (MENDS_ITSELF, f"mailbox {name}: last good poll {poll or 'never'}")
        for name, poll in polls.items()
        if is_late(poll, settings, now)
    ]


def _troubles(troubles: list[tuple[str, str, datetime]], now: datetime) -> list[tuple[int, str]]:
    return [
        (NEEDS_A_PERSON if now - since >= PATIENCE else MENDS_ITSELF, f"{what}: {text}")
        for what, text, since in troubles
    ]


def _left(status: dict[str, Any], now: datetime) -> list[tuple[int, str]]:
    found = [
        (NEEDS_A_PERSON, f"message {one['id']} is shelved ({one['error']}): mailbot retry {one['id']}")
        for one in status["shelved"]
    ]
    found += [(NEEDS_A_PERSON, f"reckoning: {as_told(what)}") for what in status["last_reckoning"][1:]]
    found += [
        (MENDS_ITSELF, f"workbook {one['event'] or 'Te behandelen'} waits since {one['since']}")
        for one in status["workbooks_waiting"]
        if one["since"] and now - datetime.fromisoformat(one["since"]) >= OPEN_WORKBOOK
    ]
    return found
