"""Cutting a line by position without losing what is known of its pieces."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from mailbot.domain.document import Location, Paragraph, Span
from mailbot.domain.doubt import Doubt, Reason
from mailbot.domain.noticed import FoundBy
from mailbot.domain.statement import Statement, say
from mailbot.extraction.label import Label
from mailbot.text.characters import TICKED, UNTICKED
from mailbot.text.normalize import tidy

Spans = tuple[Span, ...]

#: Stands for each character typed into a field, so that labels are looked for only around it.
TYPED = "\ue000"
#: Stands for a field that was left open, so that it has a place in the line.
OPEN = "\ue001"


_SHOWN = 40  # characters of what else stood there


def text_of(spans: Spans) -> str:
    """All text, struck text included."""
    return spans[0].text if len(spans) == 1 else "".join(span.text for span in spans)


def masked(spans: Spans) -> str:
    """The text with everything typed into fields blotted out, but for the sign of a box; positions stay the
    same."""
    return "".join(
        TYPED * len(span.text) if span.slot and span.text not in (TICKED, UNTICKED) else span.text
        for span in spans
    )


def cut(spans: Spans, start: int, end: int) -> Spans:
    """The part between two positions. An empty slot at either edge belongs to it."""
    pieces: list[Span] = []
    position = 0
    for span in spans:
        left, right = max(start, position), min(end, position + len(span.text))
        if left < right:
            whole = right - left == len(span.text)
            pieces.append(
                span if whole else replace(span, text=span.text[left - position : right - position])
            )
        elif span.slot and not span.text and start <= position <= end:
            pieces.append(span)
        position += len(span.text)
    return tuple(pieces)


def apart_from(label: Spans, spans: Spans) -> Spans:
    """What stands behind a label, without the bold or the underlining that runs on into it from there: that
    is how the label looks, and chooses nothing."""
    said = next((span for span in reversed(label) if span.text.strip()), None)
    if said is None or not (said.bold or said.underlined):
        return spans
    bold, underlined = said.bold, said.underlined
    result: list[Span] = []
    for span in spans:
        if span.text.strip():
            bold, underlined = bold and span.bold, underlined and span.underlined
        result.append(
            replace(span, bold=span.bold and not bold, underlined=span.underlined and not underlined)
        )
    return tuple(result)


def line_break() -> Spans:
    """What stands between two lines of one answer."""
    return (Span("\n"),)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What stands at a label, perhaps nothing, before it is read as a value.

    ``keys`` are the fields the label asks, ``negative`` whether it denies. ``place`` is the row
    or column of a table of people it stands in, empty in running text. ``number`` is the person
    the label itself names. ``doubt`` says why the place is unsure. ``section`` is what
    the headings above say it is about, ``part`` which of these it is, ``region`` counts the titles and
    headings above it, and ``heading`` is the last of those. ``also`` and ``particular`` are the label's.
    ``reworded``: the form asks it in other words, ``loose``: of which one is here; ``bare``: what the label
    would ask without its heading. ``is_option``: what stands there is one of the question's options, or ticks
    it, whatever it means elsewhere ("geen"). ``reader`` says which hypothesis found it, ``shape`` in which
    shape of its region, and ``beat`` what that was better than.
    """

    keys: tuple[str, ...]
    spans: Spans
    where: Location
    negative: bool = False
    place: str = ""
    number: int = 0
    doubt: Doubt | None = None
    section: str = ""
    exact: bool = True
    main: bool = False
    statement: bool = False
    quote: int = 0
    for_all: bool = False
    region: int = 0
    part: int = 0
    also: tuple[str, ...] = ()
    particular: bool = False
    heading: str = ""
    reworded: bool = False
    loose: bool = False
    bare: tuple[str, ...] = ()
    is_option: bool = False
    reader: FoundBy | None = None
    shape: FoundBy | None = None
    beat: tuple[Statement, ...] = ()


def candidate(label: Label, spans: Spans, where: Location, **more: Any) -> Candidate:
    """What stands at a label; ``more`` are other properties of a candidate."""
    guessed = label.learned and not label.settled
    doubt = more.pop("doubt", None) or (Doubt(Reason.OTHER_WORDING) if guessed else None)
    return Candidate(
        label.keys,
        spans,
        where,
        doubt=doubt,
        negative=more.pop("negative", label.negative),
        number=label.number,
        exact=label.exact,
        main=label.main,
        also=label.also,
        particular=label.particular and label.exact,
        reworded=label.reworded,
        loose=label.loose,
        bare=label.bare,
        **more,
    )


def also_stood(piece: Candidate) -> Statement:
    """What else stood at the label of an answer, for ``mailbot explain``."""
    return say(FoundBy.ALSO_STOOD, text=tidy(text_of(piece.spans))[:_SHOWN], where=str(piece.where))


def lines(paragraph: Paragraph) -> list[Spans]:
    """The paragraph's lines: a line break inside it begins a new one."""
    text = text_of(paragraph.spans)
    if "\n" not in text:
        return [paragraph.spans]
    result, start = [], 0
    for line in text.split("\n"):
        result.append(cut(paragraph.spans, start, start + len(line)))
        start += len(line) + 1
    return result
