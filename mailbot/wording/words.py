"""What a language has words for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mailbot.domain.doubt import Reason
from mailbot.domain.statement import StatementCode


@dataclass(frozen=True, slots=True)
class Words:
    """Days and months, the shapes of dates and times (``str.format``), yes and no, what stands for an
    answer that is not repeated (``unrepeated``: for one that is not clear), and the lines of a certificate.
    ``read`` says what was read, ``conjunction`` stands before the last of several, ``quoted`` is a title in
    quotation marks; ``first`` is how the first day of a month is written. ``doubts`` says why an answer is
    doubted, without a full stop, the label or what was read, since who shows it puts them together. ``waits``
    says why somebody waits for a place, written as ``secretary`` is."""

    days: tuple[str, ...]
    months: tuple[str, ...]
    date: str
    time: str
    at: str
    between: str
    until: str
    until_time: str
    clock: str
    yes: str
    no: str
    noted: str
    unrepeated: str
    certificate: str
    confirms: str
    issued_by: str
    signed_for: str
    proof: str
    took_part: str
    place: str
    read: str
    conjunction: str
    quoted: str
    doubts: Mapping[Reason, str]
    waits: Mapping[StatementCode, str]
    first: str = "1"
