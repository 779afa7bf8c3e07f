"""Figures of a season: how many came, by organisation and by kind of function, and never who."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: What is counted, as the sheet heads it.
REGISTERED, ATTENDED, EXCUSED, WITHDRAWN = "Ingeschreven", "Aanwezig", "Verontschuldigd", "Afgemeld"
COUNTED = (REGISTERED, ATTENDED, EXCUSED, WITHDRAWN)

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class EventTotals:
    """The figures of one event: by organisation of the list ("andere" for the rest) and by kind of
    function, each the number of people for what is counted. ``day`` is when it was, as ISO date."""

    event: str
    title: str = ""
    day: str = ""
    organisations: Counts = field(default_factory=dict)
    functions: Counts = field(default_factory=dict)
