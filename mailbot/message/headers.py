"""Header fields as people wrote them: decoded, unfolded, bounded.

Parsed in compat32 form and decoded here, because the standard library's newer policy raises on
real mail, and mail-parser keeps line ends in folded subjects.
"""

from __future__ import annotations

import base64
import binascii
import email.message
import email.utils
import quopri
import re
from datetime import UTC, datetime

from mailbot.domain.message import Address
from mailbot.message import address_list
from mailbot.message.address_list import ENCODED
from mailbot.text import charsets
from mailbot.text.characters import TURNING

_MAX_VALUE = 20_000
_MAX_ADDRESSES = 500

_BETWEEN_ENCODED = re.compile(r"(\?=)\s+(?==\?[\w.:+*-]{1,60}\?[bBqQ]\?)")
_MESSAGE_ID = re.compile(r"<[^<>]{1,900}>")
_BY = re.compile(r"\bby\s+([^\s;()]{1,255})", re.I)
_ONE_LINE = re.compile(r"[\x00-\x20\x7f\x85\u2028\u2029]+")


class Headers:
    """The header fields of one message or part, by lower-case name, raw and decoded."""

    def __init__(self, part: email.message.Message) -> None:
        self._raw: dict[str, list[str]] = {}
        for name, value in part.raw_items():
            self._raw.setdefault(name.strip().lower(), []).append(str(value)[:_MAX_VALUE])

    def all(self, name: str) -> list[str]:
        """Every field of that name, decoded and on one line, topmost first."""
        return [decoded(value) for value in self._raw.get(name, ())]

    def undecoded(self, name: str) -> list[str]:
        """Every field of that name on one line, topmost first, encoded words not decoded: for fields
        where a word counts only if it stands there literally."""
        return [_unfolded(value) for value in self._raw.get(name, ())]

    def get(self, name: str) -> str:
        """The topmost field of that name, decoded and on one line; empty where there is none."""
        values = self._raw.get(name)
        return decoded(values[0]) if values else ""

    def has(self, name: str) -> bool:
        """Whether there is a field of that name."""
        return name in self._raw

    def addresses(self, *names: str) -> tuple[Address, ...]:
        """The mailboxes in all fields of these names, in order, none twice."""
        raw = [_unfolded(value) for name in names for value in self._raw.get(name, ())]
        pairs = [pair for value in raw for pair in address_list.addresses(value, decoded)]
        found = [address(decoded(name), mail) for name, mail in pairs[:_MAX_ADDRESSES]]
        return tuple({a.email.lower(): a for a in reversed(found) if "@" in a.email}.values())[::-1]

    def message_ids(self, name: str) -> tuple[str, ...]:
        """The Message-IDs in the fields of a name, in angle brackets, in order, none twice."""
        value = " ".join(map(decoded, self._raw.get(name, ())))
        found = [re.sub(r"\s+", "", one) for one in _MESSAGE_ID.findall(value)]
        if not found and value and "@" in value:
            found = [f"<{value.split()[0].strip('<>')}>"]
        return tuple(dict.fromkeys(found[-200:]))

    def date(self, name: str = "date") -> datetime | None:
        """The date of a field in UTC (one without a zone is taken as UTC), or None."""
        return _moment(self.get(name))

    def handed_over(self) -> tuple[str, datetime | None]:
        """The host that the topmost ``Received`` is by (lower case; empty for none), and its time."""
        newest = next(iter(self.undecoded("received")), "")
        by = _BY.search(newest)
        return (by[1].lower() if by else ""), _moment(newest.rpartition(";")[2])


def _moment(text: str) -> datetime | None:
    """A date of RFC 5322 in UTC (one without a zone is taken as UTC), or None."""
    try:
        when = email.utils.parsedate_to_datetime(text[:200])
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None


def address(name: str, mail: str) -> Address:
    """An address with its domain in lower case, without white space or quotes around the name."""
    written = mail if mail.startswith('"') else _ONE_LINE.sub("", mail)
    local, at, domain = written.rpartition("@")
    shown = _ONE_LINE.sub(" ", name).strip().strip("'\"").strip()
    return Address(f"{local}{at}{domain.lower()}", "" if shown.lower() == mail.lower() else shown)


def decoded(value: str) -> str:
    """A raw field value (surrogates for raw bytes) as text on one line; RFC 2047 words decoded,
    those that are damaged left as they stand."""
    text = _BETWEEN_ENCODED.sub(r"\1", _unfolded(value))
    pieces: list[tuple[bytes, str] | str] = []
    position = 0
    for word in ENCODED.finditer(text):
        if word.start() > position:
            pieces.append(text[position : word.start()])
        position = word.end()
        raw = _word_bytes(word[2], word[3])
        if raw is None:
            pieces.append(word[0])
        elif pieces and isinstance(pieces[-1], tuple) and pieces[-1][1] == word[1].lower():
            pieces[-1] = (pieces[-1][0] + raw, word[1].lower())  # a character cut in two by some mailers
        else:
            pieces.append((raw, word[1].lower()))
    pieces.append(text[position:])
    whole = "".join(piece if isinstance(piece, str) else charsets.decode(*piece) for piece in pieces)
    return TURNING.sub("", _ONE_LINE.sub(" ", whole)).strip()


def _unfolded(value: str) -> str:
    """A raw value on one line, its raw bytes decoded."""
    if any("\udc80" <= char <= "\udcff" for char in value):
        value = charsets.decode(value.encode("utf-8", "surrogateescape"))
    return re.sub(r"[\r\n]+[ \t]*", " ", value[:_MAX_VALUE])


def _word_bytes(encoding: str, text: str) -> bytes | None:
    try:
        if encoding in "bB":
            return base64.b64decode(text + "=" * (-len(text) % 4))
        return quopri.decodestring(text.replace("_", " ").encode("ascii", "replace"), header=True)
    except (binascii.Error, ValueError):
        return None
