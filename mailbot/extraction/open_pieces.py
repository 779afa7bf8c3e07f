"""The pieces that a reader of lines met, and what is still open: the section, the heading, and the label that
takes what stands on the next lines. Which line is what, ``line_reader`` tells."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Set
from dataclasses import replace
from typing import Any, Self

from mailbot.domain.document import Location, Paragraph, Span
from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.form import FieldKind
from mailbot.domain.noticed import FoundBy
from mailbot.extraction.bare_labels import believed
from mailbot.extraction.blank_lines import BlankForm
from mailbot.extraction.boilerplate import only_offers
from mailbot.extraction.continuation import (
    OF_SEVERAL_LINES,
    beside_siblings,
    has_words,
    is_another_matter,
    takes_lines,
)
from mailbot.extraction.headings import PARTICIPANT, Section, section
from mailbot.extraction.label import Label
from mailbot.extraction.labels import Labels
from mailbot.extraction.line_cuts import Segment
from mailbot.extraction.spans import (
    Candidate,
    Spans,
    apart_from,
    candidate,
    line_break,
    text_of,
)
from mailbot.extraction.ticks import has_box
from mailbot.extraction.trials import Trials
from mailbot.text.lexicon import is_yes_or_no
from mailbot.text.normalize import letters

_BLANK = re.compile(r"(?:[.…_]\s?){4,}|…{2,}")
_ROOM_LEFT = re.compile(r"(?:[.…_]\s?){4,}\s*$")
_TYPED_BEHIND = re.compile(r"\s*(?:[.…_]\s?){4,}\s*\w")
_BEHIND_RULE = re.compile(r"\s*[.…_]{20,}[ \t]+[^\W_].*[^.…_\s]\s*$", re.S)
#: Two words with a tab between them, in what should be one answer.
_CELLS_BESIDE = re.compile(r"[^\W_](?:[^\w\t]|_)*\t\s*[^\W_]")
#: Kinds whose answers may stand in several cells.
_IN_PARTS = OF_SEVERAL_LINES | {FieldKind.ADDRESS, FieldKind.IBAN, FieldKind.NATIONAL_NUMBER}


class OpenPieces:
    """What was read so far, in order. A piece without keys marks the beginning of another person."""

    def __init__(self, labels: Labels, blank: BlankForm, ours: Set[str] = frozenset()) -> None:
        self.labels = labels
        self.blank = blank
        self.ours = ours  # our names, as letters
        self.captions: frozenset[str] = (
            frozenset()
        )  # printed labels of nothing that the form asks, as letters
        self.taken: set[Location] = set()
        self._heading = ""  # the last line that stood above questions, and asked and answered nothing
        self.about = ""  # what the section speaks of that is open now
        self.raw: list[Candidate] = []  # everything met, in order
        self.trials = Trials()
        self._bare: list[int] = []
        self._open = False
        self._asks = False
        self._runs_on = False  # the last answer may go on in lower case on the next line
        self._gap = False
        self._closed = False  # below "Met vriendelijke groeten" stands a signature
        self._page = (0, False, False)
        self._turned = False  # the page ended while an answer was open
        self._alone = True
        self._told = False
        self._between: tuple[Spans, Paragraph] | None = None  # what stands between two lines to write on
        self._above: Spans = ()  # the last line that said something
        self._ruled = False  # a line to write on was left open, and nothing stands below it yet
        self._offers = False  # the first of several options stands behind the last label, a line each
        self._room_left = False  # behind the last answer: what goes on below has room of its own
        self._lists = False  # everybody is named, a line each
        self._region = self._part = 0  # how many titles and headings, and how many sections, were met

    def fork(self) -> Self:
        """A reader in the same state, to try a shape with."""
        other = copy.copy(self)
        other.raw, other._bare, other.taken = [*self.raw], [*self._bare], {*self.taken}
        return other

    def trial(self) -> Self:
        """A reader in the same state, that knows only what is open: to try a few rows with."""
        other = copy.copy(self)
        other.raw, other._bare, other.taken = self.raw[-1:], [], set()
        return other

    def become(self, other: Self) -> None:
        """Takes over what a fork has read."""
        self.__dict__.update(other.__dict__)

    def pieces(self) -> tuple[Candidate, ...]:
        """Everything read; lines without any separator only where several stand together, and what stands
        below a question doubted where the others are answered behind theirs."""
        return beside_siblings(believed(self.raw, self._bare), self.labels)

    def add(self, piece: Candidate) -> None:
        """A piece that a table yielded; it belongs to the section that is open."""
        self._open = False
        self.taken.add(piece.where)
        about = piece.section or self.about
        self.raw.append(
            replace(piece, section=about, part=self._part, region=self._region, heading=self._heading)
        )

    def ends_a_table(self) -> None:
        """What stands below a table is no answer to what was asked in it."""
        self._open = self._runs_on = False

    def _turn(self, where: Location) -> None:
        """An answer may run on over the page, but never into its header or footer."""
        self._turned = True
        if not where.page:
            self._open = self._runs_on = False

    def below(self, heading: str, read: Callable[[], None]) -> None:
        """Reads something below a heading of its own."""
        before, self._heading = self._heading, heading
        read()
        self._heading = before

    def below_heading(self, printed: str, label: Label | None) -> Label | None:
        """What words ask below the heading that is open; ``label`` is what they ask anywhere else."""
        return self.labels.below(self._heading, printed, label) if self._heading else label

    def _has_asked_a_name(self) -> bool:
        return any(self.labels.kind(Label(piece.keys)) is FieldKind.NAME for piece in self.raw if piece.keys)

    def _take_answers(self, found: list[Segment], paragraph: Paragraph) -> None:
        here = self._here(paragraph)
        self.raw += [
            candidate(
                segment.label,
                segment.spans,
                paragraph.where,
                doubt=Doubt(Reason.TWO_LABELS_ON_LINE) if segment.doubtful else None,
                statement=segment.tick_before,
                reader=FoundBy.TICK if segment.tick_before else FoundBy.BEHIND,
                **here,
            )
            for segment in found
            if segment.label
        ]

    def _leave_open(self, found: list[Segment], paragraph: Paragraph) -> None:
        """Settles whether the next lines belong to the last label of this one."""
        last = found[-1]
        questions = len(found) > 1 and all(segment.empty for segment in found)
        if last.label is None:
            self._open = self._runs_on = False
            return
        kind = self.labels.kind(last.label)
        answered = not last.empty and not only_offers(text_of(last.spans))
        room = last.empty and _is_room(last.spans, text_of(paragraph.spans))
        self._offers = answered and not last.tick_before and self._is_option(text_of(last.spans))
        one_line = answered and not kind.traits.lines and not self._may_go_on(last, kind) and not self._offers
        self._runs_on = kind is FieldKind.TEXT and not last.empty
        # A blank left open is answered there or nowhere.
        self._open = not (last.tick_before or questions or one_line or room or self._is_typed(last))
        self._room_left = answered and _ROOM_LEFT.search(text_of(last.spans)) is not None
        if room:
            self._ruled = takes_lines(self.raw[-1], self.labels)

    def _is_typed(self, last: Segment) -> bool:
        """Whether a field of the form at the last label holds words."""
        return any(span.slot for span in last.spans) and not last.tick_before and has_words(self.raw[-1])

    def _may_go_on(self, last: Segment, kind: FieldKind) -> bool:
        """Whether the first boxes of a list stand behind its label, and the others below."""
        return kind is FieldKind.CHOICE and has_box(text_of(last.spans).lstrip()[:1]) and not last.tick_before

    def _is_option(self, text: str) -> bool:
        """Whether words are one of the answers that the last question offers and no more: "ja", with "nee" on
        the next line, are perhaps what may be chosen."""
        said = text.strip(" \t.,;/*")
        field = self.labels.form.field(self.raw[-1].keys[0]) if self.raw[-1].keys else None
        if field is not None and field.kind is FieldKind.YES_NO:
            return is_yes_or_no(said)
        return field is not None and letters(said) in map(letters, field.choices)

    def _doubt_last(self, found: list[Segment]) -> None:
        """What is typed behind the line to write on, or behind the dots of several questions, is perhaps
        no answer to the last of them."""
        last = found[-1]
        text = text_of(last.spans)
        reason = None
        if not any(span.slot for span in last.spans) and _BEHIND_RULE.match(text):
            reason = Doubt(Reason.BEHIND_LINE)
        elif last.label and len(found) > 1 and all(segment.empty for segment in found[:-1]):
            reason = Doubt(Reason.BEHIND_SEVERAL_QUESTIONS) if _TYPED_BEHIND.match(text) else None
        elif last.label and _CELLS_BESIDE.search(text) and self.labels.kind(last.label) not in _IN_PARTS:
            reason = Doubt(Reason.MANY_BESIDE)
        if reason:
            self.raw[-1] = replace(self.raw[-1], doubt=self.raw[-1].doubt or reason)

    def _goes_on(self, text: str) -> bool:
        """Whether a line goes on with the answer that is open, or is all of it."""
        if (
            not self._open
            or (self._gap and has_words(self.raw[-1]))
            or is_another_matter(self.raw[-1], text, self.labels)
        ):
            return False
        return not self._room_left or _BLANK.search(text) is not None

    def _tells_another(self, text: str) -> bool:
        return is_another_matter(self.raw[-1], text, self.labels)

    def heads(self, text: str, where: Location, *, alone: bool) -> None:
        """A heading between the rows of a table, of who comes unless it says otherwise. One that is ``alone``
        in its row may begin another person ("Deelnemer 2")."""
        begun = section(text, heading=True) or Section("")
        number = begun.number if alone else 0
        self._begin_section(Section(begun.about or PARTICIPANT, number), Paragraph((Span(text),), where))

    def _begin_section(self, begun: Section, paragraph: Paragraph) -> None:
        self.about, self._heading = begun.about, paragraph.text
        self._open = self._runs_on = False
        self._part += 1
        self.taken.add(paragraph.where)
        if begun.number:
            self.raw.append(Candidate((), (), paragraph.where, number=begun.number))

    def _append(self, spans: Spans, paragraph: Paragraph) -> None:
        self.taken.add(paragraph.where)
        self._runs_on = False
        piece = self.raw[-1]
        before = (*piece.spans, *line_break()) if piece.spans else ()
        if not has_words(piece):
            spans = apart_from(self._above, spans)
        doubt = piece.doubt
        if self._turned:
            doubt = doubt or Doubt(Reason.ON_NEXT_PAGE)
        elif self._gap and self.labels.kind(Label(self.raw[-1].keys)).traits.lines:
            doubt = doubt or Doubt(Reason.BELOW_EMPTY_LINE)
        reader = piece.reader if piece.reader is FoundBy.NAMES or has_words(self.raw[-1]) else FoundBy.BELOW
        self.raw[-1] = replace(piece, spans=(*before, *spans), doubt=doubt, reader=reader)
        self._open = takes_lines(self.raw[-1], self.labels)

    def _add_bare(self, label: Label, spans: Spans, doubt: Doubt | None, paragraph: Paragraph) -> None:
        self.taken.add(paragraph.where)
        self.raw.append(
            candidate(
                label, spans, paragraph.where, doubt=doubt, reader=FoundBy.BARE, **self._here(paragraph)
            )
        )

    def _here(self, paragraph: Paragraph) -> dict[str, Any]:
        """What a candidate of this line has of what stands above it."""
        return {
            "section": self.about,
            "part": self._part,
            "region": self._region,
            "heading": self._heading,
            "quote": paragraph.quote,
        }


def _is_room(spans: Spans, line: str) -> bool:
    """Whether a line leaves room for an answer behind its last label: a field of the form, dots, or a tab up
    to the end, which draws them."""
    return any(span.slot for span in spans) or _BLANK.search(line) is not None or line.endswith("\t")
