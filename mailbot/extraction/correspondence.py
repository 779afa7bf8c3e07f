"""Which token of a filled-in copy each token of its blank is (longest common subsequence)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import LCSseq

from mailbot.extraction.template import Place
from mailbot.extraction.tokens import Line, Tokenised, is_tick

_SHORTEST_LINE = 2  # tokens, of which an answer may hold some


class Correspondence:
    """Which token of the document each token of the blank is; -1 for none."""

    def __init__(
        self,
        blank: Tokenised,
        filled: Tokenised,
        rooms: frozenset[int],
        options: Iterable[range],
    ) -> None:
        self.to = [-1] * len(blank.tokens)
        self._blank, self._filled = blank.keys, filled.keys
        self._walls = [token.is_wall for token in blank.tokens]
        inserts: list[tuple[int, int, int]] = []
        start = dest = 0
        anchors = _in_their_cells(list(_anchors(blank, filled)), options, blank, filled)
        for anchor, there in (*anchors, (len(blank.tokens), len(filled.tokens))):
            between = LCSseq.opcodes(self._blank[start:anchor], self._filled[dest:there])
            for code in between:
                if code.tag == "equal":
                    for offset in range(code.src_end - code.src_start):
                        self.to[start + code.src_start + offset] = dest + code.dest_start + offset
                elif code.tag == "insert":
                    inserts.append((start + code.src_start, dest + code.dest_start, dest + code.dest_end))
            if anchor < len(self.to):
                self.to[anchor] = there
            start, dest = anchor + 1, there + 1
        for insert in inserts:
            if insert[0] not in rooms:
                self._slide(insert, rooms)
                self._through_walls(insert, rooms, blank, filled)
        for line in blank.lines:
            self._keep_whole(line)
        #: The tokens of the document that the blank has as well.
        self.printed = frozenset(token for token in self.to if token >= 0)

    def _slide(self, insert: tuple[int, int, int], rooms: frozenset[int]) -> None:
        """Where an answer begins or ends with the words of a label, as many alignments are as good: the
        one that puts it in the room for an answer is meant."""
        at, start, end = insert
        back = at
        shift = 0
        while back > 0 and end - shift > start and self._blank[back - 1] == self._filled[end - shift - 1]:
            if self.to[back - 1] != start - shift - 1:
                break
            back, shift = back - 1, shift + 1
            if back in rooms:
                for n in range(back, at):
                    self.to[n] = end - (at - n)
                return
        ahead, shift = at, 0
        while (
            ahead < len(self._blank)
            and start + shift < end
            and self._blank[ahead] == self._filled[start + shift]
        ):
            if self.to[ahead] not in (end + shift, -1):  # what was found nowhere is found here
                break
            ahead, shift = ahead + 1, shift + 1
            if self._leads_to_room(ahead, rooms):
                for n in range(at, ahead):
                    self.to[n] = start + (n - at)
                return

    def _keep_whole(self, line: Line) -> None:
        """Puts a line of the blank where it stands whole in the document, if its words were found apart:
        an answer before it has one of them too."""
        first, last = line.first, line.last
        there = self.to[first:last]
        if (
            line.gaps
            or last - first < _SHORTEST_LINE
            or -1 in there
            or there[-1] - there[0] == last - first - 1
        ):
            return
        before = next((self.to[n] for n in range(first - 1, -1, -1) if self.to[n] >= 0), -1)
        after = next((self.to[n] for n in range(last, len(self.to)) if self.to[n] >= 0), len(self._filled))
        words = self._blank[first:last]
        starts = [
            n for n in range(before + 1, after - len(words) + 1) if self._filled[n : n + len(words)] == words
        ]
        if len(starts) == 1:
            self.to[first:last] = range(starts[0], starts[0] + len(words))

    def _leads_to_room(self, position: int, rooms: frozenset[int]) -> bool:
        """Whether room begins at a token of the blank, or behind walls that the document does not have."""
        while position not in rooms and position < len(self.to):
            if not self._walls[position] or self.to[position] >= 0:
                return False
            position += 1
        return position in rooms

    def _through_walls(
        self, insert: tuple[int, int, int], rooms: frozenset[int], blank: Tokenised, filled: Tokenised
    ) -> None:
        """Where only walls lie between an answer and the room for it, and nothing stands in that room: a page
        that a program drew has walls elsewhere, and those are not the blank's."""
        at, start, end = insert
        room = at
        while room < len(self.to) and room not in rooms and blank.tokens[room].is_wall:
            room += 1
        if room == at or room not in rooms or not any(t.is_word for t in filled.tokens[start:end]):
            return
        after = self.from_(room)
        there = self.to[after] if after < len(self.to) else len(filled.tokens)
        if not any(token.is_word for token in filled.tokens[end:there]):
            self.to[at:room] = [-1] * (room - at)

    def before(self, position: int) -> int:
        """The last token of the blank before a position that the document has; -1 for none."""
        return next((n for n in range(position - 1, -1, -1) if self.to[n] >= 0), -1)

    def from_(self, position: int) -> int:
        """The first one from a position on; the number of tokens for none."""
        return next((n for n in range(position, len(self.to)) if self.to[n] >= 0), len(self.to))


