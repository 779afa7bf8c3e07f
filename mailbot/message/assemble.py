"""The parts of a message → ``Message``: everything that is concluded from headers and parts, in one place."""

from __future__ import annotations

import re
from dataclasses import replace

from mailbot.domain.document import Block, Paragraph, Part
from mailbot.domain.message import Address, MachineSign, Message, Verdict
from mailbot.message import address_list, tnef
from mailbot.message import auto_reply as verdicts
from mailbot.message.authentication import verdict
from mailbot.message.body import attachments, text_blocks
from mailbot.message.bounce import has_failed, is_bounce, read_bounce
from mailbot.message.calendar_reply import calendar_reply, own_body
from mailbot.message.fingerprint import digest
from mailbot.message.forwarded import forwarded_inline
from mailbot.message.headers import Headers, decoded
from mailbot.message.mime import Leaf, PartContent
from mailbot.message.placeholders import stands_for_a_mail
from mailbot.message.quoting import marked
from mailbot.message.stand_in import author_beside, stand_in


def understood(content: PartContent, own_addresses: frozenset[str], authserv_id: str = "") -> Message:
    """The message with all that can be said of it. Arguments as for ``parse``."""
    headers = content.headers
    leaves = tnef.unwrapped(content.leaves)
    senders = headers.addresses("from") or headers.addresses("sender")
    sender = senders[0] if senders else Address("")
    subject = headers.get("subject")
    blocks = text_blocks(leaves)
    body = marked(blocks)
    reply = calendar_reply(leaves, body, subject)
    body = own_body(reply, body)
    bounced = is_bounce(headers, leaves, sender.email, subject)
    files, inner = ((), None) if bounced else _files_and_inner(leaves, own_addresses)
    if not bounced and inner is None:
        inner = forwarded_inline(subject, blocks)
    failed = bounced and has_failed(leaves, subject)
    if bounced:
        automatic = MachineSign.UNDELIVERED if failed else MachineSign.MAIL_SERVER
    else:
        brings = inner is not None or any(not part.media_type.startswith("image/") for part in files)
        words = _own_words(body)
        automatic = verdicts.automatic(
            headers, leaves, sender.email, subject, words, own_addresses, reply, brings_files=brings
        )
        if not automatic and verdicts.is_list(headers, own_addresses) and not files and not inner:
            automatic = MachineSign.LIST
    received_by, received_at = headers.handed_over()
    return Message(
        message_id=next(iter(headers.message_ids("message-id")), ""),
        sender=sender,
        subject=subject,
        date=headers.date(),
        to=headers.addresses("to"),
        cc=headers.addresses("cc"),
        reply_to=author_beside(headers, sender),
        stands_in=stand_in(headers, sender),
        in_reply_to=headers.message_ids("in-reply-to"),
        references=headers.message_ids("references"),
        body=body,
        parts=files,
        digest=digest(content.leaves),
        automatic=automatic,
        no_answer=verdicts.no_answer(headers, sender.email, own_addresses),
        authentication=_authenticated(headers, senders, authserv_id),
        calendar_reply=reply,
        bounce=read_bounce(headers, leaves, body) if failed else None,
        forwarded=inner,
        delivered_to=_delivered_to(headers),
        received_by=received_by,
        received_at=received_at,
        not_given=stands_for_a_mail(headers, "\n".join(block.text for block in blocks[:50])),
    )


def _authenticated(headers: Headers, senders: tuple[Address, ...], authserv_id: str) -> Verdict:
    """What our server says of the sender; a failure where From names several, of whom nobody knows which."""
    if _is_anybodys_guess(headers, senders):
        return Verdict.FAIL  # which of them would be the sender, or nobody checked it
    sender = senders[0].email if senders else ""
    return verdict(headers.undecoded("authentication-results"), authserv_id, sender)


#: What is no address in a From field; an address with two "@", or a route before it.
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_TWO_DOMAINS = re.compile(r"@[^\s<>,;@]*@")


def _is_anybodys_guess(headers: Headers, senders: tuple[Address, ...]) -> bool:
    """Whether From may be read in two ways: our server may have checked another domain than we read, and a
    person who looks at it may read the address in a comment or a display name."""
    fields = headers.undecoded("from")
    several = len(fields) > 1 or len(senders) > 1
    beside = bool(senders) and any(address_list.beside(field, decoded) for field in fields)
    twice = any(_TWO_DOMAINS.search(_QUOTED.sub("", field)) for field in fields)
    # a letter beyond ASCII whose small one is within it (the Kelvin sign is a "k") makes two addresses one
    folds = any(not one.email.isascii() and one.email.lower().isascii() for one in senders)
    return several or beside or twice or folds or (bool(senders) and not headers.addresses("from"))


def _own_words(body: tuple[Block, ...]) -> str:
    """The text outside quotes and signatures: its paragraphs, or its tables where there are none,
    because some mail programs lay out a whole mail as a table."""
    own = [block for block in body if block.quote == 0]
    lines = [block.text for block in own if isinstance(block, Paragraph) and not block.signature]
    return "\n".join(lines or [block.text for block in own])


def _files_and_inner(
    leaves: tuple[Leaf, ...], own_addresses: frozenset[str]
) -> tuple[tuple[Part, ...], Message | None]:
    """The attachments, and the one message inside; where there are several, they stay files."""
    files = attachments(leaves)
    inside = [leaf for leaf in leaves if leaf.nested is not None]
    if len(inside) == 1 and inside[0].nested is not None:
        inner = understood(inside[0].nested, own_addresses)
        return files, replace(inner, authentication=Verdict.NONE)
    mails = [leaf for leaf in leaves if leaf.media_type in ("message/rfc822", "message/global")]
    return (*files, *(Part(leaf.name or "bericht.eml", "message/rfc822", leaf.data) for leaf in mails)), None


def _delivered_to(headers: Headers) -> tuple[str, ...]:
    """Every address that this mail may have been delivered to, nearest to our mailbox first; sub-addresses
    ("name+tag") are kept."""
    names = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc", "resent-to")
    return tuple(dict.fromkeys(one.email.lower() for name in names for one in headers.addresses(name)))
