"""Mails for the tests, as their bytes would arrive."""

from __future__ import annotations

from mailbot.domain.message import Message
from mailbot.message import parse

OWN = frozenset({"in@vvsg.example"})


def mail(
    text: str = "Dag,\nik kom graag.",
    subject: str = "Inschrijving",
    sender: str = "Jan Peeters <jan@brugge.example>",
    headers: str = "",
    kind: str = "text/plain; charset=utf-8",
) -> bytes:
    """A mail of one part; ``headers`` are more header lines."""
    head = f"From: {sender}\nTo: in@vvsg.example\nSubject: {subject}\nMessage-ID: <1@brugge.example>\n"
    more = headers.strip("\n") + "\n" if headers else ""
    return f"{head}{more}MIME-Version: 1.0\nContent-Type: {kind}\n\n{text}\n".encode()


def multipart(
    parts: list[str], subtype: str = "mixed", headers: str = "", subject: str = "Inschrijving"
) -> bytes:
    """A mail of several parts, each given with its own header lines."""
    body = "".join(f"--GRENS\n{part}\n" for part in parts) + "--GRENS--"
    return mail(body, subject=subject, headers=headers, kind=f'multipart/{subtype}; boundary="GRENS"')


def parsed(raw: bytes, authserv_id: str = "") -> Message:
    """The message in these bytes, as mailbot's own mailbox reads it."""
    return parse(raw, OWN, authserv_id)


def own_text(message: Message) -> list[str]:
    """The lines the sender wrote themselves, without signature."""
    return [b.text for b in message.body if b.quote == 0 and not getattr(b, "signature", False)]
