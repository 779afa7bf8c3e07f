"""Bytes of a mail → ``Message``: who sent it, when, which parts, and whether a machine sent it."""

from __future__ import annotations

import hashlib

from mailbot.domain.message import Address, Message
from mailbot.message.assemble import understood
from mailbot.message.mime import content

__all__ = ["parse"]


def parse(raw: bytes, own_addresses: frozenset[str], authserv_id: str = "") -> Message:
    """The message in ``raw``, as received (RFC 5322 with or without flaws). Never raises.

    ``own_addresses`` are mailbot's own, lower case: mail from them is automatic.
    ``authserv_id`` is the server whose ``Authentication-Results`` are believed. What cannot be
    parsed at all gives a message without sender, text or parts. Times are in UTC.
    """
    try:
        return understood(content(raw), own_addresses, authserv_id)
    except Exception:  # noqa: BLE001  strangers' bytes in foreign parsers: whatever they do, the mail stays
        return Message("", Address(""), "", None, digest=hashlib.sha256(raw).hexdigest())
