"""An alarm: something has not worked for some time and a person should know; and the message that it works
again.

The administrator (``[admin] address``) gets the text of the log too. Without one the secretariat gets one
plain sentence, as the names of commands mean nothing to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.domain.mail import Mail
from mailbot.domain.message import Address
from mailbot.notifications.context import event_facts, replies_from
from mailbot.notifications.templating import texts
from mailbot.wording.dates import clock_text, local_text


def alarm(
    what: str, detail: str, since: datetime, settings: Settings, now: datetime, lines: Sequence[str] = ()
) -> Mail | None:
    """The mail about one trouble; None where there is nobody to tell.

    ``what`` names the trouble ("mailbox main", "smtp", "brake", ...), ``since`` (aware) is when it
    began: the same trouble is mailed once. ``detail`` is what the log says, for an administrator;
    ``lines`` are what the secretariat is told of it in its place, by names and subjects.
    """
    technical = bool(settings.admin.address)
    facts = {"detail": detail if technical else "", "lines": () if technical else tuple(lines)}
    return _mail("alarm", what, since, settings, now, facts)


def mended(what: str, since: datetime, settings: Settings, now: datetime) -> Mail | None:
    """The mail that a reported trouble is over, which began at ``since`` and ended by ``now`` (both aware);
    None where there is nobody to tell."""
    return _mail("mended", what, since, settings, now, {})


def _mail(
    kind: str, what: str, since: datetime, settings: Settings, now: datetime, facts: Mapping[str, object]
) -> Mail | None:
    admin = settings.admin
    to = admin.address or settings.secretariat.address
    if not to:
        return None
    spoken = replace(settings, language=admin.language) if admin.address else settings
    trouble, _, name = what.partition(" ")
    only = trouble == "mailbox" and len(settings.mailboxes) == 1
    local = since.astimezone(settings.zone)
    today = local.date() == now.astimezone(settings.zone).date()
    words = texts(spoken).render(
        kind,
        {
            **event_facts(None, spoken),
            "greeting_name": "",
            "kind": trouble,
            "name": "" if only else name,
            "since": clock_text(local, spoken.language)
            if today
            else local_text(since, settings.zone, spoken.language),
            **facts,
        },
    )
    return Mail(
        key=f"{kind}/{what.replace(' ', '-')}/{since:%Y%m%dT%H%M%S}/{to.lower()}",
        kind=kind,
        to=Address(to),
        sender=replies_from(None, None, settings),
        subject=words.subject,
        text=words.text,
        html=words.html,
    )
