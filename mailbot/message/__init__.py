"""Bytes of a mail → ``Message``: who, when, which parts, was it a machine."""

from __future__ import annotations

import email.message
import hashlib
from dataclasses import replace

from mailbot.message import automatic as verdicts
from mailbot.message.authentication import verdict
from mailbot.message.body import attachments, text_blocks
from mailbot.message.bounce import is_bounce, read_bounce
from mailbot.message.calendar_reply import calendar_reply
from mailbot.message.digest import digest
from mailbot.message.forwarded import forwarded_inline
from mailbot.message.headers import Headers
from mailbot.message.mime import Leaf, leaves, open_message
from mailbot.message.quotes import marked
from mailbot.model import Address, Block, Message, Part, Verdict

__all__ = ["parse"]

_MAX_NESTING = 4


def parse(raw: bytes, own_addresses: frozenset[str], authserv_id: str = "") -> Message:
    """The message in ``raw``, as received (RFC 5322 with or without flaws). Never raises.

    ``own_addresses`` are mailbot's own, lower case: mail from them is automatic.
    ``authserv_id`` is the server whose ``Authentication-Results`` are believed. What cannot be
    parsed at all gives a message without sender, text or parts. Times are in UTC.
    """
    try:
        return _message(open_message(raw), own_addresses, authserv_id, 0)
    except Exception:  # noqa: BLE001  bytes of strangers through foreign parsers: whatever they do, the mail stays
        return Message("", Address(""), "", None, digest=hashlib.sha256(raw).hexdigest())


def _message(
    mime: email.message.Message, own_addresses: frozenset[str], authserv_id: str, nesting: int
) -> Message:
    headers = Headers(mime)
    parts = list(leaves(mime))
    senders = headers.addresses("from") or headers.addresses("sender")
    sender = senders[0] if senders else Address("")
    subject = headers.get("subject")
    as_read = text_blocks(parts)
    body = marked(as_read)
    reply = calendar_reply(parts)
    bounced = is_bounce(headers, parts, sender.email, subject)
    files = () if bounced else attachments(parts)
    inner = None
    if not bounced:
        nested, files = _nested(parts, files, own_addresses, nesting)
        inner = nested or forwarded_inline(subject, as_read)
    trusted = verdict(headers.all("authentication-results"), authserv_id, sender.email)
    if len(headers.all("from")) > 1 or len(senders) > 1:
        trusted = Verdict.FAIL  # which of them would be the sender is anybody's guess
    automatic = (
        "niet bezorgde mail"
        if bounced
        else verdicts.automatic(headers, parts, sender.email, subject, own_words(body), own_addresses, reply)
    )
    if not automatic and verdicts.is_list(headers) and not files and not inner:
        automatic = "mailinglijst"
    reply_to = headers.addresses("reply-to")
    return Message(
        message_id=next(iter(headers.message_ids("message-id")), ""),
        sender=sender,
        subject=subject,
        date=headers.date(),
        to=headers.addresses("to"),
        cc=headers.addresses("cc"),
        reply_to=reply_to[0] if reply_to else None,
        in_reply_to=headers.message_ids("in-reply-to"),
        references=headers.message_ids("references"),
        body=body,
        parts=files,
        digest=digest(parts),
        automatic=automatic,
        no_answer=verdicts.no_answer(headers, sender.email),
        authentication=trusted,
        calendar_reply=reply,
        bounce=read_bounce(headers, parts, body) if bounced else None,
        forwarded=inner,
        delivered_to=_delivered_to(headers),
    )


def own_words(body: tuple[Block, ...]) -> str:
    """What the sender wrote themselves, a line each: no quotes, no signature."""
    return "\n".join(
        block.text for block in body if block.quote == 0 and not getattr(block, "signature", False)
    )


def _nested(
    parts: list[Leaf], files: tuple[Part, ...], own_addresses: frozenset[str], nesting: int
) -> tuple[Message | None, tuple[Part, ...]]:
    """The one message inside; where there are several, they stay files."""
    inside = [leaf for leaf in parts if leaf.nested is not None]
    if len(inside) == 1 and inside[0].nested is not None and nesting < _MAX_NESTING:
        inner = _message(inside[0].nested, own_addresses, "", nesting + 1)
        return replace(inner, authentication=Verdict.NONE), files
    return None, (*files, *(Part(leaf.name or "bericht.eml", "message/rfc822", leaf.data) for leaf in inside))


def _delivered_to(headers: Headers) -> tuple[str, ...]:
    """Every address of ours that this may have come in by, sub-addresses kept, nearest first."""
    names = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc", "resent-to")
    return tuple(dict.fromkeys(one.email.lower() for name in names for one in headers.addresses(name)))
