"""Which mails of ours a message answers: by Message-ID, else by sender, subject and quoted text.

Relays give what they send a Message-ID of their own, and programs drop ``In-Reply-To``. Only a
Message-ID of ours proves that somebody saw our mail: what is found otherwise says which registration
may be meant, and gives no right (``DecisionContext.answers_mail_to``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from mailbot.domain.message import Message
from mailbot.storage.mentions import nrs_in
from mailbot.storage.schema.tables import mail, message
from mailbot.storage.serialization import MAIL
from mailbot.text.normalize import letters, plain

#: Who answers later than this writes a mail of its own.
_WITHIN = timedelta(days=90)
#: How many of our last mails to somebody are looked at.
_LAST = 20
#: So many lines of ours, as long as this, are no chance.
_LINES, _LONG = 2, 25
_PREFIX = re.compile(
    r"\s*(?:(?:re|aw|antw|antwoord|ref|sv|rif|odp|fwd?|fw|tr|wg|doorst|betr)\s*(?:\[\d+\])?\s*:\s*)+", re.I
)
_KNOWN_MAILS = sa.select(sa.func.count()).where(mail.c.message_id.in_(sa.bindparam("ids", expanding=True)))
_KNOWN_MESSAGES = sa.select(sa.func.count()).where(
    message.c.message_id.in_(sa.bindparam("ids", expanding=True)), message.c.copy_of.is_(None)
)
_SENT_TO = (
    sa.select(mail.c.message_id, mail.c.data)
    .where(mail.c.recipient == sa.bindparam("recipient"), mail.c.made_at > sa.bindparam("since"))
    .order_by(mail.c.made_at.desc(), mail.c.id.desc())
    .limit(_LAST)
)


def thread_of(tx: sa.Connection, content: Message, now: datetime) -> tuple[str, ...]:
    """The Message-IDs of the thread that a message is in, nearest first: those that it names, where the
    ledger knows any; else that of the last mail of ours to this very sender whose text it quotes, or whose
    subject or reference it answers, where no other such mail was about somebody else. ``now`` is aware."""
    named = content.thread
    if named and any(tx.scalar(known, {"ids": list(named)}) for known in (_KNOWN_MAILS, _KNOWN_MESSAGES)):
        return named
    ours = _answered(tx, content, now)
    return (ours, *named) if ours else named


def _answered(tx: sa.Connection, content: Message, now: datetime) -> str:
    """The Message-ID of the mail of ours that a message answers by what it quotes or is called; else ""."""
    sender = content.sender.email.lower()
    answers = _PREFIX.match(content.subject)
    subject = letters(_PREFIX.sub("", content.subject)) if answers else ""
    numbers = {*nrs_in(content.subject)} if answers else set()
    quoted = _long_lines(block.text for block in content.body if block.quote)
    if not sender or not (subject or quoted):
        return ""
    alike: dict[str, tuple[str, ...]] = {}
    referred: dict[str, tuple[str, ...]] = {}
    for message_id, data in tx.execute(_SENT_TO, {"recipient": sender, "since": now - _WITHIN}):
        ours = MAIL.validate_json(data)
        if len(quoted & _long_lines([ours.text])) >= _LINES:
            return str(message_id)
        if ours.nrs and subject and subject == letters(_PREFIX.sub("", ours.subject)):
            alike[message_id] = ours.nrs
        elif ours.nrs and {*ours.nrs} == numbers:
            referred[message_id] = ours.nrs
    found = alike or referred
    # of mails about several people, which is meant is anybody's guess
    return next(iter(found)) if len(set(found.values())) == 1 else ""


def _long_lines(texts: Iterable[str]) -> set[str]:
    lines = (plain(line).strip("> ") for text in texts for line in text.splitlines()[:500])
    return {line for line in lines if len(line) >= _LONG}
