"""Answers beside a caption that nobody understood, told by what they are: an e-mail address, a telephone
number, a known organisation, a function, a diet.

"Dienstadres (digitaal) | jan@damme.example" is no question of the form in any words that are known. Where
the form's own question was met nowhere, the answer is plainly of one kind and the only one such of its
person, it is taken and doubted, with these words. What a caption or its section asks of somebody else (who
approves, drives, organises, pays) is nobody's; a name is never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from mailbot.domain.document import Block, Cell, Location, Table, Unit
from mailbot.domain.doubt import Reason
from mailbot.domain.noticed import FoundBy
from mailbot.domain.submission import Answer, Code, Person, Problem
from mailbot.extraction.assembly import organisation_known
from mailbot.extraction.context import ExtractionContext
from mailbot.extraction.headings import APART, says_whom_to_ask, section
from mailbot.extraction.labels import Labels
from mailbot.extraction.spans import lines, text_of
from mailbot.extraction.subjects import (
    asks_something_apart,
    names_a_function,
)
from mailbot.extraction.unknown_captions import Test, is_somebody_elses, tests_of
from mailbot.matching.organisations import Directory
from mailbot.text.normalize import letters, tidy

_CAPTION = re.compile(r"\s*(?P<caption>[^:?]{4,90}[:?])(?:\s*\([^()]*\))?\s*(?P<said>.*)$")
_HINT = re.compile(r"\([^()]*\)")
#: A name: two to four words that begin with a capital.
_NAME = re.compile(r"[^\W\d_a-z][\w'’.-]+(?: (?:[^\W\d_][\w'’.-]*)){1,3}")
#: The number of an enterprise, which a telephone number is not written like.
_ENTERPRISE = re.compile(r"[01]\d{3}\.\d{3}\.\d{3}")
_MOST_BELOW = 3  # captions and lines below the last answer


@dataclass(frozen=True, slots=True)
class _Place:
    """A piece of a document in its order: a caption with what stands at it; ``owners`` are the people who
    have an answer from it or, in a table, from its row, ``known`` that the caption is understood."""

    order: int
    caption: str
    said: str
    where: Location
    owners: frozenset[int]
    known: bool
    apart: bool
    names_somebody: bool = False


def with_unread_values(
    people: Sequence[Person],
    problems: Sequence[Problem],
    blocks: Iterable[Block],
    reading: ExtractionContext,
    asked: Set[str],
) -> tuple[tuple[Person, ...], tuple[Problem, ...]]:
    """The people with each answer of a question that was met nowhere (``asked`` are those that were), where
    exactly one of a person's answers at unknown captions is plainly that; and the problems with its doubt."""
    open_fields = {key: is_one for key, is_one in tests_of(reading).items() if key not in asked}
    if not people or not open_fields or reading.form.per_organisation:
        return tuple(people), tuple(problems)
    laid_out = _Places(people, reading.labels).of(blocks)
    places = [replace(one, names_somebody=_is_a_name(one, reading.directory)) for one in laid_out]
    found = list(people)
    told = list(problems)
    for n, person in enumerate(people):
        for key, place in _taken(_of_person(n, places, len(people)), open_fields):
            if key in person.answers:
                continue
            answers = {**found[n].answers, key: Answer(place.said, place.where, reader=FoundBy.BESIDE)}
            found[n] = replace(
                found[n], answers=answers, organisation_known=organisation_known(answers, reading)
            )
            told = [one for one in told if (one.person, one.field) != (n, key)]
            told.append(Problem(n, key, Code.UNSURE, Reason.OTHER_WORDING, f"{place.caption} {place.said}"))
    return tuple(found), tuple(told)


def _taken(places: Sequence[_Place], tests: Mapping[str, Test]) -> Iterator[tuple[str, _Place]]:
    """Of each field the one place whose answer is plainly that, and nothing that another field may ask."""
    fits = {
        place: [key for key, is_one in tests.items() if is_one(place.said, place.caption)] for place in places
    }
    for key in tests:
        ours = [place for place, keys in fits.items() if key in keys]
        if len(ours) == 1 and fits[ours[0]] == [key]:
            yield key, ours[0]


def _of_person(person: int, places: Sequence[_Place], people: int) -> list[_Place]:
    """The answers at unknown captions that stand among those of a person, in the order of the document."""
    own = [place.order for place in places if person in place.owners]
    if not own:
        return []
    last, found, anothers = -1, [], False
    for place in places:
        if len(place.owners) == 1 or (people == 1 and place.owners):
            last = place.order if person in place.owners else -1
        anothers = (anothers and not (place.known and place.owners)) or place.names_somebody
        near = own[0] < place.order < own[-1] or place.order - last <= _MOST_BELOW
        if near and last >= 0 and not (place.known or place.apart or anothers):
            found.append(place)
    return found


def _is_a_name(place: _Place, directory: Directory) -> bool:
    """Whether somebody else is named in a place."""
    if (place.known and place.owners) or not _NAME.fullmatch(place.said):
        return False
    return not names_a_function(place.said) and not directory.recognise(place.said)


#: A row of a table: its document, page, table and number.
_Row = tuple[tuple[str, ...], int, int, int]


