"""A mail of ours as the bytes that travel (RFC 5322, MIME)."""

from __future__ import annotations

import re
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from mailbot.model import Address, Mail

_MESSAGE_ID = re.compile(r"<[^<>\s@]+@[^<>\s@]+>")


def render(mail: Mail, now: datetime) -> bytes:
    """The whole message with CRLF line ends; ``now`` (aware, in the zone to be shown) is its
    Date.

    Nothing in ``mail`` can add a header: line breaks and control characters become a space.
    Raises ``ValueError`` where an address is no address.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(mail.sender)
    message["To"] = _address(mail.to)
    message["Subject"] = _plain(mail.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = mail.message_id
    if answered := _MESSAGE_ID.search(mail.in_reply_to):
        message["In-Reply-To"] = answered[0]
    if references := _MESSAGE_ID.findall(" ".join(mail.references)):
        message["References"] = " ".join(references)
    message["Auto-Submitted"] = "auto-replied" if mail.outcome else "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if mail.outcome:
        message["X-Mailbot-Outcome"] = str(mail.outcome)
    _fill(message, mail)
    return message.as_bytes()


def _fill(message: EmailMessage, mail: Mail) -> None:
    """Text and HTML as alternatives, the invitation as the last of them (so Outlook shows its
    buttons), and files after them."""
    message.set_content(mail.text, cte="quoted-printable")
    if mail.html:
        message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    if mail.calendar:
        method = {"method": mail.calendar_method}  # must equal the METHOD line (RFC 6047 §2.4)
        message.add_alternative(mail.calendar, subtype="calendar", cte="base64", params=method)
    for attachment in mail.attachments:
        main, _, sub = attachment.media_type.partition("/")
        message.add_attachment(
            attachment.data,
            maintype=main,
            subtype=sub or "octet-stream",
            filename=_plain(attachment.name),
        )


def _address(address: Address) -> HeaderAddress:
    try:
        return HeaderAddress(display_name=_plain(address.name), addr_spec=_plain(address.email))
    except (HeaderParseError, IndexError):  # the parser's own ways to say that it is none
        raise ValueError("the address is no mail address") from None


def _plain(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+", " ", text).strip()
