"""A mail of ours that could not be delivered: notifications by RFC 3464, and what servers sent before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.domain.document import Block
from mailbot.domain.message import Bounce
from mailbot.message.headers import Headers
from mailbot.message.mime import Leaf

_STATUS = ("message/delivery-status", "message/global-delivery-status")
_RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers")
_DAEMON = re.compile(r"^(mail(er)?-?daemon|mdaemon|microsoftexchange[0-9a-f]{10,})@", re.I)
_POSTMASTER = re.compile(r"^(postmaster|mail-noreply)@", re.I)
_SUBJECT = re.compile(
    r"undeliver|delivery (status notification|failure|failed|has failed)|returned mail"
    r"|mail delivery (failed|system)"
    r"|failure notice|onbestelbaar|niet (bezorgd|bestelbaar|afgeleverd)|non remis|unzustellbar"
    r"|delivery incomplete"
    r"|message not delivered|niet-bezorgd|échec de la remise|non.?delivery"
    r"|(postvak|mailbox)( is)? (vol|full)|boîte (aux lettres )?pleine|over quota",
    re.I,
)
#: No person begins a subject like this, whoever the sender claims to be.
_PLAIN_SUBJECT = re.compile(
    r"\W*(undeliver(able|ed)( mail)?( returned to sender)?\s*(:|$)|returned mail\b"
    r"|mail could not be delivered\b"
    r"|(mail )?delivery (status notification|failure|failed|subsystem|warning)\b|failure notice\W*$"
    r"|mail delivery system\b|(onbestelbaar|unzustellbar|non remis)\s*:)",
    re.I,
)
_STILL_TRYING = re.compile(
    r"delay|still being retried|could not send message for|vertraagd|retardé|verzögert", re.I
)
_FIELD = re.compile(
    r"^(final-recipient|original-recipient|action|status|diagnostic-code)\s*:\s*(.*)$", re.I | re.M
)
#: Actions that are no failure (RFC 3464, 2.3.3). Anything else is one: servers invent words for failures.
_NO_FAILURE = re.compile(r"delayed|delivered|relayed|expanded", re.I)
_MESSAGE_ID = re.compile(r"^message-id\s*:\s*(<[^<>\s]+>)", re.I | re.M)
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")


def is_bounce(headers: Headers, leaves: Sequence[Leaf], sender: str, subject: str) -> bool:
    """Whether a mail server wrote this because a mail could not be delivered."""
    if any(leaf.media_type in _STATUS for leaf in leaves):
        return True
    if headers.has("x-failed-recipients") or _PLAIN_SUBJECT.match(subject):
        return True
    null_path = headers.get("return-path") == "<>"
    if _DAEMON.match(sender):
        return True
    return bool((_POSTMASTER.match(sender) or null_path) and _SUBJECT.search(subject))


def has_failed(leaves: Sequence[Leaf], subject: str) -> bool:
    """Whether a mail server gave up. It may also report that it is still trying, or that it delivered."""
    actions = [found[2] for found in _FIELD.finditer(_status(leaves)) if found[1].lower() == "action"]
    if actions:
        return not all(map(_NO_FAILURE.match, actions))
    return not _STILL_TRYING.search(subject)


def read_bounce(headers: Headers, leaves: Sequence[Leaf], body: tuple[Block, ...]) -> Bounce:
    """The Message-ID of the mail that came back, and who could not be reached; empty where the
    bounce does not say."""
    fields = _of_failure(leaves)
    returned = "\n".join(leaf.text[:50_000] for leaf in leaves if leaf.media_type in _RETURNED)
    shown = "\n".join(block.text for block in body[:300])[:30_000]
    ids = _MESSAGE_ID.search(returned) or _MESSAGE_ID.search(shown)
    references = (*headers.message_ids("in-reply-to"), *reversed(headers.message_ids("references")))
    recipient = fields.get("original-recipient") or fields.get("final-recipient") or ""
    recipient = recipient.partition(";")[2].strip() or recipient or headers.get("x-failed-recipients")
    address = _ADDRESS.search(recipient) or _ADDRESS.search(shown)
    return Bounce(
        message_id=ids[1] if ids else (references[0] if references else ""),
        recipient=address[0].lower() if address else "",
        reason=(fields.get("diagnostic-code") or fields.get("status") or "")[:300],
    )


def _of_failure(leaves: Sequence[Leaf]) -> dict[str, str]:
    """What the report says of the first recipient who could not be reached; of the last, where it says that
    of none."""
    fields: dict[str, str] = {}
    for recipient_fields in re.split(r"\n\s*\n", _status(leaves)):
        fields = {found[1].lower(): found[2].strip() for found in _FIELD.finditer(recipient_fields)} or fields
        if not _NO_FAILURE.match(fields.get("action", "delayed")):
            break
    return fields


def _status(leaves: Sequence[Leaf]) -> str:
    return "\n\n".join(leaf.text[:20_000] for leaf in leaves if leaf.media_type in _STATUS)
