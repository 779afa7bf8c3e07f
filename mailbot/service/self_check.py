"""``mailbot check``: tries everything before it is needed; each trouble comes with its mend."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

from rich.console import Console
from rich.text import Text

from mailbot.config import settings as configured
from mailbot.config.settings import ConfigurationError, Settings
from mailbot.notifications.templating import compile_own
from mailbot.service.distribution import both_installed
from mailbot.storage import Store, StoreTrouble
from mailbot.transport.connection import MailServerTrouble, place
from mailbot.transport.imap import Mailbox
from mailbot.transport.smtp import Outbox

#: How far the server's arrival times may lie ahead of this machine's clock.
CLOCK = timedelta(minutes=2)


class CheckState(Enum):
    """How one check ended; the value is the exit status that it asks for."""

    GOOD = 0
    REMARK = -1
    FAILED = 1
    MISCONFIGURED = 2


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was tried: what, how it ended, and what was seen or mends it."""

    what: str
    state: CheckState
    says: str


def check(settings: Settings, now: datetime) -> Iterator[Checked]:
    """Tries everything in turn. No mail is sent, no message or folder of a mailbox is changed;
    the folders on disk and the ledger are made where they are not there yet."""
    yield from _configuration(settings, now)
    for mailbox in settings.mailboxes:
        yield from _mailbox(mailbox, settings, now)
    yield _smtp(settings)
    yield _folder("workbooks", settings.workbook_dir, "workbook_dir")
    yield _folder("state", settings.state_dir, "state_dir")
    yield _ledger(settings)


def report(checks: Iterator[Checked], console: Console) -> int:
    """Prints each check as it ends, and gives the exit status: 2 where the configuration is
    wrong, 1 where something outside failed, else 0."""
    signs = {
        CheckState.GOOD: ("✓", "green"),
        CheckState.REMARK: ("!", "yellow"),
        CheckState.FAILED: ("✗", "red"),
        CheckState.MISCONFIGURED: ("✗", "red"),
    }
    status = 0
    for checked in checks:
        sign, colour = signs[checked.state]
        line = Text.assemble((f"{sign} ", f"bold {colour}"), (f"{checked.what:<22} ", "bold"), checked.says)
        console.print(line, soft_wrap=True)
        status = max(status, checked.state.value)
    console.print()
    if status:
        console.print("Mend what is marked ✗ and check again.", style="bold red")
    else:
        console.print("All is ready: mailbot run", style="bold green")
    return status


def _configuration(settings: Settings, now: datetime) -> Iterator[Checked]:
    what, names = "configuration", ", ".join(sorted(settings.events)) or "none"
    yield Checked(what, CheckState.GOOD, f"{settings.file}, events: {names}")
    if both := both_installed():
        yield Checked("installation", CheckState.MISCONFIGURED, both)
    try:
        compile_own(settings)
    except ConfigurationError as error:
        yield Checked(what, CheckState.MISCONFIGURED, str(error))
    for says in (*_about_events(settings, now), *_about_secrets(settings)):
        yield Checked(what, CheckState.REMARK, says)
    if settings.forwarders and not settings.authserv_id:
        says = f"{settings.file}: forwarders: whoever claims such an address is believed: set authserv_id"
        yield Checked(what, CheckState.REMARK, says)
    if not settings.secretariat.address:
        says = f"{settings.file}: secretariat.address: is empty: nobody hears of what needs a person"
        yield Checked(what, CheckState.REMARK, says)


def _about_events(settings: Settings, now: datetime) -> Iterator[str]:
    running = [event for event in settings.events.values() if not event.is_over(now, settings.zone)]
    if not running:
        yield f"{settings.events_dir}: no event is to come: add one"
    for event in running:
        start = event.starts_at(settings.zone)
        if start and event.deadline and not event.is_late(start + timedelta(days=1), settings.zone):
            yield f"event {event.id}: deadline: {event.deadline} is after the start, {event.starts}: mend one"
    for folder in (settings.events_dir, settings.forms_dir):
        for path in sorted(folder.glob("*.*")):
            if path.suffix != ".toml" and path.name.lower().endswith((".toml", ".toml.txt")):
                yield f"{path}: is not read: let its name end in .toml"