class _Places:
    """Lays a document out as places."""

    def __init__(self, people: Sequence[Person], labels: Labels) -> None:
        self._labels = labels
        self._order = 0
        self._apart = False
        self._said: dict[str, set[int]] = {}
        self._at: dict[Location, set[int]] = {}
        self._in_row: dict[_Row, set[int]] = {}
        for n, person in enumerate(people):
            for answer in person.answers.values():
                self._at.setdefault(answer.where, set()).add(n)
                self._in_row.setdefault(_row_of(answer.where), set()).add(n)
                if isinstance(answer.value, str):
                    self._said.setdefault(letters(answer.value), set()).add(n)

    def of(self, blocks: Iterable[Block]) -> Iterator[_Place]:
        """The places of blocks, one behind the other."""
        above = ""
        for block in blocks:
            if isinstance(block, Table):
                above = ""
                yield from self._in_table(block)
            elif not block.quote and not block.signature:
                for spans in lines(block):
                    text = tidy(text_of(spans))
                    if text:
                        place, above = self._in_line(text, above, block.where, heading=block.heading)
                        if place is not None:
                            yield place

    def _in_line(self, text: str, above: str, where: Location, *, heading: bool) -> tuple[_Place | None, str]:
        found = _CAPTION.match(text)
        self._order += 1
        if found is None:
            owners = self._owners(text, where)
            if above:
                return self._place(above, text, where, owners), ""
            self._begin(text, heading)
            return (self._place("", text, where, owners) if where in self._at else None), ""
        caption, said = tidy(found["caption"]), found["said"].strip()
        if not said:
            self._begin(caption, heading)
            return None, caption
        return self._place(caption, said, where, self._owners(said, where)), ""

    def _begin(self, text: str, heading: bool) -> None:
        begun, label = section(text, heading), self._labels.match(text)
        if begun is not None and (label is None or label.is_other):
            self._apart = begun.about in APART
        elif says_whom_to_ask(text):
            self._apart = True

    def _place(self, caption: str, said: str, where: Location, owners: frozenset[int]) -> _Place:
        is_known = not caption or self._is_known(caption)
        if is_known and not owners and not where.row:
            owners = frozenset(self._at.get(where, ()))
        known = bool(owners) or is_known
        apart = self._apart or is_somebody_elses(caption) or asks_something_apart(_HINT.sub("", caption))
        return _Place(self._order, caption, said, where, owners, known, apart)

    def _is_known(self, caption: str) -> bool:
        labels = self._labels
        return labels.match(caption) is not None or labels.reworded(caption) is not None

    def _owners(self, text: str, where: Location) -> frozenset[int]:
        said = self._said.get(letters(text), set())
        here = self._in_row.get(_row_of(where)) if where.row else self._at.get(where)
        return frozenset(said & (here or set()))

    def _in_table(self, table: Table) -> Iterator[_Place]:
        heads: dict[int, str] = {}
        columns = self._of_columns(table)
        for n, row in enumerate(table.rows):
            cells = [cell for cell in row if cell.text.strip()]
            owners = [self._owners(tidy(cell.text), cell.where) for cell in cells]
            if not any(owners) and self._heads(cells, table.rows[n + 1 :]):
                heads = {cell.column: tidy(cell.text) for cell in row}
                continue
            self._order += 1
            if len(cells) == 1:
                self._begin(tidy(cells[0].text), heading=False)
            headed = sum(
                bool(own) and self._is_known(heads.get(cell.column, ""))
                for cell, own in zip(cells, owners, strict=True)
            )
            if headed:
                yield from self._below(cells, owners, heads)
            else:
                yield from self._beside(cells, owners, columns)

    def _heads(self, cells: Iterable[Cell], below: Iterable[tuple[Cell, ...]]) -> bool:
        """Whether a row is captions: one is understood, and below it stands somebody's answer."""
        asks = {cell.column for cell in cells if self._is_known(tidy(cell.text))}
        answered = (cell for row in below for cell in row if cell.column in asks) if asks else ()
        return any(self._owners(tidy(cell.text), cell.where) for cell in answered)

    def _below(
        self, cells: Sequence[Cell], owners: Sequence[frozenset[int]], heads: Mapping[int, str]
    ) -> Iterator[_Place]:
        """The cells of a row of one person, each below its caption."""
        whose = frozenset[int]().union(*owners)
        for cell, own in zip(cells, owners, strict=True):
            place = self._place(heads.get(cell.column, ""), tidy(cell.text), cell.where, own)
            yield place if own else replace(place, owners=whose)

    def _beside(
        self,
        cells: Sequence[Cell],
        owners: Sequence[frozenset[int]],
        columns: Mapping[int, frozenset[int]],
    ) -> Iterator[_Place]:
        """The cells of a row, each beside its caption: the nearest before it that is nobody's answer."""
        caption = ""
        for cell, own in zip(cells, owners, strict=True):
            text = tidy(cell.text)
            if len(cell.blocks) > 1 and not own:
                yield from self.of(cell.blocks)
            elif own or (caption and len(cells) > 1):
                place = self._place(caption, text, cell.where, own)
                several = len({n for people in columns.values() for n in people}) > 1
                whose = columns.get(cell.column, frozenset()) if several else own
                yield replace(place, owners=whose)
                caption = caption if several else ""
            elif any(map(str.isalpha, text)):
                caption = text

    def _of_columns(self, table: Table) -> dict[int, frozenset[int]]:
        found: dict[int, frozenset[int]] = {}
        for row in table.rows:
            for cell in row:
                own = self._owners(tidy(cell.text), cell.where)
                found[cell.column] = found.get(cell.column, frozenset()) | own
        return found


def _row_of(where: Location) -> _Row:
    return where.document, where.page, where.number(Unit.TABLE), where.row
