"""What somebody's calendar answers to an invitation: iTIP REPLY (RFC 5546), and the words beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mailbot.domain.document import Block, Location, Paragraph, Span, Unit
from mailbot.domain.message import CalendarReply
from mailbot.message.mime import Leaf
from mailbot.text.normalize import plain

_UNFOLD = re.compile(r"\r?\n[ \t]")
_ESCAPED = re.compile(r"\\([nN\\;,])")
_WHERE = Location().at(Unit.MAIL)
#: From such a line on, everything is text that the calendar wrote.
_PROGRAM = re.compile(r"google (?:calendar|agenda)|microsoft teams|outlook\.com/calendar|^_{5,}$|^~+")
#: A line that calendars write to say what was answered (nl, fr, en).
_ANSWER = (
    r"geaccepteerd|aanvaard|geweigerd|afgewezen|afgeslagen|voorlopig\w*|accepted|declined|tentative\w*"
    r"|accepte|refuse|decline|provisoire\w*"
)
_ANSWERED = re.compile(
    rf"(?=.{{0,120}}\b(?:{_ANSWER})\b)(?=.{{0,120}}\b(?:uitnodiging|invitation|vergadering|meeting|event|afspraak|reunion"
    r"|evenement|gebeurtenis)\b).{1,80} (?:heeft|hebt|has|have|a) .{1,120}"
    r"|.{1,80} (?:heeft|hebt|has|a) (?:geantwoord|gereageerd|responded|replied|repondu)\b.{0,80}"
    rf"|(?:{_ANSWER})\s*:.*"
)
_LONGEST = 100_000
#: The answer of somebody who proposes another time.
COUNTER = "COUNTER"


@dataclass
class _Entry:
    """The lines of an entry that are looked at; ``attendees`` are address and parameters."""

    method: str = ""
    uid: str = ""
    others: dict[str, None] = field(default_factory=dict)  # a set in order: an entry may hold thousands
    comment: str = ""
    attendees: list[tuple[str, str]] = field(default_factory=list)
    own_text: list[str] = field(default_factory=list)


def calendar_reply(leaves: Sequence[Leaf], body: Sequence[Block], subject: str) -> CalendarReply | None:
    """The first calendar reply among the parts, or None: a ``METHOD:REPLY``, or a ``METHOD:COUNTER``, which
    proposes another moment and has that for its answer, whatever else it says. ``body`` is the
    mail's text, in which words may stand beside it."""
    for leaf in leaves:
        if leaf.media_type not in ("text/calendar", "application/ics"):
            continue
        entry = _read(leaf.text[:_LONGEST])
        if entry.method in ("REPLY", COUNTER) and entry.uid and (found := _reply(entry)):
            attendee, partstat, parameters = found
            words = _words(entry, body, subject)
            return CalendarReply(
                entry.uid,
                attendee,
                COUNTER if entry.method == COUNTER else partstat,
                _address(_parameter(parameters, "SENT-BY")),
                _address(_parameter(parameters, "DELEGATED-TO")),
                "\n".join(words),
                tuple(entry.others),
            )
    return None


def own_body(reply: CalendarReply | None, body: tuple[Block, ...]) -> tuple[Block, ...]:
    """The text of a mail with a calendar reply: the words of its sender alone."""
    if reply is None:
        return body
    quoted = tuple(block for block in body if block.quote)
    said = reply.words.splitlines()
    own = (Paragraph((Span(line),), _WHERE.at(Unit.LINE, n)) for n, line in enumerate(said, 1))
    return (*own, *quoted)


def _words(entry: _Entry, body: Sequence[Block], subject: str) -> list[str]:
    """What a person wrote: the COMMENT, and the lines of the mail that are not the calendar's own text."""
    theirs = {plain(subject), *entry.own_text} - {""}
    words = [line.strip() for line in entry.comment.splitlines() if line.strip()]
    for block in body:
        if block.quote or (isinstance(block, Paragraph) and block.signature):
            continue
        for line in block.text.splitlines():
            said = plain(line)
            if _PROGRAM.search(said):
                return words
            if said and said not in theirs and not _ANSWERED.fullmatch(said) and line.strip() not in words:
                words.append(line.strip())
    return words


def _reply(entry: _Entry) -> tuple[str, str, str] | None:
    """The address that answers, its answer, and its parameters. Of several attendees the one who
    delegates goes before the one delegated to."""
    answers = [(who, _parameter(said, "PARTSTAT").upper(), said) for who, said in entry.attendees]
    told = [one for one in answers if one[1]]
    return next((one for one in told if one[1] == "DELEGATED"), told[0] if told else None)


def _read(text: str) -> _Entry:
    entry = _Entry()
    for line in _UNFOLD.sub("", text).splitlines():
        name, _, value = _content_line(line)
        key, _, parameters = name.partition(";")
        key, value = key.strip().upper(), value.strip()
        if key == "METHOD":
            entry.method = value.upper()
        elif key == "UID":
            entry.uid = entry.uid or value
            if value not in (entry.uid, ""):
                entry.others[value] = None
        elif key == "ATTENDEE":
            entry.attendees.append((_address(value), parameters))
        elif key == "COMMENT":
            entry.comment += _unescaped(value) + "\n"
        elif key in ("SUMMARY", "LOCATION", "DESCRIPTION"):
            entry.own_text += [plain(one) for one in _unescaped(value).splitlines()]
    return entry


def _parameter(parameters: str, name: str) -> str:
    found = re.search(rf"(?:^|;)\s*{name}\s*=\s*(?:\"([^\"]*)\"|([^;:\"]*))", parameters, re.I)
    return (found[1] or found[2] or "").strip() if found else ""


def _address(value: str) -> str:
    return re.sub(r"^mailto:", "", value.strip(), flags=re.I)


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda one: "\n" if one[1] in "nN" else one[1], value)


def _content_line(line: str) -> tuple[str, str, str]:
    """A content line cut at the first colon outside quotes (RFC 5545, 3.1)."""
    quoted = False
    for index, char in enumerate(line):
        if char == '"':
            quoted = not quoted
        elif char == ":" and not quoted:
            return line[:index], ":", line[index + 1 :]
    return line, "", ""
