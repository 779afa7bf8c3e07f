"""What mailbot wrote into a file, kept in the ledger under the number that the file carries.

Her edits are differences from this, never from what the ledger holds now.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from mailbot.domain.submission import Value

#: A row as it stands in the file: values by column key, None for an empty cell.
Row = Mapping[str, Value | None]
#: A cell in a column of hers, as JSON has it: a date as a list of its ISO form alone.
HerCell = str | float | bool | list[str]
#: Such cells of a row, by the header of their column.
HerCells = Mapping[str, HerCell]


@dataclass(frozen=True)
class Base:
    """``rows`` by nr; ``cases`` by id: Beslissing, Toelichting and Bijeenkomst as they stand there, and
    the choices offered; ``inbox`` the same of Postvak, by message; ``strays`` are the decisions that she
    typed into rows of neither, by sheet and by their key (``snapshot.StrayDecision``), with the code of
    what their rows say of them. ``mailings`` are the rows of Berichten by number ("?7" for one typed into
    row 7): her cells, and the preview that was drawn.

    ``pending`` are rows that she typed and that were taken in, by the nr they got (or "?1", where
    none came of it): they stand in the file without an nr. ``gone`` are the nrs whose rows she
    deleted. ``log`` counts the lines of Logboek and ``logged`` is a digest of them; ``drawn`` is
    one of all that was drawn, ``source`` one of the file that the write was made from.

    ``undone`` are rows as they were written, by nr, where an edit that was taken in made ``rows`` say
    something else: an older copy of the file that is put back still says them, and that is no edit.
    ``own`` are the cells in columns of hers of the rows that are ``gone``, by nr (``her_cells``).
    ``repeats`` are rows, by the nr they bear, that were set aside as a repetition of another one.
    ``headers`` are those of mailbot's columns in Deelnemers, in its order. ``marked``: the file carries its
    event and ledger. ``wanted_list`` is the list she asked for, as taken in.

    The rest saves work: ``left`` are digests of mailbot's sheets as this write left them (nobody
    touched one that still has its own), ``told`` of the registration each row shows, by nr, and
    ``lines`` of the lines of the sheets that are drawn.
    """

    number: int = 0
    rows: Mapping[str, Row] = field(default_factory=dict)
    cases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    inbox: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    strays: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    mailings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    pending: Mapping[str, Row] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    undone: Mapping[str, Row] = field(default_factory=dict)
    own: Mapping[str, HerCells] = field(default_factory=dict)
    repeats: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    marked: bool = False
    log: int = 0
    logged: str = ""
    drawn: str = ""
    wanted_list: str = ""
    source: str = ""
    headers: Sequence[str] = field(default_factory=list)
    left: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def tidy(self) -> bool:
        """Whether all rows that are in the ledger bear their nr."""
        return all(nr.startswith("?") for nr in self.pending)

    def to_json(self) -> str:
        """As JSON for the ledger, which keeps it under its number."""
        held = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "number"}
        held["gone"] = sorted(self.gone)
        return json.dumps(held, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, number: int, text: str) -> Base:
        """The base of the write with this number, from its JSON; one of before lacks some fields."""
        held = json.loads(text)
        return cls(**{**held, "number": number, "gone": frozenset(held["gone"])})
