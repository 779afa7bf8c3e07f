"""How forms were read, counted and printed: for the families drawn here and for those by other hands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

_COUNTS = (
    "answers", "right %", "doubted: right", "wrong", "missing", "silently wrong", "invented", "perhaps",
    "blanks with people",
)  # fmt: skip


@dataclass
class Score:
    """What came of some forms."""

    answers: int = 0
    right: int = 0
    undoubted: int = 0
    doubted_wrong: int = 0
    invalid: int = 0
    missing: int = 0
    silent: int = 0
    invented: int = 0
    forms: int = 0
    perhaps: int = 0
    blanks: int = 0
    blank_people: int = 0
    said: list[str] = field(default_factory=list)

    def answer(self, name: str, found: object, meant: object, *, doubted: bool) -> None:
        """Adds one answer: what was read of it (nothing: not read) beside what was meant."""
        right = found == meant
        self.answers += 1
        self.right += right
        self.undoubted += right and not doubted
        self.doubted_wrong += not right and doubted
        self.missing += not found and bool(meant) and not doubted
        self.silent += bool(found) and not right and not doubted
        if not right:
            self.said.append(f"{name}: {found!r} for {meant!r}{' (doubted)' if doubted else ''}")

    def add(self, other: Score) -> None:
        """Adds all that another score counted."""
        for fact, value in vars(other).items():
            setattr(self, fact, getattr(self, fact) + value)

    @property
    def doubts(self) -> str:
        """What doubt is worth: of the doubted answers, how many were right after all; and without those that
        were read as they stand and are in doubt themselves ("0000 555 01"), whose reading nobody doubts."""
        right = self.right - self.undoubted
        doubted = right + self.doubted_wrong
        share = f"{100 * right / doubted:.0f} % of them right" if doubted else "none"
        told = f"undoubted and wrong: {self.silent}; doubted: {doubted} of {self.answers} answers, {share}"
        if not self.invalid:
            return told
        rest = doubted - self.invalid
        share = f"{100 * (right - self.invalid) / rest:.0f} %" if rest else "none"
        return f"{told}; without {self.invalid} that are in doubt as written: {rest}, {share}"


def show(title: str, of: tuple[str, ...], scores: Mapping[tuple[str, ...], Score]) -> None:
    """Prints a line a score, under the headings ``of`` for its key."""
    table = Table(title=title)
    for heading in (*of, *_COUNTS):
        table.add_column(heading)
    for key, s in scores.items():
        share = f"{100 * s.right / max(1, s.answers):.1f}"
        counts = (s.right - s.undoubted, s.doubted_wrong, s.missing, s.silent, s.invented)
        people = (f"{s.perhaps}/{s.forms}", f"{s.blank_people}/{s.blanks}")
        table.add_row(*key, str(s.answers), share, *map(str, counts), *people)
    Console(width=140).print(table)
