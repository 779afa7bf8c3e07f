"""The message inside a forwarded mail, where it is typed out in the text."""

from __future__ import annotations

import email.utils
import re
from dataclasses import replace
from datetime import UTC, datetime

from mailbot.domain.document import Block, Paragraph
from mailbot.domain.message import Address, Message
from mailbot.message.headers import address
from mailbot.message.quoting import header_at, is_forward_marker, marked

_SUBJECT = re.compile(r"\W*(fwd?|doorst|doorgestuurd|tr|wg|i|rv)\s*:\s*", re.I)
_MONTHS = (
    ("jan",), ("feb", "fév", "fev"), ("mrt", "maa", "mar"), ("apr", "avr"), ("mei", "may", "mai"),
    ("jun", "juin"), ("jul", "juil"), ("aug", "aoû", "aou"), ("sep",), ("okt", "oct"), ("nov",),
    ("dec", "déc", "dez"),
)  # fmt: skip
_DEEPEST = 5
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")


def is_forward_subject(subject: str) -> bool:
    """Whether a subject says that a mail was passed on ("FW:", "Fwd:", "Doorst:", "TR:", "WG:")."""
    return bool(_SUBJECT.match(subject))


def forwarded_inline(subject: str, blocks: tuple[Block, ...], depth: int = 1) -> Message | None:
    """The mail whose header is typed out in the text, where a marker or the subject says it was
    forwarded; else None. ``blocks`` are as read, before quotes in words are marked. It may itself
    pass another on.

    Its attachments belong to the mail outside. A date without a zone is taken as UTC.
    """
    announced = is_forward_subject(subject)
    since_marker = 99
    for index, block in enumerate(blocks[:2000]):
        if not isinstance(block, Paragraph) or not block.text.strip():
            continue
        since_marker += 1
        if is_forward_marker(block.text):
            since_marker = 0
            continue
        found = header_at(blocks, index)
        if found is None:
            continue
        if not announced and since_marker > 2:
            return None  # a reply that quotes
        length, fields = found
        quote = block.quote
        inner = tuple(
            replace(b, quote=max(b.quote - quote, 0)) for b in blocks[index + length :] if b.quote >= quote
        )
        return Message(
            message_id="",
            sender=_sender(fields.get("from", "")),
            subject=fields.get("subject", ""),
            date=_date(fields.get("date", "")),
            body=marked(inner),
            forwarded=forwarded_inline(fields.get("subject", ""), inner, depth + 1)
            if depth < _DEEPEST
            else None,
        )
    return None


def _sender(text: str) -> Address:
    text = re.sub(r"\[?mailto:", "<", text).replace("]", "")
    found = _ADDRESS.search(text)
    if not found:
        return Address("", re.sub(r"<.*", "", text).strip(" *\"'"))
    name = text[: found.start()].strip(" *\"'<[(")
    return address(name, found[0])


def _date(text: str) -> datetime | None:
    """A date as mail programs type it out, in four languages; None where it cannot be told."""
    try:
        when = email.utils.parsedate_to_datetime(text)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    clock = re.search(r"\b(\d{1,2})[:u.h](\d{2})(?::\d{2})?\s*([ap]\.?m\b)?", text, re.I)
    hour, minute = (int(clock[1]), int(clock[2])) if clock else (0, 0)
    if clock and clock[3]:
        hour = hour % 12 + (12 if clock[3].lower().startswith("p") else 0)
    day = month = year = 0
    if numbers := re.search(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b", text):
        day, month, year = int(numbers[1]), int(numbers[2]), int(numbers[3])
    elif numbers := re.search(r"\b(\d{4})-(\d{2})-(\d{2})\b", text):
        year, month, day = int(numbers[1]), int(numbers[2]), int(numbers[3])
    elif words := re.search(r"\b(\d{1,2})\.?\s+(?:de\s+)?([a-zûéä]{3,10})\.?,?\s+(\d{4})\b", text, re.I):
        day, month, year = int(words[1]), _month(words[2]), int(words[3])
    elif words := re.search(r"\b([a-z]{3,10})\.?\s+(\d{1,2}),?\s+(\d{4})\b", text, re.I):
        day, month, year = int(words[2]), _month(words[1]), int(words[3])
    try:
        return datetime(year, month, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None


def _month(word: str) -> int:
    return next((n for n, starts in enumerate(_MONTHS, 1) if word.lower().startswith(starts)), 0)