def _anchors(blank: Tokenised, filled: Tokenised) -> Iterator[tuple[int, int]]:
    """The words and boxes that both have, in order. They go before the walls of cells: a page that a program
    drew has other tables than the file, and the walls of rows nobody filled in outnumber its words."""
    ours, theirs = (
        [n for n, token in enumerate(sheet.tokens) if not token.is_wall and (token.is_word or is_tick(token))]
        for sheet in (blank, filled)
    )
    keys = ([blank.tokens[n].key for n in ours], [filled.tokens[n].key for n in theirs])
    for code in LCSseq.opcodes(*keys):
        if code.tag == "equal":
            for offset in range(code.src_end - code.src_start):
                at, there = ours[code.src_start + offset], theirs[code.dest_start + offset]
                if not _is_box_of_another_column(blank, at, filled, there):
                    yield at, there


def _is_box_of_another_column(blank: Tokenised, at: int, filled: Tokenised, there: int) -> bool:
    """Whether a box that begins its cell is one that begins a cell of another column: where marks took the
    place of some boxes of a row, those that are left are not its first ones."""
    walls = [sheet.tokens[n - 1] for sheet, n in ((blank, at), (filled, there)) if n]
    return (
        is_tick(blank.tokens[at])
        and len(walls) > 1
        and all(wall.is_wall for wall in walls)
        and walls[0].key != walls[1].key
    )


def _in_their_cells(
    anchors: Sequence[tuple[int, int]], options: Iterable[range], blank: Tokenised, filled: Tokenised
) -> list[tuple[int, int]]:
    """The words without those of ``options`` in one cell ("ja / nee") that are found on both sides of the
    wall behind it: one of them was left there, and another in the next cell."""
    apart: set[int] = set()
    for cell in options:
        own = [(at, there) for at, there in anchors if at in cell]
        wall = blank.tokens[cell.stop] if cell.stop < len(blank.tokens) else None
        if len(own) > 1 and wall is not None and wall.is_wall:
            between = filled.tokens[own[0][1] : own[-1][1]]
            if any(token.is_wall and token.key == wall.key for token in between):
                apart.update(at for at, _ in own)
    return [(at, there) for at, there in anchors if at not in apart]


def range_between(found: Correspondence, place: Place, length: int) -> tuple[int, int]:
    """The tokens of the document between the words of the blank around some room."""
    before, after = found.before(place.start), found.from_(place.end)
    start = found.to[before] + 1 if before >= 0 else 0
    end = found.to[after] if after < len(found.to) else length
    return start, end
