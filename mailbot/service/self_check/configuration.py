"""Settings that are valid and probably a mistake."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta

from mailbot.config.settings import SECRET_NOTICE, ConfigurationError, Settings
from mailbot.domain.event import Event
from mailbot.notifications.templating import compile_own
from mailbot.service.distribution import both_installed
from mailbot.service.self_check.result import Checked, misconfigured, of_error, ok, warning
from mailbot.transport.oauth import ends_on

#: Names that stand for nobody (RFC 2606): from an example.
_RESERVED = re.compile(r"(^|[.@])example(\.(com|net|org))?$", re.I)
#: The id of the event that `mailbot init` writes.
EXAMPLE_EVENT = "voorbeeld"

CHECK = "configuration"


def check(settings: Settings, now: datetime) -> Iterator[Checked]:
    """All that can be seen without a server."""
    file = str(settings.file)
    if both := both_installed():
        yield misconfigured("installation", "distribution", both, "")
    yield ok(CHECK, file, f"events: {', '.join(sorted(settings.events)) or 'none'}")
    try:
        compile_own(settings)
    except ConfigurationError as error:
        yield of_error(CHECK, file, error)
    yield from _examples(settings)
    yield from _mailboxes(settings, now)
    yield from _events(settings, now)
    yield from _secrets(settings)
    yield from _ends(settings, now)
    if settings.forwarders and not settings.authserv_id:
        says = "forwarders: whoever claims such an address is believed"
        yield warning(CHECK, file, says, "set authserv_id")
    if not settings.secretariat.address:
        says = "secretariat.address: is empty: nobody hears of what needs a person"
        yield warning(CHECK, file, says, "write an address")
    if settings.workbook_dir == settings.file.parent:
        says = "workbook_dir: is empty: the workbooks come among the configuration"
        yield warning(CHECK, file, says, "name the folder that the secretariat opens")


def _examples(settings: Settings) -> Iterator[Checked]:
    """Names and addresses of the example, which lead to nobody."""
    named = {"smtp.host": settings.smtp.host, "secretariat.address": settings.secretariat.address}
    for box in settings.mailboxes:
        named |= {f"mailbox {box.name}.host": box.host, f"mailbox {box.name}.address": box.replies_from.email}
    for key, value in named.items():
        if _RESERVED.search(value):
            yield warning(CHECK, str(settings.file), f"{key}: {value} is an example", "write your own")
    for event in settings.events.values():
        if event.id == EXAMPLE_EVENT:
            says = "is the example that `mailbot init` wrote: who registers for it is confirmed"
            yield warning("event", event.id, says, "make it your own, id included, or remove the file")
        for contact in event.contacts:
            if _RESERVED.search(contact.email):
                says = f"contacts: {contact.email} is an example, and stands in every mail"
                yield warning("event", event.id, says, "write your own")


def _mailboxes(settings: Settings, now: datetime) -> Iterator[Checked]:
    today = now.astimezone(settings.zone).date()
    for box in settings.mailboxes:
        if box.since > today:
            says = f"since: {box.since} is still to come: all mail until then is left alone"
            yield warning("mailbox", box.name, says, "write the day from which mail is for mailbot")


def _events(settings: Settings, now: datetime) -> Iterator[Checked]:
    running = [event for event in settings.events.values() if not event.is_over(now, settings.zone)]
    if not running:
        yield warning("event", str(settings.events_dir), "no event is to come", "add one")
    for event in running:
        if event.is_draft:
            says = "starts: is not there yet: the copy takes no registrations"
            yield warning("event", event.id, says, "write starts and deadline, or remove the file")
        yield from _deadline(event, settings, now)
    for folder in (settings.events_dir, settings.forms_dir):
        for path in sorted(folder.glob("*.*")):
            if path.suffix != ".toml" and path.name.lower().endswith((".toml", ".toml.txt")):
                yield warning(CHECK, str(path), "is not read", "let its name end in .toml")


def _deadline(event: Event, settings: Settings, now: datetime) -> Iterator[Checked]:
    start = event.starts_at(settings.zone)
    if not event.deadline or event.cancelled:
        return
    if start and not event.is_late(start + timedelta(days=1), settings.zone):
        says = f"deadline: {event.deadline} is after the start, {event.starts}"
        yield warning("event", event.id, says, "mend one")
    elif event.is_late(now, settings.zone) and (start is None or now < start):
        says = f"deadline: {event.deadline} is past: who registers now is late"
        yield warning("event", event.id, says, "nothing, if it is meant")


def _ends(settings: Settings, now: datetime) -> Iterator[Checked]:
    """When client secrets and certificates end: of a secret only who made it knows."""
    today = now.astimezone(settings.zone).date()
    for name, login in (*((box.name, box) for box in settings.mailboxes), ("smtp", settings.smtp)):
        oauth2 = login.oauth2
        if oauth2 is None or not (oauth2.client_secret_file or oauth2.certificate_file):
            continue
        try:
            day = ends_on(oauth2, settings)
        except ConfigurationError as error:
            yield of_error("secret", name, error)
            continue
        if day is None and "login.microsoftonline.com" in oauth2.token_url:
            says = "oauth2.secret_expires: is not there, and Microsoft's client secrets end, without a word"
            yield warning("secret", name, says, "write the day that its page shows")
        elif day and day - SECRET_NOTICE <= today and oauth2.certificate_file:
            says = f"oauth2.certificate_file: the certificate ends on {day}"
            yield warning("secret", name, says, "make a new one, and upload it before that day")
        elif day and day - SECRET_NOTICE <= today:
            says = f"oauth2.secret_expires: the client secret ends on {day}"
            yield warning("secret", name, says, "make a new one, and write its day too")


def _secrets(settings: Settings) -> Iterator[Checked]:
    for login in (*settings.mailboxes, settings.smtp):
        oauth2 = login.oauth2
        secrets: tuple[str, ...] = (login.password_file,)
        if oauth2:
            own = (oauth2.client_secret_file, oauth2.certificate_file, oauth2.service_account_file)
            secrets = (*own, oauth2.refresh_token_file)
        for path in map(settings.path, filter(None, secrets)):
            rights = path.stat().st_mode if path.exists() else 0
            if rights & stat.S_IROTH and path.parent.stat().st_mode & stat.S_IXOTH:
                yield warning(
                    "secret", str(path), "everybody on this machine can read it", f"chmod 640 {path}"
                )
    state = settings.state_dir
    if state.exists() and state.stat().st_mode & stat.S_IXOTH:
        yield warning("state", str(state), "everybody on this machine can look into it", f"chmod 700 {state}")