def _about_secrets(settings: Settings) -> Iterator[str]:
    for login in (*settings.mailboxes, settings.smtp):
        oauth2 = login.oauth2
        secrets = (oauth2.client_secret_file, oauth2.refresh_token_file) if oauth2 else (login.password_file,)
        for path in map(settings.path, filter(None, secrets)):
            rights = path.stat().st_mode if path.exists() else 0
            if rights & stat.S_IROTH and path.parent.stat().st_mode & stat.S_IXOTH:
                yield f"{path}: everybody on this machine can read it: chmod 640 {path}"
    state = settings.state_dir
    if state.exists() and state.stat().st_mode & stat.S_IXOTH:
        yield f"{state}: everybody on this machine can look into it: chmod 700 {state}"


def _mailbox(mailbox: configured.MailboxSettings, settings: Settings, now: datetime) -> Iterator[Checked]:
    what = f"mailbox {mailbox.name}"
    with Mailbox(mailbox, settings, read_only=True) as connection:
        try:
            can = connection.capabilities()
            missing = connection.missing_folders()
            yield Checked(what, CheckState.GOOD, f"{place(mailbox)}, logged in as {mailbox.user}")
            if mailbox.folder in missing:
                there = ", ".join(connection.folders())
                yield Checked(
                    what,
                    CheckState.MISCONFIGURED,
                    f'folder: there is no "{mailbox.folder}": use one of {there}',
                )
                return
            yield from _capabilities(what, mailbox, can)
            if missing:
                yield Checked(what, CheckState.REMARK, f"made at their first use: {', '.join(missing)}")
            before, since = connection.count_before_and_since()
            yield Checked(
                what,
                CheckState.GOOD,
                f"{since} messages received since {mailbox.since} are for mailbot, "
                f"{before} from before are left alone",
            )
            yield _clock(connection.newest_arrival(), now)
        except MailServerTrouble as trouble:
            yield Checked(what, CheckState.FAILED, str(trouble))
        except ConfigurationError as error:
            yield Checked(what, CheckState.MISCONFIGURED, str(error))


def _capabilities(what: str, mailbox: configured.MailboxSettings, can: frozenset[str]) -> Iterator[Checked]:
    if "IDLE" not in can:
        says = "the server has no IDLE: new mail is seen at the next poll (worker.poll_seconds)"
        yield Checked(what, CheckState.REMARK, says)
    if (mailbox.filed_folder or mailbox.review_folder) and not can & {"MOVE", "UIDPLUS"}:
        says = "the server has neither MOVE nor UIDPLUS, so mail stays where it is: empty filed_folder"
        yield Checked(what, CheckState.REMARK, says)


def _clock(newest: datetime | None, now: datetime) -> Checked:
    if newest and newest - now > CLOCK:
        minutes = (newest - now).total_seconds() / 60
        says = f"is {minutes:.0f} minutes behind the mail server's: set it, by systemd-timesyncd perhaps"
        return Checked("clock", CheckState.FAILED, says)
    return Checked("clock", CheckState.GOOD, f"{now:%Y-%m-%d %H:%M:%S %Z}, not behind the mail server's")


def _smtp(settings: Settings) -> Checked:
    smtp = settings.smtp
    try:
        with Outbox(settings) as outbox:
            outbox.check()
    except MailServerTrouble as trouble:
        return Checked("smtp", CheckState.FAILED, str(trouble))
    except ConfigurationError as error:
        return Checked("smtp", CheckState.MISCONFIGURED, str(error))
    who = f"logged in as {smtp.user}" if smtp.user else "without login"
    return Checked("smtp", CheckState.GOOD, f"{place(smtp)}, {who}; nothing was sent")


def _folder(what: str, folder: Path, key: str) -> Checked:
    try:
        folder.mkdir(0o700 if key == "state_dir" else 0o777, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".mailbot-check-"):
            pass
    except OSError as error:
        says = f"{key}: cannot write in {folder} ({error.strerror}): let user {os.geteuid()} write there"
        return Checked(what, CheckState.FAILED, says)
    return Checked(what, CheckState.GOOD, f"{folder} can be written")


def _ledger(settings: Settings) -> Checked:
    try:
        with Store(settings.store_url) as store:
            return Checked("ledger", CheckState.GOOD, f"{store.name} opens")
    except StoreTrouble as trouble:
        return Checked("ledger", CheckState.FAILED, f"{trouble}: check store.url and the rights on it")
    except ConfigurationError as error:
        return Checked("ledger", CheckState.MISCONFIGURED, f"{settings.file}: {error}")
