"""An alarm to the secretariat: something has stood still, and a person should know."""

from __future__ import annotations

from datetime import datetime

from mailbot.config.settings import Settings
from mailbot.domain.mail import Mail
from mailbot.domain.message import Address
from mailbot.notifications.context import event_facts, replies_from
from mailbot.notifications.date_text import local_text
from mailbot.notifications.templating import texts


def alarm(kind: str, since: datetime, what: str, mend: str, settings: Settings) -> Mail | None:
    """The mail about one trouble; None where no secretariat is configured.

    ``kind`` names the trouble ("poll", "brake", ...), ``since`` (aware) is when it began: the
    same trouble is mailed once. ``what`` and ``mend`` are for people.
    """
    to = settings.secretariat.address
    if not to:
        return None
    words = texts(settings).render(
        "alarm",
        {
            **event_facts(None, settings),
            "greeting_name": "",
            "what": what,
            "mend": mend,
            "since": local_text(since, settings.zone, settings.language),
        },
    )
    return Mail(
        key=f"alarm/{kind}/{since:%Y%m%dT%H%M%S}/{to.lower()}",
        kind="alarm",
        to=Address(to),
        sender=replies_from(None, None, settings),
        subject=words.subject,
        text=words.text,
        html=words.html,
    )
