"""What somebody's calendar answers to an invitation: iTIP REPLY (RFC 5546)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.domain.message import CalendarReply
from mailbot.message.mime import Leaf

_UNFOLD = re.compile(r"\r?\n[ \t]")


def calendar_reply(leaves: Sequence[Leaf]) -> CalendarReply | None:
    """The first calendar reply among the parts, or None. Only ``METHOD:REPLY`` counts."""
    for leaf in leaves:
        if leaf.media_type in ("text/calendar", "application/ics") and (found := _read(leaf.text[:100_000])):
            return found
    return None


def _read(text: str) -> CalendarReply | None:
    method = uid = attendee = partstat = ""
    for line in _UNFOLD.sub("", text).splitlines():
        name, _, value = _content_line(line)
        key, _, parameters = name.partition(";")
        key = key.strip().upper()
        if key == "METHOD":
            method = value.strip().upper()
        elif key == "UID" and not uid:
            uid = value.strip()
        elif key == "ATTENDEE" and not attendee:
            attendee = re.sub(r"^mailto:", "", value.strip(), flags=re.I)
            found = re.search(r"(?:^|;)\s*PARTSTAT\s*=\s*\"?([A-Z-]+)", parameters, re.I)
            partstat = found[1].upper() if found else ""
    return CalendarReply(uid, attendee, partstat) if method == "REPLY" and uid and partstat else None


def _content_line(line: str) -> tuple[str, str, str]:
    """A content line cut at the first colon outside quotes (RFC 5545, 3.1)."""
    quoted = False
    for index, char in enumerate(line):
        if char == '"':
            quoted = not quoted
        elif char == ":" and not quoted:
            return line[:index], ":", line[index + 1 :]
    return line, "", ""
