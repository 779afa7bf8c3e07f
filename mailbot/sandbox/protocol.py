"""The nouns as bytes, for the pipe between the worker and its reading children.

JSON with a closed list of classes, and the bytes of parts behind it: what comes out of a child
that read hostile input is data of known shape, never code (no pickle).
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from enum import Enum
from struct import Struct
from typing import Any

from mailbot.domain import document, doubt, message, noticed, statement, submission

_NOUNS = {
    noun.__name__: (noun, tuple(field.name for field in fields(noun)))
    for noun in (
        message.Address,
        message.Bounce,
        message.CalendarReply,
        document.Cell,
        document.Table,
        message.Message,
        document.Paragraph,
        document.Part,
        document.ParsedDocument,
        document.Span,
        statement.Statement,
        submission.Act,
        submission.Answer,
        submission.EventClue,
        submission.Person,
        submission.Problem,
        submission.Submission,
    )
}
_ENUMS = {
    enum.__name__: enum
    for enum in (
        document.ParseStatus,
        doubt.Reason,
        message.MachineSign,
        message.Verdict,
        noticed.FoundBy,
        noticed.Noticed,
        submission.ActKind,
        submission.ClueSource,
        submission.Code,
        submission.Intent,
        submission.SubmissionKind,
        submission.Who,
    )
}
#: The length that goes before each message on the pipe.
SIZE = Struct("!Q")
#: What the nursery answers: the number of a process, or what one ended with.
NUMBER = Struct("!q")
_SIZE = Struct("!I")


def pieces(value: object) -> list[bytes]:
    """A noun, or tuples and plain values of them, as bytes in pieces: those of a large part are not copied.

    Raises ``TypeError`` for anything that is not on the list.
    """
    blobs: list[bytes] = []
    head = json.dumps(_plain(value, blobs), ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
    made = [_SIZE.pack(len(head)), head]
    for blob in blobs:
        made += [_SIZE.pack(len(blob)), blob]
    return made


def framed(value: object) -> list[bytes]:
    """``pieces`` for a pipe, their length before them."""
    made = pieces(value)
    return [SIZE.pack(sum(map(len, made))), *made]


def dump(value: object) -> bytes:
    """``pieces`` in one."""
    return b"".join(pieces(value))


def load(data: bytes) -> Any:
    """What ``dump`` was given. Raises ``ValueError`` for bytes that are nothing of the kind."""
    return taken(io.BytesIO(data).read, len(data))


def taken(read: Callable[[int], bytes], size: int) -> Any:
    """What ``pieces`` was given, of which ``size`` bytes come; ``read`` gives the next of them, as many as it
    is asked for. Raises ``ValueError`` for bytes that are nothing of the kind, and what ``read`` raises."""
    parts: list[bytes] = []
    while size > 0:
        length = int.from_bytes(read(_SIZE.size))
        size -= _SIZE.size + length
        if size < 0:
            raise ValueError("less than what was told")
        parts.append(read(length))
    try:
        return _noun(json.loads(parts[0].decode("utf-8", "surrogatepass")), parts)
    except Exception as error:  # whatever is wrong with it, the answer is the same
        raise ValueError("not what a child sends") from error


def _plain(value: object, blobs: list[bytes]) -> object:
    if value is None or isinstance(value, bool | int) or type(value) is str:
        return value
    if isinstance(value, tuple):
        return ["", *[_plain(item, blobs) for item in value]]
    if isinstance(value, Mapping):
        return ["by", *[_plain(item, blobs) for pair in value.items() for item in pair]]
    if isinstance(value, bytes):
        blobs.append(value)
        return ["bytes", len(blobs)]
    if isinstance(value, datetime):
        return ["datetime", value.isoformat()]
    if isinstance(value, document.Location):  # there is one a line: without a name and brackets a step
        return ["at", *(plain for unit, name in value.steps for plain in (unit.value, name))]
    name = type(value).__name__
    if isinstance(value, Enum) and name in _ENUMS:
        return [name, value.value]
    if name in _NOUNS and isinstance(value, _NOUNS[name][0]):
        return [name, *[_plain(getattr(value, field), blobs) for field in _NOUNS[name][1]]]
    raise TypeError(f"{name} does not travel")


def _noun(value: Any, pieces: list[bytes]) -> Any:
    if not isinstance(value, list):
        return value
    name, *rest = value
    if name == "":
        return tuple([_noun(item, pieces) for item in rest])
    if name in _NOUNS:
        noun, names = _NOUNS[name]
        return noun(**dict(zip(names, [_noun(item, pieces) for item in rest], strict=True)))
    if name == "at":
        units = map(document.Unit, rest[::2])
        return document.Location(tuple(zip(units, rest[1::2], strict=True)))
    if name == "by":
        items = [_noun(item, pieces) for item in rest]
        return dict(zip(items[::2], items[1::2], strict=True))
    if name == "bytes":
        return pieces[rest[0]]
    if name == "datetime":
        return datetime.fromisoformat(rest[0])
    return _ENUMS[name](rest[0])
