"""A table or a run of lines may be meant in several ways: each is read, and one score decides.

A hypothesis is a shape: the region's cells put in the plain order, label first and its answer beside
or below it. All are read by the same reader, from the same state, and what was read tells how right the
shape was: labels that were met, answers that look like what is asked, against answers that look like
labels. The winner's candidates keep what they beat, for ``mailbot explain``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from mailbot.domain.document import Block, Paragraph, Table
from mailbot.domain.noticed import FoundBy
from mailbot.extraction.labels import Labels
from mailbot.extraction.line_reader import LineReader
from mailbot.extraction.region_shapes import Region, Shape, as_lines, shapes_of, with_captions
from mailbot.extraction.scoring import Hypothesis, with_loser, worth
from mailbot.extraction.table_hypotheses import read_grid


def read_regions(blocks: Iterable[Block], reader: LineReader) -> None:
    """Gives the reader a document, region by region, each in the shape that explains it best."""
    runs = _regions(blocks, alone=lambda table: not as_lines(table))
    for run in (part for whole in runs for part in _parts(whole, reader.labels)):
        captioned = with_captions(run, reader.labels)
        if captioned and not reader.trials.exhausted:
            shapes = [
                Shape(FoundBy.AS_IT_STANDS, run, by_region=True),
                Shape(FoundBy.ABOVE_ITS_LABEL, captioned),
            ]
            reader.trials.count(sum(map(_rows, shapes)))
            _read_best(shapes, reader)
        else:
            _read_by_region(run, reader)


def _parts(run: Region, labels: Labels) -> Iterator[Region]:
    """What stands below each line in bold of a run, with that line: a form may be laid out otherwise in each
    of its parts. All of it where bold is how its answers look."""
    lines = [block for block in run if isinstance(block, Paragraph) and not _asks_ours(block, labels)]
    heads = [line for line in lines if _is_bold(line)]
    if not heads or 2 * len(heads) > len(lines):
        yield run
        return
    begins = {id(head) for head in heads}
    starts = [0, *(n for n, block in enumerate(run) if n and id(block) in begins), len(run)]
    yield from (run[start:end] for start, end in pairwise(starts))


def _asks_ours(line: Paragraph, labels: Labels) -> bool:
    label = labels.match(line.text.strip())
    return label is not None and not label.is_other


def _is_bold(line: Paragraph) -> bool:
    said = [span for span in line.spans if span.text.strip()]
    return all(span.bold for span in said) and ":" not in line.text


def _read_by_region(blocks: Region, reader: LineReader) -> None:
    for region in _regions(blocks, alone=lambda _: True):
        shapes = [Shape(FoundBy.AS_IT_STANDS, region), *shapes_of(region, reader.labels)]
        if len(shapes) > 1 and not reader.trials.exhausted:
            reader.trials.count(sum(map(_rows, shapes)))
            _read_best(shapes, reader)
        else:
            _read(region, reader)


def _rows(shape: Shape) -> int:
    return sum(len(block.rows) if isinstance(block, Table) else 1 for block in shape.blocks)


def _read_best(shapes: Sequence[Shape], reader: LineReader) -> None:
    before = len(reader.raw)
    tried: list[tuple[float, int, Shape, LineReader]] = []
    for place, shape in enumerate(shapes):
        fork = reader.fork()
        (_read_by_region if shape.by_region else _read)(shape.blocks, fork)
        tried.append((worth(fork.raw[before:], reader.labels), -place, shape, fork))
    tried.sort(key=lambda one: one[:2], reverse=True)
    (_, _, shape, fork), _ = tried[:2]
    best, second = (Hypothesis(one.way, value, its.raw[before:]) for value, _, one, its in tried[:2])
    reader.become(fork)
    won = [replace(piece, shape=piece.shape or shape.way) for piece in reader.raw[before:]]
    reader.raw[before:] = with_loser(won, best, second)


def _read(blocks: Region, reader: LineReader) -> None:
    for block in blocks:
        if isinstance(block, Table):
            read_grid(block, reader)
        else:
            reader.paragraph(block)


def _regions(blocks: Iterable[Block], alone: Callable[[Table], bool]) -> Iterator[Region]:
    """Each table that stands alone, and each run of other blocks between two of them."""
    run: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and alone(block):
            if run:
                yield tuple(run)
            yield (block,)
            run = []
        else:
            run.append(block)
    if run:
        yield tuple(run)
